"""A questionnaire as a form to print and fill in by hand: every question with its answers and whom it is for."""

from collections.abc import Iterator, Mapping, Sequence

from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition, subjects
from nqpf_assess.model.questionnaire import (
    AnyAsked,
    AnyQuestion,
    LevelKind,
    MultiFact,
    MultiQuestion,
    NumberFact,
    NumberQuestion,
    Questionnaire,
    SingleFact,
    SingleQuestion,
)
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    Card,
    Contents,
    Cover,
    Field,
    Heading,
    Inline,
    Outline,
    Paragraph,
    Part,
    runs,
)
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import grouped, unit_of, with_unit

BOX = "□"
SUBTITLE = text(en="Form to fill in by hand", zh="纸质填报表")
EDITION = text(en="Edition", zh="版本")
COUNT = text(en="Questions", zh="题目数")
NOTICE = text(
    en="What is written here is typed into an answer file afterwards: nqpf-assess assess FILE.",
    zh="填好后请录入答卷：nqpf-assess assess 文件名。",
)
CONTENTS = text(en="Contents", zh="目录")
HOW = text(en="How to fill in this form", zh="填写说明")
HOW_LINES = (
    text(
        en="Tick one box where one answer is asked, as many as apply where it says so; write figures with their year.",
        zh="单选题勾选一项，多选题勾选所有符合的项；数字题请写明数值和年份。",
    ),
    text(
        en="A line “Only if” says for whom a question is; else go on to the next one.",
        zh="标有“仅当”的题目，只在符合条件时填写，否则转下一题。",
    ),
    text(
        en="Not known: tick “don't know”. Not applicable: tick it and write why. Both are better than a guess.",
        zh="不掌握情况请勾选“不清楚”；不适用请勾选并写明理由。两者都好于猜测。",
    ),
    text(
        en="Name the documents behind an answer; answers without any count less in a second score.",
        zh="请写明佐证材料名称；没有佐证的较高答案在“有据得分”中按上限计分。",
    ),
)
ABOUT = text(en="About the respondent", zh="填报单位")
ABOUT_FIELDS = (
    text(en="Name", zh="名称"),
    text(en="Year described", zh="评估年份"),
    text(en="Filled in by", zh="填报人"),
    text(en="Date", zh="日期"),
)
FACTS = text(en="Local conditions (never scored)", zh="地方情况（不计分）")
FACTS_FIRM = text(en="About the firm (never scored)", zh="企业情况（不计分）")
ONLY_IF = text(en="Only if", zh="仅当")
NA_IF = text(en="Not applicable if", zh="以下情况不适用")
LEADS_TO = text(en="Decides about", zh="影响")
THESE = text(en="questions {numbers}", zh="第{numbers}题")
ANSWER = text(en="Answer", zh="答案")
YEAR = text(en="Year", zh="年份")
UNIT = text(en="Unit", zh="单位")
POSSIBLE = text(en="possible {low} to {high}", zh="可填 {low} 至 {high}")
ONE = text(en="tick one", zh="单选")
MANY = text(en="tick all that apply", zh="可多选")
ALONE = text(en="(this one alone)", zh="（只能单独勾选）")
STATE = text(en="Otherwise", zh="其他")
STATES = text(
    en=f"{BOX} don't know    {BOX} not applicable, because: ____________________",
    zh=f"{BOX} 不清楚    {BOX} 不适用，理由：____________________",
)
EVIDENCE = text(en="Evidence", zh="佐证材料")
HOLDER = text(en="Usually known by", zh="通常掌握单位")
CORE = text(en="core", zh="核心题")
NUMBER = text(en="question {number}", zh="第{number}题")
FACT_NUMBER = text(en="{number}", zh="{number}")
LINE = "________________________________________"
SHORT_LINE = "____________"


def paper_outline(questionnaire: Questionnaire, *, languages: Sequence[str], date: str) -> Outline:
    """Make the form; a part for each language. `date`: ISO 8601, of the file."""
    parts = tuple(Part(language, tuple(_Form(questionnaire, language).blocks())) for language in languages)
    title, first = questionnaire.title, languages[0]
    return Outline(
        title=tell(title, first),
        subject=tell(SUBTITLE, first),
        language=first,
        date=date,
        header=tell(title, first),
        footer=f"{questionnaire.id} {questionnaire.version} · {tell(SUBTITLE, first)}",
        parts=parts,
        keywords=("new quality productive forces", "新质生产力", "questionnaire", "问卷"),
    )


