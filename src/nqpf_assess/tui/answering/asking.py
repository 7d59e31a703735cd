"""Asking one thing at a time: answers taken, drafts kept while somebody types, the way on and back."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from nqpf_assess.files.store import NotSaved
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_year
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, _c, _n, fill
from nqpf_assess.model.answers import NOT_ANSWERED
from nqpf_assess.report.wording import unit_of
from nqpf_assess.session.answering import AskedChange, Counting, Place, Table, tick
from nqpf_assess.session.outline import asked_change_told, neighbour
from nqpf_assess.session.reviewing import wants_evidence
from nqpf_assess.tui.answering import sheet as view
from nqpf_assess.tui.answering.settling import Settling
from nqpf_assess.tui.answering.sheet import INAPPLICABLE, POSTPONED, UNSURE, question_help
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import cut, width
from nqpf_assess.tui.drawing.rows import Row
from nqpf_assess.tui.frame.page import HELP, MENU, SEARCH
from nqpf_assess.tui.widgets.fields import PAUSE, RESTED, to_go_on
from nqpf_assess.tui.widgets.list import How, RowList
from nqpf_assess.tui.widgets.pane import AskingPane, FieldKind, PaneContent

UNDERSTOOD = _("Understood as {value}.")
ASK_ONCE = _("{why} Enter takes it all the same; Esc puts back what was there.")
NOT_KEPT = _("{why} Esc puts back what was there.")


class Draft:
    """The fields of one page. `parts`: those that hold something not yet saved: figure, year, words."""

    def __init__(self, page: "AnsweringPage") -> None:
        self.parts: set[str] = set()
        self.understood = ""
        self.refused = ""
        """The part of which it was said that it cannot be taken as it stands, or asked whether it is right."""
        self._saved = ""
        """The part of which something was saved last while it was typed."""
        self._held = NOT_ANSWERED
        """The answer before that was saved."""
        self._counting: Counting | None = None
        """Questions that counted before something was typed; None where nothing was."""
        self._page = page
        self._confirmed = ""
        """The unusual figure that was asked about: the next key that leads on takes it."""
        self._pause: Timer | None = None
        self._rest: Timer | None = None

    def changed(self, part: str) -> None:
        """Note that somebody types; after a pause it is saved."""
        self.parts.add(part)
        if self._counting is None:
            self._counting = self._page.bench.session.counting
        self.understood = self.refused = ""
        self._wait()
        self._pause = self._page.set_timer(PAUSE, self.keep)
        if part == "words":
            self._rest = self._page.set_timer(RESTED, self._page.bench.session.end_draft)

    def drop(self) -> None:
        """Forget what is being typed; what was taken of it is one step on the way back, and what comes next another."""
        self._wait()
        self._page.bench.session.end_draft()
        self.parts.clear()
        self._counting = None
        self._confirmed = self.understood = self.refused = self._saved = ""

    def brought(self) -> str:
        """Return, once, which questions came or went by what was typed; the key that leads on hushes that."""
        before, self._counting = self._counting, None
        if before is None:
            return ""
        session = self._page.bench.session
        return asked_change_told(session, AskedChange.between(before, session.counting), self._page.bench.language)

    def put_back(self) -> None:
        """Let hold what held before that was typed which cannot be taken; its beginning may have been saved already."""
        page, held = self._page, self._held
        if self.refused == self._saved:
            session = page.bench.session
            if session.last_change == (page.TABLE, page.at):
                session.undo()
            if session.given(page.TABLE, page.at) != held:  # the language was changed since
                parts = {name: getattr(held, name) for name in ("value", "state", "reason", "year")}
                session.put(page.TABLE, page.at, **parts)
        self.drop()

    def _wait(self) -> None:
        for timer in (self._pause, self._rest):
            if timer is not None:
                timer.stop()
        self._pause = self._rest = None

    def keep(self) -> None:
        """Save what is being typed as far as it can be taken, without a word about the rest."""
        if self.parts:
            self._take(draft=True, forced=False)
            self._page.repaint()

    def flush(self, *, forced: bool) -> bool:
        """Take what was typed; False where it is refused or must be confirmed first, which is said."""
        self._wait()
        self.refused = ""
        if self.parts and not self._take(draft=False, forced=forced):
            return False
        self._saved = ""  # what stands in the fields is taken: what is done elsewhere from here on is no part of it
        return True

    def _take(self, *, draft: bool, forced: bool) -> bool:
        """Take words, figure and year as far as each can be; a draft says nothing of what cannot."""
        page = self._page
        if "words" in self.parts:
            self._put("words", draft=draft, value=page.pane.words.text.strip() or None)

        asked = page.bench.session.asked(page.TABLE, page.at)
        kind = kind_of(asked)
        if "figure" in self.parts and kind.entry == "line":
            typed = page.pane.figure.value
            read = kind.typed(asked, typed)
            if isinstance(read, Refusal):
                return self._refuse("figure", fill(NOT_KEPT, why=read.why), draft=draft)
            asked_about = self._confirmed == typed  # where nobody is left to ask, what waits for his word is not taken
            if read is not None and read.unusual and (draft or asked_about == forced):
                self._confirmed = self._confirmed if draft else typed
                return self._refuse("figure", fill(ASK_ONCE, why=read.unusual), draft=draft)
            value = None if read is None else kind.stored(asked, read.value)
            # The figure is of the year that the answers describe, unless another is typed beside it.
            offered = page.bench.session.year_offered if page.kind == "dated" and value is not None else None
            stated = "year" in self.parts or page.pane.year.value.strip()
            self._put("figure", draft=draft, value=value, **({} if stated or not offered else {"year": offered}))
            # What is not written as it was typed is echoed.
            echoed = read is not None and read.converted
            words = kind.full(asked, read.value, page.bench.language) if read is not None and echoed else ""
            self.understood = page.speech.tell(UNDERSTOOD, value=words) if echoed else ""

        if "year" in self.parts:
            year = read_year(page.pane.year.value)
            if isinstance(year, Refusal):
                return self._refuse("year", fill(NOT_KEPT, why=year.why), draft=draft)
            self._put("year", draft=draft, year=year)
        return True

    def _put(self, part: str, *, draft: bool, **changes: object) -> None:
        page = self._page
        before = page.bench.session.answers
        if self._saved != part:  # of another part, what was saved of it stays
            self._held = page.bench.session.given(page.TABLE, page.at)
        # What is taken in the end, and what was saved of it while it was typed, are one step on the way back.
        change = page.bench.session.put(page.TABLE, page.at, draft=draft or self._saved == part, **changes)
        if page.bench.session.answers is not before:
            self._saved = part if draft else ""
        self.parts.discard(part)
        if words := page.bench.changed(change):
            page.say_plainly(words)

    def _refuse(self, part: str, why: Text, *, draft: bool) -> bool:
        """Say why; the text stays in its field, marked whole, so that what is typed next takes its place."""
        if not draft:
            self.refused = part
            pane = self._page.pane
            (pane.year if part == "year" else pane.figure).select_all()
            self._page.say(why, "warn")
        return False


EVIDENCE_WANTED = _("Please name the evidence: F5")
EVIDENCE_WANTED_THERE = _("Evidence is wanted: PgUp, F5.")
EVIDENCE_WANTED_LATER = _("Evidence is wanted: Review lists it.")
TAKEN = _("Taken: {answer}.")
UNDO_IT = _("Ctrl+Z takes it back.")
SAVED_CELLS = 24
"""Cells at the right of a message, which say since when all is saved."""

CLEARED = _("The answer is taken away.")
ALWAYS_APPLIES = _("Facts are always answered or not known.")
ALL_DONE = _("No question is unanswered.")
ALL_BUT_PUT_OFF = _n(
    "No question is unanswered, but 1 is put off: Review lists it.",
    "No question is unanswered, but {count} are put off: Review lists them.",
)
NO_MARKED = _("Nothing is marked as don't know or later.")
NO_OTHER = _("This is the only one.")
HEAD_LINES = 6
"""Lines above a field before the window's height is known; as in `app.tcss`."""

