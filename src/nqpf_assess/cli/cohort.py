"""`cohort collect|score|benchmark|weights|report`: many respondents in one table."""

from collections.abc import Mapping
from functools import partial

from nqpf_assess.cli.groups import Commands
from nqpf_assess.cli.main import SUBCOMMANDS
from nqpf_assess.cli.options import common_options
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.model.text import Text, text

STEPS: Mapping[str, Text] = {
    "collect": text(en="Bring answer files or tables into one wide table.", zh="把答卷或表格汇成一张宽表。"),
    "score": text(en="Score a table, row by row.", zh="为表格逐行评分。"),
    "benchmark": text(en="Write medians and quartiles to compare with.", zh="生成可供比较的中位数和四分位数。"),
    "weights": text(en="Derive weights from the spread of the scores.", zh="由得分的差异推算权重。"),
    "report": text(en="Write the statistics of a cohort and a report on them.", zh="生成同类群体的统计和报告。"),
}


step = partial(subcommand, among=STEPS)
"""Makes a function one of the commands."""

command = Commands(
    "cohort",
    rows=STEPS,
    about=SUBCOMMANDS["cohort"],
    prefix="cohort_",
    params=[*common_options()],
    no_args_is_help=True,
)
