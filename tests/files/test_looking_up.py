"""What `check` looks at: files, folders, workspaces; and where it looks for what they name."""

import os
import pickle
import shutil
import stat
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from nqpf_assess.files import editions
from nqpf_assess.files import library as library_module
from nqpf_assess.files.checking import check
from nqpf_assess.files.found import Named, Rubric
from nqpf_assess.files.intake import read_file
from nqpf_assess.files.library import Library
from nqpf_assess.files.linting import Loaded
from nqpf_assess.files.naming import file_name
from nqpf_assess.files.places import Root, must_be_there, toml_files
from nqpf_assess.files.rules.naming import called
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.weights import Weights
from nqpf_assess.session.content import books, find_rubric
from tests.files.contract import ANSWERS, FILES, A, B, Q, V


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound workspace, in the current folder."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str, root: Path | None = None, **chosen: str) -> list[str]:
    library = Library((Root("workspace", root or Path()),))
    return [f"{p.source}: {p.code}" for p in check(library, [Path(path) for path in paths], **chosen)]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_rubrics_are_listed_baselines_first_then_as_each_says() -> None:
    stated: dict[str, dict[str, object]] = {
        "b": {}, "z": {"based_on": "b", "order": 1}, "y": {"based_on": "b", "order": 2}, "a": {"based_on": "b"},
    }  # fmt: skip
    files = [Weights.model_construct(id=id, **keys) for id, keys in stated.items()]
    rubrics = [Rubric(Path("unread"), (), ()), *(Rubric(Path(file.id), (file,), ()) for file in reversed(files))]
    assert [str(rubric.path) for rubric in sorted(rubrics, key=Rubric.order)] == ["b", "z", "y", "a", "unread"]


def test_a_workspace_is_looked_at_whole(workspace: Path) -> None:
    """Its folders with the folders inside, and answers wherever they lie; other TOML files are none of ours."""
    (workspace / "maps").mkdir()
    (workspace / "maps/sheet.toml").write_text('format = "nqpf-map/1"\nquestionnaire = "small"\nodd = 1\n')
    (workspace / "maps/roads.toml").write_text("scale = 1\n")
    for name in (
        "samples/2025/deep.toml",
        "mine.toml",
        "answers/anhe/samples/a.toml",
        "build/a.toml",
        ".old/a.toml",
        "tools/a.toml",
        "Lost+Found/a.toml",
    ):
        (workspace / name).parent.mkdir(exist_ok=True, parents=True)
        (workspace / name).write_text(ANSWERS.replace("value = 1", "value = 9"))
    shutil.copytree(workspace / "answers/anhe", workspace / "last year" / "samples")  # of a workspace of its own
    (workspace / "last year" / "weights").mkdir()
    (workspace / "linked").symlink_to(workspace / "answers")
    (workspace / "answers" / "roads.toml").write_text("scale = x\n")
    (workspace / "pyproject.toml").write_text("[project]\nname = 1\n")
    (workspace / ".hidden.toml").write_text(ANSWERS.replace("value = 1", "value = 9"))
    spoil(workspace / V, "factor = 1.5", "factor = -1")
    expected = [
        "answers/anhe/samples/a.toml: bad_value",
        *found("maps/sheet.toml"),
        "mine.toml: bad_value",
        "samples/2025/deep.toml: bad_value",
        f"{V}: out_of_bounds",
    ]
    assert "maps/sheet.toml: unknown_key" in expected
    assert found(".") == expected
    assert found("questionnaires", "weights", "samples", "maps/sheet.toml", "mine.toml", "answers/anhe") == expected


def test_a_folder_of_questionnaires_holds_several(workspace: Path) -> None:
    """A file is one, a folder is one; they are not united. That a copy kept its id is said."""
    shutil.copytree(workspace / "questionnaires", workspace / "questionnaires" / "again")
    assert found("questionnaires") == ["questionnaires/again/small.toml: place_differs"]


def test_a_folder_of_rubrics_or_answers_is_looked_at_file_by_file(workspace: Path) -> None:
    """In any folder, whatever it is called."""
    shutil.move(workspace / "samples", workspace / "answers")
    shutil.copy(workspace / B, workspace / "answers" / "baseline.toml")
    spoil(workspace / "answers/a.toml", "value = 1", "value = 9")
    spoil(workspace / "answers/baseline.toml", "research = 60", "research = -60")
    assert found("answers") == ["answers/a.toml: bad_value", "answers/baseline.toml: out_of_bounds"]


