"""A small comparison worked out by hand: what moved each node, by which answers, and what became of the plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.comparison import AssessmentComparison
from nqpf_assess.model.weights import BlendedProfile, Weights
from nqpf_assess.report.comparison_tables import ComparisonTables, other_questions, plan_words
from tests.support.scored import instrument_of
from tests.support.varied import tiny

CASE = tiny({"p": {"d": 20, "e": 40}, "r": {"f": 50}})
MEASURE = {
    "title": {"en": "Lift"},
    "gist": {"en": "x"},
    "lead": {"en": "Office"},
    "kpi": {"en": "x"},
    "when_below": 100,
}
TODAY = date(2026, 3, 2)


def instrument(version: str = "1.0.0", questions: Any = None, **weights: int) -> Instrument:
    questionnaire = CASE.questionnaire | {
        "version": version,
        "facts": {"zone": {"kind": "text", "text": {"en": "Zone"}}},
        "countermeasures": {
            "m": MEASURE | {"lifts": {"d": 20}, "effort": 2, "horizon": "short", "acts": "county"},
            "n": MEASURE | {"lifts": {"d": 10, "f": 10}, "effort": 1, "horizon": "short", "acts": "county"},
            "o": MEASURE | {"lifts": {"f": 9}, "effort": 1, "horizon": "short", "acts": "county", "when_below": 50},
        },
    }
    if questions:
        questionnaire["questions"] = questions
    return instrument_of(questionnaire, [CASE.chain[0] | {"weights": weights}])


def answers(d: Any = 20, e: Any = 40, f: Any = 50, **rest: Any) -> Answers:
    entries = {
        id: v if isinstance(v, dict) else {"value": v}
        for id, v in (("q_d", d), ("q_e", e), ("q_f", f))
        if v is not None
    }
    return Answers.model_validate(CASE.answers | {"answers": entries} | rest)


def between(
    old: Answers, new: Answers, then: Instrument | None = None, now: Instrument | None = None
) -> AssessmentComparison:
    return compare(
        ComparedAssessment("old", old, then or instrument()),
        ComparedAssessment("new", new, now or then or instrument()),
        TODAY,
    )


def test_parts_may_be_called_as_the_whole_is() -> None:
    """A pillar with the id `overall` has its own change and not that of the score; so has a dimension `uncapped`."""
    made = tiny({"overall": {"d": 20}, "r": {"uncapped": 40}})
    old, new = (
        Answers.model_validate(made.answers | {"answers": {"q_d": {"value": 20}, "q_uncapped": {"value": value}}})
        for value in (40, 60)
    )
    there = instrument_of(made.questionnaire, made.chain)
    found = between(old, new, there)
    told = {node.id: (node.change.before, node.change.after) for node in found.nodes}
    assert (told["overall"], told["uncapped"]) == ((20, 20), (40, 60))
    assert (found.overall.before, found.overall.after) == (30, 40)


def test_a_pillar_may_be_called_facts_as_the_part_of_the_local_conditions_is() -> None:
    """What its answers do is not told as done by local conditions."""
    made = tiny({"facts": {"d": 20}, "r": {"f": 40}})
    old, new = (Answers.model_validate(made.answers | {"answers": {"q_d": {"value": value}}}) for value in (20, 30))
    there = instrument_of(made.questionnaire, [made.chain[0] | {"scoring": {"minimum_coverage": 0}}])
    found = between(old, new, there)
    assert [(part.what, part.pillar) for part in found.parts] == [("facts", True)]
    table = ComparisonTables(found, (there.questionnaire, there.questionnaire), "en").parts()
    assert table is not None
    assert "local conditions" not in str(table.rows)


def test_what_moves_nothing_makes_no_table_of_parts() -> None:
    """A note alone makes none, rather than one without rows."""
    found, asked = between(answers(), answers(d={"value": 20, "note": "x"})), instrument().questionnaire
    assert ComparisonTables(found, (asked, asked), "en").parts() is None


@pytest.mark.parametrize("before", [None, {"state": "na", "reason": "x"}])
def test_an_answer_that_is_given_for_the_first_time_or_no_more_moved_a_score(before: Any) -> None:
    """It stands among the answers that moved something, though its own change has no figure."""
    asked = instrument().questionnaire
    for old, new in ((answers(e=before), answers()), (answers(), answers(e=before))):
        table = ComparisonTables(between(old, new), (asked, asked), "en").answers(everything=False)
        assert table is not None
        ((_title, then, now, change),) = table.rows
        assert {then[0].text, now[0].text} == {"40", "not answered" if before is None else "not applicable"}
        assert change[0].text == "–"


def test_changed_answers_come_in_the_order_that_their_heading_names() -> None:
    """Score change times weight: +10 in a part that weighs much stands above +40 in one that weighs little."""
    made = tiny({"p": {"much": 20, "little": 20}}, weights={"p": 100, "much": 90, "little": 10})
    raised = made.answers | {"answers": {"q_much": {"value": 30}, "q_little": {"value": 60}}}
    there = instrument_of(made.questionnaire, made.chain)
    found = between(Answers.model_validate(made.answers), Answers.model_validate(raised), there)
    table = ComparisonTables(found, (there.questionnaire, there.questionnaire), "en").answers(everything=False)
    assert table is not None
    assert [change[0].text for _title, _then, _now, change in table.rows] == ["+10.0", "+40.0"]
    assert table.columns[0].title == "changed answers, by score change times weight"


def test_what_was_not_asked_is_no_answer_that_moved_a_score() -> None:
    found, asked = between(answers(), answers(mode="quick")), instrument().questionnaire
    assert len(found.answers) == 3
    assert ComparisonTables(found, (asked, asked), "en").answers(everything=False) is None


def test_another_year_alone_is_no_part_of_what_answers_did() -> None:
    """Only what differs is a part: a pillar in which nothing does is none, with 0 points, where the year is another."""
    later = answers(f=60, subject={"name": "P", "period": "2026"})
    assert [part.what for part in between(answers(subject={"name": "P", "period": "2025"}), later).parts] == ["r"]


def test_every_change_is_told_by_its_causes_and_they_add_up() -> None:
    """From 40 (30 and 50) to 50 (50 and 50) by answers; p thrice as heavy leaves it 50: 50 in both pillars."""
    found = between(answers(), answers(d=60), instrument(), instrument(p=3))
    overall = found.overall
    assert overall.stages == pytest.approx((40, 50, 50, 50))
    assert overall.effects == pytest.approx({"answers": 10, "weights": 0, "questionnaire": 0})
    nodes = {node.id: node for node in found.nodes}
    assert list(nodes) == ["p", "d", "q_d", "e", "q_e", "r", "f", "q_f"]
    assert nodes["p"].change.stages == pytest.approx((30, 50, 50, 50))
    assert [(nodes[id].level, nodes[id].parent, nodes[id].was) for id in ("p", "d", "q_d")] == [
        ("pillar", None, "p"),
        ("dimension", "p", "d"),
        ("question", "d", "q_d"),
    ]
    assert [(node.id, node.change.effects["answers"]) for node in found.nodes if node.change.effects["answers"]] == [
        ("p", 20),
        ("d", 40),
        ("q_d", 40),
    ]
    heavier = between(answers(), answers(), instrument(), instrument(r=3))
    assert heavier.overall.stages == pytest.approx((40, 40, 45, 45))


def test_what_the_answers_did_comes_apart_by_pillar() -> None:
    """20 points in p and 30 in r, half each; a part in which nothing differs is left out."""
    both = between(answers(), answers(d=60, f=80))
    assert [(part.what, part.points) for part in both.parts] == [("p", pytest.approx(10)), ("r", pytest.approx(15))]
    one = between(answers(), answers(f=80))
    assert [(part.what, part.points) for part in one.parts] == [("r", pytest.approx(15))]
    fact = between(answers(), answers(facts={"zone": {"value": "coast"}}))
    assert [(part.what, part.points) for part in fact.parts] == [("facts", 0)]
    gone = between(answers(), answers(f={"state": "dk"}))
    assert [part.what for part in gone.parts] == ["r"]
    lost = between(answers(), answers(d=None, e=None, f=None))
    assert [part.points for part in lost.parts][-1] is None


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (20, 60, ""),
        ({"state": "dk"}, {"state": "dk"}, "no_score"),
        ({"state": "dk"}, 60, "first_score"),
        (20, None, "lost_score"),
    ],
)
def test_a_node_without_a_score_on_one_side_says_why(before: Any, after: Any, why: str) -> None:
    found = {node.id: node.change for node in between(answers(d=before), answers(d=after)).nodes}
    assert found["q_d"].why == why
    assert (found["q_d"].stages[0] is None, found["q_d"].stages[-1] is None) == (before != 20, after != 60)


def test_what_only_one_edition_asks_is_new_or_gone() -> None:
    entries = CASE.questionnaire["questions"]
    now = instrument(
        "2.0.0", {"q_d": entries["q_d"], "now": entries["q_e"] | {"previous_ids": ["q_e"]}, "q_g": entries["q_f"]}
    )
    moved = Answers.model_validate(
        CASE.answers
        | {
            "questionnaire": {"id": "inst", "version": "2.0.0"},
            "answers": {"q_d": {"value": 20}, "now": {"value": 40}, "q_g": {"value": 70}},
        }
    )
    fixed = [{"override": [{"node": id, "factor": 2, "why": "x"}]} for id in ("q_e", "now")]
    corrected = moved.model_copy(update={"override": answers(**fixed[1]).override})
    assert not between(answers(**fixed[0]), corrected, instrument(), now).overrides_changed  # by its new name
    assert between(answers(), corrected, instrument(), now).overrides_changed
    found = between(answers(), moved, instrument(), now)
    told = {node.id: (node.was, node.change.why, node.parent) for node in found.nodes if node.level == "question"}
    assert told == {
        "q_d": ("q_d", "", "d"),
        "now": ("q_e", "", "e"),
        "q_g": ("q_g", "new", "f"),
        "q_f": ("q_f", "gone", "f"),
    }
    assert [(row.id, row.was, row.table) for row in found.answers] == [
        ("q_g", "q_g", "answers"),
        ("q_f", "q_f", "answers"),
    ]
    assert [(row.before is None, row.after is None) for row in found.answers] == [(True, False), (False, True)]
    tables = ComparisonTables(found, (instrument().questionnaire, now.questionnaire), "en")
    table = tables.answers(everything=True)
    assert table is not None
    assert [(then[0].text, now[0].text) for _title, then, now, _change in table.rows] == [
        ("not asked", "70"),
        ("50", "not asked"),
    ]


def test_only_what_counts_as_another_answer_is_told() -> None:
    """Blank and left out are alike; a value beside “not known” does not count; facts come first."""
    old = answers(e={"state": "dk", "value": 3}, f=None, facts={"zone": {"value": "hills"}})
    new = answers(d={"state": "na"}, e={"state": "dk"}, f={"value": ""}, facts={"zone": {"value": "coast"}})
    found = between(old, new).answers
    assert [(row.table, row.id, row.title) for row in found] == [
        ("facts", "zone", {"en": "Zone"}),
        ("answers", "q_d", {"en": "x"}),
    ]
    assert [(row.before and row.before.state, row.after and row.after.state) for row in found] == [
        ("answered", "answered"),
        ("answered", "na"),
    ]
    assert [row.before and row.before.value for row in found] == ["hills", 20]


AREA = {"kind": "number", "text": {"en": "Area"}, "range": [0, 1_000_000], "unit": "yuan"}


def edition_where(version: str, area: Any, when: Any = None) -> Instrument:
    """An edition with the fact `area`, and a profile that weighs p thrice, always or where the condition holds."""
    stated = {} if when is None else {"when": when}
    profile = {
        "format": "nqpf-weights/1",
        "id": "local",
        "questionnaire": "inst",
        "based_on": CASE.chain[0]["id"],
        "name": {"en": "x"},
        "adjust": [{"node": "p", "factor": 3, "why": {"en": "x"}, **stated}],
    }
    return instrument_of(CASE.questionnaire | {"version": version, "facts": {"area": area}}, [CASE.chain[0], profile])


def of_edition(version: str, area: Any, **rest: Any) -> Answers:
    return answers(questionnaire={"id": "inst", "version": version}, facts={"area": {"value": area}}, **rest)


def test_a_condition_is_put_into_the_units_of_the_other_edition() -> None:
    """300,000 yuan are 30 of 10,000 yuan: neither rubric moves anything, whatever unit its line is drawn in."""
    then = edition_where("1.0.0", AREA, {"fact": "area", "at_least": 500_000})
    line = {"any": [{"fact": "area", "at_least": 50}, {"not": {"fact": "area", "at_most": 50}}]}
    now = edition_where("2.0.0", AREA | {"unit": "10,000 yuan"}, line)
    found = between(of_edition("1.0.0", "300000"), of_edition("2.0.0", "30"), then, now)
    assert found.overall.effects == {"answers": 0.0, "weights": 0.0, "questionnaire": 0.0}
    assert found.answers == ()
    found = between(of_edition("1.0.0", "300000"), of_edition("2.0.0", "60"), then, now)
    assert found.overall.effects == {"answers": -5.0, "weights": 0.0, "questionnaire": 0.0}
    assert [row.id for row in found.answers] == ["area"]
    # A level keeps its words and not its number: "on paper" is 1 of the one edition, 2 of the other.
    levels = [{"en": words} for words in ("no plan", "on paper", "funded")]
    plan = {"kind": "level", "text": {"en": "Plan"}, "levels": levels}
    then = edition_where("1.0.0", plan, {"fact": "area", "at_least": 1})
    now = edition_where("2.0.0", plan | {"levels": [{"en": "unheard of"}, *levels]}, {"fact": "area", "at_least": 2})
    found = between(of_edition("1.0.0", 1), of_edition("2.0.0", 2), then, now)
    assert found.overall.effects == {"answers": 0.0, "weights": 0.0, "questionnaire": 0.0}
    # Chosen as the only option then, ticked among several now.
    one = {"kind": "single", "text": {"en": "Ports"}, "options": {id: {"en": id} for id in ("land", "sea", "none")}}
    for options, chosen in ((["land"], "land"), (["land", "sea"], "sea"), (["land"], "none")):
        then = edition_where("1.0.0", one, {"fact": "area", "one_of": options})
        ticked: list[Any] = [{"fact": "area", "has": option} for option in options]
        now = edition_where("2.0.0", one | {"kind": "multi"}, {"any": ticked})
        found = between(of_edition("1.0.0", chosen), of_edition("2.0.0", [chosen]), then, now)
        assert found.overall.effects == {"answers": 0.0, "weights": 0.0, "questionnaire": 0.0}
        found = between(of_edition("2.0.0", [chosen]), of_edition("1.0.0", chosen), now, then)
        assert found.overall.effects == {"answers": 0.0, "weights": 0.0, "questionnaire": 0.0}


def test_what_the_new_edition_asks_no_more_counts_with_the_questionnaire() -> None:
    """A question that goes takes its 10 points at two fifths of the weight along, and its floor.

    What rises by that comes from no answer, nor from weights that nobody has changed; the answers bring e's 20 points.
    """
    floors = {"low": {"node": "f", "below": 40, "cap": 30, "why": {"en": "x"}}}
    whole = tiny({"p": {"d": 80, "e": 40, "f": 10}}, weights={"d": 30, "e": 30, "f": 40}, floors=floors)
    less = tiny({"p": {"d": 80, "e": 60}}, weights={"d": 6, "e": 6})
    then, now = (
        instrument_of(whole.questionnaire, whole.chain),
        instrument_of(less.questionnaire | {"version": "2.0.0"}, less.chain),
    )
    new = less.answers | {"questionnaire": {"id": "inst", "version": "2.0.0"}}
    found = between(Answers.model_validate(whole.answers), Answers.model_validate(new), then, now)
    assert found.uncapped.stages == pytest.approx((40, 46, 46, 70))
    assert found.overall.stages == pytest.approx((30, 30, 30, 70))
    assert [(part.what, part.points) for part in found.parts] == [("p", pytest.approx(6))]
    assert [(row.id, row.after and row.after.value) for row in found.answers] == [("q_e", 60), ("q_f", None)]


def test_what_the_new_edition_calls_not_applicable_is_no_other_answer() -> None:
    """Nobody said so, as long as the answer itself is what it was."""
    entries = CASE.questionnaire["questions"]
    aside = {"na_when": {"question": "q_e", "answered": True}, "na_reason": {"en": "x"}}
    now = instrument("2.0.0", entries | {"q_d": entries["q_d"] | aside})
    given = {"questionnaire": {"id": "inst", "version": "2.0.0"}}
    assert between(answers(), answers(**given), instrument(), now).answers == ()
    found = between(answers(), answers(d=21, **given), instrument(), now).answers
    assert [(row.id, row.after and row.after.state) for row in found] == [("q_d", "na")]


@pytest.mark.parametrize("doubled", ["by the profile", "by a further profile", "by hand"])
def test_what_stands_elsewhere_in_the_new_edition_is_no_change_of_weights(doubled: str) -> None:
    """Its weight is stated among other siblings now: 40 beside 60 is the share that 1 beside 1 is elsewhere."""
    profile: dict[str, Any] = {"format": "nqpf-weights/1", "questionnaire": "inst", "name": {"en": "x"}}
    twice = {"node": "e", "factor": 4 if doubled == "by a further profile" else 2}  # of which it has half a share
    sides = []
    for version, pillars, weights in (
        ("1.0.0", {"p": {"d": 80, "e": 10}, "r": {"f": 60}}, {"d": 60, "e": 40, "f": 1}),
        ("2.0.0", {"p": {"d": 80}, "r": {"e": 10, "f": 60}}, {"d": 60, "e": 1, "f": 1}),
    ):
        case = tiny(pillars, weights=weights)
        given = case.answers | {"questionnaire": {"id": "inst", "version": version}}
        adjusting = profile | {"based_on": case.chain[0]["id"], "adjust": [twice | {"why": {"en": "x"}}]}
        chains = {
            id: [
                *case.chain,
                (adjusting if id == "local" else profile | {"based_on": case.chain[0]["id"]}) | {"id": id},
            ]
            for id in ("local", "plain")
        }
        made = {id: instrument_of(case.questionnaire | {"version": version}, chain) for id, chain in chains.items()}
        asked = made["local" if doubled == "by the profile" else "plain"]
        if doubled == "by a further profile":
            asked = replace(asked, further=(BlendedProfile(made["local"].chain, Decimal("0.5")),))
        elif doubled == "by hand":
            given |= {"override": [twice | {"why": "x"}]}
        sides.append((Answers.model_validate(given), asked))
    (old, then), (new, now) = sides
    assert between(old, new, then, now).overall.stages == pytest.approx((50, 50, 50, 160 / 3))


@pytest.mark.parametrize("kind", ["multi", "single"])
def test_an_option_that_a_later_edition_takes_away_counts_with_the_questionnaire(kind: str) -> None:
    """Taken over twice, the answer rests in the archive of the edition between: its loss is not laid to the answers."""

    def asked(version: str, *options: str) -> Instrument:
        scored = {id: {"en": id, "score": 50 if id == "b" else 40} for id in options}
        question = {"kind": kind, "dimension": "d", "text": {"en": "x"}, "options": scored}
        return instrument(version, CASE.questionnaire["questions"] | {"q_d": question})

    first, second, third = asked("1.0.0", "a", "b"), asked("1.1.0", "a", "b"), asked("2.0.0", "a")
    old = answers("b" if kind == "single" else ["a", "b"])
    then = migrate(second, old, first.questionnaire).answers
    new = migrate(third, then, second.questionnaire).answers
    assert between(then, new, second, third).overall.effects["answers"] == 0
    found = between(old, new, first, third)
    assert found.overall.effects["answers"] == found.overall.effects["weights"] == 0
    assert found.overall.before != found.overall.after
    # The same form filled in anew: nobody can tick the second; the first, left without its tick, is another answer.
    if kind == "multi":
        anew = {"questionnaire": {"id": "inst", "version": "2.0.0"}}
        assert between(old, answers(["a"], **anew), first, third).overall.effects["answers"] == 0
        assert between(old, answers([], **anew), first, third).overall.effects["answers"] != 0
        # Another option in its place: what is lost by one and won by the other both count with the questionnaire.
        instead = asked("2.0.0", "a", "c")
        found = between(old, answers(["a", "c"], **anew), first, instead)
        assert found.overall.effects["answers"] == 0
        assert found.answers == ()


def test_an_answer_that_the_old_edition_cannot_hold_counts_with_the_questionnaire() -> None:
    """It was laid to the answers as if last time's had been withdrawn, and e alone were left."""

    def asked(version: str, *options: str) -> Instrument:
        scored = {id: {"en": id, "score": 50 if id == "old" else 40} for id in options}
        question = {"kind": "single", "dimension": "d", "text": {"en": "x"}, "options": scored}
        return instrument(version, CASE.questionnaire["questions"] | {"q_d": question})

    then, now = asked("1.0.0", "old"), asked("1.1.0", "old", "new")
    anew = {"questionnaire": {"id": "inst", "version": "1.1.0"}}
    old = answers("old", plan={"chosen": ["m"]})
    found = between(old, answers("new", **anew), then, now)
    effects = found.overall.effects
    assert (effects["answers"], effects["weights"]) == (0, 0)
    assert effects["questionnaire"] == pytest.approx(-2.5)
    assert [row.id for row in found.answers] == ["q_d"]
    assert found.planned is not None
    assert (found.planned.achieved, found.planned.verdict) == (None, "unknown")
    assert [(lift.achieved, lift.verdict) for lift in found.planned.lifts] == [(None, "unknown")]
    withdrawn = answers({"state": "dk", "value": "new"}, **anew)
    assert between(old, withdrawn, then, now).overall.effects["answers"] != 0


