"""The figures of a countermeasure's KPI: where its question stands now, and how far the measure may bring it."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Any

from nqpf_assess.engine.arithmetic import below
from nqpf_assess.engine.instrument import level_scores
from nqpf_assess.engine.phrasing import value_as_written
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed, applying_curve
from nqpf_assess.engine.values import Value
from nqpf_assess.locale import Text
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyQuestion, Countermeasure
from nqpf_assess.model.scorecard import KpiFigures

Points = Sequence[tuple[Decimal, Decimal]]

EVERYWHERE = (Decimal("-Infinity"), Decimal("Infinity"))
NO_KPI_FIGURES = KpiFigures()


def kpi_figures(assessed: Assessed, measure: Countermeasure) -> KpiFigures:
    """Return where the KPI's question stands now, and the goal: what its answer would be with the measure's points.

    The goal scores min(target of the dimension, score + points the measure can add there); None where the question is
    unanswered, or the goal is reached already.
    """
    id = measure.kpi_question
    if id is None:
        return NO_KPI_FIGURES
    instrument, view = assessed.instrument, assessed.view
    question, seen = instrument.questionnaire.questions[id], view.questions[id]
    leaf = assessed.leaves[instrument.place[id]]
    if not leaf.answered or seen.value is None:
        return KpiFigures(id)
    raw = assessed.answers.answers[id].value
    target = dimension_targets(instrument, assessed.rubric)[instrument.place[question.dimension]]
    points = Decimal(measure.lifts.get(question.dimension, 0))
    goal: Value | None = None
    curve = applying_curve(instrument, id, view)
    if curve is not None and isinstance(seen.value, Decimal):
        decimals = getattr(question, "decimals", None)
        wanted = min(_exact(target), score_on(curve.points, seen.value) + points)
        goal = figure_scoring(
            curve.points,
            seen.value,
            wanted,
            range_=getattr(question, "range", EVERYWHERE),
            decimals=_typed_decimals(seen.value) if decimals is None else decimals,
        )
    elif (wanted_score := min(target, leaf.score + float(points))) and below(leaf.score, wanted_score):
        goal = next_answer(question, seen.value, leaf.score, wanted_score)
    shown: list[Text] = [
        {language: value_as_written(question, value, language) for language in instrument.questionnaire.languages}
        if value is not None
        else {}
        for value in (seen.value, goal)
    ]
    now = ";".join(raw) if isinstance(raw, tuple) else str(raw).strip()
    return KpiFigures(id, now, None if goal is None else _in_file(question, goal), *shown)


def _in_file(question: AnyQuestion, value: Value) -> str:
    if isinstance(value, frozenset):
        return ";".join(option for option in getattr(question, "options", ()) if option in value)
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def _exact(score: float) -> Decimal:
    """Take a computed score for the decimal it stands for: the digits that floating point can vouch for."""
    return Decimal(repr(round(score, 10)))


def _typed_decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def score_on(points: Points, x: Decimal) -> Decimal:
    """Compute the score of a figure on a scale, exactly."""
    if x <= points[0][0]:
        return points[0][1]
    for (before, low), (after, high) in pairwise(points):
        if x <= after:
            return low + (high - low) * (x - before) / (after - before)
    return points[-1][1]


def figure_scoring(
    points: Points, now: Decimal, wanted: Decimal, *, range_: tuple[Decimal, Decimal], decimals: int
) -> Decimal | None:
    """Return the nearest figure, in the direction that raises the score, at which a scale gives the wanted score.

    It is rounded to `decimals` away from `now`, and lies within the range. Where the scale never gives so much in that
    direction, it is where it gives most. None where the score is reached already or no direction raises it.
    """
    start = score_on(points, now)
    if start >= wanted - Decimal("1e-9"):
        return None
    found: list[Decimal] = []
    for direction in (1, -1):
        ahead = [point for point in points if (point[0] - now) * direction > 0]
        at, score, best = now, start, (start, now)
        for x, y in ahead if direction > 0 else reversed(ahead):
            if y < score and best[0] == start:
                break  # the score falls first: this is not the direction that raises it
            if y >= wanted:
                found.append(at + (wanted - score) * (x - at) / (y - score))
                break
            at, score, best = x, y, max(best, (y, x), key=lambda reached: reached[0])
        else:
            if best[0] > start:
                found.append(best[1])
    if not found:
        return None
    goal = min(found, key=lambda x: abs(x - now))
    quantum = Decimal(1).scaleb(-decimals)
    exact = goal.quantize(quantum.scaleb(-6), rounding=ROUND_HALF_EVEN)
    rounded = exact.quantize(quantum, rounding=ROUND_CEILING if goal > now else ROUND_FLOOR)
    low, high = range_
    within = min(max(rounded, low), high)
    return None if within == now else within


def next_answer(question: AnyQuestion, value: Value, score: float, wanted: float) -> Value | None:
    """Return the answer that would come next on the way to a score.

    Level: the least with such a score, else the next one; one option: the next better one; several: one more of them,
    the one that adds least, which does not exclude others.
    """
    options: Mapping[str, Any] = getattr(question, "options", {})
    match value:
        case int():
            scores = level_scores(question)  # type: ignore[arg-type]
            enough = (level for level, earned in enumerate(scores) if level > value and not below(earned, wanted))
            return next(enough, value + 1 if value + 1 < len(scores) else None)
        case str():
            better = {id: float(option.score) for id, option in options.items() if below(score, float(option.score))}
            return min(better, key=lambda id: better[id], default=None)
        case frozenset():
            kept = frozenset(id for id in value if not options[id].exclusive)
            held = sum(float(options[id].score) for id in kept)
            more = {
                id: min(100.0, held + float(option.score))
                for id, option in options.items()
                if not option.exclusive and id not in value
            }
            rising = {id: earned for id, earned in more.items() if below(score, earned)}
            added = min(rising, key=lambda id: rising[id], default=None)
            return None if added is None else kept | {added}
        case _:
            return None
