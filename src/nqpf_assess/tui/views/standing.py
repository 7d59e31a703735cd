"""How an assessment stands, in few figures written for people."""

from nqpf_assess.engine.scoring import band_of, ends
from nqpf_assess.model.text import tell
from nqpf_assess.report.wording import NO_FIGURE, number, percent, rounded, span
from nqpf_assess.session.answering import Session
from nqpf_assess.session.outline import counted
from nqpf_assess.tui.views.frame import Standing


def standing_of(session: Session, language: str) -> Standing:
    """Write score, band, range, what the last change moved, and how many questions need nothing more."""
    figures, done = session.assessed.figures, counted(session)
    low, high = ends(figures)
    coverage = figures.coverage.overall
    band = band_of(figures.rules.bands, session.score)
    spread = span(low.value if low.has else None, high.value if high.has else None)
    return Standing(
        score="" if session.score is None else number(session.score),
        band="" if band is None else tell(figures.rules.bands[band].words, language),
        span="" if spread == NO_FIGURE else spread,
        moved=moved_shown(session.moved),
        rose=(session.moved or 0) > 0,
        done=done[0],
        total=done[1],
        coverage=percent(coverage.value if coverage.has else None),
    )


def moved_shown(points: float | None) -> str:
    """Write by how much the score moved; "" where it did not to the digit that is shown."""
    return "" if points is None or not rounded(points) else number(abs(points))
