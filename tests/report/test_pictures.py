"""Pages look as they did when they were looked at: each beside its stored picture. NQPF_UPDATE=1 takes them anew."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from nqpf_assess.report.blocks import OutlinePart
from nqpf_assess.report.pdf import write_pdf
from tests.report import demo

HERE = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 149, 211
"""A page at a quarter of a point to the pixel: words are grey bars, figures and tables their shapes."""

APART, MOVED = 2.0, 30.0
"""Mean difference of a page, and of its worst square of 16 pixels, in steps of grey of 256, that drawing may have."""


def pictures(part: OutlinePart) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(write_pdf(demo.outline(part)).data)
    drawn = [page.render(scale=1).to_pil().convert("L") for page in document]
    return [page.resize((WIDTH, HEIGHT), Image.Resampling.BOX) for page in drawn]


def differing(now: Image.Image, then: Image.Image) -> bool:
    """Say whether two pictures of a page differ by more than drawing may."""
    apart = ImageChops.difference(now, then)
    squares = apart.resize((WIDTH // 16, HEIGHT // 16), Image.Resampling.BOX)
    return ImageStat.Stat(apart).mean[0] > APART or squares.getextrema()[1] > MOVED


@pytest.mark.parametrize("part", [demo.english(), demo.chinese()], ids=["en", "zh"])
def test_pages_look_as_they_did(part: OutlinePart) -> None:
    now = pictures(part)
    path = HERE / f"demo-{part.language}.png"
    strip = Image.new("L", (WIDTH * len(now), HEIGHT), 255)
    for place, page in enumerate(now):
        strip.paste(page, (place * WIDTH, 0))
    if os.environ.get("NQPF_UPDATE"):
        HERE.mkdir(exist_ok=True)
        strip.quantize(16).save(path, optimize=True)
    stored = Image.open(path).convert("L")
    assert stored.size == strip.size, "other pages than before; look at them, then NQPF_UPDATE=1"
    then = [stored.crop((place * WIDTH, 0, (place + 1) * WIDTH, HEIGHT)) for place in range(len(now))]
    assert [place + 1 for place, pair in enumerate(zip(now, then, strict=True)) if differing(*pair)] == []


def test_a_page_that_changed_would_be_seen() -> None:
    cover, answer = pictures(demo.english())[:2]
    assert differing(cover, answer)
    moved = ImageChops.offset(answer, 0, 6)
    assert differing(moved, answer)
    assert not differing(answer, answer)
