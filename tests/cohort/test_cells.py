"""Every kind of cell, good and bad, and what becomes of it."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from nqpf_assess.cohort.cells import read_cells
from nqpf_assess.cohort.problems import WARNINGS, CellFault
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import score_batch
from nqpf_assess.cohort.whole import score_whole
from nqpf_assess.exchange.column_map import column_map
from nqpf_assess.model.answers import STATES
from nqpf_assess.model.questionnaire import Questionnaire
from tests.support.scored import instrument_of

WORDS = {"en": "x"}
OPTIONS = {"a": {"en": "x", "score": 0}, "b": {"en": "x", "score": 60}, "none": {"en": "x", "score": 5}}
TICKS = {"a": {"en": "x", "score": 40}, "b": {"en": "x", "score": 70}}
ALONE = TICKS | {"none": {"en": "x", "score": 0, "exclusive": True}}
LEVELS = [{"en": "x"}, {"en": "x"}, {"en": "x"}, {"en": "x"}, {"en": "x"}]
SCALE = [[Decimal(0), Decimal(0)], [Decimal(10), Decimal(100)]]
QUESTIONS: dict[str, Any] = {
    "level": {"kind": "level", "levels": LEVELS},
    "single": {"kind": "single", "options": OPTIONS},
    "multi": {"kind": "multi", "options": TICKS},
    "alone": {"kind": "multi", "options": ALONE},
    "number": {
        "kind": "number",
        "range": [Decimal(0), Decimal(10)],
        "usual": [Decimal(1), Decimal(9)],
        "decimals": 2,
        "scale": SCALE,
    },
}
QUESTIONNAIRE = {
    "format": "nqpf-questionnaire/1",
    "id": "inst",
    "version": "1.0.0",
    "subject": "region",
    "languages": ["en"],
    "title": WORDS,
    "facts": {
        "zone": {"kind": "single", "text": WORDS, "options": {"x": WORDS, "unsure": {"en": "x", "unknown": True}}}
    },
    "pillars": {"p": {"title": WORDS}},
    "dimensions": {"d": {"title": WORDS, "pillar": "p"}},
    "questions": {id: {"dimension": "d", "text": WORDS, **rest} for id, rest in QUESTIONS.items()},
}
BASE = {
    "format": "nqpf-weights/1",
    "id": "base",
    "questionnaire": "inst",
    "version": "1.0.0",
    "name": WORDS,
    "scoring": {"minimum_coverage": Decimal(0)},
    "bands": {"b0": {"from": Decimal(0), "en": "x"}},
}
ASKED = Questionnaire.model_validate(QUESTIONNAIRE)
INSTRUMENTS = Instruments(ASKED, (instrument_of(QUESTIONNAIRE, [BASE]).chain,))


def read(
    id: str, column: pa.Array | None, states: pa.Array | None = None
) -> tuple[list[str], list[Any], list[CellFault]]:
    """States, values and faults of a column."""
    faults: list[CellFault] = []
    cells = read_cells(ASKED.questions[id], id, column, states, faults)
    given = [STATES[code] for code in cells.state]
    values: list[Any] = (
        [cells.distinct[code] for code in cells.codes]
        if cells.codes is not None
        else [cells.exact.get(row, float(number)) for row, number in enumerate(cells.numbers)]  # type: ignore[arg-type]
    )
    return given, [value if state == "answered" else None for state, value in zip(given, values, strict=True)], faults


GOOD: list[tuple[str, Any, Any]] = [
    ("level", "3", 3),
    ("level", "3.0", 3),
    ("level", " 3 ", 3),
    ("level", "0", 0),
    ("single", "a", "a"),
    ("single", " b ", "b"),
    ("multi", "a;b", frozenset("ab")),
    ("multi", "b; a;b", frozenset("ab")),
    ("alone", "none", frozenset(["none"])),
    ("number", "2.31", 2.31),
    ("number", " 2.31", 2.31),
    ("number", "2", 2.0),
    ("number", "1e0", 1.0),
    ("number", "+.5e1", 5.0),
    ("number", "2.3000000000000000000001", Decimal("2.3000000000000000000001")),
]
BAD = [
    *[("level", text) for text in ("5", "-1", "1.5", "x", "true", "1,0", "1e400", "nan", "inf", "３")],
    *[("single", text) for text in ("c", "A", "a;b", "1")],
    *[("multi", text) for text in ("a;c", "a,b", "A")],
    *[("alone", text) for text in ("none;a", "x")],
    *[
        ("number", text)
        for text in ("1,234", "12%", "1e400", "nan", "inf", "-0.01", "10.01", "true", "２", "1.2.3", "--1")
    ],
    ("number", "10.0000000000000000000001"),
]


@pytest.mark.parametrize(("id", "text", "value"), GOOD)
def test_what_a_text_cell_may_hold(id: str, text: str, value: Any) -> None:
    """Levels as 3 or 3.0, sets in any order, figures with a point and all their digits."""
    assert read(id, pa.array([text, None]))[:2] == (["answered", "blank"], [value, None])


@pytest.mark.parametrize(("id", "text"), BAD)
def test_a_cell_that_is_not_valid_is_blank_and_told(id: str, text: str) -> None:
    """Never dropped in silence, and never a stop."""
    states, _, faults = read(id, pa.array(["", text, "  ", text]))
    assert states == ["blank"] * 4
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(1, id, text), (3, id, text)]
    assert all(fault.reason["en"] and fault.reason["zh"] for fault in faults)


@pytest.mark.parametrize(
    ("id", "column", "values"),
    [
        ("level", pa.array([3, 0, None], pa.int64()), [3, 0, None]),
        ("level", pa.array([3.0, 1.5, None], pa.float64()), [3, None, None]),
        ("level", pa.array([3, 9, 1], pa.int8()), [3, None, 1]),
        ("level", pa.array([True, None], pa.bool_()), [None, None]),
        ("number", pa.array([2.31, float("nan"), float("inf"), None]), [2.31, None, None, None]),
        ("number", pa.array([2.31, 11, None], pa.float32()), [2.31, None, None]),
        ("number", pa.array([7, -1, None], pa.int32()), [7.0, None, None]),
        ("number", pa.array([Decimal("2.31"), Decimal("10.01"), None]), [2.31, None, None]),
        ("number", pa.array([True, False]), [None, None]),
        ("multi", pa.array([["b", "a", "b"], [], None, ["c"]]), [frozenset("ab"), frozenset(), None, None]),
        ("alone", pa.array([["none"], [], None]), [frozenset(["none"]), None, None]),
        ("single", pa.array(["a", "z", None]).dictionary_encode(), ["a", None, None]),
        ("single", pa.array([1, 2]), [None, None]),
        ("number", pa.array(["2.31", None]).cast(pa.large_string()), [2.31, None]),
        ("number", pa.nulls(2), [None, None]),
    ],
)
def test_what_a_typed_column_may_hold(id: str, column: pa.Array, values: list[Any]) -> None:
    """Integer, float and decimal columns, lists, dictionaries; float32 is rounded to the question's decimals."""
    assert read(id, column)[1] == values


