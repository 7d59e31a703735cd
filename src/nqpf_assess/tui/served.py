"""The app of one browser tab; started by `serving` with its options as JSON, it speaks with the page over its pipes."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from nqpf_assess.session.options import Options
from nqpf_assess.tui.app import AssessApp

LOOK_AGAIN = 1.0
"""Seconds between looks whether the server is still there."""


class ServedApp(AssessApp):
    """The app, which ends with its server."""

    def on_mount(self) -> None:
        """Watch the server; the app itself is set up besides."""
        self._server = os.getppid()
        self.set_interval(LOOK_AGAIN, self._end_with_server)

    def _end_with_server(self) -> None:
        keys = getattr(self._driver, "_key_thread", None)  # it ends with the pipe; Windows gives nobody another parent
        if os.getppid() != self._server or (keys is not None and not keys.is_alive()):
            self.put_away()
            self.exit()


def options_from(words: str) -> Options:
    """Read the options that the server passes."""
    stated: dict[str, Any] = json.loads(words)
    file, content = stated.pop("file", None), stated.pop("content", ())
    return Options(file=Path(file) if file else None, content=tuple(Path(root) for root in content), **stated)


def main() -> None:
    """Run the app until the tab is closed."""
    app = ServedApp(options_from(sys.argv[1]))
    app.run()
    if app.fault is not None:
        raise app.fault


if __name__ == "__main__":
    main()
