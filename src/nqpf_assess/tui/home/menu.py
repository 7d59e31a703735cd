"""The menu: the steps first, then everything that can be done on the page below, found by a few letters."""

from typing import ClassVar

from nqpf_assess.locale import Text, _
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, PAGING
from nqpf_assess.tui.frame.page import COMMON, FIRM_STEP, STEPS, Page
from nqpf_assess.tui.frame.tools import TOOLS
from nqpf_assess.tui.widgets.list import How

GO_ON = _("Go to")
HERE = _("On this page")
MORE = _("More tools")
EVERYWHERE = _("Everywhere")
HOME = _("All assessments (start page)")
NONE = _("Nothing fits these letters.")
STEP_ABOUT: dict[str, Text] = {
    "place": _("name, year, fitting weights"),
    "questions": _("answer the questions"),
    "review": _("what is missing or contradicts"),
    "results": _("score, gaps, how sure, what if"),
    "plan": _("countermeasures that fit here"),
    "report": _("write the report: PDF, Word, web page"),
}
"""What stands beside each step."""

STEP_ALSO: dict[str, Text] = {
    "place": _("suggest recommend profile blend facts name"),
    "questions": _("answer fill in go on assess"),
    "review": _("evidence holders bureaus forms to send"),
    "results": _("explain why arithmetic calculation radar benchmark"),
    "plan": _("budget effort best set measures"),
    "report": _("print brief full official paper gongwen docx markdown html"),
}
HOME_ALSO = _("open new begin file sample start next year again")
"""Other words that people look for the steps and the start page by."""


class MenuPage(FilterPage):
    """Lists what can be done; a choice closes the menu first."""

    TITLE_WORDS: ClassVar[Text] = _("Menu")
    ACTS = (Act("close", "escape,f9", _("Back"), _("Back")), *PAGING)

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, CLOSE)

    def paint(self) -> None:
        """Fill the list; at first the step is marked from which one came, so that Enter leads back to it."""
        if self.list.cursor is None:
            self.list.show(self.rows(), at=f"app.go('{self._about.STEP}')")
        super().paint()

    def rows(self) -> tuple[Row, ...]:
        """List steps and acts; typed letters find them in both languages."""
        speech, wanted = self.speech, self.query_typed

        named = set[str]()

        def wished(action: str, id: str, words: Text, *more: Text | None) -> bool:
            """Note what is found by its name, and not by what is said of it alone."""
            if fits(wanted, " ".join((id, *words.values()))):
                named.add(action)
            said = " ".join(" ".join(words.values()) for words in more if words)
            return action in named or bool(said and fits(wanted, said))

        steps: list[Row] = []
        for number, (step, words) in enumerate(STEPS.items() if self.bench.desk else (), start=1):
            name, about = FIRM_STEP if step == "place" and self.bench.is_firm else words, STEP_ABOUT[step]
            key, action = str(number), f"app.go('{step}')"
            if wished(action, step, name, about, STEP_ALSO[step]):
                steps.append(Row(speech.tell(name), action, key=key, lead=f"{key}  ", tail=speech.tell(about)))
        if wished("app.home", "home", HOME, HOME_ALSO):
            steps.append(Row(speech.tell(HOME), "app.home", key="0", lead="0  "))

        groups = [(GO_ON, steps)]
        passed_over = ("", "app.menu", "close")
        for title, acts in ((HERE, self._about.ACTS), (MORE, TOOLS), (EVERYWHERE, COMMON)):
            found = [
                act
                for act in acts
                if act.action not in passed_over
                and self._about.check_action(act.action.partition("(")[0], ())
                and wished(act.action, act.id, act.words, act.also)
            ]
            rows = [Row(speech.tell(act.words), act.action, lead="   ", tail=speech.key(act)) for act in found]
            groups.append((title, rows))
        if wanted:  # what bears the name that is typed stands before what is only said to have to do with it
            groups.sort(key=lambda group: named.isdisjoint(row.id for row in group[1]))
        listed: list[Row] = []
        for title, rows in groups:
            listed += [*([BLANK] if listed else []), heading(speech.tell(title)), *rows] if rows else []
        return tuple(listed) or (quiet(speech.tell(NONE)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Close, then do it on the page below."""
        about = self._about
        self.dismiss(None)
        self.bench.soon(lambda: about.act(id))
