"""Annex: characters that the fonts of the report do not have, named so that nothing disappears unseen."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from nqpf_assess.locale import Text, _, tell
from nqpf_assess.report.blocks import Block, Heading, Outline, OutlinePart, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.typography.clean import combines

MOST = 100
LEAD = _(
    "The fonts of this report lack these characters, so 〓 stands in their place. They are kept in the attached "
    "answers."
)


def with_unshown(outline: Outline, missing: Sequence[str]) -> Outline:
    """Add the list of characters that a renderer could not show to the last part of each language."""
    if not missing:
        return outline
    last = {part.language: place for place, part in enumerate(outline.parts)}
    parts = tuple(
        replace(part, blocks=(*part.blocks, *_blocks(part, missing))) if last[part.language] == place else part
        for place, part in enumerate(outline.parts)
    )
    return replace(outline, parts=parts)


def _blocks(part: OutlinePart, missing: Sequence[str]) -> list[Block]:
    def say(words: Text) -> str:
        return tell(words, part.language)

    rows = tuple(cells(f"U+{ord(letter):04X}", unicodedata.name(letter, "–")) for letter in missing[:MOST])
    return [
        Heading(1, say(_("Characters that could not be shown")), f"{part.language}-unshown"),
        Paragraph(
            runs(
                say(LEAD)
                + (say(_(" Marks over or under letters are left out instead.")) if any(map(combines, missing)) else "")
            )
        ),
        Table((TableColumn(say(_("Code")), 0.5), TableColumn(say(_("Name in the Unicode standard")), 2.0)), rows),
    ]
