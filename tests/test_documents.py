"""Documents name tests, pages, pictures and commands that are there, and say the same in both languages."""

import ast
import json
import re
import shlex
import shutil
import tomllib
from functools import cache
from pathlib import Path

import click
import openpyxl
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


def test_every_file_that_the_map_for_contributors_names_is_there() -> None:
    named = re.findall(r"`([\w.]+(?:/[\w.-]+)+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(named) >= 40
    assert [
        name for name in named if not any((base / name).exists() for base in (ROOT, ROOT / "src/nqpf_assess"))
    ] == []


TO_A_HEADING = re.compile(r"\]\(([^)#\s]*)#([^)]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


@pytest.mark.parametrize("page", READERS)
def test_every_heading_that_is_linked_exists(page: str) -> None:
    """By the name that a page's heading has on the web: small letters, hyphens for spaces."""
    for link, anchor in TO_A_HEADING.findall((ROOT / page).read_text(encoding="utf-8")):
        if "://" not in link:
            text = ((ROOT / page).parent / link if link else ROOT / page).read_text(encoding="utf-8")
            named = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}
            assert anchor in named, (link, anchor)


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


PAIRS = [(page, chinese) for page in PAGES if (chinese := page.replace(".md", ".zh.md")) in PAGES]


@pytest.mark.parametrize(("page", "chinese"), PAIRS)
def test_both_languages_of_a_page_show_the_same_commands(page: str, chinese: str) -> None:
    """Who leads is said in the page's own language; commands, files and options are not."""
    theirs, ours = ([[*dict.fromkeys(words)] for words in commands_of(each)] for each in (page, chinese))
    for words, same in zip(theirs, ours, strict=True):
        own = words.index("--lead") + 1 if "--lead" in words else len(words)
        assert words[:own] + words[own + 1 :] == same[:own] + same[own + 1 :]


MEANT = {
    "FILE": "samples/cluster_county.toml",
    "OLD": "samples/renewal_city_2024.toml",
    "NEW": "samples/renewal_city_2025.toml",
}
"""What stands for a name in capitals."""


FILE = re.compile(r"^```toml\n# file: (\S+)\n(.*?)^```", re.M | re.S)


def suppose(page: str, folder: Path) -> None:
    """Put the files there that a page supposes, by the names that it gives them."""
    for name in ("samples", "editions", "questionnaires"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "answers").mkdir()
    county = (ROOT / "samples" / "cluster_county.toml").read_text(encoding="utf-8")
    if page == "docs/following-up.md":
        (folder / "answers" / "finance.toml").write_text(county, encoding="utf-8")
        leading = re.sub("(?m)^respondent = .*", 'respondent = "Development and reform"', county)
        (folder / "answers" / "industry.toml").write_text(leading, encoding="utf-8")
        (folder / "county.toml").write_text(county.replace("2027.1.0", "2026.1.0"), encoding="utf-8")
    elif page == "docs/cohorts.md":
        for name in ("cluster_county", "catch_up_county", "ecological_county", "trade_hub_city", "innovation_hub_city"):
            shutil.copy(ROOT / "samples" / f"{name}.toml", folder / "answers")
        firms = [str(path) for path in (ROOT / "samples").glob("firm_*.toml")]
        assert run(["cohort", "collect", *firms, "-o", "firms.parquet"]) == 0
    elif page == "docs/authoring.md":
        for name, block in FILE.findall((ROOT / page).read_text(encoding="utf-8")):
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_text(block, encoding="utf-8")
    elif page == "docs/importing.md":
        assert run(["export", "region", "--to", "xlsx", "--by", "holder", "-o", "forms/"]) == 0
        shutil.copy(next((folder / "forms").glob("*.xlsx")), "bureau.xlsx")
        answers = county[: county.index("[facts")].replace("cluster_county", "baseline")
        (folder / "anhe.toml").write_text(re.sub("(?m)^name = .*", 'name = "安和县"', answers), encoding="utf-8")
        (folder / "kobo.json").write_text('[{"_id": 1, "rd_intensity": "2.31"}]', encoding="utf-8")
        blocks = re.findall(r"^```toml\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.M | re.S)
        (folder / "my_map.toml").write_text(next(b for b in blocks if "nqpf-map/1" in b), encoding="utf-8")
        book = openpyxl.Workbook()
        book.active.title = "23-4"
        book.active.append(["地区", "年末常住人口（万人）", "万元工业增加值用水量"])
        book.active.append(["安和县", 31.2, 24])
        book.save(folder / "yearbook.xlsx")


@pytest.mark.parametrize(
    "page", [f"docs/{name}.md" for name in ("authoring", "cohorts", "following-up", "importing", "planning")]
)
def test_the_commands_of_a_page_do_their_work(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From top to bottom, as somebody would who has such files; the README, rubrics.md and python.md have their own."""
    monkeypatch.chdir(tmp_path)
    suppose(page, tmp_path)
    for words in commands_of(page):
        named = [MEANT.get(word, word) for word in words]
        spread = [path for word in named for path in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]
        assert run(spread) == 0, spread


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
    """Times go forward, scenes are marked, and it ends with the brief, from its title on."""
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
    assert {"en": ", in brief", "zh": "自评简报"}[language] in brief[0][2]
