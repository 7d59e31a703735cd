"""Editing a rubric's file: what is meant changes and nothing else does; without a change not a byte moves."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqpf_assess.files.editing import (
    Adjusted,
    Argued,
    Banded,
    Conditioned,
    Dropped,
    Edit,
    Floored,
    NotEditable,
    Removed,
    ScoringChange,
    Stated,
    Versioned,
    edited,
)
from nqpf_assess.files.editing.asking import Valued, changed
from nqpf_assess.files.editing.edits import raised
from nqpf_assess.files.places import shipped
from nqpf_assess.model.condition import AllOf, Comparison, Not

WHY = {"en": 'Because of "trade".', "zh": "因为“边贸”。"}
ROOT, PROFILE = (shipped() / "weights" / "region" / name for name in ("baseline.toml", "border_gateway.toml"))

ODD = """\
# comment before everything
format = "nqpf-weights/1"   # odd
id = "odd"
questionnaire = "region"
based_on = "baseline"
name = { en = "Odd", zh = "奇" } # inline

\t# indented comment
[[adjust]] # at the header
\tnode = "green"\t# a tab
factor=1.6#close
why.en = 'single'
why.zh = \"\"\"
several
lines\"\"\"

# between

[[adjust]]
node = "talent"
target = 70
[adjust.why]
en = "table"
zh = "表"

# the end, no newline"""

VARIANTS = {
    "plain": ODD,
    "windows": ODD.replace("\n", "\r\n"),
    "marked": "\ufeff" + ODD,
    "both": "\ufeff" + ODD.replace("\n", "\r\n"),
    "profile": PROFILE.read_text(encoding="utf-8"),
}


def data(words: str) -> dict[str, Any]:
    return tomllib.loads(words.lstrip("\ufeff"), parse_float=Decimal)


def comments(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip().startswith("#")]


def numbers(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=2)


ADJUSTED = st.builds(
    Adjusted,
    node=st.sampled_from(["digital", "security", "rd_input"]),
    factor=st.none() | numbers(0, 5),
    target=numbers(0, 100),
    why=st.fixed_dictionaries({"en": st.text(max_size=30), "zh": st.text(max_size=30)}),
    index=st.sampled_from([None, 0, 1]),
)


@settings(max_examples=60)
@given(st.sampled_from(list(VARIANTS)), st.lists(ADJUSTED, min_size=1, max_size=3))
def test_adjustments_change_and_nothing_else_does(variant: str, edits: list[Adjusted]) -> None:
    """The data is what it was but for what was meant; every comment, the line ends and the mark are kept."""
    words = VARIANTS[variant]
    for edit in edits:
        before, words = data(words), edited(words, edit)
        found = data(words)
        entries, index = found["adjust"], edit.index
        changed = entries[-1 if index is None else index]
        old = {} if index is None else before["adjust"][index]
        assert changed.get("factor") == edit.factor
        assert changed["target"] == edit.target
        assert changed["why"] == edit.why
        assert changed["node"] == (edit.node if index is None else old["node"])
        others = [entry for entry in entries if entry is not changed]
        assert others == [entry for entry in before["adjust"] if entry is not old]
        assert {k: v for k, v in found.items() if k != "adjust"} == {k: v for k, v in before.items() if k != "adjust"}
    assert comments(words) == comments(VARIANTS[variant])
    assert words.startswith("\ufeff") == VARIANTS[variant].startswith("\ufeff")
    if "\r\n" in VARIANTS[variant]:
        assert "\n" not in words.replace("\r\n", "")


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_setting_what_is_there_changes_no_byte(variant: str) -> None:
    words = VARIANTS[variant]
    entry = data(words)["adjust"][0]
    same = Adjusted(entry["node"], entry.get("factor"), entry.get("target"), entry["why"], 0)
    assert edited(words, same) == words


def lines_that_differ(before: str, after: str) -> tuple[set[str], set[str]]:
    old, new = before.splitlines(), after.splitlines()
    return {line for line in old if line not in new}, {line for line in new if line not in old}


def test_a_weight_changes_its_line_and_its_reason() -> None:
    words = ROOT.read_text(encoding="utf-8")
    found = edited(words, Stated("weights", "innovation", Decimal("25"), "more research"))
    assert lines_that_differ(words, found) == (
        {"innovation = 22    # the paper's first route and its decisive factor"},
        {"innovation = 25    # more research"},
    )
    assert data(edited(words, Stated("weights", "rd_input", None)))["weights"].get("rd_input") is None
    assert data(edited(words, Stated("targets", "rd_input", Decimal("72.5"), "x")))["targets"]["rd_input"] == Decimal(
        "72.5"
    )


