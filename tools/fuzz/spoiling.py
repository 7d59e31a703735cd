"""Mutations of bytes, of lines, and of the trees that TOML and JSON hold."""

import tomllib
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from random import Random
from typing import Any

import tomli_w

from tools.fuzz.trial import SEEDS

HOSTILE_TEXTS = (
    "",
    " ",
    "\x00",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b2J\x85",
    "\u202egnorw\u202c\u2066",
    "z" + "\u0301" * 60,
    "a\u200bb\ufeffc\u00a0",
    "[/b][red]{0} %s $HOME {name}",
    "=1+1",
    "-@SUM(A1)",
    "../../../etc/passwd",
    "NUL",
    "‘“’”，。；：",
    "１２．５",
    "²³①½",
    "1,234",
    "12%",
    "1e400",
    "-0",
    "0x1F",
    "1_000",
    "nan",
    "Infinity",
    "true",
    "2025-13-45",
    "西" * 3000,
    "W" * 5000,
    "👩‍👩‍👧🇨🇳",
    "𠮷",
    "\ud7ff\ufffe",
    "<script>alert(1)</script>",
    "a;b;;c",
    "\t",
    "a\rb\nc",
)
NUMBERS = (0, -1, 1, 2, 3, 100, 101, -(10**9), 10**18, 10**30, 10**400, 2**63, 2**31 - 1)
FLOATS = (0.0, -0.0, 0.5, 1e-320, 1e308, -1e308, 1e20, float("nan"), float("inf"), float("-inf"), 0.1 + 0.2)
DATES = (
    date(1, 1, 1),
    date(9999, 12, 31),
    datetime(2025, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, 0, 0, 0, 999999),  # noqa: DTZ001 - a time without a zone is one of the cases
    time(23, 59, 59),
)
TOKENS = (
    *(b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b",", b".", b"#", b'"', b"'", b'"""', b"'''", b"\\", b"\\u0000"),
    *(b"\n", b"\r", b"\r\n", b"\t", b"\x00", b"\x1a", b"\x7f", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"\xe2\x80\x9c", b"\xef\xbc\x9d", b"\xa3\xac", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\xc2\x9b2J"),
    *(b"nan", b"inf", b"-inf", b"1e999", b"-1e999", b"1e-999", b"0x", b"1_0", b"2024-02-30", b"true", b"null", b"NaN"),
    *(b"9" * 400, b"[" * 3000, b"{" * 3000, b"{a=" * 500, b"," * 400, b"\n" * 400, b" " * 4000, b"a." * 2000 + b"a"),
)
INVENTED = "zz_invented"
"""A key that no format knows."""


def spoil_bytes(dice: Random, data: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Return the bytes after one to six changes: flips, cuts, copies, swapped lines, tokens, pieces of other files."""
    found = bytearray(data)
    for _ in range(min(1 + int(dice.expovariate(0.7)), 6)):
        size = len(found)
        at = dice.randrange(size + 1)
        end = min(size, at + 1 + int(dice.expovariate(0.05)))
        match dice.randrange(12):
            case 0 if size:
                found[dice.randrange(size)] ^= 1 << dice.randrange(8)
            case 1 if size:
                found[dice.randrange(size)] = dice.randrange(256)
            case 2:
                del found[at:end]
            case 3:
                found[at:at] = found[at:end]
            case 4 | 5:
                found[at:at] = dice.choice(TOKENS)
            case 6:
                found[at:end] = dice.choice(TOKENS)
            case 7 | 8:
                found = bytearray(_spoil_lines(dice, bytes(found)))
            case 9 if others:
                other = dice.choice(others)
                start = dice.randrange(len(other) + 1)
                found[at:end] = other[start : start + dice.randrange(400)]
            case 10 if dice.random() < 0.2:
                del found[at:]
            case 11 if dice.random() < 0.1:
                found = bytearray(_encoded_otherwise(dice, bytes(found)))
    return bytes(found)


def _spoil_lines(dice: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(5):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] += lines.pop(other) if len(lines) > 1 and one < other else b""
        case 4:
            low, high = sorted((one, other))
            lines[low:high] = lines[low:high] * 2
    return b"\n".join(lines)


def _encoded_otherwise(dice: Random, data: bytes) -> bytes:
    said = data.decode("utf-8", "replace")
    return said.encode(dice.choice(("gbk", "utf-16", "utf-32", "latin-1", "utf-8-sig", "utf-7")), "replace")


Spot = tuple[MutableMapping[str, Any] | MutableSequence[Any], Any]
"""A container and the key or index of a value in it."""


def spots(tree: Any) -> Iterator[Spot]:
    """Iterate over all places of values in a tree."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])


def any_value(dice: Random, depth: int = 0) -> Any:
    """Return a value that has no business anywhere."""
    choices: tuple[Callable[[], Any], ...] = (
        lambda: dice.choice(HOSTILE_TEXTS),
        lambda: dice.choice(NUMBERS),
        lambda: dice.choice(FLOATS),
        lambda: dice.choice(DATES),
        lambda: dice.random() < 0.5,
        lambda: dice.uniform(-200, 200),
        lambda: [any_value(dice, depth + 1) for _ in range(dice.randrange(4))] if depth < 4 else [],
        lambda: (
            {dice.choice(HOSTILE_TEXTS)[:50]: any_value(dice, depth + 1) for _ in range(dice.randrange(4))}
            if depth < 4
            else {}
        ),
        lambda: _deep(dice, dice.choice((5, 40, 90))),
    )
    return dice.choice(choices)()


def _deep(dice: Random, depth: int) -> Any:
    key = dice.choice(("all", "any", "not", "a", "value"))
    value: Any = {"fact": "zone", "is": "hills"}
    for _ in range(depth):
        value = {key: [value] if key in ("all", "any") else value}
    return value


def spoil_tree(dice: Random, tree: Any) -> None:
    """Change a tree in one to four places: values, keys, order, neighbours' values, copies, holes."""
    for _ in range(min(1 + int(dice.expovariate(0.8)), 4)):
        places = list(spots(tree))
        if not places:
            return
        holder, key = dice.choice(places)
        other, its = dice.choice(places)
        value: Any
        match dice.randrange(9):
            case 0 | 1:
                holder[key] = any_value(dice)
            case 2:
                del holder[key]
            case 3:
                holder[key] = other[its] if not isinstance(other[its], dict | list) else any_value(dice)
            case 4 if isinstance(holder, dict):
                holder[dice.choice((str(its), f"{key}s", str(key).upper(), *HOSTILE_TEXTS[:30]))[:80]] = holder.pop(key)
            case 5 if isinstance(holder, list):
                holder.extend([holder[key]] * dice.choice((1, 2, 50)))
            case 6 if isinstance(holder, list):
                dice.shuffle(holder)
            case 7 if isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
                value = holder[key]
                holder[key] = dice.choice((-value, value + 1, value - 1, value * 1000, str(value), value // 3))
            case 8 if isinstance(holder[key], str):
                value = holder[key]
                holder[key] = dice.choice(
                    (value + dice.choice(HOSTILE_TEXTS), value[:-1], value * 2, [value], value.upper())
                )


@cache
def _all_toml() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(SEEDS.rglob("*.toml")))


def spoil_toml(dice: Random, data: bytes) -> bytes:
    """Spoil TOML as text, or as what it means."""
    if dice.random() < 0.4:
        return spoil_bytes(dice, data, _all_toml())
    tree = tomllib.loads(data.decode())
    spoil_tree(dice, tree)
    try:
        written = tomli_w.dumps(tree).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError, RecursionError):
        return spoil_bytes(dice, data, _all_toml())
    return spoil_bytes(dice, written, _all_toml()) if dice.random() < 0.1 else written
