"""Annexes: sources with the fact check of the paper's figures, and the glossary."""

from collections.abc import Mapping, Sequence

from nqpf_assess.engine.crosswalk import applies
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.model.questionnaire import Figure
from nqpf_assess.report.blocks import Block, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.phrases import cut, titled
from nqpf_assess.report.outline.shelf import Shelf, measure_of
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE, asks_about_new_forces

MOST_ROWS = 150

REFERENCES_TITLE = _("Sources and fact check")
LEAD = _("Cited in this report are the following sources. What is uncertain about them is noted.")
KINDS = {
    "paper": _("paper"),
    "statistic": _("statistic"),
    "policy": _("policy"),
    "standard": _("standard"),
    "expert": _("expert judgement"),
}
OTHER_KIND = _("other")

FACT_LEAD = _(
    "The paper that the questionnaire follows quotes figures. Where the official figure differs both are shown; "
    "this tool compares with the official one. None of them is scored."
)
VERDICTS = {
    "correct": _("Agrees"),
    "outdated": _("Outdated"),
    "wrong_year": _("Wrong year"),
    "other_definition": _("Other definition"),
    "not_traceable": _("Not traceable"),
    "opinion": _("Opinion"),
}


def reference_blocks(case: Case, shelf: Shelf) -> Sequence[Block]:
    """Return the annex without its heading."""
    numbers = source_numbers(case, shelf)
    rows = []
    for id, number in numbers.items():
        source = case.questionnaire.sources[id]
        kind = KINDS.get(source.kind or "", OTHER_KIND)
        rows.append(cells(str(number), titled(case, id), case.say(kind), case.tell(source.note or {}) or NO_FIGURE))
    columns = (
        TableColumn(case.say(_("No.")), 0.35, "right"),
        TableColumn(case.say(_("Document")), 3.4),
        TableColumn(case.say(_("Kind")), 0.9),
        TableColumn(case.say(_("Remark")), 3.2),
    )
    found: list[Block] = []
    if rows:
        found += [
            Paragraph(runs(case.say(LEAD))),
            Table(columns, tuple(rows[:MOST_ROWS]), note=cut(case, MOST_ROWS, len(rows))),
        ]
    return [*found, *_figures(case, numbers)]


def source_numbers(case: Case, shelf: Shelf) -> Mapping[str, int]:
    """Number the sources that this report cites, in the order of the questionnaire."""
    questionnaire, references = case.questionnaire, set[str]()
    for id, question in questionnaire.questions.items():
        if id in case.counting and case.nodes[id].score is not None:
            references.update(entry.source for entry in kind_of(question).benchmarks(question))
    for row in (*shelf.front, *shelf.work):
        references.update(measure_of(case, row).sources)
    for moved in case.card.ledger:
        references.update(source for step in moved.steps for source in step.sources)
    for figure in _spoken_of(case):
        references.update(figure.sources)
    for crosswalk in questionnaire.crosswalks.values():
        references.update(crosswalk.sources if applies(crosswalk, case.assessed.view) else ())
    used = {reference.partition("#")[0] for reference in references}
    return {id: place for place, id in enumerate((id for id in questionnaire.sources if id in used), start=1)}


def _spoken_of(case: Case) -> list[Figure]:
    """Return the figures of the paper that an answered question of this report is about."""
    answered = set(case.answered)
    return [figure for figure in case.questionnaire.figures.values() if answered.intersection(figure.questions)]


