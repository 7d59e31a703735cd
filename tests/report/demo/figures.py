"""The scores that both languages of the demo report show."""

from nqpf_assess.report.blocks import (
    Slope,
)

DIGEST = "b7e1 4c09 9d52 6fa3"
PILLAR_SCORES = ((31.8, 55.0), (46.2, 60.0), (52.4, 62.0), (28.6, 50.0), (61.0, 68.0), (49.5, 58.0), (44.0, None))

EARLIER = (31.8, 44.0, 47.2, 33.0, 57.5, 47.5, None)
"""Scores of the year before."""

EN_PILLARS = (
    "Innovation and key technology",
    "Talent and workforce skills",
    "Emerging and upgraded industries",
    "Digital economy and data",
    "Green production",
    "Balance of town and country",
    "Security and openness",
)


def slopes(pillars: tuple[str, ...]) -> tuple[Slope, ...]:
    found = []
    for label, before, (after, _) in zip(pillars, EARLIER, PILLAR_SCORES, strict=True):
        change = "" if before is None else f" ({after - before:+.1f})".replace("-", "−")
        found.append(Slope(label, before, after, f"{after}{change}"))
    return tuple(found)
