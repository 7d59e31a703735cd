"""The page for a browser: whole in itself, with nothing that reaches outside, its charts and tables told in words."""

import re
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Heading, OutlinePart, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.html import write_html
from nqpf_assess.report.html.svg import COLOURS
from nqpf_assess.report.pdf import theme
from tests.report import demo
from tests.report.reading import outline
from tests.report.test_contrast import contrast

VOID = {"meta", "br", "link", "img", "input", "hr", "wbr", "source", "base"}


class Reader(HTMLParser):
    """Reads the elements of a page with what they say, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.crossed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


@cache
def page() -> str:
    english, chinese = demo.english(), demo.chinese()
    volume = OutlinePart(
        "en",
        (Heading(1, "Proof", "proof"), Paragraph(runs("See ", Run("there", link="#plan")))),
        title="Technical volume",
    )
    return write_html(demo.outline(english, volume, chinese))


def read(words: str) -> Reader:
    reader = Reader()
    reader.feed(words)
    return reader


def test_everything_that_is_opened_is_closed_in_order() -> None:
    reader = read(page())
    assert len(reader.elements) > 500
    assert (reader.open, reader.crossed) == ([], [])


def test_nothing_reaches_outside() -> None:
    """No address in any attribute but places of the page, no import in the style, and a policy that admits none."""
    reader = read(page())
    addresses = [value or "" for _, said in reader.elements for name, value in said.items() if name in ADDRESSES]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert not {tag for tag, _ in reader.elements} & {"img", "link", "iframe", "object", "embed", "form", "base"}
    assert "@import" not in page()
    assert "url(" not in page()
    policy = next(said["content"] or "" for tag, said in reader.elements if said.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not [said for _, said in reader.elements if "style" in said or any(name.startswith("on") for name in said)]


ADDRESSES = {"href", "src", "srcset", "action", "data", "poster", "xlink:href", "cite", "background"}


def test_the_policy_names_the_page_s_own_style_and_script_by_their_digests() -> None:
    from base64 import b64encode

    for tag in ("style", "script"):
        (words,) = re.findall(f"<{tag}>(.*?)</{tag}>", page(), re.S)
        assert f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'" in page()


def test_every_link_leads_to_a_place_that_is_there_once() -> None:
    reader = read(page())
    ids = [said["id"] for _, said in reader.elements if "id" in said]
    wanted = {(said["href"] or "").removeprefix("#") for tag, said in reader.elements if tag == "a"}
    assert len(ids) == len(set(ids))
    assert len(wanted) > 20
    assert wanted <= set(ids)


def test_a_chart_says_in_words_what_it_shows_and_has_its_figures_as_a_table() -> None:
    charts = [block for part in (demo.english(), demo.chinese()) for block in part.blocks if hasattr(block, "alt")]
    assert len(charts) > 8
    for chart in charts:
        assert f"{chart.alt}</desc>" in page()
    assert page().count('<svg class="chart"') == page().count("</desc>") == len(charts)
    assert page().count("<figure>") == page().count("<details><summary>") == len(charts)


def test_rows_and_columns_have_their_heads() -> None:
    table = Table(
        (TableColumn("No.", 1, "right"), TableColumn("What"), TableColumn("", 1, "right")), (cells("1", "A", "2"),)
    )
    said = write_html(outline(table))
    assert '<th scope="col" class="r">No.</th><th scope="col">What</th><td class="r"></td>' in said
    assert '<tr><td class="r">1</td><th scope="row">A</th><td class="r">2</td></tr>' in said


def test_a_second_volume_folds_and_the_first_does_not() -> None:
    first, second = page().split('id="part-2"')[0], page().split('id="part-2"')[1].split('id="part-3"')[0]
    assert 'details class="fold"' not in first
    assert second.count('<details class="fold"><summary><h2') == 1


def test_parts_have_their_language_and_name_themselves_at_the_top() -> None:
    said = page()
    assert re.findall(r'<article class="part" id="part-\d" lang="([^"]+)"', said) == [
        "en-GB",
        "en-GB",
        "zh-CN",
    ]
    assert '<a href="#part-3" lang="zh-CN">' in said


def test_an_address_is_said_and_not_linked() -> None:
    run = Run("the yearbook", link="https://example.org/a?b=1&c")
    assert "<p>See the yearbook (https://example.org/a?b=1&amp;c)</p>" in write_html(
        outline(Paragraph(runs("See ", run)))
    )


def test_every_colour_of_the_drawings_has_a_light_and_a_dark() -> None:
    """A colour of the theme that a chart may use is one that the style sheet names, for shapes, lines and words."""
    for colour in (
        value for value in vars(theme).values() if isinstance(value, str) and re.fullmatch("#[0-9A-F]{6}", value)
    ):
        for kind in "fst":
            assert f".{kind}-{COLOURS[colour]}" in page()
    for colour in theme.BLUES:
        assert f".f-{COLOURS[colour]}" in page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str) -> None:
    """4.5 to 1 for every colour of words on every ground that words stand on (WCAG 2.2, 1.4.3)."""
    style = re.findall(r":root\{(.*?)\}", page(), re.S)[scheme == "dark"]
    found = {name: _long(value) for name, value in re.findall(r"--(\w+):(#[0-9a-f]{3,6})", style)}
    grounds = {"ink": ("page", "pale", "blue0", "peach"), "muted": ("page", "pale"), "title": ("page", "pale", "blue0")}
    grounds |= {"link": ("page", "blue0"), "hint": ("page", "peach")}
    pairs = [(found[words], found[ground]) for words, on in grounds.items() for ground in on]
    pairs += [("#ffffff", found[ground]) for ground in ("blue", "navy")]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert contrast(found["edge"], found["page"]) >= 3
    assert contrast(found["blue"], found["page"]) >= 3


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * letter for letter in colour[1:])


def test_blocks_without_anything_leave_nothing() -> None:
    empty = write_html(outline(blocks.Table((), ()), blocks.KeyFigures(()), blocks.CardRow(()), blocks.Bullets(())))
    assert not re.search("<(table|ul|ol|svg)", empty)
