"""How figures and states are written for people, in both languages: the one place that rounds."""

from decimal import ROUND_HALF_UP, Decimal

from nqpf_assess.engine.checks import answer_shown
from nqpf_assess.engine.conditions import View
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, NumberKind, Questionnaire
from nqpf_assess.model.text import Text, tell, text

NO_FIGURE = "–"
"""Stands where there is no figure."""

STATE_WORDS: dict[str, Text] = {
    "answered": text(en="answered", zh="已答"),
    "dk": text(en="don't know", zh="不清楚"),
    "later": text(en="put off", zh="稍后填写"),
    "blank": text(en="not answered", zh="未答"),
    "na": text(en="not applicable", zh="不适用"),
    "hidden": text(en="not asked", zh="未询问"),
    "scored": text(en="scored", zh="已评分"),
    "no_score": text(en="no score: too little answered", zh="未评分：作答不足"),
    "not_assessed": text(en="not assessed", zh="不评估"),
}

LEVEL_WORDS: dict[str, Text] = {
    "pillar": text(en="pillar", zh="支柱"),
    "dimension": text(en="dimension", zh="维度"),
    "question": text(en="question", zh="题目"),
}

HORIZON_WORDS: dict[str, Text] = {
    "short": text(en="within 1 year", zh="1年以内"),
    "medium": text(en="1 to 3 years", zh="1—3年"),
    "long": text(en="3 to 5 years", zh="3—5年"),
}

TIER_WORDS: dict[str, Text] = {
    "county": text(en="county", zh="县级"),
    "city": text(en="city", zh="市级"),
    "province": text(en="province", zh="省级"),
    "state": text(en="central government", zh="国家"),
    "firm": text(en="the firm itself", zh="企业自身"),
}

CONFIDENCE_WORDS: dict[str, Text] = {
    "high": text(en="high", zh="高"),
    "medium": text(en="medium", zh="中"),
    "low": text(en="low", zh="低"),
}

STAYS_WORDS: dict[str, Text] = {
    "always": text(en="always", zh="始终"),
    "sometimes": text(en="sometimes", zh="有时"),
    "never": text(en="never", zh="从不"),
}


def rounded(value: float, decimals: int = 1) -> Decimal:
    """Round half away from zero, after the digits that floating point cannot vouch for are dropped."""
    exact = Decimal(repr(round(value, 9)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: float | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Write a figure with a true minus sign; `signed` writes a plus as well."""
    if value is None:
        return NO_FIGURE
    shown = rounded(value, decimals)
    shown = shown if shown else abs(shown)
    plus = "+" if signed and shown > 0 else ""
    return plus + f"{shown:,f}".replace("-", "−")


def percent(share: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a share of 1 as a percentage."""
    return NO_FIGURE if share is None else number(share * 100, decimals, signed=signed) + "%"


def span(low: float | None, high: float | None) -> str:
    """Write a range."""
    if low is None or high is None:
        return NO_FIGURE
    ends = dict.fromkeys((number(low), number(high)))
    return "–".join(ends)


def unit_of(asked: AnyAsked, language: str) -> str:
    """Give a figure's unit in one language, "" where it has none."""
    unit = asked.unit if isinstance(asked, NumberKind) else None
    return unit if isinstance(unit, str) else tell(unit, language) if unit else ""


def with_unit(value: str, unit: str) -> str:
    """Put a unit behind a figure: close after it where it is a sign or Chinese, else with a space."""
    if not unit:
        return value
    return value + unit if unit[0] in "%‰°" or unit[0] >= "⺀" else f"{value} {unit}"


def answer(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Write an answer as people read it: a figure with its unit, a level with its number, options in words."""
    asked = questionnaire.questions.get(id) or questionnaire.facts[id]
    seen = view.questions.get(id) or view.facts[id]
    if seen.value is None or seen.state not in ("answered", "dk"):
        return tell(STATE_WORDS[seen.state], language)
    if seen.value == frozenset():
        return tell(NOTHING_TICKED, language)
    said = answer_shown(id, questionnaire, view, language)
    if isinstance(asked, LevelKind) and isinstance(seen.value, int):
        return tell(LEVEL_SHOWN, language, level=said, words=tell(asked.levels[seen.value].words, language))
    return with_unit(grouped(said), unit_of(asked, language)) if isinstance(asked, NumberKind) else said


NOTHING_TICKED = text(en="nothing ticked", zh="均未勾选")
LEVEL_SHOWN = text(en="level {level}: {words}", zh="第{level}级：{words}")


def grouped(typed: str) -> str:
    """Write a typed decimal with thousands marks and a true minus, all its digits kept."""
    whole, point, rest = typed.partition(".")
    return f"{int(whole):,}".replace("-", "−") + point + rest if whole.lstrip("-").isdigit() else typed


def benchmark(value: Decimal, unit: str) -> str:
    """Write a benchmark's value with its unit."""
    return with_unit(grouped(plain_number(value)), unit)
