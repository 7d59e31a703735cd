"""`open REPORT.pdf`: takes the answers and rubric out of a report again, scores them anew and compares."""

from pathlib import Path

import click

from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note
from nqpf_assess.locale import _

KEPT = _("written: {path}")
BY_THEM = _(
    "Begun in that folder, the program goes by what the report carries: nqpf-assess score answers.toml{weights}"
)


@subcommand("open", to_the_end=True)
@click.argument("report", type=FilePath())
@option(
    "-o",
    "--output",
    type=FilePath(),
    metavar="DIR",
    words=_("Write the files it carries into this folder."),
)
@option("--json", "as_json", is_flag=True, words=_("The verdict for machines."))
def command(settings: Settings, *, report: Path, output: Path | None, as_json: bool) -> int:
    """Open a report made by `report`."""
    from nqpf_assess import __version__
    from nqpf_assess.cli.answer_files import library_of
    from nqpf_assess.files.intake import read_file
    from nqpf_assess.report.reopening import examine, put_down, take_out

    library, data = library_of(settings), read_file(report)
    files = take_out(data)
    if output is not None:
        for path in put_down(files, output):
            (print_note if as_json else print_data)(settings.tell(KEPT, path=path))
    found = examine(library, report, data, files, program=__version__)
    if output is not None:
        print_note(settings.tell(BY_THEM, weights=f" --weights {found.rubrics[0]}" if found.rubrics else ""))
    if as_json:
        print_json(
            {
                "program": found.program,
                "holds": found.holds,
                "same": found.receipted and not found.differing,
                "redrawn": found.redrawn,
                **({"rubrics": dict(zip(("used", "named"), found.rubrics, strict=True))} if found.rubrics else {}),
                "changed": list(found.changed),
                "parts": [settings.tell(part) for part in found.parts],
                "differing": [{"where": at, "printed": printed, "now": now} for at, printed, now in found.differing],
            }
        )
    else:
        from nqpf_assess.pages.reopening import verdict_lines

        for words in verdict_lines(found, __version__, settings.language):
            print_data(words)
    return int(not found.holds)
