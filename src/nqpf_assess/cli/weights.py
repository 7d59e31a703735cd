"""`weights list|show|new|edit|ahp|derive`: rubrics, what they change and for whom, and where weights come from."""

from collections.abc import Mapping
from functools import partial

from nqpf_assess.cli.groups import Commands
from nqpf_assess.cli.main import SUBCOMMANDS
from nqpf_assess.cli.options import common_options
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.model.text import Text, text

STEPS: Mapping[str, Text] = {
    "list": text(en="List rubrics: what they are based on and for whom.", zh="列出权重方案：所依据的方案及适用对象。"),
    "show": text(
        en="Show what a rubric changes against the baseline, and for whom.", zh="显示方案相对基准的改动和适用对象。"
    ),
    "new": text(en="Begin a rubric of your own.", zh="新建自己的权重方案。"),
    "edit": text(
        en="Change a rubric: in the app, or one part from the command line.",
        zh="修改权重方案：在界面中，或用命令改一项。",
    ),
    "ahp": text(en="Weights from judgements of pairs (AHP).", zh="由两两比较判断求权重（层次分析法）。"),
    "derive": text(en="Weights from the spread of many scores.", zh="由众多得分的差异推算权重（熵权法、CRITIC 法）。"),
}

step = partial(subcommand, among=STEPS)
"""Makes a function one of the commands."""

command = Commands(
    "weights",
    rows=STEPS,
    about=SUBCOMMANDS["weights"],
    prefix="weights_",
    params=[*common_options()],
    no_args_is_help=True,
)
