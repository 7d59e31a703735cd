"""Help: what the keys are on now, then every key; typed letters narrow it down."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.widgets import Input

from nqpf_assess.locale import Text, _
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import PAGING
from nqpf_assess.tui.frame.page import COMMON, MENU, Page

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
FORTH = _("Every answer is saved at once. Nothing leaves this computer.")
KEY_CELLS = 26


def keys_help(acts: Sequence[Act], common: Sequence[Act], speech: Speech) -> tuple[Row, ...]:
    """List every key of a page, of lists, and of every page."""
    return (
        heading(speech.tell(KEYS)),
        *(_key(speech.keys(act), speech.tell(act.words), speech) for act in acts if act.keys),
        BLANK,
        heading(speech.tell(IN_LISTS)),
        *(_key(speech.tell(keys), speech.tell(words), speech) for keys, words in LIST_KEYS),
        BLANK,
        heading(speech.tell(KEYS_EVERYWHERE)),
        *(_key(speech.keys(act), speech.tell(act.words), speech) for act in common if act.keys),
        BLANK,
        quiet(speech.tell(FORTH)),
    )


def _key(keys: str, words: str, speech: Speech) -> Row:
    room = min(KEY_CELLS, max(12, speech.cells // 3))
    lead = pad(keys, room) if width(keys) <= room else keys + "  "
    return Row(words, lead=f"  {lead}")


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
        return (CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List explanations and keys; with letters typed only the lines that hold them."""
        speech, wanted = self.speech_in(self.size.width - EDGES), folded(self.query_typed.strip())
        said = (Row(self._about.said), BLANK) if self._about.said else ()
        rows = (*said, *self._about.help_rows(), *keys_help(self._about.ACTS, COMMON, speech))
        found = tuple(row for row in rows if wanted in folded(row.lead + row.text) and row.text) if wanted else rows
        return found or (quiet(speech.tell(NOTHING)),)

    @on(Input.Changed, "#filter")
    def _seen(self) -> None:
        self.set_class(bool(self.query_typed), "-typed")

    @on(Input.Submitted, "#filter")
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_close()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
