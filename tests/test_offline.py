"""No test reaches a network, nor does a process that a test starts; the machine's own address only where marked."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import clean_environment

ABROAD = "192.0.2.1"
"""An address for examples, which nobody has (RFC 5737)."""


def reaches(host: str) -> str:
    """What happens to somebody who wants to connect."""
    with socket.socket() as connection:
        connection.settimeout(1)
        try:
            connection.connect((host, 9))
        except OSError as fault:
            return str(fault)
    return "connected"


def reaches_in_another_process(host: str) -> str:
    code = f"from tests.test_offline import reaches; print(reaches({host!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment(),
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("host", [ABROAD, "127.0.0.1"])
@pytest.mark.parametrize("way", [reaches, reaches_in_another_process])
def test_no_network(way: object, host: str) -> None:
    assert callable(way)
    assert "no network in tests" in way(host)


@pytest.mark.loopback
@pytest.mark.parametrize("way", [reaches, reaches_in_another_process])
def test_where_marked_the_own_address_alone(way: object) -> None:
    assert callable(way)
    assert "no network in tests" not in way("127.0.0.1")
    assert "no network in tests" in way(ABROAD)
