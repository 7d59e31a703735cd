"""Whom an assessment describes: a new one, and the name, year, respondent and length of the one that is open."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.widgets import Input

from nqpf_assess.files.naming import free
from nqpf_assess.files.places import working_folder
from nqpf_assess.kinds.figures import read_period
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, _c, _n, fill
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.period import is_part
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.answering import OTHERS, WHOLE_FILE, Place
from nqpf_assess.session.clock import clock
from nqpf_assess.session.renaming import rename
from nqpf_assess.session.way import efforts
from nqpf_assess.tui.answering.places import FIND_PLACE, PlacePage
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import one_line
from nqpf_assess.tui.drawing.rows import BLANK, Row, quiet
from nqpf_assess.tui.drawing.speech import Speech, choice
from nqpf_assess.tui.frame.dialogs import ChoicePage, NewFilePage
from nqpf_assess.tui.frame.forms import FormPage
from nqpf_assess.tui.frame.lists import CLOSE
from nqpf_assess.tui.frame.page import MENU, Page
from nqpf_assess.tui.widgets.fields import to_go_on
from nqpf_assess.tui.widgets.list import RowList
from nqpf_assess.typography.clean import clean_line

if TYPE_CHECKING:
    from nqpf_assess.session.desk import Desk
    from nqpf_assess.session.divisions import Division

NAMES = {False: _("Name of the place"), True: _("Name of the firm")}
"""What the first field is called, by whether a firm is assessed."""

PERIOD = _("Year the answers describe")
WHO = _("Who answers (may be left out)")
FILE = _("File it is kept in")
QUICK = _n(
    "Quick: {count} core question, about {minutes} min", "Quick: about {count} core questions, {minutes} minutes"
)
FULL = _n("Full: {count} question, about {minutes} min", "Full: about {count} questions, {minutes} minutes")
QUICK_BARE = _("Quick: the core questions")
FULL_BARE = _("Full: all questions")
FIRST_TIME = _("good to begin with")
BEGIN = _("Begin")
KEPT_IN = _("Kept in {path}")
NAMED_AFTER = _("Kept in a file named after it")
CHANGE = _("Enter changes it")
THERE = _("{file} is there already. To go on in it, open it instead.")
NO_PLACES = _("The list holds places only; the name of a firm is typed.")
NAME_WANTED = _("Please give a name first.")
NEXT_YEAR = _("Another year")
OTHER_YEAR = _("The answers in this file describe {old}. Where shall those of {new} be kept?")
COUNTS_AS = _(
    "A figure without a year of its own will count as one of {new}; one with a year keeps it until another is typed "
    "beside it. Go through all of them."
)
OTHER_PART = _("The answers in this file describe “{old}”. Where shall those of “{new}” be kept?")
IN_ITS_OWN_FILE = _("In a new file, {file}; this one stays as it is, to compare with")
IN_THIS_FILE = _("In this file: {old} was a mistake")
PART_IN_THIS_FILE = _("In this file: “{old}” was a mistake")
WENT_ON = _("From here on you work in {path}.")


def named_after(name: str, folder: Path) -> Path:
    """Return the file in a folder that a name is kept in, whether it is there or not."""
    stem = re.sub(r"[^\w\-（）()]+", "-", clean_line(name, limit=60)).strip("-.") or "assessment"
    return folder / f"{stem}.toml"


def file_for(name: str, folder: Path) -> Path:
    """Suggest a file that is not there yet for a name, in a folder."""
    return free(named_after(name, folder))


def file_of_time(path: Path, old: str, new: str) -> Path:
    """Suggest a file for another year, or part of one, beside that of one, and called as that is."""
    stem = path.stem.replace(old.replace(" ", "-"), new.replace(" ", "-"))
    return file_for(stem if stem != path.stem else f"{stem}-{new}", path.parent)


def mode_rows(speech: Speech, mode: str, efforts: Mapping[str, tuple[int, int]]) -> list[Row]:
    """Offer the core questions or all; `mode`: the choice that holds; `efforts`: how many each asks, and minutes."""
    rows = []
    for number, (id, words, bare) in enumerate((("quick", QUICK, QUICK_BARE), ("full", FULL, FULL_BARE)), start=1):
        count, minutes = efforts.get(id, (0, 0))
        told = fill(words, count=count, minutes=minutes) if count else bare
        row = choice(speech, told, id, number, chosen=id == mode)
        rows.append(row._replace(tail=speech.tell(FIRST_TIME)) if id == "quick" else row)
    return rows


class WherePage(NewFilePage):
    """Asks for the file of a new assessment."""

    TITLE_WORDS: ClassVar[Text] = FILE
    ASKED: ClassVar[Text] = _("In which file shall the answers be kept?")


class NewPage(FormPage):
    """A form of three fields, the choice of full or quick, and the file, which has a name of its own accord."""

    TITLE_WORDS: ClassVar[Text] = _("New assessment")
    ACTS = (CLOSE, FIND_PLACE)
    AUTO_FOCUS = "#name"
    FIELDS = (("name", NAMES[False]), ("period", PERIOD), ("who", WHO))
    GO = "begin"
    TAKE_WORDS = BEGIN

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._mode: Literal["full", "quick"] = "quick"
        self._file = ""
        self._efforts: dict[str, Mapping[str, tuple[int, int]]] = {}
        """How many questions each mode asks, and minutes, by the language in which they are read."""

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return the fields; the first by whom it is about."""
        return (("name", NAMES[self._kind == "firm"]), *self.FIELDS[1:])

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return self.in_form(*(() if self._kind == "firm" else (FIND_PLACE,)), CLOSE, MENU)

    def action_places(self) -> None:
        """Find the place in the list of divisions."""
        if self._kind == "firm":
            self.say(NO_PLACES)
        else:
            self.bench.ask(PlacePage(self.field("name").value), self._found)

    def _found(self, place: "Division | None") -> None:
        if place is not None:
            self.field("name").value = place.named(self.bench.language)
            # Not into the year, which is proposed and marked: a digit would replace it instead of choosing a row.
            self.set_focus(self.list, scroll_visible=False)

    @property
    def _known(self) -> dict[str, str]:
        """What is known of the place: its level, where its name says it."""
        from nqpf_assess.session.divisions import LEVEL_FACT, level_of

        if self._kind == "firm":
            return {}
        level = level_of(self.field("name").value.strip())
        return {LEVEL_FACT: level} if level else {}

    def filled(self) -> Mapping[str, str]:
        """Propose the year that was completed last."""
        return {"period": str(clock()().year - 1)}

    def take_held(self) -> None:
        """Begin."""
        self.begin()

    def paint(self) -> None:
        """Name the fields and list the choices."""
        self.name_fields()
        self.list.show(self._rows(), keep=True)
        self.on_descendant_focus()

    def _rows(self) -> list[Row]:
        speech = self.speech
        known = speech.language in self._efforts
        book = None if known else self.bench.library.questionnaire(self._kind, stated=True)
        if book is not None and book.subject is not None:
            self._efforts[speech.language] = efforts(book.value, speech.language)
        rows = mode_rows(speech, self._mode, self._efforts.get(speech.language, {}))
        path, meant = self.file, named_after(self.field("name").value.strip(), working_folder())
        kept = speech.tell(KEPT_IN, path=str(path)) if path else speech.tell(NAMED_AFTER)
        rows.append(Row(kept, id="file", key="3", lead="   3  ", tail=speech.tell(CHANGE)))
        if path not in (None, meant) and not self._file:
            rows.append(quiet(speech.tell(THERE, file=meant.name), lead="      "))
        return [
            *rows,
            BLANK,
            Row(speech.tell(BEGIN), id="begin", key="4", lead="   4  ", look="heading"),
        ]

    @property
    def file(self) -> Path | None:
        """The file: the one that was asked for, else one named after the place; None as long as neither is known."""
        from nqpf_assess.session.desk import typed_path

        name = self.field("name").value.strip()
        return typed_path(self._file) if self._file else file_for(name, working_folder()) if name else None

    @on(Input.Changed)
    def _typing(self, message: Input.Changed) -> None:
        """Name the file after the place; what was said of a field holds no longer once it is typed in."""
        message.stop()
        self.hush()
        self.paint_status()
        self.list.show(self._rows(), keep=True)

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        if message.id == "begin":
            self.begin()
        elif message.id == "file":
            self.bench.push_screen(WherePage(str(self.file or "")), self._elsewhere)
        else:
            self._mode = "quick" if message.id == "quick" else "full"
            self.repaint()
            self.mark_way_on(message.how)

    def _elsewhere(self, typed: str | None) -> None:
        self._file = typed or self._file
        self.repaint()

    def begin(self) -> None:
        """Begin the assessment, or say what is wanted first."""
        from nqpf_assess.session.desk import Wanted

        values = {id: self.field(id).value.strip() for id, _ in self.FIELDS}
        path = self.file
        if not values["name"] or path is None:
            self.say(NAME_WANTED, "warn")
            self.set_focus(self.field("name"), scroll_visible=False)
            return
        period = read_period(values["period"])
        if isinstance(period, Refusal):
            self.say(period.why, "warn")
            self.set_focus(self.field("period"), scroll_visible=False)
            return
        subject = Subject(name=values["name"], period=period, respondent=values["who"])
        language, known = self.bench.language, self._known
        wanted = Wanted(self._kind, subject, mode=self._mode, language=language, facts=known, stated=True)
        self.bench.begin_file(path, wanted)


