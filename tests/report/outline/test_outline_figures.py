"""The figures of a report are those of the scorecard, rounded once, and add up."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.report.blocks import Card, ImpactMatrix, KeyFigures, Paragraph, Table, Waterfall, words_of
from nqpf_assess.report.outline.front import answer_blocks, verdict
from nqpf_assess.report.outline.listing import listing_blocks
from nqpf_assess.report.outline.local import changes, waterfall
from nqpf_assess.report.outline.measures import IN_FRONT, cards, considered, matrix, rest, shelve
from nqpf_assess.report.outline.method import addition_blocks
from nqpf_assess.report.outline.roadmap import first_quarter, schedule
from nqpf_assess.report.wording import difference, gap_in_parts, number, percent
from tests.report.outline.made import CLUSTER, COUNTY, FACTORY, NUMBER, answered, case_of, mixed, numbers, shipped

CASES = {
    "county": ("region", "ecological", COUNTY),
    "cluster": ("region", "cluster_county", CLUSTER),
    "hub": ("region", "innovation_hub", {"tier": "sub_provincial", "rd_base": "strong"}),
    "factory": ("firm", "specialised_sme", FACTORY),
}


def made(name: str) -> tuple[Instrument, Answers]:
    subject, profile, facts = CASES[name]
    instrument = shipped(subject, profile)
    return instrument, answered(instrument, facts=facts, wanted=lambda id: None if mixed(id) < 8 else mixed(id))


def value(words: str) -> Decimal:
    return Decimal(words.replace("−", "-").replace(",", ""))


# ── Page 2 ──


def figures_of(card: Scorecard) -> set[str]:
    """Every figure of a scorecard as a report writes it."""
    overall = card.overall
    points = [getattr(overall, name) for name in overall.__slots__ if name not in ("coverage", "band", "floors")]
    points += [
        figure for node in card.nodes for figure in (node.score, node.target, difference(node.score, node.target))
    ]
    points += gap_in_parts(overall)
    shares = [node.share for node in card.nodes]
    gains = [measure.gain for measure in card.countermeasures]
    return {
        *(number(figure) for figure in points if figure is not None),
        *(number(gain, signed=True) for gain in gains if gain is not None),
        *(percent(share, 1) for share in shares if share is not None),
        percent(overall.coverage),
    }


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_two_holds_only_figures_of_the_scorecard(name: str, language: str) -> None:
    """Every number on the page that answers is a rounded figure of the scorecard, a count, a rule or a deadline."""
    case = case_of(*made(name), language)
    overall, shares = case.card.overall, sorted((p.share or 0.0 for p in case.pillars), reverse=True)
    change = difference(overall.baseline_score, overall.score)
    slots = schedule(case, shelve(case).front).slots.values()
    counts = [len(case.answered), len(case.counting), len(case.card.checks), 0, 100]  # the ends of the scale
    allowed = figures_of(case.card) | {
        percent(case.assessed.figures.rules.weight_spread),
        number(change, signed=True),
        *(percent(sum(shares[:most]), 1) for most in (1, 2, 3)),
        *map(str, counts),
        *(
            str(sum(case.given(id).year is not None or bool(case.given(id).evidence) for id in case.answered))
            for _ in "."
        ),
        *(part for slot in slots for part in (str(slot.year), f"{slot.month:02d}")),
    }
    found = numbers(answer_blocks(case)) + Counter(NUMBER.findall(verdict(case)))
    assert len(found) > 20
    assert set(found) <= allowed, set(found) - allowed


def test_key_figures_are_the_overall_figures() -> None:
    """Score, baseline, target, coverage and evidence stand in their places."""
    case = case_of(*made("county"))
    shown = next(block for block in answer_blocks(case) if isinstance(block, KeyFigures)).figures
    overall = case.card.overall
    wanted = (overall.score, overall.baseline_score, overall.target, None, overall.evidence_backed)
    assert [figure.value for figure in shown] == [
        percent(overall.coverage) if figure is None else number(figure) for figure in wanted
    ]


# ── Countermeasures ──


@pytest.mark.parametrize("name", CASES)
def test_every_measure_stands_in_exactly_one_place(name: str) -> None:
    """Cards in front, rows in the annex, rows and names of what is not recommended: together the whole list, once."""
    case = case_of(*made(name))
    shelf = shelve(case)
    titles = {case.tell(measure.title) for measure in case.questionnaire.countermeasures.values()}
    found: Counter[str] = Counter()
    found.update(block.title.partition(" ")[2] for block in cards(case, shelf) if isinstance(block, Card))
    for block in (*(rest(case, shelf) if shelf.rest else ()), *considered(case, shelf)):
        if isinstance(block, Table):
            place = 1 if len(block.columns) > 2 else 0
            found.update(row[place][0].text for row in block.rows)
        elif isinstance(block, Paragraph) and block.style == "note":
            found.update(words_of(block.runs).partition(": ")[2].rstrip(".").split("; "))
    assert found == Counter(titles)
    assert len(shelf.front) <= IN_FRONT


@pytest.mark.parametrize("name", CASES)
def test_prerequisites_stand_before_what_needs_them(name: str) -> None:
    """In front nothing waits for a measure that comes later or stands in the annex."""
    case = case_of(*made(name))
    front = [row.id for row in shelve(case).front]
    fitting = {row.id for row in case.card.countermeasures if row.eligible}
    for place, id in enumerate(front):
        assert fitting.intersection(case.questionnaire.countermeasures[id].needs) <= set(front[:place])


@pytest.mark.parametrize("name", CASES)
def test_the_calendar_keeps_the_order(name: str) -> None:
    """Each measure ends in its phase, begins after what it needs, and ends after it begins."""
    case = case_of(*made(name))
    front = shelve(case).front
    slots = schedule(case, front).slots
    year, quarter = first_quarter(case.date)
    for row in front:
        slot = slots[row.id]
        assert slot.start < slot.end
        assert slot.end - quarter <= {"short": 4, "medium": 12, "long": 20}[slot.phase]
        assert (slot.year - year) * 4 + slot.month / 3 == slot.end
        for before in case.questionnaire.countermeasures[row.id].needs:
            if before in slots:
                assert slots[before].end <= slot.start


@pytest.mark.parametrize(
    ("date", "first"),
    [("2026-11-25", (2027, 0)), ("2026-01-01", (2026, 1)), ("2026-06-30", (2026, 2)), ("2026-09-30", (2026, 3))],
)
def test_work_begins_with_the_next_quarter(date: str, first: tuple[int, int]) -> None:
    assert first_quarter(date) == first


def test_the_matrix_shows_gains_and_efforts() -> None:
    case = case_of(*made("county"))
    shelf = shelve(case)
    figure = next(block for block in matrix(case, shelf) if isinstance(block, ImpactMatrix))
    by_number = {str(shelf.number(row.id)): row for row in shelf.fitting}
    assert len(figure.points) > 6
    for point in figure.points:
        assert (point.effort, point.impact) == (by_number[point.number].effort, by_number[point.number].gain)


# ── Sums ──


@pytest.mark.parametrize("name", CASES)
def test_the_waterfall_adds_up(name: str) -> None:
    """The steps from baseline to local score sum to their difference."""
    case = case_of(*made(name))
    steps = changes(case.assessed)
    difference = (case.card.overall.score or 0.0) - (case.card.overall.baseline_score or 0.0)
    assert len(steps) >= 2
    assert sum(step.points for step in steps) == pytest.approx(difference, abs=1e-9)
    figure = next(block for block in waterfall(case) if isinstance(block, Waterfall))
    assert [step.change for step in figure.steps] == [step.points for step in steps]


def test_overrides_are_a_step_of_their_own() -> None:
    """A person's correction is told apart from the profile's."""
    instrument = shipped("region", "ecological")
    override = [{"node": "talent", "factor": Decimal(3), "why": "a new college"}]
    answers = answered(instrument, facts=COUNTY, wanted=mixed, override=override)
    steps = changes(case_of(instrument, answers).assessed)
    assert steps[-1].what == "override"
    assert abs(steps[-1].points) > 0.1


@pytest.mark.parametrize("name", CASES)
def test_the_arithmetic_can_be_added_up_by_hand(name: str) -> None:
    """In each table of the annex the printed products sum to the printed score, to one decimal and better."""
    case = case_of(*made(name))
    tables = [block for block in addition_blocks(case) if isinstance(block, Table)]
    assert len(tables) > 5
    for table in tables:
        *parts, total = [[words_of(cell) for cell in row] for row in table.rows]
        products = [value(row[3]) for row in parts if row[3] != "–"]
        weights = [value(row[1]) for row in parts if row[3] != "–"]
        assert abs(sum(products) - value(total[2])) <= Decimal("0.005")
        assert abs(sum(weights) - 1) <= Decimal("0.005")
        for row in parts:
            if row[3] != "–":
                assert abs(value(row[1]) * value(row[2]) - value(row[3])) <= Decimal("0.06")


def test_questions_with_their_weights_give_the_total() -> None:
    """Σ weight × score / 100 over the list of questions is the overall score under arithmetic means."""
    case = case_of(*made("county"))
    rows = [row for block in listing_blocks(case) if isinstance(block, Table) for row in block.rows]
    assert len(rows) == len([node for node in case.card.nodes if node.level == "question" and node.state != "hidden"])
    pairs = [(words_of(row[2]), words_of(row[3])) for row in rows]
    total = sum(value(score) * value(weight) / 100 for score, weight in pairs if score != "–")
    assert float(total) == pytest.approx(case.card.overall.uncapped or 0.0, abs=0.15)


def test_a_share_of_the_gap_is_told_only_where_there_is_one() -> None:
    """What the first measures close is told as a share of the gap, never above all of it."""
    case = case_of(*made("county"))
    shelf = shelve(case)
    from nqpf_assess.report.outline.measures import lead

    said = words_of(lead(case, shelf).runs)
    found = re.search(r"close up to (\d+)% of the gap", said)
    assert found
    assert 0 < int(found[1]) <= 100
