"""compare, diff, migrate and the line over the years as processes: what they print, keep, refuse and write."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as main
from tests.cli.conftest import NEW, OLD, QUESTION, REGION, REPOSITORY, Run, edited

HAN = re.compile(r"[\u4e00-\u9fff]")
SAMPLES = REPOSITORY / "samples"


def test_a_correction_of_what_is_called_otherwise_now_comes_in_with_its_file(
    run: Run, next_edition: Path, tmp_path: Path
) -> None:
    """It comes in under the present id, and is not left behind as a slip of spelling."""
    correction = f'[[override]]\nnode = "{QUESTION}"\nfactor = 0\nwhy = "none here"\n'
    (tmp_path / "old.toml").write_text(f"{OLD.read_text(encoding='utf-8')}\n{correction}", encoding="utf-8")
    assert run("export", tmp_path / "old.toml", "--to", "json", "-o", "old.json").returncode == 0
    done = run("import", tmp_path / "old.json", "--write", "--content", next_edition)
    assert "override" not in done.stdout
    came = tomllib.loads(next(tmp_path.glob("北炉市*.toml")).read_text(encoding="utf-8"))
    assert [entry["node"] for entry in came["override"]] == ["ip_disputes"]


def test_what_comes_into_a_file_of_an_earlier_edition_is_of_that_edition(
    run: Run, next_edition: Path, tmp_path: Path
) -> None:
    """It says for all its answers of which edition they are: read by the next one, a figure would be converted twice.

    Where that takes it too, it has to be taken over first; where it does not, both are read by the file's own.
    """
    mine = Path(shutil.copy(OLD, tmp_path / "mine.toml"))
    assert run("export", NEW, "--to", "json", "-o", "new.json").returncode == 0
    into = ("import", "new.json", "--into", mine, "--on-conflict", "take", "--write", "--content", next_edition)
    done = run(*into)
    assert (done.returncode, "cannot be used" in done.stderr) == (0, False), done.stderr

    renamed = f'[questions.ip_disputes]\nprevious_ids = ["{QUESTION}"]'
    edited(next_edition / "questionnaires/region/10-innovation.toml", (renamed, f"[questions.{QUESTION}]"))
    shutil.copy(OLD, mine)
    done = run(*into)
    assert (done.returncode, "migrate FILE --write" in done.stderr) == (1, True)
    assert "→ mine.toml" in done.stdout, "which file it is"
    assert mine.read_bytes() == OLD.read_bytes()


# ── compare ──


@pytest.mark.parametrize("language", ["en", "zh"])
def test_compare_says_what_changed_and_why(run: Run, language: str) -> None:
    """A pipe gets sentences and tables in one language, no colour, nothing wider than stated."""
    done = run("compare", OLD, NEW, "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "+8.0" in done.stdout
    head = done.stdout.split("\n\n")[0].replace("北炉市（虚构）", "")
    assert bool(HAN.search(head)) == (language == "zh")
    assert ("achieved" if language == "en" else "实际") in done.stdout
    same = run("compare", NEW, NEW, "--lang", language).stdout
    assert ("! Both files describe 2025.\n" if language == "en" else "! 两份文件所填年份均为2025年。\n") in same


def test_scores_by_two_baselines_are_not_set_side_by_side_as_those_of_one(run: Run, tmp_path: Path) -> None:
    """Its rise would be laid to the answers, as that of a score that no local weights move."""
    folder = tmp_path / "weights" / "region"
    folder.mkdir(parents=True)
    for id, base, own, ours in (("baseline", "22", "house", "5"), ("industrial_renewal", "baseline", "ours", "house")):
        words = (REPOSITORY / "weights" / "region" / f"{id}.toml").read_text(encoding="utf-8")
        key = "innovation = " if id == "baseline" else 'based_on = "'
        words = words.replace(f'id = "{id}"', f'id = "{own}"', 1).replace(f"{key}{base}", f"{key}{ours}", 1)
        (folder / f"{own}.toml").write_text(words, encoding="utf-8")
    words = NEW.read_text(encoding="utf-8").replace('"industrial_renewal"', '"ours"', 1)
    (tmp_path / "ours.toml").write_text(words, encoding="utf-8")
    for new, said in (("ours.toml", "each on its own baseline 37.5 → 4"), (NEW, "; on the baseline 37.5 → 44.5")):
        assert said in run("compare", OLD, new).stdout


def test_files_of_one_name_are_compared_by_their_folders(run: Run, tmp_path: Path) -> None:
    """A head that names both alike would leave open which of them stands on the left."""
    (tmp_path / "before").mkdir()
    kept = shutil.copy(NEW, tmp_path / "before" / "here.toml")
    mine = shutil.copy(NEW, tmp_path / "here.toml")
    shown = run("compare", kept, mine).stdout
    assert f": before/here.toml compared with {tmp_path.name}/here.toml\n" in shown
    assert ": here.toml compared with here.toml\n" in run("compare", mine, mine).stdout


def test_compare_as_data_adds_up(run: Run) -> None:
    """In the data the parts of every node sum to its change, at full precision."""
    row = json.loads(run("compare", OLD, NEW, "--json").stdout)
    assert row["format"] == "nqpf-comparison/1"
    nodes = [row["overall"], row["uncapped"], *row["nodes"]]
    told = [node for node in nodes if node["change"] is not None]
    assert len(told) > 50
    for node in told:
        parts = [part for part in (*node["effects"].values(), node["unsplit"]) if part is not None]
        assert sum(parts) == pytest.approx(node["change"], abs=1e-9)
    assert row["planned"]["lifts"]


def test_compare_takes_editions_apart_where_both_are_at_hand(run: Run, next_edition: Path, tmp_path: Path) -> None:
    """The old file is read under its own edition, which the roots hold; the questionnaire's part is told."""
    new = tmp_path / "new.toml"
    shutil.copy(NEW, new)
    assert run("migrate", new, "--write", "--content", next_edition).returncode == 0
    edited(
        next_edition / "questionnaires" / "region" / "10-innovation.toml",
        ("[0.1, 0], [1, 30]", "[0.1, 0], [1, 20]"),
        ("[0.1, 0], [0.6, 30]", "[0.1, 0], [0.6, 20]"),
    )
    row = json.loads(run("compare", OLD, new, "--json", "--content", next_edition).stdout)
    head = run("compare", OLD, new, "--lang", "en", "--content", next_edition).stdout.partition("\npillar")[2]
    assert "questionnaire" in head.partition("\n")[0]  # no head of a column is broken in a word
    assert row["not_told"] == []
    assert [row[side]["questionnaire"]["used"]["version"] for side in ("old", "new")] == ["2027.1.0", "2028.0.0"]
    renamed = next(node for node in row["nodes"] if node["id"] == "ip_disputes")
    assert (renamed["was"], renamed["why"]) == (QUESTION, "")


