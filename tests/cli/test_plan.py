"""`plan FILE --budget N`: the object of the contract, the page for people, and a clear sentence for every wrong use."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.plan import Plan, Wishes
from nqpf_assess.pages.plan import plan_blocks
from nqpf_assess.report.blocks import texts_of
from nqpf_assess.report.outline.floors import lifted
from tests.cli.conftest import REPOSITORY, Run
from tests.engine.test_measures import PLAIN
from tests.support.scored import instrument_of
from tests.support.varied import tiny

COUNTY = REPOSITORY / "samples" / "ecological_county.toml"
CLUSTER = REPOSITORY / "samples" / "cluster_county.toml"
FINISHED_FIRM = REPOSITORY / "samples" / "firm_exporter.toml"
HAN = re.compile(r"[\u4e00-\u9fff]")


def plan(run: Run, *arguments: str | Path, file: Path = COUNTY) -> Any:
    done = run("plan", file, *arguments, "--json")
    assert done.returncode == 0
    assert not done.stderr or done.stderr.startswith("Counted here, though done or dropped")
    return json.loads(done.stdout)


def test_json_is_the_object_of_the_contract(run: Run) -> None:
    """The keys are those of the contract; figures hang together; the curve has every budget and never falls."""
    row = plan(run, "--budget", "9")
    assert list(row) == [
        "format", "budget", "chosen", "gain", "score_before", "score_after", "score_after_floors", "optimal", "bound",
        "curve",
    ]  # fmt: skip
    assert (row["format"], row["budget"], row["optimal"], row["bound"]) == ("nqpf-plan/1", 9, True, row["gain"])
    assert all(list(step) == ["id", "phase", "effort", "cumulative_gain"] for step in row["chosen"])
    assert sum(step["effort"] for step in row["chosen"]) <= 9
    assert row["chosen"][-1]["cumulative_gain"] == pytest.approx(row["gain"], abs=1e-9)
    assert row["score_after"] - row["score_before"] == pytest.approx(row["gain"], abs=1e-9)
    gains = [point["gain"] for point in row["curve"]]
    assert [point["budget"] for point in row["curve"]] == list(range(len(gains)))
    assert gains == sorted(gains)
    assert gains[9] == pytest.approx(row["gain"], abs=1e-9)


def test_a_plan_for_a_quick_screening_says_that_it_is_one(run: Run) -> None:
    quick = REPOSITORY / "samples" / "grain_county_quick.toml"
    told = [run("plan", file, "--budget", "6").stdout.startswith("This is a quick") for file in (quick, COUNTY)]
    assert told == [True, False]
    assert run("plan", quick, "--budget", "6", "--json").stderr.startswith("This is a quick")


def test_same_input_gives_the_same_bytes(run: Run) -> None:
    """Two runs print the same."""
    assert (
        run("plan", COUNTY, "--budget", "11", "--json").stdout == run("plan", COUNTY, "--budget", "11", "--json").stdout
    )


def test_budget_nothing_and_more_than_everything(run: Run) -> None:
    """Budget 0 chooses nothing; one larger than all chooses what a budget of all does."""
    nothing, every = plan(run, "--budget", "0"), plan(run, "--budget", "100000")
    assert (nothing["chosen"], nothing["gain"]) == ([], 0)
    assert every["gain"] == pytest.approx(every["curve"][-1]["gain"], abs=1e-9)


def test_effort_is_said_to_be_no_money(run: Run) -> None:
    """“投入” is money to most readers: a budget of 500, meant as 5 million yuan, got a plan that “takes 16”."""
    for language, words in (("en", "Effort is no sum of money"), ("zh", "投入不是金额")):
        said = run("plan", COUNTY, "--budget", "500", "--lang", language).stdout
        assert words in " ".join(said.split())


def test_what_if_tells_how_far_it_is_from_the_best(run: Run) -> None:
    """`--choose` re-scores just that set with what comes before it, and bounds it by the best of the same effort."""
    done = run("plan", COUNTY, "--choose", "niche_firm_ladder", "--json")
    row = json.loads(done.stdout)
    assert {step["id"] for step in row["chosen"]} == {"rd_accounting_coaching", "niche_firm_ladder"}
    assert "rd_accounting_coaching" in done.stderr
    assert row["budget"] == sum(step["effort"] for step in row["chosen"])
    assert row["bound"] == pytest.approx(row["curve"][row["budget"]]["gain"], abs=1e-9)
    assert row["optimal"] is (row["bound"] == row["gain"])


def test_a_set_that_somebody_chose_is_not_told_as_the_best_of_less_effort(run: Run) -> None:
    """That no other set gains more is true of the best alone, and only its figures are “this plan”."""
    chosen = ("plan", COUNTY, "--choose", "niche_firm_ladder")
    within, *dear = (json.loads(run(*chosen, *more, "--json").stdout) for more in ((), ("--budget", "1")))
    assert dear == [within]
    assert not within["optimal"]
    page = run(*chosen, "--budget", "1").stdout
    assert "No other set" not in page
    assert "this plan" not in page.partition("Largest gain for each effort")[2]


def test_wishes(run: Run) -> None:
    """Must-haves are in, what is excluded is out, only the tiers asked decide, phases keep to their own budgets."""
    row = plan(
        run, "--budget", "12", "--must", "sci_enclave", "--exclude", "flexible_talent,digital_diagnosis", "--short", "3"
    )
    ids = {step["id"] for step in row["chosen"]}
    assert "sci_enclave" in ids
    assert not ids & {"flexible_talent", "digital_diagnosis"}
    assert sum(step["effort"] for step in row["chosen"] if step["phase"] == "short") <= 3
    assert row["curve"][0]["gain"] is None
    files = sorted((REPOSITORY / "questionnaires/region").glob("3*.toml"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    acts = dict(re.findall(r'\[countermeasures\.(\w+)\].*?\nacts = "(\w+)"', text, re.DOTALL))
    asked = plan(run, "--budget", "30", "--acts", "city，province")
    assert {acts[step["id"]] for step in asked["chosen"]} <= {"city", "province"}


def test_a_plan_under_wishes_is_not_told_as_the_best_without_them(run: Run) -> None:
    """Without the measure that gains most it is the best of those that keep to what was asked for."""
    free, bound = (
        run("plan", COUNTY, "--budget", "8", *more).stdout for more in ((), ("--exclude", "flexible_talent"))
    )
    assert "No other set within this effort" in free
    assert "No other set" not in bound
    assert "no other within this effort gains more before the floors" in " ".join(bound.split())


@pytest.mark.parametrize("asked", [("--short", "0", "--medium", "0"), ("--must", "supply_risk_map")], ids=str)
def test_what_a_plan_leaves_out_is_not_told_as_worth_less(run: Run, asked: tuple[str, ...]) -> None:
    """Those that gain most may find no room in a phase: that others gain more for this effort is not true of them."""
    for wishes in ((), asked):
        page = " ".join(run("plan", CLUSTER, "--budget", "5", *wishes).stdout.split())
        assert ": outside this plan “" in page
        assert " would lift it." in page
        assert "gain more for this effort" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--budget", "-1"], "whole number from 0 up"),
        (["--budget", "some"], "--budget"),
        ([], "--budget is missing"),
        (["--choose", ", ,"], "--budget is missing"),
        (["--budget", "5", "--exclude", "eco_valu"], "eco_value"),
        (["--budget", "5", "--exclude", "Yearly skills list and short courses"], "“skills_list_courses”"),
        (["--choose", "eco_value,规上中小企业数字化体检"], "“digital_diagnosis”"),
        (["--choose", "Yearly skills list and short courses"], "“skills_list_courses”"),
        (["--budget", "5", "--acts", "village"], "county | city (prefecture) | province"),
        (["--budget", "2", "--must", "sci_enclave"], "effort of 3"),
        (["--budget", "9", "--must", "sci_enclave", "--medium", "1"], "than a phase allows"),
        (["--budget", "9", "--must", "st_budget_lock"], "cannot be chosen"),
        (["--choose", "sci_enclave", "--exclude", "sci_enclave"], "left out as asked"),
        (["--choose", "sci_enclave", "--must", "sci_enclave"], "--must"),
    ],
)
def test_wrong_use_is_a_sentence(run: Run, arguments: list[str], said: str) -> None:
    """Wrong use prints nothing as data, says what is wrong, and exits with 2, in both languages."""
    done, chinese = run("plan", COUNTY, *arguments), run("--lang", "zh", "plan", COUNTY, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert HAN.search(chinese.stderr)


def test_nothing_to_choose_is_said(run: Run) -> None:
    """A firm on target is told that no measure is called for; that is no error."""
    done = run("plan", FINISHED_FIRM, "--budget", "5")
    assert (done.returncode, done.stderr) == (0, "")
    assert "is at its target: no measure is called for" in done.stdout


def test_a_gap_in_a_pillar_without_a_score_is_not_told_as_reached() -> None:
    """Such a gap has no part in the shortfall: a shortfall of 0 does not say that all targets are reached."""
    made = tiny({"p": {"up": 100}, "q": {"low": 20, "open": None, "blank": None}})
    made.questionnaire["countermeasures"] = {"m": PLAIN | {"lifts": {"low": 20}}}
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    card = scorecard_of(assessed)
    blocks = plan_blocks(planner_of(assessed).plan(5), card, assessed.instrument.questionnaire, "en", progress={})
    assert card.overall.shortfall == 0
    assert "no measure moves the score before floors yet. Answer more questions first." in "".join(texts_of([*blocks]))


@pytest.mark.parametrize(
    "pillars", [{"p": {"low": 30, "up": 60}}, {"p": {"up": 100}, "q": {"low": 30, "open": None, "off": None}}]
)
def test_what_gains_by_more_than_a_floor_or_costs_more_is_not_said_to_lift_one(pillars: dict[str, Any]) -> None:
    """“By lifting a floor” is said where one is broken and the effort suffices, and nowhere else."""
    made = tiny(pillars, floors={"held": {"node": "low", "below": 40, "cap": 44, "why": {"en": "x"}}})
    made.questionnaire["countermeasures"] = {"m": PLAIN | {"lifts": {"low": 20}, "effort": 3}}
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    card, planner = scorecard_of(assessed), planner_of(assessed)

    def told(budget: int) -> str:
        blocks = plan_blocks(planner.plan(budget), card, assessed.instrument.questionnaire, "en", progress={})
        return "".join(texts_of([*blocks]))

    assert "By lifting a floor" not in told(1)
    assert ("By lifting a floor" in told(3)) == ("q" in pillars)
    for wishes in (Wishes(by_phase={"short": 0, "medium": 0, "long": 0}), Wishes(by_phase={"long": 9})):
        planner = planner_of(assessed, wishes)
        assert "By lifting a floor" not in told(3)


@pytest.mark.parametrize(("budget", "by_hand"), [(2, ()), (2, ("m1", "m3")), (9, ())])
def test_what_lifts_a_floor_together_is_named_where_the_plan_leaves_it_broken(
    budget: int, by_hand: tuple[str, ...]
) -> None:
    """The best plan is chosen before the floors: two measures for the broken part gain less there than another one."""
    floors = {"held": {"node": "a", "below": 40, "cap": 44, "why": {"en": "x"}}}
    made = tiny({"p": {"a": 20, "b": 70}, "q": {"c": 70}}, floors=floors)
    made.questionnaire["countermeasures"] = {
        id: PLAIN | {"title": {"en": id}, "when_below": 100, "lifts": lifts, "effort": effort}
        for id, lifts, effort in (("m1", {"a": 10}, 1), ("m2", {"c": 20}, 2), ("m3", {"a": 15}, 1))
    }
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    plan, card = planner_of(assessed).plan(budget), scorecard_of(assessed)
    plan = planner_of(assessed).what_if(by_hand) if by_hand else plan
    chosen = [step.id for step in plan.chosen]
    said = lifted(assessed, card, chosen, plan.score_after, language="en", on=date(2026, 12, 1))
    blocks = plan_blocks(plan, card, assessed.instrument.questionnaire, "en", progress={}, lifted=said)
    together = "at most 44. What can lift it: together “m1” (effort 1) and “m3” (effort 1)."
    assert (together in "".join(texts_of([*blocks]))) == (chosen == ["m2"])


def test_what_lifts_the_floor_that_holds_the_score_is_told_by_the_command(run: Run) -> None:
    city = REPOSITORY / "samples" / "innovation_hub_city.toml"
    for more, says in (((), False), (("--exclude", "entry_gate_review"), True)):
        said = run("plan", city, "--budget", "1", *more).stdout
        assert ("so the overall score is at most 59. What can" in " ".join(said.split())) == says


def test_what_is_not_known_to_suit_or_to_be_needed_is_told_as_such() -> None:
    """A measure counts as suited while the answer is open, and may be needed where a part has no score."""
    made = tiny({"p": {"low": 30, "up": 60, "open": None}})
    level = {"kind": "level", "levels": [{"en": "a"}, {"en": "b"}], "text": {"en": "x"}}
    made.questionnaire["facts"] = {"level": level}
    suits = {"fact": "level", "at_least": 1}
    made.questionnaire["countermeasures"] = {
        "port": PLAIN | {"title": {"en": "Port"}, "lifts": {"low": 20}, "suits": suits},
        "dark": PLAIN | {"lifts": {"open": 20}},
        "idle": PLAIN | {"lifts": {"up": 20}},
    }
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    plan, card = planner_of(assessed).plan(5), scorecard_of(assessed)
    told = "".join(texts_of([*plan_blocks(plan, card, assessed.instrument.questionnaire, "en", progress={})]))
    assert "Counted as suited here, though what decides it is not answered: “Port”." in told
    assert "One more is not needed at present." in told
    assert "Of one it cannot be told yet whether it is needed" in told


@pytest.mark.parametrize("limited", [True, False])
def test_what_suits_elsewhere_is_named_where_there_is_no_step(limited: bool) -> None:
    made = tiny({"p": {"low": 30, "up": 60}})
    level = {"kind": "level", "levels": [{"en": "a"}, {"en": "b"}], "text": {"en": "x"}}
    made.questionnaire["facts"] = {"level": level}
    port = {"title": {"en": "Port"}, "lifts": {"low": 20}, "suits": {"fact": "level", "at_least": 1}}
    made.questionnaire["countermeasures"] = {"port": PLAIN | port}
    answers = Answers.model_validate(made.answers | {"facts": {"level": {"value": 0}}})
    assessed = assess(instrument_of(made.questionnaire, made.chain), answers)
    plan, card = planner_of(assessed).plan(5), scorecard_of(assessed)
    plan = replace(plan, wishes=Wishes(by_phase={"short": 9} if limited else {}))
    told = "".join(texts_of([*plan_blocks(plan, card, assessed.instrument.questionnaire, "en", progress={})]))
    assert "“Port”" in told
    assert "what was asked for" not in told  # it would change nothing


@pytest.mark.parametrize(("limited", "said"), [(True, "what was asked for, no measure"), (False, "effort of 0 no")])
def test_that_limits_of_phases_leave_nothing_is_said(limited: bool, said: str) -> None:
    made = tiny({"p": {"low": 30, "up": 60}})
    made.questionnaire["countermeasures"] = {"m": PLAIN | {"lifts": {"low": 20}}}
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    plan, card = planner_of(assessed).plan(0), scorecard_of(assessed)
    flat = replace(plan, curve=tuple(replace(point, gain=0.0) for point in plan.curve))  # as limits make it
    flat = replace(flat, wishes=Wishes(by_phase={"short": 9} if limited else {}))
    told = "".join(texts_of([*plan_blocks(flat, card, assessed.instrument.questionnaire, "en", progress={})]))
    assert said in told


def test_what_other_sets_could_gain_is_said_of_those_that_keep_to_what_was_asked_for() -> None:
    """Where the better measure is to be left out, it is not true of all sets that no other gains more."""
    made = tiny({"p": {"low": 30, "up": 60}})
    lifts = {"best": {"low": 40}, "good": {"low": 20}, "small": {"up": 5}}
    made.questionnaire["countermeasures"] = {id: PLAIN | {"lifts": points} for id, points in lifts.items()}
    assessed = assess(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers))
    planner, card = planner_of(assessed, Wishes(without=("best",))), scorecard_of(assessed)

    def told(plan: Plan) -> str:
        return "".join(texts_of([*plan_blocks(plan, card, assessed.instrument.questionnaire, "en", progress={})]))

    by_hand = planner.what_if(["small"])
    assert "Keeping to what was asked for, other sets within an effort of 2 can gain up to 10.00" in told(by_hand)
    assert "keeps to what was asked for. It is proven that no such set" in told(replace(by_hand, by_hand=False))
    assert "Keeping to what was asked for, no measure gains" in told(planner.plan(0))


def test_no_score_is_said(run: Run, answers: Path) -> None:
    """Without an overall score there are no figures, and a sentence says why."""
    row = plan(run, "--budget", "5", file=answers)
    assert (row["gain"], row["score_before"], row["score_after"], row["bound"]) == (None,) * 4
    assert (row["chosen"], row["curve"]) == ([], [])
    assert "no overall score yet" in run("plan", answers, "--budget", "5").stdout


def test_where_nothing_applies_no_answers_are_asked_for(run: Run, answers: Path) -> None:
    """With every question not applicable, nobody could give them."""
    nodes = json.loads(run("score", answers, "--json").stdout)["nodes"]
    questions = [node["id"] for node in nodes if node["level"] == "question"]
    head = answers.read_text(encoding="utf-8").split("[answers.")[0]
    states = "".join(f'[answers.{id}]\nstate = "na"\nreason = "none here"\n' for id in questions)
    answers.write_text(head + states, encoding="utf-8")
    brief = ["report", answers, "--to", "text", "-o", "-"]
    for command in (["score", answers], ["plan", answers, "--budget", "5"], brief, ["explain", answers, "overall"]):
        said = run(*command).stdout
        assert re.search("Nothing in the questionnaire is assessed here|not assessed here", said)
        assert not re.search("too little|Answer more|answered yet|whom to ask", said)


def test_page_gives_reasons_in_both_languages(run: Run) -> None:
    """The page names the plan, proves it, says why the first measure comes first and what more effort would bring."""
    english, chinese = run("plan", COUNTY, "--budget", "9"), run("--lang", "zh", "plan", COUNTY, "--budget", "9")
    assert re.search(r"1 measure with an effort of 1\s+gains ", run("plan", COUNTY, "--budget", "1").stdout)
    assert (english.returncode, english.stderr, chinese.returncode, chinese.stderr) == (0, "", 0, "")
    for said in ("Best plan for an effort of 9", "No other set", "First comes", "With more effort", "this plan"):
        assert said in english.stdout
    for said in ("Done within", "First step: ", ", on the way to: ", "of the largest gaps open"):
        assert said in english.stdout
    assert not HAN.search(english.stdout)
    for said in ("最优方案", "没有增分更多的组合", "首先实施", "若增加投入", "本方案", "第一步：", "检查进度，完成"):
        assert said in chinese.stdout


def test_the_next_gain_is_the_difference_of_the_figures_printed(run: Run) -> None:
    """Within 3 the hub gains 0.66, within 4 0.74: both print as 0.7, so that the next gain is that of 5."""
    said = run("plan", REPOSITORY / "samples" / "innovation_hub_city.toml", "--budget", "3").stdout
    assert "With more effort: 5 in all gains 0.8 points before the floors, 0.1 more." in said


def test_what_the_follow_up_sheet_has_as_done_is_called_so(run: Run, tmp_path: Path) -> None:
    """The report leaves it out; where a plan counts it, and among the first measures, it is said that it is done."""
    (first, *_others) = plan(run, "--budget", "3")["chosen"]
    file = tmp_path / "followed.toml"
    entry = f'\n[[follow_up]]\nmeasure = "{first["id"]}"\nstate = "done"\n'
    file.write_text(COUNTY.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert plan(run, "--budget", "3", file=file) == plan(run, "--budget", "3")
    said = " ".join(run("plan", file, "--budget", "3").stdout.split())
    assert "1 done: " in said
    assert "Counted here, though done or dropped by the follow-up sheet: “" in said
    assert "--exclude" not in said  # another measure needs it
    (begun,) = re.findall("First comes “(.*?)”", " ".join(run("plan", COUNTY, "--budget", "3").stdout.split()))
    assert f"1 done: {begun}" in said
    assert f"First comes “{begun}”" not in said
    assert "First comes “" in said
    by_hand = run("plan", file, "--choose", first["id"]).stdout
    assert "Counted here" in by_hand
    assert "--exclude" not in by_hand
    assert "Counted here" not in run("plan", file, "--budget", "3", "--exclude", first["id"]).stdout
    bare = run("plan", file, "--budget", "3", "--json")
    assert json.loads(bare.stdout)["chosen"], "a program reads it too, beside the object of the contract"
    assert f"done or dropped by the follow-up sheet: {first['id']}" in bare.stderr
    assert "\ndone: " in run("score", file).stdout
    assert "\n已完成：" in run("--lang", "zh", "score", file).stdout


def test_what_the_follow_up_sheet_has_under_way_is_called_so(run: Run, tmp_path: Path) -> None:
    """Who reads the plan alone would begin a second time what others have begun; it counts like any other."""
    (first, *_others) = plan(run, "--budget", "3")["chosen"]
    for state, marked in (("under_way", True), ("not_begun", False)):
        file = tmp_path / f"{state}.toml"
        entry = f'\n[[follow_up]]\nmeasure = "{first["id"]}"\nstate = "{state}"\n'
        file.write_text(COUNTY.read_text(encoding="utf-8") + entry, encoding="utf-8")
        said = " ".join(run("plan", file, "--budget", "3").stdout.split())
        assert ("1 under way: " in said) is marked
        assert "Counted here" not in said
        assert ("\nunder way: " in run("score", file).stdout) is marked
        assert ("\n推进中：" in run("--lang", "zh", "score", file).stdout) is marked


def test_what_others_need_is_not_advised_to_be_left_out(run: Run, tmp_path: Path) -> None:
    """All that needs it would be left out too, though it is done."""
    file = tmp_path / "followed.toml"
    done = ("digital_diagnosis", "services_go_digital")  # another measure needs the first
    sheet = "".join(f'\n[[follow_up]]\nmeasure = "{id}"\nstate = "done"\n' for id in done)
    words = (REPOSITORY / "samples" / "cluster_county.toml").read_text(encoding="utf-8")
    file.write_text(words + sheet, encoding="utf-8")
    assert set(done) <= {step["id"] for step in plan(run, "--budget", "14", file=file)["chosen"]}
    said = " ".join(run("plan", file, "--budget", "14").stdout.split())
    assert "Counted here, though done or dropped by the follow-up sheet: “" in said
    assert "needed by no other measure: --exclude services_go_digital " in said
    more = " ".join(run("plan", file, "--budget", "14", "--exclude", "flexible_talent").stdout.split())
    assert ": --exclude flexible_talent,services_go_digital " in more  # else it would come back
    asked = run("plan", file, "--budget", "14", "--must", "services_go_digital").stdout
    assert "Counted here" in asked
    assert "--exclude" not in asked  # what has to be in may not be left out
    by_hand = " ".join(run("plan", file, "--choose", "services_go_digital").stdout.split())
    assert "Counted here, though done or dropped by the follow-up sheet: “" in by_hand
    assert "--exclude" not in by_hand  # it was asked for by name
    assert "ore effort" not in by_hand


@pytest.mark.parametrize(("budget", "later"), [("4", False), ("14", True)])
def test_a_gain_beside_a_month_is_not_told_as_that_of_the_month(run: Run, *, budget: str, later: bool) -> None:
    """Where a row counts what is done later than its own month, the table says so."""
    renewal = REPOSITORY / "samples" / "renewal_city_2025.toml"
    page = run("plan", renewal, "--budget", budget).stdout
    months = [int(found) for found in re.findall(r"  (\d+) months  ", page)]
    assert (months != sorted(months)) is later
    assert ("also those done later" in page) is later
