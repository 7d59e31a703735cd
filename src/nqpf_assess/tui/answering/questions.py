"""The questions and the facts, each beside the outline of all."""

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget

from nqpf_assess.locale import _, _n
from nqpf_assess.model.questionnaire import FACTS_TITLE, title_of
from nqpf_assess.session.answering import Place, Session
from nqpf_assess.session.outline import ancestors, neighbour, outline
from nqpf_assess.session.way import PROFILE, RESULTS, after_fact, after_question, facts_first, first_open, waited_for
from nqpf_assess.tui.answering.asking import AnsweringPage
from nqpf_assess.tui.answering.profiles import OverridesPage, ProfilesPage
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.lists import CHOOSE
from nqpf_assess.tui.frame.page import HELP, MENU
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.widgets.list import RowList
from nqpf_assess.tui.widgets.pane import AskingPane


def outline_rows(session: Session, speech: Speech, opened: Collection[str]) -> tuple[Row, ...]:
    """List pillars, and below those that are open their dimensions and questions, each with how far it has come."""
    questionnaire, glyphs, rows = session.instrument.questionnaire, speech.glyphs, []
    showing = False
    for entry in outline(session):
        count = f"{entry.done}/{entry.total}"
        if entry.level == "pillar":
            showing = entry.id in opened
            pillar, sign = questionnaire.pillars[entry.id], glyphs.opened if showing else glyphs.closed
            title = speech.line(pillar.short or pillar.title)
            rows.append(Row(title, entry.id, "heading", lead=f"{sign} ", tail=count, whole=False))
        elif not showing:
            continue
        elif entry.level == "dimension":
            dimension = questionnaire.dimensions[entry.id]
            title = speech.line(dimension.short or dimension.title)
            rows.append(Row(title, look="quiet", lead="  ", tail=count, whole=False))
        else:
            title, sign = speech.line(title_of(questionnaire, entry.id)), glyphs.states[entry.state]
            rows.append(Row(title, entry.id, lead=f"  {sign} ", whole=False))
    return tuple(rows)


BACK_FROM_LIST = Act("outline", "f2", _("Back"), _("Back to the question"))


