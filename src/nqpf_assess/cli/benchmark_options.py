"""`--benchmark FILE --group COLUMN=VALUE`: where an assessment stands among many like it, beside its own figures."""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqpf_assess.cli.commands import Refused, Settings, option, with_options
from nqpf_assess.cli.output import print_error
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers, Placings
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.scorecard import Scorecard

BENCHMARK, GROUP = (
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


def benchmark_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a benchmark file and a group in it; it is handed the `peers`, or None.

    Raises `UserError` before the command begins where the file or its group is not there.
    """

    @wraps(command)
    def among_peers(settings: Settings, *, benchmark: str | None, group: Sequence[str], **values: Any) -> Any:
        if benchmark is None:
            if group:
                raise Refused(_("--group goes with --benchmark"))
            return command(settings, peers=None, **values)
        from nqpf_assess.exchange.benchmark import read_peers

        return command(settings, peers=read_peers(Path(benchmark), group), **values)

    return with_options(BENCHMARK, GROUP)(among_peers)


def placings_of(
    settings: Settings, peers: "Peers", path: Path, card: "Scorecard", answers: "Answers"
) -> "tuple[Placings | None, bool]":
    """Return where an assessment stands among others, and whether that is known; what speaks against it is printed."""
    try:
        return peers.placed(card, answers), True
    except UserError as fault:
        said = fill(_("{path}: {said}"), path=path, said=fault.message)
        print_error(UserError(said, hint=fault.hint), settings.language)
        return None, False
