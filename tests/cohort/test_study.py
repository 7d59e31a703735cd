"""Studies of cohorts: the files, what is held back in them, herding, the benchmark file and a drafted profile."""

import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort.drafting import draft, shares_before
from nqpf_assess.cohort.engines import Local
from nqpf_assess.cohort.filing import benchmark_of, head_of, write_tables
from nqpf_assess.cohort.herding import herding
from nqpf_assess.cohort.job import Order, score_table
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scores import Scores, of_no_edition, refuse_other_editions, scores_of
from nqpf_assess.cohort.statistics import gini, theil
from nqpf_assess.cohort.study import Study
from nqpf_assess.cohort.work import instruments_in, texts_of
from nqpf_assess.engine.instrument import digest
from nqpf_assess.exchange.benchmark import Alike
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import MultiQuestion, Questionnaire
from nqpf_assess.report.peer_words import alike_words
from nqpf_assess.report.wording import percent
from tests.cohort.conftest import Read, crowd_of, rows_of, shipped_instruments, write_csv
from tests.support.oracle import Plain
from tests.support.scored import instrument_of
from tests.support.varied import tiny


def test_nothing_of_a_small_group_can_be_worked_out(study: Read, instruments: Instruments, tmp_path: Path) -> None:
    """Subtraction attempted on every file: what is left after the shown groups is never fewer than the minimum."""
    rows = crowd_of(A=20, B=4, C=9, D=30)
    made = study(rows)
    tables = {"groups": made.group_table(), "bands": made.bands(), "herding": herding(made, [])}
    write_tables(tmp_path / "out", tables, head_of(made, instruments))
    groups = [row for row in tables["groups"].to_pylist() if row["column"] == "score"]
    whole = next(row for row in groups if row["group"] == "")
    shown = [row for row in groups if row["group"] and not row["suppressed"]]
    assert [row["group"] for row in shown] == ["A", "D"]
    left = whole["scored"] - sum(row["scored"] for row in shown)
    assert left == 13
    recovered = (whole["mean"] * whole["scored"] - sum(r["mean"] * r["scored"] for r in shown)) / left
    for region in "BC":
        own = [row["score"] for row in rows if row["region"] == region]
        assert not math.isclose(recovered, sum(own) / len(own), rel_tol=1e-6)
    hidden = [row for row in tables["groups"].to_pylist() if row["group"] in ("B", "C")]
    assert hidden
    assert all(row["mean"] is None and row["scored"] is None and row["n"] in ("<5", None) for row in hidden)
    assert all(row["suppressed"] for row in hidden)
    assert {row["group"] for row in tables["bands"].to_pylist()} == {"", "A", "D"}
    for file in (tmp_path / "out").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not any(f'"{row["respondent"]}"' in text for row in rows), file.name


def test_a_column_with_few_scores_is_held_back_by_itself(study: Read, instruments: Instruments) -> None:
    """A pillar that few of a group have a score in, and the next smallest beside it."""
    rows = crowd_of(A=20, B=10, C=12)
    pillar = f"pillar.{next(iter(instruments.questionnaire.pillars))}"
    for row in rows[:17]:
        row[pillar] = None
    found = {(r["group"], r["column"]): r["suppressed"] for r in study(rows).group_table().to_pylist()}
    assert found["A", pillar]
    assert found["B", pillar]
    assert not found["C", pillar]
    assert not found["A", "score"]


def test_bands_count_who_has_one(study: Read) -> None:
    """Rows without a band are not counted, bands nobody of the group is in are left out, shares sum to 1."""
    rows = crowd_of(A=9, B=6)
    unscored = [{"respondent": f"u{i}", "region": "A", "score": None, "band": None} for i in range(3)]
    for row in rows[9:]:
        row["band"] = "x"
    made = [row for row in study([*rows, *unscored]).bands().to_pylist() if row["group"]]
    counted = {(row["group"], row["band"]): row["n"] for row in made}
    assert counted == {("A", "x"): 3, ("A", "y"): 3, ("A", "z"): 3, ("B", "x"): 6}
    assert math.isclose(sum(row["share"] for row in made if row["group"] == "A"), 1)