YEAR = _("Year")
NOTHING_ASKED = _("Nothing is asked here.")
NEED_A_QUESTION = ("onward", "back", "next_open", "next_marked", "beside", "state", "clear")

ON = Act("onward", "pagedown,right,ctrl+n", _("Next question"))
BACK = Act("back", "pageup,left", _("Question before"), _("Previous"))
CONFIRM = Act("", "enter", _("Take this answer and go on"), _("Take, go on"))
DIGITS = Act("", "0–9", _("Choose this row and go on"), _c("key", "Answer"))
TICKS = Act("", "space", _("Tick or untick"), _("Tick"))
LIST = Act("outline", "f2", _("List of all questions"), _("List"))
ASKING_ACTS: tuple[Act, ...] = (
    ON,
    BACK,
    LIST,
    SEARCH,
    Act("next_open", "f4", _("Next unanswered question")),
    Act("next_marked", "m,shift+f4", _("Next one marked don't know or later")),
    Act("beside('evidence')", "f5,e", _("Evidence, note, how sure")),
    UNSURE,
    INAPPLICABLE,
    POSTPONED,
    Act("clear", "delete", _("Take this answer away")),
)


class AnsweringPage(Settling):
    """A page that asks one thing at a time, in place."""

    TABLE: ClassVar[Table] = "answers"
    FOR_ANSWERS = True
    AUTO_FOCUS = ""
    ACTS = ASKING_ACTS

    def __init__(self, at: str | None = None) -> None:
        super().__init__()
        self.at: str = at or ""
        self.draft = Draft(self)
        self._painted: str | None = None

    def body(self) -> Iterable[Widget]:
        """Compose the pane."""
        yield AskingPane(id="pane")

    @property
    def pane(self) -> AskingPane:
        """The pane that asks."""
        return self.query_one(AskingPane)

    @property
    def kind(self) -> FieldKind:
        """Which field the present question has."""
        asked = self.bench.session.asked(self.TABLE, self.at) if self.at else None
        kind = None if asked is None else kind_of(asked)
        if kind is None or kind.entry in ("choose", "tick"):
            return "none"
        if kind.entry == "words":
            return "words"
        return "dated" if kind.dated(asked) else "line"

    def hinted(self) -> tuple[Act, ...]:
        """Show the keys that answer, where something is asked."""
        if not self.at:
            return (LIST, MENU, HELP)
        entry = kind_of(self.bench.session.asked(self.TABLE, self.at)).entry
        enter = CONFIRM._replace(hint=ON.words) if self.pane.sheet.passing else CONFIRM
        first = {"choose": (DIGITS, enter), "tick": (TICKS, enter)}.get(entry, (CONFIRM,))
        if entry == "words" and not self.pane.sheet.has_focus:
            first = (ON._replace(hint=ON.words),)  # Enter begins a line there
        return (*first, BACK, LIST, MENU, HELP)

    @property
    def waited_for(self) -> bool:
        """Whether this is asked because a question waits for it."""
        return False

    @property
    def unkept(self) -> bool:
        """Whether something stands in the fields that is still to be taken, or cannot be."""
        return bool(self.draft.parts)

    # ---- drawing

    def paint(self) -> None:
        """Draw the question; one that is already shown keeps its cursor and what is being typed."""
        session = self.bench.session
        self.at = self.at or self.first()
        if not self.at:
            self.pane.show(PaneContent((), (), (Row(self.speech.tell(NOTHING_ASKED), look="quiet"),)))
            return
        same = self._painted == self.at
        speech = self.speech_in(self.pane.size.width or self.size.width)
        head = view.head(session, self.TABLE, self.at, speech, self.head_room)
        rows = view.sheet(session, self.TABLE, self.at, speech)
        if self.kind == "none":
            head, rows = (), (*view.asked_rows(session, self.TABLE, self.at, speech), *rows)
        given, asked = session.given(self.TABLE, self.at), session.asked(self.TABLE, self.at)
        typed = view.line_shown(session, self.TABLE, self.at) if self.kind != "none" else ""
        if self.kind == "words":
            typed = "" if given.value is None else to_go_on(str(given.value))
        label, unit = self.speech.tell(kind_of(asked).label), unit_of(asked, self.bench.language)
        asking = PaneContent(
            crumb=view.crumb(session, self.TABLE, self.at, speech, waited_for=self.waited_for),
            head=head,
            rows=rows,
            field=self.kind,
            typed=typed,
            year="" if given.year is None else str(given.year),
            year_hint=str(session.year_offered or ""),
            labels=(label + speech.grammar.bracketed(unit) if unit else label, speech.tell(YEAR)),
        )
        at = None if same else view.chosen_row(session, self.TABLE, self.at)
        self.pane.show(asking, at=at, keep=same)
        if self.kind == "none" and self.pane.sheet.cursor is None:
            self.pane.sheet.mark()
        if not same:
            self._painted = self.at
            self.pane.take_keys(self.kind)

    @property
    def head_room(self) -> int:
        """Lines for what is asked above a field: always as many, so that the field stands still."""
        height = self.pane.query_one("#head").styles.height  # its size is 0 where the last question had no field
        return int(height.value) if height is not None else HEAD_LINES

    def first(self) -> str:
        """Return what to begin with: the first that is open, else the first; "" where nothing is asked at all."""
        session = self.bench.session
        return session.next_open(None, table=self.TABLE) or next(iter(session.order(self.TABLE)), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing can be answered where nothing is asked."""
        return bool(self.at) or action not in NEED_A_QUESTION

    # ---- going about

    def go(self, id: str, words: str = "") -> None:
        """Ask something else; what was typed is brought in first."""
        if id == self.at or not self.flush():
            return
        self.at = id
        self.draft.drop()
        self.hush()
        self.refresh_after(words)

    @abstractmethod
    def beyond(self, by: int) -> Place:
        """Return what comes behind what is asked (1), or stood before it (−1)."""

    def step(self, by: int, words: str = "") -> None:
        """Go on or back: to another question or fact, to the weights, to the results."""
        from nqpf_assess.tui.frame.dialogs import ChoicePage

        session = self.bench.session
        before, told = session.answers, session.trouble is not None
        if not self.flush() or isinstance(self.bench.screen, ChoicePage):  # what is asked of the file comes first
            return
        if session.answers is not before and not self._may_go_on(told=told):
            self.repaint()
            return
        words = self.speech.grammar.space.join(filter(None, (words, self.draft.brought())))
        place = self.beyond(by)
        if place[0] == self.TABLE:
            self.go(place[1], words)
        else:
            self.leave_for(place, words)

    @abstractmethod
    def leave_for(self, place: Place, words: str) -> None:
        """Go to what is asked, or shown, on another page."""

    def action_onward(self) -> None:
        """Go to the next."""
        self.step(1)

    def action_back(self) -> None:
        """Go to the one before."""
        self.step(-1)

    def action_next_open(self) -> None:
        """Go to the next that is not answered."""
        put_off = sum(self.bench.session.state("answers", id) == "later" for id in self.bench.session.visible)
        self._next(("blank",), fill(ALL_BUT_PUT_OFF, count=put_off) if put_off else ALL_DONE)

    def action_next_marked(self) -> None:
        """Go to the next that is marked as not known or put off."""
        self._next(("dk", "later"), NO_MARKED)

    def _next(self, states: Sequence[str], none: Text) -> None:
        """Go to the next in one of the states: of those here, else of those that another page asks."""
        if not self.flush():
            return
        session, brought = self.bench.session, self.draft.brought()
        found = session.next_open(self.at, states, self.TABLE)
        elsewhere = self.asked_elsewhere(states) if found in (None, self.at) else None
        if elsewhere is not None:
            self.bench.show_question(":".join(elsewhere), brought)
        elif found is None:
            self.say(none)
        elif found == self.at:
            self.say(NO_OTHER)
        else:
            self.go(found, brought)

    @abstractmethod
    def asked_elsewhere(self, states: Sequence[str]) -> Place | None:
        """Return the first that is in one of the states and that another page asks; None where there is none."""

    def travelled(self, place: Place) -> None:
        """Go where something was taken back; a field shows what holds now."""
        self._fresh()
        if place[0] == self.TABLE:
            self.at = place[1]

    # ---- answering

    @on(RowList.Chosen, "#sheet")
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        if message.id.startswith("value:"):
            self._option(message.id.removeprefix("value:"), message.how)
        elif message.id == "none":
            self._answer("enter" if message.how == "enter" else "space", value=())
        elif message.id in ("dk", "later"):
            self._state(message.id, message.how)
        elif message.id == "na":
            self._ask_reason()
        elif message.id == "year":
            self.set_focus(self.pane.year, scroll_visible=False)
        else:
            self.action_beside(message.id)

    @on(RowList.Passed, "#sheet")
    def _passed(self, message: RowList.Passed) -> None:
        message.stop()
        if message.step == 0:
            self.step(1)
        elif message.step < 0 and self.kind != "none":
            self.pane.take_keys(self.kind)

    def _option(self, option: str, how: How) -> None:
        """Choose an option. Of several, digits and the space bar tick; Enter goes on, and ticks only what is first."""
        session = self.bench.session
        asked, held = session.asked(self.TABLE, self.at), session.value(self.TABLE, self.at)
        kind = kind_of(asked)
        chosen = next(choice for choice in kind.choices(asked) if str(choice.value) == option)
        if kind.entry == "choose":
            # A digit or a click goes on as Enter does, unless it was asked not to.
            stays = how == "space" or (self.bench.settings.careful and how != "number")
            self._answer(how if stays else "enter", value=kind.stored(asked, chosen.value))
            return
        held = None if session.given(self.TABLE, self.at).state_wins else held
        if how == "enter" and held is not None:
            self._confirm()
            self.step(1, self._taken())
            return
        # Also what stands alone, or “none”, stays: an Enter out of habit would answer the question behind it.
        ticked = tick(asked, held, option)
        self._answer(how if how == "enter" else "space", value=None if ticked is None else kind.stored(asked, ticked))

    def _answer(self, how: How, **parts: Any) -> None:
        """Take an answer. Enter goes on, and says what was taken; anything else stays, so that more can be said."""
        session, told = self.bench.session, self.bench.session.trouble is not None
        changed = self.bench.changed(session.put(self.TABLE, self.at, **parts))
        if how == "enter" and session.locked is None and self._may_go_on(told=told):
            self.step(1, self.speech.grammar.space.join(filter(None, (self._taken(), changed))))
        else:
            self.hush()
            self.refresh_after(self.speech.grammar.space.join(filter(None, (changed, self._wanted()))))
            given = session.given(self.TABLE, self.at)  # where it was taken away, the Enter that goes on gives no other
            self.pane.sheet.passing = given.value is None and not given.state_wins
            self.paint_hints()

    def _may_go_on(self, *, told: bool) -> bool:
        """Return whether the next thing may be asked after an answer; `told`: what follows was said before it.

        What cannot be saved stays on the screen at first; where that was said already, the way goes on as long as the
        rescue copy takes every answer.
        """
        trouble = self.bench.session.trouble
        return trouble is None or (told and isinstance(trouble, NotSaved) and trouble.rescue is not None)

    def _confirm(self) -> None:
        """Let an answer to an earlier wording of the question stand for the present one, since Enter took it."""
        session = self.bench.session
        if session.value(self.TABLE, self.at) is not None and not session.given(self.TABLE, self.at).state_wins:
            session.put(self.TABLE, self.at, state=None)  # changes nothing where it was given to the present wording

    def _taken(self) -> str:
        """Return what the page that follows says of the answer just given: what it was, and how to come back to it.

        An answer that was there already is gone on with; then Ctrl+Z would take back what was changed elsewhere.
        In a file that is only looked at nothing is taken.
        """
        speech, session = self.speech, self.bench.session
        words = view.given_words(session, self.TABLE, self.at, speech)
        if session.locked is not None or not words:  # nor is there an answer where a year alone was typed
            return ""
        more = speech.tell(UNDO_IT) if session.last_change == (self.TABLE, self.at) else ""
        if self._wanted():
            more = speech.tell(EVIDENCE_WANTED_THERE if self._leads_back(self.beyond(1)) else EVIDENCE_WANTED_LATER)
        room = self.size.width - SAVED_CELLS - width(more) - width(speech.tell(TAKEN, answer=""))
        taken = speech.tell(TAKEN, answer=cut(words.rstrip(".。"), max(room, 8)))
        return speech.grammar.space.join(filter(None, (taken.replace("….", "…").replace("…。", "… "), more)))

    def _leads_back(self, place: Place) -> bool:
        """Return whether PgUp leads back here from there: from a fact, and from a question that stands next to this."""
        table, id = place
        return table == "facts" or (table == "answers" and neighbour(self.bench.session, "answers", id, -1) == self.at)

    def _wanted(self) -> str:
        if self.TABLE == "answers" and wants_evidence(self.bench.session, self.at):
            return self.speech.tell(EVIDENCE_WANTED)
        return ""

    def action_state(self, state: str) -> None:
        """Mark the question as not known, not applicable or put off."""
        if state == "na":
            self._ask_reason()
        else:
            self._state(state, "enter")

    def _state(self, state: str, how: How) -> None:
        self.draft.keep()  # what was typed just now stays below the state, as what rested a moment does
        self._fresh()
        self._answer(how, state=state, reason=None)

    def _ask_reason(self) -> None:
        from nqpf_assess.tui.frame.dialogs import ReasonPage

        if self.TABLE == "facts":
            self.say(ALWAYS_APPLIES)
            return
        held = self.bench.session.given(self.TABLE, self.at).reason or ""
        self.bench.push_screen(ReasonPage(held), self._not_applicable)

    def _not_applicable(self, reason: str | None) -> None:
        if reason:
            self.draft.keep()
            self._fresh()
            self._answer("enter", state="na", reason=reason)

    def action_clear(self) -> None:
        """Take the answer away; note and evidence stay."""
        self._fresh()
        self._answer("space", value=None, state=None, reason=None, year=None)
        if more := self.said:  # questions that are not asked any more
            self.say_plainly(self.speech.grammar.space.join((self.speech.tell(CLEARED), more)))
        else:
            self.say(CLEARED)

    # ---- figures and words being typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typing(self, message: Input.Changed | TextArea.Changed) -> None:
        message.stop()
        self.draft.changed(message.control.id or "")
        if self.said and message.control is self.focused:
            self.hush()
            self.paint_status()

    def on_descendant_blur(self) -> None:
        """Save what was typed when the keys go elsewhere."""
        self.draft.keep()

    def flush(self, *, forced: bool = False) -> bool:
        """Bring in what was typed; False where it cannot be taken, which is then said."""
        before = self.bench.session.answers
        taken = self.draft.flush(forced=forced)
        if forced and not taken:  # its beginning, which was saved while it was typed, is no answer
            self.draft.put_back()
            self._fresh()
        if self.bench.session.answers is not before and not forced:
            self.settle()  # also where the key stays on the page, as those that list or save do
        return taken

    @on(Input.Submitted, "#figure")
    def _figure_entered(self, message: Input.Submitted) -> None:
        message.stop()
        told = self.bench.session.trouble is not None
        if not self.flush():
            return
        if self.kind == "dated" and message.value.strip() and not self.pane.year.value and self.pane.year.placeholder:
            # Enter takes the year that is offered for a figure that stood there without one, too.
            with self.prevent(Input.Changed):  # it would come to the question behind this one
                self.pane.year.value = self.pane.year.placeholder
            self.draft.changed("year")
            if not self.flush():
                return
        self._confirm()
        if message.value.strip():
            self._entered(self.draft.understood or self._taken(), told=told)
        else:
            self.step(1)

    def _entered(self, words: str, *, told: bool) -> None:
        """Go on from a field whose figure or year was taken; in a file that is only looked at there is none to keep."""
        if self.bench.session.locked is not None or self._may_go_on(told=told):
            self.step(1, words)
        else:
            self.repaint()

    @on(Input.Submitted, "#year")
    def _year_entered(self, message: Input.Submitted) -> None:
        """Take the year; Enter in the empty field takes the one that is offered."""
        message.stop()
        told = self.bench.session.trouble is not None
        if not message.value.strip() and message.input.placeholder and self.pane.figure.value.strip():
            with self.prevent(Input.Changed):
                message.input.value = message.input.placeholder
            self.draft.changed("year")
        if self.flush():
            self._confirm()
            self._entered(self._taken(), told=told)

    def key_down(self, event: events.Key) -> None:
        """Come from a field into the sheet below it."""
        if self.focused in (self.pane.figure, self.pane.year):
            event.stop()  # else the app would let it act once more, on the sheet
            self.set_focus(self.pane.sheet, scroll_visible=False)
            self.pane.sheet.action_jump(0)

    def key_escape(self, event: events.Key) -> None:
        """Open the menu; what is typed is saved first. What cannot be is said, and goes only where Esc comes again."""
        event.stop()  # else the app would let it act once more, on the menu, which it closes
        if self.draft.refused:
            self.draft.put_back()
            self._fresh()
            self.hush()
            self.refresh_after()
        elif self.flush():
            self.bench.action_menu()

    def _fresh(self) -> None:
        """Let the fields show what is saved when they are drawn next."""
        self.draft.drop()
        self._painted = None

    # ---- beside

    def action_beside(self, part: str) -> None:
        """Write what stands beside an answer."""
        from nqpf_assess.tui.answering.support import SupportPage

        if self.flush():
            self.bench.push_screen(SupportPage(self.TABLE, self.at, part), self._written_beside)

    def _written_beside(self, _: None) -> None:
        """Take the message away that asked for evidence, once some is named."""
        if not self._wanted():
            self.hush()
        self.repaint()

    def help_rows(self) -> tuple[Row, ...]:
        """Explain the question in full."""
        return question_help(self.bench.session, self.TABLE, self.at, self.speech) if self.at else ()
