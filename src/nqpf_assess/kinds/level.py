"""Kind `level`: how far something has come, by anchors that two readers read alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from nqpf_assess.kinds.editions import BY_WORDS, Carried, KeyChange, matching, reworded
from nqpf_assess.kinds.figures import digits, read_number
from nqpf_assess.kinds.flaw import Flaw, span_flaws
from nqpf_assess.kinds.kind import STATES_FIT, AnswerChoice, Fault, Here, Kind, Refusal, Typed, Value, below
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.migration import Grade
from nqpf_assess.model.questionnaire import LevelKeys, QuestionBase

WANTS_LEVEL = _("a whole number from 0 to {last}, the level")
NO_MARKS = _("Write the number without quotation marks.")
PROMPT = _("Type a level from 0 to {last}")
WANT = _("Please type a level from 0 to {last}.")
SHORT = _("level {level}")
FULL = _("level {level}: {words}")
EARNS = _("level {level} of {last} earns {score}")

NO_LEVEL = _("level {level} is gone")
REWORDED = _("level {level} reads otherwise now: “{before}” became “{after}”")
LEVEL_NEW = _("level {level} is new")
LEVELS_MOVED = _("levels have other numbers now, by their words")
LEVEL_REWORDED = _("level {level} reads otherwise")
LEVEL_WORDING = _("level {level}: worded otherwise")
LEVEL_SCORE = _("level {level} earns another score")
LEVEL_GONE = _("level {level} is gone")
LEVEL_FINDING = _("level {level}: what a report says of it changed")


class LevelKind(Kind[LevelKeys]):
    """Its value is the number of the level, 0 the first."""

    name = "level"
    entry = "choose"
    ordered = True
    operators = ("at_least", "at_most", *STATES_FIT)
    minutes = Decimal("0.5")

    def read(self, asked: LevelKeys, raw: Raw) -> Value | Fault:
        if isinstance(raw, int) and 0 <= raw < len(asked.levels):
            return raw
        advice = NO_MARKS if isinstance(raw, str) else None
        return Fault(fill(WANTS_LEVEL, last=len(asked.levels) - 1), advice=advice)

    def typed(self, asked: LevelKeys, line: str) -> Typed[Any] | Refusal | None:
        picked = digits(line)
        if picked is not None and len(picked) == 1 and picked[0] < len(asked.levels):
            return Typed(picked[0])
        return Refusal(fill(WANT, last=len(asked.levels) - 1))

    def cell(self, asked: LevelKeys, cell: object) -> Raw:
        number = read_number(cell)
        if number is None or abs(number) >= 100 or number != int(number):
            return super().cell(asked, cell)
        return int(number)

    def score(self, asked: LevelKeys, value: Value, here: Here) -> float:
        assert isinstance(value, int)
        return level_scores(asked)[value]

    def reach(self, asked: LevelKeys, here: Here) -> tuple[float, float]:
        scores = level_scores(asked)
        return min(scores), max(scores)

    def steps(self, asked: LevelKeys, value: Value, here: Here) -> Sequence[float]:
        return level_scores(asked)

    def goal(
        self, asked: LevelKeys, value: Value, here: Here, *, score: float, target: float, points: Decimal
    ) -> Value | None:
        """Return the least level with such a score, else the next one."""
        assert isinstance(value, int)
        wanted, scores = min(target, score + float(points)), level_scores(asked)
        if not below(score, wanted):
            return None
        enough = (level for level, earned in enumerate(scores) if level > value and not below(earned, wanted))
        return next(enough, value + 1 if value + 1 < len(scores) else None)

    def reason(
        self,
        asked: LevelKeys,
        value: Value,
        here: Here,
    ) -> tuple[Text, Mapping[str, Any]]:
        return EARNS, {"level": value, "last": len(asked.levels) - 1}

    def evidence_limit(self, asked: LevelKeys) -> int:
        return len(asked.levels) - 1

    def evidence_reached(self, asked: LevelKeys, value: Value, score: float) -> float:
        assert isinstance(value, int)
        return float(value)

    def choices(self, asked: LevelKeys) -> tuple[AnswerChoice, ...]:
        return tuple(AnswerChoice(number, number, level.words) for number, level in enumerate(asked.levels))

    def prompt(self, asked: LevelKeys) -> Text:
        return fill(PROMPT, last=len(asked.levels) - 1)

    def wants(self, asked: LevelKeys) -> Text:
        return fill(WANTS_LEVEL, last=len(asked.levels) - 1)

    def limits(self, asked: LevelKeys) -> tuple[Value, Value]:
        return 0, len(asked.levels) - 1

    def bare(self, asked: LevelKeys, value: Value, language: str) -> str:
        return str(value)

    def short(self, asked: LevelKeys, value: Value, language: str) -> str:
        return tell(SHORT, language, level=value)

    def full(self, asked: LevelKeys, value: Value, language: str) -> str:
        assert isinstance(value, int)
        return tell(FULL, language, level=value, words=tell(asked.levels[value].words, language))

    def anchor(self, asked: LevelKeys, value: Value) -> tuple[int, int, Text]:
        assert isinstance(value, int)
        return value, len(asked.levels) - 1, asked.levels[value].words

    def finding(self, asked: LevelKeys, value: Value, language: str) -> str:
        assert isinstance(value, int)
        level = asked.levels[value]
        return tell(level.finding or level.words, language)

    def operand(self, asked: LevelKeys, operand: object, language: str) -> str:
        assert isinstance(operand, Decimal)
        return tell(SHORT, language, level=plain_number(operand))

    def stand_ins(self, asked: LevelKeys, compared: Sequence[Comparison]) -> Iterable[Value]:
        return range(len(asked.levels))

    def xlsform_type(self, id: str) -> str:
        return f"select_one {id}"

    def carry(self, before: LevelKeys | None, after: LevelKeys, carried: Carried) -> Carried:
        """Find the level again by its words."""
        level = carried.raw
        if before is None or not isinstance(level, int) or not 0 <= level < len(before.levels):
            return carried
        olds, news = ([row.words for row in asked.levels] for asked in (before, after))
        found = matching(olds, news)
        now = found[level]
        if now is None:
            if level >= len(news) or level in found:
                return carried.lose(fill(NO_LEVEL, level=level))
            return carried.ask(reworded(REWORDED, olds[level], news[level], level=level))
        if now == level:
            return carried
        exact = olds[level] == news[now]
        return carried.rewrite(now, fill(BY_WORDS, old=str(level), new=str(now)), confirm=not exact)

    def changes(self, key: str, before: LevelKeys, after: LevelKeys, *, scored: bool) -> Iterator[KeyChange] | None:
        return self._level_changes(before, after, scored=scored) if key == "levels" else None

    def _level_changes(self, before: LevelKeys, after: LevelKeys, *, scored: bool) -> Iterator[KeyChange]:
        olds, news = ([row.words for row in asked.levels] for asked in (before, after))
        found = matching(olds, news)
        moved = {level: now for level, now in enumerate(found) if now is not None and now != level}
        if moved:
            values = ", ".join(map(str, moved.keys())), ", ".join(map(str, moved.values()))
            yield KeyChange("convert", LEVELS_MOVED, values, "scores")
        for level, now in enumerate(found):
            if now is not None:
                if olds[level] != news[now]:
                    grade: Grade = "safe" if now == level else "confirm"
                    yield KeyChange(grade, fill(LEVEL_WORDING, level=level), (olds[level], news[now]))
            elif level >= len(news) or level in found:
                yield KeyChange("loss", fill(LEVEL_GONE, level=level), (olds[level], None), "scores")
            else:
                yield KeyChange("confirm", fill(LEVEL_REWORDED, level=level), (olds[level], news[level]))
        for level, words in enumerate(news):
            if level not in found and (level >= len(olds) or found[level] is not None):
                yield KeyChange("confirm", fill(LEVEL_NEW, level=level), (None, words), "scores")
        for level, now in enumerate(found):
            if now is None:
                continue
            old, new = before.levels[level], after.levels[now]
            if scored and old.score != new.score:
                yield KeyChange("confirm", fill(LEVEL_SCORE, level=level), (old.score, new.score), "scores")
            if old.finding != new.finding:
                yield KeyChange("safe", fill(LEVEL_FINDING, level=level), (old.finding, new.finding))

    def flaws(self, asked: LevelKeys) -> Iterator[Flaw]:
        if not isinstance(asked, QuestionBase):
            return
        yield from span_flaws(("levels",), *self.reach(asked, Here()))
        for number, (lower, upper) in enumerate(pairwise(level_scores(asked)), start=1):
            if upper < lower:
                yield Flaw("levels_fall", ("levels", number, "score"), {"level": number, "score": f"{upper:g}"})


def level_scores(asked: LevelKeys) -> tuple[float, ...]:
    """Return each level's score: its own, else 100 × level / last level."""
    last = len(asked.levels) - 1
    return tuple(
        100.0 * number / last if level.score is None else float(level.score)
        for number, level in enumerate(asked.levels)
    )
