"""Forms of the rubric editor for a part: its weight, or factor and target, with their reasons; their effect live."""

from abc import abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from nqpf_assess.files.editing import Adjusted, Conditioned, Edit, Removed, Together
from nqpf_assess.files.rules.judging import siblings
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import Adjustment
from nqpf_assess.session.rubric_editing import NO_COMMENT, NO_REASON, RubricEditing
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Part, Row, heading
from nqpf_assess.tui.editing import rubric_rows as view
from nqpf_assess.tui.frame.forms import TakingForm, in_languages, own_first
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.widgets.fields import PAUSE
from nqpf_assess.tui.widgets.list import How

FACTOR = _("Factor for the weight (1 = as it is, 0 = switched off)")
WEIGHT = _("Weight, in any unit (siblings are made to sum to 100 %)")
TARGET = _("Target, 0 to 100")
WHY_IN = _("Reason in {language} (printed in the report)")
WHY = _("Reason (kept as a comment in the file)")
WHERE = _("Only where … {condition}")
ALWAYS = _("(now: always)")
REMOVE = _("Take the adjustment away")
TARGET_WHY = _("Why the target lies there … {said}")
TARGET_WHY_IN = _("Why the target lies there, in {language} (empty: the weight's reason holds)")
AS_ABOVE = _("(the reason above)")
AIM = _("Target {target}")
SPEAKS_OF = _("Questions that the reason speaks of … {questions}")
NONE_NAMED = _("(none named)")
QUESTIONS = _("Ids of the questions that the reason speaks of, with commas between")
LIES_BELOW = _("Questions below this part")
STILL = _("The reason is still that of the old figures. Correct it, or take the change once more if it holds.")
WHICH = _("Which adjustment")
ANOTHER = _("Another adjustment for this part …")


BEFORE_BARS = 3
"""What can be done first stands above the bars, so that these are seen while a figure is typed; the rest below them."""


class EditForm(TakingForm):
    """A form whose effect on the sample is shown while it is typed."""

    LONGEST: ClassVar[int] = 1000
    LULL: ClassVar[float] = PAUSE  # each judgement reads and scores the whole file: not one a letter

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self.editing = editing
        self._judged: Edit | Refusal | None = None  # the change that was painted last

    # ---- what a form gives

    @abstractmethod
    def edit(self) -> Edit | Refusal:
        """Return the change as it is typed."""

    def watched(self) -> tuple[str, ...]:
        """Name the parts whose bars are shown."""
        return ()

    def besides(self) -> list[Row]:
        """Return what else the change does."""
        return []

    # ---- the form

    def value(self, id: str) -> str:
        """What stands in a field."""
        return self.field(id).value

    def paint(self) -> None:
        """Name the fields; show the effect, the siblings, and what can be done."""
        self.name_fields()
        typed = self.edit()
        speech, now = self.speech_in(self.size.width - EDGES), self.editing.preview(typed)
        lacks_reason = now.refusal is not None and now.refusal.why in (NO_REASON, NO_COMMENT)
        if lacks_reason:
            now = self.editing.preview(self.reasoned())  # the effect is seen while the reason is still to be written
        if now.refusal is None or lacks_reason:
            if typed != self._judged:  # what was said of the same change still holds, such as after a question above it
                self.hush()
                self.paint_status()
        elif any(self.value(id) for id, _name in self.fields()):
            self.say_plainly(self.speech.words(now.refusal.why), "warn")
        self._judged = typed
        before = self.editing.before()
        rows = [Row(parts=line or (Part(" "),)) for line in view.effect_lines(self.editing, now, speech)]
        edit = self.reasoned() if lacks_reason else typed
        notices, own = self.editing.warnings(edit), self.editing.own_key(edit)
        alarms = [
            Row(speech.sentences(notice.message, notice.hint), look="warn", lead=f"{speech.glyphs.alarm} ")
            for notice in notices
        ]
        mine = sum(bool(own) and notice.key.startswith(own) for notice in notices)
        rows += alarms[:mine]
        entries = self.entries()
        rows += [*entries[:BEFORE_BARS], BLANK, *self.besides()]
        bars = [view.node_row(self.editing, node, now, before, speech) for node in self.watched()]
        shown = [Row(parts=row.parts) for row in bars]
        rest = [*entries[BEFORE_BARS:], *alarms[mine:]]
        self.list.show([*rows, *shown, *([BLANK, *rest] if rest else [])], keep=True)

    def reasoned(self) -> Edit | Refusal:
        """Return the change with a stand-in for a reason that is still missing."""
        return self.edit()

    def taken(self) -> Refusal | None:
        """Make the change."""
        return self.editing.make(self.edit())

    def take(self, edit: Edit) -> None:
        """Make another change than the typed one and go back, or say at once why it cannot be."""
        self.settle(self.editing.make(edit))


