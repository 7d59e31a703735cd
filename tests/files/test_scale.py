"""A questionnaire of 10,000 questions, each shown by the one before, is checked whole, in little memory.

Which words name a ring is the same for 2,000; that 10,000 are no harder shows where nothing is wrong and where all is:
in the whole run; by default it is a quarter there, deeper than Python's stack.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.peak import PEAK
from tests.support.scored import sample

QUESTIONS = max(2_000, sample(10_000))
RING = 2_000
MEGABYTES = 500

HEAD = """\
format = "nqpf-questionnaire/1"
id = "big"
version = "1.0.0"
subject = "region"
languages = ["en", "zh"]
title = { en = "Big", zh = "大问卷" }

[sources.expert]
title = { en = "Expert judgement", zh = "专家判断" }

[pillars.p]
title = { en = "Pillar", zh = "支柱" }

[dimensions.d]
pillar = "p"
title = { en = "Dimension", zh = "维度" }
"""
QUESTION = """
[questions.q{number}]
dimension = "d"
kind = "level"
text.en = "How far has matter {number} come in this place?"
text.zh = "本地第{number}项工作进展如何？"
levels = [
  {{ en = "None of it", zh = "尚无" }},
  {{ en = "Some of it", zh = "部分" }},
  {{ en = "All of it", zh = "全部" }},
]
sources = ["expert"]
"""
SCRIPT = (
    PEAK
    + """
import json, sys
from pathlib import Path
from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
rows = [problem.as_row("en") for problem in check(Library(()), [Path(sys.argv[1])])]
print(json.dumps({"rows": rows, "megabytes": peak_megabytes()}))
"""
)


def checked(folder: Path, condition: Callable[[int], str], questions: int = QUESTIONS) -> list[dict[str, Any]]:
    """The rows of a check in a process of its own, which must stay within its memory."""
    path = folder / "big.toml"
    path.write_text(
        HEAD + "".join(QUESTION.format(number=n) + condition(n) for n in range(questions)), encoding="utf-8"
    )
    done = subprocess.run([sys.executable, "-c", SCRIPT, path], capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)
    assert found["megabytes"] < MEGABYTES
    return list(found["rows"])


def shown_by(number: int, level: int = 1) -> str:
    return f'show_if = {{ question = "q{number}", at_least = {level} }}\n'


def test_a_chain_of_conditions_has_nothing_wrong(tmp_path: Path) -> None:
    """However long."""
    assert checked(tmp_path, lambda n: shown_by(n - 1) if n else "") == []


def test_a_ring_of_conditions_is_named_once(tmp_path: Path) -> None:
    """By its first members and its last, with the number left out, at the first one's condition."""
    [row] = checked(tmp_path, lambda n: shown_by((n - 1) % RING), RING)
    assert (row["code"], row["key"]) == ("condition_cycle", "questions.q0.show_if.question")
    assert "q0 → q1999 → q1998 → " in row["message"]
    assert f"… {RING - 30} …" in row["message"]
    assert row["message"].endswith("→ q2 → q1 → q0")


@pytest.mark.parametrize("small", [3, 30])
def test_a_small_ring_names_all_its_members(tmp_path: Path, small: int) -> None:
    """The other questions hang on it and are not blamed."""
    [row] = checked(tmp_path, lambda n: shown_by((n - 1) % small if n < small else n - 1), RING)
    members = [f"q{n}" for n in (0, *range(small - 1, -1, -1))]
    assert row["message"].endswith(": " + " → ".join(members))


def test_one_impossible_condition_is_not_blamed_on_all_that_follow(tmp_path: Path) -> None:
    """Of a chain whose second question can never be shown, that one is told."""
    [row] = checked(tmp_path, lambda n: shown_by(n - 1, 9 if n == 1 else 1) if n else "", RING)
    assert (row["code"], row["key"]) == ("condition_never", "questions.q1.show_if.at_least")


def test_a_mistake_in_every_question_is_told_of_every_question(tmp_path: Path) -> None:
    """As many rows, each at its place."""
    rows = checked(tmp_path, lambda n: shown_by(n + QUESTIONS) if n else "")
    assert [row["code"] for row in rows] == ["unknown_reference"] * (QUESTIONS - 1)
    assert len({(row["line"], row["column"]) for row in rows}) == QUESTIONS - 1