@pytest.mark.parametrize(
    ("given", "counts", "told"), [(["old"], True, True), (["old", "new"], True, False), (["new"], False, True)]
)
def test_what_came_of_measures_cannot_be_told_where_a_tick_that_counts_is_new(
    given: list[str], counts: bool, told: bool
) -> None:
    """It was called unmoved, though the new option may be what the measure brought; one not asked here brought none."""

    def asked(version: str, *options: str) -> Instrument:
        scored = {id: {"en": id, "score": 30} for id in options}
        more = {"kind": "multi", "dimension": "d", "text": {"en": "x"}, "options": scored}
        more |= {} if counts else {"show_if": {"fact": "zone", "answered": True}}
        return instrument(version, CASE.questionnaire["questions"] | {"q_more": more})

    old, new = answers(plan={"chosen": ["m"]}), answers(questionnaire={"id": "inst", "version": "1.1.0"})
    old, new = (
        each.model_copy(update={"answers": {**each.answers, "q_more": Answer(value=value)}})
        for each, value in ((old, ("old",)), (new, tuple(given)))
    )
    then, now = asked("1.0.0", "old"), asked("1.1.0", "old", "new")
    found = between(old, new, then, now)
    planned = found.planned
    assert planned is not None
    assert {planned.verdict, *(lift.verdict for lift in planned.lifts)} == {"unmoved" if told else "unknown"}
    tables = ComparisonTables(found, (then.questionnaire, now.questionnaire), "en")
    assert ("the answers brought" in " ".join(plan_words(found, "en"))) is told
    assert [row[2][0].text for row in tables.lifts(planned).rows] == ["0.0" if told else "cannot be told"]


