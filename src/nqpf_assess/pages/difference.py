"""The difference of two editions in words: every change by how grave it is, and what it does to answer files."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nqpf_assess.locale import Text, _, _c, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.migration import FATES, GRADES, EditionChange, EditionDifference, Effect, Grade, Moves, Step
from nqpf_assess.pages.migration import COUNT_WORDS
from nqpf_assess.report.blocks import Block, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.wording import NO_FIGURE, difference, number
from nqpf_assess.typography.cells import short

GRADE_WORDS: dict[Grade, Text] = {
    "safe": _("safe"),
    "confirm": _("confirm"),
    "convert": _("convert"),
    "loss": _("loss"),
}
GRADE_HEADS: dict[Grade, Text] = {
    "loss": _("Loss: some answers (or the file) no longer fit; taking them over archives them."),
    "convert": _("Convert: taking answers over rewrites them exactly."),
    "confirm": _("Confirm: answers stay, but their meaning or a score may change."),
    "safe": _("Safe: nothing happens to answers."),
}
MOVES_WORDS: dict[Moves, Text] = {
    "": _(""),
    "scores": _("moves scores"),
    "plans": _("moves plans"),
}
STEP_WORDS: dict[Step, Text] = {
    "patch": _("patch (wording)"),
    "minor": _("minor (additions)"),
    "major": _("major (breaks answers)"),
}
TABLE_WORDS = {
    "": _("head"),
    "pillars": _("pillar"),
    "dimensions": _("dimension"),
    "facts": _("fact"),
    "questions": _("question"),
    "countermeasures": _("countermeasure"),
    "sources": _("source"),
    "checks": _("check"),
    "figures": _c("fact check", "figure"),
    "crosswalks": _("crosswalk"),
    "weights": _("weight"),
    "targets": _("target"),
    "scoring": _("rule of scoring"),
    "bands": _("band"),
    "floors": _("floor"),
    "adjust": _("adjustment"),
}
KIND_WORDS = {
    "questionnaire": _("questionnaire"),
    "weights": _("rubric"),
}
SAME = _("No difference: both have the same content.")
HEAD = _("{kind} {id} {before} → {after}: {counts}")
COUNT = _("{count} {grade}")
RAISED = _("The changes ask for a new {wanted} version, and the version was raised far enough.")
NOT_RAISED = _("! The changes ask for a new {wanted} version, but {before} → {after} is not one.")
WHAT, CHANGE, VALUES = _("what"), _("change"), _("before → after")
FILE, BEFORE, AFTER = _("effect on"), _("old"), _("new")
MOVED, ANSWERS = _("change"), _("answers")
PILLARS = _("moved most")
ONE_RUBRIC = _(
    "Both by one rubric, so that the questionnaire alone moves the score; in it new parts weigh 1. What a score will "
    "be with the rubric of the new edition, “migrate” and then “score” tell."
)
LONGEST = 60
MOST_SAFE = 15
MORE = _("… and {count} more; --all shows them.")


class Titles(NamedTuple):
    """What readers who know no ids are shown instead, by id: of parts and facts, of measures, of what states them.

    A band, a rubric and a dimension may bear one id, so each sort has its own; a sort that is not here shows its ids.
    """

    parts: Mapping[str, str]
    measures: Mapping[str, str]
    files: Mapping[str, str]

    def of(self, table: str) -> Mapping[str, str]:
        """Return the titles of what a table of a file lists."""
        if table == "countermeasures":
            return self.measures
        parts = ("pillars", "dimensions", "facts", "questions", "weights", "targets", "adjust")
        return self.parts if table in parts else {}


IDS = Titles({}, {}, {})
"""For readers who know them."""


def difference_blocks(
    difference: EditionDifference, language: str, *, everything: bool = False, titles: Titles = IDS
) -> Iterator[Block]:
    """Write a difference, the gravest changes first; `everything`: with all that is safe, at full length.

    `titles`: what readers who know no ids are shown instead.
    """
    here, old, new = grammar(language), difference.old, difference.new

    def line(words: Text, **values: object) -> Paragraph:
        return Paragraph(runs(tell(words, language, **values)))

    def columns(*heads: tuple[Text, float]) -> tuple[TableColumn, ...]:
        """Columns with a negative share hold figures, set to the right."""
        return tuple(TableColumn(tell(w, language), abs(share), "right" if share < 0 else "left") for w, share in heads)

    by_grade = {grade: [c for c in difference.changes if c.grade == grade] for grade in reversed(GRADES)}
    if not difference.changes:
        yield line(SAME)
    else:
        counts = [
            tell(COUNT, language, count=len(changes), grade=GRADE_WORDS[grade])
            for grade, changes in by_grade.items()
            if changes
        ]
        versions, id = {"before": old.version, "after": new.version}, titles.files.get(old.id, old.id)
        other = old.id != new.id  # and no edition of it, of whose version anything were to be said
        ends = versions | ({"after": f"{titles.files.get(new.id, new.id)} {new.version}"} if other else {})
        yield line(HEAD, kind=KIND_WORDS[difference.kind], id=id, counts=here.join(counts), **ends)
        if difference.wanted is not None and not other:
            words = RAISED if difference.kept_its_word else NOT_RAISED
            yield line(words, wanted=STEP_WORDS[difference.wanted], **versions)
    for grade, changes in by_grade.items():
        if changes:
            shown = changes if everything or grade != "safe" else changes[:MOST_SAFE]
            rows = tuple(cells(*_change_row(change, language, titles, everything=everything)) for change in shown)
            left = len(changes) - len(shown)
            yield Table(
                columns((WHAT, 1.3), (CHANGE, 1.6), (VALUES, 2.0)),
                rows,
                tell(GRADE_HEADS[grade], language),
                tell(MORE, language, count=left) if left else "",
            )
    if difference.effects:
        heads = ((FILE, 1.6), (BEFORE, -0.5), (AFTER, -0.5), (MOVED, -0.6), (PILLARS, 1.5), (ANSWERS, 2.2))
        rows = tuple(cells(*_effect_row(effect, language, titles)) for effect in difference.effects)
        alike = difference.kind == "questionnaire"
        yield Table(columns(*heads), rows, note=tell(ONE_RUBRIC, language) if alike else "")


def _change_row(change: EditionChange, language: str, titles: Titles, *, everything: bool) -> tuple[str, str, str]:
    """Return what was changed, how, and its value before and after.

    Where the wording is the same in this language, the value is shown in the one in which it differs.
    """
    table, id = tell(TABLE_WORDS[change.table], language), titles.of(change.table).get(change.id, change.id)
    named = " ".join(part for part in (table, id, change.key) if part)
    colon = ": " if titles is IDS else grammar(language).colon
    moves = tell(MOVES_WORDS[change.moves], language)
    before, after = change.before or {}, change.after or {}
    others = [other for other in (language, *before, *after) if before.get(other) != after.get(other)]
    spoken = next(iter(others), language)
    values = [NO_FIGURE if value is None else tell(value, spoken) for value in (change.before, change.after)]
    values = values if everything else [short(value, LONGEST) for value in values]
    return (
        (f"{titles.files.get(change.file, change.file)}{colon}" if change.file else "") + named,
        grammar(language).semicolon.join(part for part in (tell(change.what, language), moves) if part),
        " → ".join(values) if any(value != NO_FIGURE for value in values) else "",
    )


def _effect_row(effect: Effect, language: str, titles: Titles) -> tuple[str, ...]:
    """Return what an edition does to one answer file: its score, the pillar that moves most, its answers."""
    pillars = {id: difference(*ends) or 0.0 for id, ends in effect.nodes.items()}
    most = max(map(abs, pillars.values()), default=0.0)
    moved = [
        f"{titles.parts.get(id, id)} {number(pillars[id], signed=True)}" for id in pillars if abs(pillars[id]) == most
    ]
    fates = [tell(COUNT_WORDS[fate], language, count=effect.fates[fate]) for fate in FATES if effect.fates[fate]]
    return (
        effect.name,
        number(effect.before),
        number(effect.after),
        number(difference(effect.before, effect.after), signed=True),
        grammar(language).join(moved) if most else "",
        grammar(language).join(fates),
    )
