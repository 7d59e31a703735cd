"""What a report says of itself to a machine: which program made it, how, and every figure it printed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from nqpf_assess import __version__
from nqpf_assess.engine.digest import digest
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain

RECEIPT = "report.json"
BENCHMARK = "benchmark.json"
REPORT_FORMAT = "nqpf-report/1"
TEXTS = ("message", "why", "why_not")
"""Keys of the scorecard that hold words, not figures."""


def receipt(
    card: Scorecard,
    *,
    language: str,
    date: str,
    profiles: Sequence[Chain],
    group: Mapping[str, str] | None = None,
    fonts: Sequence[Path] = (),
) -> bytes:
    """Write the receipt. `language`: en, zh or both; `profiles`: those that were judged, by id and digest.

    `group`: the group of the benchmark that stood beside the figures; None where there was none. `fonts`: those of the
    house, named by digest; they are not carried, for their licence may forbid it.
    """
    row = {
        "format": REPORT_FORMAT,
        "program": __version__,
        "language": language,
        "date": date,
        "profiles": {chain[-1].id: digest(*chain) for chain in profiles},
        **({} if group is None else {"group": dict(group)}),
        **({"fonts": [sha256(path.read_bytes()).hexdigest() for path in fonts]} if fonts else {}),
        "score": score_row(card, language if language in LANGUAGES else LANGUAGES[0]),
    }
    return (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode()


def differences(printed: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every figure that differs, as (where, printed, now); words are passed over."""
    if isinstance(printed, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*printed, *now)):
            if key not in TEXTS:
                yield from differences(printed.get(key), now.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(printed, list) and isinstance(now, list) and len(printed) == len(now):
        for index, (before, after) in enumerate(zip(printed, now, strict=True)):
            yield from differences(before, after, f"{path}.{_name(before, index)}")
    elif printed != now:
        yield path, printed, now


def _name(part: Any, index: int) -> str:
    """Name a row of a list by its id, else by its place."""
    if isinstance(part, Mapping):
        return str(part.get("id") or part.get("node") or index)
    return str(index)
