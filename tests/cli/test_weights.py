"""`weights list|show|new`: what there is, what it changes, what it does, and a beginning of one's own."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run
from tests.session.conftest import write_content

SAMPLES = [str(path) for path in sorted((Path(__file__).parents[2] / "samples").glob("*_county*.toml"))]


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))


def weights(*arguments: str, status: int = 0, language: str = "en") -> None:
    assert run(["--lang", language, "weights", *arguments]) == status


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    weights(*arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_every_rubric_is_listed_with_where_it_fits(capsys: pytest.CaptureFixture[str]) -> None:
    rows = as_json(capsys, "list")
    assert {row["questionnaire"] for row in rows} == {"region", "firm"}
    assert len(rows) >= 18
    assert all(row["sound"] for row in rows)
    weights("list", "--questionnaire", "region", language="zh")
    said = capsys.readouterr().out
    assert "border_gateway" in said
    assert "沿边开放口岸" in "".join(said.split())


def test_a_profile_is_shown_with_what_it_changes(capsys: pytest.CaptureFixture[str]) -> None:
    """Each adjustment with its factor, its target against the baseline's, its share, its condition, its reason."""
    weights("show", "border_gateway")
    said = capsys.readouterr().out
    assert (
        "fits where “Which gateways for trade does the place have” has “Open port of entry on the land border" in said
    )
    assert "[innovation]: weight × 0.7, target 60.0 → 44.0" in said
    assert "share of the whole, if it applies alone: 22.0% → 16.5%" in said
    assert "where “What is the main function" in said
    assert "As a rule the research base is thin." in said


def test_a_profile_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "show", "border_gateway")
    assert found["chain"] == ["baseline", "border_gateway"]
    first = found["adjust"][0]
    assert (first["node"], first["factor"], first["target"]) == ("innovation", 0.7, 44)
    assert first["share_alone"] == pytest.approx(22 * 0.7 / (100 - 22 * 0.3))


def test_the_effect_is_what_scoring_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Scores under both rubrics are those of `score`; ranks follow from them."""
    found = as_json(capsys, "show", "ecological", "--effect", *SAMPLES)
    assert len(found["samples"]) == len(SAMPLES) >= 4
    assert run(["score", "--json", "--weights", "ecological", *SAMPLES]) == 0
    cards = json.loads(capsys.readouterr().out)
    for row, card in zip(found["samples"], cards, strict=True):
        assert row["after"]["score"] == pytest.approx(card["overall"]["score"])
        assert row["after"]["band"] == card["overall"]["band"]
        fit = [m for m in card["countermeasures"] if (m["priority"] or 0) > 1e-9]
        assert row["after"]["first_measures"] == [m["id"] for m in sorted(fit, key=lambda m: -m["priority"])][:3]
        higher = [other for other in cards if other["overall"]["score"] > card["overall"]["score"] + 1e-9]
        assert row["after"]["rank"] == 1 + len(higher)
        assert row["rank_changes"] == (row["before"]["rank"] != row["after"]["rank"])
    assert any(row["rank_changes"] for row in found["samples"])
    most = [row["most"] for row in found["sensitivity"]]
    assert most == sorted(most, reverse=True)
    assert found["sensitivity"][0]["node"] == "green"


def test_an_effect_holds_what_a_file_corrects_by_hand_on_either_side(capsys: pytest.CaptureFixture[str]) -> None:
    """So the score before is another than the one that `score` tells “on the baseline”, and this is said."""
    corrected = next(path for path in SAMPLES if "border_county" in path)
    before = as_json(capsys, "show", "border_gateway", "--effect", corrected)["samples"][0]["before"]["score"]
    for rubric, like in (("baseline", True), ("border_gateway", False)):
        assert run(["score", "--json", "--weights", rubric, corrected]) == 0
        overall = json.loads(capsys.readouterr().out)["overall"]
        assert (before == pytest.approx(overall["score"])) == like
        assert before != pytest.approx(overall["baseline_score"])
    weights("show", "border_gateway", "--effect", corrected)
    assert "what a file corrects by hand holds under both:" in capsys.readouterr().out


def test_adjustments_that_never_fire_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With a sample to which the condition applies it fires, without it is silent."""
    eco, cluster = (path for path in SAMPLES if "ecological" in path or "cluster" in path)
    if "cluster" in eco:
        eco, cluster = cluster, eco
    silent = as_json(capsys, "show", "border_gateway", "--effect", cluster)["never_fires"]
    assert [row["node"] for row in silent] == ["green"]
    assert as_json(capsys, "show", "border_gateway", "--effect", cluster, eco)["never_fires"] == []
    weights("show", "border_gateway", "--effect", cluster, language="zh")
    assert "对所有示例均未生效的调整" in capsys.readouterr().out


