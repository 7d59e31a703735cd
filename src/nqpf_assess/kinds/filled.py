"""Cells that people or other programs filled in: codes, numbers, days, or the words of a level or option.

What can mean one thing only is read; a figure that stands there as words (45.6万, ２．３１, 2,31), a day in place of a
figure, an option that nobody offers is not bent into an answer, but told with what to do about it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import AnswerChoice, Fault, Refusal, Typed, Value
from nqpf_assess.kinds.multi import WANTS_ALONE
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Raw
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked

SHOWN = 60
"""Characters of a cell that a message quotes."""

A_DAY = _("a day stands here, not a figure: a spreadsheet made it of what was typed")
AS_TEXT = _("Format the cell as text, and type the figure again.")
NOT_A_NUMBER = _("“{typed}” is text, not a number")
TYPE_NUMBER = _("Type {value} in its place.")
DIGITS = _("Type the figure with the digits 0 to 9, a point for decimals and no unit.")
UNFIT = _("“{typed}” is no answer here; wanted: {wants}")
CORRECT = _("Correct it where it stands.")
SERIAL = _("“{typed}” is a number, not a day")
TYPE_DAY = _("Type year, month and day, such as 2024-05-31.")
YES_NO = _("“{typed}” is true or false, which is no answer here")
UNKNOWN = _("“{typed}” is none of the answers offered")
PICK = _("Offered are: {known}")
TWICE = _("“{typed}” are the words of several answers")
NUMBER_AND_WORDS = _("“{typed}” is the number of one answer, and the words of another begin so")
MIXED = _("“{typed}” has numbers beside words; whether these are numbers of the answers, it does not say")
ONE_WAY = _("Type the numbers alone, as in 1;3, or the words alone with semicolons between them.")
AS_OFFERED = _("Pick the answer from the list of the cell, or type its number and its words.")
BY_CODE = _("Write the code: {known}")

_NUMBERED = re.compile(r"(\d{1,3})\s*([.、:·=)]?\s*(.*))\Z", re.DOTALL)
_STRONG, _WEAK = re.compile(r"[;|┋\n]"), re.compile(r"[;|┋\n,、\s]+")
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Signs that nobody sees, which come along when words are copied from a page."""
MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why what stands in a cell is no answer, and what to do about it."""

    why: Text
    advice: Text


def read_filled(asked: AnyAsked, cell: object, *, numbered: bool = False) -> Value | Misfit | None:
    """Read what stands in a cell as the answer to a question or fact; None where nothing stands there.

    `numbered`: options were offered by number, so that a number chooses one.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool):
        return Misfit(fill(YES_NO, typed=quoted(cell)), CORRECT)
    kind = kind_of(asked)
    match kind.entry:
        case "choose":
            found = _option(asked, cell, numbered=numbered)
            return found if isinstance(found, Misfit) else found.value
        case "tick":
            return _ticked(asked, cell, numbered=numbered)
        case "line" if kind.is_figure:
            return _figure(asked, cell)
        case "line":
            return _day(asked, cell)
        case "words":
            return quoted(cell) if not isinstance(cell, str) else cell.strip()


def quoted(cell: object, *, most: int = SHOWN) -> str:
    """Write a cell as a message quotes it."""
    if isinstance(cell, float):
        cell = as_decimal(cell)
    if isinstance(cell, Decimal):
        return plain_number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    words = " ".join(str(cell).split())
    return words if len(words) <= most else words[:most] + "…"


NO_EVIDENCE = frozenset(("无", "没有", "暂无", "-", "–", "—", "——", "/", "...", "......", "none", "n/a", "nil"))
"""What is written where evidence is asked for and there is none."""


def pieces(words: str) -> tuple[str, ...]:
    """Return the pieces of evidence that somebody names, parted by semicolons or lines; “无” names none."""
    found = words.replace("；", ";").replace("\n", ";").split(";")
    return tuple(piece.strip() for piece in found if piece.strip() and plain_words(piece) not in NO_EVIDENCE)


