"""The first half of the oracle: answers as read, conditions upon them, scores of single questions (see `oracle`)."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

Plain = dict[str, Any]

EPSILON = Fraction(1, 10**9)


def below(figure: Any, limit: Any) -> bool:
    """Whether a computed figure is truly lower than another; closer than 1e-9 counts as equal."""
    return bool(figure < limit and limit - figure >= EPSILON)


def plain_figure(figure: Fraction) -> str:
    """A figure without exponent and without zeros at its end."""
    written = f"{Decimal(figure.numerator) / Decimal(figure.denominator):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


class World:
    """The answers as read: a state and a value for every fact and question, and conditions upon them."""

    def __init__(self, questionnaire: Plain, answers: Plain):
        self.questionnaire = questionnaire
        self.facts: Plain = questionnaire.get("facts", {})
        self.questions: Plain = questionnaire.get("questions", {})
        self.answers = answers
        self._states: dict[str, str] = {}

    def entry(self, id: str) -> Plain:
        table: dict[str, Plain] = self.answers.get("facts" if id in self.facts else "answers", {})
        return table.get(id, {})

    def asked(self, id: str) -> Plain:
        asked: Plain = self.facts[id] if id in self.facts else self.questions[id]
        return asked

    def value(self, id: str) -> Any:
        """The value in the file in the form of its kind, or None where nothing was said."""
        raw, asked = self.entry(id).get("value"), self.asked(id)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if asked["kind"] == "multi":
            if not raw and any(option.get("exclusive") for option in asked["options"].values()):
                return None
            return set(raw)
        return Fraction(raw.strip() if isinstance(raw, str) else raw) if asked["kind"] in ("number", "level") else raw

    def file_state(self, id: str) -> str:
        stated: str | None = self.entry(id).get("state")
        if stated in ("dk", "na", "later"):
            return stated
        return "blank" if self.value(id) is None else "answered"

    def fact_state(self, id: str) -> str:
        state, fact = self.file_state(id), self.facts[id]
        if state == "answered" and fact["kind"] in ("single", "multi"):
            value = self.value(id)
            ticked = value if isinstance(value, set) else {value}
            if any(fact["options"][option].get("unknown") for option in ticked):
                return "dk"
        return state

    def question_state(self, id: str) -> str:
        question = self.questions[id]
        if self.answers.get("mode") == "quick" and not question.get("core"):
            return "hidden"
        if "show_if" in question and self.holds(question["show_if"]) is not True:
            return "hidden"
        if "na_when" in question and self.holds(question["na_when"]) is True:
            return "na"
        return self.file_state(id)

    def state(self, id: str) -> str:
        if id not in self._states:
            self._states[id] = self.fact_state(id) if id in self.facts else self.question_state(id)
        return self._states[id]

    def holds(self, condition: Plain, dimension_scores: Plain | None = None) -> bool | None:
        """Kleene's three values of a condition: True, False, or None for unknown."""
        if "not" in condition:
            inner = self.holds(condition["not"], dimension_scores)
            return None if inner is None else not inner
        for group, decisive in (("all", False), ("any", True)):
            if group in condition:
                said = [self.holds(part, dimension_scores) for part in condition[group]]
                if decisive in said:
                    return decisive
                return None if None in said else not decisive
        return self._leaf(condition, dimension_scores or {})

    def _leaf(self, leaf: Plain, dimension_scores: Plain) -> bool | None:
        if "dimension" in leaf:
            score = dimension_scores.get(leaf["dimension"])
            return None if score is None else not below(score, Fraction(leaf["score_at_least"]))
        id = leaf["fact"] if "fact" in leaf else leaf["question"]
        state = self.state(id)
        for operator in ("answered", "na"):
            if operator in leaf:
                return bool((state == operator) == leaf[operator])
        if state != "answered":
            return None
        value = self.value(id)
        if "is" in leaf:
            return bool(value == leaf["is"])
        if "one_of" in leaf:
            return value in leaf["one_of"]
        if "has" in leaf:
            return leaf["has"] in value
        if "at_least" in leaf:
            return bool(value >= Fraction(leaf["at_least"]))
        return bool(value <= Fraction(leaf["at_most"]))

    # Scores of single questions

    def scale(self, id: str) -> list[tuple[Fraction, Fraction]]:
        question = self.questions[id]
        rows = [case["scale"] for case in question.get("scale_when", []) if self.holds(case["when"]) is True]
        return [(Fraction(x), Fraction(y)) for x, y in (rows or [question["scale"]])[0]]

    def steps(self, id: str) -> list[Fraction]:
        """Every score that a level, option or scale point of the question gives."""
        question = self.questions[id]
        if question["kind"] == "level":
            last = len(question["levels"]) - 1
            return [
                Fraction(level["score"]) if "score" in level else Fraction(100 * number, last)
                for number, level in enumerate(question["levels"])
            ]
        if question["kind"] == "number":
            return [y for _, y in self.scale(id)]
        return [Fraction(option["score"]) for option in question["options"].values()]

    def score(self, id: str) -> Fraction | None:
        """The score an answer earns, None where the question is not answered."""
        if self.state(id) != "answered" or self.questions[id]["kind"] == "text":
            return None
        question, value = self.questions[id], self.value(id)
        if question["kind"] == "level":
            return self.steps(id)[int(value)]
        if question["kind"] == "single":
            return Fraction(question["options"][value]["score"])
        if question["kind"] == "multi":
            return self.ticked(id, value)
        return self.on(self.scale(id), value)

    def ticked(self, id: str, options: set[str]) -> Fraction:
        total = sum((Fraction(self.questions[id]["options"][option]["score"]) for option in options), Fraction(0))
        return min(Fraction(100), total)

    def reach(self, id: str) -> tuple[Fraction, Fraction]:
        """Lowest and highest score an unanswered question could still get."""
        question = self.questions[id]
        if question["kind"] != "multi":
            return min(self.steps(id)), max(self.steps(id))
        free = self.ticked(id, {name for name, option in question["options"].items() if not option.get("exclusive")})
        alone = [Fraction(option["score"]) for option in question["options"].values() if option.get("exclusive")]
        return Fraction(0), min(Fraction(100), max([free, *alone]))

    def next_score(self, id: str) -> Fraction | None:
        """The next higher score, None at the top."""
        present, question = self.score(id), self.questions[id]
        candidates = self.steps(id)
        if question["kind"] == "multi":
            options = question["options"]
            kept = {name for name in self.value(id) if not options[name].get("exclusive")}
            more = [name for name in options if not options[name].get("exclusive") and name not in kept]
            candidates = [self.ticked(id, kept | {name}) for name in more]
        return min((score for score in candidates if below(present, score)), default=None)

    def goal(self, id: str, score: Fraction, wanted: Fraction) -> str | None:
        """The next answer on the way to a score, as a file holds it; None where there is none."""
        question, value = self.questions[id], self.value(id)
        if question["kind"] == "level":
            steps = self.steps(id)
            enough = [n for n in range(int(value) + 1, len(steps)) if not below(steps[n], wanted)]
            return str(enough[0]) if enough else str(int(value) + 1) if value + 1 < len(steps) else None
        if question["kind"] == "number":
            return self._figure(id, Fraction(value), wanted)
        options = question["options"]
        if question["kind"] == "single":
            better = [name for name, option in options.items() if below(score, Fraction(option["score"]))]
            return min(better, key=lambda name: options[name]["score"], default=None)
        kept = {name for name in value if not options[name].get("exclusive")}
        more = [name for name, option in options.items() if not option.get("exclusive") and name not in kept]
        rising = [name for name in more if below(score, self.ticked(id, kept | {name}))]
        added = min(rising, key=lambda name: self.ticked(id, kept | {name}), default=None)
        return None if added is None else ";".join(name for name in options if name in kept | {added})

    def _figure(self, id: str, now: Fraction, wanted: Fraction) -> str | None:
        """READING: where the scale never gives so much in a direction that raises it, where it gives most."""
        points, (low, high) = self.scale(id), map(Fraction, self.questions[id]["range"])
        found = []
        for side in (1, -1):
            path = [
                (now, self.on(points, now)),
                *sorted((p for p in points if (p[0] - now) * side > 0), key=lambda p: p[0] * side),
            ]
            moves = [(a, b) for a, b in pairwise(path) if a[1] != b[1]]
            if not moves or moves[0][1][1] < moves[0][0][1]:
                continue
            crossing = [
                a[0] + (wanted - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in moves if a[1] < wanted <= b[1]
            ]
            top = max(point[1] for point in path)
            found.append(crossing[0] if crossing else next(point[0] for point in path if point[1] == top))
        if not found:
            return None
        goal = min(found, key=lambda x: abs(x - now))
        decimals = self.questions[id].get("decimals")
        typed = str(self.entry(id)["value"]).strip()
        size = 10 ** (decimals if decimals is not None else len(typed.partition(".")[2]))
        rounded = Fraction(math.ceil(goal * size) if goal > now else math.floor(goal * size), size)
        within = min(max(rounded, low), high)
        return None if within == now else plain_figure(within)

    def on(self, points: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
        if x <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in pairwise(points):
            if x <= x1:
                return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        return points[-1][1]

    def supported(self, id: str) -> bool:
        entry = self.entry(id)
        if self.questions[id]["kind"] == "number" and entry.get("year") is not None:
            return True
        return any(line.strip() for line in entry.get("evidence", []))
