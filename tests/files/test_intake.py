"""What strangers send is read within limits: a sentence, in bounded time and memory, never a crash."""

import csv
import encodings.aliases
import io
import os
import socket
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pikepdf
import pytest

from nqpf_assess.files import intake
from nqpf_assess.files.machine import TooLarge
from nqpf_assess.model.problem import UserError
from tests.support.later import Later

openpyxl = Later("openpyxl")

DEEP = b"[" * 100_000


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "nothing", "name with NUL", "too large"])
def test_only_ordinary_files_of_bounded_size_are_read(kind: str, tmp_path: Path) -> None:
    """A pipe would wait for ever, a device never end."""
    path = tmp_path / "x"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "socket":
            socket.socket(socket.AF_UNIX).bind(str(path))
        case "device":
            path = Path("/dev/zero")
        case "folder":
            path.mkdir()
        case "name with NUL":
            path = Path("a\0b")
        case "too large":
            path.write_bytes(b"123456")
    with pytest.raises(UserError, match="cannot be read"):
        intake.read_file(path, most=5)


def test_what_the_system_states_no_size_of_is_read_within_the_limit(tmp_path: Path) -> None:
    """Such as files of /proc, or one that grows meanwhile."""
    (tmp_path / "x").write_bytes(b"123456")
    unstated = os.stat_result((0o100600, *(0,) * 9))
    for most in (5, 6):
        with patch.object(Path, "stat", lambda _: unstated), suppress(TooLarge):
            assert intake.read_regular(tmp_path / "x", most=most) == b"123456"
            assert most == 6


@pytest.mark.parametrize(
    "data",
    [
        DEEP,
        b'{"a":' * 50_000,
        b"[" + b"9" * 400 + b"]",
        b"[1e999]",
        b"[1e-400]",
        b"[-0.5E-400]",
        b"[NaN]",
        b"[-Infinity]",
        b"\xff\xfe[\0]",
        b"",
        b'{"a": "' + b"\\u0000" * 3,
        b"]" * 9,
        rb'["\ud83d\ude00 \\ \ud83d"]',  # half of a character, which no file takes
        b'{"share": 1, "share": 2}',
        b'"' + b'\\"' * 1_000_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_json_that_no_figure_can_come_of_is_refused(data: bytes) -> None:
    """Deep brackets, endless numbers, what is not finite: each a sentence in both languages."""
    with pytest.raises(UserError, match="no JSON") as fault:
        intake.json_in(data, "x.json")
    assert set(fault.value.message) == {"en", "zh"}


def test_a_name_that_stands_twice_is_found_in_one_go() -> None:
    """Among as many names as there are, however late it comes, at the cost of reading alone: files may have 40,000."""
    names = [f'"n{number}": 1' for number in range(4000)]
    sound = ("{" + ", ".join(names) + "}").encode()
    twice = ("{" + ", ".join((*names, names[-1])) + "}").encode()
    begin = time.process_time()
    for _ in range(5):
        intake.json_in(sound, "x")
    middle = time.process_time()
    for _ in range(5):
        with pytest.raises(UserError, match="no JSON"):
            intake.json_in(twice, "x")
    assert time.process_time() - middle < 5 * (middle - begin)


def test_json_of_ordinary_depth_and_numbers_is_read() -> None:
    """Brackets inside strings do not count, nor does an escaped quotation mark end one."""
    words = (
        '{"a": ["[[[" , "\\"[", 1, -2.5e3, 18446744073709551616], "c": [0, -0.0, 0e5, 0.00E-9, 5e-324], "b": '
        + "[" * 60
        + "]" * 60
        + "}"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):  # the last as PowerShell writes what is printed
        assert intake.json_in(words.encode(encoding), "x")["a"] == ["[[[", '"[', 1, -2500.0, 18446744073709551616]


def test_signs_that_gbk_lacks_are_read_where_gbk_is_stated() -> None:
    """Names in a script of its own stand in tables of places; what looks like GBK is read by the wider GB18030."""
    words = "respondent,名称\na,𠮷田县\nb,བོད་\n"
    data = words.encode("gb18030")
    assert intake.likely_encoding(data) == "gbk"
    assert intake.text_in(data, "t.csv", encoding="gbk")[0] == words
    for pair in (bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF)):
        with suppress(UnicodeDecodeError):
            assert pair.decode("gbk") == pair.decode("gb18030")


def test_every_codec_of_python_is_one_of_text_or_refused() -> None:
    """`hex`, `rot13`, `idna` and the like decode no table; what is accepted decodes or says that it cannot."""
    names = {*encodings.aliases.aliases, *encodings.aliases.aliases.values(), "idna", "undefined", "nosuch", "", "\0"}
    accepted = set()
    for name in names:
        with suppress(UserError):
            accepted.add(intake.text_codec(name))
    assert {"utf-8", "gb18030", "utf-16", "big5"} <= accepted
    assert not accepted & {"hex", "base64", "rot13", "zlib", "bz2", "quopri", "uu", "idna", "punycode", "undefined"}
    for name in accepted:
        b"\xd0\xc2\xff\x81a".decode(name, errors="replace")


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("a,b\rc,d\r", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("a,b\r\nc,d", [(1, ["a", "b"]), (2, ["c", "d"])]),
        ("a\n1\r2", [(1, ["a"]), (2, ["1"]), (3, ["2"])]),
        ('"x\ny",1', [(2, ["x\ny", "1"])]),
        ("", []),
    ],
)
def test_every_line_end_ends_a_row_of_csv(words: str, rows: list[tuple[int, list[str]]]) -> None:
    """A lone return is how old spreadsheets end a line."""
    assert list(intake.csv_rows(words, "x.csv")) == rows


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    with pytest.raises(UserError, match="not closed"):
        list(intake.csv_rows('a,"' + "x" * 200_000, "x.csv"))


