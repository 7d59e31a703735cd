"""Choosing a file: answer files near at hand, a path that is typed, the samples."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.desk import typed_file
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.drawing.rows import Row, heading, quiet
from nqpf_assess.tui.frame.lists import FilterPage, ListPage
from nqpf_assess.tui.widgets.list import How

HEAD = 4_000
"""Bytes at the beginning of a file in which an answer file says what it is."""

MOST = 500
"""Files of one folder that are looked at."""

FOUND = _("Answer files here")
NONE = _("No answer files here. Type the path of one above.")
NONE_FITS = _("No answer file here fits these letters.")
OPEN_TYPED = _("Open {path}")
NOT_THERE = _("There is no file {path}")


def answer_files(folder: Path) -> Iterable[Path]:
    """Find the answer files of a folder, the latest first."""
    found: list[Path] = []
    with suppress(OSError):
        for path in sorted(folder.glob("*.toml"))[:MOST]:
            if not path.is_file():  # a pipe would wait for ever
                continue
            with suppress(OSError), path.open("rb") as file:
                if b"nqpf-answers/" in file.read(HEAD):
                    found.append(path)
        found.sort(key=lambda path: -path.stat().st_mtime)
    return found


class OpenPage(FilterPage):
    """Opens an answer file from here, or from a path that is typed."""

    TITLE_WORDS: ClassVar[Text] = _("Open a file")
    HINT_WORDS: ClassVar[Text] = _("path or part of a name")
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
        if not rows:
            return (quiet(self.speech.tell(NONE_FITS if self._found else NONE)),)
        return (heading(self.speech.tell(FOUND)), *rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open it in place of the start page."""
        self.dismiss(None)
        bench = self.bench
        bench.soon(lambda: bench.open_file(Path(id)))


class SamplesPage(ListPage):
    """Lays a copy of a filled sample out to look around in."""

    TITLE_WORDS: ClassVar[Text] = _("Filled samples")
    ABOUT: ClassVar[Text] = _("You work on a copy of your own: change what you like. Places and figures are invented.")
    _names: tuple[tuple[Path, str], ...] | None = None

    def rows(self) -> tuple[Row, ...]:
        """List the samples by the names in them."""
        if self._names is None:
            import tomllib

            from nqpf_assess.session.desk import samples

            names: list[tuple[Path, str]] = []
            for path in samples():
                with suppress(OSError, tomllib.TOMLDecodeError):
                    subject = tomllib.loads(path.read_text(encoding="utf-8")).get("subject", {})
                    name = " ".join(str(subject.get(key, "")) for key in ("name", "period")).strip()
                    names.append((path, name or path.stem))
            self._names = tuple(names)
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
        bench = self.bench
        bench.soon(lambda: bench.open_file(copy))
