"""A pytest plugin: processor time of every test, its setup and the processes it starts; the dearest are listed.

`python -m pytest -p tests.support.costs`: processor time is nearly the same on a busy machine, the clock is not. Each
test is also written, as it ends, behind what stands in the file that NQPF_COSTS names.
"""

import os
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support import forked

NAMED = 20
COSTS: dict[str, float] = defaultdict(float)


def used() -> float:
    """Processor seconds of this process and of those it has waited for."""
    return sum(os.times()[:4]) + forked.SPENT[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    before = used()
    outcome = yield
    took = used() - before
    COSTS[item.nodeid] += took
    if place := os.environ.get("NQPF_COSTS"):
        with Path(place).open("a", encoding="utf-8") as book:
            book.write(f"{took:.2f}\t{item.nodeid}\n")
    return outcome


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist hands its figures to whoever started it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["costs"] = dict(COSTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    COSTS.update(getattr(node, "workeroutput", {}).get("costs", {}))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """List the dearest tests and the dearest files."""
    files: dict[str, float] = defaultdict(float)
    for test, seconds in COSTS.items():
        files[test.split("::")[0]] += seconds
    for title, table in (("tests", COSTS), ("files", files)):
        dearest = sorted(table.items(), key=lambda row: -row[1])[:NAMED]
        terminalreporter.section(f"processor seconds: {sum(table.values()):.0f} in all; the dearest {title}")
        for name, seconds in dearest:
            terminalreporter.write_line(f"{seconds:7.1f}  {name}")
