"""The settings: each with its value, what it can be, and where it is kept; what the environment says besides."""

import os
from collections.abc import Mapping
from typing import ClassVar

from nqpf_assess.files.places import DATA_VARIABLE
from nqpf_assess.locale import LANGUAGES, Text, _, _c, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import FORM_WORDS, FORMS
from nqpf_assess.session.settings import (
    REPORT_LANGUAGES,
    keep_setting,
    settings_file,
    sources,
    variable,
)
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import LANGUAGE_NAMES
from nqpf_assess.tui.drawing.themes import theme_words
from nqpf_assess.tui.frame.lists import CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import HELP
from nqpf_assess.tui.widgets.list import How

CHANGE = Act("", "enter", _("Next value"), _("Next value"))
YES, NO = _c("setting", "yes"), _c("setting", "no")
NAMES: Mapping[str, Text] = {
    "language": _("Language"),
    "theme": _("Colours"),
    "ascii": _("Draw with ASCII signs only"),
    "careful": _("A digit only chooses, Enter goes on (else one key an answer)"),
    "mouse": _("Use the mouse (from the next start)"),
    "plain": _("Ask line by line, without drawing (from the next start)"),
    "report_language": _("Language of reports"),
    "report_form": _("Form of reports"),
}
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("What is seen"), ("language", "theme", "ascii")),
    (_("How one answers"), ("careful", "mouse", "plain")),
    (_("What a report begins with"), ("report_language", "report_form")),
)
VALUE = _("{name}: {value}")
AS_THE_APP = _("as the app")
BOTH = _("both")
FROM: Mapping[str, Text] = {"file": _("from the settings file"), "": _("as it comes")}
LAST = _("as last chosen")
THIS_TIME = _("this time only")
STANDS_OVER = _("{variable} is set in the environment and stands over the file; change it there.")
KEPT = _("Kept in {path}")
STILL = _("Nothing in the app moves or blinks, so there is no setting for that.")
MORE = _("Keys and colours of one's own stand in the same file, under [keys] and [themes]; About names all acts.")
ENVIRONMENT = _("From the environment")
NOTHING_SET = _("nothing is set there")
VARIABLES = (DATA_VARIABLE, "NO_COLOR", "ACCESSIBLE", "TERM", "COLORTERM", "LANG", "LC_ALL")


class SettingsPage(ListPage):
    """Lists the settings; Enter takes the next value and keeps it at once."""

    TITLE_WORDS: ClassVar[Text] = _("Settings")
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, *PAGING)
    EXPLAINED = (
        _(
            "Enter or a digit takes the next value of a setting; it is kept at once and holds at every start. What is "
            "set in the environment stands over the file, what is said on the command line over both."
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show how to change and go back."""
        return (CHANGE, CLOSE, HELP)

    def values(self, name: str) -> tuple[str | bool, ...]:
        """Return what a setting can be, in order."""
        known: Mapping[str, tuple[str, ...]] = {
            "language": LANGUAGES,
            "theme": tuple(theme.removeprefix("nqpf-") for theme in self.bench.theme_names),
            "report_language": REPORT_LANGUAGES,
            "report_form": FORMS,
        }
        return known.get(name, (False, True))

    def value(self, name: str) -> str | bool:
        """Return what holds now."""
        bench = self.bench
        if name == "language":
            return bench.language
        if name == "theme":
            return bench.theme.removeprefix("nqpf-")
        held = getattr(bench.settings, name)
        if name in ("report_language", "report_form"):
            return held or ("" if name == "report_language" else "pdf")
        return name == "mouse" if held is None else bool(held)

    def words(self, name: str, value: str | bool) -> Text:  # noqa: FBT001
        """Return how a value is called."""
        if isinstance(value, bool):
            return YES if value else NO
        if name == "theme":
            return theme_words(f"nqpf-{value}")
        if name == "report_form":
            return next(words.name for form, words in FORM_WORDS.items() if form == value)
        return BOTH if value == "both" else LANGUAGE_NAMES.get(value, AS_THE_APP)

    def rows(self) -> tuple[Row, ...]:
        """List them, then what the environment says."""
        speech, known = self.speech_in(self.size.width - EDGES), sources(os.environ)
        rows: list[Row] = []
        number = 0
        for title, names in GROUPS:
            rows += [*([BLANK] if rows else []), heading(speech.tell(title))]
            for name in names:
                number += 1
                words = speech.tell(VALUE, name=NAMES[name], value=self.words(name, self.value(name)))
                rows.append(Row(words, id=name, key=str(number), lead=f"{number}  ", tail=self._from(name, known)))
        rows += [BLANK, quiet(speech.tell(KEPT, path=str(settings_file())))]
        rows += [quiet(speech.tell(MORE)), quiet(speech.tell(STILL))]
        rows += [BLANK, heading(speech.tell(ENVIRONMENT))]
        stated = [name for name in (*(variable(name) for name in NAMES), *VARIABLES) if os.environ.get(name)]
        rows += [quiet(f"{name}={os.environ[name]}") for name in stated] or [quiet(speech.tell(NOTHING_SET))]
        return tuple(rows)

    def _from(self, name: str, known: Mapping[str, str]) -> str:
        remembered = name in ("language", "theme") and bool(getattr(self.bench.memory, name))
        stated = name in ("language", "theme") and name in known and getattr(self.bench.settings, name)
        if stated and stated != self.value(name):  # said on the command line, or by Ctrl+L, or from the menu
            return self.speech.tell(THIS_TIME)
        if known.get(name) == "environment":
            return variable(name)
        return self.speech.tell(LAST if remembered and name not in known else FROM[known.get(name, "")])

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take the next value, keep it, and draw by it."""
        if sources(os.environ).get(id) == "environment":
            self.say(fill(STANDS_OVER, variable=variable(id)), "warn")
            return
        values, present = self.values(id), self.value(id)
        following = values[(values.index(present) + 1) % len(values)] if present in values else values[0]
        try:
            keep_setting(id, following)
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, fault.hint), "bad")
            return
        self.hush()
        self.bench.set_anew()
        if id == "language":
            self.bench.speak(str(following))
        self.repaint()
