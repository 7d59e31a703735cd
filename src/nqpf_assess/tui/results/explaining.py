"""The arithmetic of one figure as rows: parts that can be added up by hand, each leading further down."""

from collections.abc import Iterator

from nqpf_assess.engine.explaining import AnswerExplained, Explained, MeanExplained
from nqpf_assess.engine.gaps import one_level_up, to_target
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.pages.explanation import (
    AFTER_FLOORS,
    BEFORE_FLOORS,
    IS_MEAN,
    NO_YEAR,
    SWITCHED_OFF,
    answer_of,
    floor_lines,
    is_held,
    is_off,
    other_scale,
    rule_line,
    waits_for_year,
    weight_lines,
    why_unscored,
)
from nqpf_assess.pages.provenance import provenance_lines
from nqpf_assess.report.wording import STATE_WORDS, YEAR_MISSING, number, percent
from nqpf_assess.session.answering import Session
from nqpf_assess.tui.drawing.cells import one_line, pad, shown
from nqpf_assess.tui.drawing.rows import BLANK, Part, Row, columns, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech

RESULT = _("{score} ({mean})")
HEADS = _("weight|score|adds")
HEADS_LOG = _("weight|score|weight × ln")
SUM = _("Sum")
POWER = _("e to the power of the sum")
FURTHER = _("Enter on a part explains it.")
YOUR_ANSWER = _("Answer")
RULE = _("How it is scored")
VOICES = _("Who said what")
GO = _("Go to this question")
WEIGHT_HERE = _("How its weight came about")
ONE_UP = _("One level up")
TO_TARGET = _("Up to its target")
GAIN = _("{points} points of the overall")
GAIN_FLOORED = _("{points} points of the overall; {floored} after the floors")
FIGURES = (10, 10, 12)
"""Cells of the columns: weight, score, what it adds."""

LABEL = 18


def explained_rows(session: Session, explained: Explained, speech: Speech) -> tuple[Row, ...]:
    """Explain one figure by its direct parts, or an answer by the rule that scores it; then the weight, where moved."""
    if isinstance(explained, AnswerExplained):
        rows = [*_answer(session, explained, speech)]
    else:
        rows = [*_mean(session, explained, speech)]
    if told := [*weight_lines(session.assessed, explained.id, speech.language)][1:]:
        rows += [BLANK, heading(speech.tell(WEIGHT_HERE))]
        rows += [Row(shown(line.strip()), lead=line[: len(line) - len(line.lstrip())]) for line in told]
    return tuple(rows)


def _mean(session: Session, explained: MeanExplained, speech: Speech) -> Iterator[Row]:
    """Render a mean: its parts with weight, score and what each adds, their sum, the floors that fired."""
    questionnaire, figures = session.instrument.questionnaire, session.assessed.figures
    geometric, room = explained.mean == "geometric", speech.cells - sum(FIGURES)
    held = is_held(session.assessed, explained)
    fine = 5 if geometric else 3  # of the sum the power is taken

    if held:
        yield heading(speech.tell(BEFORE_FLOORS))
    yield Row(speech.tell(RESULT, score=number(explained.score, 2), mean=IS_MEAN[explained.mean]), look="strong")
    if explained.score is None:
        yield Row(why_unscored(explained, speech.language), look="warn")
    yield BLANK
    heads = speech.tell(HEADS_LOG if geometric else HEADS).split("|")
    yield Row(parts=(Part(" " * room), *columns(heads, FIGURES, "quiet")))
    for term in explained.terms:
        title = speech.line(title_of(questionnaire, term.id))
        if term.score is not None:
            texts = (percent(term.weight, 3), number(term.score, 3), number(term.adds, fine))
            tail = "".join(part.text for part in columns(texts, FIGURES))
            yield Row(title, id=term.id, tail=tail, tail_look="plain")
        elif term.state != "hidden":
            state = "not_assessed" if is_off(session.assessed, term.id) else term.state
            words = YEAR_MISSING if waits_for_year(session.assessed, term.id) else STATE_WORDS[state]
            yield Row(title, id=term.id, tail=speech.tell(words))

    if explained.score is not None:
        total = sum(term.adds for term in explained.terms if term.adds is not None)
        weight = sum(term.weight for term in explained.terms if term.score is not None)
        yield Row(parts=(Part(speech.glyphs.rule * speech.cells, "rest"),))
        summed = columns((percent(weight, 3), "", number(total, fine)), FIGURES, "strong")
        yield Row(parts=(Part(pad(speech.tell(SUM), room), "strong"), *summed))
        if geometric:
            raised = Part(pad(number(explained.score, 3), sum(FIGURES), right=True), "strong")
            yield Row(parts=(Part(pad(speech.tell(POWER), room)), raised))
    if held:
        yield Row(speech.tell(AFTER_FLOORS, score=number(figures.total.value, 2)), look="strong")

    for id in figures.fired:
        if figures.rules.floors[id].node == explained.id or explained.id == OVERALL:
            for line in floor_lines(session.assessed, id, speech.language):
                inside = line.startswith(" ")
                yield Row(line.strip(), look="warn", lead="  " if inside else f"{speech.glyphs.alarm} ")
    yield BLANK
    yield quiet(speech.tell(FURTHER))


def _answer(session: Session, explained: AnswerExplained, speech: Speech) -> Iterator[Row]:
    """Render an answer with the rule that scores it, and the way to its question."""
    asked = session.instrument.questionnaire.questions[explained.id]
    yield Row(speech.words(asked.text), look="strong")
    yield BLANK
    said = one_line(speech.words({speech.language: answer_of(session.assessed, explained.id, speech.language)}))
    yield Row(said, lead=pad(speech.tell(YOUR_ANSWER), LABEL))
    if rule := rule_line(session.assessed, explained, speech.language):
        yield Row(rule, lead=pad(speech.tell(RULE), LABEL))
        for line in other_scale(session.assessed, explained.id, speech.language):
            yield Row(shown(line), lead=pad("", LABEL))
    elif is_off(session.assessed, explained.id):
        yield Row(speech.tell(SWITCHED_OFF), lead=pad(speech.tell(RULE), LABEL), look="warn")
    elif waits_for_year(session.assessed, explained.id):
        yield Row(speech.tell(NO_YEAR), lead=pad(speech.tell(RULE), LABEL), look="warn")
    if session.given("answers", explained.id).voices:  # else the agenda of a merge would be gone with its page
        label = speech.tell(VOICES)
        for line in provenance_lines(session.answers, session.instrument.questionnaire, explained.id, speech.language):
            yield Row(shown(line), lead=pad(label, LABEL))
            label = ""
    stepwise = kind_of(asked).ordered and kind_of(asked).choices(asked)
    for name, gains in ((ONE_UP, one_level_up), (TO_TARGET, to_target)):
        gain = gains(session.assessed)[session.instrument.place[explained.id]]
        # A figure has no levels: the next point of its curve says nothing a reader could act on.
        if gain is None or not any(gain) or asked.only_time or (name is ONE_UP and not stepwise):
            continue
        points, floored = number(gain.points, signed=True), number(gain.after_floors, signed=True)
        words = speech.tell(GAIN if points == floored else GAIN_FLOORED, points=points, floored=floored)
        yield Row(words, lead=pad(speech.tell(name), LABEL))
    yield BLANK
    yield Row(speech.tell(GO), id=f"go:{explained.id}", key="1", lead="1  ")
