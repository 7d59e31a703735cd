"""What a house adds to the look of its reports: its own fonts for Chinese, and its logo on the cover."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class House:
    """Fonts of the house (regular, bold or both, told apart by their weight) and the file of its logo, "" for none."""

    fonts: tuple[Path, ...] = ()
    logo: bytes = b""

    @property
    def plain(self) -> bool:
        """Whether it adds nothing."""
        return not self.fonts and not self.logo
