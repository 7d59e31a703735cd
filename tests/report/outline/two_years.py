"""The two years of a shipped sample, as a report that compares them and follows the plan up."""

from functools import cache

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.model.answers import Answers
from nqpf_assess.report.blocks import (
    Outline,
    Table,
)
from nqpf_assess.report.outline import outline_of
from tests.report.outline.made import joined

DAY = "2026-03-02"


@cache
def sample(name: str, rubric: str = "industrial_renewal") -> tuple[Instrument, Answers]:
    sheet = Library(()).open_answers(
        shipped() / "samples" / name,
        questionnaire=str(shipped() / "questionnaires" / "region"),
        weights=str(shipped() / "weights" / "region" / f"{rubric}.toml"),
    )
    assert sheet.instrument is not None
    assert sheet.answers is not None
    return sheet.instrument, sheet.answers


@cache
def report(language: str, *, compared: bool = True, followed: bool = True) -> Outline:
    instrument, answers = sample("renewal_city_2025.toml")
    if not followed:
        answers = answers.model_copy(update={"follow_up": ()})
    earlier = sample("renewal_city_2024.toml") if compared else None
    return joined(outline_of(instrument, answers, languages=[language], date=DAY, earlier=earlier, edition="full"))


def tables(outline: Outline, caption: str) -> Table:
    return next(b for b in outline.parts[0].blocks if isinstance(b, Table) and b.caption == caption)


def column(table: Table, place: int) -> list[str]:
    return ["".join(run.text for run in row[place]) for row in table.rows]
