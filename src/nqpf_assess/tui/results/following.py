"""The follow-up sheet: how far each measure has come, until when, and what is to be said of it."""

from typing import Any, ClassVar

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.follow_up import FOLLOW_UP_STATES, Followed, FollowUp
from nqpf_assess.report.follow_up_text import STATE_WORDS, day, state_words
from nqpf_assess.report.wording import NO_FIGURE
from nqpf_assess.session.following import (
    day_typed,
    follow,
    followed,
    may_lift_deadline,
    may_take_away,
    sheet_of,
    take_away,
)
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech, choice
from nqpf_assess.tui.frame.dialogs import LinePage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.widgets.list import How
from nqpf_assess.typography.clean import clean

NO_DEADLINE = _("no deadline")
BY = _("until {day}")
LATE = _("overdue {day}")
UNPLANNED = _("Followed, not in the present plan")
PLANNED = _("Measures of the plan")
NOTHING_FOLLOWED = _("Nothing to follow up yet: tick measures on the plan page first.")


def sheet_rows(sheet: tuple[Followed, ...], speech: Speech) -> tuple[Row, ...]:
    """List the measures with how far they have come, the overdue first; what is in no plan any more comes last."""
    if not sheet:
        return (BLANK, quiet(speech.tell(NOTHING_FOLLOWED)))
    rows: list[Row] = []
    room = max(width(deadline_words(row, speech)) for row in sheet)
    for planned, words in ((True, PLANNED), (False, UNPLANNED)):
        group = sorted((row for row in sheet if row.planned == planned), key=lambda row: not row.overdue)
        if group:
            rows += [*([BLANK] if rows else []), heading(speech.tell(words))]
            rows += [_measure(row, speech, room) for row in group]
    return tuple(rows)


def _measure(row: Followed, speech: Speech, room: int) -> Row:
    state = speech.tell(state_words(row.noted))
    return Row(
        speech.line(row.title) or row.measure,
        id=f"measure:{row.measure}",
        lead=f"{sign_of(row, speech)} ",
        tail=f"{state}  {pad(deadline_words(row, speech), room)}",
        tail_look="warn" if row.overdue else "quiet",
        whole=False,
    )


def sign_of(row: Followed, speech: Speech) -> str:
    """Return the sign of a state; the word stands beside it."""
    signs = dict(zip(FOLLOW_UP_STATES, ("blank", "later", "answered", "na"), strict=True))
    return speech.glyphs.states[signs[row.state]]


def deadline_words(row: Followed, speech: Speech) -> str:
    """Return until when, or since when it is overdue."""
    if row.deadline is None:
        return speech.tell(NO_DEADLINE)
    return speech.tell(LATE if row.overdue else BY, day=day(row.deadline))


DEADLINE = _("Deadline")
NOTE = _("Note")
REASON = _("Reason: {reason}")
HOW_FAR = _("How far has it come?")
BESIDE = _("Deadline and note")
EARLIER = _("Written before")
FIELD = _("{what}: {value}")
NO_NOTE = _("none")
NOT_A_DAY = _("“{typed}” is no day; write it as 2026-12-31, or 2026-12 for the end of a month.")
DEADLINE_STAYS = _("A deadline of another day is part of the history and stays; write the one that holds now.")
TAKE_AWAY = _("Take away what was written today")
TAKEN_AWAY = _("What was written today is taken away; what stood before it holds again.")
NONE_OF_TODAY = _("Nothing was written here today; what was written on another day stays as its history.")
NO_REASON = _("Without a reason nothing was changed.")