ZONE = Comparison.model_validate({"fact": "zone", "one_of": ("urban", "mixed")})
GDP = Comparison.model_validate({"fact": "gdp_ratio", "at_least": Decimal("1.5")})
EDITS: list[tuple[Path, Edit, tuple[Any, ...], Any]] = [
    (PROFILE, Conditioned(0, ZONE), ("adjust", 0, "when"), {"fact": "zone", "one_of": ["urban", "mixed"]}),
    (
        PROFILE,
        Conditioned(None, AllOf(all=(ZONE, Not.model_validate({"not": GDP})))),
        ("fits",),
        {
            "all": [
                {"fact": "zone", "one_of": ["urban", "mixed"]},
                {"not": {"fact": "gdp_ratio", "at_least": Decimal("1.5")}},
            ]
        },
    ),
    (PROFILE, Conditioned(None, None), ("fits",), None),
    (PROFILE, Versioned("2027.2.0"), ("version",), "2027.2.0"),
    (ROOT, Versioned("2027.2.0"), ("version",), "2027.2.0"),
    (ROOT, ScoringChange("across_pillars", "geometric", "weak ones count"), ("scoring", "across_pillars"), "geometric"),
    (PROFILE, ScoringChange("minimum_coverage", Decimal("0.6"), "x"), ("scoring", "minimum_coverage"), Decimal("0.6")),
    (
        ROOT,
        ScoringChange("confidence_spread", {"high": Decimal(0), "medium": Decimal(6), "low": Decimal(20)}),
        ("scoring", "confidence_spread"),
        {"high": 0, "medium": 6, "low": 20},
    ),
    (ROOT, Banded("developing", Decimal(45), {"en": "Developing", "zh": "成长"}), ("bands", "developing", "from"), 45),
    (
        ROOT,
        Banded("top", Decimal(95), {"en": "Top", "zh": "顶"}),
        ("bands", "top"),
        {"from": 95, "en": "Top", "zh": "顶"},
    ),
    (
        ROOT,
        Floored("clean", "clean_production", Decimal(45), Decimal(55), WHY),
        ("floors", "clean"),
        {"node": "clean_production", "below": 45, "cap": 55, "why": WHY},
    ),
    (
        PROFILE,
        Floored("ports", "openness", Decimal(40), Decimal(59), WHY),
        ("floors", "ports"),
        {"node": "openness", "below": 40, "cap": 59, "why": WHY},
    ),
    (ROOT, Dropped("floors", "clean"), ("floors", "clean"), None),
]


def without(found: Any, path: tuple[Any, ...]) -> Any:
    """Give the data without what stands at a path, and without what is empty then."""
    if len(path) == 1:
        return {k: v for k, v in found.items() if k != path[0]}
    if isinstance(found, list):
        return [without(v, path[1:]) if i == path[0] else v for i, v in enumerate(found)]
    inner = without(found.get(path[0], {}), path[1:])
    return {k: v for k, v in found.items() if k != path[0]} | ({path[0]: inner} if inner else {})


