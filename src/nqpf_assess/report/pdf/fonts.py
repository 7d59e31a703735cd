"""The fonts of the report: Noto Sans SC for Chinese and a Latin companion with proportional quotes, or the user's own.

Fonts are read once a process. A font the report cannot use is refused at once, never replaced by one that is not
embedded. The PDF library cuts a font into subsets of 256 characters, each a font of its own, and writes maps back to
text in which characters beyond the BMP come out wrong. Here a face is one composite font (Type 0, ISO 32000-1 section
9.7) with one subset, whose characters are numbered as they first appear.
"""

import re
import struct
import sys
import threading
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString, PDFZCompress
from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont, TTFontFace

from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.typography.clean import GETA
from nqpf_assess.typography.linebreak import FULL_WIDTH

SHIPPED = Path(__file__).parent.parent / "fonts"

MARKS_OF_BOTH = "‘’“”…—·×÷±≈≠≤≥∞√←↑→↓"
"""Characters that both fonts draw: full-width in Chinese, proportional in English."""


SIGNS = MARKS_OF_BOTH[6:]
"""Those of them that are no quotation marks, ellipses or dashes."""


LARGEST = 256 << 20
"""Bytes of a font; the largest collections of Chinese ones have half of it."""

BOLD_FROM = 550
"""Weight class from which a font counts as bold."""

SMALL_BOLD = 13.0
"""Size in points up to which bold Chinese is the regular face with thicker strokes."""

COMMON = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
) - {""}
"""The 3,755 characters of GB 2312, level 1, which Chinese texts mostly consist of."""

MOST_LACKING = 20
"""Common characters that a font may lack; those lacking are shown as 〓 and listed."""

HINT = _("Give static TrueType files (glyf outlines), regular and bold, that may be embedded; or leave --font away.")


# ── A face: read fast, embedded as one subset ──


