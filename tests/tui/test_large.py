"""A questionnaire of a thousand questions is answered like one of eighty."""

from pathlib import Path

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Subject
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.tui.answering.questions import QuestionsPage
from tests.tui import test_kill
from tests.tui.driving import Drive, drive


def test_a_thousand_questions(tmp_path: Path, monkeypatch: object) -> None:
    before, test_kill.QUESTIONS = test_kill.QUESTIONS, 1000
    try:
        root = test_kill.long_content(tmp_path / "thousand")
    finally:
        test_kill.QUESTIONS = before
    path = tmp_path / "work" / "thousand.toml"
    new_desk(Library(roots((root,))), path, Wanted("small", subject=Subject(name="Anhe"))).close()

    async def steps(drive: Drive) -> None:
        page: QuestionsPage = await drive.on(QuestionsPage)
        assert len(drive.session.visible) == 1000
        await drive.press("2", "pageup", "f4")
        assert page.at == "q1"
        await drive.press("f2", "end", "enter")
        assert page.at == "q999"
        drive.check_frame()
        await drive.press("f9", "4")
        await drive.until(lambda: "Overall" in drive.text or "no overall" in drive.text)
        drive.check_frame()

    drive(steps, size=(120, 40), file=path, content=(root,))
