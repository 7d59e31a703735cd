"""Editions: figures made with different editions of a questionnaire or rubric are never put together in silence."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from nqpf_assess.cohort.column_names import TOTALS
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scored import Scores
from nqpf_assess.cohort.tables import is_csv, opened
from nqpf_assess.cohort.work import identity_of
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

OTHER_QUESTIONNAIRE = _("{path} was scored with the questionnaire “{found}”, not “{wanted}”")
OTHER_EDITION = _("{path} was scored with another edition of “{id}” ({found}; here {wanted})")
AGAIN = _("Score its table again, or name the edition it was scored with (--questionnaire, --weights).")
OTHER_COLUMNS = _("{path} has no column “{name}”; it was scored with another questionnaire")


def refuse_other_editions(scores: Scores, instruments: Instruments) -> None:
    """Refuse scores of another questionnaire, or of another edition of it or of a rubric used; raises `UserError`.

    Parquet files say what they were made with; of CSV files only the columns can be compared.
    """
    wanted = identity_of(instruments)
    nodes = [f"pillar.{id}" for id in instruments.questionnaire.pillars]
    nodes += [f"dimension.{id}" for id in instruments.questionnaire.dimensions]
    for path in scores.files:
        made = _made_with(path)
        if made is not None:
            _compare(path, made, wanted, scores)
    missing = next((name for name in (*TOTALS, *nodes) if name not in scores.names), None)
    if missing is not None:
        raise UserError(fill(OTHER_COLUMNS, path=", ".join(scores.files), name=missing), hint=AGAIN)


def _made_with(path: str) -> Mapping[str, Any] | None:
    if is_csv(path):
        return None
    said = (pq.read_schema(opened(path)).metadata or {}).get(b"nqpf-cohort")
    found: Any = json.loads(said) if said else None
    return found if isinstance(found, dict) else None


def _compare(path: str, made: Mapping[str, Any], wanted: Mapping[str, Any], scores: Scores) -> None:
    theirs, ours = made["questionnaire"], wanted["questionnaire"]
    if theirs["id"] != ours["id"]:
        raise UserError(fill(OTHER_QUESTIONNAIRE, path=path, found=theirs["id"], wanted=ours["id"]), hint=AGAIN)
    pairs = [(theirs, ours), *_rubrics(made["weights"], wanted["weights"], scores.coded("weights")[1])]
    for before, now in pairs:
        if before["digest"] != now["digest"]:
            said = fill(OTHER_EDITION, path=path, id=now["id"], found=_edition(before), wanted=_edition(now))
            raise UserError(said, hint=AGAIN)


def _rubrics(
    made: Sequence[Mapping[str, str]], wanted: Sequence[Mapping[str, str]], used: Sequence[str]
) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    """Pair the rubrics that rows are under."""
    known = {row["id"]: row for row in wanted}
    return [(row, known[row["id"]]) for row in made if row["id"] in used and row["id"] in known]


def _edition(row: Mapping[str, str]) -> str:
    return f"{row['version']} {row['digest'].removeprefix('sha256:')[:8]}"