def _figures(case: Case, numbers: Mapping[str, int]) -> list[Block]:
    rows = []
    for figure in _spoken_of(case):
        said = plain(case.tell(figure.said))
        said = case.say(_("{said} (section {section})"), said=said, section=figure.section) if figure.section else said
        ids = dict.fromkeys(reference.partition("#")[0] for reference in figure.sources)
        sources = "".join(f"[{numbers[id]}]" for id in ids if id in numbers)
        verdict = case.say(VERDICTS[figure.verdict])
        verdict += (
            case.say(_(", confidence {confidence}"), confidence=CONFIDENCE_WORDS[figure.confidence])
            if figure.confidence
            else ""
        )
        note = case.tell(figure.note or {})
        rows.append(
            (
                runs(Run(case.tell(figure.title), bold=True)),
                runs(said),
                runs(" ".join(filter(None, (case.tell(figure.found), sources)))),
                runs(Run(verdict, bold=True), case.grammar.stop + note) if note else runs(Run(verdict, bold=True)),
            )
        )
    if not rows:
        return []
    columns = (
        TableColumn(case.say(_c("fact check", "Figure")), 1.3),
        TableColumn(case.say(_("The paper says")), 1.6),
        TableColumn(case.say(_("Published")), 2.4),
        TableColumn(case.say(_("Verdict and use")), 2.4),
    )
    return [
        Paragraph(runs(case.say(FACT_LEAD))),
        Table(
            columns,
            tuple(rows[:MOST_ROWS]),
            case.say(_("The paper's figures beside official ones")),
            cut(case, MOST_ROWS, len(rows)),
        ),
    ]


# ── Glossary ──

TERMS_TITLE = _("Glossary")

FORCES = _("New quality productive forces")
BAND, FLOOR, COORDINATION = _("Band"), _("Floor"), _("Coordination")
LEDGER, LIFT = _("Ledger"), _("Lift, gain, effort")

TERMS: Sequence[tuple[Text, Text]] = (
    (
        FORCES,
        _("Productive forces of higher efficiency that rest on scientific and technological innovation."),
    ),
    (
        _("Pillar, dimension, question"),
        _(
            "The three levels of the questionnaire: questions make up a dimension, dimensions a pillar, pillars "
            "the total."
        ),
    ),
    (
        _("Score, target, gap"),
        _(
            "A score runs from 0 to 100. The target is the score that is sensible here within three to five "
            "years. The gap is target minus score."
        ),
    ),
    (
        BAND,
        _("A named stretch of the scale."),
    ),
    (
        _("Share of the shortfall (obstacle degree)"),
        _("A dimension's part of the weighted shortfall of all dimensions below their targets."),
    ),
    (
        _("To target"),
        _("What the overall score gains if a single answer rises to the target of its dimension."),
    ),
    (
        _("Coverage"),
        _("The share of the weight that applies here which is answered."),
    ),
    (
        _("Possible range"),
        _("The lowest and highest score that the open answers still allow."),
    ),
    (
        _("Score backed by evidence"),
        _("The score with high answers that name no evidence held at a ceiling."),
    ),
    (
        _("Baseline, profile"),
        _(
            "The baseline holds weights and targets for any subject; a profile says how a kind of place or firm "
            "differs, and why."
        ),
    ),
    (
        LEDGER,
        _("The list of every weight and target moved, with each correction and its reason."),
    ),
    (
        FLOOR,
        _("A rule that caps the total where one part is weak, whatever the other scores."),
    ),
    (
        COORDINATION,
        _("A figure from 0 to 1 for how high and how even the pillars are; a hint, no score."),
    ),
    (
        LIFT,
        _(
            "Points a measure can add to a dimension; what that adds to the total; money, staff and coordination "
            "on a scale of 1 to 5."
        ),
    ),
)


def term_blocks(case: Case) -> Sequence[Block]:
    """Return the annex without its heading."""
    unused: Mapping[Text, bool] = {
        FORCES: not asks_about_new_forces(case.questionnaire),
        FLOOR: not case.instrument.rules.floors,
        BAND: not case.instrument.rules.bands,
        COORDINATION: case.card.balance.coordination is None,
        LIFT: not any(row.eligible for row in case.card.countermeasures),
        LEDGER: case.by_baseline and not case.answers.override,
    }
    left_out = [name for name, absent in unused.items() if absent]
    terms = [(name, meaning) for name, meaning in TERMS if name not in left_out]
    rows = tuple((runs(Run(case.say(name), bold=True)), runs(case.say(meaning))) for name, meaning in terms)
    return [Table((TableColumn(case.say(_("Term")), 1.0), TableColumn(case.say(_("Meaning")), 2.6)), rows)]
