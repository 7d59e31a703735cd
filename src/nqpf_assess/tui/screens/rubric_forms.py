"""Forms of the rubric editor: a part's weight or factor and target, a rule, a band, a floor; live all the while."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from nqpf_assess.files.editing import Adjusted, Conditioned, Edit, Removed
from nqpf_assess.files.rules.judging import siblings
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.rubric_editing import NO_REASON, Preview, RubricEditing
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.rows import BLANK, EDGES, Part, Row
from nqpf_assess.tui.screens.forms import TakingForm, in_languages
from nqpf_assess.tui.screens.listing import ListPage
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.views import rubric as view
from nqpf_assess.tui.widgets.rows import How

FACTOR = text(en="Factor for the weight (1 = as it is, 0 = switched off)", zh="权重系数（1 为不变，0 为关闭）")
WEIGHT = text(en="Weight, in any unit (siblings are made to sum to 100 %)", zh="权重（任意单位，同组自动归一）")
TARGET = text(en="Target, 0 to 100", zh="目标分，0 至 100")
WHY_IN = text(en="Reason in {language} (printed in the report)", zh="{language}理由（写入报告）")
WHY = text(en="Reason (kept as a comment in the file)", zh="理由（以注释写入文件）")
WHERE = text(en="Only where … {condition}", zh="适用条件…… {condition}")
ALWAYS = text(en="(now: always)", zh="（目前：始终适用）")
REMOVE = text(en="Take the adjustment away", zh="删除这条调整")
STILL = text(
    en="The reason is still that of the old figures. Correct it, or take the change once more if it holds.",
    zh="理由仍是原来数值的理由。请修改；如仍然成立，请再选一次采用。",
)
WHICH = text(en="Which adjustment", zh="选择调整")
ANOTHER = text(en="Another adjustment for this part …", zh="为此项另加一条调整……")


class EditForm(TakingForm):
    """A form whose effect on the sample is shown while it is typed."""

    LONGEST: ClassVar[int] = 1000

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self.editing = editing

    # ---- what a form gives

    @abstractmethod
    def edit(self) -> Edit | Refusal:
        """Give the change as it is typed."""

    def watched(self) -> tuple[str, ...]:
        """Name the parts whose bars are shown."""
        return ()

    def besides(self) -> list[Row]:
        """Give what else the change does."""
        return []

    # ---- the form

    def value(self, id: str) -> str:
        """What stands in a field."""
        return self.field(id).value

    def paint(self) -> None:
        """Name the fields; show the effect, the siblings, and what can be done."""
        self.name_fields()
        self.list.show(self._rows(), keep=True)

    def _rows(self) -> list[Row]:
        speech = self.speech_in(self.size.width - EDGES)
        now, before = self._now(), self.editing.before()
        lines = view.effect_lines(self.editing, now, speech)
        rows = [Row(parts=line or (Part(" "),)) for line in lines]
        rows += [*self.entries(), BLANK]
        bars = [view.node_row(self.editing, node, now, before, speech) for node in self.watched()]
        return [*rows, *self.besides(), *(Row(parts=row.parts) for row in bars)]

    def _now(self) -> Preview:
        found = self.editing.preview(self.edit())
        trouble = found.refusal
        if trouble is None or trouble.why == NO_REASON:
            self.hush()
            self.paint_status()
        elif any(self.value(id) for id, _ in self.fields()):
            self.say_plainly(self.speech.words(trouble.why), "warn")
        return self._without_reason() if trouble is not None and trouble.why == NO_REASON else found

    def _without_reason(self) -> Preview:
        """Show the effect also while the reason is still to be written."""
        return self.editing.preview(self.reasoned())

    def reasoned(self) -> Edit | Refusal:
        """Give the change with a stand-in for a reason that is still missing."""
        return self.edit()

    def taken(self) -> Refusal | None:
        """Make the change."""
        return self.editing.make(self.edit())

    def take(self, edit: Edit) -> None:
        """Make another change than the typed one and go back, or say at once why it cannot be."""
        self.settle(self.editing.make(edit))


def page_for_node(editing: RubricEditing, node: str) -> Page:
    """Give the form for a part; where it has several adjustments here, the list of them first."""
    if editing.is_baseline:
        return WeightForm(editing, node)
    own = editing.own(node)
    return AdjustmentsPage(editing, node) if len(own) > 1 else AdjustmentForm(editing, node, own[0][0] if own else None)


class AdjustmentsPage(ListPage):
    """Lists the adjustments of one part, and one more."""

    TITLE_WORDS: ClassVar[Text] = WHICH

    def __init__(self, editing: RubricEditing, node: str) -> None:
        super().__init__()
        self._editing, self._node = editing, node

    def rows(self) -> tuple[Row, ...]:
        """List them with condition and reason."""
        rows: list[Row] = []
        for index, change in self._editing.own(self._node):
            first, *rest = view.adjustment_rows(self._editing, change, self.speech)
            rows += [Row(first.text, id=str(index)), *rest]
        return (*rows, BLANK, Row(self.speech.tell(ANOTHER), id="new"))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Change one."""
        index = None if id == "new" else int(id)
        self.boss.push_screen(AdjustmentForm(self._editing, self._node, index), self._done)

    def _done(self, _: None) -> None:
        self.dismiss(None)


