"""One assessment as its report sees it: every figure and word at hand, in one language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import disputes
from nqpf_assess.engine.profiles import Suggestion
from nqpf_assess.engine.scorecard import undecided_checks
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.engine.states import Seen
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Message, Text, _, _c, tell
from nqpf_assess.locale.grammar import Grammar, grammar
from nqpf_assess.model.answers import NOT_ANSWERED, Answer, Answers, Reference
from nqpf_assess.model.comparison import AssessmentComparison
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.report_form import Edition
from nqpf_assess.model.scorecard import Identity, NodeScore, Scorecard
from nqpf_assess.report.wording import STATE_WORDS
from nqpf_assess.report.wording import answer as answer_words
from nqpf_assess.typography.clean import clean

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Placings

# ── Whom a report is about ──

RANKS = ("firm", "county", "city", "province", "state")
"""Who may decide, from below."""

TIER_OF: Mapping[str, str] = {
    "county": "county",
    "district": "county",
    "dev_zone": "county",
    "city": "city",
    "prefecture": "city",
    "sub_provincial": "city",
    "province": "province",
}
"""The tier at which a place of each kind decides (options of the fact `tier`)."""

PLACE_WORDS: Mapping[str, Text] = {
    "county": _("the county"),
    "district": _("the district"),
    "dev_zone": _("the zone"),
    "city": _("the city"),
    "prefecture": _("the city"),
    "sub_provincial": _("the city"),
    "province": _("the province"),
}
TailoredBy = Literal["conditions", "hand", "both"]

SOMEWHERE = _("the place")
FIRM = _("the firm")
OF_A_PLACE: dict[str, Text] = {
    "unit": _("bureau"),
    "units": _("bureaus"),
    "conditions": _c("place", "local conditions"),
    "Conditions": _c("place", "Local conditions"),
    "facts_word": _("facts"),
    "scheme": _("local rubric"),
    "Scheme": _("Local rubric"),
    "tailoring": _c("tailoring", "local conditions"),
}
OF_A_FIRM: dict[str, Text] = {
    "unit": _("department"),
    "units": _("departments"),
    "conditions": _("the firm's conditions"),
    "Conditions": _("The firm's conditions"),
    "facts_word": _c("firm", "facts"),
    "scheme": _("tailored rubric"),
    "Scheme": _("Tailored rubric"),
    "tailoring": _c("tailoring", "the firm's conditions"),
}
CALLED: Mapping[str, Text] = {
    "县": _("the county"),
    "市": _("the city"),
    "(自治|地)区": _("the region"),
    "区": _("the district"),
    "旗": _("the banner"),
    "..州": _("the prefecture"),
    "盟": _("the league"),
    "省": _("the province"),
}
"""What a place calls itself by how its name ends (patterns): a county-level city is a city to its people.

A name of two characters such as 杭州 is that of a city, though it stands there without 市.
"""

REMARK = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
"""A remark in brackets behind a name, which is no part of it."""


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """`names` fill `{place}`, `{unit}` and the like in texts; `tier` is the subject's own rank, "" where not known."""

    names: Mapping[str, Text]
    tier: str


def place_of(assessed: Assessed) -> SubjectWords:
    """Find the words for the subject of an assessment."""
    called: Text
    called, words, tier = FIRM, OF_A_FIRM, "firm"
    if assessed.instrument.questionnaire.subject != "firm":
        seen = assessed.view.facts.get("tier")
        kind = seen.value if seen is not None and seen.state == "answered" and isinstance(seen.value, str) else ""
        called, words, tier = PLACE_WORDS.get(kind, SOMEWHERE), OF_A_PLACE, TIER_OF.get(kind, "")
        if kind in PLACE_WORDS and kind != "dev_zone":
            name = REMARK.sub("", assessed.answers.subject.name).strip()
            called = next((said for ending, said in CALLED.items() if re.search(f"{ending}$", name)), called)
    raised = {language: said[:1].upper() + said[1:] for language, said in called.items()}
    return SubjectWords({"place": called, "Place": raised, **words}, tier)


# ── Last time ──

EARLIER, NOW = _("last time"), _("this time")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Last time's assessment, and what changed since. `instrument`: what it is read under."""

    instrument: Instrument
    answers: Answers
    comparison: AssessmentComparison
    questionnaires: tuple[Questionnaire, Questionnaire]

    def told(self, language: str) -> AssessmentComparison:
        """Return the comparison with its sides named in words of the report, not by their files."""
        found = self.comparison
        names: Mapping[str, Text] = {"old": EARLIER, "new": NOW}
        sides = {key: replace(getattr(found, key), name=tell(words, language)) for key, words in names.items()}
        return replace(found, old=sides["old"], new=sides["new"])


