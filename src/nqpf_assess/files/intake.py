"""Files from strangers, read within limits; every reader of TOML, PDF, CSV, JSON, XLSX and pictures goes through here.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from nqpf_assess.files.chinese_formats import CHINESE_FORMATS
from nqpf_assess.files.machine import TooLarge, refusal
from nqpf_assess.files.places import as_word, instead_of
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    import pikepdf
    from openpyxl import Workbook

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

MOST_COLUMNS = 16_384
"""Columns of a sheet in Excel; no form, yearbook or table of respondents has more."""

NOT_READ = _("{path} cannot be read: {why}")
NO_ENCODING = _("there is no encoding of text “{encoding}”")
ENCODINGS = _("Usual ones: utf-8, gbk, gb18030, utf-16.")
NO_JSON = _("{path} is no JSON that can be read: {why}")
TOO_DEEP = _("more than {most} brackets within brackets")
STANDS_TWICE = _("“{name}” stands twice in one object, with two values")
HALF = _("“{written}” in line {line} is half of a character, as where a program cut a text off; take it out")
BAD_NUMBER = _("“{number}” is no number that can be used")
BAD_SYNTAX = _("wrong syntax in line {line}, column {column}")
TOO_MANY_COLUMNS = _("{path} has more than {most} columns")
NO_CSV = _("{path}, line {line}: a cell has more than {most} characters; is a quotation mark not closed?")
UNCLOSED = _("{path}, line {line}: a quotation mark is opened and never closed, so that the lines below are one cell")
CLOSE = _("Close it behind the words, or take it out.")
LOCKED = _("this PDF is locked with a password")
UNLOCK = _("A report is written without one: ask for the file as it was written.")
NOT_A_PDF = _("this is not a PDF that can be read")
ONLY_PDF = _(
    "Only a report as PDF carries the answers that it is proved by; one in Word, as a page or as text does not, and an "
    "answer file needs no opening: it is scored as it is."
)
BAD_ATTACHMENT = _("the attachment {name} is damaged, or unpacks to more than {most} MB")


def refuse_odd(path: Path) -> None:
    """Refuse a device, pipe or socket, whose reading may never end; raises `UserError`. What is not there passes."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UserError(fill(NOT_READ, path=path, why=refusal(OSError(errno.EOPNOTSUPP, ""))))


