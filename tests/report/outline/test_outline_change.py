"""What a report says of last time: what changed, why, what came of the plan, and how far each measure has come."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.scorecard import score
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer, Answers, Override
from nqpf_assess.model.comparison import Change
from nqpf_assess.report.blocks import (
    BulletChart,
    Callout,
    Heading,
    SlopeChart,
    Table,
    texts_of,
)
from nqpf_assess.report.comparison_tables import ComparisonTables, plan_words
from nqpf_assess.report.comparison_text import ComparisonText
from nqpf_assess.report.outline import brief_blocks, change, outline_of
from nqpf_assess.report.outline.case import earlier_than
from nqpf_assess.report.outline.change import movement
from nqpf_assess.report.outline.measures import gone_words
from nqpf_assess.report.outline.shelf import shelve
from nqpf_assess.report.outline.verdict import verdict
from nqpf_assess.report.wording import covered, number, rounded
from tests.report.outline.made import case_of, joined, scored
from tests.report.outline.two_years import DAY, column, report, sample, tables
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slopes_run_from_last_time_to_now(language: str) -> None:
    """One line for every pillar, both ends the scores of the two files."""
    (chart,) = [b for b in report(language).parts[0].blocks if isinstance(b, SlopeChart)]
    assert (chart.before_name, chart.after_name) == ("2024", "2025")
    scores = [
        {node.id: node.score for node in score(*sample(f"renewal_city_{year}.toml")).nodes if node.level == "pillar"}
        for year in (2024, 2025)
    ]
    assert len(chart.slopes) == len(scores[0]) >= 7
    assert [slope.before for slope in chart.slopes] == pytest.approx(list(scores[0].values()))
    assert [slope.after for slope in chart.slopes] == pytest.approx(list(scores[1].values()))
    shown = [number(value) for value in scores[1].values()]
    assert [re.split(r" \(|（", slope.value)[0] for slope in chart.slopes] == shown
    assert chart.caption.endswith("7 higher, 0 lower" if language == "en" else "7个上升，0个下降")


def test_both_languages_print_the_same_figures() -> None:
    """The tables of the comparison hold the same numbers, whatever the words."""
    pairs = [
        ("Change of every pillar and dimension", "各支柱、维度的变化", range(1, 4)),
        ("Where the effect of the answers comes from", "答案影响的来源", range(1, 2)),
        ("Expected and achieved, by dimension", "各维度的预期与实际", range(1, 3)),
        # Of forty-five only the first twelve stand there, and no note says so.
        (
            "Changed answers with the largest score change times weight",
            "作答有变的题目（得分变动乘以权重居前者）",
            range(3, 4),
        ),
    ]
    for english, chinese, places in pairs:
        found = [tables(report("en"), english), tables(report("zh"), chinese)]
        for place in places:
            assert column(found[0], place) == column(found[1], place)
            assert column(found[0], place)


def test_the_parts_add_up_by_hand() -> None:
    """A reader who adds the printed column gets the printed change; that another order gives other parts is said."""
    table = tables(report("en"), "Where the effect of the answers comes from")
    assert "In another order the parts may differ" in table.note
    printed = column(table, 1)
    before, after = (score(*sample(f"renewal_city_{year}.toml")).overall.score for year in (2024, 2025))
    assert before is not None
    assert after is not None
    assert sum(Decimal(points.replace("−", "-")) for points in printed) == rounded(after - before)


def test_the_chart_of_pillars_tells_in_words_all_that_it_draws() -> None:
    """The range that open answers leave, and last time's score."""
    outline = outline_of(
        *sample("renewal_city_2025.toml"),
        languages=["en"],
        date=DAY,
        earlier=sample("renewal_city_2024.toml"),
        edition="brief",
    )
    blocks = outline.parts[0].blocks
    (drawn,) = (block for block in blocks if isinstance(block, BulletChart))
    assert "Innovation 32.7 (last time 31.8), target 58.0;" in drawn.alt
    assert "Digital 42.4 (41.4–46.4; last time 38.6), target 62.0;" in drawn.alt


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_said_that_the_answers_of_then_are_handed_out_too(language: str) -> None:
    """With all that was noted, by the digest that last time's paper has at its foot."""
    then = sample("renewal_city_2024.toml")
    told = digest(then[1]).removeprefix("sha256:")[:16]
    for compared in (True, False):
        earlier = then if compared else None
        made = outline_of(*sample("renewal_city_2025.toml"), languages=[language], date=DAY, earlier=earlier)
        words = " ".join(texts_of(joined(made).parts[0].blocks))
        assert (told in words) == compared


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_said_where_nothing_is_known(language: str) -> None:
    """Without last time and without a sheet the report has no section of either."""
    outline = report(language, compared=False, followed=False)
    anchors = {b.anchor for b in outline.parts[0].blocks if isinstance(b, Heading)}
    assert anchors
    assert not anchors & {f"{language}-change", f"{language}-outcome", f"{language}-followed"}


