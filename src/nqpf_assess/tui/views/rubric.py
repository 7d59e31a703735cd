"""A rubric as rows: the tree with bars, one part in full, the rules, what saving would change."""

from collections.abc import Collection, Iterator, Mapping

from nqpf_assess.files.places import shown
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.text import Text, text
from nqpf_assess.model.weights import Adjustment
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE, number, percent, span
from nqpf_assess.session.rubric_editing import Preview, Range, RubricEditing
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, Line, Look, Part, Row, heading, quiet
from nqpf_assess.tui.views.frame import bar
from nqpf_assess.tui.views.speech import Speech

HEADS = text(en="share of its group|target", zh="同组占比|目标")
SAMPLE = text(en="{name}: score {before} → {now}", zh="{name}：得分 {before} → {now}")
SAME = text(en="{name}: score {now}", zh="{name}：得分 {now}")
NO_SAMPLE = text(en="No sample is watched; choose one with F6.", zh="未选择观察的样例，按 F6 选择。")
FIRST = text(en="first: {names}", zh="首批措施：{names}")
NO_FIRST = text(en="no measure is called for", zh="暂无需要的措施")
BASELINE_WEIGHT = text(en="weight in the baseline: {weight}", zh="基准权重：{weight}")
SHARE = text(en="share of its group: {before} → {now}", zh="同组占比：{before} → {now}")
TARGET = text(en="target: {before} → {now}", zh="目标：{before} → {now}")
THIS_FILE = text(en="What this file says", zh="本文件的调整")
BELOW = text(en="What it is based on says", zh="所依据方案的调整")
NOTHING_SAID = text(en="nothing: as in what it is based on", zh="无：与所依据的方案相同")
FACTOR = text(en="weight × {factor}", zh="权重 × {factor}")
AIM = text(en="target {target}", zh="目标 {target}")
WHERE = text(en="where {condition}", zh="条件：{condition}")
ALWAYS = text(en="always", zh="始终适用")
NAMED = text(en="{name}: {value}", zh="{name}：{value}")
COMMA = text(en=", ", zh="，")
RANGE = text(en="range by how sure the answers are: {before} → {now}", zh="计入把握程度的得分区间：{before} → {now}")
SAME_RANGE = text(en="range by how sure the answers are: {now}", zh="计入把握程度的得分区间：{now}")
FITS = text(en="This profile fits where", zh="本方案的适用条件")
NEVER_SUGGESTED = text(en="not said: it is never suggested", zh="未写明，不会自动推荐")
SCORING = text(en="Scoring", zh="评分规则")
BANDS = text(en="Bands: from which score", zh="等次起点")
FLOORS = text(en="Floors: weak here, capped there", zh="底线（一票否决）")
NEW_FLOOR = text(en="Add a floor …", zh="增加底线……")
FLOOR = text(en="{node}: below {below}, at most {cap}", zh="{node}：低于 {below} 时总分不超过 {cap}")
UNCHANGED = text(en="Nothing has been changed.", zh="尚无改动。")
PROBLEMS = text(en="What check says", zh="检查结果")
DIFFERENCE = text(en="What saving changes in {path}", zh="保存时 {path} 的变化")

RULE_WORDS: Mapping[str, Text] = {
    "across_pillars": text(en="Pillars are combined by", zh="支柱合成方法"),
    "across_dimensions": text(en="Dimensions are combined by", zh="维度合成方法"),
    "across_questions": text(en="Questions are combined by", zh="题目合成方法"),
    "minimum_coverage": text(en="Least coverage for a score (0 to 1)", zh="评分所需最低覆盖率（0 至 1）"),
    "unsupported_ceiling": text(en="Ceiling without evidence (points)", zh="无佐证的得分上限（分）"),
    "confidence_spread": text(en="Spread by confidence (points either way)", zh="按把握程度上下浮动（分）"),
    "weight_spread": text(en="Spread of weights for robustness (0 to 1)", zh="稳健性检验的权重浮动（0 至 1）"),
    "overlap": text(en="Further measures on one dimension count (0 to 1)", zh="同一维度其余措施的折算（0 至 1）"),
}
"""Keys of `[scoring]` that can be changed here, in words."""

MEAN_WORDS: Mapping[str, Text] = {
    "arithmetic": text(en="arithmetic mean (a strong part makes up for a weak one)", zh="算术平均（强项可弥补弱项）"),
    "geometric": text(en="geometric mean (weak parts weigh more)", zh="几何平均（弱项影响更大）"),
}

BAR = 14
FIGURES = 9


