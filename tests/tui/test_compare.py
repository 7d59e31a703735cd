"""Comparing, the line over the years and the follow-up sheet on the screen, at both sizes in both languages."""

import shutil
import tomllib
import unicodedata
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shipped
from nqpf_assess.files.store import answers_text
from nqpf_assess.session.comparing import compared, history
from nqpf_assess.session.remembered import Recent, file_stamp, recall, remember
from nqpf_assess.tui.drawing.glyphs import UNICODE
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.lists import END_OF_READING
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.compare import ComparePage, EarlierPage, HistoryPage, change_rows, history_rows
from nqpf_assess.tui.results.following import DeadlinePage, DroppedPage, FollowingPage, FollowNotePage, MeasurePage
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.report import ReadPage, ReportPage
from nqpf_assess.tui.results.results import ResultsPage
from tests.tui.driving import CHINESE, ENGLISH, LANGUAGES, Drive, drive


@pytest.fixture
def years(tmp_path: Path) -> tuple[Path, Path]:
    """Two years of one place, side by side."""
    found = []
    for year in (2024, 2025):
        path = tmp_path / "work" / f"city{year}.toml"
        shutil.copy(shipped() / "samples" / f"renewal_city_{year}.toml", path)
        found.append(path)
    return found[0], found[1]


def here(drive: Drive, en: str, zh: str) -> None:
    drive.check_frame()
    wanted = {"en": en, "zh": zh}[drive.app.language]
    assert wanted in drive.text, f"{wanted} is not in\n{drive.text}"


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_compare_from_the_results(years: tuple[Path, Path], size: tuple[int, int], language: str) -> None:
    """C on the results finds last year's file beside the open one; three views tell what changed."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("c")
        await drive.on(EarlierPage)
        here(drive, "The same place or firm", "同一对象")
        here(drive, "city2024.toml", "city2024.toml")
        await drive.press("enter")
        page = await drive.on(ComparePage)
        here(drive, "38.4 → 46.4 (+8.0)", "38.4 → 46.4（+8.0）")
        here(drive, "Scientific and technological", "科技创新")
        await drive.press("right")
        here(drive, "Did local firms hire the set", "上年本地企业录用校企联合培养班")
        await drive.press("right")
        here(drive, "At most 9.7 points were expected", "预计最多提高9.7分")
        assert page.tab == "plan"
        while not page.list.whole and page.said != page.speech.tell(END_OF_READING):
            before = drive.text
            await drive.press("enter")  # reads on, and from the end leads back
            assert drive.text != before
        await drive.press("enter")
        await drive.on(ResultsPage)

    drive(steps, size=size, language=language, file=years[1])


def test_the_earlier_year_is_the_old_one(years: tuple[Path, Path], tmp_path: Path) -> None:
    """Also where the earlier file is the one that is open, and the later one is typed."""
    later = years[1].rename(tmp_path / "later.toml")

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("c")
        await drive.on(EarlierPage)
        await drive.paste(str(later))
        await drive.press("enter")
        await drive.on(ComparePage)
        assert "38.4 → 46.4" in drive.text
        drive.session.choose_profile(next(c for c in drive.session.chains if c[-1].id == "baseline"))
        drive.page.travelled(("weights", ""))  # as undo, redo and another writer do
        drive.page.repaint()
        assert "37.5 → 46.4" in drive.text

    drive(steps, file=years[0])


def test_files_of_one_name_and_year_are_named_with_their_folders(years: tuple[Path, Path], tmp_path: Path) -> None:
    """Both columns would bear one name."""
    (tmp_path / "before").mkdir()
    kept = Path(shutil.copy(years[1], tmp_path / "before"))
    found = compared(Library(roots()), kept, years[1], date(2026, 12, 1)).comparison
    assert [found.old.name, found.new.name] == ["before/city2025.toml", "work/city2025.toml"]


def test_a_name_that_is_typed_is_that_of_a_file_beside_the_open_one(years: tuple[Path, Path], tmp_path: Path) -> None:
    """And not of another one of its name in the folder that the program works in."""
    far = tmp_path / "far"
    far.mkdir()
    for path in years:
        shutil.copy(path, far)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("c")
        page = await drive.on(EarlierPage)
        await drive.write(years[0].name)
        assert page.list.current == str(far / years[0].name)

    drive(steps, file=far / years[1].name)


def test_a_file_that_cannot_be_compared_is_said(years: tuple[Path, Path]) -> None:
    """A typed path to a broken file, or to a firm's: a sentence, and the page stays."""
    broken = years[0].with_name("broken.toml")
    broken.write_text('format = "nqpf-answers/1"\nquestionnaire = {', encoding="utf-8")
    firm = years[0].with_name("firm.toml")
    shutil.copy(shipped() / "samples" / "firm_exporter.toml", firm)

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("c")
        page = await drive.on(EarlierPage)
        assert "broken cannot be read as it is" in " ".join(page.as_text().split())  # it may be last year's
        for path, said in ((broken, "cannot be used"), (firm, "nothing to compare")):
            await drive.write(path.name)
            await drive.press("enter")
            await drive.until(partial(lambda words: words in drive.said, said))
            await drive.on(EarlierPage)
            await drive.press(*["backspace"] * len(path.name))

    drive(steps, file=years[1])


