"""Pure functions on the values of the field: conditions, scores, gaps, balance, robustness, countermeasures."""