def test_not_applicable_stands_until_the_last_stage_beside_an_answer_that_is_new() -> None:
    """Open instead, too little of the dimension was answered, and it dropped out of the stages between."""

    def asked(version: str, *options: str) -> Instrument:
        scored = {id: {"en": id, "score": 50} for id in options}
        more = {"kind": "single", "dimension": "d", "text": {"en": "x"}, "options": scored}
        return instrument(version, CASE.questionnaire["questions"] | {"q_two": more, "q_three": more})

    old, new = answers(), answers(questionnaire={"id": "inst", "version": "1.1.0"})
    old, new = (
        each.model_copy(update={"answers": {**each.answers, "q_two": given, "q_three": given}})
        for each, given in ((old, Answer(state="na", reason="x")), (new, Answer(value="new")))
    )
    found = between(old, new, asked("1.0.0", "old"), asked("1.1.0", "old", "new"))
    assert found.overall.effects == {"answers": 0, "weights": 0, "questionnaire": 5}


def test_what_waits_in_the_archive_of_an_edition_between_is_in_the_units_of_that_one() -> None:
    """4 % that are 40 ‰ there and then asked no more do not count as 40 % beside the first edition."""
    questions = CASE.questionnaire["questions"]

    def asked(version: str, *gone: str, **keys: Any) -> Instrument:
        rows = {id: entry | (keys if id == "q_e" else {}) for id, entry in questions.items() if id not in gone}
        return instrument(version, rows)

    scale = [{"range": [0, 100 * by], "scale": [[0, 0], [100 * by, 100]]} for by in (1, 10)]
    editions = [
        asked("1.0.0", unit="%", kind="number", **scale[0]),
        asked("1.1.0", unit="‰", kind="number", **scale[1]),
        asked("2.0.0", "q_e"),
    ]
    old = answers(e="4")
    new = old
    for before, after in pairwise(editions):
        new = migrate(after, new, before.questionnaire).answers
    assert new.archive["q_e_2"].value == "40"
    found = between(old, new, editions[0], editions[2])
    assert found.overall.effects["answers"] == found.overall.effects["weights"] == 0
    # What was given to the old edition itself since then is newer than last time's.
    later = migrate(editions[2], answers(e="5"), editions[0].questionnaire).answers
    assert between(old, later, editions[0], editions[2]).uncapped.effects["answers"] == pytest.approx(0.25)
    # What was first answered in the edition between is in no unit of the old one.
    given_there = answers(e="50", questionnaire={"id": "inst", "version": "1.1.0"})
    first = migrate(editions[2], given_there, editions[1].questionnaire).answers
    assert between(answers(e=None), first, editions[0], editions[2]).overall.effects["answers"] == 0


