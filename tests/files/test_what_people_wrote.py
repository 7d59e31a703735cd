"""What people write into an answer file beside the answers stays: comments, order, spacing, through every save."""

import os
import stat
import time
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nqpf_assess.files.document import read_document
from nqpf_assess.files.layout import NotKept
from nqpf_assess.files.linting import load
from nqpf_assess.files.store import AnswerFile, Kept, NotSaved, answers_text, document
from nqpf_assess.model.answers import (
    Answer,
    Answers,
    Chosen,
    Given,
    Merged,
    Override,
    Reference,
    RubricReference,
    Subject,
    as_filed,
)
from nqpf_assess.model.follow_up import FollowUp

HAND = """\
# County of Anhe, answered by Wang.
format = "nqpf-answers/1"      # do not touch
questionnaire = { id = "small", version = "1.0.0" } # the old one?
weights = { id = "valley", version = "1.0.0" }

[subject]
name = "Anhe County"   # the full name

# ── Local conditions ──
[facts]
zone = { value = "urban" }      # since 2024
  tier.value = "county"         # odd, but TOML

# Meeting of 3 March: the mayor decided level 3.
[answers.plan]
value = 3
note = '''
kept as
it is'''  # end of note

[answers.spending]
# from the yearbook, table 4
value = 2.310
evidence = [
  "yearbook",   # p. 4
  "letter",
]

[[override]]
node = "innovation"   # first
factor = 0.80
why = "one"

# the second
[[override]]
node = "green"
target = 70
why = "two"

[plan]
chosen = ["list"]
# checked with the statistics bureau on 3 March (Wang)
"""


def answers_of(text: str) -> Answers:
    loaded = load(Answers, [read_document("x", text.encode())])
    assert loaded.value is not None
    assert loaded.problems == ()
    return loaded.value


def over(text: str, answers: Answers) -> str:
    """The text with these answers in it."""
    kept = Kept.of(text)
    assert kept is not None
    return kept.text_of(answers)


def changed(text: str = HAND, **update: object) -> str:
    """The text with fields of its answers changed; what is read from it again is what was meant."""
    wanted = answers_of(text).model_copy(update=update)
    made = over(text, wanted)
    assert document(answers_of(made)) == document(wanted)
    return made


def with_answer(text: str = HAND, table: str = "answers", **entries: Answer | None) -> str:
    """The text with entries of a table changed; None takes one out."""
    there = {**getattr(answers_of(text), table), **entries}
    return changed(text, **{table: {id: entry for id, entry in there.items() if entry is not None}})


def test_without_a_change_not_a_byte_moves() -> None:
    for text in (HAND, HAND.replace("\n", "\r\n"), "\ufeff" + HAND, HAND.rstrip("\n")):
        assert over(text, answers_of(text)) == text


def test_a_key_that_must_stand_is_written_though_nothing_stands_behind_it() -> None:
    """A questionnaire may leave its version blank, which is warned of: the file that names it has to be read again."""
    blank = answers_of(HAND.replace('"1.0.0"', '""'))
    assert as_filed(blank) == blank
    assert document(answers_of(answers_text(blank))) == document(blank)


def test_a_value_is_set_where_it_stands() -> None:
    plan = answers_of(HAND).answers["plan"].model_copy(update={"value": 2})
    assert with_answer(plan=plan) == HAND.replace("value = 3\n", "value = 2\n")
    assert with_answer(table="facts", zone=Answer(value="rural")) == HAND.replace('"urban"', '"rural"')
    assert with_answer(table="facts", tier=Answer(value="city")) == HAND.replace('"county"', '"city"')
    assert changed(subject=Subject(name="Anhe")) == HAND.replace('"Anhe County"', '"Anhe"')
    weights = RubricReference(id="hills", version="1.0.0")
    assert changed(weights=weights) == HAND.replace('"valley"', '"hills"')


def test_a_key_that_is_new_stands_with_the_others() -> None:
    """In the order of the format, and in the way the entry is written."""
    plan = Answer(value=3, year=2025, note=answers_of(HAND).answers["plan"].note)
    assert with_answer(plan=plan) == HAND.replace("value = 3\n", "value = 3\nyear = 2025\n")
    zone = Answer(value="urban", year=2025)
    assert with_answer(table="facts", zone=zone) == HAND.replace('"urban" }', '"urban", year = 2025 }')
    tier = Answer(value="county", year=2025)
    line = '  tier.value = "county"         # odd, but TOML\n'
    assert with_answer(table="facts", tier=tier) == HAND.replace(line, line + "  tier.year = 2025\n")
    assert changed(language="zh") == HAND.replace('"1.0.0" }\n\n', '"1.0.0" }\nlanguage = "zh"\n\n')


