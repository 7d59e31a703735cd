"""Long words, long tables and high cells stay on their pages."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import cells, runs
from nqpf_assess.report.pdf import write_pdf
from tests.report.reading import extracted, findings, outline


def _ink_stays_on_the_page(data: bytes) -> None:
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert all(
            box[0] >= 0 and box[2] <= page.get_width() + 1 and box[1] >= 0 and box[3] <= page.get_height() + 1
            for box in boxes
        )


@pytest.mark.parametrize("text", ["A" * 2000, "字" * 2000, "word " * 400, "https://example.org/" + "a-b/" * 400])
def test_long_words_stay_on_the_page_wherever_they_stand(text: str) -> None:
    sequence = (
        blocks.Heading(2, text, "a"),
        blocks.Paragraph(runs(text)),
        blocks.Bullets((runs(text),)),
        blocks.Callout(text[:60], runs(text)),
        blocks.DetailCard(text[:200], (blocks.CardField(text[:50], runs(text)),), runs(text), text[:100]),
        blocks.Table(
            (blocks.TableColumn(text[:80]), blocks.TableColumn("b", 3)), (cells(text, text),), text[:300], text[:300]
        ),
        blocks.KeyFigures((blocks.KeyFigure(text[:60], text[:30], text[:100]),) * 5),
        blocks.Bars((blocks.Bar(text[:100], 50.0, 60.0, value=text[:40]),), text[:90], text[:90], text[:200], "alt"),
        blocks.Contents(text[:100]),
    )
    written = write_pdf(replace(outline(*sequence), header=text, footer=text))
    _ink_stays_on_the_page(written.data)
    assert findings(written.data) == []


def test_a_table_of_500_rows_has_its_header_on_every_page() -> None:
    rows = tuple(cells(f"R-{n:03d}", "Use by firms above designated size", f"{n / 5:.1f}") for n in range(500))
    table = blocks.Table(
        (blocks.TableColumn("Question"), blocks.TableColumn("Asked", 4), blocks.TableColumn("Score", 1, "right")),
        rows,
        "Annex",
    )
    written = write_pdf(outline(table))
    pages = extracted(written.data)
    assert len(pages) == written.pages > 10
    assert all("QuestionAskedScore" in page for page in pages)
    assert [number for page in pages for number in re.findall(r"R-(\d{3})", page)] == [f"{n:03d}" for n in range(500)]
    assert findings(written.data) == []


def test_a_cell_higher_than_a_page_goes_on_over_pages() -> None:
    written = write_pdf(
        outline(
            blocks.Table((blocks.TableColumn("a"), blocks.TableColumn("b")), (cells("长" * 6000, "short"),)),
            language="zh",
        )
    )
    assert written.pages > 2
    assert sum(page.count("长") for page in extracted(written.data)) == 6000
    _ink_stays_on_the_page(written.data)


def test_the_running_head_takes_one_line_and_the_foot_two() -> None:
    """What is too long for the head gives way to what stands before its colon or behind the subject; none is cut."""
    before = (blocks.Paragraph(runs("前")), blocks.PageBreak())
    short = outline(*before, blocks.Heading(1, "题目：" + "头" * 200, "a", True), language="zh")
    head = "眉" * 200 + " · 报告"
    _, page = extracted(write_pdf(replace(short, header=head, footer="脚" * 500)).data)
    assert page.count("报告") == 1
    assert page.count("题目") == 2
    assert page.count("眉") == page.count("…") == 0
    assert page.count("头") == 200
    assert page.count("脚") < 110


def test_the_running_head_names_the_section_where_the_subject_is_long_too() -> None:
    """Both stand there, the subject without the title of the paper."""
    sections = (
        blocks.Paragraph(runs("前")),
        blocks.PageBreak(),
        blocks.Heading(1, "差距集中在产业体系、数实融合和协调共享三个支柱，其余均已达标", "a", True),
    )
    written = replace(
        outline(*sections, language="zh"), header="云锦县（虚构）经济技术开发区 · 新质生产力发展自评报告全文"
    )
    _, page = extracted(write_pdf(written).data)
    assert page.count("差距集中在产业体系、数实融合和协调共享三个支柱，其余均已达标") == 2
    assert page.count("云锦县（虚构）经济技术开发区") == 1