def test_an_id_in_a_file_is_never_taken_for_a_path(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that happens to be called like the questionnaire, where one works, is not taken for it."""
    monkeypatch.chdir(workspace / "weights")
    (workspace / "weights/valley").write_text("no rubric")
    assert (workspace / "weights/small").is_dir()
    assert found("small/valley.toml", "../samples/a.toml", root=workspace) == []


def test_a_folder_of_answers_is_no_questionnaire_by_whose_name_it_is_called(workspace: Path) -> None:
    """A folder `region` with the answers of all counties is passed over, and not refused for its format."""
    shutil.move(workspace / "samples", workspace / "small")
    assert found("small/a.toml", questionnaire="small") == []
    (workspace / "small" / "part.toml").write_text("[pillars.a]\n")  # may be meant as a part of one
    assert found("small/a.toml", questionnaire="small") != []


def test_a_value_on_the_command_line_may_be_a_path(workspace: Path) -> None:
    """Of a questionnaire or rubric anywhere."""
    (workspace / "elsewhere").mkdir()
    for name in (Q, B):
        shutil.move(workspace / name, workspace / "elsewhere" / Path(name).name)
    paths = {"questionnaire": "elsewhere/small.toml", "weights": "elsewhere/baseline.toml"}
    assert found("samples/a.toml") == ["samples/a.toml: questionnaire_missing"]
    assert found("samples/a.toml", **paths) == []


@pytest.mark.parametrize(("file", "named"), [("next.toml", "next.toml"), ("next/a.toml", "next"), ("next/a.toml", ".")])
def test_another_edition_may_lie_in_the_current_folder(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, file: str, named: str
) -> None:
    """Where the rubric that the answers name does not fit it, that is told, and `score` ends in no fault."""
    (workspace / "next").mkdir()
    shutil.copy(workspace / Q, workspace / file)
    spoil(workspace / file, "[dimensions.research]", "[dimensions.inquiry]")
    (workspace / file).write_text(
        (workspace / file).read_text().replace('dimension = "research"', 'dimension = "inquiry"')
    )
    monkeypatch.chdir(workspace / "next" if named == "." else workspace)
    said = found(str(workspace / "samples/a.toml"), root=workspace, questionnaire=named)
    assert {line.partition(": ")[2] for line in said} >= {"unknown_reference"}


def test_what_keeps_a_file_from_being_used_is_told_with_it(workspace: Path) -> None:
    """Mistakes of the questionnaire and the base are told of a profile and of answers, each once."""
    spoil(workspace / B, "research = 60", "research = -60")
    assert found(V) == [f"{B}: out_of_bounds"]
    assert found("samples/a.toml") == [f"{B}: out_of_bounds"]
    spoil(workspace / Q, "effort = 2", "effort = 9")
    expected = [f"{Q}: out_of_bounds", f"{B}: out_of_bounds"]
    assert found(V) == found("samples/a.toml") == found(".") == expected


def test_answers_are_checked_though_their_questionnaire_has_mistakes(workspace: Path) -> None:
    """As far as that goes: not against a question that is itself at fault."""
    spoil(workspace / "samples/a.toml", "value = 1\n", "value = 9\n")
    spoil(workspace / "samples/a.toml", '"2.31"', '"99"')
    spoil(workspace / Q, "range = [0, 15]", "range = [15, 0]")
    assert found("samples/a.toml") == [f"{Q}: range_disorder", "samples/a.toml: bad_value"]


def test_every_path_given_is_looked_at(workspace: Path) -> None:
    """Twice the same is told once; one that is not there is a problem of its own."""
    spoil(workspace / B, "research = 60", "research = -60")
    assert found(B, B, "weights") == [f"{B}: out_of_bounds"]
    assert found("nowhere.toml", B) == ["nowhere.toml: missing_file", f"{B}: out_of_bounds"]


def test_each_rubric_of_a_long_chain_is_looked_up_and_checked_once(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not all before it once more at each: 400, each based on the one before, would take minutes."""
    profile, length = (workspace / V).read_text(encoding="utf-8"), 40
    for number in range(length):
        base = "valley" if number == 0 else f"v{number - 1}"
        words = profile.replace('id = "valley"', f'id = "v{number}"').replace('"baseline"', f'"{base}"')
        (workspace / V).with_name(f"v{number}.toml").write_text(words, encoding="utf-8")
    library = Library((Root("workspace", workspace),))
    book = library.questionnaire("small")
    assert book is not None
    asked, real = list[Any](), os.path.realpath

    def counted(path: Any, **how: Any) -> Any:
        asked.append(path)
        return real(path, **how)

    monkeypatch.setattr(os.path, "realpath", counted)  # which Path.resolve asks too
    rubric = library.open_weights((workspace / V).with_name(f"v{length - 1}.toml"), book)
    assert len(rubric.chain) == length + 2
    assert len(asked) < 5 * length
    checked, lint = list[str](), library_module.lint_weights

    def noted(loaded: Loaded[Weights], subject: WeightsSubject) -> tuple[Problem, ...]:
        checked.append(subject.value.id)
        return lint(loaded, subject)

    monkeypatch.setattr(library_module, "lint_weights", noted)
    monkeypatch.setenv("NQPF_ASSESS_CACHE", "")
    anew = Library((Root("workspace", workspace),))
    book = anew.questionnaire("small")
    assert book is not None
    assert len(anew.profiles(book)) == len(checked) == len({*checked})


def test_a_base_is_checked_anew_after_a_profile_with_mistakes(workspace: Path) -> None:
    """Under a faulty profile less can be said of what it stands on than of the same file by itself."""
    hanging = '\n[floors.more]\nnode = "research"\nbelow = 40\ncap = 59\nwhy = { en = "So.", zh = "是。" }\n'
    (workspace / B).write_text((workspace / B).read_text(encoding="utf-8") + hanging, encoding="utf-8")
    spoil(workspace / V, "factor = ", "factor = -")
    library = Library((Root("workspace", workspace),))
    book = library.questionnaire("small")
    assert book is not None
    told = [[one.code for one in library.open_weights(workspace / name, book).problems] for name in (V, B)]
    assert told == [["out_of_bounds"], ["floor_hangs_on_one"]]


def test_another_process_looks_where_this_one_does(workspace: Path) -> None:
    """In the same folders, and at what the command line names; what is missing there is as grave as here."""
    (workspace / "elsewhere.toml").write_text((workspace / Q).read_text(encoding="utf-8"), encoding="utf-8")
    named = Named({"mine": workspace / "elsewhere.toml"})
    library = Library((Root("workspace", workspace),), tolerant=True, named=(named,))
    assert library.questionnaire("small") is not None
    there = pickle.loads(pickle.dumps(library))
    assert (there.roots, there.tolerant, there.named) == (library.roots, True, (named,))
    assert there.questionnaire("mine").value == library.questionnaire("small").value  # type: ignore[union-attr]


def test_a_file_opened_under_another_edition_is_not_read_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved anew meanwhile, its new answers would be set under the rubric that its old state names."""
    shutil.copytree("weights", "editions/old/weights")
    spoil(workspace / B, 'version = "1.0.0"', 'version = "2.0.0"')
    path = workspace / A
    find = Library.edition

    def saved_meanwhile(*given: Any) -> Any:
        spoil(path, "value = 1", "value = 2")
        return find(*given)

    monkeypatch.setattr(Library, "edition", saved_meanwhile)
    read = editions.open_own_edition(Library((Root("workspace", Path()),)), path)
    assert (read.instrument.chain[0].version, read.answers.answers["plan"].value) == ("1.0.0", 1)


@pytest.mark.parametrize(
    ("there", "named", "said"),
    [
        ("厂.toml.txt", "厂.toml", "There is 厂.toml.txt"),
        ("my firm 2025.toml", "2025.toml", "There is “my firm 2025.toml”"),
        ("my firm 2025.toml", "firm", "straight quotation marks"),
        ("county.toml", "county", "with its ending"),
        ("临河县 2025.toml", "临河县2025.toml", "Did you mean “临河县 2025.toml”?"),
        ("临河县 2025.toml", "临河县2025.xlsx", None),
        ("a.toml", "x.toml", None),
        ("a.toml", "\0/a.toml", None),
        ("my firm 2025.toml", "fir", None),
    ],
)
def test_a_file_that_is_called_nearly_so_is_named(there: str, named: str, said: str | None, tmp_path: Path) -> None:
    """The shell parts a name at its blanks, and Windows shows none of its endings."""
    (tmp_path / there).touch()
    with pytest.raises(UserError) as fault:
        must_be_there(tmp_path / named)
    hint = fault.value.hint
    assert not hint if said is None else said in tell(hint or {}, "en")
    with pytest.raises(UserError) as fault:
        read_file(tmp_path / named)
    assert fault.value.hint == hint
    if said is not None and named.endswith(".toml"):
        (problem,) = check(Library(()), [tmp_path / named])
        assert problem.hint == hint


def test_a_link_that_leads_nowhere_is_not_named_in_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "county.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(UserError) as fault:
        must_be_there(tmp_path / "county.toml")
    assert not fault.value.hint


def test_a_title_that_two_bear_names_neither() -> None:
    titles = [("a", {"en": "One road", "zh": "路"}), ("b", {"en": "one road"}), ("c", {"en": "Two", "zh": "二"})]
    assert [called(title, titles) for title in ("One road", "路", " two ", "three")] == ["", "a", "c", ""]


def test_a_rubric_whose_file_is_called_otherwise_is_found_by_its_id(workspace: Path) -> None:
    """It is listed by its id, so that answers saved with that id can be opened."""
    (workspace / V).rename(workspace / "weights/small/draft.toml")
    library = Library((Root("workspace", workspace),))
    book = library.questionnaire("small", stated=True)
    assert book is not None
    assert [rubric.chain[-1].id for rubric in library.profiles(book)] == ["baseline", "valley"]
    assert not any(errors(rubric.problems) for rubric in library.profiles(book))
    assert library.open_answers(workspace / A).sound


def test_a_copy_that_kept_its_id_does_not_stand_for_the_other(workspace: Path) -> None:
    """What names the id, rows and answers alike, is scored by the file of that name; the copy has an error."""
    copy = workspace / "weights/small/a_draft.toml"
    shutil.copy(workspace / V, copy)
    library = Library((Root("workspace", workspace),))
    book = library.questionnaire("small", stated=True)
    assert book is not None
    wrong = {rubric.path.stem: [p.code for p in errors(rubric.problems)] for rubric in library.profiles(book)}
    assert wrong == {"baseline": [], "valley": [], "a_draft": ["id_differs"]}
    assert not errors(library.open_weights(copy, book).problems)
    # A new assessment by it would name the id, and be scored by the other.
    assert [p.code for p in errors(library.rubric("a_draft", book).problems)] == ["id_differs"]


def test_another_rubric_or_blend_is_no_other_edition(workspace: Path) -> None:
    """A blend is not called the same rubric with other content for its first profile's sake."""
    shutil.copy(workspace / V, workspace / "weights/small/hills.toml")
    spoil(workspace / "weights/small/hills.toml", '"valley"', '"hills"')
    digest = f'digest = "sha256:{"0" * 64}"'
    spoil(workspace / A, 'id = "valley", version = "1.0.0"', f'id = "valley", version = "1.0.0", {digest}')
    library = Library((Root("workspace", workspace),))
    told = ["edition_differs"]
    assert [p.code for p in library.open_answers(workspace / A).edition_notices] == told
    for weights in ("baseline", "valley+0.4*hills"):
        sheet = library.open_answers(workspace / A, weights=weights)
        assert sheet.sound
        assert not [p.code for p in sheet.problems if p.code in told]
    spoil(workspace / A, digest, f"{digest}, with = {{ hills = 0.4 }}")
    assert [p.code for p in library.open_answers(workspace / A).edition_notices] == told
    assert library.open_answers(workspace / A, weights="valley").edition_notices == ()
    # Profiles that rest on two baselines of one id make no blend: it would be scored by both.
    other = workspace / "other/weights/small"
    other.mkdir(parents=True)
    shutil.move(workspace / "weights/small/hills.toml", other)
    shutil.copy(workspace / "weights/small/baseline.toml", other)
    roots = Root("workspace", workspace), Root("user", workspace / "other")
    assert Library(roots).open_answers(workspace / A).sound
    spoil(other / "baseline.toml", 'id = "baseline"', 'id = "baseline"\nscoring = { overlap = 0.4 }')
    assert [p.code for p in errors(Library(roots).open_answers(workspace / A).problems)] == ["blend_root"]


@pytest.mark.parametrize("name", ["新疆" * 30, "Development Zone " * 12], ids=("zh", "en"))
def test_a_long_name_leaves_room_for_the_year_in_a_files_name(name: str) -> None:
    """Else this year's report takes the place of last year's."""
    made = {file_name(Subject(name=name, period=year), "a") for year in ("2024", "2025", "2025" * 60)}
    assert len(made) == 3
    assert all(len(each.encode()) <= 120 for each in made)
    # Files that an archive from elsewhere holds may have names of no encoding: those made of them differ too.
    made = {file_name(Subject(), stem) for stem in ("\udcb0\udcb2", "\udcb0\udcb3")}
    assert len({each.encode() for each in made}) == 2


def test_a_copied_questionnaire_that_kept_its_id_does_not_stand_for_the_other(workspace: Path) -> None:
    """The one of that name is offered, once, with each rubric once; without it, the copy is."""
    shutil.copytree(workspace / "questionnaires", workspace / "questionnaires" / "again")
    library = Library((Root("workspace", workspace),))
    assert [book.path.name for book in books(library)] == ["small.toml"]
    assert find_rubric(library, "valley")[0].path == workspace / V
    (workspace / Q).unlink()
    library = Library((Root("workspace", workspace),))
    assert [book.path.name for book in books(library)] == ["again"]
    assert library.open_answers(workspace / A).sound


def test_the_parts_of_a_questionnaire_have_one_order_on_every_system() -> None:
    """Windows sorts paths, and finds endings, whatever the capitals; digests of one content would differ."""

    class File(PureWindowsPath):
        def stat(self) -> Any:
            return SimpleNamespace(st_mode=stat.S_IFREG)

    folder: Any = SimpleNamespace(glob=lambda _pattern: [File("b.toml"), File("a.TOML"), File("C.toml")])
    assert [file.name for file in toml_files(folder)] == ["C.toml", "b.toml"]
