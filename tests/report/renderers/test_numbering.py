"""One report has one figure 1 in each language: the technical volume goes on counting where the brief ends."""

import io
import re

import pytest

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Outline, OutlinePart, cells
from nqpf_assess.report.docx import write_docx
from nqpf_assess.report.html import write_html
from nqpf_assess.report.pdf import write_pdf
from tests.report.reading import extracted

COLUMNS = (blocks.TableColumn("What", 1.0), blocks.TableColumn("Figure", 1.0, "right"))
BARS = blocks.Bars((blocks.Bar("Here", 40.0, 60.0, value="40"),), "now", "target", "A chart", "Here 40.")


def _report() -> Outline:
    blocks_of = (
        blocks.Heading(1, "Part", "part"),
        blocks.Table(COLUMNS, (cells("a", "1"),), "A table"),
        BARS,
        blocks.Table(COLUMNS, (cells("b", "2"),), "A table"),
    )
    parts = tuple(OutlinePart(language, blocks_of, title=f"Part {n}") for n, language in enumerate(("en", "en", "zh")))
    return Outline("Title", "Subject", "en", "2026-11-25", "Head", "Foot", parts)


def test_the_pdf_counts_through() -> None:
    text = "".join(extracted(write_pdf(_report()).data))
    assert re.findall(r"Table(\d)", text) == ["1", "2", "3", "4"]
    assert re.findall(r"Figure(\d)", text) == ["1", "2"]
    assert re.findall(r"表 ?(\d)", text) == ["1", "2"]


def test_the_page_counts_through() -> None:
    page = write_html(_report())
    assert re.findall(r"<caption>Table (\d)", page) == ["1", "2", "3", "4"]
    assert re.findall(r"<figcaption>Figure (\d)", page) == ["1", "2"]
    assert re.findall(r"<caption>表 ?(\d)", page) == ["1", "2"]


def test_word_counts_through_and_begins_anew_in_the_other_language_alone() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(write_docx(_report())))
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert re.findall(r"Table (\d)", "\n".join(one.text for one in captions)) == ["1", "2", "3", "4"]
    fields = "".join(one._p.xml for one in captions)
    assert fields.count("SEQ Table \\* ARABIC \\r 1") == 2  # one of each language
