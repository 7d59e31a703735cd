"""What a report carries with it: the answers, the content they were scored by, and a receipt for machines.

The files are written in the formats of the program itself, so that the ordinary reader takes them in again, with every
check, and gives the same digests (docs/decisions/0010-what-a-report-carries.md)."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from nqpf_assess import __version__
from nqpf_assess.engine.instrument import Instrument, digest
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files import cache
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.model.answers import Answers, Given
from nqpf_assess.model.base import plain_number, stated_keys
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.blocks import Attachment

ANSWERS = "answers.toml"
QUESTIONNAIRE = "questionnaire.toml"
MEDIA_TYPE = "application/toml"
BARE = re.compile("[A-Za-z0-9_-]+")
"""Names that stand in TOML without quotation marks."""
MOST_KEPT = 16
BEFORE = "earlier-"
"""What the names of last time's files begin with."""


def carried(instrument: Instrument, answers: Answers) -> tuple[Attachment, ...]:
    """Return the files that a report carries: enough to check and score it again anywhere."""
    own = {file.id: file for file in instrument.chain}
    further = sorted(instrument.further, key=lambda part: part.id)  # in whatever order they were stated or opened
    blended = {file.id: file for part in further for file in part.chain if file.id not in own}
    root = instrument.chain[0].id
    files = {root: own.pop(root), **blended, **own}  # the root first, the first profile of a blend last
    questionnaire = instrument.questionnaire
    return (
        Attachment(ANSWERS, MEDIA_TYPE, "Answers of this assessment", as_toml(answers)),
        _content(QUESTIONNAIRE, f"Questionnaire {questionnaire.id}", questionnaire),
        *(
            _content(f"weights-{place}-{id}.toml", f"Rubric {id}", file)
            for place, (id, file) in enumerate(files.items(), start=1)
        ),
    )


def _content(name: str, description: str, value: Frozen) -> Attachment:
    """Attach a questionnaire or rubric, compressed as it lies in the content cache: many reports carry the same one."""
    key = digest(value)
    if _DEFLATED.get(id(value), ("",))[0] != key:
        while len(_DEFLATED) >= MOST_KEPT:
            del _DEFLATED[next(iter(_DEFLATED))]
        place = cache.key_of("carried", (key,))
        kept = cache.load(place)
        data = b64decode(kept["deflated"]) if kept else compress(as_toml(value), 9)
        if not kept:
            cache.save(place, {"deflated": b64encode(data).decode()})
        _DEFLATED[id(value)] = key, value, data
    data = _DEFLATED[id(value)][2]
    return Attachment(name, MEDIA_TYPE, description, decompress(data), "Data", data)


_DEFLATED: dict[int, tuple[str, Frozen, bytes]] = {}
"""Files attached last, by the identity of what they state, which is kept with them."""


def carried_before(instrument: Instrument, earlier: tuple[Instrument, Answers]) -> tuple[Attachment, ...]:
    """Return last time's files, where the report speaks of it: those of the instrument only where they are others."""
    known = {entry.data for entry in carried(instrument, earlier[1])[1:]}
    return tuple(
        replace(entry, name=BEFORE + entry.name, description=f"{entry.description}, last time")
        for entry in carried(*earlier)
        if entry.data not in known
    )


