"""The tools: found and opened from the start page and an assessment; several answer files taken together."""

import errno
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from textual.widgets import Input

from nqpf_assess.exchange.grids import PASTE_VALUE
from nqpf_assess.exchange.sources import SAY_WHICH
from nqpf_assess.exchange.statistics_sheets import SAY_PLACE
from nqpf_assess.files.editions import TAKE_OVER
from nqpf_assess.files.intake import SAY_ENCODING
from nqpf_assess.files.places import shipped
from nqpf_assess.locale import fill
from nqpf_assess.session.remembered import Recent, Remembered, remember
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.tools import OPEN_FIRST, PASTE, SAVE_ANEW, in_app
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.home.tools import ToolsPage
from nqpf_assess.tui.results.compare import ComparePage, EarlierPage
from nqpf_assess.tui.results.following import FollowingPage
from nqpf_assess.tui.results.results import ExplainPage
from nqpf_assess.tui.tools import cohort
from nqpf_assess.tui.tools.checking import CheckFilePage
from nqpf_assess.tui.tools.cohort import CohortPage
from nqpf_assess.tui.tools.differing import EditionsPage
from nqpf_assess.tui.tools.editors import RubricsPage
from nqpf_assess.tui.tools.files import FilesPage, TickPage
from nqpf_assess.tui.tools.importing import ImportFilePage
from nqpf_assess.tui.tools.merging import MergedPage, MergePage
from nqpf_assess.tui.tools.migrating import MigrationPage
from tests.tui.driving import BOTH, Drive, drive, saved


@pytest.fixture
def two(file: Path) -> tuple[Path, Path]:
    """Two respondents of one subject, who differ in one answer."""
    words = file.read_text(encoding="utf-8")
    for name, level in (("first", 1), ("second", 2)):
        answer = f"\n[answers.plan]\nvalue = {level}\nat = 2026-01-05T09:00:00+08:00\n"
        body = words.replace('name = "Anhe"', f'name = "Anhe"\nrespondent = "{name}"')
        (file.parent / f"{name}.toml").write_text(body + answer, encoding="utf-8")
    file.unlink()
    return file.parent / "first.toml", file.parent / "second.toml"


CALLED = (
    ("merge", "merge"), ("respondents", "merge"), ("hebing", "merge"), ("hbdr", "merge"), ("会签", "merge"),
    ("ahp", "pairs"), ("cengci", "pairs"), ("层次分析", "pairs"), ("duban", "follow"), ("excel", "import"),
    ("daoru", "import"), ("upgrade", "migrate"), ("shengji", "migrate"), ("quanzhong", "rubric"), ("zbtx", "rubric"),
    ("wording", "question"), ("save as", "export"), ("daochu", "export"), ("空白表", "export"),
    ("median", "peers"), ("tonglei", "peers"), ("create", "new_rubric"), ("xinjian", "new_rubric"),
    ("versions", "differ"), ("chayi", "differ"), ("mistakes", "check"), ("jiancha", "check"),
    ("ranking", "cohort"), ("paiming", "cohort"), ("last year", "compare"), ("qunian", "compare"),
)  # fmt: skip


def test_a_tool_is_found_by_what_people_call_it() -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("f9")
        page = await drive.on(MenuPage)
        for typed, tool in CALLED:
            page.query_one(Input).value = typed
            await drive.pilot.pause()
            assert f"app.tool('{tool}')" in [row.id for row in page.list.rows], typed

    drive(steps)


def test_a_hint_that_names_a_command_names_the_tool() -> None:
    hint = in_app(fill(TAKE_OVER, path="a.toml"))
    assert hint is not None
    assert "Take answers over" in hint["en"]
    assert "把答卷转到现行版问卷" in hint["zh"]
    assert not any("nqpf-assess" in words for words in hint.values())
    assert in_app(
        {
            "en": "Looked in: a. Another one, or a path, may be given with --weights.",
            "zh": "已查找：a。也可用 --weights 另选方案或给出路径。",
        }
    ) == {
        "en": "Looked in: a.",
        "zh": "已查找：a。",
    }
    instead = ((SAY_ENCODING, SAVE_ANEW), (SAY_PLACE, OPEN_FIRST), (SAY_WHICH, OPEN_FIRST), (PASTE_VALUE, PASTE))
    assert [in_app(hint) for hint, _words in instead] == [words for _hint, words in instead]


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_every_tool_opens_from_the_start_page_and_esc_leads_back(size: tuple[int, int], language: str) -> None:
    pages: dict[str, type[Page]] = {
        "import": ImportFilePage,
        "export": ChoicePage,
        "merge": TickPage,
        "compare": FilesPage,
        "follow": FilesPage,
        "cohort": CohortPage,
    }
    pages |= {"migrate": FilesPage, "rubric": RubricsPage, "question": ChoicePage}
    pages |= {"peers": FilesPage, "new_rubric": RubricsPage, "differ": EditionsPage, "check": CheckFilePage}

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("5")
        for tool, page in pages.items():
            tools = await drive.on(ToolsPage)
            drive.check_frame()
            await drive.press(*next(row.key for row in tools.list.rows if f"'{tool}'" in row.id))
            if type(drive.app.screen) is ToolsPage:  # 1 may still become 10
                await drive.press("enter")
            await drive.on(page)
            drive.check_frame()
            await drive.press("escape")
        await drive.on(ToolsPage)
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, size=size, language=language)


