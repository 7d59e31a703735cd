"""The changes an editor makes to a rubric's text. Without a change not a byte moves.

`tomlkit` keeps what it is not asked to change; line ends and a byte-order mark are put back as they were. Numbers are
written as they were typed.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from nqpf_assess.files.drafting import judgements_text
from nqpf_assess.locale import Text, _
from nqpf_assess.model.base import canonical, plain_number
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.weights import Judgements

BOM = "\ufeff"
UNREADABLE = _("this file has faults that keep it from being edited here")
CHECK_FIRST = _("nqpf-assess check shows each with its line.")


class NotEditable(UserError):
    """The file cannot be taken apart, so that nothing in it may be changed here."""

    def __init__(self) -> None:
        super().__init__(UNREADABLE, hint=CHECK_FIRST)


@dataclass(frozen=True, slots=True)
class Stated:
    """A weight or target of a baseline (`table`: weights, targets), with its reason as a comment; None takes it out."""

    table: str
    node: str
    value: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An adjustment of a profile: at `index`, or a new one where that is None. None as factor or target: not stated."""

    node: str
    factor: Decimal | None
    target: Decimal | None
    why: Text
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Argued:
    """What an adjustment argues besides: why its target lies there, and which questions its reason speaks of.

    None leaves a key as it is; empty, it is taken out.
    """

    index: int
    target_why: Text | None = None
    questions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Conditioned:
    """The condition of an adjustment (`index`), or of the whole profile (`fits`, index None); None takes it away."""

    index: int | None
    condition: AnyCondition | None


@dataclass(frozen=True, slots=True)
class Removed:
    """An adjustment taken out, with the comments that stand right above it left where they are."""

    index: int


@dataclass(frozen=True, slots=True)
class ScoringChange:
    """A key of `[scoring]`: a word, a number, or the spread by confidence; None takes it out."""

    key: str
    value: str | Decimal | Mapping[str, Decimal] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Banded:
    """Where a band begins, and its words."""

    id: str
    from_: Decimal
    words: Text


@dataclass(frozen=True, slots=True)
class Floored:
    """A floor: where a node scores below a line the overall is capped, and why."""

    id: str
    node: str
    below: Decimal
    cap: Decimal
    why: Text


@dataclass(frozen=True, slots=True)
class Dropped:
    """A band or floor taken out (`table`: bands, floors)."""

    table: str
    id: str


@dataclass(frozen=True, slots=True)
class Versioned:
    """Another version number."""

    version: str


@dataclass(frozen=True, slots=True)
class PairsJudged:
    """One expert's judgements of pairs, in place of those of the same expert on the same whole."""

    judgements: Judgements


Edit = (
    Stated
    | Adjusted
    | Argued
    | Conditioned
    | Removed
    | ScoringChange
    | Banded
    | Floored
    | Dropped
    | Versioned
    | PairsJudged
)


def edited(words: str, edit: Edit) -> str:
    """Return the text with one change made in it; raises `NotEditable` where it is no sound TOML."""
    mark, bare = (BOM, words[1:]) if words.startswith(BOM) else ("", words)
    crlf = "\r\n" in bare and "\n" not in bare.replace("\r\n", "")
    try:
        document = tomlkit.parse(bare.replace("\r\n", "\n") if crlf else bare)
    except TOMLKitError:
        raise NotEditable from None
    _apply(document, edit)
    found = tomlkit.dumps(document)
    return mark + (found.replace("\n", "\r\n") if crlf else found)


def _apply(document: Any, edit: Edit) -> None:
    _HANDS[type(edit)](document, edit)


def _condition(document: Any, edit: Conditioned) -> None:
    table, key = (document, "fits") if edit.index is None else (document["adjust"][edit.index], "when")
    put(table, key, None if edit.condition is None else inline(canonical(edit.condition)), after="node")