def test_no_option_of_the_command_line_is_named() -> None:
    """A reader on paper has no command line: another edition is said without advice for it."""
    instrument, answers = sample("renewal_city_2024.toml")
    stated = answers.questionnaire.model_copy(update={"version": "2020.1.0"})
    old = instrument, answers.model_copy(update={"questionnaire": stated})
    outline = outline_of(*sample("renewal_city_2025.toml"), languages=["en"], date=DAY, earlier=old, edition="full")
    outline = joined(outline)
    (doubt,) = [b for b in outline.parts[0].blocks if isinstance(b, Callout) and b.label == "Read with care"]
    told = doubt.runs[0].text
    assert told.startswith("Last time was answered to questionnaire region 2020.1.0; it is read here under")
    assert "--" not in told


@pytest.mark.parametrize("key", ["questionnaire", "weights"])
def test_a_brief_says_that_last_time_is_read_under_another_edition(key: str) -> None:
    """The score of then may differ from that on last time's paper: who reads the brief alone sees why."""
    instrument, answers = sample("renewal_city_2024.toml")
    stated = getattr(answers, key).model_copy(update={"version": "2020.1.0"})
    old = instrument, answers.model_copy(update={key: stated})
    made = [
        outline_of(*sample("renewal_city_2025.toml"), languages=["en"], date=DAY, earlier=then, edition="brief")
        for then in ((instrument, answers), old)
    ]
    same, other = ("it is read here under" in " ".join(texts_of(one.parts[0].blocks)) for one in made)
    assert (same, other) == (False, True)


@pytest.mark.parametrize("rubric", ["baseline", "energy_base"])
def test_what_fell_is_said_by_as_much_as_its_table_prints(rubric: str) -> None:
    """Then and now are printed rounded; of a change that is rounded by itself one of the two would be wrong."""
    before, after = (sample(f"renewal_city_{year}.toml", rubric) for year in (2025, 2024))
    made = joined(outline_of(*after, languages=["en"], date=DAY, earlier=before, edition="full"))
    table = tables(made, "Change of every pillar and dimension")
    printed = list(zip(column(table, 2), column(table, 3), strict=True))
    said = "\n".join(texts_of(made.parts[0].blocks))
    fallen = re.findall(r" by (\d+\.\d) to (\d+\.\d)", re.search(r"Fallen: .*?\. Behind", said)[0])
    assert len(fallen) == 3
    assert all((now, f"−{points}") in printed for points, now in fallen)
    total = re.search(r"Overall score \S+ → \S+ \(−(\S+)\)", said)[1]
    assert f"{total} points lower since 2025" in said


@pytest.mark.parametrize(("language", "said"), [("en", "come from the weights."), ("zh", "权重影响 ")])
def test_a_brief_tells_what_other_weights_did_to_the_score(language: str, said: str) -> None:
    """Else a fall by other weights reads as one of the answers; with the same ones nothing is said of them."""
    after = sample("renewal_city_2025.toml")
    made = [
        outline_of(*after, languages=[language], date=DAY, earlier=sample("renewal_city_2024.toml", rubric))
        for rubric in ("energy_base", "industrial_renewal")
    ]
    other, same = (" ".join(texts_of(joined(one).parts[0].blocks)) for one in made)
    assert said in other
    assert said not in same


def test_a_rise_is_the_same_in_the_chart_and_the_table() -> None:
    """Both print the difference of the printed scores, so that +9.7 does not stand beside +9.8."""
    blocks = report("en").parts[0].blocks
    (slopes,) = [block for block in blocks if isinstance(block, SlopeChart)]
    changes = next(b for b in blocks if isinstance(b, Table) and b.caption.startswith("Change of every pillar"))
    pillars = [changes.rows[place] for place in sorted(changes.bold_rows)]
    said = [f"{row[2][0].text} ({row[3][0].text})" for row in pillars]
    assert [line.value for line in slopes.slopes] == said


