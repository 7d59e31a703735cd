"""Choosing a file: answer files near at hand, a path that is typed, the samples."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.widgets import Input

from nqpf_assess.files.places import working_folder
from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.wording import number
from nqpf_assess.session.desk import typed_file, typed_folder
from nqpf_assess.session.nearby import CLOSED, ILLEGIBLE, Nearby, is_closed, look_at, nearby
from nqpf_assess.session.samples import SHOWN
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.drawing.rows import Row, heading, quiet
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.page import WIDE
from nqpf_assess.tui.widgets.list import How

SCORED = 40
"""Of the files of a folder so many are scored for the list, the latest first."""

FOUND = _("Answer files here")
FOUND_IN = _("Answer files in {folder}")
NONE = _("No answer files here. Type the path of one above.")
NONE_IN = _("There are no answer files in {folder}. Type the path of a file or a folder above.")
NONE_FITS = _("No answer file here fits these letters.")
OPEN_TYPED = _("Open {path}")
LOOK_IN = _("Look in {path}")
SCORE = _("score {score}")


class OpenPage(FilterPage):
    """Opens an answer file from here, from another folder, or from a path that is typed."""

    TITLE_WORDS: ClassVar[Text] = _("Open a file")
    HINT_WORDS: ClassVar[Text] = _("path or part of a name")
    _folder = Path()
    _found: tuple[Nearby, ...] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._scores: dict[Path, str] = {}

    def on_mount(self) -> None:
        """List the files, then work their scores out."""
        self._work_out()

    def _work_out(self) -> None:
        work = partial(self.run_worker, self._score, thread=True, exclusive=True, exit_on_error=False, name="scores")
        self.call_after_refresh(work)

    def _score(self) -> None:
        from nqpf_assess.engine.scoring import assess

        for seen in [one for one in self._found or () if one.legible][:SCORED]:
            if self.bench.ending or not self.is_attached:
                return
            try:
                sheet = self.bench.library.open_answers(seen.path)
            except UserError:  # gone or shut meanwhile: opening it says so, and the others keep their scores
                continue
            if sheet.sound and sheet.answers is not None and sheet.instrument is not None:
                total = assess(sheet.instrument, sheet.answers).figures.total
                self._scores[seen.path] = number(total.value if total.has else None)
        self.app.call_from_thread(self.repaint)

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters, with place, year and score; a path that is there comes first."""
        if self._found is None:
            self._found = nearby(self._folder)
        typed, speech = self.query_typed.strip(), self.speech
        rows = []
        for seen in self._found:
            path, name = seen.path, seen.shown
            if folded(typed) in folded(f"{path.name} {name}"):
                score = speech.tell(SCORE, score=self._scores[path]) if path in self._scores else ""
                score = score if seen.legible else speech.tell(ILLEGIBLE)
                tail = speech.glyphs.dot.join(filter(None, (score, path.name)))
                rows.append(Row(name, id=f"file:{path}", tail=tail, whole=False))
        if (there := typed_file(typed, self._folder)) is not None:
            rows.insert(0, Row(speech.tell(OPEN_TYPED, path=typed), id=f"file:{there}"))
        elif (folder := typed_folder(typed, self._folder)) is not None:
            rows.insert(0, Row(speech.tell(LOOK_IN, path=typed), id=f"look:{folder}"))
        found, none = (FOUND_IN, NONE_IN) if self._folder.parts else (FOUND, NONE)
        if not rows:
            none, folder = CLOSED if is_closed(self._folder) else none, working_folder() / self._folder
            return (quiet(speech.tell(NONE_FITS if self._found else none, folder=str(folder))),)
        return (heading(speech.tell(found, folder=str(self._folder))), *rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open it in place of the start page, or look in the folder."""
        kind, _colon, place = id.partition(":")
        if kind == "file":
            self.bench.open_file(Path(place))
            return
        self._folder, self._found = Path(place), None
        self.query_one("#filter", Input).value = ""
        self.repaint()
        self._work_out()


class SamplesPage(ListPage):
    """Lays a copy of a filled sample out to look around in; each says what it shows."""

    TITLE_WORDS: ClassVar[Text] = _("Filled samples")
    ABOUT: ClassVar[Text] = _("You work on a copy of your own: change what you like. Places and figures are invented.")
    _names: tuple[tuple[Path, str], ...] | None = None

    def rows(self) -> tuple[Row, ...]:
        """List the samples by the names in them."""
        if self._names is None:
            from nqpf_assess.session.desk import samples

            found = (look_at(path) for path in samples())
            self._names = tuple((seen.path, seen.shown) for seen in found if seen is not None)
        order = list(SHOWN)
        listed = sorted(self._names, key=lambda one: order.index(one[0].stem) if one[0].stem in SHOWN else len(order))
        rows, wide = [], self.size.width >= WIDE
        for place, (path, name) in enumerate(listed, start=1):
            about = SHOWN.get(path.stem)
            tail = name if about and wide else ""
            words = self.speech.tell(about) if about else name
            rows.append(Row(words, id=str(path), key=str(place), lead=f"{place:>2}  ", tail=tail))
        return (quiet(self.speech.tell(self.ABOUT)), Row(""), *rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Copy it and open the copy."""
        from nqpf_assess.session.desk import lay_out

        try:
            copy = lay_out(Path(id))
        except UserError as fault:
            self.say(fault.message, "bad")
            return
        self.bench.open_file(copy)
