"""Editing questions of a workspace: words in both languages, values, conditions; one file touched, nothing lost."""

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.files.staleness import Stale
from nqpf_assess.files.store import ChangedUnderneath, HeldByOther
from nqpf_assess.files.workspace import copy_questionnaire
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import NumberKeys
from nqpf_assess.session.figure_typing import points, typed_benchmark, typed_scale
from nqpf_assess.session.question_editing import QuestionEditing, WordingSlot, open_to_edit
from nqpf_assess.tui.editing import question_rows as view

pytestmark = pytest.mark.long

SOUND = Path(__file__).parents[1] / "invalid" / "sound"
MINE = Path("questionnaires/region/10-innovation.toml")
KEPT = ("00-head", "01-sources", "02-facts", "10-innovation", "30-countermeasures")


@cache
def made() -> dict[str, str]:
    """The first pillar of the questionnaire for places: each change has all that is there judged anew."""
    read = {name: (shipped() / f"questionnaires/region/{name}.toml").read_text(encoding="utf-8") for name in KEPT}
    questions = tomllib.loads(read["10-innovation"])["questions"]
    dimensions = {question["dimension"] for question in questions.values()}

    def stays(part: str) -> bool:
        table, _, id = part.partition("]")[0].removeprefix("[").partition(".")
        if table == "countermeasures":
            measure = tomllib.loads(part)[table][id]
            counted = measure.get("kpi_question")
            return (
                {*measure["lifts"]} <= dimensions and "needs" not in measure and (not counted or counted in questions)
            )
        return id in {"pillars": {"innovation"}, "dimensions": dimensions}.get(table, {id})

    return {name: "".join(filter(stays, re.split(r"(?m)^(?=\[)", words))) for name, words in read.items()}


@pytest.fixture(autouse=True)
def in_a_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764063062")
    folder = tmp_path / "mine" / "questionnaires" / "region"
    folder.mkdir(parents=True)
    for name, words in made().items():
        (folder / f"{name}.toml").write_text(words, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "mine")


OPENED: list[QuestionEditing] = []


def opened() -> QuestionEditing:
    """Open the questionnaire as once the window is closed in which it was edited before."""
    for before in OPENED:
        before.close()
    book = Library().questionnaire("region")
    assert book is not None
    OPENED[:] = [open_to_edit(book)]
    return OPENED[0]


def test_two_windows_do_not_edit_one_questionnaire_at_once() -> None:
    """They would have one draft between them: what is typed in one came back in the other, which then dropped it."""
    first = opened()
    with pytest.raises(HeldByOther):
        open_to_edit(first.book)
    assert not list(Path("questionnaires").glob(".*")), "who may write the questionnaire may edit it, whatever is above"
    first.close()
    opened().close()
    assert not list(Path("questionnaires").rglob(".*"))


def test_words_change_where_they_stand_and_nothing_else() -> None:
    """A text, a level, an option: their lines in one file; every comment is kept; check agrees."""
    editing = opened()
    for id, place in (("rd_organisation", 0), ("rd_organisation", 2), ("key_platforms", 1)):
        slot = editing.slots(id)[place]
        assert editing.word(slot, {"en": f"New {id} {place}", "zh": f"新 {place}"}) is None
        assert editing.slots(id)[place].words == {"en": f"New {id} {place}", "zh": f"新 {place}"}
    removed = [line for line in editing.difference() if line.startswith("-") and not line.startswith("---")]
    assert 3 <= len(removed) <= 6
    before = {file: file.read_bytes() for file in Path("questionnaires/region").glob("*.toml")}
    editing.save()
    touched = [file for file, data in before.items() if file.read_bytes() != data]
    assert [file.name for file in touched] == ["10-innovation.toml"]
    old, new = before[touched[0]].decode(), touched[0].read_text(encoding="utf-8")
    assert [x for x in old.splitlines() if x.startswith("#")] == [x for x in new.splitlines() if x.startswith("#")]
    assert run(["check", "--strict", "questionnaires"]) == 0


