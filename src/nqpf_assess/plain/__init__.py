"""The session line by line: for screen readers, dumb terminals and pipes. Append-only: nothing is ever redrawn."""

from nqpf_assess.plain.running import run_plain

__all__ = ["run_plain"]