NAME = "Beilu City (invented, of coal)"


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_the_line_over_the_years_on_the_first_page(
    years: tuple[Path, Path], size: tuple[int, int], language: str
) -> None:
    """With two years opened before, the first page shows the line; behind it the table and the comparison.

    Files of one name, each in the folder of its year, are two: none is compared with itself.
    """
    for path, period, score in zip(years, ("2024", "2025"), ("38.4", "46.4"), strict=True):
        path.with_name(period).mkdir()
        path = path.rename(path.with_name(period) / "city.toml")
        stamp = file_stamp(path)
        seen = Recent(path=str(path), name=NAME, period=period, kind="region", score=score, coverage="99%", stamp=stamp)
        remember(recall().with_recent(seen))

    async def steps(drive: Drive) -> None:
        page = await drive.on(HomePage)
        here(drive, "2024 38.4 → 2025 46.4", "2024 38.4 → 2025 46.4")
        assert (
            "… 2024 " if size[0] == 80 else "(invented, of coal) 2024"
        ) in drive.text  # the name is cut, never the year
        page.chosen("years:0", "enter")
        await drive.on(HistoryPage)
        here(drive, "overall", "总分")
        here(drive, "+8.0", "+8.0")
        assert "2024/city.toml" in "".join(drive.text.split())  # of one year there may be several files
        await drive.press("1")
        await drive.on(ComparePage)
        here(drive, "38.4 → 46.4 (+8.0)", "38.4 → 46.4（+8.0）")
        await drive.press("escape")
        await drive.on(HistoryPage)
        await drive.press("escape")
        page = await drive.on(HomePage)
        shutil.copy(years[0].with_name("2024") / "city.toml", years[0].with_name("2025"))
        page.chosen("years:0", "enter")
        await drive.until(lambda: drive.said)
        page.hush()
        (years[0].with_name("2024") / "city.toml").unlink()  # while the page is looked at
        page.chosen("years:0", "enter")
        await drive.until(lambda: drive.said)

    drive(steps, size=size, language=language)


