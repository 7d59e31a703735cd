"""The changes an editor makes to a rubric's text. Without a change not a byte moves.

`tomlkit` keeps what it is not asked to change; line ends and a byte-order mark are put back as they were. Numbers are
written as they were typed.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Comment, InlineTable, Null, Table, Whitespace

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

    def apply(self, document: Any) -> None:
        """Write, replace or take out the line of the node."""
        value = None if self.value is None else inline(self.value)
        put(_table(document, self.table), self.node, value)
        _argue(document, self.table, self.node, self.why)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An adjustment of a profile: at `index`, or a new one where that is None. None as factor or target: not stated."""

    node: str
    factor: Decimal | None
    target: Decimal | None
    why: Text
    index: int | None = None

    def apply(self, document: Any) -> None:
        """Revise the entry, or add one behind the others, set as the shipped files set them."""
        if self.index is not None:
            table = document["adjust"][self.index]
            for key, value in (("factor", self.factor), ("target", self.target)):
                before = "factor" if key == "target" and "factor" in table else "node"
                put(table, key, None if value is None else inline(value), after=before)
            _words(table, "why", self.why)
            return
        lines = [f'node = "{self.node}"']
        lines += [
            f"{key} = {plain_number(value)}"
            for key, value in (("factor", self.factor), ("target", self.target))
            if value is not None
        ]
        lines += [f"why.{language} = {_quoted(said)}" for language, said in self.why.items()]
        _add_entry(document, "adjust", "\n".join(["[[adjust]]", *lines, ""]))


@dataclass(frozen=True, slots=True)
class Argued:
    """What an adjustment argues besides: why its target lies there, and which questions its reason speaks of.

    None leaves a key as it is; empty, it is taken out.
    """

    index: int
    target_why: Text | None = None
    questions: tuple[str, ...] | None = None

    def apply(self, document: Any) -> None:
        """Write, replace or take out the two keys of the entry."""
        table = document["adjust"][self.index]
        if self.target_why:
            _words(table, "target_why", self.target_why)
        elif self.target_why is not None:
            put(table, "target_why", None)
        if self.questions is not None:
            put(table, "questions", inline(list(self.questions)) if self.questions else None, after="why")


@dataclass(frozen=True, slots=True)
class Conditioned:
    """The condition of an adjustment (`index`), or of the whole profile (`fits`, index None); None takes it away."""

    index: int | None
    condition: AnyCondition | None

    def apply(self, document: Any) -> None:
        """Write, replace or take out the condition."""
        table, key = (document, "fits") if self.index is None else (document["adjust"][self.index], "when")
        put(table, key, None if self.condition is None else inline(canonical(self.condition)), after="node")


@dataclass(frozen=True, slots=True)
class Removed:
    """An adjustment taken out; the comments above it, and those above what follows it, are left where they are."""

    index: int

    def apply(self, document: Any) -> None:
        """Take the entry out, and the list with its last entry."""
        take_entry(document, "adjust", self.index)


@dataclass(frozen=True, slots=True)
class ScoringChange:
    """A key of `[scoring]`: a word, a number, or the spread by confidence; None takes it out."""

    key: str
    value: str | Decimal | Mapping[str, Decimal] | None
    why: str = ""

    def apply(self, document: Any) -> None:
        """Write, replace or take out the key; of a spread that is there, only the parts that moved."""
        table = _table(document, "scoring")
        if not isinstance(self.value, Mapping) or self.key not in table:
            stated = dict(self.value) if isinstance(self.value, Mapping) else self.value
            put(table, self.key, None if stated is None else inline(stated))
            _argue(document, "scoring", self.key, self.why)
            return
        parts, one_line = table[self.key], isinstance(table[self.key], InlineTable)
        for name, part in self.value.items():
            moved = name not in parts or not _same(parts[name], inline(part))
            put(parts, name, inline(part))
            if moved and not one_line:
                _tell(parts, name, self.why)
        if one_line:
            _argue(document, "scoring", self.key, self.why)


@dataclass(frozen=True, slots=True)
class Banded:
    """Where a band begins, and its words."""

    id: str
    from_: Decimal
    words: Text

    def apply(self, document: Any) -> None:
        """Revise the band, or add it."""
        bands = _table(document, "bands")
        if self.id not in bands:
            bands[self.id] = inline({"from": self.from_, **self.words})
            return
        put(bands[self.id], "from", inline(self.from_))
        say(bands[self.id], self.words)


