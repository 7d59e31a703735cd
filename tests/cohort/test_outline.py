"""The report of a cohort: what it tells of ranks, floors and shared measures."""

from pathlib import Path

import numpy as np
import pytest

from nqpf_assess.cohort.filing import head_of
from nqpf_assess.cohort.herding import herding
from nqpf_assess.cohort.outline import (
    StudyWords,
    cohort_outline,
    gap_blocks,
    group_blocks,
    herding_blocks,
    inequality_blocks,
    measure_blocks,
    part_blocks,
    rank_blocks,
    weight_blocks,
)
from nqpf_assess.cohort.outline import rows_of as rows_of_tables
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.report.blocks import Paragraph, Table, words_of
from nqpf_assess.report.text import write_text
from tests.cohort.conftest import Read, crowd_of
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
            times=("2024", "2025") if ranked else ("2025",),
            of_some=(2025,) if ranked else (),
            corrected=bool(ranked),
            baselines=2 if ranked else 1,
        )
        said = write_text(cohort_outline([told]))
        assert ("2024" in said) is bool(ranked)
        assert "2025" in said
        if language == "en":
            assert ("the others describe 2025." in " ".join(said.replace("┃", "").split())) is bool(ranked)
            assert ("describe different years, 2024, 2025;" in " ".join(said.replace("┃", "").split())) is bool(ranked)
            assert ("Some of the" if ranked else "All") + " respondents are quick screenings" in " ".join(
                said.replace("┃", "").split()
            )
            # Beside ranks it is said that weights were corrected by hand: a place can raise its score so.
            assert (
                "some of the respondents were corrected by hand" in " ".join(said.replace("┃", "").split())
            ) is bool(ranked)
        several = bool(ranked) and made.total == "baseline_score"
        assert (
            ("2 different baselines" if language == "en" else "2套不同的通用基准") in said.replace("\n┃", "")
        ) is several
        assert any(sign in said for sign in ("++", "−−"))
        assert ("A0" in said) is bool(ranked)
        assert ("The middle half of the scores" in said) is (language == "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_scores_that_a_floor_holds_down_are_told(language: str, study: Read, instruments: Instruments) -> None:
    """How many a floor holds, which floors, and how many would else be higher: at its cap many share a rank."""
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
    assert study([{"respondent": f"{at}", "floors": "safety", "score": 5.0} for at in range(4)], by=()).floored is None


@pytest.mark.parametrize(
    ("language", "profiles", "own"),
    [
        ("en", "those by the profile of each", "under that profile it caps the score of 3 of them"),
        ("zh", "均按各自方案", "其中3个按该方案的得分因此封顶"),
    ],
)
def test_what_is_by_the_profile_of_each_is_not_told_of_the_baseline_scores(
    language: str, profiles: str, own: str, study: Read, instruments: Instruments
) -> None:
    """Of several profiles the whole is compared by the baseline, pillars, bands and floors are not: both are said."""
    rows: list[Plain] = [{"score": 59.0, "uncapped": 70.0, "floors": "safety"} for _ in range(3)]
    rows += [{"score": float(score)} for score in range(60, 67)]
    rows.append({"score": None})
    for weights in (["baseline"], ["ecological", "baseline"]):
        named = [{"respondent": f"r{at}", "weights": weights[at % len(weights)]} | row for at, row in enumerate(rows)]
        made = study(named, by=())
        tables = {"groups": made.group_table(), "bands": made.bands(), "inequality": made.inequality()}
        kept = rows_of_tables(tables | {"weakest": made.weakest(), "weights": made.weights()})
        head = head_of(made, instruments)
        told = StudyWords(
            instruments.questionnaire, kept, head, language, "2026-11-25", made.total, [], {}, corrected=True
        )
        said = "".join(write_text(cohort_outline([told])).replace("┃", "").split())
        # Nor are corrections by hand: bands and pillars have them, baseline scores have not.
        by_hand = "countsinwhatisbytheirownprofile" if language == "en" else "不影响通用基准得分"
        assert (by_hand in said) is (len(weights) > 1)
        assert (profiles.replace(" ", "") in said) is (len(weights) > 1)
        assert (own.replace(" ", "") in said) is (len(weights) > 1)
        assert ("1respondenthasnosuchscore" if language == "en" else "1个填报单位无此得分") in said


def test_shares_of_a_choice_say_of_how_many_they_are(instruments: Instruments) -> None:
    """Six of the eight that answered are not six of all twelve."""
    row: Plain = {"group": "", "what": "tier", "option": "county", "n": 6, "of": 8, "share": 0.75, "flag": False}
    study = StudyWords(instruments.questionnaire, {"herding": [row]}, {"rows": 12}, "en", "2026-11-25", "score", [], {})
    (shown,) = herding_blocks(study)
    assert isinstance(shown, Table)
    assert shown.note == "Shares are of the 8 respondents that answered. 1 option was chosen."


def test_each_half_of_a_report_has_running_words_of_its_own(study: Read, instruments: Instruments) -> None:
    """Chinese pages do not run under an English head; a list of ranks is said not to be meant to be passed on."""
    made = study(crowd_of(A=20))
    tables = {name: getattr(made, name)() for name in ("ranks", "bands", "inequality", "weights")}
    kept, head = rows_of_tables(tables | {"groups": made.group_table()}, "rank"), head_of(made, instruments)
    english, chinese = cohort_outline(
        [
            StudyWords(instruments.questionnaire, rows, head, language, "2026-11-25", "score", [], {})
            for language, rows in (("en", kept), ("zh", {name: kept[name] for name in kept if name != "ranks"}))
        ]
    ).parts
    assert "Cohort report" in english.header
    assert "relative figures" in english.footer
    assert chinese.header.endswith("新质生产力同类群体分析报告")
    assert "均为相对比较" in chinese.footer
    last = [
        "".join(run.text for run in block.runs)
        for block in (english.blocks[-1], chinese.blocks[-1])
        if isinstance(block, Paragraph)
    ]
    assert ["the list of ranks in this report" in last[0], "位次" in last[1]] == [True, False]


def test_the_charts_of_parts_say_of_how_many_they_speak(instruments: Instruments) -> None:
    """A median of six does not pass for one of all twelve; what is held back is not left out in silence."""
    first, second, third, *_ = (f"pillar.{id}" for id in instruments.questionnaire.pillars)
    row: Plain = {"group": "", "suppressed": False, "q25": 40.0, "median": 50.0, "q75": 60.0}
    rows = [row | {"column": first, "scored": 12}, row | {"column": second, "scored": 6}]
    rows.append({"group": "", "column": third, "suppressed": True})
    head = {"minimum_group": 5}
    study = StudyWords(instruments.questionnaire, {"groups": rows}, head, "en", "2026-11-25", "score", [], {})
    (note,) = (block for block in part_blocks(study) if isinstance(block, Paragraph))
    said = "".join(run.text for run in note.runs)
    assert said.startswith(
        "The figures are of 12 respondents, of another number in: Emerging, future and upgraded industries (6)."
    )
    assert "since fewer than 5 have a score there: Integration of the digital and real economies" in said
    three = [row | {"column": column, "scored": count} for column, count in ((first, 16), (second, 12), (third, 12))]
    most = StudyWords(instruments.questionnaire, {"groups": three}, head, "en", "2026-11-25", "score", [], {})
    (note,) = (block for block in part_blocks(most) if isinstance(block, Paragraph))
    assert "of 12 respondents, of another number in: Scientific" in "".join(run.text for run in note.runs)
    whole = StudyWords(instruments.questionnaire, {"groups": rows[:1]}, head, "en", "2026-11-25", "score", [], {})
    (note,) = (block for block in part_blocks(whole) if isinstance(block, Paragraph))
    assert "".join(run.text for run in note.runs).startswith("The figures are of 12 respondents. Not shown")


@pytest.mark.parametrize(("of", "said"), [(9, True), (12, False)])
def test_of_how_many_a_shared_measure_is_counted_is_said(of: int, said: bool, instruments: Instruments) -> None:
    """Whoever has reached all targets has no measure: “3 of 9” in a report of 12 respondents is explained."""
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
    assert (
        "the 9 respondents, of 12, of whom such a measure is known; without a score"
        in "".join(run.text for run in lead.runs)
    ) is said


def test_measures_that_are_shared_besides_those_shown_are_said(instruments: Instruments) -> None:
    """Six of nine that a county may decide do not pass for all: the others are counted, with the file that has them."""
    measures = instruments.questionnaire.countermeasures
    county = [id for id, measure in measures.items() if measure.acts == "county"][:9]
    rows = [{"group": "", "what": "first_measures", "option": id, "n": 3, "of": 12} for id in county]
    told = []
    for shown in (rows[:6], rows):
        tables = {"herding": shown}
        study = StudyWords(instruments.questionnaire, tables, {"rows": 12}, "en", "2026-11-25", "score", [], {})
        blocks = [block for block in measure_blocks(study) if isinstance(block, Paragraph)]
        told.append(["".join(run.text for run in block.runs) for block in blocks][1:])
    assert told == [[head := "A county may decide:"], [head, "3 more are in herding.csv."]]


def test_groups_that_do_not_fit_are_said_to_be_left_out_below_both_tables(instruments: Instruments) -> None:
    """Forty of sixty prefectures do not pass for all, neither in the table nor in the map below it."""
    figures = {"n": "5", "scored": 5, "q25": 40.0, "median": 50.0, "q75": 60.0, "suppressed": False}
    for count in (40, 60):
        rows = [{"group": group, "column": "score", **figures} for group in ("", *(f"g{at}" for at in range(count)))]
        head = {"rows": 5 * count, "by": ["prefecture"]}
        study = StudyWords(instruments.questionnaire, {"groups": rows}, head, "en", "2026-11-25", "score", [], {})
        notes = [block.note for block in group_blocks(study) if isinstance(block, Table)]
        assert ["40 of 60 rows" in note for note in notes] == [count > 40] * 2


def test_groups_at_the_median_that_most_share_are_not_in_the_upper_quarter(instruments: Instruments) -> None:
    """At the cap of a floor the quartiles fall together: a group that stands there is not among the best (“++”)."""
    marks = {"q25": 40.0, "median": 40.0, "q75": 40.0}
    medians = {"": 40.0, "A": 40.0, "B": 40.0 - 1e-14, "C": 40.2, "D": 39.0}
    rows = [
        {"group": group, "column": "score", "scored": 9, "suppressed": False, **marks, "median": median}
        for group, median in medians.items()
    ]
    study = StudyWords(
        instruments.questionnaire, {"groups": rows}, {"by": ["region"]}, "en", "2026-11-25", "score", [], {}
    )
    *_, signs = (block for block in group_blocks(study) if isinstance(block, Table))
    told = {words_of(row[0]): words_of(row[1]) for row in signs.rows}
    assert told == {"A": "+", "B": "+", "C": "++", "D": "−−"}


def test_what_is_held_back_in_the_map_is_not_taken_for_below_the_median(instruments: Instruments) -> None:
    """A dash beside “−” would be; the sign for it is explained where it stands."""
    marks = {"scored": 9, "suppressed": False, "q25": 40.0, "median": 50.0, "q75": 60.0}
    rows = [marks | {"group": group, "column": "score"} for group in ("", "A")]
    columns = [f"pillar.{id}" for id in instruments.questionnaire.pillars]
    every = [*rows, *(marks | {"group": group, "column": name} for group in ("", "A") for name in columns)]
    whole = StudyWords(
        instruments.questionnaire, {"groups": every}, {"by": ["region"]}, "en", "2026-11-25", "score", [], {}
    )
    *_, signs = (block for block in group_blocks(whole) if isinstance(block, Table))
    assert "/" not in signs.note  # nothing is held back
    for language, words in (("en", "“/” stands where there is no figure"), ("zh", "“/”表示无数据")):
        study = StudyWords(
            instruments.questionnaire, {"groups": rows}, {"by": ["region"]}, language, "2026-11-25", "score", [], {}
        )
        *_, signs = (block for block in group_blocks(study) if isinstance(block, Table))
        assert {words_of(cell) for cell in signs.rows[0][2:]} == {"/"}
        assert words in signs.note


@pytest.mark.parametrize(("total", "head"), [("score", "Overall"), ("baseline_score", "Baseline score")])
def test_the_map_names_what_of_the_whole_it_compares(total: str, head: str, instruments: Instruments) -> None:
    """Of several profiles that is the baseline score, beside pillars by the profile of each."""
    marks = {"scored": 9, "suppressed": False, "q25": 40.0, "median": 50.0, "q75": 60.0}
    rows = [marks | {"group": group, "column": total} for group in ("", "A")]
    study = StudyWords(
        instruments.questionnaire, {"groups": rows}, {"by": ["region"]}, "en", "2026-11-25", total, [], {}
    )
    *_, signs = (block for block in group_blocks(study) if isinstance(block, Table))
    assert signs.columns[1].title == head


def test_it_is_told_from_how_many_respondents_weights_are_derived(study: Read, instruments: Instruments) -> None:
    """Who lacks the score of a pillar has no part in them."""
    dice = np.random.default_rng(5)
    columns = [f"pillar.{id}" for id in instruments.questionnaire.pillars]
    rows = [row | {name: float(dice.uniform(5, 95)) for name in columns} for row in crowd_of(A=20)]
    for row in rows[:3]:
        row[columns[0]] = None
    made = study(rows)
    assert (made.weights_from, made.weights()["weight"].null_count) == (17, 0)
    tables = {"groups": made.group_table(), "bands": made.bands(), "inequality": made.inequality()}
    kept = rows_of_tables(tables | {"weights": made.weights()})
    words = StudyWords(
        instruments.questionnaire, kept, head_of(made, instruments), "en", "2026-11-25", made.total, [], {}
    )
    (shown,) = weight_blocks(words)
    assert isinstance(shown, Table)
    assert shown.note == "Worked out from the 17 of 20 respondents that have a score everywhere."
    assert study(rows[:6]).weights_from is None


@pytest.mark.parametrize(
    ("parts", "column", "said"),
    [
        ("given", "score", "count as one"),
        ("given", "dimension.rd_input", ""),  # of which the table says nothing
        ("given", "", ""),
        ("held_back", "score", "All groups are held back"),
    ],
)
def test_inequality_says_what_becomes_of_groups_that_are_held_back(
    instruments: Instruments, parts: str, column: str, said: str
) -> None:
    between = 0.1 if parts == "given" else None
    row = {"column": "score", "gini": 0.2, "gini_within": between, "gini_between": between, "gini_overlap": between}
    tables: dict[str, list[Plain]] = {
        "inequality": [row | {"theil": 0.1}],
        "groups": [{"group": "A", "column": column or "score", "suppressed": bool(column)}],
    }
    head = {"gini_parts": parts}
    study = StudyWords(instruments.questionnaire, tables, head, "en", "2026-11-25", "score", [], {})
    (shown,) = inequality_blocks(study)
    assert isinstance(shown, Table)
    assert said in shown.note
    assert bool(shown.note) == bool(said)


def test_a_dimension_that_few_are_asked_about_says_of_how_many_it_speaks(instruments: Instruments) -> None:
    """Below the target are all of the 13 that have a score there, not all of the 40 respondents."""
    row: Plain = {"group": "", "dimension": next(iter(instruments.questionnaire.dimensions))}
    row |= {"scored": 13, "share_below": 1.0, "mean_shortfall": 35.1, "mean_share": 0.09}
    study = StudyWords(instruments.questionnaire, {"gaps": [row]}, {"rows": 40}, "en", "2026-11-25", "score", [], {})
    shown = next(block for block in gap_blocks(study) if isinstance(block, Table))
    assert [words_of(cell) for cell in shown.rows[0][1:]] == ["13", "100%", "35.1", "9.0%"]
    assert shown.caption.startswith("Of those with a score there")


def test_only_where_all_lie_below_their_target_is_it_100_percent(instruments: Instruments) -> None:
    """499 of 500 are 99.8%."""
    ids = list(instruments.questionnaire.dimensions)
    mean: Plain = {"group": "", "mean_shortfall": 5.0, "mean_share": 0.1}
    tables = {
        "gaps": [
            mean | {"dimension": id, "scored": 500, "share_below": n / 500}
            for id, n in zip(ids, (500, 499), strict=False)
        ]
    }
    study = StudyWords(instruments.questionnaire, tables, {"rows": 500}, "en", "2026-11-25", "score", [], {})
    shown = next(block for block in gap_blocks(study) if isinstance(block, Table))
    assert [words_of(row[2]) for row in shown.rows] == ["100%", "99.8%"]


def test_what_tells_the_weakest_apart_is_a_difference_that_is_printed(instruments: Instruments) -> None:
    """Means that print alike (“40.0 and 40.0: −0.0”) do not stand among what tells the weakest apart.

    Nor are seven of twelve, where a floor holds many at one score, called a quarter; and where they lie far above the
    others (50 points), it is not said that they differ most in something else.
    """
    ids = list(instruments.questionnaire.dimensions)
    row: Plain = {"weakest": 7, "mean_others": 40.04, "below_weakest": 0.996}
    whole: Plain = {"group": "", "column": "score", "scored": 12, "suppressed": False}
    tables = {
        "gaps": [],
        "groups": [whole],
        "weakest": [row | {"dimension": i, "mean_weakest": m} for i, m in zip(ids, (39.9, 39.96, 90.0), strict=False)],
    }
    study = StudyWords(instruments.questionnaire, tables, {"rows": 14}, "en", "2026-11-25", "score", [], {})
    lead, shown = gap_blocks(study)
    assert isinstance(lead, Paragraph)
    assert isinstance(shown, Table)
    assert [(words_of(row[1]), words_of(row[4])) for row in shown.rows] == [("39.9", "99.6%")]
    said = "".join(run.text for run in lead.runs)
    assert said.startswith(
        "The weakest, 7 of 12 respondents at or below the lower quartile of the score, lie furthest below"
    )


def test_only_who_answered_all_is_told_as_100_percent_among_the_ranks(instruments: Instruments) -> None:
    row: Plain = {"score": 50.0, "rank": 1, "floors": "", "weights": "baseline"}
    ranks = [row | {"respondent": f"{share}", "coverage": share} for share in (1.0, 0.996)]
    study = StudyWords(
        instruments.questionnaire, {"ranks": ranks, "groups": []}, {"rows": 2}, "en", "2026-11-25", "score", [], {}
    )
    shown = next(block for block in rank_blocks(study) if isinstance(block, Table))
    assert [words_of(row[4]) for row in shown.rows] == ["100%", "99.6%"]


def test_quick_screenings_are_marked_among_the_ranks(instruments: Instruments) -> None:
    """It is not only said that some are, where a rank is read; where all are alike nobody is marked."""
    row: Plain = {"score": 50.0, "rank": 1, "floors": "", "weights": "baseline", "coverage": 1.0}
    ranks = [row | {"respondent": mode, "mode": mode} for mode in ("full", "quick")]
    for modes, shown in (({"full", "quick"}, ["full", "quick (quick screening)"]), ({"quick"}, ["full", "quick"])):
        tables: dict[str, list[Plain]] = {"ranks": ranks, "groups": []}
        study = StudyWords(
            instruments.questionnaire, tables, {"rows": 2}, "en", "2026-11-25", "score", [], {}, modes=modes
        )
        (found,) = rank_blocks(study)
        assert isinstance(found, Table)
        assert [words_of(row[0]) for row in found.rows] == shown


def test_groups_by_rubric_and_facts_are_named_by_their_words(instruments: Instruments) -> None:
    """In the report's language, by title and option, and not by id; what has no words keeps its id."""
    head, rubrics = {"by": ["weights", "fact.structure"]}, {"ecological": {"en": "Ecological", "zh": "生态型"}}
    study = StudyWords(instruments.questionnaire, {}, head, "zh", "2026-11-25", "score", [], {}, rubrics=rubrics)
    assert study.group("ecological|agri_led;visitor_led").startswith(
        "生态型；农业占比高（第一产业占GDP15%及以上）、旅游"
    )
    assert study.group("of_old|–") == "of_old；未填写"
    assert study.grouping().startswith("权重方案；")
    alike = {"baseline": {"en": "A", "zh": "甲"}, "own": {"en": "A", "zh": "甲"}, "third": {"en": "B", "zh": "乙"}}
    study = StudyWords(
        instruments.questionnaire, {}, {"by": ["weights"]}, "en", "2026-11-25", "", [], {}, rubrics=alike
    )
    assert [study.group(id) for id in alike] == ["A (baseline)", "A (own)", "B"]  # of two groups with one name
