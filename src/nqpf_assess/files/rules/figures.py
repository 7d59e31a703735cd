"""Do levels, options, scales and ranges make sense, and can every score from 0 to 100 be reached?"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nqpf_assess.engine.instrument import level_scores, reachable
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.locale import _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import (
    AnyAsked,
    LevelKind,
    LevelQuestion,
    MultiQuestion,
    NumberKind,
    NumberQuestion,
    SingleQuestion,
)

Points = Sequence[tuple[Decimal, Decimal]]


def _asked(subject: QuestionnaireSubject) -> Iterator[tuple[Path, AnyAsked]]:
    """Give the facts and questions of whose measure something can be concluded."""
    for table in ("facts", "questions"):
        for id, asked in getattr(subject.value, table).items():
            if (table, id) not in subject.shaky:
                yield (table, id), asked


def _numbers(subject: QuestionnaireSubject) -> Iterator[tuple[Path, NumberKind]]:
    return ((path, asked) for path, asked in _asked(subject) if isinstance(asked, NumberKind))


def _scales(path: Path, asked: NumberKind) -> Iterator[tuple[Path, Points]]:
    yield (*path, "scale"), getattr(asked, "scale", ())
    for index, case in enumerate(getattr(asked, "scale_when", ())):
        yield (*path, "scale_when", index, "scale"), case.scale


def _every_scale(subject: QuestionnaireSubject) -> Iterator[tuple[Path, Points]]:
    for path, asked in _numbers(subject):
        yield from _scales(path, asked)


def levels_fall(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find a level that earns less than the one below it."""
    for path, asked in _asked(subject):
        if isinstance(asked, LevelQuestion):
            for number, (lower, upper) in enumerate(pairwise(level_scores(asked)), start=1):
                if upper < lower:
                    yield Finding((*path, "levels", number, "score"), {"level": number, "score": f"{upper:g}"})


def scale_disorder(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find points of a scale whose values do not rise."""
    for path, points in _every_scale(subject):
        for index, ((before, _low), (value, _high)) in enumerate(pairwise(points), start=1):
            if value <= before:
                yield Finding((*path, index, 0), {"x": plain_number(value)})


def scale_score(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find points of a scale whose score lies outside 0 to 100."""
    for path, points in _every_scale(subject):
        for index, (_value, score) in enumerate(points):
            if not 0 <= score <= 100:
                yield Finding((*path, index, 1), {"score": plain_number(score)})


def range_disorder(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find a range or usual range that begins above its end."""
    for path, asked in _numbers(subject):
        if asked.range[0] >= asked.range[1]:
            yield Finding((*path, "range"), {"name": "range"})
        if asked.usual and asked.usual[0] > asked.usual[1]:
            yield Finding((*path, "usual"), {"name": "usual"})


def _in_order(asked: NumberKind) -> bool:
    return asked.range[0] < asked.range[1]


def usual_outside(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find a usual range that reaches outside the range."""
    for path, asked in _numbers(subject):
        for index, bound in enumerate(asked.usual or ()):
            if _in_order(asked) and not asked.range[0] <= bound <= asked.range[1]:
                yield Finding((*path, "usual", index), {"value": plain_number(bound), **_bounds(asked)})


def _bounds(asked: NumberKind) -> dict[str, object]:
    return {"low": plain_number(asked.range[0]), "high": plain_number(asked.range[1])}


def benchmark_outside(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find a benchmark that nobody could type as an answer."""
    for path, asked in _numbers(subject):
        for index, benchmark in enumerate(asked.benchmarks):
            if _in_order(asked) and not asked.range[0] <= benchmark.value <= asked.range[1]:
                values = {"value": plain_number(benchmark.value), **_bounds(asked)}
                yield Finding((*path, "benchmarks", index, "value"), values)


def evidence_level(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find an evidence threshold that no answer reaches."""
    for path, asked in _asked(subject):
        threshold = getattr(asked, "evidence_from", None)
        if threshold is not None:
            most = len(asked.levels) - 1 if isinstance(asked, LevelKind) else 100
            if not 0 <= threshold <= most:
                yield Finding((*path, "evidence_from"), {"value": plain_number(threshold), "most": most})


def score_unreachable(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find levels, options and scales with which 0 or 100 cannot be reached."""
    for path, asked in _asked(subject):
        if isinstance(asked, LevelQuestion | SingleQuestion | MultiQuestion):
            key = "levels" if isinstance(asked, LevelQuestion) else "options"
            yield from _span((*path, key), *reachable(asked))
        elif isinstance(asked, NumberQuestion):
            for place, points in _scales(path, asked):
                yield from _span(place, *_reached(points, asked))


def _reached(points: Points, asked: NumberKind) -> tuple[float, float]:
    """Give the least and greatest score of a scale for the values that may be typed."""
    low, high = (float(bound) for bound in asked.range)
    rising = all(left < right for (left, _), (right, _) in pairwise(points))
    if not rising or low >= high:
        scores = [float(score) for _, score in points]
    else:
        inside = [float(score) for value, score in points if low <= value <= high]
        scores = [_score(points, low), *inside, _score(points, high)]
    return min(scores), max(scores)


def _score(points: Points, value: float) -> float:
    """Give the score of a value: straight lines between the points, flat outside."""
    places = [(float(x), float(y)) for x, y in points]
    for (x, y), (following, score) in pairwise(places):
        if x <= value <= following:
            return y + (score - y) * (value - x) / (following - x)
    return places[0][1] if value < places[0][0] else places[-1][1]


def _span(path: Path, low: float, high: float) -> Iterable[Finding]:
    if low > 1e-9 or high < 100 - 1e-9:
        yield Finding(path, {"low": f"{low:g}", "high": f"{high:g}"}, at="key")


FIGURE_RULES = (
    Rule(
        "levels_fall",
        "error",
        _("level {level} earns {score}, less than the level below it"),
        _("Scores of levels may stay or rise, never fall."),
        levels_fall,
    ),
    Rule(
        "scale_disorder",
        "error",
        _("the scale's value {x} does not rise above the one before"),
        _("Order the points by value, each value once."),
        scale_disorder,
    ),
    Rule(
        "scale_score",
        "error",
        _("a scale's score is {score}, but must be from 0 to 100"),
        _("Change the score of this point."),
        scale_score,
    ),
    Rule(
        "range_disorder",
        "error",
        _("“{name}” begins above or at its end"),
        _("Write the lower bound first."),
        range_disorder,
    ),
    Rule(
        "usual_outside",
        "error",
        _("{value} in “usual” lies outside the range {low} to {high}"),
        _("What is usual must be possible: narrow it or widen the range."),
        usual_outside,
    ),
    Rule(
        "benchmark_outside",
        "warning",
        _("the benchmark {value} lies outside the range {low} to {high}"),
        _("Check its unit, or widen the range."),
        benchmark_outside,
    ),
    Rule(
        "evidence_level",
        "error",
        _("“evidence_from” is {value}, but must be from 0 to {most}"),
        _("Give a level of the question, or a score."),
        evidence_level,
    ),
    Rule(
        "score_unreachable",
        "warning",
        _("only scores from {low} to {high} can be reached here"),
        _("The worst answer should give 0 and the best 100; of a scale only values inside “range” count."),
        score_unreachable,
    ),
)
