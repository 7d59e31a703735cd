"""Where a key or value stands: in any layout of TOML the scanner agrees with the standard reader."""

import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.files.document import Document, read_document
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.files.positions import Place, locate
from nqpf_assess.files.schema_nodes import at
from tests.files.examples import FOLDER
from tests.files.workspace import WORKSPACE
from tests.support.scored import tries

HARMLESS = st.sampled_from(["", "plain", "# no comment", "] } , =", "[a.b]", "x = 1", "维度", "tab\\t", "it is"])
GAP = st.sampled_from(["", " ", "\n", '  # note ] } "\n  ', "\n\n\t"])


class Writer:
    """Writes TOML in a layout that is drawn, and notes for every path what stands at its key and at its value."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.numbers = draw, count()
        self.expected: dict[Keys, tuple[str, str]] = {}

    def key(self) -> tuple[str, str]:
        """A key of its own, and how it is spelt."""
        name = f"k{next(self.numbers)}"
        return name, self.draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))

    def scalar(self) -> str:
        """A value that stands nowhere else."""
        number, words = next(self.numbers), self.draw(HARMLESS)
        forms = (f"{number}_000", f"{number}.5e3", f"0x{number:x}ff", f'"{number}{words}"', f"'{number}{words}'")
        many = (
            f'"""{number}{words}\n"quoted"\n{words}"""',
            f"'''{number}{words}\n''\n{words}'''",
            f'"""{number}""a"""""',
        )
        moments = (f"2024-05-27T07:32:00.{number:06}Z", f"2024-05-27 07:32:00.{number:06}", f"07:32:00.{number:06}")
        return self.draw(st.sampled_from([*forms, *many, *moments]))

    def value(self, path: Keys, depth: int) -> str:
        kind = self.draw(st.sampled_from(["scalar", "list", "table"] if depth else ["scalar"]))
        if kind == "list":
            gap = lambda: self.draw(GAP)  # noqa: E731
            inside = [self.noted((*path, n), None, depth - 1) for n in range(self.draw(st.integers(0, 3)))]
            comma = "," if inside and self.draw(st.booleans()) else ""
            return f"[{gap()}" + f"{gap()},{gap()}".join(inside) + f"{gap()}{comma}{gap()}]"
        if kind == "table":
            return "{ " + " , ".join(self.pair(path, depth - 1) for _ in range(self.draw(st.integers(0, 3)))) + " }"
        return self.scalar()

    def noted(self, path: Keys, spelt: str | None, depth: int) -> str:
        written = self.value(path, depth)
        self.expected[path] = (written[:1] if spelt is None else spelt, written[:12].split("\n")[0])
        return written

    def pair(self, table: Keys, depth: int) -> str:
        """`key = value`, the key perhaps with dots."""
        parts = [self.key() for _ in range(self.draw(st.integers(1, 3)))]
        path = (*table, *(name for name, _ in parts))
        return " . ".join(spelt for _, spelt in parts) + " = " + self.noted(path, parts[-1][1], depth)

    def table(self, path: Keys) -> str:
        lines = [self.pair(path, 2) for _ in range(self.draw(st.integers(0, 3)))]
        return "\n".join(["", *lines, ""])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Keys, tuple[str, str]]]:
    """A TOML text with tables, lists of tables with tables in them, in LF or CRLF; and what stands where."""
    writer = Writer(draw)
    text = writer.table(())
    for _ in range(draw(st.integers(0, 3))):
        (outer, spelt), (inner, spelt_inner) = writer.key(), writer.key()
        if draw(st.booleans()):
            text += f"[ {spelt} . {spelt_inner} ] # table" + writer.table((outer, inner))
            writer.expected[(outer, inner)] = (spelt_inner, spelt_inner)
            continue
        for index in range(draw(st.integers(1, 3))):
            text += f"[[{spelt}]]" + writer.table((outer, index))
            writer.expected[(outer, index)] = (spelt, spelt)
            text += f"[{spelt}.{spelt_inner}]" + writer.table((outer, index, inner))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), writer.expected


@tries(300)
@given(documents())
def test_every_key_and_value_is_found_where_it_stands(drawn: tuple[str, dict[Keys, tuple[str, str]]]) -> None:
    """In tables, dotted keys, braces, lists over several lines, texts of every kind."""
    text, expected = drawn
    data, lines = tomllib.loads(text), text.split("\n")
    spots = locate(text, list(expected))
    for path, (key, value) in expected.items():
        assert at(data, path) is not None
        assert _at(lines, spots[path].key).startswith(key)
        assert _at(lines, spots[path].value).startswith(value)


def _at(lines: list[str], place: Place) -> str:
    return lines[place.line - 1][place.column - 1 :]


def paths_in(data: object, path: Keys = ()) -> Iterator[Keys]:
    if path:
        yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from paths_in(value, (*path, key))


@pytest.mark.parametrize(
    "name", [*WORKSPACE, *(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("sound/**/*.toml"))]
)
def test_every_path_of_a_real_file_has_a_place(name: str) -> None:
    """The reader, asked to read a text with a mistake put there, names the same place."""
    lines = WORKSPACE[name] if name in WORKSPACE else (FOLDER / name).read_text(encoding="utf-8").split("\n")
    text = "\n".join(lines)
    data = tomllib.loads(text)
    paths = list(paths_in(data))
    spots = locate(text, paths)
    assert set(spots) == set(paths)
    scalars = [path for path in paths if not isinstance(at(data, path), dict | list)]
    for path in scalars[:: max(1, len(scalars) // 25)]:
        place = spots[path].value
        broken = list(lines)
        broken[place.line - 1] = (
            broken[place.line - 1][: place.column - 1] + "?" + broken[place.line - 1][place.column - 1 :]
        )
        with pytest.raises(
            tomllib.TOMLDecodeError, match=rf"Invalid value \(at line {place.line}, column {place.column}\)"
        ):
            tomllib.loads("\n".join(broken))


SYNTAX = {
    "id = “small”\n": [(1, 6, "syntax")],
    'id = "small”\n': [(1, 12, "syntax")],
    'id = "small\nversion = “1”\n': [(1, 6, "syntax"), (2, 11, "syntax")],
    "id = 'small\nversion = 1\n": [(1, 6, "syntax")],
    'id ＝ "small"\nversion：= "1"\n': [(1, 4, "syntax"), (2, 8, "syntax")],
    '［pillars.a］\ntitle = "x"\n': [(1, 1, "syntax")],
    "[pillars.a\ntitle = 1\n": [(1, 11, "syntax")],
    "[[adjust]\nnode = 1\n": [(1, 9, "syntax")],
    "list = [1, 2\n\n[table]\nx = [1 2]\n": [(1, 8, "syntax"), (4, 8, "syntax")],
    "list = [1, [2, 3\n": [(1, 12, "syntax")],
    "list = [\n  [0, 0],\n  [1， 2],\n  [3, “4”],\n]\nx = ?\n": [(3, 5, "syntax"), (4, 7, "syntax"), (6, 5, "syntax")],
    "a = { b = 1, c = 2\nd = { e = 1, }\nf = { g = 1,\n h = 2 }\n": [
        (1, 19, "syntax"),
        (2, 14, "syntax"),
        (3, 13, "syntax"),
    ],
    "a = 1\na = 2\n[a]\nb = 1\n": [(2, 1, "duplicate_key"), (3, 2, "duplicate_key")],
    "a.b = 1\na = 2\n": [(2, 1, "duplicate_key")],
    "a = 1\na.b = 2\n": [(2, 1, "duplicate_key")],
    "a = { b = 1, c = 2, b = 3 }\n": [(1, 21, "duplicate_key")],
    "[t]\nx = 1\n[u]\n[t]\nx = 2\n": [(4, 2, "duplicate_key")],
    "[[t]]\nx = 1\nx = 2\n[[t]]\nx = 3\n": [(3, 1, "duplicate_key")],
    "options.a = { en = 1 }\noptions.a = { en = 1 }\n": [(2, 9, "duplicate_key")],
    'a = "\\q"\nb = "\\u12"\n': [(1, 6, "syntax"), (2, 6, "syntax")],
    "a = 1 2\nb = 5%\nc = yes\n": [(1, 7, "syntax"), (2, 6, "syntax"), (3, 5, "syntax")],
    'a = """never\nclosed\nb = 1\n': [(1, 5, "syntax")],
    "hello world\n= 1\n": [(1, 7, "syntax"), (2, 1, "syntax")],
    "a = 2024-13-01\nb = 2024-02-30\n": [(1, 9, "syntax"), (2, 5, "syntax")],
    'a = {\n  b = 1,\n  c = "x",\n}\nd = ?\n': [(1, 6, "syntax"), (5, 5, "syntax")],
    "\u00a0a = 1\nb =\u00a02\n": [(1, 1, "syntax"), (2, 4, "syntax")],
}


