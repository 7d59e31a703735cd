"""What asking questions and asking facts share: answers taken, drafts kept, the way on and back."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, TextArea

from nqpf_assess.model.questionnaire import NumberKind, TextKind
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import unit_of
from nqpf_assess.session.answering import Place, Table
from nqpf_assess.session.choosing import in_file, is_multi, tick
from nqpf_assess.session.outline import neighbour
from nqpf_assess.session.reviewing import wants_evidence
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.drafting import Draft
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.screens.settling import Settling
from nqpf_assess.tui.views import asking as view
from nqpf_assess.tui.views.helping import question_help
from nqpf_assess.tui.widgets.asking import Asking, AskingPane, FieldKind
from nqpf_assess.tui.widgets.rows import How, Rows

EVIDENCE_WANTED = text(en="Please name the evidence: F5", zh="请注明佐证：按 F5")
TICK_ON = text(
    en="Ticked. Tick more, or Enter again for the next question.", zh="已勾选。可继续勾选，再按回车进入下一题。"
)
CLEARED = text(en="The answer is taken away.", zh="已清除答案。")
THE_LAST = text(
    en="That was the last one. F4: next unanswered; F9: on to the next step.",
    zh="已是最后一题。F4 跳到下一道未答题；F9 进入下一步。",
)
THE_FIRST = text(en="This is the first one.", zh="已是第一题。")
ALL_DONE = text(en="Everything is answered.", zh="已全部作答。")
NO_MARKED = text(en="Nothing is marked as don't know or later.", zh="没有标为“不清楚”或“稍后”的题。")
HEAD_LINES = 6
"""Lines above a field before the window's height is known; as in `app.tcss`."""

FIGURE = text(en="Figure", zh="数值")
YEAR = text(en="Year", zh="年份")

NOTHING_ASKED = text(en="Nothing is asked here.", zh="这里没有需要填写的内容。")
NEED_A_QUESTION = ("onward", "back", "next_open", "next_marked", "beside", "state", "clear")

ON = Act("onward", "pagedown,right,ctrl+n", text(en="Next question", zh="下一题"))
BACK = Act("back", "pageup,left", text(en="Question before", zh="上一题"), text(en="Back", zh="上一题"))
CONFIRM = Act(
    "", "enter", text(en="Take this answer and go on", zh="确定并进入下一题"), text(en="Take, go on", zh="确定并继续")
)
LIST = Act("outline", "f2", text(en="List of all questions", zh="全部题目目录"), text(en="List", zh="目录"))
UNSURE = Act("state('dk')", "f6,d", text(en="Don't know", zh="不清楚"), text(en="Don't know", zh="不清楚"))
ASKING_ACTS: tuple[Act, ...] = (
    ON,
    BACK,
    LIST,
    Act("search", "f3,slash", text(en="Search questions, in both languages", zh="搜索题目（中英文均可）")),
    Act("next_open", "f4", text(en="Next unanswered question", zh="下一道未答题")),
    Act("next_marked", "m,shift+f4", text(en="Next one marked don't know or later", zh="下一道标为不清楚或稍后的题")),
    Act("beside('evidence')", "f5,e", text(en="Evidence, note, year, how sure", zh="佐证、备注、年份、把握程度")),
    UNSURE,
    Act("state('na')", "f7,x", text(en="Not applicable, with a reason", zh="不适用（须说明理由）")),
    Act("state('later')", "f8,l", text(en="Answer later", zh="稍后再答")),
    Act("clear", "delete", text(en="Take this answer away", zh="清除本题答案")),
)