def test_an_answer_that_is_new_stands_in_its_place() -> None:
    """Behind the one that comes before it; in a table of single lines as such a line."""
    there = answers_of(HAND).answers
    between = {"plan": there["plan"], "tools": Answer(value=("a", "b")), "spending": there["spending"]}
    block = '\n[answers.tools]\nvalue = [\n    "a",\n    "b",\n]\n'
    assert changed(answers=between) == HAND.replace("# end of note\n", "# end of note\n" + block)
    line = '  tier.value = "county"         # odd, but TOML\n'
    assert with_answer(table="facts", base=Answer(value="fair")) == HAND.replace(
        line, line + '  base = { value = "fair" }\n'
    )


def test_what_stands_at_an_answer_that_goes_is_kept() -> None:
    made = with_answer(plan=None)
    assert "[answers.plan]" not in made
    for words in ("# Meeting of 3 March: the mayor decided level 3.", "# end of note", "# from the yearbook, table 4"):
        assert words in made


def test_comments_of_what_goes_stand_above_it_again_when_it_comes_back() -> None:
    """Taken away and brought back, as by undo, an answer leaves its comment to no neighbour."""
    whole = answers_of(HAND)
    plan = whole.answers["plan"]
    bare = plan.model_copy(update={"note": None})
    goes: list[tuple[dict[str, object], list[str]]] = [
        (
            {"answers": {"spending": whole.answers["spending"]}},
            ["\n\n# Meeting of 3 March: the mayor decided level 3.\n# end of note\n[answers.plan]\n"],
        ),
        ({"answers": {"plan": plan}}, ["# from the yearbook, table 4\n# p. 4\n[answers.spending]\n"]),
        ({"answers": {}}, ["level 3.\n# end of note\n[answers.plan]\n", "# p. 4\n[answers.spending]\n"]),
        ({"answers": {**whole.answers, "plan": bare}}, ["value = 3\n# end of note\nnote = "]),
        ({"facts": {"zone": whole.facts["zone"]}}, ["# since 2024\n# odd, but TOML\n"]),
        ({"override": whole.override[1:]}, ['# first\n[[override]]\nnode = "innovation"\n', "# the second\n[["]),
        ({"override": whole.override[:1]}, ['# the second\n[[override]]\nnode = "green"\n']),
        ({"override": ()}, ['# first\n[[override]]\nnode = "inn', '# the second\n[[override]]\nnode = "green"']),
    ]
    for update, together in goes:
        kept = Kept.of(HAND)
        assert kept is not None
        assert "[answers.plan]" in kept.text_of(whole.model_copy(update=update)) or "plan" not in str(update)
        back = kept.text_of(whole)
        assert document(answers_of(back)) == document(whole)
        assert sorted(comments(back)) == sorted(comments(HAND))
        for words in together:
            assert words in back


def test_what_comes_back_in_another_place_of_its_list_leaves_its_comments_where_they_are() -> None:
    """A correction taken away and made again stands behind the others, and every comment stays."""
    whole = answers_of(HAND)
    one, two = whole.override
    kept = Kept.of(HAND)
    assert kept is not None
    for override in ((two,), (two, one), (one,), (one, two)):
        text = kept.text_of(whole.model_copy(update={"override": override}))
        assert answers_of(text).override == override
        assert comments(text) == comments(HAND)


def test_one_comment_at_several_answers_comes_back_to_its_own() -> None:
    """A mark such as “to be checked” goes over from no answer to another that comes back."""
    head = HAND.partition("[subject]")[0]
    answers = {name: f"\n# to be checked\n[answers.{name}]\nvalue = 1\n" for name in "abcd"}
    for bare in ("", "a", "b", "d"):
        marked = {
            name: words.replace("# to be checked\n", "") if name in bare else words for name, words in answers.items()
        }
        text = head + "".join(marked.values()).removeprefix("\n")
        whole, kept = answers_of(text), Kept.of(text)
        assert kept is not None
        for gone in ("b", "bc", "cb", "d", "dc", "ab", "ba", "bcd"):
            steps = [{id: whole.answers[id] for id in "abcd" if id not in gone[:much]} for much in range(len(gone) + 1)]
            for step in (*steps, *reversed(steps)):
                back = kept.text_of(whole.model_copy(update={"answers": step}))
            assert back.split() == text.split()


