"""A questionnaire as a workbook to fill in: a sheet a pillar, a row a question, answers picked from lists.

The first row of each sheet and its first column are hidden: the keys of the columns and the ids of the questions, by
which `xlsx_answers` finds every cell again wherever rows, columns or sheets were moved. The lists that a cell offers
hang on the id in its own row, so that they stay right when rows are sorted.
"""

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from nqpf_assess.engine.instrument import digest
from nqpf_assess.exchange.gathering import NO_ANSWER, STATES
from nqpf_assess.exchange.workbook import CREATED, FORBIDDEN, LONGEST
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import with_unit
from nqpf_assess.locale import Text, _, _c, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import FACTS_TITLE, AnyAsked, Questionnaire

FORM_FORMAT = "nqpf-xlsx-form/1"

COLUMNS: Mapping[str, tuple[Text, int]] = {
    "id": (_("id"), 10),
    "part": (_c("of the questionnaire", "part"), 13),
    "text": (_("question"), 36),
    "anchors": (_("how to answer"), 34),
    "unit": (_c("of a figure", "unit"), 9),
    "range": (_("possible values"), 11),
    "benchmark": (_("for comparison"), 16),
    "answer": (_("answer"), 20),
    "state": (_("if there is none: why"), 12),
    "reason": (_("why it does not apply"), 14),
    "year": (_("year"), 7),
    "evidence": (_("evidence (several parted by ;)"), 24),
    "note": (_("note"), 16),
}
"""The columns by their keys: words of the head, and width in characters."""

KEYS = tuple(COLUMNS)
FILLED = ("answer", "state", "reason", "year", "evidence", "note")
"""The columns that people fill in; all else is protected."""

UNADDRESSED = "–"
"""Stands for the holder in the form of what nobody is named for: it is a part of the whole as the others are."""

ABOUT, LISTS, TEXTS = "about", "lists", "texts"
ABOUT_KEYS = ("format", "questionnaire", "version", "digest", "language", "name", "period", "respondent", "holder")
ASKED_OF_ALL = ("name", "period", "respondent")
ABOUT_WORDS: Mapping[str, Text] = {
    "language": _("Language of this form"),
    "name": _("Name of the place or firm"),
    "period": _("Year the answers describe"),
    "respondent": _("Who answers"),
    "holder": _("Sent to"),
}
HOW_TO = (
    _("Fill in the coloured cells only; the others are protected (without a password)."),
    _("Pick an answer from the list in its cell. Where several answers hold, type their numbers, as in 1;3."),
    _("Figures: digits and a point, without unit. Put the year of the figure and where it is written beside it."),
    _("No answer? Pick why in the column behind it. Nobody has to guess."),
    _(
        "Rows may be filtered, and sorted once the protection is taken off, sheets moved and renamed: every answer is "
        "found by its hidden id."
    ),
    _("Send the file back as .xlsx; it is read in with: nqpf-assess import FILE"),
)
PROGRESS = _c("of a workbook", "progress")
PROGRESS_HEAD = (_c("of a workbook", "sheet"), _c("how many", "questions"), _("done"), _("open"))
ALL = _("all")
SEVERAL = _("several may hold; type their numbers, as in 1;3")
NONE_OF_THESE = _("0 none of these")
USUALLY = _("{range} (usually {usual})")
COMPARED = _("{who} {value} ({year})")
PAGE = _("page {page} of {pages}")

NOT_CARRIED = (
    _("whom a question is for: every question has its row"),
    _("weights, targets, scores of answers, bands and floors"),
    _("countermeasures, checks, sources"),
    _("how sure an answer is"),
)

SHEET_NAME = 31
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']+")


@dataclass(frozen=True)
class FormWish:
    """What goes into a form. `ids`: the facts and questions asked, None for all.

    `holder`: to whom it is sent, "" where nobody is named for what it asks; None where it is not sent in parts.
    """

    languages: Sequence[str]
    ids: Collection[str] | None = None
    holder: str | None = None
    subject: Subject | None = None


def xlsx_form(questionnaire: Questionnaire, wish: FormWish) -> bytes:
    """Write the form, in one language or with a switch between several; the same form gives the same bytes."""
    return _WorkbookForm(questionnaire, wish).write()


