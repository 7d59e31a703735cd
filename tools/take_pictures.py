"""Take the pictures of the app in docs/images anew: the app as `serve` shows it, in headless Chromium.

Run from the repository's root with the development set-up: python tools/take_pictures.py. Needs Chromium and a Chinese
font, and leave to make a folder under /home; nothing is fetched from elsewhere.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.tui.browsing import Browser, chromium, serving  # noqa: E402

CELL = (9, 21)
"""Pixels of one character cell in the page."""

F_KEYS = {"F2": 113, "F3": 114, "F9": 120}
PAUSE = 1.0
"""Seconds between two looks; a picture is no test, so waiting is good enough."""

OPENING = 6.0
"""Seconds that an assessment is given to be read."""


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the sample it shows ("" = the start page), the language, the cells, the keys to it."""

    name: str
    sample: str
    language: str
    size: tuple[int, int]
    keys: tuple[str, ...]


PICTURES = (
    Picture("assess.png", "cluster_county", "en", (100, 30), ("F9", "2", "\x1b[6~", "\x1b[6~")),
    Picture("assess-zh.png", "ecological_county", "zh", (100, 30), ("F9", "4")),
    Picture("assess-plan.png", "cluster_county", "en", (120, 32), ("F9", "5", " ", "\x1b[B", " ", "\x1b[B")),
)

FILLED = "filled"
SAMPLES = {"en": "cluster_county", "zh": "ecological_county"}
"""The sample that the guide shows, in the language of what people wrote in it."""

GUIDE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("start", "", ()),
    ("place", "", ("1", "aj", "F3")),
    ("facts", FILLED, ("F9", "1")),
    ("question", FILLED, ("F9", "2")),
    ("review", FILLED, ("F9", "3")),
    ("results", FILLED, ("F9", "4")),
    ("plan", FILLED, ("F9", "5")),
    ("report", FILLED, ("F9", "6")),
    ("tools", "", ("5",)),
)
"""The pictures of the user's guide, in the order of the work: name, sample, keys."""

GUIDE_CELLS = (84, 25)
ALL = (
    *PICTURES,
    *(
        Picture(f"guide-{name}{ending}.png", SAMPLES[language] if sample else "", language, GUIDE_CELLS, keys)
        for name, sample, keys in GUIDE
        for language, ending in (("en", ""), ("zh", "-zh"))
    ),
)


CLERK = Path("/home/clerk")
"""Whose home folder the pictures and films show, whoever takes them."""


@contextmanager
def folder_at_home() -> Iterator[Path]:
    """Make a folder for as long as pictures are taken, whose path is seen in them: in the clerk's home folder.

    Where none can be made, as for a user without rights to it, raises `PermissionError`.
    """
    made = not CLERK.exists()
    folder = CLERK / "self-assessment"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(CLERK if made else folder)


async def take(picture: Picture, folder: Path, work: Path) -> bytes:
    """Open a copy of the sample, press the keys, take the picture."""
    files = [shutil.copy(ROOT / "samples" / f"{picture.sample}.toml", work)] if picture.sample else []
    os.environ["NQPF_ASSESS_DATA"] = str(folder / "data")
    width, height = (cells * pixels for cells, pixels in zip(picture.size, CELL, strict=True))
    async with (
        serving(*map(str, files), language=picture.language) as served,
        chromium("about:blank", folder / "profile") as browser,
    ):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await browser.call("Emulation.setDeviceMetricsOverride", **metrics)
        await browser.call("Page.navigate", url=served.address)
        await browser.until("document.body.classList.contains('-first-byte')")
        await asyncio.sleep(OPENING if picture.sample else PAUSE)
        await still(browser)
        for key in picture.keys:
            await browser.press(key, F_KEYS.get(key, 0))
            await still(browser)
        return await browser.picture()


async def still(browser: Browser) -> None:
    """Wait until nothing more is drawn: three looks in a row show the same."""
    seen: list[bytes] = []
    while len(seen) < 3 or len({*seen[-3:]}) > 1:
        await asyncio.sleep(PAUSE)
        seen.append(await browser.picture())


def main() -> None:
    """Take them all, or those whose names begin as stated."""
    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    stated = tuple(sys.argv[1:]) or ("",)
    for picture in (one for one in ALL if one.name.startswith(stated)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, folder_at_home() as work:
            (target / picture.name).write_bytes(asyncio.run(take(picture, Path(folder), work)))


if __name__ == "__main__":
    main()
