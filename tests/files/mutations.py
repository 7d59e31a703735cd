"""Mistakes to make in sound files, each with the code and the exact place it must be reported at.

A mutation changes the text line by line and knows its place from the text alone, not from the project's own scanner.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from tests.files.workspace import WORKSPACE, Lines


@dataclass(frozen=True)
class Mutation:
    """Lines from `first` (counted from 0) to before `last` are replaced by `new`.

    `place`: line and column (counted from 0) of the mistake; the line as it was counted before.
    """

    file: str
    first: int
    last: int
    new: tuple[str, ...]
    code: str
    place: tuple[int, int]

    def touches(self, other: "Mutation") -> bool:
        """Whether both change, or are reported at, the same table."""
        tables = [
            {table_of(change.file, change.first), table_of(change.file, change.place[0])} for change in (self, other)
        ]
        return self.file == other.file and bool(tables[0] & tables[1])


@dataclass
class Rows:
    """The lines of one file, with the table each belongs to."""

    name: str
    lines: Lines
    headers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        head = 0
        for number, line in enumerate(self.lines):
            head = number if HEADER.match(line) else head
            self.headers.append(head)

    def table(self, number: int) -> str:
        """The header above a line, without its brackets."""
        found = HEADER.match(self.lines[self.headers[number]])
        return found[1] if found else ""

    def header(self, number: int) -> tuple[int, int]:
        """The place of the last name in the header above a line."""
        line = self.lines[self.headers[number]]
        return self.headers[number], line.rindex(self.table(number).rpartition(".")[2])


HEADER = re.compile(r"\[{1,2}([\w.]+)\]{1,2}\s*(?:#.*)?$")
FILES = tuple(Rows(name, lines) for name, lines in WORKSPACE.items())


@cache
def table_of(file: str, line: int) -> int:
    headers = next(rows.headers for rows in FILES if rows.name == file)
    return headers[min(line, len(headers) - 1)]


def _replaced(rows: Rows, number: int, line: str, code: str, column: int) -> Mutation:
    return Mutation(rows.name, number, number + 1, (line,), code, (number, column))


def _at(pattern: str, change: str, code: str, *, table: str = "", group: int = 1) -> Callable[[], Iterator[Mutation]]:
    """Every line that fits a pattern, in tables whose header begins so; `change`: what a group is replaced by."""

    def find() -> Iterator[Mutation]:
        for rows in FILES:
            for number, line in enumerate(rows.lines):
                match = re.match(pattern, line)
                if match and rows.table(number).startswith(table):
                    start, end = match.span(group)
                    yield _replaced(rows, number, line[:start] + match.expand(change) + line[end:], code, start)

    return find


def _dropped(pattern: str, *, table: str) -> Callable[[], Iterator[Mutation]]:
    """A required key is left out: reported at the header of its table."""

    def find() -> Iterator[Mutation]:
        for rows in FILES:
            for number, line in enumerate(rows.lines):
                if re.match(pattern, line) and rows.table(number).startswith(table):
                    yield Mutation(rows.name, number, number + 1, (), "missing_key", rows.header(number))

    return find


def _reasons_dropped() -> Iterator[Mutation]:
    """An adjustment without a reason."""
    for rows in FILES:
        for _, block in groupby(range(len(rows.lines)), key=lambda number: rows.headers[number]):
            why = [number for number in block if rows.lines[number].startswith("why.")]
            if len(why) == 2 and why[1] == why[0] + 1 and rows.table(why[0]) == "adjust":
                yield Mutation(rows.name, why[0], why[1] + 1, (), "missing_key", rows.header(why[0]))


def _self_cycle() -> Iterator[Mutation]:
    """A question that is shown only where it is itself answered."""
    for rows in FILES:
        for number, line in enumerate(rows.lines):
            table = rows.table(number)
            block = [rows.lines[n] for n in range(len(rows.lines)) if rows.headers[n] == rows.headers[number]]
            conditional = any(re.match("show_if|na_when", other) for other in block)
            if table.startswith("questions.") and line.startswith("kind = ") and not conditional:
                opening = "show_if = { question = "
                added = f'{opening}"{table.removeprefix("questions.")}", answered = true }}'
                yield Mutation(rows.name, number, number, (added,), "condition_cycle", (number, len(opening)))


def _duplicate_key() -> Iterator[Mutation]:
    for rows in FILES:
        for number, line in enumerate(rows.lines):
            if re.match(r"(dimension|pillar|effort|horizon|node) = ", line):
                yield Mutation(rows.name, number + 1, number + 1, (line,), "duplicate_key", (number + 1, 0))


def _duplicate_id() -> Iterator[Mutation]:
    """A pillar's id is given to one more source-less fact, in the last questionnaire file."""
    ids = [rows.table(n).partition(".")[2] for rows in FILES for n in set(rows.headers) if "pillars." in rows.table(n)]
    last = next(rows for rows in reversed(FILES) if rows.name.startswith("questionnaires/"))
    for id in sorted(ids):
        end = len(last.lines)
        words = ('kind = "text"', 'text.en = "Words"', 'text.zh = "文字"')
        yield Mutation(last.name, end, end, (f"[facts.{id}]", *words), "duplicate_id", (end, len("[facts.")))


