"""Self-assessment of new quality productive forces: questionnaire, rubric, score, gaps, countermeasures, report."""

__version__ = "0.1.0"
