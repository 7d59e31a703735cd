"""The fonts of the report: Noto Sans SC for Chinese and a Latin companion with proportional quotes, or the user's own.

Fonts are read once a process. A font the report cannot use is refused at once, never replaced by one that is not
embedded.
"""

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.pdf.embedding import EmbeddedFont
from nqpf_assess.typography.clean import GETA
from nqpf_assess.typography.linebreak import FULL_WIDTH

SHIPPED = Path(__file__).parent.parent / "fonts"

MARKS_OF_BOTH = "‘’“”…—·×÷±≈≠≤≥∞√←↑→↓"
"""Characters that both fonts draw: full-width in Chinese, proportional in English."""


SIGNS = MARKS_OF_BOTH[6:]
"""Those of them that are no quotation marks, ellipses or dashes."""


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

    @property
    def faces(self) -> tuple[Face, ...]:
        """All faces, in a fixed order."""
        return (self.latin, self.latin_bold, self.han, self.han_bold)

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
    """Return the shipped fonts, or the user's for Chinese. Raises FontError for a font that cannot be used."""
    shipped = _shipped_fonts()
    if choice is None:
        return shipped
    return FontSet(
        han=_user_face(choice.regular, bold=False) if choice.regular else shipped.han,
        han_bold=_user_face(choice.bold, bold=True) if choice.bold else shipped.han_bold,
        latin=shipped.latin,
        latin_bold=shipped.latin_bold,
    )


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
        return path.read_bytes()
    except OSError as error:
        raise _refused(path, _("it cannot be read ({reason})"), reason=error.strerror) from error


def _weight_and_rights(data: bytes) -> tuple[int, int]:
    """Return the weight class and the embedding rights a font states; 400 and none where it states nothing."""
    tables = _tables(data)
    weight, rights = struct.unpack_from(">H2xH", data, tables["OS/2"] + 4) if "OS/2" in tables else (400, 0)
    return weight, rights


def _user_face(path: Path, *, bold: bool) -> Face:
    """Read a user's font; refuse outlines and weights that the PDF library would take and draw wrongly."""
    data = _read(path)
    tables = _tables(data)
    if "glyf" not in tables:
        raise _refused(path, _("it has no TrueType outlines (glyf)"))
    if "fvar" in tables:
        raise _refused(path, _("it is a variable font; give a static one"))
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
    except TTFError as error:
        raise _refused(path, _("it is not a TrueType font ({reason})"), reason=error) from error
    if GETA not in face.characters:
        raise _refused(path, _("it lacks 〓 and so is no Chinese font"))
    lacking = len(COMMON - face.characters)
    if lacking > MOST_LACKING:
        words = _("it lacks {n} of the {all} common Chinese characters (GB 2312, level 1)")
        raise _refused(path, words, n=f"{lacking:,}", all=f"{len(COMMON):,}")
    return face


def _tables(data: bytes) -> dict[str, int]:
    """Read the table directory of a font file (of its first font, if it is a collection): tag to offset."""
    try:
        start = struct.unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
        count = struct.unpack_from(">H", data, start + 4)[0]
        rows = (struct.unpack_from(">4s4xL4x", data, start + 12 + 16 * row) for row in range(count))
        return {tag.decode("latin-1"): offset for tag, offset in rows if offset + 10 <= len(data)}
    except struct.error:
        return {}


def _refused(path: Path, why: Text, **values: object) -> FontError:
    return FontError(fill(_("the font {path} cannot be used: {why}"), path=path, why=fill(why, **values)))
