"""Answer files as rows of a table, and what the engine says of each alone as the row that `score_batch` should give."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

import pyarrow as pa

from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.scorecard import Scorecard
from tests.support.instruments import Case, Maker
from tests.support.oracle import Plain
from tests.support.questions import ANYTHING
from tests.support.scored import instrument_of

Item = TypeVar("Item")


def crowd(seed: int, size: int) -> list[Case]:
    """A random instrument with many respondents."""
    maker = Maker(Random(seed))
    first = maker.build()
    return [first, *(Case(first.questionnaire, first.chain, maker.answers()) for _ in range(size - 1))]


def crowd_on(questionnaire: Plain, chain: list[Plain], seed: int, size: int) -> list[Case]:
    """A given instrument with many respondents and random overrides."""
    maker = Maker(Random(seed), ANYTHING, questionnaire)
    maker.nodes = maker.kept = [*questionnaire["pillars"], *questionnaire["dimensions"]]
    return [Case(questionnaire, chain, maker.answers()) for _ in range(size)]


def cell(entry: Plain) -> Any:
    """An answer's value as the text of a cell."""
    value = entry.get("value")
    return ";".join(value) if isinstance(value, list) else None if value is None else str(value)


def row_of(case: Case, name: str, weights: str) -> Plain:
    """One respondent as a row of texts, with the states beside the values."""
    row: Plain = {"respondent": name, "weights": weights, "mode": case.answers.get("mode")}
    for table, prefix in (("facts", "fact."), ("answers", "")):
        for id, entry in case.answers[table].items():
            row[f"{prefix}{id}"] = cell(entry)
            state = entry.get("state") or ("answered" if entry.get("value") == [] else None)
            row[f"{prefix}{id}.state"] = state
    for change in case.answers["override"]:
        if "factor" in change:
            key = f"override.{change['node']}"
            row[key] = str(Decimal(row.get(key, 1)) * change["factor"])
    return row


def batch_of(rows: Sequence[Plain]) -> pa.RecordBatch:
    """Rows as a batch of text columns."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.RecordBatch.from_pydict({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def instruments_of(questionnaire: Plain, chain: Sequence[Plain]) -> Instruments:
    """Every rubric of a chain: the root alone, the root with the first profile, and so on."""
    whole = instrument_of(questionnaire, chain)
    return Instruments(whole.questionnaire, tuple(whole.chain[: end + 1] for end in range(len(whole.chain))))


def alone(instrument: Instrument, answers: Plain) -> Scorecard:
    """What the engine says of one respondent; targets of overrides are not in tables."""
    rest = [{k: v for k, v in change.items() if k != "target"} for change in answers["override"]]
    kept = [change for change in rest if "factor" in change]
    return score(instrument, Answers.model_validate(answers | {"override": kept}))


def wanted_row(card: Scorecard, answers: Plain) -> Plain:
    """A scorecard as the row of the scores table."""
    overall = card.overall
    row: Plain = {name: getattr(overall, name) for name in ("score", "uncapped", "low", "high", "coverage", "band")}
    row |= {"floors": ";".join(overall.floors), "baseline_score": overall.baseline_score}
    row |= {"target": overall.target, "gap": overall.gap}
    for node in card.nodes:
        row[f"{node.level}.{node.id}"] = node.score
        if node.level == "dimension":
            row |= {f"gap.{node.id}": node.gap, f"share.{node.id}": node.share}
    row["first_measures"] = ";".join(first(card)) or None
    return row


def first(card: Scorecard) -> list[str]:
    """The three eligible measures of largest priority; ties in file order."""
    left = [(measure.id, measure.priority) for measure in card.countermeasures if measure.priority is not None]
    found: list[str] = []
    while left and len(found) < 3:
        best = max(priority for _, priority in left)
        pick = next(row for row in left if row[1] > best - 1e-9)
        left.remove(pick)
        found.append(pick[0])
    return found
