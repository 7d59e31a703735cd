"""The agenda of a meeting: one page, what most hangs on first, what is left out said; the rules in single cases."""

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import Wish, merge
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.model.answers import Answers, Archived, MergeRule, Reference
from nqpf_assess.model.merging import Merging
from nqpf_assess.pages.merging import PAGE, merging_lines
from tests.support.scored import ROOT, instrument_of, shipped_chain, shipped_questionnaire

QUESTION = "upgrade_programme"


@cache
def instrument() -> Instrument:
    return instrument_of(shipped_questionnaire("region"), shipped_chain("region", "industrial_renewal"))


def sheet(name: str, level: int, **beside: Any) -> tuple[str, Answers]:
    """One respondent's answers to one question."""
    heads = {key: {"id": id, "version": "2026.1.0"} for key, id in (("questionnaire", "region"), ("weights", "x"))}
    table = {"format": "nqpf-answers/1", **heads, "answers": {QUESTION: {"value": level, **beside}}}
    return name, Answers.model_validate(table)


@cache
def crowd() -> Merging:
    """Eight respondents who differ on nearly every level."""
    table = tomllib.loads((ROOT / "samples" / "renewal_city_2025.toml").read_text("utf-8"), parse_float=Decimal)
    files = []
    for who in range(8):
        levels = {id: e for id, e in table["answers"].items() if isinstance(e.get("value"), int)}
        moved = {id: {**e, "value": (e["value"] + (n + who) % 3) % 5} for n, (id, e) in enumerate(levels.items())}
        files.append((f"Office {who}", Answers.model_validate({**table, "answers": {**table["answers"], **moved}})))
    return merge(instrument(), files, Wish())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_agenda_fits_on_one_page(language: str) -> None:
    """Whole questions, no more lines than the page has, and how many are left out with what hangs on them."""
    lines = list(merging_lines(crowd(), instrument().questionnaire, language, width=100))
    start = next(i for i, line in enumerate(lines) if line.startswith(("Agenda", "议题")))
    end = next(i for i, line in enumerate(lines) if line.startswith("…"))
    assert 30 < end - start <= PAGE + 1
    assert str(len(crowd().agenda)) in lines[start]
    every = list(merging_lines(crowd(), instrument().questionnaire, language, width=100, everything=True))
    assert sum(re.match(r" ?\d+\. ", line) is not None for line in every) == len(crowd().agenda)


def test_many_respondents_stand_in_several_tables() -> None:
    """As many beside one another as there is room for, with the spread of all; not one figure below another."""
    many = replace(crowd(), respondents=crowd().respondents * 2)
    lines = list(merging_lines(many, instrument().questionnaire, "en", width=100))
    heads = [line.split() for line in lines if line.endswith("spread  merged")]
    assert [int(words) for head in heads for words in head if words.isdigit()] == [*range(1, 17)]
    overall = [line.split()[-2:] for line in lines if line.startswith("overall ")]
    assert len(heads) == len(overall) == 2
    assert overall[0] == overall[1]


def test_a_quick_screening_among_full_assessments_is_said() -> None:
    """Scores lie apart where “nothing is disputed”: one of the respondents answered the core questions alone."""
    (_, full), quick = sheet("A", 2), sheet("B", 2)[1].model_copy(update={"mode": "quick"})
    asked = instrument().questionnaire
    for files, said in (((full, quick), True), ((quick, quick), False), ((full, full), False)):
        merging = merge(instrument(), list(zip("AB", files, strict=True)), Wish())
        told = list(merging_lines(merging, asked, "en", width=100))
        assert any(line.startswith("! Asked the core questions alone (quick screening): 2.") for line in told) == said


@pytest.mark.parametrize("stake", [None, 0.0])
def test_what_cannot_be_told_is_not_called_nothing(stake: float | None) -> None:
    """Without an overall score, and below a floor, what hangs on the rest is not known: it has no “0.0 points”."""
    unscored = [replace(one, stake=stake) for one in crowd().settled]
    (more,) = (
        line
        for line in merging_lines(replace(crowd(), settled=tuple(unscored)), instrument().questionnaire, "en", width=99)
        if line.startswith("…")
    )
    assert "more; --all shows them." in more
    # Where one of the answers alone leaves no score, the score itself hangs on it.
    last = crowd().agenda[-1].id
    some = [replace(one, stake=None) if one.id == last else one for one in crowd().settled]
    assert replace(crowd(), settled=tuple(some)).agenda[0].id == last


