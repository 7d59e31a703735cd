"""What a cohort knows of its scores: modes, profiles and years of the rows that count."""

from dataclasses import replace
from pathlib import Path

import pytest

from nqpf_assess.cohort.column_names import WHICH_TABLE
from nqpf_assess.cohort.engines import Local
from nqpf_assess.cohort.filing import benchmark_of
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scores import AGAIN, SIGNS, Scores, groups_of, scores_of
from nqpf_assess.cohort.study import Study
from nqpf_assess.exchange.grids import QUOTE_COMMAS
from nqpf_assess.locale import Text, tell
from nqpf_assess.model.problem import UserError
from tests.cohort.conftest import Read, crowd_of, rows_of, write_csv


def test_a_table_of_the_catalogue_is_to_be_scored_first(instruments: Instruments) -> None:
    """The refusal names the command that scores it, and does not say that the table is not there."""
    with (
        pytest.raises(UserError, match="of the Spark catalogue") as fault,
        scores_of(instruments, ["table:firms"], engine=Local(1), watch=lambda _: None),
    ):
        pass
    assert "cohort score table:firms" in fault.value.hint["en"]


@pytest.mark.parametrize(
    ("stated", "quick", "modes"),
    [
        ("", False, {"full"}),
        ("", True, {"quick"}),
        ("quick", False, {"full", "quick"}),
        ("full", True, {"full", "quick"}),
    ],
)
def test_quick_screenings_among_full_assessments_are_known(
    stated: str, quick: bool, modes: set[str], instruments: Instruments, tmp_path: Path
) -> None:
    """Scores and benchmark tell the modes of their rows, so that ranks do not mix them without a word."""
    rows = [{**row, "mode": stated if index else " "} for index, row in enumerate(rows_of(3))]
    table = write_csv(tmp_path / "t.csv", rows)
    said: list[str] = []
    with scores_of(
        instruments,
        [str(table)],
        engine=Local(1),
        watch=lambda _: None,
        say=lambda words: said.append(tell(words, "en")),
        quick=quick,
    ) as scores:
        assert scores.modes() == modes
        study = Study(instruments.questionnaire, scores)
        first, *others = study.ranks()["mode"].to_pylist()
        assert (first, {first, *others}) == ("quick" if quick else "full", modes)
        told = benchmark_of(study, instruments).get("quick")
        assert told == (None if modes == {"full"} else "all" if modes == {"quick"} else "some")
    assert any("--quick holds for rows that name no mode" in line for line in said) is quick


def test_a_rubric_that_is_stated_beside_rows_that_name_theirs_is_said_to_hold_for_the_others(
    instruments: Instruments, tmp_path: Path
) -> None:
    """Where every row names its rubric --weights moves nothing: whoever tries a profile by it is told."""
    rows = rows_of(3)
    bare = [{name: cell for name, cell in row.items() if name != "weights"} for row in rows]
    blend = replace(instruments, default="ecological+0.4*grain_base")
    profile = replace(instruments, chains=tuple(sorted(instruments.chains, key=len, reverse=True)))
    tried = [(blend, rows, 1), (profile, rows, 1), (blend, bare, 0), (instruments, rows, 0)]
    for place, (stated, table, expected) in enumerate(tried):
        told: list[Text] = []
        path = write_csv(tmp_path / f"{place}.csv", table)
        with scores_of(stated, [str(path)], engine=Local(1), watch=lambda _: None, say=told.append):
            pass
        said = [tell(words, "en") for words in told]
        assert sum("--weights holds for rows that name no rubric" in line for line in said) == expected


def test_the_profile_of_a_row_that_is_left_out_counts_for_nothing(study: Read) -> None:
    """A row that another replaces, or one whose profile is mistyped, makes no report one of baseline scores."""
    rows = crowd_of(A=8)
    assert study([*rows, {"respondent": "x", "weights": "baselin", "score": None}]).total == "score"
    assert study([*rows, rows[0] | {"weights": "ecological"}]).total == "score"
    assert study([*rows[1:], rows[0] | {"weights": "ecological"}]).total == "baseline_score"


