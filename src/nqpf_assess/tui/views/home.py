"""The rows of the start page."""

from datetime import UTC, datetime
from pathlib import Path

from nqpf_assess.model.text import text
from nqpf_assess.session.remembered import Recent
from nqpf_assess.tui.cells import pad, width
from nqpf_assess.tui.rows import Part, Row
from nqpf_assess.tui.views.speech import Speech

SCORE = text(en="score {score}", zh="得分 {score}")
NO_SCORE = text(en="no score yet", zh="暂无得分")
ANSWERED = text(en="{coverage} answered", zh="已答 {coverage}")
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
    said = pad(f"{name}  {kind}", room)
    return Row(id=f"recent:{index}", parts=(Part(said), Part(tail, "quiet")))
