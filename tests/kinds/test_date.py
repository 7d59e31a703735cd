"""Kind `date`: a day, read, scored by the days to the end of the year described, asked, compared and carried along."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.cohort.cells import CODE, read_cells
from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.migrating.values import settle
from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import read
from nqpf_assess.exchange.column_map import column_map
from nqpf_assess.exchange.xlsform import xlsform
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.kinds import kind_of, read_value
from nqpf_assess.kinds.kind import Fault, Here, Refusal, Typed, written
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import DateQuestion
from nqpf_assess.session.answering import Session
from nqpf_assess.session.clock import clock
from nqpf_assess.session.keeping import NoFile

SOUND = Path(__file__).parents[1] / "invalid" / "sound"


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    found, problems = Library((Root("workspace", SOUND),)).instrument("days", "base")
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def audit(instrument: Instrument) -> DateQuestion:
    question = instrument.questionnaire.questions["audit"]
    assert isinstance(question, DateQuestion)
    return question


Assess = Callable[..., Answers]


@pytest.fixture
def given() -> Assess:
    def make(value: object, *, period: str = "2025", founded: object = date(2018, 3, 1), **rest: object) -> Answers:
        return Answers.model_validate(
            {
                "format": "nqpf-answers/1",
                "questionnaire": {"id": "days", "version": "1.0.0"},
                "weights": {"id": "base", "version": "1.0.0"},
                "subject": {"period": period},
                "facts": {"founded": {"value": founded}},
                "answers": {"audit": {"value": value, **rest}},
            }
        )

    return make


# ---- reading


@pytest.mark.parametrize("raw", [date(2025, 6, 30), "2025-06-30", " 2025-06-30 "])
def test_a_day_is_a_toml_date_or_its_text(audit: DateQuestion, raw: object) -> None:
    assert read_value(audit, raw) == date(2025, 6, 30)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "raw", ["2025-6-30", "30.06.2025", "2025-02-30", "soon", 20250630, ("2025-06-30",), Decimal(5)]
)
def test_what_is_no_day_is_refused(audit: DateQuestion, raw: object) -> None:
    assert isinstance(read_value(audit, raw), Fault)  # type: ignore[arg-type]


@pytest.mark.parametrize(("raw", "good"), [("2015-01-01", True), ("2014-12-31", False), ("2028-01-01", False)])
def test_the_ends_of_the_range_are_inside(audit: DateQuestion, raw: str, good: bool) -> None:
    assert isinstance(read_value(audit, raw), date) is good


@pytest.mark.parametrize(
    ("line", "converted"),
    [
        ("2025-06-30", False),
        ("2025/6/30", True),
        ("2025年6月30日", True),
        ("２０２５．６．３０", True),
        ("2025 - 6 - 30", True),
        ("2025–06–30", True),
        ("2025。6。30", True),
    ],
)
def test_a_typed_day_is_read_year_first_and_said_again(audit: DateQuestion, line: str, converted: bool) -> None:
    assert kind_of(audit).typed(audit, line) == Typed(date(2025, 6, 30), converted)


@pytest.mark.parametrize("line", ["30/6/2025", "25-6-30", "2025-06", "2025-02-30", "2031-01-01", "2025-0⑥-30"])
def test_what_could_be_another_day_or_none_is_refused_with_a_sentence(audit: DateQuestion, line: str) -> None:
    found = kind_of(audit).typed(audit, line)
    assert isinstance(found, Refusal)
    assert found.why["en"].strip()
    assert found.why["zh"].strip()


# ---- score


@pytest.mark.parametrize(
    ("day", "points"),
    [
        (date(2025, 12, 31), 100),
        (date(2026, 6, 1), 100),
        (date(2024, 12, 31), 60),
        (date(2023, 12, 31), pytest.approx(60 - 60 * 366 / 730)),  # 2024 has a day more
        (date(2015, 1, 1), 0),
    ],
)
def test_a_day_scores_by_the_days_to_the_end_of_the_year_described(
    instrument: Instrument, given: Assess, day: date, points: object
) -> None:
    nodes = {node.id: node for node in score(instrument, given(day)).nodes}
    assert nodes["audit"].score == points


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2025", 2025),
        ("2024-2025", 2025),
        ("2025年", 2025),
        ("２０２５", 2025),
        ("2025 (2024 figures)", 2025),
        ("2025年（部分为2024年数据）", 2025),
        ("2025 [2023, 2024]", 2025),
        ("(2025)", 2025),
    ],
)
def test_the_year_is_the_last_one_that_the_period_names(period: str, year: int, given: Assess) -> None:
    assert given("2025-01-01", period=period).subject.year == year


def test_without_a_year_it_counts_as_if_it_were_blank(instrument: Instrument, given: Assess) -> None:
    with_none, blank = (score(instrument, given(value, period="spring")) for value in ("2025-06-30", None))
    node, bare = (next(n for n in card.nodes if n.id == "audit") for card in (with_none, blank))
    assert (node.state, node.score, node.coverage, node.low, node.high) == ("blank", None, 0.0, 0.0, 100.0)
    assert bare == node
    assert with_none.overall == blank.overall


def test_later_is_more_in_conditions(instrument: Instrument, given: Assess) -> None:
    states = [
        read(instrument, given(None, founded=day)).questions["young"].state
        for day in ("2014-12-31", "2015-01-01", "2020-01-01")
    ]
    assert states == ["hidden", "blank", "blank"]


def test_the_goal_is_a_day_that_earns_it(instrument: Instrument, audit: DateQuestion) -> None:
    from nqpf_assess.kinds.kind import Here

    here = Here(instrument.scales["audit"].usual, 2025)
    now = date(2023, 12, 31)
    kind = kind_of(audit)
    found = kind.goal(audit, now, here, score=kind.score(audit, now, here) or 0.0, target=60.0, points=Decimal(50))
    assert found == date(2024, 12, 31)


# ---- elsewhere


def test_a_table_holds_days_as_texts_and_as_dates(audit: DateQuestion) -> None:
    for column in (pa.array(["2025-06-30", None]), pa.array([date(2025, 6, 30), None])):
        cells = read_cells(audit, "audit", column, None, [])
        assert cells.codes is not None
        assert [cells.distinct[code] for code in cells.codes] == [date(2025, 6, 30), None]
        assert cells.state.tolist() == [CODE["answered"], CODE["blank"]]


def test_it_is_carried_and_written_in_one_way(audit: DateQuestion) -> None:
    narrower = audit.model_copy(update={"range": (date(2025, 7, 1), date(2025, 12, 31))})
    assert settle(audit, audit, Answer(value=date(2025, 6, 30)), same_edition=False).fate == "carried"
    assert settle(audit, narrower, Answer(value="2025-06-30"), same_edition=False).fate == "invalid"
    assert written(date(2025, 6, 30)) == "2025-06-30"


def test_a_day_that_waits_for_its_year_is_dealt_with(instrument: Instrument, given: Assess) -> None:
    """It scores nothing, and yet nobody is asked for the day again."""
    session = Session(instrument, given("2025-06-30", period="spring"), NoFile(UserError({})), now=clock())
    assert session.view.questions["audit"].state == "blank"
    assert session.state("answers", "audit") == "answered"


def test_a_form_asks_for_a_day(instrument: Instrument) -> None:
    assert len(xlsform(instrument.questionnaire)) > 1000
    kind = kind_of(instrument.questionnaire.questions["audit"])
    assert kind.xlsform_type("audit") == "date"
    assert kind.xlsform_operand(date(2015, 1, 1)) == "date('2015-01-01')"


OWN = """
format = "nqpf-weights/1"
id = "own"
questionnaire = "days"
based_on = "base"
name = { en = "Own", zh = "自己" }
"""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("explain", "a.toml", "audit"), "184 days before 31 December 2025"),
        (("explain", "--lang", "zh", "a.toml", "audit"), "2025年6月30日"),
        (("report", "a.toml", "-o", "r.md"), ""),
        (("diff", "questionnaires/days.toml", "other.toml"), "2016-01-01"),
        (("merge", "a.toml", "b.toml", "-o", "m.toml", "--json"), '"value": "2025-07-15"'),
        (("compare", "a.toml", "b.toml", "--json"), '"value": "2025-07-15"'),
        (("compare", "a.toml", "b.toml", "--json"), '"own": 0.25'),
        (("migrate", "a.toml", "--json"), '"value": "2018-03-01"'),
        (("migrate", "a.toml", "--json"), '"own": 0.25'),
        (("check", "--logic", "questionnaires/days.toml"), ""),
        (("export", "days", "--to", "paper", "-o", "p.pdf"), ""),
        (("export", "days", "--to", "json"), "2027-12-31"),
        (("export", "a.toml", "--to", "csv"), "Firm,base+0.25*own,2025,full,2018-03-01,2025-06-30,1"),
        (("new", "--questionnaire", "days", "--weights", "base", "n.toml"), ""),
    ],
)
def test_no_face_stumbles_over_a_day_or_a_blend(
    command: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    questionnaire = (SOUND / "questionnaires" / "days.toml").read_text(encoding="utf-8")
    answers = (SOUND.parent / "period_without_year.toml").read_text(encoding="utf-8").replace("spring", "2025")
    answers = answers.replace('{ id = "base",', '{ id = "base", with = { own = 0.25 },')
    for path, words in {
        "questionnaires/days.toml": questionnaire,
        "other.toml": questionnaire.replace("2015-01-01, 2027", "2016-01-01, 2027"),
        "weights/days/base.toml": (SOUND / "weights" / "days" / "base.toml").read_text(encoding="utf-8"),
        "weights/days/own.toml": OWN,
        "a.toml": answers,
        "b.toml": answers.replace("2025-06-30", "2025-07-15"),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    language = () if "--lang" in command else ("--lang", "en")
    assert run([*language, *command]) == 0
    assert said in capsys.readouterr().out


def test_a_year_on_a_day_is_worth_less_and_the_parts_of_the_change_still_sum(
    instrument: Instrument, given: Assess
) -> None:
    """What the year itself moves is a part of its own: without it the printed parts miss the sum."""
    sides = [ComparedAssessment(year, given(date(2025, 6, 30), period=year), instrument) for year in ("2025", "2026")]
    found = compare(*sides, date(2026, 11, 28))
    assert found.uncapped.effects["answers"]
    assert [(part.what, part.points) for part in found.parts] == [("period", found.uncapped.effects["answers"])]


def test_the_score_says_the_day_as_it_is_written(instrument: Instrument, given: Assess) -> None:
    card = score(instrument, given(date(2025, 6, 30)))
    assert json.dumps(card.answers_digest)
    assert card.answers_digest == score(instrument, given("2025-06-30")).answers_digest


def test_the_year_of_a_table_is_not_said_to_be_unused(instrument: Instrument) -> None:
    """Days are scored by it."""
    told = [line["en"] for line in column_map(instrument.questionnaire, ["respondent", "period", "region"]).lines()]
    assert "carried along, not scored: region" in told
    assert "columns used: 2" in told


def test_a_day_moves_between_the_points_of_its_scale_and_stays_possible(instrument: Instrument) -> None:
    """Days run backwards: the first point is the last day; what the scale reaches beyond is cut to what is possible."""
    asked = instrument.questionnaire.questions["audit"]
    scale = instrument.scales["audit"].usual
    day = date(2025, 6, 30)
    moves = kind_of(asked).moves(asked, day, Here(scale, 2025))
    assert list(moves) == [date(2025, 12, 31), date(2024, 12, 31), date(2023, 1, 1)]
    assert date(2015, 1, 1) in kind_of(asked).moves(asked, day, Here(scale, 2016))
    assert not kind_of(asked).moves(asked, day, Here(scale))
