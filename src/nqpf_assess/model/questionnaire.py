"""The questionnaire: facts, pillars, dimensions, questions, countermeasures, checks, sources (formats.md, 1)."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, get_args

from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import Day, Id, Number, OneOf, Pair, Row, Score, Table, Words
from nqpf_assess.model.condition import Condition
from nqpf_assess.model.frozen import NONE_STATED, Frozen, Labelled, key

QUESTIONNAIRE_FORMAT = "nqpf-questionnaire/1"

Kind = Literal["level", "single", "multi", "number", "date", "text"]
Confidence = Literal["high", "medium", "low"]
Horizon = Literal["short", "medium", "long"]
Tier = Literal["county", "city", "province", "state", "firm"]

KINDS: tuple[Kind, ...] = get_args(Kind)
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)
RESERVED_OPTIONS = ("na", "dk", "later")

FACTS_TITLE: Mapping[str, Text] = {"region": _("Local conditions"), "firm": _("About the firm")}
"""The heading of the facts, by what the questionnaire is about."""


class Source(Frozen):
    """Where a text, number or rule comes from. `number` is a document's own number; `note` says what is uncertain."""

    title: Words
    kind: Literal["paper", "statistic", "policy", "standard", "expert"] | None = None
    year: int | None = None
    number: str | None = None
    note: Words | None = None


class Level(Labelled):
    """One anchor of a level question, with the score it earns (0 to 100; left out: even steps).

    `finding`: what a report says in place of the anchor where that does not read as a statement.
    """

    score: Score | None = None
    finding: Words | None = None


class Option(Labelled):
    """One option of a question, with the score it earns.

    `finding`: what a report says where it is the answer: of a single question a whole statement, of a multi question
    what there is, as a noun phrase that joins a list.
    """

    score: Score
    finding: Words | None = None


class TickOption(Option):
    """One option of a multi question; an exclusive one stands alone. `lacking`: what is missing if it is not ticked."""

    exclusive: bool = False
    lacking: Words | None = None


class FactOption(Labelled):
    """One option of a fact. With `unknown` the fact counts as not known; a score is allowed and not used."""

    score: Score | None = None
    unknown: bool = False
    finding: Words | None = None


class FactTickOption(FactOption):
    """One option of a fact of kind multi."""

    exclusive: bool = False
    lacking: Words | None = None


class Benchmark(Labelled):
    """A published value to compare with: whose it is (words), which year, from which source, how sure."""

    value: Number
    year: int
    source: str
    confidence: Confidence | None = None


class ScaleCase(Frozen):
    """A scale for places or firms of one kind."""

    when: Condition
    scale: Row[Pair[Number]] = key(min_length=2)


class LevelKeys(Frozen):
    """The keys of kind level: anchors from level 0 upwards."""

    kind: Literal["level"]
    levels: Row[Level] = key(min_length=2, max_length=11)


class NumberKeys(Frozen):
    """The keys of kind number: a figure with its unit. Outside `range` it is refused, outside `usual` asked again.

    `finding`: the statement a report makes of the figure, with `{value}` and `{year}` filled in.
    """

    kind: Literal["number"]
    unit: str | Words | None = None
    decimals: int | None = key(default=None, ge=0, le=12)
    range: Pair[Number]
    usual: Pair[Number] | None = None
    benchmarks: Row[Benchmark] = ()
    reference_year: bool = False
    finding: Words | None = None


class DateKeys(Frozen):
    """The keys of kind date: between which days an answer lies."""

    kind: Literal["date"]
    range: Pair[Day]


class TextKeys(Frozen):
    """The keys of kind text: free words; never scored."""

    kind: Literal["text"]


class Asked(Frozen):
    """What every fact and question has: its words, help, who usually holds the answer, sources."""

    text: Words
    help: Words | None = None
    holder: Words | None = None
    sources: Row[str] = ()
    revision: int = key(default=1, ge=1)
    previous_ids: Row[Id] = ()


