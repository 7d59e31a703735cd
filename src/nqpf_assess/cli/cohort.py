"""`cohort collect|score|benchmark|weights|report`: many respondents in one table."""

import importlib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

import click

from nqpf_assess.cli.main import SUBCOMMANDS
from nqpf_assess.cli.options import common_options, settings_of
from nqpf_assess.cli.spoken import COMMANDS, NoSuchCommand, Spoken, language_in
from nqpf_assess.model.text import Text, tell, text

STEPS: Mapping[str, Text] = {
    "collect": text(en="Bring answer files or tables into one wide table.", zh="把答卷或表格汇成一张宽表。"),
    "score": text(en="Score a table, row by row.", zh="为表格逐行评分。"),
    "benchmark": text(en="Write medians and quartiles to compare with.", zh="生成可供比较的中位数和四分位数。"),
    "weights": text(en="Derive weights from the spread of the scores.", zh="由得分的差异推算权重。"),
    "report": text(en="Write the statistics of a cohort and a report on them.", zh="生成同类群体的统计和报告。"),
}


class Steps(Spoken, click.Group):
    """The commands for many respondents; a module is imported only when its command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the work."""
        return list(STEPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in STEPS:
            return None
        command: click.Command = importlib.import_module(f"nqpf_assess.cli.cohort_{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which one was meant perhaps."""
        if args and args[0] not in STEPS and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], get_close_matches(args[0], STEPS, n=1), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        language = language_in(ctx)
        with formatter.section(tell(COMMANDS, language)):
            formatter.write_dl([(name, tell(words, language)) for name, words in STEPS.items()])


def step(name: str, *, both: bool = False) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function one of the commands; its first argument is the settings."""

    def make(function: Callable[..., Any]) -> click.Command:
        @click.pass_context
        def callback(context: click.Context, /, **values: Any) -> Any:
            return function(settings_of(context), **values)

        parameters = list(reversed(getattr(function, "__click_params__", [])))
        command = Spoken(name, callback=callback, params=[*parameters, *common_options(both=both)])
        command.about = STEPS[name]
        return command

    return make


command = Steps("cohort", params=[*common_options()], no_args_is_help=True)
command.about = SUBCOMMANDS["cohort"]
