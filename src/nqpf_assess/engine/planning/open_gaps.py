"""The large gaps that a set of measures leaves open, and why (scoring.md, section 7)."""

from collections.abc import Collection

from nqpf_assess.engine.arithmetic import below
from nqpf_assess.model.plan import OpenGap, Openness
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import MeasureScore, Scorecard

MOST_GAPS = 5
"""How many of the largest gaps are looked at, by their share of the shortfall."""


def open_gaps(
    card: Scorecard, questionnaire: Questionnaire, chosen: Collection[str], *, left_out: Collection[str] = ()
) -> tuple[OpenGap, ...]:
    """Find those of the largest gaps that no chosen measure lifts, the largest first, with why.

    `left_out`: measures that may not be chosen, for whatever reason; those that fit here were left out by a wish.
    """
    judged = {measure.id: measure for measure in card.countermeasures}
    short = sorted((n for n in card.nodes if n.level == "dimension" and n.share), key=lambda n: -(n.share or 0.0))
    found = []
    for node in short[:MOST_GAPS]:
        lifting = [judged[id] for id, measure in questionnaire.countermeasures.items() if node.id in measure.lifts]
        if any(measure.id in chosen for measure in lifting):
            continue
        fitting = [measure for measure in lifting if measure.eligible]
        free = [measure for measure in fitting if measure.id not in left_out]
        # Those that begin here: the score lies below their line, and past the basics they build on.
        here = []
        for judgement in lifting if node.score is not None else ():
            measure = questionnaire.countermeasures[judgement.id]
            score, least = node.score or 0.0, float(measure.when_at_least or 0)
            if below(score, float(measure.when_below)) and not below(score, least):
                here.append(judgement)
        groups: tuple[tuple[Openness, list[MeasureScore]], ...] = (
            ("effort", free),
            ("wish", fitting),
            ("unsuited", here),
            ("past", lifting),
            ("none", []),
        )
        why, told = next((why, told) for why, told in groups if told or why == "none")
        best = sorted(told, key=lambda m: (-(m.gain_after_floors or 0.0), -(m.gain or 0.0)))
        found.append(OpenGap(node.id, why, tuple(measure.id for measure in best)))
    return tuple(found)
