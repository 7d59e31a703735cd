"""Faults of the machine: real sessions killed, stopped, starved of disk, robbed of permissions, changed underneath.

`children` starts the program in a process of its own; `sessions` answers, writes and scores in it, and knows what was
acknowledged; `faults` does the harm; `__main__` runs many and counts what was lost: nothing may be.
"""
