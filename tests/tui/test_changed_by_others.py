"""A file that others change while it is open: what is asked, what stays, what is never overwritten."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.widgets import TextArea

from nqpf_assess.tui.answering.profiles import ProfilePage
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.subject import SubjectPage
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.frame import dialogs
from nqpf_assess.tui.frame.dialogs import ChoicePage, ConflictPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from tests.tui.driving import Drive, at, drive, saved

OTHERS = "[answers.plan]\nvalue = 0\n"


def others_answer(sample: Path) -> None:
    """Somebody else writes another answer into the file."""
    sample.write_text(sample.read_text(encoding="utf-8").replace("value = 2", "value = 3", 1), encoding="utf-8")


@pytest.mark.parametrize("choice", ["1", "2", "3"])
def test_a_file_changed_by_others_is_never_overwritten_silently(choice: str, file: Path, content: Path) -> None:
    """What others score by a rubric that came since the file was opened is shown by that, and by no other."""
    theirs = file.read_text(encoding="utf-8").replace('id = "baseline"', 'id = "peaks"') + "\n" + OTHERS

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        assert {chain[-1].id for chain in drive.session.chains} == {"baseline", "hills"}
        hills = (content / "weights" / "small" / "hills.toml").read_text(encoding="utf-8")
        peaks = hills.replace('id = "hills"', 'id = "peaks"')
        (content / "weights" / "small" / "peaks.toml").write_text(peaks, encoding="utf-8")
        file.write_text(theirs, encoding="utf-8")
        await drive.press("2")
        await drive.until(lambda: "The file was changed" in drive.text)
        assert file.read_text(encoding="utf-8") == theirs
        await drive.press("ctrl+l")
        assert drive.text.count("已被其他程序修改") == 2, drive.text
        await drive.press("ctrl+l", choice)
        if choice == "3":
            await drive.until(lambda: "from now on" in drive.text)
            await drive.press("enter")
        await drive.on(QuestionsPage)
        assert drive.session.trouble is None
        if choice == "2":
            for key, value, rubric in (("", 0, "peaks"), ("ctrl+z", 2, "baseline"), ("ctrl+y", 0, "peaks")):
                await drive.press(*filter(None, [key]))
                assert drive.session.given("answers", "plan").value == value
                assert drive.session.instrument.profile.id == rubric
            await drive.press("ctrl+z")

    drive(steps, file=file, content=(content,))
    if choice == "1":
        assert saved(file, content, "plan").value == 2
        assert file.with_name("anhe.other.toml").read_text(encoding="utf-8") == theirs
    elif choice == "2":
        assert saved(file, content, "plan").value == 2
    else:
        assert file.read_text(encoding="utf-8") == theirs
        assert saved(file.with_name("anhe-2.toml"), content, "plan").value == 2


def test_what_a_file_shall_hold_is_asked_no_more_once_the_answers_are_kept_elsewhere(file: Path, content: Path) -> None:
    """By whoever leaves; taken for the other version, one's own answers would be kept beside themselves."""

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        file.write_text(file.read_text(encoding="utf-8") + OTHERS, encoding="utf-8")
        await drive.press("2")
        await drive.on(ConflictPage)
        await drive.press("ctrl+q", "2", "enter")
        await drive.on(QuestionsPage)
        assert drive.session.trouble is None

    drive(steps, file=file, content=(content,))
    assert saved(file.with_name("anhe-2.toml"), content, "plan").value == 2