class OutlinedPage(AnsweringPage):
    """Asks beside an outline; in a narrow window the outline takes the question's place while it is open."""

    def body(self) -> Iterable[Widget]:
        """Compose outline and pane."""
        with Horizontal(id="split"):
            yield RowList(id="outline")
            yield AskingPane(id="pane")

    @property
    def outline(self) -> RowList:
        """The outline."""
        return self.query_one("#outline", RowList)

    def outline_rows(self) -> tuple[Row, ...]:
        """Return the rows of the outline."""
        return ()

    @on(AskingPane.Fitted)
    def _fitted(self, message: AskingPane.Fitted) -> None:
        message.stop()
        self.repaint()

    def paint(self) -> None:
        """Draw outline and question; one that is shown anew, by undo too, has the keys, and is seen."""
        before = self._painted
        super().paint()
        if self._painted != before:
            self.remove_class("-outline")
        if not self.hurried and (self.has_class("-wide") or self.has_class("-outline")):
            at = None if self.outline.has_focus else self.at
            self.outline.show(self.outline_rows(), at=at, keep=True)

    def action_outline(self) -> None:
        """Go to the outline, or back from it."""
        if self.outline.has_focus:
            self._leave_outline()
            return
        if not self.flush():
            return
        if brought := self.draft.brought():
            self.say_plainly(brought)
        self.add_class("-outline")
        self.outline.show(self.outline_rows(), at=self.at)
        if self.outline.cursor is None:  # nothing is asked here, or not at present
            self.outline.mark()
        self.set_focus(self.outline, scroll_visible=False)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose while the outline has the keys."""
        return (CHOOSE, BACK_FROM_LIST, MENU, HELP) if self.outline.has_focus else super().hinted()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is answered while the outline has the keys: its mark may stand on another question."""
        answers = action in ("state", "clear", "beside")
        return not (answers and self.outline.has_focus) and super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has them now."""
        self.paint_hints()

    @on(RowList.Moved, "#sheet")
    def _moved(self, message: RowList.Moved) -> None:
        message.stop()
        self.paint_hints()

    def _leave_outline(self) -> None:
        self.remove_class("-outline")
        self.pane.take_keys(self.kind)

    def key_escape(self, event: events.Key) -> None:
        """Leave the outline; else as elsewhere."""
        if self.outline.has_focus:
            event.stop()
            self._leave_outline()
        else:
            super().key_escape(event)

    def action_page(self, by: int) -> None:
        """Page through the outline."""
        self.outline.action_page(by)

    def step(self, by: int, words: str = "") -> None:
        """Page through the outline while it has the keys; else go to the neighbour."""
        if self.outline.has_focus:
            self.outline.action_page(by)
        else:
            super().step(by, words)

    def show_results(self, said: str) -> None:
        """Show the results, which come behind the last question, and say how much is left."""
        session = self.bench.session
        states = [session.state("answers", id) for id in session.visible]
        facts = [session.state("facts", id) for id in session.order("facts")]
        open_facts = {*waited_for(session, session.instrument.questionnaire.questions)}  # the others may wait
        left, put_off = states.count("blank") + len(open_facts), (*states, *facts).count("later")
        words = LEFT_OVER if left else PUT_OFF if put_off else ALL_ANSWERED
        more = self.speech.tell(words, count=left + put_off)
        self.bench.step_to("results", self.speech.grammar.space.join(filter(None, (said, more))))

    @on(RowList.Chosen, "#outline")
    def _from_outline(self, message: RowList.Chosen) -> None:
        message.stop()
        self.open_entry(message.id)

    def open_entry(self, id: str) -> None:
        """Ask what was chosen in the outline."""
        self._leave_outline()
        if id == self.at:
            self.refresh_after()
        else:
            self.go(id)


class QuestionsPage(OutlinedPage):
    """Asks the questions."""

    STEP: ClassVar[str] = "questions"
    TABLE = "answers"

    def __init__(self, at: str | None = None) -> None:
        super().__init__(at)
        self._open: set[str] = set()

    def first(self) -> str:
        """Begin where the last visit ended, if that is still asked; else as everywhere."""
        last = self.bench.question
        return last if last in self.bench.session.visible else super().first()

    def beyond(self, by: int) -> Place:
        """Return the next question, a fact that it waits for, or the results; before the first come the facts."""
        session = self.bench.session
        if not self.at:
            return RESULTS
        if by > 0:
            return after_question(session, self.at, self.bench.passed, only_open=self.bench.only_open)
        before = neighbour(session, self.TABLE, self.at, by)
        return ("facts", "") if before is None else ("answers", before)

    def asked_elsewhere(self, states: Sequence[str]) -> Place | None:
        """Return a fact that is marked; one that is not answered waits until a question hangs on it."""
        session = self.bench.session
        waited = waited_for(session, session.instrument.questionnaire.questions)
        found = next(waited, None) if "blank" in states else session.next_open(None, states, "facts")
        return ("facts", found) if found is not None else None

    def leave_for(self, place: Place, said: str) -> None:
        """Ask the fact that the next question waits for, or show the results."""
        if place[0] == "facts":
            after = self.at if place[1] else None
            self.bench.switch_screen(FactsPage(place[1] or None, after=after).greeting(said))
            return
        self.show_results(said)

    def paint(self) -> None:
        """Draw; the pillar of the question is open in the outline."""
        super().paint()
        self.bench.question = self.at or None

    def outline_rows(self) -> tuple[Row, ...]:
        """List pillars, and below the open ones their dimensions and questions."""
        session = self.bench.session
        opened = self._open | ({ancestors(session, self.at)[0]} if self.at else set())
        return outline_rows(session, self.speech_in(self.outline.size.width - EDGES), opened)

    def open_entry(self, id: str) -> None:
        """Open or close a pillar, or ask a question, from which the way leads in order again."""
        if id in self.bench.session.instrument.questionnaire.questions:
            self.bench.only_open = False
            super().open_entry(id)
        else:
            self._open ^= {id}
            self.outline.show(self.outline_rows(), keep=True)


NAME = _("Name, year, who answers")
PROFILES = _("Which weights fit here")
OTHER = _("Corrections by hand")
LEFT_OVER = _n(
    "That was the last question; 1 is left: Review lists it.",
    "That was the last question; {count} are left: Review lists them.",
)
PUT_OFF = _n(
    "That was the last question; 1 is put off: Review lists it.",
    "That was the last question; {count} are put off: Review lists them.",
)
ALL_ANSWERED = _("That was the last question. This is the result.")


class FactsPage(OutlinedPage):
    """Asks the facts that decide the weights, or that a question waits for; the outline leads to all others."""

    STEP: ClassVar[str] = "place"
    TABLE = "facts"

    def __init__(self, at: str | None = None, *, after: str | None = None, decided: bool = False) -> None:
        """`after`: the question behind which the fact is asked, "" where that is the first.

        `decided`: what decides the weights is answered, so the page leads to them at once.
        """
        super().__init__(at)
        self._after, self._decided = after, decided
        self._every = False
        """Whether all that are open are asked in turn, whatever they decide."""
        self._trail: list[str] = []

    def on_mount(self) -> None:
        """Lead to the weights where they are what is waited for, with what was said when the page opened."""
        if self._decided:
            self.call_after_refresh(self._lead_on)

    def _lead_on(self) -> None:
        if self.bench.screen is self:  # and not what a tool shows first
            self.leave_for(PROFILE, self.said)

    @property
    def waited_for(self) -> bool:
        """Whether this is the fact that keeps the next question waiting."""
        return self._after is not None and self._behind_question(self._after) == ("facts", self.at)

    def _behind_question(self, question: str) -> Place:
        return after_question(self.bench.session, question, self.bench.passed, only_open=self.bench.only_open)

    def first(self) -> str:
        """Begin with the fact that decides most, else with one that is open."""
        return next(iter(facts_first(self.bench.session)), "") or super().first()

    def paint(self) -> None:
        """Draw; the way back leads over what was asked before."""
        super().paint()
        if self.at and self.at not in self._trail:
            self._trail.append(self.at)

    def beyond(self, by: int) -> Place:
        """Return the next fact that is needed, then the weights or the question that waited; back the way it came."""
        session, passed = self.bench.session, self.bench.passed
        if not self.at:
            return PROFILE
        if by < 0:
            before = self._trail.index(self.at) if self.at in self._trail else 0
            return ("facts", self._trail[before - 1]) if before else ("answers", self._after or "")
        if session.state("facts", self.at) == "blank":
            passed.add(self.at)
        if self._after is not None:
            return self._behind_question(self._after)
        facts = session.order("facts")[session.order("facts").index(self.at) + 1 :] if self._every else ()
        onward = next((id for id in facts if session.state("facts", id) == "blank"), None)
        return ("facts", onward) if onward else after_fact(session, passed)

    def asked_elsewhere(self, states: Sequence[str]) -> Place | None:
        """Return a question in one of the states."""
        found = self.bench.session.next_open(None, states)
        return ("answers", found) if found is not None else None

    def leave_for(self, place: Place, words: str) -> None:
        """Show the weights that fit, go on with the questions, or back to whom it is about."""
        if place[0] == "answers" and place[1]:
            from_here = QuestionsPage(place[1]).greeting(words)
            self.bench.switch_screen(from_here)
        elif place[0] == "answers":
            self._open_page("@subject")
        elif self._after is not None:
            self.show_results(words)
        else:
            self._open_page("@profiles", words)

    def outline_rows(self) -> tuple[Row, ...]:
        """List name, facts, profiles."""
        session, speech = self.bench.session, self.speech_in(self.outline.size.width - EDGES)
        facts = [
            Row(speech.line(fact.text), id=id, lead=f"{speech.glyphs.states[session.state('facts', id)]} ", whole=False)
            for id, fact in session.instrument.questionnaire.facts.items()
        ]
        title = heading(speech.tell(FACTS_TITLE[session.instrument.questionnaire.subject]))
        return (
            Row(speech.tell(NAME), id="@subject", lead="  "),
            *((BLANK, title, *facts) if facts else ()),
            BLANK,
            heading(speech.tell(PROFILES)),
            Row(speech.line(session.instrument.name), id="@profiles", lead=f"{speech.glyphs.chosen} "),
            Row(speech.tell(OTHER), id="@override", lead="  ", tail=str(len(session.answers.override) or "")),
        )

    def open_entry(self, id: str) -> None:
        """Open name, profiles or corrections, or ask a fact."""
        if id.startswith("@"):
            self._leave_outline()
            if self.flush():
                self._open_page(id)
        else:
            super().open_entry(id)

    def _open_page(self, id: str, words: str = "") -> None:
        from nqpf_assess.tui.answering.subject import SubjectPage

        pages = {"@subject": SubjectPage, "@profiles": ProfilesPage, "@override": OverridesPage}
        self.refresh_after()
        self.bench.push_screen(pages[id]().greeting(words), self._back_from)

    def _back_from(self, what: object) -> None:
        """From the list of weights: ask every fact that is left."""
        if what == "facts":
            self._every = True
            left = [id for id in self.bench.session.order("facts") if self.bench.session.state("facts", id) == "blank"]
            self.go(left[0] if left else self.at)


def page_that_goes_on(bench: Workbench) -> OutlinedPage:
    """Return the page where the questions begin or go on: a fact that the first open one waits for comes before it."""
    after, (table, id) = first_open(bench.session, bench.passed)
    begun = bench.question in bench.session.visible
    return QuestionsPage() if begun or table != "facts" else FactsPage(id, after=after or "")
