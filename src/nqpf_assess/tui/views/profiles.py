"""Profiles as rows: which fit here and why, and what each would move."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.profiles import Fit, Suggestion
from nqpf_assess.engine.rubric import ledger
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import LedgerRow
from nqpf_assess.model.text import Text, text
from nqpf_assess.pages.suggestion import move_line, reason
from nqpf_assess.report.wording import answer, number, percent
from nqpf_assess.session.answering import Session
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, Part, Row, heading, quiet
from nqpf_assess.tui.views.speech import Speech

INTRODUCTION = text(
    en="A profile says what counts more and what less in places of one kind, and what is a sensible target there. "
    "It never changes an answer. The baseline score always stands beside the local one.",
    zh="权重方案说明某类地区更看重什么、目标定多高，不改变任何答案；通用基准得分始终并列显示。",
)
FITS: dict[Fit, Text] = {
    "fits": text(en="also fits", zh="也接近"),
    "baseline": text(en="for any place", zh="通用"),
    "unknown": text(en="cannot be told yet", zh="尚无法判断"),
    "differs": text(en="does not fit", zh="不符合"),
}
SUGGESTED = text(en="suggested here", zh="建议采用")
IN_USE = text(en="in use", zh="正在使用")
NEEDED = text(en="Not known yet: {facts}", zh="尚未填写：{facts}")
MOVES = text(en="moves {count} weights or targets", zh="调整 {count} 项权重或目标")
TAKE = text(en="Take this profile", zh="采用这个方案")
TAKEN = text(en="This profile is in use", zh="正在使用这个方案")
WHY = text(en="Why", zh="判断依据")
WHAT = text(en="What it moves here", zh="在本地的调整")
REST = text(
    en="All other parts keep their weights; their shares shrink or grow with what is moved.",
    zh="其他部分权重不变，占比随之相应增减。",
)
NOTHING_MOVED = text(en="It moves nothing.", zh="不作任何调整。")


def profile_rows(session: Session, found: Sequence[Suggestion], speech: Speech) -> tuple[Row, ...]:
    """List the profiles: the suggested one first, each with why."""
    rows = [quiet(speech.tell(INTRODUCTION)), BLANK]
    suggested = found[0].profile.id if found and found[0].fit in ("fits", "baseline") else ""
    for suggestion in found:
        rows += _profile(session, suggestion, speech, suggested=suggestion.profile.id == suggested)
    return tuple(rows)


def _profile(session: Session, suggestion: Suggestion, speech: Speech, *, suggested: bool) -> Iterator[Row]:
    profile, used = suggestion.profile, suggestion.profile.id == session.instrument.profile.id
    sign = speech.glyphs.chosen if used else speech.glyphs.free
    fit = speech.tell(SUGGESTED if suggested else FITS[suggestion.fit])
    tail = f"{fit}{speech.glyphs.dot}{speech.tell(IN_USE)}" if used else fit
    look = "strong" if used or suggested else "plain"
    tail_look = "good" if suggested else "quiet"
    yield Row(speech.line(profile.name), id=profile.id, lead=f"{sign} ", tail=tail, look=look, tail_look=tail_look)  # type: ignore[arg-type]
    said = _why(session, suggestion, speech)
    if said:
        yield quiet(said, lead="  ")


def _why(session: Session, suggestion: Suggestion, speech: Speech) -> str:
    if suggestion.fit == "unknown":
        facts = session.instrument.questionnaire.facts
        missing = [id for id in suggestion.facts if session.state("facts", id) != "answered"]
        return speech.tell(
            NEEDED, facts=speech.tell({"en": " ", "zh": ""}).join(speech.line(facts[i].text) for i in missing)
        )
    if suggestion.fit == "fits":
        return reason(suggestion, session.instrument, session.answers, speech.language)
    return speech.line(suggestion.profile.about) if suggestion.fit == "baseline" else ""


def profile_detail(session: Session, suggestion: Suggestion, speech: Speech) -> tuple[Row, ...]:
    """Tell one profile in full: about, why, every weight and target it would move here with the reason."""
    profile, used = suggestion.profile, suggestion.profile.id == session.instrument.profile.id
    take = Row(speech.tell(TAKEN), look="good") if used else Row(speech.tell(TAKE), id="take", key="1", lead="1  ")
    return (
        Row(speech.words(profile.about)) if profile.about else BLANK,
        BLANK,
        take,
        BLANK,
        *_reasons(session, suggestion, speech),
        heading(speech.tell(WHAT)),
        *(_move(session, row, speech) for row in suggestion.moves),
        quiet(speech.tell(REST if suggestion.moves else NOTHING_MOVED)),
    )


def _reasons(session: Session, suggestion: Suggestion, speech: Speech) -> Iterator[Row]:
    if not suggestion.facts:
        return
    yield heading(speech.tell(WHY), speech.tell(SUGGESTED if suggestion.fit == "fits" else FITS[suggestion.fit]))
    questionnaire = session.instrument.questionnaire
    for id in suggestion.facts:
        said = answer(id, questionnaire, session.view, speech.language)
        sign = speech.glyphs.states[session.state("facts", id)]
        behind = speech.tell({"en": " ", "zh": ""})
        yield Row(f"{speech.line(questionnaire.facts[id].text)}{behind}{said}", lead=f"{sign} ")
    yield BLANK


def _move(session: Session, row: LedgerRow, speech: Speech) -> Row:
    return Row(move_line(row, session.instrument.questionnaire, speech.language), lead="  ")


# ---- corrections by hand

CORRECTIONS = text(
    en="Weights and targets as they apply here. Enter corrects one; the reason you give is printed in the report.",
    zh="以下为本地实际适用的权重和目标。按回车可手动调整某一项，理由会写入报告。",
)
HEADS = text(en="baseline|here|target", zh="基准|本地|目标")
BY_HAND = text(en="by hand", zh="手动")


def ledger_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List pillars and dimensions with their share of the whole and target, before and after all corrections."""
    rows = [row for row in ledger(session.instrument, session.assessed.rubric) if _is_part(session, row.node)]
    heads = speech.tell(HEADS).split("|")
    return (
        quiet(speech.tell(CORRECTIONS)),
        BLANK,
        Row(parts=(Part(pad("", speech.cells - 36)), *(Part(pad(head, 9, right=True), "quiet") for head in heads))),
        *(_ledger_row(session, row, speech) for row in rows),
    )


def _is_part(session: Session, node: str) -> bool:
    questionnaire = session.instrument.questionnaire
    return node in questionnaire.pillars or node in questionnaire.dimensions


def _ledger_row(session: Session, row: LedgerRow, speech: Speech) -> Row:
    questionnaire = session.instrument.questionnaire
    pillar = row.node in questionnaire.pillars
    title = speech.line(title_of(questionnaire, row.node))
    by_hand = any(step.by == "override" for step in row.steps)
    mark = f" {speech.tell(BY_HAND)}" if by_hand else ""
    name = pad(title if pillar else f"  {title}", speech.cells - 36)
    figures = (percent(row.share_baseline, 1), percent(row.share_final, 1), number(row.target, 0))
    moved = row.share_baseline != row.share_final
    looks = ("quiet", "strong" if moved else "plain", "plain")
    cells = tuple(Part(pad(said, 9, right=True), look) for said, look in zip(figures, looks, strict=True))  # type: ignore[arg-type]
    return Row(id=row.node, parts=(Part(name, "heading" if pillar else "plain"), *cells, Part(mark, "warn")))