def test_what_stands_behind_a_fall_is_said_as_what_there_is_so_far() -> None:
    """A level that is begun does not read as the cause of the fall."""
    instrument, now = sample("renewal_city_2025.toml")
    better = now.answers["rd_organisation"].model_copy(update={"value": 4})
    then = now.model_copy(update={"answers": {**now.answers, "rd_organisation": better}})
    made = outline_of(instrument, now, languages=["en"], date=DAY, earlier=(instrument, then))
    assert "Behind it: so far " in " ".join(texts_of(joined(made).parts[0].blocks))
    # Of an answer that nobody gave last time nobody knows that it fell.
    worst = now.answers["rd_organisation"].model_copy(update={"value": 0})
    low = now.model_copy(update={"answers": {**now.answers, "rd_organisation": worst}})
    blank = now.model_copy(update={"answers": {id: a for id, a in now.answers.items() if id != "rd_organisation"}})
    told = [
        " ".join(movement(case_of(instrument, low), earlier_than((instrument, before), (instrument, low), DAY)))
        for before in (now, blank)
    ]
    assert ["Behind it: " in one for one in told] == [True, False]


def test_of_two_answers_that_pulled_alike_none_is_what_stands_behind_a_fall() -> None:
    """The first of the questionnaire passed for the main reason, and one of two bureaus was asked."""
    instrument, now = sample("renewal_city_2025.toml")
    level = {id: now.answers[id].value for id in ("cluster_cultivation", "priority_chain_check")}
    lower = {id: now.answers[id].model_copy(update={"value": value - 1}) for id, value in level.items()}
    after = now.model_copy(update={"answers": {**now.answers, **lower}})
    told = movement(case_of(instrument, after), earlier_than((instrument, now), (instrument, after), DAY))
    assert "Fallen: " in " ".join(told)
    assert "Behind it: " not in " ".join(told)


def test_what_rose_is_counted_where_not_all_is_named() -> None:
    """Three of six that rose alike were said to be where most was gained."""
    instrument, now = sample("renewal_city_2025.toml")
    better = {
        id: one.model_copy(update={"value": one.value + 1})
        for id, one in now.answers.items()
        if type(one.value) is int and one.value < 4
    }
    after = now.model_copy(update={"answers": {**now.answers, **better}})
    told = " ".join(movement(case_of(instrument, after), earlier_than((instrument, now), (instrument, after), DAY)))
    assert re.search(r" and \d+ more\.", told.partition("Risen: ")[2])


@pytest.mark.parametrize(("mode", "score", "said"), [("quick", 10, "too little"), ("full", 95, "not called for")])
def test_a_quick_screening_does_not_say_that_what_it_does_not_ask_about_is_not_called_for(
    mode: str, score: int, said: str
) -> None:
    """Whether a chosen measure is called for is not known where too little is answered of what it lifts."""
    made = tiny({"p": {"d": 80, "e": score}})
    made.questionnaire["questions"]["q_d"]["core"] = True
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"lifts": {"e": 10}, "kpi": {"en": "x"}}}
    plain = made.answers | {"mode": mode, "plan": {"chosen": ["m"]}}
    case = case_of(instrument_of(made.questionnaire, made.chain), Answers.model_validate(plain))
    assert said in gone_words(case, shelve(case))


@pytest.mark.parametrize(("mode", "lower"), [("quick", None), ("quick", 60), ("full", None)])
def test_what_a_quick_screening_does_not_ask_about_is_not_told_as_reached(mode: str, lower: int | None) -> None:
    """One of two pillars is not every pillar, and where the other is not asked about something may have to be begun."""
    parts = {"d": 100, **({} if lower is None else {"f": lower})}
    made = tiny({"p": parts, "r": {"e": 10 if mode == "quick" else 90}}, targets={"p": 70, "r": 70})
    for part in parts:
        made.questionnaire["questions"][f"q_{part}"]["core"] = True
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"lifts": {"e": 10}, "kpi": {"en": "x"}}}
    instrument = instrument_of(made.questionnaire, made.chain)
    case = case_of(instrument, Answers.model_validate(made.answers | {"mode": mode}))
    told = " ".join(texts_of(tuple(brief_blocks(case))))
    assert ("Every pillar that this screening asks about" in verdict(case)) == (mode == "quick")
    assert ("nothing is known of" in verdict(case)) == (mode == "quick")
    assert ("Nothing new has to be begun" in told) == (mode == "full")
    assert ("parts that a quick screening does not ask about" in told) == (mode == "quick")
    assert "missing items" not in told


