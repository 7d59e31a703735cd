"""`merge FILE... -o FILE`: several respondents of one subject into one file, and an agenda of what is disputed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import Batch, content_options, library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, subcommand, words_typed
from nqpf_assess.cli.output import print_data, print_json, print_note, print_problems, width
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import MERGE_RULES
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read

TWO = _("name two answer files or more")
WANTS_LEAD = _("--rule lead wants --lead NAME")
LEAD_ALONE = _("--lead goes with --rule lead")
HINTS: dict[str, Text] = {
    "subject": _("If it is one subject written in several ways, say how to write it: --name NAME."),
    "period": _("Respondents of one year are merged; two years are compared: nqpf-assess compare OLD NEW."),
    "rubric": _("Say which one the merged file takes: --weights ID."),
    "edition": _("Take it over first: nqpf-assess migrate {path} --write"),
}
"""What to do about files that cannot be merged."""

NOT_OVERWRITTEN = _(
    "Nothing was overwritten. Choose another name. With --force the merged answers take its place, and what it holds "
    "is lost."
)
WRITTEN = _("{path} is written: what stands, and what each said where they differ.")


@subcommand("merge", to_the_end=True)
@click.argument("files", nargs=-1, required=True, type=FilePath())
@option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    words=_("The merged file, or a folder for it."),
)
@option(
    "--rule",
    type=click.Choice(MERGE_RULES),
    default="median",
    words=_(
        "Whose answer stands where they differ: the middle one (default), what most said, the lead's, or the best "
        "supported one."
    ),
)
@option("--lead", metavar="NAME", words=_("The respondent who leads."))
@option("--anonymous", is_flag=True, words=_("Leave all names out."))
@option("--name", metavar="NAME", callback=words_typed, words=_("How to write the subject's name."))
@option("--all", "everything", is_flag=True, words=_("List every disputed question."))
@option("--json", "as_json", is_flag=True, words=_("The outcome for machines."))
@option("--force", is_flag=True, words=_("Replace an existing file."))
@content_options
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    output: str,
    rule: str,
    lead: str | None,
    name: str | None,
    **wished: str | bool | None,
) -> int:
    """Merge answer files; the outcome does not depend on their order."""
    from nqpf_assess.cli.targets import NOTHING_CHANGED, refuse_other_ending, subject_file
    from nqpf_assess.engine.merging import Wish
    from nqpf_assess.files.editions import open_any_edition
    from nqpf_assess.files.library import refuse_errors
    from nqpf_assess.files.places import refuse_no_folder, shown
    from nqpf_assess.session import merging as rules
    from nqpf_assess.session.content import usable_answers

    if rule == "lead" and not (lead or "").strip():
        raise Refused(WANTS_LEAD)
    if rule != "lead" and lead is not None:
        raise Refused(LEAD_ALONE)
    content = {key: str(wished[key]) if wished[key] else None for key in ("questionnaire", "weights")}
    library, batch = library_of(settings), Batch(settings)
    paths = rules.different_files(batch.answer_files(files))
    read: list[Read] = []
    for path in paths:
        with batch.each():
            read.append(usable_answers(library, path, **content))
            print_problems(read[-1].sheet.edition_notices, settings.language)
    if batch.status:
        return batch.status
    if len(read) < 2:
        raise Refused(TWO)
    try:
        rules.refuse_unlike(read, subject_stated=bool(name), rubric_stated=bool(wished["weights"]))
    except rules.NotMergeable as fault:
        hint = fill(HINTS[fault.unlike], path=as_word(str(fault.names[0]))) if fault.unlike in HINTS else None
        raise UserError(fault.message, hint=hint, status=fault.status) from fault
    subject = rules.merged_subject(read, name=name or "")
    target = subject_file(output, subject, read[0].path.stem, ending="-merged.toml")
    refuse_other_ending(target, ".toml")
    refuse_no_folder(target)
    for force, hint in ((True, NOTHING_CHANGED), (bool(wished["force"]), NOT_OVERWRITTEN)):
        try:  # its inputs are not replaced by force either
            rules.refuse_replacing(library, target, paths, force=force)
        except UserError as fault:
            raise UserError(fault.message, hint=hint, status=fault.status) from fault
    leads = rules.lead_among(lead.strip(), read) if lead and lead.strip() else None
    wish = Wish(rule, leads, bool(wished["anonymous"]), name or None)  # type: ignore[arg-type]
    merging = rules.merge_read(read, wish)
    rules.write_merged(target, merging.answers)
    for said in rules.told_of_counting(read):
        print_note(settings.tell(said))
    print_note(settings.tell(WRITTEN, path=shown(target)))
    written = open_any_edition(library, target, questionnaire=content["questionnaire"], weights=content["weights"])
    refuse_errors(target, written.sheet.problems)
    if wished["as_json"]:
        from nqpf_assess.exchange.merging_json import merging_row

        print_json(merging_row(merging, settings.language))
        return 0
    from nqpf_assess.pages.merging import merging_lines

    everything, questionnaire = bool(wished["everything"]), read[0].instrument.questionnaire
    for line in merging_lines(merging, questionnaire, settings.language, width=width(), everything=everything):
        print_data(line.rstrip())
    return 0
