"""How figures and states are written for people, in every language: the one place that rounds."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.states import View
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import grouped, with_unit
from nqpf_assess.locale import Text, _, _c, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Origin
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.scorecard import NodeScore, Overall
from nqpf_assess.model.weights import Band

NO_FIGURE = "–"
"""Stands where there is no figure."""

WHAT_TO_DO = _("What to do")
"""Stands before what a measure asks for."""

NEW_FORCES = ("new quality productive forces", "新质生产力")
"""What the shipped questionnaires ask about, as their titles say."""

QUICK_SCREENING = _("This is a quick screening: only the core questions were asked.")
"""Stands beside a score, and beside what is answered of it: all of a part is not all."""


SET_ASIDE = _n(
    "{count} question was set aside as not applicable by whoever answered, and counts for nothing.",
    "{count} questions were set aside as not applicable by whoever answered, and count for nothing.",
)
"""Stands beside how much is answered, which leaves such questions out."""

DIFFERING = _("On {count} of the answers those who were asked differed, and nobody has answered anew since.")
"""Stands beside what came of merged answers."""


def asks_about_new_forces(questionnaire: Questionnaire) -> bool:
    """Return whether a questionnaire says by its title that it asks about new quality productive forces."""
    return any(named in title.casefold() for title in questionnaire.title.values() for named in NEW_FORCES)


STATE_WORDS: dict[str, Text] = {
    "answered": _("answered"),
    "dk": _("don't know"),
    "later": _("put off"),
    "blank": _("not answered"),
    "na": _("not applicable"),
    "hidden": _("not asked"),
    "scored": _("scored"),
    "no_score": _("no score: too little answered"),
    "not_assessed": _("not assessed"),
}
YEAR_MISSING = _("answered, but the year is missing")

LEVEL_WORDS: dict[str, Text] = {
    "pillar": _("pillar"),
    "dimension": _("dimension"),
    "question": _("question"),
}

HORIZON_WORDS: dict[str, Text] = {
    "short": _("within 1 year"),
    "medium": _("1 to 3 years"),
    "long": _("3 to 5 years"),
}

TIER_WORDS: dict[str, Text] = {
    "county": _("county"),
    "city": _("prefecture"),
    "province": _("province"),
    "state": _("central government"),
    "firm": _("the firm itself"),
}

CONFIDENCE_WORDS: dict[str, Text] = {
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
}

ORIGIN_WORDS: dict[str, Text] = {
    "xlsx": _("an Excel form"),
    "kobo": _("a Kobo submission"),
    "odk": _("an ODK submission"),
    "statistics": _("a statistics sheet"),
    "json": _("a JSON file"),
    "csv": _("a data table"),
}
"""What a value was imported from."""

TAKEN_FROM = _("Taken from {what}{where}.")

GRADES = (
    _("extreme imbalance"),
    _("serious imbalance"),
    _("moderate imbalance"),
    _("slight imbalance"),
    _("on the verge of imbalance"),
    _("barely coordinated"),
    _("primary coordination"),
    _("intermediate coordination"),
    _("good coordination"),
    _("high-quality coordination"),
)
"""The customary ten grades of coordination, from the lowest."""

STAYS_WORDS: dict[str, Text] = {
    "always": _("always"),
    "sometimes": _("sometimes"),
    "never": _("never"),
}


ALIKE = 0.05
"""Points within which two scores are printed alike."""


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


def difference(before: float | None, after: float | None) -> float | None:
    """Return the change between two figures as they are printed beside it, to one decimal; None where one is missing.

    Of three figures that belong together (before, after and change; score, target and gap) two are rounded, and the
    third is what the printed two give: whoever checks it by hand finds it right. Nothing is computed from it.
    """
    return None if before is None or after is None else float(rounded(after) - rounded(before))


def raised_by(before: float | None, gain: float | None) -> float | None:
    """Return where a gain leads as the two are printed: of what is to come, the end is the third figure."""
    return None if before is None or gain is None else float(rounded(before) + rounded(gain))


def gap_in_parts(overall: Overall) -> tuple[float | None, float | None, float | None]:
    """Return the gap to the target as printed, what is short and what is ahead; the two give the gap if means let them.

    Where nothing is short, what is ahead gives way to the rounding.
    """
    gap, surplus = difference(overall.uncapped, overall.target), overall.surplus
    if gap is None or surplus is None or not adds_up(overall):
        return gap, overall.shortfall, surplus
    short = float(rounded(surplus)) + gap
    nothing = short < 0 or (overall.shortfall or 0.0) < TOLERANCE
    return (gap, 0.0, -gap) if nothing else (gap, short, surplus)


GAPS_UNSCORED = _(
    "The dimensions below their targets lie in pillars without a score and count for nothing in the total yet; by "
    "their weights those above theirs are {surplus} points ahead."
)
"""Stands in place of a shortfall of 0.0, which would be said of gaps of any size."""


def adds_up(overall: Overall) -> bool:
    """Return whether the gap is what is short less what is ahead, as it is where all means are arithmetic."""
    return abs((overall.shortfall or 0.0) - (overall.surplus or 0.0) - (overall.gap or 0.0)) < ADDED_UP


ADDED_UP = 1e-6
"""Points that rounding in between may take from such a sum."""


def percent(share: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a share of 1 as a percentage."""
    return NO_FIGURE if share is None else number(share * 100, decimals, signed=signed) + "%"


