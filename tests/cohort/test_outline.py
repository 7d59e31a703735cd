"""The report of a cohort: what it tells of scores, floors, years, quick screenings and shared measures."""

from pathlib import Path

import pytest

from nqpf_assess.cohort.engines import Local
from nqpf_assess.cohort.filing import benchmark_of, head_of
from nqpf_assess.cohort.herding import herding
from nqpf_assess.cohort.outline import StudyWords, cohort_outline, measure_blocks
from nqpf_assess.cohort.outline import rows_of as rows_of_tables
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scores import scores_of
from nqpf_assess.cohort.study import Study
from nqpf_assess.locale import tell
from nqpf_assess.report.blocks import Paragraph
from nqpf_assess.report.text import write_text
from tests.cohort.conftest import Read, crowd_of, rows_of, write_csv
from tests.support.oracle import Plain


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_of_a_cohort_ranks_only_when_asked(
    language: str, study: Read, instruments: Instruments, tmp_path: Path
) -> None:
    """Groups stand in quarters, respondents not at all; with ranks asked for they are listed, equals alike."""
    rows = crowd_of(A=20, B=12, C=30)
    made = study(rows)
    tables = {"ranks": made.ranks(), "groups": made.group_table(), "bands": made.bands(), "gaps": made.gaps()}
    tables |= {"weakest": made.weakest(), "inequality": made.inequality(), "weights": made.weights()}
    tables["herding"] = herding(made, [])
    kept = {name: table for name, table in tables.items() if table is not None}
    words = [{"en": "Baseline", "zh": "通用基准"}]
    for ranked in ("", "rank"):
        told = StudyWords(
            instruments.questionnaire,
            rows_of_tables(kept, ranked),
            head_of(made, instruments),
            language,
            "2026-11-25",
            made.total,
            words,
            {},
            modes={"full", "quick"} if ranked else {"quick"},
            years=(2024, 2025) if ranked else (2025,),
        )
        said = write_text(cohort_outline([told]))
        assert ("2024" in said) is bool(ranked)
        assert "2025" in said
        if language == "en":
            assert ("describe different years, 2024, 2025;" in " ".join(said.replace("┃", "").split())) is bool(ranked)
            assert ("Some of the" if ranked else "All") + " respondents are quick screenings" in " ".join(
                said.replace("┃", "").split()
            )
        assert any(sign in said for sign in ("++", "−−"))
        assert ("A0" in said) is bool(ranked)
        assert ("Half of the respondents" in said) is (language == "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_scores_that_a_floor_holds_down_are_told(language: str, study: Read, instruments: Instruments) -> None:
    """Twelve places shared a rank at the cap of a floor, and the report on them did not speak of floors."""
    held = [{"score": 59.0, "uncapped": 70.0, "floors": "safety", "coverage": 0.57} for _ in range(3)]
    rows: list[Plain] = [*held, {"score": 40.0, "floors": "safety;people"}]
    rows += [{"score": float(score)} for score in range(60, 70)]
    made = study([{"respondent": f"r{at}"} | row for at, row in enumerate(rows)], by=())
    assert made.floored == (4, 3)
    found = made.ranks().to_pylist()
    assert [found[at]["floors"] for at in (0, 3, 4)] == ["safety", "safety;people", None]
    tables = {"ranks": made.ranks(), "groups": made.group_table(), "bands": made.bands(), "weights": made.weights()}
    tables |= {"inequality": made.inequality(), "weakest": made.weakest()}
    shown = {"baseline": {"safety": "safe_development", "people": "livelihood"}, "own": {"safety": "rd_input"}}
    head, kept = head_of(made, instruments), rows_of_tables(tables, "rank")
    told = StudyWords(instruments.questionnaire, kept, head, language, "2026-11-25", made.total, [], {}, floors=shown)
    said = "".join(write_text(cohort_outline([told])).replace("┃", "").split())
    assert ("4of14respondents" if language == "en" else "14个填报单位中，有4个") in said
    assert ("without it 3 of" if language == "en" else "其中3个").replace(" ", "") in said
    assert ("Safedevelopment" if language == "en" else "安全发展") in said
    assert "57%" in said
    assert study([{"respondent": f"{at}", "floors": "safety", "score": 5.0} for at in range(4)], by=()).floored == (
        0,
        0,
    )


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
    """They were ranked together without a word."""
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
        told = benchmark_of(Study(instruments.questionnaire, scores), instruments).get("quick")
        assert told == (None if modes == {"full"} else "all" if modes == {"quick"} else "some")
    assert any("--quick holds for rows that name no mode" in line for line in said) is quick


@pytest.mark.parametrize(("of", "said"), [(9, True), (12, False)])
def test_of_how_many_a_shared_measure_is_counted_is_said(of: int, said: bool, instruments: Instruments) -> None:
    """“3 of 9” stood in a report of 12 respondents: three had reached all targets and have no measure."""
    row = {"group": "", "what": "first_measures", "option": next(iter(instruments.questionnaire.countermeasures))}
    study = StudyWords(
        instruments.questionnaire,
        {"herding": [row | {"n": 3, "of": of}]},
        {"rows": 12},
        "en",
        "2026-11-25",
        "score",
        [],
        {},
    )
    lead = next(block for block in measure_blocks(study) if isinstance(block, Paragraph))
    assert ("the 9 respondents, of 12, that have" in "".join(run.text for run in lead.runs)) is said


def test_measures_that_are_shared_besides_those_shown_are_said(instruments: Instruments) -> None:
    """Six of nineteen that a county may decide stood there as if they were all."""
    measures = instruments.questionnaire.countermeasures
    county = [id for id, measure in measures.items() if measure.acts == "county"][:9]
    rows = [{"group": "", "what": "first_measures", "option": id, "n": 3, "of": 12} for id in county]
    told = []
    for shown in (rows[:6], rows):
        tables = {"herding": shown}
        study = StudyWords(instruments.questionnaire, tables, {"rows": 12}, "en", "2026-11-25", "score", [], {})
        blocks = [block for block in measure_blocks(study) if isinstance(block, Paragraph)]
        told.append(["".join(run.text for run in block.runs) for block in blocks][2:])
    assert told == [[], ["3 more are in herding.csv."]]


def test_the_profile_of_a_row_that_is_left_out_counts_for_nothing(study: Read) -> None:
    """Last year's row of one place, under another profile, made a report of one profile one of baseline scores."""
    rows = crowd_of(A=8)
    assert study([*rows, rows[0] | {"weights": "ecological"}]).total == "score"
    assert study([*rows[1:], rows[0] | {"weights": "ecological"}]).total == "baseline_score"


def test_the_years_of_the_answers_are_known(instruments: Instruments, tmp_path: Path) -> None:
    """Places of 2024 and 2025 stood beside each other without a word; a year that few rows name stood for all."""
    periods = ("2024", "2025年（初步数）", "2025", "")
    rows = [{**row, "period": period} for row, period in zip(rows_of(4), periods, strict=True)]
    for number, (given, years) in enumerate(
        ((rows, (2024, 2025)), (rows[1:3], (2025,)), (rows[1:], ()), (rows_of(3), ()))
    ):
        table = write_csv(tmp_path / f"{number}.csv", given)
        with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            assert scores.years() == years


def test_rows_of_a_later_year_that_do_not_count_are_told(instruments: Instruments, tmp_path: Path) -> None:
    """Last year's files lay in the folder too: the report was on them, and said only that rows were left out."""
    years = [("a", "2024"), ("b", "2025"), ("c", ""), ("a", "2025"), ("b", "2024"), ("c", "2025"), ("a", "2026")]
    rows = [
        {**row, "respondent": name, "period": period} for row, (name, period) in zip(rows_of(7), years, strict=True)
    ]
    for name, given, later in (("t.csv", rows, 2), ("u.csv", rows[:3], 0)):
        table = write_csv(tmp_path / name, given)
        with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
            assert scores.left_out_later() == later
