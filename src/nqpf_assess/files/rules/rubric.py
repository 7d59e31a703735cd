"""Does a rubric weigh, aim, band and cap in a way that can work, and say why it differs?"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from nqpf_assess.engine.instrument import merged
from nqpf_assess.engine.rubric import zero_groups
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import TOP
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.locale import _
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.weights import Band, Floor


def baseline_only(subject: WeightsSubject) -> Iterable[Finding]:
    """Find weights and targets stated in a profile, which states differences only."""
    if subject.value.based_on is not None:
        for key in ("weights", "targets"):
            if getattr(subject.value, key):
                yield Finding((key,), {"name": key}, at="key")


def profile_only(subject: WeightsSubject) -> Iterable[Finding]:
    """Find adjustments in a baseline, which has nothing to differ from."""
    if subject.value.based_on is None and subject.value.adjust:
        yield Finding(("adjust",), at="key", unless=(("based_on",),))


def version_missing(subject: WeightsSubject) -> Iterable[Finding]:
    """Find a baseline without a version."""
    if subject.value.based_on is None and subject.value.version is None:
        yield Finding((), {"name": "version"}, at="key", unless=(("version",), ("based_on",)))


def adjusts_again(subject: WeightsSubject) -> Iterable[Finding]:
    """Find adjustments that stand twice, with the same reason: a factor then counts twice."""
    for index, change in enumerate(subject.value.adjust):
        if change.factor is not None and change in subject.value.adjust[:index]:
            yield Finding(("adjust", index), {"name": change.node}, at="key")


def target_share(subject: WeightsSubject) -> Iterable[Finding]:
    """Find targets below one point, which may be meant as shares."""
    for node, target in subject.value.targets.items():
        yield from as_share(("targets", node), target)
    for index, change in enumerate(subject.value.adjust):
        yield from as_share(("adjust", index, "target"), change.target)


def as_share(path: Path, target: Decimal | None) -> Iterable[Finding]:
    """Find a target between 0 and one point of 100."""
    if target is not None and 0 < target < 1:
        yield Finding(path, {"target": plain_number(target), "points": plain_number(100 * target)})


def target_unreached(subject: WeightsSubject) -> Iterable[Finding]:
    """Find targets of pillars of which every dimension has its own whatever holds here."""
    own = {node for file in subject.chain for node in file.targets}
    own |= {
        change.node for file in subject.chain for change in file.adjust if change.target is not None and not change.when
    }
    stated: list[tuple[Path, str]] = [(("targets", node), node) for node in subject.value.targets]
    stated += [(("adjust", i, "target"), c.node) for i, c in enumerate(subject.value.adjust) if c.target is not None]
    for path, node in stated:
        below = subject.questionnaire.dimensions_of.get(node, ())
        if below and own.issuperset(below):
            yield Finding(path, {"name": node})


def target_on_question(subject: WeightsSubject) -> Iterable[Finding]:
    """Find targets given to questions; only pillars and dimensions have one."""
    questions = subject.declared["questions"]
    for node in subject.value.targets:
        if node in questions:
            yield Finding(("targets", node), {"name": node}, at="key")
    for index, change in enumerate(subject.value.adjust):
        if change.node in questions and change.target is not None:
            yield Finding(("adjust", index, "target"), {"name": change.node}, at="key")


def adjusts_nothing(subject: WeightsSubject) -> Iterable[Finding]:
    """Find adjustments with neither a factor nor a target."""
    for index, change in enumerate(subject.value.adjust):
        if change.factor is None and change.target is None:
            missing = tuple(("adjust", index, key) for key in ("node", "factor", "target"))
            yield Finding(("adjust", index), {"name": change.node}, at="key", unless=missing)


def all_zero(subject: WeightsSubject) -> Iterable[Finding]:
    """Find groups of siblings that the rubric's own statements weigh zero, one and all."""
    if not subject.sound:
        return
    instrument = subject.instrument
    weights = dict(instrument.root_weights)
    for file in subject.chain:
        for change in file.adjust:
            if change.when is None and change.factor is not None and change.node in weights:
                weights[change.node] *= float(change.factor)
    for parent, members in zero_groups(instrument, weights):
        # Told where this file says something of a member; where it says nothing, it is its base that is at fault.
        places: list[Path] = []
        for member in members:
            for index, change in enumerate(subject.value.adjust):
                if change.node == member and change.factor is not None and not change.factor:
                    places.append(("adjust", index, "factor"))
            if member in subject.value.weights:
                places.append(("weights", member))
        if places:
            yield Finding(places[0], {"group": parent or TOP, "members": listed(members)})


