"""A report that is not as it comes out again names the part that differs; one only saved anew differs in nothing."""

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

from nqpf_assess.locale import tell
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.sameness import differences_of
from tests.report import demo


@pytest.fixture(scope="module")
def made() -> bytes:
    return write_pdf(demo.outline(demo.english())).data


def saved(made: bytes, change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **how: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        change(pdf)
        pdf.save(file, **how)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize("how", [{}, {"linearize": True}, {"compress_streams": False, "qdf": True}], ids=str)
def test_a_file_only_saved_anew_differs_in_nothing(made: bytes, how: dict[str, bool]) -> None:
    anew = saved(made, **how)
    assert anew != made
    assert differences_of(anew, made) == ()


def _words(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nBT ET")


def _rotate(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].rotate(90, relative=True)


def _drop(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _glyphs(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    font.DescendantFonts[0].W[1][4] = 999


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Approved"
    )
    pdf.pages[2].Annots = pdf.make_indirect([note])


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.txt"] = pikepdf.AttachedFileSpec(pdf, b"more", filename="more.txt")


def _detach(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments[demo.ATTACHMENTS[0].name]


def _other(pdf: pikepdf.Pdf) -> None:
    name = demo.ATTACHMENTS[0].name
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"other", filename=name)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _script_by_name(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=[pikepdf.String("x"), script])


def _other_where_few_look(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].EF.F = pdf.make_stream(b"other")


def _title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = pikepdf.String("Another")


def _alt(pdf: pikepdf.Pdf) -> None:
    figure = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)
    figure.Alt = pikepdf.String("Something else")


def _read_elsewhere(pdf: pikepdf.Pdf) -> None:
    """Whoever listens hears the words that bear the same number on another page."""
    spoken = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/P")
    spoken.Pg = pdf.pages[-1].obj


def _name_as_text(pdf: pikepdf.Pdf) -> None:
    """No reader finds the letters of a font whose encoding is a text where a name is wanted."""
    for font in pdf.pages[0].Resources.Font.values():
        font.Encoding = pikepdf.String(str(font.Encoding))


def _labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[1].P = pikepdf.String("audited ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_words, ["page 4"]),
        (_rotate, ["page 2"]),
        (_drop, ["pages instead of"]),
        (_glyphs, ["pages 1–"]),
        (_note, ["page 3"]),
        (_attach, ["attachment more.txt, which was not there"]),
        (_detach, [f"attachment {demo.ATTACHMENTS[0].name}, which is gone"]),
        (_other, [f"attachment {demo.ATTACHMENTS[0].name}"]),
        (_script, ["an action on opening"]),
        (_script_by_name, ["a script that was not there"]),
        (_other_where_few_look, ["what it says of its attachments", "of its attachments, or"]),
        (_title, ["the properties of the file"]),
        (_alt, ["the structure that screen readers follow"]),
        (_read_elsewhere, ["the structure that screen readers follow"]),
        (_name_as_text, ["pages 1–"]),
        (_labels, ["the part /PageLabels of the file"]),
    ],
)
def test_what_was_changed_is_named(made: bytes, change: Callable[[pikepdf.Pdf], None], said: list[str]) -> None:
    found = [words["en"] for words in differences_of(saved(made, change), made)]
    assert all(any(words in part for part in found) for words in said)
    assert change is _drop or len(found) == len(said)
    assert change is not _drop or not any("attachments" in part for part in found)  # nor a script that is not there
    assert all(set(words) == {"en", "zh"} for words in differences_of(saved(made, change), made))


def test_what_has_to_be_guessed_while_reading_differs(made: bytes) -> None:
    # The word after an object's stream: what reads every object as before here is another font to other readers.
    damaged = made.replace(b"endstream\nendobj", b"endstream\nendstr", 1)
    assert damaged != made
    assert [tell(part, "en") for part in differences_of(damaged, made)] == ["damaged places of the file"]


@pytest.mark.parametrize("stated", [b"1", b"9"])
def test_pages_that_are_there_but_not_counted_differ(made: bytes, stated: bytes) -> None:
    """Readers show as many pages as the tree states: with fewer, what comes behind is cut off for whoever reads."""
    anew = saved(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert differences_of(anew, made) == ()
    tree = re.compile(rb"/Count (\d+) /Kids")
    assert len(tree.findall(anew)) == 1
    cut = tree.sub(lambda found: b"/Count %s /Kids" % stated.rjust(len(found[1]), b"0"), anew)
    assert len(pypdfium2.PdfDocument(cut)) == int(stated)
    assert [tell(part, "en") for part in differences_of(cut, made)] == ["damaged places of the file"]


def test_a_page_cropped_by_what_it_names_above_differs(made: bytes) -> None:
    """A reader shows its upper half alone, so that the report is not the same."""

    def crop(pdf: pikepdf.Pdf) -> None:
        other = pikepdf.Dictionary(Type=pikepdf.Name.Pages, CropBox=[0, 400, 595, 842])
        pdf.pages[0].obj.Parent = pdf.make_indirect(other)

    cut = saved(made, crop)
    assert pypdfium2.PdfDocument(cut)[0].get_height() < 500
    assert [tell(part, "en") for part in differences_of(cut, made)] == ["damaged places of the file"]
