"""The app in a browser on this machine: one process a tab, started by its own page only.

Nobody else's page may open a session: the address carries a token, which becomes a cookie; requests must name this
machine as their host, and a session must come from this page. Nothing is fetched from elsewhere. The page has a path
that nobody can guess, and the cookie belongs to it: a browser shows cookies to every port of a machine, and on another
one somebody else may serve.
"""

import asyncio
import hmac
import json
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import textual_serve
from aiohttp import WSMsgType, web
from jinja2 import Environment
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from nqpf_assess.locale import _, _n, tell

HOST = "127.0.0.1"
LARGEST = 1_000
"""Columns and lines that a browser may ask for."""

LONGEST = 1 << 24
"""Bytes that the page may send at once, as a paste of which the app takes the beginning; more ends the session."""

TITLE = _("Self-assessment of new quality productive forces")
OPENING = _("Opening …")
ENDED = _("This session has ended; what you answered is saved. If the program was stopped, start it again first.")
AGAIN = _("Open again")
KEPT_KEYS = _("The browser keeps Ctrl+W, Ctrl+T, Ctrl+N and Ctrl+Tab for itself; here nothing needs them.")
NO_TOKEN = _("Please open the address that the program printed; it carries the key to this page.")
FULL = _n(
    "{count} page is open already. Close it and try again.", "{count} pages are open already. Close one and try again."
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class _Child(AppService):
    """The app's process of one tab, started without a shell."""

    def __init__(self, arguments: tuple[str, ...], **rest: Any) -> None:
        super().__init__(" ".join(arguments), **rest)
        self._arguments = arguments

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        kept = super()._build_environment(width, height)
        return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "ACCESSIBLE": "", "PYTHONUTF8": "1"}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the app draws; when it has ended, by itself or killed, its page says so."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Let the app save and end; wait until it has.

        It is told besides that no key comes any more: on Windows it would wait for one, keep its file, and never end.
        """
        for kind in ("quit", "exit"):
            await self.send_meta({"type": kind})
        await super().stop()
        if self._process is not None:
            await self._process.wait()


@dataclass
class AppServer:
    """Serves the app. `options`: what each session starts with, as JSON; `most`: sessions at one time."""

    port: int
    options: Mapping[str, Any]
    language: str
    most: int
    told: Callable[[str], None]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    place: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(8)}/")
    _open: int = field(default=0, init=False)
    _pages: set[web.WebSocketResponse] = field(default_factory=set, init=False)

    # ---- the server

    def application(self) -> web.Application:
        """Make the web application."""
        app = web.Application(middlewares=[self._guarded])
        static = Path(textual_serve.__file__).parent / "static"
        app.add_routes(
            [
                web.get("/", self._stranger),
                web.get(self.place, self._page),
                web.get(f"{self.place}ws", self._session),
                web.get("/keys.js", self._keys),
                web.static("/static", static),
                web.get("/{former}/", self._stranger),  # of an earlier start: a tab left open, a bookmark
            ]
        )
        app.on_shutdown.append(self._close_all)
        return app

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; raises `OSError` where the port is taken."""
        runner = web.AppRunner(self.application(), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, HOST, self.port)
        try:
            await site.start()
            self.port = runner.addresses[0][1]
            self.told(self.address)
            await stop.wait()
        finally:
            await runner.cleanup()

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://{HOST}:{self.port}{self.place}?token={self.token}"

    async def _close_all(self, _: web.Application) -> None:
        for page in tuple(self._pages):
            await page.close()

    # ---- who may come in

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Take only requests to this very address; where a page names its origin it must be ours."""
        here = f"{HOST}:{self.port}"
        if request.host != here or request.headers.get("Origin", f"http://{here}") != f"http://{here}":
            raise web.HTTPForbidden(text=tell(NO_TOKEN, self.language))
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @property
    def _cookie(self) -> str:
        return f"nqpf-{self.port}"

    @property
    def _full(self) -> str:
        return tell(FULL, self.language, count=self.most)

    def _knows_us(self, words: str | None) -> bool:
        return hmac.compare_digest((words or "").encode(errors="replace"), self.token.encode())

    # ---- what is served

    async def _stranger(self, _: web.Request) -> web.Response:
        return web.Response(status=403, text=tell(NO_TOKEN, self.language))

    async def _page(self, request: web.Request) -> web.Response:
        """Return the page; the token of the address becomes a cookie and leaves the address."""
        if self._knows_us(request.query.get("token")):
            moved = web.Response(status=303, headers={"Location": self.place})
            moved.set_cookie(self._cookie, self.token, path=self.place, httponly=True, samesite="Strict")
            return moved
        if not self._knows_us(request.cookies.get(self._cookie)):
            return await self._stranger(request)
        # A browser does not show why a session was refused: the page says it.
        full = self._full if self._open >= self.most else ""
        values = {"title": TITLE, "opening": OPENING, "ended": ENDED, "again": AGAIN, "kept": KEPT_KEYS}
        page = Environment(autoescape=True).from_string(_own_file("app_index.html"))
        text = page.render(
            language=self.language,
            address=f"ws://{HOST}:{self.port}{self.place}ws",
            full=full,
            font_size=_within(request.query.get("fontsize"), 16, 48),
            **{name: tell(words, self.language) for name, words in values.items()},
        )
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.Response(text=_own_file("keys.js"), content_type="text/javascript")

    async def _session(self, request: web.Request) -> web.StreamResponse:
        """Run the app for one tab, as long as the tab is there."""
        if "Origin" not in request.headers or not self._knows_us(request.cookies.get(self._cookie)):
            raise web.HTTPForbidden
        if self._open >= self.most:
            raise web.HTTPServiceUnavailable(text=self._full)
        self._open += 1
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST)
        try:
            await socket.prepare(request)
            self._pages.add(socket)
            await self._run_app(socket, request)
        finally:
            self._open -= 1
            self._pages.discard(socket)
        return socket

    async def _run_app(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        child = _Child(
            (sys.executable, "-m", "nqpf_assess.tui.served", json.dumps(self.options)),
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=DownloadManager(),
        )
        await child.start(_within(request.query.get("width"), 80), _within(request.query.get("height"), 24))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _pass_on(child, message.data)
        finally:
            await asyncio.shield(child.stop())


async def _pass_on(child: AppService, words: str) -> None:
    """Bring what the page sent to the app; what is not understood is passed over."""
    try:
        kind, value = json.loads(words)
    except (ValueError, TypeError, RecursionError):
        return
    if kind == "stdin" and isinstance(value, str) and value:  # nothing at all would be the end of the keys
        await child.send_bytes(value.encode("utf-8", "replace"))
    elif kind == "resize" and isinstance(value, dict):
        await child.set_terminal_size(_within(value.get("width"), 80), _within(value.get("height"), 24))
    elif kind in ("blur", "focus"):
        await (child.blur() if kind == "blur" else child.focus())


def _within(words: object, usual: int, most: int = LARGEST) -> int:
    """Read a whole number of a request; the usual one where there is none or it is out of bounds."""
    written = str(words)
    number = int(written) if written.isascii() and written.isdecimal() and len(written) <= len(str(most)) else 0
    return number if 1 <= number <= most else usual


def _own_file(name: str) -> str:
    return (files("nqpf_assess.tui") / "web" / name).read_text(encoding="utf-8")
