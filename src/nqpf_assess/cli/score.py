"""`score FILE...`: a table for people on a terminal, plain lines in a pipe, JSON for machines."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import (
    Batch,
    benchmark_options,
    content_options,
    library_of,
    open_answers,
    placings_of,
)
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note, print_page
from nqpf_assess.locale import _

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

TWICE = _("“{subject}” has no line over the years: {one} and {other} are both of {period}.")
NO_ORDER = _(
    "“{subject}” has no line over the years: {one} is of “{period}” and {other} of “{later}”, and which comes first is "
    "not known. Write the time as in 2025, 2025 H1, 2025 Q3 or 2025-06."
)


@subcommand("score", to_the_end=True)
@click.argument("files", nargs=-1, required=True, type=FilePath())
@option("--json", "as_json", is_flag=True, words=_("All figures, for machines."))
@benchmark_options
@content_options
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    as_json: bool,
    peers: "Peers | None",
    questionnaire: str | None,
    weights: str | None,
) -> int:
    """Score answer files; one that has errors does not stop the others."""
    from nqpf_assess.engine.scorecard import score
    from nqpf_assess.files.places import source_of

    if as_json:
        from nqpf_assess.engine.merging import disputes
        from nqpf_assess.exchange.score_json import score_row
        from nqpf_assess.report.wording import DIFFERING, QUICK_SCREENING
    else:
        from nqpf_assess.pages.score import score_blocks

    library = library_of(settings)
    batch = Batch(settings)
    paths = batch.answer_files(files)
    rows, scored = [], []
    for path in paths:
        with batch.each():
            instrument, answers = open_answers(settings, library, path, questionnaire=questionnaire, weights=weights)
            card = score(instrument, answers)
            placings = None
            if peers is not None:
                placings, fits = placings_of(settings, peers, path, card, answers)
                batch.status = max(batch.status, int(not fits))
            if as_json:
                rows.append(score_row(card, settings.language, placings))
                # What the figures do not tell of themselves, as the page says it.
                said = [settings.tell(QUICK_SCREENING)] if answers.mode == "quick" else []
                if differing := disputes(instrument, answers, card):
                    said.append(settings.tell(DIFFERING, count=len(differing)))
                for words in said:
                    print_note(f"{source_of(path)}: {words}")
            else:
                scored.append((source_of(path), answers, card, instrument.questionnaire))
                if len(scored) > 1:
                    print_data("")
                file = source_of(path) if len(paths) > 1 else ""
                blocks = score_blocks(instrument, answers, card, settings.language, placings, file=file)
                print_page(blocks, settings.language)
    if len(scored) > 1:
        from nqpf_assess.engine.comparing.history import histories, without_order
        from nqpf_assess.pages.history import history_table

        latest = sorted(scored, key=lambda entry: entry[1].subject.time)  # its pillars are listed
        questionnaires = {card.questionnaire.id: questionnaire for _name, _answers, card, questionnaire in latest}
        for history in histories([entry[:3] for entry in scored]):
            print_data("")
            table = history_table(history, questionnaires[history.questionnaire], settings.language)
            print_page([table], settings.language)
        for (one, answers, _), (other, others, _) in without_order([entry[:3] for entry in scored]):
            subject, period, later = answers.subject.called, answers.subject.period, others.subject.period
            is_twice = answers.subject.time == others.subject.time
            told = {"subject": subject, "one": one, "other": other, "period": period}
            print_note(settings.tell(TWICE, **told) if is_twice else settings.tell(NO_ORDER, **told, later=later))
    if rows:
        print_json(rows[0] if files == paths[:1] else rows)
    return batch.status
