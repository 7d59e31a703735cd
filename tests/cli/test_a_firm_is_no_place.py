"""What commands print of a firm never speaks to it as to a place: no locality, no bureaus, no words of an office."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
FIRM, OTHER = (ROOT / "samples" / f"{name}.toml" for name in ("firm_service", "firm_food_workshop"))
COMMANDS = {
    "score": ("score", FIRM),
    "suggest": ("suggest", FIRM),
    "plan": ("plan", FIRM, "--budget", "8"),
    "explain": ("explain", FIRM, "overall"),
    "compare": ("compare", OTHER, FIRM),
    "report": ("report", FIRM, "--to", "text", "--edition", "brief", "-o", "report.txt"),
}
TITLES = re.compile(r"示例中企业和地方的公开报道|欠发达地区|新地区")
"""Words of the questionnaire that are about places for good reason."""

AS_A_PLACE = {
    "zh": re.compile(r"本地|地方|地区|外地|各地|牵头单位|责任单位|责任部门|我县|我市"),
    "en": re.compile(r"\blocal(ity)?\b|\bbureaus?\b|\bthe (place|county|city|district)\b", re.IGNORECASE),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_firm_is_not_spoken_to_as_a_place(run: Run, tmp_path: Path, command: str, language: str) -> None:
    """In either language."""
    done = run(*COMMANDS[command], "--lang", language)
    assert done.returncode == 0, done.stderr
    written = tmp_path / "report.txt"
    said = TITLES.sub("", written.read_text(encoding="utf-8") if written.exists() else done.stdout)
    assert len(said) > 300
    assert not (found := AS_A_PLACE[language].search(said)), said[max(0, found.start() - 60) : found.end() + 60]
