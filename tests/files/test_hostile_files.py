"""Whatever stands in a file, or in place of one: problems or a sentence come back, never a traceback."""

import os
import re
import shutil
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nqpf_assess.cli.main import run
from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.problem import Problem, errors
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.files.examples import FOLDER, refusing
from tests.files.workspace import WORKSPACE
from tests.support.scored import tries

SOUND = FOLDER / "sound"
LINE = re.compile(r"[^\n]+:\d+:\d+: (error|warning|notice) [a-z_]+: [^\n]+\n    [^\n]+\Z")
HEADS = {
    kind: f'format = "nqpf-{kind}/1"\n'.encode() + rest.encode()
    for kind, rest in {
        "questionnaire": 'id = "x"\nversion = "1"\nsubject = "region"\nlanguages = ["en"]\ntitle.en = "X"\n',
        "weights": 'id = "x"\nquestionnaire = "small"\nversion = "1"\nname = { en = "X", zh = "X" }\n',
        "answers": 'questionnaire = { id = "small", version = "1" }\nweights = { id = "valley", version = "1" }\n',
    }.items()
}


def looked_at(data: bytes, name: str = "x.toml") -> tuple[Problem, ...]:
    """What `check` says of a file with these bytes; every row must be a line and a hint, in both languages."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        found = check(Library((Root("content", SOUND),)), [path])
    for problem in found:
        assert LINE.match(problem.told("en")), problem.told("en")
        assert problem.message["zh"].strip()
        assert problem.line >= 1
        assert problem.column >= 1
    return found


@tries(150)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"\x00" * 64)
@example(b'format = "nqpf-questionnaire/1')
@example(b"'''")
@example(b'"""')
def test_random_bytes(data: bytes) -> None:
    """Bytes of any kind, alone and behind the head of each format, are told of."""
    assert len(looked_at(data)) > 0
    for head in HEADS.values():
        looked_at(head + data)


PIECES = (
    *(
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "\n",
        "\n\n",
        " ",
        "#",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "“",
        "＝",
        "，",
    ),
    *("a", "b", "1", "0x1", "1e999", "nan", "-inf", "true", "2024-01-01", "12:00:00", "\r\n", "\t", "\x00", "é", "维"),
    *("text.en", "questions", "options", "show_if", "kind", "levels", '"level"', "all", "not", "fact", "[questions.a]"),
)


@tries(150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_random_pieces_of_toml(words: str) -> None:
    """Pieces of TOML in any order."""
    for head in HEADS.values():
        looked_at(head + words.encode())


class Raw(str):
    """A piece of TOML as it stands in the file."""


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.sampled_from(
        ["nan", "inf", "1e400", "1e-400", "1e99999999999999999999", "0x" + "f" * 5000, "2024-05-27", "07:32:00"]
    ).map(Raw),
    st.text(max_size=8),
)
WORDS = """id version subject languages title sources facts questions pillars dimensions checks weights targets
bands floors adjust scoring options levels range scale usual kind text dimension pillar show_if all
any not fact question is one_of at_least answered en zh score from node below cap why when answers
override plan value state year evidence at questionnaire based_on fits x <level> [key]"""
KEYS = st.sampled_from(["", *WORDS.split()])
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=25
)


MODELS: dict[str, type[Frozen]] = {"questionnaire": Questionnaire, "weights": Weights, "answers": Answers}


