"""The program in terminals of its own, forked from a process that has the app loaded: Python is not started anew.

Each is a session of its own with its terminal as controlling one, as `pty.fork` makes it; the other end of the terminal
is handed over. What starting Python is about (an environment that it or the terminal's library reads as it starts) is
tested with processes of their own.
"""

import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.support import forked


@cache
def _server() -> socket.socket:
    here, there = socket.socketpair()
    subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked_terminals", str(there.fileno())],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # what forks has no threads of its own
        pass_fds=[there.fileno()],
        stdin=subprocess.DEVNULL,
    )
    there.close()
    return here


def _asked(**row: Any) -> tuple[Any, list[int]]:
    server = _server()
    server.sendall(json.dumps(row).encode() + b"\n")
    data, handles, _, _ = socket.recv_fds(server, 4096, 1)
    return json.loads(data), handles


def start(arguments: Sequence[str], code: str, environment: Mapping[str, str], folder: Path) -> tuple[int, int]:
    """Start the program in a terminal, some code run before it; return its process and the terminal's other end."""
    row = {"arguments": list(arguments), "code": code, "environment": dict(environment), "folder": str(folder)}
    process, [handle] = _asked(**row)
    return process, handle


def waited(process: int) -> tuple[int, int]:
    """Return what `os.waitpid` of a process with WNOHANG says."""
    (done, status, spent), _ = _asked(process=process)
    forked.SPENT[0] += spent
    return done, status


def serve(number: int) -> None:
    """Fork for every program that is asked for; comes back in the new process, and when nobody asks any more."""
    with socket.socket(fileno=number) as asking:
        while data := asking.recv(1 << 20):
            while not data.endswith(b"\n"):
                data += asking.recv(1 << 20)
            row = json.loads(data)
            if "process" in row:
                done, status, usage = os.wait4(row["process"], os.WNOHANG)
                asking.sendall(json.dumps((done, status, usage.ru_utime + usage.ru_stime if done else 0)).encode())
                continue
            process, handle = pty.fork()
            if process == 0:
                break
            socket.send_fds(asking, [json.dumps(process).encode()], [handle])
            os.close(handle)
        else:
            return
    os.chdir(row["folder"])
    os.environ.clear()
    os.environ.update(row["environment"])
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        stream = os.fdopen(number, mode, encoding="utf-8", closefd=False, buffering=1)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = ["nqpf-assess", *row["arguments"]]
    exec(row["code"], {"__name__": "__main__"})
    from nqpf_assess.__main__ import main

    main()


if __name__ == "__main__":
    forked.make_ready((*forked.LOADED, "tui"))
    serve(int(sys.argv[1]))
