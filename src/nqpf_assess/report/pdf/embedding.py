"""A TrueType font as the report uses it: read fast, and embedded as one subset with the text of every character.

The library cuts a font into subsets of 256 characters, each a font of its own, and writes maps back to text in which
characters beyond the BMP come out wrong. Here a face is one composite font (Type 0, ISO 32000-1 section 9.7) whose
characters are numbered as they first appear.
"""

import struct
import sys
from array import array
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString, PDFZCompress
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace


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
        for _, _, offset in struct.iter_unpack(">HHL", data[cmap + 4 : cmap + 4 + 8 * _short(data, cmap + 2)]):
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
        """Return the codes of a text in hex, as it is shown in a page of the document."""
        return "".join(map(self._codes(document).__getitem__, text))

    def _codes(self, document: PDFDocument) -> _Codes:
        if document not in self.state:
            self.state[document] = _Codes()
        return self.state[document]

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:  # noqa: ARG002, N802 - the library's name
        """Return the name of the font on the pages of the document, where it is used from now on."""
        self._codes(doc)
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
