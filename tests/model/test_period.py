"""The time that answers describe, as people write it: what is one year, and what comes before what."""

from itertools import product
from pathlib import Path

import pytest

from nqpf_assess.model.period import are_line, comes_before, is_part, mix_parts, precedes, short_span_of, time_of

SPELLINGS = [
    (spelling, months)
    for months, _, line in (
        line.partition(": ")
        for line in Path(__file__).with_name("periods.txt").read_text(encoding="utf-8").splitlines()[1:]
    )
    for spelling in line.split(" | ")
]
"""Ways of writing a time, by somebody who had not seen how they are read: 0-6 for what ends in June, 1-12 a year."""


@pytest.mark.parametrize(("spelling", "months"), SPELLINGS)
def test_a_time_is_read_as_a_reader_takes_it_or_not_at_all(spelling: str, months: str) -> None:
    year, is_whole, (last, first), words = time_of(spelling)
    if months == "?":
        assert words
    else:
        assert (year, words) == (2024, "")
        assert ("1-12" if is_whole else f"{-first}-{last}") == months


def test_no_spelling_is_put_before_one_that_ends_earlier_and_two_that_differ_are_two_times() -> None:
    """Of what is not read nothing but the year is in order; a year in two digits is none (24年四季度, 25年一季度)."""
    some = [each for number, each in enumerate(SPELLINGS) if number % 4 == 0]  # all pairs take half a minute
    for (one, months), (other, others) in product(some, repeat=2):
        if "?" in (months, others):
            assert one == other or time_of(one) != time_of(other) or months == others
            if time_of(one).year == time_of(other).year:
                assert not comes_before(one, other) or months == others
            continue
        (first, last), (other_first, other_last) = (map(int, said.split("-")) for said in (months, others))
        assert (time_of(one) == time_of(other)) == (months == others)
        if comes_before(one, other):
            assert last < other_last or (last == other_last and first > other_first)


@pytest.mark.parametrize(
    "period",
    [
        "2025年",
        "2025年度",
        "２０２５",
        " 2025 ",
        "2025 (revised)",
        "2025（2024 figures）",
        "(2025)",
        "2025（2026年3月第二稿）",
    ],
)
def test_a_bare_year_is_one_however_it_is_written(period: str) -> None:
    assert time_of(period) == time_of("2025") == (2025, True, (0, 0), "")
    assert not precedes("2025", period)
    assert not precedes(period, "2025")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024", "2025"),
        ("截至2024年底", "2025"),
        ("FY2024", "2025年"),
        ("2024", "2023-2025"),
        ("2025 H1", "2025 H2"),
        ("2025年上半年", "2025年下半年"),
        ("2025年（上半年）", "2025年（下半年）"),
        ("2025年第二季度", "2025年第三季度"),
        ("2025年第二季度", "2025年三季度"),
        ("2025 H1", "2025H2"),
        ("2025 Q2", "2025年第三季度"),
        ("2025年Q2", "2025-Q3"),
        ("2025年上半年", "2025 H2"),
        ("2025年9月", "2025年10月"),
        ("2025年十月", "2025年十一月"),
        ("2025-9", "2025-10"),
        ("2025-03-31", "2025-06-30"),
        ("Mar 2025", "April 2025"),
        ("as of 30 June 2025", "as of 30 September 2025"),
        ("second quarter of 2025", "third quarter of 2025"),
        ("2025 round 9", "2025 round 10"),
        ("31/03/2025", "30/06/2025"),
        ("2025年一季度", "2025年上半年"),
        ("2025年上半年", "2025年前三季度"),
        ("2025年上半年", "2025年1-9月"),
        ("2025年1-6月", "2025年三季度"),
        ("2025年二季度", "2025年上半年"),
        ("2025年半年度", "2025年10月"),
        ("2025 Q1", "2025 H1"),
        ("Q1 2025", "H1 2025"),
        ("2025H1", "Q1-Q3 2025"),
        ("first quarter of 2025", "first half of 2025"),
        ("March 2025", "January to June 2025"),
        ("2025年（一季度）", "2025年上半年（2026年3月稿）"),
    ],
)
def test_periods_lie_in_the_order_of_their_years(earlier: str, later: str) -> None:
    assert precedes(earlier, later)
    assert not precedes(later, earlier)
    assert sorted([later, earlier], key=time_of) == [earlier, later]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2025", "2025 H1"),
        ("2025", "2025（上半年）"),
        ("spring", "2025"),
        ("spring 2025", "autumn 2025"),
        ("before", "after"),
        ("round 9", "round 10"),
        ("02/03/2025", "05/04/2025"),
        ("24年四季度", "25年一季度"),
        ("FY24 H1", "FY25 H1"),
        ("Mar-25", "Jun-23"),
        ("2023/24 H1", "2023/24"),
        ("2025.4.1-6.30", "2025.1.1-12.31"),
        ("2025年4-6月快报", "2025年1-12月快报"),
        ("2025年三季度（累计）", "2025年前三季度"),
        ("2025（上）", "2025（下）"),
        ("2025年三季度", "2025年三季度（1-9月快报）"),
        ("2025年夏", "2025年年底"),
        ("截至2025年6月底", "2025年上半年"),
        ("2025年二季度", "2025年4-6月"),
        ("2025年二季度", "2025年上半年 3月修订"),
        ("", ""),
        ("2025", "2025"),
    ],
)
def test_where_no_order_is_known_none_is_claimed(one: str, other: str) -> None:
    assert not precedes(one, other)
    assert not precedes(other, one)