@pytest.mark.parametrize(("size", "language"), ENGLISH)
def test_the_follow_up_sheet(years: tuple[Path, Path], size: tuple[int, int], language: str) -> None:
    """F on the plan opens it; state, deadline, note and a reason are written, and are in the file at once."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("plan")
        await drive.on(PlanPage)
        await drive.press("f")
        await drive.on(FollowingPage)
        here(drive, "One policy for each", "传统产业一业一策")
        here(drive, "no deadline", "未定期限")
        here(drive, "not followed up", "未登记进展")
        await drive.press("enter")
        measure = await drive.on(MeasurePage)
        assert "away" not in [row.id for row in measure.list.rows]  # nothing was written today
        await drive.press("2")
        here(drive, "under way", "推进中")
        await drive.press("5")
        await drive.on(DeadlinePage)
        await drive.write("２０２５年12月")
        await drive.press("enter")
        await drive.on(MeasurePage)
        here(drive, "2025-12-31", "2025-12-31")
        await drive.press("6")
        await drive.on(FollowNotePage)
        await drive.write("29 of 4")
        await drive.press("enter")
        await drive.on(MeasurePage)
        await drive.press("6")
        await drive.on(FollowNotePage)
        await drive.write("2")  # a note is gone on with, not replaced
        await drive.press("enter")
        await drive.on(MeasurePage)
        here(drive, "29 of 42", "29 of 42")
        await drive.press("6", "ctrl+a", "ctrl+k", "escape")
        await drive.on(ChoicePage)
        await drive.press("2")
        await drive.on(MeasurePage)
        assert drive.session.answers.follow_up[-1].note is None  # left empty and taken, there is none
        await drive.press("6", "enter", "ctrl+z")
        await drive.on(MeasurePage)
        (entry,) = drive.session.answers.follow_up
        assert (entry.state, entry.deadline, entry.note) == ("under_way", date(2025, 12, 31), "29 of 42")
        await drive.press("4")
        await drive.on(DroppedPage)
        await drive.press("enter")
        await drive.on(MeasurePage)
        assert drive.session.answers.follow_up == (entry,)
        await drive.press("4")
        await drive.on(DroppedPage)
        await drive.write("no money")
        await drive.press("enter")
        await drive.on(MeasurePage)
        here(drive, "Reason: no money", "理由：no money")
        assert not drive.said  # “Without a reason nothing was changed”, which was said of the try before
        await drive.press("ctrl+z")
        await drive.until(lambda: drive.session.answers.follow_up == (entry,))
        written = tomllib.loads(years[0].read_text(encoding="utf-8"))
        assert written == tomllib.loads(answers_text(drive.session.answers))
        await drive.press("7")
        here(drive, "is taken away", "已撤回")
        assert not drive.session.answers.follow_up
        await drive.press("ctrl+z", "escape")
        await drive.on(FollowingPage)
        here(drive, "until 2025-12-31", "期限 2025-12-31")

    drive(steps, size=size, language=language, file=years[0])


def test_the_overdue_measures_come_first(years: tuple[Path, Path]) -> None:
    """As the guide says: in the order of the plan they would stand below the window where it is long."""
    last = tomllib.loads(years[0].read_text(encoding="utf-8"))["plan"]["chosen"][-1]
    with years[0].open("a", encoding="utf-8") as file:
        file.write(f'[[follow_up]]\nmeasure = "{last}"\ndeadline = 2020-01-31\nstate = "under_way"\n')

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("plan")
        await drive.on(PlanPage)
        await drive.press("f")
        listed = [row.id for row in (await drive.on(FollowingPage)).list.rows if row.id]
        assert len(listed) > 1
        assert listed[0] == f"measure:{last}"

    drive(steps, file=years[0])


def test_a_deadline_is_a_day_and_is_taken_away_only_on_the_day_it_was_written(years: tuple[Path, Path]) -> None:
    """What is no day changes nothing and says how to write one; what was written on another day is history."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("plan")
        await drive.on(PlanPage)
        await drive.press("f")
        await drive.on(FollowingPage)
        await drive.press("enter")
        await drive.on(MeasurePage)
        await drive.press("5", "enter")
        await drive.on(MeasurePage)
        assert not drive.said  # nothing was to be taken away
        await drive.press("5")
        await drive.on(DeadlinePage)
        await drive.write("2026-02-30")
        await drive.press("enter")
        await drive.on(DeadlinePage)
        assert "2026-02-30" in drive.said
        assert list(drive.session.answers.follow_up) == []
        await drive.press("backspace", "backspace")
        await drive.write("28")
        await drive.press("enter")
        await drive.on(MeasurePage)
        (entry,) = drive.session.answers.follow_up
        assert entry.deadline == date(2026, 2, 28)
        await drive.press("5", "backspace", "enter")
        await drive.on(MeasurePage)
        (without,) = drive.session.answers.follow_up
        assert without.deadline is None
        assert entry.at is not None
        drive.session.keep_follow_up((entry.model_copy(update={"at": entry.at - timedelta(days=1)}),))
        assert "Take away what was written today" in drive.text  # the row that midnight passed over
        await drive.press("7")
        assert "Nothing was written here today" in drive.said
        assert "Take away" not in drive.text
        await drive.press("5", "backspace", "enter")
        await drive.on(MeasurePage)
        assert "part of the history" in drive.said
        assert drive.session.answers.follow_up[0].deadline == entry.deadline

    drive(steps, file=years[0])


