"""What every test stands on: the translations as they are in the working tree."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import catalogues


def pytest_configure() -> None:
    """Compile the translations that were changed since they were compiled."""
    for source in catalogues.CATALOGUES:
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            catalogues.build()
