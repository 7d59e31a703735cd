"""`schema KIND`: the JSON Schema of a file format, for editors that complete and check TOML with it."""

import sys

import click

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.registry import subcommand


@subcommand("schema")
@click.argument("kind", type=click.Choice(["questionnaire", "weights", "answers"]))
def command(settings: Settings, *, kind: str) -> int:
    """Print a schema."""
    from nqpf_assess.files.schemas import schema_text

    sys.stdout.write(schema_text(kind))
    return 0
