"""Commands that speak both languages: help, usage and the errors of the command line itself."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from nqpf_assess.model.text import Text, tell, text

USAGE = text(en="Usage:", zh="用法：")
OPTIONS = text(en="Options", zh="选项")
COMMANDS = text(en="Commands", zh="命令")
OPTIONS_PLACE = text(en="[OPTIONS]", zh="[选项]")
COMMAND_PLACE = text(en="COMMAND [ARGS]...", zh="命令 [参数]...")
HELP = text(en="Show this message and exit.", zh="显示本说明。")


def language_in(context: click.Context) -> str:
    """Give the language of a running command line."""
    return str(getattr(context.find_root().obj, "language", "en"))


class SpokenOption(click.Option):
    """An option with its help once per language."""

    def __init__(self, names: Sequence[str], *, words: Text, **rest: Any) -> None:
        super().__init__(list(names), help=tell(words, "en"), **rest)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option's row of the help in the language of the command line."""
        self.help = tell(self.words, language_in(ctx))
        return super().get_help_record(ctx)


class Spoken(click.Command):
    """A command with its help once per language."""

    about: Text = USAGE

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help` in the language of the command line."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = tell(HELP, language_in(ctx))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        language = language_in(ctx)
        for words in (OPTIONS_PLACE, COMMAND_PLACE):
            pieces = pieces.replace(tell(words, "en"), tell(words, language))
        formatter.write_usage(ctx.command_path, pieces, prefix=tell(USAGE, language) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tell(self.about, language_in(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (option for option in self.get_params(ctx) if isinstance(option, click.Option))
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        with formatter.section(tell(OPTIONS, language_in(ctx))):
            formatter.write_dl(rows)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first sentence of the help, for the list of commands."""
        context = click.get_current_context(silent=True)
        words = tell(self.about, language_in(context) if context else "en")
        return words.split("\n")[0]


def option(*names: str, words: Text, **rest: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option with its help in both languages."""
    return click.option(*names, cls=SpokenOption, words=words, **rest)


UsageWords = tuple[str, Text | None]


def usage_error(fault: click.UsageError, language: str) -> str:
    """Put the command line's own complaint in the user's language, with the nearest known name."""
    match fault:
        case click.NoSuchOption():
            said = tell(text(en="there is no option {name}", zh="没有选项 {name}"), language, name=fault.option_name)
            return said + _perhaps(fault.possibilities or (), language)
        case click.MissingParameter():
            words = text(en="{name} is missing", zh="缺少 {name}")
            return tell(words, language, name=_name(fault.param, fault.ctx))
        case click.BadParameter():
            return _bad_parameter(fault, language)
        case click.BadOptionUsage():
            words = text(en="{name} wants a value", zh="{name} 需要一个值")
            return tell(words, language, name=fault.option_name)
        case NoSuchCommand():
            said = tell(text(en="there is no command “{name}”", zh="没有命令“{name}”"), language, name=fault.name)
            return said + _perhaps(fault.near, language)
        case click.BadArgumentUsage() | click.UsageError() if "extra argument" in fault.message:
            words = text(en="too many arguments: {rest}", zh="参数过多：{rest}")
            return tell(words, language, rest=fault.message.partition("(")[2].rstrip(")"))
    return fault.message


class NoSuchCommand(click.UsageError):
    """A subcommand that is not there, with the nearest names."""

    def __init__(self, name: str, near: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name, self.near = name, near


class Refused(click.UsageError):
    """A wrong use that a command itself found, said once per language."""

    def __init__(self, words: Text) -> None:
        super().__init__(tell(words, "en"))
        self.words = words


def _bad_parameter(fault: click.BadParameter, language: str) -> str:
    kind = fault.param.type if fault.param is not None else None
    if isinstance(kind, click.Choice):
        wanted = " | ".join(str(choice) for choice in kind.choices)
    elif isinstance(kind, click.types.IntParamType):
        wanted = tell(text(en="a whole number", zh="整数"), language)
    elif isinstance(kind, click.types.FloatParamType):
        wanted = tell(text(en="a number", zh="数字"), language)
    else:
        wanted = getattr(kind, "name", "")
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None:
        bounds = text(en="{wanted} from {low} up", zh="{wanted}，不小于 {low}")
        if high is not None:
            bounds = text(en="{wanted} from {low} to {high}", zh="{wanted}，{low} 至 {high}")
        wanted = tell(bounds, language, wanted=wanted, low=low, high=high)
    words = text(en="{name} wants {wanted}", zh="{name} 应为：{wanted}")
    return tell(words, language, name=_name(fault.param, fault.ctx), wanted=wanted)


def _name(parameter: click.Parameter | None, context: click.Context | None) -> str:
    if parameter is None:
        return "?"
    return parameter.make_metavar(context) if isinstance(parameter, click.Argument) and context else parameter.opts[0]


def _perhaps(near: Sequence[str], language: str) -> str:
    words = text(en="; did you mean {near}?", zh="；是否想写 {near}？")
    return tell(words, language, near=", ".join(near)) if near else ""
