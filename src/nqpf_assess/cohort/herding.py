"""Anti-herding (避免一哄而上): how many places chose the same emerging industry, and the same first measures."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from nqpf_assess.cohort.cells import CODE, Array, encoded
from nqpf_assess.cohort.study import COUNT, FIGURE, FLAG, TEXT, Study, table_of
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import (
    AnyAsked,
)

MEASURES = "first_measures"
SHARE = 0.3
FEWEST = 5
NO_ROOMS: Mapping[str, int] = {}
COLUMNS = {
    "group": TEXT,
    "what": TEXT,
    "option": TEXT,
    "n": COUNT,
    "share": FIGURE,
    "of": COUNT,
    "flag": FLAG,
    "chosen": COUNT,
}

NO_CHOICE = _("--herding takes questions and facts of kind single or multi, not “{id}”")
THE_GROUPS = _("the groups are by “{id}” already; --herding counts other choices, within them and in all")
NO_OPTION = _("--room: “{name}” is no countermeasure and no option of what --herding counts")
NO_ANSWERS = _("a scores table does not hold the answers to “{id}”; name the table that was scored")


def herding(study: Study, ids: Sequence[str], share: float = SHARE, rooms: Mapping[str, int] = NO_ROOMS) -> pa.Table:
    """Count the choices of every group; the flag where a large share of them, and at least five, chose the same.

    `chosen`: how many of the `n` chose it themselves; of first measures those that have it in their plan, since the
    others have only been recommended it; no figure where that is not known.
    `rooms`: how many of the whole there is room for, by option; more than these are flagged as well. Raises
    `UserError` where one is of nothing that is counted.
    """
    rows: list[tuple[Any, ...]] = []
    known = dict.fromkeys(study.questionnaire.countermeasures)
    for id in dict.fromkeys(ids):  # named twice, it is counted once
        options, picked = _choices(study, id)
        known |= dict.fromkeys(options)
        rows += _counted(study, id, options, picked, share)
    if unknown := next((name for name in rooms if name not in known), None):
        raise UserError(fill(NO_OPTION, name=unknown), hint=suggestion(unknown, [*known]), status=2)
    if MEASURES in study.scores.names:
        options = list(study.questionnaire.countermeasures)
        codes, labels = study.scores.coded(MEASURES)
        first = [[option in label.split(";") for option in options] + [bool(label)] for label in labels]
        picked = np.array(first, bool).reshape(len(labels), len(options) + 1)[codes]
        found = []
        for column in study.scores.source_column("plan.chosen") if study.scores.sources else ():
            chosen, raws = encoded(column)
            plans = [*({part.strip() for part in str(raw or "").split(";")} for raw in raws), set[str]()]
            found.append(np.array([[option in plan for option in options] for plan in plans], bool)[chosen])
        # where only the scores are there, nobody knows who has a measure in the plan; a plan that names what there is
        # not was passed over, and chose nothing but what was worked out in its place
        own = np.concatenate(found)[study.scores.first] & picked[:, :-1] if found else None
        rows += _counted(study, MEASURES, options, picked, share, own=own)
    return table_of(
        COLUMNS,
        [
            (group, what, option, n, *rest, flag or (group == "" and n > rooms.get(option, n)), chosen)
            for group, what, option, n, *rest, flag, chosen in rows
        ],
    )


def _counted(
    study: Study, what: str, options: Sequence[str], chosen: Array, share: float, *, own: Array | None = None
) -> list[tuple[Any, ...]]:
    """Count: `chosen` has a row for each respondent and a column for each option, and a last one: has chosen at all.

    `own`: the same of first measures that stand in a plan; None where that is not known.
    """
    answered = np.where(chosen[:, -1], 1.0, np.nan)
    hidden = study.hidden_in(answered)
    if int(chosen[:, -1].sum()) < study.minimum:
        return []
    asked = study.questionnaire.asked.get(what)
    choices = () if asked is None else kind_of(asked).choices(asked)
    no_choice = {choice.value for choice in choices if choice.alone or choice.unknown}  # none of these, not sure
    rows: list[tuple[Any, ...]] = []
    for group, members in study.shown(hidden):
        inside = chosen if members is None else chosen[members]
        of = int(inside[:, -1].sum())
        counts = [(int(n), option) for n, option in zip(inside[:, :-1].sum(axis=0), options, strict=True) if n]
        for n, option in sorted(counts, key=lambda pair: (-pair[0], options.index(pair[1]))):
            flag = n >= FEWEST and n / of >= share and option not in no_choice
            by_plan = (
                None if own is None else int((own if members is None else own[members])[:, options.index(option)].sum())
            )
            rows.append((group, what, option, n, n / of, of, flag, by_plan if what == MEASURES else n))
    return rows


def _choices(study: Study, id: str) -> tuple[list[str], Array]:
    """Read what each respondent chose from the tables that were scored; raises `UserError` where it is no choice."""
    questionnaire = study.questionnaire
    asked: AnyAsked | None = questionnaire.asked.get(id)
    if asked is None or not kind_of(asked).has_options:
        raise UserError(fill(NO_CHOICE, id=id), status=2)
    if f"fact.{id}" in study.by:  # how many chose an option is how many a group has, held back or not
        raise UserError(fill(THE_GROUPS, id=id), status=2)
    if not study.scores.sources:
        raise UserError(fill(NO_ANSWERS, id=id), status=2)
    name = id if id in questionnaire.questions else f"fact.{id}"
    options = [str(choice.value) for choice in kind_of(asked).choices(asked)]
    found = []
    for cells in study.scores.answers_to(questionnaire, name):
        answered = cells.state == CODE["answered"]
        held = [value if isinstance(value, frozenset) else {value} for value in cells.distinct]
        picked = [[option in ticked for option in options] for ticked in held]
        assert cells.codes is not None
        found.append(np.column_stack([np.array(picked, bool)[cells.codes] & answered[:, None], answered]))
    chosen = np.concatenate(found) if found else np.zeros((0, len(options) + 1), bool)
    return options, chosen[study.scores.first]
