"""What is done when the package is built: translations are compiled, the README becomes its long description."""

import os
import re
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class CompileCatalogues(BuildHookInterface):
    """Write `messages.mo` beside every `messages.po`, and take it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 # the hook's own signature
        """Compile every catalogue; a program that runs meanwhile finds the old or the new one, whole."""
        for source in sorted((Path(self.root) / "src" / "nqpf_assess" / "locale").glob("*/messages.po")):
            part = source.with_name(f".{source.stem}.{os.getpid()}.part")
            try:
                with source.open("rb") as stream, part.open("wb") as out:
                    write_mo(out, read_po(stream, locale=source.parent.name))
                part.replace(source.with_suffix(".mo"))
            finally:
                part.unlink(missing_ok=True)
        build_data["artifacts"].append("src/nqpf_assess/locale/*/messages.mo")


class ReadmeAlone(MetadataHookInterface):
    """Give the README as long description, where it stands without the files beside it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Take out pictures, and links to files that the reader of a package index does not have."""
        words = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": alone(words)}


def alone(words: str) -> str:
    """Return Markdown without pictures, and with links only to other sites."""
    words = re.sub(r"^[ \t]*(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?[ \t]*)+\n", "", words, flags=re.MULTILINE)
    words = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", words)
    words = re.sub(r"<img\b[^>]*>", "", words)
    return re.sub(r"\[([^\]]+)\]\((?!https?://|#)[^)]*\)", r"\1", words)