async def at_the_merge(drive: Drive) -> MergePage:
    """Go to the page on which the open assessment is merged with the second."""
    await drive.until(lambda: drive.app.desk is not None)
    drive.app.action_tool("merge")
    await drive.on(TickPage)
    await drive.write("second")
    await drive.press("enter", "enter")
    return await drive.on(MergePage)


def test_merging_from_the_open_assessment(two: tuple[Path, Path], content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        ticking = await drive.on(TickPage)
        assert ticking.ticked == {two[0].resolve(): None}
        assert "Enter Tick" in drive.lines[-1]
        await drive.write("second")
        await drive.press("enter")
        assert "Enter Go on" in drive.lines[-1]
        await drive.press("enter")
        await drive.on(MergePage)
        drive.check_frame()
        drive.session.put("answers", "story", value="went on")
        await drive.press("3", "8", "9")
        page = await drive.on(MergedPage)
        assert "first" in drive.text
        await drive.press("pagedown")  # what there is to choose stands above; the agenda is reached all the same
        assert page.list.as_text()[-1] in drive.text
        await drive.press("1")
        await drive.until(lambda: drive.app.desk is not None and "merged" in drive.app.desk.path.name)
        assert drive.session.answers.merged is not None
        assert drive.session.answers.merged.rule == "lead"
        assert drive.session.answers.answers["story"].value == "went on"  # written while the page was open
        drive.app.push_screen(ExplainPage("plan"))  # when the page of the merge is gone
        await drive.on(ExplainPage)
        said = " ".join(drive.text.partition("Who said what")[2].split())
        assert said.startswith("given by second - first said: level 1")
        assert "- second said: level 2" in said

    drive(steps, file=two[0], content=(content,))


def test_what_speaks_against_merging_is_said_with_what_to_do(two: tuple[Path, Path], content: Path) -> None:
    other = two[1].read_text(encoding="utf-8").replace('name = "Anhe"', 'name = "Anhe County"')
    two[1].write_text(other, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at_the_merge(drive)
        await drive.until(lambda: "give its name below" in " ".join(drive.text.split()))
        assert "go" not in [row.id for row in page.list.rows]
        await drive.press("6")
        await drive.until(lambda: drive.page.query("#line"))
        await drive.press("enter")
        await drive.on(MergePage)
        assert "go" in [row.id for row in page.list.rows]

    drive(steps, file=two[0], content=(content,))


def test_files_that_became_unlike_while_they_were_looked_at_are_not_merged(
    two: tuple[Path, Path], content: Path
) -> None:
    """Nor does what they were called before decide what is written over."""
    theirs = two[0].with_name("Anhe-2024-merged.toml")
    theirs.write_text("of somebody else", encoding="utf-8")

    async def steps(drive: Drive) -> None:
        page = await at_the_merge(drive)
        words = [path.read_text(encoding="utf-8") for path in two]
        for path, said in zip(two, words, strict=True):
            path.write_text(said.replace('period = "2025"', 'period = "2024"'), encoding="utf-8")
        await drive.press("9")  # into the file of another year, then
        assert "no merged file as merge wrote it" in drive.said
        assert theirs.read_text(encoding="utf-8") == "of somebody else"
        page._into(str(two[0].parent))  # a folder: into it, under the name it would have
        assert page.target == theirs
        theirs.unlink()
        two[0].write_text(words[0], encoding="utf-8")
        await drive.press("9")
        await drive.on(MergePage)
        assert "different years" in " ".join(drive.text.split())
        assert "go" not in [row.id for row in page.list.rows]
        assert not list(two[0].parent.glob("*merged*"))

    drive(steps, file=two[0], content=(content,))


def test_who_leads_may_be_called_otherwise_when_the_files_are_read_again(two: tuple[Path, Path], content: Path) -> None:
    """One who goes by another name by then is told to be missing, and another one can be chosen."""
    words = two[0].read_text(encoding="utf-8").replace('respondent = "first"', 'respondent = "Bert"')
    two[0].write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await at_the_merge(drive)
        await drive.press("3")
        two[0].write_text(words.replace('"Bert"', '"Anna"'), encoding="utf-8")
        await drive.press("9")
        await drive.until(lambda: "no respondent is called" in drive.said)
        await drive.press("8")
        assert "Who leads: Anna" in drive.text
        await drive.press("9")
        await drive.on(MergedPage)

    drive(steps, file=two[0], content=(content,))


def test_files_scored_by_other_weights_are_not_merged_and_the_way_on_is_said(
    two: tuple[Path, Path], content: Path
) -> None:
    words = two[1].read_text(encoding="utf-8").replace('weights = { id = "baseline"', 'weights = { id = "hills"')
    two[1].write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await at_the_merge(drive)
        assert "choose the other's weights" in " ".join(drive.text.split())

    drive(steps, file=two[0], content=(content,))


def test_comparing_and_following_from_the_start_page(two: tuple[Path, Path], content: Path) -> None:
    away = two[0].parent / "away"
    shutil.copytree(two[0].parent, away)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("compare")
        await drive.on(FilesPage)
        await drive.paste(str(away / "first.toml"))
        await drive.press("enter")
        await drive.until(lambda: "later" in drive.lines[0])
        assert (await drive.on(FilesPage)).folder == away  # the later one is looked for beside the earlier one
        await drive.press("enter")
        await drive.on(ComparePage)
        await drive.press("escape")
        await drive.on(HomePage)
        drive.app.action_tool("follow")
        await drive.on(FilesPage)
        await drive.press("enter")
        await drive.on(FollowingPage)
        assert "Choose" not in drive.lines[-1]  # nothing is ticked in the plan, so nothing can be chosen
        await drive.press("escape")
        await drive.on(QuestionsPage)
        drive.app.action_tool("compare")
        await drive.on(EarlierPage)

    drive(steps, content=(content,))


def test_migrating_keeps_the_old_file_and_takes_it_as_it_is_when_it_is_written(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody answers on while the page shows what becomes of the answers."""
    path = content / "questionnaires" / "small.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"'), encoding="utf-8")
    later = file.read_text(encoding="utf-8") + "\n[answers.share]\nvalue = 3\n"

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("migrate")
        await drive.on(FilesPage)
        await drive.press("enter")
        page = await drive.on(MigrationPage)
        drive.check_frame()
        assert not re.search(r"\[\w+ \w+\]|small", page.as_text())  # titles, no ids
        file.write_text(later, encoding="utf-8")
        await drive.press("1")
        assert "changed meanwhile" in drive.said
        assert file.read_text(encoding="utf-8") == later
        with monkeypatch.context() as refusing:  # no room for the copy of the file as it was
            refusing.setattr("os.replace", no_room)
            await drive.press("1")
        assert "the disk is full" in drive.said
        assert file.read_text(encoding="utf-8") == later
        await drive.press("1")
        await drive.until(lambda: page._kept is not None)
        assert file.with_name("anhe.1.toml").read_text(encoding="utf-8") == later
        assert saved(file, content, "share").value == 3
        await drive.press("escape")
        await drive.on(HomePage)

    drive(steps, content=(content,))


def test_a_damaged_file_is_said_and_not_merged(file: Path, content: Path) -> None:
    broken = file.with_name("broken.toml")
    broken.write_text(file.read_text(encoding="utf-8").replace('id = "small"', 'id = "nowhere"'), encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("migrate")
        await drive.on(FilesPage)
        await drive.write("broken")
        await drive.press("enter")
        await drive.on(ProblemsPage)
        assert "nowhere" in drive.text
        assert "Enter" not in drive.lines[-1]  # there is nothing to choose; it leads back all the same
        await drive.press("enter")
        await drive.on(HomePage)

    drive(steps, content=(content,))


def test_all_of_a_folder_are_reported_on(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an import kept of a file beside it is no further place; of two files of one year the report counts one."""
    shutil.copy(shipped() / "samples" / "grain_county_quick.toml", sample.parent)
    shutil.copy(sample, sample.with_suffix(".before-import.toml"))
    again = sample.with_name("sample (conflicted copy).toml")
    shutil.copy(sample, again)
    os.utime(sample, (1, 1))
    asked: list[list[str]] = []

    def run(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        if "report" in command:
            (Path(command[command.index("-o") + 1]) / "report.pdf").write_bytes(b"")
        status = 0 if len(asked) < 3 else 3
        return subprocess.CompletedProcess(command, status, b"", b"2 rows" if status == 0 else b"the disk is full")

    monkeypatch.setattr("subprocess.run", run)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        assert "changedlastcounts:清溪县（虚构）2025" in "".join(drive.text.split())
        assert len(page.chosen_files) == 2
        assert again in (one.path for one in page.chosen_files)
        assert sample.name in page.as_text().partition("Left out")[2]
        await drive.press("9")
        await drive.until(lambda: "report.pdf" in drive.text)
        collected = [Path(word).name for word in asked[0]]
        assert collected.index(again.name) < collected.index(sample.name)  # the first counts that can be read
        asked.clear()
        again.unlink()
        page._look_in(str(page.folder))
        assert len(page.chosen_files) == 2
        assert "changed last" not in drive.text
        assert "before-import.toml" in "".join(page.as_text().partition("Left out")[2].split())
        (inside := page.folder / "cities" / "harbour").mkdir(parents=True)
        inside.joinpath(sample.name).write_bytes(sample.read_bytes())
        assert "folders inside" not in page.as_text()
        page._look_in(str(page.folder))
        assert "Not looked into are the folders inside: cities." in " ".join(page.as_text().split())
        (page.into / "minutes.pdf").write_bytes(b"of others")
        await drive.press("9")
        await drive.until(lambda: "report.pdf" in drive.text)
        assert "minutes.pdf" not in drive.text
        assert [command[5:7] for command in asked] == [["cohort", "collect"], ["cohort", "report"]]
        assert {str(one.path.resolve()) for one in page.chosen_files} < {*asked[0]}
        assert str(shipped() / "questionnaires" / "region") in asked[1]  # no folder of papers that is called region
        await drive.press("7")
        assert str(page.into.absolute()) in " ".join(drive.said.split())
        await drive.press("9")  # what lies there from the first time is not called written
        await drive.until(lambda: "the disk is full" in drive.text)
        assert "No report was written." in drive.text  # the table may have been, before the report failed
        assert "Nothing was written" not in drive.text
        assert "report.pdf" not in drive.text
        (page.into / "answers.csv").write_bytes(b"of other files")
        asked.clear()

        def refuse(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
            run(command)
            return subprocess.CompletedProcess(command, 1, b"", b"no file could be taken")

        monkeypatch.setattr("subprocess.run", refuse)
        await drive.press("9")  # no report is made of the table that lies there from another time
        await drive.until(lambda: "no file could be taken" in drive.text)
        assert "No report was written." in drive.text
        assert len(asked) == 1
        page._into = sample / "below"
        await drive.press("9")
        await drive.until(lambda: "could not be written" in drive.text)
        assert "Errno" not in drive.text

    drive(steps, size=(120, 40))


def test_what_a_folder_holds_of_a_place_and_does_not_count_is_named(sample: Path) -> None:
    """Emptied or filled with nothing by a sync service, in another encoding, or with an ending too many."""
    folder, whole = sample.parent, sample.read_text(encoding="utf-8")
    for name, data in (("empty", b""), ("nothing", bytes(999)), ("wide", whole.encode("utf-16"))):
        (folder / f"{name}.toml").write_bytes(data)
    shutil.copy(sample, folder / "粮县.toml.txt")
    (folder / "weights.toml").write_text('format = "nqpf-weights/1"\n', encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        told = " ".join(page.as_text().split())
        assert "3 answer files cannot be read and are left out: empty.toml, nothing.toml, wide.toml." in told
        assert "passed over: 粮县.toml.txt: an answer file ends in .toml" in told
        assert "weights.toml" not in told

    drive(steps, size=(120, 40))


def test_what_a_cohort_wrote_is_not_said_of_what_is_chosen_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No “Written into cohort-firm” stands there before anything of the firms is written."""
    for name in ("grain_county_quick", "renewal_city_2025", "firm_exporter", "firm_service"):
        shutil.copy(shipped() / "samples" / f"{name}.toml", tmp_path / "work" / f"{name}.toml")

    def run(command: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        if "report" in command:
            (Path(command[command.index("-o") + 1]) / "report.pdf").write_bytes(b"")
        return subprocess.CompletedProcess(command, 0, b"", b"2 rows")

    monkeypatch.setattr("subprocess.run", run)

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        await drive.press("9")
        await drive.until(lambda: "report.pdf" in drive.text)
        page.chosen("of:firm", "digit")
        assert "Written into" not in page.as_text()
        await drive.press("9")
        await drive.until(lambda: "report.pdf" in drive.text)
        page._go_into(str(tmp_path / "else"))
        assert "Written into" not in page.as_text()

    drive(steps, size=(120, 40))


def test_of_two_years_of_one_place_a_cohort_takes_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the place would count twice, or be left out with a problem where nothing is wrong."""
    for name in ("renewal_city_2024", "renewal_city_2025"):
        words = (shipped() / "samples" / f"{name}.toml").read_text(encoding="utf-8")
        words = words.replace('period = "2024"', 'period = "截至2024年底"')  # which by its letters lies behind 2025
        (tmp_path / "work" / f"{name}.toml").write_text(words, encoding="utf-8")

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        drive.app.action_tool("cohort")
        page = await drive.on(CohortPage)
        drive.check_frame()
        assert [one.period for one in page.chosen_files] == ["2025"]
        assert "“Compare two assessments”" in " ".join(drive.text.split())
        assert "go" not in [row.id for row in page.list.rows]
        shutil.copy(shipped() / "samples" / "grain_county_quick.toml", tmp_path / "work" / "grain.toml")
        half = words.replace('period = "2025"', 'period = "2025年上半年"')  # which does not count in place of its year
        (tmp_path / "work" / "half.toml").write_text(half, encoding="utf-8")
        slip = words.replace('period = "2025"', 'period = "2025')
        (tmp_path / "work" / "slip.toml").write_text(slip, encoding="utf-8")
        page._files = None
        page.repaint()
        assert {one.path.name for one in page.chosen_files} == {"renewal_city_2025.toml", "grain.toml"}
        assert "1 answer file cannot be read and is left out: slip.toml" in " ".join(page.as_text().split())
        assert "Left out: earlier years" in page.as_text()
        heads = {row.text: row.tail for row in page.list.rows}
        assert heads["The files"] == "2"
        monkeypatch.setattr(cohort, "MOST_SHOWN", 1)
        page.repaint()
        assert "and 1 more" in page.as_text()
        for sound in (tmp_path / "work").glob("[!s]*.toml"):
            sound.unlink()
        page._files = None
        page.repaint()
        assert "There are no answer files" not in page.as_text()

    drive(steps)


def test_files_and_choices_of_a_merge_are_not_dropped_without_asking(two: tuple[Path, Path], content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.press("escape")  # nothing was ticked, nothing is asked
        await drive.on(QuestionsPage)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.write("second")
        await drive.press("enter", "escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        page = await drive.on(MergePage)
        await drive.press("2", "escape")
        await drive.on(ChoicePage)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        await drive.press("ctrl+q")
        await drive.until(lambda: "Leave?" in drive.text)
        await drive.press("1")
        await drive.until(lambda: drive.page is page)
        await drive.press("escape", "2")
        merged = (await drive.on(MergedPage))._merging.answers.merged
        assert merged is not None
        assert merged.rule == "majority"

    drive(steps, file=two[0], content=(content,))


def test_back_from_a_merge_leads_to_the_files_as_they_were_ticked(two: tuple[Path, Path], content: Path) -> None:
    """Also those of another folder; and from there on they are not dropped without asking."""
    away = two[1].parent / "away"
    away.mkdir()
    two[1].rename(away / "second.toml")

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        await drive.paste(str(away))
        assert "Tick" not in drive.lines[-1]  # Space would be part of the path
        await drive.press("enter")
        await drive.until(lambda: "second.toml" in drive.text)
        assert "Enter Tick" in drive.lines[-1]
        await drive.press("space", "home", "enter")
        await drive.on(MergePage)
        await drive.press("escape")
        ticking = await drive.on(TickPage)
        assert list(ticking.ticked) == [two[0].resolve(), (away / "second.toml").resolve()]
        assert "second.toml" in drive.text
        await drive.press("escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(MergePage)

    drive(steps, file=two[0], content=(content,))


def test_what_was_opened_lately_elsewhere_is_listed_apart(file: Path, content: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    remember(Remembered().with_recent(Recent(str(shutil.copy(file, away / file.name)))))

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.app.action_tool("merge")
        await drive.on(TickPage)
        here, _, elsewhere = drive.text.partition("Opened lately, in other folders")
        assert file.name in here
        assert "away/" not in here
        assert f"away/{file.name}" in elsewhere

    drive(steps, file=file, content=(content,), size=(120, 40))
