"""The files of a study: one CSV a table, all of them also in `cohort.json`; the benchmark file."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from nqpf_assess.cohort.job import heading, refuse_worked_in
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scores import Scores
from nqpf_assess.cohort.study import GAP_COLUMNS, Study
from nqpf_assess.cohort.tables import write_table
from nqpf_assess.cohort.work import identity_of
from nqpf_assess.engine.instrument import rubric_identity
from nqpf_assess.exchange.benchmark import UNTOLD
from nqpf_assess.files.store import part_of
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import Form
from nqpf_assess.report.forms import is_foreign

COHORT_FORMAT = "nqpf-cohort/1"
BENCHMARK_FORMAT = "nqpf-benchmark/1"
COHORT_BEGINS = b'{"format": "nqpf-cohort/'
TELLING = 4
"""Names of columns at the beginning of a table by which it is known."""

FOREIGN = _("{path} was not written by a cohort report, or was changed since")
ELSEWHERE = _("Nothing was overwritten; name another folder.")
ALIKE = ("what", "option", "n", "share", "of", "chosen")
FIGURES = ("scored", "mean", "q10", "q25", "median", "q75", "q90")


def head_of(study: Study, instruments: Instruments) -> dict[str, Any]:
    """Return what was studied, and how. `rubrics`: what scored it; `weights` is a table of the study."""
    identity = identity_of(instruments)
    below, held = study.floored or (None, None)
    return {
        "questionnaire": identity["questionnaire"],
        "rubrics": identity["weights"],
        "relative": True,
        **unlike_in(study.scores),
        "rows": study.rows,
        "left_out": study.scores.left_out,
        "left_out_later": study.scores.left_out_later(),
        "below_floor": below,
        "held_by_floor": held,
        "weights_from": study.weights_from,
        "minimum_group": study.minimum,
        "by": list(study.by),
        "gini_parts": study.gini_parts,
    }


def unlike_in(scores: Scores) -> dict[str, Any]:
    """Return the years that scores describe, or the one part of a year, and in what else they may be unlike.

    `corrected`: where weights of some were corrected by hand; `quick`: where some or all are quick screenings; scores
    alone tell neither.
    """
    modes, times = scores.modes(), scores.times()
    return {
        "period": "–".join(dict.fromkeys((*times[:1], *times[-1:]))),
        **({"corrected": True} if scores.corrected() else {}),
        **({"quick": "some" if "full" in modes else "all"} if "quick" in modes else {}),
        **({"quick": UNTOLD} if scores.alone else {}),
    }


def refuse_foreign(folder: Path, tables: Mapping[str, pa.Table], report: Path, form: Form) -> None:
    """Refuse to write over what no study wrote, or what was changed since; raises `UserError`."""
    others = []
    known = {name: table.column_names for name, table in tables.items()}
    if _are_gaps(folder / "gaps.csv"):  # replaced, or cleared away
        known["gaps"] = [*GAP_COLUMNS]
    for name, columns in known.items():
        place = folder / f"{name}.csv"
        names = heading(place)
        if names is not None and names[:TELLING] == columns[:TELLING]:
            refuse_worked_in(place, columns)
        elif names is not None:
            others.append(place)
    others += [report] if is_foreign(report, form) else []
    others += [] if _may_be_replaced(folder / "cohort.json") else [folder / "cohort.json"]
    if others:
        raise UserError(fill(FOREIGN, path=others[0]), hint=ELSEWHERE, status=3)


def _may_be_replaced(whole: Path) -> bool:
    """Return whether all tables of an earlier study lie there, however many respondents it had, or nothing does."""
    try:
        with whole.open("rb") as file:
            return file.read(len(COHORT_BEGINS)) in (b"", COHORT_BEGINS)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def clear_gaps(folder: Path) -> None:
    """Take away the gaps of an earlier study, which would be taken for those of this one."""
    place = folder / "gaps.csv"
    if _are_gaps(place):
        place.unlink()


def _are_gaps(place: Path) -> bool:
    return (heading(place) or [])[:TELLING] == [*GAP_COLUMNS][:TELLING]


def write_tables(folder: Path, tables: Mapping[str, pa.Table], head: Mapping[str, Any]) -> list[Path]:
    """Write every table as CSV and all of them as JSON, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        place = folder / f"{name}.csv"
        write_table(place, table.schema, [table])
        written.append(place)
    place = folder / "cohort.json"
    with part_of(place) as temporary, temporary.open("w", encoding="utf-8") as out:
        out.write(json.dumps({"format": COHORT_FORMAT, **head}, ensure_ascii=False)[:-1])
        for name, table in tables.items():
            out.write(f',\n"{name}": [')
            row = "{" + ", ".join(f"{json.dumps(column)}: %s" for column in table.column_names) + "}"
            between = "\n"
            for batch in table.to_batches(max_chunksize=1 << 14):
                cells = zip(*map(_json_cells, batch.columns, batch.schema.names), strict=True)
                out.write(between + ",\n".join(map(row.__mod__, cells)))
                between = ",\n"
            out.write("]")
        out.write("}\n")
    return [*written, place]


