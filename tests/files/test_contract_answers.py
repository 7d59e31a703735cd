"""formats.md, section 3: answer files."""

import pytest

from nqpf_assess.files.rules.formats import format_meant
from tests.files.contract import ANSWERS, A, Edit, Q, inside, more, said

ALLOWED: list[str] = []
Row = tuple[list[Edit], list[str]]


def value(old: str, new: str) -> Edit:
    return Edit(A, f"value = {old}", f"value = {new}")


def beside(line: str) -> Edit:
    """A line beside the answer to `spending`."""
    return Edit(A, 'value = "2.31"', f'value = "2.31"\n{line}')


def override(*lines: str) -> Edit:
    return more(A, "\n".join(["[[override]]", *lines]))


BAD = "error bad_value answers."
ROWS: dict[str, Row] = {
    # the head
    "no format": ([Edit(A, 'format = "nqpf-answers/1"\n', "")], ["error missing_key "]),
    "no questionnaire": (
        [Edit(A, 'questionnaire = { id = "small", version = "1.0.0" }\n', "")],
        ["error missing_key "],
    ),
    "no rubric": ([Edit(A, 'weights = { id = "valley", version = "1.0.0" }\n', "")], ["error missing_key "]),
    "no version": ([Edit(A, 'id = "small", version = "1.0.0"', 'id = "small"')], ["error missing_key questionnaire"]),
    "an unknown questionnaire": (
        [Edit(A, 'id = "small"', 'id = "smal"')],
        ["error questionnaire_missing questionnaire.id"],
    ),
    "an unknown rubric": ([Edit(A, 'id = "valley"', 'id = "hill"')], ["error weights_missing weights.id"]),
    "another edition is a notice": (
        [Edit(A, '"small", version = "1.0.0"', '"small", version = "1.1.0"')],
        ["notice edition_differs questionnaire.version"],
    ),
    "another digest is a notice": (
        [Edit(A, 'version = "1.0.0" }', 'version = "1.0.0", digest = "sha256:ab" }')],
        ["notice edition_differs questionnaire.digest"],
    ),
    "language and mode": ([Edit(A, "[subject]", 'language = "zh"\nmode = "quick"\n\n[subject]')], ALLOWED),
    "another mode": ([Edit(A, "[subject]", 'mode = "slow"\n\n[subject]')], ["error unknown_word mode"]),
    "another language": ([Edit(A, "[subject]", 'language = "fr"\n\n[subject]')], ["notice unknown_language language"]),
    "nobody's": ([Edit(A, 'name = "Anhe County"', 'name = " "')], ["notice unnamed_subject subject.name"]),
    "a period in digits": ([Edit(A, "[subject]", "[subject]\nperiod = 2025")], ["error wrong_type subject.period"]),
    # values
    **{
        f"a figure: {number}": ([value('"2.31"', number)], ALLOWED)
        for number in (
            "2.31",
            '"2.31"',
            "2",
            '"2"',
            '" 2.31 "',
            '"+2"',
            '"2."',
            '".5"',
            '"2e0"',
            "2.310",
            '""',
            '"  "',
            "0.1",
            "7",
        )
    },
    **{
        f"no figure: {number}": ([value('"2.31"', number)], [f"{BAD}spending.value"])
        for number in (
            '"2,31"',
            '"2.31%"',
            '"two"',
            '"1e"',
            '"2 31"',
            '"１"',
            "nan",
            "inf",
            '"nan"',
            "-0.001",
            "15.001",
            '["2"]',
        )
    },
    "a figure of truth": ([value('"2.31"', "true")], ["error wrong_type answers.spending.value"]),
    "a figure that is a date": ([value('"2.31"', "2024-05-27")], [f"{BAD}spending.value"]),
    "an unusual figure": ([value('"2.31"', "0.09")], ["warning unusual answers.spending.value"]),
    "an unusual figure that is put off": ([value('"2.31"', '"0.09"\nstate = "later"')], ALLOWED),
    "level nought": ([value("1", "0")], ALLOWED),
    **{
        f"no level: {level}": ([value("1", level)], [f"{BAD}plan.value"])
        for level in ("3", "-1", "1.0", '"1"', '["1"]')
    },
    "an option": ([value('"urban"', '"ecological"')], ALLOWED),
    "the option that says not known": ([value('"urban"', '"unsure"')], ALLOWED),
    **{
        f"no option: {option}": ([value('"urban"', option)], ["error bad_value facts.zone.value"])
        for option in ('"rural"', '["urban"]', "1")
    },
    "several options": ([value('["centre"]', '["centre", "laboratory"]')], ALLOWED),
    "one that stands alone": ([value('["centre"]', '["none"]')], ALLOWED),
    "none ticked": ([value('["centre"]', "[]")], ALLOWED),
    **{
        f"no options: {ticked}": ([value('["centre"]', ticked)], [f"{BAD}tools.value"])
        for ticked in ('"centre"', '["center"]', '["none", "centre"]', "1")
    },
    "options in digits": ([value('["centre"]', "[1]")], ["error wrong_type answers.tools.value"]),
    "an answer to nothing": ([Edit(A, "[answers.plan]", "[answers.plans]")], ["error unknown_reference answers.plans"]),
    "a fact that is none": ([Edit(A, "zone = {", "zones = {")], ["error unknown_reference facts.zones"]),
    "a question under another name": (
        [inside("plan", 'previous_ids = ["programme"]'), Edit(A, "[answers.plan]", "[answers.programme]")],
        ["error unknown_reference answers.programme"],
    ),
    # beside a value
    "a state wins over a value": ([beside('state = "dk"')], ALLOWED),
    "another state": ([beside('state = "unknown"')], ["error unknown_word answers.spending.state"]),
    "not applicable without a reason": ([beside('state = "na"')], ["error na_without_reason answers.spending.state"]),
    "not applicable for blanks": (
        [beside('state = "na"\nreason = "  "')],
        ["error na_without_reason answers.spending.state"],
    ),
    "not applicable with a reason": ([beside('state = "na"\nreason = "no river"')], ALLOWED),
    "a state without a value": ([Edit(A, "value = 1\n", 'state = "answered"\n')], ALLOWED),
    "nothing at all": ([Edit(A, "value = 1\n", "")], ALLOWED),
    "how sure": ([beside('confidence = "low"')], ALLOWED),
    "another confidence": ([beside('confidence = "sure"')], ["error unknown_word answers.spending.confidence"]),
    "evidence": ([beside('evidence = ["page 3", " "]')], ALLOWED),
    "evidence outside a list": ([beside('evidence = "page 3"')], ["error wrong_type answers.spending.evidence"]),
    "who and when": ([beside('by = "Li"\nat = 2026-11-02T09:14:05+08:00\nnote = "x"')], ALLOWED),
    "when as text": ([beside('at = "2026-11-02"')], ["error wrong_type answers.spending.at"]),
    "the year of a figure": ([beside("year = 2025")], ALLOWED),
    "an odd year": ([beside("year = 20255")], ["warning year_odd answers.spending.year"]),
    "an older revision": (
        [inside("spending", "revision = 2"), beside("revision = 1")],
        ["notice older_revision answers.spending.revision"],
    ),
    "the present revision": ([inside("spending", "revision = 2"), beside("revision = 2")], ALLOWED),
    "a revision to come": ([beside("revision = 2")], ["warning newer_revision answers.spending.revision"]),
    # overrides and plan
    "an override": ([override('node = "safety"', "factor = 0.8", 'why = "x"')], ALLOWED),
    "of a target": ([override('node = "safety"', "target = 80", 'why = "x"')], ALLOWED),
    "of neither": ([override('node = "safety"', 'why = "x"')], ["error override_empty override.0"]),
    "without a reason": ([override('node = "safety"', "factor = 1")], ["error missing_key override.0"]),
    "for blanks": (
        [override('node = "safety"', "factor = 1", 'why = ""')],
        ["error override_unreasoned override.0.why"],
    ),
    "of nothing": (
        [override('node = "safty"', "factor = 1", 'why = "x"')],
        ["error unknown_reference override.0.node"],
    ),
    "of a question's target": (
        [override('node = "plan"', "target = 1", 'why = "x"')],
        ["error target_on_question override.0.target"],
    ),
    "that leaves no weight": (
        [override(f'node = "{id}"', "factor = 0", 'why = "x"') for id in ("tools", "drills", "inspections")],
        ["error all_zero override.0.factor"],
    ),
    "a measure ticked": ([more(A, '[plan]\nchosen = ["fund"]')], ALLOWED),
    "a measure that is none": ([more(A, '[plan]\nchosen = ["fond"]')], ["error unknown_reference plan.chosen.0"]),
    "an unknown key": ([beside('unit = "%"')], ["error unknown_key answers.spending.unit"]),
}