def test_the_whole_is_held_back_where_it_is_too_small(study: Read, instruments: Instruments) -> None:
    """No figure anywhere, and no benchmark group."""
    made = study(crowd_of(A=4))
    assert all(row["suppressed"] for row in made.group_table().to_pylist())
    assert made.bands().num_rows == 0
    assert made.inequality().num_rows == 0
    assert benchmark_of(made, instruments)["groups"] == []
    # Of floors nothing is told either, which is not 0: that would be none below one.
    assert {head_of(made, instruments)[key] for key in ("below_floor", "held_by_floor")} == {None}


class Looked(dict[str, Any]):
    """A row that counts how often somebody asks for its group."""

    times = 0

    def __getitem__(self, name: str) -> Any:
        self.times += name == "group"
        return super().__getitem__(name)


def test_a_benchmark_looks_at_no_row_once_for_each_group(
    study: Read, instruments: Instruments, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else thousands of groups take minutes."""
    made = study(crowd_of(**{f"g{n}": 5 for n in range(30)}))
    rows = [Looked(row) for row in made.group_table().to_pylist()]
    alike = [
        Looked(dict.fromkeys(("what", "option", "n", "share", "of", "chosen")), group=label, flag=True)
        for label in made.groups.labels
    ]
    monkeypatch.setattr(Study, "group_table", lambda _: SimpleNamespace(to_pylist=lambda: rows))
    groups = benchmark_of(made, instruments, alike=SimpleNamespace(to_pylist=lambda: alike))["groups"]
    assert [len(group.get("herding", ())) for group in groups] == [0] + [1] * 30
    assert max(row.times for row in (*rows, *alike)) == 1


def test_groups_whose_cells_hold_our_own_marks_stay_apart(study: Read, instruments: Instruments) -> None:
    """A mark that joins two columns, the dash of a blank cell: each group keeps its own figures, and its own label."""
    cells = [("x|y", "z"), ("x", "y|z"), ("–", "z"), (None, "z")]
    rows = [row | {"region": cells[i % 4][0], "city": cells[i % 4][1]} for i, row in enumerate(crowd_of(A=40))]
    made = study(rows, by=("region", "city"))
    assert len({row["group"] for row in made.group_table().to_pylist()}) == 5
    found = {
        tuple(row["group"].values()): row["columns"]["score"]["mean"]
        for row in benchmark_of(made, instruments)["groups"]
    }
    for at, (region, city) in enumerate(cells):
        own = [row["score"] for row in rows[at::4]]
        assert math.isclose(found[region or "", city], sum(own) / len(own))


def test_no_least_or_largest_is_printed(study: Read, instruments: Instruments, tmp_path: Path) -> None:
    """Neither a column for it, nor the figure (but in the ranks)."""
    rows = crowd_of(A=40, B=50)
    made = study(rows)
    text = json.dumps(benchmark_of(made, instruments)) + json.dumps(made.group_table().to_pylist())
    scores = sorted(row["score"] for row in rows)
    assert repr(scores[0]) not in text
    assert repr(scores[-1]) not in text


def test_ranks_by_profile_and_group(study: Read) -> None:
    """Within a profile by score, over several by the baseline score; nulls have no rank; each respondent once."""
    rows = [
        {"respondent": "a", "weights": "x", "region": "R", "score": 50.0, "baseline_score": 10.0},
        {"respondent": "b", "weights": "y", "region": "R", "score": 60.0, "baseline_score": 30.0},
        {"respondent": "c", "weights": "x", "region": "S", "score": 70.0, "baseline_score": 20.0},
        {"respondent": "d", "weights": "x", "region": "S", "score": None, "baseline_score": None},
        {"respondent": "a ", "weights": "x", "region": "R", "score": 99.0, "baseline_score": 99.0},
    ]
    made = study(rows, minimum=1)
    assert made.scores.left_out == 1
    found = {row["respondent"]: row for row in made.ranks().to_pylist()}
    assert [found[name]["rank"] for name in "abcd"] == [3, 2, 1, None]
    assert [found[name]["rank_in_weights"] for name in "abcd"] == [2, 1, 1, None]
    assert [found[name]["baseline_rank"] for name in "abcd"] == [3, 1, 2, None]
    assert [found[name]["rank_in_group"] for name in "abcd"] == [2, 1, 1, None]
    assert found["d"]["percentile"] is None


def test_ranks_within_a_group_that_is_held_back_would_tell_how_many_it_has(study: Read) -> None:
    """The largest rank of a group is its n; groups that are shown keep theirs."""
    found = study(crowd_of(A=20, B=4, C=5, D=30)).ranks().to_pylist()
    ranks: dict[str, set[int | None]] = {}
    for row in found:
        ranks.setdefault(row["respondent"][0], set()).add(row["rank_in_group"])
    assert ranks["B"] == ranks["C"] == {None}
    assert ranks["A"] == set(range(1, 21))
    assert ranks["D"] == set(range(1, 31))


def test_scores_that_were_changed_to_what_is_no_figure_are_a_sentence(study: Read, tmp_path: Path) -> None:
    """A table of scores may come from anybody."""
    made = study(crowd_of(A=9))
    table = pq.read_table(made.scores.files[0])
    at = table.column_names.index("score")
    pq.write_table(table.set_column(at, "score", pa.array(["x"] * 9)), tmp_path / "s.parquet")
    with pytest.raises(UserError, match="holds what is no figure"):
        made.ranks()


def test_bands_stand_in_their_order_and_not_in_that_of_the_alphabet(study: Read) -> None:
    """The lowest first; one that no rubric knows comes last."""
    made = study(crowd_of(A=20, D=30))
    made.bands_in_order = ("z", "y")
    assert [row["band"] for row in made.bands().to_pylist()] == ["z", "y", "x"] * 3


@pytest.mark.parametrize(
    ("plans", "chosen", "said"),
    [
        (0, 0, "is recommended to 40 of 40"),
        (10, 10, "10 of them chose it"),
        (40, 40, "40 of 40 (100%) also chose"),
    ],
)
def test_nobody_is_said_to_have_chosen_what_was_only_recommended(
    plans: int, chosen: int, said: str, instruments: Instruments, tmp_path: Path
) -> None:
    """The first measures of who ticked none are proposals of the program."""
    rows = [dict(rows_of(1)[0]) | {"respondent": f"r{n}", "weights": "baseline", "plan.chosen": ""} for n in range(40)]
    measure = alone_first(instruments, rows[0], tmp_path)
    for row in rows[:plans]:
        row["plan.chosen"] = measure
    table = write_csv(tmp_path / "t.csv", rows)
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        found = herding(Study(instruments.questionnaire, scores), []).to_pylist()
    row = next(row for row in found if row["option"] == measure)
    assert (row["n"], row["chosen"]) == (40, chosen)
    alike = Alike("first_measures", measure, row["n"], row["of"], row["chosen"])
    words = alike_words(alike, instruments.questionnaire)["en"]
    assert said in words
    unknown = Alike("first_measures", measure, 40, 40)
    assert "chosen by or recommended to" in alike_words(unknown, instruments.questionnaire)["en"]


def alone_first(instruments: Instruments, row: Plain, folder: Path) -> str:
    """The first of the measures that the program would propose to a row."""
    table = write_csv(folder / "one.csv", [row])
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        return str(scores.texts("first_measures")[0].as_py()).split(";")[0]


def test_groups_by_several_columns(study: Read) -> None:
    """`a|b`; a cell that says nothing is a group of its own, and never the whole."""
    rows = [row | {"city": "p" if i % 2 else None} for i, row in enumerate(crowd_of(A=20, B=20))]
    made = study(rows, ("region", "city"))
    assert made.groups.labels == ("A|–", "A|p", "B|–", "B|p")
    assert made.groups.values[1] == {"region": "A", "city": "p"}
    with pytest.raises(UserError, match="no column “nowhere”"):
        _ = study(rows, ("nowhere",)).groups


def test_gaps_and_herding_of_a_table(instruments: Instruments, tmp_path: Path) -> None:
    """A table is scored first; gaps and choices are those of the rows."""
    rows = rows_of(60)
    for index, row in enumerate(rows):
        row["fact.priority_industries"] = "batteries" if index % 2 else "hydrogen;equipment"
        row["fact.priority_industries.state"] = None
    table = write_csv(tmp_path / "t.csv", [*rows, rows[0]])
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        made = Study(instruments.questionnaire, scores, ("region",))
        found = herding(made, ["priority_industries"]).to_pylist()
        assert herding(made, ["priority_industries"] * 2).to_pylist() == found
        gaps = made.gaps()
        assert gaps is not None
        gap, share = scores.figures("gap.rd_input"), scores.figures("share.rd_input")
    counts = {
        r["option"]: (r["n"], r["of"], r["flag"]) for r in found if r["group"] == "" and r["what"] != "first_measures"
    }
    assert counts == dict.fromkeys(("batteries", "hydrogen", "equipment"), (30, 60, True))
    row = next(row for row in gaps.to_pylist() if row["group"] == "" and row["dimension"] == "rd_input")
    there = gap[~np.isnan(gap)]
    assert row["scored"] == len(there)
    assert row["below_target"] == int((there > 1e-9).sum())
    assert row["mean_shortfall"] == pytest.approx(np.maximum(there, 0).mean())
    assert row["mean_share"] == pytest.approx(np.nanmean(share))


def test_a_table_that_changes_while_it_is_counted_is_refused(instruments: Instruments, tmp_path: Path) -> None:
    """Its choices would be those of other rows than the scores."""
    table = write_csv(tmp_path / "t.csv", rows_of(60))
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        made = Study(instruments.questionnaire, scores, ())
        write_csv(table, rows_of(40))
        with pytest.raises(UserError, match="was changed by something else"):
            herding(made, ["priority_industries"])


def test_herding_wants_choices_and_answers(study: Read) -> None:
    """A figure is no choice; a scores table holds no answers."""
    made = study(crowd_of(A=10))
    with pytest.raises(UserError, match="single or multi"):
        herding(made, ["rd_intensity"])
    with pytest.raises(UserError, match="does not hold the answers"):
        herding(made, ["priority_industries"])
    with pytest.raises(UserError, match="groups are by"):  # how many chose an option would be how many a group has
        herding(study(crowd_of(A=10), by=("fact.priority_industries",)), ["priority_industries"])


def test_a_benchmark_file_holds_no_respondent(study: Read, instruments: Instruments) -> None:
    """The whole first, then the shown groups, with counts of the profiles that are not small."""
    rows = crowd_of(A=20, B=4, C=9, D=30)
    rows[0]["weights"] = "ecological"
    made = benchmark_of(study(rows), instruments, "2025")
    assert [group["group"] for group in made["groups"]] == [{}, {"region": "A"}, {"region": "D"}]
    assert [group["n"] for group in made["groups"]] == [63, 20, 30]
    assert [row["n"] for row in made["weights"]] == [None, None]
    assert made["period"] == "2025"
    assert "A0" not in json.dumps(made)


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ([{"period": "2023"}, {"period": "2025", "mode": "quick"}], {"period": "2023–2025", "quick": "some"}),
        ([{"mode": "quick"}] * 2, {"period": "", "quick": "all"}),
        ([{"period": "2025"}, {"period": "2025", "override.talent": "2"}], {"period": "2025", "corrected": True}),
    ],
)
def test_a_benchmark_says_what_its_respondents_describe_and_in_what_they_are_unlike(
    beside: list[Plain], said: Plain, instruments: Instruments, tmp_path: Path
) -> None:
    """What the command line states is taken for the time instead."""
    rows = [{"respondent": f"r{at}", "rd_intensity": "2", "weights": "baseline"} | it for at, it in enumerate(beside)]
    table = str(write_csv(tmp_path / "t.csv", rows))
    with scores_of(instruments, [table], engine=Local(1), watch=lambda _: None) as scores:
        made = Study(instruments.questionnaire, scores, ())
        found, stated = (benchmark_of(made, instruments, period) for period in ("", "2024"))
    assert {key: found[key] for key in ("period", "corrected", "quick") if key in found} == said
    assert stated["period"] == "2024"


@pytest.mark.parametrize(
    ("few", "beside"), [(4, {"weights": "ecological+0.4*grain_base"}), (6, {"weights": "grain_base", "score": None})]
)
def test_profiles_of_a_benchmark_are_counted_as_groups_are(
    few: int, beside: Plain, study: Read, instruments: Instruments
) -> None:
    """What is left of the whole after those of which a count is told may be a blend, or may have no score."""
    rows = [*crowd_of(A=20), *(row | {"weights": "ecological"} for row in crowd_of(B=9, C=8))]
    assert [row["n"] for row in benchmark_of(study(rows), instruments)["weights"]] == [20, 17]
    rows += [row | {"respondent": f"few{at}"} | beside for at, row in enumerate(crowd_of(C=few))]
    counts = {row["id"]: row["n"] for row in benchmark_of(study(rows), instruments)["weights"]}
    assert counts == {"baseline": 20, "ecological": None, beside["weights"]: None}


def test_a_rubric_by_which_nobody_has_a_score_is_none_of_a_benchmark(study: Read, instruments: Instruments) -> None:
    """One file that was begun and not answered would make it compare baseline scores, as the report does not."""
    begun = {"respondent": "begun", "weights": "ecological", "score": None, "band": None}
    made = benchmark_of(study([*crowd_of(A=20), begun]), instruments)
    assert [(row["id"], row["n"]) for row in made["weights"]] == [("baseline", 20)]
    assert (made["groups"][0]["n"], made["groups"][0]["columns"]["score"]["scored"]) == (21, 20)


def test_a_group_without_any_score_is_not_what_is_left_of_the_whole(study: Read) -> None:
    """Else its n is the whole's less that of the others."""
    rows = crowd_of(A=20, B=4, D=30)
    for row in rows[20:24]:
        row["score"] = row["band"] = None
    found = {(row["group"], row["column"]): row["suppressed"] for row in study(rows).group_table().to_pylist()}
    assert (found["A", "score"], found["B", "score"], found["D", "score"]) == (True, True, False)


def test_a_drafted_profile_carries_the_derived_weights(instruments: Instruments, tmp_path: Path) -> None:
    """Under it the shares of the overall are the derived ones; the program's own check takes it."""
    questionnaire = instruments.questionnaire
    weights = {id: float(index + 1) for index, id in enumerate(questionnaire.dimensions)}
    weights = {id: weight / sum(weights.values()) for id, weight in weights.items()}
    text = draft(instruments.first, weights, id="derived", method="critic", rows=118)
    assert "\nwhy.zh = " in text  # as people write it and `weights new` does, not as a table
    assert "\n[adjust." not in text
    made = instruments_in(texts_of(instruments)[0], ((*texts_of(instruments)[1][0], text),))
    from nqpf_assess.engine.rubric import along_paths, local_rubric, normalised
    from nqpf_assess.engine.states import View

    rubric = local_rubric(made.first, View({}, {}))
    found = along_paths(made.first, normalised(made.first, rubric.weights))
    assert {id: found[id] for id in weights} == pytest.approx(weights, rel=1e-4)
    assert sum(shares_before(made.first)[id] for id in questionnaire.pillars) == pytest.approx(1)
    before = shares_before(made.first)
    for change in made.first.profile.adjust:  # as the contract has it: of the whole, not among siblings
        if change.node in weights:
            assert float(change.factor or 0) == pytest.approx(weights[change.node] / before[change.node], abs=1e-6)
    kept = next(iter(questionnaire.dimensions))
    whole = next(pillar for pillar, ids in reversed([*questionnaire.dimensions_of.items()]) if kept not in ids)
    told = {id: share for id, share in weights.items() if id not in (kept, *questionnaire.dimensions_of[whole])}
    told = {id: share / sum(told.values()) for id, share in told.items()}
    text = draft(instruments.first, told, id="derived", method="critic", rows=118)
    made = instruments_in(texts_of(instruments)[0], ((*texts_of(instruments)[1][0], text),))
    rubric = local_rubric(made.first, View({}, {}))
    found = along_paths(made.first, normalised(made.first, rubric.weights))
    for change in made.first.profile.adjust:  # beside dimensions that tell nobody apart, too, each reason is true
        share, given = percent(found[change.node], 1), percent(before[change.node], 1)  # 9 % × 45 % is 4.1 %, as shown
        assert f": {share} of the whole instead of {given}" in change.why["en"]
        if change.node in told:
            assert float(change.factor or 0) == pytest.approx(told[change.node] / before[change.node], abs=1e-6)
    assert not {kept, whole} & {change.node for change in made.first.profile.adjust}
    for id, said in (("Not An Id", "is no id"), (instruments.first.chain[0].id, "rest on each other")):
        with pytest.raises(UserError, match=said):
            draft(instruments.first, weights, id=id, method="critic", rows=118)


def test_the_content_travels_unchanged(instruments: Instruments) -> None:
    """As texts to other processes and back: the same digests, so the same questionnaire and rubrics."""
    again = instruments_in(*texts_of(instruments))
    assert digest(again.questionnaire) == digest(instruments.questionnaire)
    assert [digest(*chain) for chain in again.chains] == [digest(*chain) for chain in instruments.chains]


def test_the_parts_of_inequality_tell_nothing_of_a_small_group(study: Read) -> None:
    """Groups held back count as one: the parts say no more than what can be worked out from the shown groups."""
    rows = crowd_of(A=20, B=1, C=9, D=30)
    made = study(rows)
    score = made.scores.figures("score")
    kept = np.array([{"A": 0, "D": 1}.get(row["region"], 2) for row in rows])
    row = made.inequality().to_pylist()[0]
    wanted = gini(score, kept)
    assert wanted is not None
    assert (row["gini_within"], row["gini_between"]) == pytest.approx((wanted.within, wanted.between), rel=1e-12)
    told = theil(score, kept)
    assert told is not None
    assert (row["theil_within"], row["theil_between"]) == pytest.approx((told.within, told.between), rel=1e-12)


def test_groups_held_back_are_not_too_many(study: Read, instruments: Instruments) -> None:
    """They count as one, so that the parts are given, and said to be."""
    made = study(crowd_of(A=20, B=20, **{f"s{n}": 1 for n in range(201)}))
    assert made.inequality()["gini_within"][0].is_valid
    assert head_of(made, instruments)["gini_parts"] == "given"


def test_where_all_groups_are_held_back_nothing_is_said_to_lie_between_them(
    study: Read, instruments: Instruments
) -> None:
    """As one group they would have all of it within, and 0 between."""
    made = study(crowd_of(A=3, B=3, C=4))
    row = made.inequality().to_pylist()[0]
    assert row["gini"] is not None
    assert {row[name] for name in ("gini_within", "gini_between", "theil_within", "theil_between")} == {None}
    assert head_of(made, instruments)["gini_parts"] == "held_back"


def test_the_weakest_quarter_beside_the_others(study: Read, instruments: Instruments) -> None:
    """At or below the lower quartile of the total; nothing where either part is too small."""
    rows = crowd_of(A=40)
    dimension = next(iter(instruments.questionnaire.dimensions))
    for index, row in enumerate(sorted(rows, key=lambda row: row["score"])):
        row[f"dimension.{dimension}"] = 10.0 if index < 10 else 50.0
    found = study(rows).weakest().to_pylist()[0]
    assert (found["weakest"], found["mean_weakest"], found["mean_others"]) == (10, 10.0, 50.0)
    few = study(rows[:12]).weakest().to_pylist()[0]
    assert few["mean_weakest"] is None
    for index, row in enumerate(sorted(rows, key=lambda row: row["score"])[:13]):
        row["score"] = 3.3 + 1e-12 * index  # alike but for what rounding adds
    assert study(rows).weakest().to_pylist()[0]["weakest"] == 13


def test_more_than_there_is_room_for_is_flagged(instruments: Instruments, tmp_path: Path) -> None:
    """Beside the share: a stated room for an option, counted over the whole; the benchmark file has what is flagged."""
    rows = rows_of(40)
    for index, row in enumerate(rows):
        row["fact.priority_industries"] = "batteries" if index < 8 else "hydrogen" if index < 12 else "equipment"
        row["fact.priority_industries.state"] = None
    table = write_csv(tmp_path / "t.csv", rows)
    with scores_of(instruments, [str(table)], engine=Local(1), watch=lambda _: None) as scores:
        made = Study(instruments.questionnaire, scores)
        plain, roomy = (herding(made, ["priority_industries"], rooms=rooms) for rooms in ({}, {"hydrogen": 3}))
        benchmark = benchmark_of(made, instruments, alike=roomy)
        with pytest.raises(UserError, match="“hydrogn”") as fault:
            herding(made, ["priority_industries"], rooms={"hydrogn": 3})
    assert (fault.value.status, fault.value.hint["en"]) == (2, "Did you mean “hydrogen”?")
    measures = set(shipped_instruments().questionnaire.countermeasures)
    flags = [{row["option"] for row in table.to_pylist() if row["flag"]} - measures for table in (plain, roomy)]
    assert flags == [{"equipment"}, {"equipment", "hydrogen"}]
    kept = {row["option"]: (row["n"], row["of"]) for row in benchmark["groups"][0]["herding"]}
    assert kept["hydrogen"] == (4, 40)
    assert "batteries" not in kept


def test_groups_by_a_fact_of_the_table(instruments: Instruments, tmp_path: Path) -> None:
    """The table that was scored is asked, and answers that score alike are one group, however they are written.

    A blank behind “county” makes no second group of counties, which would halve the first.
    """
    typed = ["county", "prefecture", "county ", " prefecture", "dk", "county", "", "no such tier"]
    rows = [row | {"fact.tier": typed[index % 8], "fact.tier.state": None} for index, row in enumerate(rows_of(40))]
    for row in rows[5::8]:
        row["fact.tier.state"] = "dk"  # which wins over the value
    with scores_of(
        instruments, [str(write_csv(tmp_path / "t.csv", rows))], engine=Local(1), watch=lambda _: None
    ) as scores:
        made = Study(instruments.questionnaire, scores, ("fact.tier",))
        found = {label: len(members) for label, members in zip(made.groups.labels, made.members, strict=True)}
    assert found == {"county": 10, "prefecture": 10, "–": 20}


def test_groups_by_a_figure_or_several_options_are_by_the_answer(tmp_path: Path) -> None:
    """3 and 3.00 are one, and so are two options in either order; “not sure” is a group of its own."""
    asked = {
        "people": {"kind": "number", "text": {"en": "people"}, "range": [0, 99]},
        "fields": {"kind": "multi", "text": {"en": "f"}, "options": {id: {"en": id} for id in ("a", "b")}},
        "coast": {"kind": "single", "text": {"en": "c"}, "options": {"yes": {"en": "y"}, "odd": {"en": "o"}}},
    }
    asked["coast"]["options"]["odd"]["unknown"] = True  # type: ignore[index]
    case = tiny({"p": {"d": 50}})
    questionnaire = Questionnaire.model_validate(case.questionnaire | {"facts": asked})
    instruments = Instruments(questionnaire, (instrument_of(case.questionnaire, case.chain).chain,))
    rows = [
        {"respondent": f"{at}", "fact.people": people, "fact.fields": fields, "fact.coast": coast}
        for at, (people, fields, coast) in enumerate([("3", "a;b", "odd"), ("3.00", "b; a", " odd"), ("4", "a", "yes")])
    ]
    with scores_of(
        instruments, [str(write_csv(tmp_path / "t.csv", rows))], engine=Local(1), watch=lambda _: None
    ) as scores:
        made = Study(questionnaire, scores, ("fact.people", "fact.fields", "fact.coast"))
        assert made.groups.labels == ("3|a;b|odd", "4|a|yes")


def test_blanks_around_a_cell_make_no_group_of_their_own(study: Read) -> None:
    """Else two groups of one name stand beside each other."""
    rows = crowd_of(A=12, B=6)
    for index, row in enumerate(rows):
        row["region"] += " " * (index % 2)
    assert study(rows).groups.labels == ("A", "B")


def test_an_answer_that_is_not_asked_is_no_choice(instruments: Instruments, tmp_path: Path) -> None:
    """It stays in the table when the facts change, or when a quick screening asks the core questions alone."""
    rows = rows_of(30)
    for index, row in enumerate(rows):
        row |= {"trade_platforms": "rail", "reforms_done": "data", "mode": "quick" if index < 12 else "full"}
        row |= {"fact.trade_role": "logistics_hub" if index % 3 else "none", "fact.trade_role.state": None}
        row |= {"trade_platforms.state": None, "reforms_done.state": None}
    option = next(iter(cast("MultiQuestion", instruments.questionnaire.questions["reforms_done"]).options))
    rows = [row | {"reforms_done": option} for row in rows]
    table = str(write_csv(tmp_path / "t.csv", rows))
    with scores_of(instruments, [table], engine=Local(1), watch=lambda _: None) as scores:
        made = Study(instruments.questionnaire, scores)
        found = herding(made, ["trade_platforms", "reforms_done"]).to_pylist()
    counted = {row["option"]: (row["n"], row["of"]) for row in found if row["what"] != "first_measures"}
    assert counted == {"rail": (20, 20), option: (18, 18)}


def test_no_more_have_a_measure_in_the_plan_than_it_is_counted_for(instruments: Instruments, tmp_path: Path) -> None:
    """A plan that names what there is not is passed over, and the measures are worked out."""
    measure = [*instruments.questionnaire.countermeasures][-1]
    rows = [
        row | {"plan.chosen": f"{measure};no_such" if index % 2 else measure} for index, row in enumerate(rows_of(20))
    ]
    table = str(write_csv(tmp_path / "t.csv", rows))
    with scores_of(instruments, [table], engine=Local(1), watch=lambda _: None) as scores:
        found = herding(Study(instruments.questionnaire, scores), []).to_pylist()
    assert [row["n"] >= row["chosen"] for row in found] == [True] * len(found)
    assert any(row["chosen"] for row in found)


def test_scores_of_another_edition_are_refused(instruments: Instruments, tmp_path: Path) -> None:
    """Named with both editions, since scores of two do not compare.

    The same edition, and a CSV with the same columns, which names none, are taken.
    """
    table = write_csv(tmp_path / "t.csv", rows_of(10))
    for ending in ("csv", "parquet"):
        score_table(instruments, Order([str(table)], str(tmp_path / f"s.{ending}")), Local(1))
        scores = Scores((str(tmp_path / f"s.{ending}"),))
        refuse_other_editions(scores, instruments)
        assert of_no_edition(scores) == (scores.files if ending == "csv" else ())
    pillar = next(iter(instruments.questionnaire.pillars.values()))
    changed = {
        **instruments.questionnaire.pillars,
        next(iter(instruments.questionnaire.pillars)): pillar.model_copy(
            update={"title": {"en": "other", "zh": "其他"}}
        ),
    }
    other = instruments.questionnaire.model_copy(update={"version": "2027.1.0", "pillars": changed})
    with pytest.raises(UserError, match="another edition of “region”"):
        refuse_other_editions(Scores((str(tmp_path / "s.parquet"),)), Instruments(other, instruments.chains))
    firm = write_csv(tmp_path / "firm.csv", [{"respondent": "x", "weights": "baseline", "score": "1"}])
    with pytest.raises(UserError, match="another questionnaire"):
        refuse_other_editions(Scores((str(firm),)), instruments)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_scores_by_a_profile_that_is_not_at_hand_are_refused(
    ending: str, instruments: Instruments, tmp_path: Path
) -> None:
    """Its bands, floors and name would be missing; a row whose profile nobody knew has no figures, and is no matter."""
    rows = [{**row, "weights": id} for row, id in zip(rows_of(2), ("nobody_knows", "baseline"), strict=True)]
    table, place = write_csv(tmp_path / "t.csv", rows), str(tmp_path / f"s.{ending}")
    score_table(instruments, Order([str(table)], place), Local(1))
    refuse_other_editions(Scores((place,)), instruments)
    others = tuple(chain for chain in instruments.chains if chain[-1].id != "baseline")
    with pytest.raises(UserError, match="no profile “baseline”"):
        refuse_other_editions(Scores((place,)), Instruments(instruments.questionnaire, others))
