"""Choosing answer files for a tool: the one that is open, recent ones, those of a folder, a path that is typed."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on

from nqpf_assess.files.places import end_of, is_seen, name_beside, working_folder
from nqpf_assess.files.presence import is_dir, is_file
from nqpf_assess.locale import Text, _
from nqpf_assess.session.desk import typed_within
from nqpf_assess.session.nearby import CLOSED, ILLEGIBLE, Nearby, is_closed, look_at, nearby
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.frame.dialogs import HoldingPage
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.widgets.list import How, RowList

HERE = _("Answer files in {folder}")
LATELY = _("Opened lately, in other folders")
NONE = _("There are no answer files in {folder}. Type the path of a file or a folder above.")
NONE_FITS = _("No answer file here fits these letters.")
NO_ANSWERS = _("{path} is no answer file.")
LOOK_IN = _("Look in {path}")
TAKE = _("Take {path}")
TICKED_HELD = _("What you ticked is not taken yet")
GO_ON_TICKING = _("Go on ticking")


def typed_place(typed: str, folder: Path = Path()) -> Path | None:
    """Return what is at a path that is being typed while a folder is listed; None as long as there is nothing."""
    path = typed_within(typed, folder)
    return path if typed and is_seen(path) else None


def first_folder(bench: Workbench) -> Path:
    """Return the folder to look in first: that of the open assessment, else of the latest one, else the present one."""
    if bench.desk is not None:
        return bench.desk.path.parent
    for seen in bench.memory.recent:
        if is_seen(Path(seen.path)):
            return Path(seen.path).parent
    return working_folder()


class FilesPage(FilterPage):
    """Lists answer files and gives back the one that is chosen. `asked`: what it is wanted for; `folder`: looked in."""

    HINT_WORDS: ClassVar[Text] = _("name, path of a file, or path of a folder")
    HERE_WORDS: ClassVar[Text] = HERE
    NONE_WORDS: ClassVar[Text] = NONE
    NONE_FITS_WORDS: ClassVar[Text] = NONE_FITS
    TAKE_FILE: ClassVar[Text] = TAKE

    def __init__(self, asked: Text, *, without: Iterable[Path] = (), folder: Path | None = None) -> None:
        super().__init__()
        self._asked, self._without, self._folder = asked, {end_of(path) for path in without}, folder
        self._found: tuple[Nearby, ...] | None = None

    def title_text(self) -> str:
        """Say what the file is wanted for."""
        return self.speech.tell(self._asked)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and how to go back."""
        return (CHOOSE, CLOSE)

    @property
    def folder(self) -> Path:
        """The folder that is looked in."""
        if self._folder is None:
            self._folder = first_folder(self.bench)
        return self._folder

    @property
    def found(self) -> tuple[Nearby, ...]:
        """The files to choose from; looked for once a folder."""
        if self._found is None:
            recent = [Path(seen.path) for seen in self.bench.memory.recent]
            files = nearby(self.folder, recent)
            self._found = tuple(one for one in files if end_of(one.path) not in self._without)
        return self._found

    def row_of(self, one: Nearby) -> Row:
        """Write one file: whom it describes, who answered, its name; of one elsewhere its folder too."""
        said = one.respondent if one.legible else self.speech.tell(ILLEGIBLE)
        words = "  ".join(part for part in (one.shown, said) if part)
        name = name_beside(one.path, self.folder)
        return Row(shown(words), id=f"file:{one.path}", tail=shown(name), whole=False)

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters; a path that is there comes first."""
        typed, speech = self.query_typed.strip(), self.speech
        rows: list[Row] = []
        place = typed_place(typed, self.folder)
        if place is not None:
            kind, words = ("look", LOOK_IN) if is_dir(place) else ("file", self.TAKE_FILE)
            rows.append(Row(speech.tell(words, path=typed), id=f"{kind}:{place}"))
        names = [one for one in self.found if fits(typed, f"{one.shown} {one.respondent} {one.path.name}")]
        here = end_of(self.folder)
        for words, inside in ((self.HERE_WORDS, True), (LATELY, False)):
            if part := [one for one in names if (end_of(one.path.parent) == here) is inside]:
                head = heading(speech.tell(words, folder=str(self.folder.absolute())))
                rows += [*([BLANK] if rows else []), head, *map(self.row_of, part)]
        if not rows:
            none = CLOSED if is_closed(self.folder) else self.NONE_WORDS
            words = self.NONE_FITS_WORDS if self.found else none
            rows.append(quiet(speech.tell(words, folder=str(self.folder.absolute()))))
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:
        """Look in another folder, or take the file."""
        kind, _colon, place = id.partition(":")
        if kind == "look":
            self._folder, self._found = Path(place), None
            self.clear()
        elif self.is_one(Path(place)):
            self.take(Path(place), how)
        else:
            self.say(NO_ANSWERS, "warn", path=place)

    def is_one(self, path: Path) -> bool:
        """Return whether a file is of the kind that is wanted."""
        return look_at(path) is not None

    def clear(self) -> None:
        """Empty the field and list anew."""
        from textual.widgets import Input

        self.query_one("#filter", Input).value = ""
        self.repaint()

    def take(self, path: Path, how: How) -> None:  # noqa: ARG002
        """Give the file back to whoever asked."""
        self.dismiss(path)


class OtherFilesPage(FilesPage):
    """Lists files of other forms, which their endings tell, and gives back the one that is chosen."""

    NONE_FITS_WORDS: ClassVar[Text] = _("No file here fits these letters.")

    ENDINGS: ClassVar[tuple[str, ...]] = ()

    _inside: tuple[Path, ...] = ()
    """The folders inside that hold such files, as that of the forms which Review writes."""

    @property
    def found(self) -> tuple[Nearby, ...]:
        """The files of the folder that end so, the latest first; looked for once."""
        if self._found is None:
            files: list[Nearby] = []
            self._inside = ()
            with suppress(OSError):
                files = [
                    Nearby(path, "", "", "", "", "", path.stat().st_mtime) for path in self._ending_so(self.folder)
                ]
                folders = sorted(path for path in self.folder.iterdir() if is_dir(path))
                self._inside = tuple(
                    path for path in folders if not path.name.startswith(".") and any(self._ending_so(path))
                )
            self._found = tuple(sorted(files, key=lambda one: -one.changed))
        return self._found

    def _ending_so(self, folder: Path) -> Iterator[Path]:
        with suppress(OSError):
            ends = (path for path in folder.iterdir() if path.suffix.lower() in self.ENDINGS)
            yield from (path for path in ends if is_file(path) and not path.name.startswith("."))

    def rows(self) -> tuple[Row, ...]:
        """List the files, then the folders inside to look in."""
        typed, rows = self.query_typed.strip(), super().rows()
        inside = [path for path in self._inside if fits(typed, path.name)]
        look = (Row(self.speech.tell(LOOK_IN, path=shown(path.name)), id=f"look:{path}") for path in inside)
        return (*rows, *([BLANK] if inside else []), *look)

    def row_of(self, one: Nearby) -> Row:
        """Write one file by its name."""
        return Row(shown(one.path.name), id=f"file:{one.path}", whole=False)

    def is_one(self, path: Path) -> bool:  # noqa: ARG002
        """Take any; whoever reads it says what it is."""
        return True


TICK = Act("", "enter,space", _("Tick or untick"), _("Tick"))
GO_ON = Act("", "enter", _("Go on with what is ticked"), _("Go on"))


class TickPage(HoldingPage, FilesPage):
    """Lists answer files to tick; gives back all that are ticked, at least two."""

    GO: ClassVar[Text] = _("Go on with the {count} that are ticked")
    TICK: ClassVar[Text] = _("Tick two files or more")
    HELD_WORDS: ClassVar[Text] = TICKED_HELD
    STAY_WORDS: ClassVar[Text] = GO_ON_TICKING
    TAKE_WORDS: ClassVar[Text] = _("Go on with what is ticked")

    def __init__(self, asked: Text, at_first: Iterable[Path] = (), again: Iterable[Path] = ()) -> None:
        """`at_first`: what is ticked before anybody ticks. `again`: what somebody had ticked, and comes back to."""
        super().__init__(asked)
        self._before = {end_of(path) for path in at_first}
        self.ticked: dict[Path, None] = dict.fromkeys(end_of(path) for path in again or at_first)

    @property
    def found(self) -> tuple[Nearby, ...]:
        """Those of the folder, and what is ticked in other folders."""
        if self._found is None:
            here = super().found
            known = {end_of(one.path) for one in here}
            elsewhere = (look_at(path) for path in self.ticked if path not in known)
            self._found = (*here, *(one for one in elsewhere if one is not None))
        return self._found

    def hinted(self) -> tuple[Act, ...]:
        """Show how to tick and to go on; in the field a blank is part of what is typed."""
        if not self.is_mounted or not self.list.has_focus:
            return (CHOOSE, CLOSE)
        return (GO_ON, CLOSE) if self.list.current == "go:" else (TICK, CLOSE)

    def on_descendant_focus(self) -> None:
        """Show in the last line what keys do now."""
        self.paint_hints()

    def paint(self) -> None:
        """Fill the list, and show what Enter does to the row that is marked."""
        super().paint()
        self.paint_hints()

    @on(RowList.Moved, "#rows")
    def _moved(self, message: RowList.Moved) -> None:
        """Show it for the row that is marked now."""
        message.stop()
        self.paint_hints()

    @property
    def half_done(self) -> bool:
        """Whether other files are ticked than at first."""
        return set(self.ticked) != self._before

    def may_take(self) -> bool:
        """Return whether there are enough to go on."""
        return len(self.ticked) > 1

    def take_held(self) -> None:
        """Give the ticked files back."""
        self.dismiss(tuple(self.ticked))

    def row_of(self, one: Nearby) -> Row:
        """Write one file with the sign that says whether it is ticked."""
        row = super().row_of(one)
        sign = self.speech.glyphs.ticked if end_of(one.path) in self.ticked else self.speech.glyphs.unticked
        return Row(row.text, id=row.id, lead=f"{sign} ", tail=row.tail, whole=False)

    def rows(self) -> tuple[Row, ...]:
        """List the way on first, then the files."""
        count = len(self.ticked)
        go = (
            Row(self.speech.tell(self.GO, count=count), id="go:", look="heading")
            if count > 1
            else quiet(self.speech.tell(self.TICK))
        )
        return (go, BLANK, *super().rows())

    def chosen(self, id: str, how: How) -> None:
        """Go on, or tick."""
        if id == "go:":
            self.take_held()
        else:
            super().chosen(id, how)

    def take(self, path: Path, how: How) -> None:  # noqa: ARG002
        """Tick the file, or take the tick away; where letters were typed all are shown again, the way on marked."""
        place, typed = end_of(path), bool(self.query_typed)
        if place in self.ticked:
            del self.ticked[place]
        else:
            self.ticked[place] = None
            if not any(end_of(one.path) == place for one in self.found):
                found = look_at(path)
                self._found = (*self.found, *([found] if found else []))
        if typed:
            self.clear()
            self.set_focus(self.list, scroll_visible=False)
        self.list.show(self.rows(), at="go:" if typed and len(self.ticked) > 1 else f"file:{path}", keep=True)
        self.paint_hints()