@pytest.mark.parametrize("text", SYNTAX)
def test_every_syntax_error_of_a_text_is_found_at_what_is_to_be_mended(text: str) -> None:
    """All in one run, with no follow-up."""
    document: Document = read_document("x.toml", text.encode())
    assert [(*fault.place, fault.code) for fault in document.faults] == SYNTAX[text]


def test_what_follows_a_syntax_error_is_still_read() -> None:
    """The faulty statement is lost, and known to be; all others are there."""
    text = "a = 1\nb = “x”\n[t]\nc = [\n  1,\n  “2”,\n]\nd = 4\n[u\ne = 5\n[v]\nf = 6\n"
    document = read_document("x.toml", text.encode())
    kept = {key: value for key, value in document.data.items() if not key.startswith("faulty")}
    assert kept == {"a": 1, "t": {"c": [1], "d": 4}, "v": {"f": 6}}
    assert {("b",), ("t", "c"), ()} <= document.lost


def test_the_reader_of_this_python_says_nothing_that_is_not_put_in_words() -> None:
    """Every complaint of the standard reader has words of ours; a new Python may bring new ones."""
    import re

    from nqpf_assess.files.rules.reading import ROWS

    source = Path(tomllib._parser.__file__).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    said = re.findall(
        r'(?:suffixed_err\(\s*src, (?:new_)?pos, |TOMLDecodeError\(\s*)f?"((?!{msg})(?:[^"\\]|\\.)*)"', source
    )
    twice = ("Cannot", "Duplicate")
    known = tuple(start for start, _, _ in ROWS)
    assert len(said) > 15
    assert [words for words in said if not words.startswith((*twice, *known, "Expected {expect"))] == []
