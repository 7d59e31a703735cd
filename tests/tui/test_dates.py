"""A day is asked in the app in a line of its own."""

from datetime import date
from pathlib import Path

import pytest

from nqpf_assess.tui.results.results import ExplainPage, ResultsPage
from tests.tui.driving import LANGUAGES, Drive, drive

SOUND = Path(__file__).parents[1] / "invalid" / "sound"


def test_a_day_is_typed_taken_and_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    words = (SOUND.parent / "period_without_year.toml").read_text(encoding="utf-8").replace("spring", "2025")
    file.write_text(words.replace('value = "2025-06-30"\n', ""), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: "safety audit" in drive.text)
        await drive.write("2025/13/1")
        await drive.press("enter")
        assert "no such day" in drive.said
        await drive.press("escape")
        await drive.write("2025/6/30")
        await drive.press("enter")
        assert drive.session.value("answers", "audit") == date(2025, 6, 30)
        assert drive.session.score is not None

    drive(steps, file=file, content=(SOUND,))
    assert "2025-06-30" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_day_that_counts_for_nothing_its_explanation_says_why(language: str) -> None:
    """It is answered, but its year is missing, and is not called “not answered”."""
    answered, why = {
        "en": ("answered, but the year is missing", "the year that the answers describe is missing"),
        "zh": ("已答，但缺少年份", "未填写数据年份"),
    }[language]

    async def steps(drive: Drive) -> None:
        drive.app.step_to("results")
        await drive.on(ResultsPage)
        for node, words in (("d", answered), ("audit", why)):
            drive.app.push_screen(ExplainPage(node))
            await drive.on(ExplainPage)
            assert words in " ".join(drive.text.split())
            await drive.press("escape")

    drive(steps, language=language, file=SOUND.parent / "period_without_year.toml", content=(SOUND,), read_only=True)
