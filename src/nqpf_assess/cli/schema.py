"""`schema KIND`: the JSON Schema of a file format, for editors that complete and check TOML with it."""

import json

import click

from nqpf_assess.cli.commands import Settings, option, subcommand
from nqpf_assess.cli.output import print_json
from nqpf_assess.locale import _


@subcommand("schema")
@click.argument("kind", type=click.Choice(["questionnaire", "weights", "answers", "map"]))
@option(
    "--questionnaire",
    metavar="ID|PATH",
    words=_("Offer the ids of this questionnaire, for a workspace."),
)
def command(settings: Settings, *, kind: str, questionnaire: str | None) -> int:
    """Print a schema."""
    if questionnaire is not None:
        from nqpf_assess.cli.answer_files import library_of
        from nqpf_assess.files.workspace import workspace_schema
        from nqpf_assess.session.content import sound_questionnaire

        words = workspace_schema(kind, sound_questionnaire(library_of(settings), questionnaire).value)
    else:
        from nqpf_assess.files.schemas import schema_text

        words = schema_text(kind)
    print_json(json.loads(words))  # escaped where the output lacks signs: a file of it is read as UTF-8
    return 0
