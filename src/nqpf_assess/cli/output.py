"""How texts reach the terminal: data on standard output, narration on standard error, no file can steer either."""

import codecs
import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nqpf_assess.files.machine import reader_left
from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import Problem, Severity, UserError

if TYPE_CHECKING:
    from nqpf_assess.report.blocks import Block


STAND_INS = {
    "−": "-",
    "–": "-",
    "—": "-",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "×": "x",
    "±": "+-",
    "·": ".",
    "“": "'",
    "”": "'",
    "‘": "'",
    "’": "'",
    "█": "#",
    "│": "|",
    "─": "-",
    "═": "=",
}
"""What a narrow encoding shows for signs that it lacks: of GBK, that of a Chinese Windows, the minus."""


def _stand_in(fault: UnicodeError) -> tuple[str, int]:
    """Show what an encoding lacks by a sign that means the same, so that −5.8 stays below zero; else by “?”."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    return "".join(STAND_INS.get(letter, "?") for letter in lacking), fault.end


def open_streams() -> None:
    """Let the streams take every text; a narrow encoding of output shows something like it, or “?”.

    Standard output that is closed refuses what is written, as a full disk does, so that no result is lost in silence;
    standard error that is closed swallows it: there is nobody to tell. What is typed in another encoding than was
    announced keeps its bytes.
    """
    if sys.stdout is None:
        # a descriptor that is open, so that no file of ours gets its number, but only for reading
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    codecs.register_error("stand-in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="stand-in")
    if isinstance(sys.stdin, io.TextIOWrapper):
        plain = codecs.lookup(sys.stdin.encoding).name == "ascii"
        sys.stdin.reconfigure(encoding="utf-8" if plain else None, errors="surrogateescape")


def let_go() -> None:
    """Write out what the streams still hold; where nobody takes it any more (a closed pipe, a lost line), drop it.

    Else the interpreter would try again as it ends, and its status would be taken for the command's.
    """
    for stream in (sys.__stdout__ or sys.stdout, sys.__stderr__):
        if stream is None or stream.closed:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def clean(said: str) -> str:
    """Take control characters out of a text, so that nothing in a file can move the cursor or change colours.

    A blank of another width, as in 张　三, is none.
    """
    kept = ("\n", *filter(lambda letter: unicodedata.category(letter) == "Zs", {*said}))
    return "".join(letter if letter.isprintable() or letter in kept else "�" for letter in said)


STANDARD_OUTPUT = "-"
"""How `-o` names standard output."""

PLAIN_WIDTH = 100
"""Width of tables where the output is no terminal."""


def width() -> int:
    """Return the width of text and tables: that of the terminal, or a fixed one where the output is none."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH


_unheard = False


@contextmanager
def unheard() -> Iterator[None]:
    """Carry on where the reader of our output leaves (`… | head`): files are written whole all the same."""
    global _unheard  # noqa: PLW0603
    before, _unheard = _unheard, True
    try:
        yield
    finally:
        _unheard = before


def print_words(words: str) -> None:
    """Print a text as it is on standard output."""
    try:
        sys.stdout.write(words)
    except OSError as fault:
        if not _unheard or not reader_left(fault):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_file(words: str) -> None:
    """Print what `-o` would write: without a byte order mark, with ends of lines that the output completes."""
    print_words(words.removeprefix("\ufeff").replace(os.linesep, "\n"))


def print_data(said: str) -> None:
    """Print data on standard output."""
    print_words(clean(said) + "\n")


def print_page(blocks: "Iterable[Block]", language: str) -> None:
    """Print a page on standard output, as wide as the terminal."""
    from nqpf_assess.report.text import page_lines

    for line in page_lines(blocks, language, width()):
        print_data(line)


def print_note(said: str) -> None:
    """Print narration on standard error.

    Where nobody takes it (a reader that has left, a full disk) the command goes on, and ends with its own status.
    """
    try:
        sys.stderr.write(clean(said) + "\n")
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_narrow() -> bool:
    """Return whether standard output may lack signs."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def json_text(value: Any, *, printed: bool) -> str:
    """Return data as JSON text, to be printed or for a file; escaped is what the output may lack."""
    from nqpf_assess.exchange import json_text as written

    return written.json_text(value, ascii_only=printed and is_narrow())


def print_json(value: Any) -> None:
    """Print data for machines."""
    print_words(json_text(value, printed=True))


def print_error(fault: UserError, language: str) -> None:
    """Print what the person can mend: every problem of a file, then what cannot be done for it, and what to do."""
    print_problems(fault.problems, language)
    print_note(tell(_("error: {said}"), language, said=fault.message))
    if fault.hint:
        print_note("    " + tell(fault.hint, language))


def print_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems on standard error."""
    for problem in problems:
        print_note(problem.told(language))


COUNTS: dict[Severity, Text] = {
    "error": _n("{count} error", "{count} errors"),
    "warning": _n("{count} warning", "{count} warnings"),
    "notice": _n("{count} notice", "{count} notices"),
}
FILES = _n("{count} file read", "{count} files read")


def counted(problems: Iterable[Problem], language: str, *, files: int | None = None) -> str:
    """Count problems by how grave they are, in one line; `files`: how many were read."""
    every, here = [problem.severity for problem in problems], grammar(language)
    counts = here.join(tell(words, language, count=every.count(severity)) for severity, words in COUNTS.items())
    return counts if files is None else f"{tell(FILES, language, count=files)}{here.colon}{counts}"


class ProgressLine:
    """One line on standard error that is written over; only where that is a terminal.

    With blanks: the console of Windows 10 knows no sequence that erases.
    """

    def __init__(self) -> None:
        self.seen = sys.stderr.isatty()

    def show(self, words: str) -> None:
        """Show how far the work is."""
        if self.seen:
            from nqpf_assess.typography.cells import fit, short

            most = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r{fit(short(clean(words), most), most)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away before something else is said."""
        if self.seen:
            self.show("")
            sys.stderr.write("\r")
            sys.stderr.flush()
