"""The start page: recent assessments, new ones, samples to look around in, and what stays on this computer."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from nqpf_assess.files.machine import file_time
from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.remembered import Recent
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import cut, one_line, pad, shown, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Line, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.lists import CHOOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import HELP, MENU
from nqpf_assess.tui.widgets.list import How

SCORE = _("score {score}")
NO_SCORE = _("no score yet")
ANSWERED = _("{coverage} answered")
CHANGED_SINCE = _("changed since last opened")
YEARS = _("score over the years")
YEARS_UNLIKE = _("* not by answers alone")
"""Short, since three years of a place stand before it: also by edition, rubric, weights or extent."""
NOT_FOUND = _("file not found")
KINDS = {"region": _("place"), "firm": _("firm")}


def recent_row(seen: Recent, index: int, speech: Speech, *, alone: bool) -> Row:
    """Write one recent assessment: whom, score, how much is answered, when it was changed.

    `alone`: no other is of the same subject and year; else the row shows its file too, as soon as it is marked.
    """
    changed = seen.changed
    when = speech.tell(NOT_FOUND) if changed is None else f"{file_time(changed):%Y-%m-%d %H:%M}"
    unscored = speech.tell(NO_SCORE) if seen.stamp else ""
    score = speech.tell(SCORE, score=seen.score) if seen.score else unscored
    answered = speech.tell(ANSWERED, coverage=seen.coverage) if seen.coverage else ""
    if changed is not None and seen.outdated:
        score, answered = speech.tell(CHANGED_SINCE), ""
    told = pad(score, 14) + pad(answered, 15) if answered else pad(score, 29)
    tail = told + when
    kind = speech.tell(KINDS[seen.kind]) if seen.kind in KINDS else ""
    year, room = f" {one_line(seen.period)}" if seen.period else "", speech.cells - width(tail) - 2
    name = cut(one_line(seen.name) or Path(seen.path).stem, room - width(year)) + year  # the year tells it from others
    words = pad(f"{name}  {kind}" if width(name) + width(kind) + 2 <= room else name, room) + "  "
    return Row("" if alone else seen.path, id=f"recent:{index}", parts=(Part(words), Part(tail, "quiet")))


def years_row(years: tuple[Recent, ...], index: int, speech: Speech) -> Row:
    """Write one subject's scores over the years in one line; none of a file that was changed since last opened.

    What moved by more than the answers is marked. Its files are shown as soon as the row is.
    """
    unlike = [bool(old.basis and new.basis) and old.basis != new.basis for old, new in pairwise(years)]
    marked = zip(years, (False, *unlike), strict=True)
    line = " → ".join(
        f"{seen.period}{' *' if mark else ''} {'–' if seen.outdated else seen.score or '–'}" for seen, mark in marked
    )
    words = speech.tell(YEARS_UNLIKE if any(unlike) else YEARS)
    parts: Line = (Part(f"{one_line(years[0].name)}  "), Part(line, "strong"), Part(f"  {words}", "quiet"))
    files = " → ".join(seen.path for seen in years)
    return Row(shown(files), id=f"years:{index}", parts=tuple(Part(shown(part.text), part.look) for part in parts))


PRIVACY = _("Everything stays on this computer: answers are in your own file, nothing is sent anywhere.")
RECENT = _("Recent assessments")
BEGIN = _("Begin")
NEW_REGION = _("New: assess a place")
NEW_FIRM = _("New: assess a firm")
OPEN = _("Open a file …")
SAMPLE = _("Look around in a filled sample")
SAMPLE_FIRST = _("a good first step; nothing can break")
OVER_THE_YEARS = _("Over the years")
TOOLS = _("More tools: take in figures, merge, compare, edit …")
LANGUAGE = _("中文")
SETTINGS = _("Settings")
LEAVE = _("Leave")
NOT_LISTED = _("Put the cursor on an assessment of the list first.")
FORGET = Act("forget", "delete", _("Take from this list (the file stays)"))
NO_LINE = _("These files are no line over the years any more: their names or years are others now.")
NO_SAMPLES = _("There are no samples here.")


BEGINNINGS = (
    ("new:region", "1", NEW_REGION),
    ("new:firm", "2", NEW_FIRM),
    ("open", "3", OPEN),
    ("sample", "4", SAMPLE),
    ("tools", "5", TOOLS),
    ("language", "6", LANGUAGE),
    ("settings", "7", SETTINGS),
    ("leave", "0", LEAVE),
)
"""What the start page offers: the row's id, its digit, its words."""


