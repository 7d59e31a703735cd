"""merge as a process: what stands, who said what, what is kept and refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Run, edited

SAMPLES = REPOSITORY / "samples"


@pytest.mark.parametrize(
    ("rule", "level"), [(["median"], 3), (["majority"], 3), (["lead", "--lead", "Finance"], 1), (["evidence"], 3)]
)
def test_merge_writes_what_stands_and_who_said_what(
    run: Run, respondents: list[Path], tmp_path: Path, rule: list[str], level: int
) -> None:
    """By every rule the file is sound, `explain` tells whose answer stands, and the agenda names the dispute."""
    target = tmp_path / "merged.toml"
    done = run("merge", *respondents, "-o", target, "--lang", "en", "--rule", *rule)
    assert done.returncode == 0
    assert "[rd_organisation]" in done.stdout
    assert "[upgrade_programme]" not in done.stdout
    assert rule != ["median"] or run("check", target).returncode == 0
    explained = run("explain", target, "rd_organisation", "--lang", "en").stdout
    assert f"level {level} of" in explained
    assert "Finance said: level 1; seen by Finance" in explained
    page = run("score", target, "--lang", "en")
    assert "On 1 of the answers those who were asked differed" in page.stdout
    assert "On 1 of the answers those" not in page.stderr
    assert "merged.toml: On 1 of the answers those" in run("score", target, "--json", "--lang", "en").stderr


def test_one_score_alone_has_no_spread(run: Run, tmp_path: Path) -> None:
    """Dashes stand there: “0.0” would say that all agree."""
    words = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
    (tmp_path / "first.toml").write_text(words, encoding="utf-8")
    (tmp_path / "second.toml").write_text(words.partition("[answers.")[0], encoding="utf-8")
    said = run("merge", "first.toml", "second.toml", "-o", "m.toml").stdout
    overall = next(line.split()[1:] for line in said.splitlines() if line.startswith("overall "))
    assert overall == ["70.1", "–", "–", "70.1"]


def test_what_a_correction_by_hand_moves_is_not_laid_to_the_answers(run: Run, tmp_path: Path) -> None:
    """Who weighs otherwise scores otherwise with the same answers: the figures are said to be those of the files."""
    words = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
    (tmp_path / "first.toml").write_text(words, encoding="utf-8")
    corrected = words + '\n[[override]]\nnode = "green"\nfactor = 4\nwhy = "so we see it"\n'
    (tmp_path / "second.toml").write_text(corrected, encoding="utf-8")
    said = run("merge", "first.toml", "second.toml", "-o", "m.toml").stdout
    head, overall = (next(line for line in said.splitlines() if line.startswith(word)) for word in ("score", "overall"))
    assert overall.split()[1:] == ["70.1", "68.8", "1.3", "70.1"]
    assert "Nothing is disputed." in said
    assert "of each file by one rubric" in head
    assert "answers" not in head


def test_where_one_rubric_is_stated_for_all_each_files_score_is_by_that_one(run: Run, tmp_path: Path) -> None:
    """`score` of the file, by the rubric that it names, says something else."""
    words = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
    (tmp_path / "first.toml").write_text(words, encoding="utf-8")
    (tmp_path / "second.toml").write_text(words.replace('id = "cluster_county"', 'id = "baseline"'), encoding="utf-8")
    said = run("merge", "first.toml", "second.toml", "-o", "m.toml", "--weights", "cluster_county").stdout
    assert "\noverall " in said.partition("score of each file by one rubric ")[2]
    assert re.search(r"^overall +70\.1 +70\.1 +0\.0 +70\.1$", said, re.MULTILINE)
    assert "Score 68.9" in run("score", "second.toml").stdout


def test_merge_says_whose_answers_count_twice(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """A merged file beside one that it is made of, or beside another merged one with the same person."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert "twice" not in run("merge", *respondents[:2], "-o", first).stderr
    said = "The answers of Industry are also in a file that is merged already, and count twice."
    assert said in run("merge", first, *respondents[1:], "-o", second).stderr
    assert run("merge", *respondents[1:], "-o", second, "--force").returncode == 0
    assert said in run("merge", first, second, "-o", tmp_path / "third.toml").stderr


def test_merge_says_that_one_respondent_answered_in_two_files(
    run: Run, respondents: list[Path], tmp_path: Path
) -> None:
    """A paper that is sent twice counts twice, and may decide what stands."""
    again = tmp_path / "again.toml"
    again.write_bytes(respondents[1].read_bytes())
    said = "each file counts as one respondent"
    assert said not in run("merge", *respondents, "-o", tmp_path / "merged.toml").stderr
    done = run("merge", *respondents, again, "-o", tmp_path / "both.toml", "--lang", "en")
    assert done.returncode == 0
    assert f"“Industry” is named as who answers in {respondents[1].name}, again.toml; {said}" in done.stderr
    for path in (respondents[1], again):  # as most files are: nobody said who answers
        edited(path, ('respondent = "Industry"', ""))
    done = run("merge", *respondents, again, "-o", tmp_path / "copies.toml", "--lang", "en")
    assert f"{respondents[1].name}, again.toml hold the same answers throughout; {said}" in done.stderr