class QuestionBase(Asked):
    """What every question has besides: its dimension, when it is asked, what evidence it wants.

    `only_time`: its best answer is not in anybody's hands (24 months without a penalty): scored like any other, but
    no report and no page offers its rise as something to do. An option short of that (the penalty is closed) is told
    where it alone would lift a broken floor.
    """

    dimension: Id
    evidence: Words | None = None
    evidence_from: Number | None = None
    core: bool = False
    only_time: bool = False
    show_if: Condition | None = None
    na_when: Condition | None = None
    na_reason: Words | None = None


class LevelQuestion(LevelKeys, QuestionBase):
    """How far something has come, by anchors two readers read alike."""


class SingleQuestion(QuestionBase):
    """One option of several."""

    kind: Literal["single"]
    options: Table[Id, Option] = key(min_length=1)


class MultiQuestion(QuestionBase):
    """Any number of options; their scores add up to 100 at most."""

    kind: Literal["multi"]
    options: Table[Id, TickOption] = key(min_length=1)


class NumberQuestion(NumberKeys, QuestionBase):
    """A figure, scored by straight lines between the points of its scale, flat outside."""

    scale: Row[Pair[Number]] = key(min_length=2)
    scale_when: Row[ScaleCase] = ()


class DateQuestion(DateKeys, QuestionBase):
    """A day, scored by a scale over the whole days from it to the end of the year that the answers describe."""

    scale: Row[Pair[Number]] = key(min_length=2)


class TextQuestion(TextKeys, QuestionBase):
    """Free words beside the scored questions."""


class LevelFact(LevelKeys, Asked):
    """A local condition in ordered levels."""


class SingleFact(Asked):
    """A local condition out of several."""

    kind: Literal["single"]
    options: Table[Id, FactOption] = key(min_length=1)


class MultiFact(Asked):
    """Local conditions that hold together."""

    kind: Literal["multi"]
    options: Table[Id, FactTickOption] = key(min_length=1)


class NumberFact(NumberKeys, Asked):
    """A figure about the place or firm; never scored, so a scale is allowed and not used."""

    scale: Row[Pair[Number]] = ()
    scale_when: Row[ScaleCase] = ()


class DateFact(DateKeys, Asked):
    """A day in the life of the place or firm; never scored, so a scale is allowed and not used."""

    scale: Row[Pair[Number]] = ()


class TextFact(TextKeys, Asked):
    """Free words about the place or firm."""


def _kind(raw: object) -> str | None:
    kind = raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", None)
    return f"<{kind}>" if isinstance(kind, str) and kind in KINDS else None


AnyQuestion = LevelQuestion | SingleQuestion | MultiQuestion | NumberQuestion | DateQuestion | TextQuestion
AnyFact = LevelFact | SingleFact | MultiFact | NumberFact | DateFact | TextFact
AnyAsked = AnyQuestion | AnyFact

_BY_KIND = OneOf(_kind, *(f"<{kind}>" for kind in KINDS))
Question = Annotated[AnyQuestion, _BY_KIND]
Fact = Annotated[AnyFact, _BY_KIND]


class Node(Frozen):
    """A pillar or dimension: its title, a short one for narrow places, what it is about."""

    title: Words
    short: Words | None = None
    help: Words | None = None
    sources: Row[str] = ()


class Pillar(Node):
    """A pillar: one of the main parts of the overall score."""


class Dimension(Node):
    """A dimension: a part of one pillar, measured by questions."""

    pillar: Id


