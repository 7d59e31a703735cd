"""The commands in the order of the work, what they share, and how a function becomes one, in both languages.

Help, usage and the complaints of the command line itself are told in the user's language.
"""

import importlib
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from nqpf_assess.cli.completing import BY_NAME
from nqpf_assess.cli.interrupts import held_back
from nqpf_assess.cli.output import print_note, unheard
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import LANGUAGES, Text, _, fill, language_of, locale_language, tell
from nqpf_assess.locale.grammar import grammar, listed

SUBCOMMANDS: Mapping[str, Text] = {
    "assess": _("Answer an assessment in the terminal."),
    "new": _("Write an empty answer file to fill in an editor."),
    "check": _("List all problems of questionnaires, weights and answers."),
    "score": _("Score answer files."),
    "explain": _("Show the arithmetic of one figure, down to the answers."),
    "suggest": _("Show which local profiles fit, and what each would change."),
    "plan": _("Choose the countermeasures that gain the most for an effort."),
    "report": _("Write the gap report as PDF."),
    "weights": _("Rubrics, what they change, and where weights come from."),
    "cohort": _("Score and compare many respondents in one table."),
    "compare": _("Compare two assessments of one subject: what changed, and why."),
    "migrate": _("Take answers over to the present edition of their questionnaire."),
    "diff": _("Compare two editions of a questionnaire or rubric."),
    "merge": _("Merge the answers of several respondents."),
    "open": _("Check a report against the answers it carries."),
    "init": _("Make a workspace: editable copies of the content, and the editor's schemas."),
    "export": _("Export a questionnaire as a printed form or table, answers as data."),
    "import": _("Bring figures from forms, submissions, tables and statistics sheets into an assessment."),
    "schema": _("Print the JSON Schema of a file format."),
    "serve": _("Open the app in a browser on this machine."),
    "completion": _("Print the script by which a shell completes commands, options and ids."),
    "where": _("Print what is found where."),
}

USAGE = _("Usage")
OPTIONS = _("Options")
COMMANDS = _("Commands")
OPTIONS_PLACE = _("[OPTIONS]")
COMMAND_PLACE = _("COMMAND [ARGS]...")
HELP = _("Show this message and exit.")

NO_OPTION = _("there is no option {name}{perhaps}")
NO_COMMAND_BUT_FILE = _("“{file}” is no command. To open it: nqpf-assess assess {word}")
NO_COMMAND = _("there is no command “{name}”{perhaps}")
OTHER_ENCODING = _("{option}: what stands there is not text in {encoding}; set the terminal to that encoding")
PERHAPS = _("; did you mean {near}?")
MISSING = _("{name} is missing")
WANTS_VALUE = _("{name} wants a value")
NO_VALUE = _("{name} takes no value")
WANTS = _("{name} wants {wanted}")
TOO_MANY = _("too many arguments: {rest}")
WHOLE = _("a whole number")
NUMBER = _("a number")
A_NAME = _("the name of a file or folder")
FROM_UP = _("{kind} from {low} up")
FROM_TO = _("{kind} from {low} to {high}")


# ---- what is asked for


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language a command line asks for, wherever `--lang` stands in it, else the locale's."""
    for index, word in enumerate(arguments):
        following = arguments[index + 1] if word == "--lang" and index + 1 < len(arguments) else ""
        code = following or word.removeprefix("--lang=") * word.startswith("--lang=")
        if code.lower().startswith(LANGUAGES):
            return language_of(code)
    return locale_language()


BOTH = "both"


@dataclass
class Settings:
    """What was asked for on the command line, before the subcommand or behind it.

    `both`: what is written shall be in both languages; `language` stays that of the messages.
    """

    language: str = field(default_factory=locale_language)
    both: bool = False
    colour: bool = True
    debug: bool = False
    content: tuple[Path, ...] = ()

    def tell(self, words: Text, **values: object) -> str:
        """Return words of the program in the chosen language."""
        return tell(words, self.language, **values)