def apart(value: float | None, *lines: float | None, decimals: int = 1) -> str:
    """Write a figure with the decimals that tell it from each line it does not meet: below 40.0 there is no 40.0.

    For sentences that say on which side it lies; in columns and charts every figure has one decimal.
    """
    if value is None:
        return NO_FIGURE
    unlike = [line for line in lines if line is not None and abs(line - value) > TOLERANCE]
    telling = (d for d in range(decimals, 10) if all(rounded(value, d) != rounded(line, d) for line in unlike))
    return number(value, next(telling, decimals))


def banded(score: float | None, bands: Mapping[str, Band], *lines: float | None) -> str:
    """Write a score that stands beside its band: not as the line of a band that it does not reach."""
    begins = [float(band.from_) for band in bands.values()]
    return apart(score, *(line for line in begins if score is not None and score < line), *lines)


def percent_apart(share: float | None, *lines: float, decimals: int = 0) -> str:
    """Write a share with the decimals that tell it from each share it does not meet, as the least that is needed."""
    return NO_FIGURE if share is None else apart(share * 100, *(line * 100 for line in lines), decimals=decimals) + "%"


def covered(coverage: float | None, *least: float) -> str:
    """Write what is answered: 100% only where nothing is open, 0% where nothing is, what is needed where it is met."""
    return percent_apart(coverage, 0.0, 1.0, *least)


def span(low: float | None, high: float | None) -> str:
    """Write a range."""
    if low is None or high is None:
        return NO_FIGURE
    ends = dict.fromkeys((number(low), number(high)))
    return "–".join(ends)


RANGE_OUTSIDE = _(
    "Once everything is answered the score will lie between {low} and {high}; that of today leaves out the dimensions "
    "of which too little is answered."
)
NOTE_OUTSIDE = _(
    "A score leaves out the dimensions of which too little is answered, its range counts them; so it may lie "
    "outside, as here for {names}."
)


def outside(figures: NodeScore | Overall) -> bool:
    """Return whether a score lies outside its range, which counts the dimensions that the score leaves out."""
    if figures.score is None:
        return False
    low, high = figures.low or 0.0, figures.high or 0.0
    return not low - TOLERANCE <= figures.score <= high + TOLERANCE


def stretches(numbers: Iterable[int]) -> list[str]:
    """Write rising numbers with those that follow each other drawn together: “2”, “4–7”."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [f"{some[0]}–{some[-1]}" if len(some) > 1 else str(some[0]) for some in found]


def unit_of(asked: AnyAsked, language: str) -> str:
    """Return a figure's unit in one language, "" where it has none."""
    return kind_of(asked).unit(asked, language)


def answer(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Write an answer as people read it: a figure with its unit, a level with its number, options in words.

    What a state stands over is no answer, though its value is kept.
    """
    asked = questionnaire.asked[id]
    seen, kind = view.seen(id), kind_of(asked)
    if seen.value is not None:  # blank: a day without its year
        unsure = seen.state == "dk" and kind.unknown(asked, seen.value)  # an option says so itself
        if seen.state in ("answered", "blank") or unsure:
            return kind.full(asked, seen.value, language)
    return tell(STATE_WORDS[seen.state], language)


def origin(found: Origin, language: str) -> str:
    """Write where a value was imported from, as a sentence: kind of source, file, place in it, day."""
    words = grammar(language)
    parts = [" ".join(part.split()) for part in (found.file or "", found.place or "")]
    if found.at is not None:
        parts.append(words.date(found.at.year, found.at.month, found.at.day))
    where = words.join(part for part in parts if part)
    return tell(
        TAKEN_FROM,
        language,
        what=ORIGIN_WORDS[found.kind],
        where=words.bracketed(where) if where else "",
    )


def benchmark(value: Decimal, unit: str) -> str:
    """Write a benchmark's value in the unit that is asked for."""
    return with_unit(grouped(plain_number(value)), unit)


# ── Rounded parts that add up ──


def adding_up(whole: float, parts: Sequence[float]) -> tuple[float, ...]:
    """Round parts to tenths that sum to the rounded whole; the parts that lie nearest to the other side give way.

    Largest remainders; no part moves by a full unit of the last digit or more.
    """
    unit = Decimal("0.1")
    found = [rounded(part) for part in parts]
    missing = int((rounded(whole) - sum(found, Decimal(0))) / unit)
    step = unit.copy_sign(missing)
    lost = sorted(range(len(parts)), key=lambda i: -(Decimal(repr(parts[i])) - found[i]) * (1 if missing > 0 else -1))
    for index in lost[: abs(missing)]:
        found[index] += step
    return tuple(float(part) for part in found)


def period_in_sentence(period: str, language: str) -> str:
    """Write a period as it stands within a sentence: a year as a year."""
    return (
        tell(_c("a year in a sentence", "{year}"), language, year=period)
        if period.isascii() and period.isdigit()
        else period
    )
