"""Print the lowest versions that pyproject.toml allows, as constraints: what somebody may have beside other programs.

`make test-lowest` runs the tests under them; what is needed for the tests alone is taken as it comes.
"""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
LOWEST = re.compile(r"^([A-Za-z0-9_-]+)>=([0-9.]+)")


def lowest(project: dict[str, object]) -> list[str]:
    """Return `name==version` for each library that the program itself or one of its extras needs."""
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    needed = [project["dependencies"], *(libraries for extra, libraries in extras.items() if extra != "dev")]
    return sorted({"==".join(found.groups()) for row in needed for library in row if (found := LOWEST.match(library))})


if __name__ == "__main__":
    print(*lowest(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