@dataclass(frozen=True, slots=True)
class Floored:
    """A floor: where a node scores below a line the overall is capped, and why."""

    id: str
    node: str
    below: Decimal
    cap: Decimal
    why: Text

    def apply(self, document: Any) -> None:
        """Revise the floor, or add it under a header of its own."""
        floors = _table(document, "floors")
        if self.id not in floors and any(not _is_headed(floors, id) for id in floors):  # in the way of its neighbours
            stated = {"node": self.node, "below": self.below, "cap": self.cap, "why": dict(self.why)}
            floors[self.id] = inline(stated)
            return
        if self.id not in floors:
            lines = [f'node = "{self.node}"', f"below = {plain_number(self.below)}", f"cap = {plain_number(self.cap)}"]
            lines += [f"why.{language} = {_quoted(said)}" for language, said in self.why.items()]
            made = tomlkit.parse("\n".join([f"[floors.{self.id}]", *lines, ""]))["floors"]
            floors[self.id] = made[self.id]
            return
        table = floors[self.id]
        if table["node"] != self.node:
            table["node"] = self.node
        put(table, "below", inline(self.below))
        put(table, "cap", inline(self.cap))
        _words(table, "why", self.why)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A band or floor taken out (`table`: bands, floors)."""

    table: str
    id: str

    def apply(self, document: Any) -> None:
        """Take it out, and its table with the last of its entries."""
        if len(document[self.table]) > 1:
            _take_out(document[self.table], self.id)
        else:
            _take_out(document, self.table)


@dataclass(frozen=True, slots=True)
class Versioned:
    """Another version number."""

    version: str

    def apply(self, document: Any) -> None:
        """Write the number where it stands, else behind the questionnaire's id."""
        put(document, "version", inline(self.version), after="questionnaire")


@dataclass(frozen=True, slots=True)
class PairsJudged:
    """One expert's judgements of pairs, in place of those of the same expert on the same whole."""

    judgements: Judgements

    def apply(self, document: Any) -> None:
        """Take the expert's earlier judgements out and add these behind all others."""
        new, held = self.judgements, document.get("judgements", ())
        for index, entry in enumerate(held):
            if (entry.get("of"), entry.get("by", "")) == (new.of, new.by):
                take_entry(document, "judgements", index)
                break
        _add_entry(document, "judgements", judgements_text(new))


@dataclass(frozen=True, slots=True)
class Together:
    """Several weights and targets of a baseline as one change."""

    stated: tuple[Stated, ...]

    def apply(self, document: Any) -> None:
        """Make them one after the other."""
        for one in self.stated:
            one.apply(document)


