"""Makes a report file of one assessment: the outline once, drawn as PDF, Word, Markdown or plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.blocks import Attachment, Outline
from nqpf_assess.report.forms import Edition, Form, WordStyle, draw
from nqpf_assess.report.house import House
from nqpf_assess.report.outline import outline_of as outline_in
from nqpf_assess.report.outline import with_unshown

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Beside

ReportLanguage = Literal["en", "zh", "both"]
Before = tuple[Instrument, Answers]
"""Last time's assessment, with the instrument it is read under."""
PLAIN = House()
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A finished report: its bytes, the characters that could not be shown, and its pages where it has any."""

    data: bytes
    missing: tuple[str, ...] = ()
    pages: int | None = None


def outline_of(
    instrument: Instrument,
    answers: Answers,
    *,
    language: ReportLanguage,
    date: str,
    profiles: Sequence[Chain] = (),
    beside: "Beside | None" = None,
    earlier: Before | None = None,
    edition: Edition = "brief",
    card: Scorecard | None = None,
) -> Outline:
    """Make the outline of a report; `both` gives the language of the answers first. `edition`: brief or full."""
    languages = sorted(LANGUAGES, key=lambda known: known != answers.language)
    return outline_in(
        instrument,
        answers,
        languages=languages if language == "both" else (language,),
        date=date,
        profiles=profiles,
        beside=beside,
        earlier=earlier,
        edition=edition,
        card=card,
    )


def make_report(  # noqa: PLR0913 - what is reported on, and how it is to look
    instrument: Instrument,
    answers: Answers,
    *,
    language: ReportLanguage,
    to: Form,
    date: str,
    width: int = 80,
    style: WordStyle = "report",
    profiles: Sequence[Chain] = (),
    beside: "Beside | None" = None,
    earlier: Before | None = None,
    house: House = PLAIN,
    edition: Edition = "brief",
) -> ReportFile:
    """Make a report. `date`: ISO 8601; `width`: of plain text, in cells; `style`: of a Word file.

    `profiles`: those that were to choose from; `beside`: a benchmark of many like this one, shown beside its figures;
    `earlier`: last time's assessment, for what changed since; `house`: fonts and logo of the PDF.
    `edition`: the brief, or in full with the technical volume.
    """
    card = score(instrument, answers)
    outline = outline_of(
        instrument,
        answers,
        language=language,
        date=date,
        profiles=profiles,
        beside=beside,
        earlier=earlier,
        edition=edition,
        card=card,
    )
    if to != "pdf":
        return ReportFile(draw(outline, to, width=width, style=style)[0])
    from nqpf_assess.report.carried import BENCHMARK, RECEIPT, carried, carried_before, receipt
    from nqpf_assess.report.pdf import write_pdf
    from nqpf_assess.report.pdf.fonts import choice_of
    from nqpf_assess.report.pdf.logo import logo_in

    fonts = choice_of(house.fonts) if house.fonts else None
    logo = logo_in(house.logo, Path("logo")) if house.logo else None
    record = receipt(
        card,
        language=language,
        date=date,
        edition=edition,
        profiles=profiles,
        group=None if beside is None else beside.group,
        fonts=house.fonts,
    )
    kept = (
        *carried(instrument, answers),
        *(() if beside is None else (Attachment(BENCHMARK, JSON, "Benchmark", beside.data, "Data"),)),
        *(
            ()
            if logo is None
            else (Attachment(logo.name, logo.media_type, "Logo on the cover", house.logo, "Supplement"),)
        ),
        Attachment(RECEIPT, JSON, "How the report was made, and every figure it prints", record, "Data"),
        *(() if earlier is None else carried_before(instrument, earlier)),
    )
    outline = replace(outline, attachments=kept)
    drawn = write_pdf(outline, fonts=fonts, logo=logo)
    if not drawn.missing:
        return ReportFile(drawn.data, (), drawn.pages)
    # The fonts lack characters: once more, with a list of these.
    again = write_pdf(with_unshown(outline, drawn.missing), fonts=fonts, logo=logo)
    return ReportFile(again.data, drawn.missing, again.pages)
