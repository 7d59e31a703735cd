"""Any text in any place does no harm: no exception, no link, no image, no loss without a word."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Outline, OutlinePart, runs
from nqpf_assess.report.docx import write_docx
from nqpf_assess.report.html import write_html
from nqpf_assess.report.markdown import write_markdown
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.text import write_text
from tests.report import demo
from tests.report.reading import elements, extracted, findings, mapped, opened, outline
from tests.support.scored import every_other

HOSTILE = (
    "a < b",
    "<config>",
    "</b>",
    "R&D & AT&T",
    "&amp; &#x41; &lt;",
    '<img src="demo.py"/>',
    '<img src="/etc/passwd"/>',
    '<img src="http://example.org/x.png"/>',
    '<img src="data:image/png;base64,AA=="/>',
    "<font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('id') for Word in [1]]]]\">x</font>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<link href="pdf:other.pdf">x</link>',
    '<onDraw name="x" label="y"/>',
    '<index item="x"/><seq id="x"/>',
    '<font size="1e9">x</font><para fontSize=99>x</para>',
    "<![CDATA[x]]><?php x ?><!-- x -->",
    "\x00\x01\x1b[31m\x7f\x85",
    "zero\u200bwidth\u2060\ufeff\u202egnp.exe\u202c",
    "\ud800 \udfff\ud800",
    "😀👨\u200d👩\u200d👧🇨🇳",
    "𠮷𪚥龘靐",
    "\uffff\ufffe\ufdd0",
    "ا ب ت שלום",
    "e\u0301" * 50,
    "()\\(\\)<>[]{}/%",
    ") Tj ET Q /Artifact BMC (",
    "endstream endobj",
    "${jndi:ldap://x} %s %d {0} {x}",
    "A" * 2000,
    "字" * 1200,
    " " * 500,
    "\n" * 50,
    "\t\r\n x",
)


def of_each_kind() -> Iterable[Block]:
    """The first block of each kind, and each level of heading."""
    found = {(type(block), getattr(block, "level", 0)): block for block in reversed(demo.chinese().blocks)}
    return reversed(found.values())


@pytest.mark.parametrize("text", every_other([pytest.param(text, id=str(n)) for n, text in enumerate(HOSTILE)]))
def test_hostile_text_in_every_place_does_no_harm(text: str) -> None:
    def put(old: str, name: str) -> str:
        return old if name in {"style", "tone", "align", "anchor"} else text

    part = OutlinePart("zh", tuple(mapped(block, put) for block in of_each_kind()))
    hostile = replace(demo.outline(part), title=text, subject=text, header=text, footer=text, keywords=(text,))
    with opened(write_pdf(hostile).data) as pdf:
        for page in pdf.pages:
            assert "/XObject" not in page.Resources or not page.Resources.XObject
            assert [note for note in page.get("/Annots", []) if "/A" in note] == []
        assert "/OpenAction" not in pdf.Root
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize("write", [write_html, write_docx, write_markdown, write_text])
@pytest.mark.parametrize("text", ["😀👨\u200d👩", "𠮷龘 ا ب ت \uffff", "{x} {0} { %s", "\ud800\x1b[31m\u202e"])
def test_hostile_text_in_every_place_of_every_form(text: str, write: Callable[[Outline], object]) -> None:
    """In charts too: a page for a browser measures words that no font of ours draws."""

    def put(old: str, name: str) -> str:
        return old if name in {"style", "tone", "align", "anchor", "link"} else text

    part = OutlinePart("en", tuple(mapped(block, put) for block in demo.english().blocks))
    assert write(replace(demo.outline(part), title=text, subject=text))


@pytest.mark.parametrize("text", ["<b>R&D</b> & AT&T", "😀\ud800\u202e𪚥", "]]>\x00<x>"])
def test_hostile_text_leaves_the_file_sound(text: str) -> None:
    def put(old: str, name: str) -> str:
        return old if name in {"style", "tone", "align", "anchor", "link"} else text

    part = OutlinePart("en", tuple(mapped(block, put) for block in demo.english().blocks))
    assert findings(write_pdf(replace(demo.outline(part), title=text, keywords=(text,))).data) == []


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "pdf:other.pdf",
        "//host/x",
        "#nowhere",
        "JaVaScRiPt:x",
        "http://[",
        " ",
    ],
)
def test_a_link_elsewhere_than_the_allowed_stays_plain_words(link: str) -> None:
    written = write_pdf(outline(blocks.Paragraph(runs(blocks.Run("word", link=link)))))
    with opened(written.data) as pdf:
        assert "/Annots" not in pdf.pages[0]
    assert extracted(written.data) == ["Page1of1word"]


@pytest.mark.parametrize("link", ["https://example.org/?q=a&b=(c)", "http://x.org", "mailto:a@example.org"])
def test_an_allowed_link_leads_there(link: str) -> None:
    with opened(write_pdf(outline(blocks.Paragraph(runs(blocks.Run("w", link=link))))).data) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == link


def test_characters_that_no_font_has_are_drawn_as_geta_and_reported() -> None:
    written = write_pdf(
        outline(blocks.Heading(1, "A 😀 heading", "a"), blocks.Paragraph(runs("龘 and 和 and 😀")), language="zh")
    )
    assert written.missing == ("龘", "😀")
    assert extracted(written.data) == ["第1页，共1页A〓heading〓and和and〓"]


def test_what_cannot_be_seen_is_dropped_and_not_reported() -> None:
    written = write_pdf(outline(blocks.Paragraph(runs("ze\u200bro\x00 \u202ewidth\ufe0f"))))
    assert (written.missing, extracted(written.data)) == ((), ["Page1of1zerowidth"])


def test_an_alternative_text_may_hold_any_character_and_reports_none() -> None:
    heat = blocks.Heat((blocks.HeatShare("a", 0.5, "1/2"),), "caption", "alt 😀")
    written = write_pdf(outline(heat))
    assert written.missing == ()
    with opened(written.data) as pdf:
        assert "alt 😀" in {str(node.Alt) for node in elements(pdf) if "/Alt" in node}
