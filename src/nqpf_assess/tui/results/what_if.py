"""The live what-if as rows: what score, floors, gap and plan become, and the answers that can be moved."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.following import progress
from nqpf_assess.engine.gaps import UNDECIDED, falls_short, one_level_up
from nqpf_assess.locale import Text, _
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.report.follow_up_text import stated
from nqpf_assess.report.wording import number, percent
from nqpf_assess.session.answering import Session
from nqpf_assess.session.outline import ancestors
from nqpf_assess.session.planning import in_order
from nqpf_assess.session.what_if import WhatIf
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, width
from nqpf_assess.tui.drawing.rows import BLANK, Look, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech

TITLE = _("What if an answer were another?")
LEAD = _("+ and − move the marked answer one step; Del puts all back. Your answers stay as they are.")
SCORE = _("Score")
FLOORS = _("Floors")
GAP = _("Largest gap")
FIRST = _("Most for its effort")
NO_SCORE = _("none yet")
NO_FLOOR = _("none fired")
NO_GAP = _("none: every scored dimension reaches its target")
NO_GAP_COUNTS = _("none that counts yet: too little is answered of its pillar")
NO_GAP_YET = _("no overall score yet")
NO_MEASURE = _("none is called for and suits here")
SHARE = _("{title}, {share} of the shortfall")
SHARE_EACH = _("{title}, {share} of the shortfall each")
SAME_GAP = _("{title}, {before} → {after} of the shortfall")
BEHIND_FLOOR = _("Answers that the floor depends on")
OTHERS = _("All other answers")
AT_TOP = _("This answer is at its highest step; − moves it down.")
AT_BOTTOM = _("This answer is at its lowest step; + moves it up.")
NOT_MOVABLE = _("No answer can be moved yet.")
PUT_BACK = _("All answers are as they were.")

UP = Act("shift(1)", "plus,equals_sign", _("What if: one step up"), _("Up"))
DOWN = Act("shift(-1)", "minus", _("What if: one step down"), _("Down"))
BACK = Act("put_back", "delete", _("What if: put all answers back"))


def effect_rows(tried: WhatIf, speech: Speech) -> Iterator[Row]:
    """Render score, floors, the largest gap and the best measure, before and after where they differ."""
    (before, gap_before), (after, gap_after) = (_figures(one, speech) for one in (tried.asked, tried.session))
    label = max(width(speech.tell(words)) for words in (SCORE, FLOORS, GAP, FIRST)) + 2
    for words, was, now in zip((SCORE, FLOORS, GAP, FIRST), before, after, strict=True):
        text = f"{was} → {now}" if was != now else now
        if words is GAP and was != now and gap_before[0] == gap_after[0] != "":
            text = speech.tell(SAME_GAP, title=gap_after[0], before=gap_before[1], after=gap_after[1])
        yield Row(text, look="strong" if was != now else "plain", lead=pad(speech.tell(words), label))


def _figures(session: Session, speech: Speech) -> tuple[tuple[str, str, str, str], tuple[str, str]]:
    """Write score, floors, largest gap and best measure of an assessment; and the gap's name and share apart."""
    card, questionnaire = session.card, session.instrument.questionnaire
    rules = session.assessed.figures.rules
    score = speech.tell(NO_SCORE) if card.overall.score is None else number(card.overall.score)
    fired = [speech.line(title_of(questionnaire, rules.floors[id].node)) for id in card.overall.floors]
    short = [node for node in card.nodes if node.level == "dimension" and (node.share or 0) > 0]
    gap, parts = _no_gap(session, speech), ("", "")
    if short:
        share = percent(max(node.share or 0 for node in short))
        largest = [speech.line(title_of(questionnaire, node.id)) for node in short if percent(node.share) == share]
        parts = (largest[0], share) if len(largest) == 1 else parts
        gap = speech.tell(SHARE if parts[0] else SHARE_EACH, title=speech.grammar.enumerated(largest), share=share)
    fit, begun = _ranked(session), progress(session.answers)
    measure = _no_measure(session, speech)
    if fit:
        title = speech.line(questionnaire.countermeasures[fit[0].id].title)
        measure = stated(title, begun.get(fit[0].id), speech.language)
    return (score, speech.grammar.list(fired) or speech.tell(NO_FLOOR), gap, measure), parts


def _no_gap(session: Session, speech: Speech) -> str:
    """Say why no gap is the largest: without a score of the whole, or of its pillar, none has a share."""
    open_yet = session.card.overall.score is None
    return speech.tell(NO_GAP_YET if open_yet else NO_GAP_COUNTS if falls_short(session.card) else NO_GAP)


