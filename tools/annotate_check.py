"""Check content on GitHub, each problem marked at its line: what `action.yml` runs. Options come by the environment.

CHECK_PATHS: paths, separated by spaces or new lines; CHECK_STRICT: `true` or `false`; CHECK_LANGUAGE: `en` or `zh`.
"""

import json
import os
import subprocess
import sys

LEVELS = {"error": "error", "warning": "warning", "notice": "notice"}


def escaped(words: str, *, inside: bool = False) -> str:
    """Return words so that they end no workflow command; `inside` one of its properties, colons and commas too."""
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if inside else words


def annotation(problem: dict[str, object]) -> str:
    """Return the workflow command that marks a problem where it stands."""
    place = {"file": problem["source"], "line": problem["line"], "col": problem["column"], "title": problem["code"]}
    named = ",".join(f"{key}={escaped(str(value), inside=True)}" for key, value in place.items() if value)
    said = "\n".join(str(words) for words in (problem["message"], problem["hint"]) if words)
    return f"::{LEVELS[str(problem['severity'])]} {named}::{escaped(said)}"


def main() -> int:
    """Check, mark every problem, and return the exit status of the check."""
    paths = os.environ.get("CHECK_PATHS", "").split()
    asked = [sys.executable, "-m", "nqpf_assess", "check", "--json", "--lang", os.environ.get("CHECK_LANGUAGE") or "en"]
    asked += ["--strict"] if os.environ.get("CHECK_STRICT", "true").lower() == "true" else []
    done = subprocess.run([*asked, "--", *paths], stdout=subprocess.PIPE, encoding="utf-8", check=False)
    for problem in json.loads(done.stdout or "[]"):
        print(annotation(problem))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
