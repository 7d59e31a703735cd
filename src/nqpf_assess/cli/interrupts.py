"""Ctrl+C while modules are imported."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


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
