"""The app in a real terminal: lines that hold, ends that leave everything as it was, colours as they were asked for."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Paste

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.tui.frame.shell import Heard
from tests.tui.driving import BOTH, LANGUAGES
from tests.tui.terminal import Terminal

READY = {"en": "Menu", "zh": "菜单"}


def started(file: Path, *arguments: str, language: str = "en", **rest: object) -> Terminal:
    terminal = Terminal("--lang", language, "assess", str(file), *arguments, **rest)  # type: ignore[arg-type]
    return terminal.until(READY[language]).settle()


@pytest.mark.parametrize(("size", "language"), BOTH)
def test_no_line_is_too_wide_or_broken_wrongly_on_any_page(sample: Path, size: tuple[int, int], language: str) -> None:
    views = {"4": 4, "5": 3, "3": 2}
    with started(sample, language=language, size=size) as terminal:
        seen = 0
        for step in "234561":
            terminal.send("f9").until({"en": "Go to", "zh": "前往"}[language]).send(step).settle()
            for _ in range(views.get(step, 1)):
                assert terminal.faults() == []
                terminal.send("right").settle()
                seen += 1
            if step == "2":
                for _ in range(12):
                    terminal.send("pagedown").settle()
                    assert terminal.faults() == []
                    seen += 1
            for extra in ("f1", "f9"):
                terminal.send(extra).settle()
                assert terminal.faults() == []
                terminal.send("escape").settle()
        assert seen > 20
        terminal.send("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.restored


# ---- ends


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)]
)
def test_a_signal_saves_what_is_being_typed_and_restores_the_terminal(
    file: Path, content: Path, number: signal.Signals, status: int
) -> None:
    with started(
        file, "--as", "region", environment={"NQPF_ASSESS_DATA": str(file.parent)}, folder=content
    ) as terminal:
        terminal.send("f9").until("Go to").send("2").until("R&D as a share")
        terminal.send("2", ".", "5").until("2.5")
        terminal.signal(number)
        assert terminal.wait() == status
        assert terminal.restored
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["share"].value == "2.5"


def test_a_lost_line_saves_too(file: Path, content: Path) -> None:
    with started(file, folder=content) as terminal:
        terminal.send("f9").until("Go to").send("2").until("R&D as a share")
        terminal.send("1", ".", "5").until("1.5")
        terminal.hang_up()
        assert terminal.wait() == 129
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["share"].value == "1.5"


UNDER_MAKE = """
import os, signal, sys
child = os.fork()
if child:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_lost_line_ends_the_app_also_where_no_signal_tells_it(file: Path, content: Path) -> None:
    """Under make or a script the signal goes to the first process in the terminal only."""
    with started(file, folder=content, code=UNDER_MAKE) as terminal:
        terminal.send("f9").until("Go to").send("2").until("R&D as a share")
        terminal.send("1", ".", "5").until("1.5")
        terminal.hang_up()
        assert terminal.wait() == 129
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["share"].value == "1.5"


def test_a_stop_from_outside_leaves_one_reader_of_keys(file: Path, content: Path) -> None:
    """Two would share the keys between them."""
    with started(file, folder=content) as terminal:
        terminal.send("f9").until("Go to")
        tasks = Path(f"/proc/{terminal.process}/task")
        if not tasks.is_dir():
            pytest.skip("threads of another process are not listed on this system")
        before = len(list(tasks.iterdir()))
        terminal.signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.send("2").until("R&D as a share")
        assert len(list(tasks.iterdir())) == before


ASLEEP_AMID_A_FRAME = """
import os, queue, signal
put, slept = queue.Queue._put, []
def putting(self, item):
    put(self, item)
    if not slept and isinstance(item, str) and "Go to" in item:
        slept.append(os.kill(os.getpid(), signal.SIGTSTP))
queue.Queue._put = putting
"""


def test_being_put_to_sleep_amid_the_writing_of_a_frame_leaves_nothing_waiting(file: Path, content: Path) -> None:
    """The frame's lock is held then, and what is written before sleeping wants it too."""
    with started(file, folder=content, code=ASLEEP_AMID_A_FRAME) as terminal:
        state = Path(f"/proc/{terminal.process}/stat")
        if not state.is_file():
            pytest.skip("the state of another process is not told on this system")
        terminal.send("f9").until(lambda _: state.read_text().rpartition(")")[2].split()[0] == "T")
        terminal.signal(signal.SIGCONT)
        terminal.until("Go to").send("2").until("R&D as a share")


