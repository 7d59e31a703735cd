"""`--benchmark FILE --group COLUMN=VALUE`: where an assessment stands among many like it, beside its own figures."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problem
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Beside, Placings
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.scorecard import Scorecard

BENCHMARK_OPTIONS = (
    option(
        "--benchmark",
        metavar="FILE",
        words=text(
            en="Benchmark file of “cohort benchmark” to show beside the figures.",
            zh="由 cohort benchmark 生成的参照文件，与各项数字并列显示。",
        ),
    ),
    option(
        "--group",
        multiple=True,
        metavar="COLUMN=VALUE",
        words=text(en="Group of the benchmark; default: the whole.", zh="参照文件中的分组，默认为全部。"),
    ),
)


def benchmark_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a benchmark file and a group in it."""
    for add in reversed(BENCHMARK_OPTIONS):
        function = add(function)
    return function


def beside_of(benchmark: str | None, group: Sequence[str]) -> "Beside | None":
    """Read the benchmark that was asked for; raises `UserError` where it or its group is not there."""
    if benchmark is None:
        if group:
            raise Refused(text(en="--group goes with --benchmark", zh="--group 须与 --benchmark 一起使用"))
        return None
    from nqpf_assess.exchange.benchmark import read_beside

    return read_beside(Path(benchmark), group)


def placed_or_told(
    settings: Settings, beside: "Beside | None", path: Path, card: "Scorecard", answers: "Answers"
) -> "tuple[Placings | None, bool]":
    """Say where an assessment stands, and whether it could be told; what speaks against it is printed."""
    if beside is None:
        return None, True
    try:
        return beside.placed(card, answers), True
    except UserError as fault:
        said = fill(text(en="{path}: {said}", zh="{path}：{said}"), path=path, said=fault.message)
        tell_problem(UserError(said, hint=fault.hint), settings)
        return None, False
