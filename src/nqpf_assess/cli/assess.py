"""`assess [FILE]`, and no command at all: the terminal app, or the same session line by line."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from nqpf_assess.cli.answer_files import answering_options, benchmark_options, refuse_without_file
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, print_content, subcommand
from nqpf_assess.files.places import end_of, roots
from nqpf_assess.locale import _
from nqpf_assess.session.options import Options

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

NAME_A_FILE = _("there is no terminal to ask in; name a file: nqpf-assess assess FILE")


@subcommand("assess")
@click.argument("file", required=False, type=FilePath())
@option("--plain", is_flag=True, words=_("Ask line by line, without drawing."))
@option("--quick", is_flag=True, words=_("Ask the core questions only; a file that is there does so from then on."))
@option(
    "--as",
    "kind",
    type=click.Choice(["region", "firm"]),
    words=_("What a new file is about."),
)
@option("--ascii", "plain_glyphs", is_flag=True, words=_("Draw with ASCII signs only."))
@option("--read-only", is_flag=True, words=_("Open the file to look at only; nothing in it is changed."))
@option("--no-mouse", is_flag=True, words=_("Leave the mouse to the terminal."))
@benchmark_options
@answering_options
def command(
    settings: Settings,
    *,
    file: Path | None,
    plain: bool,
    quick: bool,
    kind: str | None,
    plain_glyphs: bool,
    no_mouse: bool,
    read_only: bool,
    peers: "Peers | None",
    **asked: Any,
) -> int:
    """Answer an assessment."""
    mode: Literal["full", "quick"] = "quick" if quick else "full"
    options = Options(
        file=file,
        language=stated_language(settings),
        locale=settings.language,
        kind=kind or "",
        mode=mode,
        questionnaire=asked["questionnaire"],
        weights=asked["weights"],
        content=settings.content,
        colour=settings.colour,
        plain_glyphs=plain_glyphs,
        mouse=not no_mouse,
        read_only=read_only,
        peers=peers,
    )
    return face(options, plain=plain)


def open_app(settings: Settings) -> None:
    """Open the app on its first page; leaves with its exit status."""
    print_content(settings)
    leave_own_folder()
    options = Options(
        language=stated_language(settings),
        locale=settings.language,
        content=settings.content,
        colour=settings.colour,
    )
    raise click.exceptions.Exit(face(options, plain=False))


def leave_own_folder() -> None:
    """Work in the home folder where the program was started in its own, as a double click does on Windows.

    What is kept beside the program goes with it when it is removed.
    """
    from sysconfig import get_path

    with suppress(OSError):
        if end_of(Path.cwd()) == end_of(Path(get_path("scripts"))):
            os.chdir(Path.home())


def face(options: Options, *, plain: bool) -> int:
    """Show the face that this terminal can bear."""
    roots(options.content)  # a folder that is not there is said here, not on every page
    if plain or must_be_plain() or wants_plain():
        if options.file is None and not (sys.stdin and sys.stdin.isatty()):
            raise Refused(NAME_A_FILE)
        from nqpf_assess.plain import run_plain

        return run_plain(options)
    refuse_without_file(options.file, questionnaire=options.questionnaire, weights=options.weights)
    from nqpf_assess.tui.app import run_app

    return run_app(options)


def must_be_plain() -> bool:
    """Return whether drawing is out of the question: no terminal, a dumb one, or somebody who has it read aloud."""
    wished = os.environ.get("ACCESSIBLE", "").lower() not in ("", "0", "false", "no")
    unsaid = "windows" if sys.platform == "win32" else "dumb"  # no terminal of Windows says what it is
    dumb = os.environ.get("TERM", unsaid) in ("", "dumb")
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return wished or dumb or not all(stream is not None and stream.isatty() for stream in streams)


def wants_plain() -> bool:
    """Return whether the settings ask for the plain mode."""
    from nqpf_assess.session.settings import read_settings

    return bool(read_settings(os.environ)[0].plain)


def stated_language(settings: Settings) -> str:
    """Return the language that was asked for on the command line, "" where the locale decides."""
    asked = any(word == "--lang" or word.startswith("--lang=") for word in sys.argv[1:])
    return settings.language if asked else ""