def test_bytes_that_are_no_utf_8_end_nothing(file: Path, content: Path) -> None:
    """A terminal set to GBK sends such; what stands for them is seen."""
    with started(file, folder=content) as terminal:
        terminal.send("f9").until("Go to").send("2").until("R&D as a share")
        os.write(terminal.handle, "研发".encode("gbk"))
        terminal.settle().send("2.5").until("2.5")
        terminal.send("ctrl+q")
        terminal.settle()
        assert "Traceback" not in terminal.written.decode(errors="replace")


def test_a_paste_comes_whole_however_a_slow_line_cuts_it() -> None:
    """Between two pieces Textual waits for the rest of a sequence no longer than for that of a key."""
    sent = "a\x1b[200~前\x1b1半\x1b[201~\x1b[20~b".encode()
    for cut in {*range(len(sent) + 1)} - {2, len(sent) - 5}:  # there the first piece ends with Esc, which is a key
        heard, parser = Heard(), XTermParser()
        events: list[Any] = []
        for piece in (sent[:cut], sent[cut:]):
            events += parser.feed(text) if (text := heard.decode(piece)) else ()
            parser._timeout_time = 0.0 if parser._timeout_time else None
            events += parser.tick()
        told = [event.text if isinstance(event, Paste) else event.key for event in events]
        assert told == ["a", "前1半", "f9", "b"], cut


def test_the_start_page_ends_with_the_status_of_the_signal(content: Path) -> None:
    with Terminal("--lang", "en", folder=content) as terminal:
        terminal.until("Look around")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 143
        assert terminal.restored


BROKEN = """
from nqpf_assess.tui.results.results import ResultsPage
def rows(self):
    secret = "the answer nobody should see in the scrollback"
    raise ValueError("broken on purpose")
ResultsPage.rows = rows
"""


def test_a_fault_of_the_program_saves_restores_and_shows_no_answers(file: Path, content: Path) -> None:
    with started(file, folder=content, code=BROKEN) as terminal:
        terminal.send("f9").until("Go to").send("2").until("R&D as a share")
        terminal.send("3").until(lambda t: "3" in t.text)
        terminal.send("f9").until("Go to").send("4")
        assert terminal.wait() == 3
        assert terminal.restored
        said = terminal.written.decode(errors="replace")
        assert "Something went wrong" in said
        assert "the answer nobody" not in said
        assert "Traceback" not in said
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["share"].value == "3"


def test_ctrl_c_says_how_to_leave(file: Path, content: Path) -> None:
    with started(file, folder=content) as terminal:
        terminal.send("ctrl+c").until("Ctrl+Q leaves the program")
        terminal.send("ctrl+q")
        assert terminal.wait() == 0


# ---- two terminals


def test_a_second_terminal_looks_only_and_says_who_writes(file: Path, content: Path) -> None:
    with started(file, folder=content) as first, started(file, folder=content) as second:
        assert "read only" in second.text
        assert "was open elsewhere" in " ".join(second.text.split())
        second.send("f9").until("Go to").send("2").until("R&D as a share")
        second.send("pagedown").until("How is it steered").send("1").until(
            lambda shown: "was open elsewhere" in " ".join(shown.text.split())
        )
        first.send("f9").until("Go to").send("2").until("R&D as a share")
        first.send("pagedown").until("How is it steered").send("2").until("Who reviews the plan")
        second.send("ctrl+q")
        assert second.wait() == 0
        first.send("ctrl+q")
        assert first.wait() == 0
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["plan"].value == 2


# ---- the window


def test_a_storm_of_sizes_ends_well(sample: Path) -> None:
    with started(sample) as terminal:
        for turn in range(60):
            terminal.resize(40 + (turn * 37) % 120, 8 + (turn * 17) % 50)
            terminal.send("f2" if turn % 3 else "right")
        terminal.resize(80, 24)
        terminal.until(lambda shown: "F9 Menu" in shown.rows[-1])  # in a window too small no key acts
        terminal.send("escape").until("Go to").send("4").until("Overall")
        assert terminal.faults() == []
        terminal.send("ctrl+q")
        assert terminal.wait() == 0


