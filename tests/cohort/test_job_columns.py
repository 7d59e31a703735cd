"""What becomes of each column and line of a table that is scored, and what is said of it."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort.column_names import name_faults
from nqpf_assess.cohort.job import Order, score_table
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.whole import score_whole
from nqpf_assess.exchange.column_map import ColumnMap, column_map, known_names
from nqpf_assess.model.problem import UserError
from tests.cohort.conftest import ONE, problems_of, read_csv, rows_of, score, table_of, write_csv


def test_a_line_of_the_wrong_length_is_a_problem_and_not_a_stop(instruments: Instruments, tmp_path: Path) -> None:
    """Its row stands in its place with its respondent alone, and the problem names its line."""
    path = tmp_path / "t.csv"
    path.write_text(
        'respondent,rd_intensity,region\n001,1.5,A\n002,1.5\n003,1.5,"two\nlines"\n004,1.5,A,B\n"005"\n006,1.5,=1+1\n',
        encoding="utf-8",
    )
    outcome = score(instruments, [path], tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    assert [row["respondent"] for row in rows] == ["001", "002", "003", "004", "005", "006"]
    assert [row["region"] for row in rows] == ["A", "", "two\nlines", "", "", "'=1+1"]
    assert outcome.grave
    ragged = [
        (row["row"], row["respondent"]) for row in problems_of(tmp_path / "out.csv") if row["code"] == "ragged_line"
    ]
    assert ragged == [("3", "002"), ("5", "004"), ("6", "005")]


def test_another_encoding_is_recognised_and_offered(instruments: Instruments, tmp_path: Path) -> None:
    """GBK by name, also where the first megabyte is plain ASCII."""
    rows = [{"respondent": f"{'x' * 200}{index}", "region": "甘肃省" if index > 8000 else "x"} for index in range(8100)]
    path = write_csv(tmp_path / "t.csv", rows, "gbk")
    with pytest.raises(UserError, match="is not UTF-8") as fault:
        score(instruments, [path], tmp_path / "out.parquet")
    assert "--encoding gbk" in fault.value.hint["en"]
    score(instruments, [path], tmp_path / "out.parquet", encoding="gbk")
    assert pq.read_table(tmp_path / "out.parquet")["region"].to_pylist()[-1] == "甘肃省"
    other = write_csv(tmp_path / "other.csv", [{"respondent": "乙", "region": "甘肃省"}], "utf-8")
    with pytest.raises(UserError, match="is not gbk") as fault:  # --encoding alone leads from one refusal to the other
        score(instruments, [path, other], tmp_path / "both.parquet", encoding="gbk")
    assert "save them all in one encoding" in fault.value.hint["en"]


def test_a_table_that_looks_like_gbk_is_read_as_gbk(instruments: Instruments, tmp_path: Path) -> None:
    """A name in a script of its own or with a rare sign is read too, as GB18030, and GBK is what is advised."""
    rows = [{"respondent": "𠮷田县"}, {"respondent": "བོད་ལྗོངས་"}, {"respondent": "阿卜杜拉·县"}]
    path = write_csv(tmp_path / "t.csv", rows, "gb18030")
    with pytest.raises(UserError, match="is not UTF-8") as fault:
        score(instruments, [path], tmp_path / "out.parquet")
    assert "--encoding gbk" in fault.value.hint["en"]
    score(instruments, [path], tmp_path / "out.parquet", encoding="gbk")
    assert pq.read_table(tmp_path / "out.parquet")["respondent"].to_pylist() == [row["respondent"] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_byte_order_mark_is_tolerated(instruments: Instruments, tmp_path: Path, encoding: str) -> None:
    """As spreadsheets write it, and as `iconv` carries it over into other encodings."""
    path = write_csv(tmp_path / "t.csv", rows_of(3), "utf-8-sig")
    path.write_bytes(path.read_bytes().decode().encode(encoding))
    assert score(instruments, [path], tmp_path / "out.csv", encoding=encoding).rows == 3


def test_unknown_and_missing_columns_are_told_once(instruments: Instruments, tmp_path: Path) -> None:
    """A name within two letters of a missing question, and dotted names of unknown things, with the nearest name."""
    rows = [{"respondent": "x", "rd_intensty": "1", "fact.zon": "y", "override.innovatoin": "1", "plot": "p"}]
    score(instruments, [write_csv(tmp_path / "t.csv", rows)], tmp_path / "out.csv")
    found = problems_of(tmp_path / "out.csv")
    unknown = {row["column"]: row["reason"] for row in found if row["code"] == "unknown_column"}
    assert set(unknown) == {"rd_intensty", "fact.zon", "override.innovatoin"}
    assert "rd_intensity" in unknown["rd_intensty"]
    assert "fact.zone" in unknown["fact.zon"]
    assert "override.innovation" in unknown["override.innovatoin"]
    assert fates(instruments, ["respondent", "mdoe"]).unknown == {"mdoe": "mode"}  # short, but two letters all the same
    assert fates(instruments, ["respondent", "modes"]).unknown == {"modes": "mode"}
    assert fates(instruments, ["respondent", "code", "note", "role", "core"]).unknown == {}  # of mode and fact.zone
    assert [row["code"] for row in found].count("missing_column") == 1


def test_a_column_that_an_earlier_edition_named_is_told(instruments: Instruments) -> None:
    """Last year's column is named with what it is called now: carried along, its question is blank in every row."""
    questionnaire = instruments.questionnaire
    asked = questionnaire.questions["rd_intensity"].model_copy(update={"previous_ids": ("research_share",)})
    fact = questionnaire.facts["zone"].model_copy(update={"previous_ids": ("kind_of_land",)})
    renamed = questionnaire.model_copy(
        update={
            "questions": {**questionnaire.questions, "rd_intensity": asked},
            "facts": {**questionnaire.facts, "zone": fact},
        }
    )
    old = ["respondent", "research_share", "research_share.state", "fact.kind_of_land"]
    found = column_map(renamed, old)
    assert dict(found.unknown) == dict(zip(old[1:], ["rd_intensity", "rd_intensity.state", "fact.zone"], strict=True))
    reasons = [fault.reason["en"] for fault in name_faults(found) if fault.code == "unknown_column"]
    assert all("is called" in reason and "unit" in reason for reason in reasons)
    assert any("research_share (called rd_intensity now)" in line["en"] for line in found.lines())
    assert not column_map(renamed, [*old, "rd_intensity", "rd_intensity.state", "fact.zone"]).former
    assert not column_map(renamed, ["respondent"]).former