def as_decimal(number: float) -> Decimal:
    """Return the number that a spreadsheet shows for one it keeps in binary: 15 digits count."""
    return Decimal(format(number, ".15g"))


# ---- figures and days


def _figure(asked: AnyAsked, cell: object) -> Value | Misfit:
    kind = kind_of(asked)
    if isinstance(cell, date):
        return no_figure(cell, None)
    raw: Raw = as_decimal(cell) if isinstance(cell, float) else cell if isinstance(cell, int | Decimal) else str(cell)
    read = kind.read(asked, raw)
    if not isinstance(read, Fault) and read is not None:
        return read
    if not isinstance(raw, str) or (isinstance(read, Fault) and read.advice is None):
        return _unfit(read, cell)
    return no_figure(cell, kind.typed(asked, raw))


def no_figure(cell: object, typed: Typed[Decimal] | Refusal | None) -> Misfit:
    """Say what is the matter with a cell that holds no plain number; `typed`: what somebody would mean who typed it."""
    if isinstance(cell, date):
        return Misfit(A_DAY, AS_TEXT)
    if isinstance(typed, Typed):
        return Misfit(fill(NOT_A_NUMBER, typed=quoted(cell)), fill(TYPE_NUMBER, value=plain_number(typed.value)))
    return Misfit(typed.why if isinstance(typed, Refusal) else fill(NOT_A_NUMBER, typed=quoted(cell)), DIGITS)


def _day(asked: AnyAsked, cell: object) -> Value | Misfit:
    kind = kind_of(asked)
    if isinstance(cell, int | float | Decimal):
        return Misfit(fill(SERIAL, typed=quoted(cell)), TYPE_DAY)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        read = kind.read(asked, cell)
        return _unfit(read, cell) if isinstance(read, Fault) or read is None else read
    typed = kind.typed(asked, str(cell))
    if isinstance(typed, Typed):
        found: Value = typed.value
        return found
    return Misfit(typed.why if isinstance(typed, Refusal) else fill(UNKNOWN, typed=quoted(cell)), TYPE_DAY)


def _unfit(read: object, cell: object) -> Misfit:
    wants: Text | str = read.wants if isinstance(read, Fault) else ""
    return Misfit(fill(UNFIT, typed=quoted(cell), wants=wants), CORRECT)


# ---- levels and options


@lru_cache(maxsize=4096)
def plain_words(words: str) -> str:
    """Bring words to the form in which they are compared: width, capitals, spaces and unseen signs do not count."""
    return "".join(unicodedata.normalize("NFKC", words).translate(_NO_WIDTH).casefold().split())


def _folded(words: str) -> str:
    """Bring width to plain forms; of circled numbers each is one by itself (①③ is 1 and 3, not 13).

    What is raised, or circled behind a digit, is the mark of a footnote and stays.
    """
    found = ""
    for sign in words:
        shape = unicodedata.decomposition(sign).partition(" ")[0] if sign.isnumeric() else ""
        if shape == "<circle>" and not found.endswith(tuple("0123456789")):
            found += f" {unicodedata.normalize('NFKC', sign)} "
        else:
            found += sign if shape in ("<circle>", "<super>", "<sub>") else unicodedata.normalize("NFKC", sign)
    return found.strip()