def test_a_correction_of_what_the_new_edition_dropped_counts_once() -> None:
    """Taken over, it waits in the archive and comes back: that moves no weight a second time, “by the weights”."""
    corrected = {"override": [{"node": "f", "factor": 4, "why": "x"}]}
    whole, less = tiny({"p": {"d": 80, "e": 40, "f": 10}}), tiny({"p": {"d": 80, "e": 40}})
    then, now = (
        instrument_of(case.questionnaire | {"version": version}, case.chain)
        for case, version in ((whole, "1.0.0"), (less, "2.0.0"))
    )
    old = Answers.model_validate(whole.answers | corrected)
    found = between(old, migrate(now, old, then.questionnaire).answers, then, now)
    assert found.overall.stages == pytest.approx((160 / 6, 160 / 6, 160 / 6, 60))
    assert not found.overrides_changed


def test_a_condition_that_does_not_fit_the_kind_in_the_old_edition_is_unknown_there() -> None:
    """What was asked in words cannot reach a line: the rubric does not move there, and what moved counts after."""
    then, now = edition_where("1.0.0", {"kind": "text", "text": {"en": "Area"}}, {"fact": "area", "na": True}), None
    for when in ({"fact": "area", "at_least": 500}, {"not": {"fact": "area", "at_most": 500}}):
        now = edition_where("2.0.0", AREA, when)
        found = between(of_edition("1.0.0", "rather large"), of_edition("2.0.0", "600"), then, now)
        assert found.overall.effects == {"answers": 0.0, "weights": 0.0, "questionnaire": -5.0}