def test_words_and_the_state_column() -> None:
    """na, dk and later stand in the cell or beside it; beside it they win over a value, which is not used."""
    column = pa.array(["na", "dk", "later", "2", "2", "2", "", "dk"])
    states = pa.array(["", None, " ", "dk", "na", "answered", "answered", "answered"])
    given, values, faults = read("number", column, states)
    assert given == ["na", "dk", "later", "dk", "na", "answered", "blank", "blank"]
    assert values[5] == 2.0
    assert [(fault.row, fault.code) for fault in faults] == [(7, "bad_value")]


def test_an_unknown_state_is_told_and_the_value_counts() -> None:
    """The state cell counts as blank."""
    given, _, faults = read("level", pa.array(["2", None]), pa.array(["maybe", "maybe"]))
    assert given == ["answered", "blank"]
    assert [(fault.row, fault.column, fault.code) for fault in faults] == [
        (0, "level.state", "unknown_state"),
        (1, "level.state", "unknown_state"),
    ]
    given, _, faults = read("level", pa.array(["2", None, "2"]), pa.array([["maybe"], None, ["dk"]]))
    assert (given, [fault.value for fault in faults]) == (["answered", "blank", "dk"], ["maybe"])


def test_a_blank_multi_that_is_answered_is_the_empty_list() -> None:
    """It is an answer only where no option is exclusive; an invalid cell stays blank."""
    states = pa.array(["answered", "answered", "answered", None])
    assert read("multi", pa.array([None, "a", "z", None]), states)[:2] == (
        ["answered", "answered", "blank", "blank"],
        [frozenset(), frozenset("a"), None, None],
    )
    assert read("alone", pa.array([None, "a", None, None]), states)[0] == ["blank", "answered", "blank", "blank"]
    assert read("multi", None, pa.array(["answered", "dk"]))[:2] == (["answered", "dk"], [frozenset(), None])


