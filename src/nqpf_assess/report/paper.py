"""A questionnaire as a form to print and fill in by hand: every question with its answers and whom it is for."""

from collections.abc import Iterator, Sequence

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import with_unit
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.condition import AnyCondition, subjects
from nqpf_assess.model.questionnaire import AnyAsked, AnyQuestion, Questionnaire
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    CardField,
    Contents,
    Cover,
    DetailCard,
    Heading,
    Outline,
    OutlinePart,
    Paragraph,
    runs,
)
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import NEW_FORCES, asks_about_new_forces

BOX = "□"
SUBTITLE = _("Form to fill in by hand")
NOTICE = _("What is written here is typed into an answer file afterwards: nqpf-assess assess FILE.")
HOW_LINES = (
    _("Tick one box where one answer is asked, as many as apply where it says so; write figures with their year."),
    _("A line “Only if” says for whom a question is; else go on to the next one."),
    _("Not known: tick “don't know”. Not applicable: tick it and write why. Both are better than a guess."),
    _("Name the documents behind an answer; high answers without any count less in a second score."),
)
ABOUT_FIELDS = (
    _("Name"),
    _("Year described"),
    _("Filled in by"),
    _("Date"),
    _("Signature or seal"),
)
FACTS = _("Local conditions (never scored)")
FACTS_FIRM = _("About the firm (never scored)")
ONLY_IF = _("Only if")
NA_IF = _("Not applicable if")
ANSWER = _("Answer")
YEAR = _("Year")
ONE = _("tick one")
MANY = _("tick all that apply")
STATES = fill(_("{BOX} don't know    {BOX} not applicable, because: ____________________"), BOX=BOX)
NUMBER = _("question {number}")
FACT_NUMBER = _("{number}")
LINE = "________________________________________"
SHORT_LINE = "____________"


def paper_outline(questionnaire: Questionnaire, *, languages: Sequence[str], date: str) -> Outline:
    """Make the form; a part for each language. `date`: ISO 8601, of the file."""
    parts = tuple(OutlinePart(language, tuple(_PaperForm(questionnaire, language).blocks())) for language in languages)
    title, first = questionnaire.title, languages[0]
    return Outline(
        title=tell(title, first),
        subject=tell(SUBTITLE, first),
        language=first,
        date=date,
        header=tell(title, first),
        footer=f"{questionnaire.id} {questionnaire.version} · {tell(SUBTITLE, first)}",
        parts=parts,
        keywords=(*(NEW_FORCES if asks_about_new_forces(questionnaire) else ()), "questionnaire", "问卷"),
    )


