"""What people type: lines in plain mode, keys in the app, the file of settings."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tools.fuzz.spoiling import HOSTILE_TEXTS, spoil_bytes, spoil_toml, spoil_tree
from tools.fuzz.trial import CONTENT, Trial, fault_of, seed

LINES = (
    *("", " ", "1", "2", "3", "0", "99", "-1", "1,2", "1 2 3", "1;2", "d", "x", "s", "b", "n", "e", "c", "l", "?", "u"),
    *("later", "redo", "score", "= score", "=", "2.5", "2,5", "1e20", "1e400", "²", "①", "12%", "1.25 2024", "2024"),
    *("y", "no", "不清楚", "返回", "Anhe", "2025", "next year", "help"),
)


def lines(dice: Random, trial: Trial) -> None:
    """Lines typed into plain mode; what it leaves must be a sound file, whatever was typed."""
    typed = [
        dice.choice(HOSTILE_TEXTS) if dice.random() < 0.1 else dice.choice(LINES) for _ in range(dice.randrange(60))
    ]
    trial.inputs = len(typed)
    if dice.random() < 0.3:
        typed.append("quit")
    new = dice.random() < 0.7
    name = "mine.toml" if new else "answers.toml"
    options = ("--questionnaire", "small") if new else ()
    language = dice.choice(("en", "zh"))
    said = "\n".join(line.replace("\n", " ") for line in typed) + "\n"
    done = trial.run("assess", name, "--plain", *options, *CONTENT, "--lang", language, typed=said)
    told = done.status == 1 and ("not taken" in done.err or "未被采用" in done.err)  # lines that answered nothing
    trial.expect(holds=done.status == 0 or told, sign="plain status", words=f"{done.status}: {done.err[-1500:]}")
    if (trial.folder / name).exists():
        trial.expect_sound(name)


def settings(dice: Random, trial: Trial) -> None:
    """The file of settings and the app's memory, spoilt; plain mode and the app must start all the same."""
    trial.inputs = 2
    trial.write("data/settings.toml", spoil_toml(dice, seed("settings.toml")))
    memory = {"language": "en", "theme": "nqpf-dark", "recent": [{"path": "answers.toml", "name": "A", "score": "80"}]}
    spoil_tree(dice, memory)
    held = json.dumps(memory, default=str).encode("utf-8", "surrogatepass")
    trial.write("data/app.json", spoil_bytes(dice, held) if dice.random() < 0.4 else held)
    if dice.random() < 0.97:
        done = trial.run("assess", "answers.toml", "--plain", *CONTENT, typed="quit\n")
        trial.expect(holds=done.status == 0, sign="settings plain", words=f"{done.status}: {done.err[-1500:]}")
        from nqpf_assess.tui.app import AssessApp

        _guarded(trial, "settings", lambda: AssessApp(_options(None)))
    else:
        _play(dice, trial, [], file=None)


