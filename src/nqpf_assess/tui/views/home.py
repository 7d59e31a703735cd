"""The rows of the start page."""

from datetime import UTC, datetime
from pathlib import Path

from nqpf_assess.model.text import text
from nqpf_assess.session.remembered import Recent
from nqpf_assess.tui.cells import pad, shown, width
from nqpf_assess.tui.rows import Line, Part, Row
from nqpf_assess.tui.views.speech import Speech

SCORE = text(en="score {score}", zh="得分 {score}")
NO_SCORE = text(en="no score yet", zh="暂无得分")
ANSWERED = text(en="{coverage} answered", zh="已答 {coverage}")
YEARS = text(en="score over the years", zh="历年得分")
GONE = text(en="file not there", zh="文件不在")
KINDS = {"region": text(en="place", zh="地区"), "firm": text(en="firm", zh="企业")}


def recent_row(seen: Recent, index: int, speech: Speech) -> Row:
    """Write one recent assessment: whom, score, how much is answered, when it was changed."""
    changed = seen.changed
    when = (
        speech.tell(GONE) if changed is None else f"{datetime.fromtimestamp(changed, UTC).astimezone():%Y-%m-%d %H:%M}"
    )
    score = speech.tell(SCORE, score=seen.score) if seen.score else speech.tell(NO_SCORE)
    answered = speech.tell(ANSWERED, coverage=seen.coverage) if seen.coverage else ""
    tail = f"{pad(score, 14)}{pad(answered, 15)}{when}"
    name = " ".join(filter(None, (seen.name or Path(seen.path).stem, seen.period)))
    room = speech.cells - width(tail) - 2
    kind = speech.tell(KINDS[seen.kind]) if seen.kind in KINDS else ""
    said = pad(f"{name}  {kind}".rstrip(), room) + "  "
    return Row(id=f"recent:{index}", parts=(Part(said), Part(tail, "quiet")))


def years_row(years: tuple[Recent, ...], index: int, speech: Speech) -> Row:
    """Write one subject's scores over the years in one line, as they were when last open."""
    line = " → ".join(f"{seen.period} {seen.score or '–'}" for seen in years)
    parts: Line = (Part(f"{years[0].name}  "), Part(line, "strong"), Part(f"  {speech.tell(YEARS)}", "quiet"))
    return Row(id=f"years:{index}", parts=tuple(Part(shown(part.text), part.look) for part in parts))
