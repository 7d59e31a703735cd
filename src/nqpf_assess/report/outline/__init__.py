"""The outline of a report: scorecard to blocks. Pure; the only place where figures are rounded and worded."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.report_form import Edition
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.blocks import (
    Block,
    Heading,
    Outline,
    OutlinePart,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline.brief import brief_blocks
from nqpf_assess.report.outline.case import Case, earlier_than
from nqpf_assess.report.outline.front import (
    SUBTITLE,
    contents,
    cover,
    report_number,
    short,
    subject_name,
    title_of,
)
from nqpf_assess.report.outline.volume import volume_blocks
from nqpf_assess.report.wording import NEW_FORCES, asks_about_new_forces
from nqpf_assess.typography.clean import combines

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

__all__ = ["UNSHOWN_BESIDE", "Case", "outline_of", "with_unshown"]

FOOTER = _("{number} · digest {answers} · self-assessed; no ranking, audit or certificate")

BRIEF, VOLUME = _("The brief"), _("Technical volume")


def outline_of(
    instrument: Instrument,
    answers: Answers,
    *,
    languages: Sequence[str],
    date: str,
    profiles: Sequence[Chain] = (),
    peers: "Peers | None" = None,
    earlier: tuple[Instrument, Answers] | None = None,
    edition: Edition = "brief",
    card: Scorecard | None = None,
) -> Outline:
    """Make the outline of one assessment. `profiles`: those that were to choose from; `card`: its figures, where known.

    `edition`: the brief, a part for each language; or in full: a cover before it and the technical volume behind it.
    `peers`: a benchmark to stand beside its figures; raises `UserError` where it is of another questionnaire.
    `earlier`: last time's assessment, for what changed since and what came of the plan.
    """
    assessed = assess(instrument, answers)
    card = card or scorecard_of(assessed)
    judged = suggestions(instrument.questionnaire, profiles, answers) if profiles else ()
    placings = None if peers is None else peers.placed(card, answers)
    before = None if earlier is None else earlier_than(earlier, (instrument, answers), date)
    cases = [Case(assessed, card, judged, language, date, placings, before, edition) for language in languages]
    first, parts = cases[0], tuple(part for case in cases for part in _parts(case, edition))
    title, subject = title_of(first), subject_name(first)
    return Outline(
        title=f"{title} · {subject}",
        subject=f"{first.say(SUBTITLE)} · {subject}",
        language=first.language,
        date=date,
        header=parts[0].header,
        footer=parts[0].footer,
        parts=parts,
        keywords=(*(NEW_FORCES if asks_about_new_forces(instrument.questionnaire) else ()), "self-assessment", "自评"),
    )


def _parts(case: Case, edition: Edition) -> Iterator[OutlinePart]:
    """Yield the brief, in full with a cover and its contents before it and the technical volume behind it."""
    brief = tuple(brief_blocks(case))
    if edition == "brief":
        yield _part(case, brief)
        return
    yield _part(case, (cover(case), PageBreak(), contents(case), PageBreak(), *brief), title=case.say(BRIEF))
    head = Paragraph((Run(case.say(VOLUME), bold=True),), "lead")
    yield _part(case, (head, *volume_blocks(case)), title=case.say(VOLUME))


def _part(case: Case, blocks: tuple[Block, ...], *, title: str = "") -> OutlinePart:
    """Return a part with the running words of its own language."""
    paper, subject = title_of(case), subject_name(case)
    footer = case.say(FOOTER, number=report_number(case), answers=short(case.card.answers_digest))
    header = case.say(_("{subject} · {title}"), subject=subject, title=paper)
    return OutlinePart(case.language, blocks, title=title, header=header, footer=footer)


MOST_UNSHOWN = 100
UNSHOWN = _(
    "The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the attached "
    "answers."
)
UNSHOWN_BESIDE = _(
    "The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the files beside it."
)


def with_unshown(outline: Outline, missing: Sequence[str], said_of_them: Text = UNSHOWN) -> Outline:
    """Add the list of characters that a renderer could not show to the last part of each language."""
    last = {part.language: place for place, part in enumerate(outline.parts)}
    parts = list(outline.parts)
    for language, place in last.items() if missing else ():
        said = tell(said_of_them, language)
        if any(map(combines, missing)):
            said += tell(_(" Marks over or under letters are left out instead."), language)
        columns = (
            TableColumn(tell(_("Code"), language), 0.5),
            TableColumn(tell(_("Name in the Unicode standard"), language), 2.0),
        )
        named = ((f"U+{ord(letter):04X}", unicodedata.name(letter, "–")) for letter in missing[:MOST_UNSHOWN])
        heading = Heading(1, tell(_("Characters that could not be shown"), language), f"{language}-unshown")
        added = (heading, Paragraph(runs(said)), Table(columns, tuple(cells(*row) for row in named)))
        parts[place] = replace(parts[place], blocks=(*parts[place].blocks, *added))
    return replace(outline, parts=tuple(parts))
