"""`compare OLD NEW`: what changed between two assessments of one subject, and why."""

from dataclasses import replace
from pathlib import Path

import click

from nqpf_assess.cli.answer_files import Batch, content_options, library_of
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note, print_problems, width
from nqpf_assess.locale import _
from nqpf_assess.session.clock import today

BY_ITS_OWN = _(
    "It is compared by the edition that it names; the other commands take the one at hand, and their figures may be "
    "others."
)


@subcommand("compare")
@click.argument("old", type=FilePath())
@click.argument("new", type=FilePath())
@option("--json", "as_json", is_flag=True, words=_("All figures, for machines."))
@option("--all", "everything", is_flag=True, words=_("Show every question too."))
@option(
    "--old-questionnaire",
    metavar="ID|PATH",
    words=_("The edition OLD was answered to."),
)
@option(
    "--old-weights",
    metavar="ID|PATH",
    words=_("The rubric OLD was scored by, in its edition."),
)
@content_options
def command(settings: Settings, *, old: Path, new: Path, as_json: bool, everything: bool, **content: str | None) -> int:
    """Compare two assessments; different editions are told, and taken apart where both are at hand."""
    from nqpf_assess.exchange.comparison_json import comparison_row
    from nqpf_assess.files.editions import open_own_edition
    from nqpf_assess.files.library import refuse_errors
    from nqpf_assess.report.comparison_tables import comparison_lines
    from nqpf_assess.report.comparison_text import ComparisonText
    from nqpf_assess.session.comparing import compared_reads

    library, batch = library_of(settings), Batch(settings)
    questionnaire, weights = content["questionnaire"], content["weights"]
    olds = content["old_questionnaire"] or questionnaire, content["old_weights"] or weights
    read = []
    for path, stated in ((old, olds), (new, (questionnaire, weights))):
        with batch.each():
            read.append(open_own_edition(library, path, questionnaire=stated[0], weights=stated[1]))
            refuse_errors(path, read[-1].faults)
    if batch.status:
        return batch.status
    then, now = read
    found = compared_reads(then, now, today())
    print_problems([replace(notice, hint=BY_ITS_OWN) for notice in found.left_aside], settings.language)
    if as_json:
        print_json(comparison_row(found.comparison, settings.language))
        for doubt in ComparisonText(found.comparison, found.questionnaires, settings.language).doubts():
            print_note(doubt)
        return 0
    shown = found.comparison, found.questionnaires, settings.language
    for line in comparison_lines(*shown, width=width(), everything=everything):
        print_data(line.rstrip())
    return 0
