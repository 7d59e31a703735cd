"""The report: an outline chosen by the figures, and what draws it."""
