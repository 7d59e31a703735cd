"""The logo of the house on the cover: a PNG or JPEG picture, checked before anything is drawn."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nqpf_assess.files.intake import read_regular
from nqpf_assess.files.machine import TooLarge, refusal
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.pdf.pen import Pen

MOST_BYTES = 4_000_000
MOST_PIXELS = 6_000
"""Longest side of a picture that is opened."""

SHOWN_PIXELS = 600
"""Longest side of a picture in the report: 150 points at 288 dots to the inch."""

ENDINGS = {"PNG": "png", "JPEG": "jpg"}
HINT = _("Give a PNG or JPEG picture; a drawing (SVG) has to be exported as PNG first, 1,200 pixels wide or more.")
TOO_LARGE = _("it is larger than 4 MB")
NO_PICTURE = _("it is no PNG or JPEG picture")
DAMAGED = _("the picture is damaged")


@dataclass(frozen=True)
class Logo:
    """A logo: the bytes of its file, `kind` PNG or JPEG, and the picture on white, no larger than it is shown."""

    data: bytes
    kind: str
    picture: Any

    @property
    def media_type(self) -> str:
        """Its media type."""
        return f"image/{self.kind.lower()}"

    @property
    def name(self) -> str:
        """The name under which a report carries it."""
        return f"logo.{ENDINGS[self.kind]}"

    @property
    def ratio(self) -> float:
        """Width by height."""
        wide, high = self.picture.size
        return float(wide / high)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at x, top."""
        pen.image(self.picture, x, top, width, width / self.ratio)


def read_logo(path: Path) -> Logo:
    """Read and check a logo. Raises UserError, with what stands against it."""
    try:
        data = read_regular(path, most=MOST_BYTES)
    except OSError as fault:
        raise _refused(path, TOO_LARGE if isinstance(fault, TooLarge) else refusal(fault)) from fault
    return logo_in(data, path)


def logo_in(data: bytes, path: Path) -> Logo:
    """Check the bytes of a logo; `path` names it where it is refused. Its size is looked at before it is unpacked."""
    from PIL import Image, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise _refused(path, TOO_LARGE)
    try:
        opened = Image.open(io.BytesIO(data), formats=list(ENDINGS))
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise _refused(path, NO_PICTURE) from fault
    if max(opened.size) > MOST_PIXELS:
        wide, high = opened.size
        raise _refused(
            path,
            fill(_("it is {wide} × {high} pixels; the most is {most}"), wide=wide, high=high, most=f"{MOST_PIXELS:,}"),
        )
    try:
        shown = opened.convert("RGBA")
        shown.thumbnail((SHOWN_PIXELS, SHOWN_PIXELS))
    except (OSError, SyntaxError, ValueError) as fault:
        raise _refused(path, DAMAGED) from fault
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    kind = "PNG" if opened.format == "PNG" else "JPEG"  # of a camera's JPEG with a second picture it is “MPO”
    return Logo(data, kind, ground)


def _refused(path: Path, why: Text) -> UserError:
    return UserError(fill(_("The logo {path} cannot be used: {why}"), path=path, why=why), hint=HINT)
