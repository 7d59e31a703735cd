"""Fuzzing: sound files, spoilt in every way that chance and grammar offer, and what the program may never do with them.

`kinds` is the table of them: `content`, `tables`, `reports`, `people`, `arguments`, `sources` say how an input of each
is made and what it is given to. `spoiling` holds the mutations; `trial` runs one command inside this process and judges
it; `__main__` runs many, within limits, and keeps what was found.
"""
