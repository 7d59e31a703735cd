"""Content and files for the plain mode's tests."""

from tests.tui.conftest import content, file, own_surroundings, sample  # noqa: F401 - fixtures