def test_answers_copied_from_one_file_to_another_are_told_with_who_gave_them(
    run: Run, respondents: list[Path], tmp_path: Path
) -> None:
    """A file begun by one of them is copied for another: what a third one says stands against the copies."""
    given = 'value = 3\nnote = "seen by Industry"\nby = "Industry"\nat = 2026-10-01T09:00:00Z'
    edited(respondents[0], ('value = 1\nnote = "seen by Finance"', given))
    edited(respondents[1], ('value = 3\nnote = "seen by Industry"', given))
    edited(respondents[2], ('value = 3\nnote = "seen by Planning"', "value = 4\nat = 2026-10-02T09:00:00Z"))
    again = tmp_path / "again.toml"
    again.write_bytes(respondents[2].read_bytes())  # of one respondent, which is told already
    done = run("merge", *respondents, again, "-o", tmp_path / "merged.toml", "--lang", "en")
    said = "Answers that were given once and copied stand in finance.toml, industry.toml; each file counts"
    assert said in done.stderr
    assert [line.strip() for line in done.stdout.splitlines() if "points): " in line] == [
        "- level 3 (60.0 points): Finance (given by Industry), Industry; seen by Industry",
        "- level 4 (80.0 points): Planning [again], Planning [planning]",
    ]
    found = json.loads(run("merge", *respondents, "-o", tmp_path / "merged.toml", "--json").stdout)
    told = next(one["said"] for one in found["settled"] if one["id"] == "rd_organisation")
    assert [given["by"] for one in told for given in one["given"]] == ["Industry", "Industry", None]