def sheet_name(title: Text, languages: Sequence[str], taken: Collection[str]) -> str:
    """Return a name for a sheet, as programs allow it: 31 characters, none of []:*?/\\', each name once."""
    words = " ".join(dict.fromkeys(tell(title, language) for language in languages))
    name = _NO_SHEET_NAME.sub(" ", "".join(letter for letter in words if letter.isprintable())).strip() or "-"
    known = {one.casefold() for one in (*taken, ABOUT, LISTS, TEXTS, "history")}
    for number in range(1, 10_000):
        mark = "" if number == 1 else f" {number}"
        room = 2 * (SHEET_NAME - len(mark))  # programs count in UTF-16, where a sign such as 🌾 takes two
        made = name.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").strip() + mark
        if made.casefold() not in known:
            return made
    raise AssertionError


def offered(asked: AnyAsked, language: str) -> list[str]:
    """Return the answers that a cell offers: each with its number and its words."""
    return [f"{choice.number} {tell(choice.words, language)}" for choice in kind_of(asked).choices(asked)]


class _WorkbookForm:
    def __init__(self, questionnaire: Questionnaire, wish: FormWish) -> None:
        self.questionnaire, self.wish = questionnaire, wish
        self.languages = tuple(wish.languages)
        self.first = self.languages[0]
        self.switch = f"{ABOUT}!$B${ABOUT_KEYS.index('language') + 1}"
        self.texts: list[list[str]] = [list(self.languages)]
        self.sheets: list[tuple[str, int]] = []

    def write(self) -> bytes:
        out = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(out, {"in_memory": True, **options}) as book:
            book.set_properties({"created": CREATED, "title": _cell(tell(self.questionnaire.title, self.first))})
            self.book = book
            self.plain = self.format()
            self.told_in = self.format(border=1, border_color="#D9E2EC")
            self.head = self.format(bold=True, bg_color="#D9E2EC", border=1, border_color="#829AB1")
            self.hidden = self.format(font_color="#829AB1")
            self.free = {shape: self.format(num_format=shape, locked=False, **FILL) for shape in ("General", "@", DAY)}
            self.about = book.add_worksheet(ABOUT)
            lists = self.lists()
            for title, asked in self.parts():
                self.sheet(title, asked, lists)
            self.progress()
            self.fill_lists(lists)
            self.fill_about()
            if len(self.languages) > 1:
                self.fill_texts()  # last: all that is put on a sheet in several languages stands there
        return out.getvalue()

    def format(self, **rest: Any) -> Any:
        made = {"num_format": "@", "valign": "top", "text_wrap": True, "font_size": 10, **rest}
        return self.book.add_format(made)

    # ---- what is asked

    def parts(self) -> Iterator[tuple[Text, dict[str, AnyAsked]]]:
        """Return the sheets: the facts, then the pillars, each with what it asks; empty ones are left out."""
        questionnaire, wanted = self.questionnaire, self.wish.ids

        def those(entries: Mapping[str, AnyAsked]) -> dict[str, AnyAsked]:
            return {id: asked for id, asked in entries.items() if wanted is None or id in wanted}

        if facts := those(questionnaire.facts):
            yield FACTS_TITLE[questionnaire.subject], facts
        for pillar, entry in questionnaire.pillars.items():
            ids = [id for part in questionnaire.dimensions_of[pillar] for id in questionnaire.questions_of[part]]
            if found := those({id: questionnaire.questions[id] for id in ids}):
                yield entry.short or entry.title, found

    def lists(self) -> dict[str, list[str]]:
        """Return what cells offer, by id and language; the states under `NO_ANSWER`."""
        found: dict[str, list[str]] = {}
        for language in self.languages:
            found[f"{NO_ANSWER}|{language}"] = [tell(words, language) for words in STATES.values()]
            for _title, asked in self.parts():
                for id, one in asked.items():
                    if choices := offered(one, language):
                        found[f"{id}|{language}"] = choices
        return found

    # ---- cells

    def put(self, page: Any, row: int, column: int, words: Mapping[str, str], look: Any) -> None:
        """Write words: as they are in one language, with a formula that follows the switch in several."""
        said = [_cell(words.get(language, "")) for language in self.languages]
        if len(set(said)) == 1:
            if said[0]:
                page.write_string(row, column, said[0], look)
            else:
                page.write_blank(row, column, None, look)
            return
        self.texts.append(said)
        line, last = len(self.texts), xl_col_to_name(len(self.languages) - 1)
        head = f"MATCH({self.switch},{TEXTS}!$A$1:${last}$1,0)"
        page.write_formula(row, column, f"=INDEX({TEXTS}!$A${line}:${last}${line},1,{head})", look, said[0])

    def in_all(self, words: Text) -> dict[str, str]:
        return {language: tell(words, language) for language in self.languages}

    # ---- sheets

    def sheet(self, title: Text, asked: Mapping[str, AnyAsked], lists: Mapping[str, Sequence[str]]) -> None:
        name = sheet_name(title, self.languages, [name for name, _count in self.sheets])
        page = self.book.add_worksheet(name)
        self.sheets.append((name, len(asked)))
        for column, (key, (words, width)) in enumerate(COLUMNS.items()):
            page.set_column(column, column, width, self.plain, {"hidden": key == "id"})
            page.write_string(0, column, key, self.hidden)
            self.put(page, 1, column, self.in_all(words), self.head)
        page.set_row(0, None, None, {"hidden": True})
        for row, (id, one) in enumerate(asked.items(), start=2):
            page.write_string(row, 0, id, self.hidden)
            for key, words in self.told(one).items():
                self.put(page, row, KEYS.index(key), words, self.told_in)
            kind = kind_of(one)
            shape = "General" if kind.is_figure else DAY if kind.entry == "line" else "@"
            for key in FILLED:
                page.write_blank(row, KEYS.index(key), None, self.free[shape if key == "answer" else "@"])
        last = len(asked) + 1
        self.offer(page, last, lists)
        page.autofilter(1, 0, last, len(KEYS) - 1)  # the ids too: what a filter does not reach is not sorted along
        page.freeze_panes(2, 3)
        self.protect(page)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1)
        at = tell(PAGE, self.first, page="&P", pages="&N")
        page.set_footer(f"&L{name.replace('&', '&&')[:100]}&R{at}")

    def told(self, asked: AnyAsked) -> dict[str, dict[str, str]]:
        """Return what is written beside a question, in each language."""
        found: dict[str, dict[str, str]] = {
            key: {} for key in ("part", "text", "anchors", "unit", "range", "benchmark")
        }
        kind, dimension = kind_of(asked), getattr(asked, "dimension", None)
        of_facts = FACTS_TITLE[self.questionnaire.subject]
        part = self.questionnaire.dimensions[dimension].title if dimension is not None else of_facts
        for language in self.languages:
            here = grammar(language)
            lines = offered(asked, language)
            if kind.entry == "tick":
                none = [tell(NONE_OF_THESE, language)] if kind.none_ticked(asked) is not None else []
                lines = [tell(SEVERAL, language), *lines, *none]
            lines = lines or [tell(kind.wants(asked), language)]
            if asked.help:
                lines.append(tell(asked.help, language))
            span, usual = kind.limits(asked) if kind.entry == "line" else None, kind.usual(asked)
            between = _between(kind, asked, span, language)
            if usual is not None and between:
                between = tell(USUALLY, language, range=between, usual=_between(kind, asked, usual, language))
            unit = kind.unit(asked, language)
            compared = [
                tell(COMPARED, language, who=row.words, value=with_unit(plain_number(row.value), unit), year=row.year)
                for row in kind.benchmarks(asked)
            ]
            words = {
                "part": tell(part, language),
                "text": tell(asked.text, language),
                "anchors": "\n".join(lines),
                "unit": unit,
                "range": between,
                "benchmark": here.semicolon.join(compared),
            }
            for key, said in words.items():
                found[key][language] = said
        return found

    def offer(self, page: Any, last: int, lists: Mapping[str, Sequence[str]]) -> None:
        """Let the cells offer their lists, found by the id in their own row and the language of the form."""
        rows = len(lists) + 1
        keys, counts = (f"{LISTS}!${column}$1:${column}${rows}" for column in "AB")
        for key, id in (("answer", "$A3"), ("state", f'"{NO_ANSWER}"')):
            at = f'MATCH({id}&"|"&{self.switch},{keys},0)'
            source = f"=OFFSET({LISTS}!$C$1,{at}-1,0,1,INDEX({counts},{at}))"
            column = KEYS.index(key)
            page.data_validation(2, column, last, column, {"validate": "list", "source": source, "show_error": False})
        column = KEYS.index("year")
        years = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1949,
            "maximum": 2099,
            "error_type": "warning",
        }
        page.data_validation(2, column, last, column, years)

    def protect(self, page: Any) -> None:
        """Protect all but the cells to fill in; rows may be sorted and filtered, columns made wider."""
        page.protect("", dict.fromkeys(ALLOWED, True))

    def progress(self) -> None:
        """Write how many questions of each sheet are done, worked out by formula."""
        page = self.book.add_worksheet(sheet_name(PROGRESS, self.languages, [name for name, _count in self.sheets]))
        page.set_column(0, 0, 40, self.plain)
        page.set_column(1, 3, 12, self.plain)
        figure = self.format(num_format="0")
        for column, words in enumerate(PROGRESS_HEAD):
            self.put(page, 0, column, self.in_all(words), self.head)
        for row, (name, count) in enumerate(self.sheets, start=1):
            quoted = name.replace("'", "''")
            answers, states = (
                f"'{quoted}'!${c}$3:${c}${count + 2}"
                for c in (xl_col_to_name(KEYS.index(k)) for k in ("answer", "state"))
            )
            page.write_string(row, 0, name, self.plain)
            page.write_number(row, 1, count, figure)
            page.write_formula(row, 2, f"=SUMPRODUCT(--(LEN({answers})+LEN({states})>0))", figure, 0)
            page.write_formula(row, 3, f"=B{row + 1}-C{row + 1}", figure, count)
        last = len(self.sheets) + 1
        self.put(page, last, 0, self.in_all(ALL), self.head)
        total = sum(count for _name, count in self.sheets)
        for column, value in ((1, total), (2, 0), (3, total)):
            span = f"{xl_rowcol_to_cell(1, column)}:{xl_rowcol_to_cell(last - 1, column)}"
            page.write_formula(last, column, f"=SUM({span})", figure, value)
        page.freeze_panes(1, 0)
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        self.protect(page)

    def fill_lists(self, lists: Mapping[str, Sequence[str]]) -> None:
        page = self.book.add_worksheet(LISTS)
        for row, (key, entries) in enumerate((("", ()), *lists.items())):
            page.write_string(row, 0, key, self.hidden)
            page.write_number(row, 1, len(entries))
            for column, words in enumerate(entries, start=2):
                page.write_string(row, column, _cell(words))
        page.hide()
        self.protect(page)

    def fill_texts(self) -> None:
        page = self.book.add_worksheet(TEXTS)
        for row, words in enumerate(self.texts):
            for column, said in enumerate(words):
                page.write_string(row, column, said)
        page.hide()
        self.protect(page)

    def fill_about(self) -> None:
        """Write the first sheet: what the form is, whom it describes, how to fill it in."""
        page, questionnaire, subject = self.about, self.questionnaire, self.wish.subject or Subject()
        values = {
            "format": FORM_FORMAT,
            "questionnaire": questionnaire.id,
            "version": questionnaire.version,
            "digest": digest(questionnaire),
            "language": self.first,
            "name": subject.name,
            "period": subject.period,
            "respondent": "",
            "holder": "" if self.wish.holder is None else self.wish.holder or UNADDRESSED,
        }
        page.set_column(0, 0, 15, self.plain)
        page.set_column(1, 1, 44, self.plain)
        page.set_column(2, 2, 60, self.plain)
        title = self.format(bold=True, font_size=14)
        open_keys = ASKED_OF_ALL + (("language",) if len(self.languages) > 1 else ())
        for row, key in enumerate(ABOUT_KEYS):
            page.write_string(row, 0, key, self.hidden)
            look = self.free["@"] if key in open_keys else self.plain
            if said := _cell(values[key]):
                page.write_string(row, 1, said, look)
            else:
                page.write_blank(row, 1, None, look)
            if key in ABOUT_WORDS:
                self.put(page, row, 2, self.in_all(ABOUT_WORDS[key]), self.plain)
        self.put(page, 0, 2, dict(questionnaire.title), title)
        for row, words in enumerate(HOW_TO, start=len(ABOUT_KEYS) + 1):
            self.put(page, row, 2, self.in_all(words), self.plain)
        if len(self.languages) > 1:
            row = ABOUT_KEYS.index("language")
            page.data_validation(row, 1, row, 1, {"validate": "list", "source": list(self.languages)})
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        self.protect(page)


ALLOWED = ("sort", "autofilter", "format_columns", "format_rows", "select_locked_cells", "select_unlocked_cells")
"""What may be done to a protected sheet."""

FILL = {"bg_color": "#FFFBEA", "border": 1, "border_color": "#BCCCDC"}
DAY = "yyyy-mm-dd"
A4 = 9
"""Number of the paper size (ECMA-376, 18.3.1.63)."""


def _between(kind: Any, asked: AnyAsked, pair: tuple[Any, Any] | None, language: str) -> str:
    return "" if pair is None else "–".join(kind.bare(asked, end, language) for end in pair)


def _cell(words: str) -> str:
    """Return words as a cell can hold them."""
    return FORBIDDEN.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
