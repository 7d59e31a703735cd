"""Help: a question explained in full, and every key of a page."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.phrasing import with_unit
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, NumberKind, QuestionBase
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import benchmark, unit_of
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.outline import background
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.cells import pad, width
from nqpf_assess.tui.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.views.speech import Speech

ABOUT_QUESTION = text(en="This question", zh="本题说明")
HOLDER = text(en="Who usually has the answer: {who}", zh="通常由谁掌握：{who}")
EVIDENCE = text(en="What proves it: {what}", zh="佐证材料：{what}")
LIMITS = text(en="Possible values: {low} to {high}", zh="允许范围：{low} 至 {high}")
USUAL = text(en="Usual values: {low} to {high}", zh="通常范围：{low} 至 {high}")
COMPARISON = text(en="{who}: {value} in {year}. Source: {source}", zh="{who}：{value}（{year}年）。来源：{source}")
SOURCES = text(en="Sources: {names}", zh="出处：{names}")
KEYS = text(en="Keys on this page", zh="本页按键")
KEYS_EVERYWHERE = text(en="Keys on every page", zh="各页通用按键")
IN_LISTS = text(en="In lists", zh="列表中")
LIST_KEYS: tuple[tuple[Text, Text], ...] = (
    (text(en="↑ ↓", zh="↑ ↓"), text(en="Move; long texts scroll", zh="移动，长文本逐行滚动")),
    (text(en="0 … 9", zh="0 … 9"), text(en="Choose and stay", zh="选择并停留在本页")),
    (text(en="Enter", zh="回车"), text(en="Choose and go on", zh="选择并继续")),
    (text(en="Space", zh="空格"), text(en="Tick or untick, choose and stay", zh="勾选或取消勾选，停留在本页")),
    (text(en="Home, End", zh="Home、End"), text(en="First, last", zh="第一项、最后一项")),
)
FORTH = text(
    en="Every answer is saved at once. Nothing leaves this computer.",
    zh="每个答案立即保存在本机文件中，不会上传。",
)
KEY_CELLS = 26


def question_help(session: Session, table: Table, id: str, speech: Speech) -> tuple[Row, ...]:
    """Explain a question or fact in full: help, who knows, what proves it, limits, figures to compare with, sources."""
    said = (*_explained(session, session.asked(table, id), speech), *_around(session, table, id, speech))
    return (heading(speech.tell(ABOUT_QUESTION)), *said, BLANK)


def _around(session: Session, table: Table, id: str, speech: Speech) -> Iterator[Row]:
    for words in background(session, table, id):
        yield Row(speech.words(words))


def _explained(session: Session, asked: AnyAsked, speech: Speech) -> Iterator[Row]:
    yield Row(speech.words(asked.text), look="strong")
    if asked.help:
        yield Row(speech.words(asked.help))
    if asked.holder:
        yield Row(speech.tell(HOLDER, who=asked.holder))
    if isinstance(asked, QuestionBase) and asked.evidence:
        yield Row(speech.tell(EVIDENCE, what=asked.evidence))
    if isinstance(asked, NumberKind):
        yield from _figures(session, asked, speech)
    names = [_source(session, reference, speech) for reference in asked.sources]
    if names:
        yield quiet(speech.tell(SOURCES, names=speech.tell({"en": "; ", "zh": "；"}).join(names)))


def _figures(session: Session, asked: NumberKind, speech: Speech) -> Iterator[Row]:
    unit = unit_of(asked, speech.language)  # type: ignore[arg-type]
    for words, pair in ((LIMITS, asked.range), (USUAL, asked.usual)):
        if pair is not None:
            low, high = plain_number(pair[0]), with_unit(plain_number(pair[1]), unit)
            yield Row(speech.tell(words, low=low, high=high))
    for row in asked.benchmarks:
        source = _source(session, row.source, speech)
        value = benchmark(row.value, unit)
        yield Row(speech.tell(COMPARISON, who=row.words, value=value, year=row.year, source=source))


def _source(session: Session, reference: str, speech: Speech) -> str:
    """Give the title of a source, with the section that is meant."""
    id, _, section = reference.partition("#")
    source = session.instrument.questionnaire.sources.get(id)
    title = speech.line(source.title) if source else id
    return f"{title} §{section}" if section else title


def keys_help(acts: Sequence[Act], common: Sequence[Act], speech: Speech) -> tuple[Row, ...]:
    """List every key of a page, of lists, and of every page."""
    return (
        heading(speech.tell(KEYS)),
        *(_key(speech.keys(act), speech.tell(act.words), speech) for act in acts if act.keys),
        BLANK,
        heading(speech.tell(IN_LISTS)),
        *(_key(speech.tell(keys), speech.tell(words), speech) for keys, words in LIST_KEYS),
        BLANK,
        heading(speech.tell(KEYS_EVERYWHERE)),
        *(_key(speech.keys(act), speech.tell(act.words), speech) for act in common if act.keys),
        BLANK,
        quiet(speech.tell(FORTH)),
    )


def _key(keys: str, said: str, speech: Speech) -> Row:
    room = min(KEY_CELLS, max(12, speech.cells // 3))
    lead = pad(keys, room) if width(keys) <= room else keys + "  "
    return Row(said, lead=f"  {lead}")
