"""About: what runs here, where its files are, what was set, and whether this terminal draws as it should."""

import os
from typing import ClassVar

from nqpf_assess import __version__
from nqpf_assess.files.places import is_seen, user_data
from nqpf_assess.locale import Text, _
from nqpf_assess.session.settings import settings_file
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.frame.lists import CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import COMMON, MENU
from nqpf_assess.tui.home.settings import NAMES as SETTING_NAMES

PROGRAM = _("This program")
VERSION = _("Version {version}")
ANSWERS = _("Answers: {path}")
NO_ANSWERS = _("no assessment is open")
DATA = _("Its own folder: {path}")
SETTINGS = _("Settings: {path}")
NO_SETTINGS = _("Settings: none. They would stand in {path}")
TERMINAL = _("This terminal")
SIZE = _("{columns} columns × {lines} lines, TERM={term}")
TEST = _("The bars at the right must stand below each other; if they do not, choose “{ascii}” in the settings.")
NAMES = _("Names of all acts, for other keys under [keys] in the settings")
UNKNOWN_ACT = _("There is no command “{name}” to give keys to.")
TESTED = ("中文字宽测试", "ASCII width.", "“”——……·①", "│─▆·▸●○✓")
TEST_CELLS = 14


def every_act() -> tuple[Act, ...]:
    """Return all acts of all pages, each name once."""
    from nqpf_assess.tui.answering.asking import ASKING_ACTS
    from nqpf_assess.tui.answering.profiles import BlendPage, ProfilesPage
    from nqpf_assess.tui.answering.review import ReviewPage
    from nqpf_assess.tui.answering.subject import SubjectPage
    from nqpf_assess.tui.answering.support import SupportPage
    from nqpf_assess.tui.home.start import HomePage
    from nqpf_assess.tui.results.plan import PlanPage
    from nqpf_assess.tui.results.results import ResultsPage

    pages = (HomePage, SubjectPage, ProfilesPage, BlendPage, SupportPage, ReviewPage, ResultsPage, PlanPage)
    acts = (*ASKING_ACTS, *COMMON, *(act for page in pages for act in page.ACTS))
    names = dict.fromkeys(act.id for act in acts if act.action)
    return tuple(next(act for act in acts if act.id == name) for name in names)


class AboutPage(ListPage):
    """Shows it."""

    TITLE_WORDS: ClassVar[Text] = _("About this program")
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, *PAGING)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List program, terminal, names."""
        speech, desk, settings = self.speech_in(self.size.width - EDGES), self.bench.desk, settings_file()

        def line(words: Text, **values: object) -> Row:
            return Row(speech.tell(words, **values), lead="  ")

        rows = [heading(speech.tell(PROGRAM)), line(VERSION, version=__version__)]
        rows.append(line(ANSWERS, path=str(desk.path.absolute()) if desk else NO_ANSWERS))
        rows.append(line(DATA, path=str(user_data())))
        rows.append(line(SETTINGS if is_seen(settings) else NO_SETTINGS, path=str(settings)))
        warnings = [problem.told(speech.language).replace("\n", " ") for problem in self.bench.mistakes]
        unknown = sorted(set(self.bench.settings.keys) - {act.id for act in every_act()})
        warnings += [speech.tell(UNKNOWN_ACT, name=name) for name in unknown]
        rows += [Row(warning, lead="  ", look="warn") for warning in warnings]

        rows += [BLANK, heading(speech.tell(TERMINAL))]
        rows.append(line(SIZE, columns=self.size.width, lines=self.size.height, term=os.environ.get("TERM", "")))
        rows.append(quiet(speech.tell(TEST, ascii=SETTING_NAMES["ascii"]), lead="  "))
        rows += [Row(f"{pad(drawn, TEST_CELLS)}{speech.glyphs.target}", lead="  ") for drawn in TESTED]

        rows += [BLANK, heading(speech.tell(NAMES))]
        for act in every_act():
            rows.append(Row(speech.tell(act.words), lead=f"  {pad(act.id, 18)}", tail=speech.keys(act)))
        return tuple(rows)