def test_compare_never_takes_editions_for_the_same(run: Run, tmp_path: Path) -> None:
    """An edition that is nowhere at hand is said, and its part counts as not told."""
    old = tmp_path / "old.toml"
    shutil.copy(OLD, old)
    edited(old, ('id = "region", version = "2027.1.0"', 'id = "region", version = "2024.9.0"'))
    told = run("compare", old, NEW, "--lang", "en").stdout
    assert "2024.9.0; it is read here under 2027.1.0. What the change" in " ".join(told.split())
    assert json.loads(run("compare", old, NEW, "--json").stdout)["not_told"] == ["questionnaire"]


@pytest.mark.parametrize("asked", ["ecological", "industrial_renewal+0.4*cluster_county"])
def test_compare_by_a_rubric_that_was_asked_for_misses_no_edition(run: Run, asked: str) -> None:
    """The rubrics that the files name need not be at hand for it, and the part of the weights is known."""
    row = json.loads((done := run("compare", OLD, NEW, "--weights", asked, "--json")).stdout)
    assert (row["not_told"], row["overall"]["effects"]["weights"], done.stderr) == ([], 0, "")


def test_compare_refuses_what_cannot_be_compared(run: Run) -> None:
    """A place and a firm: one sentence; different places: compared, and said, also beside the data."""
    done = run("compare", OLD, SAMPLES / "firm_exporter.toml", "--lang", "en")
    assert done.returncode == 1
    assert "nothing to compare" in done.stderr
    other = run("compare", SAMPLES / "cluster_county.toml", NEW, "--json", "--lang", "zh")
    assert other.returncode == 0
    assert "评估对象不同" in other.stderr
    assert json.loads(other.stdout)


