"""A place is found by typing a few letters; its name and level are filled in, and any other name may be typed."""

from pathlib import Path

import pytest

from nqpf_assess.model.answers import Subject
from nqpf_assess.tui.answering.places import PlacePage
from nqpf_assess.tui.answering.questions import FactsPage
from nqpf_assess.tui.answering.subject import NewPage, SubjectPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from tests.tui.driving import BOTH, CHINESE, Drive, drive


async def take_nanjing(drive: Drive) -> None:
    """Take another place out of the list for the assessment that is open."""
    drive.app.push_screen(SubjectPage())
    await drive.on(SubjectPage)
    await drive.press("f3")
    await drive.on(PlacePage)
    await drive.write("nanjing")
    await drive.press("enter")
    await drive.on(SubjectPage)


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_a_new_assessment_of_a_place_that_is_found(size: tuple[int, int], language: str) -> None:
    name = {"en": "Anji County, Zhejiang", "zh": "浙江省安吉县"}[language]

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page = await drive.on(NewPage)
        await drive.write("anj")
        await drive.press("f3")
        await drive.on(PlacePage)
        drive.check_frame()
        assert "330523" in drive.text
        await drive.press("enter")
        await drive.on(NewPage)
        assert page.field("name").value == name
        page.field("period").value = "2025"
        page.begin()
        await drive.until(lambda: drive.app.desk is not None)
        assert drive.session.answers.subject.name == name
        assert drive.session.answers.facts["tier"].value == "county"
        await take_nanjing(drive)  # the wrong one was taken out of the list
        assert drive.session.answers.facts["tier"].value == "sub_provincial"

    drive(steps, size=size, language=language)


def test_a_name_that_is_typed_over_brings_no_level() -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page = await drive.on(NewPage)
        await drive.press("f3")
        await drive.on(PlacePage)
        await drive.write("aj")
        await drive.press("enter")
        await drive.on(NewPage)
        page.field("name").value = "A town nobody lists"
        page.field("period").value = "2025"
        page.begin()
        await drive.until(lambda: drive.app.desk is not None)
        assert "tier" not in drive.session.answers.facts

    drive(steps)


def test_the_open_assessment_takes_the_name_and_keeps_a_level_that_is_answered(sample: object) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        before = drive.session.answers.facts["tier"].value
        await take_nanjing(drive)
        assert drive.session.answers.subject.name == "Nanjing City, Jiangsu"
        assert drive.session.answers.facts["tier"].value == before
        assert "level stays" in drive.said

    drive(steps, file=sample)  # type: ignore[arg-type]


def test_a_level_that_is_marked_as_not_known_stays_so(sample: object) -> None:
    """“Don't know” has no value, and a place that is chosen does not fill one in."""

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.put("facts", "tier", state="dk", value=None)
        await take_nanjing(drive)
        assert drive.session.answers.subject.name == "Nanjing City, Jiangsu"
        assert drive.session.state("facts", "tier") == "dk"

    drive(steps, file=sample)  # type: ignore[arg-type]


async def type_name(drive: Drive, name: str) -> None:
    """Type another name over the one that stands there, and leave the field."""
    await drive.field("name")
    drive.page.query_one("#name").value = name  # type: ignore[attr-defined]
    await drive.press("tab")


@pytest.mark.parametrize(
    ("name", "level", "said"),
    [
        ("安吉县", "county", {"en": "with it the level that it tells: County", "zh": "层级已按新名称填为：县、"}),
        ("某某新城", "prefecture", {"en": "Its level stays as it is answered", "zh": "层级仍按“基本情况”中已填的答案"}),
    ],
)
@pytest.mark.parametrize(("size", "language"), BOTH)
def test_a_level_goes_with_the_name_that_told_it(
    size: tuple[int, int], language: str, name: str, level: str, said: dict[str, str]
) -> None:
    """The page below, where the level of the former name was spoken of, says it as well; one undo takes both back."""

    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        page = await drive.on(NewPage)
        page.field("name").value = "湖州市"
        page.begin()
        await drive.until(lambda: drive.app.desk is not None)
        below = await drive.on(FactsPage)
        assert drive.session.answers.facts["tier"].value == "prefecture"
        assert below.said
        drive.app.push_screen(SubjectPage())
        await drive.on(SubjectPage)
        await type_name(drive, name)
        assert drive.session.value("facts", "tier") == level
        assert said[language] in drive.said
        await drive.press("ctrl+z")
        assert drive.session.answers.subject.name == "湖州市"
        assert drive.session.value("facts", "tier") == "prefecture"
        assert not below.said
        await type_name(drive, name)
        await drive.press("escape")
        assert await drive.on(FactsPage) is below
        assert said[language] in drive.said

    drive(steps, size=size, language=language)


@pytest.mark.parametrize(("size", "language"), CHINESE)
def test_a_level_that_was_given_by_hand_stays_with_a_typed_name(
    size: tuple[int, int], language: str, sample: Path
) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.describe(Subject(name="安吉县", period="2025"))
        drive.session.put("facts", "tier", note="按省里的口径")
        drive.app.push_screen(SubjectPage())
        await drive.on(SubjectPage)
        await type_name(drive, "湖州市")
        assert drive.session.answers.facts["tier"].value == "county"
        assert "层级仍按“基本情况”中已填的答案：县" in drive.said
        drive.session.put("facts", "tier", note=None, value="district")
        await type_name(drive, "安吉县")
        assert drive.session.answers.facts["tier"].value == "district"
        assert "层级仍按“基本情况”中已填的答案：市辖区" in drive.said

    drive(steps, size=size, language=language, file=sample)


def test_what_came_of_a_level_is_said_wherever_one_goes_from_the_name(sample: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.describe(Subject(name="安吉县", period="2025"))
        drive.app.push_screen(SubjectPage())
        page = await drive.on(SubjectPage)
        page.field("name").value = "湖州市"
        drive.app.step_to("place")
        await drive.on(FactsPage)
        assert "with it the level" in drive.said

    drive(steps, file=sample)


@pytest.mark.parametrize("way", ["ctrl+z", "f9"])
def test_nothing_is_said_of_a_name_that_is_taken_back_before_it_is_left(sample: Path, way: str) -> None:
    """To take back saves what stands in the field first; what came of that is said on no page, nor on the one below."""

    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.describe(Subject(name="安吉县", period="2025"))
        below = drive.page
        drive.app.push_screen(SubjectPage())
        page = await drive.on(SubjectPage)
        await drive.field("name")
        page.field("name").value = "湖州市"
        await drive.press(way)
        if way == "f9":
            await drive.on(MenuPage)
            await drive.row("app.undo")
            await drive.press("enter")
        await drive.until(lambda: drive.page is page and page.said and not drive.app._busy)
        assert drive.session.answers.subject.name == page.field("name").value == "安吉县"
        assert drive.said.startswith("Taken back")
        assert "level" not in drive.said + below.said

    drive(steps, file=sample)