def test_the_other_language_is_marked_until_it_is_changed_too() -> None:
    """The mark outlasts saving, as a comment; it goes with the change that follows."""
    editing = opened()
    before = MINE.read_text(encoding="utf-8")
    slot = editing.slots("rd_organisation")[0]
    assert editing.stale(slot) == ()
    editing.word(slot, {"en": "How is R&D led?", "zh": slot.words["zh"]})
    assert editing.stale(slot) == (Stale("zh", "en", "2025-11-25"),)
    editing.save()
    assert f'text.zh = "{slot.words["zh"]}"  # stale zh: en changed 2025-11-25\n' in MINE.read_text(encoding="utf-8")
    again = opened()
    slot = again.slots("rd_organisation")[0]
    assert again.stale(slot) == (Stale("zh", "en", "2025-11-25"),)
    again.word(slot, {"en": slot.words["en"], "zh": "研发由谁统筹？"})
    assert again.stale(slot) == ()
    again.save()
    assert "# stale" not in MINE.read_text(encoding="utf-8")
    assert len(MINE.read_text(encoding="utf-8").splitlines()) == len(before.splitlines())


@pytest.mark.parametrize("place", [0, 2])
def test_words_that_hold_as_they_are_lose_their_mark(place: int) -> None:
    """A text on lines of its own, a level in a list; taken back and brought back with the rest."""
    editing = opened()
    slot = editing.slots("rd_organisation")[place]
    editing.word(slot, {"en": "New", "zh": slot.words["zh"]})
    slot = editing.slots("rd_organisation")[place]
    assert [mark.language for mark in editing.stale(slot)] == ["zh"]
    assert editing.holds(slot, "zh") is None
    assert editing.stale(slot) == ()
    assert editing.slots("rd_organisation")[place] == slot
    editing.undo()
    assert [mark.language for mark in editing.stale(slot)] == ["zh"]


def test_words_of_several_lines_that_were_not_changed_keep_their_lines() -> None:
    """A field has them on one line; that is no change."""
    file = Path("questionnaires/region/10-innovation.toml")
    words = file.read_text(encoding="utf-8")
    old = opened().slots("rd_organisation")[0].words["zh"]
    file.write_text(words.replace(f'text.zh = "{old}"', f'text.zh = """\n{old[:3]}\n{old[3:]}"""'), encoding="utf-8")
    editing = opened()
    slot = editing.slots("rd_organisation")[0]
    assert "\n" in slot.words["zh"]
    editing.word(slot, {"en": "New?", "zh": " ".join(slot.words["zh"].split())})
    assert editing.slots("rd_organisation")[0].words == {"en": "New?", "zh": slot.words["zh"]}
    assert [mark.language for mark in editing.stale(slot)] == ["zh"]


def test_values_and_conditions() -> None:
    editing = opened()
    zone = Comparison.model_validate({"fact": "zone", "is": "urbanised"})
    assert editing.set("rd_intensity", "range", [Decimal(0), Decimal(20)]) is None
    assert editing.set("rd_intensity", "scale", points("0:0, 0.5:20, 6:100")) is None
    assert editing.set("rd_intensity", "core", True) is None
    assert editing.make(editing.when("rd_intensity", "show_if", zone)) is None
    editing.save()
    found = tomllib.loads(Path("questionnaires/region/10-innovation.toml").read_text(encoding="utf-8"))
    question = found["questions"]["rd_intensity"]
    assert question["range"] == [0, 20]
    assert question["scale"] == [[0, 0], [0.5, 20], [6, 100]]
    assert question["core"] is True
    assert question["show_if"] == {"fact": "zone", "is": "urbanised"}
    assert editing.make(editing.when("rd_intensity", "show_if", None)) is None
    editing.save()
    found = tomllib.loads(Path("questionnaires/region/10-innovation.toml").read_text(encoding="utf-8"))
    assert "show_if" not in found["questions"]["rd_intensity"]


