"""`export --to xlsform|xlsx`: spreadsheets that other programs open."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from nqpf_assess.cli.main import run
from nqpf_assess.engine.states import Seen, View, holds
from nqpf_assess.exchange.workbook import Worksheet, workbook
from nqpf_assess.exchange.xlsform import _Form
from nqpf_assess.files.library import Library
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import Questionnaire

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))


@cache
def region() -> Questionnaire:
    book = Library().questionnaire("region")
    assert book is not None
    return book.value


def cells(path: str, number: int) -> list[dict[str, str]]:
    """Read a sheet by its column letters."""
    with ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        {re.sub(r"\d", "", c.attrib["r"]): "".join(c.itertext()) for c in row.findall("m:c", NS)}
        for row in tree.iterfind("m:sheetData/m:row", NS)
    ]


def table(path: str, number: int) -> list[dict[str, str]]:
    head, *rows = cells(path, number)
    return [{head[column]: said for column, said in row.items()} for row in rows]


def test_an_xlsform_asks_every_question_in_both_languages() -> None:
    assert run(["export", "region", "--to", "xlsform", "-o", "form.xlsx"]) == 0
    survey, choices = (table("form.xlsx", number) for number in (1, 2))
    questionnaire, by_name = region(), {row["name"]: row for row in survey if row.get("name")}
    for id, asked in {**questionnaire.facts, **questionnaire.questions}.items():
        assert by_name[id]["label::English (en)"] == asked.text["en"]
        assert by_name[id]["label::中文 (zh)"] == asked.text["zh"]
        offered = [*getattr(asked, "options", {})] or [str(n) for n in range(len(getattr(asked, "levels", ())))]
        assert [row["name"] for row in choices if row["list_name"] == id] == offered
    names = [row["name"] for row in survey if row.get("name")]
    assert len(names) == len(set(names))
    opened = [row["type"] for row in survey if row["type"] in ("begin_group", "end_group")]
    assert opened.count("begin_group") == opened.count("end_group")
    assert opened.count("end_group") == 1 + len(questionnaire.pillars) + len(questionnaire.dimensions)


def test_everything_an_xlsform_refers_to_is_asked_in_it() -> None:
    run(["export", "firm", "--to", "xlsform", "-o", "form.xlsx"])
    survey = table("form.xlsx", 1)
    names = {row.get("name") for row in survey}
    named = {name for row in survey for name in re.findall(r"\$\{(\w+)\}", row.get("relevant", ""))}
    assert named
    assert named <= names


def test_what_a_form_cannot_carry_is_said_and_only_an_export_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    Path("form.xlsx").write_text("mine", encoding="utf-8")
    assert run(["export", "firm", "--to", "xlsform", "-o", "form.xlsx"]) == 3
    Path("form.xlsx").unlink()
    assert run(["export", "firm", "--to", "xlsform", "-o", "form.xlsx", "--lang", "en"]) == 0
    first = Path("form.xlsx").read_bytes()
    assert "not carried by xlsform: weights" in capsys.readouterr().err
    assert run(["export", "firm", "--to", "xlsform", "-o", "form.xlsx"]) == 0
    assert Path("form.xlsx").read_bytes() == first


@given(st.lists(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4), max_size=4))
@settings(max_examples=40)
def test_any_text_comes_back_out_of_a_sheet(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Markup, formulas and line breaks are text; what XML cannot hold is replaced."""
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(workbook([Worksheet("any", rows)]))
    found = cells(str(path), 1)
    for wanted, row in zip(rows, found, strict=True):
        for place, said in enumerate(wanted):
            kept = (
                re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", said)
                .replace("\r\n", "\n")
                .replace("\r", "\n")
            )
            assert row.get(xl_col_to_name(place), "") == kept


ZONES = ("urbanised", "agricultural", "unsure", "")
LEAVES = (
    Comparison.model_validate({"fact": "zone", "is": "urbanised"}),
    Comparison.model_validate({"fact": "zone", "one_of": ("urbanised", "agricultural")}),
    Comparison.model_validate({"fact": "tier", "is": "county"}),
    Comparison.model_validate({"fact": "zone", "answered": True}),
)
CONDITIONS: st.SearchStrategy[AnyCondition] = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(all=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(any=tuple(parts))),
        inner.map(lambda part: Not.model_validate({"not": part})),
    ),
    max_leaves=6,
)


def evaluated(xpath: str, values: Mapping[str, str]) -> bool:
    """Evaluate the little of XPath that a form uses, as Python."""
    said = re.sub(r"\$\{(\w+)\}", lambda found: repr(values[found[1]]), xpath)
    said = re.sub(r"(?<![!<>])=", "==", said)
    return bool(eval(said, {"selected": lambda held, option: option in held.split(), "__builtins__": {}}))


@given(CONDITIONS, st.sampled_from(ZONES), st.sampled_from(["county", "unsure", ""]))
@settings(max_examples=200)
def test_conditions_hold_in_the_form_exactly_where_they_hold_here(
    condition: AnyCondition, zone: str, tier: str
) -> None:
    """Also where something is blank or means “not known”: then neither a comparison nor its reverse holds."""

    def seen(value: str) -> Seen:
        return Seen("answered", value) if value not in ("", "unsure") else Seen("dk" if value else "blank", None)

    view = View({"zone": seen(zone), "tier": seen(tier)}, {})
    xpath = _Form(region()).holds(condition)
    assert evaluated(xpath, {"zone": zone, "tier": tier}) == holds(condition, view), xpath
