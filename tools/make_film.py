"""Film somebody's first report, from an empty start page to the brief, as asciinema files in docs/film/.

Run from the repository's root with the development set-up: python tools/make_film.py. The program runs in a terminal of
its own; what it writes is recorded, with the time that a reader needs in place of the time that the machine took. Play
one with `asciinema play docs/film/first-hour.zh.cast`, or any player for its second format.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from nqpf_assess.files.library import Library  # noqa: E402
from nqpf_assess.files.places import roots  # noqa: E402
from tests.tui.terminal import Terminal  # noqa: E402
from tests.tui.test_first_hour import WORDS, Walk, answer  # noqa: E402
from tools.take_pictures import folder_at_home  # noqa: E402

PAGES = 4
"""Screens of the brief that are shown at the end."""

LETTER, KEY, READING = 0.25, 1.5, 11.0
"""Seconds on the film: for a letter, for another key, for a page that is new."""

SCENES = {
    "zh": (
        (80, 24),
        "anj",
        {"place": "查找地区", "facts": "本地情况", "questions": "答题", "report": "报告", "end": "先看这一页"},
    ),
    "en": (
        (120, 40),
        "anj",
        {
            "place": "A place",
            "facts": "Local conditions",
            "questions": "Questions",
            "report": "Report",
            "end": "The brief",
        },
    ),
}


@dataclass
class Film(Walk):
    """A walk that is recorded."""

    clock: float = 0.0
    events: list[list[Any]] = field(default_factory=list)
    shot: int = 0

    def record(self, lasting: float) -> None:
        """Record what was written since the last time, then let it be seen for so many seconds."""
        data = bytes(self.terminal.written[self.shot :])
        self.shot += len(data)
        if data:
            self.events.append([round(self.clock, 2), "o", data.decode("utf-8", "replace")])
        self.clock += lasting

    def press(self, key: str) -> None:
        """Press a key and record what came of it."""
        super().press(key)
        self.terminal.settle(0.15)
        self.record(LETTER if len(key) == 1 and not key.isdigit() else KEY)

    def see(self, what: str) -> None:
        """Give a new page the time that somebody needs to read it."""
        if self.screens[-1:] != [what]:
            self.clock += READING
        super().see(what)

    def mark(self, words: str) -> None:
        """Mark the beginning of a scene."""
        self.events.append([round(self.clock, 2), "m", words])


def walk_to_the_report(film: Film, typed: str, scenes: dict[str, str]) -> None:
    """Begin, answer, choose, and write the report."""
    instrument, _problems = Library(roots(())).instrument("region", "baseline")
    assert instrument is not None
    words, terminal = WORDS[film.language], film.terminal
    terminal.until(words["home"]).settle()
    film.record(READING)
    film.see("home")
    film.press("1")
    film.mark(scenes["place"])
    film.see("new")
    film.type(typed)
    film.press("f3")
    film.see("places")
    film.press("enter")
    while not any(asked.text[film.language][:6] in terminal.text for asked in instrument.questionnaire.facts.values()):
        film.press("enter")
    film.mark(scenes["facts"])
    while words["weights"] not in terminal.rows[0]:
        answer(film, instrument)
    film.see("weights")
    film.press("enter")
    terminal.until(words["taken"]).settle()
    film.record(READING)
    film.mark(scenes["questions"])
    while words["end"] not in terminal.text:
        answer(film, instrument)
    film.see("results")
    film.mark(scenes["report"])
    Walk.press(film, "2")  # not recorded by itself: the brief may be there at once, and its scene begins with it
    terminal.until(words["pdf"]).settle()
    film.clock += KEY
    film.mark(scenes["end"])
    film.record(READING)
    for _ in range(PAGES):
        film.see(f"brief {film.keys}")
        film.press("pagedown")
    film.record(READING)
    terminal.send("ctrl+q").wait()


def take(language: str, say: Callable[[str], None]) -> Path:
    """Take one film."""
    size, typed, scenes = SCENES[language]
    with tempfile.TemporaryDirectory() as data, folder_at_home() as work:
        environment = {"NQPF_ASSESS_DATA": data}
        with Terminal("--lang", language, size=size, folder=work, environment=environment) as terminal:
            film = Film(terminal, language)
            walk_to_the_report(film, typed, scenes)
    head = {"version": 2, "width": size[0], "height": size[1], "title": f"nqpf-assess ({language})"}
    head |= {"env": {"TERM": "xterm-256color"}, "duration": round(film.clock, 2)}
    target = ROOT / "docs" / "film" / f"first-hour.{language}.cast"
    target.parent.mkdir(exist_ok=True)
    lines = [json.dumps(head), *(json.dumps(event, ensure_ascii=False) for event in film.events)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"{target.relative_to(ROOT)}: {film.clock / 60:.1f} minutes, {film.keys} keys, {len(film.screens)} pages")
    return target


def main() -> None:
    """Take them all, or those in the languages stated."""
    for language in sys.argv[1:] or SCENES:
        take(language, print)


if __name__ == "__main__":
    main()
