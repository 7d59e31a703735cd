"""A rubric as rows: the tree with bars, one part in full, the rules, what saving would change."""

from collections.abc import Collection, Iterator, Mapping

from nqpf_assess.files.places import shown
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import Adjustment
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE, number, percent, rounded, span
from nqpf_assess.session.rubric_editing import Preview, Range, RubricEditing
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad
from nqpf_assess.tui.drawing.rows import BLANK, Line, Look, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech, bar

HEADS = _("share of its group|target")
SAMPLE = _("{name}: score {before} → {now}")
SAME = _("{name}: score {now}")
WATCH = Act("sample", "f6", _("Watch another sample"), _("Sample"))
NO_SAMPLE = _("No sample is watched; choose one with {key}.")
FIRST = _("first: {names}")
NO_FIRST = _("no measure to begin with")
BASELINE_WEIGHT = _("weight in the baseline: {weight}")
SHARE = _("share of its group: {before} → {now}")
SAME_SHARE = _("share of its group: {now}")
TARGET = _("target: {before} → {now}")
SAME_TARGET = _("target: {now}")
THIS_FILE = _("What this file says")
BELOW = _("What it is based on says")
NOTHING_SAID = _("nothing: as in what it is based on")
FACTOR = _("weight × {factor}")
AIM = _("target {target}")
WHERE = _("where {condition}")
NAMED = _("{name}: {value}")
RANGE = _("range by how sure the answers are: {before} → {now}")
SAME_RANGE = _("range by how sure the answers are: {now}")
FITS = _("This profile fits where")
NEVER_SUGGESTED = _("not said: it is never suggested")
SCORING = _("Scoring")
BANDS = _("Bands: from which score")
FLOORS = _("Floors: weak here, capped there")
NEW_FLOOR = _("Add a floor …")
FLOOR = _("{node}: below {below}, at most {cap}")
UNCHANGED = _("Nothing has been changed.")
PROBLEMS = _("What check says")
DIFFERENCE = _("What saving changes in {path}")

RULE_WORDS: Mapping[str, Text] = {
    "across_pillars": _("Pillars are combined by"),
    "across_dimensions": _("Dimensions are combined by"),
    "across_questions": _("Questions are combined by"),
    "minimum_coverage": _("Least coverage for a score (0 to 1)"),
    "unsupported_ceiling": _("Ceiling without evidence (points)"),
    "confidence_spread": _("Spread by confidence (points either way)"),
    "weight_spread": _("Spread of weights for robustness (0 to 1)"),
    "overlap": _("Further measures on one dimension count (0 to 1)"),
}
"""Keys of `[scoring]` that can be changed here, in words."""

MEAN_WORDS: Mapping[str, Text] = {
    "arithmetic": _("arithmetic mean (a strong part makes up for a weak one)"),
    "geometric": _("geometric mean (weak parts weigh more)"),
}

BAR = 10
FIGURES = 8


def effect_lines(editing: RubricEditing, now: Preview, speech: Speech) -> tuple[Line, Line]:
    """Draw what becomes of the sample: its score before and now, and its first measures."""
    before = editing.before().seen
    if now.seen is None or before is None:
        return ((Part(f" {speech.tell(NO_SAMPLE, key=speech.key(WATCH))}", "quiet"),), ())
    score, was = number(now.seen.score, 2), number(before.score, 2)
    words = SAME if score == was else SAMPLE
    text = speech.tell(words, name=editing.sample_name, before=was, now=score)
    parts = [Part(f" {text}", "strong")]
    if score != was and now.seen.score is not None and before.score is not None:
        moved = rounded(now.seen.score, 2) - rounded(before.score, 2)
        up, look = (speech.glyphs.up, "good") if moved > 0 else (speech.glyphs.down, "warn")
        parts.append(Part(f"  {up} {abs(moved)}", look))  # type: ignore[arg-type]
    band = speech.line(now.seen.band)
    parts.append(Part(f"{speech.glyphs.dot}{band}" if band else "", "quiet"))
    measures = editing.book.value.countermeasures
    names = [speech.line(measures[id].title) for id in now.seen.first]
    first = speech.tell(FIRST, names=speech.grammar.semicolon.join(names)) if names else speech.tell(NO_FIRST)
    return tuple(parts), (Part(f" {first}", "mark" if now.seen.first != before.first else "quiet"),)


def tree_rows(editing: RubricEditing, opened: Collection[str], speech: Speech) -> tuple[Row, ...]:
    """List pillars, dimensions and the questions of what is opened, with their share of the group and target."""
    now, before = editing.now(), editing.before()
    heads = speech.tell(HEADS).split("|")
    top = (
        Part(pad("", speech.cells - BAR - 2 * FIGURES - 2)),
        Part(pad(heads[0], BAR + FIGURES, right=True), "quiet"),
        Part(pad(heads[1], FIGURES + 2, right=True), "quiet"),
    )
    questions = editing.book.value.questions
    # Questions are listed only below a dimension that is opened.
    nodes = [n for n in editing.instrument.nodes if n not in questions or questions[n].dimension in opened]
    return (
        Row(parts=top),
        *(node_row(editing, node, now, before, speech) for node in nodes),
    )


