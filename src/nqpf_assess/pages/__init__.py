"""One page a result: a plan, a merge, a difference … as text and tables, which a command prints and the app shows."""
