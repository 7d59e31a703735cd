"""docs/problems.md lists every problem, as the table of rules and the examples say."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from nqpf_assess.files.rules.catalogue import catalogue

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """The tool that writes the page."""
    specification = importlib.util.spec_from_file_location("write_problems", ROOT / "tools" / "write_problems.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_page_is_fresh(writer: ModuleType) -> None:
    """It is what the tool would write now: run tools/write_problems.py after changing a rule or an example."""
    assert (ROOT / "docs" / "problems.md").read_text(encoding="utf-8") == writer.page()


def test_the_page_has_every_code_once(writer: ModuleType) -> None:
    """With its words in both languages, and an example of it."""
    page = writer.page()
    codes = [line.removeprefix("### ") for line in page.split("\n") if line.startswith("### ")]
    assert sorted(codes) == sorted(catalogue())
    assert page.count("```text") == len(codes) > 70


def test_every_rule_stands_in_the_catalogue() -> None:
    """No module of the package reports a code of its own: page, lessons and completion know them all."""
    stated = {
        call.args[0].value
        for path in (ROOT / "src" / "nqpf_assess").rglob("*.py")
        if "Rule(" in (text := path.read_text(encoding="utf-8"))
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "Rule"
        and isinstance(call.args[0], ast.Constant)
    }
    assert stated == set(catalogue())
