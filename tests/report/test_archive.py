"""Archives and assistive technology: a validator finds nothing, and would find what is broken."""

import io
import re
from itertools import pairwise
from zlib import adler32

import pikepdf
import pytest

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Attachment, runs
from nqpf_assess.report.pdf import PdfFile, write_pdf
from nqpf_assess.report.pdf.archive import saved
from tests.report import demo
from tests.report.reading import elements, findings, opened, outline

PARTS = {"en": (demo.english(),), "zh": (demo.chinese(),), "both": (demo.english(), demo.chinese())}


@pytest.fixture(scope="module", params=PARTS)
def report(request: pytest.FixtureRequest) -> PdfFile:
    return write_pdf(demo.outline(*PARTS[request.param]))


def test_the_validator_finds_nothing(report: PdfFile) -> None:
    assert findings(report.data) == []


def test_no_stream_ends_in_a_carriage_return() -> None:
    """Some validators would find such a stream too short; of these outlines every tenth would have one."""
    files = [Attachment("a.json", "application/json", "Data", b"%d" % number * 99) for number in range(40)]
    for file in files:
        words = blocks.Paragraph(runs(f"Text {file.data.decode()}"))
        made = write_pdf(outline(blocks.Heading(1, file.data.decode()[:2], "a"), words, attachments=(file,))).data
        assert b"\r\nendstream" not in made
        with opened(made) as pdf:
            assert pdf.attachments["a.json"].get_file().read_bytes().strip() == file.data


@pytest.mark.parametrize("kind", ["/Length1", "/Anything"])
def test_the_end_of_any_stream_is_moved_and_its_length_told(kind: str) -> None:
    """A font and any other stream whose check sum ends in a carriage return."""
    data = next(bytes([65 + number]) * 300 for number in range(256) if adler32(bytes([65 + number]) * 300) & 255 == 13)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Found = pdf.make_stream(data)
    pdf.Root.Found[kind] = 300
    written = saved(pdf)
    assert b"\r\nendstream" not in written
    with opened(written) as again:
        kept = again.Root.Found
        assert kept.read_bytes()[:300] == data
        assert kind == "/Anything" or len(kept.read_bytes()) == kept[kind]


@pytest.mark.parametrize(
    "sequence",
    [
        (),
        (blocks.Heading(1, "Only a heading", "a"),),
        (
            blocks.Heading(3, "Starts at the third level", "a"),
            blocks.Heading(1, "Then the first", "b"),
            blocks.Heading(3, "Skips one", "c"),
        ),
        (blocks.Contents("Contents"),),
        (blocks.Contents("Contents"), blocks.Heading(1, "One", "one", True)),
        (blocks.Table((blocks.TableColumn("Empty"),), ()),),
        (blocks.Bullets(()), blocks.KeyFigures(()), blocks.Table((), ())),
        (
            blocks.BulletChart((), "a", "b", "c", "d"),
            blocks.Heat((), "c", "d"),
            blocks.Gantt((), (), "c", "d"),
            blocks.Bars((), "a", "b", "c", "d"),
        ),
        (blocks.PageBreak(), blocks.PageBreak()),
        (blocks.Cover("", "", "", (), ""),),
        (blocks.DetailCard("", ()), blocks.Callout("", ()), blocks.Paragraph(())),
        (blocks.Paragraph(runs("see ", blocks.Run("nowhere", link="#missing"), blocks.Run("here", link="#x"))),),
    ],
    ids=lambda sequence: "+".join(type(block).__name__ for block in sequence) or "nothing",
)
def test_poor_outlines_are_sound_too(sequence: tuple[blocks.Block, ...]) -> None:
    assert findings(write_pdf(outline(*sequence)).data) == []


def test_the_validator_would_find_a_figure_without_alternative_text() -> None:
    broken = _changed(write_pdf(demo.outline(demo.english())).data, _drop_one_alt)
    assert [finding for finding in findings(broken) if "Figure" in finding or "ALT" in finding.upper()] != []


def test_the_validator_would_find_a_lost_colour_profile() -> None:
    broken = _changed(write_pdf(demo.outline(demo.english())).data, lambda pdf: pdf.Root.__delitem__("/OutputIntents"))
    assert findings(broken) != []