def test_the_state_it_has_writes_nothing(years: tuple[Path, Path]) -> None:
    """Choosing what already holds leaves the sheet, and its file, as they were."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("plan")
        await drive.on(PlanPage)
        await drive.press("f")
        await drive.on(FollowingPage)
        before = drive.session.answers.follow_up
        assert len(before) == 8
        await drive.press("enter")
        await drive.on(MeasurePage)
        await drive.press("2")
        assert drive.session.answers.follow_up == before
        await drive.press("3")
        assert len(drive.session.answers.follow_up) == 9

    drive(steps, file=years[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_offers_last_year(years: tuple[Path, Path], language: str) -> None:
    """Beside last year's file the report page has a box to tick; ticked, the report says what changed."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("2")
        page = await drive.on(ReportPage)  # what it shall tell is asked before it is written
        here(drive, "[ ] Tell what changed since 2024", "[ ] 说明与2024年相比的变化")
        await drive.press("7")
        page.chosen(f"since:{page.earlier[0].path}", "enter")
        here(drive, "[x] Tell what changed", "[x] 说明与2024年相比")
        await drive.press("9")
        await drive.until(lambda: page._outcome)
        told = page.target.read_text(encoding="utf-8")
        rise, gap = ("from 38.4 to 46.4", " ") if language == "en" else ("由38.4分升至46.4分", "")
        assert rise in gap.join(told.split())

    drive(steps, language=language, file=years[1])


def test_a_report_tells_both_years_by_the_weights_that_were_read(file: Path, content: Path) -> None:
    """Else one that its author saved meanwhile would weigh last year, and the one before this year."""
    answered = file.read_text(encoding="utf-8") + '[answers.plan]\nvalue = 2\n[answers.tools]\nvalue = ["trade"]\n'
    file.write_text(answered, encoding="utf-8")
    file.with_name("last.toml").write_text(answered.replace('"2025"', '"2024"'), encoding="utf-8")
    rubric = content / "weights" / "small" / "baseline.toml"

    async def steps(drive: Drive) -> None:
        drive.app.step_to("report")
        page = await drive.on(ReportPage)
        rubric.write_text(rubric.read_text(encoding="utf-8").replace("new = 60", "new = 10"), encoding="utf-8")
        page.chosen(f"since:{page.earlier[0].path}", "enter")
        for choice in ("form:md", "write"):
            page.chosen(choice, "enter")
        await drive.until(lambda: page._outcome)
        assert "with other content" not in page.target.read_text(encoding="utf-8")

    drive(steps, file=file, content=(content,))


def test_a_report_is_read_though_last_years_file_is_gone_since(years: tuple[Path, Path]) -> None:
    """It is read as it was written, and not made anew out of a file that is not there."""

    async def steps(drive: Drive) -> None:
        drive.app.step_to("report")
        page = await drive.on(ReportPage)
        page.chosen(f"since:{page.earlier[0].path}", "enter")
        await drive.press("9")
        await drive.until(lambda: page._outcome)
        years[0].unlink()
        await drive.press("enter")
        read = await drive.on(ReadPage)
        assert "38.4" in "".join(row.text for row in read.rows())

    drive(steps, file=years[1])


def test_what_is_chosen_while_a_report_is_written_is_of_the_next(years: tuple[Path, Path]) -> None:
    """Else a file called .md would hold a page for browsers, one of the English report the Chinese one."""

    async def steps(drive: Drive) -> None:
        drive.app.step_to("report")
        page = await drive.on(ReportPage)
        for choice in ("form:md", "language:en", "write", "form:html", "language:zh", "full"):
            page.chosen(choice, "enter")
        await drive.until(lambda: page._outcome)
        told = years[1].with_name(f"{years[1].stem}-report-en.md").read_text(encoding="utf-8")
        assert "<html" not in told
        assert "self-assessment" in told

    drive(steps, file=years[1])