def test_a_merged_file_among_others_is_said_to_count_once(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """It counts as one respondent, though its own ones differ; what they said stays."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert "Merged already" not in run("merge", *respondents[:2], "-o", first).stderr
    done = run("merge", first, respondents[2], "-o", second)
    assert "Merged already: first.toml. Each counts as one respondent" in done.stderr
    assert "level 1 (20.0 points): Finance, Industry (merged file);" in done.stdout  # Industry said level 3
    found = json.loads(run("merge", first, respondents[2], "-o", tmp_path / "third.toml", "--json").stdout)
    assert [one["merged"] for one in found["respondents"]] == [True, False]
    explained = run("explain", second, "rd_organisation", "--lang", "en").stdout
    for words in ("Finance said: level 1", "Industry said: level 3", "Planning said: level 3"):
        assert words in explained


def test_merge_without_names_names_nobody(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """Neither the file nor what is printed says who said what; of which year a figure is stays beside it."""
    target = tmp_path / "merged.toml"
    edited(respondents[0], ('note = "seen by Finance"', 'note = "seen by Finance"\nyear = 2024'))
    done = run("merge", *respondents, "-o", target, "--anonymous")
    assert (done.returncode, "; of 2024" in done.stdout) == (0, True)
    written = target.read_text(encoding="utf-8")
    for name in ("Finance", "Industry", "Planning"):
        notes = done.stdout.count(f"seen by {name}")
        assert done.stdout.count(name) == notes
        assert written.count(name) == written.count(f"seen by {name}")


def test_merge_writes_into_a_folder_under_the_subjects_name(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """`-o` names a folder too; the name is made of subject and year, and again may be replaced."""
    for _ in range(2):
        assert run("merge", *respondents, "-o", f"{tmp_path}/out/").returncode == 0
    assert [path.name for path in (tmp_path / "out").glob("*.toml")] == ["Anhe County-2025-merged.toml"]


def test_merge_overwrites_only_what_it_made(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """Its own untouched file yes; one that was changed since, also named without its ending, or an input: no."""
    target = tmp_path / "merged.toml"
    assert run("merge", *respondents, "-o", target).returncode == 0
    assert run("merge", *respondents, "-o", target, "--rule", "majority").returncode == 0
    assert run("merge", *respondents, "-o", target.with_suffix(""), "--force").returncode == 3
    edited(target, ("value = 3", "value = 2"))
    kept = target.read_bytes()
    for named, place in ((target, target), (respondents[0], respondents[0]), (target.with_suffix(""), target)):
        before = place.read_bytes()
        done = run("merge", *respondents, "-o", named)
        assert (done.returncode, place.read_bytes()) == (3, before)
        assert done.stderr.startswith(f"error: {place.name} ")
        assert ("With --force" in done.stderr) is (named == target)  # of the others it would not be true
    assert target.read_bytes() == kept
    assert run("merge", *respondents, "-o", target, "--force").returncode == 0


def test_merge_knows_its_own_file_where_most_want_no_measure(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """A merged file without a plan, since each ticked another measure, is not taken for one that somebody changed."""
    for path, measure in zip(
        respondents, ("innovation_vouchers", "st_budget_lock", "basic_research_fund"), strict=True
    ):
        with path.open("a", encoding="utf-8") as held:
            held.write(f'\n[plan]\nchosen = ["{measure}"]\n')
    assert run("merge", *respondents, "-o", tmp_path / "merged.toml").returncode == 0
    assert "[plan]" not in (tmp_path / "merged.toml").read_text("utf-8")
    done = run("merge", *respondents, "-o", tmp_path / "merged.toml")
    assert done.returncode == 0, done.stderr


def test_merge_tells_of_a_rubric_that_is_not_the_one_answered_to(
    run: Run, respondents: list[Path], tmp_path: Path
) -> None:
    """The weights moved since one of them answered: said of that file alone, as `score` says it."""
    stated = 'weights = { id = "ecological", version = "2027.1.0"'
    edited(respondents[1], (stated, f'{stated}, digest = "sha256:{"0" * 64}"'))
    done = run("merge", *respondents, "-o", tmp_path / "merged.toml", "--lang", "en")
    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if "edition_differs" in line]
    assert len(told) == 1
    assert respondents[1].name in told[0]


def test_merge_keeps_what_a_person_noted_in_its_file(run: Run, respondents: list[Path], tmp_path: Path) -> None:
    """A comment says nothing to the program, and is somebody's work all the same."""
    target = tmp_path / "merged.toml"
    assert run("merge", *respondents, "-o", target).returncode == 0
    with target.open("a", encoding="utf-8") as file:
        file.write("# Meeting of 3 March: the mayor decided level 3\n")
    assert run("merge", *respondents, "-o", target).returncode == 0
    assert run("merge", *respondents, "-o", target, "--rule", "majority").returncode == 0
    assert "# Meeting of 3 March: the mayor decided level 3\n" in target.read_text(encoding="utf-8")


def test_a_name_whose_letters_or_blanks_are_made_in_two_ways_is_one(
    run: Run, respondents: list[Path], tmp_path: Path
) -> None:
    """Both look the same, so nobody could mend what `merge` or `compare` would say against them."""
    for path, name in zip(respondents, ("Anh\u00e9", "Anhe\u0301 ", "Anh\u00e9\u3000"), strict=True):
        edited(path, ("Anhe", name))
    assert run("merge", *respondents, "-o", tmp_path / "merged.toml").returncode == 0
    assert "different subjects" not in run("compare", *respondents[:2]).stdout


MERGE_FAULTS: list[tuple[Callable[[list[Path]], list[object]], int, str]] = [
    (lambda files: [files[0]], 2, "two answer files or more"),
    (lambda files: [files[0], files[0]], 2, "one and the same"),
    (lambda files: [*files, "--rule", "lead"], 2, "--lead NAME"),
    (lambda files: [*files, "--lead", "Finance"], 2, "--rule lead"),
    (lambda files: [*files, "--rule", "lead", "--lead", "Finanse"], 2, "“Finanse”; there are: Finance, Industry"),
    (
        lambda files: [files[0], edited(files[1], ("Anhe", "Benhe"))],
        1,
        "Anhe County [finance.toml], Benhe County [industry.toml]",
    ),
    (
        lambda files: [files[0], edited(files[1], ('"2025"', '"2024"'))],
        1,
        "years: 2025 [finance.toml], 2024 [industry.toml]",
    ),
    (lambda files: [files[0], edited(files[1], ("ecological", "baseline"))], 1, "baseline"),
    (lambda files: [files[0], SAMPLES / "firm_exporter.toml"], 1, "region [finance.toml], firm [firm_exporter.toml]"),
    (lambda files: [files[0], edited(files[1], ('"2027.1.0" }\nw', '"2025.1.0" }\nw'))], 1, "migrate"),
    (lambda files: [files[0], edited(files[1], ("value = 3", "value = 9"))], 1, "industry.toml:"),
    (lambda files: [files[0], "gone.toml"], 1, "gone.toml"),
    (lambda files: [*files, "-o", "merged.csv"], 2, "ends in .toml"),
]


@pytest.mark.parametrize(("choose", "status", "said"), MERGE_FAULTS)
def test_merge_refuses_in_a_sentence(
    run: Run,
    respondents: list[Path],
    tmp_path: Path,
    choose: Callable[[list[Path]], list[object]],
    status: int,
    said: str,
) -> None:
    """What cannot be merged is said, and nothing is written."""
    done = run("merge", "-o", tmp_path / "merged.toml", *choose(respondents), "--lang", "en")
    assert done.returncode == status
    assert said in done.stderr
    assert not (tmp_path / "merged.toml").exists()