def _option(asked: AnyAsked, cell: object, *, numbered: bool) -> AnswerChoice | Misfit:
    """Find the level or option that a cell names: by its code, its number where offered, or its words."""
    choices = kind_of(asked).choices(asked)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    typed = plain_words(str(cell))
    by_code = {str(choice.value): choice for choice in choices}
    code = typed.removesuffix(".0") if typed.replace(".0", "").isdecimal() else typed
    said = [choice for choice in choices if typed in {plain_words(words) for words in choice.words.values()}]
    found = _NUMBERED.match(_folded(str(cell)))
    by_number = [choice for choice in choices if found is not None and choice.number == int(found[1])]
    alone = numbered and found is not None and not found[3]
    if alone and found is not None and by_number:  # “3” is the number of one answer, and begins “3 or more”
        begin = re.compile(rf"0*{int(found[1])}(?![\dA-Za-z])")
        counted = [choice for choice in choices if any(map(begin.match, map(_folded, choice.words.values())))]
        if (said or kind_of(asked).entry == "choose") and counted not in ([], by_number):
            return Misfit(fill(NUMBER_AND_WORDS, typed=quoted(cell)), AS_OFFERED)
    if code in by_code and (not numbered or said in ([], [by_code[code]])):  # a form shows words and numbers, no codes
        return by_code[code]
    if not said and found is not None:
        rest = {plain_words(found[2]), plain_words(found[3])}
        said = [c for c in by_number if alone or rest & {plain_words(words) for words in c.words.values()}]
    if len(said) == 1:
        return said[0]
    codes = [str(choice.number) for choice in choices] if numbered else list(by_code)
    known = listed(codes, MOST_OFFERED)
    if said:
        return Misfit(fill(TWICE, typed=quoted(cell)), fill(BY_CODE, known=known))
    return Misfit(fill(UNKNOWN, typed=quoted(cell)), fill(PICK, known=known))


def _ticked(asked: AnyAsked, cell: object, *, numbered: bool) -> Value | Misfit | None:
    found: list[AnswerChoice] = []
    parts = list(_parts(asked, cell, numbered=numbered))
    bare = [part for part in map(str, parts) if (shape := _NUMBERED.match(part.strip())) and not shape[3]]
    if numbered and bare and any(not part.strip()[:1].isdigit() for part in map(str, parts)):
        called = [_option(asked, part, numbered=numbered) for part in parts[1::2]]
        numbers = [str(option.number) for option in called if not isinstance(option, Misfit)]
        # 1、新能源；2、新材料: somebody counts what is ticked, unless each number is that of the words behind it.
        if [str(part).strip(" .、:·=)") for part in parts[::2]] != numbers:
            return Misfit(fill(MIXED, typed=quoted(cell)), ONE_WAY)
        parts = parts[1::2]
    for part in parts:
        option = _option(asked, part, numbered=numbered)
        if isinstance(option, Misfit):
            return option
        found.append(option)
    ids = [str(option.value) for option in found]
    alone = next((option for option in found if option.alone), None)
    if numbered and alone is not None and len(set(ids)) > 1:  # a form shows words, and no ids
        return Misfit(fill(UNFIT, typed=quoted(cell), wants=fill(WANTS_ALONE, option=alone.words)), CORRECT)
    return ticked(asked, ids)


def ticked(asked: AnyAsked, ids: Sequence[str]) -> Value | Misfit | None:
    """Return the answer that ticks these options; nothing ticked is one only where the question takes it for one."""
    read = kind_of(asked).read(asked, tuple(ids))
    if isinstance(read, Fault):
        return Misfit(fill(UNFIT, typed=quoted("; ".join(ids)), wants=read.wants), CORRECT)
    return read


def _parts(asked: AnyAsked, cell: object, *, numbered: bool) -> Iterator[object]:
    """Cut a cell into what is ticked: by strong marks; by commas and spaces only where no option is called so."""
    if isinstance(cell, list | tuple):
        yield from cell
        return
    if not isinstance(cell, str):
        if not (numbered and cell == 0 and kind_of(asked).none_ticked(asked) is not None):
            yield cell
        return
    words = _folded(cell)
    if numbered and words == "0" and kind_of(asked).none_ticked(asked) is not None:
        return
    whole = not isinstance(_option(asked, words, numbered=numbered), Misfit)  # picked from a list: 2 Wind; sun
    for part in [words] if whole else _STRONG.split(words):
        if not part.strip():
            continue
        if isinstance(_option(asked, part, numbered=numbered), Misfit):
            yield from (piece for piece in _WEAK.split(part) if piece)
        else:
            yield part
