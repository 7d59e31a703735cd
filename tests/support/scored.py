"""From plain tables to what the engine says of them, and how two such objects are compared."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import HealthCheck, Phase, settings

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import BlendedProfile, Weights
from tests.support.budget import BUDGET
from tests.support.instruments import Case
from tests.support.oracle import Plain

ROOT = Path(__file__).parents[2]
SUBJECTS = ("region", "firm")
PROFILES = tuple(
    (subject, path.stem) for subject in SUBJECTS for path in sorted((ROOT / "weights" / subject).glob("*.toml"))
)
HEAD = ("format", "questionnaire", "weights", "answers_digest")


def sample(count: int) -> int:
    """How many of so many random cases are looked at."""
    return max(1, round(count * BUDGET))


def every_other(many: Sequence[Any]) -> Sequence[Any]:
    """Every other of many cases that are alike; all of them in `make test-all`."""
    return many if BUDGET >= 1 else many[::2]


def tries(count: int) -> settings:
    """How many random cases a test looks at."""
    return settings(
        max_examples=sample(count),
        derandomize=BUDGET <= 1,
        database=None,
        phases=[Phase.generate] if BUDGET <= 1 else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


def read_toml(path: Path) -> Plain:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def shipped_questionnaire(subject: str) -> Plain:
    """A shipped questionnaire as one table, its files united in name order."""
    united: Plain = {}
    for path in sorted((ROOT / "questionnaires" / subject).glob("*.toml")):
        for key, value in read_toml(path).items():
            united[key] = united.get(key, {}) | value if isinstance(value, dict) else value
    return united


def shipped_chain(subject: str, profile: str) -> list[Plain]:
    """A shipped rubric with all it is based on, the root first."""
    file = read_toml(ROOT / "weights" / subject / f"{profile}.toml")
    return [*shipped_chain(subject, file["based_on"]), file] if "based_on" in file else [file]


def instrument_of(
    questionnaire: Plain, chain: Sequence[Plain], further: Sequence[tuple[Sequence[Plain], Decimal]] = ()
) -> Instrument:
    files = [tuple(map(Weights.model_validate, files)) for files in (chain, *(files for files, _ in further))]
    blended = zip(files[1:], (share for _, share in further), strict=True)
    return Instrument(Questionnaire.model_validate(questionnaire), files[0], tuple(BlendedProfile(*p) for p in blended))


def engine_row(case: Case, language: str = "en") -> Plain:
    """The whole object of `score --json`."""
    instrument = instrument_of(case.questionnaire, case.chain, case.further)
    return score_row(score(instrument, Answers.model_validate(case.answers)), language)


def engine_json(case: Case) -> Plain:
    """The same without identities; of `why_not` only whether it is empty, since its words are free."""
    row = {key: value for key, value in engine_row(case).items() if key not in HEAD}
    row["countermeasures"] = [measure | {"why_not": not measure["why_not"]} for measure in row["countermeasures"]]
    return row


def node(row: Plain, id: str) -> Plain:
    return next(line for line in row["nodes"] if line["id"] == id)


def of_level(row: Plain, level: str) -> list[Plain]:
    return [line for line in row["nodes"] if line["level"] == level]


def close(left: float, right: float, within: float = 1e-9) -> bool:
    return abs(left - right) <= within * max(1, abs(left), abs(right))


def differences(wanted: Any, got: Any, path: str = "") -> Iterator[str]:
    """Where two objects differ: figures by more than 1e-9, all else at all."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in wanted.keys() | got.keys():
            if key in wanted and key in got:
                yield from differences(wanted[key], got[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}: only in the {'contract' if key in wanted else 'engine'}"
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for index, (left, right) in enumerate(zip(wanted, got, strict=True)):
            name = left.get("id") or left.get("node") if isinstance(left, dict) else None
            yield from differences(left, right, f"{path}[{name or index}]")
    elif _is_number(wanted) and _is_number(got):
        if not close(wanted, got):
            yield f"{path}: wanted {wanted!r}, got {got!r}"
    elif wanted != got:
        yield f"{path}: wanted {wanted!r}, got {got!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def assert_same(wanted: Any, got: Any, *, but: str = "") -> None:
    """Assert that two objects agree, paths matching the pattern `but` apart."""
    found = [line for line in differences(wanted, got) if not (but and re.search(but, line))]
    assert not found, "\n".join(sorted(found))


def write(case: Case, folder: Path) -> None:
    """Write a case as a workspace: its questionnaire, its rubrics, its answers."""
    shares = {files[-1]["id"]: share for files, share in case.further}
    answers = case.answers | {"weights": {"id": case.chain[-1]["id"], "version": "1.0.0", "with": shares}}
    tables = {"questionnaires/inst.toml": case.questionnaire, "samples/answers.toml": answers}
    tables |= {
        f"weights/inst/{file['id']}.toml": file
        for files in (case.chain, *(f for f, _ in case.further))
        for file in files
    }
    for name, table in tables.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tomli_w.dumps(table), encoding="utf-8")
