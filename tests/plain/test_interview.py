"""The conversation in lines: what is understood, what is asked again, where it goes."""

import io
import os
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shipped
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.plain.interview import Interview
from nqpf_assess.plain.running import run_plain
from nqpf_assess.plain.talking import console
from nqpf_assess.session import Session
from nqpf_assess.session.options import Options
from nqpf_assess.session.what_if import NeverSaved
from tests.plain.script import PROFILE, ZONE, Script
from tests.support.instruments import Case
from tests.support.scored import instrument_of
from tests.support.varied import tiny


@pytest.mark.parametrize(("stated", "said"), [("", "已全部保存"), ("en", "Everything is saved")])
def test_the_language_that_is_set_is_spoken_line_by_line_too(
    file: Path,
    content: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stated: str,
    said: str,
) -> None:
    """It holds where `plain` is set as well; what the command line says stands over it."""
    (tmp_path / "settings.toml").write_text('language = "zh"\n', encoding="utf-8")
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert run_plain(Options(file=file, content=(content,), language=stated)) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("by", ["file", "environment"])
def test_who_set_line_by_line_is_told_where_to_undo_that(
    by: str, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of the settings is one of those that are drawn no more."""
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path))
    place = tmp_path / "settings.toml" if by == "file" else "NQPF_ASSESS_PLAIN"
    if by == "file":
        (tmp_path / "settings.toml").write_text("plain = true\n", encoding="utf-8")
    else:
        monkeypatch.setenv("NQPF_ASSESS_PLAIN", "1")
    script = Script("q")
    assert run_plain(Options(content=(content,)), script.talk) == 0
    assert f"“plain” is set in {place}" in script.shown[0]
    piped = Script("q")
    piped.talk.script = True
    assert run_plain(Options(content=(content,)), piped.talk) == 0
    assert "is set in" not in piped.text


@pytest.mark.parametrize("terminal", [False, True])
def test_a_line_in_another_encoding_is_not_taken(
    terminal: bool, file: Path, content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal it is asked for again; in a script what comes behind it answers other questions, and all ends."""
    lines = TextIOWrapper(
        BytesIO("2\n1\nn\n研发\n2.5\nquit\n".encode("gbk")), encoding="utf-8", errors="surrogateescape"
    )
    monkeypatch.setattr(lines, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("sys.stdin", lines)
    talk = console("en")
    if terminal:
        assert run_plain(Options(file=file, content=(content,)), talk) == 0
    else:
        with pytest.raises(UserError, match="not text in UTF-8"):
            run_plain(Options(file=file, content=(content,)), talk)
    assert terminal == ("not text in UTF-8" in capsys.readouterr().out)
    answers = Library(roots((content,))).open_answers(file).answers
    assert answers is not None
    assert answers.facts["zone"].value == "hills"
    assert "\ufffd" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gbk"])
def test_a_script_in_utf_8_is_read_as_such_where_another_encoding_is_announced(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So editors of Windows save what its pipes announce as GBK: “安和县中” is not read as “瀹夊拰鍘夸腑”.

    In GBK “桐庐” can be read as UTF-8 too, and then is “ͩ®”.
    """
    said = ["桐庐", "安和县中", "安和县"]
    lines = TextIOWrapper(BytesIO("\n".join(said).encode(written)), encoding="gbk", errors="surrogateescape")
    monkeypatch.setattr("sys.stdin", lines)
    talk = console("en")
    assert [talk.read("") for _ in said] == said


def test_every_kind_of_answer(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("2", "1", "2.5", "2024", "1", "2", "1, 2", "Some words")
    held = {id: answer.value for id, answer in answers.answers.items()}
    assert answers.facts["zone"].value == "hills"
    assert answers.weights.id == "hills"
    assert held == {"share": "2.5", "plan": 1, "review": "outside", "tools": ("audit", "trade"), "story": "Some words"}
    assert answers.answers["share"].year == 2024
    assert "Everything is saved" in script.text


def test_the_end_of_input_saves_and_is_no_fault(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold("2")
    assert answers.facts["zone"].value == "hills"


def test_who_left_at_the_weights_goes_on_there(hold) -> None:  # type: ignore[no-untyped-def]
    """The weights are asked for again: else the profile that fits would never be offered."""
    hold("2")
    script, answers = hold("1", "2.5", "2024")
    assert "Weights that fit here" in script.text
    assert answers.weights.id == "hills"
    assert "Weights that fit here" not in hold("")[0].text


def test_facts_that_are_still_asked_come_before_the_weights(hold, content: Path) -> None:  # type: ignore[no-untyped-def]
    asked = content / "questionnaires" / "small.toml"
    coast = '[facts.coast]\nkind = "single"\ntext = { en = "A coast?", zh = "临海？" }\n'
    coast += 'options.no = { en = "No", zh = "否" }\noptions.yes = { en = "Yes", zh = "是" }\n\n[pillars.new]'
    asked.write_text(asked.read_text(encoding="utf-8").replace("[pillars.new]", coast), encoding="utf-8")
    hold("2")
    text = hold("q")[0].text
    assert "A coast?" in text
    assert "Weights that fit here" not in text


def summed_up(made: Case) -> str:
    """What is said at the end of answers that are all given."""
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    script, session = Script(), Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    Interview(session, script.talk).sum_up()
    return script.text


def test_no_figure_is_rounded_over_a_line_that_it_does_not_meet() -> None:
    """Neither is 39.96 called 40.0 beside a target of 40, nor 99.8% all that is asked."""
    parts = {"p": 100, "much": 998, "little": 2}
    made = tiny({"p": {"much": Decimal("39.96"), "little": None}}, weights=parts, targets={"much": 40})
    text = summed_up(made)
    assert "99.8% of the weight" in text
    assert "39.96, target 40.0" in text


def test_a_score_that_lies_outside_its_range_is_told_with_why() -> None:
    made = tiny({"p": {"up": 90, "low": 0}})
    made.questionnaire["questions"] |= dict.fromkeys(("open", "blank"), made.questionnaire["questions"]["q_low"])
    text = summed_up(made)
    assert "possible range 45.0–78.3" in text
    assert "will lie between 45.0 and 78.3; that of today leaves out" in text


@pytest.mark.parametrize("letter", ["d", "D", "ｄ", "不清楚"])
def test_dont_know_in_any_letter(hold, letter: str) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, letter)
    assert answers.answers["share"].state == "dk"


def test_not_applicable_asks_why_and_enter_goes_back(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "x", "", "x", "no such thing", "later")
    assert (answers.answers["share"].state, answers.answers["share"].reason) == ("na", "no such thing")
    assert answers.answers["plan"].state == "later"


def test_skip_leaves_open_and_back_returns(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "b", "1.5", "")
    assert answers.answers["share"].value == "1.5"
    assert answers.answers["share"].year == 2025


def test_note_evidence_and_how_sure_stay_with_the_question(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "n", "a note", "e", "Doc 1", "c", "1", "1")
    plan = answers.answers["plan"]
    assert (plan.note, plan.evidence, plan.confidence, plan.value) == ("a note", ("Doc 1",), "high", 1)


@pytest.mark.parametrize(
    ("lines", "times"),
    [(("n", ""), 0), (("n", "Doc 1"), 1), (("e", ""), 0), (("e", "Doc 1"), 1), (("2", ""), 1), (("2", "Doc 1"), 1)],
)
def test_saved_is_said_once_and_of_what_was_typed_alone(hold, lines: tuple[str, ...], times: int) -> None:  # type: ignore[no-untyped-def]
    """An empty note or evidence changes nothing; an answer is said to be saved with its evidence."""
    script, _answers = hold(*ZONE, *PROFILE, "s", *lines)
    assert script.text.count("Saved") == times + 1  # and of the zone


def test_what_stands_beside_an_answer_is_told_before_it_is_changed(hold) -> None:  # type: ignore[no-untyped-def]
    """No note is written over that was never read out."""
    hold(*ZONE, *PROFILE, "2.5", "2024", "n", "by hand", "e", "Doc 2", "c", "2", "x", "because")
    script, _ = hold("l", "2")
    assert "Year of the figure: 2024" in script.text
    script, _ = hold("l", "3")
    for words in ("Not applicable: because", "Evidence: Doc 2", "Note: by hand", "How sure: medium"):
        assert words in script.text


def test_why_a_question_does_not_apply_by_itself_is_told_before_it_is_answered(hold, content: Path) -> None:  # type: ignore[no-untyped-def]
    """What is typed there counts for nothing, and who cannot see that the score stays would not know."""
    path = content / "questionnaires" / "small.toml"
    stated = (
        'na_when = { fact = "zone", is = "hills" }\nna_reason = { en = "No plans there.", zh = "无此规划。" }\nlevels'
    )
    path.write_text(path.read_text(encoding="utf-8").replace("levels", stated), encoding="utf-8")
    script, _ = hold(*ZONE, *PROFILE, "l", "3")
    assert "How is it steered? (now: not applicable)\nNot applicable: No plans there." in script.text


def test_a_file_may_be_named_without_its_ending(file: Path, content: Path) -> None:
    """No other one is begun, empty, beside the one that is meant."""
    script = Script(str(file.with_suffix("")), "q")
    assert run_plain(Options(content=(content,)), script.talk) == 0
    assert "Everything is saved in anhe.toml" in script.text
    assert not file.with_suffix("").exists()


def test_the_note_that_is_there_is_told_before_another_takes_its_place(hold) -> None:  # type: ignore[no-untyped-def]
    """Evidence of a fact is noted: it would take the place of the note that has just been typed."""
    script, answers = hold("n", "by phone", "e", "")
    assert script.text.count("Note: by phone") == 1
    assert answers.facts["zone"].note == "by phone"


def test_evidence_is_asked_for_where_it_is_wanted(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "2", "Doc 2")
    assert answers.answers["plan"].evidence == ("Doc 2",)


@pytest.mark.parametrize("typed", ["later", "稍后", "d", "x"])
def test_what_puts_off_takes_no_answer_back_where_its_evidence_is_asked(hold, typed: str) -> None:  # type: ignore[no-untyped-def]
    """“Later” is a natural reply to “Evidence:”; it does not put off the answer that was just given."""
    script, answers = hold(*ZONE, *PROFILE, "s", "2", typed, "Doc 2")
    plan = answers.answers["plan"]
    assert (plan.value, plan.state, plan.evidence) == (2, None, ("Doc 2",))
    assert "here it means nothing" in script.text


def test_evidence_is_taken_away_and_what_names_none_is_none(hold) -> None:  # type: ignore[no-untyped-def]
    """“-” does so, as with a note; “无”, which forms in Chinese are filled with, is no document."""
    script, answers = hold(*ZONE, *PROFILE, "s", "e", "无", "e", "Doc 1", "e", "—", "e", "Doc 2")
    assert answers.answers["plan"].evidence == ("Doc 1", "Doc 2")
    assert "Evidence: Doc 1" in script.text
    _, answers = hold("l", "3", "e", "-")
    assert "plan" not in answers.answers  # nothing else was said of it


def test_the_evidence_of_a_fact_that_a_form_brought_can_be_taken_away(file: Path, hold) -> None:  # type: ignore[no-untyped-def]
    """The annex of the report tells it; where there is none, what is typed is noted."""
    words = file.read_text(encoding="utf-8")
    file.write_text(words + '\n[facts.zone]\nvalue = "town"\nevidence = ["Letter"]\n', encoding="utf-8")
    script, answers = hold("l", "1", "e", "-", "e", "own words")
    assert "Evidence: Letter" in script.text
    assert (answers.facts["zone"].evidence, answers.facts["zone"].note) == ((), "own words")


def test_a_floor_that_holds_the_score_is_told_at_the_end(tmp_path: Path) -> None:
    """“Score 59.0” alone would end a session in which all else is at 87."""
    file = tmp_path / "hub.toml"
    file.write_bytes((shipped() / "samples" / "innovation_hub_city.toml").read_bytes())
    script = Script("q")
    assert run_plain(Options(file=file), script.talk) == 0
    assert "at most 59 (without floors it would be 87.3)" in script.text


def test_an_answer_that_breaks_a_floor_says_so_and_score_tells_it_again(tmp_path: Path) -> None:
    """“Saved. Score 59.0 (−28.3).” alone would look like a fault; what holds already is not repeated."""
    file, floor = tmp_path / "hub.toml", "! Safe development is below its floor of 40: the total is at most 59"
    file.write_bytes((shipped() / "samples" / "innovation_hub_city.toml").read_bytes())
    script = Script("l", "94", "4", "b", "3", "b", "1", "score", "q")
    assert run_plain(Options(file=file), script.talk) == 0
    told = [line[: len(floor)] == floor for line in script.shown]
    saved = [at for at, line in enumerate(script.shown) if line.startswith("Saved. Score")]
    assert [told[at + 1] for at in saved] == [False, True, False]
    assert told[script.shown.index("Score 59.0.") + 1]
    again = Script("l", "94", "3", "b", "1", "q")
    assert run_plain(Options(file=file), again.talk) == 0
    saved = [at for at, line in enumerate(again.shown) if line.startswith("Saved. Score")]
    assert [again.shown[at + 1].startswith(floor) for at in saved] == [False, False]


def test_what_an_answer_with_its_year_or_evidence_did_to_the_score_is_told(tmp_path: Path) -> None:
    """A year or evidence typed behind it took the place of the answer, and “Saved. Score 68.9.” told of no change."""
    file = tmp_path / "cluster.toml"
    file.write_bytes((shipped() / "samples" / "cluster_county.toml").read_bytes())
    script = Script("l", "21", "0.9", "", "l", "21", "3.41", "2026", "q")
    assert run_plain(Options(file=file), script.talk) == 0
    told = [line for line in script.shown if line.startswith("Saved. Score")]
    # As the printed scores give it: both are in sight.
    assert told == ["Saved. Score 69.5 (−0.6).", "Saved. Score 70.1 (+0.6)."]


def test_a_contradiction_is_told_beside_its_answers_and_at_the_end(hold) -> None:  # type: ignore[no-untyped-def]
    """Line by line nobody would hear of it before the report."""
    script, _answers = hold(*ZONE, *PROFILE, "0.1", "2024", "2", "Doc", "b", "q")
    alarm = "! Level 2 beside 0.1 %."
    assert script.shown.count(alarm) == 2
    assert "How is it steered?" in script.shown[script.shown.index(alarm) - 2]
    assert script.shown[-2] == alarm


def test_the_list_leads_anywhere(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "l", "4", "1,2")
    assert "[not answered]" in script.text
    assert answers.answers["tools"].value == ("audit", "trade")


def test_what_was_answered_differently_is_left_at_the_end_and_told_in_the_list(file: Path, hold) -> None:  # type: ignore[no-untyped-def]
    """Nothing else leads somebody who works line by line to what his merge left in dispute."""
    share = '{ value = "5", by = "A", voices = [{ value = "5", by = "A" }, { value = "9", by = "B" }] }'
    merged = 'merged = { rule = "median", respondents = ["A", "B"] }'
    file.write_text(f"{merged}\n{file.read_text(encoding='utf-8')}\n[answers]\nshare = {share}\n", encoding="utf-8")
    assert "left: 1." in hold(*ZONE, *PROFILE, "d", "d", "d")[0].text
    script, _ = hold("l", "2", "5", "", "l")
    assert "2. [answered differently] " in script.text
    assert "none is left" in script.text
    assert "2. [answered] " in script.text


@pytest.mark.parametrize(
    ("lines", "done"),
    [
        (("u",), "Taken back."),
        (("1",), "In use: "),
        # A command where the year or evidence is asked for: the answer is there already, and the next thing is asked.
        (("", "2", "s"), "Year of the figure"),
        (("", "s", "2", "b"), "Evidence"),
    ],
)
def test_what_cannot_be_saved_is_said_of_every_change(
    lines: tuple[str, ...], done: str, file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise OSError(28, "")

    def typed(prompt: str) -> str:
        if "Saved." in script.text:
            monkeypatch.setattr("nqpf_assess.files.store.write_whole", refuses)
        return read(prompt)

    script = Script(*ZONE, *lines)
    read, script.talk.read = script.talk.read, typed
    with pytest.raises(UserError, match="disk is full"):
        run_plain(Options(file=file, content=(content,)), script.talk)
    said = next(place for place, words in enumerate(script.shown) if words.startswith(done))
    assert "disk is full" in "".join(script.shown[said : said + 6]).partition("or ? for help")[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "is not a number"),
        ("99", "between 0 and 15%"),
        ("2,5", "point for decimals"),
    ],
)
def test_a_figure_that_is_refused_is_asked_again(hold, typed: str, said: str) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, typed, "2", "")
    assert said in script.text
    assert answers.answers["share"].value == "2"


def test_an_unusual_figure_is_confirmed(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "9", "n", "9", "y", "")
    assert script.text.count("is unusual") == 2
    assert answers.answers["share"].value == "9"


@pytest.mark.parametrize(
    ("lines", "number", "count"),
    [
        (("9", *ZONE, *PROFILE, "2", "", "q"), 1, 1),
        (("", *ZONE, *PROFILE, "q"), 1, 1),  # an empty line leaves nothing out
        ((*ZONE, "7", *PROFILE, "q"), 2, 1),
        ((*ZONE, *PROFILE, "9", "2", "", "q"), 3, 1),  # unusual, and then another figure instead of yes
        ((*ZONE, *PROFILE, "2", "MMXXV", "2025", "q"), 4, 1),
        (("x", "because", "2", "q"), 1, 2),  # what of a fact cannot be, and its reason
        ((*ZONE, *PROFILE, *"ssss", "one", "two", "q"), 7, 2),  # more lines than questions
        ((*ZONE, *PROFILE, "9", "y", "", "q"), 0, 0),
        ((*ZONE, *PROFILE, "9", "n", "2", "", "q"), 0, 0),
        ((*ZONE, *PROFILE, "?", "l", "", "score", "u", ""), 0, 0),
        ((*ZONE, *PROFILE, "", "q"), 0, 0),  # no line behind it
    ],
)
def test_a_script_of_which_a_line_was_not_taken_is_told_so(
    lines: tuple[str, ...], number: int, count: int, file: Path, content: Path
) -> None:
    """What was asked is asked again, so that the next line answers it: on a terminal well, in a script unmeant."""
    script, options = Script(*lines), Options(file=file, content=(content,))
    script.talk.script = True
    if not count:
        assert run_plain(options, script.talk) == 0
        return
    with pytest.raises(UserError, match=f"line {number}") as told:
        run_plain(options, script.talk)
    assert (f"{count} lines" in str(told.value)) == (count > 1)
    assert told.value.status == 1
    assert "Everything is saved" in script.text


def test_a_byte_order_mark_is_no_part_of_what_is_typed(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = TextIOWrapper(BytesIO("2\n".encode("utf-8-sig")), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", lines)
    assert run_plain(Options(file=file, content=(content,)), console("en")) == 0
    assert 'value = "hills"' in file.read_text(encoding="utf-8")


def test_a_reader_who_leaves_ends_no_script(file: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`… | grep -m1 Saved`: the lines behind it are taken all the same."""
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"2\n"), encoding="utf-8"))
    with os.fdopen(writing, "w", encoding="utf-8") as gone:
        monkeypatch.setattr("sys.stdout", gone)
        assert run_plain(Options(file=file, content=(content,)), console("en")) == 0
    assert 'value = "hills"' in file.read_text(encoding="utf-8")


