"""The follow-up sheet: how far each measure has come, until when, and what is to be said of it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from nqpf_assess.model.follow_up import FOLLOW_UP_STATES, Followed, FollowUp
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.follow_up_text import STATE_WORDS, day
from nqpf_assess.session.following import day_typed, follow, followed, sheet_of
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.dialogs import AskPage
from nqpf_assess.tui.screens.listing import ListPage
from nqpf_assess.tui.views import compare as view
from nqpf_assess.tui.widgets.rows import How
from nqpf_assess.typography.clean import clean

DEADLINE = text(en="Deadline", zh="完成期限")
NOTE = text(en="Note", zh="说明")
REASON = text(en="Reason: {reason}", zh="理由：{reason}")
HOW_FAR = text(en="How far has it come?", zh="进展如何？")
BESIDE = text(en="Deadline and note", zh="期限与说明")
EARLIER = text(en="Written before", zh="此前记录")
FIELD = text(en="{what}: {value}", zh="{what}：{value}")
NO_NOTE = text(en="none", zh="无")
NOT_A_DAY = text(
    en="“{typed}” is no day; write it as 2026-12-31, or 2026-12 for the end of a month.",
    zh="“{typed}”不是日期；请写作 2026-12-31，或 2026-12（表示月底）。",
)
NO_REASON = text(en="Without a reason nothing was changed.", zh="未填理由，未作改动。")


class FollowingPage(ListPage):
    """Lists the measures of the plan with state and deadline."""

    TITLE_WORDS: ClassVar[Text] = text(en="Follow-up of the measures", zh="对策落实跟踪")
    EXPLAINED = (
        text(
            en="One row for every measure that is ticked in the plan. Enter writes down how far it has come, its "
            "deadline and a note. What was written on other days is kept as its history. The sheet is part of the "
            "answer file and is printed in the report.",
            zh="方案中勾选的每项措施一行。按回车登记进展、完成期限和说明，以往各日的记录均保留。"
            "跟踪表保存在答卷文件中，并印入报告。",
        ),
    )

    def rows(self) -> tuple[Row, ...]:
        """List the measures."""
        return view.sheet_rows(sheet_of(self.boss.session), self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open one measure."""
        self.boss.push_screen(MeasurePage(id.removeprefix("measure:")))


class MeasurePage(ListPage):
    """One measure: its state by a digit, its deadline and note typed."""

    def __init__(self, measure: str) -> None:
        super().__init__()
        self._measure = measure

    @property
    def held(self) -> Followed | None:
        """The measure as it stands; None where an undo took it off the sheet."""
        return followed(self.boss.session, self._measure)

    def title_said(self) -> str:
        """Give the measure's title."""
        return self.speech.line(self.held.title if self.held else None) or self._measure

    def rows(self) -> tuple[Row, ...]:
        """List the states, deadline and note, and what was written before."""
        held, speech = self.held, self.speech_in(self.size.width - EDGES)
        if held is None:
            return (quiet(speech.tell(view.NOTHING_FOLLOWED)),)
        latest = held.latest or FollowUp(measure=self._measure)
        reason = [quiet(speech.tell(REASON, reason=clean(latest.reason)), "   ")] if latest.reason else []
        number = len(FOLLOW_UP_STATES)
        return (
            heading(speech.tell(HOW_FAR)),
            *self._states(held),
            *reason,
            BLANK,
            heading(speech.tell(BESIDE)),
            self._field(
                "deadline", number + 1, DEADLINE, day(held.deadline) if held.deadline else speech.tell(view.NO_DEADLINE)
            ),
            self._field("note", number + 2, NOTE, clean(latest.note or "") or speech.tell(NO_NOTE)),
            *self._before(held),
        )

    def _states(self, held: Followed) -> Iterator[Row]:
        for number, state in enumerate(FOLLOW_UP_STATES, start=1):
            chosen = held.state == state
            sign = self.speech.glyphs.chosen if chosen else self.speech.glyphs.free
            look: Any = "strong" if chosen else "plain"
            words = self.speech.tell(STATE_WORDS[state])
            yield Row(words, id=f"state:{state}", key=str(number), lead=f"{sign}  {number}  ", look=look)

    def _field(self, id: str, number: int, words: Text, value: str) -> Row:
        said = self.speech.tell(FIELD, what=self.speech.tell(words), value=value)
        return Row(said, id=id, key=str(number), lead=f"   {number}  ")

    def _before(self, held: Followed) -> Iterator[Row]:
        if len(held.history) > 1:
            yield BLANK
            yield heading(self.speech.tell(EARLIER))
        for entry in reversed(held.history[:-1]):
            when = f"{entry.at:%Y-%m-%d}" if entry.at else "–"
            said = [self.speech.tell(STATE_WORDS[entry.state]), entry.by, entry.reason, entry.note]
            yield quiet(clean("  ".join(part for part in said if part)), f"   {when}  ")

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Set the state, or ask for what is typed."""
        if id == "deadline":
            held = self.held.deadline if self.held else None
            self.boss.ask(DeadlinePage(day(held) if held else ""), self._until)
        elif id == "note":
            latest = self.held.latest if self.held else None
            self.boss.ask(FollowNotePage((latest.note if latest else None) or ""), self._note)
        elif id == "state:dropped":
            self.boss.ask(DroppedPage(), self._drop)
        else:
            self._write(state=id.removeprefix("state:"))

    def _until(self, typed: str | None) -> None:
        found = day_typed(typed) if typed else None
        if typed and found is None:
            self.say(NOT_A_DAY, "warn", typed=clean(typed))
        elif found is not None:
            self._write(deadline=found)

    def _note(self, typed: str | None) -> None:
        if typed:
            self._write(note=typed)

    def _drop(self, typed: str | None) -> None:
        if typed is None:
            self.say(NO_REASON, "warn")
        else:
            self._write(state="dropped", reason=typed)

    def _write(self, **changes: Any) -> None:
        self.boss.changed(follow(self.boss.session, self._measure, **changes))
        self.repaint()


class DeadlinePage(AskPage):
    """Asks until when."""

    TITLE_WORDS: ClassVar[Text] = DEADLINE
    ASKED: ClassVar[Text] = text(
        en="Until when shall it be done? Such as 2026-12-31, or 2026-12 for the end of a month.",
        zh="何时完成？如 2026-12-31；只写 2026-12 表示月底。",
    )


class FollowNotePage(AskPage):
    """Asks for a note."""

    TITLE_WORDS: ClassVar[Text] = NOTE
    ASKED: ClassVar[Text] = text(
        en="What is to be said of it? It is printed in the report.", zh="有什么需要说明？内容会写入报告。"
    )


class DroppedPage(AskPage):
    """Asks why a measure was dropped."""

    TITLE_WORDS: ClassVar[Text] = text(en="Dropped", zh="取消措施")
    ASKED: ClassVar[Text] = text(
        en="Why was this measure dropped? The reason is printed in the report; without one nothing changes.",
        zh="为何取消这项措施？理由会写入报告；不填理由则不作改动。",
    )
