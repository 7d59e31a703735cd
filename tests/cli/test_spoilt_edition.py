"""Which file is read where the edition that it names is kept with a mistake: none, until that is mended."""

import csv
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.session.desk import Unsound, open_desk
from tests.session.conftest import OTHER_UNIT, PLAN, TYPED, next_edition_of, small_answers, write_content


def test_where_the_edition_of_a_file_is_kept_with_a_mistake_it_is_not_read_by_the_present_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An empty part, or a second copy of one, as sync services leave them: 2 % would be read as 2 ‰."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    small_answers(Path("a.toml"), words=TYPED)
    small_answers(Path("b.toml"), words=TYPED.replace("value = 2", "value = 2e6"))  # no answer by the present one
    there = ["--lang", "en", "--content", str(root)]
    kept = next_edition_of(root, *OTHER_UNIT) / "questionnaires" / "small.toml"
    (whole := kept.with_suffix("") / "00.toml").parent.mkdir()
    kept.rename(whole)
    assert main(["export", "a.toml", "--to", "csv", "-o", "t", *there]) == 0
    assert main(["import", "t/answers.csv", *there]) == 0
    collect = "cohort collect a.toml -o a.csv"
    faces = ("score a.toml", "check a.toml", "migrate a.toml", "compare a.toml a.toml", collect, "import t/answers.csv")
    for name, data in (("01.toml", b""), ("00-DESKTOP.toml", whole.read_bytes())):
        (spoilt := whole.with_name(name)).write_bytes(data)
        for face in faces:
            assert main([*face.split(), *there]) == 1, face
            told_there = "".join(capsys.readouterr())
            assert "small/0" in told_there, face
            assert not face.startswith(("score", "check")) or "Edition 1 is kept, but" in told_there
        with pytest.raises(Unsound) as told:
            open_desk(Library(roots([root])), Path("b.toml"))
        assert "b.toml" not in {Path(one.source).name for one in told.value.problems}
        spoilt.unlink()
    assert main(["score", "a.toml", *there]) == 0
    assert "scored by edition 1" in capsys.readouterr().err


ANOTHER_LEVEL = (
    ('version = "1"', 'version = "2"'),
    ('{ en = "A paper", zh = "有文件" },', '{ en = "A draft", zh = "有草案" }, { en = "A paper", zh = "有文件" },'),
    ("revision = 2\n\n[questions.review]", "revision = 3\n\n[questions.review]"),
)
"""What the next edition changes, where it puts in a level of a question: 2, “Done”, is 3 there."""


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_last_years_table_of_answers_is_not_read_by_the_edition_of_this_years_export(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Beside it lay the table of assessments of another export, with a file of the same name."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    there = ["--lang", "en", "--content", str(root)]
    for year in (2024, 2025):
        subject = f'[subject]\nname = "A"\nperiod = "{year}"\n'
        (place := Path(str(year))).mkdir()
        small_answers(place / "a.toml", version=str(year - 2023), words=subject + PLAN)
        monkeypatch.chdir(place)  # where the file of each year has the same name
        assert main(["export", "a.toml", "--to", "csv", "-o", "../t", *there]) == 0
        monkeypatch.chdir(tmp_path)
        if year == 2024:
            shutil.copy("t/answers.csv", "t/mine.csv")
            next_edition_of(root, *ANOTHER_LEVEL)
    assert main(["import", "t/mine.csv", "--questionnaire", "small", "--write", *there]) == 0
    plan = load(Path("t/A-2024.toml"))["answers"]["plan"]
    assert (plan["value"], plan["revision"]) == (2, 2)  # to be confirmed: it is 3 by now
    shutil.rmtree(root / "editions")
    Path("old.json").write_text(
        '{"format": "nqpf-answers/1", "questionnaire": {"id": "small", "version": "1"}, "weights": {"id": '
        '"baseline", "version": "1"}, "subject": {"name": "B", "period": "2024"}, "answers": {"plan": {"value": 2}}}',
        encoding="utf-8",
    )
    assert main(["import", "old.json", "--write", *there]) == 0
    (made,) = Path().glob("B*.toml")
    assert load(made)["answers"]["plan"]["revision"] == 2


def test_what_is_typed_into_a_table_of_an_earlier_edition_is_read_by_that_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Read by its words, and put at their place in the present one, to be confirmed."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    there = ["--lang", "en", "--content", str(root)]
    small_answers(Path("a.toml"), words='[subject]\nname = "A"\nperiod = "2024"\n[answers]\ntools.value = ["audit"]\n')
    next_edition_of(root, *ANOTHER_LEVEL)
    assert main(["export", "a.toml", "--to", "csv", "-o", "t", *there]) == 0
    with (table := Path("t/answers.csv")).open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    for row in rows:
        if row[heads.index("id")] == "plan":
            row[heads.index("value")] = "Done"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    assert main(["import", "t/answers.csv", "--write", *there]) == 0
    plan = load(Path("t/A-2024.toml"))["answers"]["plan"]
    assert (plan["value"], plan["revision"]) == (3, 2)
