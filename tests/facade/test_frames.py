"""Frames of many assessments, scores of a frame, and the pages that teach them."""

import ast
import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

import nqpf_assess as nq
from nqpf_assess.exchange.tidy import TABLES
from tests.support.later import Later, needs

pa, pd, pl = map(Later, ("pyarrow", "pandas", "polars"))
pytestmark = needs("pyarrow", "pandas", "polars", "narwhals")

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"


@pytest.fixture(scope="module")
def cards() -> list[nq.Card]:
    return [nq.score(a) for a in nq.load_all(SAMPLES / "cluster_county.toml", SAMPLES / "firm_exporter.toml")]


def test_a_row_for_each_node_in_pandas_and_polars(cards: list[nq.Card]) -> None:
    frame = nq.frame(cards)
    wanted = [(card.name, node.id, node.score) for card in cards for node in card]
    tall = frame.to_pandas()
    assert [tuple(row) for row in tall[["subject", "id", "score"]].astype(object).where(tall.notna(), None).values] == [
        (name, id, score) for name, id, score in wanted
    ]
    assert frame.to_polars().select("subject", "id", "score").rows() == wanted
    assert len(nq.frame(cards[0])) == len(list(cards[0]))


@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_has_rows_and_every_column_a_meaning(cards: list[nq.Card], table: str) -> None:
    frame = nq.frame(cards, table)  # type: ignore[arg-type]
    assert len(frame) >= len(cards)
    meanings = nq.dictionary().to_pandas()
    mine = meanings[(meanings.table == table) & meanings.column.notna()]
    assert list(mine.column) == frame.columns
    assert mine.meaning_en.notna().all()
    assert mine.meaning_zh.str.contains("[一-鿿]").all()


def test_every_figure_stands_as_a_number_too(cards: list[nq.Card]) -> None:
    """Files keep figures as texts: numbers and levels alike are in the column of numbers."""
    answers = nq.frame(cards, "answers").to_pandas()
    given = answers[answers.kind.isin(["number", "level"]) & answers.value.notna()]
    assert {*given.kind} == {"number", "level"}
    assert (given.number == given.value.astype(float)).all()


def test_a_table_that_is_not_there() -> None:
    with pytest.raises(nq.UserError, match="scores"):
        nq.frame([], "score")  # type: ignore[arg-type]
    assert nq.frame([]).shape[0] == 0


def row_of(card: nq.Card) -> dict[str, Any]:
    answers = card.assessment.answers
    row: dict[str, Any] = {"respondent": card.name, "weights": card.weights.id, "mode": answers.mode, "city": "Hefei"}
    for table, prefix in ((answers.facts, "fact."), (answers.answers, "")):
        for id, answer in table.items():
            value = answer.value
            row[f"{prefix}{id}"] = (
                ";".join(value) if isinstance(value, tuple) else None if value is None else str(value)
            )
            row[f"{prefix}{id}.state"] = answer.state
    return row


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_frame_is_scored_as_one_at_a_time(cards: list[nq.Card], library: str) -> None:
    make = {"pandas": pd, "polars": pl}[library].DataFrame if library != "pyarrow" else pa.Table.from_pylist
    card = cards[0]
    found = nq.score_frame(make([row_of(card)]), "region", extra=["questions"])
    (scored,) = found.scores.rows(named=True)
    assert scored["score"] == pytest.approx(card.overall.score, abs=1e-9)
    assert scored["city"] == "Hefei"
    assert scored["question.rd_intensity"] == pytest.approx(card["rd_intensity"].score, abs=1e-9)
    assert set(found.problems.to_pandas().code) <= {"missing_column", "unusual"}


@pytest.mark.parametrize("extra", ["gaps", ["gaps"], iter(["gaps"]), {"gaps"}])
def test_more_columns_are_those_that_are_named(extra: Any) -> None:
    """In a generator too, which can be gone through once."""
    assert "gap.rd_input" in nq.score_frame(pd.DataFrame({"respondent": ["a"]}), "region", extra=extra).scores.columns


@pytest.mark.parametrize("extra", ["gap", ["Gaps"], [1]])
def test_more_columns_that_nobody_knows_are_refused(extra: Any) -> None:
    with pytest.raises(nq.UserError, match="known: questions, gaps, measures"):
        nq.score_frame(pd.DataFrame({"respondent": ["a"]}), "region", extra=extra)


def test_a_blend_for_rows_that_name_none(cards: list[nq.Card]) -> None:
    row, blend = row_of(cards[0]), "grain_base+0.4*cluster_county"
    del row["weights"]
    found = nq.score_frame(pd.DataFrame([row]), "region", weights=blend).scores.to_pandas()
    wanted = nq.score(cards[0].assessment, weights=blend).overall.score
    assert found.score[0] == pytest.approx(wanted, abs=1e-9)
    assert found.weights[0] == blend