class QuickFace(TTFontFace):  # type: ignore[misc]
    """A face read in one sweep where it has a map of whole ranges (cmap format 12); else as the library reads it."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - the library's names
        """Read names and measures, then characters, widths and the places of glyphs."""
        start = self._ranges()
        if not start or not charInfo:
            super().extractInfo(charInfo)
            return
        super().extractInfo(0)
        count = struct.unpack_from(">L", self._ttf_data, start + 12)[0]
        glyphs: dict[int, int] = {}
        for first, last, glyph in struct.iter_unpack(">3L", self._ttf_data[start + 16 : start + 16 + 12 * count]):
            if first == last:
                glyphs[first] = glyph
            else:
                glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        metrics = self._metrics()
        advances = [self._pdfScale(advance) for advance, _ in metrics]
        self.charToGlyph, self.hmetrics, self.defaultWidth = glyphs, metrics, advances[0]
        self.charWidths = {code: advances[glyph] for code, glyph in glyphs.items() if glyph < len(advances)}
        self.glyphPos = self._places()
        if 0x20 in glyphs:  # as the library does: a space that does not break is drawn as one that does
            glyphs[0xA0], self.charWidths[0xA0] = glyphs[0x20], self.charWidths[0x20]

    def get_table(self, tag: str) -> bytes:
        """Return a table; names and measures for screens, which nobody asks of a font in a report, are left out."""
        if tag in ("name", "OS/2"):
            raise KeyError(tag)
        data: bytes = super().get_table(tag)
        return data

    def _ranges(self) -> int:
        """Return where the map of ranges begins; 0 where there is none."""
        data, cmap = self._ttf_data, self.get_table_pos("cmap")[0]
        for _platform, _encoding, offset in struct.iter_unpack(
            ">HHL", data[cmap + 4 : cmap + 4 + 8 * _short(data, cmap + 2)]
        ):
            if _short(data, cmap + offset) == 12:
                return int(cmap + offset)
        return 0

    def _metrics(self) -> list[tuple[int, int]]:
        """Read the advance and the left side bearing of each glyph, in units of the font."""
        data, start = self._ttf_data, self.get_table_pos("hmtx")[0]
        whole = _short(data, self.get_table_pos("hhea")[0] + 34)
        metrics = list(struct.iter_unpack(">HH", data[start : start + 4 * whole]))
        rest = struct.unpack_from(f">{self.numGlyphs - whole}H", data, start + 4 * whole)
        return [*metrics, *((metrics[-1][0], bearing) for bearing in rest)]

    def _places(self) -> list[int]:
        """Read where each glyph begins."""
        start, length = self.get_table_pos("loca")
        long = _short(self._ttf_data, self.get_table_pos("head")[0] + 50) == 1
        places = array("I" if long else "H")
        places.frombytes(self._ttf_data[start : start + (self.numGlyphs + 1) * places.itemsize][:length])
        if sys.byteorder == "little":
            places.byteswap()
        return list(places) if long else [2 * place for place in places]


def _short(data: bytes, place: int) -> int:
    found: int = struct.unpack_from(">H", data, place)[0]
    return found


class _Codes(dict[str, str]):
    """Characters of one document with their codes, four hex digits each, numbered from 1 as they first appear."""

    def __missing__(self, character: str) -> str:
        if character == "\N{NO-BREAK SPACE}":
            return self[" "]
        self[character] = code = f"{len(self) + 1:04x}"
        return code


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A font of which each document holds one subset."""

    def __init__(self, name: str, path: str) -> None:
        self.fontName, self.face, self.encoding = name, QuickFace(path), TTEncoding()
        self.state: WeakKeyDictionary[PDFDocument, _Codes] = WeakKeyDictionary()
        self.shapable = False

    def encoded(self, text: str, document: PDFDocument) -> str:
        """Return the codes of a text in hex, as it is shown in a page of a document that uses the font."""
        return "".join(map(self.state[document].__getitem__, text))

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: ARG002, N802 - the library's name
        """Return the name of the font on the pages of the document, where it is used from now on."""
        self.state.setdefault(doc, _Codes())
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = f"/F{len(doc.fontMapping) + 1}"
            doc.delayedFonts.append(self)
        return str(doc.fontMapping[self.fontName])

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - the library's name
        """Add the font to a document that is drawn: its subset, the widths, the map back to text."""
        name = self.getSubsetInternalName(0, doc)[1:]
        points = list(map(ord, self.state.pop(doc))) or [0x20]
        tag = "NQPFA" + chr(ord("A") + int(name[1:]) % 26)  # six letters that mark a subset, others for each font
        called = f"{tag}+{self.face.name.decode('ascii')}"
        glyphs = {0: 0}  # numbered as the library numbers them in the subset that it makes of these characters
        for point in points:
            glyphs.setdefault(self.face.charToGlyph.get(point, 0), len(glyphs))
        numbers = [0, *(glyphs[self.face.charToGlyph.get(point, 0)] for point in points)]
        own = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(called),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": self.face.addSubsetObjects(doc, called, points),
                "DW": 1000,
                "W": PDFArray([1, PDFArray(list(map(self.face.getCharWidth, points)))]),
                "CIDToGIDMap": _stream(doc, struct.pack(f">{len(numbers)}H", *numbers), f"glyphs:{called}"),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(called),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([doc.Reference(own, f"own:{called}")]),
                "ToUnicode": _stream(doc, to_unicode(points), f"text:{called}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[name] = doc.Reference(font, name)


def _stream(document: PDFDocument, data: bytes, name: str) -> object:
    stream = PDFStream(content=data)
    stream.filters = [PDFZCompress]
    return document.Reference(stream, name)


def to_unicode(points: list[int]) -> bytes:
    """Write the map from codes, numbered from 1, back to text; characters beyond the BMP as UTF-16 pairs."""
    rows = [f"<{code:04X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(points, 1)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


# ── Which faces a report uses ──


class FontError(UserError):
    """A font given by the user cannot be used; `message` says why, in every language of the program."""

    def __init__(self, words: Text) -> None:
        super().__init__(words, hint=HINT)


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The user's own fonts for Chinese text: static TrueType files. A weight without one keeps the shipped font.

    Latin letters and figures keep the shipped companion.
    """

    regular: Path | None = None
    bold: Path | None = None


def choice_of(paths: Sequence[Path]) -> FontChoice:
    """State regular and bold apart by the weight the files state. Raises FontError for two of one weight."""
    found: dict[bool, Path] = {}
    for path in paths:
        bold = _weight_and_rights(_read(path))[0] >= BOLD_FROM
        if bold in found:
            words = _("it has the same weight as {other}; give one regular and one bold")
            raise _refused(path, words, other=found[bold])
        found[bold] = path
    return FontChoice(found.get(False), found.get(True))


class _Widths(dict[int, int]):
    def __missing__(self, _code: int) -> int:
        return FULL_WIDTH


@dataclass(frozen=True, eq=False)
class Face:
    """One font file: its name in the PDF library, and the width of each character in thousandths of an em."""

    name: str
    font: EmbeddedFont

    @cached_property
    def widths(self) -> Mapping[int, int]:
        """Code point to width. A character that another font will have to draw, as on a page for a browser, is wide."""
        return _Widths(self.font.face.charWidths)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters this font draws."""
        return frozenset(map(chr, self.font.face.charToGlyph))


@dataclass(frozen=True, eq=False)
class FontSet:
    """The four faces of a report."""

    han: Face
    han_bold: Face
    latin: Face
    latin_bold: Face

    def thickens(self, size: float) -> bool:
        """Return whether bold Chinese of a size is the regular face drawn thicker.

        In small sizes it reads like a bold face, and a report need not carry hundreds of characters twice. The bold of
        a house is used in every size.
        """
        return size <= SMALL_BOLD and self.han_bold is _shipped_fonts().han_bold

    def face(self, *, han: bool, bold: bool) -> Face:
        """Return the face for Chinese or Latin, regular or bold."""
        if han:
            return self.han_bold if bold else self.han
        return self.latin_bold if bold else self.latin

    @cached_property
    def drawable(self) -> frozenset[str]:
        """The characters that can be drawn in every weight and language."""
        han = self.han.characters & self.han_bold.characters
        latin = self.latin.characters & self.latin_bold.characters
        return han | (latin - set(MARKS_OF_BOTH))

    @cached_property
    def latin_in_english(self) -> re.Pattern[str]:
        """Stretches that the Latin companion sets in a text that is not Chinese."""
        return re.compile(f"[{re.escape(''.join(sorted(self.latin.characters)))}]+")

    @cached_property
    def latin_in_chinese(self) -> re.Pattern[str]:
        """Stretches that the Latin companion sets in Chinese: marks of both only within Latin or figures."""
        own = re.escape("".join(sorted(self.latin.characters - set(MARKS_OF_BOTH))))
        return re.compile(f"(?:[{own}]|(?<=[A-Za-z])’(?=[A-Za-z])|(?<=[{own}])[{SIGNS}](?=[{own}]))+")


def load_fonts(choice: FontChoice | None = None) -> FontSet:
    """Return the shipped fonts, or the user's for Chinese. Raises FontError for a font that cannot be used.

    Each file is read once, whichever thread comes first: the library would mix up two faces of one name.
    """
    with _READING:
        shipped = _shipped_fonts()
        if choice is None:
            return shipped
        return FontSet(
            han=_user_face(choice.regular, bold=False) if choice.regular else shipped.han,
            han_bold=_user_face(choice.bold, bold=True) if choice.bold else shipped.han_bold,
            latin=shipped.latin,
            latin_bold=shipped.latin_bold,
        )


_READING = threading.Lock()


@cache
def _shipped_fonts() -> FontSet:
    return FontSet(
        han=_face("NqpfSansSC-Regular", SHIPPED / "NqpfSansSC-Regular.ttf"),
        han_bold=_face("NqpfSansSC-Bold", SHIPPED / "NqpfSansSC-Bold.ttf"),
        latin=_face("NqpfSansLatin-Regular", SHIPPED / "NqpfSansLatin-Regular.ttf"),
        latin_bold=_face("NqpfSansLatin-Bold", SHIPPED / "NqpfSansLatin-Bold.ttf"),
    )


def _face(name: str, path: Path) -> Face:
    font = EmbeddedFont(name, str(path))
    # The library tells faces apart by PostScript name alone: two files of one name would share their glyphs.
    font.face.name = name.encode("ascii")
    pdfmetrics.registerFont(font)
    return Face(name, font)


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, most=LARGEST)
    except OSError as error:
        raise _refused(path, refusal(error)) from error


def _weight_and_rights(data: bytes) -> tuple[int, int]:
    """Return the weight class and the embedding rights a font states; 400 and none where it states nothing."""
    start, _length = _tables(data).get("OS/2", (len(data), 0))
    weight, rights = struct.unpack_from(">H2xH", data, start + 4) if start + 10 <= len(data) else (400, 0)
    return weight, rights


def _user_face(path: Path, *, bold: bool) -> Face:
    """Read a user's font; refuse outlines and weights that the PDF library would take and draw wrongly."""
    data = _read(path)
    tables = _tables(data)
    if "glyf" not in tables:
        raise _refused(path, _("it has no TrueType outlines (glyf)"))
    if "fvar" in tables:
        raise _refused(path, _("it is a variable font; give a static one"))
    if max(map(sum, tables.values())) > len(data):
        raise _refused(path, _("it is not complete"))
    weight, rights = _weight_and_rights(data)
    if rights & 0x0F == 0x02:
        raise _refused(path, _("its licence flag says that it may not be embedded"))
    least, most = (BOLD_FROM, 1000) if bold else (300, BOLD_FROM - 1)
    if not least <= weight <= most:
        words = _("it has weight {weight}; {least} to {most} is needed here")
        raise _refused(path, words, weight=weight, least=least, most=most)
    return _cached_user_face(sha256(data).hexdigest()[:12], path, bold)


@cache
def _cached_user_face(digest: str, path: Path, bold: bool) -> Face:  # noqa: FBT001 - a key of the cache
    try:
        face = _face(f"User{'Bold' if bold else 'Regular'}-{digest}", path)
    except (TTFError, struct.error, LookupError, AttributeError) as error:  # what the library meets in a spoilt file
        raise _refused(path, _("it is not a TrueType font ({reason})"), reason=error) from error
    if GETA not in face.characters:
        raise _refused(path, _("it lacks 〓 and so is no Chinese font"))
    lacking = len(COMMON - face.characters)
    if lacking > MOST_LACKING:
        words = _("it lacks {n} of the {all} common Chinese characters (GB 2312, level 1)")
        raise _refused(path, words, n=f"{lacking:,}", all=f"{len(COMMON):,}")
    return face


def _tables(data: bytes) -> dict[str, tuple[int, int]]:
    """Read the table directory of a font file (of its first font, if it is a collection): tag to offset and length."""
    try:
        start = struct.unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
        count = struct.unpack_from(">H", data, start + 4)[0]
        rows = (struct.unpack_from(">4s4x2L", data, start + 12 + 16 * row) for row in range(count))
        return {tag.decode("latin-1"): (offset, length) for tag, offset, length in rows}
    except struct.error:
        return {}


def _refused(path: Path, why: Text, **values: object) -> FontError:
    return FontError(fill(_("the font {path} cannot be used: {why}"), path=path, why=fill(why, **values)))
