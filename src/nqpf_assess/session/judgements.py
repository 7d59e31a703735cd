"""Judgements of pairs as experts hand them in, brought to the ids of a questionnaire."""

from collections.abc import Sequence
from dataclasses import replace

from nqpf_assess.engine.ahp import Panel
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.judging import ReadJudgements
from nqpf_assess.files.rules.judging import PILLARS, siblings
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire, title_of

NO_PART = _("“{name}” is not a part of “{group}”")
PARTS = _("Parts of it: {parts}")
NO_GROUP = _("“{group}” is no pillar or dimension of this questionnaire")
GROUP_HINT = _("To compare the pillars leave “of” out, in a CSV table the first cell blank. Otherwise: {parts}")


def by_id(read: ReadJudgements, instrument: Instrument) -> ReadJudgements:
    """Return judgements with ids where titles stood, each under its group.

    Raises `UserError` where a group is not there or a member is no part of it.
    """
    questionnaire = instrument.questionnaire
    ids = _named(questionnaire, instrument.nodes)
    found = []
    for source, entry in read.judgements:
        # A dimension may bear the title of its pillar: the first group that has all members is meant, if any has.
        wholes = [id for id in instrument.nodes if entry.of in (id, *title_of(questionnaire, id).values())]
        wholes = wholes if entry.of else ["", *questionnaire.pillars, *questionnaire.dimensions]
        inside_of = {group: _named(questionnaire, siblings(questionnaire, group)) for group in wholes}
        meant = next((group for group, own in inside_of.items() if own.keys() >= {*entry.members}), None)
        own = ids if meant is None else inside_of[meant]
        members = tuple(own.get(member, member) for member in entry.members)
        if meant is not None:
            of = meant
        elif entry.of:
            of = ids.get(entry.of, entry.of)
        elif members[0] in questionnaire.dimensions:
            of = questionnaire.dimensions[members[0]].pillar
        else:  # "": a pillar, or what is unknown
            of = questionnaire.questions[members[0]].dimension if members[0] in questionnaire.questions else ""
        inside = siblings(questionnaire, of)
        if not inside:
            groups = listed((*instrument.pillars, *instrument.dimensions), most=40)
            raise UserError(fill(NO_GROUP, group=of), hint=fill(GROUP_HINT, parts=groups))
        for member in members:
            if member not in inside:
                message = fill(NO_PART, name=member, group=of or PILLARS)
                raise UserError(message, hint=fill(PARTS, parts=listed(inside, 40)))
        found.append((source, entry.model_copy(update={"members": members, "of": of or None})))
    return replace(read, judgements=tuple(found))


def _named(questionnaire: Questionnaire, nodes: Sequence[str]) -> dict[str, str]:
    """Return ids by what parts are called: their titles, and the ids themselves; of one title the first counts."""
    titled = {title: id for id in reversed(nodes) for title in title_of(questionnaire, id).values()}
    return titled | {id: id for id in nodes}


def weights_of(found: Sequence[Panel]) -> list[dict[str, float]]:
    """Return the weights of each group by its members."""
    return [dict(zip(panel.members, panel.found.weights, strict=True)) for panel in found]
