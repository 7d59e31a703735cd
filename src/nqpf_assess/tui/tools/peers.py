"""Others beside an assessment: a benchmark of many like it, the group of them, then where it stands."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import FilesPage, OtherFilesPage

WHOSE = _("Set others beside which assessment?")
WHICH = _("Which benchmark file?")
HERE = _("Benchmark files in {folder}")
NONE = _("There is no benchmark file in {folder}. Type the path of one above.")
READ = _("Read {path}")
WHO_MAKES = _("Whoever holds the table of all respondents makes it; ask there for the benchmark file (.json).")
BESIDE = _("Beside whom?")
ALL = _("all of them")
GROUP = _("{name} ({count})")
SET = _("The results and the report now say where this assessment stands among others.")


OF_ANOTHER_FORMAT = re.compile(rb'\{\s*"format": *"nqpf-(?!benchmark/)')


def names_another_format(path: Path) -> bool:
    """Return whether a file says at its beginning that it is JSON of ours and no benchmark."""
    with suppress(OSError), path.open("rb") as file:
        return OF_ANOTHER_FORMAT.match(file.read(200)) is not None
    return False


class BenchmarkFilePage(OtherFilesPage):
    """Lists files that may be a benchmark, without the answers, and the figures of a cohort, that lie beside it."""

    HERE_WORDS: ClassVar[Text] = HERE
    NONE_WORDS: ClassVar[Text] = NONE
    TAKE_FILE: ClassVar[Text] = READ
    ENDINGS = (".json",)
    EXPLAINED = (
        _(
            "A benchmark holds median and quartiles of many respondents and nobody's name. It stands beside "
            "your results, as a relative figure; no score changes by it."
        ),
        WHO_MAKES,
    )

    def _ending_so(self, folder: Path) -> Iterator[Path]:
        return (path for path in super()._ending_so(folder) if not names_another_format(path))


def open_peers(bench: Workbench) -> None:
    """Ask whose results, unless an assessment is open, and beside which benchmark."""

    def opened(path: Path | None) -> None:
        if path is not None:
            bench.open_file(path)
            if bench.desk is not None:
                ask()

    def ask() -> None:
        bench.ask(BenchmarkFilePage(WHICH), lambda path: _read(bench, path))

    if bench.desk is not None:
        ask()
    else:
        bench.ask(FilesPage(WHOSE), opened)


def _read(bench: Workbench, path: Path | None) -> None:
    from nqpf_assess.exchange.benchmark import read_peers
    from nqpf_assess.report.peer_words import group_words

    if path is None:
        return
    session = bench.session
    try:
        peers = read_peers(path)
        peers.placed(session.card, session.answers)
    except UserError as fault:
        if path.suffix.lower() != ".json":  # of a table the hint names the command that makes a benchmark of it
            fault = UserError(fault.message, hint=WHO_MAKES)
        bench.push_screen(ProblemsPage(fault))
        return

    def beside(place: str | None) -> None:
        if place is not None and bench.desk is not None:
            chosen = replace(peers, group=peers.benchmark.groups[int(place)].group)
            bench.chosen_peers[bench.desk.path] = chosen
            bench.step_to("results", tell(SET, bench.language))

    groups = peers.benchmark.groups
    named = (group_words(one, session.instrument.questionnaire) if one.group else ALL for one in groups)
    choices = [(str(place), fill(GROUP, name=name, count=groups[place].n)) for place, name in enumerate(named)]
    if len(choices) > 1:
        bench.ask(ChoicePage(BESIDE, [], choices), beside)
    else:
        beside("0")
