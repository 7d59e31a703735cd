"""A comparison, the line over the years and the follow-up sheet as rows."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import name_beside
from nqpf_assess.locale import Text, _
from nqpf_assess.model.period import comes_before
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.pages.history import history_table
from nqpf_assess.report.blocks import Table
from nqpf_assess.report.comparison_tables import NOT_PLANNED, ComparisonTables, plan_words
from nqpf_assess.report.comparison_text import ComparisonText
from nqpf_assess.report.text import table_lines
from nqpf_assess.session.answering import Place
from nqpf_assess.session.clock import clock
from nqpf_assess.session.comparing import ComparedPair, Kin, OverTheYears, compared, history, kin_of
from nqpf_assess.session.desk import typed_file
from nqpf_assess.session.nearby import ILLEGIBLE, look_at
from nqpf_assess.session.remembered import Recent
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.filtering import NOTHING_FITS, FilterPage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, PAGING, TURN, TURN_BACK, ListPage, TabbedPage
from nqpf_assess.tui.frame.page import HELP, MENU, MISTAKE
from nqpf_assess.tui.widgets.list import How

RULE = "─"
"""What tables draw below their head; the app has a sign of its own for it."""

SAME_ANSWERS = _("No answer is another one.")
COMPARE = _("Compare {before} with {after}")
BY_ITS_OWN = _(
    "What stands here is by the edition that the file names; Results go by the one at hand, and their figures may be "
    "others."
)


def table_rows(table: Table, speech: Speech) -> Iterator[Row]:
    """Draw a table; the head is small print."""
    body = False
    for line in table_lines(table, speech.cells):
        rule = line.startswith(RULE)
        yield Row(
            parts=(Part(shown(line.replace(RULE, speech.glyphs.rule)), "plain" if body and not rule else "quiet"),)
        )
        body = body or rule
    if table.note:
        yield quiet(shown(table.note))


def aside_rows(left_aside: Iterable[Problem], speech: Speech) -> Iterator[Row]:
    """Tell of which files the results go by another edition than what stands here."""
    for told in left_aside:
        what = speech.sentences(told.message, BY_ITS_OWN)
        values = {"file": Path(told.source).name, "line": told.line, "what": what}
        yield Row(shown(speech.tell(MISTAKE, **values)), look="warn")


def change_rows(found: ComparedPair, speech: Speech) -> tuple[Row, ...]:
    """Render what changed and why, then every pillar and dimension."""
    words = ComparisonText(found.comparison, found.questionnaires, speech.language, hints=False, ids=False)
    first, *rest = [shown(line) for line in words.head()]
    text = [Row(line, look="warn" if line.startswith("!") else "plain") for line in rest]
    return (heading(first), *aside_rows(found.left_aside, speech), *text, BLANK, *table_rows(words.nodes(), speech))


def answer_rows(found: ComparedPair, speech: Speech) -> tuple[Row, ...]:
    """Render where the effect of the answers comes from, and every answer that changed."""
    tables = ComparisonTables(found.comparison, found.questionnaires, speech.language)
    rows: list[Row] = []
    for table in (tables.parts(), tables.answers(everything=True)):
        if table is not None:
            rows += [*([BLANK] if rows else []), *table_rows(table, speech)]
    return tuple(rows) or (BLANK, quiet(speech.tell(SAME_ANSWERS)))


def plan_rows(found: ComparedPair, speech: Speech) -> tuple[Row, ...]:
    """Hold what was planned then against what came of it."""
    planned = found.comparison.planned
    if planned is None:
        return (BLANK, quiet(speech.tell(NOT_PLANNED)))
    tables = ComparisonTables(found.comparison, found.questionnaires, speech.language)
    rows = [Row(shown(line)) for line in plan_words(found.comparison, speech.language)]
    for table in tables.plan(planned):
        rows += [BLANK, *table_rows(table, speech)]
    return tuple(rows)


def kin_row(kin: Kin, here: Path, speech: Speech) -> Row:
    """Write one file that may be compared, with its folder where that is another than `here`."""
    named = " ".join(filter(None, (kin.name, kin.period))) or kin.path.stem
    named += "" if kin.legible else f"  {speech.tell(ILLEGIBLE)}"
    return Row(shown(named), id=str(kin.path), tail=shown(name_beside(kin.path, here)), whole=False)


# ---- over the years


def history_rows(found: OverTheYears, speech: Speech) -> tuple[Row, ...]:
    """Render the years as a table with their files, then what can be compared: each with the next, first with last."""
    history = found.history
    rows = [*aside_rows(found.left_aside, speech)]
    rows += [*table_rows(history_table(history, found.questionnaire, speech.language), speech), BLANK]
    rows += [*(quiet(shown(f"{year.period}  {year.name}")) for year in history.years), BLANK]
    last = len(history.years) - 1
    pairs = [(place, place + 1) for place in range(last)] + ([(0, last)] if last > 1 else [])
    for number, (old, new) in enumerate(pairs, start=1):
        values = {"before": history.years[old].period, "after": history.years[new].period}
        key = str(number) if number < 10 else ""
        rows.append(Row(shown(speech.tell(COMPARE, **values)), id=f"pair:{old}:{new}", key=key, lead=f"{key:>1}  "))
    return tuple(rows)


SAME_SUBJECT = _("The same place or firm")
OTHERS = _("Others with the same questionnaire")
NO_OTHER = _("No other assessment by this questionnaire lies beside this one. Type the path of last year's file above.")
OPEN_TYPED = _("Compare with {path}")


class EarlierPage(FilterPage):
    """Asks which assessment to compare the open one with."""

    TITLE_WORDS: ClassVar[Text] = _("Compare with which assessment?")
    HINT_WORDS: ClassVar[Text] = _("path or part of a name")

    def __init__(self) -> None:
        super().__init__()
        self._kin: tuple[Kin, ...] | None = None

    @property
    def kin(self) -> tuple[Kin, ...]:
        """The files to choose from; looked for once."""
        if self._kin is None:
            assert self.bench.desk is not None
            recent = [Path(seen.path) for seen in self.bench.memory.recent]
            self._kin = kin_of(self.bench.session.answers, self.bench.desk.path, recent)
        return self._kin

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters; a path that is there comes first."""
        assert self.bench.desk is not None
        typed, speech, rows = self.query_typed.strip(), self.speech, []
        here = self.bench.desk.path.parent
        if (there := typed_file(typed, here)) is not None:
            rows = [Row(speech.tell(OPEN_TYPED, path=typed), id=str(there))]
        for same, words in ((True, SAME_SUBJECT), (False, OTHERS)):
            group = [
                one for one in self.kin if one.same == same and folded(typed) in folded(f"{one.path.name} {one.name}")
            ]
            if group:
                rows += [heading(speech.tell(words)), *(kin_row(one, here, speech) for one in group), BLANK]
        return tuple(rows) or (quiet(speech.tell(NOTHING_FITS if typed and self.kin else NO_OTHER)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Compare with it: the earlier year is the old one, whichever was open."""
        assert self.bench.desk is not None
        here, there = self.bench.desk.path, Path(id)
        seen = look_at(there)  # a path that was typed is none of those listed
        swapped = seen is not None and comes_before(self.bench.session.answers.subject.period, seen.period)
        old, new = (here, there) if swapped else (there, here)
        page = ComparePage(old, new)
        self.bench.renew_library()
        try:
            page.load(self.bench.library)
        except (UserError, OSError) as fault:
            from nqpf_assess.files.machine import refusal

            self.say(fault.message if isinstance(fault, UserError) else refusal(fault), "bad")
            return
        self.dismiss(None)
        bench = self.bench
        bench.soon(lambda: bench.push_screen(page))


class ComparePage(TabbedPage):
    """Three views of what changed between two assessments."""

    TITLE_WORDS: ClassVar[Text] = _("Compare")
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("change", _("What changed")),
        ("answers", _("Answers")),
        ("plan", _("What came of the plan")),
    )
    EXPLAINED = (
        _(
            "The change of every score comes apart into three: what the new answers did, what other weights did, "
            "and what another edition of the questionnaire did; they sum to the change. The third view holds what the "
            "measures chosen then were expected to add against what the new answers brought."
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, TURN, TURN_BACK, *PAGING)

    def __init__(self, old: Path, new: Path) -> None:
        super().__init__()
        self._paths = old, new
        self._found: ComparedPair | None = None

    def load(self, library: Library) -> None:
        """Read and compare both files; raises `UserError` where that cannot be done."""
        self._found = compared(library, *self._paths, clock()().date())

    def travelled(self, place: Place) -> None:  # noqa: ARG002
        """Compare anew: what was taken or brought back is in the file by now."""
        with suppress(UserError):
            self.load(self.bench.library)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to turn and go back."""
        return (TURN, CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Return the present view."""
        assert self._found is not None
        views = {"change": change_rows, "answers": answer_rows, "plan": plan_rows}
        return views[self.tab](self._found, self.speech_in(self.size.width - EDGES))


class HistoryPage(ListPage):
    """One subject over the years; any two of them can be compared."""

    TITLE_WORDS: ClassVar[Text] = _("Over the years")

    def __init__(self, years: tuple[Recent, ...]) -> None:
        super().__init__()
        self._paths = [Path(seen.path) for seen in years]
        self._found: OverTheYears | None = None

    def load(self, library: Library) -> bool:
        """Read and score the files; False where they are no line any more. Raises `UserError`."""
        self._found = history(library, self._paths)
        return self._found is not None

    def hinted(self) -> tuple[Act, ...]:
        """Show how to compare and go back."""
        return (CHOOSE, CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Return the table and what can be compared."""
        assert self._found is not None
        return history_rows(self._found, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Compare two years."""
        assert self._found is not None
        places = [int(place) for place in id.split(":")[1:]]
        old, new = (Path(self._found.history.years[place].name) for place in places)
        page = ComparePage(old, new)
        try:
            page.load(self.bench.library)
        except UserError as fault:
            self.say(fault.message, "bad")
            return
        self.bench.push_screen(page)
