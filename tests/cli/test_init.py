"""`init DIR`: a workspace that is sound from the first moment, wired for editors, and never made over anything."""

import errno
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.cli.weights import STEPS
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root, shipped


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))


def test_a_workspace_is_sound_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """The first check passes; every shipped file is there, its content the same, its schema named in the first line."""
    Path("region").mkdir()  # no questionnaire, though it is called like one
    assert run(["--lang", "en", "init", "my edition"]) == 0
    said = capsys.readouterr().err
    assert "0 errors" in said
    assert 'cd "my edition",' in said
    names = ("questionnaires", "weights", "samples", "maps")
    files = [file for name in names for file in sorted((shipped() / name).rglob("*.toml"))]
    assert len(files) > 40
    for file in files:
        copy = Path("my edition", file.relative_to(shipped()))
        first, _, rest = copy.read_bytes().partition(b"\n")
        assert rest == file.read_bytes()
        schema = copy.parent / first.decode().removeprefix("#:schema ")
        assert json.loads(schema.read_text(encoding="utf-8"))["$schema"].startswith("https://json-schema.org")


def test_the_copies_are_the_same_content() -> None:
    """A comment changes no digest: answers to the shipped edition are answers to the copy."""
    from nqpf_assess.engine.instrument import digest

    assert run(["init", "mine", "--as", "firm"]) == 0
    own, ours = (Library((Root("content", root),)).questionnaire("firm") for root in (Path("mine"), shipped()))
    assert own is not None
    assert ours is not None
    assert digest(own.value) == digest(ours.value)
    assert not Path("mine/questionnaires/region").exists()


def test_editors_are_told_which_schema_checks_which_file() -> None:
    run(["init", "mine"])
    settings = tomllib.loads(Path("mine/.taplo.toml").read_text(encoding="utf-8"))
    for rule in settings["rule"]:
        assert Path("mine", rule["schema"]["path"]).is_file()
        assert list(Path("mine").glob(rule["include"][0]))
    assert settings["formatting"]["reorder_keys"] is False
    code = json.loads(Path("mine/.vscode/settings.json").read_text(encoding="utf-8"))
    assert Path("mine", code["evenBetterToml.taplo.configFile.path"]).is_file()


def test_parts_of_a_questionnaire_pass_its_schema() -> None:
    """Only one file of a folder has the head, so the editor must not ask for it in the others."""
    run(["init", "mine"])
    schema = json.loads(Path("mine/schemas/questionnaire-firm.json").read_text(encoding="utf-8"))
    assert schema["required"] == ["format"]


def test_schemas_offer_the_ids_of_the_questionnaire(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nodes, facts, questions, sources; they are made new when ids have been added, and forbid none."""
    run(["init", "mine"])
    monkeypatch.chdir("mine")
    Path("questionnaires/region/17-more.toml").write_text(
        'format = "nqpf-questionnaire/1"\n[pillars.trade]\ntitle = { en = "Trade", zh = "贸易" }\n', encoding="utf-8"
    )
    capsys.readouterr()
    assert run(["schema", "weights", "--questionnaire", "region"]) == 0
    weights = json.loads(capsys.readouterr().out)
    node = weights["$defs"]["Adjustment"]["properties"]["node"]["anyOf"]
    assert {"trade", "rd_input", "rd_intensity"} <= set(node[0]["enum"])
    assert node[1]["pattern"]
    assert weights["properties"]["weights"]["properties"]["trade"]["description"] == "Trade · 贸易"
    assert "gateway" in weights["$defs"]["Comparison"]["properties"]["fact"]["anyOf"][0]["enum"]
    assert run(["schema", "questionnaire", "--questionnaire", "region"]) == 0
    found = json.loads(capsys.readouterr().out)["$defs"]
    assert "trade" in found["Dimension"]["properties"]["pillar"]["anyOf"][0]["enum"]
    assert "expert" in found["LevelQuestion"]["properties"]["sources"]["items"]["anyOf"][0]["enum"]
    assert "rd_input" in found["Countermeasure"]["properties"]["lifts"]["properties"]
    assert run(["schema", "answers", "--questionnaire", "nowhere"]) == 1


@pytest.mark.parametrize("place", ["README.md", "weights/region/baseline.toml"])
def test_nothing_is_overwritten(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in the way is named, and nothing else is written either."""
    Path("mine", place).parent.mkdir(parents=True)
    Path("mine", place).write_text("mine\n", encoding="utf-8")
    assert run(["--lang", "en", "init", "mine"]) == 3
    assert [file for file in Path("mine").rglob("*") if file.is_file()] == [Path("mine", place)]
    assert Path("mine", place).name in capsys.readouterr().err


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_no_half_workspace(
    there: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written before the disk was full is taken back; a folder that was there stays."""
    from nqpf_assess.files import workspace

    if there:
        Path("mine").mkdir()
    written: list[Path] = []

    def write(path: Path, data: bytes, **rest: bool) -> None:
        if len(written) == 9:
            raise OSError(errno.ENOSPC, "no room", str(path))
        path.write_bytes(data)
        written.append(path)

    monkeypatch.setattr(workspace, "write_whole", write)
    assert run(["--lang", "en", "init", "mine"]) == 3
    assert "the disk is full" in capsys.readouterr().err
    assert len(written) == 9
    assert list(Path().glob("mine*/**/*")) == []
    assert Path("mine").exists() == there


def test_what_a_killed_run_left_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as they are to be written are in nobody's way; what Ctrl+C interrupts is taken away again."""
    assert run(["init", "mine"]) == 0
    whole = {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}
    for path in sorted(whole)[::2]:
        path.unlink()
    from nqpf_assess.files import workspace

    write, left = workspace.write_whole, list(range(5))

    def interrupted(*arguments: Any, **rest: Any) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        write(*arguments, **rest)

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "write_whole", interrupted)
        assert run(["init", "mine"]) == 130
    assert len([path for path in Path("mine").rglob("*") if path.is_file()]) == len(whole) // 2
    assert run(["init", "mine"]) == 0
    assert {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()} == whole


def test_a_file_is_no_folder() -> None:
    Path("mine").write_text("mine", encoding="utf-8")
    assert run(["init", "mine"]) == 3


def test_the_page_names_only_commands_that_are_there() -> None:
    """In both languages the same ones."""
    from nqpf_assess.cli.commands import SUBCOMMANDS

    run(["init", "mine"])
    english, _, chinese = Path("mine/README.md").read_text(encoding="utf-8").partition("## 中文")
    named = [re.findall(r"nqpf-assess (\w+)(?: (\w+))?", part) for part in (english, chinese)]
    assert [pair[0] for pair in named[0]] == [pair[0] for pair in named[1]]
    assert len(named[0]) >= 9
    assert {first for first, _ in named[0]} <= set(SUBCOMMANDS)
    assert {second for first, second in named[0] if first == "weights"} <= set(STEPS)