def test_entries_that_come_back_at_the_end_keep_their_order() -> None:
    """One without a comment takes that of no other, nor its place."""
    text = HAND.partition("[plan]")[0].replace("   # first", "")
    whole, kept = answers_of(text), Kept.of(text)
    assert kept is not None
    kept.text_of(whole.model_copy(update={"override": ()}))
    assert kept.text_of(whole).rstrip().endswith(text.partition("[[override]]")[2].replace("= 70", "= 70.0").rstrip())


def test_entries_of_a_list_keep_their_comments() -> None:
    """Also where one before them goes or comes."""
    one, two = answers_of(HAND).override
    gone = changed(override=(two,))
    assert '# the second\n[[override]]\nnode = "green"' in gone
    assert "# first" in gone
    more = changed(override=(one, two, Override(node="talent", factor=2, why="three")))
    assert more == HAND.replace(
        'why = "two"\n', 'why = "two"\n\n[[override]]\nnode = "talent"\nfactor = 2.0\nwhy = "three"\n'
    )
    other = changed(override=(one.model_copy(update={"factor": Decimal("0.5")}), two))
    assert other == HAND.replace("0.80", "0.5")


def test_tables_that_are_new_stand_in_the_order_of_the_format() -> None:
    sheet = (FollowUp(measure="list", state="done", at=datetime(2026, 3, 3, tzinfo=UTC)),)
    made = changed(follow_up=sheet, merged=Merged(rule="median", respondents=("a", "b")))
    assert list(tomllib.loads(made))[-3:] == ["plan", "follow_up", "merged"]
    bare = HAND.partition("[[override]]")[0]
    made = changed(bare, override=answers_of(HAND).override, plan=Chosen(chosen=("list",)))
    assert list(tomllib.loads(made))[-3:] == ["answers", "override", "plan"]


def test_a_form_is_filled_in_where_its_questions_stand() -> None:
    """What `new` writes has every question as a comment."""
    form = 'format = "nqpf-answers/1"\nquestionnaire = { id = "s", version = "1" }\n'
    form += 'weights = { id = "b", version = "1" }\n'
    form += "\n# How far is it?\n#     0 not\n# [answers.plan]\n# value = \n"
    form += "#\n# What is spent?\n# [answers.spending]\n# value = \n"
    filled = with_answer(form, spending=Answer(value="2.31"))
    assert filled == form.replace("# [answers.spending]\n# value = \n", '[answers.spending]\nvalue = "2.31"\n')
    again = with_answer(filled, plan=Answer(value=0))
    assert again == filled.replace("# [answers.plan]\n# value = \n", "[answers.plan]\nvalue = 0\n")


def test_a_value_typed_into_a_form_behind_its_mark_stays_a_comment() -> None:
    """Its mark stays before it: without, the file could not be read."""
    form = HAND + "# [answers.typed]\n# value = 3\n# [answers.last]\n# value ="
    made = with_answer(form, typed=Answer(value=1), last=Answer(value=2))
    assert "[answers.typed]\nvalue = 1\n# value = 3\n" in made
    assert made.endswith("[answers.last]\nvalue = 2\n")