class _Form:
    """Builds the form in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire, self.language = questionnaire, language
        self.numbers = {id: f"{place}" for place, id in enumerate(_in_tree(questionnaire), start=1)}
        self.numbers |= {id: f"F{place}" for place, id in enumerate(questionnaire.facts, start=1)}
        self.called = {id: self._called(id) for id in self.numbers}
        self.deciding = _deciding(questionnaire)

    def say(self, words: Text, **values: object) -> str:
        return tell(words, self.language, **values)

    def _called(self, id: str) -> str:
        words = FACT_NUMBER if id in self.questionnaire.facts else NUMBER
        return tell(words, self.language, number=self.numbers[id])

    def blocks(self) -> Iterator[Block]:
        yield self._cover()
        yield Contents(self.say(CONTENTS))
        yield Heading(1, self.say(HOW), f"how-{self.language}")
        yield Bullets(tuple(runs(self.say(line)) for line in HOW_LINES), numbered=True)
        yield Card(self.say(ABOUT), tuple(Field(self.say(label), runs(LINE)) for label in ABOUT_FIELDS))
        yield Heading(
            1, self.say(FACTS_FIRM if self.questionnaire.subject == "firm" else FACTS), f"facts-{self.language}"
        )
        for id, fact in self.questionnaire.facts.items():
            yield self._card(id, fact)
        yield from self._questions()

    def _cover(self) -> Cover:
        facts = (
            (self.say(EDITION), f"{self.questionnaire.id} {self.questionnaire.version}"),
            (self.say(COUNT), str(len(self.questionnaire.questions))),
        )
        return Cover(self.say(self.questionnaire.title), self.say(SUBTITLE), "", facts, self.say(NOTICE))

    def _questions(self) -> Iterator[Block]:
        dimensions, questions = self.questionnaire.dimensions, self.questionnaire.questions
        for pillar, entry in self.questionnaire.pillars.items():
            yield Heading(1, self.say(entry.title), f"{pillar}-{self.language}", new_page=True)
            yield from self._said_of(entry.help)
            for dimension in self.questionnaire.dimensions_of[pillar]:
                yield Heading(2, self.say(dimensions[dimension].title), f"{dimension}-{self.language}")
                yield from self._said_of(dimensions[dimension].help)
                for id in self.questionnaire.questions_of[dimension]:
                    yield self._card(id, questions[id])

    def _said_of(self, help_: Text | None) -> Iterator[Block]:
        if help_:
            yield Paragraph(runs(self.say(help_)))

    def _card(self, id: str, asked: AnyAsked) -> Card:
        help_ = runs(self.say(asked.help)) if asked.help else ()
        badge = self.say(CORE) if getattr(asked, "core", False) else ""
        title = f"{self.numbers[id]}  {self.say(asked.text)}"
        fields = (*self._routing(id, asked), *self._answers(asked), *self._rest(id, asked))
        return Card(title, tuple(fields), lead=help_, badge=badge)

    def _routing(self, id: str, asked: AnyAsked) -> Iterator[Field]:
        for label, condition in ((ONLY_IF, _of(asked, "show_if")), (NA_IF, _of(asked, "na_when"))):
            if condition is not None:
                words = condition_words(condition, self.questionnaire, self.language, numbers=self.called)
                yield Field(self.say(label), runs(words))
        if self.deciding.get(id):
            joint = "、" if self.language == "zh" else ", "
            numbers = joint.join(self.numbers[other] for other in self.deciding[id])
            yield Field(self.say(LEADS_TO), runs(self.say(THESE, numbers=numbers)))

    def _answers(self, asked: AnyAsked) -> Iterator[Field]:
        match asked:
            case LevelKind():
                for number, level in enumerate(asked.levels):
                    yield Field(f"{BOX} {number}", runs(self.say(level.words)))
            case SingleQuestion() | SingleFact() | MultiQuestion() | MultiFact():
                many = isinstance(asked, MultiQuestion | MultiFact)
                lines = [self._option(option) for option in asked.options.values()]
                yield Field(self.say(MANY if many else ONE), runs(lines[0]))
                yield from (Field("", runs(line)) for line in lines[1:])
            case NumberQuestion() | NumberFact():
                yield Field(self.say(ANSWER), self._figure(asked))
            case _:
                yield Field(self.say(ANSWER), runs(LINE))

    def _option(self, option: object) -> str:
        alone = " " + self.say(ALONE) if getattr(option, "exclusive", False) else ""
        return f"{BOX} {self.say(option.words)}{alone}"  # type: ignore[attr-defined]

    def _figure(self, asked: NumberQuestion | NumberFact) -> Inline:
        unit = unit_of(asked, self.language)
        low, high = (grouped(plain_number(bound)) for bound in asked.range)
        bounds = self.say(POSSIBLE, low=low, high=with_unit(high, unit))
        year = f"    {self.say(YEAR)} {SHORT_LINE}" if asked.reference_year else ""
        return runs(f"{with_unit(SHORT_LINE, unit)}  ({bounds}){year}")

    def _rest(self, id: str, asked: AnyAsked) -> Iterator[Field]:
        if id in self.questionnaire.facts:
            return
        yield Field(self.say(STATE), runs(self.say(STATES)))
        evidence = getattr(asked, "evidence", None)
        yield Field(self.say(EVIDENCE), runs(f"{self.say(evidence)}: {SHORT_LINE}" if evidence else LINE))
        if asked.holder:
            yield Field(self.say(HOLDER), runs(self.say(asked.holder)))


def _of(asked: AnyAsked, key: str) -> AnyCondition | None:
    found: AnyCondition | None = getattr(asked, key, None)
    return found


def _in_tree(questionnaire: Questionnaire) -> Iterator[str]:
    """Give the questions in the order in which they are printed."""
    for pillar in questionnaire.pillars:
        for dimension in questionnaire.dimensions_of[pillar]:
            yield from questionnaire.questions_of[dimension]


def _deciding(questionnaire: Questionnaire) -> Mapping[str, tuple[str, ...]]:
    """Give for every fact and question the questions whose asking it decides about."""
    found: dict[str, list[str]] = {}
    for id, question in questionnaire.questions.items():
        for subject in decided_by(question):
            found.setdefault(subject, []).append(id)
    return {id: tuple(others) for id, others in found.items()}


def decided_by(question: AnyQuestion) -> tuple[str, ...]:
    """Name the facts and questions that decide whether a question is asked."""
    named = [
        id
        for condition in (question.show_if, question.na_when)
        for kind in ("fact", "question")
        for id in subjects(condition, kind)
    ]
    return tuple(dict.fromkeys(named))