@pytest.mark.parametrize(("language", "said"), [("en", "by itself it leaves"), ("zh", "仅改这一项，总分不变")])
def test_two_answers_that_lift_a_floor_together_are_not_said_to_move_nothing(language: str, said: str) -> None:
    """Each alone leaves the overall as it is; together they lift a floor, and that is said of both."""
    table = tomllib.loads((ROOT / "samples" / "innovation_hub_city.toml").read_text("utf-8"), parse_float=Decimal)
    low = {"work_safety_rate": "1", "cyber_review_share": "0", "fiscal_safety": 0, "project_review_share": "0"}
    high = low | {"fiscal_safety": 5, "project_review_share": "100"}
    files = []
    for name, four in (("A", low), ("B", high)):
        given = {**table["answers"], **{id: {"value": value} for id, value in four.items()}}
        files.append((name, Answers.model_validate({**table, "answers": given})))
    merging = merge(instrument(), files, Wish())
    assert abs((merging.respondents[0].score or 0.0) - (merging.respondents[1].score or 0.0)) > 5
    assert [one.stake for one in merging.agenda] == [0.0, 0.0]
    told = "\n".join(merging_lines(merging, instrument().questionnaire, language, width=200))
    assert told.count(said) == 2


def test_what_most_hangs_on_comes_first() -> None:
    """By the points of the overall that the answers decide, each re-scored with all others as they stand."""
    stakes = [one.stake or 0.0 for one in crowd().agenda]
    assert len(stakes) > 15
    assert all(first >= second for first, second in pairwise(stakes))
    assert stakes[0] > 1.0


@pytest.mark.parametrize(
    ("rule", "files", "level"),
    [
        ("median", [sheet("a", 1), sheet("b", 4), sheet("c", 2)], 2),
        ("median", [sheet("a", 1), sheet("b", 4)], 1),
        ("median", [sheet("a", 1), sheet("b", 2), sheet("c", 3), sheet("d", 5)], 2),
        ("majority", [sheet("a", 1), sheet("b", 4), sheet("c", 4)], 4),
        ("majority", [sheet("a", 3), sheet("b", 1)], 1),
        ("lead", [sheet("a", 5), sheet("b", 1), sheet("c", 1)], 5),
        ("evidence", [sheet("a", 1), sheet("b", 4, evidence=["minutes"]), sheet("c", 1)], 4),
        ("evidence", [sheet("a", 1, evidence=["  "]), sheet("b", 4, evidence=["minutes"])], 4),
        ("evidence", [sheet("a", 1, confidence="high"), sheet("b", 4), sheet("c", 4)], 1),
        ("evidence", [sheet("a", 1), sheet("b", 4), sheet("c", 4)], 4),
    ],
)
def test_whose_answer_stands(rule: MergeRule, files: list[tuple[str, Answers]], level: int) -> None:
    """Each rule in a case that can be followed by eye; of equals the lower stands."""
    merging = merge(instrument(), files, Wish(rule, "a" if rule == "lead" else None))
    assert merging.answers.answers[QUESTION].value == level
    (item,) = merging.agenda
    assert (item.id, item.disputed) == (QUESTION, True)
    assert item.why["en"]


def test_agreement_and_spread() -> None:
    """Two of three gave what stands; levels 1 and 4 of 5 lie 60 points apart."""
    (item,) = merge(instrument(), [sheet("a", 1), sheet("b", 4), sheet("c", 4)], Wish("majority")).agenda
    assert item.agreement == pytest.approx(2 / 3)
    assert item.spread == pytest.approx(60.0)