def _json_cells(column: pa.Array, name: str) -> list[str]:
    """Write the cells of a column as JSON: as `json.dumps` does, which takes them one row at a time.

    A count that may be told is a number, beside the text that stands for one that is held back (`<5`).
    """
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        shown = repr(column.to_pylist())[1:-1].replace("None", "null")  # no figure is infinite, and none is no number
        return shown.split(", ") if shown else []
    write: Callable[[Any], str] = encode_basestring if pa.types.is_string(column.type) else json.dumps
    if name == "n":
        return ["null" if cell is None else cell if cell.isdecimal() else write(cell) for cell in column.to_pylist()]
    return ["null" if cell is None else write(cell) for cell in column.to_pylist()]


def benchmark_of(
    study: Study, instruments: Instruments, period: str = "", alike: pa.Table | None = None
) -> dict[str, Any]:
    """Return the benchmark file: the whole first, then every group that is shown; no respondent anywhere.

    `period`: what the answers describe; left out, what the rows name. `alike`: the choices of the groups (see
    `herding`); those that are flagged go along.
    """
    beside = Study(study.questionnaire, study.scores, ("weights",), study.minimum)  # whose counts are held back alike
    scored_by = instruments.with_blends(value["weights"] for value in beside.groups.values)
    editions = map(rubric_identity, scored_by.all)
    known = {
        id: {"id": id, "version": it.version, "digest": it.digest}
        for id, it in zip(scored_by.ids, editions, strict=True)
    }
    counts = [None if at in beside.hidden else len(rows) for at, rows in enumerate(beside.members)]
    used = [(value["weights"], n) for value, n in zip(beside.groups.values, counts, strict=True)]
    scored = ~np.isnan(study.scores.figures("score"))
    if study.total == "score" and len(used) > 1:  # by the others nobody has a score, and nothing is compared
        alone = [id for (id, _), rows in zip(used, beside.members, strict=True) if scored[rows].any()]
        used = [(id, int(scored.sum())) for id in alone]
    shown: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in study.group_table().to_pylist():
        if not row["suppressed"]:
            shown[row["group"]].append(row)
    chosen: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in alike.to_pylist() if alike is not None else ():
        if row["flag"]:
            chosen[row["group"]].append({name: row[name] for name in ALIKE})
    groups = []
    for label, values in [("", {}), *zip(study.groups.labels, study.groups.values, strict=True)]:
        columns = {row["column"]: {name: row[name] for name in FIGURES} for row in shown[label]}
        if "score" in columns:
            found = {"group": values, "n": int(shown[label][0]["n"]), "columns": columns}
            groups.append(found | ({"herding": chosen[label]} if label in chosen else {}))
    unlike = unlike_in(study.scores)
    return {
        "format": BENCHMARK_FORMAT,
        "questionnaire": identity_of(instruments)["questionnaire"],
        "weights": [{**known[label], "n": n} for label, n in used if label in known],
        "baselines": [asdict(one) for one in scored_by.baselines_of(label for label, _n in used)],
        **unlike,
        "period": period or unlike["period"],
        "minimum_group": study.minimum,
        "by": list(study.by),
        "groups": groups,
    }