def toml_of(value: object) -> str:
    """Write a value inline."""
    if isinstance(value, Raw):
        return value
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in value) + '"'
        case list():
            return "[" + ", ".join(map(toml_of, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{toml_of(key)} = {toml_of(part)}" for key, part in value.items()) + "}"
    raise AssertionError(value)


@tries(150)
@given(st.sampled_from(sorted(HEADS)), st.dictionaries(KEYS, TREES, max_size=5))
def test_valid_toml_of_the_wrong_shape(kind: str, content: dict[str, object]) -> None:
    """Any types at any key are told of: what the models would refuse is never passed over."""
    lines = [f"{toml_of(key)} = {toml_of(value)}" for key, value in content.items()]
    text = f'format = "nqpf-{kind}/1"\n' + "\n".join(lines) + "\n"
    found = looked_at(text.encode())
    assert errors(found) or _accepted(kind, text)


def _accepted(kind: str, text: str) -> bool:
    """Whether the model takes a file as it is."""
    try:
        MODELS[kind].model_validate(tomllib.loads(text, parse_float=Decimal))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", sorted(WORKSPACE)[::3])
def test_truncated_files(name: str) -> None:
    """A shipped file cut off anywhere is told of; cut in the middle of a character, that is said."""
    data = "\n".join(WORKSPACE[name]).encode()
    cuts = range(0, len(data), 997 * (1 + len(data) // 20_000))
    assert len(cuts) > 1
    for cut in cuts:
        looked_at(data[:cut])


DEEP = {
    "brackets never closed": b"x = " + b"[" * 100_000,
    "brackets closed": b"x = " + b"[" * 300 + b"]" * 300,
    "braces": b"x = " + b"{ a = " * 300 + b"1" + b" }" * 300,
    "dotted keys": b"x" + b".x" * 50_000 + b" = 1",
    "a dotted table": b"[x" + b".x" * 5_000 + b"]",
    "conditions": b"[checks.a]\nwhen = " + b"{ not = " * 200 + b'{ fact = "zone", na = true }' + b" }" * 200,
    "dotted conditions": b"[checks.a]\nwhen" + b".not" * 5_000 + b'.fact = "zone"',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)
def test_deep_nesting(head: bytes, deep: bytes) -> None:
    """Brackets, braces, dotted keys and conditions of any depth."""
    assert "too_deep" in {problem.code for problem in looked_at(head + deep)}


NUMBERS = {
    "digits": ("9" * 5000, "syntax"),
    "decimals": ("0." + "9" * 5000, "out_of_bounds"),
    "hexadecimal": ("0x" + "f" * 5000, "not_finite"),
    "a huge exponent": ("1e400", "not_finite"),
    "a monstrous exponent": ("1e999999999999999999999", "not_finite"),
    "a tiny number": ("1e-400", "not_finite"),
    "nan": ("nan", "not_finite"),
    "inf": ("-inf", "not_finite"),
    "true": ("true", "wrong_type"),
    "a date": ("2024-05-27", "wrong_type"),
    "a time": ("07:32:00", "wrong_type"),
    "a text": ('"1"', "wrong_type"),
    "a list": ("[1]", "wrong_type"),
    "a table": ("{ a = 1 }", "wrong_type"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_that_are_none(name: str) -> None:
    """What cannot be a share is refused at its place."""
    number, code = NUMBERS[name]
    text = HEADS["weights"].decode() + "[scoring]\noverlap = " + (number if name != "decimals" else "9" + number) + "\n"
    [problem] = looked_at(text.encode())
    assert (problem.code, problem.line, problem.column) == (code, text.count("\n"), len("overlap = ") + 1)


@pytest.mark.parametrize("number", [number for number, _ in NUMBERS.values()])
def test_answers_that_are_no_figures(number: str) -> None:
    """The same in an answer."""
    head = HEADS["answers"].decode()
    found = looked_at(f"{head}[answers.spending]\nvalue = {number}\n".encode())
    here = {problem.code for problem in found if problem.line == head.count("\n") + 2}
    assert here <= {"bad_value", "syntax", "wrong_type", "unusual"}
    assert here or number in ('"1"', NUMBERS["decimals"][0])


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_line_endings_and_tabs_move_no_place(ending: str, mark: bytes) -> None:
    """A byte-order mark is no column; CRLF ends a line once; a tab is one character."""
    text = HEADS["weights"].decode() + "[weights]\n\tresearch\t=\t-1\n"
    [problem] = looked_at(mark + text.replace("\n", ending).encode())
    assert (problem.code, problem.line, problem.column) == (
        "out_of_bounds",
        text.count("\n"),
        len("\tresearch\t=\t") + 1,
    )


def test_encodings_are_named_only_where_they_are_likely() -> None:
    """GBK and UTF-16 are named; other encodings, and UTF-8 cut off in a character, are not taken for them."""
    chinese, french = 'title = "新质生产力自评"\n', 'title = "Montréal, Orléans"\n'
    told = {
        "gbk": looked_at(chinese.encode("gbk")),
        "utf-16": looked_at(chinese.encode("utf-16")),
        "utf-16-le": looked_at(('format = "nqpf-weights/1"\n' + chinese).encode("utf-16-le")),
        "latin-1": looked_at(french.encode("latin-1")),
        "cut": looked_at(chinese.encode()[:-4]),
    }
    seems = {name: found[0].message["en"].partition("UTF-8")[2] for name, found in told.items()}
    assert {len(found) for found in told.values()} == {1}
    assert seems["gbk"] == "; it looks like GBK"
    assert seems["utf-16"] == seems["utf-16-le"] == "; it looks like UTF-16"
    assert (seems["latin-1"], seems["cut"]) == ("", "; it ends in the middle of a character")


def test_the_place_of_a_wrong_byte_is_exact() -> None:
    """Line and column of the first byte that is not UTF-8, behind a byte-order mark too."""
    for mark in (b"", b"\xef\xbb\xbf"):
        [problem] = looked_at(mark + "# 一\na = 维".encode() + b"\xff\n")
        assert (problem.line, problem.column) == (2, 6)


# ---- what stands in place of a file


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound instruments of the examples, in the current folder."""
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("sibling.toml"))
    (tmp_path / "samples").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(*paths: str) -> list[tuple[str, str]]:
    found = check(Library((Root("workspace", Path()),)), [Path(path) for path in paths or (".",)])
    assert all(LINE.match(problem.told("en")) for problem in found)
    return [(problem.source, problem.code) for problem in found]


PLACES = ("questionnaires/y.toml", "weights/small/y.toml", "samples/y.toml", "y.toml")
MAKERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder of that name": (Path.mkdir, ""),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), "missing_file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "unreadable"),
}


@pytest.mark.parametrize("what", MAKERS)
def test_what_is_no_file(workspace: Path, what: str) -> None:
    """A link that leads nowhere is a row of its own; a folder called like a file is left aside."""
    make, code = MAKERS[what]
    for place in PLACES:
        make(workspace / place)
    expected = [(place, code) for place in sorted(PLACES)] if code else [("questionnaires/y.toml", "empty_folder")]
    assert rows() == expected


def test_links_to_folders_are_not_followed_round_and_round(workspace: Path) -> None:
    """A folder that links to itself is looked at once."""
    for place in ("weights/loop", "samples/loop", "weights/small/loop"):
        (workspace / place).symlink_to(workspace)
    assert rows() == rows("weights") == []


def test_a_file_the_machine_refuses_does_not_keep_the_others_from_being_checked(workspace: Path) -> None:
    """It is one row; the faulty file beside it is told of as ever."""
    for folder in ("weights/small", "samples"):
        (workspace / folder / "secret.toml").write_text("x = 1\n")
    (workspace / "weights/small/faulty.toml").write_text("format = “\n")
    with refusing("secret"):
        found = rows()
    assert found == [
        ("samples/secret.toml", "unreadable"),
        ("weights/small/faulty.toml", "syntax"),
        ("weights/small/secret.toml", "unreadable"),
    ]


def test_a_broken_file_in_a_questionnaire_does_not_hide_the_mistakes_of_the_others(workspace: Path) -> None:
    """What the broken one may hold is not called missing; what is wrong in the others is told."""
    folder = workspace / "questionnaires/both"
    folder.mkdir()
    shutil.copy(workspace / "questionnaires/small.toml", folder / "10.toml")
    text = (
        (folder / "10.toml")
        .read_text()
        .replace('id = "small"', 'id = "both"')
        .replace("range = [0, 15]", "range = [15, 0]")
    )
    (folder / "10.toml").write_text(text.replace('dimension = "research"', 'dimension = "elsewhere"', 1))
    (folder / "20.toml").write_bytes('format = "nqpf-questionnaire/1"\n# 别处的维度'.encode("gbk"))
    assert rows("questionnaires/both") == [
        ("questionnaires/both/10.toml", "range_disorder"),
        ("questionnaires/both/20.toml", "encoding"),
    ]


@pytest.mark.parametrize(
    "name", [b"\xff\xfe\xb2.toml", b"a\x1b[31mred.toml", b"line\nfeed.toml", "中文 名.toml".encode()]
)
@pytest.mark.parametrize("as_json", [True, False])
def test_names_of_any_bytes(
    workspace: Path, name: bytes, as_json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file name that is no text, or would steer the terminal, is shown in one harmless line."""
    path = os.fsencode(workspace / "weights/small") + b"/" + name
    shutil.copy(os.fsencode(workspace / "weights/small/baseline.toml"), path)
    status = run(["check", "--json" if as_json else "--no-color", os.fsdecode(path)])
    out = capsys.readouterr().out
    assert status == 1  # it has the id of the other
    assert "id_differs" in out
    assert "\x1b" not in out.encode().decode()
    assert as_json or len(out.splitlines()) == 2


@pytest.mark.parametrize(
    ("path", "code"),
    [("nowhere.toml", "missing_file"), ("loop.toml", "unreadable"), ("loop.toml/x.toml", "unreadable")],
)
def test_a_path_that_is_not_there_is_a_problem(workspace: Path, path: str, code: str) -> None:
    """A link to itself cannot be read."""
    (workspace / "loop.toml").symlink_to("loop.toml")
    assert rows(path) == [(path, code)]


def test_an_empty_folder_and_a_device(workspace: Path) -> None:
    """A folder without TOML and a folder called x.toml are told of; a device may never end."""
    (workspace / "x.toml").mkdir()
    assert rows("samples", "x.toml") == [("samples", "empty_folder"), ("x.toml", "empty_folder")]
    assert rows("/dev/null") == [("/dev/null", "unreadable")]


@pytest.mark.parametrize(
    "data",
    [
        b"x = =\n" + b" " * 400_000 + b"\n",
        b"\n".join(b'[[a."b".' + b".".join([b"c"] * n) + b"]]" for n in range(1, 3000)),
    ],
    ids=["a line of blanks", "tables ever deeper, a name in quotation marks"],
)
def test_a_faulty_file_is_read_in_the_time_of_its_length(data: bytes) -> None:
    """Neither takes the square of its length, which for these would not end within the hour."""
    assert looked_at(data)
