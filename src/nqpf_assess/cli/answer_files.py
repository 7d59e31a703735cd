"""How commands open answer files: every problem printed, what is missing named, an answer to another edition noted.

Also what they are set beside: a benchmark of many like them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqpf_assess.cli.commands import Refused, Settings, option, with_options
from nqpf_assess.cli.output import print_error, print_note, print_problems
from nqpf_assess.files.presence import is_dir
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.exchange.benchmark import Peers, Placings
    from nqpf_assess.files.editions import Scorable
    from nqpf_assess.files.library import Library
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.scorecard import Scorecard

QUESTIONNAIRE, WEIGHTS, WEIGHTS_KEPT = (
    option("--questionnaire", metavar="ID|PATH", words=_("Questionnaire, instead of the one the file names.")),
    option("--weights", metavar="ID|PATH", words=_("Rubric, instead of the one the file names.")),
    option(
        "--weights",
        metavar="ID|PATH",
        words=_("Rubric, instead of the one the file names; a file that is there is scored by it from then on."),
    ),
)
content_options = with_options(QUESTIONNAIRE, WEIGHTS)
"""Gives a command the options that choose another questionnaire or rubric."""
answering_options = with_options(QUESTIONNAIRE, WEIGHTS_KEPT)
"""The same for a command that answers, which writes the choice into the file."""

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

FOR_A_FILE = _("--questionnaire and --weights are for a file that is named, and none is")
NO_ANSWERS = _("there are no answer files in {path}")


def refuse_without_file(file: Path | None, **asked: str | None) -> None:
    """Refuse to choose a questionnaire or rubric for the start page, which would pass over it."""
    if file is None and any(asked.values()):
        raise Refused(FOR_A_FILE)


def library_of(settings: Settings) -> "Library":
    """Return the library that looks where the command line says."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    return Library(roots(settings.content))


@dataclass
class Batch:
    """Work on several files, of which one that cannot be used is named and does not stop the others.

    `status`: the exit status so far, the gravest of all files; `left_out`: what was named and cannot be used.
    """

    settings: Settings
    status: int = 0
    left_out: list[Path] = field(default_factory=list)

    @contextmanager
    def each(self, path: Path | None = None) -> Iterator[None]:
        """Print what stands against one file, and go on."""
        try:
            yield
        except UserError as fault:
            print_error(fault, self.settings.language)
            self.status = max(self.status, fault.status)
            self.left_out += [] if path is None else [path]

    def answer_files(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Return the answer files that paths name, of a folder all that lie in it, to the bottom.

        What is not there is printed, and what was passed over: in a folder, and copies beside what they were kept of.
        """
        from nqpf_assess.files.gathering import named_besides
        from nqpf_assess.files.places import must_be_there

        named = named_besides(paths)
        print_passed_over(self.settings, named.skipped)
        found: list[Path] = []
        for path in named.answers:
            with self.each(path):
                must_be_there(path)
                if not is_dir(path):
                    found.append(path)
                    continue
                from nqpf_assess.files.gathering import answers_below

                inside = answers_below(path)
                print_passed_over(self.settings, inside.skipped)
                if not inside.answers:
                    raise UserError(fill(NO_ANSWERS, path=path))
                found += inside.answers
        return tuple(found)


def print_passed_over(settings: Settings, skipped: Sequence[tuple[Path, Text]]) -> None:
    """Print the files of a folder that were not taken, each with why."""
    from nqpf_assess.files.gathering import passed_over

    for line in passed_over(skipped):
        print_note(settings.tell(line))


def open_answers(
    settings: Settings, library: "Library", path: Path, **content: str | None
) -> "tuple[Instrument, Answers]":
    """Return an answer file with its instrument; raises `UserError` with all its errors (see `open_sound`)."""
    return open_sound(settings, library, path, **content).assessed()


def open_sound(settings: Settings, library: "Library", path: Path, **content: str | None) -> "Scorable":
    """Open an answer file with the library that it is read by; raises `UserError` with all its errors.

    That it was answered to another edition than the one at hand is printed, and does not stop anything; so is what has
    no score since no year is named. A file that the edition at hand does not take is read under its own, where a root
    holds that. `content`: the questionnaire and the rubric to take instead of what the file names.
    """
    from nqpf_assess.files.editions import open_scorable

    found = open_scorable(library, path, **content)
    found.assessed()
    undated = (problem for problem in found.sheet.problems if problem.code == "period_without_year")
    print_problems((*found.notices, *undated), settings.language)
    return found


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