class Language(click.ParamType[str]):
    """A language code in any of its usual forms; `both` only where a command can write both."""

    def __init__(self, *, both: bool = False) -> None:
        self.both = both
        self.name = "|".join([*LANGUAGES, *([BOTH] if both else [])])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept en, zh, zh-CN, zh_CN.UTF-8 and the like."""
        if self.both and str(value).lower() == BOTH:
            return BOTH
        if not str(value).lower().startswith(LANGUAGES):
            self.fail(f"{value}", param, ctx)
        return language_of(str(value))


def settings_of(context: click.Context) -> Settings:
    """Return the settings that all levels of a command share."""
    return context.find_root().ensure_object(Settings)


def language_in(context: click.Context | None) -> str:
    """Return the language of a running command line."""
    return str(getattr(context.find_root().obj, "language", "en")) if context is not None else "en"


class FilePath(click.Path):
    """A path on the command line. The empty word of an unset variable is none, though `Path` reads it as `.`."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)  # whoever reads it says why it cannot

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Accept every word but the empty one."""
        if value == "":
            self.fail("", param, ctx)
        return super().convert(value, param, ctx)


# ---- commands and options in both languages


class BilingualOption(click.Option):
    """An option with its help once per language."""

    def __init__(self, names: Sequence[str], *, words: Text, **rest: Any) -> None:
        rest.setdefault("shell_complete", next((BY_NAME[name] for name in names if name in BY_NAME), None))
        super().__init__(list(names), help=tell(words, "en"), **rest)
        self.words = words

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, ParameterSource]:
        """Take the value from the command line. The empty word of an unset variable is none, and no default either."""
        value, source = super().consume_value(ctx, opts)
        given = source is ParameterSource.COMMANDLINE and self.type is click.STRING
        if given and "" in (value if self.multiple else [value]):
            raise click.BadOptionUsage(self.opts[0], "", ctx)
        return value, source

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's row of the help in the language of the command line."""
        self.help = tell(self.words, language_in(ctx))
        return super().get_help_record(ctx)


