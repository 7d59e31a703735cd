"""Ctrl+C while modules are imported, and where Python itself would lose it."""

import os
import signal
import sys
import time
from _thread import start_new_thread
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl+C back until what is imported is whole, then raise it.

    Raised amid an import it may be swallowed by whoever called, or taken for a fault of the library.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # ignored, or not the main thread's
        yield
        return
    came: list[int] = []
    try:
        signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    except ValueError:  # a thread of a program that uses this one as a library
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt


def heard_everywhere() -> None:
    """Let no Ctrl+C be lost where nothing can be raised, in a finaliser or a library's machine code: it comes again.

    Python prints such a one as its own, and the command went on.
    """
    before = sys.unraisablehook

    def again() -> None:
        time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    def hear(lost: "UnraisableHookArgs") -> None:
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            before(lost)
            return
        # After this hook, where it would be lost too: nothing is waited for here, as `Timer` waits for its thread.
        start_new_thread(again, ())

    sys.unraisablehook = hear
