"""The command line: a list of commands, each imported when it is asked for, and one place where errors end."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from glob import glob

import click

from nqpf_assess import __version__
from nqpf_assess.cli.commands import (
    SUBCOMMANDS,
    BilingualOption,
    CommandGroup,
    Refused,
    Settings,
    asked_language,
    common_options,
    settings_of,
    usage_error,
)
from nqpf_assess.cli.output import let_go, print_error, print_note
from nqpf_assess.files.machine import reader_left
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError

ABOUT = _(
    "Self-assessment of new quality productive forces, tailored to local conditions.\n\n"
    "Without a command the terminal app opens."
)

FOLDER_GONE = _("error: the current folder is no longer there; change to another one")
INTERRUPTED = _("interrupted; nothing is lost")
ERROR = _("error: {said}")
TRY_HELP = _("Try “{command} --help”.")
REFUSED = _("error: {where}{why}")
NO_MEMORY = _("error: too little memory is free on this machine; close other programs, or give fewer files at once")
NO_THREAD_SAID = ("can't start new thread", "Failed to launch worker thread")
"""What Python and Arrow say where the system starts no thread; neither has an error of its own for it."""

CLOSED_BEHIND = re.compile(r'[^"]*"( |$)')
"""A mark that closes what none opened: no name of Windows holds one, and a quotation in a text is opened first."""
MARK_TAKEN = _(
    "{word}: a \\ before the closing quotation mark makes the mark a part of the name; "
    "leave the \\ at the end of a folder out"
)

CRASHED = _("Something went wrong inside the program; your files are as they were. Details: {path}")


def command_line() -> CommandGroup:
    """Return the command line with all its commands; none of them is imported for it."""

    def print_version(context: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value:
            click.echo(f"nqpf-assess {__version__}")
            context.exit()

    @click.pass_context
    def open_app_alone(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            from nqpf_assess.cli.assess import open_app

            open_app(settings_of(context))

    version = BilingualOption(
        ["--version"],
        words=_("Show the version and exit."),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=print_version,
    )
    return CommandGroup(
        "nqpf-assess",
        rows=SUBCOMMANDS,
        about=ABOUT,
        callback=open_app_alone,
        invoke_without_command=True,
        params=[*common_options(), version],
    )


SHELL_FILLS = os.name != "nt"
"""Whether the shells of this system fill patterns themselves."""


def with_patterns_filled(arguments: Sequence[str]) -> list[str]:
    """Put the files that fit in place of each pattern (`*`, `?`, `**`), as shells do but those of Windows do not.

    A bracket is no pattern there: names of files downloaded twice hold them.
    """
    filled: list[str] = []
    for each in arguments:
        if CLOSED_BEHIND.match(each):
            raise Refused(fill(MARK_TAKEN, word=each))
        filled += sorted(glob(each.replace("[", "[[]"), recursive=True)) or [each]  # noqa: PTH207
    return filled


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit status: 0 fine, 1 files, 2 usage, 3 machine, 130 interrupted."""
    settings, out = Settings(language=asked_language(arguments)), sys.stdout
    try:
        if not SHELL_FILLS:
            arguments = with_patterns_filled(arguments)
        outcome = command_line().main(list(arguments), prog_name="nqpf-assess", obj=settings, standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:
        if sys.stdout is out:
            raise
        let_go()  # click met the broken pipe first, and left a stand-in for the stream
        outcome = 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as fault:
        if fault.ctx is not None and isinstance(fault, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            print_note(fault.ctx.get_help())
            return 2
        print_note(settings.tell(ERROR, said=usage_error(fault, settings.language)))
        if fault.ctx is not None:
            print_note(settings.tell(TRY_HELP, command=fault.ctx.command_path))
        return 2
    except (KeyboardInterrupt, click.Abort):
        return interrupted(arguments)
    except UserError as fault:
        print_error(fault, settings.language)
        return fault.status
    except OSError as fault:
        from nqpf_assess.files.machine import refusal

        if reader_left(fault):
            let_go()
            return 0
        gone = fault.errno == errno.ENOENT and fault.filename is None
        where = f"{fault.filename}: " if fault.filename else ""
        print_note(settings.tell(FOLDER_GONE if gone else REFUSED, where=where, why=refusal(fault)))
        return 3
    except MemoryError:
        print_note(settings.tell(NO_MEMORY))
        return 3
    except Exception as fault:
        if KeyboardInterrupt.__name__ in str(fault):  # as pydantic says it, met while it makes a class ready
            return interrupted(arguments)
        if any(words in str(fault) for words in NO_THREAD_SAID):
            from nqpf_assess.files.machine import NO_THREAD

            print_note(settings.tell(ERROR, said=settings.tell(NO_THREAD)))
            return 3
        if settings.debug:
            raise
        import traceback

        from nqpf_assess.cli.crash import write_log

        print_note(settings.tell(CRASHED, path=write_log("".join(traceback.format_exception(fault)))))
        return 3
    return outcome if isinstance(outcome, int) else 0


def interrupted(arguments: Sequence[str]) -> int:
    """Say that a command line was interrupted; returns the exit status."""
    print_note(tell(INTERRUPTED, asked_language(arguments)))
    return 130
