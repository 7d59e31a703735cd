"""Changes what a PDF carries without a trace: nothing else of the file is touched."""

from pathlib import Path

import pikepdf


def swapped(report: Path, name: str, before: bytes, after: bytes) -> Path:
    """Replace words in one attachment, in place and with its size stated anew; return the changed report."""
    to = report.with_name("swapped.pdf")
    with pikepdf.open(report, allow_overwriting_input=True) as pdf:
        spec = pdf.attachments[name]
        data = spec.get_file().read_bytes()
        assert before in data
        data = data.replace(before, after, 1)
        for stream in {stream.objgen: stream for stream in dict(spec.obj.EF).values()}.values():
            stream.write(data)
            stream["/Params"]["/Size"] = len(data)
        pdf.save(to)
    return to
