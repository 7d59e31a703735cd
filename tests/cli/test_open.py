"""`open REPORT.pdf`: a report proves itself, and says what was changed."""

import json
from pathlib import Path

import pikepdf
import pytest

from tests.cli.conftest import REPOSITORY, Run

SAMPLE = REPOSITORY / "samples" / "cluster_county.toml"


@pytest.fixture
def report(run: Run, tmp_path: Path) -> Path:
    """A report in both languages."""
    done = run("report", SAMPLE, "--lang", "both", "--date", "2026-01-31", "-o", "r.pdf")
    assert done.returncode == 0, done.stderr
    return tmp_path / "r.pdf"


def changed(report: Path, name: str, before: bytes, after: bytes) -> Path:
    """Replace words in one attachment."""
    with pikepdf.open(report) as pdf:
        data = pdf.attachments[name].get_file().read_bytes()
        assert before in data
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data.replace(before, after, 1), filename=name)
        pdf.save(report.with_name("changed.pdf"))
    return report.with_name("changed.pdf")


def test_an_untouched_report_proves_every_figure(run: Run, report: Path) -> None:
    """The carried answers give the same figures, and the same file comes out again."""
    done = run("open", report, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"program": "0.1.0", "same": True, "redrawn": True, "differing": []}
    assert "byte by byte" in run("open", report).stdout
    assert "逐字节一致" in run("open", report, LANG="zh_CN.UTF-8").stdout


def test_a_changed_answer_is_told_with_its_figures(run: Run, report: Path) -> None:
    """A changed attachment gives other figures; each is named with what was printed and what is now."""
    row = json.loads(run("open", changed(report, "answers.toml", b"value = 4", b"value = 5"), "--json").stdout)
    where = [difference["where"] for difference in row["differing"]]
    assert row["same"] is False
    assert {"answers_digest", "overall.score"} <= set(where)
    assert run("open", report.with_name("changed.pdf")).returncode == 1


def test_a_changed_page_is_told_although_all_figures_agree(run: Run, report: Path) -> None:
    """Pages changed after the report was made are found, because it does not come out again the same."""
    with pikepdf.open(report) as pdf:
        pdf.pages[1].rotate(90, relative=True)
        pdf.save(report.with_name("turned.pdf"))
    row = json.loads(run("open", report.with_name("turned.pdf"), "--json").stdout)
    assert (row["same"], row["redrawn"]) == (True, False)


def test_a_broken_attachment_is_a_problem_with_its_line(run: Run, report: Path) -> None:
    """An attachment that is no longer valid is told as any file's problem is."""
    done = run("open", changed(report, "answers.toml", b"value = 4", b"value = 9"))
    assert done.returncode == 1
    assert "bad_value" in done.stderr


def test_the_files_can_be_written_and_scored_again(run: Run, report: Path, tmp_path: Path) -> None:
    """What a report carries can be kept; it scores alike from there; nothing that is there is replaced."""
    assert run("open", report, "-o", "out").returncode == 0
    out = tmp_path / "out"
    (out / "baseline.toml").write_bytes((out / "weights-1-baseline.toml").read_bytes())
    words = [
        "--questionnaire",
        out / "questionnaire.toml",
        "--weights",
        out / "weights-2-cluster_county.toml",
        "--json",
    ]
    again = json.loads(run("score", out / "answers.toml", *words).stdout)
    assert again["overall"] == json.loads(run("score", SAMPLE, "--json").stdout)["overall"]
    (out / "answers.toml").write_text("mine")
    assert run("open", report, "-o", "out").returncode == 3
    assert (out / "answers.toml").read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_report_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    """A file that is no PDF, or carries no assessment, is told in a sentence."""
    (tmp_path / "x.pdf").write_bytes(content)
    done = run("open", "x.pdf")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