def as_toml(value: Frozen) -> bytes:
    """Write a file in the format of the program, with a heading for each entry and small tables in one line.

    Laid out with a heading for every small table, as tomli-w does, a questionnaire takes an eighth more of the report.
    """
    data = _plain(value)
    lines = [f"{_key(name)} = {_value(part)}" for name, part in data.items() if not _is_table(part)]
    for name, part in data.items():
        if not _is_table(part):
            continue
        entries = all(isinstance(entry, Mapping) for entry in part.values())
        for heading, table in (
            ((f"{_key(name)}.{_key(id)}", entry) for id, entry in part.items()) if entries else ((_key(name), part),)
        ):
            lines += ["", f"[{heading}]", *_lines("", table)]
    return "\n".join((*lines, "")).encode()


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _lines(before: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table; a table of tables within it is written in dotted keys."""
    for name, value in table.items():
        key = before + _key(name)
        if _is_table(value) and any(isinstance(part, Mapping | list) for part in value.values()):
            yield from _lines(f"{key}.", value)
        elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
            yield f"{key} = ["
            yield from (f"{_value(part)}," for part in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return encode_basestring(value).replace("\x7f", "\\u007F")
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{_key(name)} = {_value(part)}' for name, part in value.items())}}}"
        case date() | time():
            return value.isoformat()
        case Decimal():  # never a whole number to whoever reads it again
            written = str(value)
            return written if {*written} & {*".E"} else f"{written}e0"
        case _:
            return str(value)


def _plain(value: object) -> Any:
    """Return what a file states as plain tables, numbers exact and written one way; those of an answer as typed."""
    match value:
        case Given():
            return {
                key: part if isinstance(part, Decimal) else _plain(part)
                for key, part in stated_keys(value)
                if part is not None
            }
        case Frozen():
            return {key: _plain(part) for key, part in stated_keys(value) if part is not None}
        case Mapping():
            return {key: _plain(part) for key, part in value.items()}
        case tuple():
            return [_plain(part) for part in value]
        case Decimal():
            written = plain_number(value)
            return Decimal(written) if "." in written else int(written)
        case _:
            return value


# ── The receipt: how the report was made, and every figure it printed ──

RECEIPT = "report.json"
BENCHMARK = "benchmark.json"
REPORT_FORMAT = "nqpf-report/1"
TEXTS = ("message", "why", "why_not", "target_why")
"""Keys of the scorecard that hold words, not figures."""


def receipt(
    card: Scorecard,
    *,
    language: str,
    date: str,
    edition: str,
    profiles: Sequence[Chain],
    group: Mapping[str, str] | None = None,
    fonts: Sequence[Path] = (),
    beside: Sequence[Attachment] = (),
) -> bytes:
    """Write the receipt. `language`: en, zh or both; `profiles`: those that were judged, by id and digest.

    `edition`: brief or full; `group`: the group of the benchmark that stood beside the figures, None where there was
    none; `fonts`: those of the house, named by digest; they are not carried, for their licence may forbid it.
    `beside`: what is carried besides this assessment; no figure would tell that it was changed.
    """
    row = {
        "format": REPORT_FORMAT,
        "program": __version__,
        "language": language,
        "date": date,
        "edition": edition,
        "profiles": {chain[-1].id: digest(*chain) for chain in profiles},
        **({} if group is None else {"group": dict(group)}),
        **({"fonts": [sha256(path.read_bytes()).hexdigest() for path in fonts]} if fonts else {}),
        **({"carried": {file.name: digest_of_file(file.data) for file in beside}} if beside else {}),
        "score": _figures(score_row(card, LANGUAGES[0])),
    }
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def digest_of_file(data: bytes) -> str:
    """Return the digest by which the receipt knows a file beside the assessment: over its bytes, as it is carried."""
    return f"sha256:{sha256(data).hexdigest()}"


def _figures(row: Any) -> Any:
    """Return what a scorecard states in figures; its words stand in the report, what is absent stands nowhere."""
    if isinstance(row, Mapping):
        return {key: _figures(part) for key, part in row.items() if key not in TEXTS and part is not None}
    return [_figures(part) for part in row] if isinstance(row, list) else row


def differences(printed: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every figure that differs, as (where, printed, now); words are passed over."""
    if isinstance(printed, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*printed, *now)):
            if key not in TEXTS:
                yield from differences(printed.get(key), now.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(printed, list) and isinstance(now, list) and len(printed) == len(now):
        for index, (before, after) in enumerate(zip(printed, now, strict=True)):
            id = (before.get("id") or before.get("node") or index) if isinstance(before, Mapping) else index
            yield from differences(before, after, f"{path}.{id}")
    elif printed != now:
        yield path, printed, now


def as_far_as_printed(now: Any, printed: Sequence[Any]) -> Any:
    """Return what a scorecard states now without what the other version that printed `printed` never states.

    Another version may know fewer figures; one that it states of no part at all is no figure that differs.
    """
    if isinstance(now, Mapping):
        rows = [row for row in printed if isinstance(row, Mapping)]
        known = {key: [row[key] for row in rows if key in row] for key in now}
        return {key: as_far_as_printed(part, known[key]) for key, part in now.items() if known[key]}
    if isinstance(now, list):
        parts = [part for row in printed if isinstance(row, list) for part in row]
        return [as_far_as_printed(part, parts) for part in now]
    return now
