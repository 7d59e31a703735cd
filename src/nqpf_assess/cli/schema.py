"""`schema KIND`: the JSON Schema of a file format, for editors that complete and check TOML with it."""

import sys
from typing import Any

import click

from nqpf_assess.cli.bilingual import option
from nqpf_assess.cli.commands import subcommand
from nqpf_assess.cli.options import Settings
from nqpf_assess.locale import _


class SchemaKind(click.Choice[str]):
    """The formats of a workspace; the map of a statistics sheet, which belongs to none, is known besides."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take one of them."""
        return MAP if value == MAP else super().convert(value, param, ctx)


MAP = "map"


@subcommand("schema")
@click.argument("kind", type=SchemaKind(["questionnaire", "weights", "answers"]))
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

        sys.stdout.write(workspace_schema(kind, sound_questionnaire(library_of(settings), questionnaire).value))
        return 0
    from nqpf_assess.files.schemas import schema_text

    sys.stdout.write(schema_text(kind))
    return 0
