"""The logo of the house on the cover: a PNG picture, or a plain SVG drawing, checked before anything is drawn."""

import io
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.svg import Drawing, SvgError, read_svg

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 4_000_000
MOST_PIXELS = 6_000
"""Longest side of a picture that is opened."""

SHOWN_PIXELS = 600
"""Longest side of a picture in the report: 150 points at 288 dots to the inch."""

HINT = _("Give a PNG picture, or an SVG drawing of plain shapes and paths (text turned into paths).")


@dataclass(frozen=True)
class Logo:
    """A logo: the bytes of its file, and the drawing it is where it is no picture."""

    data: bytes
    drawing: Drawing | None = None

    @property
    def media_type(self) -> str:
        """Its media type."""
        return "image/png" if self.drawing is None else "image/svg+xml"

    @property
    def name(self) -> str:
        """The name under which a report carries it."""
        return "logo.png" if self.drawing is None else "logo.svg"

    @cached_property
    def picture(self) -> Any:
        """The picture on white, no larger than it is shown."""
        from PIL import Image

        opened = Image.open(io.BytesIO(self.data)).convert("RGBA")
        opened.thumbnail((SHOWN_PIXELS, SHOWN_PIXELS))
        ground = Image.new("RGB", opened.size, "white")
        ground.paste(opened, mask=opened.getchannel("A"))
        return ground

    @property
    def ratio(self) -> float:
        """Width by height."""
        wide, high = self.picture.size if self.drawing is None else self.drawing.window[2:]
        return float(wide / high)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at x, top."""
        if self.drawing is None:
            pen.image(self.picture, x, top, width, width / self.ratio)
            return
        left, upper, wide, high = self.drawing.window
        scale = width / wide
        with pen.clipped(x, top, width, high * scale):
            for outline in self.drawing.outlines:
                moved = [
                    (kind, [(x + (px - left) * scale, top + (py - upper) * scale) for px, py in points])
                    for kind, points in outline.segments
                ]
                pen.outline(
                    moved,
                    fill=outline.fill,
                    stroke=outline.stroke,
                    line=outline.line * scale,
                    even_odd=outline.even_odd,
                )


def read_logo(path: Path) -> Logo:
    """Read and check a logo. Raises UserError, with what stands against it."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise _refused(path, en=f"cannot be read ({fault.strerror})", zh="无法读取") from fault
    return logo_in(data, path)


def logo_in(data: bytes, path: Path) -> Logo:
    """Check the bytes of a logo; `path` names it where it is refused."""
    if len(data) > MOST_BYTES:
        raise _refused(path, en="is larger than 4 MB", zh="超过 4 MB")
    if data.startswith(PNG):
        return _checked_picture(data, path)
    try:
        return Logo(data, read_svg(data))
    except SvgError as fault:
        raise _refused(
            path,
            en=f"is no PNG, and as SVG has what cannot be drawn: {fault}",
            zh=f"不是 PNG；作为 SVG 含有无法绘制的内容：{fault}",
        ) from fault


def _checked_picture(data: bytes, path: Path) -> Logo:
    from PIL import Image, UnidentifiedImageError

    wide, high = struct.unpack(">LL", data[16:24]) if len(data) >= 24 else (0, 0)
    if not (0 < wide <= MOST_PIXELS and 0 < high <= MOST_PIXELS):
        most = f"{MOST_PIXELS:,}"
        raise _refused(
            path, en=f"is {wide} × {high} pixels; {most} is the most", zh=f"为 {wide}×{high} 像素，上限 {most}"
        )
    try:
        logo = Logo(data)
        logo.picture.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise _refused(path, en="is a damaged PNG", zh="是损坏的 PNG 文件") from fault
    return logo


def _refused(path: Path, *, en: str, zh: str) -> UserError:
    return UserError(fill(_("Logo {path} {en}"), path=path, en=en, zh=zh), hint=HINT)