ENTRY = st.builds(
    lambda **keys: Answer(**{key: value for key, value in keys.items() if value is not None}),
    value=st.none()
    | st.integers(0, 4)
    | st.sampled_from(["2.5", "yes", ("a", "b"), "", ()])
    | st.decimals(-5, 5, places=2),
    year=st.none() | st.integers(2000, 2030),
    state=st.none() | st.sampled_from(["dk", "na", "later"]),
    note=st.none() | st.text("ab\n\"'#=[]{}\\省", max_size=6),
    evidence=st.none() | st.lists(st.sampled_from(["x", "y # z", "]"]), max_size=2).map(tuple),
    at=st.none() | st.just(datetime(2026, 3, 3, 9, 0, tzinfo=UTC)),
    voices=st.none() | st.lists(st.builds(Given, value=st.integers(0, 3), by=st.just("w")), max_size=2).map(tuple),
)
TABLE = st.dictionaries(st.sampled_from(["plan", "spending", "tools", "zone", "tier", "new_one"]), ENTRY, max_size=5)
OVERRIDES = st.lists(
    st.builds(
        Override,
        node=st.sampled_from(["green", "innovation"]),
        factor=st.sampled_from([None, 1, 2]),
        why=st.text('x#"', max_size=3),
    ),
    max_size=3,
).map(tuple)
STEP = st.fixed_dictionaries(
    {},
    optional={
        "answers": TABLE,
        "facts": TABLE,
        "override": OVERRIDES,
        "plan": st.lists(st.sampled_from(["list", "fund"]), max_size=2).map(lambda ids: Chosen(chosen=tuple(ids))),
        "language": st.sampled_from([None, "zh", "en"]),
        "mode": st.sampled_from(["full", "quick"]),
        "follow_up": st.lists(st.builds(FollowUp, measure=st.sampled_from(["a", "b"])), max_size=2).map(tuple),
    },
)
HEAD = """\
format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1.0.0" }
weights = { id = "valley", version = "1.0.0" }
"""
WAYS = {
    "dotted": HEAD
    + """\
facts.zone.value = "urban"  # one
facts.tier.value = "county"
answers.plan = { value = 3 }  # two
answers.spending.value = 2.31
answers.spending.evidence = [
  "yearbook",  # three
]
subject.name = "Anhe County"  # four
plan.chosen = ["list"]
""",
    "braces": HEAD
    + """\
facts = { zone = { value = "urban" }, tier = { value = "county" } }  # one
answers = { plan = { value = 3 } }  # two
subject = { name = "Anhe County" }  # three
[plan]
chosen = []  # four
""",
    "nothing in it": HEAD
    + """\
[subject]  # one
name = ""  # two
[plan]
chosen = []  # three
[facts]  # four
[answers.plan.from]
kind = "xlsx"
[[override]]
node = "green"
why = "one"
""",
}
"""The same answers as people and scripts may write them, each way sound TOML."""
BEGINNINGS = (*WAYS.values(), HAND, HAND.replace("\n", "\r\n"), "\ufeff" + HAND, answers_text(answers_of(HAND)))


def comments(text: str) -> list[str]:
    """The comments that people wrote."""
    wanted = ["# County of Anhe, answered by Wang.", "# the old one?", "# since 2024", "# odd, but TOML"]
    wanted += ["# Meeting of 3 March: the mayor decided level 3.", "# end of note", "# from the yearbook, table 4"]
    wanted += [
        "# p. 4",
        "# one",
        "# two",
        "# three",
        "# four",
        "# first",
        "# the second",
        "# checked with the statistics bureau on 3 March (Wang)",
    ]
    return [words for words in wanted if words in text]


@settings(max_examples=100, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.sampled_from(BEGINNINGS), st.lists(STEP, min_size=1, max_size=4))
def test_whatever_changes_the_answers_are_right_and_the_comments_there(
    begin: str, steps: list[dict[str, object]]
) -> None:
    """Through any number of saves; and what was never touched by hand is as the program would write it at once."""
    text = begin
    for step in steps:
        update = dict(step)
        if "language" in update and update["language"] is None:
            del update["language"]
        before = answers_of(text)
        wanted = before.model_copy(update=update)
        text = over(text, wanted)
        assert document(answers_of(text)) == document(wanted)
        assert comments(text) == comments(begin)
        assert ("\r\n" in text) == ("\r\n" in begin)


@pytest.mark.parametrize("way", WAYS)
def test_however_it_is_written_it_is_followed(way: str) -> None:
    """What is set anew stands behind lines of its own table, whatever their form, and every comment is kept."""
    text = WAYS[way]
    found = answers_of(text)
    more = with_answer(text, new_one=Answer(value=1), plan=Answer(value=2, note="x"))
    for made in (
        more,
        with_answer(more, table="facts", zone=None, new_fact=Answer(value="a")),
        changed(more, subject=Subject(name="Ande"), plan=Chosen(chosen=("fund",))),
        changed(more, override=(Override(node="innovation", factor=2, why="w"), *found.override)),
    ):
        assert comments(made) == comments(text)
    assert "# p. 4" in with_answer(HAND, spending=Answer(value=1))


def test_a_figure_typed_again_loses_no_comment() -> None:
    """2 in the file and 2 typed in the app are equal, though written otherwise: nothing has to be written anew."""
    begin = HAND.replace("value = 2.310", "value = 2")
    before = answers_of(begin)
    spending = before.answers["spending"].model_copy(update={"value": Decimal(2)})
    again = before.model_copy(update={"answers": {**before.answers, "spending": spending}})
    text = over(begin, again.model_copy(update={"subject": Subject(name="Ande County")}))
    assert comments(text) == comments(begin)