class FollowingPage(ListPage):
    """Lists the measures of the plan with state and deadline."""

    TITLE_WORDS: ClassVar[Text] = _("Follow-up of the measures")
    EXPLAINED = (
        _(
            "One row for every measure that is ticked in the plan. Enter writes down how far it has come, its "
            "deadline and a note. What was written on the same day can be taken away there; what was written on "
            "other days is kept as its history. The sheet is part of the answer file and is printed in the full "
            "edition of the report."
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose only where there is a measure."""
        return super().hinted() if self.list.current else super().hinted()[1:]

    def rows(self) -> tuple[Row, ...]:
        """List the measures."""
        return sheet_rows(sheet_of(self.bench.session), self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open one measure."""
        self.bench.push_screen(MeasurePage(id.removeprefix("measure:")))


class MeasurePage(ListPage):
    """One measure: its state by a digit, its deadline and note typed."""

    def __init__(self, measure: str) -> None:
        super().__init__()
        self._measure = measure

    @property
    def held(self) -> Followed | None:
        """The measure as it stands; None where an undo took it off the sheet."""
        return followed(self.bench.session, self._measure)

    def title_text(self) -> str:
        """Return the measure's title."""
        return self.speech.line(self.held.title if self.held else None) or self._measure

    def rows(self) -> tuple[Row, ...]:
        """List the states, deadline and note, and what was written before."""
        held, speech = self.held, self.speech_in(self.size.width - EDGES)
        if held is None:
            return (quiet(speech.tell(NOTHING_FOLLOWED)),)
        latest = held.latest or FollowUp(measure=self._measure)
        rows = [heading(speech.tell(HOW_FAR))]
        for number, state in enumerate(FOLLOW_UP_STATES, start=1):
            rows.append(choice(speech, STATE_WORDS[state], f"state:{state}", number, chosen=held.state == state))
        rows += [quiet(speech.tell(REASON, reason=clean(latest.reason)), "   ")] if latest.reason else []

        rows += [BLANK, heading(speech.tell(BESIDE))]
        until = day(held.deadline) if held.deadline else speech.tell(NO_DEADLINE)
        fields = (("deadline", DEADLINE, until), ("note", NOTE, clean(latest.note or "") or speech.tell(NO_NOTE)))
        for number, (id, name, value) in enumerate(fields, start=len(FOLLOW_UP_STATES) + 1):
            words = speech.tell(FIELD, what=name, value=value)
            rows.append(Row(words, id=id, key=str(number), lead=f"   {number}  "))

        if may_take_away(self.bench.session, self._measure):
            number += 1
            rows.append(Row(speech.tell(TAKE_AWAY), id="away", key=str(number), lead=f"   {number}  "))

        rows += [BLANK, heading(speech.tell(EARLIER))] if len(held.history) > 1 else []
        for entry in reversed(held.history[:-1]):
            when = f"{entry.at:%Y-%m-%d}" if entry.at else NO_FIGURE
            parts = [speech.tell(STATE_WORDS[entry.state]), entry.by, entry.reason, entry.note]
            rows.append(quiet(clean("  ".join(part for part in parts if part)), f"   {when}  "))
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Set the state, or ask for what is typed."""
        if id == "deadline":
            held = self.held.deadline if self.held else None
            self.bench.ask(DeadlinePage(day(held) if held else ""), self._until)
        elif id == "note":
            latest = self.held.latest if self.held else None
            self.bench.ask(FollowNotePage((latest.note if latest else None) or ""), self._note)
        elif id == "away":
            if may_take_away(self.bench.session, self._measure):
                self.bench.changed(take_away(self.bench.session, self._measure))
                self.say(TAKEN_AWAY)
            else:  # midnight has passed since the row was shown
                self.say(NONE_OF_TODAY, "warn")
            self.repaint()
        elif id == "state:dropped":
            self.bench.ask(DroppedPage(), self._drop)
        else:
            self._write(state=id.removeprefix("state:"))

    def _until(self, typed: str | None) -> None:
        if typed:
            self._write(deadline=day_typed(typed))
        elif typed is not None and may_lift_deadline(self.bench.session, self._measure):
            self._write(deadline=None)
        elif typed is not None and self.held and self.held.deadline:
            self.say(DEADLINE_STAYS, "warn")

    def _note(self, typed: str | None) -> None:
        if typed is not None:
            self._write(note=typed or None)

    def _drop(self, typed: str | None) -> None:
        if typed is None:
            self.say(NO_REASON, "warn")
        else:
            self._write(state="dropped", reason=typed)

    def _write(self, **changes: Any) -> None:
        self.bench.changed(follow(self.bench.session, self._measure, **changes))
        self.hush()  # what was said of the entry before, as that it was taken back
        self.repaint()


class DeadlinePage(LinePage):
    """Asks until when."""

    TITLE_WORDS: ClassVar[Text] = DEADLINE
    FOR_ANSWERS = True
    EMPTIES = True
    ASKED: ClassVar[Text] = _(
        "Until when shall it be done? Such as 2026-12-31, or 2026-12 for the end of a month. Left empty, one that was "
        "written today is taken away."
    )

    def refusal(self, typed: str) -> Text | None:
        """Refuse what is no day."""
        return fill(NOT_A_DAY, typed=clean(typed)) if day_typed(typed) is None else None


class FollowNotePage(LinePage):
    """Asks for a note."""

    TITLE_WORDS: ClassVar[Text] = NOTE
    FOR_ANSWERS = True
    REPLACES = False
    EMPTIES = True
    ASKED: ClassVar[Text] = _(
        "What is to be said of it? It is printed in the full edition of the report. Left empty, there is no note."
    )


class DroppedPage(LinePage):
    """Asks why a measure was dropped."""

    TITLE_WORDS: ClassVar[Text] = _("Dropped")
    FOR_ANSWERS = True
    ASKED: ClassVar[Text] = _(
        "Why was this measure dropped? The reason is printed in the full edition of the report; without one nothing "
        "changes."
    )
