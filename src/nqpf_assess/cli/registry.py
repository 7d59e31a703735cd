"""Turns a function into a command with the shared options and its help in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from nqpf_assess.cli.main import SUBCOMMANDS
from nqpf_assess.cli.options import common_options, settings_of
from nqpf_assess.cli.spoken import Spoken
from nqpf_assess.model.text import Text


def subcommand(
    name: str, *, both: bool = False, among: Mapping[str, Text] = SUBCOMMANDS
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command; its first argument is the settings.

    `both`: it can write both languages at once; `among`: where its words stand.
    """

    def make(function: Callable[..., Any]) -> click.Command:
        @click.pass_context
        def callback(context: click.Context, /, **values: Any) -> Any:
            return function(settings_of(context), **values)

        parameters = list(reversed(getattr(function, "__click_params__", [])))
        command = Spoken(name, callback=callback, params=[*parameters, *common_options(both=both)])
        command.about = among[name]
        return command

    return make
