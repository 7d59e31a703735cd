"""The sRGB colour profile that an archival PDF must carry, made from its definition (IEC 61966-2-1, ICC.1:2004)."""

import struct
from functools import cache

WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of the profile connection space."""

PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@cache
def srgb_profile() -> bytes:
    """Return a display profile of version 4.2 for sRGB, the same bytes every time."""
    curve = b"para" + struct.pack(">4xH2x", 3) + _fixed(*CURVE)
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(*ADAPTATION),
        **{tag: b"XYZ \0\0\0\0" + _fixed(*values) for tag, values in PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    directory, body = struct.pack(">L", len(tags)), b""
    places: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in places:
            places[data] = 128 + 4 + 12 * len(tags) + len(body)
            body += data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sLL", tag, places[data], len(data))
    return _header(128 + len(directory) + len(body)) + directory + body


def _header(size: int) -> bytes:
    created = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    kinds = b"mntrRGB XYZ "
    start = struct.pack(">L4xL", size, 0x04200000) + kinds + created + b"acsp"
    return start.ljust(68, b"\0") + _fixed(*WHITE) + b"\0" * 48


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}l", *(round(value * 65536) for value in values))


def _words(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xLL2s2sLL", 1, 12, b"en", b"US", len(data), 28) + data