def test_a_question_that_stands_in_another_part_is_told_beside_what_rose_by_that_alone() -> None:
    """That may also lift a floor, though nobody answered anything else."""
    made = tiny({"p": {"a": 80, "b": 10}, "r": {"c": 60}})
    kept = made.questionnaire["questions"]
    kept = kept | {"q_low": kept["q_b"] | {"dimension": "a"}}
    moved = kept | {"q_low": kept["q_low"] | {"dimension": "b"}}
    then, now = (
        instrument_of(made.questionnaire | {"version": version, "questions": asked}, made.chain)
        for version, asked in (("1.0.0", kept), ("1.1.0", moved))
    )
    values = {"q_a": 80, "q_low": 10, "q_b": 50, "q_c": 60}
    given = {"answers": {id: {"value": value} for id, value in values.items()}}
    old, new = (
        Answers.model_validate(made.answers | given | {"questionnaire": {"id": "inst", "version": version}})
        for version in ("1.0.0", "1.1.0")
    )
    found = between(old, new, then, now)
    assert found.of("dimension")[0].change.after == 80  # from 45
    assert other_questions(found)
    assert not other_questions(between(old, old, then))


def test_a_level_of_another_number_is_no_other_answer() -> None:
    def asked(version: str, *levels: str) -> Instrument:
        level = {"kind": "level", "dimension": "d", "text": {"en": "x"}, "levels": [{"en": words} for words in levels]}
        return instrument(version, CASE.questionnaire["questions"] | {"q_d": level})

    then, now = (
        asked("1.0.0", "no plan", "on paper", "funded"),
        asked("2.0.0", "unheard of", "no plan", "on paper", "funded"),
    )
    new = {"questionnaire": {"id": "inst", "version": "2.0.0"}}
    assert between(answers(1), answers(2, **new), then, now).answers == ()
    assert [row.id for row in between(answers(1), answers(1, **new), then, now).answers] == ["q_d"]


