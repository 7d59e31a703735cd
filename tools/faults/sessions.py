"""Sessions that are harmed: what they do, what of it was acknowledged, and what must be there afterwards."""

import os
import shutil
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from tools.faults.children import PATIENCE, Child, Gone, without_steering

QUESTIONS = 30
HEAD = """format = "nqpf-questionnaire/1"
id = "long"
version = "1"
subject = "region"
languages = ["en", "zh"]
title = { en = "Long", zh = "长问卷" }
[pillars.new]
title = { en = "Pillar", zh = "支柱" }
[dimensions.only]
pillar = "new"
title = { en = "Dimension", zh = "维度" }
"""
BASELINE = """format = "nqpf-weights/1"
id = "baseline"
questionnaire = "long"
version = "1"
name = { en = "Baseline", zh = "通用基准" }
[bands]
low = { from = 0, en = "Emerging", zh = "起步" }
"""


def content(root: Path) -> None:
    """Write a questionnaire of many level questions whose texts tell them apart, and its next edition."""
    questions = "".join(
        f'[questions.q{number}]\ndimension = "only"\nkind = "level"\n'
        f'text = {{ en = "Thing {number:03}?", zh = "事项{number:03}？" }}\n'
        'levels = [{ en = "none", zh = "无" }, { en = "some", zh = "有" }, { en = "all", zh = "全" }]\n'
        for number in range(QUESTIONS)
    )
    for folder, head, rest in (("content", HEAD, questions), ("next", *_next(questions))):
        (root / folder / "questionnaires").mkdir(parents=True)
        (root / folder / "weights" / "long").mkdir(parents=True)
        (root / folder / "questionnaires" / "long.toml").write_text(head + rest, encoding="utf-8")
        (root / folder / "weights" / "long" / "baseline.toml").write_text(BASELINE, encoding="utf-8")


def _next(questions: str) -> tuple[str, str]:
    return HEAD.replace('version = "1"', 'version = "2"'), questions.replace(
        "[questions.q3]", '[questions.third]\nprevious_ids = ["q3"]'
    )


def answer_file(name: str, levels: dict[str, int], respondent: str = "") -> str:
    """Return the text of a sound answer file."""
    rows = "".join(f"[answers.{id}]\nvalue = {level}\n" for id, level in levels.items())
    return (
        'format = "nqpf-answers/1"\nquestionnaire = { id = "long", version = "1" }\n'
        'weights = { id = "baseline", version = "1" }\nlanguage = "en"\n'
        f'[subject]\nname = "{name}"\nperiod = "2025"\nrespondent = "{respondent}"\n{rows}'
    )