# ---- the file


def held(path: Path, text: str) -> AnswerFile:
    path.write_bytes(text.encode())
    return AnswerFile(path)


def test_a_save_without_a_change_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with held(path, HAND) as file:
        before = path.stat()
        file.save(answers_of(HAND))
        assert path.stat() == before
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
        after = path.stat()
        assert after.st_ino != before.st_ino
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
        assert path.stat() == after


def test_saves_by_the_program_keep_comments_that_came_between(tmp_path: Path) -> None:
    """A person writes one into the file that the program wrote; opened again, it stays, with no copy made."""
    path = tmp_path / "a.toml"
    with held(path, answers_text(answers_of(HAND))) as file:
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
    path.write_text(path.read_text("utf-8").replace("[answers.plan]", "# asked Wang\n[answers.plan]"), "utf-8")
    with AnswerFile(path) as file:
        for value in (1, 2):
            file.save(answers_of(HAND).model_copy(update={"answers": {"plan": Answer(value=value)}}))
    assert "# asked Wang\n[answers.plan]\nvalue = 2\n" in path.read_text("utf-8")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.toml"]


def test_a_file_that_cannot_be_followed_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with held(path, "# only notes\n") as file:
        file.save(answers_of(HAND))
    assert path.with_suffix(".original.toml").read_text("utf-8") == "# only notes\n"


def test_a_file_that_cannot_be_followed_any_more_is_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After saves that it followed too, and beside what was kept of it once; what is all ours is not kept."""
    path = tmp_path / "a.toml"
    (tmp_path / "a.original.toml").write_text("# of last year\n", "utf-8")
    with held(path, HAND) as file:
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
        before = path.read_text("utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(Kept, "text_of", refuse_to_follow)
            file.save(answers_of(HAND))
    assert (tmp_path / "a.2.original.toml").read_text("utf-8") == before
    with AnswerFile(path) as file, monkeypatch.context() as patch:
        patch.setattr(Kept, "text_of", refuse_to_follow)
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
    assert len([*tmp_path.glob("*.original.toml")]) == 2


def refuse_to_follow(*_: object) -> str:
    raise NotKept


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """One that is there keeps its permissions."""
    new, old = tmp_path / "new.toml", tmp_path / "old.toml"
    with AnswerFile(new) as file:
        file.save(answers_of(HAND))
    with held(old, HAND) as file:
        old.chmod(0o664)
        file.save(answers_of(HAND).model_copy(update={"mode": "quick"}))
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o600, 0o664]


def test_what_a_writer_that_died_left_behind_is_swept(tmp_path: Path) -> None:
    """At the next opening; what belongs to other files stays, whatever their names."""
    long = "n" * 60
    litter = [".a.toml.abcd_123.part", ".a.toml.holder", ".a.toml.lock"]
    others = [
        ".b.toml.abcd_123.part",
        ".a.toml.part",
        ".a.toml.x.abcd_123.part",
        f".{long[:32]}-00000000.abcd_123.part",
    ]
    for name in (*litter, *others):
        (tmp_path / name).write_text("x")
    with held(tmp_path / "a.toml", HAND):
        assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([".a.toml.lock", "a.toml", *others])
    with held(tmp_path / f"{long}.toml", HAND):
        pass
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(["a.toml", f"{long}.toml", *others])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with held(path, HAND) as file:
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(NotSaved, match="no ordinary file"):
            file.save(answers_of(HAND))


def test_a_save_costs_what_changed() -> None:
    """Two hundred answers, one of them new each time: fewer statements are looked at than a whole reading takes."""
    entries = {f"q{number}": Answer(value=number % 5, note="as reported", evidence=("x",)) for number in range(200)}
    base = answers_of(HAND).model_copy(update={"answers": entries})
    kept = Kept.of(answers_text(base))
    assert kept is not None
    begin = time.process_time()
    for number in range(20):
        entries = {**entries, f"q{number}": Answer(value=4, note="anew")}
        kept.text_of(base.model_copy(update={"answers": entries}))
    spent = (time.process_time() - begin) / 20
    begin = time.process_time()
    Kept.of(kept.layout.text)
    assert spent < time.process_time() - begin


def test_references_stay_as_written() -> None:
    given_to = Reference(id="small", version="2.0.0")
    assert changed(questionnaire=given_to) == HAND.replace('"small", version = "1.0.0"', '"small", version = "2.0.0"')