def test_figures_are_scored_by_the_facts_that_stand() -> None:
    """Whoever leaves the facts to others is scored on their scale too: 3.3 is not “the lower” of 2.5 and 3.3."""
    facts = {"tier": {"value": "county"}, "fiscal": {"value": "10"}}
    tables = (
        {"facts": facts, "answers": {"fiscal_sci_share": {"value": "2.5"}}},
        {"answers": {"fiscal_sci_share": {"value": "3.3"}}},
    )
    heads = {key: {"id": id, "version": "2026.1.0"} for key, id in (("questionnaire", "region"), ("weights", "x"))}
    files = [
        ("ab"[n], Answers.model_validate({"format": "nqpf-answers/1", **heads, **table}))
        for n, table in enumerate(tables)
    ]
    merging = merge(instrument(), files, Wish())
    assert merging.answers.answers["fiscal_sci_share"].value == "2.5"
    (one,) = merging.agenda
    assert [round(said.score or 0.0, 1) for said in one.said] == [69.7, 80.8]


def test_archives_are_united_each_entry_once_under_a_key_of_its_own() -> None:
    def kept(name: str, **values: int) -> tuple[str, Answers]:
        entries = {id: Archived(value=value, edition="2025.1.0") for id, value in values.items()}
        return name, sheet(name, 1)[1].model_copy(update={"archive": entries})

    found = merge(instrument(), [kept("Ann", old=3, same=5), kept("Bo", old=2, same=5, gone=9)], Wish()).answers.archive
    rows = {key: (entry.value, entry.of, entry.edition, entry.because) for key, entry in found.items()}
    edition = "2025.1.0"
    assert rows == {
        "old": (3, None, edition, "merged"),
        "same": (5, None, edition, "removed"),
        "old_2": (2, "old", edition, "merged"),
        "gone": (9, None, edition, "merged"),
    }


def test_two_questions_that_were_archived_with_one_answer_are_both_kept() -> None:
    """Where nothing says who gave them and when, they were one entry."""

    def kept(name: str, **values: int) -> tuple[str, Answers]:
        entries = {id: Archived(value=value, edition="2025.1.0") for id, value in values.items()}
        return name, sheet(name, 1)[1].model_copy(update={"archive": entries})

    files = [kept("Ann", one=1, two=1, three=2), kept("Bo", one=1, two=1, three=3), kept("Cai", one=1, two=1, three=3)]
    found = merge(instrument(), files, Wish()).answers.archive
    assert {key: entry.value for key, entry in found.items()} == {"one": 1, "two": 1, "three": 2, "three_2": 3}


def test_what_all_had_archived_alike_comes_back_whoever_gave_it_and_when() -> None:
    def kept(name: str) -> tuple[str, Answers]:
        entries = {"solid_waste_use": Archived(value=50, edition="2025.1.0", by=name)}
        return name, sheet(name, 1)[1].model_copy(update={"archive": entries})

    united = merge(instrument(), [kept("Ann"), kept("Bo")], Wish()).answers
    between = Reference(id="region", version="2026.1.0")
    found = migrate(instrument(), united.model_copy(update={"questionnaire": between}))
    assert [row.id for row in found.restored] == ["solid_waste_use"]


def test_what_was_converted_stays_so_though_each_typed_something_else() -> None:
    """It comes back only where it is what the answer of now was made of."""

    def kept(name: str, value: int) -> tuple[str, Answers]:
        entries = {"solid_waste_use": Archived(value=value, because="converted", edition="2025.1.0")}
        return name, sheet(name, 1)[1].model_copy(update={"archive": entries})

    united = merge(instrument(), [kept("Ann", 50), kept("Bo", 60)], Wish()).answers
    assert {entry.because for entry in united.archive.values()} == {"converted"}


def test_what_one_of_several_had_archived_does_not_come_back_as_the_answer_of_all() -> None:
    """An edition asks again what respondents had answered differently before their files were merged."""

    def kept(name: str, fiscal: int, reused: int) -> tuple[str, Answers]:
        values = {"fiscal_sci_share": fiscal, "solid_waste_use": reused}
        entries = {id: Archived(value=value, edition="2025.1.0") for id, value in values.items()}
        return name, sheet(name, 1)[1].model_copy(update={"archive": entries})

    united = merge(instrument(), [kept("Ann", 3, 50), kept("Bo", 2, 50)], Wish()).answers
    between = Reference(id="region", version="2026.1.0")
    found = migrate(instrument(), united.model_copy(update={"questionnaire": between}))
    assert [row.id for row in found.restored] == ["solid_waste_use"]
    assert "fiscal_sci_share" not in found.answers.answers