@pytest.mark.parametrize(("factor", "told"), [("0.8", True), ("1.0", None), ("", None), ("-1", None)])
def test_that_weights_were_corrected_by_hand_is_known(
    instruments: Instruments, tmp_path: Path, factor: str, told: bool | None
) -> None:
    """The benchmark tells it of its respondents, since scores under other weights do not compare."""
    plain = [{name: row[name] for name in row if not name.startswith("override.")} for row in rows_of(3)]
    table = write_csv(tmp_path / "t.csv", [{**row, "override.innovation": factor} for row in plain])
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        assert benchmark_of(Study(instruments.questionnaire, scores), instruments).get("corrected") is told


def test_the_baselines_that_profiles_go_back_to_are_known(instruments: Instruments, tmp_path: Path) -> None:
    """Baseline scores by two baselines are not alike: the benchmark names them, and those of the rows that are used."""
    own, *others = sorted(instruments.chains, key=len)
    changed = own[0].model_copy(update={"version": "house"})
    mixed = replace(instruments, chains=((changed,), *others))
    rows = [{**row, "weights": name} for row, name in zip(rows_of(4), ("", "ecological") * 2, strict=True)]
    for given, expected in ((instruments, [own[0].version]), (mixed, ["house", own[0].version])):
        table = write_csv(tmp_path / "t.csv", rows)
        with scores_of(given, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            made = benchmark_of(Study(given.questionnaire, scores), given)
        assert [row["version"] for row in made["baselines"]] == expected
    assert [one.version for one in mixed.baselines_of(["ecological", "ecological+0.4*grain_base", "unknown"])] == [
        own[0].version
    ]


def test_the_years_of_the_answers_are_known(instruments: Instruments, tmp_path: Path) -> None:
    """Scores and benchmark name them, lest years be mixed unseen; one that only some rows name is told as that."""
    periods = ("2024", "2025年（初步数）", "2025", "")
    rows = [{**row, "period": period} for row, period in zip(rows_of(4), periods, strict=True)]
    half = [rows[0] | {"period": "2025H1"}, rows[1] | {"period": " 2025H1"}]
    for number, (given, years, some, told) in enumerate(
        (
            (rows, (2024, 2025), (2024, 2025), "2024–2025"),
            ([*rows[:2], rows[2] | {"period": "2023"}], (2023, 2024, 2025), (), "2023–2025"),
            (rows[1:3], (2025,), (), "2025"),
            (rows[1:], (), (2025,), ""),
            (rows_of(3), (), (), ""),
            (half, (2025,), (), "2025H1"),
            ([half[0], half[1] | {"period": "2025H2"}], (2025,), (), "2025"),
        )
    ):
        table = write_csv(tmp_path / f"{number}.csv", given)
        with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            assert (scores.years(), scores.years_of_some()) == (years, some)
            # Without --period too the benchmark says of which years it is, to whoever is sent it.
            study = Study(instruments.questionnaire, scores)
            assert [benchmark_of(study, instruments, stated)["period"] for stated in ("", "H1")] == [told, "H1"]


def test_rows_of_a_later_year_that_do_not_count_are_told(instruments: Instruments, tmp_path: Path) -> None:
    """A folder may hold last year's files beside: where the older row of a respondent counts, that is counted."""
    years = [("a", "2024"), ("b", "2025"), ("c", ""), ("a", "2025"), ("b", "2024"), ("c", "2025"), ("a", "2026")]
    rows = [
        {**row, "respondent": name, "period": period} for row, (name, period) in zip(rows_of(7), years, strict=True)
    ]
    halves = [{**row, "period": period} for row, period in zip(rows[:4], ("2025H1", "2025", "", "2025年"), strict=True)]
    for name, given, later in (("t.csv", rows, 2), ("u.csv", rows[:3], 0), ("h.csv", halves, 1)):
        table = write_csv(tmp_path / name, given)
        with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            assert scores.left_out_later() == later


def test_rows_that_a_spreadsheet_leaves_blank_are_no_respondents(instruments: Instruments, tmp_path: Path) -> None:
    """They stand in no count, and no year is missing for them; who answers without a name stays one."""
    rows = [{**row, "period": "2025"} for row in rows_of(4)]
    blank = dict.fromkeys(rows[0], "")
    nameless, again = rows[2] | {"respondent": " "}, rows[0] | {"period": "2026"}
    for name, given, counted, left in (
        ("t.csv", [*rows, blank, blank], 4, 0),
        ("u.csv", [blank, *rows[:2], blank, nameless, again], 3, 1),
    ):
        table = write_csv(tmp_path / name, given)
        with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            study = Study(instruments.questionnaire, scores)
            assert (study.rows, scores.left_out, scores.left_out_later()) == (counted, left, left)
            assert scores.years() == (2025,)
            assert study.ranks()["coverage"].null_count == 0
            assert len(scores.texts("respondent")) == len(scores.figures("score")) == counted


def test_what_rows_can_be_grouped_by_is_named(instruments: Instruments, study: Read, tmp_path: Path) -> None:
    """Columns that are there, by the name they have; of scores, which hold no facts, the table that was scored."""
    asked = instruments.questionnaire.facts
    other = instruments.questionnaire.model_copy(update={"facts": {id: asked[id] for id in ("zone", "tier")}})
    rows = [row | {"fact.zone": "none"} for row in rows_of(3)]
    table = write_csv(tmp_path / "t.csv", [{name: row.get(name) for name in rows[0]} for row in rows])
    hints = []
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        for found in (scores, study(crowd_of(A=8)).scores):
            with pytest.raises(UserError, match="no column “zone” to group by") as fault:
                groups_of(found, ("zone",), other)
            hints.append(fault.value.hint["en"])
    assert "region" in hints[0]
    assert "fact.zone" in hints[0]
    assert hints[1].endswith("facts, such as fact.zone, where the table is named that was scored.")


def test_scores_and_answers_together_are_told_apart(instruments: Instruments, tmp_path: Path) -> None:
    """Each file is named as what it is; the command takes either, and not both."""
    scores = write_csv(tmp_path / "s.csv", [dict.fromkeys((*SIGNS, "pillar.green"), "1")])
    answers = write_csv(tmp_path / "t.csv", rows_of(3))
    with (
        pytest.raises(UserError, match=r"scores in \S*s.csv and answers in \S*t.csv"),
        scores_of(instruments, [str(scores), str(answers)], engine=Local(1), watch=lambda _: None),
    ):
        pass


def test_a_list_of_ranks_is_no_table_of_scores(instruments: Instruments, tmp_path: Path) -> None:
    """It is told which table is meant, and not that it belongs to another questionnaire."""
    ranks = write_csv(tmp_path / "ranks.csv", [dict.fromkeys((*SIGNS, "rank"), "1")])
    with (
        pytest.raises(UserError) as refused,
        scores_of(instruments, [str(ranks)], engine=Local(1), watch=lambda _: None),
    ):
        pass
    assert refused.value.hint == WHICH_TABLE


def test_scores_that_a_spreadsheet_saved_in_gbk_are_scores(instruments: Instruments, tmp_path: Path) -> None:
    """With the encoding that is advised they are scores still, and not answers."""
    table = write_csv(tmp_path / "s.csv", [dict.fromkeys((*SIGNS, "pillar.green"), "1") | {"respondent": "甲"}], "gbk")
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None, encoding="gbk") as scores:
        assert scores.texts("respondent").to_pylist() == ["甲"]
        assert not scores.sources


def test_a_table_that_is_not_packed_as_it_is_called_is_no_half_one(instruments: Instruments, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", rows_of(3)).rename(tmp_path / "t.csv.gz")
    with (
        pytest.raises(UserError, match="not packed"),
        scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None),
    ):
        pass


@pytest.mark.parametrize(("added", "counted"), [(",9", "6 fields instead of 5"), (None, "2 fields instead of 5")])
def test_a_line_of_scores_that_lost_its_columns_is_refused(added: str | None, counted: str, tmp_path: Path) -> None:
    """Its respondent would count as one without a score; row and cells are named, and what to do."""
    table = write_csv(tmp_path / "s.csv", [dict.fromkeys(SIGNS, "1") | {"respondent": name} for name in "abc"])
    lines = table.read_text().splitlines()
    lines[2] = "b,1" if added is None else lines[2] + added
    table.write_text("\n".join(lines))
    with pytest.raises(UserError, match=rf"s.csv, row 3: the line has {counted}") as refused:
        Scores((str(table),)).figures("score")
    assert refused.value.hint == (QUOTE_COMMAS if added else AGAIN)