Edit = (
    Stated
    | Together
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


class TextChange(Protocol):
    """What changes a file: it moves its own place in the document that tomlkit made of the text."""

    def apply(self, document: Any) -> None:
        """Make the change."""


def edited(words: str, change: TextChange, finish: Callable[[str], str] = str) -> str:
    """Return the text with one change made in it; raises `NotEditable` where it is no sound TOML.

    `finish`: what else happens to the text, its line ends being plain.
    """
    mark, bare = (BOM, words[1:]) if words.startswith(BOM) else ("", words)
    crlf = "\r\n" in bare and "\n" not in bare.replace("\r\n", "")
    plain = bare.replace("\r\n", "\n") if crlf else bare
    ended = plain if plain.endswith("\n") else f"{plain}\n"  # for what is added behind the last line
    try:
        document = tomlkit.parse(ended)
    except TOMLKitError:
        raise NotEditable from None
    change.apply(document)
    found = finish(tomlkit.dumps(document))
    if found == ended:
        return words
    return mark + (found.replace("\n", "\r\n") if crlf else found)


def _add_entry(document: Any, name: str, written: str) -> None:
    """Add an entry, written with its `[[header]]`, behind the last of its list, or as a new list at the end."""
    made = tomlkit.parse(written)[name]
    if name not in document:
        _end_with_blank(document)
        document.append(name, made)
        return
    entries = document[name]
    if not isinstance(entries, AoT):  # adjust = [ { … } ]
        entries.append(inline(tomllib.loads(written, parse_float=Decimal)[name][0]))
        return
    if len(entries):
        _end_with_blank(entries[-1])
    entries.append(made[0])


def _take_out(container: Any, key: str) -> None:
    """Take a key out of a table; the comments above what follows it stay where they are."""
    if isinstance(container, OutOfOrderTableProxy):  # its parts stand apart: with others between, or as dotted lines
        for part in [part for part in container._tables if key in part]:
            _take_out(part, key)
        return
    comments = _behind(container[key])
    if not comments:
        del container[key]
        return
    body = (container.value if isinstance(container, Table) else container).body
    place = next(place for place, (name, _item) in enumerate(body) if name is not None and name.key == key)
    del container[key]
    body[place] = (None, Whitespace(comments))


def take_entry(table: Any, name: str, index: int) -> None:
    """Take an entry out of a list, and the list with its last one; the comments above what follows stay."""
    entries = table[name]
    if len(entries) == 1:
        _take_out(table, name)
        return
    comments = _behind(entries[index])
    del entries[index]
    if comments and index < len(entries):
        entries[index].trivia.indent = comments + entries[index].trivia.indent
    elif comments:
        entries[-1].value.body.append((None, Whitespace(comments)))


def _behind(item: Any) -> str:
    """Return the comments behind the last key of a table: they stand above what follows it, and speak of that."""
    if isinstance(item, AoT):
        return _behind(item[-1])
    if not isinstance(item, Table):
        return ""
    parts: list[Any] = []
    for name, part in reversed(item.value.body):
        if name is not None and not isinstance(part, Null):
            return _behind(part) + _from_comment(parts)
        parts.insert(0, part)
    return _from_comment(parts)


def _from_comment(parts: list[Any]) -> str:
    first = next((place for place, part in enumerate(parts) if isinstance(part, Comment)), len(parts))
    return "".join(part.as_string() for part in parts[first:])


def _end_with_blank(container: Any) -> None:
    """See to a blank line before what is added."""
    written = container.as_string()
    if written.strip():
        for _ in range(2 - len(written) + len(written.rstrip("\n"))):
            container.add(tomlkit.nl())


def _table(document: Any, name: str) -> Any:
    """Return a table of the file, a new one at its end where it has none."""
    if name not in document:
        _end_with_blank(document)
        document.append(name, tomlkit.table())
    return document[name]


def _words(table: Any, key: str, words: Text) -> None:
    """Set the words that differ, each language by itself."""
    if key not in table:
        put(table, key, inline(dict(words)))
    else:
        say(table[key], words)


def say(there: Any, words: Mapping[str, str]) -> None:
    """Set each language whose words differ."""
    for language, said in words.items():
        if there.get(language) != said:
            there[language] = said


def put(table: Any, key: str, value: Any, *, after: str = "") -> None:
    """Set a key, its comment kept; None takes the key out."""
    if value is None:
        if key in table:
            _take_out(table, key)
        return
    if key not in table:
        inside = getattr(table, "value", table)
        # Not behind the comments above what follows the table, nor under the header of a table in it.
        if (after not in table or _is_headed(table, after)) and isinstance(table, Table):
            after = next((name for name in reversed([*table]) if not isinstance(table[name], Table | AoT)), after)
        if after in table and hasattr(inside, "_insert_after"):
            inside._insert_after(after, key, value)
        else:
            table[key] = value
    elif _same(table[key], value):
        return
    elif _is_headed(table, key) or not hasattr(_item(table, key), "trivia"):  # a table, or several dotted lines
        _take_out(table, key)
        put(table, key, value, after=after)
    else:
        trivia = _item(table, key).trivia
        table[key] = value
        made = _item(table, key).trivia
        made.comment_ws, made.comment = trivia.comment_ws, trivia.comment


def _is_headed(table: Any, key: str) -> bool:
    """Return whether what stands at a key has a header of its own, and is no line with a value or dotted key."""
    if not isinstance(table[key], Table | AoT):
        return False
    body = getattr(getattr(table, "value", table), "body", ())  # none of a table whose parts stand apart
    return not any(name is not None and name.key == key and name.is_dotted() for name, _item in body)


def _argue(document: Any, name: str, key: str, why: str) -> None:
    """Write a reason as the comment of a key's line; of a table in braces behind what is said of its other keys."""
    table = document.get(name, {})
    if isinstance(table, InlineTable) and why:
        said = _item(document, name).trivia.comment.removeprefix("#").strip()
        others = [part for part in said.split("; ") if part and not part.startswith(f"{key}: ")]
        _tell(document, name, "; ".join([*others, f"{key}: {why}"]))
    elif key in table:
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


def _same(there: Any, value: Any) -> bool:
    """Return whether a value is the one that stands there already, so that 1.60 is not rewritten as 1.6."""
    if isinstance(there, bool) or not isinstance(there, int | float):
        return bool(there == value)
    return Decimal(there.as_string()) == Decimal(value.as_string())  # type: ignore[union-attr]


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
        case _:
            parts = (f"{key} = {part if key in NUMBERS else _written(part)}" for key, part in value.items())
            return "{ " + ", ".join(parts) + " }"


NUMBERS = ("at_least", "at_most", "score_at_least")
"""Keys of a condition whose values are numbers; plain data has them as texts."""


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
