"""Are judgements of pairs (AHP) whole, on the scale, reciprocal, about siblings, and what these weigh?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nqpf_assess.engine.ahp import METHODS, Matrix, MatrixFault, combined, priorities, read_matrix
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.drafting import among, shares_before
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.locale import Text, _
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Judgements

KEY = "judgements"
PILLARS: Text = _("the pillars")

ROUNDED = 0.001
"""Within it a share is the one judged: factors may be kept with few decimals."""


def faults_of(judgements: Judgements) -> tuple[MatrixFault, ...]:
    """Return what is wrong with one expert's matrix."""
    return read_matrix(judgements.matrix, len(judgements.members))[1]


def named(fault: MatrixFault, members: Sequence[str], matrix: Sequence[Sequence[object]]) -> Mapping[str, object]:
    """Return the values a fault's sentence needs."""
    if fault.row < 0 or fault.column < 0:
        count = len(matrix) if fault.row < 0 else len(matrix[fault.row])
        return {"count": len(members), "found": count}
    one, other = members[fault.row], members[fault.column]
    there, back = matrix[fault.row][fault.column], matrix[fault.column][fault.row]
    return {"one": one, "other": other, "value": there, "back": back}


def matrix_faults(code: str) -> Callable[[WeightsSubject], Iterable[Finding]]:
    """Make the rule that finds one kind of fault in matrices of judgements."""

    def rule(subject: WeightsSubject) -> Iterable[Finding]:
        for index, judgements in enumerate(subject.value.judgements):
            for fault in faults_of(judgements):
                if fault.code == code:
                    cell = (place for place in (fault.row, fault.column) if place >= 0)
                    values = named(fault, judgements.members, judgements.matrix)
                    yield Finding((KEY, index, "matrix", *cell), values)

    return rule


def judgement_members(subject: WeightsSubject) -> Iterable[Finding]:
    """Find judgements about other than two or more parts of one whole, each once."""
    for index, judgements in enumerate(subject.value.judgements):
        inside = siblings(subject.questionnaire, judgements.of or "")
        seen: set[str] = set()
        for place, member in enumerate(judgements.members):
            if member not in inside or member in seen:
                values = {"name": member, "group": judgements.of or PILLARS}
                yield Finding((KEY, index, "members", place), values, unless=((KEY, index, "of"),))
            seen.add(member)


def siblings(questionnaire: Questionnaire, of: str) -> tuple[str, ...]:
    """Name the parts of a pillar or dimension; of "" the pillars; () where there is no such whole."""
    if not of:
        return tuple(questionnaire.pillars)
    return questionnaire.dimensions_of.get(of, ()) or questionnaire.questions_of.get(of, ())


def ordered(judgements: Judgements, members: Sequence[str]) -> Matrix:
    """Return sound judgements as a matrix of members in another order."""
    matrix, _faults = read_matrix(judgements.matrix, len(judgements.members))
    assert matrix is not None
    places = [judgements.members.index(member) for member in members]
    return tuple(tuple(matrix[row][column] for column in places) for row in places)


class Unfollowed(NamedTuple):
    """Judgements that weights do not follow: where they stand in the file, whose parts they compare ("": the pillars).

    `member`: the part that is farthest off; `now`, `judged`: its share of what was compared, 0 to 1.
    """

    place: int
    of: str
    member: str
    now: float
    judged: float

    def off(self) -> float:
        """Return how far the share is from the one judged."""
        return abs(self.now - self.judged)

    def percents(self) -> dict[str, str]:
        """Return both shares as sentences have them."""
        return {"now": f"{100 * self.now:.1f}", "judged": f"{100 * self.judged:.1f}"}


def unfollowed(instrument: Instrument) -> Iterator[Unfollowed]:
    """Find the judgements kept in a rubric that its shares do not follow where none of its conditions holds.

    Of one whole those count that compare what the last of them compares: the others are of parts switched off since.
    By which method a file was drafted it does not say, so that either will do.
    """
    kept, shares = instrument.profile.judgements, shares_before(instrument)
    for of, place in {entry.of or "": place for place, entry in enumerate(kept) if entry.members}.items():
        members = kept[place].members
        panel = [entry for entry in kept if (entry.of or "") == of and sorted(entry.members) == sorted(members)]
        together, now = combined([ordered(entry, members) for entry in panel]), among(shares, members).values()
        found = (zip(members, now, priorities(together, method).weights, strict=True) for method in METHODS)
        farthest = [max((Unfollowed(place, of, *row) for row in rows), key=Unfollowed.off) for rows in found]
        if min(map(Unfollowed.off, farthest)) > ROUNDED:
            yield farthest[0]


def judgement_unfollowed(subject: WeightsSubject) -> Iterable[Finding]:
    """Find judgements of pairs, all of them sound, that the weights do not follow."""
    if not subject.sound or any(map(faults_of, subject.value.judgements)) or any(judgement_members(subject)):
        return
    nodes = subject.instrument.nodes
    if any(change.node not in nodes for file in subject.chain for change in file.adjust):
        return
    for one in unfollowed(subject.instrument):
        yield Finding((KEY, one.place, "members"), {"group": one.of or PILLARS, "name": one.member, **one.percents()})


UNFOLLOWED = _(
    "in “{group}” the weights do not follow the judgements: “{name}” has {now} % of what was compared, by the "
    "judgements {judged} %"
)
EXCEL = _(
    "Judgements lie between 1/9 and 9: 3, 1/3 or 0.33. A spreadsheet may have turned 1/3 into a date: format the "
    "cells as text."
)

MATRIX_RULES = (
    Rule(
        "judgement_shape",
        "error",
        _("the matrix wants {count} × {count} figures; counted here: {found}"),
        _("One row and one column for each member, in their order."),
        matrix_faults("judgement_shape"),
    ),
    Rule(
        "judgement_value",
        "error",
        _("“{value}” is no judgement of “{one}” against “{other}”"),
        EXCEL,
        matrix_faults("judgement_value"),
    ),
    Rule(
        "judgement_diagonal",
        "error",
        _("“{one}” against itself is {value}, not 1"),
        _("Write 1 on the diagonal, or leave it blank."),
        matrix_faults("judgement_diagonal"),
    ),
    Rule(
        "judgement_lacking",
        "error",
        _("“{one}” is not judged against “{other}”"),
        _("Every pair needs a judgement, in one of its two cells."),
        matrix_faults("judgement_lacking"),
    ),
    Rule(
        "judgement_reciprocal",
        "error",
        _("not reciprocal: “{one}” against “{other}” is {value}, the reverse {back}"),
        _("The two cells of a pair are each other's reciprocal, as 3 and 1/3; leave one of them blank."),
        matrix_faults("judgement_reciprocal"),
    ),
)

JUDGEMENT_RULES = (
    *MATRIX_RULES,
    Rule(
        "judgement_members",
        "error",
        _("“{name}” is not a part of “{group}”, or is there twice"),
        _(
            "Judgements compare parts of one whole: the pillars, the dimensions of a pillar or the questions of a "
            "dimension."
        ),
        judgement_members,
    ),
    Rule(
        "judgement_unfollowed",
        "notice",
        UNFOLLOWED,
        _(
            "Where the judgements are to hold: compare in pairs in the editor, which keeps all else, or draft a new "
            "profile of these judgements alone, without targets, floors and other changes: nqpf-assess weights ahp "
            "PROFILE -o NEW. Where the weights are to stay: take the judgements out, and what reasons say of them."
        ),
        judgement_unfollowed,
    ),
)
