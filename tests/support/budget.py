"""How much of what is random, and of many cases that are alike, the tests look at."""

import os

BUDGET = float(os.environ.get("NQPF_TEST_BUDGET", "0.25"))
"""Share of the random cases that is looked at: a quarter by default, the same at every run.

1: all of them (`make test-all`); above 1 they are new ones at every run, and failures are shrunk. With less than the
default, tests that count what they have looked at fail: so few cases say nothing.
"""
