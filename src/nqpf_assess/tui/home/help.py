"""Help: what the keys are on now, then every key; typed letters narrow it down."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.widgets import Input

from nqpf_assess.locale import Text, _
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import PAGING, ListPage
from nqpf_assess.tui.frame.page import MENU, Page

KEYS = _("Keys on this page")
KEYS_EVERYWHERE = _("Keys on every page")
IN_LISTS = _("In lists")
LIST_KEYS: tuple[tuple[Text, Text], ...] = (
    (_("↑ ↓"), _("Move; long texts scroll")),
    (_("0 … 9"), _("Choose that row, from 10 on by two digits")),
    (_("Enter"), _("Choose and go on")),
    (_("Space"), _("Tick or untick, choose and stay")),
    (_("Home, End"), _("First, last")),
)
FORTH = _("Nothing leaves this computer.")
KEY_CELLS = 26


Found = tuple[Row, str]
"""A row, and other words by which it is found: both languages, and what the program itself calls it."""


def keys_help(acts: Sequence[Act], common: Sequence[Act], speech: Speech) -> Iterator[Found]:
    """List every key of a page, of lists, and of every page."""

    def key(keys: str, words: Text, more: str = "") -> Found:
        room = min(KEY_CELLS, max(12, speech.cells // 3))
        lead = pad(keys, room) if width(keys) <= room else keys + "  "
        return Row(speech.tell(words), lead=f"  {lead}"), " ".join((*words.values(), more))

    def of(acts: Sequence[Act]) -> Iterator[Found]:
        yield from (
            key(speech.keys(act), act.words, " ".join((act.id, *(act.also or {}).values()))) for act in acts if act.keys
        )

    yield heading(speech.tell(KEYS)), ""
    yield from of(acts)
    yield BLANK, ""
    yield heading(speech.tell(IN_LISTS)), ""
    yield from (key(speech.tell(keys), words) for keys, words in LIST_KEYS)
    yield BLANK, ""
    yield heading(speech.tell(KEYS_EVERYWHERE)), ""
    yield from of(common)
    yield BLANK, ""
    yield quiet(speech.tell(FORTH)), ""


CLOSE = Act("close", "escape,enter,f1", _("Back"), _("Back"))
NOTHING = _("Nothing in the help fits these letters.")


class HelpPage(FilterPage):
    """Explains the page it was called from. The field is seen once somebody types."""

    TITLE_WORDS: ClassVar[Text] = _("Help")
    ACTS = (CLOSE, *PAGING)

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (*PAGING[:1], CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List explanations and keys; with letters typed only the lines that hold them."""
        speech, wanted = self.speech_in(self.size.width - EDGES), self.query_typed.strip()
        said = (Row(self._about.said), BLANK) if self._about.said else ()
        words = ((row, "") for row in (*said, *self._about.help_rows()))
        rows = (*words, *keys_help(self._about.ACTS, self._about.SHARED, speech))
        if wanted:
            rows = tuple((row, more) for row, more in rows if row.text and fits(wanted, f"{row.lead}{row.text} {more}"))
        return tuple(row for row, _more in rows) or (quiet(speech.tell(NOTHING)),)

    @on(Input.Changed, "#filter")
    def _seen(self) -> None:
        self.set_class(bool(self.query_typed), "-typed")

    @on(Input.Submitted, "#filter")
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_close()

    def passed(self, step: int) -> None:
        """Read on by Enter and arrows, and by Enter from the end back: there is no row to choose."""
        ListPage.passed(self, step)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
