"""What two editions make of an answer file: both scores, and what becomes of each answer."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import figure
from nqpf_assess.engine.editions import fitted, fitted_blend, is_edition, names_between
from nqpf_assess.engine.instrument import Instrument, identities
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.migration import Effect, Migration
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import BlendedProfile, Chain


def effect_of_questionnaire(
    name: str,
    answers: Answers,
    old: Questionnaire,
    new: Questionnaire,
    *,
    chain: Chain,
    further: Sequence[BlendedProfile] = (),
    before: Questionnaire | None = None,
) -> Effect:
    """Score an answer file under the old edition, and taken over to the new one, both with the same rubric.

    `before`: the edition that it was answered to, where that is neither and at hand; its figures are converted.
    """
    instruments = tuple(
        Instrument(one, fitted(chain, one, names), fitted_blend(further, one, names))
        for one, names in ((old, names_between(new, old)), (new, names_between(old, new)))
    )
    given, _, _ = identities(instruments[1], answers)
    there = migrate(instruments[0], answers, new if is_edition(answers.questionnaire, given) else before)
    after = migrate(instruments[1], there.answers, old)
    scored = assess(instruments[0], there.answers), assess(instruments[1], after.answers)
    return _effect(name, *scored, after)


def effect_of_weights(
    name: str,
    answers: Answers,
    questionnaire: Questionnaire,
    old: Chain,
    new: Chain,
    *,
    before: Questionnaire | None = None,
) -> Effect:
    """Score an answer file under the old rubric and under the new one.

    `before`: the edition that it was answered to, where that is another and at hand; its figures are converted.
    """
    instruments = [Instrument(questionnaire, fitted(chain, questionnaire, {})) for chain in (old, new)]
    moved = migrate(instruments[1], answers, before)
    scored, after = (assess(instrument, moved.answers) for instrument in instruments)
    return _effect(name, scored, after, moved)


def _effect(name: str, before: Assessed, after: Assessed, moved: Migration) -> Effect:
    olds, news = _pillars(before), _pillars(after)
    nodes = {id: (olds.get(id), news.get(id)) for id in dict.fromkeys((*news, *olds))}
    return Effect(
        name=name,
        before=figure(before.figures.total),
        after=figure(after.figures.total),
        nodes={id: scores for id, scores in nodes.items() if scores[0] != scores[1]},
        fates=moved.counts,
    )


def _pillars(assessed: Assessed) -> dict[str, float | None]:
    columns = assessed.figures.scores.pillars
    return {id: figure(column) for id, column in zip(assessed.instrument.pillars, columns, strict=True)}