def question(id: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(MINE.read_text(encoding="utf-8"))["questions"][id]
    return found


def test_benchmarks_are_set_added_and_taken_out_line_by_line() -> None:
    """Each change touches the lines of its entry only; check agrees."""
    editing = opened()
    rows = [dict(row) for row in question("rd_intensity")["benchmarks"]]
    changed = rows[0] | {"value": Decimal("2.7")}
    assert editing.make(editing.enter("rd_intensity", "benchmarks", 0, changed)) is None
    added = {"value": Decimal("3.5"), "year": 2023, "en": "A neighbour", "zh": "邻市", "source": "expert"}
    assert editing.make(editing.enter("rd_intensity", "benchmarks", None, added)) is None
    assert editing.make(editing.enter("rd_intensity", "benchmarks", 1, None)) is None
    moved = [line for line in editing.difference() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert [line[0] for line in moved] == ["-", "-", "+", "+"]
    assert moved[-1] == '+  { value = 3.5, year = 2023, en = "A neighbour", zh = "邻市", source = "expert" },'
    editing.save()
    after = question("rd_intensity")["benchmarks"]
    assert after == [rows[0] | {"value": 2.7}, rows[2], added | {"value": 3.5}]
    assert run(["check", "--strict", "questionnaires"]) == 0


def test_scales_for_some_places_are_set_added_and_taken_out() -> None:
    """The last one taken out leaves no empty list; a first one stands behind the scale."""
    editing = opened()
    before = MINE.read_text(encoding="utf-8")
    (case,) = question("rd_intensity")["scale_when"]
    assert editing.make(editing.enter("rd_intensity", "scale_when", 0, None)) is None
    assert "scale_when" not in "".join(line for line in editing.difference() if line.startswith("+"))
    assert not getattr(editing.asked("rd_intensity"), "scale_when", None)
    value = {"when": case["when"], "scale": points("0:0, 0.5:20, 1.5:45, 2.7:70, 4:100")}
    assert editing.make(editing.enter("rd_intensity", "scale_when", None, value)) is None
    editing.save()
    assert MINE.read_text(encoding="utf-8") == before
    again = opened()
    assert again.make(again.enter("rd_intensity", "scale_when", 0, value | {"scale": points("0:0, 3:100")})) is None
    again.save()
    assert question("rd_intensity")["scale_when"] == [case | {"scale": [[0, 0], [3, 100]]}]


def test_an_unknown_source_is_refused() -> None:
    editing = opened()
    added = {"value": Decimal(3), "year": 2023, "en": "A", "zh": "甲", "source": "nowhere"}
    refusal = editing.make(editing.enter("rd_intensity", "benchmarks", None, added))
    assert refusal is not None
    assert "nowhere" in refusal.why["en"]
    assert not editing.changed


GOOD = {"value": "2.69 %", "of-year": "2024年", "en": " Nation ", "zh": "全国"}


@pytest.mark.parametrize(
    ("typed", "source", "wrong"),
    [
        ({}, "rd24", set()),
        ({"value": "much"}, "rd24", {"value"}),
        ({"value": "", "of-year": "24"}, "rd24", {"value", "of-year"}),
        ({"value": "99"}, "rd24", {"value"}),
        ({"zh": " "}, "rd24", {"zh"}),
        ({}, "", {"source"}),
    ],
)
def test_a_benchmark_as_it_is_typed(typed: dict[str, str], source: str, wrong: set[str]) -> None:
    asked = opened().asked("rd_intensity")
    assert isinstance(asked, NumberKeys)
    found = typed_benchmark(asked, ("en", "zh"), GOOD | typed, source=source, confidence=None)
    assert set(found.troubles) == wrong
    wanted = {"value": Decimal("2.69"), "year": 2024, "en": "Nation", "zh": "全国", "source": source}
    assert found.value == (None if wrong else wanted)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0 0", "pairs such as"), ("0:0", "two pairs"), ("1:0, 1:9", "must rise"), ("0:0, 1:101", "0 and 100")],
)
def test_a_scale_as_it_is_typed(typed: str, said: str) -> None:
    found = typed_scale(typed)
    assert isinstance(found, Refusal)
    assert said in found.why["en"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("range", [Decimal(15), Decimal(0)], "begins above"),
        ("scale", ((Decimal(3), Decimal(0)), (Decimal(1), Decimal(100))), "does not rise"),
        ("range", ["0", "15"], "wants a number"),
    ],
)
def test_what_check_would_refuse_is_refused_at_once(key: str, value: object, said: str) -> None:
    editing = opened()
    refusal = editing.set("rd_intensity", key, value)
    assert refusal is not None
    assert said in refusal.why["en"]
    assert not editing.changed
    slot = editing.slots("rd_intensity")[0]
    assert editing.word(slot, {"en": "x", "zh": " "}) is not None