@pytest.mark.parametrize("year", ["2025", "2025年度", "2025 (revised)", "FY2025", "截至2025年底"])
def test_a_whole_year_comes_behind_its_parts(year: str) -> None:
    """Before its first half, a better year would read as if the score had fallen since."""
    parts = (
        "2025年上半年",
        "2025 H2",
        "2025H1",
        "1H2025",
        "FY2025H1",
        "2025年半年度",
        "2025（三季度）",
        "2025（半年）",
    )
    for part in (*parts, "June 2025", "2025-06"):
        assert sorted(["2026", year, part, "2024"], key=time_of) == ["2024", part, year, "2026"]
        assert not comes_before(year, part)
        assert comes_before(part, year)
    assert time_of("十四五（2021-2025）") != time_of(year)


def test_a_part_of_a_year_is_told_from_the_whole_of_it() -> None:
    """Half a year is no year beside others of a cohort; what is told to the last day of one is no part."""
    parts = ("2025H1", "2025年上半年", "2025 (H1)", "June 2025", "2025年1-6月", "January to November 2025")
    wholes = (
        "2025",
        "2025年度",
        "FY2025",
        "截至2025年12月31日",
        "31 December 2025",
        "2025年1—12月",
        "Jan-Dec 2025",
        "",
        "H1",
    )
    assert all(map(is_part, parts))
    for whole in ("2025年1-12月", "截至2025年12月31日"):
        assert not comes_before(whole, "2025年")
        assert not comes_before("2025年", whole)
    assert not any(map(is_part, wholes))
    assert mix_parts(["2025H1", "2025"])
    assert mix_parts(["2025H1", "2025H2"])
    assert not mix_parts(["2025H1", "2025 H1", "2025年上半年", ""])
    assert not mix_parts(["2024", "2025", "2025年1-12月"])


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2024/25", (2024, 2025)),
        ("2024–25学年", (2024, 2025)),
        ("2099/00", (2099, 2100)),
        ("2024/25 (2026 draft)", (2024, 2025)),
        ("2024/2025", None),
        ("2024/26", None),
        ("2011/12", None),  # a month
        ("2023/24, 2025", None),  # the last year counts, which is told whole
    ],
)
def test_of_a_year_that_spans_two_the_first_counts(period: str, years: tuple[int, int] | None) -> None:
    assert short_span_of(period) == years


@pytest.mark.parametrize(
    ("period", "months"),
    [
        *((said, (6, -1)) for said in ("1st half of 2025", "first half of 2025", "2025上半年")),
        *((said, (6, -1)) for said in ("2025年1—6月", "2025 (H1)", "2025年半年度", "2025年前6个月", "2025年前半年")),
        *((said, (9, -1)) for said in ("2025年前9个月", "2025年前三个季度", "9M 2025", "first nine months of 2025")),
        *((said, (12, -7)) for said in ("2025年后半年", "2nd half 2025", "2025下半年", "2025年7-12月")),
    ],
)
def test_parts_told_in_other_words_are_the_same_time(period: str, months: tuple[int, int]) -> None:
    """“1st half” and 前9个月 passed for the whole year beside it; 2025上半年 beside 2025年上半年 for another time."""
    assert is_part(period)
    assert time_of(period) == (2025, 0, months, "")


def test_what_is_told_to_its_last_month_is_the_year_and_one_month_none_up_to_it() -> None:
    for whole in ("2025年1-12月", "2025年四个季度", "截至2025年12月底"):
        assert time_of(whole) == time_of("2025")
        assert not is_part(whole)
    assert time_of("2025年6月") != time_of("截至2025年6月底")
    assert time_of("2025年后6个月")[2] == (0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2025上半年", "2025下半年"),
        ("2025前半年", "2025后半年"),
        ("1st half-year 2025", "2nd half-year 2025"),
        ("half-year 1/2025", "half-year 2/2025"),
        ("2024年下半年至2025年上半年", "2025年上半年"),
        ("2024H2-2025H1", "2025H1"),
        ("2024年1月至2025年12月", "2025"),
        ("2025（上）", "2025（下）"),
        ("2025 (HY1)", "2025"),
    ],
)
def test_parts_that_differ_are_two_times(one: str, other: str) -> None:
    assert time_of(one) != time_of(other)


def test_all_months_or_quarters_are_no_part() -> None:
    assert not any(map(is_part, ("2025年1-12月", "Q1-Q4 2025", "2025年1月至12月")))


def test_a_line_is_what_stands_in_a_known_order() -> None:
    """2024年半年报 was put behind 2024年年报, and 24年四季度 behind 25年一季度: a rise was told as a fall."""
    assert are_line(["2024年半年报", "2024年年报", "2025年年中"])
    for periods in (
        ["2024"],
        ["", "2024"],
        ["2024", "2024年度"],
        ["24年四季度", "25年一季度"],
        ["2024年夏", "2024年秋", "2025"],
        ["spring", "2024"],
    ):
        assert not are_line(periods)
        assert not are_line(periods[::-1])


@pytest.mark.parametrize(
    ("period", "is_one"),
    [
        *(
            (said, True)
            for said in ("2024年26周", "2024年9月填报", "2024（含上半年）", "2024 Q3 update", "2024 (half-year)")
        ),
        *((said, False) for said in ("2023-2025", "2024年4月至2025年3月", "2024（快报）", "24年上半年", "2024 draft")),
    ],
)
def test_what_may_be_a_part_of_its_year_is_called_one(period: str, is_one: bool) -> None:
    assert is_part(period) == is_one


def test_what_is_longer_than_any_time_is_not_read() -> None:
    """A text of 100 kB took a second for each look at it."""
    assert time_of(f"2025年{'_' * 90}上半年") == time_of("2025年上半年")
    assert time_of(f"2025年{'_' * 120}上半年").words