def test_of_several_files_of_last_year_each_is_named_and_a_kept_copy_is_none(years: tuple[Path, Path]) -> None:
    """An import keeps the file as it was, under a name that sorts first: no report compares with that."""
    for name in ("city2024.before-import", "city2024.other", "city2024.original", "a bureau"):
        shutil.copy(years[0], years[0].with_name(f"{name}.toml"))
    mailed = years[0].with_name("mail") / years[0].name
    mailed.parent.mkdir()
    shutil.copy(years[0], mailed)
    remember(recall().with_recent(Recent(path=str(mailed))))

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("2")
        page = await drive.on(ReportPage)
        assert sorted(one.path.name for one in page.earlier) == ["a bureau.toml", "city2024.toml", "city2024.toml"]
        rows = [line.split() for line in drive.lines if "what changed" in line]
        assert sorted(row[-1] for row in rows) == ["bureau.toml", "city2024.toml", "mail/city2024.toml"]
        for kin in (*page.earlier, page.earlier[1]):
            page.chosen(f"since:{kin.path}", "enter")
        here(drive, "[ ] Tell what changed since 2024", "")
        page.chosen(f"since:{page.earlier[0].path}", "enter")
        here(drive, "[x] Tell what changed since 2024", "")

    drive(steps, language="en", file=years[1])


def test_the_first_year_offers_nothing(years: tuple[Path, Path]) -> None:
    """The earliest of the files has no year before it; a broken one of last year is told, not the program's fault."""

    async def first(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("report")
        await drive.on(ReportPage)
        assert "since" not in drive.text

    drive(first, file=years[0])

    async def broken(drive: Drive) -> None:
        await drive.on(ResultsPage)
        drive.app.action_go("report")
        page = await drive.on(ReportPage)
        (last,) = page.earlier
        years[0].write_text(years[0].read_text(encoding="utf-8").replace("value = 2", "value = 99"), encoding="utf-8")
        page.chosen(f"since:{last.path}", "enter")
        await drive.press("7", "9")
        await drive.until(lambda: page._outcome)
        assert "city2024.toml cannot be used" in page._outcome[0].text
        assert "Fault of the program" not in page._outcome[0].text

    drive(broken, file=years[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_signs_where_widths_are_unknown(years: tuple[Path, Path], language: str) -> None:
    """With plain signs the comparison draws nothing that some terminals draw two cells wide."""

    async def steps(drive: Drive) -> None:
        await drive.on(ResultsPage)
        await drive.press("c")
        await drive.on(EarlierPage)
        await drive.press("enter")
        await drive.on(ComparePage)
        for _ in range(3):
            doubtful = {letter for letter in drive.text if unicodedata.east_asian_width(letter) == "A"}
            assert doubtful == set(), doubtful
            await drive.press("right")

    drive(steps, language=language, file=years[1], plain_glyphs=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rubric_that_was_changed_since_is_told_beside_the_comparison(years: tuple[Path, Path], language: str) -> None:
    """Results go by the rubric at hand; compared is by the one that the file names, and the two scores differ."""
    rubric = shipped() / "weights" / "region" / "industrial_renewal.toml"
    changed = years[1].parent / "weights" / "region" / rubric.name
    changed.parent.mkdir(parents=True)
    text = rubric.read_text(encoding="utf-8")
    speech = Speech(language, UNICODE, 100)
    by_its_own = {"en": "Results go by the one at hand", "zh": "“结果”页按现有版本计算"}[language]

    def told() -> str:
        library = Library(roots((years[1].parent,)))
        rows = change_rows(compared(library, *years, date(2026, 1, 1)), speech)
        line = history(library, years)
        assert line is not None
        lines = history_rows(line, speech)
        both = [" ".join(row.text for row in shown) for shown in (rows, lines)]
        assert (by_its_own in both[0]) == (by_its_own in both[1])
        return both[0]

    assert by_its_own not in told()
    changed.write_text(text.replace("\norder", '\nversion = "2027.2.0"\norder', 1), encoding="utf-8")
    assert by_its_own in told()
    assert "2027.2.0" in told()