class HomePage(ListPage):
    """The start page."""

    TITLE_WORDS: ClassVar[Text] = _("Self-assessment of new quality productive forces")
    ACTS = (*PAGING, FORGET)
    EXPLAINED = (
        _(
            "An assessment is one file. Begin a new one, go on with a recent one, or look around in a sample first. "
            "Choose with the digits, or with ↑ ↓ and Enter; the mouse works too."
        ),
    )

    _years: tuple[tuple[Recent, ...], ...] = ()
    """The lines over the years as they are listed: a file may go away while the page is looked at."""

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and leave."""
        return (CHOOSE, MENU, HELP, Act("app.leave", "f10", LEAVE, LEAVE))

    def rows(self) -> tuple[Row, ...]:
        """List what can be begun or gone on with."""
        from nqpf_assess.session.remembered import over_the_years

        speech, recent = self.speech_in(self.size.width - EDGES), self.bench.memory.recent
        rows = [BLANK, quiet(speech.tell(PRIVACY)), BLANK]
        if recent:
            count = Counter((seen.name, seen.period) for seen in recent)
            lines = (
                recent_row(seen, i, speech, alone=count[seen.name, seen.period] == 1) for i, seen in enumerate(recent)
            )
            rows += [heading(speech.tell(RECENT)), *lines, BLANK]
        self._years = over_the_years(recent)
        if self._years:
            lines = (years_row(one, i, speech) for i, one in enumerate(self._years))
            rows += [heading(speech.tell(OVER_THE_YEARS)), *lines, BLANK]
        rows.append(heading(speech.tell(BEGIN)))
        for id, key, words in BEGINNINGS:
            tail = speech.tell(SAMPLE_FIRST) if id == "sample" and not recent else ""
            rows.append(Row(speech.tell(words), id=id, key=key, lead=f"{key}  ", tail=tail))
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what the row is for."""
        # Imported where they are opened, so that the first frame does not wait for them.
        kind, _colon, value = id.partition(":")
        if kind == "recent":
            self.bench.open_file(Path(self.bench.memory.recent[int(value)].path))
        elif kind == "years":
            from nqpf_assess.tui.results.compare import HistoryPage

            self.bench.renew_library()
            page = HistoryPage(self._years[int(value)])
            try:
                if page.load(self.bench.library):
                    self.bench.push_screen(page)
                else:
                    self.say(NO_LINE, "warn")
            except UserError as fault:
                self.say(fault.message, "bad")
        elif kind == "new":
            from nqpf_assess.tui.answering.subject import NewPage

            self.bench.push_screen(NewPage(value))
        elif kind == "open":
            from nqpf_assess.tui.home.files import OpenPage

            self.bench.push_screen(OpenPage())
        elif kind == "sample":
            from nqpf_assess.session.desk import samples
            from nqpf_assess.tui.home.files import SamplesPage

            if samples():
                self.bench.push_screen(SamplesPage())
            else:
                self.say(NO_SAMPLES)
        elif kind == "tools":
            from nqpf_assess.tui.home.tools import ToolsPage

            self.bench.push_screen(ToolsPage())
        elif kind == "language":
            self.bench.action_language()
        elif kind == "settings":
            from nqpf_assess.tui.home.settings import SettingsPage

            self.bench.push_screen(SettingsPage())
        else:
            self.bench.action_leave()

    def action_forget(self) -> None:
        """Take an assessment off the list."""
        current = self.list.current or ""
        if current.startswith("recent:"):
            path = self.bench.memory.recent[int(current.removeprefix("recent:"))].path
            self.bench.keep_in_mind(lambda memory: memory.without(path))
            self.repaint()
        else:
            self.say(NOT_LISTED)

    def action_close(self) -> None:
        """There is nothing behind the start page."""
