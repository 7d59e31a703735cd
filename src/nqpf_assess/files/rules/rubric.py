"""Does a rubric weigh, aim, band and cap in a way that can work, and say why it differs?"""

from collections.abc import Iterable, Iterator, Mapping

from nqpf_assess.engine.instrument import merged
from nqpf_assess.engine.rubric import zero_groups
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.text import Text, text
from nqpf_assess.model.weights import Band, Floor

TOP: Text = text(en="the pillars", zh="各支柱")


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
            missing = (("adjust", index, "factor"), ("adjust", index, "target"))
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
        path = _where(subject, members)
        if path:
            yield Finding(path, {"group": parent or TOP, "members": ", ".join(members)})


def _where(subject: WeightsSubject, members: Iterable[str]) -> Path:
    """Point at what this file says last about a member of the group; () where it says nothing."""
    for member in members:
        for index, change in enumerate(subject.value.adjust):
            if change.node == member and change.factor is not None and not change.factor:
                return ("adjust", index, "factor")
        if member in subject.value.weights:
            return ("weights", member)
    return ()


def _bands(subject: WeightsSubject) -> Mapping[str, Band]:
    return merged(subject.chain, "bands")  # type: ignore[return-value]


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
    """Find bands of which none begins at 0, so that low scores have no band."""
    bands = _bands(subject)
    if bands and subject.value.bands and min(band.from_ for band in bands.values()) > 0:
        lowest = min(bands, key=lambda id: bands[id].from_)
        path: Path = ("bands", lowest, "from") if lowest in subject.value.bands else ("bands",)
        yield Finding(path, {"from": plain_number(bands[lowest].from_)}, unless=(("bands",),))


def floor_loosened(subject: WeightsSubject) -> Iterable[Finding]:
    """Find floors of a base that a profile moves, lowers or caps higher: they may only be tightened."""
    for id, (base, mine) in _replaced_floors(subject):
        for key, loose in (
            ("node", mine.node != base.node),
            ("below", mine.below < base.below),
            ("cap", mine.cap > base.cap),
        ):
            if loose:
                stated = getattr(base, key)
                values = {"name": id, "key": key, "stated": stated if key == "node" else plain_number(stated)}
                yield Finding(("floors", id, key), values)


def _replaced_floors(subject: WeightsSubject) -> Iterator[tuple[str, tuple[Floor, Floor]]]:
    below: Mapping[str, Floor] = merged(subject.chain[:-1], "floors")  # type: ignore[assignment]
    for id, floor in subject.value.floors.items():
        if id in below:
            yield id, (below[id], floor)


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
        text(
            en="“{name}” may stand in a baseline only, and this profile is based on another",
            zh="“{name}”只能写在基准方案中；本文件写有 based_on，是地方方案",
        ),
        text(
            en="State the difference with [[adjust]]: node, factor or target, and why.",
            zh="请用 [[adjust]] 写出差别：node、factor 或 target，以及 why。",
        ),
        baseline_only,
    ),
    Rule(
        "profile_only",
        "error",
        text(
            en="adjustments may stand in a profile only, and this file is a baseline",
            zh="调整项（adjust）只能写在地方方案中；本文件没有 based_on，是基准方案",
        ),
        text(
            en="Change [weights] and [targets] themselves, or add based_on.",
            zh="请直接修改 [weights]、[targets]，或补上 based_on。",
        ),
        profile_only,
    ),
    Rule(
        "missing_key",
        "error",
        text(en="“{name}” is missing", zh="缺少“{name}”"),
        text(en="A baseline states its version.", zh="基准方案须写明版本。"),
        version_missing,
    ),
    Rule(
        "target_on_question",
        "error",
        text(en="“{name}” is a question and can have no target", zh="“{name}”是题目，不能设目标"),
        text(en="Give the target to its dimension or pillar.", zh="请为其所属维度或支柱设目标。"),
        target_on_question,
    ),
    Rule(
        "adjusts_nothing",
        "warning",
        text(en="this adjustment of “{name}” changes nothing", zh="对“{name}”的此项调整不产生变化"),
        text(en="Give it a factor or a target, or take it out.", zh="请写 factor 或 target，或删去此项。"),
        adjusts_nothing,
    ),
    Rule(
        "all_zero",
        "error",
        text(en="all weights under “{group}” are zero: {members}", zh="“{group}”之下的权重全部为零：{members}"),
        text(
            en="Give one of them a weight; to switch the whole group off, give 0 to what is above it instead.",
            zh="请至少为其中一项设权重；如要整体关闭，请只将其上级设为 0。",
        ),
        all_zero,
    ),
    Rule(
        "bands_alike",
        "error",
        text(en="the bands “{name}” and “{other}” both begin at {from}", zh="等次“{name}”与“{other}”都从 {from} 分起"),
        text(en="Let each band begin at a score of its own.", zh="各等次的起始分不得相同。"),
        bands_alike,
    ),
    Rule(
        "bands_lowest",
        "error",
        text(
            en="the lowest band begins at {from}, so lower scores have none",
            zh="最低等次从 {from} 分起，更低的得分没有等次",
        ),
        text(en="Let the lowest band begin at 0.", zh="最低等次须从 0 分起。"),
        bands_lowest,
    ),
    Rule(
        "floor_loosened",
        "error",
        text(
            en="the floor “{name}” is loosened: its “{key}” is {stated} in what this is based on",
            zh="底线“{name}”被放宽：所依据的方案中“{key}”为 {stated}",
        ),
        text(
            en="A profile may only tighten a floor: same node, below no lower, cap no higher.",
            zh="地方方案只能收紧底线：node 相同，below 不低于、cap 不高于原值。",
        ),
        floor_loosened,
    ),
    Rule(
        "spread_too_wide",
        "error",
        text(en="a confidence spread of {points} points is wider than the scale", zh="置信幅度 {points} 分超出满分"),
        text(en="Give points from 0 to 100.", zh="请填写 0 至 100 之间的分值。"),
        spread_too_wide,
    ),
    Rule(
        "id_differs",
        "warning",
        text(
            en="the id is “{name}”, but the file is called “{file}.toml”", zh="标识为“{name}”，文件名却是“{file}.toml”"
        ),
        text(en="Rubrics are found by their file's name: make the two alike.", zh="方案按文件名查找，请使两者一致。"),
        id_differs,
    ),
)
