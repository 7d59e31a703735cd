"""Which weights fit here: the profiles with why, one profile in full, corrections by hand."""

from typing import ClassVar

from textual import on

from nqpf_assess.engine.profiles import Suggestion
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.overriding import corrected, held, without
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Row, quiet
from nqpf_assess.tui.screens.forms import NEXT_FIELD, FormPage
from nqpf_assess.tui.screens.listing import CLOSE, PAGING, ListPage
from nqpf_assess.tui.views.profiles import ledger_rows, profile_detail, profile_rows
from nqpf_assess.tui.widgets.rows import How, Rows

CHOSEN = text(en="Now in use: {name}", zh="已采用：{name}")
ON_TO_QUESTIONS = Act(
    "app.go('questions')", "2", text(en="On to the questions", zh="进入作答"), text(en="Questions", zh="作答")
)


class ProfilesPage(ListPage):
    """Lists the profiles; the suggested one first."""

    TITLE_WORDS: ClassVar[Text] = text(en="Which weights fit here", zh="适合的权重方案")
    ACTS = (CLOSE, *PAGING, ON_TO_QUESTIONS)
    EXPLAINED = (
        text(
            en="The profile that fits the local conditions best stands first, with the facts that speak for it. Enter "
            "shows exactly which weights and targets it would move; nothing changes until you take it.",
            zh="与本地条件最相符的方案排在最前，并列出依据。按回车可看到它会调整哪些权重和目标；采用之前不作任何改动。",
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show the way on."""
        return (*super().hinted()[:2], ON_TO_QUESTIONS, *super().hinted()[2:])

    def rows(self) -> tuple[Row, ...]:
        """List the profiles."""
        session = self.boss.session
        return profile_rows(session, session.suggested(), self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Tell one in full."""
        self.boss.push_screen(ProfilePage(id), self._taken)

    def _taken(self, name: Text | None) -> None:
        if name is not None:
            self.say(CHOSEN, "good", name=name)


class ProfilePage(ListPage):
    """Tells one profile in full, to take or to leave."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self._profile = id

    @property
    def _suggestion(self) -> Suggestion:
        return next(s for s in self.boss.session.suggested() if s.profile.id == self._profile)

    def title_said(self) -> str:
        """Give the profile's name."""
        return self.speech.line(self._suggestion.profile.name)

    def rows(self) -> tuple[Row, ...]:
        """Tell it."""
        return profile_detail(self.boss.session, self._suggestion, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take it."""
        chain = self._suggestion.chain
        self.boss.changed(self.boss.session.choose_profile(chain))
        self.dismiss(chain[-1].name)


class OverridesPage(ListPage):
    """Lists weights and targets as they apply here, to correct them by hand."""

    TITLE_WORDS: ClassVar[Text] = text(en="Weights and targets here", zh="本地权重与目标")

    def rows(self) -> tuple[Row, ...]:
        """List pillars and dimensions."""
        return ledger_rows(self.boss.session, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Correct one."""
        self.boss.push_screen(OverridePage(id))


FACTOR = text(en="Factor for the weight (1 = as it is, 0 = switched off)", zh="权重系数（1 为不变，0 为关闭）")
TARGET = text(en="Target, 0 to 100", zh="目标分，0 至 100")
REASON = text(en="Reason (printed in the report)", zh="理由（写入报告）")
SAVE = text(en="Take this correction", zh="采用这项调整")
REMOVE = text(en="Take the correction away", zh="取消这项调整")


class OverridePage(FormPage):
    """A form: factor, target, reason."""

    ACTS = (CLOSE,)
    AUTO_FOCUS = "#factor"
    FIELDS = (("factor", FACTOR), ("target", TARGET), ("why", REASON))
    GO = "save"
    LONGEST = 1000

    def __init__(self, node: str) -> None:
        super().__init__()
        self._node = node

    def on_mount(self) -> None:
        """Fill the fields with the correction there is."""
        override = held(self.boss.session, self._node)
        for id, _ in self.FIELDS:
            value = getattr(override, id, None)
            self.field(id).value = "" if value is None else self.speech.line({"en": str(value)})
        super().on_mount()

    def title_said(self) -> str:
        """Give the node's title."""
        return self.speech.line(title_of(self.boss.session.instrument.questionnaire, self._node))

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return (NEXT_FIELD, CLOSE)

    def paint(self) -> None:
        """Name the fields and list what can be done."""
        self.name_fields()
        rows = [Row(self.speech.tell(SAVE), id="save", key="1", lead="1  ")]
        if held(self.boss.session, self._node):
            rows.append(Row(self.speech.tell(REMOVE), id="remove", key="2", lead="2  "))
        self.list.show([*rows, BLANK, quiet("")], keep=True)

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        session = self.boss.session
        typed = {id: self.field(id).value for id, _ in self.FIELDS}
        found = without(session, self._node) if message.id == "remove" else corrected(session, self._node, **typed)
        if isinstance(found, Refusal):
            self.say(found.why, "warn")
            return
        self.boss.changed(session.override(found))
        self.dismiss(None)

    def action_close(self) -> None:
        """Go back without a correction."""
        self.dismiss(None)
