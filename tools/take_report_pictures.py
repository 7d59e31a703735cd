"""Take the pictures of a report that the README shows: the page that decides, in both languages.

    python tools/take_report_pictures.py [FOLDER]

Writes report-en.png and report-zh.png into FOLDER (docs/images). Run it again after the page has changed.
"""

import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from nqpf_assess.cli.main import run

ROOT = Path(__file__).parent.parent
SAMPLES = {"en": "cluster_county", "zh": "ecological_county"}
PAGE = 0
"""Index of the page that decides."""

WIDTH = 900
COLOURS = 96
DATE = "2026-11-25"


def picture(sample: Path, language: str) -> Image.Image:
    """Draw the page of one sample's report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        if run(["--lang", language, "report", str(sample), "-o", str(path), "--date", DATE]):
            raise SystemExit(1)
        page = pypdfium2.PdfDocument(path.read_bytes())[PAGE]
    drawn = page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB")
    small = drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def take(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, name in SAMPLES.items():
        path = folder / f"report-{language}.png"
        picture(ROOT / "samples" / f"{name}.toml", language).save(path, optimize=True)
        sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
