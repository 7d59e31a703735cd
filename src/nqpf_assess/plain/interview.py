"""The whole conversation: whom it is about, the facts, the weights that fit, the questions, what came of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from nqpf_assess.engine.profiles import SECOND_SHARE
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.exchange.benchmark import Peers
from nqpf_assess.files.places import shown
from nqpf_assess.kinds.figures import read_period
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.period import year_of
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import BlendedProfile, Chain
from nqpf_assess.pages.score import floors_told
from nqpf_assess.pages.suggestion import LEFT_OUT, reason
from nqpf_assess.plain.asking import NO_SCORE, NOW, Asker, Step
from nqpf_assess.plain.talking import NO, YES, EndOfInput, Meant, Talk, command, plain
from nqpf_assess.report.peer_words import peer_lines
from nqpf_assess.report.wording import (
    QUICK_SCREENING,
    RANGE_OUTSIDE,
    STATE_WORDS,
    apart,
    covered,
    number,
    outside,
    percent,
    span,
)
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.blending import pair_that_fits
from nqpf_assess.session.outline import counted, neighbour
from nqpf_assess.session.renaming import rename
from nqpf_assess.session.way import LEFT, facts_first, weights_wait

Kind = Literal["subject", "facts", "profile", "answers", "end"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Place = tuple[Kind, str]
"""Where the conversation stands: whom, a fact, the weights, a question, the end."""

END: Place = ("end", "")

NAME: Mapping[str, Text] = {"region": _("Name of the place{now}:"), "firm": _("Name of the firm{now}:")}
REST: Mapping[str, Text] = {
    "period": _("Year the answers describe{now}:"),
    "respondent": _("Who answers{now} (Enter leaves it out):"),
}
"""What is asked of the subject before anything else: its name by what it is, then the rest in this order."""

NEXT_YEAR = _(
    "The answers in this file are of {old}; those of {new} would take their place. To assess {new}, leave (q), copy "
    "the file and type {new} in the copy: this one stays, to compare with. Is this the copy, or was {old} a mistake? "
    "(y/n)"
)
OTHER_PART = _(
    "The answers in this file are of “{old}”; those of “{new}” would take their place. To assess “{new}”, leave (q), "
    "copy the file and type “{new}” in the copy: this one stays, to compare with. Is this the copy, or was “{old}” a "
    "mistake? (y/n)"
)
PROFILES = _("Weights that fit here:")
IN_USE = _("in use")
SUGGESTED = _("suggested")
ALSO = _("also fits")
BOTH = _("  {number}. {name} (both at once, for what is two things)")
ASK_PROFILE = _("Type a number to take one, Enter to keep the one in use:")
TAKEN = _("In use: {name}")
LISTED = _("Type a number to go there, Enter to go back:")
ALL_DONE = _("That was the last question; none is left. Enter ends, b goes back, l lists what is asked:")
AT_END = _("That was the last question; left: {left}. Enter ends, b goes back, l lists what is asked:")
SUM = _("Score {score}, possible range {span}, {coverage} of the weight answered ({done} of {total} questions done).")
GAPS = _("Largest gaps:")
GAP = _("{title}: {score}, target {target}, {share} of the shortfall")
DECIDED = _("The weights can be told now. Type on to leave the others of these for later.")
NOT_ASKED = _("Nothing is asked here, so this answers nothing: b or l leads to a question.")
DIFFERENT = _("answered differently")
TOP = 3


@dataclass
class Interview:
    """One conversation over a session; `peers`: a benchmark of many like it."""

    session: Session
    talk: Talk
    peers: Peers | None = None
    compared: Callable[[], Iterable[str]] = tuple
    """Returns the lines that compare with the year before."""

    def __post_init__(self) -> None:
        self.asker = Asker(self.session, self.talk, self.compared)

    def run(self) -> None:
        """Talk until the last question or until somebody leaves; everything is saved on the way.

        Of a subject that has a name nothing more is asked. Once, while facts are asked, it is told that those still
        open no longer decide the weights.
        """
        place: Place = ("subject", "name")
        if self.session.answers.subject.name:
            tables: tuple[Table, ...] = ("facts", "answers")
            open_ones = ((table, self.session.next_open(None, table=table)) for table in tables)
            place = next(((table, id) for table, id in open_ones if id is not None), END)
            if place[0] != "facts" and weights_wait(self.session):
                place = ("profile", "")
        told = not facts_first(self.session)
        while True:
            match self._visit(place):
                case "again":
                    pass
                case "quit":
                    return
                case "list":
                    place = self._still_asked(self._listed(place))
                case "changed":
                    place = self._where_changed(place)
                case "on":
                    # The rest of a part is left for later: whom, the facts, the weights, the questions, the end.
                    beyond = KINDS[KINDS.index(place[0]) + 1 :]
                    parts = (onward for onward in self.places() if onward[0] in beyond and self._waits(onward))
                    place = next(parts, END)
                case "back":
                    places = self.places()
                    at = places.index(place) if place in places else len(places) - 1
                    place = places[max(0, at - 1)]
                case "next":
                    # What is answered is passed over on the way on.
                    places, here = self.places(), self._still_asked(place)
                    beyond_it = places[places.index(here) + (here == place) :]
                    place = next((onward for onward in beyond_it if self._waits(onward)), END)
            others = any(p[0] == "facts" and p != place and self._waits(p) for p in self.places())
            if not told and place[0] == "facts" and others and not facts_first(self.session):
                told = True
                self.talk.say(DECIDED)

    def places(self) -> tuple[Place, ...]:
        """Return all places in their order as things stand."""
        subject: tuple[Place, ...] = tuple(("subject", part) for part in ("name", *REST))
        facts: tuple[Place, ...] = tuple(("facts", id) for id in self.session.order("facts"))
        answers: tuple[Place, ...] = tuple(("answers", id) for id in self.session.order("answers"))
        return (*subject, *facts, ("profile", ""), *answers, END)

    def _still_asked(self, place: Place) -> Place:
        """Return a place, or the next one where a question is not asked any more, as undo and redo can make it."""
        if place in self.places():
            return place
        onward = neighbour(self.session, "answers", place[1], 1)
        return END if onward is None else ("answers", onward)

    def _where_changed(self, place: Place) -> Place:
        """Return where something was taken or brought back, or the place it was typed at if nothing is asked there."""
        changed = self.asker.changed
        back = ("profile", "") if changed[0] == "weights" else changed
        return self._still_asked(back if back in self.places() else place)

    def _waits(self, place: Place) -> bool:
        kind, id = place
        if kind in ("facts", "answers"):
            return self.session.state(kind, id) == "blank"
        return kind in ("profile", "end") or not getattr(self.session.answers.subject, id)

    def _visit(self, place: Place) -> Step:
        """Ask what stands at a place until something else is to be asked; whom it is about is kept at once."""
        kind, id = place
        if kind == "profile":
            return self._profile()
        if kind in ("facts", "answers"):
            self.asker.present(kind, id)
            while (step := self.asker.ask(kind, id)) == "again":
                if self.session.state(kind, id) == "hidden":
                    return "next"
            return step
        try:
            if kind == "end":
                # Facts as well: those that were left for later are asked nowhere behind the questions.
                asked = ((table, id) for table in get_args(Table) for id in self.session.order(table))
                left = sum(self.session.state(*one) in LEFT or self.session.differs(*one) for one in asked)
                if not self.talk.ask_words(AT_END if left else ALL_DONE, left=left):
                    return "quit"
                self.talk.refuse(NOT_ASKED)
                return "again"
            held = self.session.answers.subject
            before = getattr(held, id)
            words = NAME[self.session.instrument.questionnaire.subject] if id == "name" else REST[id]
            typed = self.talk.ask_words(words, now=self.talk.tell(NOW, answer=before) if before else "")
            read = read_period(typed) if id == "period" else typed
            if (
                id == "period"
                and isinstance(read, str)
                and self.session.may_be_later(read)
                and not self._mistaken(read)
            ):
                return "again"
        except Meant as found:
            step = self.asker.obey(found.command)
            if kind != "end":
                return step
            return "quit" if step == "on" else "again" if step == "next" else step
        if isinstance(read, Refusal):
            self.talk.refuse(read.why)
            return "again"
        if typed:
            parts = {name: getattr(held, name) for name in held.model_fields_set}
            subject = Subject(**{**parts, id: read})
            if not before:  # the level is asked here, whatever the first name tells
                self.session.describe(subject)
            elif (of_level := rename(self.session, subject)[1]) is not None:
                self.talk.say(of_level)
            self.asker.confirm()
        return "next"

    def _mistaken(self, later: str) -> bool:
        """Ask whether the time that the answers are of was a mistake; raises `Meant` for a command."""
        held, new = self.session.answers.subject, year_of(later)
        if held.year in (None, new):
            said = self.talk.confirm(OTHER_PART, later, old=held.period.strip(), new=later)
        else:
            said = self.talk.confirm(NEXT_YEAR, later, old=held.year, new=new)
        if plain(said) not in (*YES, *NO) and (meant := command(said)):
            raise Meant(meant)
        return plain(said) in YES

    def _profile(self) -> Step:
        """Show the weights that fit here, to take one, or two of them together."""
        judged = self.session.suggested()
        fitting = [s for s in judged if s.fit in ("fits", "baseline", "unstated")]
        offers: list[tuple[Chain, tuple[BlendedProfile, ...]]] = [(s.chain, ()) for s in fitting]
        self.talk.show("")
        self.talk.say(PROFILES)
        here, in_use = grammar(self.talk.language), self.session.instrument
        for choice, suggestion in enumerate(fitting, start=1):
            marks = [SUGGESTED if choice == 1 else ALSO] if suggestion.fit == "fits" else []
            marks += [IN_USE] if suggestion.profile.id == in_use.profile.id and not in_use.further else []
            said = here.bracketed(here.list(map(self.talk.tell, marks))) if marks else ""
            self.talk.show(f"  {choice}. {self.talk.tell(suggestion.profile.name)}{said}")
            why = reason(suggestion, self.session.instrument.questionnaire, self.talk.language)
            if why and suggestion.fit == "fits":
                self.talk.show(f"     {why}")
        if faulty := self.session.left_out():
            self.talk.say(LEFT_OUT, names=here.list(map(shown, faulty)))
        if pair := pair_that_fits(judged):
            offers.append((pair[0], (BlendedProfile(pair[1], SECOND_SHARE),)))
            blend = replace(self.session.instrument, chain=pair[0], further=offers[-1][1])
            self.talk.say(BOTH, number=len(offers), name=blend.name)
        self.talk.say(TAKEN, name=in_use.name)
        try:
            picked = self.talk.choose(ASK_PROFILE, len(offers))
        except Meant as found:
            return self.asker.obey(found.command)
        if picked is not None:
            try:
                self.session.choose_profile(*offers[picked - 1])
            except UserError as fault:
                self.talk.refuse(fault.message)
                if fault.hint:
                    self.talk.say(fault.hint)
                return "again"
            self.talk.say(TAKEN, name=self.session.instrument.name)
            self.asker.confirm()
        return "next"

    def _listed(self, place: Place) -> Place:
        """List all that is asked with its state, and go where a number says."""
        places = [p for p in self.places() if p[0] in ("facts", "answers")]
        for choice, (kind, id) in enumerate(places, start=1):
            table: Table = "facts" if kind == "facts" else "answers"
            words = DIFFERENT if self.session.differs(table, id) else STATE_WORDS[self.session.state(table, id)]
            asked = self.session.asked(table, id).text
            self.talk.show(f"  {choice}. [{self.talk.tell(words)}] {self.talk.tell(asked)}")
        while True:
            try:
                picked = self.talk.choose(LISTED, len(places))
            except Meant as found:
                step = self.asker.obey(found.command)
                if step == "quit":
                    raise EndOfInput from None
                if step == "changed":
                    return self._where_changed(place)
                if step != "again":
                    return place
            else:
                return place if picked is None else places[picked - 1]

    def sum_up(self) -> None:
        """Show what came of it: score, floors, range, coverage, the largest gaps, contradictions."""
        card = scorecard_of(self.session.assessed)
        overall, (done, total) = card.overall, counted(self.session)
        score = self.talk.tell(NO_SCORE) if overall.score is None else number(overall.score)
        values = {"score": score, "span": span(overall.low, overall.high)}
        self.talk.show("")
        self.talk.say(SUM, coverage=covered(overall.coverage), done=done, total=total, **values)
        if outside(overall):
            self.talk.say(RANGE_OUTSIDE, low=number(overall.low), high=number(overall.high))
        if self.session.answers.mode == "quick":
            self.talk.say(QUICK_SCREENING)
        for words in floors_told(self.session.instrument, overall):
            self.talk.say(words)
        if self.peers is not None:
            asked = self.session.instrument.questionnaire
            for words in peer_lines(self.peers, card, self.session.answers, asked):
                self.talk.say(words)
        short = [node for node in card.nodes if node.level == "dimension" and (node.share or 0) > 0]
        short.sort(key=lambda node: -(node.share or 0))
        if short:
            self.talk.say(GAPS)
        for node in short[:TOP]:
            title = title_of(self.session.instrument.questionnaire, node.id)
            figures = {
                "score": apart(node.score, node.target),
                "target": number(node.target),
                "share": percent(node.share),
            }
            self.talk.show("  " + self.talk.tell(GAP, title=title, **figures))
        for check in card.checks:
            self.talk.show(f"! {self.talk.tell(check.message)}")