KEYS = (
    *("up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "home"),
    *("end", "pageup", "pagedown", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "ctrl+z", "ctrl+y"),
    *("ctrl+s", "ctrl+n", "ctrl+p", "ctrl+f", "ctrl+o", "ctrl+e", "ctrl+r", "ctrl+l", "ctrl+u", "ctrl+w", "ctrl+c"),
    *"abcdefghijklmnopqrstuvwxyz0123456789.,-+=?/[]<>",
)


TOOLS = ("cohort", "compare", "merge", "figures", "check", "export", "rubric", "edition", "follow", "settings", "about")
"""Words by which the menu finds the pages that hardly anybody comes to by keys at random."""


def _typed(dice: Random) -> tuple[str, str]:
    """Draw what is pasted or pressed, by key or by mouse: on the first line, the last, or anywhere, in per cent.

    `aim`: at one of the fields, rows and acts of the page that is open by then, in per mille.
    """
    drawn = dice.random()
    if drawn > 0.75:
        return "aim", str(dice.randrange(1000))
    if drawn < 0.04:
        return "paste", dice.choice(HOSTILE_TEXTS)
    if drawn < 0.1:
        return "click", f"{dice.randrange(100)} {dice.choice((0, dice.randrange(100), 99))}"
    return "key", dice.choice(KEYS)


def keys(dice: Random, trial: Trial) -> None:
    """Keys, clicks and pastes into the app, small and large, on an assessment or without one; the file stays sound."""
    stream = [_typed(dice) for _ in range(dice.randrange(5, 300))]
    if dice.random() < 0.7:
        stream = [
            ("key", dice.choice(("down", "enter", "tab", "space", "escape"))) if dice.random() < 0.4 else step
            for step in stream
        ]
    for at in sorted(dice.sample(range(len(stream)), len(stream) // 60), reverse=True):
        stream[at:at] = [("key", key) for key in ("f9", *dice.choice(TOOLS), "enter")]
    trial.inputs = len(stream)
    file = "answers.toml" if dice.random() < 0.8 else None
    _play(dice, trial, stream, file=file)
    trial.expect_sound("answers.toml")


def _bursts(dice: Random, stream: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    """Cut what is typed into bursts, of one key to a dozen that come before the app has drawn anything."""
    at = 0
    while at < len(stream):
        size = 1 if dice.random() < 0.4 else dice.randrange(2, 13)
        yield stream[at : at + size]
        at += size


def _aim(page: Any, at: int) -> tuple[str, ...]:
    """Give the keys to a field or a row of the page; return the key that chooses the row, or the one of an act."""
    from nqpf_assess.tui.widgets.list import RowList

    fields = [field for field in page.query("Input, TextArea") if field.size.area]
    lists = [one for one in page.query(RowList) if one.size.area and one.focusable]
    rows = [(one, index) for one in lists for index, row in enumerate(one.rows) if row.id and row.id != "leave"]
    acts = [act.keys.split(",")[0] for act in page.ACTS if act.keys]
    aims = (*fields, *rows, *acts)
    aim = aims[at * len(aims) // 1000] if aims else "enter"
    if isinstance(aim, str):
        return (aim,)
    field, row = aim if isinstance(aim, tuple) else (aim, None)
    page.set_focus(field)
    if row is None:
        return ()
    field.move_to(row)
    return ("enter",)


def _options(file: str | None, language: str = "") -> Any:
    from nqpf_assess.session.options import Options

    return Options(file=Path(file) if file else None, language=language, content=(Path("content"),))


def _guarded(trial: Trial, name: str, work: Callable[[], Any]) -> Any:
    """Do something that is no command line; what comes through is a finding."""
    try:
        return work()
    except (Exception, SystemExit) as fault:
        trial.findings.append(fault_of(fault, name))
    return None


def _play(dice: Random, trial: Trial, stream: Sequence[tuple[str, str]], *, file: str | None) -> None:
    """Start the app, press, leave."""
    import asyncio

    from textual import events

    from nqpf_assess.tui.app import AssessApp

    size = dice.choice(((80, 24), (120, 40), (40, 12), (200, 60), (20, 5)))
    trial.commands.append(f"app {file} {size} {stream}")

    async def play() -> None:
        app = AssessApp(_options(file, dice.choice(("en", "zh"))))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for burst in _bursts(dice, stream):
                if app.fault is not None or not app.is_running or app.ending:
                    break
                aimed = [key for what, value in burst if what == "aim" for key in _aim(app.page, int(value))]
                await pilot.press(*aimed, *(value for what, value in burst if what == "key"))
                for what, value in burst:
                    if what == "paste":
                        app.post_message(events.Paste(value))
                    elif what == "click":
                        x, y = (int(part) * (side - 1) // 99 for part, side in zip(value.split(), size, strict=True))
                        held = dict.fromkeys(("shift", "meta", "ctrl"), False)
                        at: dict[str, Any] = {"x": x, "y": y, "screen_x": x, "screen_y": y, **held}
                        for press in (events.MouseDown, events.MouseUp):
                            app.post_message(press(None, delta_x=0, delta_y=0, button=1, **at))
                await pilot.pause()
            app.put_away()
        if app.fault is not None:
            raise app.fault

    _guarded(trial, "app", lambda: asyncio.run(play()))
