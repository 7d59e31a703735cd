"""Pairwise comparison (AHP) in the rubric editor: one pair at a time, the ratio live, help where they disagree."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import ClassVar

from textual.widget import Widget

from nqpf_assess.engine.ahp import Pair as Doubtful
from nqpf_assess.engine.ahp import Panel
from nqpf_assess.engine.ahp.matrix import as_written
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.text import Text, text
from nqpf_assess.pages.ahp import MARK, PILLARS, SCALE_WORDS, pair_words, ratio, reason_of, verdict
from nqpf_assess.report.wording import percent
from nqpf_assess.session.judging_pairs import STEPS, Judging, Pair
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, EDGES, Line, Part, Row, heading, quiet
from nqpf_assess.tui.screens.dialogs import AskPage
from nqpf_assess.tui.screens.listing import CHOOSE, CLOSE, ListPage
from nqpf_assess.tui.views.frame import bar
from nqpf_assess.tui.widgets.drawn import Drawn
from nqpf_assess.tui.widgets.rows import How, Rows

TITLE = text(en="Compare in pairs: {group}", zh="两两比较：{group}")
COUNT = text(en="pair {number} of {all}", zh="第 {number} 对，共 {all} 对")
QUESTION = text(en="Which counts more, and how much?", zh="哪一项更重要，重要多少？")
MORE = text(en="“{one}” {words}", zh="“{one}”{words}")
EQUAL = text(en="both equally important", zh="两者同样重要")
STRONGER = Act("nudge(-1)", "left", text(en="A half step towards the first", zh="向前一项加半级"))
WEAKER = Act(
    "nudge(1)", "right", text(en="A half step towards the second", zh="向后一项加半级"), text(en="half step", zh="半级")
)
LEFT = text(en="{count} pairs are still to be judged", zh="还有 {count} 对未比较")
CONSISTENCY = text(en="consistency ratio {ratio}: {verdict}", zh="一致性比率 {ratio}：{verdict}")
RESULT = text(en="What the judgements say", zh="判断结果")
AGAIN = text(en="These fit least with the rest; Enter judges one again", zh="以下判断与其余最不一致，按回车重新比较")
EXPERTS = text(en="Experts, combined by the geometric mean", zh="各位专家（按几何平均合成）")
TAKE = text(en="Take these weights, and keep the judgements in the file", zh="采用这些权重，判断保留在文件中")
ALL_AGAIN = text(en="Go through the pairs again", zh="重新逐对比较")
ANOTHER = text(en="Judge as another expert …", zh="换一位专家比较……")
WHO = text(en="Whose judgements are these?", zh="由谁比较？")
ASK_WHO = text(
    en="The expert's name, or what he or she stands for. Judgements that are in the file already are taken up.",
    zh="填写专家姓名或代表单位；文件中已有的判断会接着使用。",
)
TWO = text(en="There are fewer than two parts to compare.", zh="不足两项，无需比较。")
TAKEN = text(en="The weights follow the judgements now.", zh="权重已按判断调整。")

SHOWN: tuple[Fraction, ...] = tuple(step for step in STEPS if max(step, 1 / step) % 2 == 1)
"""The nine steps that have a row and a digit each; the arrows reach those between."""


class ExpertPage(AskPage):
    """Asks for an expert's name."""

    TITLE_WORDS: ClassVar[Text] = WHO
    ASKED: ClassVar[Text] = ASK_WHO


class _PairsPage(ListPage):
    """What the pages of the comparison share."""

    def __init__(self, judging: Judging) -> None:
        super().__init__()
        self.judging = judging

    @property
    def editing(self) -> RubricEditing:
        """The rubric."""
        return self.judging.editing

    def named(self, node: str) -> str:
        """Give a part's title."""
        return self.speech.line(title_of(self.editing.book.value, node))

    def title_said(self) -> str:
        """Name the whole, and whose judgements they are."""
        group = self.named(self.judging.of) if self.judging.of else self.speech.tell(PILLARS)
        by = f" ({self.judging.by})" if self.judging.by else ""
        return self.speech.tell(TITLE, group=group) + by

    def standing(self) -> str:
        """Say how consistent the judgements are, or how many are lacking."""
        panel = self.judging.panel()
        if panel is None:
            return self.speech.tell(LEFT, count=len(self.judging.pairs) - len(self.judging.given))
        words = self.speech.tell(verdict(panel.found, len(panel.members)))
        return self.speech.tell(CONSISTENCY, ratio=ratio(panel.found), verdict=words)


