"""Libraries that take long to import, imported by the tests that use them and not where all tests are collected."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest


class Later:
    """A library that is imported when something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def needs(*names: str) -> pytest.MarkDecorator:
    """Skip where one of these libraries is not installed."""
    lacking = [name for name in names if find_spec(name) is None]
    return pytest.mark.skipif(bool(lacking), reason=f"not installed: {', '.join(lacking)}")