def planned(*chosen: str, sheet: Any = ()) -> dict[str, Any]:
    return {"plan": {"chosen": list(chosen)}, "follow_up": list(sheet)}


def test_a_plan_is_held_against_what_the_answers_did() -> None:
    """`m` adds 20 to d: 10 of p, 5 of the whole; d rose by 10, p by 5, the whole by 2.5: half of it."""
    sheet = [{"measure": "m", "deadline": date(2026, 1, 1), "state": "under_way"}]
    found = between(answers(**planned("m", "gone", "m")), answers(d=30, follow_up=sheet)).planned  # named twice
    assert found is not None
    assert (found.gain, found.achieved, found.verdict) == (pytest.approx(5), pytest.approx(2.5), "partly")
    (measure,) = found.measures
    assert (measure.id, measure.title["en"], measure.lead["en"], measure.effort) == ("m", "Lift", "Office", 2)
    assert (measure.lifts, measure.state, measure.deadline) == ({"d": 20}, "under_way", date(2026, 1, 1))
    assert measure.followed.overdue
    (lift,) = found.lifts
    assert (lift.id, lift.measures, lift.planned, lift.achieved, lift.verdict) == (
        "d",
        ("m",),
        pytest.approx(20),
        pytest.approx(10),
        "partly",
    )