def test_files_of_another_questionnaire_are_left_out_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    firm = str(Path(SAMPLES[0]).with_name("firm_exporter.toml"))
    weights("show", "ecological", "--effect", firm, SAMPLES[0])
    assert "it belongs to “firm”" in capsys.readouterr().err
    weights("show", "ecological", "--effect", firm, status=1)
    change = ("edit", "ecological", "--node", "green", "--factor", "2", "--why-en", "x", "--why-zh", "x", "--dry-run")
    weights(*change, "--sample", firm, status=2)
    assert "answers the questionnaire “firm”" in capsys.readouterr().err
    Path("none.toml").write_text("x = 1\n", encoding="utf-8")
    for command in (("show", "ecological", "--effect"), (*change, "--sample")):  # of no questionnaire
        weights(*command, "none.toml", status=1)
        assert "unnamed" not in capsys.readouterr().err


def test_a_sample_of_an_earlier_edition_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    """It is scored by the present edition with a notice; what that does not take is told with `migrate`."""
    change = ("edit", "ecological", "--node", "green", "--factor", "2", "--why-en", "x", "--why-zh", "x", "--dry-run")
    words = Path(SAMPLES[0]).read_text(encoding="utf-8").replace('version = "2027.', 'version = "2026.')
    Path("old.toml").write_text(words, encoding="utf-8")
    Path("other.toml").write_text(words + "[answers.polluter_disclosure]\nvalue = 'all'\n", encoding="utf-8")
    for command in (("show", "ecological", "--effect"), (*change, "--sample")):
        weights(*command, "old.toml")
        assert "notice edition_differs: answered to edition 2026" in capsys.readouterr().err
        weights(*command, "other.toml", status=1)
        assert "“migrate” takes the answers over" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--effect"], ["x.toml"]])
def test_effect_and_samples_go_together(arguments: list[str]) -> None:
    weights("show", "ecological", *arguments, status=2)


def test_a_beginning_changes_nothing_and_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """Every node stands in it as a comment that becomes an adjustment when it is uncommented."""
    Path("region").mkdir()  # of somebody's answers, and not the questionnaire that nobody named by a path
    weights("new", "border_trade", "--name-en", "Border trade town", "--name-zh", "边贸镇")
    path = Path("weights/region/border_trade.toml")
    assert run(["check", "--strict", str(path)]) == 0
    words = path.read_text(encoding="utf-8")
    assert tomllib.loads(words)["name"] == {"en": "Border trade town", "zh": "边贸镇"}
    live = words.replace("# fits", "fits").replace("# [[", "[[")
    for key in ("node", "factor", "why.en", "why.zh"):
        live = live.replace(f"# {key}", key)
    path.write_text(live.replace('.en = ""', '.en = "A"').replace('.zh = ""', '.zh = "甲"'), encoding="utf-8")
    assert run(["check", "--strict", str(path)]) == 0
    assert len(tomllib.loads(path.read_text(encoding="utf-8"))["adjust"]) == 30
    assert as_json(capsys, "show", "border_trade")["fits"]


def test_a_copy_keeps_every_comment(capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of a profile or of the baseline differs in id, name and order only."""
    root = Path(__file__).parents[2] / "weights" / "region"
    weights("new", "mine", "--from", "border_gateway", "--name-zh", "我的")
    weights("new", "own", "--whole")
    pairs = (("mine", "border_gateway"), ("own", "baseline"))
    for own, from_ in pairs:
        path = Path(f"weights/region/{own}.toml")
        assert run(["check", "--strict", str(path)]) == 0
        old, new = (file.read_text(encoding="utf-8").splitlines() for file in (root / f"{from_}.toml", path))
        changed = [line for line in old if line not in new]
        assert {line.split(" ")[0] for line in changed} <= {"id", "name.en", "name.zh", "order"}
        assert len(changed) >= 3


def test_a_copy_belongs_to_the_questionnaire_of_what_it_begins_from() -> None:
    """`weights list` names the profiles of firms too; they were not found here without `--questionnaire`."""
    weights("new", "ours", "--from", "exporter")
    assert run(["check", "--strict", "weights/firm/ours.toml"]) == 0
    weights("new", "again", "--from", "weights/firm/ours.toml")
    assert Path("weights/firm/again.toml").is_file()


def test_nothing_is_overwritten_and_names_are_ids() -> None:
    weights("new", "mine")
    before = Path("weights/region/mine.toml").read_bytes()
    weights("new", "mine", status=3)
    assert Path("weights/region/mine.toml").read_bytes() == before
    weights("new", "My-Place", status=2)
    weights("new", "other", "--from", "nowhere", status=1)


def test_an_id_of_two_questionnaires_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    weights("show", "baseline", status=2)
    said = capsys.readouterr().err
    assert said.count("baseline.toml") == 2
    weights("show", "baseline", "--questionnaire", "firm")


def test_a_profile_whose_baseline_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    weights("new", "mine")
    path = Path("weights/region/mine.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"baseline"', '"gone"'), encoding="utf-8")
    weights("show", "mine", status=1)
    assert "base_missing" in capsys.readouterr().err
    Path("questionnaires/region").mkdir(parents=True)
    weights("list")
    # Of a questionnaire that cannot be read the rubrics are not missing from the list without a word.
    assert "region has errors" in capsys.readouterr().err
    Path("questionnaires/region").rmdir()
    weights("list")
    assert "mine.toml has errors" in capsys.readouterr().err


def test_rubrics_of_what_is_no_questionnaire_are_not_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with errors is refused with all of them, not shown as a questionnaire without a name."""
    (tmp_path / "empty.toml").write_text("")
    assert run(["weights", "list", "--questionnaire", str(tmp_path / "empty.toml")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "empty.toml:1:1: error" in err


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Catching-up area (industrial relocation) with 40% of Specialised-cluster county"),
        ("zh", "后发承接型叠加40%特色产业集群型"),
    ],
)
def test_a_blend_has_one_name_wherever_it_is_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, name: str
) -> None:
    """`score`, `compare` and `weights show` call a blend by the same words, and by what `--weights` takes."""
    blend, county = "catch_up+0.4*cluster_county", next(path for path in SAMPLES if "catch_up" in path)
    words = Path(county).read_text(encoding="utf-8")
    blended = tmp_path / "blended.toml"
    blended.write_text(words.replace('"catch_up",', '"catch_up", with = { cluster_county = 0.4 },'), encoding="utf-8")
    for command in (["weights", "show", blend], ["score", str(blended)], ["compare", county, str(blended)]):
        assert run(["--lang", language, *command]) == 0
        shown = capsys.readouterr().out
        assert name.replace(" ", "") in "".join(shown.split())
        assert command[0] == "score" or f"[{blend}]" in shown


