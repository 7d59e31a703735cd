"""Which file is read where the edition that it names is kept with a mistake: none, until that is mended."""

from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.session.desk import Unsound, open_desk
from tests.session.conftest import OTHER_UNIT, TYPED, next_edition_of, small_answers, write_content


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
