"""How offices write a part of a year: each way by its own words, and by words like them that tell a whole year."""

import re

import pytest

from nqpf_assess.exchange.sheet_times import (
    PARTS_ALONE,
    PARTS_OF_SAID_YEAR,
    SPELT_OUT,
    Writing,
    is_part_of,
    is_that_part,
    is_time_alone,
    periods_said,
    year_alone,
)


@pytest.mark.parametrize("way", [*PARTS_OF_SAID_YEAR, *PARTS_ALONE], ids=lambda way: way.example)
def test_each_way_of_writing_a_part_of_a_year_is_known_by_its_words(way: Writing) -> None:
    assert periods_said(way.example) == {way.example}
    assert all(map(year_alone, periods_said(way.none)))


@pytest.mark.parametrize("ways", [PARTS_OF_SAID_YEAR, PARTS_ALONE], ids=["of a year", "alone"])
def test_no_way_of_writing_stands_there_twice_or_without_its_example(ways: tuple[Writing, ...]) -> None:
    """What another line knows too would hide that this one does not."""
    assert len({way.pattern for way in ways}) == len(ways)
    for way in ways:
        plain = re.sub("[一二三四]", lambda found: str("一二三四".index(found[0]) + 1), way.example.casefold())
        assert re.search(way.pattern, plain), way.example


@pytest.mark.parametrize(("pattern", "read", "written", "meant"), SPELT_OUT)
def test_a_time_named_in_passing_is_read_as_if_it_were_spelt_out(
    pattern: re.Pattern[str], read: str, written: str, meant: str
) -> None:
    assert pattern.sub(read, written) == meant


@pytest.mark.parametrize(
    ("said", "period", "is_it"),
    [
        ("上半年", "2024年上半年", True),
        ("1—6月", "2024年上半年", True),
        ("1-6月", "2024年1-6月", True),
        ("第三季度", "2024Q3", True),
        ("1-9月", "2024年前三季度", True),
        ("6月", "2024年1-6月", False),
        ("1-6月", "2024年6月", False),
        ("前三季度", "2024Q3", False),
        ("6月", "2024年1月1日至6月30日", False),
        ("1月1日至6月30日", "2024年1月1日至6月30日", True),
        ("6月", "截至2024年6月30日止年度", False),
        ("6月30日", "截至2024年6月30日止年度", False),
        ("6月", "2024年上半年（截至6月）", False),
    ],
)
def test_a_part_of_a_year_is_the_same_however_it_is_written(said: str, period: str, is_it: bool) -> None:
    assert is_part_of(said, period) is is_it
    assert is_that_part(f"某县2024年{said}主要指标", period) is is_it
    assert not is_that_part(f"某县2023年{said}主要指标", period)


@pytest.mark.parametrize("said", ["6月", "7月", "2025年6月", "2025年7月", "上半年"])
@pytest.mark.parametrize(
    "period", ["2024年7月至2025年6月", "2025财年（2024年7月—2025年6月）", "截至2025年6月30日止年度"]
)
def test_no_month_is_the_period_of_several_that_names_it(said: str, period: str) -> None:
    assert not is_part_of(said, period)
    assert not is_that_part(said, period)
    assert is_that_part(f"某厂{period}利润表", period)


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        *dict.fromkeys(
            ("2023", "2024年", "FY24", "202401", "2024-01-31", "2024年1月31日", "1月", "十二月", "1-6月"), True
        ).items(),
        *dict.fromkeys(("第一季度", "2024年一季度", "上半年", "Q1", "Qtr1", "Jan", "December", "2024H1"), True).items(),
        *dict.fromkeys(
            ("", "5", "12", "510101", "120011", "2010012", "1年以内", "1-2年", "全年", "上年"), False
        ).items(),
        *dict.fromkeys(("3月龄", "6月末存栏", "2024年末存栏", "2024年合计", "安和县", "Decline"), False).items(),
    ],
)
def test_a_row_may_be_named_by_a_time_alone(words: str, is_it: bool) -> None:
    assert is_time_alone(words) is is_it