def read_regular(path: Path, *, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of an ordinary file of at most `most` bytes; raises OSError, `TooLarge` for one of more.

    Anything else is refused at once: a pipe would wait for a writer that never comes, a device may never end.
    """
    seen = path.stat()
    if not (stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode)):
        raise OSError(errno.EOPNOTSUPP, "no ordinary file", str(path))
    if seen.st_size > most and stat.S_ISREG(seen.st_mode):
        raise TooLarge(seen.st_size, most)
    with path.open("rb") as file:
        data = file.read(seen.st_size + 1)
        if len(data) > seen.st_size:  # it grows, or is one of the system's that state no size
            data += file.read(most)
    if len(data) > most:
        raise TooLarge(len(data), most)
    return data


def read_file(path: Path, *, most: int = LARGEST_FILE) -> bytes:
    """Read an ordinary file of at most `most` bytes; raises `UserError`."""
    try:
        return read_regular(path, most=most)
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the name
        raise not_read(path, fault if isinstance(fault, OSError) else FileNotFoundError(errno.ENOENT, "")) from fault


def not_read(path: object, fault: OSError) -> UserError:
    """Return the error of a file that cannot be read: the user's where it is none or too large, else the machine's."""
    ours = fault.errno in (errno.ENOENT, errno.EISDIR, errno.EOPNOTSUPP, errno.EFBIG)
    hint = instead_of(Path(str(path))) if fault.errno == errno.ENOENT else None
    return UserError(fill(NOT_READ, path=path, why=refusal(fault)), hint=hint, status=1 if ours else 3)


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
    return WIDER.get(found.name, found.name)


WIDER = {"gbk": "gb18030"}
"""Encodings read as a wider one, in which each of their signs has the same bytes: what looks like GBK may hold more."""

NO_FILE_ENCODINGS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
"""Encodings of names and of literals, or of whatever the machine is set to: no file is written in these."""


def likely_encoding(beginning: bytes, *, other_than: str = "utf-8") -> str:
    """Guess the encoding of a text that is not in the stated one; "" where none fits. Its last sign may be cut."""
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for name, codec in (("utf-8", "utf-8"), ("gbk", "gb18030")):
        # The beginning of a file may be sound in the stated encoding, and what was wrong lie further on.
        if text_codec(other_than) not in (name, codec):
            with suppress(UnicodeDecodeError):
                codecs.getincrementaldecoder(codec)().decode(beginning)
                return name
    return ""


def csv_rows(words: str, path: str, *, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Read CSV text as rows with their line; LF, CR LF and CR all end a line; raises `UserError`."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        del lines[-1]
    reader = csv.reader(chain((f"{line}\n" for line in lines), [""]), delimiter=separator)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except csv.Error as fault:
            raise UserError(fill(NO_CSV, path=path, line=reader.line_num, most=csv.field_size_limit())) from fault
        if reader.line_num > len(lines):  # the empty line behind all, which is a row of its own where nothing is open
            if row:
                raise UserError(fill(UNCLOSED, path=path, line=begins), hint=CLOSE)
            return
        yield reader.line_num, row


def refuse_columns(count: int, path: str | Text) -> None:
    """Refuse a table of more columns than a sheet can have; raises `UserError`."""
    if count > MOST_COLUMNS:
        raise UserError(fill(TOO_MANY_COLUMNS, path=path, most=MOST_COLUMNS))


SEPARATORS = (",", ";", "\t")
"""What parts the cells of a CSV table: commas, semicolons where decimals have commas, tabs."""

BLURRED = _("{path} is text in no encoding that is recognised")
SAY_ENCODING = _("Say which it is: --encoding big5, for example.")
IS_PDF = _("{path} is a PDF, and no table")
OPEN_REPORT = _("To take answers and figures out of a report: nqpf-assess open {path} -o DIR")
NOT_IN_ENCODING = _("{path} is not text in {encoding}")
BYTE_ORDER = "\ufeff"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_in(data: bytes, path: str, *, encoding: str | None = None) -> tuple[str, str]:
    """Read bytes as text, and say in which encoding: as stated, else UTF-8, UTF-16 or GB 18030, whichever fits.

    A byte order mark before the first word is taken off in each: `iconv` carries that of UTF-8 over.
    """
    if encoding is not None:
        codec = text_codec(encoding)
        try:
            return data.decode(codec).removeprefix(BYTE_ORDER), codec
        except UnicodeError as fault:
            likely = likely_encoding(data, other_than=encoding)
            hint = fill(_("It looks like {name}; try --encoding {name}"), name=likely) if likely else ENCODINGS
            raise UserError(fill(NOT_IN_ENCODING, path=path, encoding=encoding), hint=hint) from fault
    if data.startswith(b"%PDF-"):
        raise UserError(fill(IS_PDF, path=path), hint=fill(OPEN_REPORT, path=as_word(path)))
    codecs_ = ("utf-16",) if data.startswith(UTF_16_MARKS) else ("utf-8", "gb18030")
    for codec in codecs_:
        try:
            words = data.decode(codec)
        except UnicodeError:
            continue
        if "\0" not in words:
            return words.removeprefix(BYTE_ORDER), codec
    raise UserError(fill(BLURRED, path=path), hint=SAY_ENCODING)


def separator_of(words: str) -> str:
    """Return what parts the cells of a CSV text: the mark that most lines have outside quotes, as a title may have any.

    Where as many have several, that of which the first of these has most.
    """
    lines = [*filter(None, re.sub(r'"[^"]*"', "", words[:LOOKED_AT]).splitlines())]
    having = {mark: [line for line in lines if mark in line] for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (len(having[mark]), having[mark][0].count(mark) if having[mark] else 0))


LOOKED_AT = 1 << 16
"""Characters of a table in which its separator is looked for."""


# ---- JSON


def json_in(data: bytes, path: str) -> Any:
    """Read JSON in UTF-8, with finite numbers only and brackets at most `DEEPEST` deep; raises `UserError`.

    In UTF-16 too, which PowerShell makes of whatever a command prints into a file.
    """
    try:
        words = data.decode("utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig")
        depth = 0  # of brackets outside texts, counted before a parser that recurses sees them
        for found in re.finditer(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', words, re.DOTALL):
            depth += (found[0] in "[{") - (found[0] in "]}")
            if depth > DEEPEST:
                raise UserError(fill(NO_JSON, path=path, why=fill(TOO_DEEP, most=DEEPEST)))
        half = next((found for found in _HALVES.finditer(words) if found["half"]), None)
        if half is not None:
            line = words.count("\n", 0, half.start()) + 1
            raise UserError(fill(NO_JSON, path=path, why=fill(HALF, written=half[0], line=line)))
        return json.loads(
            words, parse_int=_number, parse_float=_number, parse_constant=_number, object_pairs_hook=_each_once
        )
    except UnicodeDecodeError as fault:
        raise UserError(fill(NO_JSON, path=path, why=_("it is not UTF-8"))) from fault
    except json.JSONDecodeError as fault:
        why = fill(BAD_SYNTAX, line=fault.lineno, column=fault.colno)
        raise UserError(fill(NO_JSON, path=path, why=why)) from fault
    except _TwiceError as fault:
        raise UserError(fill(NO_JSON, path=path, why=fill(STANDS_TWICE, name=str(fault)[:LONGEST_NUMBER]))) from fault
    except _BadNumberError as fault:
        raise UserError(fill(NO_JSON, path=path, why=fill(BAD_NUMBER, number=str(fault)[:LONGEST_NUMBER]))) from fault


_HALVES = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""A backslash or a character that JSON writes as a pair, taken whole; else half of one, such as `\\ud83d`."""


class _TwiceError(Exception):
    """A name that stands twice in one object; the message is the name."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, in which nobody can tell which of two values of one name was meant."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


class _BadNumberError(Exception):
    """A number of JSON that is infinite, not a number, too long, or too small to be told from 0; as written."""


def _number(words: str) -> int | float:
    if len(words) > LONGEST_NUMBER:
        raise _BadNumberError(words)
    found = int(words) if words.removeprefix("-").isdigit() else float(words)  # a float too: NaN, Infinity
    if not math.isfinite(found) or (found == 0 and re.search("[1-9]", re.split("[eE]", words)[0])):
        raise _BadNumberError(words)
    return found


# ---- PDF


@contextmanager
def opened_pdf(data: bytes) -> "Iterator[pikepdf.Pdf]":
    """Open a PDF of unknown origin; a stream of it unpacks to `LARGEST_STREAM` at most; raises `UserError`.

    Whatever a damaged file makes its reading inside this context fail with is told in the same sentence, unless it was
    met nearer by (`broken`).
    """
    import pikepdf

    if LZW.search(data):  # the one packing that the library cannot limit; no report of ours uses it
        raise UserError(NOT_A_PDF, hint=ONLY_PDF)
    with _unpacking_to(LARGEST_STREAM):
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                yield pdf
        except pikepdf.PasswordError as fault:
            raise UserError(LOCKED, hint=UNLOCK) from fault
        except broken() as fault:
            raise UserError(NOT_A_PDF, hint=ONLY_PDF) from fault


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


# ---- spreadsheets

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
"""Endings of spreadsheets, also of those that have to be saved as .xlsx first: whoever reads one says so."""

LARGEST_WORKBOOK = 50 * MEGABYTE
"""Bytes that all parts of a workbook unpack to."""

MOST_SHEETS, MOST_ROWS, MOST_CELLS, MOST_PARTS = 200, 100_000, 1_000_000, 2_000
"""Sheets of a workbook, rows of a sheet, filled cells of a workbook, and files in its archive."""

NO_OPENPYXL = _("reading .xlsx needs openpyxl, which is not installed")
INSTALL_XLSX = _('Install it with: pip install "nqpf-assess[xlsx]"')
NO_WORKBOOK = _("{path} is no spreadsheet that can be read: {why}")
SAVE_AS_XLSX = _("Open it and save it as .xlsx (Excel workbook, without macros).")
OLD_OR_LOCKED = _("it is an .xls file of old, or locked by a password")
NOT_ZIP = _("it is damaged, or of another format")
IS_WORD = _("it is a Word document")
TYPE_IN = _(
    "What stands in a form on paper or in Word is typed in: nqpf-assess assess FILE. The Excel form can be imported."
)
UNPACKS = _("it unpacks to more than {most} MB")
HAS_SHEETS = _("it has more than {most} sheets")
HAS_ROWS = _("the sheet “{sheet}” has more than {most} rows; delete the empty ones below the table")
HAS_CELLS = _("it has more than {most} filled cells")
HAS_MERGED = _("the sheet “{sheet}” has more than {most} merged ranges")
HAS_MACROS = _("it holds macros")
IS_STRICT = _("it is saved as “Strict Open XML”")
HAS_LINKS = _("it refers to other files")
BREAK_LINKS = _("Break the links (Data, Edit links), so that it holds its own values, and save it.")
HAS_ENDLESS = _("a row of it has no end, or elements stand in elements without end")
HAS_ENTITIES = _("its XML declares entities, as no spreadsheet program writes it")

MOST_MERGED = 2_000
"""Merged ranges of a sheet."""

MOST_HELD = 200_000
"""Elements of XML within one row, or one other part of a sheet; a row of 16,384 cells has four each at most."""

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_WITH_CODE = re.compile(r"(?i)vbaproject|macrosheets|activex")
_OUTWARD = re.compile(r"(?i)externallinks/|/connections\.xml|querytables/")


class SheetCell(NamedTuple):
    """A filled cell: its place from 1, value, whether that is an error or formula, how it is shown, if struck out."""

    row: int
    column: int
    value: object
    error: bool
    formula: bool
    shown_as: str
    struck: bool = False


class ForeignSheet(NamedTuple):
    """One sheet: its filled cells by rows, and what is merged: first row and column, last row and column."""

    name: str
    cells: Sequence[SheetCell]
    merged: Sequence[tuple[int, int, int, int]]


def read_workbook(data: bytes, path: str, *, values: bool = False) -> list[ForeignSheet]:
    """Read all sheets of an .xlsx file of unknown origin; raises `UserError`.

    `values`: formulas give what they were worked out to last; else a formula is told as one. Refused: more than the
    limits above, macros, links to other files, XML with entities or of the strict kind, which the library passes over.
    Whatever else a damaged file makes its reading fail with is told in one sentence.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError as fault:
        raise UserError(NO_OPENPYXL, hint=INSTALL_XLSX, status=3) from fault
    import warnings

    def refuse(why: Text, hint: Text = SAVE_AS_XLSX) -> UserError:
        return UserError(fill(NO_WORKBOOK, path=path, why=why), hint=hint)

    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise refuse(OLD_OR_LOCKED)
    try:
        _look_into(data, refuse)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _book(data)
            left, found = MOST_CELLS, list[ForeignSheet]()
            for page in book.worksheets:
                found.append(_sheet(book, page, refuse, values=values, left=left))
                left -= len(found[-1].cells)
            return found
    except UserError:
        raise
    except MemoryError as fault:
        raise refuse(fill(UNPACKS, most=LARGEST_WORKBOOK // MEGABYTE)) from fault
    except Exception as fault:  # the library meets what is damaged with errors of every kind
        raise refuse(NOT_ZIP) from fault


def _book(data: bytes) -> "Workbook":
    """Open a workbook, its texts with what is raised, lowered or struck out in them told from what is not."""
    from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Reader(ExcelReader):  # type: ignore[misc]
        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as source:
                    for _event, node in iterparse(source):
                        if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                            self.shared_strings.append(_text(node))
                            node.clear()

    reader = Reader(io.BytesIO(data), read_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _text(node: Any) -> str:
    """Return the text of a cell by its runs and their fonts: the mark of a footnote behind a figure is no digit of it.

    Digits that are raised or lowered become the signs for such (2.31¹, m³, CO₂), and what is struck out stands in ~.
    """
    from openpyxl.cell.text import Text as SheetText

    text = SheetText.from_tree(node)
    told: str = text.t or ""
    for run in text.r:
        font, words = run.rPr, run.t or ""
        digits = _RAISED.get(font.vertAlign or "", {}) if font is not None else {}
        told += f"~{words}~" if font is not None and font.strike else words.translate(digits)
    return told


_RAISED = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}


def _look_into(data: bytes, refuse: Callable[..., UserError]) -> None:
    """Refuse an archive for what its list of parts says, and for XML that is more than rows of cells."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        # Never more is unpacked of a part than is stated here, so that what is stated can be relied on.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
            raise refuse(fill(UNPACKS, most=LARGEST_WORKBOOK // MEGABYTE))
        if any(part.filename == "word/document.xml" for part in parts):
            raise refuse(IS_WORD, TYPE_IN)
        if any(_WITH_CODE.search(part.filename) for part in parts):
            raise refuse(HAS_MACROS)
        if any(_OUTWARD.search(part.filename) for part in parts):
            raise refuse(HAS_LINKS, BREAK_LINKS)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(part) as stream:
                    why = _odd_xml(stream)
                if why is not None:
                    raise refuse(why)


def _odd_xml(stream: IO[bytes]) -> Text | None:
    """Return what is the matter with XML before anything builds a tree of it: entities, sheets or a row without end.

    The reader of sheets keeps what stands in one row until that ends, and so much memory; the reader of workbooks opens
    every sheet that is listed, and so takes minutes, before anybody can count them.
    """
    from xml.parsers import expat

    parser, begun = expat.ParserCreate(), list[str]()
    depth = held = sheets = 0

    def doctype(*_: object) -> None:
        begun.append("doctype")

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, held, sheets
        depth, held, sheets = depth + 1, held + 1, sheets + (name.rpartition(":")[2] == "sheet")
        if not begun:
            begun.append("strict" if _STRICT in attributes.values() else "element")
        if depth > DEEPEST or held > MOST_HELD or sheets > MOST_SHEETS:
            raise OverflowError

    def end(name: str) -> None:
        nonlocal depth, held
        depth -= 1
        if depth == 1 or (depth == 2 and name.endswith("row")):
            held = 0

    parser.StartDoctypeDeclHandler, parser.StartElementHandler, parser.EndElementHandler = doctype, start, end
    try:
        while chunk := stream.read(1 << 16):
            parser.Parse(chunk, False)  # noqa: FBT003
    except expat.ExpatError:
        pass  # whoever reads it says so
    except OverflowError:
        return fill(HAS_SHEETS, most=MOST_SHEETS) if sheets > MOST_SHEETS else HAS_ENDLESS
    if begun[:1] == ["strict"]:
        return IS_STRICT
    return None if begun[:1] == ["element"] else HAS_ENTITIES if begun else NOT_ZIP


def _sheet(book: "Workbook", page: Any, refuse: Callable[..., UserError], *, values: bool, left: int) -> ForeignSheet:
    """Read one sheet, of which `left` cells may be filled at most.

    The library's own row view fills gaps up to the last column a sheet claims to have, and tells not what is merged.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS
    from openpyxl.utils import range_boundaries

    if not hasattr(page, "_get_source"):
        return ForeignSheet(page.title, (), ())  # a sheet that is one chart
    built_in = {**BUILTIN_FORMATS, **CHINESE_FORMATS}
    styles, own, shown = book._cell_styles, book._number_formats, dict[int, str]()
    struck = {number for number, style in enumerate(styles) if book._fonts[style.fontId].strike}
    found, worked_out = list[SheetCell](), dict[tuple[int, int], Any]()
    if values:
        with page._get_source() as source:
            for row, cells in _parser(book, page, source, values=True).parse():
                worked_out |= {(row, cell["column"]): cell for cell in cells if cell["value"] is not None}
    with page._get_source() as source:
        parser = _parser(book, page, source, values=False)
        for count, (row, cells) in enumerate(parser.parse()):
            if count >= MOST_ROWS:
                raise refuse(fill(HAS_ROWS, sheet=page.title, most=MOST_ROWS))
            for read in cells:
                cell = worked_out.get((row, read["column"]), read)
                if cell["value"] is None:
                    continue
                if len(found) >= left:
                    raise refuse(fill(HAS_CELLS, most=MOST_CELLS))
                style = int(cell["style_id"] or 0)
                if style not in shown:
                    number = styles[style].numFmtId if style < len(styles) else 0
                    is_own = 0 <= number - OWN_FORMATS < len(own)
                    shown[style] = own[number - OWN_FORMATS] if is_own else built_in.get(number, "")
                is_formula = cell["data_type"] == "f"
                value = cell["value"]
                if is_formula and not isinstance(value, str):
                    value = str(getattr(value, "text", "=TABLE()"))  # of several cells; a table of what-if has no words
                if isinstance(value, str):
                    value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).replace("\r\n", "\n")
                is_error = cell["data_type"] == "e"
                found.append(SheetCell(row, cell["column"], value, is_error, is_formula, shown[style], style in struck))
        merged = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
        if len(merged) > MOST_MERGED:
            raise refuse(fill(HAS_MERGED, sheet=page.title, most=MOST_MERGED))
        bounds = [range_boundaries(part.ref) for part in merged]
    return ForeignSheet(page.title, found, tuple((top, first, bottom, last) for first, top, last, bottom in bounds))


_ESCAPED = re.compile("_x(0009|000[aAdD]|005[fF])_")
"""How a workbook writes line ends and tabs of a text, and a `_` that would begin such a sign (ECMA-376, 22.9.2.19).

The library leaves them as they are: a note pasted into Excel would show `_x000D_` in the report. Of no other sign is a
text made: it could be a control character or half a letter.
"""


def _parser(book: "Workbook", page: Any, source: Any, *, values: bool) -> Any:
    from openpyxl.worksheet._reader import INLINE_STRING, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            text = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
            if text is not None and cell["data_type"] == "s":
                cell["value"] = _text(text)
            return cell

    dates = {at for at, style in enumerate(book._cell_styles) if style.numFmtId in CHINESE_FORMATS}
    formats = {"date_formats": dates | book._date_formats, "timedelta_formats": book._timedelta_formats}
    return Parser(source, page._shared_strings, data_only=values, epoch=book.epoch, **formats)


OWN_FORMATS = 164
"""Number from which a workbook counts the number formats of its own (ECMA-376, 18.8.30)."""