@pytest.mark.parametrize(
    ("other", "figures", "behind"),
    [("edition", (70, 75), False), ("fact", (70, 75), False), ("fact", (70, 60), False), ("neither", (70, 60), True)],
)
def test_no_answer_that_is_better_than_then_stands_behind_a_fall(
    other: str, figures: tuple[int, int], behind: bool
) -> None:
    """A stricter scale, of another edition or since a fact is another one, is no worse figure."""
    made = tiny({"p": {"d": figures[0]}})
    on_coast = {"kind": "single", "text": {"en": "x"}, "options": {o: {"en": o} for o in ("yes", "no")}}
    strict = [[0, 0], [50, 0], [100, 100]]
    asked = made.questionnaire["questions"]["q_d"] | {"finding": {"en": "The share is {value}"}}
    asked |= {"scale_when": [{"when": {"fact": "coast", "is": "yes"}, "scale": strict}]}
    first = made.questionnaire | {"facts": {"coast": on_coast}, "questions": {"q_d": asked}}
    later = first | {"version": "2.0.0", "questions": {"q_d": asked | {"scale": strict}}}
    then, now = (instrument_of(one, made.chain) for one in (first, later if other == "edition" else first))
    coast = {"coast": {"value": "yes" if other == "fact" else "no"}}
    said = [
        Answers.model_validate(made.answers | {"answers": {"q_d": {"value": figure}}, "facts": facts})
        for figure, facts in zip(figures, ({"coast": {"value": "no"}}, coast), strict=True)
    ]
    told = " ".join(movement(case_of(now, said[1]), earlier_than((then, said[0]), (now, said[1]), DAY)))
    assert told.startswith("Fallen: ")
    assert ("Behind it: the share is 60" in told) == behind
    assert ("Behind it" in told) == behind


def test_a_part_that_has_lost_its_score_is_not_told_as_one_that_did_not_fall() -> None:
    instrument, answers = sample("renewal_city_2024.toml")
    left = set(instrument.questionnaire.questions_of["future"])
    fewer = answers.model_copy(update={"answers": {id: a for id, a in answers.answers.items() if id not in left}})
    before = (instrument, answers)
    made = [
        outline_of(instrument, now, languages=["en"], date=DAY, earlier=before, edition="brief")
        for now in (answers, fewer)
    ]
    whole, part = (" ".join(texts_of(joined(one).parts[0].blocks)) for one in made)
    assert "No part fell of those with a score both times." in whole
    assert "No part fell of those with a score both times." in part
    other = "Not the same questions count in each part both times"
    assert [other in one for one in (whole, part)] == [False, True]
    heavy = fewer.model_copy(update={"override": (Override(node="future", factor=Decimal(4), why="x"),)})
    found = earlier_than((instrument, fewer), (instrument, heavy), DAY)
    assert covered(found.comparison.new.card.overall.coverage) != "97%"  # by the weights alone
    told = [*movement(case_of(instrument, heavy), found, causes=True), *plan_words(found.comparison, "en")]
    assert "same questions" not in " ".join(told)
    aside = fewer.model_copy(
        update={"answers": {**fewer.answers, min(left): Answer.model_validate({"state": "na", "reason": "x"})}}
    )
    found = earlier_than((instrument, fewer), (instrument, aside), DAY)
    assert "same questions" in " ".join(plan_words(found.comparison, "en"))  # though none has a score but once
    few = answers.model_copy(update={"answers": {id: answers.answers[id] for id in left}})
    ends = [(answers, few), (few, answers), (few, few)]
    cases = [(case_of(instrument, now), earlier_than((instrument, then), (instrument, now), DAY)) for then, now in ends]
    told = [" ".join(movement(case, earlier, causes=True)) for case, earlier in cases]
    assert "The score was 38.4 then; there is none now." in told[0]
    assert "There was no score then; it is 38.4 now." in told[1]
    assert "No part fell of those with a score both times." in told[1]
    assert "score" not in told[2].replace("No part fell of those with a score both times.", "")
    (drawn,) = (block for block in change.change_blocks(*cases[0]) if isinstance(block, SlopeChart))
    assert drawn.caption.endswith("0 higher, 0 lower, 7 without a score then or now")


@pytest.mark.parametrize(("language", "said"), [("en", "Fallen: {} as a whole by "), ("zh", "下降的有：{}整体下降")])
def test_a_pillar_that_falls_without_any_dimension_of_it_is_told(language: str, said: str) -> None:
    """A dimension whose first score is low lets it fall: “no part fell” does not stand beside its chart."""
    instrument, answers = sample("renewal_city_2024.toml")
    asked = set(instrument.questionnaire.questions_of["future"])
    before = answers.model_copy(update={"answers": {id: a for id, a in answers.answers.items() if id not in asked}})
    made = outline_of(instrument, answers, languages=[language], date=DAY, earlier=(instrument, before))
    case = case_of(instrument, answers, language)
    told = said.format(case.in_sentence(case.short(case.pillar_of("future"))))
    whole = " ".join(texts_of(joined(made).parts[0].blocks))
    assert told in whole
    assert tell(change.NOTHING_FELL, language) not in whole


