"""Reading and writing lines: prompts, numbered choices, the letters that are understood everywhere."""

import locale
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from nqpf_assess.files.machine import reader_left
from nqpf_assess.kinds.figures import digits
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.typography.clean import clean, clean_line

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "back": ("b", "back", "返回", "上一题"),
    "skip": ("s", "skip", "跳过"),
    "note": ("n", "note", "备注"),
    "evidence": ("e", "evidence", "佐证", "依据"),
    "sure": ("c", "confidence", "把握"),
    "list": ("l", "list", "目录"),
    "help": ("?", "h", "help", "帮助"),
    "quit": ("q", "quit", "退出"),
    "dk": ("d", "dk", "don't know", "不清楚"),
    "na": ("x", "na", "不适用"),
    "later": ("later", "稍后"),
    "undo": ("u", "undo", "撤销"),
    "redo": ("redo", "恢复"),
    "score": ("score", "得分"),
    "compare": ("compare", "比较", "对比"),
    "on": ("on", "继续"),
}
"""What may be typed instead of an answer, in both languages whatever the language of the session."""

PROMPT = "> "
"""What stands before the line that is typed."""

LITERAL = "="
"""Before words that would otherwise be taken for a command."""

WANT_NUMBER = _("Please type a number from {low} to {high}.")
WANT_ONE = _("There is only this one: type 1.")
YES, NO = ("y", "yes", "是", "好"), ("", "n", "no", "否", "不", "不是")


HELP = _("""b back, s skip, n note, e evidence, c how sure, d don't know, x not applicable (asks why), later,
l list, u undo, redo, score, compare (with the year before), on (the next part), q quit, ? this help.
Words that look like a command: put = before them.
Every answer is saved at once.""")


NOT_READ = re.compile("[\udc80-\udcff]")
"""What stands in a line for bytes that are no letters in its encoding."""

BYTE_ORDER_MARK = "\ufeff"
"""What some editors put before the first line of a file; it is no part of what is typed."""

OTHER_ENCODING = _("This line is not text in {encoding}; it was not taken.")
IN_UTF8 = _("Save the lines as UTF-8, or set the terminal to it, and start again; what was answered before is saved.")

NOT_HERE = _("That goes with a question; here it means nothing.")


class EndOfInput(Exception):
    """There is nothing more to read, or somebody leaves before there is anything to leave."""


