"""Compile the translations when the package is built or installed for editing."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):
    """Write `messages.mo` beside every `messages.po`, and take it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 # the hook's own signature
        """Compile every catalogue."""
        for source in sorted((Path(self.root) / "src" / "nqpf_assess" / "locale").glob("*/messages.po")):
            with source.open("rb") as stream, source.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(stream, locale=source.parent.name))
        build_data["artifacts"].append("src/nqpf_assess/locale/*/messages.mo")
