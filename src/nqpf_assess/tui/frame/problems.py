"""Why a file cannot be used, as a page and as rows."""

from pathlib import Path

from nqpf_assess.locale import _
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, Row, quiet
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.lists import CLOSE, ListPage
from nqpf_assess.tui.frame.page import HELP, MENU
from nqpf_assess.tui.frame.tools import in_app


def fault_rows(fault: UserError, speech: Speech) -> tuple[Row, ...]:
    """Say what is wrong and what to do, then every line at fault."""
    rows = [Row(speech.words(fault.message), look="bad")]
    rows += [Row(speech.words(in_app(fault.hint)))] if fault.hint else []
    for problem in getattr(fault, "problems", ()):
        head = problem.told(speech.language).partition("\n")[0]
        rows += [BLANK, Row(head), quiet(speech.words(in_app(problem.hint)), lead="  ")]
    return tuple(rows)


class ProblemsPage(ListPage):
    """Shows why a file cannot be opened, with every line at fault."""

    TITLE_WORDS = _("This cannot be opened")

    def __init__(self, fault: UserError, file: Path | None = None) -> None:
        """`file`: the answers that were to be opened."""
        super().__init__()
        self._fault, self.file = fault, file

    def hinted(self) -> tuple[Act, ...]:
        """Show the way back; there is nothing to choose."""
        return (CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Return it, then list the problems."""
        return (BLANK, *fault_rows(self._fault, self.speech))
