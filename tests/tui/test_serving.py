"""The app in a browser: only its own page may open a session, and a closed tab loses nothing."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self
from unittest.mock import Mock

import pytest

pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

import aiohttp
from textual_serve.download_manager import DownloadManager

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.tui.served import ServedApp
from nqpf_assess.tui.serving import AppServer, _Child, _pass_on, _within
from tests.support.scored import every_other
from tests.tui import browsing
from tests.tui.browsing import PATIENCE, Served, chromium, serving

pytestmark = pytest.mark.loopback


def value_of(file: Path, content: Path, id: str) -> object:
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    return answers.answers[id].value if id in answers.answers else None


@asynccontextmanager
async def visitor(served: Served) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who opened the page."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(served.address) as page:
            assert page.status == 200
        yield session


class Tab:
    """One session over its socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket, self.seen = socket, ""

    async def until(self, text: str) -> Self:
        while text not in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.seen):
            message = await asyncio.wait_for(self.socket.receive(), PATIENCE)
            assert message.type is aiohttp.WSMsgType.BINARY, (message, self.seen[-500:])
            self.seen += message.data.decode(errors="replace")
        return self

    async def send(self, keys: str) -> Self:
        self.seen = ""
        await self.socket.send_json(["stdin", keys])
        return self


@asynccontextmanager
async def tab(served: Served, session: aiohttp.ClientSession, **headers: str) -> AsyncIterator[Tab]:
    origin = {"Origin": served.origin, **headers}
    async with session.ws_connect(f"{served.here}ws?width=80&height=24", headers=origin) as socket:
        yield Tab(socket)


async def refused(session: aiohttp.ClientSession, served: Served, **headers: str) -> int:
    """Ask for a session without going on to it, and give the status."""
    async with session.get(f"{served.here}ws", headers=headers) as answer:
        return int(answer.status)


def run(work: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), PATIENCE * 2))


def test_only_the_page_with_its_token_opens_a_session(file: Path, content: Path) -> None:
    async def work() -> None:
        async with serving("--content", str(content), str(file)) as served, aiohttp.ClientSession() as stranger:
            former = f"{served.origin}/former/"  # of an earlier start
            for path in (served.origin, served.here, f"{served.here}?token=wrong", former, f"{former}?token=x"):
                async with stranger.get(path) as answer:
                    assert answer.status == 403
                    assert "address that the program printed" in await answer.text()
            async with stranger.get(served.here, headers={"Host": "localhost"}) as answer:
                assert (answer.status, "address that the program printed" in await answer.text()) == (403, True)
            assert await refused(stranger, served, Origin=served.origin) == 403
            async with visitor(served) as known:
                assert await refused(known, served) == 403
                assert await refused(known, served, Origin="http://evil.example") == 403
                assert await refused(known, served, Origin=served.origin, Host="evil.example") == 403
                async with known.get(served.here) as page:
                    said = await page.text()
                    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
                    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
                # A browser shows cookies to every port of a machine, where others may serve: but for their path.
                told = {cookie.key: cookie["path"] for cookie in known.cookie_jar}
                assert list(told.values()) == [served.here.removeprefix(served.origin)]
                assert len(told.popitem()[1]) > 10
                assert "Ctrl+W" in said
                assert re.findall(r"https?://", said) == []
                assert re.findall(r"(?:src|href)=\"(?!/|data:)", said) == []
            assert await served.end(signal.SIGTERM) == 143

    run(work)


@pytest.mark.skipif(shutil.which("pgrep") is None, reason="no pgrep, by which the app of a tab is found")
def test_a_closed_tab_saves_what_was_being_typed_and_ends_its_session(file: Path, content: Path) -> None:
    async def work() -> None:
        async with serving("--content", str(content), "--sessions", "1", str(file)) as served, visitor(served) as known:
            async with tab(served, known) as first:
                await first.until("Menu")
                await (await first.send("\x1b[20~")).until("Go to")
                await (await first.send("2")).until("R&D as a share")
                async with known.get(f"{served.here}ws", headers={"Origin": served.origin}) as second:
                    assert second.status == 503
                    assert "1 page is open" in await second.text()
                async with known.get(served.here) as page:  # a browser does not show what a refused session says
                    assert '<p id="full">1 page is open' in await page.text()
                await (await first.send("2.5")).until("2.5")
            await _until(lambda: value_of(file, content, "share") == "2.5")
            while await refused(known, served, Origin=served.origin) == 503:
                await asyncio.sleep(0.1)
            async with tab(served, known) as again:
                await (await again.until("How is it steered")).until("Menu")
                assert "read only" not in again.seen
                await (await again.send("2")).until("saved")
                apps = subprocess.run(["pgrep", "-P", str(served.process.pid)], capture_output=True, check=True).stdout
                os.kill(int(apps.split()[-1]), signal.SIGKILL)
                while (await asyncio.wait_for(again.socket.receive(), PATIENCE)).type is aiohttp.WSMsgType.BINARY:
                    pass
                assert again.socket.closed  # a page whose app was killed takes no keys
                assert await served.end(signal.SIGINT) == 130
        assert value_of(file, content, "plan") == 2

    run(work)


WAITS_FOR_KEYS = """
import os
kept = b""
while b'"exit"' not in kept:
    kept += os.read(0, 1024)
"""
"""An app as it is on Windows, which ends when it is told that no key comes any more, and not before."""


def test_an_app_that_waits_for_keys_ends_with_its_tab() -> None:
    async def work() -> None:
        async def nothing(*_: object) -> None: ...

        child = _Child(
            (sys.executable, "-c", WAITS_FOR_KEYS),
            write_bytes=nothing,
            write_str=nothing,
            close=nothing,
            download_manager=DownloadManager(),
        )
        await child.start(80, 24)
        await child.stop()

    asyncio.run(asyncio.wait_for(work(), PATIENCE))


