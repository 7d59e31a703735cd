"""Choosing a file: answer files near at hand, a path that is typed, the samples."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.rows import Row, heading, quiet
from nqpf_assess.tui.screens.listing import FilterPage, ListPage
from nqpf_assess.tui.screens.starting import open_file
from nqpf_assess.tui.widgets.rows import How

HEAD = 400
"""Bytes at the beginning of a file in which an answer file says what it is."""

MOST = 500
"""Files of one folder that are looked at."""

FOUND = text(en="Answer files here", zh="当前文件夹中的答卷")
NONE = text(en="No answer files here. Type the path of one above.", zh="当前文件夹没有答卷，可在上方输入文件路径。")
OPEN_TYPED = text(en="Open {path}", zh="打开 {path}")
NOT_THERE = text(en="There is no file {path}", zh="没有文件 {path}")


def answer_files(folder: Path) -> Iterable[Path]:
    """Find the answer files of a folder, the latest first."""
    with suppress(OSError):
        found = [path for path in sorted(folder.glob("*.toml"))[:MOST] if _is_answers(path)]
        return sorted(found, key=lambda path: -path.stat().st_mtime)
    return ()


def _is_answers(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return b"nqpf-answers/" in file.read(HEAD)
    return False


def typed_file(typed: str) -> Path | None:
    """Give the file at a path that is being typed, None as long as there is none."""
    from nqpf_assess.session.desk import typed_path

    with suppress(OSError, ValueError):
        path = typed_path(typed)
        return path if typed and path.is_file() else None
    return None


class OpenPage(FilterPage):
    """Opens an answer file from here, or from a path that is typed."""

    TITLE_WORDS: ClassVar[Text] = text(en="Open a file", zh="打开文件")
    HINT_WORDS: ClassVar[Text] = text(en="path or part of a name", zh="文件路径，或名称中的几个字")
    _found: tuple[Path, ...] | None = None

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters; a path that is there comes first."""
        if self._found is None:
            self._found = tuple(answer_files(Path()))
        typed = self.query_typed.strip()
        fitting = [path for path in self._found if folded(typed) in folded(path.name)]
        rows = [Row(path.name, id=str(path), whole=False) for path in fitting]
        path = typed_file(typed)
        if path is not None:
            rows.insert(0, Row(self.speech.tell(OPEN_TYPED, path=typed), id=str(path)))
        return (heading(self.speech.tell(FOUND)), *rows) if rows else (quiet(self.speech.tell(NONE)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open it in place of the start page."""
        self.dismiss(None)
        boss = self.boss
        boss.soon(lambda: open_file(boss, Path(id)))


class SamplesPage(ListPage):
    """Lays a copy of a filled sample out to look around in."""

    TITLE_WORDS: ClassVar[Text] = text(en="Filled samples", zh="填好的示例")
    ABOUT: ClassVar[Text] = text(
        en="You work on a copy of your own: change what you like. Places and figures are invented.",
        zh="打开的是您自己的副本，可随意修改。地名和数据均为虚构。",
    )
    _names: tuple[tuple[Path, str], ...] | None = None

    def rows(self) -> tuple[Row, ...]:
        """List the samples by the names in them."""
        if self._names is None:
            self._names = tuple(_named())
        rows = [
            Row(name, id=str(path), key=str(number) if number < 10 else "", lead=f"{number:>2}  ")
            for number, (path, name) in enumerate(self._names, start=1)
        ]
        return (quiet(self.speech.tell(self.ABOUT)), Row(""), *rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Copy it and open the copy."""
        from nqpf_assess.session.desk import lay_out

        try:
            copy = lay_out(Path(id))
        except UserError as fault:
            self.say(fault.message, "bad")
            return
        self.dismiss(None)
        boss = self.boss
        boss.soon(lambda: open_file(boss, copy))


def _named() -> Iterable[tuple[Path, str]]:
    """Give the samples with the name of the place or firm in each."""
    import tomllib

    from nqpf_assess.session.desk import samples

    for path in samples():
        with suppress(OSError, tomllib.TOMLDecodeError):
            subject = tomllib.loads(path.read_text(encoding="utf-8")).get("subject", {})
            yield path, " ".join(str(subject.get(key, "")) for key in ("name", "period")).strip() or path.stem