def test_content_may_be_named_by_its_path() -> None:
    """As `load` and `score` take it."""
    one = pd.DataFrame({"respondent": ["a"]})
    places = ROOT / "questionnaires" / "firm", ROOT / "weights" / "firm" / "exporter.toml"
    found = nq.score_frame(one, places[0], weights=places[1]).scores.to_pandas()
    pd.testing.assert_frame_equal(found, nq.score_frame(one, "firm", weights="exporter").scores.to_pandas())


def test_a_rubric_with_errors_is_announced(tmp_path: Path) -> None:
    """Else its rows would say that there is none of that name, and no more."""
    (tmp_path / "weights" / "region").mkdir(parents=True)
    sound = (ROOT / "weights" / "region" / "ecological.toml").read_text(encoding="utf-8")
    (tmp_path / "weights" / "region" / "ecological.toml").write_text(sound.replace("factor", "factr"), encoding="utf-8")
    one = pd.DataFrame({"respondent": ["a"], "weights": ["ecological"]})
    with pytest.warns(nq.NotAsWritten, match="ecological.toml has errors"):
        assert nq.score_frame(one, "region", content=[tmp_path]).scores.to_pandas().score.isna().all()


def test_nothing_of_a_frame_is_silent() -> None:
    rows = pd.DataFrame({"respondent": ["a", "b", "b ", None], "rd_intensty": 1, "tier": "county"})
    rows["rd_organisation"] = 9
    found = nq.score_frame(rows, "region")
    said = "\n".join(words["en"] for words in found.columns)
    assert "rd_intensty (did you mean rd_intensity?)" in said
    assert "tier (did you mean fact.tier?)" in said
    problems = found.problems.to_pandas()
    assert problems.groupby("code").size().to_dict() == {
        "bad_value": 4,
        "empty_respondent": 1,
        "missing_column": 1,
        "repeated_respondent": 2,
        "unknown_column": 2,
    }
    assert set(problems[problems.code == "repeated_respondent"].row) == {2, 3}
    with pytest.raises(nq.UserError, match="respondent"):
        nq.score_frame(rows.drop(columns="respondent"), "region")
    with pytest.raises(nq.UserError, match="not a list"):
        nq.score_frame([1], "region")
    with pytest.raises(nq.UserError, match="nowhere"):
        nq.score_frame(rows, "nowhere")


@pytest.mark.parametrize("cells", [[3.1, "na", None], ["na", 3.1, None]])
def test_words_among_the_figures_of_a_column(cells: list[object]) -> None:
    """As pandas keeps a sheet's column with `na` in it: it scores as texts do, and ends in no error of Arrow's."""
    rows = pd.DataFrame(
        {"respondent": ["a", "b", "c"], "rd_intensity": pd.Series(cells, dtype=object), "trl": [1j] * 3}
    )
    as_texts = rows.assign(rd_intensity=["3.1", "na", None] if cells[0] == 3.1 else ["na", "3.1", None])
    found, wanted = (nq.score_frame(each, "region") for each in (rows, as_texts))
    assert found.scores.to_pandas().equals(wanted.scores.to_pandas())
    assert "bad_value" not in set(found.problems.to_pandas().code)
    with pytest.raises(nq.UserError, match="two columns are named “a”"):
        nq.score_frame(pa.table([[1], [2]], names=["a", "a"]), "region")


def test_a_column_that_pandas_keeps_sparse() -> None:
    rows = pd.DataFrame({"respondent": ["a", "b"], "rd_intensity": [3.0, None]})
    found, wanted = (
        nq.score_frame(each, "region", extra=["questions"]).scores.to_pandas()
        for each in (rows.assign(rd_intensity=pd.arrays.SparseArray([3.0, float("nan")])), rows)
    )
    assert found.equals(wanted)


def test_a_whole_number_longer_than_a_column_of_numbers_is_a_bad_cell() -> None:
    rows = pd.DataFrame({"respondent": ["a", "b"], "rd_intensity": [3, 10**30], "account": [1, 10**30]})
    found = nq.score_frame(rows, "region")
    problems = found.problems.to_pandas()
    assert [*problems[problems.code == "bad_value"].row] == [2]
    assert [*found.scores.to_pandas().account] == ["1", str(10**30)]


# ---- the pages


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "samples").mkdir()
    for sample in ("cluster_county", "firm_exporter"):
        (tmp_path / "samples" / f"{sample}.toml").write_bytes((SAMPLES / f"{sample}.toml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(code: str, names: dict[str, Any]) -> Any:
    """Run code as a notebook does; returns the value of its last line."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    ending = last.value if isinstance(last, ast.Expr) else None
    tree.body = tree.body[:-1] if ending is not None else tree.body
    exec(compile(tree, "page", "exec"), names)
    return eval(compile(ast.Expression(ending), "page", "eval"), names) if ending is not None else None


def test_the_page_runs(workspace: Path) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 5
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in blocks:
            shown(block, names)
    assert (workspace / "report.md").exists()
    assert names["cohort"].columns[0]["en"] == "columns used: 3"


def test_the_notebook_runs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for cell in book["cells"]:
        assert set(cell) >= {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            found = shown("".join(cell["source"]), names)
            assert found is not None or capsys.readouterr().out