def test_what_a_plan_was_to_bring_is_told_as_the_floors_left_it_too() -> None:
    """f is below its floor: of 5 points above 40 the cap of 42 leaves two, which is what was said last time."""
    weak = {"weak": {"node": "f", "below": 60, "cap": 42, "why": {"en": "x"}}}
    capped = replace(instrument(), chain=(Weights.model_validate(CASE.chain[0] | {"floors": weak}),))
    found = between(answers(**planned("m")), answers(d=30), capped).planned
    assert found is not None
    assert (found.gain, found.gain_after_floors) == (pytest.approx(5), pytest.approx(2))


def test_what_no_plan_counted_then_is_not_expected_now() -> None:
    """`o` helps below 50 alone, where f stands: its tick adds nothing to what is hoped for of the plan."""
    found = between(answers(**planned("m", "o")), answers(d=30)).planned
    assert found is not None
    assert found.gain == pytest.approx(5)
    assert [measure.id for measure in found.measures] == ["m", "o"]
    assert [lift.id for lift in found.lifts] == ["d"]


def test_a_plan_that_lifts_two_dimensions_is_judged_in_each() -> None:
    found = between(answers(**planned("n")), answers(d=10, f=60)).planned
    assert found is not None
    assert [(lift.id, lift.verdict, lift.achieved) for lift in found.lifts] == [
        ("d", "fell", pytest.approx(-10)),
        ("f", "reached", pytest.approx(10)),
    ]
    assert (found.measures[0].state, found.measures[0].deadline) == (None, None)
    assert between(answers(), answers()).planned is None
    assert between(answers(**planned("gone")), answers()).planned is None