@pytest.mark.parametrize("sentence", ROWS)
def test_the_contract_of_answers(sentence: str) -> None:
    """Exactly this is said, and nothing of what is allowed."""
    edits, expected = ROWS[sentence]
    assert said(*edits) == expected


def test_an_empty_list_is_an_answer_where_no_option_stands_alone() -> None:
    """Both are allowed; neither is called a wrong value."""
    plain = Edit(Q, ", exclusive = true", "")
    assert said(value('["centre"]', "[]")) == said(plain, value('["centre"]', "[]")) == []


@pytest.mark.parametrize("stated", ["nqpf-x/1", "nqpf-/1", "nqpf"])
def test_a_format_is_taken_for_the_nearest_by_what_names_its_kind(stated: str) -> None:
    """Not for any because it begins and ends as all do."""
    assert said(others={A: ANSWERS.replace("nqpf-answers/1", stated)}) == ["error unknown_format format"]
    assert format_meant(stated) == ""
    assert {format_meant(near) for near in ("NQPF_Answer/1", "nqpf-ans/1", "answers/2.1")} == {"nqpf-answers/1"}


def test_a_newer_format_is_refused_whole() -> None:
    """Nothing is said of what a newer version may have added."""
    text = ANSWERS.replace("nqpf-answers/1", "nqpf-answers/2") + "\n[new]\nx = 1\n"
    assert said(others={A: text}) == ["error unknown_format format"]
