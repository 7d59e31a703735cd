"""The first hour of somebody new: from an empty home to a report in a real terminal, keys and screens counted."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.base import plain_number
from tests.support.scored import every_other
from tests.tui.terminal import Terminal

pytestmark = pytest.mark.long

KEYS = 80
SCREENS = 35
"""What a first quick report may cost at most: fewer keys, and fewer screens."""

LIST_CELLS = 46
"""Cells of the list of all that is asked, which stands beside the question in a wide window."""

SAVED_CELLS = 18
"""Cells at the end of the line above the last that say when it was saved."""

FACTS = {"tier": "4", "gateway": "6", "zone": "3", "ecology": "1"}
"""A county of forests and springs: the row of each fact that decides its weights, or that a question waits for."""


WORDS = {
    "zh": {
        "home": "开始",
        "weights": "适合的权重方案",
        "taken": "已采用",
        "end": "题目已全部答完",
        "pdf": "已写入",
        "brief": "自评简报",
    },
    "en": {
        "home": "Begin",
        "weights": "Which weights fit here",
        "taken": "Now in use",
        "end": "That was the last question",
        "pdf": "Written",
        "brief": "Anhe County: ",
    },
}
"""What stands on the screen at the turns of the way."""


@dataclass
class Walk:
    """A walk through the program: the keys pressed, the screens seen."""

    terminal: Terminal
    language: str
    keys: int = 0
    screens: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Press one key. It has to change what stands on the screen."""
        before = self.seen()
        self.terminal.send(key).until(lambda _: self.seen() != before).settle(0.06)
        assert self.seen() != before, key
        self.keys += 1
        assert self.terminal.faults() == []

    def seen(self) -> tuple[object, ...]:
        """Return all that can be seen but the time of the last save, which changes by itself."""
        *lines, column, row = self.terminal.look
        told = lines[-2]
        assert isinstance(told, tuple)
        return (*lines[:-2], told[:-SAVED_CELLS], lines[-1], column, row)

    def type(self, text: str) -> None:
        """Type a text, each letter a key."""
        for letter in text:
            self.press(letter)

    def see(self, what: str) -> None:
        """Count a screen: a page, or something else asked on it."""
        if self.screens[-1:] != [what]:
            self.screens.append(what)


def asked_now(instrument: Instrument, walk: Walk) -> str:
    """Find the fact or question whose words stand on the screen; "" where there is none."""
    questionnaire, beside = instrument.questionnaire, LIST_CELLS if walk.terminal.columns >= 120 else 0
    shown = "".join("".join(line[beside:] for line in walk.terminal.rows).split())
    texts = {id: asked.text[walk.language] for id, asked in {**questionnaire.facts, **questionnaire.questions}.items()}
    found = [id for id, text in texts.items() if "".join(text.split())[:24] in shown]
    return max(found, key=lambda id: len(texts[id]), default="")


def answer(walk: Walk, instrument: Instrument) -> None:
    """Answer what is asked as somebody would who reads the last line of the screen, and wait for what comes next."""
    questionnaire, id = instrument.questionnaire, asked_now(instrument, walk)
    asked = questionnaire.facts.get(id) or questionnaire.questions[id]
    walk.see(id)
    assert walk.terminal.columns < 120 or "F1 shows all of it" not in walk.terminal.text, id
    kind = kind_of(asked)
    if kind.entry == "line":
        low, high = kind.usual(asked) or kind.limits(asked) or (Decimal(0), Decimal(100))
        assert isinstance(low, Decimal)
        assert isinstance(high, Decimal)
        walk.type(FACTS.get(id) or plain_number(((low + high) / 2).quantize(Decimal(1))))
        walk.press("enter")
    else:
        walk.press(FACTS.get(id, "2"))
        if "[x]" in walk.terminal.text:
            walk.press("enter")
    words = WORDS[walk.language]

    def gone_on(terminal: Terminal) -> bool:
        beyond = words["weights"] in terminal.rows[0] or words["end"] in terminal.text
        return beyond or asked_now(instrument, walk) not in ("", id)

    walk.terminal.until(gone_on).settle()


@pytest.mark.parametrize(
    ("size", "language", "name"), every_other([((80, 24), "zh", "安禾县"), ((120, 40), "en", "Anhe County")])
)
def test_a_first_quick_report_costs_under_80_keys_and_35_screens(
    size: tuple[int, int], language: str, name: str, tmp_path: Path
) -> None:
    instrument, _problems = Library(roots(())).instrument("region", "baseline")
    assert instrument is not None
    words = WORDS[language]
    with Terminal("--lang", language, size=size, folder=tmp_path) as terminal:
        walk = Walk(terminal, language)
        terminal.until(words["home"]).settle()
        walk.see("home")
        walk.press("1")
        walk.see("new")
        walk.type(name)
        for _ in range(4):
            walk.press("enter")
        terminal.until(lambda _: asked_now(instrument, walk) != "")
        while words["weights"] not in terminal.rows[0]:
            answer(walk, instrument)
        walk.see("weights")
        walk.press("enter")  # the profile that fits stands first and is marked
        terminal.until(lambda shown: words["taken"] in shown.text and asked_now(instrument, walk) != "").settle()
        while words["end"] not in terminal.text:
            answer(walk, instrument)
        walk.see("results")
        walk.press("2")
        terminal.until(words["pdf"]).until(words["brief"])
        walk.see("brief")
        terminal.send("ctrl+q").wait()
    assert [*tmp_path.rglob("*.pdf")]
    assert (walk.keys < KEYS, len(walk.screens) < SCREENS) == (True, True), (walk.keys, len(walk.screens))