def _scale_standing() -> Iterator[Mutation]:
    """A point of a scale whose value does not rise above the one before."""
    for rows in FILES:
        for number, (line, following) in enumerate(zip(rows.lines, rows.lines[1:], strict=False)):
            point, other = (re.match(r"  \[([-\d.]+), ([-\d.]+)\],", text) for text in (line, following))
            if point and other and rows.table(number).startswith("questions."):
                new = f"  [{point[1]}, {other[2]}],"
                yield _replaced(rows, number + 1, new, "scale_disorder", 3)


def _one_text_for_all() -> Iterator[Mutation]:
    """A title written once, instead of once per language."""
    for rows in FILES:
        for number, (line, following) in enumerate(zip(rows.lines, rows.lines[1:], strict=False)):
            if line.startswith("title.en = ") and following.startswith("title.zh = "):
                new = ('title = "Title"',)
                yield Mutation(rows.name, number, number + 2, new, "wrong_type", (number, len("title = ")))


def _line_added(pattern: str, added: str, code: str, column: int) -> Callable[[], Iterator[Mutation]]:
    """A line is added behind every line that fits a pattern, and is itself at fault."""

    def find() -> Iterator[Mutation]:
        for rows in FILES:
            for number, line in enumerate(rows.lines):
                if re.match(pattern, line):
                    yield Mutation(rows.name, number + 1, number + 1, (added,), code, (number + 1, column))

    return find


WHEN = r"(?:when|suits|unsuits) = \{ fact = "

