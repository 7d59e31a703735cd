"""What is made around the program: manual pages, marks on GitHub, the long description, the script of a bundle."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import hatch_build
from nqpf_assess.cli.commands import SUBCOMMANDS
from tools import annotate_check, make_bundle, write_man

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_page_has_every_command_with_its_options(language: str) -> None:
    page = write_man.page(language)
    heads = re.findall(r"^\.SS (.*)$", page, re.MULTILINE)
    assert set(SUBCOMMANDS) <= set(heads)
    assert {"cohort score", "weights derive"} <= set(heads)
    assert ".B \\-\\-minimum\\-group N" in page
    assert all(line[1:3] in ("TH", "SH", "SS", "TP", "PP", "B ", '\\"') for line in page.splitlines() if line[0] == ".")
    assert bool(re.search(r"[\u4e00-\u9fff]", page)) == (language == "zh")


def test_no_text_becomes_a_request_of_the_page() -> None:
    assert write_man.plain(".so /etc/passwd\n'x\\fB") == "\\&.so /etc/passwd\n\\&'x\\efB"


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
@pytest.mark.parametrize("page", list(write_man.PAGES.values()), ids=["en", "zh"])
def test_the_manual_page_is_read_without_a_warning(page: Path) -> None:
    done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, check=True)
    # Words without spaces cannot be broken; that is all that may be said.
    assert [line for line in done.stderr.splitlines() if not re.search("cannot (break|adjust) line", line)] == []
    assert "nqpf-assess cohort score" in re.sub(".\b", "", done.stdout)


def test_problems_are_marked_at_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "a.toml"
    broken.write_text('format = "nqpf-answers/1"\nquestionnaire = \n', encoding="utf-8")
    asked = {"CHECK_PATHS": str(broken), "PATH": ""}
    done = subprocess.run([sys.executable, annotate_check.__file__], env=asked, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert re.search(r"^::error file=[^,\n]*a\.toml,line=2,col=\d+,title=syntax::\S.*%0A", done.stdout, re.MULTILINE)


def test_nothing_in_a_file_is_a_workflow_command() -> None:
    hostile = {"source": "a,b:c.toml", "line": 1, "column": 2, "severity": "error", "code": "x", "hint": ""}
    made = annotate_check.annotation({**hostile, "message": "a\n::set-output name=x::1\r%"})
    assert made == "::error file=a%2Cb%3Ac.toml,line=1,col=2,title=x::a%0A::set-output name=x::1%0D%25"


def test_the_long_description_stands_alone() -> None:
    """No picture, no link to a file that is not there."""
    words = hatch_build.alone((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "![" not in words
    assert "<img" not in words
    assert re.findall(r"\]\((?!https?://|#)", words) == []
    assert "nqpf-assess" in words
    assert hatch_build.alone("a ![p](x.png) [b](docs/b.md) [c](https://c.org)\n![q](https://q.png)\n") == (
        "a p b [c](https://c.org)\n"
    )


def test_a_bundle_without_a_wheel_that_another_system_wants_is_noticed(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "nqpf_assess-1-py3-none-any.whl", "w") as wheel:
        asks = ("click", 'colorama; sys_platform == "win32"', 'numpy; extra == "cohort"', 'black; extra == "dev"')
        head = "Name: nqpf-assess\n" + "".join(f"Requires-Dist: {line}\n" for line in asks)
        wheel.writestr("nqpf_assess-1.dist-info/METADATA", head)
    with zipfile.ZipFile(tmp_path / "click-8-py3-none-any.whl", "w") as wheel:
        wheel.writestr("click-8.dist-info/METADATA", "Name: click\n")
    assert make_bundle.lacking(tmp_path, "windows", "3.12") == {"colorama", "numpy"}
    assert make_bundle.lacking(tmp_path, "linux", "3.12") == {"numpy"}


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell")
def test_the_script_of_a_bundle_says_which_python_it_wants(tmp_path: Path) -> None:
    script = tmp_path / "install.sh"
    script.write_text(make_bundle.UNIX.replace("@VERSION@", "9.9").replace("@EXTRAS@", "docx"), encoding="utf-8")
    done = subprocess.run(["sh", script, tmp_path / "app"], capture_output=True, encoding="utf-8")
    assert done.returncode == 3
    assert "Python 9.9 is needed" in done.stderr
    assert not (tmp_path / "app").exists()


def test_what_the_script_of_windows_says_can_be_read_after_a_double_click() -> None:
    """Which names no folder; the window closes with the script, however that ends."""
    lines = make_bundle.WINDOWS.splitlines()
    ends = [number for number, line in enumerate(lines) if "exit /b" in line]
    assert [lines[number - 1] for number in ends] == ['if "%~1"=="" pause'] * 2
    assert ":failed" in lines
    assert make_bundle.WINDOWS.count("goto failed") == 4


def test_the_script_of_windows_speaks_chinese_in_the_encoding_of_its_windows() -> None:
    """Where other systems read it too: no second byte of a character is a sign of theirs, such as | or ^."""
    said = make_bundle.WINDOWS.encode("gbk")
    assert "先将压缩包全部解压".encode("gbk") in said
    assert re.sub(rb"[\x81-\xfe]{2}", b"", said).isascii()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize(("fails", "said"), [("-c", "Python 3.11 or newer is needed"), ("-m", "")])
def test_an_environment_that_could_not_be_made_is_no_obstacle_to_the_next(
    fails: str, said: str, tmp_path: Path
) -> None:
    """An old Python, or one of a system whose package for environments is not installed: nothing of it stays."""
    place, python = tmp_path / ".venv", tmp_path / "python"
    made = 'mkdir -p "$3/bin"; touch "$3/bin/python"'
    python.write_text(f'#!/bin/sh\n[ "$1" = -m ] && {{ {made}; }}\n[ "$1" != {fails} ]\n', encoding="utf-8")
    python.chmod(0o755)
    words = ["make", "-C", str(ROOT), f"VENV={place}", f"PYTHON={python}", f"{place}/bin/python"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert done.returncode != 0
    assert said in done.stderr
    assert not place.exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize(
    ("place", "version", "anew"),
    [(str(ROOT), "(3, 14)", False), ("/elsewhere", "(3, 14)", True), (str(ROOT), "(3, 13)", True)],
    ids=["as it was", "moved", "another Python"],
)
@pytest.mark.parametrize("ready", [".ready", ".ready-dev"])
def test_an_environment_of_another_place_or_python_is_made_anew(
    place: str, version: str, anew: bool, ready: str, tmp_path: Path
) -> None:
    _environment(tmp_path)
    (tmp_path / ".ready").write_text(f"{place}\n{version}\n", encoding="utf-8")
    (tmp_path / ".ready-dev").touch()
    said = _make("-n", tmp_path, ready)
    assert (f"rm -rf {tmp_path}\n" in said) == anew
    assert (f"-m venv {tmp_path}" in said) == anew
    assert ("pip install" in said) == anew


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("ready", [".ready", ".ready-dev"])
def test_an_environment_that_was_just_made_is_kept(ready: str, tmp_path: Path) -> None:
    """Where installing was broken off, what is there already serves."""
    _environment(tmp_path)
    (tmp_path / "begun").touch()
    _make("-s", tmp_path, ready)
    assert (tmp_path / "begun").exists()
    assert "pip install" not in _make("-n", tmp_path, ready)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("ready", [".ready", ".ready-dev"])
def test_a_copy_in_a_folder_of_any_name_starts_in_every_locale(ready: str, tmp_path: Path) -> None:
    """Below 新质 Python 3.12 ended in a fault where the locale was C, or one that the machine does not have."""
    _environment(tmp_path)
    said = tmp_path / "lib" / "python3.12" / "site-packages" / "_editable_impl_nqpf_assess.pth"
    said.parent.mkdir(parents=True)
    said.write_text("/新质/src", encoding="utf-8")
    _make("-s", tmp_path, ready)
    words = said.read_text(encoding="utf-8")
    assert words.startswith("..")
    assert (said.parent / words).resolve() == ROOT / "src"


def _environment(place: Path) -> None:
    """Make one whose Python does nothing but say which one it is."""
    (place / "bin").mkdir()
    python = place / "bin" / "python"
    python.write_text("#!/bin/sh\necho '(3, 14)'\n", encoding="utf-8")
    python.chmod(0o755)


def _make(how: str, place: Path, target: str) -> str:
    words = ["make", how, "-C", str(ROOT), f"VENV={place}", str(place / target)]
    return subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout


def test_a_bundle_takes_the_versions_that_were_tested_with_its_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each library at one version, whichever Python makes the bundle."""
    for python in ("3.11", "3.15"):
        names = [line.partition("==")[0] for line in make_bundle.pinned(python).splitlines()]
        assert len(names) == len(set(names))
        assert ";" not in make_bundle.pinned(python)
    assert make_bundle.pinned("3.11") != make_bundle.pinned("3.15")
    asked: list[str] = []
    monkeypatch.setattr(make_bundle, "subprocess", SimpleNamespace(run=lambda words, check: asked.extend(words)))
    make_bundle.made("linux", "3.15", tmp_path, tmp_path / "own.whl")
    assert Path(asked[asked.index("-c") + 1]).read_text(encoding="utf-8") == make_bundle.pinned("3.15")


def test_what_the_app_keeps_outlives_the_container() -> None:
    """Edited weights and rescue copies lie in the folder that is mounted; `--rm` throws all others away."""
    words = (ROOT / "Containerfile").read_text(encoding="utf-8")
    kept, mounted = re.search(r"NQPF_ASSESS_DATA=(\S+)", words), re.search(r'-v "\$PWD:(/\w+)', words)
    assert kept is not None
    assert mounted is not None
    assert kept[1].startswith(f"{mounted[1]}/.")  # hidden, so that no folder of answers is read with it


def test_the_hook_and_the_action_name_what_is_there() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: nqpf-assess check --strict" in hook
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in re.findall(r"GITHUB_ACTION_PATH/([\w/.]+)", action):
        assert (ROOT / name).is_file(), name
    assert set(re.findall(r"(CHECK_\w+):", action)) == set(
        re.findall(r'"(CHECK_\w+)"', Path(annotate_check.__file__).read_text(encoding="utf-8"))
    )
