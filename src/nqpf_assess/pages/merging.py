"""A merge in words: how the respondents differ, and the agenda of a meeting about what is disputed."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Given, MergeRule
from nqpf_assess.model.merging import Merging, Respondent, Said, Settled
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.pages.provenance import BY, beside
from nqpf_assess.report.blocks import Inline, Table, TableColumn, cells
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.text import has_room, table_lines
from nqpf_assess.report.wording import difference, number, percent_apart
from nqpf_assess.typography.cells import short, wrap

PAGE = 48
"""Lines of the agenda that fit on one page below the table of respondents."""
NOTE_LENGTH = 90

MERGE_RULE_WORDS: dict[MergeRule, Text] = {
    "median": _("the middle answer stands"),
    "majority": _("what most said stands"),
    "lead": _("the lead's answer stands, else what most said"),
    "evidence": _("the best supported answer stands"),
}
"""Whose answer stands where respondents of one subject differ."""

HEAD = _("{subject}: {count} respondents, {rule}")
LEAD = _("lead: {name}")
NO_NAME = _("(no name)")
AGREEMENT = _("On {share} of what two or more answered, all who did agree. Score of the merged answers: {score}.")
NONE_SHARED = _("Nothing was answered by two or more. Score of the merged answers: {score}.")
RESPONDENTS = _("Respondents: {names}")
OTHER_MODE = _("! Asked the core questions alone (quick screening): {numbers}. Their scores below rest on these.")
SCORES = _("score of each file by one rubric")
OVERALL, ANSWERED = _("overall"), _("questions answered")
SPREAD, MERGED = _("spread"), _("merged")
NAMELESS = _("respondent {number}")
OF_SEVERAL = _("merged file")

AGENDA = _n(
    "Agenda: {count} question on which answers differ",
    "Agenda: {count} questions on which answers differ",
)
NO_AGENDA = _("Nothing is disputed.")
STAKE = _("{stake} points of the overall hang on it")
NO_STAKE = _("by itself it leaves the overall score as it is")
UNKNOWN_STAKE = _("without an overall score, what hangs on it cannot be told")
SAID = _("{value}{score}: {who}{beside}")
POINTS = _(" ({score} points)")
COUNTED = _("{count} of {all}")
STANDS = _("stands: {value}, {why}")
MORE = _("… and {count} more, of {stake} points each at most; --all shows them.")
MORE_UNKNOWN = _("… and {count} more; --all shows them.")
UNKNOWN = _("Answered by nobody (not known, put off or left blank):")
UNTOUCHED = _n(
    "{count} question that is asked has no entry in any of the files.",
    "{count} questions that are asked have no entry in any of the files.",
)
DROPPED_OVERRIDES = _("Corrections by hand that are left out, and how many made them: {names}")
DROPPED_MEASURES = _("Measures that are left out, and how many had chosen them: {names}")
WANTED_BY = _("{name} ({count} of {all})")


def merging_lines(
    merging: Merging, questionnaire: Questionnaire, language: str, *, width: int, everything: bool = False
) -> Iterator[str]:
    """Write a merge: who scored what, then the agenda; `everything`: with every disputed question."""
    page = _Page(merging, questionnaire, language, width)
    yield from page.head()
    yield from page.legend()
    yield ""
    for table in page.respondents():
        yield from table_lines(table, width)
        yield ""
    yield from page.agenda(None if everything else PAGE)
    yield from page.rest()


class _Page:
    """Puts one merge in words."""

    def __init__(self, merging: Merging, questionnaire: Questionnaire, language: str, width: int) -> None:
        self.merging, self.questionnaire, self.language, self.width = merging, questionnaire, language, width

    def say(self, words: Text, **values: object) -> str:
        return tell(words, self.language, **values)

    def listed(self, parts: Sequence[str]) -> str:
        return grammar(self.language).list(parts)

    def head(self) -> Iterator[str]:
        merging, subject = self.merging, self.merging.answers.subject
        named = " ".join(part for part in (subject.name.strip(), subject.period.strip()) if part)
        lead = grammar(self.language).bracketed(self.say(LEAD, name=merging.lead)) if merging.lead else ""
        rule, count = self.say(MERGE_RULE_WORDS[merging.rule]) + lead, len(merging.respondents)
        yield from self.indented(self.say(HEAD, subject=named or self.say(NO_NAME), count=count, rule=rule), 2)
        words = NONE_SHARED if merging.agreement is None else AGREEMENT
        agreed = percent_apart(merging.agreement, 1.0)  # all of it only where nothing is disputed
        agreement = self.say(words, share=agreed, score=number(merging.score))
        yield from self.indented(agreement, 2)

    def legend(self) -> Iterator[str]:
        """Number the respondents, where they have names; state who of them was asked less than the others."""
        if self.merging.respondents[0].name:
            names = [f"{place + 1} {self.name(place)}" for place in range(len(self.merging.respondents))]
            yield from self.indented(self.say(RESPONDENTS, names=self.listed(names)), 2)
        quick = [str(place + 1) for place, one in enumerate(self.merging.respondents) if one.quick]
        if 0 < len(quick) < len(self.merging.respondents):
            yield from self.indented(self.say(OTHER_MODE, numbers=self.listed(quick)), 2)

    def respondents(self) -> Iterator[Table]:
        """What each file scores by one rubric, with its own corrections, how far they lie apart, and what is merged.

        As many respondents beside one another as there is room for; the others in further tables.
        """
        every = range(len(self.merging.respondents))
        room = takewhile(lambda most: has_room(self.scored(every[:most]), self.width), range(1, len(every) + 1))
        at_once = max(room, default=len(every))
        yield from (self.scored(every[first : first + at_once]) for first in every[::at_once])

    def scored(self, places: Sequence[int]) -> Table:
        """What some respondents score, beside the spread of all and the merged answers."""
        merging = self.merging
        people = merging.respondents
        columns = [TableColumn(self.say(SCORES), 3.0)]
        columns += [TableColumn(str(place + 1), 0.5, "right") for place in places]
        columns += [TableColumn(self.say(words), 0.6, "right") for words in (SPREAD, MERGED)]
        rows = [self.scores(self.say(OVERALL), places, [one.score for one in people], merging.score)]
        for id, pillar in self.questionnaire.pillars.items():
            scores = [one.pillars[id] for one in people]
            rows.append(self.scores(self.say(pillar.title), places, scores, merging.pillars[id]))
        answered = [str(people[place].answered) for place in places]
        rows.append(cells(self.say(ANSWERED), *answered, "", ""))
        return Table(tuple(columns), tuple(rows))

    def scores(
        self, title: str, places: Sequence[int], scores: Sequence[float | None], merged: float | None
    ) -> tuple[Inline, ...]:
        known = [score for score in scores if score is not None]
        spread = difference(min(known), max(known)) if len(known) > 1 else None  # one alone is no agreement
        return cells(title, *(number(scores[place]) for place in places), number(spread), number(merged))

    def name(self, place: int) -> str:
        known: Respondent = self.merging.respondents[place]
        mark = grammar(self.language).bracketed(self.say(OF_SEVERAL)) if known.merged else ""
        return (known.name or self.say(NAMELESS, number=place + 1)) + mark

    # ---- the agenda

    def agenda(self, lines: int | None) -> Iterator[str]:
        """The disputed questions, those on which most hangs first, as many as fit in so many lines; None: all."""
        every = self.merging.agenda
        if not every:
            yield self.say(NO_AGENDA)
            return
        yield self.say(AGENDA, count=len(every))
        items = [list(self.item(place, one)) for place, one in enumerate(every, start=1)]
        lengths = accumulate(map(len, items))
        most = sum(lines is None or length <= lines for length in lengths) or 1
        yield from (line for item in items[:most] for line in item)
        if rest := every[most:]:  # most hangs on the first, unless none can be told of, or moves it alone
            words = MORE if rest[0].stake else MORE_UNKNOWN
            yield self.say(words, count=len(rest), stake=number(rest[0].stake))

    def item(self, place: int, one: Settled) -> Iterator[str]:
        words = UNKNOWN_STAKE if one.stake is None else STAKE if one.stake else NO_STAKE
        stake = self.say(words, stake=number(one.stake))
        head = f"{place:>2}. {self.say(one.title)} [{one.id}]"
        yield from self.indented(head + grammar(self.language).bracketed(stake), 4)
        for said in one.said:
            yield from self.indented("    - " + self.said(one, said), 6)
        if one.stands is not None:
            stands = self.say(STANDS, value=self.value(one, one.said[one.stands]), why=self.say(one.why))
            yield from self.indented("    → " + stands, 6)

    def indented(self, words: str, by: int) -> Iterator[str]:
        first, *rest = wrap(words.lstrip(), self.width - by)
        lead = words[: len(words) - len(words.lstrip())]
        yield lead + first
        yield from (" " * by + line for line in rest)

    def said(self, one: Settled, said: Said) -> str:
        score = self.say(POINTS, score=number(said.score)) if said.score is not None else ""
        return self.say(SAID, value=self.value(one, said), score=score, who=self.who(said), beside=self.beside(said))

    def value(self, one: Settled, said: Said) -> str:
        return shown_answer(self.questionnaire, one.id, said.state, said.value, self.language)

    def who(self, said: Said) -> str:
        if self.merging.respondents[0].name:
            return self.listed([self.giver(*each) for each in zip(said.who, said.given, strict=True)])
        return self.say(COUNTED, count=len(said.who), all=len(self.merging.respondents))

    def giver(self, place: int, given: Given) -> str:
        """Name a respondent, and whoever else signed the answer in that file, as where it was copied for several."""
        name, by = self.name(place), given.by or ""
        others = "" if by in name or self.merging.respondents[place].merged else self.say(BY, who=by)
        return name + (grammar(self.language).bracketed(others) if others else "")

    def beside(self, said: Said) -> str:
        """Return what was written beside an answer, of long words the first of them."""
        parts = dict.fromkeys(part for given in said.given for part in beside(given, self.language))
        return "".join(grammar(self.language).semicolon + short(part, NOTE_LENGTH) for part in parts)

    # ---- what else was left open

    def rest(self) -> Iterator[str]:
        every = len(self.merging.respondents)
        if self.merging.unknown:
            yield ""
            yield self.say(UNKNOWN)
            for one in self.merging.unknown:
                yield from self.indented(f"    - {self.say(one.title)}", 6)
        if self.merging.untouched:
            yield ""
            yield from self.indented(self.say(UNTOUCHED, count=self.merging.untouched), 2)
        dropped = [
            self.say(WANTED_BY, name=self.say(title_of(self.questionnaire, change.node)), count=count, all=every)
            for change, count in self.merging.overrides_dropped
        ]
        if dropped:
            yield from self.indented(self.say(DROPPED_OVERRIDES, names=self.listed(dropped)), 2)
        measures = self.questionnaire.countermeasures
        chosen = [
            self.say(WANTED_BY, name=self.say(measures[id].title), count=count, all=every)
            for id, count in self.merging.measures_dropped
            if id in measures
        ]
        if chosen:
            yield from self.indented(self.say(DROPPED_MEASURES, names=self.listed(chosen)), 2)
