"""The harm: what happens to a session that is under way, and what may be asked of it afterwards."""

import os
import signal
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.faults.children import Gone
from tools.faults.sessions import CONTENT, FILE, Answering, Session, Writing, answer_file, held

Do = Callable[[Session], None]


class NotHere(Exception):
    """This system, or this user, cannot do such harm."""


@dataclass(frozen=True)
class Fault:
    """One way to be harmed. `rescued`: what is not in its file may be in a rescue copy."""

    do: Do
    rescued: bool = False
    nobody: bool = False
    small_disk: bool = False


def _moment(session: Session) -> None:
    """Let a random time pass while the session goes on."""
    if isinstance(session, Answering):
        session.go_on()
        pause = session.dice.random() ** 2 * 0.12
    else:
        pause = session.dice.random() * getattr(session, "takes", 0.3)
    assert session.child is not None
    session.child.read_for(pause)


def _signalled(number: int) -> Do:
    def do(session: Session) -> None:
        _moment(session)
        assert session.child is not None
        session.child.signal(number)
        session.child.wait(30)

    return do


def stopped(session: Session) -> None:
    """Stop it; another one must not write meanwhile; let it go on, and end it, or kill it while it is stopped."""
    _moment(session)
    assert session.child is not None
    session.child.signal(signal.SIGSTOP)
    if isinstance(session, Answering):
        second_writer(session)
    time.sleep(session.dice.random() * 0.05)
    if session.dice.random() < 0.5:
        session.child.signal(signal.SIGCONT)
        session.child.read_for(0.05)
        session.child.signal(signal.SIGTERM if isinstance(session, Answering) else signal.SIGKILL)
    else:
        session.child.signal(signal.SIGKILL)
    session.child.signal(signal.SIGCONT)
    session.child.wait(30)


def second_writer(session: Session) -> None:
    """A second session on the same file is refused, and writes nothing."""
    second = session.start("assess", FILE, "--plain", "--lang", "en", "--content", "../content")
    second.send("1\nquit\n")
    status = second.wait(60)
    running = session.child is not None and session.child.status is None
    session.place.expect(holds=status == 3 or not running, words=f"two writers: {status} {second.text[-300:]}")
    second.end()


def two_writers(session: Session) -> None:
    """While one answers another one wants to; the first goes on. Of commands, each writes whole or is refused."""
    assert session.child is not None
    if isinstance(session, Answering):
        second_writer(session)
        with _ending(session):
            session.answer()
            session.child.signal(signal.SIGTERM)
        return
    assert isinstance(session, Writing)
    _moment(session)
    second = session.start(*session.command, *session.dice.choice(((), session.resumed)), *CONTENT)
    for child in (session.child, second):
        status = child.wait(60)
        refused = status == 3 or (status == 1 and "--resume" in child.text)
        session.place.expect(holds=status == 0 or refused, words=f"two writers: {status} {child.text[-900:]}")
    second.end()


