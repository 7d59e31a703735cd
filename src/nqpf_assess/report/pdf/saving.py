"""Writing the finished file so that no stream ends in a carriage return.

Such a stream is sound, but before the line break that follows it some validators take its last byte for a part of that
break and find the stream too short. The last byte is moved by what no reader sees: white space at the end, or another
numbering of the objects.
"""

import io
from zlib import adler32

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, Stream

DOUBTFUL = b"\r\nendstream"
RETURN = 0x0D
MOVABLE = ("/ViewerPreferences", "/MarkInfo", "/PageLabels", "/Names")
"""Parts of the catalogue that may be objects of their own, which gives all objects after them other numbers."""


def saved(pdf: Pdf) -> bytes:
    """Write the file; the same content gives the same bytes."""
    data = _written(pdf)
    if DOUBTFUL in data:
        _move_ends(pdf)
        data = _written(pdf)
    for key in MOVABLE:
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
    """Lengthen each stream whose check sum, the last byte of its compressed form, is a carriage return."""
    for found in pdf.objects:
        if not isinstance(found, Stream) or found.get("/Type") == Name.Metadata:
            continue
        data = found.read_bytes()
        if adler32(data) & 0xFF == RETURN:
            longer = data + (b"\0\0\0\1" if "/Length1" in found else b"\n")  # moves the last byte by 1 or by 10
            found.write(longer)
            _note_length(found, len(longer))


def _note_length(found: Stream, length: int) -> None:
    if "/Length1" in found:
        found.Length1 = length
    if "/Params" in found:
        found.Params.Size = length