def test_answers_of_last_time_that_have_no_place_are_said_on_the_first_page() -> None:
    """A part may fall since last time's answer counts as not given: a brief says so too."""
    instrument, answers = sample("renewal_city_2025.toml")
    odd = answers.answers["rd_intensity"].model_copy(update={"value": "99"})
    stated = answers.questionnaire.model_copy(update={"version": "2026.9.0"})
    update = {"answers": {**answers.answers, "rd_intensity": odd}, "questionnaire": stated}
    earlier = instrument, answers.model_copy(update=update)
    made = outline_of(instrument, answers, languages=["en"], date=DAY, earlier=earlier, edition="brief")
    said = " ".join(texts_of(made.parts[0].blocks))
    assert "Last time was answered to questionnaire region 2026.9.0" in said
    assert "count as not given: 1" in said


def test_a_quick_screening_beside_a_full_one_is_said() -> None:
    """Parts may move by what is asked alone, which is not laid to answers."""
    instrument, answers = sample("renewal_city_2025.toml")
    quick = answers.model_copy(update={"mode": "quick"})
    made = outline_of(instrument, quick, languages=["en"], date=DAY, earlier=(instrument, answers), edition="brief")
    assert "One of the two is a quick screening" in " ".join(texts_of(made.parts[0].blocks))
    earlier = earlier_than((instrument, answers), (instrument, quick), DAY)
    told = ComparisonText(earlier.comparison, earlier.questionnaires, "en")
    assert "any change comes from the answers" not in " ".join(told.head())
    assert [line for line in told.doubts() if "quick" in line]
    parts = ComparisonTables(earlier.comparison, earlier.questionnaires, "en").parts()
    assert parts is not None
    assert column(parts, 0) == ["local conditions, and which questions are asked"]


def test_what_is_compared_has_one_decimal_so_that_the_change_is_their_difference() -> None:
    """Close to where a band begins too: “20.04 → 21.7 (+1.7)” does not add up."""
    instrument, answers = sample("renewal_city_2025.toml")
    earlier = earlier_than((instrument, answers), (instrument, answers), DAY)
    line = float(list(instrument.rules.bands.values())[1].from_)
    close = replace(earlier.comparison, overall=Change((line + 0.04, *[line + 1.7] * 3)))
    assert f" {line:.1f} → {line + 1.7:.1f} (+1.7)" in ComparisonText(close, earlier.questionnaires, "en").score()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_told_apart_is_said_wherever_the_causes_are(language: str) -> None:
    """A cause that is not known is not told as “–”, and the points left are named, in a brief too."""
    before, now = sample("renewal_city_2024.toml", "energy_base"), sample("renewal_city_2025.toml")
    found = earlier_than(before, now, DAY)
    overall = Change((50.0, None, 55.0, 56.0), "between")
    earlier = replace(found, comparison=replace(found.comparison, overall=overall))
    said = " ".join(change.movement(case_of(*now, language), earlier, causes=True))
    assert "–" not in said
    one = {
        "en": "Of the change, +1.0 come from the questionnaire. +5.0 cannot",
        "zh": "变化中：问卷影响 +1.0。 另有 +5.0",
    }
    assert one[language] in said


def test_a_questionnaire_that_is_the_same_is_no_cause_where_the_others_cannot_be_told_apart() -> None:
    """Between two years of one edition “0.0 come from the questionnaire” would have readers look for another one."""
    found = earlier_than(sample("renewal_city_2024.toml", "energy_base"), sample("renewal_city_2025.toml"), DAY)
    overall = Change((50.0, None, 55.0, 55.0), "between")
    words = ComparisonText(replace(found.comparison, overall=overall), found.questionnaires, "en")
    assert words.shown_causes() == ("answers", "weights")


def test_beside_a_score_that_a_floor_holds_plan_and_parts_say_what_they_count() -> None:
    """What the answers add may stand beside a score that stays where it is: then it counts before the floors."""
    found = earlier_than(sample("renewal_city_2024.toml"), sample("renewal_city_2025.toml"), DAY)
    assert found.comparison.planned is not None
    for overall, said in ((found.comparison.uncapped, False), (Change((30.0,) * 4), True)):
        tables = ComparisonTables(replace(found.comparison, overall=overall), found.questionnaires, "en")
        words = list(plan_words(tables.comparison, "en"))
        assert ("Both count the score before the floors." in words) == said
        parts = tables.parts()
        assert parts is not None
        assert parts.columns[1].title == "points of the overall" + " before the floors" * said