def test_what_others_wrote_into_last_years_file_stays_in_it(sample: Path) -> None:
    """The year goes into a file of its own; of what this page changed nothing is left in the old one, of theirs all."""

    async def steps(drive: Drive) -> None:
        drive.app.push_screen(SubjectPage())
        page = await drive.on(SubjectPage)
        others_answer(sample)
        page.field("name").value = "Renamed"
        await drive.press("tab")
        await drive.on(ConflictPage)
        await drive.press("2")
        await drive.on(SubjectPage)
        theirs.append(sample.read_bytes())
        page.field("period").value = "2026"
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.on(SubjectPage)

    theirs: list[bytes] = []
    drive(steps, file=sample)
    assert [sample.read_bytes()] == theirs
    assert 'period = "2026"' in sample.with_name("sample-2026.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("clicked", [False, True])
def test_what_is_typed_on_does_not_answer_what_a_file_changed_by_others_shall_hold(
    clicked: bool, file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers copied from paper do not go on into the question: none of them is given to what is asked there."""
    monkeypatch.setattr(ConflictPage, "QUIET", 3600.0)

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        theirs = file.read_text(encoding="utf-8") + OTHERS
        file.write_text(theirs, encoding="utf-8")
        await drive.press("2", "2", "1", "enter")
        await drive.on(ConflictPage)
        assert "nothing is chosen yet" in drive.text
        assert drive.session.given("answers", "plan").value == 2
        assert file.read_text(encoding="utf-8") == theirs
        if clicked:  # a click is aimed at what is seen, however soon
            row = next(place for place, line in enumerate(drive.lines) if "Keep my answers; what is" in line)
            await drive.pilot.click(offset=(12, row))
        else:
            monkeypatch.setattr(ConflictPage, "QUIET", 0.0)
            await drive.press("1")
        await drive.on(QuestionsPage)
        assert drive.session.trouble is None

    drive(steps, file=file, content=(content,))
    assert saved(file, content, "plan").value == 2


def test_letters_that_are_typed_on_are_no_quiet_before_what_a_file_changed_by_others_shall_hold(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“研发经费约2亿元” may be typed on into the question: its digit does not choose what the other wrote."""
    now = 0.0
    monkeypatch.setattr(ConflictPage, "QUIET", 1.5)
    monkeypatch.setattr(dialogs, "time", SimpleNamespace(monotonic=lambda: now))

    async def steps(drive: Drive) -> None:
        nonlocal now
        await at(drive, "plan")
        theirs = file.read_text(encoding="utf-8") + OTHERS
        file.write_text(theirs, encoding="utf-8")
        await drive.press("2")
        await drive.on(ConflictPage)
        for typed in "经费约2":
            now += 1.0
            await drive.write(typed)
        assert "nothing is chosen yet" in drive.text
        assert file.read_text(encoding="utf-8") == theirs
        now += 2.0
        await drive.press("down", "up", "enter")  # after a pause as fast as somebody likes
        await drive.on(QuestionsPage)
        assert drive.session.trouble is None

    drive(steps, file=file, content=(content,))


def test_what_a_file_changed_by_others_shall_hold_is_asked_before_a_page_closes(sample: Path) -> None:
    """A page that closes with a save (weights, a note) would take the question away instead of itself, unseen."""

    async def steps(drive: Drive) -> None:
        await at(drive, "rd_organisation")
        for page, keys in ((ProfilePage("grain_base"), "1"), (SupportPage("answers", "rd_organisation", "note"), "x")):
            drive.app.push_screen(page)
            await drive.on(type(page))
            sample.write_text(sample.read_text(encoding="utf-8") + "\n# by somebody else\n", encoding="utf-8")
            await drive.write(keys)
            if isinstance(page, SupportPage):
                page.action_close()
            await drive.until(lambda: "The file was changed" in drive.text)
            await drive.press("1")  # mine
            await drive.on(type(page))
            await drive.press("escape")
            await drive.on(QuestionsPage)
            assert drive.session.trouble is None

    drive(steps, file=sample)


@pytest.mark.parametrize("table", ["facts", "answers"])
def test_the_last_answer_goes_on_only_when_it_is_said_what_the_file_shall_hold(
    table: str, file: Path, content: Path
) -> None:
    """Results and weights would lie over the question or take it away, and nothing would ask it any more."""
    asked, last = content / "questionnaires" / "small.toml", {"facts": "size", "answers": "story"}[table]
    fact = '[facts.size]\nkind = "text"\ntext = { en = "How large?", zh = "规模？" }\n\n[pillars.new]'
    asked.write_text(asked.read_text(encoding="utf-8").replace("[pillars.new]", fact), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(FactsPage)
        drive.session.put("facts", "zone", value="hills")
        drive.app.show_question(f"{table}:{last}")
        await drive.pilot.pause()
        page = drive.page
        file.write_text(file.read_text(encoding="utf-8") + OTHERS, encoding="utf-8")
        await drive.write("mine")
        await drive.press("pagedown")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("1", "pagedown")
        assert drive.page is not page
        assert drive.session.trouble is None

    drive(steps, file=file, content=(content,))


def test_a_file_that_was_renamed_while_it_was_open_is_said_to_be_written_anew(file: Path, content: Path) -> None:
    """Else what is answered from then on would be looked for in the renamed one, where it is not."""
    renamed = file.with_name("renamed.toml")

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        file.rename(renamed)
        await drive.press("2")
        await drive.until(lambda: "The file was gone" in drive.said)
        assert saved(file, content, "plan").value == 2
        await drive.press("pageup")
        assert not drive.said
        await at(drive, "plan")
        await drive.press("1")
        await drive.pilot.pause()
        assert saved(file, content, "plan").value == 1
        assert "The file was gone" not in drive.said  # once is enough

    drive(steps, file=file, content=(content,))
    assert "answers.plan" not in renamed.read_text(encoding="utf-8")


def test_what_is_half_typed_stays_where_what_others_wrote_was_chosen(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        page = await at(drive, "share")
        await drive.write("4000")  # out of range, and so not in the file
        await drive.until(lambda: page.unkept)
        drive.app.push_screen(SupportPage("answers", "share", "evidence"))
        await drive.on(SupportPage)
        await drive.write("mine")
        await drive.until(lambda: "mine" in file.read_text(encoding="utf-8"))
        file.write_text(file.read_text(encoding="utf-8").replace("mine", "theirs"), encoding="utf-8")
        await drive.write("!")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("2")
        await drive.on(SupportPage)
        assert page.unkept
        await drive.press("escape")
        await drive.on(QuestionsPage)
        assert page.pane.figure.value == "4000"

    drive(steps, file=file, content=(content,))


def test_a_field_shows_what_others_wrote_where_that_was_chosen(file: Path, content: Path) -> None:
    async def changed_by_others(drive: Drive) -> None:
        await drive.write("mine")
        await drive.until(lambda: "mine" in file.read_text(encoding="utf-8"))
        file.write_text(file.read_text(encoding="utf-8").replace("mine", "theirs"), encoding="utf-8")
        await drive.write("!")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("2")

    async def steps(drive: Drive) -> None:
        page = await at(drive, "story")
        await changed_by_others(drive)
        await drive.on(QuestionsPage)
        assert page.pane.words.text == "theirs"
        await drive.press("f5")
        support = await drive.on(SupportPage)
        await changed_by_others(drive)
        await drive.on(SupportPage)
        assert support.query_one("#evidence", TextArea).text == "theirs"
        await drive.press("escape")
        await drive.on(QuestionsPage)
        drive.app.push_screen(SubjectPage())
        subject = await drive.on(SubjectPage)
        await drive.write(" County")
        await drive.press("tab")
        assert drive.session.answers.subject.name == "Anhe County"
        await drive.press("ctrl+z")
        assert subject.field("name").value == "Anhe"
        await drive.press("escape")
        await drive.on(QuestionsPage)
        assert drive.session.answers.subject.name == "Anhe"

    drive(steps, file=file, content=(content,))


def test_a_file_that_is_only_looked_at_is_said_to_be_older_than_it_is_by_now(sample: Path) -> None:
    """Somebody else goes on answering: a report of what is shown would bear figures that hold no longer."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        assert "read only" in drive.text
        os.utime(sample)  # as a backup does it
        drive.app.action_go("report")
        await drive.on(ReportPage)
        assert "since" not in drive.text
        others_answer(sample)
        drive.page.repaint()
        assert "read only; the file was changed since" in drive.text
        assert "The file was changed since it was opened here." in " ".join(drive.page.as_text().split())

    drive(steps, file=sample, read_only=True)


def test_no_report_of_an_older_state_is_written_before_it_is_said(sample: Path) -> None:
    """The way on from the results leads to the page that says it, and writes nothing past that."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        others_answer(sample)
        await drive.press("2")
        page = await drive.on(ReportPage)
        assert "The file was changed since it was opened here." in " ".join(page.as_text().split())
        assert page._begun is None
        assert not page.target.exists()

    drive(steps, file=sample, read_only=True)


def test_no_report_is_written_of_what_is_no_longer_in_the_file(sample: Path) -> None:
    """A program that copies files may exchange it while nobody answers, so that no save notices."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        others_answer(sample)
        await drive.press("2")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("2")
        page = await drive.on(ReportPage)
        assert not page.target.exists()
        await drive.press("7", "9")
        await drive.until(lambda: page._outcome)
        assert "Written" in drive.text
        assert list(sample.parent.glob("*.toml")) == [sample]

    drive(steps, file=sample)


def test_answers_to_other_questions_are_not_gone_on_with(file: Path, sample: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        file.write_bytes(sample.read_bytes())
        await drive.press("2")
        await drive.until(lambda: "The file was changed" in drive.text)
        await drive.press("2")
        await drive.until(lambda: "another questionnaire" in drive.text)
        assert drive.session.answers.questionnaire.id == "small"
        assert file.read_bytes() == sample.read_bytes()

    drive(steps, file=file, content=(content,))
