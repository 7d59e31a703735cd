"""A question being edited, as rows: how it looks when asked, in every language; its words and values to change."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, _c, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, AnyQuestion, Benchmark, QuestionBase, Questionnaire
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import benchmark, unit_of
from nqpf_assess.session.question_editing import QuestionEditing, WordingSlot
from nqpf_assess.tui.answering.sheet import BENCHMARK as COMPARED
from nqpf_assess.tui.drawing.cells import pad, shown
from nqpf_assess.tui.drawing.rows import BLANK, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import LANGUAGE_NAMES, Speech
from nqpf_assess.tui.frame.forms import own_first
from nqpf_assess.typography.cells import wrap

TITLE = _("Question {number} of “{dimension}”")
LOOKS_LIKE = _("How it looks when it is asked")
WORDS = _("Words: Enter changes them")
VALUES = _("Values and conditions")
STALE = _("! the {language} text is still the old one ({by} changed {day}). Enter: it holds as it is")
WHAT: Mapping[str, Text] = {
    "text": _("question text"),
    "level": _("level {label}"),
    "finding": _("says {label}"),
    "lacking": _("lacks {label}"),
    "option": _("option {label}"),
    "help": _c("of a question", "help"),
    "evidence": _("evidence"),
    "na_reason": _("reason for not applicable"),
}
CORE = _("Asked in the quick mode too: {value}")
RANGE = _("Possible: {low} to {high}")
USUAL = _("Usual: {low} to {high}")
SCALE = _("Scale: {points}")
SHOWN_IF = _("Asked only if: {condition}")
NA_IF = _("Not applicable if: {condition}")
CASE = _("Scale where {condition}: {points}")
NEW_CASE = _("Another scale under a condition …")
BENCHMARK = _("Benchmark: {said}")
NEW_BENCHMARK = _("Another benchmark …")
EARNS = _("What a figure earns")
GENERAL = _("in general: {points}")
POINT = _("{figure} earns {score}")
ALWAYS = _("(no condition)")
YES, NO = _("yes"), _("no")
NOT_SET = _("–")


def question_name(questionnaire: Questionnaire, id: str, speech: Speech) -> str:
    """Call a question by its place in its dimension; its text is too long for a title."""
    dimension = questionnaire.questions[id].dimension
    number = [name for name, one in questionnaire.questions.items() if one.dimension == dimension].index(id) + 1
    return speech.tell(TITLE, number=number, dimension=speech.line(questionnaire.dimensions[dimension].title))


def preview_rows(words: Mapping[str, list[str]], speech: Speech) -> tuple[Row, ...]:
    """Show how something looks in every language: side by side where there is room, else one below the other."""
    languages = list(words)
    room = (speech.cells - 3) // len(languages)
    if room < 46:
        return tuple(Row(line) for language in languages for line in (*words[language], ""))
    columns = [[line for text in words[language] for line in wrap(shown(text), room)] for language in languages]
    lines = zip_longest(*columns, fillvalue="")
    return tuple(Row(parts=(Part(" ".join(pad(cell, room) for cell in line)),)) for line in lines)


def as_asked(asked: AnyAsked, language: str) -> list[str]:
    """Write a question as it is asked in one language: its text, help, and answers with their digits."""
    lines = [asked.text.get(language, "")]
    lines += [words for words in [(asked.help or {}).get(language, "")] if words]
    kind = kind_of(asked)
    lines += [f"{choice.number}  {choice.words.get(language, '')}" for choice in kind.choices(asked)]
    if kind.entry == "line":
        lines.append(f"____ {unit_of(asked, language)}")
    return lines + [benchmark_said(row, asked, language) for row in kind.benchmarks(asked)]


def benchmark_said(row: Benchmark, asked: AnyAsked, language: str) -> str:
    """Return a benchmark in one language."""
    value = benchmark(row.value, unit_of(asked, language))
    return tell(COMPARED, language, who=tell(row.words, language), value=value, year=row.year)


def as_scored(asked: AnyQuestion, questionnaire: Questionnaire, language: str) -> list[str]:
    """Write what a figure earns in one language: where some other scale holds, in their order, then in general."""
    unit, stop = unit_of(asked, language), grammar(language).semicolon

    def points_text(points: Iterable[tuple[Decimal, Decimal]]) -> str:
        return stop.join(tell(POINT, language, figure=benchmark(x, unit), score=plain_number(y)) for x, y in points)

    scales = kind_of(asked).scales(asked)
    if scales is None:
        return []
    lines = [
        tell(CASE, language, condition=condition_words(when, questionnaire, language), points=points_text(scale.points))
        for when, scale in scales.cases
    ]
    return [*lines, tell(GENERAL, language, points=points_text(scales.usual.points))]


def question_rows(editing: QuestionEditing, id: str, speech: Speech) -> tuple[Row, ...]:
    """List all of a question that can be changed, then show it as it is asked."""
    asked = editing.asked(id)
    look = {language: as_asked(asked, language) for language in own_first(editing.value.languages, speech.language)}
    slots = editing.slots(id)
    return (
        heading(speech.tell(WORDS)),
        *(row for place, slot in enumerate(slots) for row in _slot(editing, slot, place, speech)),
        BLANK,
        heading(speech.tell(VALUES)),
        *_values(editing, asked, speech),
        heading(speech.tell(LOOKS_LIKE)),
        *preview_rows(look, speech),
    )


def slot_name(slot: WordingSlot, speech: Speech) -> str:
    """Name what words are for."""
    return speech.tell(WHAT[slot.what], label=slot.label)


def joined(slot: WordingSlot, speech: Speech) -> str:
    """Write words in all their languages on one line, the reader's own first."""
    return " | ".join(" ".join(slot.words[code].split()) for code in own_first(slot.words, speech.language))


