"""Commands that need no screen and no paper load neither."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment

HEAVY = ("textual", "reportlab", "pikepdf", "numpy", "asyncio", "docx")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["score", "FILE"], ["check", "FILE"], ["where"]])
def test_light_commands_import_no_heavy_library(arguments: list[str], answers: Path) -> None:
    """`--help`, `--version` and `score` import neither textual nor reportlab."""
    code = (
        "import sys\nfrom nqpf_assess.cli.main import run\nstatus = run(sys.argv[1:])\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "print('LOADED', loaded, 'STATUS', status)"
    )
    given = [str(answers) if word == "FILE" else word for word in arguments]
    done = subprocess.run(
        [sys.executable, "-c", code, *given],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "LOADED [] STATUS 0", done.stdout + done.stderr
