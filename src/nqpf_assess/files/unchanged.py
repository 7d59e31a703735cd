"""Whether what lies at a place is still as this program wrote it, so that it may be replaced."""

import csv
import hashlib
import io
import re
import zipfile
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable
from pathlib import Path

from nqpf_assess.files.intake import MEGABYTE, read_regular
from nqpf_assess.files.places import shown
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError

MOST = 100_000_000
"""Bytes; nothing this program writes at one place in a form that people edit is larger."""

NEVER_SAVED = (b">1980-01-01T00:00:00Z</dcterms:modified>", b"<cp:lastModifiedBy>nqpf-assess</cp:lastModifiedBy>")
"""When our workbooks, and by whom our Word files, say that they were saved last; whoever saves one anew says other."""

WRITERS = (b"<Application>Microsoft Excel</Application>", b"<Application>Microsoft Macintosh Word</Application>")
"""The programs that our workbooks and Word files name; LibreOffice, which keeps the rest, puts its own name there."""

WRITTEN_ONCE = re.compile(rb"/ID \[<([0-9a-f]{32})><\1>\]")
"""The two names in a PDF, the same until somebody writes it anew: such as a browser that keeps a note on a page."""

LOST = _("{path} has columns that the new table would not have: {names}")
ELSEWHERE = _("Nothing was overwritten. Choose another name or folder, or move the old file elsewhere first.")
MOST_NAMED = 8

AT_TIMES = frozenset({"period", "override", "plan"})
"""Columns that a row of answers has only where something is stated there."""

SEAL = re.compile(rb"<!-- as written: ([0-9a-f]{64}) -->|\[sha256 ([0-9a-f]{16})\]")
"""The last line of what is written as Markdown, as a page or as plain text: the digest of all before it."""


def sealed(words: str) -> str:
    """Return a text of Markdown or HTML with a last line, unseen, by which it is known that nobody changed it since."""
    return f"{words}<!-- as written: {hashlib.sha256(words.encode()).hexdigest()} -->\n"


def sealed_plain(words: str) -> str:
    """Return plain text with such a last line, which is short, since nothing is unseen there."""
    return f"{words}[sha256 {hashlib.sha256(words.encode()).hexdigest()[:16]}]\n"


def is_unchanged(path: Path, *beginnings: bytes) -> bool:
    """Return whether a file begins as one of ours and was, as far as its form tells, saved by nobody else since.

    A form that a bureau filled in, a report that was corrected (in Word, as Markdown) or commented on, somebody's own
    workbook, letter or PDF: none of them is ours to replace. Of CSV and JSON the first bytes are all there is to tell
    by: a spreadsheet program that saves a CSV writes others.
    """
    try:
        data = read_regular(path, most=MOST)
    except OSError:
        return False
    lines = data.replace(b"\r\n", b"\n")  # Git and mail programs end them as the system does
    if not lines.startswith(tuple(words.replace(b"\r\n", b"\n") for words in beginnings)):
        return False
    if data.startswith(b"%PDF-"):  # whoever only adds to a PDF puts a second end behind the first
        alone = data.count(b"%%EOF") == 1 and WRITTEN_ONCE.search(data) is not None
        return alone and b"<pdf:Producer>nqpf-assess<" in data
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                packed = {part.date_time[0] for part in archive.infolist()}
                saved, writer = (archive.open(f"docProps/{name}.xml").read(MEGABYTE) for name in ("core", "app"))
        except Exception:  # what is damaged fails in a dozen ways
            return False
        ours = any(mark in saved for mark in NEVER_SAVED) and any(mark in writer for mark in WRITERS)
        return ours and packed == {1980}  # office programs write that year too, a script that corrects a report its own
    *_, seal = None, *SEAL.finditer(lines)  # before the last one somebody quotes another report
    if seal is None or lines.startswith((b"{", BOM_UTF8)):  # JSON and tables have none of their own
        return True
    digest, written = hashlib.sha256(lines[: seal.start()]).hexdigest(), (seal[1] or seal[2]).decode()
    return digest.startswith(written) and lines[seal.end() :] == b"\n"


def heads(line: str) -> list[str]:
    """Return the columns that the first line of a CSV names.

    Whoever adds a column to a table with line ends of Windows by another system's tools leaves half of an end within.
    """
    return next(csv.reader([line.replace("\r", "").strip()]), [])


def refuse_lost_columns(path: Path, there: Iterable[str], new: Iterable[str], ours: Collection[str] = AT_TIMES) -> None:
    """Raise `UserError` where a table has columns that the one to replace it would not have.

    Somebody keeps notes there. Languages and states may come and go (what stands behind the dot), and so may `ours`.
    """
    known = {name.partition(".")[0] for name in new} | {*ours}
    lost = [name for name in there if name.partition(".")[0] not in known]
    if lost:
        raise UserError(fill(LOST, path=shown(path), names=listed(lost, MOST_NAMED)), hint=ELSEWHERE, status=3)
