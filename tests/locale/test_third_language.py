"""A third language is one folder: a made-up one, accented English in its own marks, is tried on every face."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.support.scored import every_other
from tests.tui.terminal import Terminal

REPOSITORY = Path(__file__).parents[2]
ACCENTS = str.maketrans("aeiouAEIOUcnsz", "áéíóúÁÉÍÓÚçñšž")
GRAMMAR = '''
"""A language that nobody speaks, with marks that nobody else uses."""

from dataclasses import replace

from nqpf_assess.locale.en.grammar import GRAMMAR as ENGLISH

GRAMMAR = ENGLISH._replace(tag="qx", listing=" ¦ ", clauses=" ¦ ", semicolon=" ¡ ", colon=" ≔ ", stop=" ⁋ ")
'''
OTHERS_MARKS = re.compile("[，。；：（）、？！]")


def accented(words: str) -> str:
    """Write words so that they show they went through the catalogue; placeholders stay."""
    return "".join(
        part if part.startswith("{") else part.translate(ACCENTS) for part in re.split(r"(\{[^}]*\})", words)
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program that speaks the third language besides."""
    root = tmp_path_factory.mktemp("third")
    shutil.copytree(REPOSITORY / "src" / "nqpf_assess", root / "src" / "nqpf_assess")
    for folder in ("questionnaires", "weights", "samples"):
        (root / folder).symlink_to(REPOSITORY / folder)
    folder = root / "src" / "nqpf_assess" / "locale" / "qx"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""A language that nobody speaks."""\n', encoding="utf-8")
    (folder / "grammar.py").write_text(GRAMMAR, encoding="utf-8")
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in catalogues.read(catalogues.CATALOGUES[0]):
        if words := message.id:
            said = tuple(map(accented, words)) if isinstance(words, tuple) else accented(words)
            catalogue.add(words, said, context=message.context)
    with (folder / "messages.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    return root


def run(place: Path, *arguments: str, given: str = "") -> str:
    """Run the command line in the third language; return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(place / "src"), "NQPF_ASSESS_DATA": str(place / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "nqpf_assess", "--lang", "qx", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=place,
        input=given,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), (done.returncode, done.stderr)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    every_other(
        [
            ("--help",),
            ("score", "samples/cluster_county.toml"),
            ("explain", "samples/cluster_county.toml", "overall"),
            ("suggest", "samples/cluster_county.toml"),
            ("plan", "samples/cluster_county.toml", "--budget", "6"),
            ("compare", "samples/renewal_city_2024.toml", "samples/renewal_city_2025.toml"),
            ("weights", "list"),
            ("where",),
            ("check", "tests_missing.toml"),
            ("report", "samples/cluster_county.toml", "--to", "text", "-o", "out.txt"),
            ("report", "samples/firm_exporter.toml", "--to", "md", "-o", "out.md"),
        ]
    ),
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_command_speaks_the_third_language(place: Path, arguments: tuple[str, ...]) -> None:
    """No crash, words from its catalogue, and no mark of another language where the content has none."""
    said = run(place, *arguments)
    if "-o" in arguments:
        said += (place / arguments[-1]).read_text(encoding="utf-8")
    assert re.search("[áéíóú]", said), said[:500]
    strange = [line for line in said.splitlines() if OTHERS_MARKS.search(line) and not re.search("[一-鿿]", line)]
    assert strange == []


def test_plain_mode_and_the_pdf_speak_it_too(place: Path) -> None:
    """The interview and the drawn report run through."""
    said = run(place, "assess", "plain.toml", "--plain", "--as", "region", given="Here\n2025\nMe\nquit\n")
    assert re.search("[áéíóú]", said)
    run(place, "report", "samples/cluster_county.toml", "-o", "out.pdf")
    assert (place / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_the_app_opens_in_it(place: Path) -> None:
    """The app's first page is painted in the third language."""
    environment = {"PYTHONPATH": str(place / "src"), "NQPF_ASSESS_DATA": str(place / "data")}
    with Terminal("--lang", "qx", folder=place, environment=environment) as terminal:
        terminal.until(lambda shown: bool(re.search("[áéíóú]", shown.text)))
        assert not OTHERS_MARKS.search(re.sub(r".*[一-鿿].*", "", terminal.text))