class AskPage(Settling):
    """A page that asks one thing at a time, in place."""

    TABLE: ClassVar[Table] = "answers"
    AUTO_FOCUS = ""
    ACTS = ASKING_ACTS

    def __init__(self, at: str | None = None) -> None:
        super().__init__()
        self.at: str = at or ""
        self.draft = Draft(self)
        self._painted: str | None = None

    def body(self) -> Iterable[Widget]:
        """Hang up the pane."""
        yield AskingPane(id="pane")

    @property
    def pane(self) -> AskingPane:
        """The pane that asks."""
        return self.query_one(AskingPane)

    @property
    def kind(self) -> FieldKind:
        """Which field the present question has."""
        asked = self.boss.session.asked(self.TABLE, self.at) if self.at else None
        if isinstance(asked, NumberKind):
            return "dated" if asked.reference_year else "figure"
        return "words" if isinstance(asked, TextKind) else "none"

    def hinted(self) -> tuple[Act, ...]:
        """Show the keys that answer."""
        return (CONFIRM, BACK, LIST, UNSURE, MENU, HELP)

    # ---- drawing

    def paint(self) -> None:
        """Draw the question; one that is already shown keeps its cursor and what is being typed."""
        session = self.boss.session
        self.at = self.at or self.first()
        if not self.at:
            self.pane.show(Asking((), (), (Row(self.speech.tell(NOTHING_ASKED), look="quiet"),)))
            return
        same = self._painted == self.at
        speech = self.speech_in(self.pane.size.width or self.size.width)
        head = view.head(session, self.TABLE, self.at, speech, self.head_room)
        rows = view.sheet(session, self.TABLE, self.at, speech)
        if self.kind == "none":
            head, rows = (), (*view.asked_rows(session, self.TABLE, self.at, speech), *rows)
        given = session.given(self.TABLE, self.at)
        asking = Asking(
            crumb=view.crumb(session, self.TABLE, self.at, speech),
            head=head,
            rows=rows,
            field=self.kind,
            typed=self._typed_so_far(),
            year="" if given.year is None else str(given.year),
            year_hint=session.answers.subject.period,
            labels=(self._figure_label(), speech.tell(YEAR)),
        )
        at = None if same else view.chosen_row(session, self.TABLE, self.at)
        self.pane.show(asking, at=at, keep=same)
        if not same:
            self._painted = self.at
            self.pane.take_keys(self.kind)

    @property
    def head_room(self) -> int:
        """Lines for what is asked above a field: always as many, so that the field stands still."""
        return self.pane.query_one("#head").size.height or HEAD_LINES

    def _typed_so_far(self) -> str:
        session = self.boss.session
        if self.kind == "words":
            value = session.given(self.TABLE, self.at).value
            return self.speech.words({"en": str(value)}) if value is not None else ""
        return view.figure_shown(session, self.TABLE, self.at) if self.kind != "none" else ""

    def _figure_label(self) -> str:
        unit = unit_of(self.boss.session.asked(self.TABLE, self.at), self.boss.language)
        label = self.speech.tell(FIGURE)
        return label if not unit else f"{label} ({unit})" if self.boss.language == "en" else f"{label}（{unit}）"

    def first(self) -> str:
        """Give what to begin with: the first that is open, else the first; "" where nothing is asked at all."""
        session = self.boss.session
        return session.next_open(None, table=self.TABLE) or next(iter(session.order(self.TABLE)), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing can be answered where nothing is asked."""
        return bool(self.at) or action not in NEED_A_QUESTION

    # ---- going about

    def go(self, id: str, said: str = "") -> None:
        """Ask something else; what was typed is brought in first."""
        if id == self.at or not self.flush():
            return
        self._show_other(id, said)

    def _show_other(self, id: str, said: str = "") -> None:
        self.at = id
        self.draft.drop()
        self.hush()
        self.refresh_after(said)

    def step(self, by: int, said: str = "") -> None:
        """Go to the neighbour; at the ends that is said."""
        onward = neighbour(self.boss.session, self.TABLE, self.at, by)
        if onward is not None:
            self.go(onward, said)
        elif self.flush():
            self.refresh_after(said)
            self.at_the_end(by)

    def at_the_end(self, by: int) -> None:
        """Say that there is nothing beyond."""
        self.say(THE_LAST if by > 0 else THE_FIRST)

    def action_onward(self) -> None:
        """Go to the next."""
        self.step(1)

    def action_back(self) -> None:
        """Go to the one before."""
        self.step(-1)

    def action_next_open(self) -> None:
        """Go to the next that is not answered."""
        self._next(("blank",), ALL_DONE)

    def action_next_marked(self) -> None:
        """Go to the next that is marked as not known or put off."""
        self._next(("dk", "later"), NO_MARKED)

    def _next(self, states: tuple[str, ...], none: Text) -> None:
        if self.flush():
            found = self.boss.session.next_open(self.at, states, self.TABLE)
            if found is None or (found == self.at and self.boss.session.state(self.TABLE, found) not in states):
                self.say(none)
            else:
                self.go(found)

    def travelled(self, place: Place) -> None:
        """Go where something was taken back; a field shows what holds now."""
        self._fresh()
        if place[0] == self.TABLE:
            self.at = place[1]

    # ---- answering

    @on(Rows.Chosen, "#sheet")
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if message.id.startswith("value:"):
            self._option(message.id.removeprefix("value:"), message.how)
        elif message.id == "none":
            self._answer(message.how, value=())
        elif message.id in ("dk", "later"):
            self._state(message.id, message.how)
        elif message.id == "na":
            self._ask_reason()
        else:
            self.action_beside(message.id)

    @on(Rows.Passed, "#sheet")
    def _passed(self, message: Rows.Passed) -> None:
        message.stop()
        if message.step == 0:
            self.step(1)
        elif message.step < 0 and self.kind != "none":
            self.pane.take_keys(self.kind)

    def _option(self, option: str, how: How) -> None:
        """Choose an option. Enter never takes a tick away: on a ticked row it goes on."""
        session = self.boss.session
        asked, held = session.asked(self.TABLE, self.at), session.value(self.TABLE, self.at)
        if not is_multi(asked):
            self._answer(how, value=int(option) if asked.kind == "level" else option)
            return
        held = None if session.given(self.TABLE, self.at).state else held
        if how == "enter" and isinstance(held, frozenset) and option in held:
            self.step(1, self._wanted())
            return
        ticked = tick(asked, held, option)
        self._answer("space", value=None if ticked is None else in_file(asked, ticked))
        if how in ("enter", "click"):
            self.say(TICK_ON)

    def _answer(self, how: How, **parts: Any) -> None:
        """Take an answer. Enter goes on; a digit, the space bar or a click stays, so that more can be said."""
        changed = self.boss.changed(self.boss.session.put(self.TABLE, self.at, **parts))
        said = " ".join(filter(None, (changed, self._wanted())))
        if how == "enter":
            self.step(1, said)
        else:
            self.refresh_after(said)

    def _wanted(self) -> str:
        if self.TABLE == "answers" and wants_evidence(self.boss.session, self.at):
            return self.speech.tell(EVIDENCE_WANTED)
        return ""

    def action_state(self, state: str) -> None:
        """Mark the question as not known, not applicable or put off."""
        if state == "na":
            self._ask_reason()
        else:
            self._state(state, "enter")

    def _state(self, state: str, how: How) -> None:
        self._fresh()
        self._answer(how, state=state, reason=None)

    def _ask_reason(self) -> None:
        from nqpf_assess.tui.screens.dialogs import ReasonPage

        if self.TABLE == "answers":
            held = self.boss.session.given(self.TABLE, self.at).reason or ""
            self.boss.push_screen(ReasonPage(held), self._not_applicable)

    def _not_applicable(self, reason: str | None) -> None:
        if reason:
            self._fresh()
            self._answer("enter", state="na", reason=reason)

    def action_clear(self) -> None:
        """Take the answer away; note and evidence stay."""
        self._fresh()
        self._answer("space", value=None, state=None, reason=None, year=None)
        self.say(CLEARED)

    # ---- figures and words being typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typing(self, message: Input.Changed | TextArea.Changed) -> None:
        message.stop()
        self.draft.changed(message.control.id or "")

    def on_descendant_blur(self) -> None:
        """Save what was typed when the keys go elsewhere."""
        self.draft.keep()

    def flush(self, *, forced: bool = False) -> bool:
        """Bring in what was typed; False where it cannot be taken, which is then said."""
        return self.draft.flush(forced=forced)

    @on(Input.Submitted, "#figure")
    def _figure_entered(self, message: Input.Submitted) -> None:
        message.stop()
        if not self.flush():
            return
        said = self.draft.understood
        if self.kind == "dated" and message.value.strip() and not self.pane.year.value:
            self.refresh_after(said)
            self.set_focus(self.pane.year, scroll_visible=False)
        else:
            self.step(1, said)

    @on(Input.Submitted, "#year")
    def _year_entered(self, message: Input.Submitted) -> None:
        """Take the year; Enter in the empty field takes the one that is offered."""
        message.stop()
        if not message.value.strip() and message.input.placeholder:
            message.input.value = message.input.placeholder
            self.draft.changed("year")
        if self.flush():
            self.step(1)

    def key_down(self) -> None:
        """Come from a field into the sheet below it."""
        if self.focused in (self.pane.figure, self.pane.year):
            self.set_focus(self.pane.sheet, scroll_visible=False)
            self.pane.sheet.action_jump(0)

    def key_escape(self) -> None:
        """Put a field back to what is saved; else open the menu."""
        if self.draft.parts:
            self._fresh()
            self.hush()
            self.refresh_after()
        else:
            self.boss.action_menu()

    def _fresh(self) -> None:
        """Let the fields show what is saved when they are drawn next."""
        self.draft.drop()
        self._painted = None

    # ---- beside

    def action_beside(self, part: str) -> None:
        """Write what stands beside an answer."""
        from nqpf_assess.tui.screens.beside import BesidePage

        if self.flush():
            self.boss.push_screen(BesidePage(self.TABLE, self.at, part))

    def action_search(self) -> None:
        """Search everything that is asked."""
        from nqpf_assess.tui.screens.search import SearchPage

        if self.flush():
            self.boss.push_screen(SearchPage(), self.boss.show_question)

    def action_outline(self) -> None:
        """Show the list of all that is asked."""

    def help_rows(self) -> tuple[Row, ...]:
        """Explain the question in full."""
        return question_help(self.boss.session, self.TABLE, self.at, self.speech) if self.at else ()
