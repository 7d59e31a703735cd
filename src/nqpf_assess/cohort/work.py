"""What every task of a job needs to know, as plain values that travel to any process or machine; and one task.

A task scores one piece of a table and writes it as one part. Running it twice leaves the same bytes.
"""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nqpf_assess.cohort.column_names import TEXTS, Extras, output_columns
from nqpf_assess.cohort.problems import SCHEMA, problem_rows
from nqpf_assess.cohort.reserved import read_mode, read_overrides
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import score_batch
from nqpf_assess.cohort.tables import GROUP, RowBatch, TablePiece, batches, conformed, parquet_writer
from nqpf_assess.engine.instrument import chain_version, digest
from nqpf_assess.exchange.column_map import column_map, known_names
from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.store import part_of
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.report.carried import as_toml

TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
}
"""Types in which grouping columns are carried through."""


@dataclass(frozen=True)
class Work:
    """A job's content and options. `grouping`: names with their types.

    It travels to other processes with questionnaire and rubrics as texts. `lasting`: the parts are Parquet for good,
    and not only on the way to another format. `delimiter`: of CSV tables, "" where each shows its own.
    """

    instruments: Instruments
    extras: Extras
    quick: bool
    language: str
    batch: int
    encoding: str
    grouping: tuple[tuple[str, str], ...]
    folder: str
    lasting: bool = True
    delimiter: str = ""

    def __getstate__(self) -> dict[str, Any]:
        stated = {field.name: getattr(self, field.name) for field in fields(self)}
        return stated | {"instruments": self._texts}

    def __setstate__(self, stated: dict[str, Any]) -> None:
        vars(self).update(stated | {"instruments": instruments_in(*stated["instruments"])})

    @cached_property
    def _texts(self) -> tuple[str, tuple[tuple[str, ...], ...], str]:
        return (*texts_of(self.instruments), self.instruments.default)

    @cached_property
    def schema(self) -> pa.Schema:
        """Return the columns of the scores table, with what they were made from."""
        names = output_columns(self.instruments.questionnaire, self.extras)
        fields = [("respondent", pa.string()), ("weights", pa.string())]
        fields += [(name, TYPES[kind]) for name, kind in self.grouping]
        fields += [(name, pa.string() if name in TEXTS else pa.float64()) for name in names]
        return pa.schema(fields, metadata={"nqpf-cohort": json.dumps(self.identity, ensure_ascii=False)})

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Questionnaire and rubrics with their versions and digests."""
        return identity_of(self.instruments)

    @cached_property
    def wanted(self) -> list[str]:
        """Name the columns worth reading: free words are left out, which carry no score, unless a condition may ask."""
        questionnaire = self.instruments.questionnaire
        dull = {id for id, question in questionnaire.questions.items() if not kind_of(question).scored}
        if dull:  # a condition may ask for what its id stands as a text in quotation marks
            text = as_toml(questionnaire).decode()
            dull = {id for id in dull if f'"{id}"' not in text}
        known = [name for name in known_names(questionnaire) if name not in dull]
        return [*known, *(name for name, _ in self.grouping)]

    @cached_property
    def few(self) -> frozenset[str]:
        """Name the columns that hold few different texts: all of ours but names, figures and free words."""
        questionnaire = self.instruments.questionnaire
        asked = {**questionnaire.questions, **{f"fact.{id}": fact for id, fact in questionnaire.facts.items()}}
        many = {name for name, one in asked.items() if kind_of(one).is_figure or not kind_of(one).scored}
        return frozenset(known_names(questionnaire)) - many - {"respondent"}

    def as_row(self) -> dict[str, Any]:
        """Return the options as plain data, to be compared when a job is taken up again."""
        also = {"default": self.instruments.default, "delimiter": self.delimiter}
        return {
            "extras": asdict(self.extras),
            **{name: getattr(self, name) for name in ("quick", "language", "batch", "encoding")},
            "grouping": [list(pair) for pair in self.grouping],
            **{name: value for name, value in also.items() if value},
        }


def identity_of(instruments: Instruments) -> dict[str, Any]:
    """Name questionnaire and rubrics with their versions and digests."""
    questionnaire = instruments.questionnaire
    return {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "digest": digest(questionnaire),
        },
        "weights": [
            {"id": chain[-1].id, "version": chain_version(chain), "digest": digest(*chain)}
            for chain in instruments.chains
        ],
    }


def texts_of(instruments: Instruments) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Write questionnaire and rubrics as texts in their own formats."""
    files = {id(file): file for chain in instruments.chains for file in chain}
    written = {key: as_toml(file).decode() for key, file in files.items()}
    chains = tuple(tuple(written[id(file)] for file in chain) for chain in instruments.chains)
    return as_toml(instruments.questionnaire).decode(), chains


@lru_cache(maxsize=4)
def instruments_in(questionnaire: str, chains: tuple[tuple[str, ...], ...], default: str = "") -> Instruments:
    """Read questionnaire and rubrics back, once in each process."""

    def table(text: str) -> dict[str, Any]:
        return tomllib.loads(text, parse_float=Decimal)

    files = {text: Weights.model_validate(table(text)) for chain in chains for text in chain}
    return Instruments(
        Questionnaire.model_validate(table(questionnaire)),
        tuple(tuple(files[t] for t in chain) for chain in chains),
        default=default,
    )