def page_for_node(editing: RubricEditing, node: str) -> Page:
    """Return the form for a part; where it has several adjustments here, the list of them first."""
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
        self.bench.push_screen(AdjustmentForm(self._editing, self._node, index), self._done)

    def _done(self, _: None) -> None:
        self.dismiss(None)


class ArguedForm(EditForm):
    """A form of figures that are argued: a reason in every language stands behind them."""

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return the figures, then a reason in every language."""
        return (*self.FIELDS, *in_languages("why-", WHY_IN, self.editing.languages, self.speech.language))

    @abstractmethod
    def read(self, why: Mapping[str, str]) -> Edit | Refusal:
        """Return the change as it is typed, for these reasons."""

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self.read({language: self.value(f"why-{language}") for language in self.editing.languages})

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reasons were there."""
        return self.read(dict.fromkeys(self.editing.languages, "…"))


class AdjustmentForm(ArguedForm):
    """Factor, target and reasons of one adjustment of a profile."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("factor", FACTOR), ("target", TARGET))
    AUTO_FOCUS = "#factor"

    def __init__(self, editing: RubricEditing, node: str, index: int | None) -> None:
        super().__init__(editing)
        self._node, self._index, self._asked = node, index, False

    def title_text(self) -> str:
        """Return the part's title."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Return the adjustment as it stands."""
        if self._index is None:
            return {}
        change = self.editing.value.adjust[self._index]
        figures = {key: "" if (v := getattr(change, key)) is None else plain_number(v) for key in ("factor", "target")}
        return figures | {f"why-{language}": " ".join(words.split()) for language, words in change.why.items()}

    def read(self, why: Mapping[str, str]) -> Edit | Refusal:
        """Return the adjustment as it is typed."""
        figures = {key: self.value(key) for key in ("factor", "target")}
        return self.editing.typed_adjustment(self._node, self._index, **figures, why=why)

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
        change = self.editing.value.adjust[self._index]
        when = change.when
        words = self.speech.tell(ALWAYS) if when is None else view.condition_text(self.editing, when, self.speech)
        found = [("where", self.speech.tell(WHERE, condition=words)), ("remove", self.speech.tell(REMOVE))]
        if change.target is not None:
            said = self.speech.line(change.target_why) if change.target_why else self.speech.tell(AS_ABOVE)
            found.append(("target_why", self.speech.tell(TARGET_WHY, said=said)))
        named = self.speech.grammar.list(change.questions) or self.speech.tell(NONE_NAMED)
        return [*found, ("questions", self.speech.tell(SPEAKS_OF, questions=named))]

    def chose(self, id: str) -> None:
        """Change the condition, or take the adjustment away."""
        assert self._index is not None
        if id == "remove":
            self.take(Removed(self._index))
            return
        if id in ("target_why", "questions"):
            page = TargetReasonForm if id == "target_why" else SpokenOfForm
            self.bench.push_screen(page(self.editing, self._node, self._index))
            return
        from nqpf_assess.tui.editing.conditions import ConditionPage

        index = self._index
        when = self.editing.value.adjust[index].when
        self.bench.push_screen(ConditionPage(self.editing, when, lambda found: Conditioned(index, found)))


