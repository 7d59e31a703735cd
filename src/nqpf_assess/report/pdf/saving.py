"""Writing the finished file so that no stream ends in a carriage return.

Such a stream is sound, but before the line break that follows it some validators take its last byte for a part of that
break and find the stream too short. The last byte is moved by what no reader sees: white space at the end, or another
numbering of the objects.
"""

import io
from zlib import adler32

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream

DOUBTFUL = b"\r\nendstream"
RETURN = b"\r"
MOVABLE = ("/ViewerPreferences", "/MarkInfo", "/PageLabels", "/Names")
"""Parts of the catalogue that may be objects of their own, which gives all objects after them other numbers."""


def saved(pdf: Pdf) -> bytes:
    """Write the file; the same content gives the same bytes."""
    _move_ends(pdf)
    data = _written(pdf)
    for key in MOVABLE:  # a stream that the library makes while writing ends in a carriage return
        if DOUBTFUL in data and isinstance(pdf.Root.get(key), Dictionary):
            pdf.Root[key] = pdf.make_indirect(pdf.Root[key])
            data = _written(pdf)
    return data


def _written(pdf: Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return file.getvalue()


def _move_ends(pdf: Pdf) -> None:
    """Lengthen each stream that will end in a carriage return, by what no reader sees.

    The last byte of a compressed stream is the last of its check sum. What is compressed already is written as it is.
    """
    for found in pdf.objects:
        if not isinstance(found, Stream) or found.get("/Type") == Name.Metadata:
            continue
        last = found.read_raw_bytes()[-1:] if "/Filter" in found else bytes([adler32(found.read_raw_bytes()) & 0xFF])
        if last == RETURN:
            longer = found.read_bytes() + (b"\0\0\0\1" if "/Length1" in found else b"\n")  # by 1, or by 10
            found.write(longer)
            if "/Length1" in found:
                found.Length1 = len(longer)
            if "/Params" in found:
                found.Params.Size = len(longer)