def test_back_and_forth_and_taken_up_again() -> None:
    editing = opened()
    slot = editing.slots("rd_organisation")[0]
    editing.word(slot, {"en": "A?", "zh": "甲？"})
    assert editing.undo()
    assert editing.slots("rd_organisation")[0] == slot
    assert not editing.undo()
    assert editing.redo()
    again = opened()
    assert again.resumed
    assert again.slots("rd_organisation")[0].words == {"en": "A?", "zh": "甲？"}
    again.save()
    assert not opened().resumed


def test_a_file_that_others_changed_is_not_overwritten() -> None:
    editing = opened()
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    file = Path("questionnaires/region/10-innovation.toml")
    file.write_text(file.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    with pytest.raises(ChangedUnderneath) as fault:
        editing.save()
    assert file.read_text(encoding="utf-8").endswith("# theirs\n")
    assert fault.value.rescue is not None
    assert "A?" in fault.value.rescue.read_text(encoding="utf-8")


def test_what_was_left_unsaved_of_a_file_that_others_changed_is_kept_aside() -> None:
    """It cannot be taken up; the next change does not write over it, and it is said where it lies."""
    editing = opened()
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    file = Path("questionnaires/region/10-innovation.toml")
    file.write_text(file.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    again = opened()
    assert not again.resumed
    assert again.aside is not None
    assert "A?" in again.aside.read_text(encoding="utf-8")
    assert opened().aside is None


def test_what_was_left_unsaved_of_a_file_that_is_called_otherwise_now_is_kept_aside() -> None:
    """As where the file has other words by now: the next change does not write over it."""
    editing = opened()
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    file = Path("questionnaires/region/10-innovation.toml")
    file.rename(file.with_name("10-renamed.toml"))
    again = opened()
    assert not again.resumed
    assert again.aside is not None
    assert "A?" in again.aside.read_text(encoding="utf-8")


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    file = Path("questionnaires/region/10-innovation.toml")
    elsewhere = tmp_path / "shared.toml"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    editing = opened()
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    editing.save()
    assert file.is_symlink()
    assert "A?" in elsewhere.read_text(encoding="utf-8")


def test_a_link_to_shipped_content_becomes_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What came with the program is not written through it."""
    file = Path("questionnaires/region/10-innovation.toml")
    shipped = tmp_path / "shipped" / "10-innovation.toml"
    shipped.parent.mkdir()
    file.rename(shipped)
    file.symlink_to(shipped)
    before = shipped.read_text(encoding="utf-8")
    monkeypatch.setattr("nqpf_assess.files.places.shipped", lambda: shipped.parent)
    editing = opened()
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    editing.save()
    assert shipped.read_text(encoding="utf-8") == before
    assert not file.is_symlink()
    assert "A?" in file.read_text(encoding="utf-8")


def test_a_change_that_no_draft_can_hold_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editing = opened()
    assert editing.kept()
    (tmp_path / "in_the_way").touch()
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "in_the_way"))
    editing.word(editing.slots("rd_organisation")[0], {"en": "A?", "zh": "甲？"})
    assert not editing.kept()
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))
    assert editing.kept()
    assert opened().resumed


def test_what_others_made_of_the_files_meanwhile_is_what_is_opened() -> None:
    """Words that changed since the questionnaire was listed are shown; what cannot be edited any more is said."""
    book = Library().questionnaire("region")
    assert book is not None
    words = MINE.read_text(encoding="utf-8")
    text = book.value.questions["rd_organisation"].text["en"]
    MINE.write_text(words.replace(text, "Theirs?"), encoding="utf-8")
    editing = open_to_edit(book)
    assert editing.slots("rd_organisation")[0].words["en"] == "Theirs?"
    editing.close()
    with pytest.raises(UserError):
        open_to_edit(book, "taken_out")
    for spoilt in (words.encode("gbk", "replace"), f"{words}\n[".encode()):
        MINE.write_bytes(spoilt)
        with pytest.raises(UserError):
            open_to_edit(book)


def test_a_copy_that_the_machine_refuses_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "questionnaires").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError) as fault:
        copy_questionnaire(tmp_path, "firm")
    assert str(tmp_path) in fault.value.message["en"]
    assert not (tmp_path / "schemas").exists()


def test_shipped_content_is_not_edited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    book = Library().questionnaire("region")
    assert book is not None
    assert book.path.resolve().is_relative_to(shipped().resolve())
    with pytest.raises(UserError) as fault:
        open_to_edit(book)
    assert "init" in fault.value.hint["en"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0:0, 6:100", ((0, 0), (6, 100))),
        ("0：0，6：100", ((0, 0), (6, 100))),
        ("-1:0; 0.5:20", ((-1, 0), (Decimal("0.5"), 20))),
        ("0 0", None),
        ("", None),
        ("a:b", None),
        ("0:0, 1e20:100", None),
        ("0:0, 2²:100", None),
    ],
)
def test_points_as_they_are_typed(typed: str, found: object) -> None:
    assert points(typed) == found


def said(editing: QuestionEditing, id: str, what: str, label: str = "") -> WordingSlot:
    return next(slot for slot in editing.slots(id) if (slot.what, slot.label) == (what, label))


def test_a_preview_has_new_words_in_their_own_place_alone() -> None:
    """“否” is an option, and a part of nearly every question in Chinese."""
    editing = opened()
    before = view.as_asked(editing.asked("proof_pilot_use"), "zh")
    slot = said(editing, "proof_pilot_use", "option", "no")
    after = view.as_asked(editing.reworded("proof_pilot_use", slot, {"en": "Not yet", "zh": "尚未"}), "zh")
    assert "是否" in after[0]
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [("3  否", "3  尚未")]
    before = view.as_asked(editing.asked("rd_organisation"), "zh")
    slot = said(editing, "rd_organisation", "level", "2")
    after = view.as_asked(editing.reworded("rd_organisation", slot, {"en": "Some", "zh": "尚可"}), "zh")
    assert [now for was, now in zip(before, after, strict=True) if was != now] == ["2  尚可"]


def test_findings_are_written_where_they_stand_and_told_as_a_report_tells_them() -> None:
    """An option's, what is lacking, a level's, a figure's: each in both languages, shown as the sentence it makes."""
    editing = opened()
    platform = said(editing, "key_platforms", "finding", "prov")
    words = {"en": "a laboratory of the province", "zh": "省级实验室"}
    assert editing.as_told("key_platforms", platform, words) == {
        "en": "It has a laboratory of the province.",
        "zh": "有省级实验室。",
    }
    assert editing.word(platform, words) is None
    lacking = said(editing, "key_platforms", "lacking", "prov")
    assert (
        "of the province"
        in editing.as_told("key_platforms", lacking, {"en": "one of the province", "zh": "省级"})["en"]
    )
    level = said(editing, "rd_organisation", "finding", "2")
    assert level.optional
    assert editing.word(level, {"en": "A plan names one bureau", "zh": "方案明确一个单位"}) is None
    figure = said(editing, "rd_intensity", "finding")
    told = editing.as_told("rd_intensity", figure, {"en": "R&D takes {value} of GDP", "zh": "研发投入占GDP的{value}"})
    assert told["en"].startswith("R&D takes 2")
    assert told["en"].endswith("% of GDP.")
    assert "{" not in told["zh"]
    refused = editing.word(figure, {"en": "R&D takes {much}", "zh": "研发{much}"})
    assert refused is not None
    assert "{value}" in refused.why["en"]
    editing.save()
    table = tomllib.loads(MINE.read_text(encoding="utf-8"))["questions"]
    assert table["key_platforms"]["options"]["prov"]["finding"] == words
    assert table["rd_organisation"]["levels"][2]["finding"]["zh"] == "方案明确一个单位"
    assert run(["check", "--strict", "questionnaires"]) == 0


def test_a_finding_is_left_out_in_all_languages_or_in_none() -> None:
    editing = opened()
    figure = said(editing, "rd_intensity", "finding")
    assert isinstance(editing.word(figure, {"en": "", "zh": "研发投入占GDP的{value}"}), Refusal)
    assert editing.word(figure, {"en": "", "zh": ""}) is None
    editing.save()
    assert "finding" not in tomllib.loads(MINE.read_text(encoding="utf-8"))["questions"]["rd_intensity"]


def test_a_kpi_is_told_with_an_example_of_nothing() -> None:
    """A share whose usual ends meet at nothing has an example on its page all the same."""
    words = MINE.read_text(encoding="utf-8")
    begin, end = words.index("benchmarks = ["), words.index("evidence.en", words.index("benchmarks = ["))
    words = words[:begin].replace("usual = [0.05, 7]", "usual = [0, 1]", 1) + words[end:]
    MINE.write_text(words, encoding="utf-8")
    editing = opened()
    assert editing.make(editing.counted_by("rd_accounting_coaching", "rd_intensity")) is None
    told = editing.kpi_told("rd_accounting_coaching", {"en": "from {now} to {goal}", "zh": "由{now}到{goal}"})
    assert told["en"] == "from 0% to 0.25%"


def test_a_measure_is_edited_where_it_stands() -> None:
    """KPI with its figure, first step, months, when it is called for; errors are refused, check agrees."""
    editing = opened()
    slots = {slot.what: slot for slot in editing.measure_slots("rd_accounting_coaching")}
    words = {"en": "R&D from {now} to {goal}", "zh": "研发由{now}提高到{goal}"}
    assert editing.make(editing.counted_by("rd_accounting_coaching", "rd_intensity")) is None
    told = editing.kpi_told("rd_accounting_coaching", words)
    assert "{" not in told["en"]
    assert "%" in told["zh"]
    assert editing.word(slots["kpi"], words) is None
    assert editing.word(slots["first"], {"en": "Ask the firms", "zh": "走访企业"}) is None
    for key, typed in (("months", "9"), ("when_at_least", "15"), ("when_below", "65.5"), ("effort", "2")):
        change = editing.number_of("rd_accounting_coaching", key, typed)
        assert not isinstance(change, Refusal)
        assert editing.make(change) is None
    for key, typed in (("months", "40"), ("effort", "9"), ("effort", "2.5"), ("when_below", "")):
        assert editing.make(editing.number_of("rd_accounting_coaching", key, typed)) is not None
    assert isinstance(editing.counted_by("rd_accounting_coaching", "rd_intensty"), Refusal)
    assert editing.make(editing.counted_by("rd_accounting_coaching", "")) is not None  # {now} would be left bare
    assert editing.make(editing.number_of("rd_accounting_coaching", "when_at_least", "")) is None
    editing.save()
    file = next(Path("questionnaires/region").glob("30-*.toml"))
    measure = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["countermeasures"][
        "rd_accounting_coaching"
    ]
    assert (measure["months"], measure["when_below"], measure["effort"]) == (9, Decimal("65.5"), 2)
    assert (measure["kpi_question"], measure["kpi"], measure["first"]["zh"]) == ("rd_intensity", words, "走访企业")
    assert "when_at_least" not in measure
    assert run(["check", "--strict", "questionnaires"]) == 0


def test_a_measure_may_be_counted_by_a_day(tmp_path: Path) -> None:
    """Its example is a day, of which figures are no example."""
    words = (SOUND / "questionnaires" / "days.toml").read_text(encoding="utf-8")
    measure = """
[countermeasures.again]
title = { en = "Audit anew", zh = "重新审计" }
gist = { en = "Audit.", zh = "审计。" }
lifts = { d = 20 }
when_below = 90
effort = 1
horizon = "short"
acts = "firm"
lead = { en = "Safety office", zh = "安环部" }
kpi = { en = "Audited by {goal}, now {now}", zh = "由{now}到{goal}" }
kpi_question = "audit"
"""
    (tmp_path / "days.toml").write_text(words + measure, encoding="utf-8")
    editing = open_to_edit(Library().open_questionnaire(tmp_path / "days.toml"))
    told = editing.kpi_told("again", editing.value.countermeasures["again"].kpi)
    assert told["en"] == "Audited by 1 October 2021, now 1 July 2021"
    odd = (tmp_path / "days.toml").rename(tmp_path / "\udcb0.toml")  # bytes of no encoding
    editing = open_to_edit(Library().open_questionnaire(odd))
    slot = editing.slots(next(iter(editing.value.questions)))[0]
    assert editing.word(slot, {"en": "Another?", "zh": "另一题？"}) is None
    editing.close()
    assert open_to_edit(Library().open_questionnaire(odd)).resumed
