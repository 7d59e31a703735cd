"""First, most, furthest and all are said of what is so, and of none where several are alike."""

from dataclasses import replace

from nqpf_assess.report.blocks import (
    words_of,
)
from nqpf_assess.report.outline import (
    pillars,
)
from nqpf_assess.report.outline.findings import furthest, headline
from nqpf_assess.report.outline.sureness import balance, coverage
from tests.report.outline.made import (
    answered,
    case_of,
    shipped,
)


def test_nothing_is_furthest_where_another_is_as_far() -> None:
    """Quick mode has one question of a dimension, so that several often lie alike."""
    instrument = shipped("firm", "baseline")
    case = case_of(instrument, answered(instrument, wanted=lambda id: 40.0, mode="quick"))
    drawn = {pillar.id: pillars.bars(case, pillar) for pillar in case.pillars}
    for pillar, bars in drawn.items():
        gaps = [(node.target or 0.0) - (node.score or 0.0) for node in case.dimensions(pillar)]
        alike = sum(gap > max(gaps) - 0.01 for gap in gaps)
        assert ("equally far" in bars.caption) == (alike > 1)
    assert any("equally far" in bars.caption for bars in drawn.values())


def test_what_has_reached_its_target_is_not_furthest_below_it() -> None:
    """Where what is missing is too little to be printed, parts on target had the same 0.0."""
    instrument = shipped("firm", "baseline")
    case = case_of(instrument, answered(instrument, wanted=lambda id: 40.0))
    within = instrument.questionnaire.dimensions_of[instrument.pillars[0]]
    short = dict.fromkeys(within, 0.0) | {within[0]: 0.01}
    nodes = [
        replace(node, score=(node.target or 0.0) - short[node.id], gap=short[node.id]) if node.id in short else node
        for node in case.card.nodes
    ]
    case = replace(case, card=replace(case.card, nodes=tuple(nodes)))
    drawn = pillars.bars(case, case.pillars[0])
    assert drawn.caption.endswith(f"furthest below target is {case.in_sentence(case.title(within[0]))}")


def test_words_hold_where_several_are_alike() -> None:
    """None is called the weakest, the one without a score or the least answered where others are as much so."""
    instrument = shipped("firm", "baseline")
    low = set(instrument.pillars[:2])
    places = {
        id: instrument.questionnaire.dimensions[q.dimension] for id, q in instrument.questionnaire.questions.items()
    }
    open_ones = {instrument.questionnaire.dimensions_of[pillar][0] for pillar in instrument.pillars[2:4]}

    def wanted(id: str) -> float | None:
        if instrument.questionnaire.questions[id].dimension in open_ones:
            return None
        return 0.0 if places[id].pillar in low else 100.0

    case = case_of(instrument, answered(instrument, wanted=wanted))
    (said,) = balance(case)
    names = case.listed([case.short(id) for id in instrument.pillars if id in low])
    assert f"from 0.0 ({names}) to " in words_of(said.runs)
    assert "With a pillar that scores nothing" in words_of(said.runs)
    (drawn,) = coverage(case)
    assert drawn.caption.startswith("Not everything is answered in 2 of ")
    even = case_of(instrument, answered(instrument, wanted=lambda id: 0.0))
    assert words_of(balance(even)[0].runs).startswith("Balance needs")
    ranked = [pillar for pillar in even.pillars if pillar.gap]
    alike = [pillar for pillar in ranked if pillar.gap == ranked[0].gap]
    assert len(furthest(alike, 1)) == len(alike) > 1
    assert " and " in headline(even, even.pillars[0]).partition(" in ")[2]
