"""How an assessment stands, in few figures written for people."""

from typing import TYPE_CHECKING, NamedTuple

from nqpf_assess.locale import tell

if TYPE_CHECKING:
    from nqpf_assess.session.answering import Session


class StandingWords(NamedTuple):
    """How an assessment stands, already written for people; "" where there is nothing to say.

    `done` of `total` questions need nothing more, `not_applicable` of them because they do not apply; `coverage`: the
    share of the weight that is answered; `minutes`: an estimate of what the questions still open take.
    """

    score: str = ""
    band: str = ""
    span: str = ""
    moved: str = ""
    rose: bool = True
    done: int = 0
    total: int = 0
    not_applicable: int = 0
    coverage: str = ""
    minutes: int = 0


def standing_of(session: "Session", language: str) -> StandingWords:
    """Write score, band, range, what the last change moved, and how many questions need nothing more."""
    # Imported here, so that the first frame does not wait for the engine.
    from nqpf_assess.engine.scoring import band_of, ends
    from nqpf_assess.report.wording import NO_FIGURE, banded, covered, number, rounded, span
    from nqpf_assess.session.outline import counted
    from nqpf_assess.session.way import minutes_left

    figures, (done, total) = session.assessed.figures, counted(session)
    low, high = ends(figures)
    coverage, moved = figures.coverage.overall, session.moved
    band = band_of(figures.rules.bands, session.score)
    spread = span(low.value if low.has else None, high.value if high.has else None)
    return StandingWords(
        score="" if session.score is None else banded(session.score, figures.rules.bands),
        band="" if band is None else tell(figures.rules.bands[band].words, language),
        # A range that is one figure says nothing more than the score.
        span="" if spread in (NO_FIGURE, number(session.score)) else spread,
        # What does not move the score to the digit that is shown did not move it.
        moved=number(abs(moved)) if moved is not None and rounded(moved) else "",
        rose=(moved or 0) > 0,
        done=done,
        total=total,
        not_applicable=sum(session.state("answers", id) == "na" for id in session.visible),
        coverage=covered(coverage.value if coverage.has else None),
        minutes=minutes_left(session, language),
    )