def test_at_its_end_the_way_to_a_report_is_told(hold, file: Path, content: Path) -> None:  # type: ignore[no-untyped-def]
    """Copied without the folder that is named, it would score by what comes with the program: another figure."""
    script, _ = hold(*ZONE)
    assert "report anhe.toml" not in script.text  # nothing to report yet
    script, _ = hold(*PROFILE, "2", "2024", "3", "Doc", "1", "1", "words")
    for onward in ("report anhe.toml", "plan anhe.toml"):
        assert f"nqpf-assess --content {content} {onward}" in script.text
    named = file.rename(file.with_name("Anhe County.toml"))
    script = Script("q")
    assert run_plain(Options(file=named, content=(content,)), script.talk) == 0
    assert f'nqpf-assess --content {content} report "Anhe County.toml"' in script.text


def test_another_figure_where_an_unusual_one_is_asked_about_takes_its_place(hold) -> None:  # type: ignore[no-untyped-def]
    """A 1 typed there is a figure, and not taken for yes."""
    script, answers = hold(*ZONE, *PROFILE, "9", "1", "")
    assert script.text.count("is unusual") == 1
    assert answers.answers["share"].value == "1"


def test_what_stands_alone_is_refused_with_others(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "s", "s", "1,3", "3")
    assert "stands alone" in script.text
    assert answers.answers["tools"].value == ("none",)


