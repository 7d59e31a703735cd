"""Pairwise comparison (AHP) in the rubric editor: one pair at a time, the ratio live, help where they disagree."""

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from textual.widget import Widget

from nqpf_assess.engine.ahp.matrix import as_written
from nqpf_assess.locale import Text, _, _n, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.pages.ahp import MARK, PILLARS, SCALE_WORDS, by_condition, pair_words, ratio, reason_of, verdict
from nqpf_assess.report.wording import percent
from nqpf_assess.session.judging_pairs import STEPS, Judging, Pair
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Look, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import bar, numbered
from nqpf_assess.tui.frame.dialogs import HoldingPage, LinePage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, ListPage
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import How, RowList

TITLE = _("Compare in pairs: {group}")
COUNT = _("pair {number} of {all}")
QUESTION = _("Which counts more, and how much?")
MORE = _("“{one}” {words}")
EQUAL = _("both equally important")
STRONGER = Act("nudge(-1)", "left", _("A half step towards the first"))
WEAKER = Act("nudge(1)", "right", _("A half step towards the second"), _("half step"))
LEFT = _n("{count} pair is still to be judged", "{count} pairs are still to be judged")
CONSISTENCY = _("consistency ratio {ratio}: {verdict}")
RESULT = _("What the judgements say")
AGAIN = _("These fit least with the rest; Enter judges one again")
NAMESAKES = _(
    "{count} experts in the file are called “{name}”: these are the judgements of the first of them, and all count"
)
NAMELESS = _("{count} experts in the file have no name: these are the judgements of the first of them, and all count")
OTHER_PARTS = _(
    "The file also holds judgements that compare other parts, one of them perhaps switched off since; they do not "
    "count here: {experts}"
)
EXPERTS = _("Experts, combined by the geometric mean")
TAKE = _("Take these weights, and keep the judgements in the file")
GO_ON = _("Go on with the pairs that are open")
ALL_AGAIN = _("Go through the pairs again")
ANOTHER = _("Judge as another expert …")
WHO = _("Whose judgements are these?")
ASK_WHO = _("The expert's name, or what he or she stands for. Judgements that are in the file already are taken up.")
TWO = _("There are fewer than two parts to compare.")
TAKEN = _("The weights follow the judgements now.")
NOT_TAKEN = _("These judgements are not in the file yet")
FIRST_TAKE = _("These judgements are not in the file yet: take them first, or go back and drop them.")
STAY = _("Go on comparing")
DROP = _("Drop the judgements and go back")

SHOWN: tuple[Fraction, ...] = tuple(step for step in STEPS if max(step, 1 / step) % 2 == 1)
"""The nine steps that have a row and a digit each; the arrows reach those between."""


