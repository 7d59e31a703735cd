"""Content, files and conversations for the plain mode's tests."""

from tests.plain.script import begin, hold  # noqa: F401 - fixtures
from tests.tui.conftest import content, file, own_surroundings, sample  # noqa: F401 - fixtures