DONE = Act("close", "escape", _("Done (all is saved)"), _c("do", "Done"))
FILE_IS = _("File: {path}")
ON = _("Done, go on")


class SubjectPage(FormPage):
    """Three fields and the choice between all questions and the core ones."""

    TITLE_WORDS: ClassVar[Text] = _("Name and year")
    FOR_ANSWERS = True
    ACTS = (DONE, FIND_PLACE)
    AUTO_FOCUS = "#name"
    FIELDS = (("name", NAMES[False]), ("period", PERIOD), ("respondent", WHO))
    GO = "done"

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return the fields; the first by whom it is about."""
        return (("name", NAMES[self.bench.is_firm]), *self.FIELDS[1:])

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return self.in_form(*(() if self.bench.is_firm else (FIND_PLACE,)), DONE)

    def action_places(self) -> None:
        """Find the place in the list of divisions."""
        if self.shut:
            self.say_plainly(self.bench.locked_words(), "warn")
        elif self.bench.is_firm:
            self.say(NO_PLACES)
        else:
            self.bench.ask(PlacePage(), self._found)

    def _found(self, place: "Division | None") -> None:
        if place is not None:
            self.field("name").value = place.named(self.bench.language)
            self.flush()
            self.repaint()

    def on_mount(self) -> None:
        """Note from where on changes are made here."""
        self._steps = self.bench.session.steps

    def filled(self) -> Mapping[str, str]:
        """Return what the file says."""
        subject = self.bench.session.answers.subject
        return {id: one_line(to_go_on(getattr(subject, id))) for id, _ in self.FIELDS}

    @property
    def half_done(self) -> bool:
        """Nothing is: what is typed is saved when a field is left, and a year that is none is said."""
        return False

    @property
    def _changed(self) -> dict[str, str]:
        """What stands in the fields and not in the file, by the fields' ids."""
        held, typed = self.filled(), {id: self.field(id).value.strip() for id, _ in self.FIELDS}
        return {id: words for id, words in typed.items() if words != held[id]}

    @property
    def unkept(self) -> bool:
        """Whether something stands in a field that is saved only when the keys leave it, or cannot be."""
        return self.is_mounted and bool(self._changed)

    @on(Input.Changed)
    def _typing(self, message: Input.Changed) -> None:
        """Say beside the file whether what is typed is in it."""
        message.stop()
        self.paint_status()

    def take_held(self) -> None:
        """Save what was typed and go back."""
        if self.flush():
            self.leave()

    def paint(self) -> None:
        """Name the fields and list the choices."""
        self.name_fields()
        asked = efforts(self.bench.session.instrument.questionnaire, self.speech.language)
        rows = mode_rows(self.speech, self.bench.session.answers.mode, asked)
        path = self.bench.desk.path if self.bench.desk else ""
        done = Row(self.speech.tell(ON), id="done", key="3", lead="   3  ", look="heading")
        self.list.show([*rows, BLANK, done, BLANK, quiet(self.speech.tell(FILE_IS, path=str(path)))], keep=True)

    @on(RowList.Chosen)
    def _mode(self, message: RowList.Chosen) -> None:
        message.stop()
        if message.id == "done":
            self.action_close()
            return
        words = self.bench.changed(self.bench.session.ask("quick" if message.id == "quick" else "full"))
        self.repaint()
        self.mark_way_on(message.how)
        if words:
            self.say_plainly(words)

    def on_descendant_blur(self) -> None:
        """Save when the keys go to another field."""
        self.flush()
        self.paint_frame()

    def flush(self, *, forced: bool = False) -> bool:
        """Save what was typed; what was not touched stays as it is in the file, and a year that is none is refused.

        A later time is asked about, and where the app ends (`forced`), so that nobody can be asked, not taken.
        """
        held, changed = self.bench.session.answers.subject, self._changed
        period = read_period(changed.get("period", ""))
        if isinstance(period, Refusal):
            del changed["period"]
            self.say(period.why, "warn")
        elif "period" in changed:
            changed["period"] = self.field("period").value = period
            self.hush()
        if later := "period" in changed and self._may_be_later(changed["period"]):
            self.field("period").value, typed = held.period, changed.pop("period")
            if not forced:
                self._ask_for_file(typed)
        carried = any(answer.year == held.year for answer in self.bench.session.answers.answers.values())
        self._describe(changed)
        if carried and (new := self.bench.session.answers.subject.year) != held.year:
            self._say_everywhere("year", fill(COUNTS_AS, new=new))
        return forced or (isinstance(period, str) and not later)

    def _describe(self, changed: dict[str, str]) -> None:
        held = self.bench.session.answers.subject
        if changed:
            stated = {id: getattr(held, id) for id in held.model_fields_set} | changed
            change, of_level = rename(self.bench.session, Subject(**stated))
            more = self.bench.changed(change)
            if of_level is not None:
                self._say_everywhere("name", of_level, more)

    def _say_everywhere(self, part: Literal["name", "year"], words: Text, more: str = "") -> None:
        """Say soon what came of another name or year, on the page below, too, which may still say what the former told.

        Nothing is said of what was taken back in the meantime: to take back saves first what stands in the fields.
        """
        session, language = self.bench.session, self.bench.language
        new = getattr(session.answers.subject, part)
        said = {language: self.speech.sentences(words, {language: more})} if more else words

        def say() -> None:
            if getattr(session.answers.subject, part) == new:
                for page in self.bench.screen_stack:
                    if isinstance(page, Page):
                        page.say(said)

        self.bench.soon(say)

    def travelled(self, place: Place) -> None:
        """Let the fields show what holds now; what the page below says of the name may hold no longer."""
        super().travelled(place)
        for page in self.bench.screen_stack:
            if isinstance(page, Page):
                page.hush()

    def _may_be_later(self, period: str) -> bool:
        """Return whether what may be a later time is typed over that of answers: it would replace this assessment."""
        return not self.shut and self.bench.session.may_be_later(period)

    def _ask_for_file(self, period: str) -> None:
        desk, held = self.bench.desk, self.bench.session.answers.subject
        assert desk is not None
        told, mistake, (old, new) = OTHER_YEAR, IN_THIS_FILE, map(str, (held.year, Subject(period=period).year))
        counted = [] if old == new else [fill(COUNTS_AS, new=new)]
        if old == new or held.year is None or is_part(held.period) or is_part(period):
            told, mistake, old, new = OTHER_PART, PART_IN_THIS_FILE, held.period.strip(), period
        path = file_of_time(desk.path, old, new)

        def go_on(choice: str | None) -> None:
            if choice is None:
                return
            try:
                if choice == "new":
                    self._go_on_in(desk, path)
            except UserError as fault:
                self.say(fault.message, "bad")
                return
            self._describe({"period": period})
            self.field("period").value = period
            self.repaint()
            if choice == "new":
                self.bench.session.begin_here()  # with the year taken back this file would pass for the other one
                self._steps = 0
                self.list.focus()  # on “Done”: a digit would replace the name in the field behind the year
                self.bench.note_recent()
                self.say(WENT_ON, path=path)

        lines = [fill(told, old=old, new=new), *counted]
        choices = (("new", fill(IN_ITS_OWN_FILE, file=path.name)), ("here", fill(mistake, old=old)))
        self.bench.ask(ChoicePage(NEXT_YEAR, lines, choices), go_on)

    def _go_on_in(self, desk: "Desk", path: Path) -> None:
        """Go on in another file; what was changed on this page, such as the name and its level, goes there alone.

        Not taken back is what others wrote into the file that is left, nor what came before it, or is too long ago.
        """
        session = self.bench.session
        changes = []
        while session.steps > self._steps and session.last_change not in (None, WHOLE_FILE, OTHERS):
            changes.append(session.undo())
        try:
            self.bench.note_recent()
            desk.save_elsewhere(path)
        finally:
            for _ in changes:
                session.redo()

    def action_close(self) -> None:
        """Save and go back, unless it is asked first what a file that others changed shall hold."""
        if self.flush() and self.bench.screen is self:
            self.dismiss(None)


class LengthPage(SubjectPage):
    """The same, come to for the choice between all questions and the core ones: the keys are on it, not in the name."""

    AUTO_FOCUS = "RowList"

    def paint(self) -> None:
        """Mark the choice of all questions at first."""
        super().paint()
        if self.list.current is None:
            self.list.show(self.list.rows, at="full")