@pytest.mark.parametrize("typed", ["9", "1 2", "-1", "two", "１２"])
def test_a_level_out_of_range_is_asked_again(hold, typed: str) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold(*ZONE, *PROFILE, "s", typed, "0")
    assert "from 0 to 2" in script.text
    assert answers.answers["plan"].value == 0


def test_words_that_look_like_a_command_are_kept_behind_a_sign(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "s", "s", "s", "=b")
    assert answers.answers["story"].value == "b"


def test_help_says_how_to_answer(hold) -> None:  # type: ignore[no-untyped-def]
    script, _ = hold(*ZONE, *PROFILE, "?")
    assert "See the yearbook." in script.text
    assert "x not applicable" in script.text


def test_help_names_a_published_figure_with_its_source(hold, content: Path) -> None:  # type: ignore[no-untyped-def]
    path = content / "questionnaires" / "small.toml"
    table, named = "[questions.share]\n", '[sources.yearbook]\ntitle.en = "Yearbook"\ntitle.zh = "年鉴"\n'
    row = 'benchmarks = [{ value = 2.69, year = 2024, en = "Nation", zh = "全国", source = "yearbook#3" }]\n'
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace(table, f'{named}kind = "statistic"\n{table}{row}'), encoding="utf-8")
    script, _ = hold(*ZONE, *PROFILE, "?")
    assert "For comparison: Nation: 2.69% in 2024, Yearbook\n" in script.text