class ExpertPage(LinePage):
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

    def named(self, node: str, *, briefly: bool = False) -> str:
        """Return a part's title; `briefly`: its short one, where it has one."""
        questionnaire = self.editing.book.value
        part = (questionnaire.pillars.get(node) or questionnaire.dimensions.get(node)) if briefly else None
        return self.speech.line((part and part.short) or title_of(questionnaire, node))

    def title_text(self) -> str:
        """Name the whole, and whose judgements they are."""
        group = self.named(self.judging.of) if self.judging.of else self.speech.tell(PILLARS)
        by = f" ({self.judging.by})" if self.judging.by else ""
        return self.speech.tell(TITLE, group=group) + by

    def remarks(self) -> Iterable[Row]:
        """Say which judgements of the file these are, and which of it do not count."""
        speech, judging = self.speech, self.judging
        if judging.namesakes > 1:
            words = NAMESAKES if judging.by else NAMELESS
            yield quiet(speech.tell(fill(words, count=judging.namesakes, name=judging.by)))
        if others := judging.held(counted=False):
            experts = listed(entry.by or f"{number}" for number, entry in enumerate(others, start=1))
            yield quiet(speech.tell(OTHER_PARTS, experts=experts))

    def standing(self) -> str:
        """Return how consistent the judgements are, or how many are lacking."""
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
        """Compose the standing above the list."""
        yield LineBlock(id="tabs")
        yield RowList(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, WEAKER, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """Ask, with the nine steps of the scale in words, and the one judged where it lies between."""
        speech, held = self.speech, self.judging.given.get(self._pair)
        one, other = (self.named(self.judging.members[place]) for place in self._pair)
        place = self.judging.pairs.index(self._pair) + 1
        count = speech.tell(COUNT, number=place, all=len(self.judging.pairs))
        pair = "  ↔  ".join(self.named(self.judging.members[place], briefly=True) for place in self._pair)
        rows = [heading(pair, count), *self.remarks(), Row(speech.tell(QUESTION)), BLANK]
        for step in SHOWN if held is None else sorted({*SHOWN, held}, reverse=True):
            size = max(step, 1 / step)
            words = SCALE_WORDS.get(int(size)) if size.denominator == 1 else None
            more = speech.tell(words) if words else as_written(float(size))
            text = EQUAL if step == 1 else fill(MORE, one=one if step > 1 else other, words=more)
            sign = speech.glyphs.chosen if step == held else speech.glyphs.free
            key = str(SHOWN.index(step) + 1) if step in SHOWN else ""
            lead, tail = f"{key or ' '}  {sign} ", as_written(float(step))
            rows.append(Row(speech.tell(text), id=str(step), key=key, lead=lead, tail=tail))
        return tuple(rows)

    def paint(self) -> None:
        """Draw the standing and the steps; the cursor begins on the one judged, else on “equal”."""
        held = self.judging.given.get(self._pair, None if self.list.current else Fraction(1))
        self.query_one("#tabs", LineBlock).show([(Part(f" {self.standing()}", "strong"),)])
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


class PairsPage(HoldingPage, _PairsPage):
    """What the judgements say so far: weights, ratio, the pairs that fit least, the experts; and what to do with it."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE,)
    HELD_WORDS: ClassVar[Text] = NOT_TAKEN
    STAY_WORDS: ClassVar[Text] = STAY
    TAKE_WORDS: ClassVar[Text] = TAKE
    DROP_WORDS: ClassVar[Text] = DROP

    def on_mount(self) -> None:
        """Begin with the first pair that is not judged."""
        self.call_after_refresh(self._next, None)

    def _next(self, after: Pair | None, *, every: bool = False) -> None:
        """Ask the next pair that is not judged; `every`: judged or not, up to the last."""
        later = (pair for pair in self.judging.pairs if after is None or pair > after)
        pair = next(later, None) if every else self.judging.open_pair(after)
        if pair is not None:
            self.bench.push_screen(PairPage(self.judging, pair), lambda judged: self._judged(judged, every=every))

    def _judged(self, pair: Pair | None, *, every: bool) -> None:
        self.repaint()
        if pair is not None:
            self._next(pair, every=every)

    def rows(self) -> tuple[Row, ...]:
        """List weights with bars, the standing, doubtful pairs, experts, acts."""
        speech, panel = self.speech, self.judging.panel()
        rows: list[Row] = [heading(speech.tell(RESULT))]
        if panel is not None:
            room = min(44, max(10, self.size.width - EDGES - 26))
            for member, share in zip(panel.members, panel.found.weights, strict=True):
                figure = Part(pad(percent(share, 1), 9, right=True), "strong")
                rows.append(Row(parts=(Part(pad(self.named(member), room)), *bar(speech, share, 1, 16), figure)))
        look: Look = "plain" if panel is None or panel.found.consistent else "warn"
        acts = [("take", TAKE)] if panel is not None else [("on", GO_ON)]
        acts += [("again", ALL_AGAIN), ("expert", ANOTHER)]
        rows += [
            Row(self.standing(), look=look),
            *self.remarks(),
            BLANK,
            *numbered((id, speech.tell(words)) for id, words in acts),
        ]
        if panel is not None and not panel.found.consistent and panel.worst:
            rows += [BLANK, quiet(speech.tell(AGAIN))]
            for pair in panel.worst:
                words = pair_words(pair, panel.members, self.named, speech.language)
                rows.append(Row(words, id=f"pair:{pair.one}:{pair.other}", lead="  "))
        if panel is not None and len(panel.experts) > 1:
            rows += [BLANK, heading(speech.tell(EXPERTS))]
            for expert in panel.experts:
                fine = expert.found.consistent is not False
                mark = "" if fine else speech.tell(MARK)
                rows.append(Row(f"{expert.name}: CR {ratio(expert.found)}{mark}", look="plain" if fine else "warn"))
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what a row is for."""
        if id == "take":
            self.take_held()
        elif id == "on":
            self._next(None)
        elif id == "again":
            self._next(None, every=True)
        elif id == "expert" and self.half_done:
            self.say(FIRST_TAKE, "warn")
        elif id == "expert":
            self.bench.push_screen(ExpertPage(), self._as_expert)
        else:
            one, other = (int(part) for part in id.split(":")[1:])
            self.bench.push_screen(PairPage(self.judging, (one, other)), lambda _: self.repaint())

    def _as_expert(self, name: str | None) -> None:
        if name is None:
            return
        self.judging.take_up(name)
        self.repaint()
        self._next(None)

    @property
    def half_done(self) -> bool:
        """Whether something was judged that the file does not hold."""
        return self.judging.changed

    def held_lines(self) -> Iterable[str]:
        """Return how consistent the judgements are."""
        return (self.standing(),)

    def may_take(self) -> bool:
        """Return whether all pairs are judged."""
        return self.judging.complete

    def take_held(self) -> None:
        """Bring the weights to the judgements, and keep these in the file."""
        refusal = self.editing.make_all(self.judging.edits(reason_of))
        if refusal is None:
            # Where other shares hold, that is what has to be said.
            self.dismiss(by_condition(self.editing.instrument, self.judging.members) or TAKEN)
        else:
            self.say_plainly(self.speech.words(refusal.why), "warn")
