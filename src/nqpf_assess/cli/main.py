"""The command line: a list of commands, each imported when it is asked for, and one place where errors end."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from nqpf_assess import __version__
from nqpf_assess.cli.bilingual import BilingualOption, CommandGroup, usage_error
from nqpf_assess.cli.commands import SUBCOMMANDS
from nqpf_assess.cli.options import Settings, asked_language, common_options, settings_of
from nqpf_assess.cli.output import print_error, print_note
from nqpf_assess.locale import _
from nqpf_assess.model.problem import UserError

ABOUT = _(
    "Self-assessment of new quality productive forces, tailored to local conditions.\n\n"
    "Without a command the terminal app opens."
)

FOLDER_GONE = _("error: the current folder is no longer there; change to another one")


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        click.echo(f"nqpf-assess {__version__}")
        context.exit()


def _open_app(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from nqpf_assess.cli.assess import open_app

        open_app(settings_of(context))


def make_group() -> CommandGroup:
    """Make the command line."""
    version = BilingualOption(
        ["--version"],
        words=_("Show the version and exit."),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
    )
    return CommandGroup(
        "nqpf-assess",
        rows=SUBCOMMANDS,
        about=ABOUT,
        callback=click.pass_context(_open_app),
        invoke_without_command=True,
        params=[*common_options(), version],
    )


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status: 0 fine, 1 files, 2 usage, 3 machine, 130 interrupted."""
    settings = Settings(language=asked_language(arguments))
    return guarded(lambda: _invoked(arguments, settings), settings)


def _invoked(arguments: Sequence[str], settings: Settings) -> Any:
    out = sys.stdout
    try:
        return make_group().main(list(arguments), prog_name="nqpf-assess", obj=settings, standalone_mode=False)
    except SystemExit:
        if sys.stdout is out:
            raise
        raise BrokenPipeError from None  # click met the broken pipe first, and left a stand-in for the stream


def guarded(work: Callable[[], Any], settings: Settings) -> int:
    """Run work; every error ends here as a sentence in the user's language."""
    try:
        outcome = work()
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as fault:
        return _usage(usage_error(fault, settings.language), fault, settings)
    except (KeyboardInterrupt, click.Abort):
        print_note(settings.tell(_("interrupted; nothing is lost")))
        return 130
    except UserError as fault:
        print_error(fault, settings)
        return fault.status
    except BrokenPipeError:
        return _reader_gone()
    except OSError as fault:
        return _machine(fault, settings)
    except Exception as fault:
        return _crash(fault, settings)
    return outcome if isinstance(outcome, int) else 0


def _reader_gone() -> int:
    """End quietly where whoever read our output has read enough; what is left of it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    return 0


def _usage(said: str, fault: click.UsageError, settings: Settings) -> int:
    if fault.ctx is not None and isinstance(fault, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        print_note(fault.ctx.get_help())
        return 2
    print_note(settings.tell(_("error: {said}"), said=said))
    if fault.ctx is not None:
        words = _("Try “{command} --help”.")
        print_note(settings.tell(words, command=fault.ctx.command_path))
    return 2


def _machine(fault: OSError, settings: Settings) -> int:
    from nqpf_assess.files.machine import refusal

    if fault.errno == errno.ENOENT and fault.filename is None:
        print_note(settings.tell(FOLDER_GONE))
        return 3
    where = f"{fault.filename}: " if fault.filename else ""
    print_note(settings.tell(_("error: {where}{why}"), where=where, why=settings.tell(refusal(fault))))
    return 3


def _crash(fault: Exception, settings: Settings) -> int:
    if settings.debug:
        raise fault
    import traceback

    from nqpf_assess.cli.crash import write_log

    words = _("Something went wrong inside the program; your files are as they were. Details: {path}")
    print_note(settings.tell(words, path=write_log("".join(traceback.format_exception(fault)))))
    return 3