def fates(instruments: Instruments, names: Sequence[str]) -> ColumnMap:
    return column_map(instruments.questionnaire, names)


def test_every_column_renamed_or_left_out_is_told(instruments: Instruments) -> None:
    """Each of the columns of a whole table in turn: facts, questions, words of ours; nothing is silent."""
    whole = [name for name in known_names(instruments.questionnaire) if not name.endswith(".state")]
    asked = [name for name in whole if name in fates(instruments, ["respondent"]).absent]
    assert fates(instruments, whole).sound
    assert len(asked) > 80
    for name in asked:
        for given in ([n for n in whole if n != name], [n if n != name else f"{name}x" for n in whole]):
            found = fates(instruments, given)
            assert found.absent == (name,)
            assert not found.sound
            told = [line["en"] for line in found.lines()]
            assert any(name in line and "no column" in line for line in told)
            if f"{name}x" in given and len(name) > 6:
                assert found.unknown == {f"{name}x": name}
            elif f"{name}x" in given:
                assert any(f"{name}x" in line for line in told)


def test_two_columns_change_places(instruments: Instruments) -> None:
    """Where a column stands is nothing; two names exchanged are told by the cells that no longer fit."""
    table = table_of(rows_of(6))
    names = table.column_names
    plain = score_whole(instruments, table)[0]
    for left, right in zip(names[1::25], names[12::25], strict=False):
        order = [right if n == left else left if n == right else n for n in names]
        assert score_whole(instruments, table.select(order))[0]["score"] == plain["score"]
    swapped = {"fact.tier": "rd_intensity", "rd_intensity": "fact.tier"}
    _, problems = score_whole(instruments, table.rename_columns([swapped.get(name, name) for name in names]))
    assert {row["column"] for row in problems.to_pylist() if row["code"] != "unusual"} >= set(swapped)


@pytest.mark.parametrize(("mark", "stated"), [(",", False), (";", False), ("\t", True)])
def test_any_usual_separator_is_recognised_and_said(
    instruments: Instruments, tmp_path: Path, mark: str, stated: bool
) -> None:
    """With quoted cells that hold the mark and line ends, ragged lines, and a file cut into slices."""
    rows = [row | {"plot": f'a{mark}"b"\nc'} for row in rows_of(9)]
    plain = write_csv(tmp_path / "plain.csv", rows)
    score(instruments, [plain], tmp_path / "a.csv")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    writer.writerows(csv.reader(io.StringIO(plain.read_text(encoding="utf-8"), newline="")))
    table = tmp_path / "t.csv"
    table.write_text(out.getvalue() + f"short{mark}line\n", encoding="utf-8", newline="")
    said: list[str] = []
    order = Order([str(table)], str(tmp_path / "b.csv"), delimiter=mark if stated else "")
    score_table(instruments, order, ONE, say=lambda words: said.append(words["en"]))
    found = read_csv(tmp_path / "b.csv")
    assert found[:-1] == read_csv(tmp_path / "a.csv")
    assert found[-1]["respondent"] == "short"
    assert [row["code"] for row in problems_of(tmp_path / "b.csv")].count("ragged_line") == 1
    names = {";": "semicolons", "\t": "tabs"}
    assert ([line for line in said if "parted by" in line] != []) == (mark != ",")
    assert mark == "," or f"read as UTF-8, cells parted by {names[mark]}" in said


