"""docs/content.md: every statement of the paper went somewhere, and the tables say what the files say."""

import importlib.util
import re

import pytest

from tests.content.conftest import ROOT

STATEMENTS = [f"S{number:02}" for number in range(1, 71)]


@pytest.fixture(scope="module")
def writer():
    path = ROOT / "tools" / "write_content_map.py"
    specification = importlib.util.spec_from_file_location("write_content_map", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def mapped(writer):
    return writer.read("paper_map")


def test_the_page_is_fresh(writer):
    assert (ROOT / "docs" / "content.md").read_text(encoding="utf-8") == writer.page()


def test_every_table_of_the_page_is_made_once(writer):
    assert re.findall(r"<!-- made: (\w+) -->", writer.page()) == list(writer.MADE)


# ---- the paper


def test_every_statement_of_the_paper_went_somewhere_or_has_a_reason(writer, mapped):
    assert list(mapped) == STATEMENTS
    for id, entry in mapped.items():
        assert set(entry["says"]) == {"en", "zh"}, id
        where = [entry.get(key) for key in (*writer.INSTRUMENTS, "rubrics", "texts")]
        assert any(where) != ("left_out" in entry), id


def test_whatever_carries_a_statement_exists_and_names_its_section(writer, mapped):
    for statement, entry in mapped.items():
        for instrument in writer.INSTRUMENTS:
            for id in entry.get(instrument, ()):
                assert id in writer.items(instrument), (statement, instrument, id)
                _, sections = writer.items(instrument)[id]
                assert "section" not in entry or entry["section"] in sections, (statement, instrument, id)


def test_whatever_names_a_section_of_the_paper_carries_a_statement_of_it(writer, mapped):
    for instrument in writer.INSTRUMENTS:
        carried = {id for entry in mapped.values() for id in entry.get(instrument, ())}
        resting = {id for id, (_, sections) in writer.items(instrument).items() if sections}
        assert resting - carried == set(), instrument


def test_a_rubric_named_in_the_map_exists(mapped):
    for statement, entry in mapped.items():
        for name in entry.get("rubrics", ()):
            assert list((ROOT / "weights").glob(f"{name}.toml")), (statement, name)


def test_each_of_the_papers_twelve_countermeasures_has_one_of_ours(writer, mapped):
    found = {number: set() for number in range(1, 13)}
    for entry in mapped.values():
        for id in entry.get("region", ()) if "measure" in entry else ():
            if writer.items("region")[id][0] == "countermeasures":
                found[entry["measure"]].add(id)
    assert {number for number, ids in found.items() if not ids} == set()


# ---- how reliable it is

DRAWN_FROM = {1: "2026.1.0", 2: "2026.1.0", 3: None, 4: None, 5: None, 6: None}
"""The edition whose claims were drawn, by draw; none: the present one."""


def test_thirty_claims_were_drawn_and_each_exists(content, writer):
    drawn = writer.read("drawn")["item"]
    assert len({(item["draw"], item["id"]) for item in drawn}) == len(drawn)
    assert [sum(item["draw"] == draw for item in drawn) for draw in (1, 3, 4)] == [30, 30, 30]
    assert {item["verdict"] for item in drawn} <= set(writer.VERDICTS)
    for item in drawn:
        instrument, _, name = item["id"].partition("/")
        id, _, place = name.partition(".")
        edition = DRAWN_FROM[item["draw"]]
        value = content.questionnaire(
            instrument if edition is None else f"{ROOT}/editions/{edition}/questionnaires/{instrument}"
        )
        asked = {**value.facts, **value.questions}
        named = id in value.figures or id in value.countermeasures or id in value.sources
        assert named or int(place) < len(asked[id].benchmarks), item["id"]


def test_every_level_question_was_read_for_a_described_place(content, writer):
    places, read = writer.read("places"), writer.read("readings")["levels"]
    assert set(read) == set(places)
    assert len(places) >= 6
    assert sum(map(len, read.values())) >= 60
    for instrument in writer.INSTRUMENTS:
        of_kind = {id for id, asked in content.questionnaire(instrument).questions.items() if asked.kind == "level"}
        seen = {id for name, levels in read.items() if places[name]["questionnaire"] == instrument for id in levels}
        assert seen == of_kind


def test_every_difference_between_two_readings_was_looked_into(writer):
    read = writer.read("readings")
    looked_into = {(doubt["place"], doubt["question"]) for doubt in read["doubts"]}
    for place, levels in read["levels"].items():
        for question, level in levels.items():
            assert all(level[name] in (*range(6), "na") for name in ("A", "B", "after")), (place, question)
            assert level["A"] == level["B"] or (place, question) in looked_into, (place, question)


def test_descriptions_are_told_in_both_languages(writer):
    for id, place in writer.read("places").items():
        assert set(place["story"]) == set(place["name"]) == {"en", "zh"}, id
        for said in place["story"].values():
            assert len(said) > 400, id
