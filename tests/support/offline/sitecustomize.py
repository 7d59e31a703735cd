"""Imported by every Python process of the test run: none of them reaches a network.

A test that needs the machine's own address (the browser mode, Spark) is marked `loopback`, and reaches that alone.
"""

import os
import sys

VARIABLE = "NQPF_TEST_LOOPBACK"
OWN = ("127.0.0.1", "::1", "localhost", "", None)


def refuse(event: str, values: tuple[object, ...]) -> None:
    """Refuse what would leave the process; sockets of the file system, between processes, are no network."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = values[-1]
        if not isinstance(address, tuple):
            return
        host = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = values[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host not in OWN or not os.environ.get(VARIABLE):
        raise OSError(f"no network in tests: {event} {host}")


sys.addaudithook(refuse)

if "NQPF_REACH_TEST" in os.environ:  # tools/mutate wants to know what the processes of a test run
    from tools.mutate.reach import follow_child

    follow_child()
