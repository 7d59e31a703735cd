"""Documents name tests, pages, pictures and commands that are there, and say the same in both languages."""

import ast
import json
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path

import click
import pytest

from nqpf_assess import __version__
from nqpf_assess.cli.main import command_line, run
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    named = NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    missing = [
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in functions_of(path)
    ]
    assert missing == []
    if page == "docs/security.md":
        assert len(named) >= 20


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
READERS = ("README.md", "README.zh.md", *PAGES)


@pytest.mark.parametrize("page", READERS)
def test_every_page_and_picture_that_is_linked_exists(page: str) -> None:
    links = LINK.findall((ROOT / page).read_text(encoding="utf-8"))
    here = (ROOT / page).parent
    assert [link for link in links if "://" not in link and not (here / link).exists()] == []


SHELL = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
NAMED_COMMAND = re.compile(r"`(nqpf-assess [^`|\[…]+)`")
"""A command in a sentence; one with a choice or a gap in it is no line to type."""


def commands_of(page: str) -> list[list[str]]:
    """The program's commands in the blocks of a page, without what the shell does besides."""
    found = []
    for block in SHELL.findall((ROOT / page).read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            for part in re.split(r"&&|[;|>]", line.partition("  #")[0].partition(" # ")[0]):
                words = shlex.split(part, comments=True)
                if words[:1] == ["nqpf-assess"]:
                    found.append(words[1:])
    return found


@pytest.mark.parametrize("page", [page for page in READERS if commands_of(page)])
def test_every_command_that_is_shown_is_one(page: str) -> None:
    """Each command, option and number of arguments is known, in blocks and in sentences; nothing is run."""
    inside = [shlex.split(line)[1:] for line in NAMED_COMMAND.findall((ROOT / page).read_text(encoding="utf-8"))]
    for words in (*commands_of(page), *(words for words in inside if words[0] != "COMMAND")):
        command: click.Command = command_line()
        context, rest = None, words
        try:
            while isinstance(command, click.Group) and rest:
                context = command.make_context(command.name, list(rest), parent=context)
                if not (named := [*context._protected_args, *context.args]):
                    break  # options alone: the app opens
                _name, found, rest = command.resolve_command(context, named)
                assert found is not None, words
                command = found
            command.make_context(command.name, list(rest), parent=context)
        except click.exceptions.Exit:  # --version
            pass
        except click.MissingParameter:
            assert words in inside  # a sentence may name a command without what it is given
        except click.UsageError as fault:
            raise AssertionError(f"{words}: {fault.format_message()}") from fault


def test_both_readmes_count_as_the_content_does() -> None:
    """Questions asked of everybody, those of the quick mode, and profiles."""
    library = Library(roots(()))
    asked, core, profiles = {}, {}, {}
    for id in ("region", "firm"):
        book = library.questionnaire(id)
        assert book is not None
        always = [question for question in book.value.questions.values() if question.show_if is None]
        asked[id], core[id] = len(always), sum(question.core for question in always)
        profiles[id] = len(library.profiles(book)) - 1
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh.md"))
    assert f"{asked['region']} questions for any place" in english
    assert re.search(rf"{asked['firm']} for a firm", english)
    assert f"({core['region']} and {core['firm']})" in english
    words = {10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen"}
    assert f"{words[profiles['region']]} profiles for places, {words[profiles['firm']]} for firms" in english
    assert f"地区问卷{asked['region']}题" in chinese
    assert f"企业问卷{asked['firm']}题" in chinese
    assert f"地区{core['region']}题、企业{core['firm']}题" in chinese


def test_both_readmes_show_the_same_commands() -> None:
    assert commands_of("README.md") == commands_of("README.zh.md")


def test_the_commands_of_the_readme_run_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As somebody would who follows it; the two that open the app are left out."""
    assert len(commands_of("README.md")) >= 9
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    for words in commands_of("README.md"):
        if words and words[:2] != ["weights", "edit"]:
            assert run(words) == 0, words
            if words[0] == "init":
                monkeypatch.chdir(tmp_path / words[1])


def test_one_place_states_the_version() -> None:
    """What repeats it is held to it: the citation, the first heading of the changelog, examples that name a release."""
    for page, form in (
        ("CITATION.cff", r"^version: (\S+)$"),
        ("CHANGELOG.md", r"^## \[(\d\S+)\]"),
        ("docs/rubrics.md", r"rev: v(\S+)$"),
        ("docs/rubrics.md", r"nqpf-assess@v(\S+)$"),
    ):
        stated = re.search(form, (ROOT / page).read_text(encoding="utf-8"), re.M)
        assert stated is not None, page
        assert stated[1] == __version__, page
    assert "version" in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dynamic"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_film_is_whole(language: str) -> None:
    """Times go forward, scenes are marked, and it ends with the brief."""
    head, *lines = (ROOT / f"docs/film/first-hour.{language}.cast").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert json.loads(head)["version"] == 2
    times = [event[0] for event in events]
    assert times == sorted(times)
    assert 300 < times[-1] < 900
    assert [event[1] for event in events].count("m") == 5
    brief = events[max(place for place, event in enumerate(events) if event[1] == "m") + 1 :]
    assert len(brief) > 3  # its pages, one after the other
    assert all(event[1] == "o" for event in brief)