def test_an_unusual_figure_is_kept_with_a_warning() -> None:
    """Outside `usual`, inside `range`."""
    given, values, faults = read("number", pa.array(["0.5", "5", "9.5"]))
    assert given == ["answered"] * 3
    assert values == [0.5, 5.0, 9.5]
    assert [(fault.row, fault.code, fault.value) for fault in faults] == [(0, "unusual", "0.5"), (2, "unusual", "9.5")]
    given, _values, faults = read("number", pa.array(["0.5", "5", "9.5"]), pa.array(["later", None, "dk"]))
    assert (given, faults) == (["later", "answered", "dk"], [])  # nothing is told of what is put off
    given, _values, faults = read("number", pa.array(["0.5", "x"]), pa.array([None, "later"]))
    assert [(fault.row, fault.code) for fault in faults] == [(1, "bad_value"), (0, "unusual")]
    faults = [CellFault(0, "other", "0.5", "unusual", WORDS)]  # of another question in the row of what is put off
    read_cells(ASKED.questions["number"], "number", pa.array(["0.5"]), pa.array(["dk"]), faults)
    assert [fault.column for fault in faults] == ["other"]


def scored(**columns: list[Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = len(next(iter(columns.values())))
    table = {"respondent": [f"r{row}" for row in range(rows)], **columns}
    batch = pa.RecordBatch.from_pydict({name: pa.array(values, pa.string()) for name, values in table.items()})
    scores, problems = score_batch(INSTRUMENTS, batch)
    return scores.to_pylist(), problems.to_pylist()


def test_an_unknown_profile_has_no_figures() -> None:
    """The row is there, null everywhere, and a problem; a blank cell takes the first rubric."""
    scores, problems = scored(weights=["base", "", "bogus", " base"], level=["4", "4", "4", "4"])
    assert [row["score"] for row in scores] == [100, 100, None, 100]
    assert [row["weights"] for row in scores] == ["base", "base", "bogus", "base"]
    assert [row["baseline_score"] for row in scores] == [100, 100, None, 100]
    assert [(row["row"], row["code"], row["value"]) for row in problems] == [(2, "unknown_profile", "bogus")]


def test_mode_and_overrides() -> None:
    """Quick counts only core questions (none here); a factor that is none is told and not used."""
    scores, problems = scored(
        mode=["full", "quick", "slow", ""], level=["4"] * 4, **{"override.level": ["2", "", "-1", "x"]}
    )
    assert [row["score"] for row in scores] == [100, None, 100, 100]
    assert {(row["row"], row["column"]) for row in problems} == {
        (2, "mode"),
        (2, "override.level"),
        (3, "override.level"),
    }


def test_overrides_that_leave_no_weight_are_told() -> None:
    """All siblings at zero: the group is named, and there is no score."""
    zero = {f"override.{id}": ["0", ""] for id in QUESTIONS}
    scores, problems = scored(level=["4", "4"], **zero)
    assert [row["score"] for row in scores] == [None, 100]
    assert [(row["row"], row["code"]) for row in problems] == [(0, "all_zero")]
    assert "d" in problems[0]["reason"]


def test_a_fact_that_is_unsure_is_not_known() -> None:
    """An `unknown` option counts as don't know; grouping columns pass through as they are."""
    scores, problems = scored(**{"fact.zone": ["unsure", "x"], "code": ["001", "002"], "level": ["4", "4"]})
    assert [row["code"] for row in scores] == ["001", "002"]
    assert not problems


def test_nothing_is_never_a_number() -> None:
    """Null where there is no figure, never NaN, and no negative zero."""
    scores, _ = score_batch(INSTRUMENTS, pa.RecordBatch.from_pydict({"respondent": ["a", "b"], "level": ["0", None]}))
    for name in scores.column_names:
        if pa.types.is_floating(scores[name].type):
            values = [value for value in scores[name].to_pylist() if value is not None]
            assert not np.isnan(values).any()
            assert not np.signbit(values).any()
    assert scores["score"].to_pylist() == [0.0, None]


@pytest.mark.parametrize(
    ("text", "score"),
    [("100000000000000.0037", 37.0), ("100000000000000.01", 100.0), ("99999999999999.99", 0.0), ("1e14", 0.0)],
)
def test_a_steep_scale_is_read_from_the_digits(text: str, score: float) -> None:
    """Where a float would lose the score between two points, the cell's own digits decide."""
    points = [[Decimal("1e14"), Decimal(0)], [Decimal("100000000000000.01"), Decimal(100)]]
    steep = {"kind": "number", "range": [Decimal(0), Decimal("2e14")], "scale": points}
    made = {**QUESTIONNAIRE, "questions": {"number": {"dimension": "d", "text": WORDS, **steep}}}
    instruments = Instruments(Questionnaire.model_validate(made), (instrument_of(made, [BASE]).chain,))
    batch = pa.RecordBatch.from_pydict({"respondent": ["a", "b"], "number": ["0", text]})
    scores, problems = score_batch(instruments, batch)
    assert problems.num_rows == 0
    assert scores["score"].to_pylist() == pytest.approx([0.0, score], abs=1e-9)


DAYS = {
    "kind": "date",
    "range": ["2020-01-01", "2030-12-31"],
    "scale": [[Decimal(0), Decimal(100)], [Decimal(730), Decimal(0)]],
}


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        ({}, [(None, "period", "signed")]),  # told once of the table, however many rows it has
        ({"period": ["2025", "last year", None]}, [(2, "signed", "2025-03-31")]),
        ({"period": ["2025", "2025年", None]}, []),
        ({"period": ["2024/25", "2024/2025", None]}, [(1, "period", "2024/25")]),  # as is said of an answer file
    ],
)
def test_a_day_whose_year_nobody_named_is_told(periods: dict[str, Any], told: list[Any]) -> None:
    """Without a year its question scores nothing in any row, which “no problems” must not hide."""
    asked = {
        "signed": {"dimension": "d", "text": WORDS, **DAYS},
        "level": {"dimension": "d", "text": WORDS, **QUESTIONS["level"]},
    }
    made = {**QUESTIONNAIRE, "questions": asked}
    instruments = Instruments(Questionnaire.model_validate(made), (instrument_of(made, [BASE]).chain,))
    days = {"respondent": ["a", "b", "c"], "signed": ["2025-03-31", "2025-03-31", None], "level": [2, 2, 2]}
    rows = pa.table({**days, **periods, "fact.zone": ["x"] * 3})
    _scores, problems = score_whole(instruments, rows)
    found = [row for row in problems.to_pylist() if row["code"] in ("period_without_year", "year_of_span")]
    assert [(row["row"], row["column"], row["value"]) for row in found] == told
    assert {row["code"] for row in problems.to_pylist()} <= WARNINGS
    undated = Instruments(Questionnaire.model_validate(QUESTIONNAIRE), (instrument_of(QUESTIONNAIRE, [BASE]).chain,))
    row = pa.table({"respondent": ["a"], "period": ["2024/25"]})  # nothing is counted to the end of a year there
    assert "year_of_span" not in score_whole(undated, row)[1]["code"].to_pylist()
    assert column_map(instruments.questionnaire, ["respondent", "level"]).undated == ()  # what has no column has no day
