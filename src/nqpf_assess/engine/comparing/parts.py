"""Where the effect of the answers comes from: taken over from the new assessment part by part."""

from nqpf_assess.engine.arithmetic import figure
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.model.comparison import EffectPart

FACTS, PERIOD = "facts", "period"


def parts_of(then: Assessed, after: Assessed) -> tuple[EffectPart, ...]:
    """Give the parts between two assessments under the same instrument; a part in which nothing differs is left out.

    First the facts and the mode are taken over, then the year that is described, where answers are scored by it, then
    the questions of each pillar.
    """
    questionnaire = then.instrument.questionnaire
    reached = then.answers.model_copy(update={"facts": after.answers.facts, "mode": after.answers.mode})
    stages = [(FACTS, False, reached)]
    reached = reached.model_copy(update={"subject": after.answers.subject})
    stages.append((PERIOD, False, reached))
    entries = dict(then.answers.answers)
    for pillar in questionnaire.pillars:
        asked = [id for d in questionnaire.dimensions_of[pillar] for id in questionnaire.questions_of[d]]
        entries = {id: answer for id, answer in entries.items() if id not in asked}
        entries |= {id: after.answers.answers[id] for id in asked if id in after.answers.answers}
        stages.append((pillar, True, reached.model_copy(update={"answers": entries})))
    found: list[EffectPart] = []
    before, reached = figure(then.figures.scores.overall), then.answers
    for what, is_pillar, answers in stages:
        if answers == reached:
            continue
        score = figure(assess(then.instrument, answers).figures.scores.overall)
        if is_pillar or what != PERIOD or score != before:
            points = None if before is None or score is None else score - before
            found.append(EffectPart(what, points, is_pillar))
        before, reached = score, answers
    return tuple(found)