def _changed(data: bytes, change: object) -> bytes:
    with opened(data) as pdf:
        change(pdf)  # type: ignore[operator]
        changed = io.BytesIO()
        pdf.save(changed)
    return changed.getvalue()


def _drop_one_alt(pdf: pikepdf.Pdf) -> None:
    figure = next(node for node in elements(pdf) if node.S == "/Figure")
    del figure["/Alt"]


def test_structure_names_what_each_thing_is(report: PdfFile) -> None:
    with opened(report.data) as pdf:
        kinds = [str(node.S) for node in elements(pdf)]
        languages = {str(node.Lang) for node in elements(pdf) if "/Lang" in node}
        scopes = {str(node.A.Scope) for node in elements(pdf) if node.S == "/TH"}
        figures = [str(node.Alt) for node in elements(pdf) if node.S == "/Figure"]
    expected = {
        "/Document",
        "/Part",
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
        "/THead",
        "/TBody",
        "/TR",
    }
    assert expected | {"/TH", "/TD", "/Caption", "/Figure", "/Link", "/TOC", "/TOCI", "/Div"} == set(kinds)
    assert languages <= {"en", "en-GB", "zh-CN"}
    assert scopes == {"/Column", "/Row"}
    assert len(figures) >= 6
    assert all(len(alt) > 10 for alt in figures)


def test_no_element_is_empty() -> None:
    sequence = (
        blocks.Heading(1, "A", "a"),
        blocks.Bullets(()),
        blocks.DetailCard("B", ()),
        blocks.Callout("", runs("C")),
    )
    for written in (write_pdf(outline(*sequence)), write_pdf(demo.outline())):
        with opened(written.data) as pdf:
            assert [str(node.S) for node in elements(pdf) if len(node.K) == 0] == []


def test_heading_levels_are_never_skipped(report: PdfFile) -> None:
    with opened(report.data) as pdf:
        levels = [int(str(node.S)[2:]) for node in elements(pdf) if re.fullmatch(r"/H\d", str(node.S))]
    assert len(levels) > 10
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_title_language_labels_and_dates_are_told(report: PdfFile) -> None:
    with opened(report.data) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) in {"en-GB", "zh-CN"}
        assert pdf.Root.PageLabels.Nums[1].S == "/D"
        assert str(pdf.docinfo.CreationDate) == "D:20261125000000Z"
        assert pdf.open_metadata()["dc:title"] == str(pdf.docinfo.Title)
        fonts = list(pdf.pages[0].Resources.Font.values())
        assert len(fonts) >= 2
        assert all(
            "/FontFile2" in font.DescendantFonts[0].FontDescriptor and "+Nqpf" in str(font.BaseFont) for font in fonts
        )


def test_attachments_come_out_byte_for_byte(report: PdfFile) -> None:
    with opened(report.data) as pdf:
        found = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        relations = {str(file.UF): str(file.AFRelationship) for file in pdf.Root.AF}
    assert found == {file.name: file.data for file in demo.ATTACHMENTS}
    assert relations == {"answers.toml": "/Source", "rubric.toml": "/Data"}


def test_an_attachment_that_ends_in_a_carriage_return_is_sound() -> None:
    files = tuple(Attachment(f"{n}.bin", "application/octet-stream", "d", bytes([n]) * 50 + b"\r") for n in range(30))
    written = write_pdf(outline(blocks.Heading(1, "A", "a"), attachments=files)).data
    assert findings(written) == []
    with opened(written) as pdf:
        assert [pdf.attachments[file.name].get_file().read_bytes() for file in files] == [file.data for file in files]


def test_an_attachment_whose_end_was_moved_is_packed_as_it_was_when_it_is_carried_again() -> None:
    data = next(words for number in range(256) if adler32(words := bytes([65, number]) * 300) & 255 == 13)

    def made(data: bytes) -> bytes:
        return write_pdf(
            outline(blocks.Heading(1, "A", "a"), attachments=(Attachment("a.png", "b/c", "d", data),))
        ).data

    with opened(made(data)) as pdf:
        (file,) = pdf.attachments.values()
        taken, told = file.get_file().read_bytes(), file.get_file().size
    assert (taken, told) == (data + b"\n", len(data) + 1)
    assert made(taken) == made(data)
