"""What the editors of questionnaires and rubrics share: changes are taken back and brought back, and saved by hand."""

from abc import abstractmethod
from itertools import takewhile
from typing import ClassVar

from nqpf_assess.locale import Text, _
from nqpf_assess.session.question_editing import QuestionEditing
from nqpf_assess.session.rubric_editing import ASIDE, RubricEditing
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.frame.page import COMMON, Page

UNDO = Act("undo", "ctrl+z", _("Take the last change back"))
REDO = Act("redo", "ctrl+y", _("Bring back what was taken back"))
SAVE = Act("save", "ctrl+s", _("Look at the changes and save"), _("Save"))
OWN = ("app.undo", "app.redo", "app.save")
NOTHING = _("Nothing has been changed.")
NOTHING_TO_UNDO = _("There is nothing to take back.")
NOTHING_TO_REDO = _("There is nothing to bring back.")
RESUMED = _("Changes that were not saved last time are here again; Ctrl+Z takes them back.")
LEAVING = _("Leave without saving?")
STAY = _("Stay")
BACK = _("Go on editing")


class EditingPage(Page):
    """A page with content that is open for editing, which is let go with the lowest page that has it."""

    editing: QuestionEditing | RubricEditing

    def on_unmount(self) -> None:
        """Let it go, also where the page was left for the start page and gave nothing back."""
        below = takewhile(lambda page: page is not self, self.bench.screen_stack)
        if not any(isinstance(page, EditingPage) and page.editing is self.editing for page in below):
            self.editing.close()


class EditorPage(EditingPage):
    """A page on which content is changed; nothing is written before somebody saved, and what was not is kept aside."""

    SHARED: ClassVar[tuple[Act, ...]] = tuple(act for act in COMMON if act.action not in OWN)

    @abstractmethod
    def saving(self) -> None:
        """Show what saving would change, to save it there."""

    def take_keys(self) -> None:
        """Show that something came back."""
        super().take_keys()
        if self.editing.resumed:
            self.say(RESUMED, "warn")
        elif self.editing.aside is not None:
            self.say(ASIDE, "warn", path=self.editing.aside)

    def unsay_of_before(self, *more: Text) -> None:
        """Take away what was said while nothing, or no more than what came back, was changed, once something is."""
        if self.editing.changed:
            self.unsay(NOTHING, NOTHING_TO_UNDO, *more)
        if not self.editing.resumed:
            self.unsay(RESUMED)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.hush()
        if not self.editing.undo():
            self.say(NOTHING_TO_UNDO)
        self.repaint()

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self.hush()
        if not self.editing.redo():
            self.say(NOTHING_TO_REDO)
        self.repaint()

    def action_save(self) -> None:
        """Show the difference, then save."""
        if self.editing.changed:
            self.saving()
        else:
            self.say(NOTHING)

    @property
    def half_done(self) -> bool:
        """Whether something is changed that neither the file nor a draft would hold."""
        return not self.editing.kept()
