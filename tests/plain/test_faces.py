"""Plain mode as a program: chosen where drawing is out of the question, and the same file as the app writes."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pytest

from nqpf_assess.cli.main import command_line
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.problem import UserError
from tests.support import forked
from tests.tui.driving import Drive, at, drive

PATIENCE = 60


def program(
    *arguments: str, typed: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program with lines that come from no terminal."""
    everything = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}
    return forked.run(["--lang", "en", *arguments], Path.cwd(), everything, typed)


def test_from_a_pipe_the_same_session_runs_line_by_line(file: Path, content: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "nqpf_assess", "--lang", "en", "--content", str(content), "assess", str(file)],
        input="2\n1\n2.5\n\n1\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "\x1b" not in ran.stdout
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["plan"].value == 1


def test_a_setting_that_cannot_be_taken_is_said_with_its_line(file: Path, content: Path, tmp_path: Path) -> None:
    """In the app on a page of its own, here before the first question."""
    (tmp_path / "settings.toml").write_text("ascii = true\nlanguage = 5\n", encoding="utf-8")
    ran = program("--content", str(content), "assess", str(file), environment={"NQPF_ASSESS_DATA": str(tmp_path)})
    assert ran.returncode == 0, ran.stderr
    assert "settings.toml:2:" in ran.stdout


def test_a_folder_of_content_that_is_not_there_is_said_at_once() -> None:
    """The app would open, and say it at whatever is chosen there."""
    with pytest.raises(UserError, match="there is no folder"):
        command_line().main(["--content", "away"], standalone_mode=False)


def test_a_new_file_is_begun_from_a_pipe(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    ran = program("--content", str(content), "assess", str(path), "--questionnaire", "small", typed="Anhe\n2025\n\n")
    assert ran.returncode == 0, ran.stderr
    assert 'name = "Anhe"' in path.read_text(encoding="utf-8")


def test_the_file_is_byte_for_byte_the_one_the_app_writes(file: Path, content: Path) -> None:
    begun = file.read_bytes()

    async def steps(drive: Drive) -> None:
        await at(drive, "plan")
        drive.app.show_question("facts:zone")
        await drive.until(lambda: "Which zone" in drive.text)
        await drive.press("2")
        await at(drive, "share")
        await drive.write("2.50")
        await drive.press("enter")
        await drive.press("2", "pageup", "f5")
        await drive.until(lambda: "Evidence, one a line" in drive.text)
        await drive.write("Doc 1")
        await drive.press("escape")
        await at(drive, "review")
        await drive.press("f6")
        await drive.press("1", "2", "enter")
        await drive.write("其他 words")
        await drive.press("ctrl+n")

    drive(steps, file=file, content=(content,))
    by_app = file.read_bytes()
    file.write_bytes(begun)
    lines = ["2", "", "2.50", "", "2", "Doc 1", "d", "1,2", "其他 words"]
    ran = program("--content", str(content), "assess", str(file), typed="\n".join(lines) + "\n")
    assert ran.returncode == 0, ran.stderr
    assert file.read_bytes() == by_app
    assert b'value = "2.50"' in by_app


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--plain"], {"TERM": "xterm-256color"}),
        ([], {"TERM": "dumb"}),
        ([], {"TERM": "xterm-256color", "ACCESSIBLE": "1"}),
    ],
)
def test_in_a_terminal_plain_mode_is_chosen_by_wish_or_need(
    file: Path, content: Path, arguments: list[str], environment: Mapping[str, str]
) -> None:
    child = start(file, content, *arguments, **environment)
    child.expect("Which zone")
    child.expect("for help")
    child.sendline("2")
    child.expect("Saved")
    child.expect("keep the one in use:")
    child.expect(r"\n(\x1b\[\?2004h)?> ")  # an end of input sent before the line is read for would be swallowed
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b[?1049h" not in child.seen


def start(file: Path, content: Path, *arguments: str, **environment: str) -> pexpect.spawn:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "nqpf_assess", "--lang", "en", "--content", str(content), "assess", str(file), *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        encoding="utf-8",
        timeout=PATIENCE,
    )

    class Log:
        def write(self, text: str) -> None:
            child.seen += text

        def flush(self) -> None:
            pass

    child.seen = ""
    child.logfile_read = Log()
    return child