def option(*names: str, words: Text, **rest: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an option to a command, with its help in both languages."""
    return click.option(*names, cls=BilingualOption, words=words, **rest)


def words_typed(_context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Accept words that go into a file; refuse bytes that are none, as of a terminal in another encoding."""
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        encoding = sys.getfilesystemencoding().upper()
        raise Refused(fill(OTHER_ENCODING, option=param.opts[0], encoding=encoding)) from None
    return value


def with_options(*options: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add several options to a command, in that order."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for each in reversed(options):
            function = each(function)
        return function

    return add


def write_section(
    formatter: click.HelpFormatter, heading: Text, language: str, rows: Sequence[tuple[str, str]]
) -> None:
    """Write a heading with its language's colon, then a list of definitions; click itself writes an ASCII colon."""
    formatter.write_paragraph()
    formatter.write(tell(heading, language) + grammar(language).colon.rstrip() + "\n")
    with formatter.indentation():
        formatter.write_dl(rows)


class BilingualCommand(click.Command):
    """A command with its help once per language."""

    about: Text = USAGE

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` in the language of the command line."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = tell(HELP, language_in(ctx))
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces, language = " ".join(self.collect_usage_pieces(ctx)), language_in(ctx)
        for words in (OPTIONS_PLACE, COMMAND_PLACE):
            pieces = pieces.replace(tell(words, "en"), tell(words, language))
        formatter.write_usage(ctx.command_path, pieces, prefix=tell(USAGE, language) + grammar(language).colon)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tell(self.about, language_in(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (option for option in self.get_params(ctx) if isinstance(option, click.Option))
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        write_section(formatter, OPTIONS, language_in(ctx), rows)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help, for the list of commands."""
        return tell(self.about, language_in(click.get_current_context(silent=True))).split("\n")[0]


class CommandGroup(BilingualCommand, click.Group):
    """Commands under one name, each imported only when it runs.

    `rows`: each command and what it does, in the order of the work; `prefix`: how their modules are called.
    """

    def __init__(self, name: str, *, rows: Mapping[str, Text], about: Text, prefix: str = "", **rest: Any) -> None:
        super().__init__(name, **rest)
        self.rows, self.about, self.prefix = rows, about, prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.rows:
            return None
        with held_back():
            command: click.Command = importlib.import_module(f"nqpf_assess.cli.{self.prefix}{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; where there is none, raise with the one that was meant perhaps."""
        # Where a shell asks what could follow, a complaint would stand in the middle of the line that is typed.
        if args and args[0] not in self.rows and not args[0].startswith("-") and not ctx.resilient_parsing:
            if "assess" in self.rows and re.search(r"[./\\]", args[0]):
                raise Refused(fill(NO_COMMAND_BUT_FILE, file=args[0], word=as_word(args[0])), ctx)
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.rows, n=1)
            raise Refused(_with_near(NO_COMMAND, args[0], near), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands; no command is imported for it."""
        super().format_options(ctx, formatter)
        language = language_in(ctx)
        write_section(
            formatter, COMMANDS, language, [(name, tell(words, language)) for name, words in self.rows.items()]
        )


def common_options(*, both: bool = False) -> list[click.Parameter]:
    """Make the options that stand before or behind every subcommand; `both`: it can write both languages at once."""

    def kept(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        settings = settings_of(context)
        match parameter.name:
            case _ if value in (None, (), False):
                pass
            case "lang" if value == BOTH:
                settings.both = True
            case "lang":
                settings.language = value
            case "content":
                # Behind the command as well as before it, as with an alias: what is named last is looked in first.
                settings.content = tuple(dict.fromkeys((*value, *settings.content)))
            case "no_color":
                settings.colour = False
            case "no_cache":
                os.environ["NQPF_ASSESS_CACHE"] = ""
            case name:
                setattr(settings, str(name), value)
        return value

    common = partial(BilingualOption, expose_value=False, is_eager=True, callback=kept)
    return [
        common(
            ["--lang"],
            type=Language(both=both),
            words=_("Language; the default is the locale's."),
        ),
        common(
            ["--content"],
            type=FilePath(),
            multiple=True,
            metavar="DIR",
            words=_("Workspace to look for questionnaires and weights in first; may repeat."),
        ),
        common(
            ["--no-color"],
            is_flag=True,
            words=_("Plain text without colour."),
        ),
        common(
            ["--no-cache"],
            is_flag=True,
            words=_("Read and check all content anew."),
        ),
        common(
            ["--debug"],
            is_flag=True,
            words=_("Show the program's own errors in full."),
        ),
    ]


def subcommand(
    name: str, *, both: bool = False, to_the_end: bool = False, among: Mapping[str, Text] = SUBCOMMANDS
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command with the shared options; its first argument is the settings.

    `both`: it can write both languages at once; `to_the_end`: it writes files, or its status judges, whoever has left
    what it prints; `among`: where its words stand.
    """

    def make(function: Callable[..., Any]) -> click.Command:
        @click.pass_context
        def callback(context: click.Context, /, **values: Any) -> Any:
            settings = settings_of(context)
            with unheard() if to_the_end else nullcontext():
                print_content(settings)
                return function(settings, **values)

        parameters = list(reversed(getattr(function, "__click_params__", [])))
        command = BilingualCommand(name, callback=callback, params=[*parameters, *common_options(both=both)])
        command.about = among[name]
        return command

    return make


def print_content(settings: Settings) -> None:
    """Print of which folders that are named for their content nothing is taken."""
    if settings.content:
        from nqpf_assess.files.places import without_content

        for line in without_content(settings.content):
            print_note(settings.tell(line))


# ---- what the command line refuses


class Refused(click.UsageError):
    """Wrong usage that we found ourselves, worded once per language."""

    def __init__(self, words: Text, ctx: click.Context | None = None) -> None:
        super().__init__(tell(words, "en"), ctx)
        self.words = words


def usage_error(fault: click.UsageError, language: str) -> str:
    """Return a complaint of the command line in the user's language, with what was wanted or the nearest known name."""
    match fault:
        case Refused():
            return tell(fault.words, language)
        case click.NoSuchOption():
            return tell(_with_near(NO_OPTION, fault.option_name, fault.possibilities or ()), language)
        case click.MissingParameter():
            choices = fault.param is not None and isinstance(fault.param.type, click.Choice)
            wanted = f" ({_wanted(fault.param.type, language)})" if choices and fault.param else ""
            return tell(MISSING, language, name=_name(fault.param, fault.ctx) + wanted)
        case click.BadParameter():
            wanted = _wanted(fault.param.type if fault.param is not None else None, language)
            return tell(WANTS, language, name=_name(fault.param, fault.ctx), wanted=wanted)
        case click.BadOptionUsage() if "does not take" in fault.message:
            return tell(NO_VALUE, language, name=fault.option_name)
        case click.BadOptionUsage():
            return tell(WANTS_VALUE, language, name=fault.option_name)
        case click.UsageError() if "extra argument" in fault.message:
            return tell(TOO_MANY, language, rest=fault.message.partition("(")[2].rstrip(")"))
        case _ if "Missing command" in fault.message:
            return tell(MISSING, language, name="COMMAND")
        case _:
            return fault.message


def _with_near(words: Text, name: str, near: Sequence[str]) -> Text:
    return {
        language: form.format(name=name, perhaps=tell(PERHAPS, language, near=listed(near)) if near else "")
        for language, form in words.items()
    }


def _name(parameter: click.Parameter | None, context: click.Context | None) -> str:
    """Return what a parameter is called: an option by its name, an argument as the usage line has it."""
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Argument) and isinstance(parameter.type, click.Choice):
        return str(parameter.name).upper()
    return parameter.make_metavar(context) if isinstance(parameter, click.Argument) and context else parameter.opts[0]


def _wanted(kind: click.ParamType[Any] | None, language: str) -> str:
    """Return what values a parameter takes."""
    if isinstance(kind, click.Choice):
        return " | ".join(str(choice) for choice in kind.choices)
    if isinstance(kind, click.Path):
        return tell(A_NAME, language)
    if not isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return str(getattr(kind, "name", ""))
    whole = tell(WHOLE if isinstance(kind, click.types.IntParamType) else NUMBER, language)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None:
        return whole
    return tell(FROM_UP if high is None else FROM_TO, language, kind=whole, low=low, high=high)
