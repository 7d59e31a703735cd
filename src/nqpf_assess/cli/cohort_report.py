"""`cohort report TABLE|SCORES...`: the statistics of a cohort as files, and a report on them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import TABLES
from nqpf_assess.cli.cohort_studying import (
    BY,
    HERDING,
    STUDY_OPTIONS,
    Studied,
    print_uncounted,
    rooms_of,
    studied,
)
from nqpf_assess.cli.commands import Settings, option, with_options
from nqpf_assess.cli.output import print_data, print_json, print_note
from nqpf_assess.files.presence import is_file
from nqpf_assess.locale import LANGUAGES, _
from nqpf_assess.model.report_form import FORMS, Form
from nqpf_assess.session.clock import day_of_paper

if TYPE_CHECKING:
    import pyarrow as pa

    from nqpf_assess.report.blocks import Outline

NO_GAPS = _(
    "gaps.csv is left out: these scores hold no gaps. Name the table they are from, or score it with "
    "--with gaps,measures"
)
EARLIER = _("{path} is of an earlier run and was left as it was")
NO_MEASURES = _(
    "first measures are not counted: these scores hold none. Name the table they are from, or score it with "
    "--with gaps,measures"
)


@step("report", both=True, to_the_end=True)
@TABLES
@with_options(
    option(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        words=_("Folder for the files."),
    ),
    option(
        "--to",
        type=click.Choice(FORMS),
        default="pdf",
        words=_("Form of the report."),
    ),
    BY,
    *HERDING,
    option(
        "--room",
        multiple=True,
        metavar="OPTION=N",
        words=_("How many places there is room for with an option; more are flagged; may repeat."),
    ),
    option("--ranks", is_flag=True, words=_("List ranks in the report too.")),
    option(
        "--date",
        "stated",
        metavar="YYYY-MM-DD",
        words=_("Date of the report; default: today."),
    ),
    *STUDY_OPTIONS,
)
def command(settings: Settings, *, tables: tuple[str, ...], output: str, to: "Form", **asked: Any) -> int:
    """Write the statistics and the report."""
    date = day_of_paper(asked["stated"])
    with studied(settings, tables, asked, by=asked["by"]) as found:
        if found is None:
            return 1
        from nqpf_assess.cohort.filing import clear_gaps, head_of, refuse_foreign, write_tables
        from nqpf_assess.cohort.herding import MEASURES
        from nqpf_assess.cohort.job import refuse_sources
        from nqpf_assess.report.forms import ending_of

        made, head = tables_of(found, asked), head_of(found.study, found.instruments)
        refuse_sources([Path(output) / f"{name}.csv" for name in made], tables)
        report = Path(output) / f"report{ending_of(to)}"
        refuse_foreign(Path(output), made, report, to)
        written = write_tables(Path(output), made, head)
        _write_report(report, to, outline_of(settings, found, made, head, date=date, asked=asked))
        written.append(report)
        others = (Path(output) / f"report{ending_of(form)}" for form in FORMS if form != to)
        for other in filter(is_file, others):
            print_note(settings.tell(EARLIER, path=other))
        if "gaps" not in made:
            clear_gaps(Path(output))
            print_note(settings.tell(NO_GAPS))
        if MEASURES not in found.study.scores.names:
            print_note(settings.tell(NO_MEASURES))
        print_uncounted(settings, found.study, asked["herding"], made["herding"])
        if asked["as_json"]:
            print_json({"files": [os.fspath(path) for path in written], "rows": head["rows"]})
        else:
            for path in written:
                print_data(os.fspath(path))
        return found.status


def tables_of(found: Studied, asked: Mapping[str, Any]) -> "dict[str, pa.Table]":
    """Work out every table, in the order of the contract; gaps only where the scores hold them."""
    from nqpf_assess.cohort.herding import herding

    study = found.study
    made = {
        "ranks": study.ranks(),
        "groups": study.group_table(),
        "bands": study.bands(),
        "gaps": study.gaps(),
        "weakest": study.weakest(),
        "inequality": study.inequality(),
        "weights": study.weights(),
        "herding": herding(study, asked["herding"], asked["herding_share"], rooms_of(asked["room"])),
    }
    return {name: table for name, table in made.items() if table is not None}


def outline_of(
    settings: Settings,
    found: Studied,
    made: "dict[str, pa.Table]",
    head: Mapping[str, Any],
    *,
    date: str,
    asked: Mapping[str, Any],
) -> "Outline":
    """Make the outline, in one language or both."""
    from nqpf_assess.cohort.outline import StudyWords, cohort_outline, rows_of
    from nqpf_assess.cohort.scores import of_no_edition
    from nqpf_assess.cohort.wording import OF_NO_EDITION, SCORES_ALONE
    from nqpf_assess.exchange.benchmark import BLENDS, MOST_NAMED

    total = found.study.total
    place = "rank" if total == "score" else "baseline_rank"
    rows = rows_of(made, place if asked["ranks"] else "")
    used = found.study.scores.coded("weights")[1]
    instruments = found.instruments.with_blends(used)
    named = {id: rubric.name for id, rubric in zip(instruments.ids, instruments.all, strict=True) if id in used}
    blended = [words for id, words in named.items() if id in instruments.blends]
    plain = [words for id, words in named.items() if id not in instruments.blends]
    profiles = [*plain, *(blended if len(blended) <= MOST_NAMED else [BLENDS])]
    scoring = {id: rubric.rules for id, rubric in zip(instruments.ids, instruments.all, strict=True)}
    ours = [rules for id, rules in scoring.items() if id in used]  # last: their words for what others call otherwise
    bands = {id: band.words for rules in (*scoring.values(), *ours) for id, band in rules.bands.items()}
    floors = {id: {floor: one.node for floor, one in rules.floors.items()} for id, rules in scoring.items()}
    scores, rooms = found.study.scores, rooms_of(asked["room"])
    modes, times, mixes_parts, corrected = scores.modes(), scores.times(), scores.mixes_parts(), scores.corrected()
    untold = [SCORES_ALONE] if scores.alone else []
    untold += [OF_NO_EDITION] if of_no_edition(scores) else []
    languages = (settings.language, *(code for code in LANGUAGES if code != settings.language))
    return cohort_outline(
        [
            StudyWords(
                found.study.questionnaire,
                rows,
                head,
                language,
                date,
                total,
                profiles,
                bands,
                rooms=rooms,
                modes=modes,
                times=times,
                of_some=scores.years_of_some(),
                untold=untold,
                mixes_parts=mixes_parts,
                corrected=corrected,
                baselines=len(instruments.baselines_of(used)),
                floors=floors,
                rubrics=named,
            )
            for language in (languages if settings.both else languages[:1])
        ]
    )


def _write_report(path: Path, to: "Form", outline: "Outline") -> None:
    """Write the report; where the fonts of the PDF lack characters, with a list of these."""
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.report.forms import draw
    from nqpf_assess.report.outline import UNSHOWN_BESIDE, with_unshown

    data, missing = draw(outline, to)
    if missing:
        data, _ = draw(with_unshown(outline, missing, UNSHOWN_BESIDE), to)
    write_whole(path, data)
