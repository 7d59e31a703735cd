"""Choosing a blend of two profiles in the app: a slider of five positions, each with the score it would bring."""

from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.model.answers import Override
from nqpf_assess.report.wording import number
from nqpf_assess.tui.answering.profiles import BlendPage, ProfilePage, ProfilesPage, ledger_rows
from nqpf_assess.tui.answering.questions import QuestionsPage
from nqpf_assess.tui.tools.checking import CheckFilePage
from tests.tui.driving import LANGUAGES, Drive, drive


def test_who_left_at_the_weights_goes_on_there(file: Path, content: Path) -> None:
    """The weights are asked for again: else the profile that fits would never be offered."""

    async def leave(drive: Drive) -> None:
        await drive.press("2")
        await drive.on(ProfilesPage)

    async def go_on(drive: Drive) -> None:
        await drive.on(ProfilesPage)
        assert "answered to edition 1." in drive.said  # what is said on opening is not passed over
        await drive.press("1")
        await drive.on(QuestionsPage)
        assert drive.session.answers.weights.id == "hills"

    drive(leave, file=file, content=(content,))
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace('id = "small", version = "', 'id = "small", version = "1.'), encoding="utf-8")
    drive(go_on, file=file, content=(content,))


def test_the_weights_do_not_cover_the_tool_that_was_opened_at_once(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.give("facts", "zone", "hills")
        drive.app.open_file(file)
        drive.app.action_tool("check")
        page = await drive.on(CheckFilePage)
        await drive.pilot.pause()
        assert drive.app.screen is page

    drive(steps, file=file, content=(content,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blend_is_chosen_with_its_effect_in_sight(sample: Path, language: str) -> None:
    async def steps(drive: Drive) -> None:
        await drive.until(lambda: drive.app.desk is not None)
        drive.session.override([Override(node="innovation", factor=Decimal(3), why="ours")])
        drive.session.left_out = lambda: (Path("broken.toml"),)
        drive.app.push_screen(ProfilesPage())
        profiles: ProfilesPage = await drive.on(ProfilesPage)
        assert any("broken.toml" in row.text for row in profiles.list.rows)
        while profiles.list.current != "grain_base":
            await drive.press("down")
        await drive.press("enter")
        await drive.on(ProfilePage)
        assert "✓" not in drive.text, "what speaks against a profile has no sign that it speaks for it"
        await drive.press("2")
        page: BlendPage = await drive.on(BlendPage)
        drive.check_frame()
        rows = [row for row in page.list.rows if row.id]
        assert len(rows) == 5
        assert page.list.current == "share:1"  # what is in use is marked
        tails = {row.tail.partition("·")[0] for row in rows}
        assert len(tails) == 5
        await drive.press("ctrl+z")  # the correction is taken back: all scores are those without it
        rows = [row for row in page.list.rows if row.id]
        assert page.list.current == "share:1"
        assert tails.isdisjoint(row.tail.partition("·")[0] for row in rows)
        moves = [row.text for row in page.list.rows if not row.id]
        await drive.press("right", "right")
        assert page.list.current == "share:3"
        assert [row.text for row in page.list.rows if not row.id] != moves
        await drive.press("left")
        assert page.list.current == "share:2"
        assert not drive.session.answers.weights.with_
        await drive.press("enter")
        await drive.on(QuestionsPage)
        assert drive.session.answers.weights.with_ == {"grain_base": Decimal("0.2")}
        assert {"en": "Now in use", "zh": "已采用"}[language] in drive.text
        assert "20%" in drive.text
        drive.app.push_screen(ProfilesPage())
        profiles = await drive.on(ProfilesPage)
        parts = ledger_rows(drive.session, profiles.speech_in(90))
        shown = {row.id: "".join(part.text for part in row.parts) for row in parts}
        for node in drive.session.card.nodes:
            if node.level == "dimension":  # a target of both is no whole number, and the same as in the results
                assert f" {number(node.target)}" in shown[node.id]
        drive.app.push_screen(ProfilePage("cluster_county"))  # another one makes a blend of two, not of three
        await drive.on(ProfilePage)
        assert {"en": "instead of the blend in use", "zh": "替换正在使用的"}[language] in drive.text
        await drive.press("escape")
        await drive.on(ProfilesPage)
        assert profiles.list.current == "keep"  # Enter goes on with the blend, and takes no part of it alone
        await drive.press("enter")
        await drive.on(QuestionsPage)
        await drive.press("ctrl+z")
        assert not drive.session.instrument.further

    drive(steps, file=sample, language=language, size=(100, 30))
