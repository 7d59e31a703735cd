"""What answers say to the criteria of an official rule: met, not met, answered without deciding, open, not asked.

A reading of the answers beside the rule's clauses; it scores nothing, and recognises nobody.
"""

from dataclasses import dataclass
from typing import Literal

from nqpf_assess.engine.arithmetic import TRUE
from nqpf_assess.engine.states import View, fails, truth
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.questionnaire import Criterion, Crosswalk, Questionnaire

CriterionState = Literal["met", "unmet", "answered", "open", "not_asked"]

SAID = ("answered", "na")


@dataclass(frozen=True, slots=True)
class CriterionReading:
    """One criterion with what the answers say of it, and the ids of the questions and facts that bear on it."""

    crosswalk: str
    id: str
    criterion: Criterion
    state: CriterionState
    asked: tuple[str, ...]


def applies(crosswalk: Crosswalk, view: View) -> bool:
    """Return whether the rule is for this firm or place: only what is known to be beyond it is left out."""
    return not fails(crosswalk.when, view)


def readings(questionnaire: Questionnaire, id: str, view: View) -> tuple[CriterionReading, ...]:
    """Read every criterion of a rule by the answers, in the order written."""
    found = []
    for name, criterion in questionnaire.crosswalks[id].criteria.items():
        conditions = (criterion.met, criterion.unmet)
        named = [part for when in conditions for kind in ("question", "fact") for part in subjects(when, kind)]
        asked = tuple(dict.fromkeys((*named, *criterion.questions, *criterion.facts)))
        state: CriterionState
        if criterion.met is not None and truth(criterion.met, view) == TRUE:
            state = "met"
        elif criterion.unmet is not None and truth(criterion.unmet, view) == TRUE:
            state = "unmet"
        else:  # what is hidden, in quick mode or under these conditions, waits for no answer
            seen = [view.seen(each).state for each in asked]
            heard = [state for state in seen if state != "hidden"]
            state = "not_asked" if not heard else "answered" if all(state in SAID for state in heard) else "open"
        found.append(CriterionReading(id, name, criterion, state, asked))
    return tuple(found)