def at(found: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        try:
            found = found[part]
        except KeyError:
            return None
    return found


@pytest.mark.parametrize(("file", "edit", "path", "value"), EDITS, ids=lambda v: type(v).__name__)
def test_every_kind_of_change(file: Path, edit: Edit, path: tuple[Any, ...], value: Any) -> None:
    """What is meant stands there; all the rest of the data is as it was, and no other comment is lost."""
    words = file.read_text(encoding="utf-8")
    found = edited(words, edit)
    assert at(data(found), path) == value
    assert without(data(found), path) == without(data(words), path)
    assert comments(found) == comments(words)


def test_an_adjustment_taken_out() -> None:
    words = PROFILE.read_text(encoding="utf-8")
    entries = data(words)["adjust"]
    assert data(edited(words, Removed(2)))["adjust"] == [*entries[:2], *entries[3:]]
    for _ in entries:
        words = edited(words, Removed(0))
    assert "adjust" not in data(words)
    assert data(edited(words, Adjusted("green", Decimal(2), None, WHY)))["adjust"][0]["why"] == WHY


ARGUED = """based_on = "baseline"
# about the first
[[adjust]]
node = "green"

# about the second
[[adjust]]
node = "people"
# on the rules
[scoring]
minimum_coverage = 0.4
# about one
[floors.one]
node = "green"
# about two
[floors.two]
node = "people"
# the end
"""


def test_what_is_taken_out_leaves_the_comments_of_what_follows_it() -> None:
    once = (Removed(0), Removed(1), Dropped("floors", "one"), Dropped("floors", "two"))
    argued = (Argued(0, WHY), Removed(0))
    for edits in (*((edit,) for edit in once), argued, (Removed(1), Removed(0)), (Dropped("floors", "two"), once[2])):
        words = ARGUED
        for edit in edits:
            words = edited(words, edit)
        assert comments(words) == comments(ARGUED)


def test_what_is_no_toml_is_not_touched() -> None:
    with pytest.raises(NotEditable):
        edited("id = “x”", Versioned("1.0.0"))


@pytest.mark.parametrize(
    ("version", "step", "next_one"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("first", "minor", "first"),
    ],
)
def test_a_version_is_raised(version: str, step: str, next_one: str) -> None:
    assert raised(version, step) == next_one


def shipped_rubrics() -> Iterator[Path]:
    yield from sorted((shipped() / "weights").glob("*/*.toml"))


@pytest.mark.parametrize("path", list(shipped_rubrics()), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_shipped_rubric_can_be_edited_and_set_back(path: Path) -> None:
    """An adjustment added and taken out again, or a weight set and set back: the text is what it was."""
    words = path.read_text(encoding="utf-8")
    found = data(words)
    if "based_on" in found:
        there = len(found.get("adjust", []))
        added = edited(words, Adjusted("innovation", Decimal(2), None, WHY))
        assert len(data(added)["adjust"]) == there + 1
        assert edited(added, Removed(there)).rstrip("\n") == words.rstrip("\n")
    else:
        node, weight = next(iter(found["weights"].items()))
        moved = edited(words, Stated("weights", node, Decimal(77)))
        assert moved != words
        assert edited(moved, Stated("weights", node, Decimal(weight))) == words


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# at the end\n", "\n\n# at the end"])
def test_what_is_added_stands_apart(end: str) -> None:
    """A blank line before it, whatever the file ends in, and none behind."""
    words = ODD.split("\n[[adjust]]", maxsplit=1)[0].replace("[[adjust]] # at the header", "").rstrip() + end
    found = edited(words, Adjusted("talent", Decimal(2), None, WHY))
    assert "\n\n[[adjust]]\n" in found
    assert found.startswith(words)
    assert found.endswith("\n")
    assert not found.endswith("\n\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "confidence_spread = { low=15.0, high = 0 }   # old",
            "confidence_spread = { low=15.0, high = 2, medium = 5}   # new",
        ),
        (
            "[scoring.confidence_spread]\nhigh = 0.0 # as found\nmedium = 4",
            "[scoring.confidence_spread]\nhigh = 2 # new\nmedium = 5    # new\nlow = 15    # new",
        ),
        ("confidence_spread.low = 15 # kept", "confidence_spread.low = 15 # kept"),
    ],
)
def test_the_spread_by_confidence_is_set_in_the_form_it_has(before: str, after: str) -> None:
    """What is as it was stays as it is written; the reason stands where something moved."""
    values = {"high": Decimal(2), "medium": Decimal(5), "low": Decimal(15)}
    words = f"[scoring]\noverlap = 0.5\n{before}\n"
    made = edited(words, ScoringChange("confidence_spread", values, "new"))
    assert data(made)["scoring"]["confidence_spread"] == values
    assert after in made
    assert edited(made, ScoringChange("confidence_spread", values)) == made


IN_BRACES = """\
weights = { innovation = 20 }  # shares
scoring = { minimum_coverage = 0.5, confidence_spread = { low = 15 } }
floors = { safety = { node = "green", below = 40, cap = 59, why = { en = "w" } } }
adjust = [{ node = "green", factor = 1.6, why = { en = "a" } }]
"""
DOTTED = """\
weights.innovation = 20
scoring.minimum_coverage = 0.5
scoring.confidence_spread.low = 15
floors.safety.node = "green"
floors.safety.below = 40
floors.safety.cap = 59
floors.safety.why.en = "w"
[[adjust]]
node = "green"
factor = 1.6
[adjust.why]
en = "a"
"""


