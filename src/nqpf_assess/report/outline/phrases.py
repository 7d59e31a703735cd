"""Turns of phrase that several sections use: counts, figures with units, an answer as a statement, cited sources."""

import re
from collections.abc import Sequence
from datetime import date

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.scoring import supported
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.report.outline.case import Case, OtherEdition
from nqpf_assess.report.wording import number, percent, unit_of

MORE_IN_FULL = _("The first {shown} of {total}; {full} has all of them.")
MORE_ROWS = _("{shown} of {total} rows are shown; the others are in the files this report was made from.")

QUESTIONS = (_("{n} question"), _("{n} questions"))
PILLARS = (_("{n} pillar"), _("{n} pillars"))
DIMENSIONS = (_("{n} dimension"), _("{n} dimensions"))
MEASURES = (_("{n} measure"), _("{n} measures"))
POINTS = (_("{n} point"), _("{n} points"))


def counted(case: Case, count: int, words: tuple[Text, Text]) -> str:
    """Write a count with its noun: one form for one, another for all else."""
    return case.say(words[0] if count == 1 else words[1], n=f"{count:,}")


def points(case: Case, value: float | None) -> str:
    """Write score points with their noun."""
    shown = number(value)
    return case.say(POINTS[0] if shown == "1.0" else POINTS[1], n=shown)


EDITION = {
    "questionnaire": _("questionnaire {id} {version}"),
    "weights": _("rubric {id} {version}"),
}


def editions_of(case: Case, other: OtherEdition) -> tuple[str, str]:
    """Name the edition that the answers were given to, and the one that they are scored by."""
    stated, used = (
        case.say(EDITION[other.what], id=named.named, version=named.version) for named in (other.stated, other.used)
    )
    return (case.say(_("{edition} with other content"), edition=stated) if other.other_content else stated), used


def day(case: Case) -> str:
    """Write the report's date."""
    return day_of(case, date.fromisoformat(case.date))


def day_of(case: Case, on: date) -> str:
    """Write a day as the language writes it."""
    return case.grammar.date(on.year, on.month, on.day)


def month_of(case: Case, on: date) -> str:
    """Write the month of a day."""
    return case.grammar.month(on.year, on.month)


def raised(words: str) -> str:
    """Begin words with a capital letter."""
    return words[:1].upper() + words[1:]


AND_MORE = _("{listed} and {n} more")
MORE_HOLDERS = _c("who hold answers", "{listed} and {n} more")


def and_more(case: Case, items: Sequence[str], most: int, words: Text = AND_MORE) -> str:
    """List so many things, and say how many more there are: a list that is cut short must not pass for all of them."""
    if len(items) <= most:
        return case.listed(items)
    return case.say(words, listed=case.grammar.list(items[:most]), n=len(items) - most)


DRAWN = _("{shown} of {all} are drawn")


def cut(case: Case, most: int, total: int) -> str:
    """Say that of so many rows the first alone are shown; "" where all are."""
    return case.say(MORE_ROWS, shown=most, total=total) if total > most else ""


def drawn_of(case: Case, most: int, total: int) -> str:
    """Say behind a caption that the first alone are drawn; "" where all are."""
    return case.grammar.bracketed(case.say(DRAWN, shown=most, all=total)) if total > most else ""


NUMBER = _("No. {number}")


def numbered(case: Case, numbers: Sequence[int]) -> str:
    """Name measures by their numbers in the plan: “No. 1 and No. 5”, “第1项和第5项”."""
    return case.listed([case.say(NUMBER, number=number) for number in numbers])


def quoted(words: str) -> str:
    """Return words as they stand between quotation marks: marks inside them become single ones."""
    return words.strip().replace("“", "‘").replace("”", "’")


def indicator(case: Case, question: str) -> str:
    """Name the figure that a question asks for; the question itself where it is asked in another way."""
    found = case.grammar.figure_asked.match(case.title(question).strip())
    if found is None:
        return case.title(question)
    what = re.sub("是$", "", found["what"])
    what = raised(what)
    asked = case.questionnaire.asked[question]
    unit = "" if unit_of(asked, case.language) else found["unit"]
    return case.say(_("{what} ({unit})"), what=what, unit=unit) if unit else what


def with_year(case: Case, id: str) -> str:
    """Write an answer with the year its figure describes."""
    asked = case.questionnaire.asked[id]
    said, year = case.answer(id), case.given(id).year
    seen = case.assessed.view.seen(id)
    dated = year is not None and kind_of(asked).is_figure and seen.state == "answered"
    return case.say(_("{value} ({year})"), value=said, year=year) if dated else said


def evidence_named(case: Case, question: str) -> bool:
    """Return whether an answer names evidence (a figure with its year counts)."""
    return supported(case.questionnaire.questions[question], case.answers.answers.get(question))


def unsupported(case: Case) -> tuple[str, ...]:
    """Name the answers above the ceiling that name no evidence."""
    ceiling = case.assessed.figures.rules.unsupported_ceiling
    above = (id for id in case.answered if (case.nodes[id].score or 0.0) - ceiling > TOLERANCE)
    return tuple(id for id in above if not evidence_named(case, id))


def share_words(share: float | None) -> str:
    """Write a share of the shortfall: one decimal, so that the shares of many small gaps can still be told apart."""
    return percent(share, 1)


# ── Sources ──

THE_PAPER = _("the paper")
EXPERT = _("expert judgement")
SECTION, SECTIONS = _("{title}, section {section}"), _("{title}, sections {section}")


def cited(case: Case, sources: Sequence[str]) -> str:
    """Cite sources in one line, each document once with its sections."""
    sections: dict[str, list[str]] = {}
    for reference in sources:
        id, _mark, section = reference.partition("#")
        sections.setdefault(id, []).extend([section] if section else [])
    named = {id: name_of(case, id) for id in sections}
    return raised(
        case.series(
            case.say(SECTIONS if len(found) > 1 else SECTION, title=named[id], section=case.listed(found))
            if found
            else named[id]
            for id, found in sections.items()
        )
    )


def name_of(case: Case, id: str) -> str:
    """Name a source in a citation."""
    source = case.questionnaire.sources.get(id)
    if source is None:
        return id
    if source.kind in ("paper", "expert") and id in ("paper", "expert"):
        return case.say(THE_PAPER if id == "paper" else EXPERT)
    return titled(case, id)


def titled(case: Case, id: str) -> str:
    """Return a source's title with its number and year."""
    source = case.questionnaire.sources[id]
    title = case.tell(source.title)
    year = str(source.year or "")
    rest = [
        part
        for part in (source.number or "", year if all(year not in words for words in source.title.values()) else "")
        if part
    ]
    return case.say(_("{title} ({rest})"), title=title, rest=case.grammar.join(rest)) if rest else title


def holder_of(case: Case, id: str) -> str:
    """Name who usually holds an answer."""
    asked = case.questionnaire.asked[id]
    return case.tell(asked.holder) if asked.holder else case.say(_("not named"))