def test_lines_pasted_at_once_are_one(file: Path, content: Path) -> None:
    """What is pasted on a terminal answers what is asked: its second line is not the next answer."""
    child = start(file, content, "--plain", TERM="xterm")
    for asked, typed in (("Which zone", "n"), ("Note", "\x1b[200~a note,\r2\r\x1b[201~"), ("Saved", "q")):
        child.expect(asked)
        child.expect_exact("\x1b[?2004h> ")
        child.sendline(typed)
    child.expect(pexpect.EOF)
    child.close()
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert (answers.facts["zone"].note, answers.facts["zone"].value) == ("a note, 2", None)


def test_accessible_zero_is_no_wish(file: Path, content: Path) -> None:
    child = start(file, content, TERM="xterm-256color", ACCESSIBLE="0")
    child.expect_exact("\x1b[?1049h")
    child.close(force=True)


def test_ctrl_c_saves_and_exits_130(file: Path, content: Path) -> None:
    child = start(file, content, "--plain", TERM="xterm")
    child.expect("Which zone")
    child.expect("for help")
    child.sendline("2")
    child.expect("Saved")
    child.expect("keep the one in use:")
    child.expect("> ")  # before it is drawn, the line editor is still being set up and takes no interrupt
    child.sendintr()
    child.expect("nothing is lost")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.facts["zone"].value == "hills"


@pytest.mark.parametrize("arguments", [[], ["assess"]])
def test_without_a_terminal_and_a_file_nothing_hangs(arguments: list[str]) -> None:
    ran = program(*arguments)
    assert ran.returncode == 2
    assert "name a file" in ran.stderr


def test_quick_asks_the_core_questions_of_an_existing_file_too(file: Path, content: Path) -> None:
    ran = program("--content", str(content), "assess", str(file), "--quick", typed="2\n\n1\n")
    assert ran.returncode == 0, ran.stderr
    assert "question 1 of 2" in ran.stdout
    assert "From here on this file asks and scores the core questions only" in ran.stdout
    again = program("--content", str(content), "assess", str(file), "--quick", typed="q\n")
    assert "From here on" not in again.stdout
    assert "This is a quick screening: only the core questions were asked." in again.stdout
    stated = file.read_text(encoding="utf-8")
    quick, full = 'mode = "quick"', 'mode = "full"'
    assert quick in stated
    assert full in again.stdout  # there is no other way on for who hears it line by line
    assert full not in program("--content", str(content), "assess", str(file), "--read-only", typed="q\n").stdout
    file.write_text(stated.replace(quick, full), encoding="utf-8")
    assert quick not in program("--content", str(content), "assess", str(file), typed="q\n").stdout


def test_another_rubric_that_is_written_into_the_file_is_told(file: Path, content: Path) -> None:
    """Who only looks how the answers stand under another rubric changes the score of the file by that."""
    ran = program("--content", str(content), "assess", str(file), "--weights", "hills", typed="q\n")
    assert "From here on this file is scored by “Hill country”, as --weights says" in ran.stdout
    assert 'weights = { id = "hills"' in file.read_text(encoding="utf-8")
    again = program("--content", str(content), "assess", str(file), "--weights", "hills", typed="q\n")
    assert "From here on" not in again.stdout


def test_with_standard_input_closed_nothing_hangs(file: Path, content: Path) -> None:
    command = f'exec "{sys.executable}" -m nqpf_assess --content "{content}" assess "{file}" <&-'
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_broken_file_lists_its_problems(file: Path, content: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 99\n", encoding="utf-8")
    ran = program("--content", str(content), "assess", str(file), typed="1\n")
    assert ran.returncode == 1
    assert "anhe.toml:" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def test_two_profiles_that_fit_are_offered_together(tmp_path: Path) -> None:
    """Behind those that fit stands the blend of the first two; it is kept as one. A faulty rubric is named."""
    broken = tmp_path / "weights" / "region" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("x =", encoding="utf-8")
    sample = (Path(__file__).parents[2] / "samples" / "cluster_county.toml").read_text(encoding="utf-8")
    path = tmp_path / "county.toml"
    path.write_text(sample[: sample.index("[answers")], encoding="utf-8")
    ran = program("--content", str(tmp_path), "assess", str(path), typed="b\n4\nb\nq\n")
    assert ran.returncode == 0, ran.stderr
    assert "Not among them, since they have errors:" in ran.stdout
    assert "4. Specialised-cluster county with 40% of All-round centre (both at once" in ran.stdout
    before, after = ran.stdout.split("(both at once")[:2]
    assert "In use: Specialised-cluster county with 40% of All-round centre\n" in ran.stdout.rpartition("(both at")[2]
    assert ("in use" in before, "in use)" in after) == (True, False)  # one of the two alone is not
    assert "with = { all_round_centre = 0.4 }" in path.read_text(encoding="utf-8")