def test_an_app_whose_keys_have_ended_ends_with_its_server() -> None:
    """On Windows a server that was killed is still the parent: its apps would keep their files for ever."""
    ended = Mock(_server=os.getppid())
    ended._driver._key_thread.is_alive.side_effect = [True, False]
    ServedApp._end_with_server(ended)
    assert not ended.exit.called
    ServedApp._end_with_server(ended)
    assert [call[0] for call in ended.method_calls[-2:]] == ["put_away", "exit"]


async def _until(wanted: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE * 10)):
        if wanted():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("never came")


@pytest.mark.skipif(not browsing.CHROMIUM, reason="no Chromium on this machine")
def test_a_real_browser_answers_without_a_click_and_asks_nobody_else(file: Path, content: Path, tmp_path: Path) -> None:
    async def work() -> None:
        async with (
            serving("--content", str(content), str(file)) as served,
            chromium(served.address, tmp_path / "profile") as browser,
        ):
            await browser.until("document.body.classList.contains('-first-byte')")
            await browser.until("document.activeElement.className.includes('xterm')")
            await browser.press("F9", 120)
            await browser.press("2")
            await browser.press("\x1b[6~")
            await browser.press("2")
            await _until(lambda: value_of(file, content, "plan") == 2)
            assert {url.split("/")[2] for url in browser.asked_for if "://" in url} == {served.here.split("/")[2]}
            assert (await browser.picture()).startswith(b"\x89PNG")
            await browser.resize(1300, 900)
            await browser.until("document.querySelector('.xterm-screen').clientWidth > 1200")
            assert await browser.value("document.querySelector('.xterm-screen').clientHeight <= innerHeight")
            await browser.value("addEventListener('wheel', (event) => { window.turned = event.deltaY; }, true)")
            await browser.swipe(600, 500, 100)
            await browser.until("window.turned > 0")

    run(work)


@pytest.mark.skipif(not browsing.CHROMIUM, reason="no Chromium on this machine")
@pytest.mark.parametrize("language", every_other(["zh", "en"]))
def test_a_browser_from_the_first_question_to_the_report(content: Path, tmp_path: Path, language: str) -> None:
    """Keys, a paste, a window that is too narrow for a while, the other language, and a report on the disk."""
    file = tmp_path / "work" / "anhe.toml"
    pasted = "《安禾县“十四五”规划》，第12页"

    def given(id: str) -> object:
        return value_of(file, content, id) if file.exists() else None

    def evidence() -> tuple[str, ...]:
        answers = Library(roots((content,))).open_answers(file).answers
        return answers.answers["plan"].evidence if answers is not None and "plan" in answers.answers else ()

    async def work() -> None:
        options = ("--content", str(content), "--questionnaire", "small", str(file))
        async with (
            serving(*options, language=language) as served,
            chromium(served.address, tmp_path / "profile") as browser,
        ):
            await browser.until("document.body.classList.contains('-first-byte')")
            await browser.until("document.activeElement.className.includes('xterm')")
            await _until(file.exists)
            await browser.press("F9", 120)
            await browser.press("2")
            await browser.press("\x1b[6~")
            await browser.press("1")
            await _until(lambda: given("plan") == 1)
            await browser.press("\x1b[5~")
            await browser.press("2")
            await _until(lambda: given("plan") == 2)
            await browser.press("\x1b[5~")
            await browser.press("F5", 116)
            while not any(pasted in entry for entry in evidence()):  # until the page is there to take it
                await browser.paste(pasted)
                await asyncio.sleep(1)
            await browser.press("Escape", 27)
            before = file.read_text(encoding="utf-8")
            await browser.chord("l")
            await _until(lambda: file.read_text(encoding="utf-8") != before)
            await browser.chord("l")
            await _until(lambda: file.read_text(encoding="utf-8") == before)
            await browser.resize(420, 700)
            await browser.until("document.querySelector('.xterm-screen').clientWidth <= 420")
            await browser.resize(1100, 700)
            await browser.until("document.querySelector('.xterm-screen').clientWidth > 900")  # until then no key acts
            await browser.press("F9", 120)
            await browser.press("6")
            await browser.press("7")
            await browser.press("9")
            await _until(lambda: any(file.parent.glob(f"*-report-{language}.txt")))

    run(work)


def test_the_port_that_is_taken_is_said(file: Path) -> None:
    async def work() -> None:
        async with serving(str(file)) as served:
            port = served.origin.rpartition(":")[2]
            second = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "nqpf_assess", "--lang", "en", "serve", "--port", port),
                stderr=asyncio.subprocess.PIPE,
            )
            _, said = await second.communicate()
            assert second.returncode == 3
            assert f"port {port} cannot be used: something else uses it" in said.decode()
            assert "--port" in said.decode()

    run(work)


def test_what_strangers_send_is_no_fault() -> None:
    """A cookie that is no text, or brackets without end, puts no traceback on the terminal of who serves."""
    server = AppServer(0, {}, "en", 1, print)
    assert [server._knows_us(words) for words in ("\udcff", None, server.token)] == [False, False, True]
    asyncio.run(_pass_on(_Child((), write_bytes=None, write_str=None, close=None, download_manager=None), "[" * 99_999))


def test_a_size_that_no_window_has_is_the_usual_one() -> None:
    """What a page asks for is a stranger's: a number of thousands of digits is not even read."""
    assert [_within(words, 80) for words in ("132", "0", "-5", "１３２", "9" * 5000, None)] == [132, 80, 80, 80, 80, 80]
