"""Every message is translated, with its placeholders, and one English term has one Chinese one."""

import ast
import gettext
import io
import re
import shutil
from collections import defaultdict
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Catalog

import hatch_build

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "src" / "nqpf_assess"
ASKS_LANGUAGE = re.compile(r"""(language|lang)\b\s*(==|!=)\s*["'][a-z]{2}["']|["'](zh|en)["']\s+(in|not in)\s""")


def test_every_message_has_a_translation_with_its_placeholders(capsys: pytest.CaptureFixture[str]) -> None:
    """What `make catalogues` checks: nothing untranslated, no other placeholders, nothing left over."""
    assert len(catalogues.messages()) > 1000
    assert catalogues.check() == 0, capsys.readouterr().out


def test_a_message_without_translation_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check sees what is not in the catalogue."""
    monkeypatch.setattr(catalogues, "messages", lambda: {("Never said before", None): "here.py"})
    assert catalogues.check() > 0


@pytest.mark.parametrize("path", catalogues.CATALOGUES, ids=lambda path: path.parent.name)
def test_one_english_term_has_one_translation(path: Path) -> None:
    """Capitals aside, and but for what a context tells apart, one term is translated one way."""
    found = defaultdict(set)
    for message in catalogues.read(path):
        if isinstance(message.id, str) and message.id and not message.context:
            found[message.id.strip().casefold().rstrip(":")].add(str(message.string).strip().rstrip("。："))
    assert not {term: words for term, words in found.items() if len(words) > 1}


def test_terms_of_the_glossary_are_said_as_it_says() -> None:
    """Where a message is a term of docs/glossary.md, its Chinese is the glossary's."""
    rows = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    terms = {cell[0]: (cell[1], re.sub(r"（.*?）|\(.*?\)", "", cell[1]).strip()) for cell in cells if len(cell) > 1}
    (path,) = [path for path in catalogues.CATALOGUES if path.parent.name == "zh"]
    words = {m.id.casefold(): m.string for m in catalogues.read(path) if isinstance(m.id, str) and not m.context}
    spoken = {term: words[term] for term in terms if term in words}
    assert len(spoken) > 15
    of_the_subject = {term for term, said in spoken.items() if "{" in said}  # a firm has other names
    assert {term: said for term, said in spoken.items() if said not in terms[term]}.keys() == of_the_subject


def test_nothing_but_a_grammar_asks_which_language_it_is() -> None:
    """Marks, brackets and orders of a language stand in its grammar; no other file tests for one."""
    sources = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] != "locale"]
    assert len(sources) > 100
    asking = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ASKS_LANGUAGE.search(line)
    ]
    assert asking == []


def test_messages_are_whole_sentences_of_constants() -> None:
    """What is given to `_` is a text that stands in the source, or it could not be translated."""
    calls = [(path, call) for path, _, call in catalogues.calls() if Path(path).parts[0] != "locale"]
    assert len(calls) > 1000
    wrong = [f"{path}:{call.lineno}" for path, call in calls if not all(isinstance(p, ast.Constant) for p in call.args)]
    assert wrong == []


def test_every_text_that_has_a_name_is_said() -> None:
    """One that nothing reads is kept up by translators for nobody."""
    modules = {path.relative_to(SOURCE.parent): ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")}
    named, read = set(), set()
    for path, tree in modules.items():
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for node in tree.body:
            match node:
                case ast.Assign([ast.Name(name)], ast.Call(ast.Name("_" | "_c" | "_n"))):
                    named.add((module, name))
        for node in ast.walk(tree):
            match node:
                case ast.Name(id, ast.Load()):
                    read.add((module, id))
                case ast.ImportFrom(module=other):
                    read |= {(other, alias.name) for alias in node.names}
                case ast.Attribute(attr=attr):
                    read.add(("", attr))
    assert len(named) > 1000
    assert sorted((module, name) for module, name in named if not {(module, name), ("", name)} & read) == []


@pytest.mark.parametrize("maker", [catalogues, hatch_build], ids=lambda maker: maker.__name__)
def test_a_catalogue_is_whole_at_every_moment_of_its_making(
    maker: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a new one is written, and where the writing breaks off, the old one is read; nothing half done stays."""
    folder = tmp_path / "src" / "nqpf_assess" / "locale" / "zh"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    shutil.copy(SOURCE / "locale" / "zh" / "messages.po", source)
    monkeypatch.setattr(catalogues, "CATALOGUES", [source])
    hook = hatch_build.CompileCatalogues(str(tmp_path), {}, None, None, "", "wheel")  # type: ignore[arg-type]
    make = catalogues.build if maker is catalogues else lambda: hook.initialize("standard", {"artifacts": []})
    make()
    before = (folder / "messages.mo").read_bytes()
    assert gettext.GNUTranslations(io.BytesIO(before)).gettext("Back") != "Back"
    seen = []

    def breaking_off(out: io.BufferedWriter, catalogue: Catalog) -> None:
        out.write(b"half a catalogue")
        out.flush()
        seen.append((folder / "messages.mo").read_bytes())
        raise OSError(28, "the disk is full")

    monkeypatch.setattr(maker, "write_mo", breaking_off)
    with pytest.raises(OSError, match="disk is full"):
        make()
    assert [*seen, (folder / "messages.mo").read_bytes()] == [before, before]
    assert sorted(path.name for path in folder.iterdir()) == ["messages.mo", "messages.po"]