class AdjustmentForm(EditForm):
    """Factor, target and reasons of one adjustment of a profile."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("factor", FACTOR), ("target", TARGET))
    AUTO_FOCUS = "#factor"

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Give the figures, then a reason in every language."""
        return (*self.FIELDS, *in_languages("why-", WHY_IN, self.editing.languages))

    def __init__(self, editing: RubricEditing, node: str, index: int | None) -> None:
        super().__init__(editing)
        self._node, self._index, self._asked = node, index, False

    def title_said(self) -> str:
        """Give the part's title."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Give the adjustment as it stands."""
        if self._index is None:
            return {}
        change = self.editing.value.adjust[self._index]
        figures = {key: "" if (v := getattr(change, key)) is None else plain_number(v) for key in ("factor", "target")}
        return figures | {f"why-{language}": " ".join(said.split()) for language, said in change.why.items()}

    def _read(self, why: Mapping[str, str]) -> Edit | Refusal:
        figures = {key: self.value(key) for key in ("factor", "target")}
        return self.editing.typed_adjustment(self._node, self._index, **figures, why=why)

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self._read({language: self.value(f"why-{language}") for language in self.editing.languages})

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reasons were there."""
        return self._read(dict.fromkeys(self.editing.languages, "…"))

    def taken(self) -> Refusal | None:
        """Make the change; where the figures are new and the reason is the old one, ask once whether it still holds."""
        was, edit = self.filled(), self.edit()
        differs = {id for id, _ in self.fields() if self.value(id).strip() != was.get(id, "").strip()}
        if isinstance(edit, Adjusted) and was and differs & {"factor", "target"} and not self._asked:
            self._asked = True
            if not any(id.startswith("why") for id in differs):
                return Refusal(STILL)
        return self.editing.make(edit)

    def watched(self) -> tuple[str, ...]:
        """Show the part among its siblings."""
        return family(self.editing, self._node)

    def choices(self) -> list[tuple[str, str]]:
        """Offer the condition and the way out of an adjustment that is there."""
        if self._index is None:
            return []
        when = self.editing.value.adjust[self._index].when
        said = self.speech.tell(ALWAYS) if when is None else view.said(self.editing, when, self.speech)
        return [("where", self.speech.tell(WHERE, condition=said)), ("remove", self.speech.tell(REMOVE))]

    def chose(self, id: str) -> None:
        """Change the condition, or take the adjustment away."""
        assert self._index is not None
        if id == "remove":
            self.take(Removed(self._index))
            return
        from nqpf_assess.tui.screens.rubric_conditions import ConditionPage

        index = self._index
        when = self.editing.value.adjust[index].when
        self.boss.push_screen(ConditionPage(self.editing, when, lambda found: Conditioned(index, found)))


def family(editing: RubricEditing, node: str) -> tuple[str, ...]:
    """Name a part and its siblings."""
    return siblings(editing.book.value, parent_of(editing, node))


def parent_of(editing: RubricEditing, node: str) -> str:
    """Name the whole that a part belongs to, "" for a pillar."""
    questionnaire = editing.book.value
    if node in questionnaire.dimensions:
        return questionnaire.dimensions[node].pillar
    question = questionnaire.questions.get(node)
    return question.dimension if question else ""


class WeightForm(EditForm):
    """Weight and target of a part in a baseline, each change with one reason."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("weight", WEIGHT), ("target", TARGET), ("why", WHY))
    AUTO_FOCUS = "#weight"

    def __init__(self, editing: RubricEditing, node: str) -> None:
        super().__init__(editing)
        self._node = node

    def title_said(self) -> str:
        """Give the part's title."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Give weight and target as they stand."""
        value = self.editing.value
        tables = (("weight", value.weights), ("target", value.targets))
        return {id: plain_number(table[self._node]) if self._node in table else "" for id, table in tables}

    def _edits(self, why: str) -> list[Edit | Refusal]:
        was = self.filled()
        tables = (("weight", "weights"), ("target", "targets"))
        return [
            self.editing.typed_weight(table, self._node, value=self.value(id), why=why)
            for id, table in tables
            if self.value(id).strip() != was[id]
        ]

    def edit(self) -> Edit | Refusal:
        """Read the form; the weight first."""
        found = self._edits(self.value("why"))
        return found[0] if found else Refusal(NO_REASON)

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        found = self._edits("…")
        return found[0] if found else Refusal(NO_REASON)

    def take(self, edit: Edit | Refusal) -> None:
        """Take weight and target, one after the other; what cannot be taken is said."""
        for found in self._edits(self.value("why")) or [edit]:
            refusal = self.editing.make(found)
            if refusal is not None:
                self.say_plainly(self.speech.words(refusal.why), "warn")
                return
        self.dismiss(None)

    def watched(self) -> tuple[str, ...]:
        """Show the part among its siblings."""
        return family(self.editing, self._node)
