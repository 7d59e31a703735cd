"""What differs between two editions of a questionnaire or a rubric, how grave each change is, and what it does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nqpf_assess.engine.differing.asked import asked_changes
from nqpf_assess.engine.differing.changes import (
    change,
    order_changed,
    words_changed,
)
from nqpf_assess.engine.differing.effects import effect_of_questionnaire, effect_of_weights
from nqpf_assess.engine.differing.rubric import rubric_changes
from nqpf_assess.engine.editions import names_between, step_between
from nqpf_assess.engine.instrument import chain_version, digest
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.editions import ADDED, CHANGED, REMOVED, keys_changed
from nqpf_assess.locale import _, fill
from nqpf_assess.model.migration import STEPS, EditionChange, EditionDifference, Moves, Step
from nqpf_assess.model.questionnaire import Criterion, Questionnaire
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.model.weights import Chain

__all__ = ["difference", "effect_of_questionnaire", "effect_of_weights", "rubric_difference"]

RENAMED = _("called “{now}” now")
OTHER_ID = _("another id: answer files that name the old one do not find this one")
OTHER_SUBJECT = _("describes other subjects")
MADE_FACT = _("a question before, a fact now: never scored any more")
MADE_QUESTION = _("a fact before, a question now")
ONLY_WRITTEN = _("says the same in another form")

ASKED, NODES, OTHERS = ("facts", "questions"), ("pillars", "dimensions"), ("sources", "checks", "figures", "crosswalks")
TABLES = (*NODES, "facts", "questions", "countermeasures", *OTHERS)
MOVED_BY: Mapping[str, Moves] = {
    "pillars": "scores",
    "dimensions": "scores",
    "facts": "scores",
    "questions": "scores",
    "countermeasures": "plans",
}
"""What an entry that comes or goes can move; a new fact or question of words moves nothing before it is answered."""

PLANNING = ("lifts", "when_below", "when_at_least", "suits", "unsuits", "effort", "horizon", "needs", "acts")
"""Keys of a countermeasure that can move a plan."""


def difference(old: Questionnaire, new: Questionnaire) -> EditionDifference:
    """Tell every difference between two editions of a questionnaire. An edition differs from itself in nothing."""
    before, after = _identity(old), _identity(new)
    changes = () if before == after else tuple(questionnaire_changes(old, new))
    if before.digest != after.digest and not changes and before.version == after.version:
        changes = (change(("", "", ""), "safe", ONLY_WRITTEN),)
    return EditionDifference(
        "questionnaire", before, after, changes, _wanted(changes), step_between(before.version, after.version)
    )


def rubric_difference(old: Chain, new: Chain) -> EditionDifference:
    """Tell every difference between two editions of a rubric, with all that each is based on."""
    before, after = (Identity(chain[-1].id, chain_version(chain), digest(*chain)) for chain in (old, new))
    changes = () if before == after else tuple(rubric_changes(old, new))
    if before.digest != after.digest and not changes and before.version == after.version:
        changes = (change(("", "", ""), "safe", ONLY_WRITTEN),)
    return EditionDifference(
        "weights", before, after, changes, _wanted(changes), step_between(before.version, after.version)
    )


def _identity(questionnaire: Questionnaire) -> Identity:
    return Identity(questionnaire.id, questionnaire.version, digest(questionnaire))


def _wanted(changes: Sequence[EditionChange]) -> Step | None:
    return max((entry.step for entry in changes), key=STEPS.index, default=None)


def questionnaire_changes(old: Questionnaire, new: Questionnaire) -> Iterator[EditionChange]:
    """Tell every difference, table by table; then what was a fact and is a question now, or the reverse."""
    if old.id != new.id:
        yield change(("", "", "id"), "loss", OTHER_ID, values=(old.id, new.id))
    if old.subject != new.subject:
        yield change(("", "", "subject"), "loss", OTHER_SUBJECT, values=(old.subject, new.subject))
    if old.title != new.title:
        yield words_changed(("", "", "title"), old.title, new.title, grade="safe")
    if old.languages != new.languages:
        yield change(("", "", "languages"), "safe", CHANGED, values=(old.languages, new.languages), step="minor")
    names = names_between(None, new)
    moved = {id for table, other in (ASKED, ASKED[::-1]) for id in getattr(new, table) if id in getattr(old, other)}
    for table in TABLES:
        before, after = ({id: e for id, e in getattr(q, table).items() if id not in moved} for q in (old, new))
        yield from _table(table, before, after, names if table in ASKED else {})
    for id in (id for table in ASKED for id in getattr(new, table) if id in moved):
        # Its answer moves along, from one table of the answer file to the other.
        place = ("questions" if id in new.questions else "facts", id)
        yield change((*place, ""), "convert", MADE_QUESTION if id in new.questions else MADE_FACT, moves="scores")
        was, now = old.asked.get(id), new.asked.get(id)
        if was is not None and now is not None:
            yield from asked_changes(place, was, now)


def _table(
    table: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[EditionChange]:
    came_from = {names[id]: id for id in before if names.get(id) in after and names[id] not in before}
    for id, entry in after.items():
        was = came_from.get(id, id)
        if was not in before:
            step: Step = "patch" if table in OTHERS else "minor"
            silent = table in ASKED and not (table == "questions" and kind_of(entry).scored)
            moves: Moves = "" if silent else MOVED_BY.get(table, "")
            yield change((table, id, ""), "safe", ADDED, values=(None, _title(entry)), step=step, moves=moves)
            continue
        if was != id:
            yield change((table, id, "id"), "convert", fill(RENAMED, now=id), values=(was, id))
        found = entry_changes(table, id, before[was], entry)
        yield from (one for one in found if was == id or (one.key, one.grade) != ("previous_ids", "safe"))
    for id, entry in before.items():
        if id not in after and id not in came_from.values():
            values = (_title(entry), None)
            if table in OTHERS:
                yield change((table, id, ""), "safe", REMOVED, values=values)
            else:
                yield change((table, id, ""), "loss", REMOVED, values=values, moves=MOVED_BY[table])
    yield from order_changed(table, [names.get(id, id) for id in before], list(after))


def _title(entry: Any) -> object:
    return next((getattr(entry, name) for name in ("title", "text", "message") if hasattr(entry, name)), None)


def entry_changes(table: str, id: str, before: Any, after: Any) -> Iterator[EditionChange]:
    """Tell the differences of one entry of a table."""
    if table in ASKED:
        yield from asked_changes((table, id), before, after)
        return
    for key, old, new in keys_changed(before, after):
        place = (table, id, key)
        if key == "criteria":
            yield from _criteria_changes(id, old, new)
        elif table == "dimensions" and key == "pillar":
            yield change(place, "confirm", CHANGED, values=(old, new), moves="scores")
        elif table == "countermeasures" and key in PLANNING:
            yield change(place, "confirm", CHANGED, values=(old, new), moves="plans")
        elif isinstance(old, Mapping | None) and isinstance(new, Mapping | None) and key != "lifts":
            yield words_changed(place, old, new, grade="safe")
        else:
            yield change(place, "safe", CHANGED, values=(old, new))


def _criteria_changes(
    id: str, before: Mapping[str, Criterion], after: Mapping[str, Criterion]
) -> Iterator[EditionChange]:
    """Tell the differences of the clauses of an official rule, which are a table within its entry."""
    for one in _table("crosswalks", before, after, {}):
        key = ".".join(part for part in ("criteria", one.id, one.key) if part)
        yield one._replace(id=id, key=key)