def test_each_side_says_under_what_it_was_read() -> None:
    found = between(answers(), answers(questionnaire={"id": "inst", "version": "9.9.9"}))
    old, new = found.old, found.new
    assert (old.name, new.name, old.questionnaire.stated_version, new.questionnaire.stated_version) == (
        "old",
        "new",
        "1.0.0",
        "9.9.9",
    )
    assert (old.questionnaire.same, new.questionnaire.same) == (True, False)
    assert (old.card.overall.score, old.rubric["en"], old.unfit) == (40, "x", 0)
    assert found.editions_missing == ("questionnaire",)  # whichever of the two is lacking
    other = between(answers(questionnaire={"id": "inst", "version": "0.9.0"}), answers())
    assert other.editions_missing == ("questionnaire",)
    both = answers(questionnaire={"id": "inst", "version": "0.9.0"})  # nothing changed that could not be told
    assert between(both, both).editions_missing == ()
    head, digests = {"id": "inst", "version": "0.9.0"}, ("sha256:" + "a" * 64, "sha256:" + "b" * 64)
    same, other, unsaid = (answers(questionnaire=head | says) for says in (*({"digest": d} for d in digests), {}))
    assert between(same, other).editions_missing == ("questionnaire",)  # one version, with other content
    assert between(same, unsaid).editions_missing == ()
    chosen = [answers(weights={"id": id, "version": "1.0.0"}) for id in ("one", "two")]
    assert between(*chosen).editions_missing == ()  # another rubric was asked for, for both
    assert not found.overrides_changed
    changed = answers(override=[{"node": "p", "factor": 2, "why": "x"}])
    assert between(answers(), changed).overrides_changed
    argued = answers(override=[{"node": "p", "factor": 2, "why": "y"}])
    assert not between(changed, argued).overrides_changed  # another reason moves nothing
    more, target = ({"override": [{"node": "p", "why": "x"} | does]} for does in ({"factor": 3}, {"target": 80}))
    assert between(changed, answers(**more)).overrides_changed
    at_one = answers(override=[{"node": "p", "factor": 1, "target": 80, "why": "x"}])
    assert not between(answers(**target), at_one).overrides_changed  # the weight stays as it is in both
    assert between(answers(), changed).overall.effects["weights"] == pytest.approx((2 * 30 + 50) / 3 - 40)


def test_what_corrections_by_hand_moved_is_told_where_the_old_rubric_is_not_at_hand() -> None:
    """Weights are among the causes that are told: without them the answers' part exceeds the change, unexplained."""
    other, fix = {"id": CASE.answers["weights"]["id"], "version": "0.9.0"}, [{"node": "p", "factor": 2, "why": "x"}]
    found = between(answers(weights=other), answers(d=60, override=fix))
    assert found.editions_missing == ("weights",)
    assert found.told == ("answers", "weights", "questionnaire")
    assert between(answers(weights=other), answers(d=60)).told == ("answers", "questionnaire")


def test_the_band_and_the_floors_of_a_side_are_said_in_words() -> None:
    banded = instrument()
    chain = [
        CASE.chain[0]
        | {
            "bands": {"low": {"from": 0, "en": "low"}, "high": {"from": 45, "en": "high"}},
            "floors": {"weak": {"node": "d", "below": 30, "cap": 35, "why": {"en": "x"}}},
        }
    ]
    banded = replace(banded, chain=instrument_of(CASE.questionnaire, chain).chain)
    found = between(answers(), answers(d=60), banded)
    assert ((found.old.band or {})["en"], (found.new.band or {})["en"]) == ("low", "high")
    assert (found.old.floors, found.new.floors) == (({"en": "x"},), ())
    assert (found.overall.stages[0], found.uncapped.stages[0]) == (35, 40)
