"""The shipped fonts have every standard character; a font that cannot be used is refused with a reason."""

import hashlib
import re
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFontFace

from nqpf_assess.report.blocks import Paragraph, Run, runs
from nqpf_assess.report.pdf import FontChoice, FontError, fonts, write_pdf
from nqpf_assess.report.pdf.fonts import COMMON, MOST_LACKING, SHIPPED, QuickFace, choice_of, load_fonts, to_unicode
from tests.report.reading import opened, outline

ROOT = Path(__file__).resolve().parents[2]
REGULAR, BOLD = SHIPPED / "NqpfSansSC-Regular.ttf", SHIPPED / "NqpfSansSC-Bold.ttf"


def standard_characters() -> str:
    table = (ROOT / "tools" / "standard_characters.txt").read_text(encoding="utf-8").split("\n\n", 1)[1]
    return "".join(table.split())


def test_every_standard_character_can_be_drawn_in_both_weights() -> None:
    standard = standard_characters()
    assert len(standard) == len(set(standard)) == 8105
    assert sum(ord(character) > 0xFFFF for character in standard) == 196
    assert set(standard) <= load_fonts().drawable


def test_every_gb_2312_character_can_be_drawn() -> None:
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    gb2312 = {character for cell in cells for character in cell.decode("gb2312", errors="ignore")}
    assert len(gb2312) == 7445
    assert gb2312 <= load_fonts().drawable


def test_threads_that_begin_together_share_the_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a report of one is set in other faces than that of another, and its bytes differ."""
    read = []

    @cache
    def slowly() -> object:
        read.append(1)
        time.sleep(0.05)
        return object()

    monkeypatch.setattr(fonts, "_shipped_fonts", slowly)
    with ThreadPoolExecutor(3) as pool:
        assert len({id(found) for found in pool.map(lambda _: fonts.load_fonts(), range(3))}) == 1
    assert read == [1]


def test_figures_have_one_width_so_that_columns_align() -> None:
    fonts = load_fonts()
    for face in (fonts.latin, fonts.latin_bold, fonts.han, fonts.han_bold):
        assert len({face.widths[ord(digit)] for digit in "0123456789"}) == 1


def test_fonts_carry_their_own_names_and_their_licence() -> None:
    for file in sorted(SHIPPED.glob("*.ttf")):
        names = TTFont(file, lazy=True)["name"]
        assert names.getDebugName(6) == file.stem
        assert "Source" not in (names.getDebugName(1) or "")
    licence = (SHIPPED / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_readme_of_the_fonts_tells_their_digests() -> None:
    told = dict(re.findall(r"`(\S+\.ttf)` \| `([0-9a-f]{64})`", (SHIPPED / "README.md").read_text(encoding="utf-8")))
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in SHIPPED.glob("*.ttf")}
    assert len(files) == 4
    assert told == files


def test_the_users_own_fonts_are_used(tmp_path: Path) -> None:
    from tests.report import demo

    regular = tmp_path / "own.ttf"
    regular.write_bytes(REGULAR.read_bytes())
    own = write_pdf(demo.outline(demo.chinese()), fonts=FontChoice(regular, BOLD)).data
    assert own != write_pdf(demo.outline(demo.chinese())).data
    assert own.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.replace(b"glyf", b"CFF ", 1), "no TrueType outlines"),
        (lambda data: data.replace(b"prep", b"fvar", 1).replace(b"post", b"fvar", 1), "variable"),
        (lambda data: data[:100], "no TrueType outlines"),
        (lambda data: b"", "no TrueType outlines"),
        (lambda data: data[:-2000], "not complete"),
        (lambda data: data.replace(b"cmap", b"xxxx", 1), "not a TrueType font"),
        (lambda data: BOLD.read_bytes(), "weight 700"),
        (lambda data: (SHIPPED / "NqpfSansLatin-Regular.ttf").read_bytes(), "lacks 〓"),
    ],
)
def test_a_font_that_cannot_be_used_is_refused(tmp_path: Path, change, said: str) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(change(REGULAR.read_bytes()))
    with pytest.raises(FontError, match=said) as caught:
        load_fonts(FontChoice(file, BOLD))
    assert set(caught.value.message) == {"en", "zh"}
    assert str(file) in caught.value.message["zh"]


def test_a_font_without_the_common_characters_is_refused(tmp_path: Path) -> None:
    font = TTFont(REGULAR)
    common = [code for code in range(0x4E00, 0x4F00) if chr(code) in COMMON]
    for table in font["cmap"].tables:
        for code in common:
            table.cmap.pop(code, None)
    file = tmp_path / "thin.ttf"
    font.save(file)
    assert len(common) > MOST_LACKING
    with pytest.raises(FontError, match=rf"lacks {len(common)} of the 3,755 common"):
        load_fonts(FontChoice(regular=file))


def test_fonts_are_told_apart_by_their_weight() -> None:
    assert choice_of([BOLD, REGULAR]) == FontChoice(REGULAR, BOLD)
    assert choice_of([BOLD]) == FontChoice(bold=BOLD)
    with pytest.raises(FontError, match="same weight"):
        choice_of([REGULAR, SHIPPED / "NqpfSansLatin-Regular.ttf"])


def test_a_font_of_one_weight_leaves_the_other_as_shipped(tmp_path: Path) -> None:
    regular = tmp_path / "own.ttf"
    regular.write_bytes(REGULAR.read_bytes())
    fonts = load_fonts(FontChoice(regular=regular))
    assert fonts.han is not load_fonts().han
    assert fonts.han_bold is load_fonts().han_bold


def test_a_missing_font_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="does not exist"):
        load_fonts(FontChoice(REGULAR, tmp_path / "nowhere.ttf"))


def test_a_character_beyond_the_bmp_is_copied_as_a_utf_16_pair() -> None:
    assert b"<0001> <0041>\n<0002> <D86DDF4A>" in to_unicode([0x41, 0x2B74A])


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.ttf")), ids=lambda path: path.stem)
def test_a_font_read_fast_is_the_font_that_the_library_reads(path: Path) -> None:
    quick, library = QuickFace(str(path)), TTFontFace(str(path))
    assert quick.charToGlyph == library.charToGlyph
    assert {code: library.charWidths[code] for code in library.charToGlyph} == quick.charWidths
    assert quick.hmetrics == library.hmetrics
    assert quick.glyphPos == library.glyphPos
    assert quick.defaultWidth == library.defaultWidth
    assert b"glyf" in quick.makeSubset([0x20, 0x41])


def test_a_face_is_one_font_of_the_file_whatever_it_sets() -> None:
    """More than 256 characters, in one font for each face that is used, with the widths that were measured."""
    han = "".join(chr(point) for point in range(0x4E00, 0x5E00) if chr(point) in load_fonts().drawable)[:1500]
    with opened(write_pdf(outline(Paragraph(runs(han + " plain " + han, Run("Bold", bold=True))))).data) as pdf:
        fonts = {}
        for page in pdf.pages:
            fonts |= {str(font.BaseFont): font for font in page.Resources.Font.values()}
        assert len(fonts) == 3
        assert {str(font.Subtype) for font in fonts.values()} == {"/Type0"}
        widths = next(font for name, font in fonts.items() if "SC-Regular" in name).DescendantFonts[0].W[1]
        assert len(widths) >= 1500
        assert set(map(int, widths)) == {1000}