def _slot(editing: QuestionEditing, slot: WordingSlot, place: int, speech: Speech) -> Iterator[Row]:
    text = joined(slot, speech) or speech.tell(NOT_SET)
    yield Row(text, id=f"slot:{place}", lead=pad(slot_name(slot, speech), 16), whole=False)
    for mark in editing.stale(slot):
        named, by = (LANGUAGE_NAMES.get(code, dict.fromkeys(LANGUAGES, code)) for code in (mark.language, mark.by))
        text = speech.tell(STALE, language=named, by=by, day=mark.day)
        yield Row(text, id=f"holds:{place}:{mark.language}", look="warn", lead=" " * 16)


def _values(editing: QuestionEditing, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    if isinstance(asked, QuestionBase):
        yield Row(speech.tell(CORE, value=speech.tell(YES if asked.core else NO)), id="core")
    yield from _measure(editing, asked, speech)
    if isinstance(asked, QuestionBase):
        for words, condition, key in ((SHOWN_IF, asked.show_if, "show_if"), (NA_IF, asked.na_when, "na_when")):
            text = (
                speech.tell(ALWAYS) if condition is None else condition_words(condition, editing.value, speech.language)
            )
            yield Row(speech.tell(words, condition=text), id=key)
    yield quiet("")


def _measure(editing: QuestionEditing, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    """List what measures an answer, as far as its kind has forms for it: limits, scales, benchmarks."""
    keys = kind_of(asked).edited_keys(asked)
    for key, words in (("range", RANGE), ("usual", USUAL)):
        if key in keys:
            ends = getattr(asked, key)
            low, high = map(plain_number, ends) if ends else [speech.tell(NOT_SET)] * 2
            yield Row(speech.tell(words, low=low, high=high), id=key)
    scales = kind_of(asked).scales(asked)
    if scales is not None and "scale" in keys:
        yield Row(speech.tell(SCALE, points=shown_scale(scales.usual.points)), id="scale")
    if scales is not None and "scale_when" in keys:
        for place, (when, scale) in enumerate(scales.cases):
            where = condition_words(when, editing.value, speech.language)
            yield Row(speech.tell(CASE, condition=where, points=shown_scale(scale.points)), id=f"scale_when:{place}")
        yield Row(speech.tell(NEW_CASE), id="scale_when:")
    if "benchmarks" in keys:
        for place, row in enumerate(kind_of(asked).benchmarks(asked)):
            text = benchmark_said(row, asked, speech.language)
            yield Row(speech.tell(BENCHMARK, said=text), id=f"benchmarks:{place}")
        yield Row(speech.tell(NEW_BENCHMARK), id="benchmarks:")


def shown_scale(points: Iterable[tuple[Decimal, Decimal]]) -> str:
    """Write a scale as it is typed: figure:score, parted by commas."""
    return ", ".join(f"{plain_number(x)}:{plain_number(y)}" for x, y in points)
