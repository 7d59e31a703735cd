"""The lint rules, by subject: one rule = one row with its function, and one example under `tests/invalid/`."""
