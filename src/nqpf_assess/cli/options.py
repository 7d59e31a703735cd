"""What every command shares: language, colour, where content is looked for."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from nqpf_assess.cli.bilingual import BilingualOption, FilePath
from nqpf_assess.locale import LANGUAGES, Text, _, language_of, locale_language, tell


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


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def keep(context: click.Context, _: click.Parameter, value: Any) -> Any:
        if value == BOTH:
            settings_of(context).both = True
        elif name == "cached" and value:
            os.environ["NQPF_ASSESS_CACHE"] = ""
        elif value not in (None, (), False):
            setattr(settings_of(context), name, not value if name == "colour" else value)
        return value

    return keep


def common_options(*, both: bool = False) -> list[click.Parameter]:
    """Make the options that stand before or behind every subcommand; `both`: it can write both languages at once."""

    def option(*names: str, keep: str, words: Text, **rest: Any) -> BilingualOption:
        return BilingualOption(names, words=words, expose_value=False, is_eager=True, callback=_keep(keep), **rest)

    return [
        option(
            "--lang",
            keep="language",
            type=Language(both=both),
            words=_("Language; the default is the locale's."),
        ),
        option(
            "--content",
            keep="content",
            type=FilePath(),
            multiple=True,
            metavar="DIR",
            words=_("Workspace to look for questionnaires and weights in first; may repeat."),
        ),
        option(
            "--no-color",
            keep="colour",
            is_flag=True,
            words=_("Plain text without colour."),
        ),
        option(
            "--no-cache",
            keep="cached",
            is_flag=True,
            words=_("Read and check all content anew."),
        ),
        option(
            "--debug",
            keep="debug",
            is_flag=True,
            words=_("Show the program's own errors in full."),
        ),
    ]
