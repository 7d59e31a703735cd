"""Would the tests notice? Changes to `engine/` and `kinds/`, one at a time, and the tests that reach each of them.

`python -m tools.mutate` is the whole of it: `changes` lists what can be changed, `reach` knows which tests run which
line, `trial` runs the tests that reach a change until one of them fails. All is done in a copy of the repository in
the user's cache folder; the repository itself is only read.
"""
