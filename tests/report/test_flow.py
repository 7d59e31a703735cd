"""Pages fill well: headings stand with their text, cards stay whole, nothing leaves the frame."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import OutlinePart, Run, cells, runs
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.boxes import CardRowFlowable, Framed
from nqpf_assess.report.pdf.flow import CARD_GOES_ON, WHOLE_AT_MOST, Flowable, FullPage, PageLayout, paginate
from nqpf_assess.report.pdf.fonts import load_fonts
from nqpf_assess.report.pdf.front import ContentsLine
from nqpf_assess.report.pdf.story import compose
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.table import TableFlowable
from nqpf_assess.report.pdf.text import SectionHeading, TextFlowable
from nqpf_assess.report.pdf.theme import HEIGHT, TABLE
from nqpf_assess.report.pdf.typeset import Composer
from tests.report import demo
from tests.report.reading import extracted, outline

LOREM = "Of the 412 firms above designated size 138 keep production data that a machine can read. "
HAN = "全县规模以上企业中，三分之一留有可机读的生产数据，其中少数用于排产。"


def pages_of(part: OutlinePart) -> list[PageLayout]:
    composer = Composer(load_fonts(), part.language, Element("Part"))
    return paginate(compose(composer, part.blocks))


def body(page: PageLayout) -> list[Flowable]:
    return [placed.piece for placed in page.pieces]


def assert_well_filled(pages: list[PageLayout]) -> None:
    for page in pages:
        for placed in page.pieces:
            assert placed.top + placed.piece.height <= HEIGHT + 0.01
        assert (
            not body(page)[-1].keep
            or page is pages[-1]
            or isinstance(body(pages[pages.index(page) + 1])[0], SectionHeading)
        )
        assert all(upper.top + upper.piece.height <= lower.top + 0.01 for upper, lower in pairwise(page.pieces))
    for page, following in pairwise(pages):
        ends_section = isinstance(body(following)[0], SectionHeading | FullPage) or page.bare
        assert ends_section or page.used >= 0.25 * HEIGHT


@pytest.mark.parametrize("part", [demo.english(), demo.chinese()], ids=["en", "zh"])
def test_the_demo_fills_its_pages_well(part: OutlinePart) -> None:
    pages = pages_of(part)
    assert len(pages) > 8
    assert_well_filled(pages)


PARAGRAPHS = st.builds(
    lambda text, count, style: blocks.Paragraph(runs(text * count), style),
    st.sampled_from([LOREM, HAN]),
    st.integers(1, 60),
    st.sampled_from(["body", "lead", "note"]),
)
HEADINGS = st.builds(
    lambda level, count, new: blocks.Heading(level, "Data is collected but does not flow " * count, "a", new),
    st.integers(1, 3),
    st.integers(1, 3),
    st.just(False),
)
CARDS = st.builds(
    lambda count: blocks.DetailCard("A card", (blocks.CardField("Closes", runs(LOREM)),) * count, runs(HAN), "CM1"),
    st.integers(1, 30),
)
TABLES = st.builds(
    lambda rows, count: blocks.Table(
        (blocks.TableColumn("No.", 0.3, "right"), blocks.TableColumn("What", 2)),
        (cells("1", LOREM * count),) * rows,
        "A table",
        "A note",
    ),
    st.integers(0, 40),
    st.sampled_from([1, 3, 60]),
)
OTHERS = st.sampled_from(
    [
        block
        for block in demo.english().blocks
        if isinstance(
            block,
            blocks.BulletChart
            | blocks.Bars
            | blocks.ImpactMatrix
            | blocks.Gantt
            | blocks.KeyFigures
            | blocks.Callout
            | blocks.Bullets,
        )
    ]
)


@settings(max_examples=60)
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS, CARDS, TABLES, OTHERS), max_size=12))
def test_any_report_fills_its_pages_well(sequence: list[blocks.Block]) -> None:
    assert_well_filled(pages_of(OutlinePart("en", tuple(sequence))))


def test_a_low_card_stays_whole() -> None:
    card = blocks.DetailCard("A card", (blocks.CardField("Closes", runs(LOREM)),) * 5)
    pages = pages_of(OutlinePart("en", (card,) * 14))
    cards = [piece for page in pages for piece in body(page)]
    assert len(cards) == 14
    assert {piece.height for piece in cards if isinstance(piece, Framed)} == {cards[0].height}
    assert cards[0].height < CARD_GOES_ON


@pytest.mark.parametrize(
    ("labels", "lines"), [(("A", "B", "C", "D"), 2), (("A", "B", "", ""), 4), (("A", "", "C", "D"), 3)]
)
def test_short_lines_of_a_card_stand_side_by_side_but_not_those_under_one_label(
    labels: tuple[str, ...], lines: int
) -> None:
    """The boxes of a question on paper stood in two columns, some of them under the label before."""
    card = blocks.DetailCard("A card", tuple(blocks.CardField(label, runs("□ Yes")) for label in labels))
    ((placed,),) = (page.pieces for page in pages_of(OutlinePart("en", (card,))))
    assert isinstance(placed.piece, Framed)
    assert len(placed.piece.pieces) == 1 + lines


@pytest.mark.parametrize("lines", range(14))
def test_a_higher_card_goes_on_overleaf_under_its_title(lines: int) -> None:
    """Never less than four lines of it on the first page and two on the next, none lost, none twice but the title."""
    fields = tuple(blocks.CardField(f"Label {number}", runs(f"Value{number}. {LOREM}")) for number in range(11))
    above = tuple(blocks.Bullets((runs("one line"),)) for _ in range(2 * lines + 8))
    pages = pages_of(OutlinePart("en", (*above, blocks.DetailCard("The card", fields, runs("Its lead.")))))
    parts = [piece for page in pages for piece in body(page) if isinstance(piece, Framed)]
    assert parts[0].height <= WHOLE_AT_MOST
    if len(parts) > 1:
        begun, rest = parts
        assert len(begun.pieces) >= 4
        assert len(rest.pieces) >= 3
        (again,) = rest.pieces[0].cells  # type: ignore[attr-defined]
        assert (again.words.text, again.again) == ("The card", True)
    assert all(page.used > 0.7 * HEIGHT for page in pages[:-1])
    kept = [*parts[0].pieces, *(piece for part in parts[1:] for piece in part.pieces[1:])]
    assert len(kept) == 2 + len(fields)
    assert_well_filled(pages)


def test_a_section_begins_on_a_page_that_has_room_for_more() -> None:
    """A page used by less than two thirds takes it; one used by more stays as it is."""
    section = (blocks.Heading(1, "Next", "next", new_page=True), blocks.Paragraph(runs(LOREM)))
    for lines, pages in ((24, 1), (34, 2)):
        above = blocks.Bullets(tuple(runs("one line") for _ in range(lines)))
        made = pages_of(OutlinePart("en", (above, *section)))
        assert len(made) == pages, lines


@pytest.mark.parametrize("lines", range(24, 40))
def test_a_small_table_stays_whole(lines: int) -> None:
    columns = (blocks.TableColumn("What", 2.0), blocks.TableColumn("Score", 1.0, "right"))
    table = blocks.Table(
        columns, tuple(cells(f"Row {row}", f"{row}.0") for row in range(5)), "Few", bold_rows=frozenset({4})
    )
    above = blocks.Bullets(tuple(runs("one line") for _ in range(lines)))
    pages = pages_of(OutlinePart("en", (above, table)))
    rows = [len(piece.rows) for page in pages for piece in body(page) if isinstance(piece, TableFlowable)]
    assert rows == [5]


def test_a_date_and_a_short_figure_are_not_wrapped_beside_long_words() -> None:
    """Goals that ask for all the room do not cut a deadline into year and month."""
    columns = tuple(
        blocks.TableColumn(title, share) for title, share in (("任务", 1.8), ("目标", 9.0), ("完成时限", 0.4))
    )
    table = blocks.Table(columns, tuple(cells(HAN, HAN * 3, "2027年11月") for _ in range(4)))
    (piece,) = (one for page in pages_of(OutlinePart("zh", (table,))) for one in body(page))
    assert isinstance(piece, TableFlowable)
    for row in (piece.header, *piece.rows):
        assert len(row.cells[-1].lines) == 1


@pytest.mark.parametrize("share", [0.8, 0.9, 1.0, 1.1, 1.2])
def test_a_bracket_in_the_head_of_a_column_is_not_cut(share: float) -> None:
    columns = (blocks.TableColumn("组成部分", 6.0), blocks.TableColumn("占总分权重（百分点）", share, "right"))
    table = blocks.Table(columns, tuple(cells(HAN * 3, "22.0 → 16.2") for _ in range(4)))
    (piece,) = (one for page in pages_of(OutlinePart("zh", (table,))) for one in body(page))
    assert isinstance(piece, TableFlowable)
    head = piece.header.cells[1]
    assert [head.words.text[line.start : line.end].strip() for line in head.lines] == ["占总分权重", "（百分点）"]


def test_contents_that_a_page_can_hold_stand_on_one() -> None:
    headings = [blocks.Heading(1 + bool(place % 4), f"Heading {place}", f"h{place}") for place in range(38)]
    pages = pages_of(OutlinePart("zh", (blocks.Contents("目录"), blocks.PageBreak(), *headings)))
    lines = [sum(isinstance(piece, ContentsLine) for piece in body(page)) for page in pages]
    assert [count for count in lines if count] == [38]


def test_a_split_paragraph_leaves_two_lines_or_more_on_both_pages() -> None:
    splits = 0
    for count in range(1, 40):
        paragraphs = tuple(blocks.Paragraph(runs(LOREM * count)) for _ in range(60))
        parts: dict[int, list[int]] = {}
        for page in pages_of(OutlinePart("en", paragraphs)):
            for piece in body(page):
                assert isinstance(piece, TextFlowable)
                parts.setdefault(id(piece.words), []).append(len(piece.lines))
        splits += sum(len(lines) > 1 for lines in parts.values())
        assert all(min(lines) >= 2 for lines in parts.values() if len(lines) > 1)
    assert splits > 20


def test_no_line_is_lost_when_a_paragraph_is_split() -> None:
    pages = pages_of(OutlinePart("zh", (blocks.Paragraph((Run(HAN * 300),)),)))
    said = "".join(
        piece.words.text[line.start : line.end]
        for page in pages
        for piece in body(page)
        if isinstance(piece, TextFlowable)
        for line in piece.lines
    )
    assert len(pages) > 1
    assert said == HAN * 300


def test_a_table_keeps_every_row_and_never_a_lone_last_one() -> None:
    for rows in range(20, 60):
        table = blocks.Table((blocks.TableColumn("a"),), tuple(cells(str(row)) for row in range(rows)))
        parts = [
            piece
            for page in pages_of(OutlinePart("en", (table,)))
            for piece in body(page)
            if isinstance(piece, TableFlowable)
        ]
        assert [row.cells[0].words.text for part in parts for row in part.rows] == [str(row) for row in range(rows)]
        assert len(parts[-1].rows) > 1
        assert all(part.continued == (part is not parts[0]) for part in parts)


def test_a_note_that_finds_no_room_takes_half_of_a_high_row_with_it() -> None:
    """The row does not go along whole with its note: no page is left with three lines."""
    for rows in range(1, 30):
        columns = (blocks.TableColumn("No.", 0.3), blocks.TableColumn("What", 2))
        table = blocks.Table(columns, (cells("1", LOREM * 60),) * rows, "A table", "A note")
        assert_well_filled(pages_of(OutlinePart("en", (table,))))


def test_a_table_without_a_caption_stays_with_the_paragraph_that_introduces_it() -> None:
    for count in range(40):
        filler = tuple(blocks.Paragraph(runs("One line.")) for _ in range(count))
        table = blocks.Table((blocks.TableColumn("a"),), tuple(cells(str(row)) for row in range(9)))
        said = (blocks.Heading(2, "A heading", "a"), blocks.Paragraph(runs("These follow.")), table)
        pages = pages_of(OutlinePart("en", (*filler, *said)))
        starts = next(page for page in pages if any(isinstance(piece, TableFlowable) for piece in body(page)))
        place = next(index for index, piece in enumerate(body(starts)) if isinstance(piece, TableFlowable))
        assert [type(piece) for piece in body(starts)[place - 2 : place]] == [TextFlowable, TextFlowable]


def test_cards_stay_with_the_paragraph_that_introduces_them() -> None:
    fields = tuple(blocks.CardField(label, runs(LOREM * 6)) for label in ("Who", "First step"))
    cards_ = blocks.CardRow((blocks.DetailCard("One", fields), blocks.DetailCard("Two", fields)))
    for count in range(20, 45):
        filler = tuple(blocks.Paragraph(runs("One line.")) for _ in range(count))
        pages = pages_of(OutlinePart("en", (*filler, blocks.Paragraph(runs("These follow.")), cards_)))
        last = [piece for page in pages for piece in body(page)][count:]
        assert any(all(piece in body(page) for piece in last) for page in pages), count


@pytest.mark.parametrize("said", ["These follow:", "如下："])
def test_a_sentence_that_ends_in_a_colon_does_not_stand_at_the_foot_of_a_page(said: str) -> None:
    for count in range(20, 45):
        lines = (*("One line.",) * count, said, *("What follows.",) * 30)
        pages = pages_of(OutlinePart("en", tuple(blocks.Paragraph(runs(line)) for line in lines)))
        feet = [page.pieces[-1].piece for page in pages]
        assert said not in [piece.words.text for piece in feet if isinstance(piece, TextFlowable)], count


def test_words_of_a_table_of_cards_are_of_the_size_of_tables_also_its_heads() -> None:
    fields = tuple(blocks.CardField(label, runs("A word")) for label in ("Who", "First step"))
    cards_ = blocks.CardRow((blocks.DetailCard("One", fields), blocks.DetailCard("Two", fields)))
    (page,) = pages_of(OutlinePart("en", (cards_,)))
    boxes = [
        box for piece in body(page) if isinstance(piece, CardRowFlowable) for row in piece.rows for box in row.cells
    ]
    assert len(boxes) == 2 + 2 * 3
    assert {box.words.style.size for box in boxes} == {TABLE}


def test_a_heading_and_its_sentence_stay_with_the_chart_they_introduce() -> None:
    chart = next(block for block in demo.english().blocks if isinstance(block, blocks.BulletChart))
    said = (blocks.Heading(2, "A heading", "a"), blocks.Paragraph(runs("A sentence.")), chart)
    for count in range(20, 45):
        filler = tuple(blocks.Paragraph(runs("One line.")) for _ in range(count))
        pages = pages_of(OutlinePart("en", (*filler, *said)))
        assert {page.pieces[-1].piece.keep for page in pages[:-1]} == ({False} if pages[1:] else set())
        last = [piece for page in pages for piece in body(page)][count:]
        assert any(all(piece in body(page) for piece in last) for page in pages), count


def test_an_empty_line_of_headings_does_not_hang() -> None:
    headings = tuple(blocks.Heading(1 + index % 3, LOREM, str(index)) for index in range(60))
    assert sum(len(page.pieces) for page in pages_of(OutlinePart("en", headings))) == 60


def test_a_section_that_asks_for_a_page_takes_the_rest_of_one_that_is_half_empty() -> None:
    """The first page's too, but none before a break that stands there for its own sake, as round the contents."""
    first = (blocks.Paragraph((Run("First. "),)), blocks.PageBreak())
    opened = (*first, blocks.Heading(1, "One", "a", new_page=True), blocks.Paragraph((Run("Short. "),)))
    another = blocks.Heading(1, "Two", "b", new_page=True)
    assert len(pages_of(OutlinePart("en", (*opened, another)))) == 2
    assert len(pages_of(OutlinePart("en", (*opened, blocks.PageBreak(), another)))) == 3
    assert len(pages_of(OutlinePart("en", (first[0], another)))) == 1
    long = blocks.Paragraph((Run("Many words of a long section. " * 100),))
    assert len(pages_of(OutlinePart("en", (*opened, long, another)))) == 3


def test_tables_with_the_same_columns_have_the_same_widths() -> None:
    columns = (blocks.TableColumn("What"), blocks.TableColumn("Score", 1, "right"))
    short, long = (blocks.Table(columns, (blocks.cells(words, "1"),)) for words in ("A", "A very long name " * 5))
    edges = [
        [cell.x for cell in placed.piece.header.cells]
        for page in pages_of(OutlinePart("en", (short, long)))
        for placed in page.pieces
        if isinstance(placed.piece, TableFlowable)
    ]
    assert edges[0] == edges[1]


def test_a_row_that_goes_on_says_again_what_it_is_about() -> None:
    row = blocks.cells("Share of firms at level two", "Words of a very long note. " * 400)
    table = blocks.Table((blocks.TableColumn("Question"), blocks.TableColumn("Note", 3)), (row,))
    pages = extracted(write_pdf(outline(table)).data)
    assert len(pages) > 1
    assert all("Shareoffirmsatleveltwo" in page for page in pages)