class Meant(Exception):
    """A command was typed where words were asked for: it is obeyed there where it is understood."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command


@dataclass
class Talk:
    """One conversation. `read` reads a line behind a short prompt and raises `EOFError` at the end; `write` shows one.

    What is asked is a line of its own, so that it is read out and shown whole however long it is. `script`: the lines
    come from no terminal, so that those behind one that is not taken may answer what was not meant.
    """

    language: str
    read: Callable[[str], str]
    write: Callable[[str], None]
    script: bool = False
    lines: int = field(default=0, init=False)
    """Lines read so far."""
    untaken: list[tuple[int, str]] = field(default_factory=list, init=False)
    """Lines that answered nothing where an answer was asked for, by their number."""
    _typed: str = field(default="", init=False)

    def tell(self, words: Text, **values: object) -> str:
        """Return words of the program in the language of the conversation."""
        told = {
            name: tell(value, self.language) if isinstance(value, Mapping) else value for name, value in values.items()
        }
        return tell(words, self.language, **told)

    def say(self, words: Text, **values: object) -> None:
        """Show a line of the program."""
        self.show(self.tell(words, **values))

    def show(self, said: str) -> None:
        """Show words, also of files, made safe."""
        self.write(clean(said))

    def ask(self, words: Text, **values: object) -> str:
        """Ask for a line, of whatever it says."""
        self.show(clean_line(self.tell(words, **values), limit=2000))
        try:
            self._typed = self.read(PROMPT).strip()
        except EOFError:
            raise EndOfInput from None
        self.lines += 1
        return self._typed

    def refuse(self, why: Text, **values: object) -> None:
        """Say why the line that was read last is not taken."""
        self.untaken.append((self.lines, self._typed))
        self.say(why, **values)

    def confirm(self, words: Text, typed: str, **values: object) -> str:
        """Ask whether the line just read, `typed`, is right; where neither yes nor no is said, it was not taken."""
        line = self.lines, typed
        try:
            said = self.ask(words, **values)
        except EndOfInput:
            self.untaken.append(line)
            raise
        if not said or plain(said) not in (*YES, *NO):
            self.untaken.append(line)
        return said

    def ask_words(self, words: Text, **values: object) -> str:
        """Ask for words; raises `Meant` for a command, and behind a sign of its own even that is words."""
        while True:
            typed = self.ask(words, **values)
            meant = command(typed)
            if not meant:
                return typed.removeprefix(LITERAL).strip()
            if meant != "help":
                raise Meant(meant)
            self.say(HELP)

    def ask_number(self, words: Text, choices: int) -> int:
        """Ask for one of so many choices, until a number comes; raises `Meant` for a command."""
        while (picked := self.choose(words, choices)) is None:
            self._want(choices)
        return picked

    def choose(self, words: Text, choices: int) -> int | None:
        """Ask for one of so many choices or for none of them, which is Enter; raises `Meant` for a command."""
        while typed := self.ask_words(words):
            picked = digits(typed)
            if picked and len(picked) == 1 and 1 <= picked[0] <= choices:
                return picked[0]
            self._want(choices)
        return None

    def _want(self, choices: int) -> None:
        """Say which numbers are to be typed."""
        self.refuse(WANT_NUMBER if choices > 1 else WANT_ONE, low=1, high=choices)


def plain(typed: str) -> str:
    """Bring typed words to the form in which they are compared."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def command(typed: str) -> str:
    """Return the command that was typed, "" where it is none."""
    said = plain(typed)
    return next((name for name, words in COMMANDS.items() if said in words), "")


def console(language: str) -> Talk:
    """Talk over standard input and output."""

    def nobody(_: str) -> str:
        raise EOFError

    def typed(prompt: str) -> str:
        """Read a line from a terminal; one in another encoding is asked for again, lines pasted at once are one."""
        while NOT_READ.search(line := input(prompt)):
            _write(tell(fill(OTHER_ENCODING, encoding=sys.stdin.encoding.upper()), language))
        return " ".join(line.split("\n"))

    def echoed(prompt: str) -> str:
        """Read a line that no terminal shows, and show it: what is written can then be read as a conversation.

        It may be in UTF-8 whatever is announced: so editors of Windows save what its pipes read as GBK. Where both can
        be read, that has fewer signs which was meant; where neither has, it is as announced (“桐庐” could be “ͩ®”).
        """
        _write(prompt, end="")
        line = input()
        with suppress(UnicodeError):
            in_utf_8 = line.encode(sys.stdin.encoding or "utf-8", "surrogateescape").decode("utf-8")
            line = min(line, in_utf_8, key=len)
        line = line.removeprefix(BYTE_ORDER_MARK)
        _write(clean(line))
        if NOT_READ.search(line):  # the lines behind it are answers to what would be asked next
            raise UserError(fill(OTHER_ENCODING, encoding=sys.stdin.encoding.upper()), hint=IN_UTF8)
        return line

    if sys.stdin is None:
        return Talk(language, nobody, _write)
    if sys.stdin.isatty() and "utf" in locale.getpreferredencoding(do_setlocale=False).lower():
        with suppress(ImportError):
            import readline  # editing of wide characters in input()

            # Else the second line of what is pasted would answer what is asked next.
            if os.environ.get("TERM") != "dumb":
                readline.parse_and_bind("set enable-bracketed-paste on")
    script = not sys.stdin.isatty()
    return Talk(language, echoed if script else typed, _write, script)


def _write(said: str, end: str = "\n") -> None:
    """Show words. A reader who has read enough (`… | head`) ends no script: its other lines are answers, too."""
    try:
        sys.stdout.write(said + end)
        sys.stdout.flush()
    except OSError as fault:
        if sys.stdin is None or sys.stdin.isatty() or not reader_left(fault):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
