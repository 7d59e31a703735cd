"""`--benchmark FILE --group COLUMN=VALUE`: where an assessment stands among many like it, beside its own figures."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.bilingual import Refused, option, with_options
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_error
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Beside, Placings
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.scorecard import Scorecard

benchmark_options = with_options(
    option(
        "--benchmark",
        metavar="FILE",
        words=_("Benchmark file of “cohort benchmark” to show beside the figures."),
    ),
    option(
        "--group",
        multiple=True,
        metavar="COLUMN=VALUE",
        words=_("Group of the benchmark; default: the whole."),
    ),
)
"""Gives a command the options that name a benchmark file and a group in it."""


def read_benchmark(benchmark: str | None, group: Sequence[str]) -> "Beside":
    """Read the benchmark that was asked for; raises `UserError` where it or its group is not there."""
    if benchmark is None:
        raise Refused(_("--group goes with --benchmark"))
    from nqpf_assess.exchange.benchmark import read_beside

    return read_beside(Path(benchmark), group)


def placings_of(
    settings: Settings, beside: "Beside", path: Path, card: "Scorecard", answers: "Answers"
) -> "tuple[Placings | None, bool]":
    """Return where an assessment stands among others, and whether that is known; what speaks against it is printed."""
    try:
        return beside.placed(card, answers), True
    except UserError as fault:
        said = fill(_("{path}: {said}"), path=path, said=fault.message)
        print_error(UserError(said, hint=fault.hint), settings)
        return None, False