def test_beside_what_a_plan_hoped_for_stands_what_floors_left_of_it_and_how_many_of_its_parts_rose() -> None:
    """Last year's report told what is left; and what other answers brought is not the plan's where nothing moved."""
    found = earlier_than(sample("renewal_city_2024.toml"), sample("renewal_city_2025.toml"), DAY)
    plan, comparison = found.comparison.planned, found.comparison
    assert plan is not None
    assert list(plan_words(comparison, "en", notes=False)) == [
        "Measures chosen then: 7 (4 done, 2 under way, 1 dropped).",
        "At most 9.7 points were expected once all are done; so far the answers brought 8.0.",
        "Dimensions that were to be lifted: 8; lifted by the answers: 8.",
    ]
    still = Change((30.0,) * 4)
    nodes = tuple(replace(node, change=still) if node.level == "dimension" else node for node in comparison.nodes)
    held_then = replace(comparison, planned=replace(plan, gain_after_floors=1.5), nodes=nodes)
    assert list(plan_words(held_then, "zh", notes=False))[2:] == [
        "以上均按未计底线的得分计算；计入底线后，当时预计提高1.5分。",
        "当时拟提升的维度有8个，新答案带来提高的有0个。",
    ]


@pytest.mark.parametrize("mode", ["full", "quick"])
def test_a_part_that_other_questions_moved_is_not_laid_to_the_plan_without_a_word(mode: str) -> None:
    """A fall is qualified where a quick screening asks one question of three of a part of the plan."""
    now = sample("renewal_city_2025.toml")
    now = now[0], now[1].model_copy(update={"mode": mode})
    found = earlier_than(sample("renewal_city_2024.toml"), now, DAY)
    assert found.comparison.planned is not None
    said = " ".join(plan_words(found.comparison, "en"))
    blocks = " ".join(texts_of(tuple(change.planned_blocks(case_of(*now), found))))
    for words in (said, blocks):
        assert ("Not the same questions count in each part both times" in words) == (mode == "quick")


def test_page_one_says_that_the_target_was_lowered_since_last_time() -> None:
    """Else “the target is reached” reads as progress, where a correction by hand lowers it and no answer moves."""
    then = scored({"p": {"a": 50}})
    lower = Override(node="a", target=Decimal(40), why="x")
    now = then[0], then[1].model_copy(update={"override": (lower,)})
    said = " ".join(change.movement(case_of(*now), earlier_than(then, now, DAY), causes=True))
    assert "stayed at 50.0. The corrections by hand differ; what they moved is counted with the weights. " in said
    assert "The target was 100.0 then and is 40.0 now." in said
    assert "target" not in " ".join(change.movement(case_of(*now), earlier_than(now, now, DAY), causes=True))
    both = scored({"p": {"a": 50, "b": 50}}, targets={"a": 60, "b": 90})
    entries = {**both[1].answers, "q_b": Answer(state="na", reason="x")}
    one = both[0], both[1].model_copy(update={"answers": entries})
    case, earlier = case_of(*one), earlier_than(both, one, DAY)
    assert earlier.comparison.old.card.overall.target != case.card.overall.target
    assert "target" not in " ".join(change.movement(case, earlier, causes=True))  # nobody aims elsewhere


def test_page_one_says_what_a_floor_that_holds_no_more_brought_of_a_rise() -> None:
    """Of 50.0 → 61.3 a cap of last time accounts for what exceeds the 5.0 points before the floors."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    then, now = (scored({"p": {"a": score, "b": 75}, "q": {"c": 60}}, floors=floors) for score in (30, 50))
    said = " ".join(change.movement(case_of(*now), earlier_than(then, now, DAY), causes=True))
    assert "rose from 50.0 to 61.3. Before the floors: 56.3 → 61.3 (+5.0). Floors that broke: then x; now none." in said
    idle = " ".join(change.movement(case_of(*now), earlier_than(now, now, DAY), causes=True))
    assert "floors" not in idle
    open_now = scored({"p": {"a": None, "b": 75}, "q": {"c": 60}}, floors=floors)
    said = " ".join(change.movement(case_of(*open_now), earlier_than(then, open_now, DAY), causes=True))
    not_judged = "Floors not judged, as their part has no score: then none; now x."
    assert f"Floors that broke: then x; now none. {not_judged}" in said
    free = {"f": {**floors["f"], "cap": 90}}
    then, now = (scored({"p": {"a": score, "b": 75}, "q": {"c": 60}}, floors=free) for score in (30, 50))
    said = " ".join(change.movement(case_of(*now), earlier_than(then, now, DAY), causes=True))
    assert "rose from 56.3 to 61.3. Floors that broke: then x; now none." in said  # though it took no points
    held = scored({"p": {"a": 50, "b": 75}, "q": {"c": 60}}, floors=floors)
    found = earlier_than(held, open_now, DAY)
    assert [*ComparisonText(found.comparison, found.questionnaires, "en").floored()] == []  # none broke either time


@pytest.mark.parametrize(("now", "said"), [("39.97", False), ("40", True)])
def test_no_part_fell_is_said_only_where_none_did_at_all(now: str, said: bool) -> None:
    """By less than print shows it may have fallen below its floor, which stands beside it."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    before, after = (
        scored({"p": {"a": a, "b": 75}, "q": {"c": 60}}, floors=floors) for a in (Decimal(40), Decimal(now))
    )
    told = " ".join(change.movement(case_of(*after), earlier_than(before, after, DAY), causes=True))
    assert ("now x." in told) != said
    assert ("No part fell" in told) == said