def _bands(subject: WeightsSubject) -> Mapping[str, Band]:
    return merged(subject.chain, "bands")


def bands_alike(subject: WeightsSubject) -> Iterable[Finding]:
    """Find two bands that begin at the same score; of those of one file the second is reported."""
    mine, every = subject.value.bands, _bands(subject)
    others = [id for id in every if id not in mine]
    for index, (id, band) in enumerate(mine.items()):
        for other in (*others, *list(mine)[:index]):
            if every[other].from_ == band.from_:
                values = {"name": id, "other": other, "from": plain_number(band.from_)}
                yield Finding(("bands", id, "from"), values, unless=(("bands", other, "from"),))
                break


def bands_lowest(subject: WeightsSubject) -> Iterable[Finding]:
    """Find bands of which none begins at 0, so that low scores have no band; what a base lacks is told of the base."""
    root, *profiles = subject.chain
    bands, below = _bands(subject), merged(subject.chain[:-1], "bands")
    lacking = min(band.from_ for band in below.values()) > 0 if below else bool(profiles) and not subject.sound
    if subject.value.bands and not lacking and root.based_on is None and min(b.from_ for b in bands.values()) > 0:
        lowest = min(bands, key=lambda id: bands[id].from_)
        path: Path = ("bands", lowest, "from") if lowest in subject.value.bands else ("bands",)
        yield Finding(path, {"from": plain_number(bands[lowest].from_)}, unless=(("bands",),))


def floor_loosened(subject: WeightsSubject) -> Iterable[Finding]:
    """Find floors of a base that a profile moves, lowers or caps higher: they may only be tightened.

    Not of a base with an error, whose floors may not be what it means.
    """
    if not subject.sound:
        return
    stated_below: Mapping[str, Floor] = merged(subject.chain[:-1], "floors")
    places = subject.declared["pillars"] | subject.declared["dimensions"]  # a base may misspell its own
    for id, mine in subject.value.floors.items():
        base = stated_below.get(id, mine)
        for key, loose in (
            ("node", mine.node != base.node and base.node in places),
            ("below", mine.below < base.below),
            ("cap", mine.cap > base.cap),
        ):
            if loose:
                stated = getattr(base, key)
                values = {"name": id, "key": key, "stated": stated if key == "node" else plain_number(stated)}
                yield Finding(("floors", id, key), values)


def floors_on_one(subject: WeightsSubject) -> Iterable[Finding]:
    """Find floors of one part, with those of the base, that a blend unites to one that is stricter than each of them.

    Told once for a part, at the last of its floors that stands in this file.
    """
    if not subject.sound:
        return
    floors: Mapping[str, Floor] = merged(subject.chain, "floors")
    places = subject.declared["pillars"] | subject.declared["dimensions"]
    for node, id in {floor.node: id for id, floor in subject.value.floors.items() if floor.node in places}.items():
        of_node = {one: floor for one, floor in floors.items() if floor.node == node}
        line, cap = max(f.below for f in of_node.values()), min(f.cap for f in of_node.values())
        if not any((floor.below, floor.cap) == (line, cap) for floor in of_node.values()):
            values = {"floors": listed(of_node), "node": node, "below": plain_number(line), "cap": plain_number(cap)}
            stated = (("floors", one, key) for one in of_node for key in ("node", "below", "cap"))
            yield Finding(("floors", id), values, at="key", unless=tuple(stated))