@dataclass
class Place:
    """A folder in which one session works; `data`: the program's own folder, where rescue copies go."""

    root: Path
    data: Path
    lost: list[str] = field(default_factory=list)
    started: list[Child] = field(default_factory=list)
    """Every run of the program in it: the one that is harmed, second writers, those that come afterwards."""

    @property
    def work(self) -> Path:
        """Where the files of the session lie."""
        return self.root / "work"

    def expect(self, *, holds: bool, words: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.lost.append(words)

    def hidden(self) -> list[str]:
        """Name what nobody named and yet lies beside the answers, in the program's folders, among temporary files."""
        return sorted(
            path.relative_to(self.root).as_posix()
            for folder in ("work", "data", "state", "cache", "tmp")
            for path in (self.root / folder).rglob("*")
            if folder == "tmp" or path.name.startswith(".") or path.suffix in (".part", ".tmp", ".lock", ".holder")
        )


@dataclass
class Session:
    """What is done. Between `begin` and `finish` harm may come at any moment."""

    place: Place
    dice: Random
    nobody: bool = False
    before: Callable[[], object] | None = None
    child: Child | None = None
    forks_only: ClassVar[bool] = True
    """Whether all of it runs in the process that was forked: another user may not read what a new one would load."""

    def begin(self) -> None:
        """Start, and come to the point from which harm may come."""

    def go_on(self) -> None:
        """Do more, without waiting for it."""

    def judge(self, *, rescued: bool) -> None:
        """Say what was lost; `rescued`: what is not in its file may be in a rescue copy."""

    def again(self) -> None:
        """Start and end once more, unharmed."""

    def close(self) -> None:
        """End what still runs of it."""
        if self.child is not None:
            self.child.end()

    def start(self, *arguments: str, terminal: bool = False) -> Child:
        """Start the program in the folder of the session."""
        child = Child(arguments, self.place.work, terminal=terminal, before=self.before, nobody=self.nobody)
        self.place.started.append(child)
        return child


CONTENT = ("--lang", "en", "--content", "../content")
FILE = "mine.toml"
NOT_SAVED = "NOT SAVED"


def held(path: Path) -> dict[str, Any] | None:
    """Return the answers in a file, None where it cannot be read as one."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return {id: entry.get("value") for id, entry in tree.get("answers", {}).items()}


class Answering(Session):
    """Somebody answers, line by line; an answer is acknowledged when the next question is seen."""

    terminal = False

    def begin(self) -> None:
        """Answer a random number of questions."""
        self.acknowledged: dict[str, int] = {}
        (self.place.work / FILE).write_text(answer_file("Anhe", {}), encoding="utf-8")
        if self.nobody and os.getuid() == 0:
            shutil.chown(self.place.work / FILE, 65534, 65534)
        plain = () if self.terminal else ("--plain",)
        self.child = self.start("assess", FILE, *plain, *CONTENT, terminal=self.terminal)
        self.child.until("Thing 000?")
        self.last = 0
        for _ in range(self.dice.randrange(1, QUESTIONS - 8)):
            self.answer()

    def answer(self) -> None:
        """Answer the question that is shown, and wait for the next."""
        level = self.dice.randrange(3)
        self.send(self.typed(level))
        self.until(f"Thing {self.last + 1:03}?")
        self.acknowledged[f"q{self.last}"] = level
        self.last += 1

    def typed(self, level: int) -> str:
        """Return what is typed for a level."""
        return f"{level}\n"

    def send(self, text: str) -> None:
        """Type something."""
        assert self.child is not None
        self.child.send(text)

    def until(self, asked: str) -> None:
        """Wait until a question is asked."""
        assert self.child is not None
        self.child.until(asked)

    def go_on(self) -> None:
        """Type several answers at once."""
        for _ in range(self.dice.randrange(1, 6)):
            self.send(self.typed(self.dice.randrange(3)))

    def judge(self, *, rescued: bool) -> None:
        """Every acknowledged answer is in the file, or in a rescue copy; the file can be read."""
        files = [self.place.work / FILE, *(self.place.work.glob("mine.other*.toml"))]
        files += self.place.data.rglob("*.rescue.toml") if rescued else ()
        known = [found for path in files if (found := held(path)) is not None]
        if not rescued:
            self.place.expect(holds=held(self.place.work / FILE) is not None, words="the answer file cannot be read")
        kept = any(self.acknowledged.items() <= found.items() for found in known)
        self.place.expect(holds=kept, words=f"acknowledged answers are lost: {self.acknowledged} of {known}")

    def again(self) -> None:
        """Open the file and leave."""
        child = self.start("assess", FILE, "--plain", *CONTENT)
        child.send("quit\n")
        self.place.expect(holds=child.wait() == 0, words=f"it does not open again: {child.text[-400:]}")
        child.end()


class Drawing(Answering):
    """The same in the app."""

    terminal = True
    told = False
    """Whether it was said that saving is refused: from then on the app goes on as it does else."""

    def typed(self, level: int) -> str:
        """Return what is typed for a level: its digit, which also goes on."""
        return str(level)

    def until(self, asked: str) -> None:
        """Wait until a question is asked; where the app says first that it cannot save, Enter goes on."""
        self.await_screen(lambda seen: asked in seen or (NOT_SAVED in seen and not self.told))
        if asked not in self.seen():
            self.told = True
            self.send("\r")
            self.await_screen(lambda seen: asked in seen)

    def seen(self) -> str:
        """Return all that was drawn so far."""
        assert self.child is not None
        return self.child.text

    def await_screen(self, wanted: Callable[[str], bool]) -> None:
        """Read until what was drawn is as wanted; raises `Gone`."""
        assert self.child is not None
        self.child.until(lambda _: wanted(self.seen()))


class Writing(Session):
    """A command that writes files: what bears a final name is whole, and a second run brings all of them.

    `replaced`: the file given that it writes anew; without one, what it makes depends on the given files alone.
    """

    command: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()
    replaced = ""
    takes: float = 0.4

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write what the command reads; `more`: that much is added to every level."""

    def begin(self) -> None:
        """Start the command."""
        self.lay_out(self.place.work)
        self.inputs = {path: path.read_bytes() for path in self.place.work.rglob("*") if path.is_file()}
        if self.nobody and os.getuid() == 0:
            for path in self.place.work.rglob("*"):
                shutil.chown(path, 65534, 65534)
        self.child = self.start(*self.command, *CONTENT)

    def change(self) -> None:
        """Have something else write or replace one of the given files by one with other levels, as the command runs."""
        other = self.place.root / "other"
        other.mkdir()
        self.lay_out(other, 1)
        self.earlier = self.inputs
        one = self.place.work / self.replaced if self.replaced else self.dice.choice(sorted(self.earlier))
        theirs = other / one.relative_to(self.place.work)
        self.inputs = self.earlier | {one: theirs.read_bytes()}
        if self.dice.random() < 0.5:
            theirs.replace(one)
        else:
            one.write_bytes(self.inputs[one])

    def judge(self, *, rescued: bool) -> None:
        """What stands under a final name now is kept for comparison; what was given is as it was, or replaced whole."""
        self.found = {path: path.read_bytes() for path in self._final() if path.name != self.replaced}
        for path, data in self.inputs.items():
            now = path.read_bytes() if path.exists() else None
            same = now == data or (path.name == self.replaced and now is not None)
            self.place.expect(holds=same, words=f"{path.name} was given and is no longer what it was")

    def _final(self) -> list[Path]:
        names = [path for pattern in self.made for path in self.place.work.glob(pattern)]
        return [path for path in names if path.is_file() and not path.name.startswith(".")]

    def again(self) -> None:
        """Run it once more; what was there must be what comes now, of the files as they are or as they were."""
        now = self._once_more()
        if any(now.get(path) != data for path, data in self.found.items()) and hasattr(self, "earlier"):
            for path, data in self.earlier.items():
                path.write_bytes(data)
            for path in self.found:
                path.unlink()  # some commands keep what people wrote into the file that they replace
            before = self._once_more()
        else:
            before = now
        for path, data in self.found.items():
            self.place.expect(holds=data in (now.get(path), before.get(path)), words=f"{path.name} was only half there")
        self.place.expect(holds=bool(now), words="nothing was written the second time")

    def _once_more(self) -> dict[Path, bytes]:
        child = self.start(*self.command, *self.resumed, *CONTENT)
        status = child.wait()
        self.place.expect(holds=status == 0, words=f"status {status} the second time: {child.text[-400:]}")
        child.end()
        return {path: path.read_bytes() for path in self._final()}


class Reporting(Writing):
    """Reports on several answer files."""

    command = ("report", "given", "-o", "out/", "--to", "text", "--jobs", "1", "--date", "2026-01-31")
    made = ("out/*.txt",)

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write four answer files."""
        (folder / "given").mkdir(exist_ok=True)
        for number in range(4):
            levels = {f"q{id}": (id + number + more) % 3 for id in range(QUESTIONS)}
            (folder / "given" / f"{number}.toml").write_text(answer_file(f"P{number}", levels), "utf-8")


class Printing(Reporting):
    """The same as PDF."""

    command = ("report", "given", "-o", "out/", "--jobs", "1", "--date", "2026-01-31")
    made = ("out/*.pdf",)


class Merging(Writing):
    """Several respondents' files merged into one."""

    command = ("merge", "a.toml", "b.toml", "c.toml", "-o", "merged.toml", "--force")
    made = ("merged.toml",)
    takes = 0.15

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write the files of three respondents."""
        for shift, name in enumerate("abc"):
            levels = {f"q{id}": (id * shift + more) % 3 for id in range(QUESTIONS)}
            (folder / f"{name}.toml").write_text(answer_file("Anhe", levels, name), "utf-8")


class Migrating(Writing):
    """Answers taken over to the next edition, in place."""

    command = ("migrate", FILE, "--write", "--content", "../next")
    made = (FILE,)
    replaced = FILE
    takes = 0.15

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write answers to the first edition."""
        levels = {f"q{id}": (id + more) % 3 for id in range(QUESTIONS)}
        (folder / FILE).write_text(answer_file("Anhe", levels), "utf-8")

    def judge(self, *, rescued: bool) -> None:
        """All answers are there, under the old ids or the new ones."""
        super().judge(rescued=rescued)
        found = held(self.place.work / FILE)
        self.place.expect(holds=found is not None and len(found) == QUESTIONS, words=f"answers were lost: {found}")


class Importing(Writing):
    """A sheet of figures taken over into an answer file that holds half of them already."""

    command = ("import", "sheet.csv", "--into", FILE, "--write", "--on-conflict", "keep")
    made = (FILE,)
    replaced = FILE
    takes = 0.2

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write half of the answers, and a sheet with all."""
        half = {f"q{id}": (id + more) % 3 for id in range(QUESTIONS // 2)}
        (folder / FILE).write_text(answer_file("Anhe", half), "utf-8")
        names = ",".join(f"q{id}" for id in range(QUESTIONS))
        levels = ",".join(str((id + more) % 3) for id in range(QUESTIONS))
        (folder / "sheet.csv").write_text(f"{names}\n{levels}\n", "utf-8")

    def judge(self, *, rescued: bool) -> None:
        """The answers are there as before, or with all that came in."""
        super().judge(rescued=rescued)
        found = held(self.place.work / FILE)
        whole = found is not None and len(found) in (QUESTIONS // 2, QUESTIONS)
        self.place.expect(holds=whole, words=f"answers were lost: {found}")


class Scoring(Writing):
    """A cohort's table scored."""

    command = ("cohort", "score", "t.csv", "--questionnaire", "long", "-o", "scores.csv", "--jobs", "1")
    made = ("scores.csv",)
    resumed = ("--resume",)
    takes = 0.3

    def lay_out(self, folder: Path, more: int = 0) -> None:
        """Write a table of three thousand respondents."""
        names = [f"q{id}" for id in range(QUESTIONS)]
        rows = [
            ",".join((f"r{row}", *(str((row * 7 + id + more) % 3) for id in range(QUESTIONS)))) for row in range(3000)
        ]
        text = "\n".join((",".join(("respondent", *names)), *rows)) + "\n"
        (folder / "t.csv").write_text(text, encoding="utf-8")


class Browsing(Drawing):
    """The same in a browser's page, over its socket."""

    forks_only = False

    def begin(self) -> None:
        """Serve, open a page, answer some questions."""
        import asyncio

        self.acknowledged = {}
        self.last = 0
        (self.place.work / FILE).write_text(answer_file("Anhe", {}), encoding="utf-8")
        self.loop = asyncio.new_event_loop()
        self.child = self.start("serve", FILE, "--port", "0", *CONTENT)
        self.child.until(lambda said: b"token=" in said and said.endswith(b"\n"))
        address = next(word for word in self.child.text.split() if "token=" in word)
        self.loop.run_until_complete(self._open(address))
        self.until("Thing 000?")
        for _ in range(self.dice.randrange(1, 6)):
            self.answer()

    async def _open(self, address: str) -> None:
        import aiohttp

        self.drawn = ""
        self.web = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self.web.get(address) as page:
            assert page.status == 200
        here = address.partition("?")[0]
        origin = {"Origin": "/".join(here.split("/")[:3])}
        self.socket = await self.web.ws_connect(f"{here}ws?width=80&height=24", headers=origin)

    def send(self, text: str) -> None:
        """Type something in the page; a page that has gone hears nothing."""
        with suppress(Exception):
            self.loop.run_until_complete(self.socket.send_json(["stdin", text]))

    def seen(self) -> str:
        """Return all that was drawn in the page so far."""
        return without_steering(self.drawn)

    def await_screen(self, wanted: Callable[[str], bool]) -> None:
        """Read what the page is sent until it is as wanted."""

        async def read() -> None:
            import asyncio

            while not wanted(self.seen()):
                try:
                    message = await asyncio.wait_for(self.socket.receive(), PATIENCE)
                except TimeoutError as fault:
                    raise Gone(f"nothing more in … {self.seen()[-300:]}") from fault
                if not isinstance(message.data, bytes):
                    raise Gone(str(message))
                self.drawn += message.data.decode(errors="replace")

        self.loop.run_until_complete(read())

    def close(self) -> None:
        """Close the page, and end the server."""
        with suppress(Exception):
            self.loop.run_until_complete(self.web.close())
        with suppress(Exception):
            self.loop.close()
        super().close()

    def again(self) -> None:
        """Open the file and leave, once the page's own process has seen that its server is gone."""
        for _ in range(40):
            child = self.start("assess", FILE, "--plain", *CONTENT)
            child.send("quit\n")
            status = child.wait()
            child.end()
            if status == 0:
                return
            time.sleep(0.5)
        self.place.expect(holds=False, words="20 s after its server was killed the page still holds the file")


SESSIONS: dict[str, type[Session]] = {
    "plain": Answering,
    "app": Drawing,
    "browser": Browsing,
    "report": Reporting,
    "pdf": Printing,
    "merge": Merging,
    "migrate": Migrating,
    "import": Importing,
    "cohort": Scoring,
}
"""What is harmed, by the name it has on the command line."""
