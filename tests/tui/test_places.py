"""A place is found by typing a few letters; its name and level are filled in, and any other name may be typed."""

import pytest

from nqpf_assess.tui.answering.places import PlacePage
from nqpf_assess.tui.answering.subject import NewPage, SubjectPage
from nqpf_assess.tui.home.start import HomePage
from tests.tui.driving import BOTH, Drive, drive


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