def test_a_target_of_nothing_is_shown_and_not_its_pillars(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = write_content(tmp_path / "content")
    baseline = root / "weights" / "small" / "baseline.toml"
    words = baseline.read_text(encoding="utf-8").replace("[targets]\n", "[targets]\nspending = 0\n")
    baseline.write_text(words, encoding="utf-8")
    assert run(["--lang", "en", "--content", str(root), "weights", "show", "baseline", "--questionnaire", "small"]) == 0
    shown = [line.split("target")[1] for line in capsys.readouterr().out.splitlines() if "target " in line]
    assert [float(target) for target in shown] == [80.0, 0.0, 70.0, 70.0]


def test_a_blend_is_shown_but_not_copied(capsys: pytest.CaptureFixture[str]) -> None:
    """Its changes are those of all parts; a rubric of one's own begins from one of them."""
    row = as_json(capsys, "show", "catch_up+0.4*cluster_county")
    assert row["with"] == {"cluster_county": 0.4}
    assert {change["from"] for change in row["adjust"]} == {"catch_up", "cluster_county"}
    weights("new", "mine", "--from", "catch_up+0.4*cluster_county", status=2)
    weights("show", "catch_up+1*cluster_county", status=2)


def test_a_blend_stays_one_in_new_files_and_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A new file names every part of it, and what compares or migrates can write it for programs."""
    blend, county = "catch_up+0.4*cluster_county", next(path for path in SAMPLES if "catch_up" in path)
    assert run(["new", "n.toml", "--as", "region", "--weights", blend]) == 0
    made = tomllib.loads((tmp_path / "n.toml").read_text(encoding="utf-8"))["weights"]
    assert made["with"] == {"cluster_county": 0.4}
    assert run(["check", "n.toml"]) == 0
    assert "edition_differs" not in capsys.readouterr().out
    assert run(["compare", county, "n.toml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"]["weights"]["used"]["with"] == {"cluster_county": 0.4}
    assert run(["migrate", county, "--weights", blend, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["weights"]["with"] == {"cluster_county": 0.4}


@pytest.mark.parametrize(
    "asked", [("baseline",), ("baseline", "--from", "ecological"), ("ecological",), ("ecological", "--whole")]
)
def test_no_new_rubric_takes_the_place_of_what_is_there(tmp_path: Path, asked: tuple[str, ...]) -> None:
    """Based on itself it would break every score here, and as a shipped profile change those of files that name it."""
    assert run(["weights", "new", *asked]) in (2, 3)
    assert not (tmp_path / "weights").exists()
    weights("new", "ecological", "--from", "ecological")


def test_a_change_of_a_baseline_is_made_whole_or_not_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    """A refused target leaves no new weight in the draft, with which the next try would mix."""
    weights("new", "own", "--whole")
    why = ("--why-en", "a reason", "--why-zh", "理由")
    weights("edit", "own", "--node", "green", "--weight", "15", "--target", "200", *why, status=2)
    capsys.readouterr()
    weights("edit", "own", "--node", "green", "--weight", "14", "--target", "80", *why)
    done = capsys.readouterr()
    assert "+green = 80" in done.out
    assert 'the version stays 2027.1.0; the change asks for version = "2027.2.0" in the file' in done.err


def test_workspaces_before_and_behind_a_command_are_both_looked_in(capsys: pytest.CaptureFixture[str]) -> None:
    """With an alias that names the house's edition, one more workspace does not put that out of sight."""
    for name in ("house", "mine"):
        weights("new", name, "-o", f"{name}/weights/region/{name}.toml")
    assert run(["--content", "house", "where", "--content", "mine", "--json"]) == 0
    found = [row["id"] for row in json.loads(capsys.readouterr().out) if row["root"] == "content"]
    assert found == ["region/mine", "region/house"]
