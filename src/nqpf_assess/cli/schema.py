"""`schema KIND`: the JSON Schema of a file format, for editors that complete and check TOML with it."""

import sys

import click

from nqpf_assess.cli.bilingual import option
from nqpf_assess.cli.commands import subcommand
from nqpf_assess.cli.options import Settings
from nqpf_assess.locale import _, fill

NO_QUESTIONNAIRE = _("there is no questionnaire “{name}”")


@subcommand("schema")
@click.argument("kind", type=click.Choice(["questionnaire", "weights", "answers"]))
@option(
    "--questionnaire",
    metavar="ID|PATH",
    words=_("Offer the ids of this questionnaire, for a workspace."),
)
def command(settings: Settings, *, kind: str, questionnaire: str | None) -> int:
    """Print a schema."""
    if questionnaire is not None:
        return _with_ids(settings, kind, questionnaire)
    from nqpf_assess.files.schemas import schema_text

    sys.stdout.write(schema_text(kind))
    return 0


def _with_ids(settings: Settings, kind: str, name: str) -> int:
    from nqpf_assess.cli.answer_files import library_of
    from nqpf_assess.cli.output import print_problems
    from nqpf_assess.files.workspace import workspace_schema
    from nqpf_assess.model.problem import UserError, errors

    book = library_of(settings).questionnaire(name)
    if book is None:
        raise UserError(fill(NO_QUESTIONNAIRE, name=name))
    if book.subject is None or errors(book.problems):
        print_problems(errors(book.problems), settings.language)
        return 1
    sys.stdout.write(workspace_schema(kind, book.value))
    return 0