@pytest.mark.parametrize("words", [IN_BRACES, DOTTED])
def test_however_a_rubric_is_written_it_can_be_changed(words: str) -> None:
    """What is new goes among no lines of another table, and comments into no braces: the file stays TOML."""
    floor = {"node": "talent", "below": Decimal(30), "cap": Decimal(49), "why": {"en": "v"}}
    changes: list[tuple[Edit, tuple[Any, ...], Any]] = [
        (Stated("weights", "innovation", Decimal(25), "so"), ("weights", "innovation"), 25),
        (Stated("weights", "talent", Decimal(5), "so"), ("weights", "talent"), 5),
        (ScoringChange("minimum_coverage", Decimal("0.6"), "so"), ("scoring", "minimum_coverage"), Decimal("0.6")),
        (ScoringChange("confidence_spread", {"low": Decimal(9)}, "so"), ("scoring", "confidence_spread", "low"), 9),
        (Floored("two", "talent", Decimal(30), Decimal(49), {"en": "v"}), ("floors", "two"), floor),
        (Argued(0, {"en": "t"}, ("q",)), ("adjust", 0, "questions"), ["q"]),
        (
            Adjusted("talent", Decimal("1.25"), None, {"en": "b"}),
            ("adjust", 1),
            {"node": "talent", "factor": Decimal("1.25"), "why": {"en": "b"}},
        ),
    ]
    for edit, path, value in changes:
        made = edited(words, edit)
        assert at(data(made), path) == value
        if not isinstance(edit, Adjusted | Argued | Floored):
            assert without(data(made), path) == without(data(words), path)
            assert re.search("# .*so$", made, re.MULTILINE)


def test_reasons_of_a_table_in_braces_stand_behind_it_one_after_the_other() -> None:
    """Each takes the place of its own earlier one alone, and of nothing that the author wrote there."""
    words = "weights = { a = 1, b = 2 }  # agreed in May\n"
    for node, why in (("a", "first"), ("b", "second"), ("a", "third")):
        words = edited(words, Stated("weights", node, Decimal(len(why)), why))
    assert words == "weights = { a = 5, b = 6 }  # agreed in May; b: second; a: third\n"


def test_a_last_line_without_its_end_is_no_line_of_what_is_added() -> None:
    """A second floor on the last line of the first would be no TOML."""
    words = '[floors]\none.node = "green"\none.below = 40\none.cap = 59\none.why.en = "w"'
    made = edited(words, Floored("two", "talent", Decimal(30), Decimal(49), {"en": "v"}))
    assert made.startswith(f"{words}\n")
    assert list(data(made)["floors"]) == ["one", "two"]
    assert edited(words, Floored("one", "green", Decimal(40), Decimal(59), {"en": "w"})) == words


def test_a_key_is_not_set_under_the_header_of_a_table_in_its_own() -> None:
    """`core` does not come to stand among the words of the question."""
    words = '[questions.a]\nkind = "text"\n[questions.a.text]\nen = "A"\n'
    made = changed(words, Valued(("questions", "a", "core"), True))
    assert data(made)["questions"]["a"] == {"kind": "text", "core": True, "text": {"en": "A"}}


CONDITIONS = (
    'fits.fact = "tier"  # whom\nfits.is = "city"\n[[adjust]]\nnode = "green"\nwhen.fact = "tier"\nwhen.is = "city"\n',
    """[fits]
fact = "tier"
is = "city"
# about the first
[[adjust]]
node = "green"
[adjust.when]
fact = "tier"
is = "city"
# about the second
[[adjust]]
node = "people"
""",
)


@pytest.mark.parametrize("words", CONDITIONS)
def test_a_condition_is_changed_however_it_is_written(words: str) -> None:
    """In dotted lines or as a table of its own, whose change takes no comment on what follows along."""
    for index in (None, 0):
        made = edited(words, Conditioned(index, ZONE))
        adjust = data(made)["adjust"]
        assert (data(made)["fits"], adjust[0]["when"])[index is not None] == {
            "fact": "zone",
            "one_of": ["urban", "mixed"],
        }
        assert [entry["node"] for entry in adjust] == [entry["node"] for entry in data(words)["adjust"]]
        assert set(comments(words)) - set(comments(made)) <= {"# whom"}
    asked = '[questions.a]\ntext.en = "A"\nshow_if.fact = "tier"\nshow_if.is = "city"\n# next\n[questions.b]\n'
    made = changed(asked, Valued(("questions", "a", "show_if"), {"fact": "zone", "is": "urban"}))
    assert data(made)["questions"]["a"]["show_if"] == {"fact": "zone", "is": "urban"}


def test_what_stands_apart_from_its_own_is_taken_out() -> None:
    words = "[bands.a]\nfrom = 0\n# on floors\n[floors.x]\nbelow = 4\n# on b\n[bands.b]\nfrom = 4\n# end\n"
    for id, other in (("a", "b"), ("b", "a")):
        made = edited(words, Dropped("bands", id))
        assert list(data(made)["bands"]) == [other]
        assert comments(made) == comments(words)
        lines = 'bands.a.from = 0\nbands.a.en = "A"\nbands.b.from = 4\nbands.b.en = "B"\n'
        assert data(edited(lines, Dropped("bands", id))) == {"bands": {other: data(lines)["bands"][other]}}
