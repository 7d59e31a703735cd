"""A questionnaire as a spreadsheet to fill in: a row a question, answers picked from lists, every cell a text."""

from collections.abc import Iterator, Mapping

from nqpf_assess.exchange.workbook import DropDown, Worksheet, letters, workbook
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _c, tell
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

HEAD = (
    _("id"),
    _c("of the questionnaire", "part"),
    _("question"),
    _("how to answer"),
    _("answer"),
    _("year"),
    _("state: dk, na, later"),
    _("reason (na)"),
    _("evidence (several parted by ;)"),
    _("note"),
)
IDS = ("id", "part", "question", "how", "answer", "year", "state", "reason", "evidence", "note")
ANSWER, STATE = IDS.index("answer") + 1, IDS.index("state") + 1
WIDTHS = (24, 24, 60, 60, 24, 8, 10, 24, 40, 40)
FORM, LISTS, ABOUT = "answers", "lists", "about"
FACTS = _("local conditions")
SEVERAL = _("several, parted by ;")
STATES = ("dk", "na", "later")

NOT_CARRIED = (
    _("whom a question is for: every question has its row"),
    _("weights, targets, scores of answers, bands and floors"),
    _("countermeasures, checks, benchmarks, sources"),
    _("how sure an answer is"),
)


def xlsx_form(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the form in one language; the ids in the first column and in the lists are the same in every language."""
    rows = [*_rows(questionnaire, language)]
    every = _all(questionnaire)
    lists = [[id, *_offered(asked)] for id, asked in every.items() if _offered(asked)]
    place = {entry[0]: number for number, entry in enumerate(lists, start=2)}
    drops = [
        DropDown(number, ANSWER, _range(place[row[0]], len(_offered(every[row[0]]))))
        for number, row in enumerate(rows, start=2)
        if row[0] in place and kind_of(every[row[0]]).entry != "tick"
    ]
    drops += [DropDown(number, STATE, _range(1, len(STATES))) for number in range(2, len(rows) + 2)]
    about = [["format", "nqpf-xlsx-form/1"], ["questionnaire", questionnaire.id], ["version", questionnaire.version]]
    about += [["language", language], ["name", ""], ["period", ""], ["respondent", ""]]
    return workbook(
        (
            Worksheet(FORM, [[tell(words, language) for words in HEAD], *rows], WIDTHS, drops),
            Worksheet(LISTS, [["states", *STATES], *lists], (24,)),
            Worksheet(ABOUT, about, (20, 40)),
        )
    )


def _all(questionnaire: Questionnaire) -> Mapping[str, AnyAsked]:
    return {**questionnaire.facts, **questionnaire.questions}


def _range(row: int, count: int) -> str:
    return f"{LISTS}!$B${row}:${letters(count + 1)}${row}"


def _rows(questionnaire: Questionnaire, language: str) -> Iterator[list[str]]:
    for id, asked in _all(questionnaire).items():
        question = questionnaire.questions.get(id)
        part: Text = questionnaire.dimensions[question.dimension].title if question is not None else FACTS
        yield [id, tell(part, language), asked.text.get(language, ""), _how(asked, language)]


def _offered(asked: AnyAsked) -> list[str]:
    return [str(choice.value) for choice in kind_of(asked).choices(asked)]


def _how(asked: AnyAsked, language: str) -> str:
    """Write what may stand in the answer: levels and options with their words, else what is wanted."""
    kind = kind_of(asked)
    lines = [f"{choice.value} = {choice.words.get(language, '')}" for choice in kind.choices(asked)]
    if kind.entry == "tick":
        lines = [tell(SEVERAL, language), *lines]
    return "\n".join(lines or [tell(kind.wants(asked), language)])
