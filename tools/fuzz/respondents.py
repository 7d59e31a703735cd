"""Assessments merged from the files of several respondents, some disputes settled since, some merged once more.

What is disputed is known from what was drawn alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import Wish, merge
from nqpf_assess.model.answers import MERGE_RULES, Answer, Answers
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.merging import Merging
from tests.support.instruments import Case
from tests.support.oracle import Plain, World
from tests.support.questions import value_of
from tests.support.varied import typed, values_with_scores

NAMES = ("Ann", "Bo, of the county", "发改局", "财政局", "Cy", "商务局")
BEFORE, AFTER = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 5, 1, 9, tzinfo=UTC)

Said = frozenset[object]
NA = "not applicable"


@dataclass(frozen=True)
class Merged:
    """Merged answers. `said`: by the id of a fact or question what is said of it and not settled since.

    `merging`: the merge that was made last, of these `files`.
    """

    answers: Answers
    said: Mapping[str, Said]
    told: str
    merging: Merging
    files: tuple[Answers, ...]


@dataclass(frozen=True)
class _Person:
    """One respondent: the file, and what it says of each fact and question."""

    name: str
    answers: Answers
    said: Mapping[str, Said]


def claim_of(asked: Plain, entry: Plain) -> object:
    """What an entry claims; None where it claims nothing."""
    state, value = entry.get("state"), entry.get("value")
    if state == "na":
        return NA
    if state in ("dk", "later") or value is None:
        return None
    chosen = [value] if isinstance(value, str) else value if asked["kind"] == "multi" else []
    options = asked.get("options", {})
    if any(options.get(id, {}).get("unknown") for id in chosen):
        return None
    if asked["kind"] == "multi" and not chosen and any(option.get("exclusive") for option in options.values()):
        return None  # an option says that it is nothing
    if asked["kind"] == "multi":
        return frozenset(chosen)
    return Decimal(str(value).strip()).normalize() if asked["kind"] in ("number", "level") else str(value)


def _redrawn(dice: Random, world: World, table: str, id: str, entry: Plain) -> Plain:
    """Another answer to the same."""
    asked = world.questionnaire["facts" if table == "facts" else "questions"][id]
    sort = dice.choice(("value", "value", "value", "dk", "na", "note", "year", "none"))
    if sort == "na" and table == "answers":
        return {"state": "na", "reason": dice.choice(("x", "z"))}
    if sort == "none":
        return {}
    if sort in ("dk", "na"):
        return {"state": dice.choice(("dk", "later"))} if table == "answers" else {"state": "dk"}
    if sort == "note":
        return entry | {"note": dice.choice(("z", "w"))}
    if sort == "year":
        return entry | ({"year": dice.choice((2023, 2024))} if asked["kind"] == "number" else {})
    values = [value for value, _ in values_with_scores(world, id)] if table == "answers" else []
    value = typed(dice.choice(values)) if values and dice.random() < 0.7 else value_of(asked, dice.randint)
    return {"value": value} | ({"evidence": ["report"]} if dice.random() < 0.2 else {})


def respondents(
    dice: Random, case: Case, instrument: Instrument, table: Plain, answers_of: Callable[[Plain], Answers]
) -> Merged:
    """Draw two to five files of one subject, merge them, settle some of what is disputed, perhaps merge once more."""
    world = World(case.questionnaire, {"facts": table["facts"], "answers": {}})
    asked = {**case.questionnaire["facts"], **case.questionnaire["questions"]}
    unlike = dice.choice((0.03, 0.1, 0.3))
    names = dice.sample(NAMES, dice.randint(2, 5))
    anonymous = dice.random() < 0.3

    def person(name: str) -> _Person:
        own: Plain = {"mode": "quick" if dice.random() < 0.15 else table["mode"]}
        for part in ("facts", "answers"):
            drawn = {
                id: _redrawn(dice, world, part, id, entry) if dice.random() < unlike else entry
                for id, entry in table[part].items()
            }
            own[part] = {
                id: entry | ({"by": name, "at": BEFORE} if dice.random() < 0.7 else {}) for id, entry in drawn.items()
            }
        for part in ("override", "plan", "follow_up"):
            own[part] = table[part] if dice.random() < 0.7 else {} if part == "plan" else []
        claims = {id: claim_of(asked[id], entry) for p in ("facts", "answers") for id, entry in own[p].items()}
        answers = answers_of(table | own | {"subject": table["subject"] | {"respondent": name}})
        return _Person(name, answers, {id: frozenset((one,)) for id, one in claims.items() if one is not None})

    last: list[tuple[Merging, tuple[Answers, ...]]] = []

    def together(people: list[_Person]) -> _Person:
        rule = dice.choice(MERGE_RULES)
        wish = Wish(rule, dice.choice(people).name if rule == "lead" else None, anonymous)
        merging = merge(instrument, [(one.name, one.answers) for one in people], wish)
        last.append((merging, tuple(one.answers for one in people)))
        merged = merging.answers
        every = {id for one in people for id in one.said}
        said = {id: frozenset[object]().union(*(one.said.get(id, ()) for one in people)) for id in every}
        return _Person(merged.subject.respondent, merged, said)

    def settled(one: _Person) -> _Person:
        """Answer some of it anew, as the app would write it: what stands, what another said, or something else."""
        said, tables = dict(one.said), {"facts": dict(one.answers.facts), "answers": dict(one.answers.answers)}
        share = dice.choice((0.0, 0.5, 1.0))
        for id in sorted(id for id in said if len(said[id]) > 1 and asked[id]["kind"] != "text"):
            part = "facts" if id in case.questionnaire["facts"] else "answers"
            held = tables[part][id]
            if dice.random() >= share:
                continue
            given = dice.choice((*held.voices, held))
            changes: Plain = {"value": given.value, "state": given.state, "reason": given.reason}
            if given.state is not None or given.value is None:
                changes = {"value": typed(value_of(asked[id], dice.randint)), "state": None, "reason": None}
            stamp = {"by": one.answers.subject.respondent or None, "at": AFTER}
            new = {**dict(stated_keys(held)), **changes, **stamp}
            tables[part][id] = Answer(**{key: stated for key, stated in new.items() if stated is not None})
            entry = {"value": tables[part][id].value, "state": tables[part][id].state}
            said[id] = frozenset((claim_of(asked[id], entry),))
        return _Person(one.name, one.answers.model_copy(update=tables), said)

    found = settled(together([person(name) for name in names]))
    told = f", merged {len(names)}{' without names' if anonymous else ''}"
    if not anonymous and len(names) < 5 and dice.random() < 0.3:
        late = [person(name) for name in NAMES if name not in names][: dice.randint(1, 2)]
        found, told = settled(together([found, *late])), told + ", again"
    return Merged(found.answers, {id: said for id, said in found.said.items() if len(said) > 1}, told, *last[-1])