# ── diff ──


def test_diff_classes_every_change(run: Run, next_edition: Path) -> None:
    """Each change has one of four classes; the effect on a file is told; only `--fail-on` makes it fail."""
    new = next_edition / "questionnaires" / "region"
    done = run("diff", REGION, new, "--on", NEW, "--json")
    row = json.loads(done.stdout)
    assert done.returncode == 0
    classes = {(change["id"], change["key"]): change["class"] for change in row["changes"]}
    assert classes == {("ip_disputes", "id"): "convert", ("cluster_cultivation", "revision"): "confirm"}
    assert (row["wanted"], row["raised"], row["kept_its_word"]) == ("major", "major", True)
    (effect,) = row["effects"]
    assert effect["before"] == pytest.approx(effect["after"])
    assert (effect["answers"]["confirm"], effect["answers"]["invalid"]) == (1, 0)
    assert run("diff", REGION, new, "--fail-on", "convert").returncode == 1
    assert run("diff", REGION, new, "--fail-on", "loss").returncode == 0


@pytest.mark.parametrize(("language", "said"), [("en", "No difference"), ("zh", "没有差异")])
def test_diff_of_the_same(run: Run, language: str, said: str) -> None:
    """An edition differs from itself in nothing; so does a rubric, by id."""
    assert said in run("diff", "region", REGION, "--lang", language).stdout
    assert said in run("diff", "ecological", "ecological", "--questionnaire", "region", "--lang", language).stdout


def test_diff_of_answers_names_compare(run: Run) -> None:
    """Who takes two years for two editions is told the way on, not only that the file belongs elsewhere."""
    done = run("diff", SAMPLES / "renewal_city_2024.toml", SAMPLES / "renewal_city_2025.toml")
    assert done.returncode == 1
    assert "nqpf-assess compare OLD NEW" in done.stderr


def test_diff_reads_a_file_by_the_rubrics_kept_beside_the_old_edition(run: Run) -> None:
    """The present rubrics name parts that the old edition does not have: those of its own time weigh it instead."""
    old = REPOSITORY / "editions" / "2026.1.0" / "questionnaires" / "region"
    done = run("diff", old, REGION, "--on", REPOSITORY / "samples" / "cluster_county.toml", "--json")
    assert done.returncode == 0, done.stderr
    (effect,) = json.loads(done.stdout)["effects"]
    assert effect["before"] > 60
    assert effect["after"] > 60


def test_diff_of_rubrics(run: Run, tmp_path: Path) -> None:
    """A changed weight is to be confirmed and moves scores; the effect on a file is told."""
    folder = tmp_path / "weights"
    shutil.copytree(REPOSITORY / "weights" / "region", folder)
    new = edited(folder / "industrial_renewal.toml", ("factor = 1.", "factor = 1.1"))
    old = REPOSITORY / "weights" / "region" / "industrial_renewal.toml"
    row = json.loads(run("diff", old, new, "--on", NEW, "--json").stdout)
    assert row["kind"] == "weights"
    assert row["changes"]
    assert {change["class"] for change in row["changes"]} == {"confirm"}
    assert row["effects"][0]["before"] != row["effects"][0]["after"]


