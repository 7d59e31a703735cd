"""Where an answer was imported from stays with it, is shown, and goes when somebody says something else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nqpf_assess.files.document import read_document
from nqpf_assess.files.linting import load
from nqpf_assess.files.store import Kept, answers_text
from nqpf_assess.model.answers import Answer, Answers, Origin
from nqpf_assess.report.wording import origin
from nqpf_assess.session import Session

TAKEN = Origin(kind="xlsx", file="innovation.xlsx", place="Green!C14", at=datetime(2026, 11, 2, 9, 14, 5, tzinfo=UTC))


def held(session: Session) -> Answer:
    session.take(
        session.answers.model_copy(update={"answers": {"plan": Answer(value=1, **{"from": TAKEN})}}), session.instrument
    )
    return session.given("answers", "plan")


def test_an_origin_survives_its_file(session: Session) -> None:
    held(session)
    text = answers_text(session.answers)
    loaded = load(Answers, [read_document("x", text.encode())])
    assert loaded.problems == ()
    assert loaded.value is not None
    assert loaded.value.answers["plan"].from_ == TAKEN
    kept = Kept.of(text)
    assert kept is not None
    assert kept.text_of(loaded.value) == text


@pytest.mark.parametrize("changes", [{"value": 2}, {"value": None}, {"state": "dk"}, {"state": "na", "reason": "x"}])
def test_what_is_said_over_an_imported_answer_has_no_origin(session: Session, changes: dict[str, Any]) -> None:
    """That it is not known, or does not apply, was said here by whoever says it, and stands in no file."""
    held(session)
    session.put("answers", "plan", **changes)
    assert session.given("answers", "plan").from_ is None


@pytest.mark.parametrize("changes", [{"note": "seen"}, {"confidence": "high"}, {"value": 1}])
def test_what_is_written_beside_a_value_leaves_its_origin(session: Session, changes: dict[str, str]) -> None:
    held(session)
    session.put("answers", "plan", **changes)
    assert session.given("answers", "plan").from_ == TAKEN


def test_an_origin_is_told_in_one_sentence() -> None:
    assert origin(TAKEN, "en") == "Taken from an Excel form (innovation.xlsx, Green!C14, 2 November 2026)."
    assert origin(TAKEN, "zh") == "取自Excel填报表（innovation.xlsx，Green!C14，2026年11月2日）。"
    assert origin(Origin(kind="kobo"), "zh") == "取自Kobo提交记录。"