def test_a_column_that_folders_alone_state_is_said_not_to_be_read(instruments: Instruments, tmp_path: Path) -> None:
    """As Spark and pandas part a table: all rows would be scored by the baseline, and nothing would say so."""
    folder = tmp_path / "t" / "weights=ecological" / "region=R1"
    folder.mkdir(parents=True)
    pq.write_table(table_of([{"respondent": "001", "rd_intensity": "1.5", "region": "R1"}]), folder / "p.parquet")
    said: list[str] = []
    score_table(
        instruments, Order([str(tmp_path / "t")], str(tmp_path / "s.csv")), ONE, say=lambda w: said.append(w["en"])
    )
    (told,) = (line for line in said if "folders" in line)
    assert "weights" in told
    assert "region" not in told


@pytest.mark.parametrize("log", ["_delta_log/00000000000000000001.json", "metadata/snap-1.avro"])
def test_a_table_of_which_a_log_tells_what_holds_is_refused(instruments: Instruments, tmp_path: Path, log: str) -> None:
    """Its folder keeps the files of former versions: respondents that were deleted would count."""
    parted = tmp_path / "t" / "year=2025" / "month=6" / "day=30"
    parted.mkdir(parents=True)
    (tmp_path / "t" / log).parent.mkdir()
    (tmp_path / "t" / log).write_text("{}", encoding="utf-8")
    pq.write_table(table_of([{"respondent": "001", "rd_intensity": "1.5"}]), parted / "p.parquet")
    with pytest.raises(UserError, match="deleted"):
        score(instruments, [tmp_path / "t"], tmp_path / "s.csv")


def test_a_respondent_numbered_in_floats_is_the_same_as_in_texts(instruments: Instruments, tmp_path: Path) -> None:
    """pandas makes floats of codes where a cell is blank; such rows counted as other respondents than the CSV's."""
    pq.write_table(
        pa.table({"respondent": [340115.0, 0.5, None], "rd_intensity": [1.0, 2.0, 3.0]}), tmp_path / "t.parquet"
    )
    score(instruments, [tmp_path / "t.parquet"], tmp_path / "s.csv")
    assert [row["respondent"] for row in read_csv(tmp_path / "s.csv")] == ["340115", "0.5", ""]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("tier", "fact.tier"),
        ("Rd Intensity", "rd_intensity"),
        ("teir", ""),
        ("prority_industris", "fact.priority_industries"),
        ("Mode", ""),
        ("weigths", "weights"),
    ],
)
def test_a_fact_without_its_prefix_is_no_grouping_column(wrong: str, meant: str, instruments: Instruments) -> None:
    """It would switch off every condition on it; a name near to nothing is carried along, and said to be."""
    whole = [name for name in known_names(instruments.questionnaire) if name != meant and not name.endswith(".state")]
    found = fates(instruments, [*whole, wrong])
    assert found.unknown == ({wrong: meant} if meant else {})
    assert any(wrong in line["en"] for line in found.lines())


def test_a_column_without_a_name_is_named_by_its_place(instruments: Instruments) -> None:
    told = [line["en"] for line in fates(instruments, ["respondent", "", "rd_intensity"]).lines()]
    assert told[:2] == ["columns used: 2", "carried along, not scored: column 2 (without a name)"]


def test_a_column_of_states_does_not_stand_for_the_values(instruments: Instruments, tmp_path: Path) -> None:
    """A mistyped question beside its own column of states is told; --strict-columns refuses it."""
    rows = [row | {"rd_intensty": row.pop("rd_intensity"), "rd_intensity.state": None} for row in rows_of(3)]
    table = write_csv(tmp_path / "t.csv", rows)
    score(instruments, [table], tmp_path / "out.csv")
    found = problems_of(tmp_path / "out.csv")
    assert [row["column"] for row in found if row["code"] == "unknown_column"] == ["rd_intensty"]
    assert any("column of states" in row["reason"] for row in found)
    with pytest.raises(UserError, match="strict-columns"):
        score(instruments, [table], tmp_path / "strict.csv", strict_columns=True)
    assert not (tmp_path / "strict.csv").exists()
    assert not (tmp_path / "strict.csv.parts").exists()


def test_a_column_that_one_of_several_tables_lacks_is_told_with_its_file(
    instruments: Instruments, tmp_path: Path
) -> None:
    """United by name, the rows of that file would be blank without a word."""
    rows = rows_of(4)
    write_csv(tmp_path / "a.csv", rows[:2])
    write_csv(tmp_path / "b.csv", [{k: v for k, v in row.items() if k != "rd_intensity"} for row in rows[2:]])
    score(instruments, [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out.csv")
    lacking = [
        (Path(row["file"]).name, row["column"])
        for row in problems_of(tmp_path / "out.csv")
        if (row["column"], row["code"]) == ("rd_intensity", "missing_column")
    ]
    assert lacking == [("b.csv", "rd_intensity")]


def test_what_has_a_column_of_states_alone_is_not_blank_in_every_row(instruments: Instruments) -> None:
    """It is told once, that the states count, and not besides that it counts as blank."""
    every = [name for name in known_names(instruments.questionnaire) if name != "rd_intensity"]
    found = column_map(instruments.questionnaire, every)
    assert [line["en"] for line in found.lines()] == [
        f"columns used: {len(every)}",
        "a column of states but none of values: rd_intensity",
    ]
    (told,) = name_faults(found)
    assert "where the state gives no answer" in told.reason["en"]
