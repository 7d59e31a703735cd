"""The wheel carries everything: content, fonts, schemas. It works in an empty folder, without repository or net."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).parents[1]
NO_NETWORK = """
import socket
def refused(*_args, **_kwargs):
    raise OSError("no network in this test")
socket.socket.connect = refused
socket.create_connection = refused
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the working tree."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_content_fonts_and_schemas(wheel: Path) -> None:
    """Questionnaires, rubrics, samples, fonts with their licence and the schemas are inside."""
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "_content/questionnaires/region/00-head.toml",
        "_content/questionnaires/firm/00-head.toml",
        "_content/weights/region/baseline.toml",
        "_content/samples/cluster_county.toml",
        "report/fonts/OFL.txt",
        "schemas/answers.json",
        "py.typed",
    ):
        assert f"nqpf_assess/{part}" in names, part


def test_an_installed_wheel_scores_and_writes_a_pdf(wheel: Path, tmp_path: Path) -> None:
    """Installed alone in a clean folder, it scores a sample and writes its PDF, with the network refused."""
    target = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--no-index",
            "--quiet",
            "--target",
            str(target),
            str(wheel),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (target / "sitecustomize.py").write_text(NO_NETWORK)
    work = tmp_path / "work"
    work.mkdir()
    code = (
        "import nqpf_assess, sys; from pathlib import Path; from nqpf_assess.files.places import shipped\n"
        "from nqpf_assess.cli.main import run\n"
        f"assert Path(nqpf_assess.__file__).is_relative_to({str(target)!r}), nqpf_assess.__file__\n"
        "sample = str(shipped() / 'samples' / 'cluster_county.toml')\n"
        "sys.exit(run(['score', sample]) or run(['report', sample, '-o', 'report.pdf']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(target), "LANG": "C.UTF-8", "NQPF_ASSESS_DATA": str(work / "none")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (work / "report.pdf").read_bytes().startswith(b"%PDF-")