def _ranked(session: Session) -> Sequence[MeasureScore]:
    """Return the measures that fit, those that gain most for their effort first; none while no gain is known."""
    return in_order(session.judged)[0] if session.score is not None else ()


def _no_measure(session: Session, speech: Speech) -> str:
    """Say why no measure is the first: what is not answered calls for nothing yet."""
    open_yet = session.card.overall.score is None or any(one.why_not is UNDECIDED for one in session.judged)
    return speech.tell(NO_SCORE if open_yet else NO_MEASURE)


def what_if_rows(tried: WhatIf, speech: Speech) -> tuple[Row, ...]:
    """List the effect, then every answer that can be moved: those a fired floor depends on, then by their gain."""
    session = tried.asked
    rows = [heading(speech.tell(TITLE)), quiet(speech.tell(LEAD)), BLANK, *effect_rows(tried, speech), BLANK]
    gains = one_level_up(session.assessed)
    place = session.instrument.place
    movable = [
        id for id in session.visible if session.state("answers", id) == "answered" and gains[place[id]] is not None
    ]
    floors = session.assessed.figures.rules.floors
    fired = {floors[id].node for id in session.card.overall.floors}
    behind = {id for id in movable if fired & {id, *ancestors(session, id)}}
    movable.sort(key=lambda id: (id not in behind, -(gains[place[id]] or (0.0,))[0]))
    for words, some in ((BEHIND_FLOOR, behind), (OTHERS, set(movable) - behind)):
        rows += [quiet(speech.tell(words))] if behind and some else []
        rows += [_answer_row(tried, id, speech) for id in movable if id in some]
    return tuple(rows if movable else [*rows, quiet(speech.tell(NOT_MOVABLE))])


def _answer_row(tried: WhatIf, id: str, speech: Speech) -> Row:
    """Write one answer: the question, the answer now and, where it was moved, what it would be."""
    # Imported here, so that results that move no answer do not wait for what the page that asks is made of.
    from nqpf_assess.tui.answering.sheet import short_answer

    now, questionnaire = short_answer(tried.asked, id, speech), tried.asked.instrument.questionnaire
    moved = id in tried.moved
    tail = f"{now} → {short_answer(tried.session, id, speech)}" if moved else now
    look: Look = "strong" if moved else "plain"
    tail_look: Look = "strong" if moved else "quiet"
    return Row(
        speech.line(title_of(questionnaire, id)), f"move:{id}", look, tail=tail, tail_look=tail_look, whole=False
    )


STEPS: dict[int, Text] = {1: AT_TOP, -1: AT_BOTTOM}
"""What is said where an answer cannot be moved any further."""


def first_parts(session: Session, speech: Speech) -> Iterator[Row]:
    """List the five largest gaps and five measures that gain most for their effort, for the side of the results."""
    card, questionnaire = session.card, session.instrument.questionnaire
    yield heading(speech.tell(GAPS_HERE))
    short = [node for node in card.nodes if node.level == "dimension" and (node.share or 0) > 0]
    for node in sorted(short, key=lambda node: -(node.share or 0))[:5]:
        yield Row(speech.line(title_of(questionnaire, node.id)), id=f"node:{node.id}", tail=percent(node.share))
    if not short:
        yield quiet(_no_gap(session, speech))
    yield BLANK
    fit, begun = _ranked(session), progress(session.answers)
    # Where a floor caps the score, what a measure adds below the cap says nothing.
    capped = bool(card.overall.floors)
    floored = capped and any(measure.gain_after_floors for measure in fit[:5])
    yield heading(speech.tell(MEASURES_FLOORED if floored else MEASURES_CAPPED if capped else MEASURES_HERE))
    for measure in fit[:5]:
        gain = number(measure.gain_after_floors if floored else measure.gain, signed=True)
        yield Row(
            stated(
                speech.line(questionnaire.countermeasures[measure.id].title), begun.get(measure.id), speech.language
            ),
            f"measure:{measure.id}",
            tail=gain,
        )
    if not fit:
        yield quiet(_no_measure(session, speech))


GAPS_HERE = _("Largest gaps, share of the shortfall")
MEASURES_HERE = _("Most for their effort, each alone")
MEASURES_FLOORED = _("Most for their effort, each alone, after floors")
MEASURES_CAPPED = _("Most for their effort, each alone, before floors")