class _PaperForm:
    """Builds the form in one language."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire, self.language = questionnaire, language
        dimensions = (id for pillar in questionnaire.pillars for id in questionnaire.dimensions_of[pillar])
        printed = [id for dimension in dimensions for id in questionnaire.questions_of[dimension]]
        self.numbers = {id: f"{place}" for place, id in enumerate(printed, start=1)}
        self.numbers |= {id: f"F{place}" for place, id in enumerate(questionnaire.facts, start=1)}
        self.called = {
            id: self.say(FACT_NUMBER if id in questionnaire.facts else NUMBER, number=number)
            for id, number in self.numbers.items()
        }
        found: dict[str, list[str]] = {}
        for id in printed:
            for subject in decided_by(questionnaire.questions[id]):
                found.setdefault(subject, []).append(id)
        self.deciding = {id: tuple(others) for id, others in found.items()}

    def say(self, words: Text, **values: object) -> str:
        return tell(words, self.language, **values)

    def blocks(self) -> Iterator[Block]:
        facts = (
            (self.say(_("Edition")), f"{self.questionnaire.id} {self.questionnaire.version}"),
            (self.say(_("Number of questions")), str(len(self.questionnaire.questions))),
        )
        yield Cover(self.say(self.questionnaire.title), self.say(SUBTITLE), "", facts, self.say(NOTICE))
        yield Contents(self.say(_("Contents")))
        yield Heading(1, self.say(_("How to fill in this form")), f"how-to-{self.language}")
        yield Bullets(tuple(runs(self.say(line)) for line in HOW_LINES), numbered=True)
        yield DetailCard(
            self.say(_("About the respondent")), tuple(CardField(self.say(label), runs(LINE)) for label in ABOUT_FIELDS)
        )
        yield Heading(
            1, self.say(FACTS_FIRM if self.questionnaire.subject == "firm" else FACTS), f"all-facts-{self.language}"
        )
        for id, fact in self.questionnaire.facts.items():
            yield self._card(id, fact)
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

    def _card(self, id: str, asked: AnyAsked) -> DetailCard:
        help_ = runs(self.say(asked.help)) if asked.help else ()
        badge = self.say(_("core")) if getattr(asked, "core", False) else ""
        title = f"{self.numbers[id]}  {self.say(asked.text)}"
        fields: list[CardField] = []
        for label, condition in ((ONLY_IF, _of(asked, "show_if")), (NA_IF, _of(asked, "na_when"))):
            if condition is not None:
                words = condition_words(condition, self.questionnaire, self.language, numbers=self.called)
                fields.append(CardField(self.say(label), runs(words)))
        if self.deciding.get(id):
            numbers = grammar(self.language).list(self.numbers[other] for other in self.deciding[id])
            about = self.say(_("questions {numbers}"), numbers=numbers)
            fields.append(CardField(self.say(_("Decides about")), runs(about)))
        fields += self._answers(asked)
        if id not in self.questionnaire.facts:
            fields.append(CardField(self.say(_("Otherwise")), runs(self.say(STATES))))
            evidence = getattr(asked, "evidence", None)
            named = f"{self.say(evidence)}{grammar(self.language).colon}{SHORT_LINE}" if evidence else LINE
            fields.append(CardField(self.say(_("Evidence")), runs(named)))
        if asked.holder:
            fields.append(CardField(self.say(_("Usually known by")), runs(self.say(asked.holder))))
        return DetailCard(title, tuple(fields), lead=help_, badge=badge)

    def _answers(self, asked: AnyAsked) -> Iterator[CardField]:
        """Yield a box for each choice, else a line to write on."""
        kind = kind_of(asked)
        choices = kind.choices(asked)
        if not choices and (limits := kind.limits(asked)) is not None:
            unit = kind.unit(asked, self.language)
            low, high = (kind.grouped(asked, limit, self.language) for limit in limits)
            bounds = self.say(_("possible {low} to {high}"), low=low, high=with_unit(high, unit))
            year = f"    {self.say(YEAR)} {SHORT_LINE}" if kind.dated(asked) else ""
            line = f"{with_unit(SHORT_LINE, unit)}{grammar(self.language).bracketed(bounds)}{year}"
            yield CardField(self.say(ANSWER), runs(line))
        elif not choices:
            yield CardField(self.say(ANSWER), runs(LINE))
        elif kind.anchor(asked, choices[0].value) is not None:
            yield from (CardField(f"{BOX} {choice.number}", runs(self.say(choice.words))) for choice in choices)
        else:
            labels = (self.say(MANY if kind.entry == "tick" else ONE), *("" for _ in choices[1:]))
            for label, choice in zip(labels, choices, strict=True):
                alone = " " + self.say(_("(this one alone)")) if choice.alone else ""
                yield CardField(label, runs(f"{BOX} {self.say(choice.words)}{alone}"))


def _of(asked: AnyAsked, key: str) -> AnyCondition | None:
    found: AnyCondition | None = getattr(asked, key, None)
    return found


def decided_by(question: AnyQuestion) -> tuple[str, ...]:
    """Name the facts and questions that decide whether a question is asked."""
    named = [
        id
        for condition in (question.show_if, question.na_when)
        for kind in ("fact", "question")
        for id in subjects(condition, kind)
    ]
    return tuple(dict.fromkeys(named))
