"""The terminal app. Pages stand in folders by what they are for; `frame`, `drawing` and `widgets` are below them."""

import os
import sys
from types import ModuleType

# asyncio takes OpenSSL in where there is one, a fiftieth of a start; a terminal is not encrypted.
if "asyncio" not in sys.modules and "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]

# Textual reads this once, when it is loaded. At its own 60 frames a second a key waits for up to two of them.
os.environ.setdefault("TEXTUAL_FPS", "250")


class _NoPalette(ModuleType):
    """Stands for Textual's command palette, in whose place the menu is.

    Textual loads it with a dozen widgets at each start, a twelfth of what a start costs, to name its classes alone.
    """

    def __getattr__(self, name: str) -> type:
        if not name[:1].isupper():
            raise AttributeError(name)
        return type(name, (), {})


sys.modules.setdefault("textual.command", _NoPalette("textual.command"))