def test_diff_converts_the_figures_of_a_file_of_a_third_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also between two rubrics: 400,000 yuan are 40 of 10,000 yuan, whichever edition the file answers."""
    monkeypatch.chdir(tmp_path)
    asked = (
        'format = "nqpf-questionnaire/1"\nid = "one"\nversion = "{}"\nsubject = "region"\nlanguages = ["en"]\n'
        'title.en = "One"\n[pillars.p]\ntitle.en = "P"\n[dimensions.d]\npillar = "p"\ntitle.en = "D"\n[questions.q]\n'
        'dimension = "d"\nkind = "number"\ntext.en = "Spent?"\nunit = "{}"\nrange = [0, 1000000]\n'
        "scale = [[0, 0], [{}, 100]]\n"
    )
    rubric = 'format = "nqpf-weights/1"\nid = "{}"\nquestionnaire = "one"\nversion = "1.0.0"\nname.en = "Plain"\n'
    answered = (
        'format = "nqpf-answers/1"\nquestionnaire = {{ id = "one", version = "1.0.0" }}\n'
        'weights = {{ id = "base", version = "1.0.0" }}\n[answers.q]\nvalue = {}\n'
    )
    for name, words in (
        ("editions/1/questionnaires/one.toml", asked.format("1.0.0", "yuan", 1_000_000)),
        ("questionnaires/one.toml", asked.format("2.0.0", "10,000 yuan", 100)),
        ("three.toml", asked.format("3.0.0", "10,000 yuan", 100)),
        ("weights/one/base.toml", rubric.format("base")),
        ("weights/one/other.toml", rubric.format("other")),
        ("a.toml", answered.format(400_000)),
        ("b/a.toml", answered.format(600_000)),
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(words, encoding="utf-8")
    for pair in (("base", "other", "--questionnaire", "one"), ("questionnaires/one.toml", "three.toml")):
        assert main(["diff", *pair, "--on", "a.toml", "--on", "b/a.toml", "--json"]) == 0
        effects = json.loads(capsys.readouterr().out)["effects"]
        told = [(effect["name"], effect["before"], effect["after"]) for effect in effects]
        assert told == [("a.toml", 40, 40), ("b/a.toml", 60, 60)], pair  # the folder tells which is which


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["nowhere", "region"], 1, "nowhere"),
        (["region"], 2, "NEW"),
        ([str(REGION), str(REPOSITORY / "weights" / "region" / "baseline.toml")], 2, "rubric"),
        ([str(REGION), "broken"], 1, "broken"),
    ],
)
def test_diff_refuses_in_a_sentence(run: Run, tmp_path: Path, words: list[str], status: int, said: str) -> None:
    """What is no edition is named; mistakes of a questionnaire come with their place."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.toml").write_text('format = "nqpf-questionnaire/1"\nid = 3\n', encoding="utf-8")
    done = run("diff", *words, "--lang", "en")
    assert done.returncode == status
    assert said in done.stderr


# ── migrate ──


@pytest.mark.parametrize("language", ["en", "zh"])
def test_migrate_writes_only_when_asked(run: Run, next_edition: Path, tmp_path: Path, language: str) -> None:
    """The dry run tells every answer and writes nothing; `--write` keeps the old file; once more changes nothing."""
    path = tmp_path / "place.toml"
    shutil.copy(NEW, path)
    before = path.read_bytes()
    words = ["migrate", path, "--content", next_edition, "--lang", language]
    dry = run(*words)
    assert (dry.returncode, path.read_bytes()) == (0, before)
    assert "ip_disputes" in dry.stdout
    assert bool(HAN.search(dry.stderr)) == (language == "zh")
    done = run(*words, "--write")
    assert done.returncode == 0
    assert (tmp_path / "place.2027.1.0.toml").read_bytes() == before
    written = path.read_bytes()
    assert f"[answers.{QUESTION}]" not in written.decode()
    assert "[answers.ip_disputes]" in written.decode()
    assert run(*words, "--write").returncode == 0
    assert path.read_bytes() == written
    assert len(list(tmp_path.glob("place*.toml"))) == 2


