"""A rubric being edited: reasons, effects, back and forth, the difference, saving; nothing lost or overwritten."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.found import Book
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.files.store import ChangedUnderneath, HeldByOther
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.session.rubric_editing import RubricEditing, open_rubric, samples_for

WHY = {"en": "Trade.", "zh": "边贸。"}


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))


def opened(name: str = "border_gateway") -> RubricEditing:
    library = Library()
    book = library.questionnaire("region")
    assert book is not None
    path = library.weights_path(name, "region")
    assert path is not None
    editing = open_rubric(library.open_weights(path, book), book, Path())
    sample, answers = next(samples_for(library, "region", (shipped() / "samples",)))
    editing.watch(answers, sample)
    return editing


@pytest.fixture
def editing() -> Iterator[RubricEditing]:
    found = opened()
    yield found
    found.close()


def adjust(editing: RubricEditing, node: str, factor: str = "", target: str = "", **why: str) -> Refusal | None:
    own = editing.own(node)
    index = own[0][0] if own else None
    return editing.make(editing.typed_adjustment(node, index, factor=factor, target=target, why=why or WHY))


def test_a_preview_is_what_scoring_says_and_changes_nothing(editing: RubricEditing) -> None:
    words = editing.words
    seen = editing.preview(editing.typed_adjustment("talent", None, factor="3", target="", why=WHY))
    assert editing.words == words
    assert not editing.changed
    adjust(editing, "talent", "3")
    assert editing.sample is not None
    card = score(Instrument(editing.book.value, editing.instrument.chain), editing.sample)
    assert seen.seen is not None
    now = editing.now().seen
    assert now is not None
    assert now.score == card.overall.score
    fit = sorted((m for m in card.countermeasures if (m.priority or 0) > 1e-9), key=lambda m: -(m.priority or 0))
    assert now.first == tuple(m.id for m in fit[:3])
    assert editing.sample.override  # of the sample's score, but no part of the rubric
    nodes = score(
        Instrument(editing.book.value, editing.instrument.chain), editing.sample.model_copy(update={"override": ()})
    ).nodes
    assert {row.id: row.weight for row in nodes} == pytest.approx(dict(editing.now().shares))
    targets = editing.now().targets
    assert all(row.target == pytest.approx(targets[row.id]) for row in nodes if row.level == "dimension")


@pytest.mark.parametrize(
    ("node", "factor", "target", "why", "said"),
    [
        ("talent", "2", "", {"en": "x"}, "reason"),
        ("talent", "2", "", {"en": "x", "zh": "  "}, "reason"),
        ("talent", "", "", WHY, "factor, a target"),
        ("talent", "two", "", WHY, "not a number"),
        ("talent", "-1", "", WHY, "between 0 and 100"),
        ("talent", "", "120", WHY, "between 0 and 100"),
        ("rd_intensity", "", "50", WHY, "can have no target"),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(
    editing: RubricEditing, node: str, factor: str, target: str, why: dict[str, str], said: str
) -> None:
    words = editing.words
    refusal = adjust(editing, node, factor, target, **why)
    assert refusal is not None
    assert said in refusal.why["en"]
    assert editing.words == words


def test_nothing_may_be_switched_off_whole(editing: RubricEditing) -> None:
    """An error that `check` would report is refused at once, in its words."""
    assert adjust(editing, "workforce_skills", "0") is None
    refusal = adjust(editing, "talent_attraction", "0")
    assert refusal is not None
    assert "zero" in refusal.why["en"]


def test_back_and_forth(editing: RubricEditing) -> None:
    texts = [editing.words]
    for factor in ("1.1", "1.2", "1.3"):
        assert adjust(editing, "talent", factor, "54") is None
        texts.append(editing.words)
    assert [editing.undo() for _ in range(4)] == [True, True, True, False]
    assert editing.words == texts[0]
    assert editing.redo()
    assert editing.words == texts[1]
    assert adjust(editing, "green", "2") is None
    assert not editing.redo()


def test_saving_shows_the_difference_and_proposes_a_version(editing: RubricEditing) -> None:
    """Shipped content is never written; the copy in the workspace has the change and the new version."""
    before = (shipped() / "weights" / "region" / "border_gateway.toml").read_bytes()
    assert adjust(editing, "talent", "1.4", "54") is None
    assert "+factor = 1.4" in editing.difference()
    assert editing.proposed_version() == "2027.2.0"
    editing.take_version("2027.2.0")
    assert editing.proposed_version() is None
    editing.save()
    assert (shipped() / "weights" / "region" / "border_gateway.toml").read_bytes() == before
    assert run(["check", "--strict", "weights/region/border_gateway.toml"]) == 0
    assert b'version = "2027.2.0"' in Path("weights/region/border_gateway.toml").read_bytes()
    assert not editing.changed


def test_words_alone_ask_for_a_small_step(editing: RubricEditing) -> None:
    assert adjust(editing, "talent", "", "54", en="Other words.", zh="另一种说法。") is None
    assert editing.proposed_version() == "2027.1.1"


def test_what_is_not_saved_is_taken_up_again() -> None:
    first = opened()
    adjust(first, "talent", "1.4", "54")
    words = first.words
    first.close()
    second = opened()
    assert second.resumed
    assert second.words == words
    assert second.undo()
    assert not second.changed
    second.redo()
    second.save()
    second.close()
    third = opened()
    assert not third.resumed
    assert not third.changed
    third.close()


def test_a_questionnaire_that_changed_meanwhile_is_gone_on_with_where_it_fits(
    editing: RubricEditing, tmp_path: Path
) -> None:
    """One with errors, or to which the rubric does not belong, is none to go on with."""
    own, shares = editing.book, editing.now().shares
    spoilt = shutil.copytree(own.path, tmp_path / "region")
    next(spoilt.glob("*.toml")).write_text("[", encoding="utf-8")
    firm = Library().questionnaire("firm")
    assert firm is not None
    for book in (Library().open_questionnaire(spoilt), firm):
        editing.renew(book)
        assert editing.book is own
        assert editing.now().shares == shares
    anew = Library().open_questionnaire(own.path)
    editing.renew(anew)
    assert editing.book is anew


def test_two_editors_at_once() -> None:
    first = opened()
    with pytest.raises(HeldByOther):
        opened()
    first.close()
    opened().close()


def mine() -> Path:
    path = Path("weights/region/mine.toml")
    assert run(["weights", "new", "mine", "--from", "border_gateway"]) == 0
    return path


def test_a_file_that_others_changed_meanwhile_is_not_overwritten() -> None:
    """What was to be saved is kept beside, and said."""
    path = mine()
    editing = opened("mine")
    adjust(editing, "talent", "1.4", "54")
    path.write_text(path.read_text(encoding="utf-8") + "# theirs\n", encoding="utf-8")
    theirs = path.read_bytes()
    with pytest.raises(ChangedUnderneath) as fault:
        editing.save()
    editing.close()
    assert path.read_bytes() == theirs
    assert fault.value.rescue is not None
    assert fault.value.rescue.read_text(encoding="utf-8") == editing.words


def test_opening_and_saving_without_a_change_leaves_every_byte() -> None:
    path = mine()
    odd = b"\xef\xbb\xbf# odd\r\n" + path.read_bytes().replace(b"\n", b"\r\n").replace(b"factor = ", b"factor=\t")
    path.write_bytes(odd)
    editing = opened("mine")
    editing.save()
    editing.close()
    assert path.read_bytes() == odd


def test_a_rubric_with_errors_is_not_opened() -> None:
    path = mine()
    path.write_text(path.read_text(encoding="utf-8").replace("factor = 0.7", "factor = -1"), encoding="utf-8")
    with pytest.raises(UserError) as fault:
        opened("mine")
    assert "has errors" in fault.value.message["en"]


def test_an_edited_questionnaire_is_gone_on_with_unless_it_is_spoilt_or_the_rubric_would_not_fit(
    editing: RubricEditing,
) -> None:
    before, now, subject = editing.book, editing.now(), editing.book.subject
    assert subject is not None

    def other(**changed: object) -> Book:
        return before._replace(subject=replace(subject, value=before.value.model_copy(update=changed)))

    titled = other(title={"en": "Other", "zh": "其他"})
    spoilt = Problem(str(before.path), 1, 1, "error", "missing_text", "title", {"en": "no text"}, {})
    editing.renew(titled._replace(problems=(spoilt,)))
    assert editing.book is before
    editing.renew(other(languages=("en", "zh", "fr")))  # in which the rubric gives no reasons
    assert editing.book is before
    assert editing.now() == now
    editing.renew(titled)
    assert editing.instrument.questionnaire.title["en"] == "Other"


def test_a_baseline_states_weights_with_a_reason_as_a_comment() -> None:
    editing = opened("baseline")
    assert editing.make(editing.typed_weight("weights", "talent", value="12", why="more")) is None
    assert isinstance(editing.typed_weight("weights", "talent", value="13", why=" "), Refusal)
    assert isinstance(editing.typed_weight("targets", "talent", value="0.8", why="more"), Refusal)  # a share, it seems
    assert isinstance(editing.typed_adjustment("talent", None, factor="", target="0.8", why=WHY), Refusal)
    assert any(line.startswith("+talent = 12") and line.endswith("# more") for line in editing.difference())
    editing.close()


def test_edit_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """One change with its reason; the difference and the effect are shown; a dry run writes nothing."""
    change = ["--node", "talent", "--factor", "1.4", "--why-en", "Trade", "--why-zh", "边贸"]
    path = Path("weights/region/border_gateway.toml")
    assert run(["--lang", "en", "weights", "edit", "border_gateway", *change, "--dry-run"]) == 0
    assert not path.exists()
    assert run(["--lang", "en", "weights", "edit", "border_gateway", *change]) == 0
    said = capsys.readouterr()
    assert said.out.count("+factor = 1.4") == 2
    assert "; " in said.err.partition("first measures: ")[2].partition("\n")[0], "their titles hold commas"
    assert f"goes into a copy, {path.absolute()}" in said.err
    assert "the copy counts for what lies beside it, and beside none" not in said.err
    assert b"factor = 1.4" in path.read_bytes()
    assert said.err.count('the version stays 2027.1.0; the change asks for version = "2027.') == 2
    capsys.readouterr()
    assert run(["--lang", "en", "weights", "edit", "border_gateway", "--node", "talent", "--target", "2"]) == 2
    assert 'Add --why-en "..." and --why-zh "...".' in capsys.readouterr().err
    assert run(["weights", "edit", "border_gateway", "--node", "talnt", "--factor", "2"]) == 2
    assert "“talent”" in capsys.readouterr().err
    assert run(["weights", "edit", "border_gateway", "--node", "talent", "--factor", "-1"]) == 2
    assert run(["weights", "edit", "border_gateway", "--node", "talent", "--weight", "2"]) == 2
    assert run(["weights", "edit", "border_gateway"]) == 2
    capsys.readouterr()  # whoever changes the baseline is told that the other profiles stay as they are
    change = ["--node", "talent", "--weight", "60", "--why-en", "Trade", "--dry-run"]
    assert run(["--lang", "en", "weights", "edit", "baseline", "--questionnaire", "region", *change]) == 0
    assert "the copy counts for what lies beside it, and beside none" in capsys.readouterr().err


def test_on_the_command_line_a_reason_argues_what_it_is_given_for() -> None:
    """A new target's reason stands beside the target, and the factor keeps its own."""

    def edited(reason: str, *change: str) -> dict[str, Any]:
        why = ["--why-en", reason, "--why-zh", reason]
        assert run(["weights", "edit", "border_gateway", "--node", "innovation", *change, *why]) == 0
        entries = tomllib.loads(Path("weights/region/border_gateway.toml").read_text(encoding="utf-8"))["adjust"]
        said = {key: entries[0].get(key, {}).get("en") for key in ("why", "target_why")}
        return {"factor": entries[0]["factor"], "target": entries[0]["target"], **said}

    own = "The port's own trades, moving and processing goods, come before research."
    assert edited("Aim.", "--target", "50") == {"factor": 0.7, "target": 50, "why": own, "target_why": "Aim."}
    assert edited("Less.", "--factor", "0.6") == {"factor": 0.6, "target": 50, "why": "Less.", "target_why": "Aim."}
    both = edited("Both.", "--factor", "0.5", "--target", "60")
    assert both == {"factor": 0.5, "target": 60, "why": "Both.", "target_why": None}