def _rule(document: Any, edit: ScoringChange) -> None:
    table = _table(document, "scoring")
    if not isinstance(edit.value, Mapping) or edit.key not in table:
        put(table, edit.key, _value(edit.value), why=edit.why)
        return
    parts, one = table[edit.key], isinstance(table[edit.key], InlineTable)
    for name, part in edit.value.items():
        moved = name not in parts or not _same(parts[name], inline(part))
        put(parts, name, inline(part), why="" if one or not moved else edit.why)
    if one:
        _tell(table, edit.key, edit.why)


def _version(document: Any, edit: Versioned) -> None:
    put(document, "version", inline(edit.version), after="questionnaire")


def _state(document: Any, edit: Stated) -> None:
    put(_table(document, edit.table), edit.node, None if edit.value is None else inline(edit.value), why=edit.why)


def _adjust(document: Any, edit: Adjusted) -> None:
    if edit.index is None:
        _append(document, edit)
        return
    table = document["adjust"][edit.index]
    for key in ("factor", "target"):
        value = getattr(edit, key)
        before = "factor" if key == "target" and "factor" in table else "node"
        put(table, key, None if value is None else inline(value), after=before)
    _words(table, "why", edit.why)


def _argue(document: Any, edit: Argued) -> None:
    table = document["adjust"][edit.index]
    if edit.target_why:
        _words(table, "target_why", edit.target_why)
    elif edit.target_why is not None:
        put(table, "target_why", None)
    if edit.questions is not None:
        put(table, "questions", inline(list(edit.questions)) if edit.questions else None, after="why")


def _append(document: Any, edit: Adjusted) -> None:
    """Add an adjustment behind the others, set as the shipped files set them."""
    lines = [f'node = "{edit.node}"']
    lines += [
        f"{key} = {plain_number(value)}" for key in ("factor", "target") if (value := getattr(edit, key)) is not None
    ]
    lines += [f"why.{language} = {_quoted(said)}" for language, said in edit.why.items()]
    made = tomlkit.parse("[[adjust]]\n" + "\n".join(lines) + "\n")["adjust"]
    if "adjust" not in document:
        _end_with_blank(document)
        document.append("adjust", made)
        return
    entries = document["adjust"]
    _end_with_blank(entries[-1])
    entries.append(made[0])


def _end_with_blank(container: Any) -> None:
    """See to a blank line before what is added."""
    written = container.as_string()
    if written.strip():
        for _ in range(2 - len(written) + len(written.rstrip("\n"))):
            container.add(tomlkit.nl())


def _remove(document: Any, edit: Removed) -> None:
    del document["adjust"][edit.index]
    if not len(document["adjust"]):
        del document["adjust"]


def _band(document: Any, edit: Banded) -> None:
    bands = _table(document, "bands")
    if edit.id not in bands:
        bands[edit.id] = inline({"from": edit.from_, **edit.words})
        return
    put(bands[edit.id], "from", inline(edit.from_))
    for language, said in edit.words.items():
        if bands[edit.id].get(language) != said:
            bands[edit.id][language] = said


def _floor(document: Any, edit: Floored) -> None:
    floors = _table(document, "floors")
    if edit.id not in floors:
        lines = [f'node = "{edit.node}"', f"below = {plain_number(edit.below)}", f"cap = {plain_number(edit.cap)}"]
        lines += [f"why.{language} = {_quoted(said)}" for language, said in edit.why.items()]
        made = tomlkit.parse(f"[floors.{edit.id}]\n" + "\n".join(lines) + "\n")["floors"]
        floors[edit.id] = made[edit.id]
        return
    table = floors[edit.id]
    if table["node"] != edit.node:
        table["node"] = edit.node
    put(table, "below", inline(edit.below))
    put(table, "cap", inline(edit.cap))
    _words(table, "why", edit.why)


def _drop(document: Any, edit: Dropped) -> None:
    del document[edit.table][edit.id]
    if not document[edit.table]:
        del document[edit.table]