# ---- a task

RAGGED = _("the line has {found} fields instead of {wanted}")
NO_NAME = _("the row names no respondent")


@dataclass(frozen=True)
class Receipt:
    """What a task did: rows read and scored, problems by code, the digest of its part, sums for the statistics.

    `quick`: rows that were scored by the core questions alone. `corrected`: rows with weights corrected by hand.
    """

    part: int
    file: str
    group: int | None
    rows: int
    scored: int
    problems: dict[str, int]
    digest: str
    sums: dict[str, float] = field(default_factory=dict)
    quick: int = 0
    corrected: int = 0

    def as_row(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def part_path(folder: str, part: int) -> Path:
    """Name a part."""
    return Path(folder) / f"part-{part:05}.parquet"


def problems_path(folder: str, part: int) -> Path:
    """Name the problems of a part; readers of the folder pass over it."""
    return Path(folder) / f"_problems-{part:05}.parquet"


def receipt_path(folder: str, part: int) -> Path:
    """Name the receipt of a part."""
    return Path(folder) / f"_receipt-{part:05}.json"


def write_json(path: Path, value: Any) -> None:
    """Write plain data whole or not at all."""
    with part_of(path) as temporary:
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def run_task(work: Work, part: int, piece: TablePiece, rows: Iterable[RowBatch] | None = None) -> Receipt:
    """Score a piece and write its part, its problems and last its receipt, each under a temporary name first.

    `rows`: its batches where they come from elsewhere than a file.
    """
    pa.set_memory_pool(pa.system_memory_pool())  # less time than the default: docs/decisions/0019-whole-tables.md
    given = rows
    if given is None:
        way = {"encoding": work.encoding, "delimiter": work.delimiter}
        given = batches(piece, columns=work.wanted, batch=work.batch, few=work.few, **way)
    instruments, schema = work.instruments, work.schema
    faults: list[pa.Table] = []
    count = scored = quick = corrected = 0
    total = 0.0
    held: list[pa.Table] = []
    path = part_path(work.folder, part)
    try:
        with part_of(path) as temporary, parquet_writer(temporary, schema, lasting=work.lasting) as writer:
            for batch in given:
                found, wrong = score_batch(
                    instruments, batch.rows, extras=work.extras, quick=work.quick, language=work.language
                )
                table = conformed(found, schema)
                faults.append(_problems_of(work, piece, batch, table, wrong))
                count += table.num_rows
                scored += table.num_rows - table["score"].null_count
                total += pc.sum(table["score"]).as_py() or 0.0
                names = column_map(instruments.questionnaire, batch.rows.schema.names)
                mode = names.column(batch.rows, "mode")
                quick += int(read_mode(mode, table.num_rows, [], quick=work.quick).sum())
                factors = read_overrides(batch.rows, names, []).values()
                corrected += int(np.any([factor != 1 for factor in factors], axis=0).sum())
                held.append(table)
                if sum(table.num_rows for table in held) >= GROUP:
                    writer.write_table(pa.concat_tables(held), row_group_size=GROUP)
                    held = []
            if held:
                writer.write_table(pa.concat_tables(held), row_group_size=GROUP)
        problems = pa.concat_tables([SCHEMA.empty_table(), *faults])
        if problems.num_rows:
            with part_of(problems_path(work.folder, part)) as temporary:
                pq.write_table(problems, temporary, compression="zstd")
        with path.open("rb") as file:
            digest_of_part = hashlib.file_digest(file, "sha256").hexdigest()
        codes = dict(Counter(problems["code"].to_pylist()))
        sums, digest_of_part = {"score": total}, f"sha256:{digest_of_part}"
        receipt = Receipt(
            part, piece.file, piece.group, count, scored, codes, digest_of_part, sums, quick=quick, corrected=corrected
        )
        write_json(receipt_path(work.folder, part), receipt.as_row())
    except OSError as fault:  # what cannot be read is refused by its reader
        raise UserError(fill(NOT_WRITTEN, path=fault.filename or work.folder, why=refusal(fault)), status=3) from fault
    return receipt


def _problems_of(work: Work, piece: TablePiece, batch: RowBatch, table: pa.Table, faults: pa.Table) -> pa.Table:
    """Name the file and row in which each problem stands, ragged lines and empty respondents besides."""
    respondents = table["respondent"]
    rows = [tuple(row.values()) for row in faults.to_pylist()] if faults.num_rows else []
    for line in batch.ragged:
        reason = tell(RAGGED, work.language, found=line.found, wanted=line.wanted)
        rows.append((respondents[line.row].as_py(), "", line.row, "", str(line.found), "ragged_line", reason))
    if respondents.null_count:
        empty = pc.indices_nonzero(respondents.is_null()).to_pylist()
        rows += [(None, "", row, "respondent", "", "empty_respondent", tell(NO_NAME, work.language)) for row in empty]
    rows.sort(key=lambda row: row[2])
    return problem_rows([(row[0], piece.file, row[2] + batch.start, *row[3:]) for row in rows])