# ---- PDF


def pdf(change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    out = io.BytesIO()
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    made.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def swollen(megabytes: int, layers: int = 1) -> bytes:
    """Zeros, packed."""
    packer = zlib.compressobj(9)
    found = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        found = zlib.compress(found, 9)
    return found


def attach(made: pikepdf.Pdf, name: str, packed: bytes, layers: int = 1) -> None:
    made.attachments[name] = pikepdf.AttachedFileSpec(made, b"x", filename=name)
    stream = made.attachments[name].get_file().obj
    filters = pikepdf.Array([pikepdf.Name.FlateDecode] * layers)
    stream.write(packed, filter=filters, type_check=False)


@pytest.mark.parametrize("layers", [1, 2])
def test_an_attachment_that_unpacks_without_end_is_refused(layers: int) -> None:
    """40 megabytes in 0.04; in two layers, in next to nothing."""
    data = pdf(lambda made: attach(made, "a.toml", swollen(40, layers), layers))
    with intake.opened_pdf(data) as found, pytest.raises(UserError, match="unpacks to more than"):
        intake.attachments_of(found, lambda name: True)


def test_attachments_with_other_names_are_not_unpacked() -> None:
    def change(made: pikepdf.Pdf) -> None:
        attach(made, "zzz.bin", b"damaged")
        attach(made, "a.toml", zlib.compress(b"good"))

    data = pdf(change)
    with intake.opened_pdf(data) as found:
        assert intake.attachments_of(found, "a.toml".__eq__) == {"a.toml": b"good"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n/LZW#44ecode", b"\0" * 99])
def test_what_is_no_pdf_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="not a PDF"), intake.opened_pdf(data):
        pass


def test_the_limits_of_the_library_are_as_before_afterwards() -> None:
    """They hold for the whole process, in which reports are drawn too."""
    before = pikepdf.settings.get_qpdf_limits()
    with pytest.raises(UserError), intake.opened_pdf(b""):
        pass
    assert pikepdf.settings.get_qpdf_limits() == before


# ---- spreadsheets

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def spoilt(parts: dict[str, bytes]) -> bytes:
    """A small workbook with some of its parts replaced or added."""
    out, book = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in {*sound.namelist(), *parts}:
            made.writestr(name, parts[name] if name in parts else sound.read(name))
    return out.getvalue()


def rows_of(inside: str, after: str = "") -> bytes:
    return f"<worksheet {MAIN}><sheetData>{inside}</sheetData>{after}</worksheet>".encode()


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
MERGED = '<mergeCell ref="A1:XFD1048576"/>'
MERGES = "<mergeCells>" + MERGED * 3000 + "</mergeCells>"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: spoilt({"xl/media/a.xml": b"<a>" + b"0" * (51 << 20) + b"</a>"}), "unpacks to more than 50 MB"),
    "rows without end": (lambda: spoilt({SHEET: rows_of("<row/>" * 100_001)}), "more than 100000 rows"),
    "cells without end": (lambda: spoilt({SHEET: rows_of("<row>" + "<c/>" * 300_000 + "</row>")}), "has no end"),
    "elements in elements": (lambda: spoilt({SHEET: rows_of("<row><c>" * 200_000)}), "has no end"),
    "merged without end": (lambda: spoilt({SHEET: rows_of("", MERGES)}), "merged ranges"),
    "entities": (
        lambda: spoilt({SHEET: (LAUGHS + rows_of("<row><c><v>&b;</v></c></row>").decode()).encode()}),
        "entities",
    ),
    "entities in UTF-16": (lambda: spoilt({SHEET: (LAUGHS + "<a>&b;</a>").encode("utf-16")}), "entities"),
    "strict": (
        lambda: spoilt({"xl/workbook.xml": b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
        "Strict",
    ),
    "a Word document": (lambda: spoilt({"word/document.xml": b"<x/>"}), "Word document"),
    "macros": (lambda: spoilt({"xl/vbaProject.bin": b"x"}), "macros"),
    "links to other files": (lambda: spoilt({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "refers to other files"),
    "one sheet listed without end": (
        lambda: spoilt(
            {"xl/workbook.xml": f"<workbook {MAIN}><sheets>{'<sheet/>' * 201}</sheets></workbook>".encode()}
        ),
        "more than 200 sheets",
    ),
    "an endless number": (lambda: spoilt({SHEET: rows_of(f"<row><c><v>{'9' * 5000}</v></c></row>")}), "damaged"),
    "no sheet at all": (lambda: spoilt({SHEET: b""}), "damaged"),
    "no archive": (lambda: b"PK\x03\x04" + b"x" * 99, "damaged"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of old"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_a_sentence(what: str) -> None:
    make, said = HOSTILE[what]
    with pytest.raises(UserError, match=said):
        intake.read_workbook(make(), "x.xlsx")


def test_more_sheets_than_anybody_fills_in_are_refused() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for _ in range(intake.MOST_SHEETS):
        book.create_sheet()
    book.save(out)
    # Before the library opens them all, which takes seconds.
    with patch("openpyxl.load_workbook", side_effect=AssertionError), pytest.raises(UserError, match="200 sheets"):
        intake.read_workbook(out.getvalue(), "x.xlsx")


def test_a_cell_far_out_costs_nothing() -> None:
    """A sheet that claims a million rows and 16,384 columns is as large as what it holds."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = spoilt(
        {SHEET: f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{far}</sheetData></worksheet>'.encode()}
    )
    (sheet,) = intake.read_workbook(data, "x.xlsx")
    assert [(cell.row, cell.column, cell.value) for cell in sheet.cells] == [(1_048_576, 16_384, 1)]


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        ("甲,乙".encode(), "utf-8"),
        ("甲,乙".encode("utf-8-sig"), "utf-8"),
        ("甲,乙".encode("utf-16"), "utf-16"),
        ("甲,乙".encode("gb18030"), "gb18030"),
        ("\ufeff甲,乙".encode("gb18030"), "gb18030"),
        ("\ufeff甲,乙".encode("utf-16"), "utf-16"),
    ],
)
def test_the_encoding_of_a_table_is_recognised(data: bytes, codec: str) -> None:
    assert intake.text_in(data, "x") == intake.text_in(data, "x", encoding=codec) == ("甲,乙", codec)


@pytest.mark.parametrize(
    ("data", "stated", "likely"),
    [
        ("甲,乙".encode(), "utf-16", "utf-8"),
        (b"respondent,a", "big5", "utf-8"),
        ("甲,乙".encode("gbk"), "utf-8", "gbk"),
        ("甲,乙".encode("gbk"), "utf-16", "gbk"),
        ("甲,乙".encode("utf-16"), "gbk", "utf-16"),
        (b"sound so far", "UTF8", "gbk"),
        (b"sound so far", "gbk", "utf-8"),
        (b"\xff\xff\xff", "utf-16", ""),
    ],
)
def test_another_encoding_than_the_one_stated_is_guessed(data: bytes, stated: str, likely: str) -> None:
    """A plain table read as UTF-16 is one in UTF-8, not in GBK, which fits plain letters as well."""
    assert intake.likely_encoding(data, other_than=stated) == likely


@pytest.mark.parametrize("data", [b"\xff\xff\xff", b"a\0b", b"\xff\xfea"])
def test_text_in_no_known_encoding_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="no encoding that is recognised"):
        intake.text_in(data, "x")


def test_a_report_is_not_asked_for_its_encoding() -> None:
    with pytest.raises(UserError, match="is a PDF") as refused:
        intake.text_in(b"%PDF-1.7\n%\xe2\xe3\xff\xff", "r.pdf")
    assert refused.value.hint is not None
    assert "nqpf-assess open r.pdf -o DIR" in refused.value.hint["en"]


def test_an_encoding_that_was_tried_is_not_proposed() -> None:
    with pytest.raises(UserError) as refused:
        intake.text_in(b"\xff\xff\xff", "x")
    assert refused.value.hint is not None
    assert not any(name in refused.value.hint["en"] for name in ("gb18030", "utf-8", "utf-16"))


# ---- each limit: what is at it passes, what is one beyond is refused


def _carry(*sizes: int) -> None:
    def change(made: pikepdf.Pdf) -> None:
        for number, size in enumerate(sizes):
            attach(made, f"{number}.toml", zlib.compress(bytes(size)))

    with intake.opened_pdf(pdf(change)) as found:
        assert sorted(map(len, intake.attachments_of(found, lambda name: True).values())) == sorted(sizes)


def _workbook(inside: str, after: str = "") -> None:
    intake.read_workbook(spoilt({SHEET: rows_of(inside, after)}), "x.xlsx")


def _unpacks_to(count: int) -> None:
    data = spoilt({})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rest = count - sum(part.file_size for part in archive.infolist())
    intake.read_workbook(spoilt({"xl/media/a.bin": bytes(rest)}), "x.xlsx")


def _parts(count: int) -> None:
    own = len(zipfile.ZipFile(io.BytesIO(spoilt({}))).namelist())
    intake.read_workbook(spoilt({f"xl/media/{number}.bin": b"" for number in range(count - own)}), "x.xlsx")


def _sheets(count: int) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for _ in range(count - 1):
        book.create_sheet()
    book.save(out)
    intake.read_workbook(out.getvalue(), "x.xlsx")


def _lies(count: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(bytes(count))
        intake.read_file(path, most=9)


LIMITS: dict[str, tuple[str | None, int, Callable[[int], object]]] = {
    "bytes of a file": (None, 9, _lies),
    "brackets": (None, intake.DEEPEST, lambda n: intake.json_in(b"[" * n + b"]" * n, "x")),
    "signs of a number": (None, intake.LONGEST_NUMBER, lambda n: intake.json_in(b"1" * n, "x")),
    "columns": (None, intake.MOST_COLUMNS, lambda n: intake.refuse_columns(n, "x")),
    "signs of a cell": (None, csv.field_size_limit(), lambda n: list(intake.csv_rows('"' + "x" * n + '"', "x"))),
    "bytes of an attachment": ("LARGEST_ATTACHMENT", 5000, _carry),
    "bytes of all attachments": ("LARGEST_ATTACHMENTS", 5000, lambda n: _carry(3000, n - 3000)),
    "bytes of a workbook": ("LARGEST_WORKBOOK", 20_000, _unpacks_to),
    "parts": ("MOST_PARTS", 20, _parts),
    "sheets": ("MOST_SHEETS", 3, _sheets),
    "rows": ("MOST_ROWS", 5, lambda n: _workbook("<row><c><v>1</v></c></row>" * n)),
    "cells": ("MOST_CELLS", 5, lambda n: _workbook("<row><c><v>1</v></c></row>" * n)),
    "elements of a row": ("MOST_HELD", 900, lambda n: _workbook("<row>" + "<c/>" * (n - 3) + "</row>")),
    "merged": ("MOST_MERGED", 5, lambda n: _workbook("", MERGES.replace(MERGED * 3000, MERGED * n))),
}


@pytest.mark.parametrize("what", LIMITS)
def test_what_is_at_a_limit_passes_and_what_is_beyond_is_refused(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, most, read = LIMITS[what]
    if name is not None:
        monkeypatch.setattr(intake, name, most)
    read(most - 1)
    read(most)
    with pytest.raises(UserError):
        read(most + 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("first_x000D_\nsecond", "first\nsecond"),  # as Excel keeps what was pasted with the line ends of Windows
        ("a_x0009_b", "a\tb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x0007__xD83D_", "_x0007__xD83D_"),  # no bell, and no half of a letter
    ],
)
def test_signs_that_a_workbook_writes_as_numbers(written: str, meant: str) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = written
    book.save(out)
    (sheet,) = intake.read_workbook(out.getvalue(), "x.xlsx")
    assert [cell.value for cell in sheet.cells] == [meant]


def test_the_mark_of_a_footnote_is_no_digit_of_the_figure_before_it() -> None:
    """2.31 with a raised 1 behind it is not 2.311, in either place where a workbook keeps its texts."""
    import xlsxwriter

    shared, inline = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(shared) as written:
        raised, struck = written.add_format({"font_script": 1}), written.add_format({"font_strikeout": True})
        page = written.add_worksheet()
        page.write_rich_string("A1", "2.31", raised, "1")
        page.write_rich_string("A2", struck, "45", "46")
    book, font = openpyxl.Workbook(), import_module("openpyxl.cell.text").InlineFont
    block, rich = (getattr(import_module("openpyxl.cell.rich_text"), name) for name in ("TextBlock", "CellRichText"))
    book.active["A1"] = rich("2.31", block(font(vertAlign="superscript"), "1"))
    book.active["A2"] = rich(block(font(strike=True), "45"), "46")
    book.save(inline)
    for out in (shared, inline):
        (sheet,) = intake.read_workbook(out.getvalue(), "x.xlsx")
        assert [cell.value for cell in sheet.cells] == ["2.31¹", "~45~46"]
