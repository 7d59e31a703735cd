"""The outline as rows: pillars, and below the open ones their dimensions and questions with their states."""

from collections.abc import Collection

from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.session.answering import Session
from nqpf_assess.session.outline import Entry, outline
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.views.speech import Speech


def outline_rows(session: Session, speech: Speech, opened: Collection[str]) -> tuple[Row, ...]:
    """List the outline; pillars that are not open hide what is below them."""
    rows: list[Row] = []
    showing = False
    for entry in outline(session):
        if entry.level == "pillar":
            showing = entry.id in opened
            rows.append(_pillar(session, entry, speech, opened=showing))
        elif showing:
            rows.append(_below(session, entry, speech))
    return tuple(rows)


def _pillar(session: Session, entry: Entry, speech: Speech, *, opened: bool) -> Row:
    pillar = session.instrument.questionnaire.pillars[entry.id]
    sign = speech.glyphs.opened if opened else speech.glyphs.closed
    return Row(
        speech.line(pillar.short or pillar.title),
        id=entry.id,
        look="heading",
        lead=f"{sign} ",
        tail=f"{entry.done}/{entry.total}",
        whole=False,
    )


def _below(session: Session, entry: Entry, speech: Speech) -> Row:
    questionnaire = session.instrument.questionnaire
    if entry.level == "dimension":
        dimension = questionnaire.dimensions[entry.id]
        said = speech.line(dimension.short or dimension.title)
        return Row(said, lead="  ", look="quiet", tail=f"{entry.done}/{entry.total}", whole=False)
    sign = speech.glyphs.states[entry.state]
    return Row(speech.line(title_of(questionnaire, entry.id)), id=entry.id, lead=f"  {sign} ", whole=False)