class Countermeasure(Frozen):
    """A measure that lifts dimensions: what to do, whom it suits, what it takes, who may decide it, how to count it.

    `lifts`: score points it can add to a dimension. `effort`: 1 to 5. `needs`: other measures that come first.
    `when_at_least`: only for places past the basics, where that dimension scores at least this. `first`: the first
    step, within 100 days. `months`: done within so many, inside the horizon. `kpi_question`: the KPI is this figure,
    and `kpi` may then speak of it as `{now}` and `{goal}`.
    """

    title: Words
    gist: Words
    lifts: Table[Id, Score] = key(min_length=1)
    when_below: Score
    when_at_least: Score | None = None
    suits: Condition | None = None
    unsuits: Condition | None = None
    unsuits_why: Words | None = None
    effort: int = key(ge=1, le=5)
    horizon: Horizon
    months: int | None = key(default=None, ge=1)
    acts: Tier
    lead: Words
    support: Words | None = None
    needs: Row[Id] = ()
    kpi: Words
    kpi_question: Id | None = None
    first: Words | None = None
    examples: Words | None = None
    sources: Row[str] = ()


class Check(Frozen):
    """A contradiction between answers, said in neutral words; it never changes a score."""

    when: Condition
    message: Words
    severity: Literal["warning"] = "warning"
    sources: Row[str] = ()


class Figure(Frozen):
    """A figure of the paper beside what official statistics say, its vintage, and the verdict; never scored."""

    title: Words
    said: Words
    found: Words
    verdict: Literal["correct", "outdated", "wrong_year", "other_definition", "not_traceable", "opinion"]
    note: Words | None = None
    confidence: Confidence | None = None
    section: str | None = None
    sources: Row[str] = ()
    questions: Row[Id] = ()


class Criterion(Frozen):
    """One clause of an official rule beside what is asked here.

    `met`, `unmet`: answers by which it is known to hold, or not to; neither: an answer bears on it without deciding.
    `questions`, `facts`: what bears on it besides what these conditions name. `note`: how far the answer goes.
    """

    clause: Words
    text: Words
    met: Condition | None = None
    unmet: Condition | None = None
    questions: Row[Id] = ()
    facts: Row[Id] = ()
    note: Words | None = None


class Crosswalk(Frozen):
    """What answers given here say to the criteria of an official rule; never scored. `about`: what it is, and is not.

    `when`: for whom the rule is; left out, for all.
    """

    title: Words
    about: Words
    sources: Row[str] = key(min_length=1)
    when: Condition | None = None
    criteria: Table[Id, Criterion] = key(min_length=1)


class Questionnaire(Frozen):
    """The whole questionnaire. The order of its tables is the order of the file."""

    format: Literal["nqpf-questionnaire/1"]
    id: Id
    version: str
    subject: Literal["region", "firm"]
    languages: Row[str] = key(min_length=1)
    title: Words
    sources: Table[Id, Source] = NONE_STATED
    facts: Table[Id, Fact] = NONE_STATED
    pillars: Table[Id, Pillar] = NONE_STATED
    dimensions: Table[Id, Dimension] = NONE_STATED
    questions: Table[Id, Question] = NONE_STATED
    countermeasures: Table[Id, Countermeasure] = NONE_STATED
    checks: Table[Id, Check] = NONE_STATED
    figures: Table[Id, Figure] = NONE_STATED
    crosswalks: Table[Id, Crosswalk] = NONE_STATED

    @cached_property
    def asked(self) -> Mapping[str, AnyAsked]:
        """Facts and questions by their ids, which are unique among both."""
        return {**self.facts, **self.questions}

    @cached_property
    def dimensions_of(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of each pillar's dimensions, in file order."""
        return {
            pillar: tuple(id for id, dimension in self.dimensions.items() if dimension.pillar == pillar)
            for pillar in self.pillars
        }

    @cached_property
    def questions_of(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of each dimension's questions, in file order."""
        found: dict[str, list[str]] = {dimension: [] for dimension in self.dimensions}
        for id, question in self.questions.items():
            found[question.dimension].append(id)
        return {dimension: tuple(ids) for dimension, ids in found.items()}


def title_of(questionnaire: Questionnaire, node: str) -> Mapping[str, str]:
    """The words for a pillar, dimension, question or fact."""
    for table in (questionnaire.pillars, questionnaire.dimensions):
        if node in table:
            return table[node].title
    return questionnaire.asked[node].text