@pytest.mark.parametrize("asked", ["border_gateway", "border_gateway+0.5*ecological"])
def test_other_shares_of_the_same_blend_are_taken(
    asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that names its blend without a digest does not keep its own shares against `--weights`."""
    files = [tmp_path / f"{name}.toml" for name in ("a", "b")]
    for file in files:
        words = (SAMPLES / "border_county_override.toml").read_text(encoding="utf-8")
        file.write_text(words.replace('respondent = "', f'respondent = "{file.stem} '), encoding="utf-8")
    merged = tmp_path / "m.toml"
    assert main(["merge", *map(str, files), "-o", str(merged), "--weights", asked]) == 0
    assert main(["migrate", str(files[0]), "--weights", asked, "--write", "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"it names {asked} and is scored by that" in said
    assert "only the edition that the file names changes" not in said
    for file in (merged, files[0]):
        stated = tomllib.loads(file.read_text(encoding="utf-8"))["weights"]
        assert (stated["id"], stated.get("with", {})) == ("border_gateway", {"ecological": 0.5} if "+" in asked else {})


def test_migrate_says_questions_and_answers_by_their_words(run: Run, tmp_path: Path) -> None:
    """A person knows neither ids nor codes of options: titles and labels stand first, an id in brackets behind."""
    path = tmp_path / "place.toml"
    path.write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2026.1.0" }\n'
        'weights = { id = "baseline", version = "2026.1.0" }\n[subject]\nname = "Anhe"\nperiod = "2025"\n'
        '[facts]\nrd_base = { value = "weak" }\n[answers.polluter_disclosure]\nvalue = "yes"\n',
        encoding="utf-8",
    )
    said = " ".join(run("migrate", path, "--lang", "en").stdout.split())
    assert "Yes, all" in said
    assert "Weak: below that" in said
    assert "• Which of these did local firms achieve in quality, standards and brands" in said
    assert "months? [quality_brands]" in said
    assert re.search(r"• and \d+ more", said)


def test_rows_of_two_editions_are_no_table(run: Run, tmp_path: Path) -> None:
    """A row says nothing of its edition: what the present one does not ask would count as not answered."""
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2026.1.0" }\n'
    (tmp_path / "old.toml").write_text(
        f'{head}weights = {{ id = "baseline", version = "2026.1.0" }}\n[answers.polluter_disclosure]\nvalue = "yes"\n',
        encoding="utf-8",
    )
    done = run("export", NEW, tmp_path / "old.toml", "--to", "csv", "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is read by edition 2026.1.0 of the questionnaire, the files before it by 2027.1.0" in done.stderr


def test_migrate_back_gives_the_same_answers(run: Run, next_edition: Path, tmp_path: Path) -> None:
    """Taken to the next edition and back, the file scores what it scored."""
    path = tmp_path / "place.toml"
    shutil.copy(NEW, path)
    before = json.loads(run("score", path, "--json").stdout)
    assert run("migrate", path, "--write", "--content", next_edition).returncode == 0
    refused = run("migrate", path, "--write", "--lang", "en")
    assert refused.returncode == 1
    assert "newer" in refused.stderr
    assert run("migrate", path, "--write", "--questionnaire", REGION, "--content", next_edition).returncode == 0
    assert json.loads(run("score", path, "--json").stdout)["overall"] == before["overall"]


def test_what_an_edition_does_to_a_score_is_told_of_the_questionnaire_alone(run: Run, tmp_path: Path) -> None:
    """Its own rubric, by which the score will be, is another matter; of two rubrics nothing need be said."""
    file = tmp_path / "a.toml"
    shutil.copy(SAMPLES / "ecological_county.toml", file)
    old = REPOSITORY / "editions" / "2026.1.0"
    pairs = [(old / part / "region", REPOSITORY / part / "region") for part in ("questionnaires", "weights")]
    pairs[1] = tuple(path / "baseline.toml" for path in pairs[1])
    told = [" ".join(run("diff", *pair, "--on", file, "--lang", "en").stdout.split()) for pair in pairs]
    assert ["Both by one rubric, so that the questionnaire alone moves the score" in one for one in told] == [
        True,
        False,
    ]
    assert "effect on" in told[1]


def test_back_from_an_edition_with_a_further_pillar_nothing_is_said_of_its_rubric(run: Run, tmp_path: Path) -> None:
    """The rubric of the edition gone back to is the one that counts, not the sound one that lies beside the present."""
    here = tmp_path / "here"
    for kind in ("questionnaires", "weights"):
        shutil.copytree(REPOSITORY / kind / "region", here / kind / "region")
        shutil.copytree(here / kind / "region", here / "editions" / "2027.1.0" / kind / "region")
    (here / "questionnaires" / "region" / "90-trade.toml").write_text(
        """format = "nqpf-questionnaire/1"
[pillars.border_trade]
title = { en = "Border trade", zh = "边境贸易" }
[dimensions.port]
title = { en = "Port economy", zh = "口岸经济" }
pillar = "border_trade"
[questions.processed]
text = { en = "What share of the goods is processed here?", zh = "货物在本地加工的比重是多少？" }
dimension = "port"
kind = "number"
range = [0, 100]
scale = [[0, 0], [40, 100]]
""",
        encoding="utf-8",
    )
    for path in (here / "questionnaires" / "region" / "00-head.toml", here / "weights" / "region" / "baseline.toml"):
        words = path.read_text(encoding="utf-8").replace('version = "2027.1.0"', 'version = "2028.1.0"')
        path.write_text(words.replace("[weights]\n", "[weights]\nborder_trade = 10\n"), encoding="utf-8")
    shutil.copy(NEW, here / "a.toml")
    assert run("migrate", here / "a.toml", "--write", "--content", here).returncode == 0
    back = ("--questionnaire", here / "editions" / "2027.1.0" / "questionnaires" / "region")
    done = run("migrate", here / "a.toml", "--write", *back, "--content", here)
    assert (done.returncode, "error" in done.stderr) == (0, False)


def test_migrate_as_data_accounts_for_every_answer(run: Run, next_edition: Path) -> None:
    """Every entry of the file has one row; the counts add up."""
    row = json.loads(run("migrate", NEW, "--json", "--content", next_edition).stdout)
    written = re.findall(r"^\[answers\.(\w+)\]|^(\w+) = \{ value|^\[facts\.(\w+)\]", NEW.read_text("utf-8"), re.M)
    ids = {next(filter(None, found)) for found in written}
    assert ids <= {entry["was"] for entry in row["rows"]}
    assert sum(row["counts"].values()) == len(row["rows"])
    assert row["known_before"] is True


HOSTILE = {
    "empty.toml": b"",
    "binary.toml": bytes(range(256)),
    "other.toml": b'format = "nqpf-weights/1"\n',
    "syntax.toml": b'format = "nqpf-answers/1"\nquestionnaire = {',
    "nobody.toml": b'format = "nqpf-answers/1"\nquestionnaire = { id = "none", version = "1" }\n'
    b'weights = { id = "x", version = "1" }\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_meet_sentences(run: Run, tmp_path: Path, name: str) -> None:
    """No command meets a broken file with a traceback; each says where. Two commands for each file."""
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    place = list(HOSTILE).index(name)
    calls = (["compare", path, NEW], ["compare", OLD, path], ["migrate", path], ["merge", path, NEW, "-o", "m.toml"])
    for words in (calls[place % 4], calls[(place + 1) % 4]):
        done = run(*words, "--lang", "en")
        assert done.returncode == 1, words
        assert name in done.stderr
        assert "Traceback" not in done.stderr
        assert "inside the program" not in done.stderr
    assert path.read_bytes() == HOSTILE[name]


@pytest.mark.parametrize("command", ["compare", "migrate", "merge"])
def test_another_questionnaire_is_no_edition(run: Run, tmp_path: Path, command: str) -> None:
    """A place's answers are not carried over to the firm's questionnaire, whatever is asked for: one sentence."""
    files = [OLD, NEW] if command != "migrate" else [OLD]
    more = ["-o", tmp_path / "m.toml"] if command == "merge" else []
    done = run(command, *files, *more, "--questionnaire", "firm", "--weights", "baseline", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert "“firm” is another questionnaire" in done.stderr
    assert len(done.stderr.strip().splitlines()) == len(files)  # each file is named


# ── over the years ──


@pytest.mark.parametrize("language", ["en", "zh"])
def test_several_years_make_a_line(run: Run, language: str) -> None:
    """Behind the single scores stands the line over the years, in their order whatever the order of the files."""
    told = run("score", NEW, OLD, "--lang", language).stdout
    line = told[told.index("over the years" if language == "en" else "历年变化") :]
    assert re.search(r"2024\s+2025", line)
    assert re.search(r"38\.4\s+46\.4", line)
    assert "+8.0" in line


def test_respondents_of_one_year_make_no_line(run: Run, respondents: list[Path]) -> None:
    """Files of one year are no line over the years."""
    assert "over the years" not in run("score", *respondents, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("24年四季度", "25年一季度", "which comes first is not known"),
        ("2024年夏", "2024年秋", "which comes first is not known"),
        ("2024", "2024年1-12月", None),
        ("2024年半年报", "2024年年报", "+8.0"),
        ("2024上半年", "2024三季度", "+8.0"),
    ],
)
def test_a_rise_is_told_where_it_is_known_which_time_comes_first(
    run: Run, tmp_path: Path, before: str, after: str, said: str | None
) -> None:
    """A year in two digits put the later file first, and its rise was told as a fall."""
    for name, source, period in (("b.toml", OLD, before), ("a.toml", NEW, after)):
        words = Path(source).read_text(encoding="utf-8")
        (tmp_path / name).write_text(re.sub(r'(?m)^period = ".*"', f'period = "{period}"', words), encoding="utf-8")
    done = run("score", "a.toml", "b.toml", "--lang", "en")
    told = done.stdout + done.stderr
    assert ("over the years" in told) == (said is not None)
    assert "−8.0" not in told
    assert said is None or said in told
    merged = run("merge", "a.toml", "b.toml", "-o", "m.toml", "--lang", "en")
    assert (merged.returncode == 0) == (said is None)


# ── report ──


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_tells_what_changed(run: Run, language: str) -> None:
    """`report NEW --compare OLD` says it in words, with the follow-up sheet."""
    told = run("report", NEW, "--compare", OLD, "--to", "text", "--lang", language, "--date", "2026-03-02").stdout
    rise, gap = ("from 38.4 to 46.4", " ") if language == "en" else ("由38.4分升至46.4分", "")
    told = gap.join(told.split())
    assert rise in told
    assert ("4 done" if language == "en" else "已完成4项") in told


def test_open_proves_the_comparison_too(run: Run) -> None:
    """The report carries both years, and is drawn again from what it carries, byte by byte."""
    made = run("report", NEW, "--compare", OLD, "-o", "a.pdf", "--lang", "en")
    assert made.returncode == 0
    proved = run("open", "a.pdf", "--json")
    assert (proved.returncode, json.loads(proved.stdout)["redrawn"]) == (0, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([NEW, "--compare", "gone.toml"], 1, "gone.toml"),
        ([NEW, "--compare", SAMPLES / "firm_exporter.toml"], 1, "nothing to compare"),
        ([NEW, OLD, "--compare", OLD], 2, "one file"),
    ],
)
def test_the_report_refuses_what_cannot_be_compared(
    run: Run, tmp_path: Path, words: list[object], status: int, said: str
) -> None:
    """One sentence, and no report."""
    done = run("report", *words, "-o", "a.pdf", "--lang", "en")
    assert (done.returncode, said in done.stderr) == (status, True)
    assert not (tmp_path / "a.pdf").exists()


def test_two_names_of_one_file_are_one_respondent(run: Run, tmp_path: Path) -> None:
    """As a.toml and A.toml are where a disk keeps no capitals apart, and everywhere a file with two names."""
    (tmp_path / "a.toml").write_bytes(next((REPOSITORY / "samples").glob("*.toml")).read_bytes())
    (tmp_path / "b.toml").hardlink_to(tmp_path / "a.toml")
    done = run("merge", "a.toml", "b.toml", "-o", "m.toml")
    assert (done.returncode, "one and the same" in done.stderr) == (2, True)