@pytest.mark.parametrize(("now", "said"), [("60.003", "stayed at 60.0; low → high."), ("59.96", "stayed at 60.0.")])
def test_page_one_says_that_the_band_is_another_one_where_the_score_is_the_same_in_print(now: str, said: str) -> None:
    bands = {"low": {"from": 0, "en": "low"}, "high": {"from": 60, "en": "high"}}
    before, after = (scored({"p": {"a": a}}, bands=bands) for a in map(Decimal, ("59.953", now)))
    assert said in " ".join(change.movement(case_of(*after), earlier_than(before, after, DAY), causes=True))


@pytest.mark.parametrize(("language", "other"), [("en", "bands themselves"), ("zh", "等次划分本身")])
def test_a_band_that_was_lowered_is_not_told_as_one_that_was_climbed_to(language: str, other: str) -> None:
    """Beside an unchanged score the band is another one since a profile lets it begin lower, which is said."""
    bands = [
        {"low": {"from": 0, "en": "low", "zh": "低"}, "high": {"from": f, "en": "high", "zh": "高"}} for f in (60, 40)
    ]
    then, now = (scored({"p": {"a": 50}}, bands=one) for one in bands)
    for one, said in ((then, False), (now, True)):
        found = earlier_than(then, one, DAY)
        assert (other in ComparisonText(found.comparison, found.questionnaires, language).score()) == said


@pytest.mark.parametrize(("language", "same"), [("en", "floors themselves"), ("zh", "底线本身")])
def test_a_floor_that_was_lowered_or_taken_away_is_not_told_as_one_that_holds_again(language: str, same: str) -> None:
    """Its part scores what it scored: the other rubric has no such floor, or asks less of it."""
    floor = {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}
    lines = [{"f": floor}, {"f": {**floor, "below": 20}}, {"g": {**floor, "node": "b", "cap": 30}}, {}]
    there, *others = (scored({"p": {"a": 30, "b": 75}, "q": {"c": 60}}, floors=floors) for floors in lines)
    words = [
        "then x at 40.0; now x at 20.0.",
        "then x at 40.0; now x at 40.0.",  # of another part: each is called x here
        "then x at 40.0; now none.",
    ]
    for other, said in zip(others, words, strict=True):
        found = earlier_than(there, other, DAY)
        *_rest, told = ComparisonText(found.comparison, found.questionnaires, language).floored()
        assert same in told
        assert language != "en" or told.endswith(said)
        assert "floors themselves" in " ".join(change.movement(case_of(*other), found, causes=True))
    again = earlier_than(there, there, DAY)
    assert same not in " ".join(ComparisonText(again.comparison, again.questionnaires, language).floored())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Local conditions answered"), ("zh", "地方情况的填报与上次不同")]
)
def test_a_score_that_local_conditions_moved_is_told_by_them(language: str, said: str) -> None:
    """Where no part fell, a fact that switches what a weight hangs on explains the fall."""
    instrument, then = sample("renewal_city_2024.toml")
    other = then.facts["resource_class"].model_copy(update={"value": "regenerative"})
    now = then.model_copy(update={"facts": {**then.facts, "resource_class": other}})
    case, same = case_of(instrument, now, language), case_of(instrument, then, language)
    told = " ".join(movement(case, earlier := earlier_than((instrument, then), (instrument, now), DAY), causes=True))
    points = earlier.comparison.overall.effects["answers"]
    assert points is not None
    assert rounded(points) != 0
    assert said in told
    assert number(points, signed=True) in told
    unmoved = movement(same, earlier_than((instrument, then), (instrument, then), DAY), causes=True)
    assert said not in " ".join(unmoved)
    held = replace(earlier, comparison=replace(earlier.comparison, overall=Change((30.0,) * 4)))
    told = " ".join(movement(case, held, causes=True))
    assert said in told
    assert {"en": "moved the score before the floors by ", "zh": "未计底线的总分因此变动"}[language] in told


