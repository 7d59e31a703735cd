"""The look of the report: page, grid, type sizes and palette. Five sizes, two weights, two accents; reads in grey."""

from dataclasses import dataclass, replace

from nqpf_assess.locale.grammar import grammar

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
LEFT = RIGHT = 62.0
TOP, BOTTOM = 74.0, 66.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
MEASURE = 446.0
"""Width of running text: 42 hanzi or about 85 Latin letters; tables and figures take the whole width."""

INK = "#1B2733"
MUTED = "#5B6B7B"
NAVY = "#0B2A4A"
BLUE = "#0B5FA5"
BLUES = ("#EDF4FA", "#CFE1F0", "#9CC3E2", "#4C8FC4", "#0B5FA5")
"""Sequential blues, pale to strong, told apart in grey too."""
ORANGE = "#D9731A"
RUST = "#B45309"
PEACH = "#FCF1E6"
GRID = "#D9E0E7"
RULE = "#9DAAB7"
"""A line of the grid that counts: a year's begin."""
PALE = "#F4F7FA"
WHITE = "#FFFFFF"

SMALL, TABLE, BODY, LARGE, DISPLAY = 8.0, 9.0, 10.5, 13.0, 21.0
COVER = 32.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. `openness` scales the leading, which is wider in Chinese than in English."""

    size: float
    bold: bool = False
    colour: str = INK
    openness: float = 1.0
    justified: bool = False

    def leading(self, language: str) -> float:
        """Return the distance between base lines, in points."""
        return self.size * self.openness * (1.68 if grammar(language).han else 1.47)

    def but(self, *, bold: bool | None = None, colour: str | None = None) -> "Style":
        """Return the style in another weight or colour."""
        return replace(self, bold=self.bold if bold is None else bold, colour=colour or self.colour)


RUNNING = Style(BODY, justified=True)
LEAD = Style(LARGE, colour=NAVY, openness=0.95, justified=True)
ASIDE = Style(BODY, openness=0.97, justified=True)
NOTE = Style(SMALL, colour=MUTED, openness=0.92)
CAPTION = Style(TABLE, bold=True, colour=NAVY, openness=0.92)
CELL = Style(TABLE, openness=0.9)
HEAD_CELL = Style(TABLE, bold=True, colour=NAVY, openness=0.86)
LABEL = Style(SMALL, openness=0.86)
QUIET_LABEL = Style(SMALL, colour=MUTED, openness=0.86)
HEADINGS = (
    Style(DISPLAY, bold=True, colour=NAVY, openness=0.84),
    Style(LARGE, bold=True, colour=NAVY, openness=0.9),
    Style(BODY, bold=True, colour=BLUE, openness=0.95),
)
