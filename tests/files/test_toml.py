"""TOML 1.0 whichever Python reads it: what is of 1.1 is refused as earlier Pythons refuse it."""

import sys
import tomllib
from pathlib import Path

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


def test_what_is_not_new_is_taken() -> None:
    text = (
        "a = [ # {\n  { b = 1, c = \"# {,}\\\\x41 07:30\" }, # }\n  '\\e', '''\n{ 1,\n''',\n]\n"
        'd = """\n{ 07:30,\n}\\\\e"""  # "\ne = 07:30:00\nf = 2026-01-01 07:30:00.5+08:00\ng = { }\n'
        '"07:30" = 1\n[h."{\\u0041"]\nx = 1_000\n'
    )
    assert loads(text) == tomllib.loads(text)
    refuse_newer(text)
    for file in (*ROOT.glob("questionnaires/*/*.toml"), *ROOT.glob("weights/*/*.toml"), *ROOT.glob("samples/*.toml")):
        refuse_newer(file.read_text(encoding="utf-8"))