@pytest.mark.parametrize(
    ("language", "came", "only"),
    [
        ("en", "Of the change before the floors, 0.0 come from the answers, +8.3 come from the weights.", "Any change"),
        ("zh", "未计底线的变化中：答案影响 0.0，权重影响 +8.3。", "如有变化"),
    ],
)
def test_what_a_correction_moved_before_the_floors_is_not_laid_to_the_answers(
    language: str, came: str, only: str
) -> None:
    """“Any change comes from the answers” does not stand beside 55.0 → 63.3 before the floors, done by a correction."""
    floors = {"f": {"node": "a", "below": 40, "cap": 45, "why": {"en": "x", "zh": "x"}}}
    then = scored({"p": {"a": 30}, "q": {"c": 80}}, floors=floors)
    lighter = Override(node="p", factor=Decimal("0.5"), why="x")
    now = then[0], then[1].model_copy(update={"override": (lighter,)})
    case, earlier = case_of(*now, language), earlier_than(then, now, DAY)
    words = ComparisonText(earlier.comparison, earlier.questionnaires, language)
    for said in (" ".join(words.causes()), " ".join(change.movement(case, earlier, causes=True))):
        assert came in said
        assert only not in said
    assert came not in " ".join(change.movement(case, earlier))


def test_a_floor_that_answers_break_and_a_correction_lifts_again_is_not_laid_to_the_answers_alone() -> None:
    """At both ends it takes nothing, on the way it does: −11.3 from the answers stood beside parts of −5.0."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    then, now = (scored({"p": {"a": score, "b": 75}, "q": {"c": 60}}, floors=floors) for score in (50, 30))
    off = Override(node="a", factor=Decimal(0), why="x")
    now = now[0], now[1].model_copy(update={"override": (off,)})
    found = earlier_than(then, now, DAY)
    assert found.comparison.overall.before == found.comparison.uncapped.before
    assert found.comparison.overall.after == found.comparison.uncapped.after
    said = " ".join(change.movement(case_of(*now), found, causes=True))
    assert "Of the change before the floors, −5.0 come from the answers" in said
    parts = ComparisonTables(found.comparison, found.questionnaires, "en").parts()
    assert parts is not None
    assert parts.columns[1].title == "points of the overall before the floors"
    assert column(parts, 1) == ["−5.0"]


@pytest.mark.parametrize(
    ("language", "gone"),
    [
        ("en", "The floors themselves are not the same: then x at 40.0; now none."),
        ("zh", "底线本身有变：上次：x40.0分；本次：无。"),
    ],
)
def test_a_floor_that_held_and_that_another_rubric_dropped_before_its_part_fell_is_told(
    language: str, gone: str
) -> None:
    """It broke neither then nor now; of the steps “before the floors” nobody knew which floor was meant."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x", "zh": "x"}}}
    then, now = (scored({"p": {"a": a, "b": 75}, "q": {"c": 60}}, floors=f) for a, f in ((50, floors), (30, {})))
    found = earlier_than(then, now, DAY)
    told = [*ComparisonText(found.comparison, found.questionnaires, language).floored()]
    assert told[-1] == gone
    assert {"en": "Before the floors", "zh": "未计底线"}[language] in told[0]
    assert gone in " ".join(change.movement(case_of(*now, language), found, causes=True))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Not the same questions count in each part both times"), ("zh", "两次各方面计分的题目不尽相同")],
)
def test_a_part_that_fell_since_an_answer_is_not_known_any_more_is_told_so(language: str, said: str) -> None:
    """As much is answered both times, but not the same: it is no worse answer that lets the part fall."""
    then, now = (scored({"p": {"a": 50, "b": b}, "q": {"c": 60, "d": d}}) for b, d in ((90, None), (None, 60)))
    case, earlier = case_of(*now, language), earlier_than(then, now, DAY)
    sides = (earlier.comparison.old, earlier.comparison.new)
    assert len({side.card.overall.coverage for side in sides}) == 1
    assert said in " ".join(change.movement(case, earlier, causes=True))
    same = earlier_than(now, now, DAY)
    assert said not in " ".join(change.movement(case, same, causes=True))
    made = tiny({"p": {"a": 50}})
    made.questionnaire["questions"]["q_a"]["core"] = True
    instrument = instrument_of(made.questionnaire, made.chain)
    full, quick = (Answers.model_validate(made.answers | {"mode": mode}) for mode in ("full", "quick"))
    other = earlier_than((instrument, full), (instrument, quick), DAY)  # which is told beside it
    assert said not in " ".join(change.movement(case_of(instrument, quick, language), other, causes=True))
