"""`serve`: the app in a browser on this machine."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from nqpf_assess.cli.answer_files import answering_options, refuse_without_file
from nqpf_assess.cli.assess import stated_language
from nqpf_assess.cli.cohort_options import need
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data
from nqpf_assess.files.machine import heed, refusal
from nqpf_assess.files.places import roots
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

OPEN_THIS = _("Open this address in a browser on this machine:")
STOP = _("Only this machine can reach it. Ctrl+C stops it; open pages are saved first.")
TAKEN = _("port {port} cannot be used: {why}")
OTHER_PORT = _("Name another one with --port, or 0 for any that is free.")


@subcommand("serve")
@click.argument("file", required=False, type=FilePath())
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    metavar="N",
    words=_("Port; 0 takes any that is free. Default: 8765."),
)
@option(
    "--sessions",
    type=click.IntRange(1, 100),
    default=8,
    metavar="N",
    words=_("Pages that may be open at one time. Default: 8."),
)
@answering_options
def command(settings: Settings, *, file: Path | None, port: int, sessions: int, **content: str | None) -> int:
    """Serve the app until it is stopped."""
    refuse_without_file(file, **content)
    need("serve", "textual_serve")
    roots(settings.content)  # a folder that is not there is said here, not on every page
    options = {
        "file": None if file is None else str(file),
        "language": stated_language(settings),
        "locale": settings.language,
        "content": [str(root) for root in settings.content],
        **content,
    }
    try:
        return asyncio.run(_serve(port, options, settings, sessions))
    except OSError as fault:
        raise UserError(fill(TAKEN, port=port, why=refusal(fault)), hint=OTHER_PORT, status=3) from fault


async def _serve(port: int, options: Mapping[str, object], settings: Settings, sessions: int) -> int:
    from nqpf_assess.tui.serving import AppServer

    def told(address: str) -> None:
        print_data(settings.tell(OPEN_THIS))
        print_data(f"  {address}")
        print_data(settings.tell(STOP))
        sys.stdout.flush()

    stop, ended = asyncio.Event(), [0]

    def end(number: int) -> None:
        ended[0] = 128 + number
        stop.set()

    heed(("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"), end)
    await AppServer(port, options, settings.language, sessions, told).run(stop)
    return ended[0]
