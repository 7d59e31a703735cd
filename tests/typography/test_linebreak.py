"""Lines of mixed Chinese and English: no forbidden start or end, no cut word, nothing past the edge."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqpf_assess.report.blocks import Run, texts_of
from nqpf_assess.report.pdf.fonts import load_fonts
from nqpf_assess.report.pdf.theme import CELL, RUNNING
from nqpf_assess.report.pdf.typeset import TypesetWords
from nqpf_assess.typography.linebreak import Measured, TextLine, balanced
from tests.report import demo

WIDTHS = (58, 72, 90, 110, 140, 180, 240, 320, 424, 471)
NO_START = "，。、；：？！）》〉」』】〕］｝”’…—·～％,.;:?!)]}%"
NO_END = "（《〈「『【〔［｛“‘([{"
HARD = (
    "县里的“一网通办”（含“跨省通办”）事项办理率达到 83%；《江北统计年鉴（2025）》列出 412 家企业——其中 138 家……",
    "He said: “The firm’s R&D (incl. staff) is 2.23% of turnover” — and the county’s plan (2026–2028) [draft] agrees.",
    "“GDP（国内生产总值）”增长5.0%，R&D经费占比2.23%，AI+制造业“十五五”规划（2026—2030年）、《条例》《办法》。",
    "说：“‘一业一策’（试行）！”；问：“为什么？”答：“……因为——”",
)
CORPUS = tuple(
    (part.language, text)
    for part in (demo.english(), demo.chinese())
    for text in texts_of(part.blocks)
    if len(text) > 4 and text[0] not in NO_START
) + tuple((language, text) for text in HARD for language in ("en", "zh"))


def words(text: str, language: str = "zh", style: object = CELL) -> TypesetWords:
    return TypesetWords((Run(text),), style, fonts=load_fonts(), language=language)  # type: ignore[arg-type]


def shown(measured: TypesetWords, width: float, **how: bool) -> list[str]:
    return [measured.text[line.start : line.end] for line in measured.lines(width, **how)]


def cut_words(lines: list[str], text: str) -> list[tuple[str, str]]:
    """Pairs of lines between which letters or digits that stood together were parted."""
    found, place = [], 0
    for before, after in pairwise(lines):
        place = text.index(before, place) + len(before)
        parted = re.match(r"[A-Za-z0-9]", text[place : place + 1]) and re.search(r"[A-Za-z0-9’.,]$", before)
        if parted:
            found.append((before, after))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_corpus_keeps_the_rules_of_the_line(width: int) -> None:
    looked = 0
    for language, text in CORPUS:
        measured = words(text, language)
        if measured.widest_cluster > width:
            continue
        lines = shown(measured, width)
        looked += len(lines)
        assert [line for line in lines if line[0] in NO_START] == []
        assert [line for line in lines if line[-1] in NO_END] == []
        assert cut_words(lines, text) == []
        assert all(measured.points(line) <= width + 1e-3 for line in measured.lines(width))
    assert looked > 300


UNITS = st.builds(
    lambda opening, core, closing, space: opening + core + closing + space,
    st.sampled_from(["", "（", "“", "《", "(", "“‘"]),
    st.one_of(
        st.sampled_from(
            ["新", "质", "生", "产", "力", "犇", "𬭊", "——", "……", "2.23%", "R&D", "county’s", "10,000", "AI+", "5G"]
        ),
        st.text("abcdefg", min_size=1, max_size=9),
    ),
    st.sampled_from(["", "，", "。”", "）", "；", "、", ",", ".", "!"]),
    st.sampled_from(["", "", " "]),
)


@settings(max_examples=150)
@given(st.lists(UNITS, max_size=60).map("".join), st.sampled_from(WIDTHS[2:]), st.sampled_from(["en", "zh"]))
def test_any_sensible_text_keeps_the_rules(text: str, width: int, language: str) -> None:
    measured = words(text, language)
    if measured.widest_cluster > width:
        return
    lines = shown(measured, width)
    assert all(line[0] not in NO_START or text.startswith(line) for line in lines if line)
    assert all(line[-1] not in NO_END for line in lines[:-1])
    assert all(measured.points(line) <= width + 1e-3 for line in measured.lines(width))


@settings(max_examples=200)
@given(st.text("新，。（）“” ab1-/&—…\n", max_size=120), st.sampled_from([9, 20, 58, 200]))
def test_every_character_stands_on_one_line_in_order(text: str, width: int) -> None:
    for measured in (words(text), words(text, "en")):
        assert "".join("".join(shown(measured, width)).split()) == "".join(text.split())
        assert all(
            measured.points(line) <= width + 1e-3 or line.end - line.start == 1 for line in measured.lines(width)
        )


def test_a_closing_mark_gives_up_its_blank_half_at_the_end_of_a_line() -> None:
    measured = words("一二三四。五六七八九十")
    width = 4.5 * CELL.size
    assert shown(measured, width) == ["一二三四。", "五六七八", "九十"]
    assert measured.points(measured.lines(width)[0]) == pytest.approx(width)


def test_an_opening_mark_gives_up_its_blank_half_at_the_start_of_a_line() -> None:
    first = words("（一）").lines(400)[0]
    assert (first.shaved, first.width) == (500, 2000)


def test_marks_side_by_side_close_up() -> None:
    measured = words("《办法》《条例》。")
    assert measured.measured.kerns == {3: -500, 7: -500}


def test_quotes_are_proportional_in_english_and_full_width_in_chinese() -> None:
    assert words("“a”", "en").measured.boxes[0] < 600
    assert words("“新”", "zh").measured.boxes[0] == 1000
    assert words("firm’s", "zh").measured.boxes[4] < 400


def test_a_gap_opens_between_hanzi_and_latin_only_where_the_text_has_none() -> None:
    assert words("占5.0%的").measured.kerns == {0: 200, 4: 200}
    assert words("占 5.0% 的").measured.kerns == {}


def test_a_word_longer_than_the_line_is_cut_after_a_joint_of_the_address() -> None:
    lines = shown(words("https://www.example.org/guide/2024/digital-transformation", "en"), 120)
    assert lines[0].endswith("/")
    assert len(lines) > 1


def test_a_word_of_2000_characters_stays_in_its_measure() -> None:
    measured = words("A" * 2000, "en")
    assert all(measured.points(line) <= 200 + 1e-3 for line in measured.lines(200))
    assert "".join(shown(measured, 200)) == "A" * 2000


def test_a_cut_inside_a_chinese_dash_stays_in_the_measure() -> None:
    measured = words(" ——")
    assert all(measured.points(line) <= 9 for line in measured.lines(9))


def test_balancing_needs_no_more_lines_and_evens_them_out() -> None:
    measured = words("Annex A. Every question with answer, score and weight", "en", RUNNING)
    plain, even = measured.lines(200), measured.lines(200, balance=True)
    assert len(even) == len(plain) == 2
    assert abs(even[0].width - even[1].width) < abs(plain[0].width - plain[1].width)


def test_the_name_of_a_paper_is_not_parted_on_its_cover() -> None:
    measured = words("新质生产力发展自评问卷（区域版）")
    assert shown(measured, measured.natural_width * 0.7, balance=True) == ["新质生产力发展", "自评问卷（区域版）"]


def test_no_lone_character_is_left_on_the_last_line_if_it_costs_no_line() -> None:
    measured = words("新兴产业与传统产业升级：规上企业应用", style=CELL)
    width = measured.natural_width - 2
    assert len(shown(measured, width)[-1]) > 1


def test_newlines_break_and_empty_lines_stay() -> None:
    measured = Measured("a\n\nb", [500] * 4, {})
    assert measured.lines(9000) == (
        TextLine(0, 1, 0, 500, True),
        TextLine(2, 2, 0, 0, True),
        TextLine(3, 4, 0, 500, True),
    )
    assert balanced(measured, 9000) == measured.lines(9000)


def test_a_chinese_line_is_spread_to_the_edge_but_never_far_and_never_the_last() -> None:
    measured = words("我县产业集群基础较好，生态本底优良，但三分之二的企业没有可机读的生产数据。" * 3, style=RUNNING)
    *body, last = measured.lines(424)
    spaces = [{piece.spacing for piece in measured.placed(line, 424)} for line in body]
    assert any(space > {0.0} or max(space) > 0 for space in spaces)
    assert all(0 <= max(space) <= 0.08 * RUNNING.size for space in spaces)
    assert {piece.spacing for piece in measured.placed(last, 424)} == {0.0}
    fits = words("字" * int(424 / RUNNING.size), style=RUNNING)
    (full,) = fits.lines(424)
    assert {piece.spacing for piece in fits.placed(full, 424)} == {0.0}


def test_words_that_a_line_parts_stay_two_for_whoever_reads_by_the_tags() -> None:
    """The space between them is drawn, unseen; hanzi have none."""
    for text in (
        "The score lies far below the target of the next years",
        "我县GDP增长 R&D intensity 较低，需要补齐短板",
    ):
        measured = words(text)
        lines = measured.lines(60)
        assert len(lines) > 2
        assert "".join(piece.text for line in lines for piece in measured.placed(line, 60)) == text
        assert all(
            last.x + last.width(CELL.size) < 60.1 for line in lines for *_, last in [[*measured.placed(line, 60)]]
        )