def effect_lines(editing: RubricEditing, now: Preview, speech: Speech) -> tuple[Line, Line]:
    """Draw what becomes of the sample: its score before and now, and its first measures."""
    before = editing.before().seen
    if now.seen is None or before is None:
        return ((Part(f" {speech.tell(NO_SAMPLE)}", "quiet"),), ())
    score, was = number(now.seen.score, 2), number(before.score, 2)
    moved = (now.seen.score or 0) - (before.score or 0)
    words = SAME if score == was else SAMPLE
    said = speech.tell(words, name=editing.sample_name, before=was, now=score)
    parts = [Part(f" {said}", "strong")]
    if score != was:
        up, look = (speech.glyphs.up, "good") if moved > 0 else (speech.glyphs.down, "warn")
        parts.append(Part(f"  {up} {number(abs(moved), 2)}", look))  # type: ignore[arg-type]
    band = speech.line(now.seen.band)
    parts.append(Part(f"{speech.glyphs.dot}{band}" if band else "", "quiet"))
    return tuple(parts), _first(editing, now, changed=now.seen.first != before.first, speech=speech)


def _first(editing: RubricEditing, now: Preview, *, changed: bool, speech: Speech) -> Line:
    measures = editing.book.value.countermeasures
    names = [speech.line(measures[id].title) for id in (now.seen.first if now.seen else ())]
    joint = speech.tell({"en": "; ", "zh": "；"})
    said = speech.tell(FIRST, names=joint.join(names)) if names else speech.tell(NO_FIRST)
    return (Part(f" {said}", "mark" if changed else "quiet"),)


def tree_rows(editing: RubricEditing, opened: Collection[str], speech: Speech) -> tuple[Row, ...]:
    """List pillars, dimensions and the questions of what is opened, with their share of the group and target."""
    now, before = editing.now(), editing.before()
    heads = speech.tell(HEADS).split("|")
    top = (
        Part(pad("", speech.cells - BAR - 2 * FIGURES - 2)),
        Part(pad(heads[0], BAR + FIGURES, right=True), "quiet"),
        Part(pad(heads[1], FIGURES + 2, right=True), "quiet"),
    )
    return (
        Row(parts=top),
        *(node_row(editing, node, now, before, speech) for node in shown_nodes(editing, opened)),
    )


def shown_nodes(editing: RubricEditing, opened: Collection[str]) -> Iterator[str]:
    """Give the nodes to list: questions only below a dimension that is opened."""
    questionnaire = editing.book.value
    for node in editing.instrument.nodes:
        question = questionnaire.questions.get(node)
        if question is None or question.dimension in opened:
            yield node


def node_row(editing: RubricEditing, node: str, now: Preview, before: Preview, speech: Speech) -> Row:
    """Draw one part: its name, a bar of its share among siblings, the share, the target; what moved is marked."""
    questionnaire = editing.book.value
    share, target = now.shares[node], now.targets.get(node)
    moved = abs(share - before.shares[node]) > 1e-9 or target != before.targets.get(node)
    pillar = node in questionnaire.pillars
    indent = "" if pillar else "  " if node in questionnaire.dimensions else "    "
    mark = "*" if moved else " "
    name = pad(f"{indent}{speech.line(title_of(questionnaire, node))}", speech.cells - BAR - 2 * FIGURES - 2)
    look: Look = "heading" if pillar else "plain"
    figures: Look = "mark" if moved else "plain"
    return Row(
        id=node,
        parts=(
            Part(name, look),
            *bar(speech, share, 1, BAR),
            Part(pad(percent(share, 1), FIGURES, right=True), figures),
            Part(pad(NO_FIGURE if target is None else number(target, 0), FIGURES, right=True), figures),
            Part(f" {mark}", "mark"),
        ),
    )


def node_detail(editing: RubricEditing, node: str, speech: Speech) -> tuple[Row, ...]:
    """Tell one part in full: weight, share and target before and now, each adjustment with condition and reason."""
    now, before, instrument = editing.now(), editing.before(), editing.instrument
    rows = [heading(speech.line(title_of(editing.book.value, node)))]
    weight = f"{instrument.root_weights[node]:g}"
    rows.append(quiet(speech.tell(BASELINE_WEIGHT, weight=weight)))
    shares = (percent(before.shares[node], 1), percent(now.shares[node], 1))
    rows.append(Row(speech.tell(SHARE, before=shares[0], now=shares[1])))
    if node not in editing.book.value.questions:
        aims = [NO_FIGURE if (t := view.targets.get(node)) is None else number(t, 1) for view in (before, now)]
        rows.append(Row(speech.tell(TARGET, before=aims[0], now=aims[1])))
    if editing.is_baseline:
        return tuple(rows)
    rows += [BLANK, heading(speech.tell(THIS_FILE))]
    own = [row for _, change in editing.own(node) for row in adjustment_rows(editing, change, speech)]
    rows += own or [quiet(speech.tell(NOTHING_SAID))]
    base = [change for file in instrument.chain[:-1] for change in file.adjust if change.node == node]
    if base:
        rows += [heading(speech.tell(BELOW)), *(r for change in base for r in adjustment_rows(editing, change, speech))]
    return tuple(rows)


