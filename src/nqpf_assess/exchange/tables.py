"""Questionnaires and answers as plain tables and JSON, for other programs."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from nqpf_assess.exchange.column_map import refuse_taken
from nqpf_assess.kinds import is_dated
from nqpf_assess.locale import Text, _
from nqpf_assess.model.answers import Answers, cell_text
from nqpf_assess.model.base import canonical, plain_number
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

BOM = "\ufeff"
"""Spreadsheets take a CSV file for UTF-8 where it begins with this."""

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls and marks of direction: nothing that stands in a file may move a cursor or turn words round."""

NOT_IN_CODEBOOK = (
    _("conditions (show_if, na_when, scale_when)"),
    _("sources, benchmarks, findings, the evidence asked for and who has the answer"),
    _("countermeasures, checks, crosswalks, fact check of figures"),
    _("weights, targets, bands and floors"),
)
NOT_IN_ROW = (
    _("who answered; evidence, notes, confidence, year of figures"),
    _("targets corrected by a person"),
    _("reasons of what is not applicable and of overrides"),
    _("follow-up of measures, answers kept from former editions"),
)
FOLLOW_UP = _(
    "deadlines, reasons and notes of the follow-up sheet; gains in the table “plan” count what is done or dropped as "
    "before"
)
VOICES = _("what each respondent said where they differed")
ARCHIVED = _("answers kept from former editions")


def tables_cannot_carry(files: Sequence[Answers]) -> tuple[Text, ...]:
    """Name what some answer files state and their tidy tables have no place for."""
    merged = any(answer.voices for answers in files for answer in (*answers.facts.values(), *answers.answers.values()))
    followed = any(answers.follow_up for answers in files)
    archived = any(answers.archive for answers in files)
    stated = ((FOLLOW_UP, followed), (VOICES, merged), (ARCHIVED, archived))
    return tuple(words for words, is_stated in stated if is_stated)


def cannot_carry(what: Questionnaire | Answers, form: str) -> tuple[Text, ...]:
    """Name what a form has no place for."""
    if form == "json":
        return ()
    return NOT_IN_CODEBOOK if isinstance(what, Questionnaire) else NOT_IN_ROW


def codebook_csv(questionnaire: Questionnaire) -> str:
    """Write a row for each fact and question: where it belongs, its texts, its possible answers and their scores."""
    languages = questionnaire.languages
    head = ["id", "table", "pillar", "dimension", "kind", *(f"text.{language}" for language in languages)]
    head += [*(f"help.{language}" for language in languages), "unit", "range", "usual", "core", "answer", "score"]
    head += [f"answer.{language}" for language in languages]
    rows = [head]
    tables: Sequence[tuple[str, Mapping[str, AnyAsked]]] = (
        ("facts", questionnaire.facts),
        ("questions", questionnaire.questions),
    )
    for table, entries in tables:
        for id, asked in entries.items():
            dimension, unit = getattr(asked, "dimension", ""), getattr(asked, "unit", None)
            own = [
                questionnaire.dimensions[dimension].pillar if dimension else "",
                dimension,
                asked.kind,
                *(asked.text.get(language, "") for language in languages),
                *((asked.help or {}).get(language, "") for language in languages),
                unit if isinstance(unit, str) else " / ".join((unit or {}).values()),
                _pair(getattr(asked, "range", None)),
                _pair(getattr(asked, "usual", None)),
                "1" if getattr(asked, "core", False) else "",
            ]
            # What is asked stands in its first row only; the others have the further answers.
            first, *others = _possible_answers(asked, languages) or [[""] * (2 + len(languages))]
            rows.append([id, table, *own, *first])
            rows += [[id, table, *[""] * len(own), *answer] for answer in others]
    return csv_text(rows)


def _pair(bounds: tuple[Decimal, Decimal] | tuple[date, date] | None) -> str:
    return "" if bounds is None else "..".join(map(cell_text, bounds))


