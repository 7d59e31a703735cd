"""Numbers as people type them: understood, or refused with a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_figure, read_period, read_year, told
from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.locale import tell
from nqpf_assess.model.questionnaire import NumberFact
from tests.support.scored import tries


def asked(
    unit: object = None, low: str = "-1e15", high: str = "1e15", usual: tuple[str, str] | None = None
) -> NumberFact:
    return NumberFact(
        kind="number",
        text={"en": "?", "zh": "？"},
        unit=unit,
        range=(Decimal(low), Decimal(high)),
        usual=None if usual is None else (Decimal(usual[0]), Decimal(usual[1])),
    )


def read_typed(asked: NumberFact, typed: str) -> Typed[Decimal] | Refusal | None:
    return kind_of(asked).typed(asked, typed)


def read(typed: str, unit: object = None) -> str:
    found = read_typed(asked(unit), typed)
    assert isinstance(found, Typed), found
    return str(found.value)


def refusal(typed: str, unit: object = None, **rest: str) -> str:
    found = read_typed(asked(unit, **rest), typed)
    assert isinstance(found, Refusal), found
    assert all(found.why[language].strip() for language in ("en", "zh"))
    return found.why["en"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.31", "2.31"),
        ("2.50", "2.50"),
        ("２．３１", "2.31"),
        ("2。31", "2.31"),
        (" 7 ", "7"),
        ("+5", "5"),
        ("-0.5", "-0.5"),
        ("−3", "-3"),
        ("－３", "-3"),
        ("-0", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234,567.5", "1234567.5"),
        ("１，２３４", "1234"),
        ("1 234 567", "1234567"),
        ("1'000", "1000"),
        ("1e3", "1000"),
        ("3万", "30000"),
        ("1.2亿", "120000000"),
        ("2千万", "20000000"),
        ("1.5萬億", None),
        ("2 million", "2000000"),
    ],
)
def test_the_ways_people_write_a_number(typed: str, value: str | None) -> None:
    if value is None:
        refusal(typed)
    else:
        assert read(typed) == value


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("3%", "%", "3"),
        ("３％", "%", "3"),
        ("3 ‰", "%", "0.3"),
        ("3%", "‰", "30"),
        ("35万", "万", "35"),
        ("1.2亿", "万", "12000"),
        ("350万元", "万元", "350"),
        ("350万", "万元", "350"),
        ("3500000元", "万元", "350"),
        ("3.5亿元", "万元", "35000"),
        ("12 m³", "m³", "12"),
        ("12 Beds", {"en": "beds", "zh": "张"}, "12"),
        ("12张", {"en": "beds", "zh": "张"}, "12"),
        ("45.6万", {"en": "10,000 people", "zh": "万人"}, "45.6"),
        ("1.2 million", {"en": "10,000 people", "zh": "万人"}, "120"),
        ("456000人", {"en": "10,000 people", "zh": "万人"}, "45.6"),
        ("1.2 million", "10,000 people", "120"),
        ("456000 people", "× 10,000 people", "45.6"),
        ("5万千瓦时", {"en": "kWh", "zh": "千瓦时"}, "50000"),
        ("5000瓦时", {"en": "kWh", "zh": "千瓦时"}, "5"),
        ("5亿", {"en": "10,000 kWh", "zh": "万千瓦时"}, "50000"),
        ("5千", "千人", "5"),
    ],
)
def test_the_unit_may_be_typed_and_is_converted_exactly(typed: str, unit: object, value: str) -> None:
    assert read(typed, unit) == value


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "三十五",
        "x" * 500,
        "1.2.3",
        "12,34",
        "0,125",
        "01,234",
        "1.234,5",
        "２，５",
        "--1",
        "nan",
        "inf",
        "1e999",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    refusal(typed)


@pytest.mark.parametrize("typed", ["2²", "①", "½", "１²", "²", "1 ³", "𝟏"])
def test_what_only_looks_like_a_digit_is_refused_and_named(typed: str) -> None:
    assert "plain digit" in refusal(typed)
    assert "plain digit" in refusal(typed, "m³")


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("1²", None, "“²” in “1²” is not a plain digit. Type the number with the digits 0 to 9."),
        ("①", None, "“①” in “①” is not a plain digit. Type the number with the digits 0 to 9."),
        ("2-3", None, "Please type one exact number; “2-3” could mean several."),
        ("450-", "万元", "Please type one exact number; “450-” could mean several."),
        ("1,234.50 -", None, "Please type one exact number; “1,234.50 -” could mean several."),
        ("约3", None, "Please type one exact number; “约3” could mean several."),
        ("5万", "千瓦时", "Please type one exact number; “5万” could mean several."),
        (
            "1,5",
            None,
            "“1,5” is unclear: use a point for decimals (12.5) and commas only between thousands (1,250).",
        ),
        ("some", None, "“some” is not a number. Type digits only, such as 2.31."),
        ("x" * 61, None, f"“{'x' * 60}…” is not a number. Type digits only, such as 2.31."),
        ("3 beds", "%", "The number is asked in %: please convert “3 beds” to it, and type digits only."),
        ("3成", "%", "The number is asked in %: please convert “3成” to it, and type digits only."),
        ("3 beds", None, "The number has no unit here; please leave out “beds”."),
        ("101", "%", "101 is not possible here: the number must lie between 0 and 100%."),
        ("101", "km", "101 is not possible here: the number must lie between 0 and 100 km."),
        ("-1", None, "-1 is not possible here: the number must lie between 0 and 100."),
    ],
)
def test_a_refusal_says_what_is_wrong_with_what_was_typed(typed: str, unit: str | None, said: str) -> None:
    found = read_figure(typed, Decimal(0), Decimal(100), unit=unit)
    assert isinstance(found, Refusal)
    assert tell(found.why, "en") == said


@pytest.mark.parametrize(("typed", "said"), [("9", True), ("10", False), ("20", False), ("20.5", True)])
def test_what_is_not_usual_is_told_with_what_is(typed: str, said: bool) -> None:
    found = read_figure(typed, Decimal(0), Decimal(100), unit="km", usual=(Decimal(10), Decimal(20)))
    assert isinstance(found, Typed)
    told = None if found.unusual is None else tell(found.unusual, "en")
    assert told == (f"{typed} km is unusual; most answers lie between 10 and 20 km." if said else None)


def test_a_raised_digit_of_the_unit_is_the_unit() -> None:
    assert read("3 m³", "m³") == "3"
    assert read("3㎥", "m³") == "3"


def test_full_width_digits_are_understood_and_said_again() -> None:
    found = read_typed(asked("%"), "２．３１")
    assert isinstance(found, Typed)
    assert (found.value, found.converted) == (Decimal("2.31"), True)


@pytest.mark.parametrize("typed", ["约2.3", "2-3", "2~3", "1/2", ">5", "10左右", "不到10", "3至4"])
def test_what_could_be_several_numbers_is_refused(typed: str) -> None:
    assert "exact number" in refusal(typed)


def test_a_decimal_comma_is_asked_back_and_never_taken_for_a_thousand() -> None:
    assert "point for decimals" in refusal("2,31", "%")


def test_another_unit_is_refused_by_name() -> None:
    assert "万元" in refusal("35人", "万元")
    assert "no unit" in refusal("35人")
    assert "万" in refusal("3万", "%")


def test_outside_the_range_the_range_is_said() -> None:
    assert refusal("101", "%", low="0", high="100").endswith("between 0 and 100%.")


@pytest.mark.parametrize("typed", ["0", "100"])
def test_the_ends_of_the_range_are_inside(typed: str) -> None:
    assert isinstance(read_typed(asked("%", "0", "100"), typed), Typed)


def test_outside_the_usual_the_number_is_taken_and_asked_about() -> None:
    found = read_typed(asked("%", "0", "100", ("1", "50")), "60")
    assert isinstance(found, Typed)
    assert found.value == 60
    assert found.unusual is not None
    assert found.unusual["zh"] == "60%不常见，一般在 1 至 50%之间。"


def test_it_is_known_whether_a_number_is_written_as_it_was_typed() -> None:
    same, other = read_typed(asked("%"), "3"), read_typed(asked("%"), "3‰")
    assert isinstance(same, Typed)
    assert isinstance(other, Typed)
    assert (same.converted, other.converted) == (False, True)


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_nothing_typed_is_nothing(typed: str) -> None:
    assert read_typed(asked(), typed) is None
    assert read_year(typed) is None


@pytest.mark.parametrize(("typed", "year"), [("2024", 2024), ("２０２４", 2024), (" 2024年 ", 2024), ("2024.0", 2024)])
def test_years(typed: str, year: int) -> None:
    assert read_year(typed) == year


@pytest.mark.parametrize("typed", ["24", "20245", "1900", "2o24", "2024.5", "٢٠٢٤٥", "202④", "²024"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    assert isinstance(read_year(typed), Refusal)


NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, places=4)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@tries(400)
@given(NUMBERS, st.booleans(), st.booleans(), st.sampled_from(["", " ", "　"]))
def test_any_number_in_any_of_its_forms_is_itself(number: Decimal, grouped: bool, wide: bool, around: str) -> None:
    written = format(number, ",f" if grouped else "f")
    typed = around + (written.translate(FULL_WIDTH) if wide else written) + around
    assert Decimal(read(typed)) == number


@tries(400)
@given(NUMBERS, st.sampled_from([("万", 4), ("亿", 8), ("千", 3), ("", 0)]))
def test_powers_of_ten_are_exact(number: Decimal, power: tuple[str, int]) -> None:
    word, zeros = power
    found = read_typed(asked(None, "-1e15", "1e15"), f"{number:f}{word}")
    if abs(number) * 10**zeros <= 10**15:
        assert isinstance(found, Typed)
        assert found.value == number * 10**zeros
    else:
        assert isinstance(found, Refusal)


@tries(400)
@given(st.text(max_size=80), st.sampled_from([None, "%", "‰", "万元", "m³", {"en": "beds", "zh": "张"}]))
def test_whatever_is_typed_is_understood_or_answered_with_a_sentence(typed: str, unit: object) -> None:
    found = read_typed(asked(unit), typed)
    match found:
        case None:
            assert not typed.strip()
        case Typed():
            assert any(letter.isdigit() for letter in typed)
            assert Decimal(str(found.value)) == found.value
        case Refusal():
            assert found.why["en"].strip()
            assert found.why["zh"].strip()
    read_year(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2025", "2025"),
        (" ２０２５ ", "2025"),
        ("2025年", "2025"),
        ("2025.0", "2025"),
        ("２０２５ H1", "2025 H1"),
        ("2024-2025", "2024-2025"),
        ("", ""),
    ],
)
def test_the_year_of_an_assessment_is_kept_in_plain_digits(typed: str, kept: str) -> None:
    assert read_period(typed) == kept


@pytest.mark.parametrize("typed", ["next year", "Anhe County", "25", "20255", "1066", "②０２⑤"])
def test_what_holds_no_year_is_refused_as_the_year_of_an_assessment(typed: str) -> None:
    assert isinstance(read_period(typed), Refusal)


@pytest.mark.parametrize(
    ("figure", "unit", "said"),
    [
        ("8.6", "× 10,000 yuan per person", "86,000 yuan per person"),
        ("-0.5", "× 10,000 yuan per person", "−5,000 yuan per person"),
        ("-0.5", "%", "−0.5%"),
        ("-1234.5", "%", "−1,234.5%"),
        ("1234.5678", "× 10,000 people", "12,345,678 people"),
        ("8.6", "万元", "8.6万元"),
        ("1234", "%", "1,234%"),
        ("12", "× 10 km", "120 km"),
        ("7", "", "7"),
    ],
)
def test_a_figure_is_told_with_its_unit_as_people_say_it(figure: str, unit: str, said: str) -> None:
    """A power of ten written with digits is taken into the figure; one that is a word stays."""
    assert told(Decimal(figure), unit) == said
