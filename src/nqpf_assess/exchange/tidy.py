"""Assessments as tidy tables: answers, scores, ledger, gaps, plan; each row one thing, with a dictionary of columns.

The tables are plain values; what writes them (CSV, XLSX, Parquet, JSON, a frame) knows no figure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal

from nqpf_assess.engine.crosswalk import applies, readings
from nqpf_assess.engine.following import progress
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.planning.steps import steps_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.engine.states import read, stored
from nqpf_assess.exchange.tables import unsteering
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, tell
from nqpf_assess.model.answers import Answers, cell_text
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import Scorecard

TIDY_FORMAT = "nqpf-tables/1"

Cell = str | float | int | bool | None
ColumnKind = Literal["text", "number", "whole", "yes_no"]

NO_UNIT = _("–")
POINTS = _("points, 0 to 100")
SHARE = _("share, 0 to 1")
EFFORT = _("effort, as the questionnaire counts it")
MONTHS = _("months from the beginning of the plan")
LARGEST = 2**63
"""What a whole number of an Arrow table lies below."""


@dataclass(frozen=True, slots=True)
class TidyColumn:
    """A column: its name, what its cells are, what they mean, and their unit."""

    name: str
    kind: ColumnKind
    meaning: Text
    unit: Text = NO_UNIT


@dataclass(frozen=True, slots=True)
class TidyTable:
    """A table: its name, what a row is, its columns, and the cells of its rows in their order; None: nothing there."""

    name: str
    meaning: Text
    columns: tuple[TidyColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TidySource:
    """One assessment to be written: where it comes from, its answers, and its score under an instrument."""

    file: str
    instrument: Instrument
    answers: Answers
    card: Scorecard


def _text(name: str, meaning: Text) -> TidyColumn:
    return TidyColumn(name, "text", meaning)


def _said(name: str, meaning: Text) -> tuple[TidyColumn, ...]:
    """A text in every language of the program: one column a language."""
    return tuple(TidyColumn(f"{name}_{language}", "text", meaning) for language in LANGUAGES)


def _figure(name: str, meaning: Text, unit: Text = POINTS) -> TidyColumn:
    return TidyColumn(name, "number", meaning, unit)


KEYS = (
    _text("file", _("The answer file.")),
    _text("subject", _("Whom the answers are about, as the file names it.")),
    _text("period", _("The period that the answers describe.")),
)
TITLE = _("Its title.")
PARENT = _("The node above it; empty for pillars and the whole.")
NODE = _("Id of the pillar, dimension or question.")

ASSESSMENTS = (
    *KEYS,
    _text("respondent", _("Who answered.")),
    _text("mode", _("full, or quick: the core questions only.")),
    _text("questionnaire", _("Id of the questionnaire.")),
    _text("questionnaire_version", _("The edition that was scored by.")),
    _text("questionnaire_digest", _("Its digest.")),
    _text("answered_version", _("The edition that the answers were given to.")),
    _text("weights", _("The rubric that was scored by, blends as first+share*second.")),
    _text("weights_version", _("The edition of the rubric.")),
    _text("weights_digest", _("Its digest.")),
    _text("baseline", _("The rubric that the baseline score is by.")),
    _text("baseline_version", _("The edition of the rubric.")),
    _text("baseline_digest", _("Its digest.")),
    _text("answers_digest", _("Digest of the answers.")),
    _figure("score", _("Overall score, after the floors.")),
    _figure("uncapped", _("Overall score before the floors.")),
    _figure("low", _("Lowest overall score that the open questions allow.")),
    _figure("high", _("Highest overall score that the open questions allow.")),
    _figure("coverage", _("Share of the weight that is answered."), SHARE),
    _text("band", _("Id of the band.")),
    *_said("band", _("The band.")),
    _figure("target", _("Overall target.")),
    _figure("gap", _("Target less uncapped score.")),
    _figure("shortfall", _("Weighted sum of what dimensions lack of their targets.")),
    _figure("surplus", _("Weighted sum of what dimensions have above their targets.")),
    _figure("baseline_score", _("The same answers under the baseline rubric alone.")),
    _figure("evidence_backed", _("Overall score where high answers without evidence count less.")),
    _figure("confidence_low", _("Lower end by how sure the answers are.")),
    _figure("confidence_high", _("Upper end by how sure the answers are.")),
    _figure("robust_low", _("Lowest overall score while the weights vary.")),
    _figure("robust_high", _("Highest overall score while the weights vary.")),
    _text("floors", _("Ids of the floors that fired, joined by “;”.")),
    _text("checks", _("Ids of the checks that fired, joined by “;”: answers that do not go together.")),
    _figure("coupling", _("Coupling of the pillars, a hint about balance."), SHARE),
    _figure("coordination", _("Coupling coordination of the pillars, a hint about balance."), SHARE),
    _figure("modified_coupling", _("Modified coupling after Wang et al. 2021."), SHARE),
)
ANSWERS = (
    *KEYS,
    _text("table", _("fact or question.")),
    _text("id", _("Id of the fact or question.")),
    _text("pillar", _("The pillar of a question.")),
    _text("dimension", _("The dimension of a question.")),
    *_said("text", _("What is asked.")),
    _text("kind", _("The kind of the question.")),
    _text("state", _("answered, dk (not known), later, blank, na (not applicable) or hidden.")),
    _text("value", _("The answer as the file holds it; several options joined by “;”.")),
    _figure("number", _("The answer where it is a figure or a level."), _("as in the columns of the unit")),
    *_said("answer", _("The answer in words.")),
    *_said("unit", _("Unit of the figure.")),
    _figure("score", _("What the answer scores.")),
    TidyColumn("year", "whole", _("The year of the figure."), _("year")),
    _text("confidence", _("How sure the answer is.")),
    _text("evidence", _("What backs it, joined by “;”.")),
    _text("reason", _("Why it is not applicable.")),
    _text("note", _("A note beside it.")),
    _text("by", _("Who gave it.")),
    _text("from_kind", _("Kind of the source that the value was imported from; empty where it was typed.")),
    _text("from_file", _("The file it was imported from.")),
    _text("from_place", _("Where in that file.")),
    _text("from_at", _("When it was imported.")),
    _text("stated", _("The state that the file says, where “state” follows from other answers or from the mode.")),
    TidyColumn("revision", "whole", _("The revision of the question that was answered; empty where it is not known.")),
)
SCORES = (
    *KEYS,
    _text("id", NODE),
    _text("level", _("What it is: pillar, dimension or question.")),
    _text("parent", PARENT),
    *_said("title", TITLE),
    _text("state", _("Of a question: its state; of others: scored, no_score or not_assessed.")),
    _figure("score", _("Score; empty where there is none.")),
    _figure("low", _("Lowest score that the open questions allow.")),
    _figure("high", _("Highest score that the open questions allow.")),
    _figure("coverage", _("Share of the weight below it that is answered."), SHARE),
    _figure("weight", _("Final weight among its siblings."), SHARE),
    _figure("effective_weight", _("Share of the overall score that it really carries."), SHARE),
    _figure("applicable_weight", _("The same with open questions kept."), SHARE),
    _figure("baseline_weight", _("Its weight in the baseline rubric."), SHARE),
    _figure("target", _("Target.")),
    _figure("gap", _("Target less score.")),
    _figure("contribution", _("Its part of the overall gap.")),
    _figure("share", _("Its share of the shortfall."), SHARE),
    _figure("one_level_up", _("What the overall gains if this answer rises one level.")),
    _figure("one_level_up_after_floors", _("The same with the floors applied.")),
    _figure("to_target", _("What the overall gains if this answer rises to the target.")),
    _figure("to_target_after_floors", _("The same with the floors applied.")),
    _text("weakest_three", _("Whether a pillar is among the three weakest while the weights vary.")),
)
LEDGER = (
    *KEYS,
    _text("node", NODE),
    *_said("title", TITLE),
    TidyColumn("step", "whole", _("Number of the correction; 0: the node has none.")),
    _text("by", _("The profile that corrects, or “override”.")),
    _figure("profile_share", _("Share of that profile in the blend."), SHARE),
    _figure("factor", _("Factor on the weight."), _("factor")),
    _figure("step_target", _("Target that it sets.")),
    *_said("why", _("Why the weight is corrected.")),
    *_said("target_why", _("Why the target is corrected.")),
    _figure("baseline", _("Weight in the baseline rubric, as stated."), _("weight")),
    _figure("final", _("Final weight, not normalised."), _("weight")),
    _figure(
        "share_baseline",
        _("Share of the overall by the weights of the baseline alone, as if all were answered."),
        SHARE,
    ),
    _figure("share_final", _("Share of the overall by the weights in the end alone, as if all were answered."), SHARE),
    _figure("target", _("Target in the end.")),
)
GAPS = (
    *KEYS,
    _text("id", _("overall, or the id of a pillar or dimension.")),
    _text("level", _("What it is: overall, pillar or dimension.")),
    _text("parent", PARENT),
    *_said("title", TITLE),
    _figure("score", _("Score, of the whole before the floors.")),
    _figure("target", _("Target.")),
    _figure("gap", _("Target less score; below 0: the target is passed.")),
    _figure("contribution", _("Its part of the overall gap.")),
    _figure("share", _("Its share of the shortfall."), SHARE),
)
PLAN = (
    *KEYS,
    _text("id", _("Id of the countermeasure.")),
    *_said("title", TITLE),
    TidyColumn("eligible", "yes_no", _("Whether it is needed and suits here.")),
    *_said("why_not", _("Why it is not eligible.")),
    TidyColumn("effort", "whole", _("Its effort."), EFFORT),
    _figure("gain", _("What the overall gains by it alone.")),
    _figure("gain_after_floors", _("The same with the floors applied.")),
    _figure("priority", _("Gain for each unit of effort."), _("points for each unit of effort")),
    TidyColumn(
        "ticked", "yes_no", _("Whether it is in the plan of the answers, also where it has been done or dropped.")
    ),
    _text("state", _("How far it has come by the follow-up sheet: under_way, done, dropped; empty: not begun.")),
    TidyColumn("step", "whole", _("Its place in that plan.")),
    _text("phase", _("Its phase in that plan: short, medium or long.")),
    TidyColumn("month", "whole", _("The month by which it is done."), MONTHS),
    _figure("cumulative_gain", _("What it and all steps before it gain together, before the floors.")),
    _text("kpi_question", _("The question whose figure is its KPI.")),
    _text("kpi_now", _("That figure now.")),
    _text("kpi_goal", _("That figure as the goal.")),
    *_said("lead", _("Who carries it.")),
)
CRITERIA = (
    *KEYS,
    _text("rule", _("Id of the official rule.")),
    *_said("rule", _("The official rule.")),
    _text("criterion", _("Id of the clause.")),
    *_said("clause", _("Where it stands in the rule.")),
    *_said("text", _("What it asks for.")),
    _text("state", _("met, unmet, answered (without deciding), open, not_asked, or beyond: the rule is for others.")),
    _text("asked", _("Questions and facts that bear on it, joined by “;”.")),
    *_said("note", _("How far the answers go.")),
    _text("sources", _("Ids of the sources, joined by “;”.")),
)
DICTIONARY = (
    _text("table", _("Name of the table.")),
    _text("column", _("Name of the column.")),
    _text("kind", _("text, number, whole (a whole number) or yes_no.")),
    *_said("meaning", _("What it says.")),
    *_said("unit", _("In what it is counted.")),
)


def _assessments(source: TidySource) -> Iterator[dict[str, Cell]]:
    card, answers, instrument = source.card, source.answers, source.instrument
    overall, bands, baseline = card.overall, instrument.rules.bands, card.weights.baseline
    found: dict[str, Cell] = {
        "respondent": answers.subject.respondent,
        "mode": answers.mode,
        "questionnaire": card.questionnaire.id,
        "questionnaire_version": card.questionnaire.version,
        "questionnaire_digest": card.questionnaire.digest,
        "answered_version": answers.questionnaire.version,
        "weights": str(Blend(card.weights.id, card.weights.shares)),
        "weights_version": card.weights.version,
        "weights_digest": card.weights.digest,
        "answers_digest": card.answers_digest,
        "floors": ";".join(overall.floors),
        "checks": ";".join(check.id for check in card.checks),
    }
    if baseline is not None:
        found |= {"baseline": baseline.id, "baseline_version": baseline.version, "baseline_digest": baseline.digest}
    figures = {name: value for name, value in _fields(overall).items() if name != "floors"}
    band = _words("band", bands[overall.band].words) if overall.band else {}
    yield {**figures, **found, **band, **card.balance._asdict()}


def _answers(source: TidySource) -> Iterator[dict[str, Cell]]:
    questionnaire, view = source.instrument.questionnaire, read(source.instrument, source.answers)
    scores = {node.id: node.score for node in source.card.nodes if node.level == "question"}
    is_of_it = source.answers.questionnaire.version == questionnaire.version
    for table, asked, given, seen in (
        ("fact", questionnaire.facts, source.answers.facts, view.facts),
        ("question", questionnaire.questions, source.answers.answers, view.questions),
    ):
        for id, each in asked.items():
            dimension = getattr(each, "dimension", None)
            row: dict[str, Cell] = {
                "table": table,
                "id": id,
                "dimension": dimension,
                "pillar": questionnaire.dimensions[dimension].pillar if dimension else None,
                **_words("text", each.text),
                "kind": each.kind,
                "state": seen[id].state,
                "score": scores.get(id) if table == "question" else None,
                **{f"unit_{language}": kind_of(each).unit(each, language) for language in LANGUAGES},
                "revision": each.revision,  # of what is typed there, too
            }
            answer, read_as = given.get(id), seen[id].value
            if answer is not None:
                origin, said, unsaid = answer.from_, stored(each, answer).state, ("blank", seen[id].state)
                row |= {
                    "value": cell_text(answer.value) or None,
                    "number": float(read_as) if isinstance(read_as, int | Decimal) else None,
                    "year": answer.year,
                    "confidence": answer.confidence,
                    "evidence": ";".join(answer.evidence),
                    "reason": answer.reason,
                    "note": answer.note,
                    "by": answer.by,
                    "from_kind": origin.kind if origin else None,
                    "from_file": origin.file if origin else None,
                    "from_place": origin.place if origin else None,
                    "from_at": origin.at.isoformat() if origin and origin.at else None,
                    # An answer says it by its value, but for the empty list, which has none.
                    "revision": answer.revision or (each.revision if is_of_it else None),
                    "stated": said if said not in unsaid and (said != "answered" or answer.value == ()) else None,
                }
            if answer is not None and read_as is not None:
                row |= {f"answer_{code}": kind_of(each).full(each, read_as, code) for code in LANGUAGES}
            yield row


def _scores(source: TidySource) -> Iterator[dict[str, Cell]]:
    for node in source.card.nodes:
        yield {**_titled(source, node.id), **_fields(node)}


def _ledger(source: TidySource) -> Iterator[dict[str, Cell]]:
    for row in source.card.ledger:
        same: dict[str, Cell] = {"node": row.node, **_titled(source, row.node), "step": 0}
        same |= {name: getattr(row, name) for name in ("baseline", "final", "share_baseline", "share_final", "target")}
        if not row.steps:
            yield same
        for number, step in enumerate(row.steps, start=1):
            yield {
                **same,
                "step": number,
                "by": step.by,
                "profile_share": step.share,
                "factor": step.factor,
                "step_target": step.target,
                **_words("why", step.why),
                **_words("target_why", step.target_why),
            }


def _gaps(source: TidySource) -> Iterator[dict[str, Cell]]:
    overall = source.card.overall
    whole: dict[str, Cell] = {"score": overall.uncapped, "target": overall.target, "gap": overall.gap}
    yield {"id": "overall", "level": "overall", **_words("title", _("Overall")), "contribution": overall.gap, **whole}
    for node in source.card.nodes:
        if node.level != "question":
            yield {**_titled(source, node.id), **_fields(node)}


def _plan(source: TidySource) -> Iterator[dict[str, Cell]]:
    measures = source.instrument.questionnaire.countermeasures
    ticked, begun = {*source.answers.plan.chosen}, progress(source.answers)
    # No plan counts what is not called for or does not suit.
    planned = [measure.id for measure in source.card.countermeasures if measure.eligible and measure.id in ticked]
    assessed = assess(source.instrument, source.answers) if planned else None
    steps = {step.id: (place, step) for place, step in enumerate(steps_of(assessed, planned) if assessed else (), 1)}
    for measure in source.card.countermeasures:
        place, step = steps.get(measure.id, (None, None))
        yield {
            "id": measure.id,
            **_words("title", measures[measure.id].title),
            "eligible": measure.eligible,
            **_words("why_not", measure.why_not),
            "effort": measure.effort,
            "gain": measure.gain,
            "gain_after_floors": measure.gain_after_floors,
            "priority": measure.priority,
            "ticked": measure.id in ticked,
            "state": begun.get(measure.id),
            "step": place,
            "phase": step.phase if step else None,
            "month": step.months if step else None,
            "cumulative_gain": step.cumulative_gain if step else None,
            "kpi_question": measure.kpi.question,
            "kpi_now": measure.kpi.now,
            "kpi_goal": measure.kpi.goal,
            **_words("lead", measures[measure.id].lead),
        }


def _criteria(source: TidySource) -> Iterator[dict[str, Cell]]:
    questionnaire, view = source.instrument.questionnaire, read(source.instrument, source.answers)
    for id, crosswalk in questionnaire.crosswalks.items():
        for each in readings(questionnaire, id, view):
            yield {
                "rule": id,
                **_words("rule", crosswalk.title),
                "criterion": each.id,
                **_words("clause", each.criterion.clause),
                **_words("text", each.criterion.text),
                "state": each.state if applies(crosswalk, view) else "beyond",
                "asked": ";".join(each.asked),
                **_words("note", each.criterion.note or {}),
                "sources": ";".join(crosswalk.sources),
            }


def _titled(source: TidySource, node: str) -> dict[str, Cell]:
    return _words("title", title_of(source.instrument.questionnaire, node))


def _fields(of: Any) -> dict[str, Any]:
    """Return what a value of the scorecard states, by the names that `score --json` has for it."""
    return {field.name: getattr(of, field.name) for field in fields(of)}


def _words(name: str, words: Text) -> dict[str, Cell]:
    return {f"{name}_{language}": tell(words, language) or None for language in LANGUAGES}


Rows = Callable[[TidySource], Iterator[dict[str, Cell]]]

TABLES: Mapping[str, tuple[Text, tuple[TidyColumn, ...], Rows]] = {
    "assessments": (
        _("A row for each answer file: what it was scored by, and the overall figures."),
        ASSESSMENTS,
        _assessments,
    ),
    "answers": (_("A row for each fact and question: the answer, and where it comes from."), ANSWERS, _answers),
    "scores": (_("A row for each pillar, dimension and question."), SCORES, _scores),
    "ledger": (_("A row for each correction of a weight or target, with its reason."), LEDGER, _ledger),
    "gaps": (_("A row for the whole, each pillar and each dimension: how far the target is."), GAPS, _gaps),
    "plan": (_("A row for each countermeasure, and its place in the plan where it is ticked."), PLAN, _plan),
    "criteria": (
        _("A row for each clause of an official rule: what the answers already say of it."),
        CRITERIA,
        _criteria,
    ),
}
"""The tables in their order: what a row is, the columns, and what makes the rows."""


def tidy_tables(sources: Iterable[TidySource], names: Sequence[str] = tuple(TABLES)) -> tuple[TidyTable, ...]:
    """Arrange assessments as tables, all or those named; rows by source, then in the order of the questionnaire."""
    every, tables = tuple(sources), []
    for name in names:
        meaning, columns, rows = TABLES[name]
        found: list[tuple[Cell, ...]] = []
        for source in every:
            subject = source.answers.subject
            keys = {"file": source.file, "subject": subject.name, "period": subject.period}
            for row in rows(source):
                cells = ({**row, **keys}.get(column.name) for column in columns)
                # No cell steers a terminal; an empty text is nothing.
                found.append(tuple(unsteering(cell) or None if isinstance(cell, str) else cell for cell in cells))
        tables.append(TidyTable(name, meaning, columns, tuple(found)))
    return tuple(tables)


def data_dictionary(names: Sequence[str] = tuple(TABLES)) -> TidyTable:
    """State of every column what it holds, in every language; the first row of a table says what its rows are."""
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        meaning, columns, _rows = TABLES[name]
        rows.append((name, None, None, *(tell(meaning, code) for code in LANGUAGES), *(None for _code in LANGUAGES)))
        rows += [
            (
                name,
                column.name,
                column.kind,
                *(tell(column.meaning, code) for code in LANGUAGES),
                *(None if column.unit is NO_UNIT else tell(column.unit, code) for code in LANGUAGES),
            )
            for column in columns
        ]
    return TidyTable("dictionary", _("What each column holds."), DICTIONARY, tuple(rows))


def tidy_json(tables: Sequence[TidyTable]) -> dict[str, Any]:
    """Return tables and their dictionary as plain data, each row an object; figures in full precision."""

    def rows(table: TidyTable) -> list[dict[str, Cell]]:
        names = [column.name for column in table.columns]
        return [dict(zip(names, row, strict=True)) for row in table.rows]

    dictionary = data_dictionary([table.name for table in tables])
    return {
        "format": TIDY_FORMAT,
        "tables": {table.name: rows(table) for table in tables},
        "dictionary": rows(dictionary),
    }


def arrow_table(table: TidyTable) -> Any:
    """Return a table as an Arrow table (pyarrow must be installed); what columns mean goes with them as metadata.

    A year of twenty digits, of which `check` warns, is none there: a whole number has 64 bits.
    """
    import pyarrow as pa

    kinds = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "yes_no": pa.bool_()}
    fields = [
        pa.field(column.name, kinds[column.kind], metadata={f"meaning.{c}": tell(column.meaning, c) for c in LANGUAGES})
        for column in table.columns
    ]
    held = [[None if isinstance(c, int) and abs(c) >= LARGEST else c for c in row] for row in table.rows]
    cells = list(zip(*held, strict=True)) or [()] * len(fields)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(cells, fields, strict=True)], schema=pa.schema(fields)
    )
