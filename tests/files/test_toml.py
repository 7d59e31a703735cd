"""TOML 1.0 whichever Python reads it: what is of 1.1 is refused as earlier Pythons refuse it."""

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nqpf_assess.files.toml import loads, refuse_newer

ROOT = Path(__file__).parents[2]

NEWER = [
    "a = {\n  b = 1 }\n",
    "a = {\n}\n",
    "a = { b = 1, }\n",
    "x = 1\na = { b = 1,\n c = 2 }\n",
    "a = { b = 1 # x\n}\n",
    "a = { # x\n b = 1 }\n",
    "a = {b = 1\n}\n",
    "a = { b = 1\n, c = 2}\n",
    "a = { b = [1,\n2], c = { d = 1, } }\n",
    'a = "\\e"\n',
    'a = "x\\\\\\x41y"\n',
    'a = """x\n"\\e"""""\n',
    "a = 07:30\n",
    "a = 17:30",
    "a = 2026-01-01T07:30\n",
    "a = 2026-01-01t07:30\n",
    "a = 2026-01-01 07:30Z\n",
    "a = [17:30]\n",
    "a = [07:30, 2]\n",
    "a = { b = 17:30 }\n",
    "a = { b = 2026-01-01T07:30, c = 1 }\n",
]


@pytest.mark.parametrize("text", NEWER)
def test_what_is_new_is_refused_as_earlier_pythons_refuse_it(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as refused:
        refuse_newer(text)
    if sys.version_info < (3, 15):
        with pytest.raises(tomllib.TOMLDecodeError) as known:
            tomllib.loads(text)
        assert str(refused.value) == str(known.value)
    with pytest.raises(tomllib.TOMLDecodeError):
        loads(text)


class _Fault(ValueError):
    """One that Python 3.15 would find."""

    def __init__(self, message: str, text: str, pos: int) -> None:
        super().__init__(message, text, pos)
        self.pos = pos


@pytest.mark.parametrize(
    ("faulty_at", "said"),
    [(None, "Unclosed inline table"), (15, "Unclosed inline table"), (5, "its own")],
    ids=["sound", "faulty behind", "faulty before"],
)
def test_a_python_that_takes_more_is_kept_to_less(
    faulty_at: int | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it finds a fault, what is new before it comes first, and nothing behind it is looked at."""

    def read(text: str, **_how: object) -> dict[str, Any]:
        if faulty_at is not None:
            raise _Fault("its own", text, faulty_at)
        return {}

    newer = SimpleNamespace(version_info=(3, 15), maxsize=sys.maxsize)
    monkeypatch.setattr("nqpf_assess.files.toml.sys", newer)
    monkeypatch.setattr("nqpf_assess.files.toml.tomllib", SimpleNamespace(loads=read, TOMLDecodeError=_Fault))
    with pytest.raises(_Fault, match=said):
        loads("a = { b = 1\n}\nc = 1\n")
    if faulty_at is None:
        assert loads("a = { b = 1 }\n") == {}


def test_what_is_not_new_is_taken() -> None:
    text = (
        "a = [ # {\n  { b = 1, c = \"# {,}\\\\x41 07:30\" }, # }\n  '\\e', '''\n{ 1,\n''',\n]\n"
        'd = """\n{ 07:30,\n}\\\\e"""  # "\ne = 07:30:00\nf = 2026-01-01 07:30:00.5+08:00\ng = { }\n'
        "i = \"\"\"x\"\"\"\"\nj = \"{ 07:30 }\"\nk = '''x''''\nl = '{ 07:30 }'\nm = '''\nit's { 1,\n'''\n"
        'n = """x \\\n  { 07:30 }"""\n"07:30" = 1\n[h."{\\u0041"]\nx = 1_000\n'
    )
    assert loads(text) == tomllib.loads(text)
    refuse_newer(text)
    for file in (*ROOT.glob("questionnaires/*/*.toml"), *ROOT.glob("weights/*/*.toml"), *ROOT.glob("samples/*.toml")):
        refuse_newer(file.read_text(encoding="utf-8"))
