"""Many respondents in one table: the same scores as one at a time, and the statistics that only many allow.

Imports numpy and pyarrow (the extra `cohort`); commands import it only when they run.
"""
