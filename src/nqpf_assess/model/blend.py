"""A blend of local profiles, for a place that is two things at once: `grain_base+0.4*cluster_county` (formats.md)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from nqpf_assess.model.base import plain_number
from nqpf_assess.model.weights import Weights

MOST_FURTHER = 2
"""Further profiles a blend may name beside the first: more than three things at once is a baseline of its own."""

_PART = r"\s*(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*\*\s*(\S(?:.*\S)?)\s*\Z"

BlendFault = Literal["blend_share", "blend_sum", "blend_count", "blend_repeated", "blend_root"]
"""What keeps profiles from being blended: see the rows of these codes in `files/rules`."""


@dataclass(frozen=True, slots=True)
class Blend:
    """Which profiles are blended. `first` carries what the `further` ones, with their shares, leave over."""

    first: str
    further: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def parse(cls, words: str) -> "Blend | None":
        """Parse `first+0.4*second`, names being ids or paths; None where it is not written so.

        A name alone is a blend of one. What is parsed may still be no sound blend: see `faults`.
        """
        first, *rest = words.split("+")
        parts = [match for part in rest if (match := re.match(_PART, part))]
        names = [match[2] for match in parts]
        if not first.strip() or len(parts) < len(rest) or len(set(names)) < len(names):
            return None
        return cls(first.strip(), {match[2]: Decimal(match[1]) for match in parts})

    def __str__(self) -> str:
        """Write it as on a command line, the further profiles by their ids."""
        return "".join((self.first, *(f"+{plain_number(self.further[id])}*{id}" for id in sorted(self.further))))

    @property
    def shares(self) -> str:
        """The shares of the further profiles as they are stated."""
        return " + ".join(map(plain_number, self.further.values()))

    def faults(self, roots: Mapping[str, Weights]) -> Iterator[tuple[BlendFault, str]]:
        """Name what keeps the profiles from being blended, each with the profile concerned ("" = all of them).

        `roots`: the baseline that each profile goes back to, as far as they were found; two of one id may differ.
        """
        root = roots.get(self.first)
        for id, share in self.further.items():
            if not 0 < share < 1:
                yield "blend_share", id
            if id == self.first or (id in roots and roots[id].id == id):
                yield "blend_repeated", id
            elif root is not None and roots.get(id, root) != root:
                yield "blend_root", id
        if all(0 < share < 1 for share in self.further.values()) and sum(self.further.values()) >= 1:
            yield "blend_sum", ""
        if len(self.further) > MOST_FURTHER:
            yield "blend_count", ""
