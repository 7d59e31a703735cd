"""How grave a difference between two editions is, for answers that were given already and for the version."""

from typing import Literal

Grade = Literal["safe", "confirm", "convert", "loss"]
GRADES: tuple[Grade, ...] = ("safe", "confirm", "convert", "loss")
"""How grave a change is for answers that were given already, from the least to the worst.

Safe: they stay as they are. Confirm: they stay, and a person should look at them again. Convert: `migrate` rewrites
them exactly. Loss: some leave the scored tables and are kept in the archive.
"""

Step = Literal["patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("patch", "minor", "major")
"""Parts of a version, the least first: wording, additions, what breaks answers."""

Moves = Literal["", "scores", "plans"]
