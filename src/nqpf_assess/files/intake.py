"""Files from strangers, read within limits; every reader of PDF, CSV, JSON and SVG goes through here.

Only ordinary files, so many bytes, so many unpacked, so deep, text in an encoding of text. What is damaged or passes a
limit becomes a sentence (`UserError`), and costs no memory or time in proportion to what it claims to hold.
"""

import codecs
import csv
import errno
import io
import json
import math
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from nqpf_assess.files.machine import refusal
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    import pikepdf

MEGABYTE = 1 << 20
LARGEST_FILE = 64 * MEGABYTE
"""Bytes of a file that is read whole. The largest report of ours, on 10,000 questions, has 6 MB."""

LARGEST_STREAM, MOST_ENTRIES = 4 * MEGABYTE, 200_000
"""Bytes that one stream of a PDF may unpack to while its structure is read, and entries that one array may have."""

LARGEST_ATTACHMENT, LARGEST_ATTACHMENTS = 16 * MEGABYTE, 64 * MEGABYTE
"""Bytes that one attachment of a PDF, and all that are read together, may unpack to."""

DEEPEST = 64
"""Brackets within brackets in JSON, arrays within arrays in PDF."""

LONGEST_NUMBER = 40
"""Characters of a number in JSON; 64 bits need 20, a double 24."""

NOT_READ = _("{path} cannot be read: {why}")
TOO_LARGE = _("it has {found} MB; at most {most} MB are read")
NO_ENCODING = _("there is no encoding of text “{encoding}”")
ENCODINGS = _("Usual ones: utf-8, gbk, gb18030, utf-16.")
NO_JSON = _("{path} is no JSON that can be read: {why}")
TOO_DEEP = _("more than {most} brackets within brackets")
BAD_NUMBER = _("“{number}” is no number that can be used")
BAD_SYNTAX = _("wrong syntax in line {line}, column {column}")
NO_CSV = _("{path}, line {line}: a cell has more than {most} characters; is a quotation mark not closed?")
NOT_A_PDF = _("this is not a PDF that can be read")
BAD_ATTACHMENT = _("the attachment {name} is damaged, or unpacks to more than {most} MB")


def refuse_odd(path: Path) -> None:
    """Refuse a device, pipe or socket, whose reading may never end; raises `UserError`. What is not there passes."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UserError(fill(NOT_READ, path=path, why=refusal(OSError(errno.EOPNOTSUPP, ""))))


def read_file(path: Path, *, most: int = LARGEST_FILE) -> bytes:
    """Read an ordinary file of at most `most` bytes; raises `UserError`."""
    refuse_odd(path)
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
            size = max(len(data), path.stat().st_size)
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the name
        why = refusal(fault if isinstance(fault, OSError) else FileNotFoundError(errno.ENOENT, ""))
        mild = isinstance(fault, FileNotFoundError | IsADirectoryError | ValueError)
        raise UserError(fill(NOT_READ, path=path, why=why), status=1 if mild else 3) from fault
    if len(data) > most:
        why = fill(TOO_LARGE, found=-(-size // MEGABYTE), most=most // MEGABYTE)
        raise UserError(fill(NOT_READ, path=path, why=why))
    return data


# ---- text


def text_codec(encoding: str) -> str:
    """Return the name under which Python knows an encoding; raises `UserError` for what decodes no text."""
    usable = False
    try:
        found = codecs.lookup(encoding)
        usable = found._is_text_encoding and found.name.replace("-", "_") not in NO_FILE_ENCODINGS
    except (LookupError, ValueError):
        pass
    if not usable:
        raise UserError(fill(NO_ENCODING, encoding=encoding), hint=ENCODINGS, status=2)
    return found.name


NO_FILE_ENCODINGS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
"""Encodings of names and of literals, or of whatever the machine is set to: no file is written in these."""


def likely_encoding(beginning: bytes) -> str:
    """Guess the encoding of a text that is not UTF-8; "" where none fits. A cut character at its end is let be."""
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("gb18030")().decode(beginning)
    except UnicodeDecodeError:
        return ""
    return "gbk"


def csv_rows(words: str, path: str, *, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Read CSV text as rows with their line; LF, CR LF and CR all end a line; raises `UserError`."""
    reader = csv.reader(io.StringIO(words.replace("\r\n", "\n").replace("\r", "\n")), delimiter=separator)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise UserError(fill(NO_CSV, path=path, line=reader.line_num, most=csv.field_size_limit())) from fault
        if row is None:
            return
        yield reader.line_num, row


