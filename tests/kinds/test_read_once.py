"""A value is parsed once, where it enters: by the rules of `check`, the score and the report together."""

from dataclasses import replace
from pathlib import Path

import pytest

from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import read
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.kinds import KINDS
from nqpf_assess.model.answers import Answer

SOUND = Path(__file__).parents[1] / "invalid" / "sound"


def test_check_and_score_parse_every_value_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[object] = []
    for kind in KINDS.values():
        monkeypatch.setattr(kind, "read", lambda asked, raw, read=kind.read: (parsed.append(raw), read(asked, raw))[1])
    sheet = Library((Root("workspace", SOUND),)).open_answers(SOUND.parent / "period_without_year.toml")
    assert sheet.answers is not None
    assert sheet.instrument is not None
    score(sheet.instrument, sheet.answers)
    assert len(parsed) == len(sheet.answers.facts) + len(sheet.answers.answers) == 3


def test_other_answers_are_read_anew_and_nothing_else_is_kept_with_them() -> None:
    sheet = Library((Root("workspace", SOUND),)).open_answers(SOUND.parent / "period_without_year.toml")
    assert sheet.answers is not None
    assert sheet.instrument is not None
    view = read(sheet.instrument, sheet.answers)
    other = sheet.answers.model_copy(update={"answers": {"audit": Answer(value="2020-01-01")}})
    assert read(sheet.instrument, other).questions["audit"] != view.questions["audit"]
    assert read(sheet.instrument, other).questions["young"].state == "blank"
    assert read(sheet.instrument, sheet.answers) is view
    of_other_edition = replace(sheet.instrument, questionnaire=sheet.instrument.questionnaire.model_copy())
    for edition in (of_other_edition, sheet.instrument):
        read(edition, sheet.answers)  # a third reading takes the place of the one that was longest not asked for
    read(sheet.instrument, other.model_copy(update={"facts": {}}))
    assert read(sheet.instrument, sheet.answers) is view
    assert other.model_copy() == other
    assert read(sheet.instrument, sheet.answers.model_copy(update={"plan": other.plan})) == view
