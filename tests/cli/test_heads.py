"""A head of answers or content that cannot be read: its own mistake is told, and nothing that it might have named."""

from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as main
from tests.cli.conftest import REPOSITORY

OLD, NEW = (REPOSITORY / "samples" / f"renewal_city_{year}.toml" for year in (2024, 2025))


@pytest.mark.parametrize("command", ["compare OLD", "migrate", "merge -o m.toml OLD", "cohort collect -o all.csv"])
def test_a_head_that_cannot_be_read_names_no_other_questionnaire(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a comma is missing in it, the file is not said to answer a questionnaire “unnamed”, or its edition 0."""
    monkeypatch.chdir(tmp_path)
    spoilt = NEW.read_text(encoding="utf-8").replace('"region", version', '"region" version')
    Path("spoilt.toml").write_text(spoilt, encoding="utf-8")
    words = command.replace("OLD", str(OLD)).split()
    assert main([*words, "spoilt.toml", "--questionnaire", "region", "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "unnamed" not in said
    assert "syntax: this cannot be read as TOML" in said
    assert "edition 0" not in said


@pytest.mark.parametrize(
    "command",
    [
        f"compare {OLD} {NEW} --old-questionnaire q",
        f"migrate {NEW} --questionnaire q",
        "new n.toml --questionnaire q",
        "weights show spoilt.toml",
    ],
)
def test_what_is_wrong_in_the_head_of_content_is_told(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a quotation mark is missing, no questionnaire “unnamed” is spoken of that nobody wrote."""
    monkeypatch.chdir(tmp_path)
    Path("q").mkdir()
    Path("q/00-head.toml").write_text('format = "nqpf-questionnaire/1"\nid = "region\nversion = "2027.1.0"\n')
    Path("spoilt.toml").write_text('format = "nqpf-weights/1"\nid = "spoilt"\nquestionnaire = "region\n')
    assert main([*command.split(), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "unnamed" not in said
    assert "syntax: this cannot be read as TOML: the text is not closed" in said