# ---- JSON


def json_in(data: bytes, path: str) -> Any:
    """Read JSON in UTF-8, with finite numbers only and brackets at most `DEEPEST` deep; raises `UserError`."""
    try:
        words = data.decode("utf-8-sig")
        if _depth(words) > DEEPEST:
            raise UserError(fill(NO_JSON, path=path, why=fill(TOO_DEEP, most=DEEPEST)))
        return json.loads(words, parse_int=_number, parse_float=_number, parse_constant=_no_number)
    except UnicodeDecodeError as fault:
        raise UserError(fill(NO_JSON, path=path, why=_("it is not UTF-8"))) from fault
    except json.JSONDecodeError as fault:
        why = fill(BAD_SYNTAX, line=fault.lineno, column=fault.colno)
        raise UserError(fill(NO_JSON, path=path, why=why)) from fault
    except _BadNumberError as fault:
        raise UserError(fill(NO_JSON, path=path, why=fill(BAD_NUMBER, number=str(fault)[:LONGEST_NUMBER]))) from fault


class _BadNumberError(Exception):
    """A number of JSON that is infinite, not a number, or too long; the message is the number as written."""


def _number(words: str) -> int | float:
    if len(words) > LONGEST_NUMBER:
        raise _BadNumberError(words)
    found = float(words) if any(sign in words for sign in ".eE") else int(words)
    if not math.isfinite(found):
        raise _BadNumberError(words)
    return found


def _no_number(words: str) -> NoReturn:
    raise _BadNumberError(words)


def _depth(words: str) -> int:
    """Count the deepest brackets outside strings, before a parser that recurses sees them."""
    depth = deepest = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', words, re.DOTALL):
        sign = found[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


# ---- PDF


@contextmanager
def opened_pdf(data: bytes) -> "Iterator[pikepdf.Pdf]":
    """Open a PDF of unknown origin; a stream of it unpacks to `LARGEST_STREAM` at most; raises `UserError`.

    Whatever a damaged file makes its reading inside this context fail with is told in the same sentence, unless it was
    met nearer by (`broken`).
    """
    import pikepdf

    if LZW.search(data):  # the one packing that the library cannot limit; no report of ours uses it
        raise UserError(NOT_A_PDF)
    with _unpacking_to(LARGEST_STREAM):
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                yield pdf
        except broken() as fault:
            raise UserError(NOT_A_PDF) from fault


LZW = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (c, c, c) for c in b"LZWDecode"))
"""The name of a packing, however its letters are written."""


@contextmanager
def _unpacking_to(most: int) -> Iterator[None]:
    """Limit what each stream unpacks to, and how deep and wide objects are; the limits are those of the process."""
    import pikepdf

    before = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        run_length_max_memory=most,
        dct_max_memory=most,
        parser_max_nesting=DEEPEST,
        parser_max_container_size=MOST_ENTRIES,
    )
    try:
        yield
    finally:
        pikepdf.settings.set_qpdf_limits(**before)  # type: ignore[arg-type]


def broken() -> tuple[type[Exception], ...]:
    """Return what pikepdf raises for objects of a damaged file: errors of its own, of wrong kinds and wrong names."""
    import pikepdf

    return (pikepdf.PdfError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, MemoryError, OSError)


def attachments_of(pdf: "pikepdf.Pdf", known: Callable[[str], bool]) -> Mapping[str, bytes]:
    """Read the attachments with known names, and no other; raises `UserError` where one is damaged or too large."""
    found: dict[str, bytes] = {}
    left = LARGEST_ATTACHMENTS
    for name in pdf.attachments:
        if known(name):
            most = min(LARGEST_ATTACHMENT, left)
            try:
                with _unpacking_to(most):
                    found[name] = bytes(pdf.attachments[name].get_file().read_bytes())
            except broken() as fault:
                raise UserError(fill(BAD_ATTACHMENT, name=name, most=most // MEGABYTE)) from fault
            if len(found[name]) > most:
                raise UserError(fill(BAD_ATTACHMENT, name=name, most=most // MEGABYTE))
            left -= len(found[name])
    return found
