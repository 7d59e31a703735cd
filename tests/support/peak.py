"""The most memory a program started by a test ever held, measured inside it."""

PEAK = r"""
def peak_megabytes():
    # Where there is no /proc, ru_maxrss; on Linux that would begin with the peak of the process that started this one.
    import re, resource, sys
    from pathlib import Path
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
"""
"""Code that defines `peak_megabytes()`, to be put before a program's own."""