@pytest.mark.parametrize(
    ("rule", "levels", "why"),
    [
        ("majority", (1, 4, 4), "given by 2 of the 3 who answered"),
        (
            "majority",
            (1, 3, 4),
            "given by 1 of the 3 who answered, as many as gave “level 3”, “level 4”; one of these is taken for now",
        ),
        ("median", (1, 4, 2), "the middle one of 3 answers"),
        ("median", (1, 4), "one of the two middle ones of 2 answers, not the higher"),
        ("lead", (1, 4), "given by the lead"),
        ("evidence", (1, 4, 4), "evidence does not decide among the best supported; given by 2 of the 3 who answered"),
        ("median", (3, 3), "all 2 who answered agree"),
    ],
)
def test_every_choice_says_why(rule: MergeRule, levels: tuple[int, ...], why: str) -> None:
    files = [sheet(name, level) for name, level in zip("abc", levels, strict=False)]
    found = merge(instrument(), files, Wish(rule, "a" if rule == "lead" else None)).settled
    assert [one.why["en"] for one in found if one.id == QUESTION] == [why]


def test_where_the_lead_is_silent_the_majority_decides_and_it_is_said() -> None:
    silent = ("a", sheet("a", 1)[1].model_copy(update={"answers": {}}))
    found = merge(instrument(), [silent, sheet("b", 2), sheet("c", 4), sheet("d", 4)], Wish("lead", "a")).settled
    said = [one.why["en"] for one in found if one.id == QUESTION]
    assert said == ["the lead did not answer; given by 2 of the 3 who answered"]


@pytest.mark.parametrize(
    "support",
    [
        ({"evidence": ["minutes", "map"]}, {"evidence": ["minutes"]}, {}),
        ({"evidence": ["minutes"]}, {}, {"confidence": "low"}),
        ({"evidence": ["minutes"], "confidence": "high"}, {"evidence": ["map"], "confidence": "low"}, {}),
        ({"evidence": ["minutes"], "confidence": "high"}, {"evidence": ["map", "minutes"]}, {"confidence": "high"}),
        ({"confidence": "high"}, {}, {"confidence": "low"}),
    ],
)
def test_the_best_supported_answer_says_by_what(support: tuple[dict[str, Any], ...]) -> None:
    """The whole rule is told, which holds whichever part of it decided."""
    why = "the best supported: first goes named evidence, then who is surer, then more evidence"
    files = [sheet(name, level, **beside) for name, level, beside in zip("abc", (4, 2, 1), support, strict=True)]
    merging = merge(instrument(), files, Wish("evidence"))
    assert merging.answers.answers[QUESTION].value == 4
    assert [one.why["en"] for one in merging.settled if one.id == QUESTION] == [why]


def test_who_answered_is_counted_whatever_their_answer_is_supported_by() -> None:
    """Of six who answered three name evidence, two of them for the same; that more say something else is no tie."""
    named = {"evidence": ["minutes"]}
    files = [
        sheet("a", 3, **named),
        sheet("b", 3, **named),
        sheet("c", 4, **named),
        *(sheet(name, 1) for name in "def"),
    ]
    found = merge(instrument(), files, Wish("evidence")).settled
    said = [one.why["en"] for one in found if one.id == QUESTION]
    assert said == ["evidence does not decide among the best supported; given by 2 of the 6 who answered"]


def test_of_as_many_answers_the_one_taken_is_not_called_the_lowest_of_all() -> None:
    """“The lowest answer stands” was said of level 3 beside a level 1 that fewer gave."""
    files = [sheet(name, level) for name, level in zip("abcde", (1, 3, 3, 4, 4), strict=True)]
    found = merge(instrument(), files, Wish("majority")).settled
    said = [one.why["en"] for one in found if one.id == QUESTION]
    assert said == ["given by 2 of the 5 who answered, as many as gave “level 4”; one of these is taken for now"]
