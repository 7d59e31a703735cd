"""Finding a place by a few letters; gives back the division that is chosen. Any other name may be typed."""

from typing import ClassVar

from nqpf_assess.locale import Text, _
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import Row, quiet
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.widgets.list import How

FIND_PLACE = Act("places", "f3", _("Find the place in the list of divisions"), _("Find place"), everywhere=True)
HOW = _(
    "Type the beginning of its name, its pinyin, initials or code, such as anji, aj, zj aj or 330523. "
    "A place that is not in the list can be typed as its name."
)
NOTHING = _("No division begins like this. Its name can be typed all the same.")
MORE = _("There may be more that begin like this: type on.")
OF = _("Divisions as of {day}")


class PlacePage(FilterPage):
    """Lists the divisions that fit what is typed."""

    TITLE_WORDS: ClassVar[Text] = _("Which place?")
    HINT_WORDS: ClassVar[Text] = _("name, pinyin, initials or code")
    AUTO_FOCUS = "#filter"

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed

    def on_mount(self) -> None:
        """Begin with what was typed on the page before."""
        self.query_one("#filter").value = self._typed  # type: ignore[attr-defined]

    def rows(self) -> tuple[Row, ...]:
        """List what fits; a place by its name, what it belongs to and its code."""
        from nqpf_assess.session.divisions import AS_OF, MOST_FOUND, find_places

        speech, typed = self.speech, self.query_typed.strip()
        if not typed:
            return (quiet(speech.tell(HOW)), quiet(speech.tell(OF, day=AS_OF)))
        rows, found = [], find_places(typed)
        for division in found:
            name, above = division.named(speech.language), [upper.name for upper in division.above]
            own = [] if name.endswith(division.name) else [division.name]
            tail = "  ".join((*own, *above, division.code))
            rows.append(Row(name, id=division.code, tail=tail, whole=False))
        rows += [quiet(speech.tell(MORE))] if len(found) == MOST_FOUND else []
        return tuple(rows) or (quiet(speech.tell(NOTHING)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        from nqpf_assess.session.divisions import divisions

        self.dismiss(next(division for division in divisions() if division.code == id))
