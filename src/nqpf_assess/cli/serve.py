"""`serve`: the app in a browser on this machine."""

import asyncio
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from nqpf_assess.cli.assess import stated_language
from nqpf_assess.cli.cohort_options import need
from nqpf_assess.cli.opening import content_options
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.files.machine import refusal
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

OPEN_THIS = text(en="Open this address in a browser on this machine:", zh="请在本机浏览器中打开：")
STOP = text(
    en="Only this machine can reach it. Ctrl+C stops it; open pages are saved first.",
    zh="仅本机可访问。按 Ctrl+C 停止，已打开的页面会先保存。",
)
TAKEN = text(en="port {port} cannot be used: {why}", zh="端口 {port} 无法使用：{why}")
OTHER_PORT = text(
    en="Name another one with --port, or 0 for any that is free.", zh="请用 --port 另选一个，0 表示任选空闲端口。"
)


@subcommand("serve")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    metavar="N",
    words=text(en="Port; 0 takes any that is free. Default: 8765.", zh="端口；0 表示任选空闲端口。默认 8765。"),
)
@option(
    "--sessions",
    type=click.IntRange(1, 100),
    default=8,
    metavar="N",
    words=text(en="Pages that may be open at one time. Default: 8.", zh="可同时打开的页面数。默认 8。"),
)
@content_options
def command(settings: Settings, *, file: Path | None, port: int, sessions: int, **content: str | None) -> int:
    """Serve the app until it is stopped."""
    need("serve", "textual_serve")
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
        say(settings.tell(OPEN_THIS))
        say(f"  {address}")
        say(settings.tell(STOP))
        sys.stdout.flush()

    stop, ended = asyncio.Event(), [0]
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        ended[0] = 128 + number
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)
    await AppServer(port, options, settings.language, sessions, told).run(stop)
    return ended[0]
