"""What the machine states, where it states something that cannot be."""

import errno
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nqpf_assess.files.machine import file_time, folder_for_a_while, local_time, refusal

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "hours"), [("CST-8", 8), ("UTC+99", 0), ("UTC-24:00:01", 0)], indirect=["zone"], ids=str
)
@pytest.mark.usefixtures("zone")
def test_a_zone_that_no_place_has_counts_as_utc(hours: int) -> None:
    """Python knows no offset of a day or more: without this reports, saving and locks end in a fault."""
    assert local_time(NOON) == NOON
    assert local_time(NOON).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(("zone", "seconds"), [("CST-8", 10**12), ("PST8", -(10**12))], indirect=["zone"], ids=str)
@pytest.mark.usefixtures("zone")
def test_a_file_of_no_year_of_the_calendar_bears_its_end(seconds: int) -> None:
    """A share or a stick states such times, and the app lists when files were changed as it starts."""
    assert file_time(seconds).year == (9999 if seconds > 0 else 1)
    assert file_time(NOON.timestamp()) == NOON


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_is_open_in_another_program_is_told_as_windows_can(code: int) -> None:
    """Of a report that Acrobat has open it is not said that permission is lacking."""
    fault = PermissionError(errno.EACCES, "Access is denied")
    fault.winerror = code  # type: ignore[attr-defined,unused-ignore]
    assert "another program has it open" in refusal(fault)["en"]
    assert refusal(PermissionError(errno.EACCES, "Permission denied"))["en"] == "permission denied"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_lies_among_the_temporary_files_goes_though_the_system_ends_the_process(name: str) -> None:
    """Else scores of a cohort stay there after TERM, for whoever looks."""
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip("this system has no such signal")
    places: list[Path] = []

    def work() -> None:
        with folder_for_a_while() as folder:
            places.append(folder)
            signal.raise_signal(number)

    before = signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit) as ended:
            work()
        assert signal.getsignal(number) is signal.SIG_DFL
        signal.signal(number, signal.SIG_IGN)
        work()  # whoever is not to be ended by it, as behind `nohup`, goes on
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert (ended.value.code, [place.exists() for place in places]) == (128 + number, [False, False])


def test_a_thread_has_a_temporary_folder_too() -> None:
    """Though only the main thread may say what becomes of a signal."""
    with ThreadPoolExecutor(1) as others:

        def work() -> bool:
            with folder_for_a_while() as folder:
                return folder.is_dir()

        assert others.submit(work).result()
