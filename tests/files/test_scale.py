"""A questionnaire of 10,000 questions, each shown by the one before, is checked whole, in little memory.

Which words name a ring is the same for 1,200; that 10,000 are no harder shows where nothing is wrong and where all is:
in the whole run; by default they have 1,200, deeper than Python's stack, and what hangs on a small ring is short.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.budget import BUDGET
from tests.support.peak import PEAK

pytestmark = pytest.mark.long

QUESTIONS = 10_000 if BUDGET >= 1 else 1_200
RING = 1_200
SMALL = RING if BUDGET >= 1 else 60
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

found = [[problem.as_row("en") for problem in check(Library(()), [Path(path)])] for path in sys.argv[1:]]
print(json.dumps({"rows": found, "megabytes": peak_megabytes()}))
"""
)


def shown_by(number: int, level: int = 1) -> str:
    return f'show_if = {{ question = "q{number}", at_least = {level} }}\n'


BIG: Mapping[str, tuple[int, Callable[[int], str]]] = {
    "chain": (QUESTIONS, lambda n: shown_by(n - 1) if n else ""),
    "ring": (RING, lambda n: shown_by((n - 1) % RING)),
    "ring of 3": (SMALL, lambda n: shown_by((n - 1) % 3 if n < 3 else n - 1)),
    "ring of 30": (SMALL, lambda n: shown_by((n - 1) % 30 if n < 30 else n - 1)),
    "impossible": (RING, lambda n: shown_by(n - 1, 9 if n == 1 else 1) if n else ""),
    "mistakes": (QUESTIONS, lambda n: shown_by(n + QUESTIONS) if n else ""),
}
"""Questionnaires: how many questions, and the condition of each."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The rows of a check of each, all in one process that must stay within its memory."""
    folder = tmp_path_factory.mktemp("big")
    paths = [folder / f"{name}.toml" for name in BIG]
    for path, (questions, condition) in zip(paths, BIG.values(), strict=True):
        asked = "".join(QUESTION.format(number=n) + condition(n) for n in range(questions))
        path.write_text(HEAD + asked, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", SCRIPT, *paths], capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)
    assert found["megabytes"] < MEGABYTES
    return dict(zip(BIG, found["rows"], strict=True))


Found = dict[str, list[dict[str, Any]]]


def test_a_chain_of_conditions_has_nothing_wrong(rows: Found) -> None:
    """However long."""
    assert rows["chain"] == []


def test_a_ring_of_conditions_is_named_once(rows: Found) -> None:
    """By its first members and its last, with the number left out, at the first one's condition."""
    [row] = rows["ring"]
    assert (row["code"], row["key"]) == ("condition_cycle", "questions.q0.show_if.question")
    assert f"q0 → q{RING - 1} → q{RING - 2} → " in row["message"]
    assert f"… {RING - 30} …" in row["message"]
    assert row["message"].endswith("→ q2 → q1 → q0")


@pytest.mark.parametrize("small", [3, 30])
def test_a_small_ring_names_all_its_members(rows: Found, small: int) -> None:
    """The other questions hang on it and are not blamed."""
    [row] = rows[f"ring of {small}"]
    members = [f"q{n}" for n in (0, *range(small - 1, -1, -1))]
    assert row["message"].endswith(": " + " → ".join(members))


def test_one_impossible_condition_is_not_blamed_on_all_that_follow(rows: Found) -> None:
    """Of a chain whose second question can never be shown, that one is told."""
    [row] = rows["impossible"]
    assert (row["code"], row["key"]) == ("condition_never", "questions.q1.show_if.at_least")


def test_a_mistake_in_every_question_is_told_of_every_question(rows: Found) -> None:
    """As many rows, each at its place."""
    found = rows["mistakes"]
    assert [row["code"] for row in found] == ["unknown_reference"] * (QUESTIONS - 1)
    assert len({(row["line"], row["column"]) for row in found}) == QUESTIONS - 1


def test_a_floor_over_thousands_of_questions_costs_as_one(tmp_path: Path) -> None:
    """Whether one answer decides it is worked out once for all questions that weigh the same, not once for each."""
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.rules import arguing

    questions = "".join(QUESTION.format(number=number) for number in range(60))
    (tmp_path / "big.toml").write_text(HEAD + questions, encoding="utf-8")
    words = 'format = "nqpf-weights/1"\nid = "baseline"\nquestionnaire = "big"\nversion = "1"\n'
    words += (
        'name = { en = "Baseline", zh = "基准" }\n[weights]\np = 1\n[bands]\nlow = { from = 0, en = "L", zh = "低" }\n'
    )
    floor = '[floors.f]\nnode = "d"\nbelow = 59.5\ncap = 40\nwhy = { en = "W", zh = "因" }\n'
    (tmp_path / "baseline.toml").write_text(words + floor, encoding="utf-8")
    with patch.object(arguing, "roll_up", wraps=arguing.roll_up) as rolled:
        found = check(Library(()), [tmp_path / "big.toml", tmp_path / "baseline.toml"])
    (notice,) = [problem for problem in found if problem.code == "floor_hangs_on_one"]
    assert notice.message["en"].count("q") >= 3
    assert rolled.call_count == 2
