"""Tables of one row for tests of `import`, and what came of them into an answer file."""

import tomllib
from pathlib import Path


def figures(path: Path) -> dict[str, object]:
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id: entry.get("value") for table in ("facts", "answers") for id, entry in held.get(table, {}).items()}


def one_row(tmp_path: Path, head: str, row: str, *, encoding: str = "utf-8", name: str = "one.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(f"{head}\n{row}\n".encode(encoding))
    return path