def _possible_answers(asked: AnyAsked, languages: Sequence[str]) -> list[list[str]]:
    """Return each possible answer of a question: level number, option id or point of a scale, its score, its words."""
    if hasattr(asked, "levels"):
        rows = [(str(number), level.score, level.words) for number, level in enumerate(asked.levels)]
    elif hasattr(asked, "options"):
        rows = [(id, getattr(option, "score", None), option.words) for id, option in asked.options.items()]
    else:
        return [[plain_number(x), plain_number(y), *[""] * len(languages)] for x, y in getattr(asked, "scale", ())]
    return [
        [name, "" if score is None else plain_number(score), *(words.get(language, "") for language in languages)]
        for name, score, words in rows
    ]


def row_csv(respondents: Sequence[tuple[str, Answers]], questionnaire: Questionnaire) -> str:
    """Write a row for each assessment, in the columns that the `cohort` commands read (formats.md, section 4).

    Raises `UserError` where a question is called as one of the columns beside the answers.
    """
    rows = []
    is_stated = any(answers.subject.period.strip() for _name, answers in respondents)
    dated = ["period"] if is_dated(questionnaire) or (is_stated and "period" not in questionnaire.questions) else []
    refuse_taken(questionnaire, ("respondent", "weights", *dated, "mode"))
    for name, answers in respondents:
        rubric = str(Blend(answers.weights.id, answers.weights.with_))
        cells = {"respondent": name, "weights": rubric, **dict.fromkeys(dated, answers.subject.period)}
        cells["mode"] = answers.mode
        for table, prefix in ((answers.facts, "fact."), (answers.answers, "")):
            for id, answer in table.items():
                # The state stands there where it says one, or where an empty list needs it.
                state = answer.state if answer.state != "answered" else None
                said = state or ("answered" if answer.value == () else None)
                cells |= {f"{prefix}{id}": cell_text(answer.value), **({f"{prefix}{id}.state": said} if said else {})}
        factors: dict[str, Decimal] = {}
        for change in answers.override:
            if change.factor is not None:
                factors[change.node] = factors.get(change.node, Decimal(1)) * change.factor
        cells |= {f"override.{node}": plain_number(factor) for node, factor in factors.items()}
        rows.append(cells | ({"plan.chosen": ";".join(answers.plan.chosen)} if answers.plan.chosen else {}))
    asked = (*(f"fact.{id}" for id in questionnaire.facts), *questionnaire.questions)
    wanted = ["respondent", "weights", *dated, "mode", *(column for id in asked for column in (id, f"{id}.state"))]
    used = dict.fromkeys(column for row in rows for column in row)
    head = [column for column in wanted if column in used or not column.endswith(".state")]
    head += [column for column in used if column not in wanted]
    return csv_text([head, *([row.get(column, "") for column in head] for row in rows)])


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """Write rows so that no spreadsheet takes a text for a formula.

    The names of columns stand in quotation marks, as no spreadsheet program leaves them: by these it is known that
    nobody filled in, sorted or added to the table since.
    """
    out = io.StringIO()
    head, *others = ([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(head)
    csv.writer(out, lineterminator="\r\n").writerows(others)
    return BOM + out.getvalue()


def unsteering(cell: str) -> str:
    """Return a cell without what steers a terminal, its lines ended as everywhere."""
    return STEERING.sub("\ufffd", cell.replace("\r\n", "\n").replace("\r", "\n"))


def safe_cell(cell: str) -> str:
    """Return a cell without what steers a terminal, and with a `'` before what a spreadsheet would run."""
    cell = unsteering(cell)
    risky = cell[:1] in ("=", "+", "@", "\t")
    if cell[:1] == "-":
        try:
            float(cell)
        except ValueError:
            risky = True
    return f"'{cell}" if risky else cell


def bare_cell(cell: str) -> str:
    """Return what `safe_cell` was given: without the `'` before what a spreadsheet would run."""
    return cell[1:] if cell[:1] == "'" and safe_cell(cell[1:]) == cell else cell


def as_data(what: Questionnaire | Answers) -> dict[str, Any]:
    """Return a questionnaire or answers as plain data, all that the file states."""
    found: dict[str, Any] = _plain(canonical(what))
    return found


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list():
            return [_plain(part) for part in value]
        case date() | time():
            return value.isoformat()
        case _:
            return value