def adjustment_words(change: Adjustment, speech: Speech) -> str:
    """Say what an adjustment does."""
    said = [] if change.factor is None else [speech.tell(FACTOR, factor=plain_number(change.factor))]
    said += [] if change.target is None else [speech.tell(AIM, target=plain_number(change.target))]
    return speech.tell(COMMA).join(said)


def adjustment_rows(editing: RubricEditing, change: Adjustment, speech: Speech) -> Iterator[Row]:
    """Tell an adjustment: what, where, why."""
    yield Row(adjustment_words(change, speech))
    if change.when is not None:
        yield quiet(speech.tell(WHERE, condition=said(editing, change.when, speech)), lead="  ")
    yield quiet(speech.line(change.why), lead="  ")


def rule_rows(editing: RubricEditing, speech: Speech) -> tuple[Row, ...]:
    """List where the profile fits, the rules of scoring, bands and floors, each to be changed."""
    rules = editing.instrument.rules
    means = dict(zip(("across_pillars", "across_dimensions", "across_questions"), rules.means, strict=True))
    rows: list[Row] = []
    if not editing.is_baseline:
        fits = editing.value.fits
        where = speech.tell(NEVER_SUGGESTED) if fits is None else said(editing, fits, speech)
        rows += [heading(speech.tell(FITS)), Row(where, id="fits"), BLANK]
    rows.append(heading(speech.tell(SCORING)))
    for key, words in RULE_WORDS.items():
        value = speech.tell(MEAN_WORDS[means[key]]) if key in means else _rule_value(getattr(rules, key), speech)
        rows.append(Row(speech.tell(NAMED, name=words, value=value), id=f"rule:{key}"))
    rows += [BLANK, heading(speech.tell(BANDS))]
    rows += [
        Row(speech.tell(NAMED, name=speech.line(band.words), value=plain_number(band.from_)), id=f"band:{id}")
        for id, band in rules.bands.items()
    ]
    rows += [BLANK, heading(speech.tell(FLOORS))]
    for id, floor in rules.floors.items():
        values = {"below": plain_number(floor.below), "cap": plain_number(floor.cap)}
        node = speech.line(title_of(editing.book.value, floor.node))
        rows.append(Row(speech.tell(FLOOR, node=node, **values), id=f"floor:{id}"))
    return (*rows, Row(speech.tell(NEW_FLOOR), id="floor:"))


def _rule_value(value: float | Mapping[str, float], speech: Speech) -> str:
    if not isinstance(value, Mapping):
        return f"{value:g}"
    return speech.tell(COMMA).join(
        f"{speech.tell(CONFIDENCE_WORDS[name])} {points:g}" for name, points in value.items()
    )


def range_rows(before: Range | None, now: Range | None, speech: Speech) -> list[Row]:
    """Show the sample's range by how sure its answers are, before and now."""
    if before is None or now is None:
        return []
    was, is_now = span(*before), span(*now)
    words = SAME_RANGE if was == is_now else RANGE
    return [Row(speech.tell(words, before=was, now=is_now), look="plain" if was == is_now else "mark")]


def said(editing: RubricEditing, condition: AnyCondition, speech: Speech) -> str:
    """Say a condition."""
    return condition_words(condition, editing.book.value, speech.language)


def change_rows(editing: RubricEditing, speech: Speech) -> tuple[Row, ...]:
    """Show the lines that saving changes, and what `check` says."""
    rows: list[Row] = []
    if editing.changed:
        rows += [heading(speech.tell(DIFFERENCE, path=shown(editing.file.path)))]
        rows += [_line(line) for line in editing.difference()[2:]]
    else:
        rows.append(quiet(speech.tell(UNCHANGED)))
    if editing.problems:
        rows += [BLANK, heading(speech.tell(PROBLEMS))]
        rows += [Row(problem.told(speech.language), look="warn") for problem in editing.problems]
    return tuple(rows)


def _line(line: str) -> Row:
    look: Look = "good" if line.startswith("+") else "warn" if line.startswith("-") else "quiet"
    return Row(line or " ", look=look)
