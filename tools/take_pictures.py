"""Take the pictures of the app in docs/images anew: the app as `serve` shows it, in headless Chromium.

Run from the repository's root with the development set-up: python tools/take_pictures.py. Needs Chromium and a Chinese
font; nothing is fetched from elsewhere.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.tui.browsing import chromium, serving  # noqa: E402

CELL = (9, 18)
"""Pixels of one character cell in the page."""

F_KEYS = {"F2": 113, "F9": 120}
PAUSE = 0.6
"""Seconds after a key; a picture is no test, so waiting is good enough."""


@dataclass(frozen=True)
class Picture:
    """One picture: its file, the sample it shows, the language, the cells, and the keys that lead there."""

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


async def take(picture: Picture, folder: Path) -> bytes:
    """Open a copy of the sample, press the keys, take the picture."""
    file = Path(shutil.copy(ROOT / "samples" / f"{picture.sample}.toml", folder))
    os.environ["NQPF_ASSESS_DATA"] = str(folder / "data")
    width, height = (cells * pixels for cells, pixels in zip(picture.size, CELL, strict=True))
    async with (
        serving(str(file), language=picture.language) as served,
        chromium("about:blank", folder / "profile") as browser,
    ):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await browser.call("Emulation.setDeviceMetricsOverride", **metrics)
        await browser.call("Page.navigate", url=served.address)
        await browser.until("document.body.classList.contains('-first-byte')")
        for key in ("", *picture.keys):
            await asyncio.sleep(PAUSE)
            if key:
                await browser.press(key, F_KEYS.get(key, 0))
        await asyncio.sleep(2 * PAUSE)
        return await browser.picture()


def main() -> None:
    """Take them all."""
    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            (target / picture.name).write_bytes(asyncio.run(take(picture, Path(folder))))


if __name__ == "__main__":
    main()