class PairPage(_PairsPage):
    """One pair to judge; gives back whether to go on."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, STRONGER, WEAKER)

    def __init__(self, judging: Judging, pair: Pair) -> None:
        super().__init__(judging)
        self._pair = pair

    def body(self) -> Iterable[Widget]:
        """Hang up the standing above the list."""
        yield Drawn(id="tabs")
        yield Rows(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, WEAKER, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """Ask, with the steps of the scale in words."""
        one, other = (self.named(self.judging.members[place]) for place in self._pair)
        place = self.judging.pairs.index(self._pair) + 1
        count = self.speech.tell(COUNT, number=place, all=len(self.judging.pairs))
        steps = [self._step(step, one, other) for step in self._steps()]
        return (heading(f"{one}  ↔  {other}", count), Row(self.speech.tell(QUESTION)), BLANK, *steps)

    def _steps(self) -> tuple[Fraction, ...]:
        """Give the nine steps with a row, and the one judged where it lies between."""
        held = self.judging.given.get(self._pair)
        return SHOWN if held is None else tuple(sorted({*SHOWN, held}, reverse=True))

    def _step(self, step: Fraction, one: str, other: str) -> Row:
        held = self.judging.given.get(self._pair) == step
        sign = self.speech.glyphs.chosen if held else self.speech.glyphs.free
        key = str(SHOWN.index(step) + 1) if step in SHOWN else ""
        return Row(
            self._words(step, one, other),
            id=str(step),
            key=key,
            lead=f"{key or ' '}  {sign} ",
            tail=as_written(float(step)),
        )

    def _words(self, step: Fraction, one: str, other: str) -> str:
        if step == 1:
            return self.speech.tell(EQUAL)
        size = max(step, 1 / step)
        words = SCALE_WORDS.get(int(size)) if size.denominator == 1 else None
        said = self.speech.tell(words) if words else as_written(float(size))
        return self.speech.tell(MORE, one=one if step > 1 else other, words=said)

    def paint(self) -> None:
        """Draw the standing and the steps; the cursor begins on the one judged."""
        held = self.judging.given.get(self._pair)
        self.query_one("#tabs", Drawn).show([(Part(f" {self.standing()}", "strong"),)])
        self.list.show(self.rows(), at=str(held) if held else None, keep=True)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Judge the pair and go on."""
        self.judging.judge(self._pair, Fraction(id))
        self.dismiss(self._pair)

    def action_nudge(self, by: int) -> None:
        """Move the judgement by half a step and stay; the ratio moves along."""
        held = self.judging.given.get(self._pair, Fraction(1))
        near = min(range(len(STEPS)), key=lambda place: abs(float(STEPS[place] - held)))
        self.judging.judge(self._pair, STEPS[max(0, min(len(STEPS) - 1, near + by))])
        self.repaint()

    def action_close(self) -> None:
        """Stop comparing; what is judged stays for now."""
        self.dismiss(None)


class PairsPage(_PairsPage):
    """What the judgements say so far: weights, ratio, the pairs that fit least, the experts; and what to do with it."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE,)

    def on_mount(self) -> None:
        """Begin with the first pair that is not judged."""
        super().on_mount()
        self.call_after_refresh(self._next, None)

    def _next(self, after: Pair | None) -> None:
        pair = self.judging.open_pair(after)
        if pair is not None:
            self.boss.push_screen(PairPage(self.judging, pair), self._judged)

    def _judged(self, pair: Pair | None) -> None:
        self.repaint()
        if pair is not None and self.judging.open_pair(pair) is not None:
            self._next(pair)

    def rows(self) -> tuple[Row, ...]:
        """List weights with bars, the standing, doubtful pairs, experts, acts."""
        panel = self.judging.panel()
        rows: list[Row] = [heading(self.speech.tell(RESULT))]
        if panel is not None:
            rows += [Row(parts=self._weight(panel, place)) for place in range(len(panel.members))]
        look = "plain" if panel is None or panel.found.consistent else "warn"
        rows += [Row(self.standing(), look=look), BLANK, *self._acts(panel)]  # type: ignore[arg-type]
        if panel is not None:
            rows += [*self._doubtful(panel), *self._experts(panel)]
        return tuple(rows)

    def _weight(self, panel: Panel, place: int) -> Line:
        share, room = panel.found.weights[place], max(10, self.size.width - EDGES - 26)
        name = pad(self.named(panel.members[place]), min(44, room))
        return (Part(name), *bar(self.speech, share, 1, 16), Part(pad(percent(share, 1), 9, right=True), "strong"))

    def _acts(self, panel: Panel | None) -> Iterator[Row]:
        acts = [("take", TAKE)] if panel is not None else []
        for number, (id, words) in enumerate([*acts, ("again", ALL_AGAIN), ("expert", ANOTHER)], start=1):
            yield Row(self.speech.tell(words), id=id, key=str(number), lead=f"{number}  ")

    def _doubtful(self, panel: Panel) -> Iterator[Row]:
        if panel.found.consistent or not panel.worst:
            return
        yield BLANK
        yield quiet(self.speech.tell(AGAIN))
        for pair in panel.worst:
            yield Row(self._doubt(panel, pair), id=f"pair:{pair.one}:{pair.other}", lead="  ")

    def _doubt(self, panel: Panel, pair: Doubtful) -> str:
        return pair_words(pair, panel.members, self.named, self.speech.language)

    def _experts(self, panel: Panel) -> Iterator[Row]:
        if len(panel.experts) < 2:
            return
        yield BLANK
        yield heading(self.speech.tell(EXPERTS))
        for expert in panel.experts:
            fine = expert.found.consistent or expert.found.ratio is None
            mark = "" if fine else self.speech.tell(MARK)
            yield Row(f"{expert.name}: CR {ratio(expert.found)}{mark}", look="plain" if fine else "warn")

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what a row is for."""
        if id == "take":
            self._take()
        elif id == "again":
            self.judging.given = {}
            self._next(None)
        elif id == "expert":
            self.boss.push_screen(ExpertPage(), self._as_expert)
        else:
            one, other = (int(part) for part in id.split(":")[1:])
            self.boss.push_screen(PairPage(self.judging, (one, other)), lambda _: self.repaint())

    def _as_expert(self, name: str | None) -> None:
        if name is None:
            return
        self.judging.take_up(name)
        self.repaint()
        self._next(None)

    def _take(self) -> None:
        refusal = self.editing.make_all(self.judging.edits(reason_of))
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")
            return
        self.dismiss(TAKEN)

    def action_close(self) -> None:
        """Go back without taking anything."""
        self.dismiss(None)
