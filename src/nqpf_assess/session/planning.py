"""What the countermeasures that are ticked would do: the score after them, and the effort they take."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nqpf_assess.engine.following import closed
from nqpf_assess.engine.gaps import gain_of_scores, with_measures
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.session.answering import Session

if TYPE_CHECKING:
    from nqpf_assess.engine.planning import Planner


class PlanEffect(NamedTuple):
    """What a set of measures would do to the overall before the floors; None where there is no score.

    `lifted`: the score of each dimension that moves, after the measures. `floored`: the overall after the floors, now
    and with the measures. Points from 0 to 100.
    """

    before: float | None
    after: float | None
    effort: int
    lifted: Mapping[str, float]
    floored: tuple[float, float] | None = None

    @property
    def gain(self) -> float | None:
        """Points gained."""
        return None if self.before is None or self.after is None else self.after - self.before


def effect_of(session: Session, chosen: Sequence[str]) -> PlanEffect:
    """Compute the effect of a set of measures."""
    assessed, questionnaire = session.assessed, session.instrument.questionnaire
    measures = [questionnaire.countermeasures[id] for id in chosen if id in questionnaire.countermeasures]
    scores = assessed.figures.scores
    before = scores.overall.value if scores.overall.has else None
    after = with_measures(assessed, measures)
    lifted = {
        id: new.value
        for id, old, new in zip(assessed.instrument.dimensions, scores.dimensions, after.dimensions, strict=True)
        if old.has and new.value > old.value
    }
    effort = sum(measure.effort for measure in measures)
    if before is None:
        return PlanEffect(None, None, effort, lifted)
    total = assessed.figures.total.value
    floored = (total, total + gain_of_scores(assessed, after).after_floors)
    return PlanEffect(before, after.overall.value, effort, lifted, floored)


def ticked(session: Session) -> tuple[str, ...]:
    """Return the measures that are ticked, in file order."""
    known = session.instrument.questionnaire.countermeasures
    return tuple(dict.fromkeys(id for id in session.answers.plan.chosen if id in known))  # named twice, it is one


def counted(session: Session) -> tuple[str, ...]:
    """Return the ticked measures that a report plans with: called for and suited here, neither done nor dropped."""
    fit, over = {measure.id for measure in session.judged if measure.eligible}, closed(session.answers)
    return tuple(id for id in ticked(session) if id in fit and id not in over)


class Ticks(NamedTuple):
    """The measures after one tick, and those that were ticked or taken away along with it.

    `kept`: what had to come before one that was taken away, and is ticked still although nothing else needs it.
    """

    chosen: tuple[str, ...]
    along: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def toggled(session: Session, id: str, judged: Sequence[MeasureScore]) -> Ticks:
    """Tick a measure with all that must come before it, or take it away with all that needs it."""
    chosen, measures = ticked(session), session.instrument.questionnaire.countermeasures
    if id in chosen:
        gone = {other for other in chosen if id in _needs(measures, other)}
        rest, before = tuple(c for c in chosen if c != id and c not in gone), _needs(measures, id)
        needed = {need for other in rest for need in _needs(measures, other)}
        kept = tuple(c for c in rest if c in before and c not in needed)
        return Ticks(rest, tuple(c for c in chosen if c in gone), kept)
    eligible = {measure.id for measure in judged if measure.eligible}
    first = tuple(need for need in _needs(measures, id) if need in eligible and need not in chosen)
    return Ticks((*chosen, *first, id), first)


def _needs(measures: Mapping[str, Countermeasure], id: str) -> tuple[str, ...]:
    """Return all that must come before a measure, what comes first first."""
    found: dict[str, None] = {}
    for need in measures[id].needs:
        if need in measures:
            found |= dict.fromkeys((*_needs(measures, need), need))
    return tuple(found)


def in_order(judged: Sequence[MeasureScore]) -> tuple[tuple[MeasureScore, ...], tuple[MeasureScore, ...]]:
    """Sort the measures: those that fit, by gain for each point of effort; then those that do not, in file order."""
    fit = sorted((m for m in judged if m.eligible), key=lambda m: m.precedence)
    return tuple(fit), tuple(m for m in judged if not m.eligible)


def planner_for(session: Session) -> "Planner":
    """Compute the best plan for every budget (HiGHS; up to a few seconds for large questionnaires).

    What the follow-up sheet has as done or dropped is not chosen again: it would be hoped for a second time.
    """
    from nqpf_assess.engine.planning import planner_of
    from nqpf_assess.model.plan import Wishes

    over = closed(session.answers)
    dropped, done = (tuple(id for id in over if over[id] == state) for state in ("dropped", "done"))
    return planner_of(session.assessed, Wishes(without=dropped, done=done))