def spread_too_wide(subject: WeightsSubject) -> Iterable[Finding]:
    """Find confidence spreads wider than the whole scale."""
    spread = subject.value.scoring.confidence_spread
    for key in ("high", "medium", "low") if spread is not None else ():
        points = getattr(spread, key)
        if points is not None and points > 100:
            yield Finding(("scoring", "confidence_spread", key), {"points": plain_number(points)})


def id_differs(subject: WeightsSubject) -> Iterable[Finding]:
    """Find a rubric whose file is not called by its id, so that it would not be found by it."""
    if subject.file_id and subject.file_id != subject.value.id:
        yield Finding(("id",), {"name": subject.value.id, "file": subject.file_id})


RUBRIC_RULES = (
    Rule(
        "baseline_only",
        "error",
        _("“{name}” may stand in a baseline only, and this profile is based on another"),
        _("State the difference with [[adjust]]: node, factor or target, and why."),
        baseline_only,
    ),
    Rule(
        "profile_only",
        "error",
        _("adjustments may stand in a profile only, and this file is a baseline"),
        _("Change [weights] and [targets] themselves, or add based_on."),
        profile_only,
    ),
    Rule(
        "missing_key",
        "error",
        _("“{name}” is missing"),
        _("A baseline states its version."),
        version_missing,
    ),
    Rule(
        "target_on_question",
        "error",
        _("“{name}” is a question and can have no target"),
        _("Give the target to its dimension or pillar."),
        target_on_question,
    ),
    Rule(
        "adjusts_nothing",
        "warning",
        _("this adjustment of “{name}” changes nothing"),
        _("Give it a factor or a target, or take it out."),
        adjusts_nothing,
    ),
    Rule(
        "adjusts_again",
        "warning",
        _("this adjustment of “{name}” stands there twice, so its factor counts twice"),
        _("Take one of them out; where two reasons move one weight, give each its own."),
        adjusts_again,
    ),
    Rule(
        "target_share",
        "warning",
        _("the target is {target} points of 100"),
        _("If a share is meant, write its points: {points}."),
        target_share,
    ),
    Rule(
        "target_unreached",
        "warning",
        _("the target of “{name}” reaches nothing: each of its dimensions has its own"),
        _("Take it out, or take out those of the dimensions that it is to reach."),
        target_unreached,
    ),
    Rule(
        "all_zero",
        "error",
        _("all weights under “{group}” are zero: {members}"),
        _("Give one of them a weight; to switch the whole group off, give 0 to what is above it instead."),
        all_zero,
    ),
    Rule(
        "bands_alike",
        "error",
        _("the bands “{name}” and “{other}” both begin at {from}"),
        _("Let each band begin at a score of its own."),
        bands_alike,
    ),
    Rule(
        "bands_lowest",
        "error",
        _("the lowest band begins at {from}, so lower scores have none"),
        _("Let the lowest band begin at 0."),
        bands_lowest,
    ),
    Rule(
        "floor_loosened",
        "error",
        _("the floor “{name}” is loosened: its “{key}” is {stated} in what this is based on"),
        _("A profile may only tighten a floor: same node, below no lower, cap no higher."),
        floor_loosened,
    ),
    Rule(
        "floors_on_one",
        "notice",
        _(
            "“{node}” has several floors ({floors}); where profiles are blended, they become one: below {below}, cap "
            "{cap}"
        ),
        _("Keep one floor for this part, or leave blends aside: under one profile alone each holds as it is stated."),
        floors_on_one,
    ),
    Rule(
        "spread_too_wide",
        "error",
        _("a confidence spread of {points} points is wider than the scale"),
        _("Give points from 0 to 100."),
        spread_too_wide,
    ),
    Rule(
        "id_differs",
        "warning",
        _("the id is “{name}”, but the file is called “{file}.toml”"),
        _("Rubrics are found by their file's name: make the two alike."),
        id_differs,
    ),
)