class ArgumentForm(EditForm):
    """What an adjustment argues besides its factor."""

    AUTO_FOCUS = "Input"

    def __init__(self, editing: RubricEditing, node: str, index: int) -> None:
        super().__init__(editing)
        self._node, self._index = node, index

    def title_text(self) -> str:
        """Return the part's title."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    @property
    def change(self) -> Adjustment:
        """The adjustment as it stands."""
        return self.editing.value.adjust[self._index]


class TargetReasonForm(ArgumentForm):
    """Why the target lies where it does, where that is not the reason of the weight."""

    REPLACES = False

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return a reason in every language."""
        return in_languages("", TARGET_WHY_IN, self.editing.languages, self.speech.language)

    def filled(self) -> Mapping[str, str]:
        """Return the reasons as they stand."""
        return {code: " ".join((self.change.target_why or {}).get(code, "").split()) for code in self.editing.languages}

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        words = {code: self.value(code) for code in self.editing.languages}
        return self.editing.typed_argument(self._index, target_why=words)

    def besides(self) -> list[Row]:
        """Show what stands beside which figure."""
        change, rows = self.change, []
        for code in own_first(self.editing.languages, self.speech.language):
            target = tell(AIM, code, target=plain_number(change.target or Decimal(0)))
            why = self.value(code).strip() or tell(change.why, code)
            rows.append(Row(grammar(code).sentence(f"{target}{grammar(code).colon}{why}")))
        return [*rows, BLANK]


class SpokenOfForm(ArgumentForm):
    """The questions that a reason speaks of, by their ids."""

    FIELDS: ClassVar[tuple[tuple[str, Text], ...]] = (("questions", QUESTIONS),)

    def filled(self) -> Mapping[str, str]:
        """Return the ids as they stand."""
        return {"questions": ", ".join(self.change.questions)}

    def edit(self) -> Edit | Refusal:
        """Read the form."""
        return self.editing.typed_argument(self._index, questions=self.value("questions"))

    def besides(self) -> list[Row]:
        """List the questions below the part."""
        questionnaire = self.editing.book.value
        asked, dimensions = questionnaire.questions, questionnaire.dimensions
        above = {id: (id, question.dimension, dimensions[question.dimension].pillar) for id, question in asked.items()}
        below = [id for id, nodes in above.items() if self._node in nodes]
        rows = [Row(f"{id}  {self.speech.line(asked[id].text)}", look="quiet", whole=False) for id in below]
        return [heading(self.speech.tell(LIES_BELOW)), *rows, BLANK]


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

    def title_text(self) -> str:
        """Return the part's title."""
        return self.speech.line(title_of(self.editing.book.value, self._node))

    def filled(self) -> Mapping[str, str]:
        """Return weight and target as they stand."""
        value = self.editing.value
        tables = (("weight", value.weights), ("target", value.targets))
        return {id: plain_number(table[self._node]) if self._node in table else "" for id, table in tables}

    def _read(self, why: str) -> Edit | Refusal:
        was, edits = self.filled(), []
        for id, table in (("weight", "weights"), ("target", "targets")):
            if self.value(id).strip() == was[id]:
                continue
            edit = self.editing.typed_weight(table, self._node, value=self.value(id), why=why)
            if isinstance(edit, Refusal):
                return edit
            edits.append(edit)
        return Together(tuple(edits))

    def edit(self) -> Edit | Refusal:
        """Read the form: what differs of weight and target, as one change."""
        return self._read(self.value("why"))

    def reasoned(self) -> Edit | Refusal:
        """Read it as if the reason were there."""
        return self._read("…")

    def watched(self) -> tuple[str, ...]:
        """Show the part among its siblings."""
        return family(self.editing, self._node)