def test_of_two_samples_of_one_name_the_first_is_watched(tmp_path: Path) -> None:
    """A copy in a workspace goes before the one that comes with the program."""
    words = (shipped() / "samples" / "cluster_county.toml").read_text(encoding="utf-8")
    for folder in ("own", "other"):
        (tmp_path / folder).mkdir()
        made = re.sub(r'(?m)^name = ".*"$', f'name = "{folder}"', words)
        (tmp_path / folder / "cluster_county.toml").write_text(made, encoding="utf-8")
    found = samples_for(Library(), "region", (tmp_path / "own", tmp_path / "other"))
    assert [(name, answers.subject.name) for name, answers in found] == [("cluster_county", "own")]


def test_a_sample_may_be_named(tmp_path: Path) -> None:
    sample = tmp_path / "mine.toml"
    shutil.copy(shipped() / "samples" / "cluster_county.toml", sample)
    change = ["--node", "green", "--factor", "2", "--why-en", "x", "--why-zh", "y"]
    assert (
        run(["weights", "edit", "cluster_county", *change, "--sample", str(sample), "--questionnaire", "region"]) == 0
    )


def test_it_warns_while_a_factor_is_typed_that_its_reason_would_not_show(editing: RubricEditing) -> None:
    """A factor that its siblings outweigh is warned of before it is taken; one that moves the share is not."""
    sibling = editing.typed_adjustment("rd_input", None, factor="3", target="", why=WHY)
    assert editing.make(sibling) is None
    weak = editing.typed_adjustment("commercialisation", None, factor="1.05", target="", why=WHY)
    assert [notice.code for notice in editing.warnings(weak)] == ["reason_against_move"]
    strong = editing.typed_adjustment("commercialisation", None, factor="9", target="", why=WHY)
    assert not [n for n in editing.warnings(strong) if n.key.startswith(f"adjust.{len(editing.value.adjust)}.")]


def test_why_a_target_lies_there_and_what_a_reason_speaks_of(editing: RubricEditing) -> None:
    index = editing.own("innovation")[0][0]
    assert isinstance(editing.typed_argument(index, target_why={"en": "Far off.", "zh": ""}), Refusal)
    assert isinstance(editing.typed_argument(index, questions="rd_intensty"), Refusal)
    assert editing.make(editing.typed_argument(index, target_why={"en": "Far off.", "zh": "差距大。"})) is None
    assert editing.make(editing.typed_argument(index, questions="rd_intensity, rd_organisation")) is None
    change = editing.value.adjust[index]
    assert (dict(change.target_why or {}), change.questions) == (
        {"en": "Far off.", "zh": "差距大。"},
        ("rd_intensity", "rd_organisation"),
    )
    beside = editing.typed_argument(index, questions="project_review_share")
    assert [notice.code for notice in editing.warnings(beside)] == ["reason_beside_the_point"]
    for away in (editing.typed_argument(index, target_why={}), editing.typed_argument(index, questions="")):
        assert editing.make(away) is None
    assert (editing.value.adjust[index].target_why, editing.value.adjust[index].questions) == (None, ())
