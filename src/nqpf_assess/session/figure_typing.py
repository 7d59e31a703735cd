"""Benchmarks and scales as their author types them: what each field gives, or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_any_figure, read_year
from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import canonical
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import AnyAsked

NO_NUMBER = _("Please give a number.")
NO_YEAR = _("Please give the year.")
NO_SCOPE = _("Please say whose figure it is.")
NO_SOURCE = _("Please choose the source.")
NO_CONDITION = _("Please choose for whom this scale holds.")
NOT_POINTS = _("Write pairs such as 0:0, 0.5:20, 6:100.")
TOO_FEW = _("Please give two pairs at least.")
NOT_RISING = _("The figures before the colons must rise.")
NO_SCORE = _("The scores behind the colons lie between 0 and 100.")

Points = tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form gives. `value`: the entry as the file has it, None where a field is wrong; `troubles`: by field."""

    value: Mapping[str, object] | None
    troubles: Mapping[str, Text]


def typed_benchmark(
    asked: AnyAsked, languages: Sequence[str], typed: Mapping[str, str], *, source: str, confidence: str | None
) -> Filled:
    """Read a benchmark: `value`, `of-year` and whose it is as typed; the rest was chosen from lists."""
    value, year = kind_of(asked).typed(asked, typed["value"]), read_year(typed["of-year"])
    scope = {language: " ".join(typed.get(language, "").split()) for language in languages}
    troubles: dict[str, Text] = {language: NO_SCOPE for language, words in scope.items() if not words}
    for field, read, missing in (("value", value, NO_NUMBER), ("of-year", year, NO_YEAR)):
        if read is None or isinstance(read, Refusal):
            troubles[field] = read.why if isinstance(read, Refusal) else missing
    if not source:
        troubles["source"] = NO_SOURCE
    if troubles or not isinstance(value, Typed):
        return Filled(None, troubles)
    sure = {} if confidence is None else {"confidence": confidence}
    return Filled({"value": value.value, "year": year, **scope, "source": source, **sure}, {})


def typed_case(typed: str, when: AnyCondition | None) -> Filled:
    """Read a scale that holds under a condition."""
    read = typed_scale(typed)
    troubles = {"points": read.why} if isinstance(read, Refusal) else {}
    if when is None:
        troubles["when"] = NO_CONDITION
    return Filled(None if troubles else {"when": canonical(when), "scale": read}, troubles)


def typed_scale(typed: str) -> Points | Refusal:
    """Read a scale: two pairs of figure and score at least, the figures rising, the scores between 0 and 100."""
    found = points(typed)
    if found is None:
        return Refusal(NOT_POINTS)
    if len(found) < 2:
        return Refusal(TOO_FEW)
    if any(left >= right for (left, _), (right, _) in pairwise(found)):
        return Refusal(NOT_RISING)
    return found if all(0 <= score <= 100 for _, score in found) else Refusal(NO_SCORE)


def points(typed: str) -> Points | None:
    """Read pairs of numbers as typed: `0:0, 0.5:20, 6:100`; None where they are none."""
    found = []
    for part in re.split("[,，;；]", typed):
        left, _, right = part.replace("：", ":").partition(":")
        pair = read_any_figure(left), read_any_figure(right)
        if not isinstance(pair[0], Typed) or not isinstance(pair[1], Typed):
            return None
        found.append((pair[0].value, pair[1].value))
    return tuple(found)
