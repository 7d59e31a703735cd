"""What every task of a job needs to know, as plain values that travel to any process or machine."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort.column_names import TEXTS, known_names, output_columns
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import Extras
from nqpf_assess.engine.digest import chain_version, digest
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.report.carried import carried

TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
}
"""Types in which grouping columns are carried through."""


@dataclass(frozen=True)
class Work:
    """A job's content and options. Questionnaire and rubrics are texts; `grouping`: names with their types.

    `lasting`: the parts are the result, and not only on the way to one file.
    """

    questionnaire: str
    chains: tuple[tuple[str, ...], ...]
    extras: Extras
    quick: bool
    language: str
    batch: int
    encoding: str
    grouping: tuple[tuple[str, str], ...]
    folder: str
    lasting: bool = True

    @property
    def instruments(self) -> Instruments:
        """Give the instruments, read once in each process."""
        return _instruments(self.questionnaire, self.chains)

    @property
    def schema(self) -> pa.Schema:
        """Give the columns of the scores table, with what they were made from."""
        names = output_columns(self.instruments.questionnaire, self.extras)
        fields = [("respondent", pa.string()), ("weights", pa.string())]
        fields += [(name, TYPES[kind]) for name, kind in self.grouping]
        fields += [(name, pa.string() if name in TEXTS else pa.float64()) for name in names]
        return pa.schema(fields, metadata={"nqpf-cohort": json.dumps(self.identity, ensure_ascii=False)})

    @property
    def identity(self) -> dict[str, Any]:
        """Name questionnaire and rubrics with their versions and digests."""
        return _identity(self.questionnaire, self.chains)

    @property
    def wanted(self) -> list[str]:
        """Name the columns worth reading: free words are left out, which carry no score, unless a condition may ask."""
        questionnaire = self.instruments.questionnaire
        asked = set(_spoken_of(self.questionnaire, questionnaire))
        dull = {i for i, q in questionnaire.questions.items() if not kind_of(q).scored and i not in asked}
        known = [name for name in known_names(questionnaire) if name not in dull]
        return [*known, *(name for name, _ in self.grouping)]

    def as_row(self) -> dict[str, Any]:
        """Give the options as plain data, to be compared when a job is taken up again."""
        rest = asdict(self)
        return {name: rest[name] for name in ("extras", "quick", "language", "batch", "encoding")} | {
            "grouping": [list(pair) for pair in self.grouping]
        }


def _spoken_of(text: str, questionnaire: Questionnaire) -> Sequence[str]:
    """Name the questions that some condition may speak of: those whose id stands as a text in quotation marks."""
    return [id for id in questionnaire.questions if f'"{id}"' in text]


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


@lru_cache(maxsize=4)
def _identity(questionnaire: str, chains: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    return identity_of(_instruments(questionnaire, chains))


def texts_of(instruments: Instruments) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Write questionnaire and rubrics as texts in their own formats."""
    nobody = Answers.model_validate(
        {
            "format": "nqpf-answers/1",
            "questionnaire": {"id": "x", "version": "1"},
            "weights": {"id": "x", "version": "1"},
        }
    )
    files = [[part.data.decode() for part in carried(instrument, nobody)[1:]] for instrument in instruments.all]
    return files[0][0], tuple(tuple(chain) for _, *chain in files)


@lru_cache(maxsize=4)
def _instruments(questionnaire: str, chains: tuple[tuple[str, ...], ...]) -> Instruments:
    def table(text: str) -> dict[str, Any]:
        return tomllib.loads(text, parse_float=Decimal)

    files = {text: Weights.model_validate(table(text)) for chain in chains for text in chain}
    return Instruments(
        Questionnaire.model_validate(table(questionnaire)), tuple(tuple(files[t] for t in chain) for chain in chains)
    )
