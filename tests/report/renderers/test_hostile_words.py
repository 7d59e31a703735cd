"""Words of people and files reach every form as plain text: nothing in them becomes markup, a link or a command."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from nqpf_assess.model.answers import Answers
from nqpf_assess.report.blocks import Outline
from nqpf_assess.report.docx import write_docx
from nqpf_assess.report.html import write_html
from nqpf_assess.report.make import make_report, outline_of
from nqpf_assess.report.markdown import write_markdown
from nqpf_assess.report.text import write_text
from nqpf_assess.typography.clean import clean
from tests.report.outline.made import COUNTY, DATE, answered, mixed, shipped
from tests.report.test_hostile import HOSTILE
from tests.support.budget import BUDGET

MARKDOWN = (
    "# heading\n## two",
    "- item\n1. one\n> quote",
    "**bold** _it_ `code` ~~gone~~",
    "[x](javascript:alert(1)) ![x](http://example.org/x.png)",
    "http://example.org www.example.org a@example.org",
    "HTTPS://EXAMPLE.ORG",
    "<script>alert(1)</script>",
    "| a | b |\n|---|---|",
    "a | b",
    "&lt;b&gt; &#35;",
    "```\ncode\n```",
    "\\*not\\*",
    "1. 2) + - = #",
    "$x$ {{x}} {% x %}",
    "<!-- x --> <a id='en-answer'></a>",
)
WORD = (
    "=cmd|' /C calc'!A0",
    '<w:fldSimple w:instr="DDEAUTO c:\\\\x"/>',
    "{ INCLUDETEXT x }",
    "]]></w:t>",
    "&amp;&quot;",
)
TEXTS = (*(text for text in HOSTILE if "\ud800" not in text), *MARKDOWN, *WORD)
"""No file can hold lone surrogates."""

WORD_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


HEAD = (TEXTS[0], "| a | b |", "# x", "**b** <i>c</i>", "http://example.org", "A" * 2000, "字" * 3000, "\n" * 50)
"""Texts that are also tried as the name of the subject."""


def answers_with(texts: Sequence[str], head: str) -> Answers:
    """Answers with texts in every place a person can write in, each in the remarks of a question of its own."""
    instrument = shipped("region", "ecological")
    entries: dict[str, Any] = {}
    for id, text in zip(instrument.questions, texts, strict=False):
        entries[id] = {"value": 3, "note": text, "evidence": [text, text], "by": text}
        if instrument.questionnaire.questions[id].kind != "level":
            entries[id] |= {"state": "na", "reason": text}
    subject = {"name": head, "period": head, "respondent": head}
    override = [{"node": "talent", "factor": 2, "why": head}]
    return answered(instrument, facts=COUNTY, wanted=mixed, entries=entries, subject=subject, override=override)


@cache
def told(head: str, *, harmless: bool = False) -> Outline:
    texts = ["Harmless" * bool(shown(text)) for text in TEXTS] if harmless else TEXTS
    answers = answers_with(texts, head)
    return outline_of(shipped("region", "ecological"), answers, language="en", date=DATE, edition="full")


@cache
def made(head: str, to: str, *, harmless: bool = False) -> bytes:
    outline = told(head, harmless=harmless)
    if to == "docx":
        return write_docx(outline)
    return {"text": write_text, "md": write_markdown, "html": write_html}[to](outline).encode()


def shown(text: str) -> str:
    """What may be seen of a text: cleaned, its runs of white space single."""
    return " ".join(clean(text).split())


def test_there_is_a_question_for_each_text() -> None:
    assert len(TEXTS) <= len(shipped("region", "ecological").questions)


@pytest.mark.parametrize("head", HEAD, ids=range(len(HEAD)))
def test_plain_text_stays_plain(head: str) -> None:
    """No control character, no line too wide; the words are there, but for where lines end."""
    lines = made(head, "text").decode().split("\n")
    assert all(letter.isprintable() for line in lines for letter in line)
    assert max(map(cell_len, lines)) <= 80
    squeezed = re.sub(r"\s", "", "".join(lines))
    for text in (head, *TEXTS):
        assert re.sub(r"\s", "", shown(text)).rstrip(".。") in squeezed, text[:80]


@cache
def parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like", {"html": True})


@cache
def rendered(head: str, *, harmless: bool = False) -> str:
    """What the parser makes of the report in Markdown."""
    return str(parser().render(made(head, "md", harmless=harmless).decode()))


def test_markdown_is_watched_by_a_parser_that_would_see_it() -> None:
    """The parser does make links and tags of such words where they are not escaped."""
    html = parser().render("\n\n".join(MARKDOWN))
    assert all(sign in html for sign in ("<h1>", "<li>", "<blockquote>", "<strong>", "<table>", "<pre>", "<s>"))
    assert html.count("<a ") >= 4
    assert "<img" in html
    assert "<script" in html


@pytest.mark.parametrize("head", HEAD, ids=range(len(HEAD)))
def test_markdown_makes_nothing_of_it(head: str) -> None:
    """The same tags and links as with harmless words, and the words themselves to read."""
    hostile, tags = rendered(head), _tags(rendered("Harmless", harmless=True))
    if shown(head):  # else the subject has no name that could be set bold
        assert _tags(hostile) == tags
    assert _tags(rendered("Harmless")) == tags
    words = " ".join(_words(hostile).split())
    for text in (head, *TEXTS):
        assert shown(text).rstrip(".。") in words, text[:80]


def _tags(html: str) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for tag in re.findall(r"<[a-z][^>]*>|<!--.*?-->", re.sub(r"as written: \w+", "", html)):
        found[tag] = found.get(tag, 0) + 1
    return found


def _words(html: str) -> str:
    from html import unescape

    return unescape(re.sub(r"<!--.*?-->|</?[a-z][^>]*>", "", html))


@pytest.mark.parametrize("head", HEAD[:5] if BUDGET >= 1 else HEAD[:1])
def test_word_file_holds_it_as_words(head: str) -> None:
    """Every part is sound XML; no field, link or object; the words stand in runs of text."""
    with zipfile.ZipFile(io.BytesIO(made(head, "docx"))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    body = ElementTree.fromstring(parts["word/document.xml"])
    kinds = {element.tag.removeprefix(WORD_SPACE) for element in body.iter()}
    assert not kinds & {"fldSimple", "object", "altChunk", "drawing"}
    asked = {(element.text or "").split()[0] for element in body.iter(f"{WORD_SPACE}instrText")}
    assert asked == {"SEQ", "TOC"}  # Word's own fields for captions; what people wrote is none
    links = [element.attrib for element in body.iter(f"{WORD_SPACE}hyperlink")]
    assert all(f"{WORD_SPACE}anchor" in link and len(link) == 2 for link in links)
    assert b"TargetMode" not in parts["word/_rels/document.xml.rels"]
    words = " ".join(" ".join((element.text or "").split()) for element in body.iter(f"{WORD_SPACE}t"))
    for text in (head, *TEXTS):
        assert shown(text).rstrip(".。") in words, text[:80]


@pytest.mark.parametrize("head", HEAD, ids=range(len(HEAD)))
def test_a_page_makes_nothing_of_it(head: str) -> None:
    """The same tags as with harmless words but for the breaks of lines, and the words themselves to read."""
    hostile, harmless = made(head, "html").decode(), made("Harmless", "html", harmless=True).decode()
    tags, usual = (_tags(_body(page)) for page in (hostile, harmless))
    assert {tag for tag in tags if tag.startswith("<text")} | set(usual) | {"<br>"} >= set(tags)
    assert tags['<table class="data">'] == usual['<table class="data">']
    words = " ".join(_words(_body(hostile).replace("<br>", "\n")).split())
    for text in (head, *TEXTS):
        assert shown(text).rstrip(".。") in words, text[:80]


def _body(page: str) -> str:
    """The page without its own style and script."""
    return re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.S)


@pytest.mark.parametrize("to", ["text", "md", "html", "docx"])
def test_words_of_a_questionnaire_are_cleaned_as_well(to: str) -> None:
    """Content may come from anybody: control characters in a title reach no form."""
    from tests.report.outline.test_outline_goldens import HERE
    from tests.support.scored import instrument_of, read_toml

    questionnaire = read_toml(HERE / "small" / "questionnaire.toml")
    questionnaire["pillars"]["tech"]["title"]["en"] = "Tech\x1b[31m\x07\u202enology"
    instrument = instrument_of(questionnaire, [read_toml(HERE / "small" / "baseline.toml")])
    answers = answered(instrument, wanted=mixed)
    data = make_report(instrument, answers, language="en", to=to, date=DATE).data  # type: ignore[arg-type]
    if to == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            data = file.read("word/document.xml")
    words = data.decode()
    assert "nology" in words
    assert not set(words) & {"\x1b", "\x07", "\u202e"}
