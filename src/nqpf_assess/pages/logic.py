"""The logic of a questionnaire in words: the ways through it, what leads to what, when each measure appears."""

from collections.abc import Iterator
from typing import Any

from nqpf_assess.engine.logic import Link, effort, hardest, links, mean_grade, way
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import Countermeasure, Questionnaire, title_of
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import number

WAYS = text(
    en="Questions asked: {least} at least, {most} at most, of {all}{unsure}; facts: {facts}.",
    zh="作答题数：最少 {least} 题，最多 {most} 题，共 {all} 题{unsure}；地方情况 {facts} 项。",
)
UNSURE = text(en=" (bounds: too many combinations to try)", zh="（组合过多，仅为上下限）")
TIME = text(
    en="Time to fill in, everything asked: about {minutes} minutes ({reading} to read, {answering} to find and write).",
    zh="全部填写约需 {minutes} 分钟（阅读 {reading} 分钟，查找和填写 {answering} 分钟）。",
)
READING = text(
    en="Reading level: Flesch–Kincaid grade {grade} on average; hardest: {hardest}.",
    zh="阅读难度：平均每句 {grade} 字；最难读：{hardest}。",
)
GRAPH = text(en="What leads to what", zh="条件关系")
MEASURES = text(en="When each countermeasure appears", zh="各项对策何时出现")
BELOW = text(
    en="one of these scores below {line} and below its target: {dimensions}",
    zh="以下维度之一低于 {line} 分且低于目标：{dimensions}",
)
SUITS = text(en="and not known otherwise than: {condition}", zh="且不明确违背：{condition}")
UNSUITS = text(en="and not: {condition}", zh="且不属于：{condition}")
NEEDS = text(en="after: {needs}", zh="先实施：{needs}")
NO_LINKS = text(en="nothing: every question is asked of everybody", zh="无：所有题目对所有对象提问")

HOW_WORDS: dict[str, Text] = {
    "show_if": text(en="asked or not", zh="是否提问"),
    "na_when": text(en="applicable or not", zh="是否适用"),
    "scale_when": text(en="which scale", zh="采用何种标尺"),
    "suits": text(en="measure suits", zh="措施是否适合"),
    "unsuits": text(en="measure does not suit", zh="措施是否不适合"),
    "when": text(en="check", zh="一致性检查"),
    "needs": text(en="prerequisite of", zh="前置措施"),
}


def logic_lines(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Tell the logic of a questionnaire."""
    yield from _figures(questionnaire, language)
    yield ""
    yield tell(GRAPH, language)
    yield from _graph(questionnaire, language)
    yield ""
    yield tell(MEASURES, language)
    for id, measure in questionnaire.countermeasures.items():
        yield f"  {tell(measure.title, language)} [{id}]"
        yield from (f"    {line}" for line in measure_lines(measure, questionnaire, language))


def _figures(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    found, time = way(questionnaire), effort(questionnaire, language)
    yield tell(
        WAYS,
        language,
        least=found.least,
        most=found.most,
        all=len(questionnaire.questions),
        unsure="" if found.exact else tell(UNSURE, language),
        facts=len(questionnaire.facts),
    )
    minutes = {"minutes": time.minutes, "reading": time.reading, "answering": time.answering}
    yield tell(TIME, language, **{name: number(value, 0) for name, value in minutes.items()})
    worst = [f"{id} ({number(value)})" for id, value in hardest(questionnaire, language)]
    grade = number(mean_grade(questionnaire, language))
    yield tell(READING, language, grade=grade, hardest=("、" if language == "zh" else ", ").join(worst))


def _graph(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Draw a tree: each fact or question that decides something, and below it what it decides about."""
    found = [link for link in links(questionnaire) if link.how != "lifts"]
    colon = "：" if language == "zh" else ": "
    if not found:
        yield "  " + tell(NO_LINKS, language)
    for subject in dict.fromkeys(link.subject for link in found):
        yield f"  {_title(questionnaire, subject, language)} [{subject}]"
        mine = [link for link in found if link.subject == subject]
        for index, link in enumerate(mine):
            branch = "└─" if index == len(mine) - 1 else "├─"
            title = f"{_title(questionnaire, link.to, language)} [{link.to}]"
            yield f"  {branch} {tell(HOW_WORDS[link.how], language)}{colon}{title}"


def _title(questionnaire: Questionnaire, id: str, language: str) -> str:
    if id in questionnaire.countermeasures:
        return tell(questionnaire.countermeasures[id].title, language)
    if id in questionnaire.facts:
        return tell(questionnaire.facts[id].text, language)
    return id if id in questionnaire.checks else tell(title_of(questionnaire, id), language)


def measure_lines(measure: Countermeasure, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Say which scores and facts make a measure appear."""
    joint = "、" if language == "zh" else ", "
    dimensions = joint.join(tell(title_of(questionnaire, id), language) for id in measure.lifts)
    yield tell(BELOW, language, line=plain_number(measure.when_below), dimensions=dimensions)
    for words, condition in ((SUITS, measure.suits), (UNSUITS, measure.unsuits)):
        if condition is not None:
            yield tell(words, language, condition=condition_words(condition, questionnaire, language))
    if measure.needs:
        needs = joint.join(tell(questionnaire.countermeasures[id].title, language) for id in measure.needs)
        yield tell(NEEDS, language, needs=needs)


def logic_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """Give the logic for machines."""
    found = way(questionnaire)
    return {
        "questionnaire": questionnaire.id,
        "questions": {
            "all": len(questionnaire.questions),
            "least": found.least,
            "most": found.most,
            "exact": found.exact,
        },
        "minutes": {language: effort(questionnaire, language).minutes for language in questionnaire.languages},
        "reading": {language: mean_grade(questionnaire, language) for language in questionnaire.languages},
        "links": [_row(link) for link in links(questionnaire)],
    }


def _row(link: Link) -> dict[str, str]:
    return {"from": link.subject, "kind": link.kind, "to": link.to, "how": link.how}