def test_chinese_from_the_first_line_to_the_last(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("２", "１", "２．５％", "2024年", "1", language="zh")
    assert answers.answers["share"].value == "2.5"
    assert "基本情况，第 1 项，共 1 项" in script.text
    assert "已全部保存到" in script.text


def test_hostile_texts_cannot_steer_the_terminal(hold, file: Path, content: Path) -> None:  # type: ignore[no-untyped-def]
    source = content / "questionnaires" / "small.toml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("Which zone?", "Zone\\u001b[31m\\u202e[/b]?"), encoding="utf-8"
    )
    script, _ = hold("2")
    assert "\x1b" not in script.text
    assert "\u202e" not in script.text
    assert "Zone[31m[/b]?" in script.text


def test_a_file_of_somebody_else_can_be_looked_at(
    file: Path, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What refuses to write to it advises so; then nothing is said to be saved, and no copy of its answers is kept."""
    from nqpf_assess.files.cache import CACHE_VARIABLE
    from nqpf_assess.files.library import LAST_ANSWERS
    from nqpf_assess.files.store import AnswerFile

    cache = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(cache))
    before, script = file.read_bytes(), Script("2", "u", "1", "4", "", "n", "mine", "score", "q")
    with AnswerFile(file):
        assert run_plain(Options(file=file, content=(content,), read_only=True), script.talk) == 0
    assert file.read_bytes() == before
    assert list(cache.glob("*.json"))
    assert not list(cache.glob(f"{LAST_ANSWERS}*"))
    assert "aved" not in script.text
    assert script.text.count("--read-only") >= 3
    assert "Nothing was changed in anhe.toml" in script.text
    with pytest.raises(UserError, match="Nothing is begun"):
        run_plain(Options(file=Path("new.toml"), kind="region", read_only=True), Script("Anhe").talk)
    assert not Path("new.toml").exists()


def test_a_locked_file_is_said(file: Path, content: Path) -> None:
    from nqpf_assess.files.store import AnswerFile, HeldByOther

    with AnswerFile(file), pytest.raises(HeldByOther) as held:
        run_plain(Options(file=file, content=(content,)), Script("2").talk)
    assert "assess --read-only" in held.value.hint["en"]


def test_a_file_on_a_disk_that_is_read_only_leads_to_looking_at_it(
    file: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nqpf_assess.files import store

    def refuse(*_args: object) -> None:
        raise OSError(30, "Read-only file system", str(file))

    monkeypatch.setattr(store, "sweep", refuse)
    with pytest.raises(UserError) as held:
        run_plain(Options(file=file, content=(content,)), Script("2").talk)
    assert ("assess --read-only" in held.value.hint["en"], held.value.status) == (True, 3)


def test_a_file_that_was_renamed_meanwhile_is_said_to_be_written_anew(file: Path, content: Path) -> None:
    script = Script("2", "", "1", "")
    read = script.talk.read

    def renamed(prompt: str) -> str:
        file.rename(file.with_name("renamed.toml"))
        script.talk.read = read
        return read(prompt)

    script.talk.read = renamed
    run_plain(Options(file=file, content=(content,)), script.talk)
    assert script.text.count("The file was gone, so it was written anew") == 1


def test_a_folder_called_like_a_questionnaire_is_none(tmp_path: Path) -> None:
    Path("firm").mkdir()
    assert run_plain(Options(file=tmp_path / "begun.toml", kind="firm"), Script("Works").talk) == 0


INNER = {
    "year of a figure": (*ZONE, *PROFILE, "2.5"),
    "note": (*ZONE, *PROFILE, "n"),
    "evidence": (*ZONE, *PROFILE, "e"),
    "how sure": (*ZONE, *PROFILE, "c"),
    "reason": (*ZONE, *PROFILE, "x"),
    "unusual figure": (*ZONE, *PROFILE, "9"),
    "profile": ZONE,
    "list": (*ZONE, *PROFILE, "l"),
    "end": (*ZONE, *PROFILE, "s", "s", "s", "s", "s"),
}


@pytest.mark.parametrize("prompt", INNER)
def test_quit_leaves_at_every_prompt(hold, prompt: str) -> None:  # type: ignore[no-untyped-def]
    """Nothing is typed into the file, and nothing is asked after it."""
    script, answers = hold(*INNER[prompt], "quit", "never read")
    assert "Everything is saved" in script.text
    assert next(script._lines) == "never read"
    assert "quit" not in str(answers.answers)


@pytest.mark.parametrize("prompt", INNER)
def test_help_is_given_at_every_prompt(hold, prompt: str) -> None:  # type: ignore[no-untyped-def]
    script, _ = hold(*INNER[prompt], "?")
    assert "x not applicable" in script.text


def test_a_figure_is_kept_before_its_year_is_asked(hold) -> None:  # type: ignore[no-untyped-def]
    _, answers = hold(*ZONE, *PROFILE, "2.5", "q")
    assert (answers.answers["share"].value, answers.answers["share"].year) == ("2.5", 2025)


def test_nothing_is_offered_to_be_left_for_later_where_nothing_is_left(hold) -> None:  # type: ignore[no-untyped-def]
    """Back from the profile, to the only fact there is."""
    script, _ = hold(*ZONE, "b", "q")
    assert "Weights that fit here" in script.text
    assert "The weights can be told now" not in script.text


def test_what_is_asked_stands_whole_before_a_short_sign(hold) -> None:  # type: ignore[no-untyped-def]
    """A line editor that scrolls a long prompt sideways would hide its beginning."""
    script, _ = hold(*ZONE, *PROFILE, "2.5", "", "s", "s", "s", "s", "3")
    prompts = {shown for shown in script.shown if shown.startswith(">")}
    assert prompts == {"> "}
    assert any(shown.startswith("That was the last question") for shown in script.shown)
    assert "Nothing is asked here, so this answers nothing" in script.text  # to the 3 behind the last question


def test_on_leaves_the_rest_of_a_part_for_later(hold) -> None:  # type: ignore[no-untyped-def]
    script, answers = hold("on", "", "2.5", "2024", "on")
    assert "zone" not in answers.facts
    assert answers.answers["share"].value == "2.5"
    assert "Everything is saved" in script.text


def test_facts_that_were_left_for_later_are_left_at_the_end(hold) -> None:  # type: ignore[no-untyped-def]
    """Questions may hang on them, and nothing behind the last question asks for them."""
    answered = ("d",) * 5
    assert "left: 1" in hold("on", "", *answered)[0].text
    assert "none is left" in hold("2", "")[0].text


def test_compare_says_that_there_is_no_earlier_year(hold, file: Path) -> None:  # type: ignore[no-untyped-def]
    script, _ = hold("compare", "2")
    assert "No assessment of an earlier year" in script.text
    file.write_text(file.read_text(encoding="utf-8").replace('period = "2025"\n', ""), encoding="utf-8")
    script, _ = hold("compare", "q")
    assert "this one does not state both" in script.text  # perhaps one lies there: nothing tells which is earlier


def test_compare_shows_what_changed_since_the_year_before(hold, file: Path) -> None:  # type: ignore[no-untyped-def]
    earlier = file.read_text(encoding="utf-8").replace('"2025"', '"2024"')
    file.with_name("earlier.toml").write_text(earlier, encoding="utf-8")
    script, _ = hold("2", "", "2.5", "2024", "compare")
    assert "2024" in script.text.split("compare")[-1]
    assert "earlier.toml" in script.text  # of one year there may be several files
    assert "No assessment" not in script.text
