"""The desk of an assessment, several files beside each other, what is remembered: without a terminal."""

import json
import os
import re
import shlex
import shutil
import stat
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import nqpf_assess as nq
from nqpf_assess.cli.main import run
from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.merging import Wish
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shipped
from nqpf_assess.files.store import AnswerFile
from nqpf_assess.model.answers import Answers, Reference, Subject
from nqpf_assess.model.problem import UserError
from nqpf_assess.session import nearby as session_nearby
from nqpf_assess.session.clock import clock
from nqpf_assess.session.comparing import year_before
from nqpf_assess.session.content import usable_answers
from nqpf_assess.session.desk import Unsound, Wanted, lay_out, new_desk, open_desk, typed_file
from nqpf_assess.session.merging import (
    NotMergeable,
    different_files,
    merge_read,
    refuse_unlike,
    respondent_names,
    told_of_counting,
)
from nqpf_assess.session.nearby import look_at, nearby
from nqpf_assess.session.pinyin import begins, initials, spelled
from nqpf_assess.session.planning import effect_of
from nqpf_assess.session.remembered import KEPT, Recent, Remembered, file_stamp, over_the_years, recall, remember
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.home.start import recent_row
from tests.session.conftest import OTHER_UNIT, edited, next_edition_of

# ---- desk


LEVEL_BETWEEN = ('{ en = "A paper"', '{ en = "Talk", zh = "口头要求" }, { en = "A paper"')
LEVEL_ABOVE = ('zh = "已落实" }', 'zh = "已落实" }, { en = "Reviewed", zh = "每年评估" }')
PER_MILLE = ('unit = "%"\nrange = [0, 15]', 'unit = "‰"\nrange = [0, 150]')