KINDS: Mapping[str, Callable[[], Iterator[Mutation]]] = {
    "a key misspelt: dimension": _at(r"(dimension) = ", "dimenson", "unknown_key", table="questions"),
    "a key misspelt: kind": _at(r"(kind) = ", "kinds", "unknown_key", table="questions"),
    "a key misspelt: sources": _at(r"(sources) = ", "souces", "unknown_key", table="questions"),
    "a key misspelt: node": _at(r"(node) = ", "nodes", "unknown_key", table="adjust"),
    "a table misspelt": _at(r"\[(checks)\.", "cheks", "unknown_key"),
    "a number as text": _at(r"(?:effort|when_below|evidence_from) = (\d+)$", r'"\1"', "wrong_type"),
    "a text as number": _at(r'(?:version|unit) = (".*?")', "5", "wrong_type"),
    "a truth as text": _at(r"(?:core|reference_year) = (true)", '"true"', "wrong_type"),
    "one text for all languages": _one_text_for_all,
    "kind left out": _dropped("kind = ", table="questions"),
    "dimension left out": _dropped("dimension = ", table="questions"),
    "effort left out": _dropped("effort = ", table="countermeasures"),
    "acts left out": _dropped("acts = ", table="countermeasures"),
    "node left out": _dropped("node = ", table="adjust"),
    "cap left out": _dropped("cap = ", table="floors"),
    "reason left out": _reasons_dropped,
    "blank Chinese": _at(r'\w+\.zh = ("(?!"").*")\s*$', '" "', "blank_text"),
    "Chinese under another code": _at(r"\w+\.(zh) = ", "cn", "undeclared_language"),
    "unknown dimension": _at(r'dimension = ("\w+")', '"nowhere"', "unknown_reference", table="questions"),
    "unknown pillar": _at(r'pillar = ("\w+")', '"nowhere"', "unknown_reference", table="dimensions"),
    "unknown source": _at(r'  ("paper#[\d.]+"),', '"papers"', "unknown_reference"),
    "unknown node": _at(r'node = ("\w+")', '"nowhere"', "unknown_reference", table="adjust"),
    "unknown fact": _at(WHEN + r'("\w+")', '"nowhere"', "unknown_reference"),
    "unknown prerequisite": _at(r'needs = \["?("\w+")', '"nowhere"', "unknown_reference", table="countermeasures"),
    "range swapped": _at(r"range = (\[([-\d.]+), ([-\d.]+)\])", r"[\3, \2]", "range_disorder", table="questions"),
    "usual beyond range": _at(r"usual = \[[-\d.]+, ([-\d.]+)\]", "99999999", "usual_outside", table="questions"),
    "not a number": _at(r"when_below = (\d+)", "nan", "not_finite"),
    "too much effort": _at(r"effort = (\d)", "9", "out_of_bounds"),
    "negative weight": _at(r"\w+ = (\d+)", r"-\1", "out_of_bounds", table="weights"),
    "share in percent": _at(r"minimum_coverage = ([\d.]+)", "50", "out_of_bounds", table="scoring"),
    "unknown kind": _at(r'kind = ("number")', '"numbr"', "unknown_word", table="questions"),
    "unknown horizon": _at(r'horizon = ("\w+")', '"soon"', "unknown_word"),
    "curly quotes": _at(r'title\.en = (".*")$', "“x”", "syntax"),
    "full-width equals sign": _at(r"dimension (=) ", "＝", "syntax"),
    "no quotes": _at(r'kind = ("\w+")', "text", "syntax", table="questions"),
    "an option that says not known": _at(WHEN + r'"\w+", is = ("\w+") \}', '"unsure"', "condition_never"),
    "an option that is not there": _at(WHEN + r'"\w+", is = ("\w+") \}', '"nowhere"', "condition_option"),
    "bands alike": _at(r"(?!emerging)\w+\s*= \{ from = (\d+)", "0", "bands_alike", table="bands"),
    "a question's target": _at(r"(innovation) = \d+", "rd_intensity", "target_on_question", table="targets"),
    "a cycle": _self_cycle,
    "a key twice": _duplicate_key,
    "an id twice": _duplicate_id,
    "a scale that stands": _scale_standing,
    "an answer that is no option": _at(r'value = ("\w+") # single', '"nowhere"', "bad_value"),
    "an answer out of range": _at(r'value = ("[-\d.]+") # number', '"1e9"', "bad_value"),
    "an answer of truth": _at(r"value = (\d) # level", "true", "wrong_type"),
    "not applicable without a reason": _line_added(r"value = .* # level", 'state = "na"', "na_without_reason", 8),
    "an answer to nothing": _at(r"\[answers\.(\w+)\]", "nowhere", "unknown_reference"),
    "an override of nothing": _at(r'node = ("innovation")', '"nowhere"', "unknown_reference", table="override"),
}


@cache
def mutations(kind: str) -> Sequence[Mutation]:
    return tuple(KINDS[kind]())


def applied(changes: Sequence[Mutation]) -> dict[str, list[str]]:
    """The files that change, with all changes made."""
    found: dict[str, list[str]] = {}
    for change in sorted(changes, key=lambda change: -change.first):
        lines = found.setdefault(change.file, list(WORKSPACE[change.file]))
        lines[change.first : change.last] = change.new
    return found


def reported(change: Mutation, changes: Sequence[Mutation]) -> tuple[str, int, int, str]:
    """File, line and column (counted from 1) at which a change must be reported, all changes made, and its code."""
    line, column = change.place
    moved = sum(
        len(other.new) - (other.last - other.first)
        for other in changes
        if other.file == change.file and other is not change and other.first <= line
    )
    return change.file, line + moved + 1, column + 1, change.code