def node_row(editing: RubricEditing, node: str, now: Preview, before: Preview, speech: Speech) -> Row:
    """Draw one part: its name, a bar of its share among siblings, the share, the target; what moved is marked."""
    questionnaire = editing.book.value
    share, target = now.shares[node], now.targets.get(node)
    moved = abs(share - before.shares[node]) > 1e-9 or target != before.targets.get(node)
    pillar = node in questionnaire.pillars
    indent = "" if pillar else "  " if node in questionnaire.dimensions else "    "
    mark = "*" if moved else " "
    name = pad(f"{indent}{speech.line(title_of(questionnaire, node))}", speech.cells - BAR - 2 * FIGURES - 3) + " "
    look: Look = "heading" if pillar else "plain"
    figures: Look = "mark" if moved else "plain"
    return Row(
        id=node,
        parts=(
            Part(name, look),
            *bar(speech, share, 1, BAR),
            Part(pad(percent(share, 1), FIGURES, right=True), figures),
            Part(pad(number(target), FIGURES, right=True), figures),
            Part(f" {mark}", "mark"),
        ),
    )


def node_detail(editing: RubricEditing, node: str, speech: Speech) -> tuple[Row, ...]:
    """Render one part in full: weight, share and target before and now, each adjustment with condition and reason."""
    now, before, instrument = editing.now(), editing.before(), editing.instrument
    rows = [heading(speech.line(title_of(editing.book.value, node)))]
    weight = f"{instrument.root_weights[node]:g}"
    rows.append(quiet(speech.tell(BASELINE_WEIGHT, weight=weight)))
    was, is_now = percent(before.shares[node], 1), percent(now.shares[node], 1)
    rows.append(Row(speech.tell(SAME_SHARE if was == is_now else SHARE, before=was, now=is_now)))
    if node not in editing.book.value.questions:
        was, is_now = (NO_FIGURE if (t := view.targets.get(node)) is None else number(t, 1) for view in (before, now))
        rows.append(Row(speech.tell(SAME_TARGET if was == is_now else TARGET, before=was, now=is_now)))
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
    """Return what an adjustment does."""
    words = [] if change.factor is None else [speech.tell(FACTOR, factor=plain_number(change.factor))]
    words += [] if change.target is None else [speech.tell(AIM, target=plain_number(change.target))]
    return speech.grammar.join(words)


def adjustment_rows(editing: RubricEditing, change: Adjustment, speech: Speech) -> Iterator[Row]:
    """Render an adjustment: what, where, why."""
    yield Row(adjustment_words(change, speech))
    if change.when is not None:
        yield quiet(speech.tell(WHERE, condition=condition_text(editing, change.when, speech)), lead="  ")
    yield quiet(speech.line(change.why), lead="  ")
    if change.target_why:
        yield quiet(speech.line(change.target_why), lead="  ")


def rule_rows(editing: RubricEditing, speech: Speech) -> tuple[Row, ...]:
    """List where the profile fits, the rules of scoring, bands and floors, each to be changed."""
    rules = editing.instrument.rules
    means = dict(zip(("across_pillars", "across_dimensions", "across_questions"), rules.means, strict=True))
    rows: list[Row] = []
    if not editing.is_baseline:
        fits = editing.value.fits
        where = speech.tell(NEVER_SUGGESTED) if fits is None else condition_text(editing, fits, speech)
        rows += [heading(speech.tell(FITS)), Row(where, id="fits"), BLANK]
    rows.append(heading(speech.tell(SCORING)))
    for key, words in RULE_WORDS.items():
        stated = getattr(rules, key, None)
        if key in means:
            value = speech.tell(MEAN_WORDS[means[key]])
        elif isinstance(stated, Mapping):
            value = speech.grammar.join(
                f"{speech.tell(CONFIDENCE_WORDS[k])} {points:g}" for k, points in stated.items()
            )
        else:
            value = f"{stated:g}"
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


def range_rows(before: Range | None, now: Range | None, speech: Speech) -> list[Row]:
    """Show the sample's range by how sure its answers are, before and now."""
    if before is None or now is None:
        return []
    was, is_now = span(*before), span(*now)
    words = SAME_RANGE if was == is_now else RANGE
    return [Row(speech.tell(words, before=was, now=is_now), look="plain" if was == is_now else "mark")]


def condition_text(editing: RubricEditing, condition: AnyCondition, speech: Speech) -> str:
    """Return a condition."""
    return condition_words(condition, editing.book.value, speech.language)


def change_rows(editing: RubricEditing, speech: Speech) -> tuple[Row, ...]:
    """Show the lines that saving changes, and what `check` says."""
    rows: list[Row] = []
    if editing.changed:
        rows += [heading(speech.tell(DIFFERENCE, path=shown(editing.file.path)))]
        rows += [difference_row(line) for line in editing.difference()[2:]]
    else:
        rows.append(quiet(speech.tell(UNCHANGED)))
    if editing.problems:
        rows += [BLANK, heading(speech.tell(PROBLEMS))]
        rows += [Row(problem.told(speech.language), look="warn") for problem in editing.problems]
    return tuple(rows)


def difference_row(line: str) -> Row:
    """Render one line of a unified difference: what comes in green, what goes in yellow."""
    look: Look = "good" if line.startswith("+") else "warn" if line.startswith("-") else "quiet"
    return Row(line or " ", look=look)