def full_disk(session: Session) -> None:
    """Nothing more can be written from some moment on; then there is room again."""
    balloon = session.place.work / "balloon"
    with _ending(session):
        if not isinstance(session, Answering):
            _moment(session)
        with balloon.open("wb", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
        if isinstance(session, Answering):
            session.answer()
            session.answer()
            if session.dice.random() < 0.5:
                balloon.unlink()
                session.answer()
            assert session.child is not None
            session.child.signal(session.dice.choice((signal.SIGTERM, signal.SIGHUP)))
    balloon.unlink(missing_ok=True)


def permission_taken(session: Session) -> None:
    """The folder can no longer be written to from some moment on."""
    with _ending(session):
        if not isinstance(session, Answering):
            _moment(session)
        with unwritable(session):
            if isinstance(session, Answering):
                session.answer()
                session.answer()
                assert session.child is not None
                session.child.signal(signal.SIGTERM)
            _ended(session)


@contextmanager
def unwritable(session: Session) -> Iterator[None]:
    """Take the permission to write into the folder of a session, and give it back; raises `NotHere`."""
    folder = session.place.work
    if session.nobody or os.getuid() != 0:
        take, give = ["chmod", "555", str(folder)], ["chmod", "777", str(folder)]
    else:  # root may write wherever anything may change
        take, give = ["chattr", "+i", str(folder)], ["chattr", "-i", str(folder)]
    try:
        subprocess.run(take, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise NotHere from fault
    try:
        yield
    finally:
        subprocess.run(give, check=True, capture_output=True)


def changed_underneath(session: Session) -> None:
    """Something else writes the file, removes it, or puts something in its place; of a command, all that it reads."""
    if isinstance(session, Writing):
        with _ending(session):
            _moment(session)
            session.change()
        if session.replaced:
            theirs = session.inputs[session.place.work / session.replaced]
            found = [held(path) or {} for path in session.place.work.glob("*.toml")]
            kept = any(
                answers.get("q0") == tomllib.loads(theirs.decode())["answers"]["q0"]["value"] for answers in found
            )
            session.place.expect(holds=kept, words=f"what somebody else wrote was overwritten: {found}")
        return
    path = session.place.work / FILE
    foreign = answer_file("Elsewhere", {"q29": 2})
    way = session.dice.randrange(4)
    with _ending(session):
        if way == 0:
            path.write_text(foreign, encoding="utf-8")
        elif way == 1:
            other = path.with_name("from_a_mail.toml")
            other.write_text(foreign, encoding="utf-8")
            other.replace(path)
        elif way == 2:
            path.write_text("not TOML at all [", encoding="utf-8")
        else:
            path.unlink()
        session.go_on()  # the app asks what is to be done now
        assert session.child is not None
        session.child.read_for(0.3)
        session.child.signal(signal.SIGTERM)
    if way < 3:
        there = [other for other in session.place.work.glob("*.toml") if other.is_file()]
        kept = any(
            "not TOML at all [" in other.read_text(encoding="utf-8")
            if way == 2
            else (held(other) or {}).get("q29") == 2
            for other in there
        )  # a key typed at the app's question may take it over, and go on from there
        session.place.expect(holds=kept, words="what somebody else wrote was overwritten")
    if held(path) is None:
        path.write_text(foreign, encoding="utf-8")  # so that it can be opened again


def clock_moved(session: Session) -> None:
    """Times of files jump to another year, and so does the clock (see `jumping_clock`)."""
    path = session.place.work / FILE
    with _ending(session):
        for year in (0, 4102444800, 946684800):
            if path.exists():
                os.utime(path, (year, year))
            if isinstance(session, Answering):
                session.answer()
        assert session.child is not None
        session.child.signal(signal.SIGTERM if isinstance(session, Answering) else 0)


def jumping_clock() -> None:
    """Let the clock of this process jump to and fro; run in the child before the program."""
    import datetime
    import sys

    real, calls = datetime.datetime, iter(range(10**9))

    class Jumping(real):  # type: ignore[misc, valid-type]
        """A time of day that cannot be relied on."""

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            """Return the time, years off, earlier at every other call."""
            years = (-30, 40, 0, 12)[next(calls) % 4]
            return real.now(tz) + datetime.timedelta(days=365 * years)

    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("nqpf_assess") and getattr(module, "datetime", None) is real:
            module.datetime = Jumping  # type: ignore[attr-defined]


@contextmanager
def _ending(session: Session) -> Iterator[None]:
    """Whatever the session does of it, it is waited for."""
    try:
        yield
    except Gone as fault:
        if session.child is not None and session.child.status is None:
            session.place.expect(holds=False, words=f"it neither goes on nor ends: {fault}")
    finally:
        _ended(session)


def _ended(session: Session) -> None:
    assert session.child is not None
    session.child.wait(60)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Put a small file system in a folder's place; whether that was possible (it takes root)."""
    mounted = False
    if os.getuid() == 0:
        command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", str(folder)]
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


FAULTS: Mapping[str, Fault] = {
    "kill": Fault(_signalled(signal.SIGKILL)),
    "term": Fault(_signalled(signal.SIGTERM)),
    "hup": Fault(_signalled(signal.SIGHUP)),
    "int": Fault(_signalled(signal.SIGINT)),
    "stop": Fault(stopped),
    "full": Fault(full_disk, rescued=True, small_disk=True),
    "permission": Fault(permission_taken, rescued=True, nobody=True),
    "clock": Fault(clock_moved),
    "changed": Fault(changed_underneath, rescued=True),
    "two": Fault(two_writers),
}
"""What may happen, by the name it has on the command line."""