def _compare(document: Any, edit: PairsJudged) -> None:
    entry = edit.judgements
    made = tomlkit.parse(judgements_text(entry))["judgements"]
    if "judgements" not in document:
        _end_with_blank(document)
        document.append("judgements", made)
        return
    entries = document["judgements"]
    for index, held in enumerate(entries):
        if (held.get("of"), held.get("by", "")) == (entry.of, entry.by):
            del entries[index]
            break
    if len(entries):
        _end_with_blank(entries[-1])
    entries.append(made[0])


def _table(document: Any, name: str) -> Any:
    """Return a table of the file, a new one at its end where it has none."""
    if name not in document:
        _end_with_blank(document)
        document.append(name, tomlkit.table())
    return document[name]


def _words(table: Any, key: str, words: Text) -> None:
    """Set the words that differ, each language by itself."""
    if key not in table:
        table[key] = inline(dict(words))
        return
    for language, said in words.items():
        if table[key].get(language) != said:
            table[key][language] = said


def put(table: Any, key: str, value: Any, *, why: str = "", after: str = "") -> None:
    """Set a key, its comment kept, or replaced by a reason; None takes the key out."""
    if value is None:
        if key in table:
            del table[key]
        return
    if key not in table:
        _insert(table, after, key, value)
    elif not _same(table[key], value):
        trivia = _item(table, key).trivia
        table[key] = value
        made = _item(table, key).trivia
        made.comment_ws, made.comment = trivia.comment_ws, trivia.comment
    _tell(table, key, why)


def _tell(table: Any, key: str, why: str) -> None:
    """Write a reason as the comment of a key's line."""
    if why:
        item = _item(table, key)
        space = item.trivia.comment_ws
        item.comment(" ".join(why.split()))
        item.trivia.comment_ws = space or "    "


def _item(table: Any, key: str) -> Any:
    """Return a value with what is written around it; of truth values tomlkit itself gives the bare value."""
    inside = getattr(table, "value", table)
    return inside.item(key) if hasattr(inside, "item") else table[key]


def _insert(table: Any, after: str, key: str, value: Any) -> None:
    """Put a new key behind another one of a table, else at its end."""
    inside = getattr(table, "value", table)
    if after in table and hasattr(inside, "_insert_after"):
        inside._insert_after(after, key, value)
    else:
        table[key] = value


def _same(there: Any, value: Any) -> bool:
    """Return whether a value is the one that stands there already, so that 1.60 is not rewritten as 1.6."""
    if isinstance(there, bool) or not isinstance(there, int | float):
        return bool(there == value)
    return Decimal(there.as_string()) == Decimal(value.as_string())  # type: ignore[union-attr]


def _value(value: str | Decimal | Mapping[str, Decimal] | None) -> Any:
    return None if value is None else inline(dict(value) if isinstance(value, Mapping) else value)


def inline(value: Any) -> Any:
    """Make an item of a value, written on one line."""
    return tomlkit.parse(f"x = {_written(value)}\n")["x"]


def _written(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_number(value)
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case list() | tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
    return "{ " + ", ".join(f"{key} = {_written_in(key, part)}" for key, part in value.items()) + " }"


NUMBERS = ("at_least", "at_most", "score_at_least")
"""Keys of a condition whose values are numbers; plain data has them as texts."""


def _written_in(key: str, value: Any) -> str:
    return str(value) if key in NUMBERS else _written(value)


def _quoted(said: str) -> str:
    """Write a text in straight quotation marks on one line."""
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")


VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)\Z")


def raised(version: str, step: str) -> str:
    """Raise a version by a step: major, minor or patch; one of another form is given back."""
    found = VERSION.match(version)
    if found is None:
        return version
    place = ("major", "minor", "patch").index(step)
    numbers = [int(part) for part in found.groups()]
    return ".".join(map(str, [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)]))


_HANDS: Mapping[type, Callable[[Any, Any], None]] = {
    Stated: _state,
    Adjusted: _adjust,
    Argued: _argue,
    Conditioned: _condition,
    Removed: _remove,
    ScoringChange: _rule,
    Banded: _band,
    Floored: _floor,
    Dropped: _drop,
    PairsJudged: _compare,
    Versioned: _version,
}
