"""Taking figures out of a file: which file, what it was read as, then each value beside what is there, yes or no."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on

from nqpf_assess.files.intake import SPREADSHEETS
from nqpf_assess.files.naming import free
from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _, _c, _n, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.clock import clock
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Look, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.dialogs import ChoicePage, HoldingPage, LinePage, brought_in
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import HELP, page_of
from nqpf_assess.tui.frame.problems import fault_rows
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import LOCKED, Workbench
from nqpf_assess.tui.tools.files import GO_ON_TICKING, TICK, TICKED_HELD, FilesPage, OtherFilesPage
from nqpf_assess.tui.widgets.list import How, RowList

if TYPE_CHECKING:
    from nqpf_assess.model.importing import ImportSource, ImportStep, Submission
    from nqpf_assess.session.importing import ImportPlan

WHICH = _("Take figures from which file?")
INTO_WHICH = _("Into which assessment?")
TAKE_FILE = _("Read {path}")
HERE = _("Tables and forms in {folder}")
NONE = _("There is no table or form in {folder}. Type the path of a file or a folder above.")

IMPORTED = _(
    "A filled Excel form, submissions of Kobo or ODK, answers as JSON, a table with our columns, or a "
    "statistics sheet with a map. Nothing is changed before you have seen every value and said yes."
)
NOT_TAKEN = _("Nothing can be taken from this file as it is")
BY_MAP = _("It is a statistics sheet: read it by the map “{name}”")
MAP = _("It is a statistics sheet: name another map, which says what stands where …")
ANOTHER = _("Take another file …")
BACK = _("Back")

WHERE_TO = _("Where do the figures go?")
INTO_ONE = _("Into an assessment that is there")
INTO_NEW = _("Into a new assessment: {name}")
WHO = _("Whose answers?")
WHO_WORDS = _("The file holds several respondents.")

READ_AS = _("Read as: {what}")
COLUMNS = _("Its columns")
DIFFERS = _("Differs from what is there: tick what shall be replaced")
FILLS = _("Filled in, where nothing is there yet")
ADDS = _("Added beside the answer that is there")
STAYS = _("Not changed")
LEFT_OUT = _("Not taken")
ROW = _("{present} → {incoming}")
FROM = _("from {place}")
GO = _n("Take {count} value that is ticked", "Take {count} values that are ticked")
NONE_TICKED = _("Tick the values to take")
NOTHING = _("Nothing would change: all of it is there already.")
LEFT_OUT_ONLY = _("There is nothing to take: below is what was left out, and why.")
ALL = Act("every(1)", "a", _("Tick all"), _c("tick", "All"))
NO_ONE = Act("every(0)", "n", _("Tick none"), _c("tick", "None"))
TAKE_TICKED = _("Take what is ticked")
TAKE_ON = Act("", "enter", TAKE_TICKED, TAKE_TICKED)
TAKEN = _n(
    "{count} value was taken. Ctrl+Z takes it back; the file as it was is kept as {kept}.",
    "{count} values were taken. Ctrl+Z takes them back; the file as it was is kept as {kept}.",
)
BEGUN = _n("{count} value was taken into a new assessment.", "{count} values were taken into a new assessment.")
NO_PLACE = _("The new assessment would lie in {folder}, where nothing may be written: copy the file elsewhere first.")
NOT_SAVED = _("The assessment is read only here; nothing was taken.")


class ImportFilePage(OtherFilesPage):
    """Lists tables and forms of a folder; gives back the path of one."""

    HERE_WORDS: ClassVar[Text] = HERE
    NONE_WORDS: ClassVar[Text] = NONE
    TAKE_FILE: ClassVar[Text] = TAKE_FILE
    ENDINGS = (*SPREADSHEETS, ".csv", ".json", ".tsv")
    EXPLAINED = (IMPORTED,)

    def __init__(self) -> None:
        super().__init__(WHICH)


class MapPage(LinePage):
    """Asks for the map of a statistics sheet."""

    TITLE_WORDS: ClassVar[Text] = _("The map of the statistics sheet")
    ASKED: ClassVar[Text] = _("Which file says what stands where in the sheet (a map, .toml)?")


class NotReadPage(ListPage):
    """Says why nothing can be taken from a file; gives back what to do: name a map, take another file, nothing.

    `read`: what is in it is known, so that no map would help.
    """

    TITLE_WORDS: ClassVar[Text] = NOT_TAKEN

    def __init__(self, fault: UserError, *, read: bool = False) -> None:
        super().__init__()
        self._fault, self._read = fault, read

    def rows(self) -> tuple[Row, ...]:
        """Say it, then list what can be done; maps at hand are offered by their names."""
        from nqpf_assess.exchange.sources import NothingKnown
        from nqpf_assess.files.mapping import maps_at_hand

        speech, fault = self.speech, self._fault
        if isinstance(fault, NothingKnown):  # its hint names an option of the command line; here the rows below do it
            fault = UserError(fault.message, hint=IMPORTED)
        names = () if self._read else maps_at_hand(self.bench.library)
        maps = [(f"map:{name}", speech.tell(BY_MAP, name=shown(name))) for name in names]
        maps += [] if self._read else [("map", speech.tell(MAP))]
        acts = numbered((("another", speech.tell(ANOTHER)), *maps, ("back", speech.tell(BACK))))
        return (BLANK, *fault_rows(fault, speech), BLANK, *acts)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        self.dismiss(id)


def open_importing(bench: Workbench) -> None:
    """Ask which file, and read it."""
    bench.ask(ImportFilePage(), lambda path: _read(bench, path))


def _read(bench: Workbench, path: Path | None, mapping: Path | None = None) -> None:
    from nqpf_assess.exchange.sources import ReadingWish, read_source

    if path is None:
        return
    answers = bench.session.answers if bench.desk is not None else None
    wish = ReadingWish(
        questionnaire=answers.questionnaire.id if answers else None,
        by_id=True,
        map=mapping,
        subject=answers.subject if answers else None,
    )
    try:
        source = read_source(path, bench.library, wish, at=clock()())
    except UserError as fault:
        bench.ask(NotReadPage(fault), lambda choice: _again(bench, path, choice))
        return
    if len(source.submissions) == 1:
        _place(bench, source, source.submissions[0], mapping)
        return
    own = answers.subject.called if answers else ""
    same = [one for one in source.submissions if own and one.subject.called == own]
    if answers and len(same) > 1:
        from nqpf_assess.session.importing import of_its_time

        same = [*of_its_time(same, answers.subject)]
    if len(same) == 1:
        _place(bench, source, same[0])
        return
    names: list[tuple[str, Text]] = [
        (str(place), {bench.language: shown(one.name)}) for place, one in enumerate(source.submissions)
    ]
    page = ChoicePage(WHO, [WHO_WORDS], names)
    bench.ask(page, lambda id: _place(bench, source, source.submissions[int(id)]) if id is not None else None)


def _again(bench: Workbench, path: Path, choice: str | None) -> None:
    from nqpf_assess.session.desk import typed_path

    if choice == "another":
        open_importing(bench)
    elif choice is not None and choice.startswith("map:"):
        _read(bench, path, Path(choice.removeprefix("map:")))
    elif choice == "map":
        beside = path.with_suffix(".map.toml")
        bench.ask(MapPage(str(beside)), lambda typed: _read(bench, path, typed_path(typed)) if typed else None)


def _place(bench: Workbench, source: "ImportSource", submission: "Submission", mapping: Path | None = None) -> None:
    """Find the assessment the values go into: the one that is open, another one, or a new one.

    A statistics sheet is read anew for one that is opened: its name and year say what is wanted of the sheet.
    """
    if bench.desk is not None:
        _plan(bench, source, submission)
        return
    name = " ".join(part for part in (submission.subject.name, submission.subject.period) if part)
    new = fill(INTO_NEW, name=shown(name or submission.name))

    def go_on(choice: str | None) -> None:
        if choice == "one":
            bench.ask(FilesPage(INTO_WHICH), opened)
        elif choice == "new":
            _plan(bench, source, submission)

    def opened(path: Path | None) -> None:
        if path is not None:
            bench.open_file(path)
            if bench.desk is not None and mapping is not None:
                bench.soon(lambda: _read(bench, Path(source.path), mapping))
            elif bench.desk is not None:
                bench.soon(lambda: _plan(bench, source, submission))

    bench.ask(ChoicePage(WHERE_TO, [], (("one", INTO_ONE), ("new", new))), go_on)


def _plan(bench: Workbench, source: "ImportSource", submission: "Submission") -> None:
    from nqpf_assess.model.weights import BASELINE
    from nqpf_assess.session.content import sound_instrument
    from nqpf_assess.session.importing import plan_import

    try:
        if bench.desk is not None:
            instrument, answers = bench.session.instrument, bench.session.answers
        else:
            weights = submission.rubric or BASELINE
            instrument = sound_instrument(bench.library, submission.edition.id, weights, stated=True)
            answers = None
        plan = plan_import(instrument, answers, submission, at=clock()(), language=bench.language)
    except UserError as fault:
        bench.ask(NotReadPage(fault, read=True), lambda choice: _again(bench, Path(source.path), choice))
        return
    bench.push_screen(ImportPage(source, submission, plan))


class ImportPage(HoldingPage, ListPage):
    """Every value of the file beside what is there, each with a tick that says whether it is taken."""

    TITLE_WORDS: ClassVar[Text] = _("Take figures from a file")
    HELD_WORDS: ClassVar[Text] = TICKED_HELD
    STAY_WORDS: ClassVar[Text] = GO_ON_TICKING
    TAKE_WORDS: ClassVar[Text] = TAKE_TICKED
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, ALL, NO_ONE, *PAGING)
    EXPLAINED = (
        _(
            "Ticked values are taken. Where nothing is there yet they are ticked; where both have a value and they "
            "differ, you decide. Every value keeps where it came from. The file as it was stays beside it."
        ),
    )

    def __init__(self, source: "ImportSource", submission: "Submission", plan: "ImportPlan") -> None:
        super().__init__()
        self._source, self._submission, self._plan = source, submission, plan
        self._ticked = {step.key: step.fate != "conflict" for step in plan.steps if step.changes}
        self._before = dict(self._ticked)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to tick, tick all and go back; where nothing changes there is only the way back."""
        on = self.is_mounted and self.list.current == "go"
        return (*((TAKE_ON if on else TICK, ALL, NO_ONE) if self._ticked else (CHOOSE,)), CLOSE, HELP)

    @on(RowList.Moved, "#rows")
    def _moved(self, message: RowList.Moved) -> None:
        """Show what Enter does to the row that is marked now."""
        message.stop()
        self.paint_hints()

    @property
    def half_done(self) -> bool:
        """Whether other values are ticked than at first."""
        return self._ticked != self._before

    @property
    def count(self) -> int:
        """How many values are ticked."""
        return sum(self._ticked.values())

    def paint(self) -> None:
        """Draw. What the values do is worked out anew where the answers became others: by undo, or the language."""
        from nqpf_assess.session.importing import plan_import

        bench = self.bench
        if bench.desk is not None and bench.session.answers is not self._plan.answers:
            now, session, differed = clock()(), bench.session, {step.key for step in self._plan.conflicts}
            self._plan = plan_import(
                session.instrument, session.answers, self._submission, at=now, language=bench.language
            )
            # Whoever ticked a value to be filled in has not said that it replaces what is there by now.
            fates = {step.key: step.fate != "conflict" for step in self._plan.steps if step.changes}
            said = {key for key, ticked in fates.items() if ticked is (key not in differed)}
            self._ticked = {key: self._ticked.get(key, t) if key in said else t for key, t in fates.items()}
            self._before = {key: self._before.get(key, t) if key in said else t for key, t in fates.items()}
        super().paint()
        self.paint_hints()

    def rows(self) -> tuple[Row, ...]:
        """List the way on, what differs, what is filled in, what stays, what is no answer."""
        from nqpf_assess.pages.importing import EMPTY, not_taken_lines, others_left, shared_lines
        from nqpf_assess.session.importing import kept_beside

        speech = self.speech_in(self.size.width - EDGES)
        rows = [quiet(f"{shown(path_shown(Path(self._source.path)))}  {shown(self._submission.name)}")]
        rows.append(quiet(speech.tell(READ_AS, what=self._source.recognised)))
        kept = kept_beside(None if self._plan.new else self._plan.answers, self._submission)
        others = others_left(self._source, self._submission)
        rows += [quiet(speech.words(note)) for note in (*self._submission.notes, *others, *kept)]
        rows += [quiet(shown(line)) for line in shared_lines(self._plan, speech.language)]
        folder = Path(self._source.path).absolute().parent
        if self.bench.desk is not None and self.bench.session.locked is not None:
            rows.append(Row(self.bench.locked_words(), look="warn"))
        elif self.bench.desk is None and not os.access(folder, os.W_OK):
            rows.append(Row(speech.tell(NO_PLACE, folder=str(folder)), look="warn"))
        passed_over = [step for step in self._plan.steps if step.fate == "kept"]
        if self._ticked:
            way_on = Row(speech.tell(GO, count=self.count), id="go", look="heading")
            rows += [BLANK, way_on if self.count else quiet(speech.tell(NONE_TICKED))]
        else:
            words = EMPTY if self._plan.empty else LEFT_OUT_ONLY if self._plan.not_taken or passed_over else NOTHING
            look: Look = "good" if words is NOTHING else "warn"
            rows += [BLANK, Row(speech.tell(words), look=look), *numbered([("back", speech.tell(_("Back")))])]
        groups = (
            (DIFFERS, [step for step in self._plan.steps if step.fate == "conflict"]),
            (FILLS, [step for step in self._plan.steps if step.fate == "new"]),
            (ADDS, [step for step in self._plan.steps if step.fate == "added"]),
        )
        for title, steps in groups:
            if steps:
                rows += [BLANK, heading(speech.tell(title)), *self._step_rows(steps)]
        wrong = [replace(one, advice=in_app(one.advice) or one.advice) for one in self._plan.not_taken]
        lines = list(not_taken_lines(wrong, self._plan.instrument.questionnaire, speech.language))
        if lines:
            rows += [BLANK, heading(speech.tell(LEFT_OUT)), *(Row(shown(line), look="warn") for line in lines)]
        stays = [step for step in self._plan.steps if step.fate == "same"]
        if stays or passed_over:
            rows += [BLANK, heading(speech.tell(STAYS))]
        for step in passed_over:
            why = speech.grammar.semicolon.join(speech.words(words) for words in step.why)
            rows += [Row(speech.line(step.title)), quiet(why, lead="      ")]
        if stays:
            rows.append(quiet(speech.grammar.semicolon.join(speech.line(step.title) for step in stays)))
        if self._source.columns:
            rows += [BLANK, heading(speech.tell(COLUMNS))]
            rows += [quiet(speech.words(line)) for line in self._source.columns]
        return tuple(rows)

    def _step_rows(self, steps: "Iterable[ImportStep]") -> Iterable[Row]:
        from nqpf_assess.pages.importing import around_all, excerpt_line, said

        speech, questionnaire = self.speech_in(self.size.width - EDGES), self._plan.instrument.questionnaire
        shared = around_all(self._plan)
        for step in steps:
            sign = speech.glyphs.ticked if self._ticked[step.key] else speech.glyphs.unticked
            sides = (said(step, answer, questionnaire, speech.language) for answer in (step.present, step.incoming))
            present, incoming = (shown(words) for words in sides)
            id = "step:" + ":".join(step.key)
            look: Look = "strong" if self._ticked[step.key] else "plain"
            yield Row(speech.line(step.title), id=id, lead=f"{sign} ", look=look)
            if step.fate == "added":
                yield Row(f"{present} + {shown(speech.grammar.semicolon.join(step.adds))}", lead="      ")
            else:
                yield Row(speech.tell(ROW, present=present, incoming=incoming), lead="      ")
            origin = step.incoming.from_
            place = (origin.place or origin.file or "") if origin is not None else ""
            notes = [speech.words(words) for words in step.why]
            notes += [speech.tell(FROM, place=shown(place))] if place and not step.excerpts else []
            if notes:
                yield quiet(speech.grammar.semicolon.join(notes), lead="      ")
            for one in step.excerpts:
                yield quiet(shown(excerpt_line(one, shared, speech.language)), lead="      ")

    def chosen(self, id: str, how: How) -> None:
        """Tick a value, or take what is ticked."""
        if id == "go":
            if how != "space":
                self.take_held()
            return
        if id == "back":
            self.leave()
            return
        table, _colon, name = id.removeprefix("step:").partition(":")
        self._ticked[table, name] = not self._ticked[table, name]
        self.repaint()

    def action_every(self, on: int) -> None:
        """Tick all, or none."""
        self._ticked = dict.fromkeys(self._ticked, bool(on))
        self.repaint()

    def may_take(self) -> bool:
        """Return whether anything is ticked."""
        return bool(self.count)

    def take_held(self) -> None:
        """Take what is ticked into the open assessment, or begin a new one with it."""
        from nqpf_assess.session.importing import keep_before

        bench, count = self.bench, self.count
        after = self._plan.accepted(self._ticked)
        if bench.desk is None:
            self._begin(count)
            return
        if bench.session.locked is not None:
            self.say(NOT_SAVED, "warn")
            return
        kept = ""
        try:
            if after != self._plan.answers:
                kept = path_shown(keep_before(bench.desk.path))
        except OSError as fault:
            from nqpf_assess.files.store import NotSaved

            refused = NotSaved(bench.desk.path, fault, None)
            self.say_plainly(self.speech.sentences(refused.message, in_app(refused.hint)), "bad")
            return
        with brought_in(bench):
            bench.changed(bench.session.bring_in(after))
        if bench.screen is not self:  # what is asked of a file that others changed comes first
            return
        if bench.session.answers != after:  # refused, and why stands in the line of the file
            self.repaint()
            return
        self.dismiss(None)
        bench.soon(lambda: page_of(bench).say(TAKEN, "good", count=count, kept=kept))

    def _begin(self, count: int) -> None:
        """Begin an assessment beside the source with what is ticked, and open it."""
        from nqpf_assess.files.store import AnswerFile
        from nqpf_assess.session.desk import LOOKED_AT
        from nqpf_assess.session.importing import new_files

        bench = self.bench
        if bench.options.read_only:
            self.say(LOCKED, "warn", why=LOOKED_AT)
            return
        places = new_files(Path(self._source.path).absolute(), self._source.submissions)
        path = free(places[self._source.submissions.index(self._submission)])
        try:
            with AnswerFile(path) as held:
                held.save(self._plan.accepted(self._ticked))
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), "bad")
            return
        self.dismiss(None)

        def opened() -> None:
            bench.open_file(path)
            page_of(bench).say(BEGUN, "good", count=count)

        bench.soon(opened)