SIZE_AMID_SIZE = """
import fcntl, struct, termios
from pathlib import Path
from textual.drivers.linux_driver import LinuxDriver

read = LinuxDriver._get_terminal_size

def size_changes_again(driver):
    size = read(driver)
    if size == (60, 20):
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 81, 0, 0))
        if Path("read").exists():
            Path("amid").touch()
    elif size == (81, 24):
        Path("read").touch()
    return size

LinuxDriver._get_terminal_size = size_changes_again
"""


@pytest.mark.parametrize("slept", [False, True])
def test_a_size_amid_the_reading_of_another_is_the_last(file: Path, content: Path, slept: bool) -> None:
    code = SIZE_AMID_SIZE + ASLEEP_AMID_A_FRAME * slept
    with started(file, folder=content, code=code) as terminal:
        state = Path(f"/proc/{terminal.process}/stat")
        if slept and not state.is_file():
            pytest.skip("the state of another process is not told on this system")
        terminal.send("f9")
        if slept:
            terminal.until(lambda _: state.read_text().rpartition(")")[2].split()[0] == "T")
            terminal.signal(signal.SIGCONT)
        terminal.until("Go to").settle().resize(60, 20)
        terminal.until(lambda _: (content / "read").exists())
        assert not (content / "amid").exists()
        terminal.screen.resize(24, 81)
        terminal.columns, terminal.lines = 81, 24
        terminal.send("2").until("R&D as a share")


def test_a_window_of_60_by_20_says_what_it_needs(sample: Path) -> None:
    """Also where the environment states another size: it does not follow the window."""
    stated = "import os; os.environ.update(COLUMNS='200', LINES='60')"
    with Terminal("assess", str(sample), size=(60, 20), code=stated) as terminal:
        terminal.until("at least 70 columns")
        terminal.resize(80, 24)
        terminal.until("Overall")


# ---- colours, mouse, signs


def colours(terminal: Terminal) -> set[str]:
    """The colour codes that were sent."""
    codes = re.findall(rb"\x1b\[([0-9;]*)m", bytes(terminal.written))
    parts = [code.decode() for code in codes]
    return {part for part in parts if re.search(r"(^|;)(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;|$)", part)}


def test_no_color_sends_none_and_the_cursor_is_still_seen(sample: Path) -> None:
    with started(sample, environment={"NO_COLOR": "1"}) as terminal:
        terminal.send("down").settle()
        assert colours(terminal) == set()
        assert b"\x1b[7m" in terminal.written or b";7m" in terminal.written or b"[7;" in terminal.written
        terminal.send("ctrl+q").wait()


def test_a_plain_terminal_gets_its_own_sixteen_colours(sample: Path) -> None:
    with started(sample, environment={"TERM": "linux", "COLORTERM": ""}) as terminal:
        terminal.send("down").settle()
        assert colours(terminal)
        assert not any("38;" in code or "48;" in code for code in colours(terminal))
        terminal.send("ctrl+q").wait()


def test_the_mouse_can_be_left_to_the_terminal(sample: Path) -> None:
    with started(sample, "--no-mouse") as terminal:
        assert b"\x1b[?1000h" not in terminal.written
        terminal.send("ctrl+q").wait()
    with started(sample) as terminal:
        assert b"\x1b[?1000h" in terminal.written
        terminal.send("ctrl+q").wait()


@pytest.mark.parametrize("language", LANGUAGES)
def test_ascii_draws_nothing_of_unknown_width(sample: Path, language: str) -> None:
    import unicodedata

    with started(sample, "--ascii", language=language) as terminal:
        for step in "41235":
            terminal.send("f9").until({"en": "Go to", "zh": "前往"}[language]).send(step).settle()
            doubtful = {letter for letter in terminal.text if unicodedata.east_asian_width(letter) == "A"}
            assert doubtful == set(), (step, doubtful)
            assert terminal.faults() == []
        terminal.send("ctrl+q").wait()


def test_keys_sent_before_the_first_frame_all_act(file: Path, content: Path) -> None:
    with Terminal("--lang", "en", "assess", str(file), folder=content) as terminal:
        terminal.send("f9", "2", "pagedown", "2")
        terminal.until("Who reviews the plan")
        terminal.send("ctrl+q").wait()
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.answers["plan"].value == 2
