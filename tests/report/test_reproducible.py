"""The same outline gives the same bytes, wherever and whenever it is drawn; blocks need no PDF library."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest

from nqpf_assess.locale import tell
from nqpf_assess.report.make import ReportOutcome, ReportWish, make_reports
from nqpf_assess.report.pdf import write_pdf
from tests.report import demo
from tests.report.reading import outline

ROOT = Path(__file__).parents[2]


def _digest_elsewhere(tmp_path: Path, **environment: str) -> str:
    code = (
        f"import sys, hashlib; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.report import demo; from nqpf_assess.report.pdf import write_pdf\n"
        "print(hashlib.sha256(write_pdf(demo.outline()).data).hexdigest())"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RL_")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=kept | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert write_pdf(demo.outline()) == write_pdf(demo.outline())


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "C"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Lima",
            "LANG": "C",
            "SOURCE_DATE_EPOCH": "1",
            "RL_invariant": "0",
            "RL_useA85": "1",
            "RL_pageCompression": "0",
            "RL_ttfAsciiReadable": "0",
            "RL_defaultPageSize": "letter",
        },
    ],
    ids=["shanghai", "lima"],
)
def test_neither_place_time_nor_environment_changes_a_byte(tmp_path: Path, environment: dict[str, str]) -> None:
    here = hashlib.sha256(write_pdf(demo.outline()).data).hexdigest()
    assert _digest_elsewhere(tmp_path, **environment) == here


def test_another_date_gives_other_bytes() -> None:
    assert write_pdf(outline()).data != write_pdf(replace(outline(), date="2026-11-26")).data


def test_blocks_import_without_the_pdf_library() -> None:
    modules = "nqpf_assess.report.blocks, nqpf_assess.typography.clean"
    code = f"import sys, {modules}; print([name for name in ('reportlab', 'pikepdf') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_report_is_made_of_the_content_as_it_is_now(tmp_path: Path) -> None:
    """Though the same process made one of it as it was before."""
    shutil.copytree(ROOT / "tools" / "fuzz" / "seeds", tmp_path, dirs_exist_ok=True)
    wish = ReportWish("md", "en", "2026-01-31", content=(tmp_path / "content",))

    def made() -> bytes:
        (outcome,) = make_reports([tmp_path / "answers.toml"], wish)
        assert outcome.report is not None
        return outcome.report.data

    path = tmp_path / "content" / "questionnaires" / "small.toml"
    assert b"Ingenuity" not in made()
    path.write_bytes(path.read_bytes().replace(b"Innovation", b"Ingenuity"))
    assert b"Ingenuity" in made()


def test_content_that_cannot_be_read_is_named_and_not_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, rubric = tmp_path / "answers.toml", tmp_path / "weights" / "own.toml"

    def refuse(place: Path) -> None:
        raise PermissionError(errno.EACCES, "", str(place))

    for place, named in ((rubric, True), (answers, False)):
        monkeypatch.setattr("nqpf_assess.report.make._made", lambda _path, _wish, place=place: refuse(place))
        (outcome,) = make_reports([answers], ReportWish("md", "en", "2026-01-31"))
        assert outcome.status == 3
        assert tell(outcome.message, "en").startswith(f"{rubric}: ") == named


def test_where_a_process_is_ended_every_report_that_is_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by a machine whose memory runs out: each file is named, and it is no fault of the program."""

    def ended(_pool: object, _make: Callable[..., object], paths: Iterable[Path], _: object) -> Iterator[ReportOutcome]:
        yield ReportOutcome(next(iter(paths)))
        raise BrokenProcessPool

    monkeypatch.setattr("nqpf_assess.report.make.may_start", lambda _count: True)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.map", ended)
    paths = [Path("a.toml"), Path("b.toml"), Path("c.toml")]
    found = list(make_reports(paths, ReportWish("md", "en", "2026-01-31"), jobs=2))
    assert [(one.path, one.status) for one in found] == list(zip(paths, (0, 3, 3), strict=True))
    assert all("memory" in tell(one.message, "en") for one in found[1:] if one.message)
