"""A group of commands: a list of their words; a module is imported only when its command runs."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import click

from nqpf_assess.cli.spoken import COMMANDS, NoSuchCommand, Spoken, language_in
from nqpf_assess.model.text import Text, tell


class Commands(Spoken, click.Group):
    """Commands under one name. `rows`: each command and what it does; `prefix`: how their modules are called."""

    def __init__(self, name: str, *, rows: Mapping[str, Text], about: Text, prefix: str = "", **rest: Any) -> None:
        super().__init__(name, **rest)
        self.rows, self.about, self.prefix = rows, about, prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the work."""
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.rows:
            return None
        command: click.Command = importlib.import_module(f"nqpf_assess.cli.{self.prefix}{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which one was meant perhaps."""
        if args and args[0] not in self.rows and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], get_close_matches(args[0], self.rows, n=1), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands; no command is imported for it."""
        super().format_options(ctx, formatter)
        language = language_in(ctx)
        with formatter.section(tell(COMMANDS, language)):
            formatter.write_dl([(name, tell(words, language)) for name, words in self.rows.items()])
