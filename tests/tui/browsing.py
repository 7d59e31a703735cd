"""The served app as a browser meets it: a server of our own, and headless Chromium driven over its own protocol."""

import asyncio
import base64
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 60.0
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
CALM = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-allow-origins=*",
    "--remote-debugging-port=0",
)


class Served:
    """One run of `nqpf-assess serve`."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self.process, self.address = process, address
        self.here = address.partition("?")[0]
        self.origin = "/".join(self.here.split("/")[:3])

    async def end(self, number: int) -> int:
        """Send a signal and wait for the exit status."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def serving(*arguments: str, language: str = "en") -> AsyncIterator[Served]:
    """Serve on a free port."""
    command = [sys.executable, "-m", "nqpf_assess", "--lang", language, "serve", "--port", "0", *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        lines = [await asyncio.wait_for(process.stdout.readline(), PATIENCE) for _ in range(2)]
        yield Served(process, lines[1].decode().strip())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Browser:
    """One tab of headless Chromium."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._last = socket, 0
        self.asked_for: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the browser and give what it answers; what it asks the network for is noted."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        while True:
            said = json.loads((await asyncio.wait_for(self._socket.receive(), PATIENCE)).data)
            if said.get("method") == "Network.requestWillBeSent":
                self.asked_for.append(said["params"]["request"]["url"])
            if said.get("id") == self._last:
                return dict(said.get("result", {}))

    async def value(self, expression: str) -> Any:
        """Work out an expression in the page."""
        return (await self.call("Runtime.evaluate", expression=expression))["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression holds in the page."""
        for _ in range(int(PATIENCE * 10)):
            if await self.value(expression):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"never true: {expression}")

    async def press(self, key: str, code: int = 0) -> None:
        """Press a key: an F-key by its name, else a text."""
        if not code:
            await self.call("Input.insertText", text=key)
            return
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    async def chord(self, letter: str) -> None:
        """Press Ctrl and a letter."""
        for kind in ("rawKeyDown", "keyUp"):
            code = {"code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
            await self.call("Input.dispatchKeyEvent", type=kind, key=letter, modifiers=2, **code)

    async def paste(self, text: str) -> None:
        """Paste a text, as the browser's own menu does."""
        await self.value(
            "(() => { const data = new DataTransfer(); data.setData('text/plain', " + json.dumps(text) + ");"
            "const field = document.querySelector('.xterm-helper-textarea');"
            "field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); })()"
        )

    async def swipe(self, *heights: int) -> None:
        """Touch the page at the first height and move the finger to the others."""
        for kind, height in zip(("touchStart", *["touchMove"] * (len(heights) - 1)), heights, strict=True):
            await self.call("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": 300, "y": height}])
        await self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def resize(self, width: int, height: int) -> None:
        """Make the window as large as stated, in pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.call("Emulation.setDeviceMetricsOverride", **metrics)

    async def picture(self) -> bytes:
        """Take a picture of the page, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def chromium(address: str, folder: Path, size: tuple[int, int] = (1100, 700)) -> AsyncIterator[Browser]:
    """Open an address in headless Chromium with a profile of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [CHROMIUM, *CALM, f"--window-size={size[0]},{size[1]}", f"--user-data-dir={folder}", "about:blank"]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=1 << 26) as socket:
                browser = Browser(socket)
                for domain in ("Network", "Page", "Runtime"):
                    await browser.call(f"{domain}.enable")
                await browser.call("Page.navigate", url=address)
                yield browser
    finally:
        process.terminate()
        await process.wait()


async def _port(file: Path) -> str:
    for _ in range(int(PATIENCE * 10)):
        if file.exists() and (lines := file.read_text(encoding="utf-8").split()):
            return lines[0]
        await asyncio.sleep(0.1)
    raise AssertionError("the browser never opened")