def earlier_than(old: tuple[Instrument, Answers], new: tuple[Instrument, Answers], day: str) -> Earlier:
    """Compare last time's assessment with the one to report on. `day`: of the report, ISO 8601."""
    comparison = compare(
        ComparedAssessment("", old[1], old[0]), ComparedAssessment("", new[1], new[0]), date.fromisoformat(day)
    )
    return Earlier(*old, comparison, (old[0].questionnaire, new[0].questionnaire))


# ── The case ──


@dataclass(frozen=True, slots=True)
class OtherEdition:
    """That answers were given to another edition of the questionnaire or the rubric than the one they are scored by.

    `other_content`: id and version are the same, but what stands in the file is not.
    """

    what: Literal["questionnaire", "weights"]
    stated: Reference
    used: Identity
    other_content: bool


WHOLE: Mapping[Edition, Text] = {"brief": _("the full edition"), "full": _("the technical volume")}
"""Where the brief says that more stands."""


@dataclass(frozen=True)
class Case:
    """All that a report speaks of. `date` is ISO 8601; `suggestions` judge the profiles that were to be had.

    `placings`: where the scores stand among many like this one, None where no benchmark was given. `earlier`: last
    time's assessment, None where it was not given. `edition`: what is made of it, the brief alone or with its volume.
    """

    assessed: Assessed
    card: Scorecard
    suggestions: Sequence[Suggestion]
    language: str
    date: str
    placings: "Placings | None" = None
    earlier: Earlier | None = None
    edition: Edition = "brief"

    # ── What is reported on ──

    @property
    def instrument(self) -> Instrument:
        """Questionnaire and rubric."""
        return self.assessed.instrument

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire."""
        return self.instrument.questionnaire

    @property
    def answers(self) -> Answers:
        """The answers."""
        return self.assessed.answers

    @property
    def firm(self) -> bool:
        """Whether the report speaks to the owner of a firm."""
        return self.questionnaire.subject == "firm"

    @property
    def quick(self) -> bool:
        """Whether only the core questions were asked."""
        return self.answers.mode == "quick"

    @property
    def tailored_by(self) -> TailoredBy:
        """By what weights and targets differ from the general ones, those of parts that are not assessed aside."""
        if self.by_baseline:
            return "hand"
        corrected = (change for change in self.answers.override if change.factor not in (None, 1))
        both = any(not change.factor or self.nodes[change.node].applicable_weight for change in corrected)
        return "both" if both else "conditions"

    @property
    def by_baseline(self) -> bool:
        """Whether the general weights alone measure here: no profile, nor one that is blended into them."""
        return len(self.instrument.chain) == len(self.instrument.profiles) == 1

    @cached_property
    def place(self) -> SubjectWords:
        """How the report names the place or firm, and at which tier of government it stands."""
        return place_of(self.assessed)

    @cached_property
    def other_editions(self) -> tuple[OtherEdition, ...]:
        """Editions that the answers name and that are not those they are scored by; nothing where they agree."""
        found = []
        pairs: tuple[tuple[Literal["questionnaire", "weights"], Identity], ...] = (
            ("questionnaire", self.card.questionnaire),
            ("weights", self.card.weights),
        )
        for what, used in pairs:
            stated: Reference = getattr(self.answers, what)
            named_alike = (stated.named, stated.version) == (used.named, used.version)
            if not named_alike or stated.digest not in (None, used.digest):
                found.append(OtherEdition(what, stated, used, named_alike))
        return tuple(found)

    @cached_property
    def nodes(self) -> Mapping[str, NodeScore]:
        """Figures by node id."""
        return {node.id: node for node in self.card.nodes}

    # ── Parts of the tree ──

    @cached_property
    def pillars(self) -> tuple[NodeScore, ...]:
        """Pillars that are assessed here, in file order."""
        return tuple(self.nodes[id] for id in self.instrument.pillars if self.nodes[id].state != "not_assessed")

    @cached_property
    def left_out(self) -> tuple[NodeScore, ...]:
        """Pillars that are not assessed here: switched off, not asked about, or nothing in them applies."""
        return tuple(self.nodes[id] for id in self.instrument.pillars if self.nodes[id].state == "not_assessed")

    def dimensions(self, pillar: str) -> tuple[NodeScore, ...]:
        """Dimensions of a pillar that are assessed here."""
        every = (self.nodes[id] for id in self.questionnaire.dimensions_of[pillar])
        return tuple(node for node in every if node.state != "not_assessed")

    def questions(self, dimension: str) -> tuple[NodeScore, ...]:
        """Questions of a dimension that count here: asked, applicable, not switched off, scored by their kind."""
        return tuple(self.nodes[id] for id in self.questionnaire.questions_of[dimension] if id in self.counting)

    @cached_property
    def counting(self) -> frozenset[str]:
        """Questions that count: asked, applicable, not switched off, no free text."""
        found = set()
        for id, question in self.questionnaire.questions.items():
            if self.weighs(id) and self.nodes[id].state not in ("hidden", "na") and kind_of(question).scored:
                found.add(id)
        return frozenset(found)

    def weighs(self, question: str) -> bool:
        """Whether neither a question nor a part that it belongs to is switched off."""
        dimension = self.questionnaire.questions[question].dimension
        line = (question, dimension, self.questionnaire.dimensions[dimension].pillar)
        return all(self.nodes[node].weight > 0 for node in line)

    @cached_property
    def disputes(self) -> Mapping[str, tuple[Seen, ...]]:
        """Facts and questions on which merged files still differ: what stands, then what else was said."""
        return disputes(self.instrument, self.answers, self.card)

    def disputed_behind(self, node: str) -> list[str]:
        """Return the questions of a pillar or dimension on which merged files still differ."""
        parts = self.questionnaire.dimensions_of.get(node, (node,))
        within = {id for part in parts for id in self.questionnaire.questions_of[part]}
        return [id for id in self.disputes if id in within]

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """Questions that count and are answered."""
        return tuple(id for id in self.instrument.questions if id in self.counting and self.nodes[id].score is not None)

    @cached_property
    def checked(self) -> int:
        """Combinations of answers that were held against each other: in the others something is not answered."""
        return len(self.questionnaire.checks) - len(undecided_checks(self.assessed))

    def pillar_of(self, dimension: str) -> str:
        """Name the pillar a dimension belongs to."""
        return self.questionnaire.dimensions[dimension].pillar

    # ── Words ──

    def say(self, words: Text, /, **values: object) -> str:
        """State one thing of the report; `{place}` and its kin are filled in, a value that is a text is told.

        What the words were filled with before stands as it is.
        """
        before = words.values_ if isinstance(words, Message) else {}
        filled = {**self._names, **before, **values}
        told = {
            name: tell(value, self.language) if isinstance(value, Mapping) else value for name, value in filled.items()
        }
        return tell(words, self.language, **told)

    @cached_property
    def grammar(self) -> Grammar:
        """The grammar of the report's language."""
        return grammar(self.language)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {**self.place.names, "full": WHOLE[self.edition]}
        return {name: tell(words, self.language) for name, words in names.items()}

    def tell(self, words: Text) -> str:
        """State words of the content, which are never filled in."""
        return tell(words, self.language)

    def title(self, node: str) -> str:
        """Name a pillar or dimension, or give the words of a question or fact."""
        return self.tell(title_of(self.questionnaire, node))

    def short(self, node: str) -> str:
        """Name a pillar or dimension in a narrow place."""
        found = self.questionnaire.pillars.get(node) or self.questionnaire.dimensions.get(node)
        return self.tell(found.short) if found is not None and found.short else self.title(node)

    def listed(self, items: Sequence[str]) -> str:
        """Join words as people do: a, b and c."""
        return self.grammar.enumerated(items)

    def series(self, items: Iterable[str]) -> str:
        """Put sentences or longer names in a row: a; b; c."""
        return self.grammar.semicolon.join(items)

    def in_sentence(self, title: str) -> str:
        """Write a title as it stands inside a sentence."""
        return self.grammar.lower_first(title)

    def answer(self, id: str) -> str:
        """Write an answer as people read it."""
        seen = self.assessed.view.seen(id)
        said = typed(answer_words(id, self.questionnaire, self.assessed.view, self.language))
        return said or self.tell(STATE_WORDS[seen.state])

    def given(self, id: str) -> Answer:
        """Return what stands in the file for a question or fact."""
        table = self.answers.facts if id in self.questionnaire.facts else self.answers.answers
        return table.get(id, NOT_ANSWERED)

    def year_of(self, id: str) -> int | None:
        """Return the year that an answer is of: as stated beside it, else the one that the answers describe."""
        return self.given(id).year or self.answers.subject.year


def typed(words: str | None) -> str:
    """Return what somebody typed as it can be seen; "" where nothing of it can."""
    return clean(words or "").strip()


def plain(words: str) -> str:
    """Take the full stop off a sentence that is quoted inside another one."""
    return words.strip().rstrip(".。;；")
