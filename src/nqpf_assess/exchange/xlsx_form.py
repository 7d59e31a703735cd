"""A questionnaire as a spreadsheet to fill in: a row a question, answers picked from lists, every cell a text."""

from collections.abc import Iterator, Mapping

from nqpf_assess.exchange.workbook import DropDown, Sheet, letters, workbook
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, NumberKind, Questionnaire
from nqpf_assess.model.text import Text, tell, text

HEAD = (
    text(en="id", zh="标识"),
    text(en="part", zh="所属"),
    text(en="question", zh="题目"),
    text(en="how to answer", zh="填写说明"),
    text(en="answer", zh="答案"),
    text(en="year", zh="年份"),
    text(en="state: dk, na, later", zh="状态：dk 不清楚，na 不适用，later 稍后"),
    text(en="reason (na)", zh="理由（不适用）"),
    text(en="evidence (several parted by ;)", zh="佐证材料（多项用 ; 分隔）"),
    text(en="note", zh="备注"),
)
IDS = ("id", "part", "question", "how", "answer", "year", "state", "reason", "evidence", "note")
ANSWER, STATE = IDS.index("answer") + 1, IDS.index("state") + 1
WIDTHS = (24, 24, 60, 60, 24, 8, 10, 24, 40, 40)
FORM, LISTS, ABOUT = "answers", "lists", "about"
FACTS = text(en="local conditions", zh="地方情况")
SEVERAL = text(en="several, parted by ;", zh="可多选，用 ; 分隔")
FIGURE = text(en="a figure from {low} to {high} {unit}", zh="数值，{low} 至 {high} {unit}")
WORDS = text(en="words", zh="文字")
STATES = ("dk", "na", "later")

NOT_CARRIED = (
    text(en="whom a question is for: every question has its row", zh="题目的适用条件：每题均列出"),
    text(en="weights, targets, scores of answers, bands and floors", zh="权重、目标、答案得分、等次和底线"),
    text(en="countermeasures, checks, benchmarks, sources", zh="对策措施、一致性检查、参照值、来源"),
    text(en="how sure an answer is", zh="把握程度"),
)


def xlsx_form(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the form in one language; the ids in the first column and in the lists are the same in every language."""
    rows = [*_rows(questionnaire, language)]
    lists = [[id, *_offered(asked)] for id, asked in _all(questionnaire).items() if _offered(asked)]
    place = {entry[0]: number for number, entry in enumerate(lists, start=2)}
    drops = [
        DropDown(number, ANSWER, _range(place[row[0]], len(_offered(_all(questionnaire)[row[0]]))))
        for number, row in enumerate(rows, start=2)
        if row[0] in place and _all(questionnaire)[row[0]].kind != "multi"
    ]
    drops += [DropDown(number, STATE, _range(1, len(STATES))) for number in range(2, len(rows) + 2)]
    about = [["format", "nqpf-xlsx-form/1"], ["questionnaire", questionnaire.id], ["version", questionnaire.version]]
    about += [["language", language], ["name", ""], ["period", ""], ["respondent", ""]]
    return workbook(
        (
            Sheet(FORM, [[tell(words, language) for words in HEAD], *rows], WIDTHS, drops),
            Sheet(LISTS, [["states", *STATES], *lists], (24,)),
            Sheet(ABOUT, about, (20, 40)),
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
    levels = [str(number) for number, _ in enumerate(getattr(asked, "levels", ()))]
    return [*levels, *getattr(asked, "options", {})]


def _how(asked: AnyAsked, language: str) -> str:
    """Say what may stand in the answer: levels and options with their words, the range of a figure."""
    lines = [f"{number} = {level.words.get(language, '')}" for number, level in enumerate(getattr(asked, "levels", ()))]
    lines += [f"{id} = {option.words.get(language, '')}" for id, option in getattr(asked, "options", {}).items()]
    if asked.kind == "multi":
        lines = [tell(SEVERAL, language), *lines]
    if isinstance(asked, NumberKind):
        low, high = map(plain_number, asked.range)
        unit = asked.unit if isinstance(asked.unit, str) else (asked.unit or {}).get(language, "")
        lines.append(tell(FIGURE, language, low=low, high=high, unit=unit or "").strip())
    return "\n".join(lines or [tell(WORDS, language)])
