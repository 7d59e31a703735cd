"""Asking one fact or question in lines, and taking what is typed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_year
from nqpf_assess.kinds.filled import pieces
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import FACTS_TITLE, QuestionBase, title_of
from nqpf_assess.pages.score import floors_told
from nqpf_assess.plain.talking import HELP, LITERAL, NO, NOT_HERE, YES, Meant, Talk, command, plain
from nqpf_assess.report.wording import CONFIDENCE_WORDS, answer, benchmark, difference, number, origin, unit_of
from nqpf_assess.session.answering import AskedChange, Counting, Place, Session, Table
from nqpf_assess.session.keeping import ANEW
from nqpf_assess.session.outline import ancestors, asked_change_told, background
from nqpf_assess.session.reviewing import contradicting, wants_evidence

Step = Literal["next", "back", "again", "quit", "list", "on", "changed"]
"""What comes after a line: the next thing asked, the one before, the same again, the end, the list, the next part, or
what was taken or brought back.
"""

FACT_OF = _("{facts}, {at} of {all}")
QUESTION_OF = _("{pillar}, {dimension}: question {at} of {all}")
NOW = _(" (now: {answer})")
OR_HELP = _("{prompt}, or ? for help:")
NONE_OF_THESE = _("None of these")
INAPPLICABLE = _("Not applicable: {why}")
YEAR_OF = _("Year of the figure: {said}")
EVIDENCE = _("Evidence: {said}")
NOTE = _("Note: {said}")
SURE = _("How sure: {said}")
IS_IT_RIGHT = _("{why} Is it right? (y/n)")
UNDERSTOOD = _("Understood as {value}.")
ASK_YEAR = _("Year of the figure [{year}]:")
ASK_EVIDENCE = _("Evidence, asked for here ({wanted}):")
ASK_EVIDENCE_BARE = _("Evidence:")
ASK_MORE_EVIDENCE = _("More evidence (Enter leaves it, - takes all of it away):")
ASK_NOTE = _("Note (Enter leaves it, - takes it away):")
ASK_REASON = _("Why does it not apply (Enter goes back)?")
ASK_SURE = _("How sure: 1 high, 2 medium, 3 low:")
SAVED = _("Saved.")
SAVED_SCORE = _("Saved. Score {score}{moved}.")
MOVED = _(" ({moved})")
UNDONE = _("Taken back.")
REDONE = _("Brought back.")
NOTHING_TO_UNDO = _("There is nothing to take back.")
NOTHING_TO_REDO = _("There is nothing to bring back.")
SCORE, NO_SCORE = _("Score {score}."), _("none yet")
NO_REASON_ASKED = _("Facts are always answered or not known.")
COMPARE = _("For comparison: {who}: {value} in {year}, {source}")
DIFFERING = _("Those who were asked answered differently; what is answered here settles it.")


@dataclass
class Asker:
    """Asks one thing after the other of a session."""

    session: Session
    talk: Talk
    compared: Callable[[], Iterable[str]] = tuple
    """Returns the lines that compare with the year before."""
    changed: Place = field(default=("", ""), init=False)
    """What was taken or brought back last."""
    _empty: int = field(default=0, init=False)
    """Number of an empty line that answered nothing; 0 where there was none since something was asked."""
    _counting: Counting = field(init=False)
    """Questions that counted when it was last told which came or went."""
    _fired: tuple[str, ...] = field(init=False)
    """Floors that held the score when it was last told."""
    _score: float | None = field(init=False)
    """The score when it was last told: a figure and its year, an answer and its evidence are told together."""

    def __post_init__(self) -> None:
        self._counting, self._score = self.session.counting, self.session.score
        self._fired = self.session.assessed.figures.fired

    # ---- saying what is asked

    def present(self, table: Table, id: str) -> None:
        """Show a fact or question with what can be chosen, saying first where it stands."""
        asked, talk, now = self.session.asked(table, id), self.talk, ""
        order, questionnaire = self.session.order(table), self.session.instrument.questionnaire
        where = {"at": order.index(id) + 1, "all": len(order)}
        talk.show("")
        if table == "facts":
            talk.say(FACT_OF, facts=FACTS_TITLE[questionnaire.subject], **where)
        else:
            pillar, dimension = (title_of(questionnaire, node) for node in ancestors(self.session, id))
            talk.say(QUESTION_OF, pillar=pillar, dimension=dimension, **where)
        if self.session.state(table, id) != "blank":
            now = talk.tell(NOW, answer=answer(id, questionnaire, self.session.view, talk.language))
        talk.show(talk.tell(asked.text) + now)
        for words in self._beside(table, id):
            talk.show(words)
        kind = kind_of(asked)
        for choice in kind.choices(asked):
            talk.show(f"  {choice.number}. {talk.tell(choice.words)}")
        if kind.none_ticked(asked) is not None:
            talk.show(f"  0. {talk.tell(NONE_OF_THESE)}")

    def _beside(self, table: Table, id: str) -> Iterator[str]:
        """Tell what stands beside an answer, so that nobody writes over what was never read to him."""
        given, asked, tell = self.session.given(table, id), self.session.asked(table, id), self.talk.tell
        if given.state == "na" and given.reason:
            yield tell(INAPPLICABLE, why=given.reason)
        elif self.session.state(table, id) == "na" and isinstance(asked, QuestionBase):  # by other answers
            yield tell(INAPPLICABLE, why=asked.na_reason or {})
        if given.year is not None:
            yield tell(YEAR_OF, said=given.year)
        if given.voices:
            from nqpf_assess.pages.provenance import provenance_lines  # which only merged files need

            questionnaire = self.session.instrument.questionnaire
            yield from provenance_lines(self.session.answers, questionnaire, id, self.talk.language)
        elif given.from_ is not None:
            yield origin(given.from_, self.talk.language)
        if given.evidence:
            yield tell(EVIDENCE, said=grammar(self.talk.language).semicolon.join(given.evidence))
        if given.note:
            yield tell(NOTE, said=given.note)
        if given.confidence is not None:
            yield tell(SURE, said=CONFIDENCE_WORDS[given.confidence])
        if self.session.differs(table, id):
            yield f"! {tell(DIFFERING)}"
        yield from (f"! {tell(words)}" for words in contradicting(self.session, table, id))

    def explain(self, table: Table, id: str) -> None:
        """Show how to answer, with the figures to compare with, and which letters are understood."""
        asked, talk = self.session.asked(table, id), self.talk
        if asked.help:
            talk.show(talk.tell(asked.help))
        for row in kind_of(asked).benchmarks(asked):
            value = benchmark(row.value, unit_of(asked, talk.language))
            named = row.source.partition("#")[0]
            source = self.session.instrument.questionnaire.sources.get(named)
            told = source.title if source else named
            talk.say(COMPARE, who=row.words, value=value, year=row.year, source=told)
        for words in background(self.session, table, id):
            talk.show(talk.tell(words))
        talk.say(HELP)

    # ---- taking what is typed

    def ask(self, table: Table, id: str) -> Step:
        """Ask once and do what the line says. What was answered before a command came is kept."""
        asked = self.session.asked(table, id)
        kind = kind_of(asked)
        typed = self.talk.ask(OR_HELP, prompt=kind.prompt(asked))
        meant = command(typed)
        if not typed:
            self._empty = self.talk.lines if self.session.state(table, id) == "blank" else 0
            return "again" if self._empty else "next"
        if self._empty and meant != "quit":  # what an empty line was to leave out, the line behind it answers
            self.talk.untaken.append((self._empty, ""))
        self._empty, before = 0, self.session.answers
        while True:
            try:
                if meant:
                    return self.obey(meant, (table, id))
                read = kind.typed(asked, typed.removeprefix(LITERAL))
                if isinstance(read, Refusal):
                    self.talk.refuse(read.why)
                    return "again"
                if read is None:
                    return self._put(table, id, value=None) if kind.entry == "words" else "again"
                if read.unusual and plain(said := self.talk.confirm(IS_IT_RIGHT, typed, why=read.unusual)) not in YES:
                    if plain(said) in NO:
                        return "again"
                    typed, meant = said, command(said)  # the right figure at once, or a command
                    continue
                if read.converted:
                    self.talk.say(UNDERSTOOD, value=kind.full(asked, read.value, self.talk.language))
                value = kind.stored(asked, read.value)
                if not kind.dated(asked):
                    return self._answered(table, id, value=value)
                # The figure is kept before its year is asked for, with the year that Enter would take.
                held = self.session.given(table, id).year
                offered = held if held is not None else self.session.year_offered
                stated: dict[str, Any] = {} if offered is None else {"year": offered}
                self.session.put(table, id, value=value, **stated)
                year_wanted = fill(YEAR_OF, said="") if offered is None else fill(ASK_YEAR, year=offered)
                while isinstance(year := read_year(self._ask_beside(year_wanted)), Refusal):
                    self.talk.refuse(year.why)
                return self._answered(table, id, **({} if year is None else {"year": year}))
            except Meant as found:
                if self.session.answers is not before:  # the answer came before what it was asked about
                    self.confirm()
                    before = self.session.answers
                meant = found.command

    def obey(self, meant: str, place: tuple[Table, str] | None = None) -> Step:
        """Do what a command says, where a fact or question is asked to it; elsewhere some commands mean nothing."""
        match meant, place:
            case (("back" | "list" | "quit" | "on"), _):
                return meant
            case "skip", _:
                return "next"
            case "undo", _:
                return self._travelled(self.session.undo, UNDONE, NOTHING_TO_UNDO)
            case "redo", _:
                return self._travelled(self.session.redo, REDONE, NOTHING_TO_REDO)
            case "score", _:
                score = self.session.score
                self.talk.say(SCORE, score=NO_SCORE if score is None else number(score))
                self._tell_floors(())
            case "compare", _:
                for line in self.compared():
                    self.talk.show(line)
            case "help", None:
                self.talk.say(HELP)
            case _, None:
                self.talk.refuse(NOT_HERE)
            case "help", (table, id):
                self.explain(table, id)
            case (("dk" | "later"), (table, id)):
                return self._put(table, id, state=meant, reason=None)
            case "na", ("facts", _):
                self.talk.refuse(NO_REASON_ASKED)
            case "na", (table, id):
                reason = self.talk.ask_words(ASK_REASON)
                return self._put(table, id, state="na", reason=reason) if reason else "again"
            case "evidence", (table, id) if table == "answers" or self.session.given(table, id).evidence:
                self._put(table, id, **self._typed_evidence(table, id))
            case "sure", ("answers", id):
                level = self.talk.ask_number(ASK_SURE, len(CONFIDENCE_WORDS))
                self._put("answers", id, confidence=tuple(CONFIDENCE_WORDS)[level - 1])
            case _, (table, id):
                # A note; a fact has no place of its own for sureness, nor for evidence but that of a form: it is noted.
                if held := self.session.given(table, id).note:
                    self.talk.say(NOTE, said=held)
                note = self._ask_beside(ASK_NOTE)
                self._put(table, id, **({"note": None if note == "-" else note} if note else {}))
        return "again"

    def _travelled(self, travel: Callable[[], Place | None], done: Text, nothing: Text) -> Step:
        """Say that an answer was taken or brought back; it is asked next, so that what is typed then is taken for it.

        A figure and its year are two steps: how it stands now is said there.
        """
        before = self.session.answers.subject
        place = travel()
        if place is None:
            self.talk.say(nothing)
            return "again"
        self.talk.say(done)
        if place[0] == "subject":  # its parts are asked one by one
            parts = (before.model_fields_set | self.session.answers.subject.model_fields_set) - {"name"}
            moved = [part for part in parts if getattr(before, part) != getattr(self.session.answers.subject, part)]
            place = "subject", moved[0] if len(moved) == 1 else "name"
        self.changed = place
        self.confirm()
        return "changed"

    def _put(self, table: Table, id: str, **changes: Any) -> Step:
        if changes:
            self.session.put(table, id, **changes)
            self.confirm()
        return "next"

    def confirm(self) -> None:
        """Show that all is saved and what it did to the score and to what is asked, or why it is not."""
        trouble = self.session.locked or self.session.trouble
        if trouble is not None:
            self.talk.show(self.talk.tell(trouble.message))
            self.talk.show(self.talk.tell(trouble.hint) if trouble.hint else "")
        else:
            score = self.session.score
            moved = difference(self._score, score)
            shown = self.talk.tell(MOVED, moved=number(moved, signed=True)) if moved else ""
            self.talk.say(SAVED if score is None else SAVED_SCORE, score=number(score), moved=shown)
            self._score = score
        if self.session.anew:
            self.session.anew = False
            self.talk.say(ANEW)
        self._tell_floors(self._fired)
        before, self._counting = self._counting, self.session.counting
        if words := asked_change_told(self.session, AskedChange.between(before, self._counting), self.talk.language):
            self.talk.show(words)

    def _tell_floors(self, known: tuple[str, ...]) -> None:
        """Tell the floors that hold the score where one of them is not known yet: a score alone would not say why."""
        self._fired = self.session.assessed.figures.fired
        if not {*self._fired} <= {*known}:
            for words in floors_told(self.session.instrument, self.session.card.overall):
                self.talk.say(words)

    def _answered(self, table: Table, id: str, **changes: Any) -> Step:
        if changes:
            self.session.put(table, id, **changes)
        if table == "answers" and wants_evidence(self.session, id) and (typed := self._typed_evidence(table, id)):
            self.session.put(table, id, **typed)
        self.confirm()
        return "next"

    def _typed_evidence(self, table: Table, id: str) -> dict[str, Any]:
        """Ask for evidence; what is typed comes behind what is named already, Enter changes nothing."""
        asked, held = self.session.asked(table, id), self.session.given(table, id).evidence
        wanted = asked.evidence if isinstance(asked, QuestionBase) else None
        if held:
            self.talk.say(EVIDENCE, said=grammar(self.talk.language).semicolon.join(held))
            said = self._ask_beside(ASK_MORE_EVIDENCE)
            if said == "-":
                return {"evidence": ()}
        else:
            said = self._ask_beside(ASK_EVIDENCE, wanted=wanted) if wanted else self._ask_beside(ASK_EVIDENCE_BARE)
        return {"evidence": (*held, said)} if pieces(said) else {}

    def _ask_beside(self, words: Text, **values: object) -> str:
        """Ask for what stands beside an answer: “later” or “don't know” there takes no answer back that was given."""
        while True:
            try:
                return self.talk.ask_words(words, **values)
            except Meant as found:
                if found.command not in ("dk", "later", "na"):
                    raise
                self.talk.refuse(NOT_HERE)