def test_a_new_file_is_on_disk_at_once_and_never_over_another(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "a.toml"
    new_desk(library, path, Wanted("small", mode="quick", language="zh")).close()
    assert 'mode = "quick"' in path.read_text(encoding="utf-8")
    with pytest.raises(UserError, match="already there"):
        new_desk(library, path, Wanted("small"))


def test_a_new_file_has_the_digest_of_what_is_read_from_it(tmp_path: Path, library: Library) -> None:
    with closing(new_desk(library, tmp_path / "a.toml", Wanted("small", subject=Subject(name="X", period="")))) as desk:
        read = usable_answers(library, tmp_path / "a.toml").answers
        assert digest(desk.session.answers) == digest(read)


@pytest.mark.parametrize(("there", "named"), [("a.toml", "a"), ("a.toml.txt", "a.toml")])
def test_no_second_file_is_begun_beside_one_that_is_named_without_its_ending(
    tmp_path: Path, library: Library, there: str, named: str
) -> None:
    """`assess county` began a file “county” beside county.toml: the answers of last week seemed to be gone."""
    (tmp_path / there).touch()
    with pytest.raises(UserError, match=rf"{there} is already there"):
        new_desk(library, tmp_path / named, Wanted("small"))
    assert run(["new", str(tmp_path / named), "--force"]) == 3
    assert not (tmp_path / named).exists()


def test_a_file_with_errors_is_refused_with_all_of_them(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "a.toml"
    new_desk(library, path, Wanted("small")).close()
    path.write_text(
        path.read_text(encoding="utf-8") + "\n[answers.plan]\nvalue = 9\n[answers.no]\nvalue = 1\n", encoding="utf-8"
    )
    with pytest.raises(Unsound) as refused:
        open_desk(library, path)
    assert len(refused.value.problems) == 2
    with AnswerFile(path):
        pass


def test_a_sound_file_of_another_kind_is_not_to_be_corrected(library: Library) -> None:
    with pytest.raises(Unsound) as refused:
        open_desk(library, shipped() / "weights" / "region" / "ecological.toml", read_only=True)
    assert refused.value.message["en"].endswith("ecological.toml is no answer file.")
    assert not refused.value.hint


def test_a_file_whose_rubric_lies_in_a_workspace_elsewhere_is_not_to_be_corrected(
    tmp_path: Path, library: Library
) -> None:
    """Under another rubric every figure would be another: the way on is to begin where the file's own one lies."""
    path = tmp_path / "a.toml"
    new_desk(library, path, Wanted("small")).close()
    path.write_text(path.read_text(encoding="utf-8").replace('id = "baseline"', 'id = "liuhe"'), encoding="utf-8")
    with pytest.raises(Unsound) as refused:
        open_desk(library, path)
    (missing,) = refused.value.problems
    assert not refused.value.hint
    assert missing.hint is not None
    told = in_app(missing.hint)
    assert told is not None
    for words in (missing.hint, told):
        assert "begin the program in that folder, or with --content DIR." in words["en"]
        assert "请在该文件夹中启动程序，或用 --content 指定该文件夹。" in words["zh"]


@pytest.mark.filterwarnings("ignore::nqpf_assess.NotAsWritten")
@pytest.mark.parametrize(
    ("changes", "opens"),
    [
        ((LEVEL_BETWEEN,), False),
        ((LEVEL_BETWEEN, ("revision = 2", "revision = 3")), False),
        ((LEVEL_ABOVE,), True),
        (OTHER_UNIT, False),
        ((*OTHER_UNIT[2:], PER_MILLE), False),
    ],
    ids=["level between", "and revised", "level above", "unit, revised", "unit"],
)
def test_what_is_answered_now_is_never_read_by_an_edition_in_which_it_says_something_else(
    changes: tuple[tuple[str, str], ...], opens: bool, tmp_path: Path, library: Library
) -> None:
    """“Talk”, given in a file that still names the edition before, was “A paper” when it was scored or taken over."""
    path, content = tmp_path / "a.toml", tmp_path / "content"
    new_desk(library, path, Wanted("small")).close()
    next_edition_of(content, *{('version = "1"', 'version = "2"'), *changes})
    renewed = Library(library.roots)
    if not opens:
        with pytest.raises(UserError, match="answered to edition 1 of “small”; the one at hand is 2") as refused:
            open_desk(renewed, path)
        assert refused.value.hint is not None
        assert "nqpf-assess migrate" in refused.value.hint["en"]
        assert open_desk(renewed, path, read_only=True).session.locked is not None
        assert run(["migrate", str(path), "--write", "--content", str(content)]) == 0
    with closing(open_desk(renewed, path)) as desk:
        desk.session.give("answers", "plan", 1)
        desk.session.give("answers", "share", Decimal(2), year=2025)
        desk.session.give("answers", "review", "none")
        desk.session.give("answers", "tools", frozenset(["audit"]))
        shown = desk.session.assessed.figures.total.value
    assert nq.score(nq.load(path, content=content)).overall.score == pytest.approx(shown)


@pytest.mark.parametrize(("version", "opens"), [("2", False), ("1.1", True)])
def test_what_answers_an_edition_that_is_not_at_hand_is_taken_over_where_its_first_number_says_so(
    version: str, *, opens: bool, tmp_path: Path, library: Library
) -> None:
    """Read where that edition is kept, the file is taken for answered to it throughout."""
    path, content = tmp_path / "a.toml", tmp_path / "content"
    new_desk(library, path, Wanted("small")).close()
    edited(content / "questionnaires" / "small.toml", ('version = "1"', f'version = "{version}"'))
    renewed = Library(library.roots)
    if not opens:
        with pytest.raises(UserError, match="answered to edition 1 of “small”; the one at hand is 2"):
            open_desk(renewed, path)
        assert run(["migrate", str(path), "--write", "--content", str(content)]) == 0
    open_desk(renewed, path).close()


def test_nobody_is_sent_to_take_back_what_answers_a_later_edition(tmp_path: Path, library: Library) -> None:
    """As a file of somebody whose program was renewed already."""
    path, content = tmp_path / "a.toml", tmp_path / "content" / "questionnaires" / "small.toml"
    edited(content, ('version = "1"', 'version = "2.0.0"'))
    new_desk(Library(library.roots), path, Wanted("small")).close()
    edited(content, ('version = "2.0.0"', 'version = "1.0.0"'))
    with pytest.raises(UserError) as refused:
        open_desk(Library(library.roots), path)
    assert "That one is older" in str(refused.value.hint)


def test_what_others_wrote_of_an_edition_that_would_misread_what_is_answered_is_not_gone_on_from(
    tmp_path: Path, library: Library
) -> None:
    """As where a copy of last year comes back from a stick while the file is open."""
    path, content = tmp_path / "a.toml", tmp_path / "content"
    new_desk(library, path, Wanted("small")).close()
    old = path.read_bytes()
    next_edition_of(content, ('version = "1"', 'version = "2"'), LEVEL_BETWEEN)
    assert run(["migrate", str(path), "--write", "--content", str(content)]) == 0
    with closing(open_desk(renewed := Library(library.roots), path)) as desk:
        path.write_bytes(old)
        with pytest.raises(UserError, match="or another edition of it"):
            desk.take_theirs(renewed)


def test_where_content_has_errors_it_is_named_and_not_the_file_to_be_begun(tmp_path: Path, library: Library) -> None:
    with pytest.raises(UserError) as refused:
        new_desk(library, tmp_path / "new.toml", Wanted(str(shipped() / "weights" / "region" / "ecological.toml")))
    assert "ecological.toml cannot be used until this is corrected" in refused.value.message["en"]
    assert refused.value.problems


def test_what_another_holds_is_opened_to_look_at(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "a.toml"
    first = new_desk(library, path, Wanted("small"))
    second = open_desk(library, path)
    assert second.keeper is None
    assert second.session.locked is not None
    second.session.give("answers", "plan", 1)
    assert second.session.answers.answers == {}
    first.close()


def test_another_rubric_may_be_asked_for_on_opening(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "a.toml"
    new_desk(library, path, Wanted("small")).close()
    desk = open_desk(library, path, weights="hills")
    assert [words["en"] for words in desk.told] == [
        "From here on this file is scored by “Hill country”, as --weights says; undo takes that back."
    ]
    assert desk.session.answers.weights.id == "hills"
    desk.session.give("answers", "plan", 1)
    assert desk.session.instrument.profile.id == "hills"
    desk.close()


def test_rubrics_to_choose_from_are_read_when_somebody_looks_and_leave_out_what_cannot_be_read(
    tmp_path: Path, library: Library
) -> None:
    path = tmp_path / "a.toml"
    new_desk(library, path, Wanted("small")).close()
    folder = library.roots[0].path / "weights" / "small"
    known = sorted(file.stem for file in folder.glob("*.toml"))
    assert "hills" in known
    anew = Library(library.roots)
    desk = open_desk(anew, path)
    assert "hills" not in {file.stem for file in anew._files}
    (folder / "gone.toml").symlink_to(folder / "gone.toml")
    (folder / "broken.toml").write_text("x = \n", encoding="utf-8")
    assert sorted(chain[-1].id for chain in desk.session.chains) == known
    assert {path.name for path in desk.session.left_out()} == {"gone.toml", "broken.toml"}
    desk.close()


def test_a_sample_is_laid_out_once_by_each_version(
    tmp_path: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an earlier version laid out answers another edition, which cannot be opened as it is."""
    sample = tmp_path / "sample.toml"
    sample.write_text("one", encoding="utf-8")
    copy = lay_out(sample)
    copy.write_text("changed", encoding="utf-8")
    assert lay_out(sample).read_text(encoding="utf-8") == "changed"
    assert copy.is_relative_to(own_data / "tour")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    monkeypatch.setattr("nqpf_assess.session.desk.__version__", "9.9.9")
    assert lay_out(sample).read_text(encoding="utf-8") == "one"
    assert copy.read_text(encoding="utf-8") == "changed"


def test_the_clock_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764063062")
    assert clock()().isoformat() == "2025-11-25T09:31:02+00:00"


# ---- several files


def test_a_file_is_one_file_by_whatever_name(tmp_path: Path) -> None:
    """Such as a.toml and A.toml, where the disk takes them for one."""
    one, same, other, none = (tmp_path / f"{name}.toml" for name in ("one", "same", "other", "none"))
    one.touch()
    other.touch()
    same.hardlink_to(one)
    assert different_files((one, same, other, none)) == (one, other, none)
    with pytest.raises(NotMergeable):
        different_files((one, same))


# ---- memory


def test_memory_comes_back_and_the_latest_stands_first(own_data: Path) -> None:
    memory = (
        Remembered(language="zh").with_recent(Recent("a")).with_recent(Recent("b", name="B")).with_recent(Recent("a"))
    )
    remember(memory)
    assert recall() == memory
    assert stat.S_IMODE((own_data / "app.json").stat().st_mode) == 0o600
    assert [seen.path for seen in recall().recent] == ["a", "b"]
    assert [seen.path for seen in memory.without("a").recent] == ["b"]
    remember(memory.with_recent(Recent("\udcd2.toml")))  # bytes of no encoding
    assert recall().recent[0].path == "\udcd2.toml"
    for number in range(50):
        memory = memory.with_recent(Recent(str(number)))
    assert len(memory.recent) == KEPT


def test_a_file_is_listed_once_by_whichever_path_it_was_opened(own_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "county.toml"
    file.touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path)
    ways = (file, tmp_path / "sub" / ".." / file.name, tmp_path / "mine" / file.name)
    memory = Remembered().with_recent(Recent(str(tmp_path / "sub" / file.name)))  # another one, which is not there
    for way in ways:
        memory = memory.with_recent(Recent(str(way)))
        assert [seen.path for seen in memory.recent] == [str(way), str(tmp_path / "sub" / file.name)]


def test_a_score_of_an_unknown_state_of_its_file_is_not_told(own_data: Path, tmp_path: Path) -> None:
    """Kept without its edition, it would pass beside this year's for a rise or a fall."""
    files = [tmp_path / f"{year}.toml" for year in (2024, 2025)]
    for file in files:
        file.touch()
    old = {"path": str(files[0]), "name": "Anhe", "period": "2024", "kind": "region", "score": "38.4"}
    own_data.mkdir(parents=True, exist_ok=True)
    (own_data / "app.json").write_text(json.dumps({"recent": [old]}))
    remember(recall().with_recent(Recent(str(files[1]), "Anhe", "2025", "region", "46.4", "99%", file_stamp(files[1]))))
    (years,) = over_the_years(recall().recent)
    assert [(seen.period, seen.score) for seen in years] == [("2024", ""), ("2025", "46.4")]
    told = "".join(part.text for part in recent_row(years[0], 1, Speech(), alone=True).parts)
    assert "score" not in told


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        "[" * 9000,
        '{"recent": [{"no": 1}]}',
        '{"recent": 5}',
        '{"language": 5, "new": "x"}',
        r'{"recent": [{"path": "a\u0000b"}, {"path": "a\ud800"}]}',
    ],
)
def test_a_damaged_memory_is_forgotten(kept: str, own_data: Path) -> None:
    own_data.mkdir()
    (own_data / "app.json").write_text(kept, encoding="utf-8")
    assert recall() == Remembered()


@pytest.mark.parametrize(
    "rest", [b"x = " + b"[" * 9000, '[subject]\nname = "安和'.encode(), "名 = 1".encode("gbk"), b"subject = 1"]
)
def test_an_answer_file_that_cannot_be_read_is_one_all_the_same(
    rest: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is shown among the files of a folder by its name, where it would be missed."""
    path = tmp_path / "anhe.toml"
    path.write_bytes(b'format = "nqpf-answers/1"\n' + rest)
    (found,) = nearby(tmp_path, [tmp_path / "gone.toml"])
    assert (found.legible, found.shown) == (False, "anhe")
    path.write_bytes(b'format = "nqpf-weights/1"\n')
    assert look_at(path) is None

    def shut(*_: object, **__: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(session_nearby, "read_regular", shut)
    shut_file = look_at(path)
    assert shut_file is not None
    assert not shut_file.legible
    assert look_at(tmp_path) is None


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_path_in_quotation_marks_is_read_without_them(tmp_path: Path, mark: str) -> None:
    """So it stands when a file is dropped on a terminal or copied as a path."""
    file = tmp_path / "Anhe County.toml"
    file.touch()
    assert typed_file(f"{mark}{file}{mark}") == file


@pytest.mark.skipif(os.name != "posix", reason="a backslash parts folders there")
@pytest.mark.parametrize("name", ["Anhe County (2).toml", "St. John's.toml", "a\\b.toml"])
def test_a_path_is_read_as_a_terminal_writes_it_for_a_shell(tmp_path: Path, name: str) -> None:
    """As that of a Mac does with what is dropped on it, and others where a name holds quotation marks itself."""
    file = tmp_path / name
    file.touch()
    ways = (str(file), shlex.quote(str(file)), re.sub(r"([^\w/.])", r"\\\1", str(file)))
    assert [typed_file(way) for way in ways] == [file] * 3
    assert typed_file(f"{file} more") is None


def test_a_file_is_known_by_whom_it_describes_wherever_that_stands(tmp_path: Path) -> None:
    """Somebody may write it behind the answers."""
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "firm", version = "1.0.0" }\n'
    (tmp_path / "a.toml").write_text(f'{head}[answers]\n[subject]\nname = "Firm"\n', encoding="utf-8")
    assert [one.name for one in nearby(tmp_path)] == ["Firm"]


def test_of_a_large_folder_no_file_is_passed_over(tmp_path: Path) -> None:
    """A bureau keeps hundreds in one: the last by name has its year before there too."""
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "firm", version = "1.0.0" }\n'
    for number in range(520):
        for year in (2024, 2025) if number == 519 else (2025,):
            words = f'{head}[subject]\nname = "Firm {number}"\nperiod = "{year}"\n'
            (tmp_path / f"{number:03}-{year}.toml").write_text(words, encoding="utf-8")
    os.utime(tmp_path / "300-2025.toml", (2**32, 2**32))
    found = nearby(tmp_path)
    assert (len(found), found[0].path.name) == (521, "300-2025.toml")  # what was worked on last stands first
    last = Answers.model_construct(
        questionnaire=Reference(id="firm", version="1.0.0"), subject=Subject(name="Firm 519", period="2025")
    )
    (found,) = year_before(last, tmp_path / "519-2025.toml", ())
    assert found.path.name == "519-2024.toml"


def test_the_year_before_is_an_earlier_year_however_it_is_written(tmp_path: Path) -> None:
    """“2025” of another respondent is not the year before “2025年”, and “as of 2024” is."""
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "firm", version = "1.0.0" }\n[subject]\nname = "A"\n'
    for name, period in (("other", "2025"), ("last", "截至2024年底"), ("before", "2023")):
        (tmp_path / f"{name}.toml").write_text(f'{head}period = "{period}"\n', encoding="utf-8")
    own = Answers.model_construct(
        questionnaire=Reference(id="firm", version="1.0.0"), subject=Subject(name="A", period="2025年")
    )
    (found,) = year_before(own, tmp_path / "own.toml", ())
    assert found.path.name == "last.toml"
    for name, period in (("half", "2024年下半年"), ("whole", "2024")):
        (tmp_path / f"{name}.toml").write_text(f'{head}period = "{period}"\n', encoding="utf-8")
    found = year_before(own, tmp_path / "own.toml", ())
    assert {one.path.name for one in found} == {"last.toml", "whole.toml"}  # two of one year, in other words
    (tmp_path / "unread.toml").write_text(f'{head}period = "2024年三季度（累计）"\n', encoding="utf-8")
    for name, when in (("unread", 4), ("half", 2), ("whole", 1), ("last", 1)):
        os.utime(tmp_path / f"{name}.toml", (when, when))
    assert {one.path.name for one in year_before(own, tmp_path / "own.toml", ())} == {"last.toml", "whole.toml"}
    for name in ("last", "whole"):
        (tmp_path / f"{name}.toml").unlink()
    (found,) = year_before(own, tmp_path / "own.toml", ())  # where no order is known, what was changed last
    assert found.path.name == "unread.toml"
    os.utime(tmp_path / "half.toml", (5, 5))
    (found,) = year_before(own, tmp_path / "own.toml", ())
    assert found.path.name == "half.toml"


def test_recent_ones_are_put_in_the_order_of_their_years(tmp_path: Path) -> None:
    seen = []
    for number, period in enumerate(("2025", "截至2024年底", "2025年", "2023")):
        path = tmp_path / f"{number}.toml"
        path.touch()
        seen.append(Recent(str(path), "A", period))
    (years,) = over_the_years(seen)
    assert [one.period for one in years] == ["2023", "截至2024年底", "2025"]
    assert not over_the_years([seen[0], seen[1]._replace(period="before the reform")])  # nothing tells which is first


def test_a_file_is_not_answered_by_another_questionnaire_than_it_names(tmp_path: Path) -> None:
    """Answers of a firm in a file for a place are what no command can read."""
    library, path = Library(roots()), tmp_path / "place.toml"
    new_desk(library, path, Wanted("region", stated=True)).close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="another questionnaire"):
        open_desk(library, path, questionnaire="firm")
    assert path.read_bytes() == before
    open_desk(library, path, questionnaire=str(shipped() / "questionnaires" / "region")).close()


def test_respondents_of_one_year_may_write_it_in_two_ways(tmp_path: Path) -> None:
    """They are merged, and not sent to compare as of different years."""
    library, files = Library(roots()), []
    for number, period in enumerate(("2025", "2025年", "截至2025年底", "2024", "2025H1")):
        words = (shipped() / "samples" / "renewal_city_2025.toml").read_text(encoding="utf-8")
        files.append(tmp_path / f"{number}.toml")
        files[-1].write_text(words.replace('period = "2025"', f'period = "{period}"'), encoding="utf-8")
    read = [usable_answers(library, file) for file in files]
    refuse_unlike(read[:3])
    for other in read[3:]:
        with pytest.raises(NotMergeable):
            refuse_unlike([read[0], other])


def test_who_is_called_by_his_file_counts_twice_as_others_do(tmp_path: Path) -> None:
    """Forms of bureaus often name nobody: their files beside the merged one are told of by their own names."""
    library, read = Library(roots()), []
    for name in ("stat", "tech"):
        words = (shipped() / "samples" / "renewal_city_2025.toml").read_text(encoding="utf-8")
        words = words.replace('value = "urbanised"', f'value = "urbanised", note = "{name}"')
        (tmp_path / f"{name}.toml").write_text(re.sub(r"(?m)^respondent = .*\n", "", words), encoding="utf-8")
        read.append(usable_answers(library, tmp_path / f"{name}.toml"))
    assert not told_of_counting(read)  # two who name nobody are not one
    namesakes = [Path("stat/anhe.toml"), Path("tech/anhe.toml")]
    called = respondent_names([replace(one, path=path) for one, path in zip(read, namesakes, strict=True)])
    assert called == [f"anhe [{path}]" for path in namesakes]
    both = read[0].sheet._replace(answers=merge_read(read, Wish()).answers)
    merged_file = replace(read[0], path=tmp_path / "both.toml", sheet=both)
    assert not any("count twice" in words["en"] for words in told_of_counting([merged_file]))
    twice = "The answers of tech are also in a file that is merged already"
    said = told_of_counting([replace(read[0], path=tmp_path / "both.toml", sheet=both), read[1]])
    assert any(twice in words["en"] for words in said)
    merged = merge_read(read, Wish()).answers
    assert merged.merged is not None
    names = merged.merged.model_copy(update={"respondents": ("stat, tech", "third")})
    again = merged.model_copy(update={"merged": names})
    said = told_of_counting([replace(read[0], sheet=both._replace(answers=again)), read[1]])
    assert any(twice in words["en"] for words in said)  # also of one that is in a merge of a merge


def test_a_name_is_one_however_its_letters_are_made(tmp_path: Path) -> None:
    """`é` may be one sign or two: files of both are of one place."""
    for number, name in enumerate(("Orl\u00e9ac", "Orle\u0301ac ")):
        words = f'format = "nqpf-answers/1"\n[subject]\nname = "{name}"\n[questionnaire]\nid = "small"\n'
        (tmp_path / f"{number}.toml").write_text(words, encoding="utf-8")
    assert [one.name for one in nearby(tmp_path)] == ["Orl\u00e9ac"] * 2


def test_initials_are_the_first_letters_of_common_characters() -> None:
    assert initials("排污权交易") == "pwqjy"
    assert initials("R&D经费（万元）") == "jf wy"
    assert initials("啊吧擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝") == "abcdefghjklmnopqrstwxyz"
    assert initials("鑫 plain 😀") == ""


def test_syllables_are_found_from_the_beginning_of_any_of_them() -> None:
    assert spelled("绿色女企业家 R&D经费") == "lvsenvqiyejia jingfei"
    assert begins("heb", "答卷合并")
    assert begins("juan", "答卷合并")
    assert not begins("uan", "答卷合并")
    assert not begins("juanhe", "答卷，合并")


def test_what_measures_bring_is_told_before_and_after_the_floors(tmp_path: Path) -> None:
    """A floor holds the sample at 59 points; all measures together lift what it guards and set the score free."""
    path = tmp_path / "capped.toml"
    shutil.copy(shipped() / "samples" / "innovation_hub_city.toml", path)
    desk = open_desk(Library(roots(())), path)
    session = desk.session
    effect = effect_of(session, tuple(session.instrument.questionnaire.countermeasures))
    nothing = effect_of(session, ())
    desk.close()
    assert effect.before is not None
    assert effect.before > 59
    assert effect.floored == (59.0, pytest.approx(effect.after))
    assert nothing.floored == (59.0, 59.0)
