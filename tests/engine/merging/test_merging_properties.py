"""What a merge promises: it belongs to no order, invents nothing, keeps what everybody said, can hide who said it."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import Wish, merge, untouched
from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import stored
from nqpf_assess.exchange.merging_json import merging_row
from nqpf_assess.files.document import read_document
from nqpf_assess.files.linting import load
from nqpf_assess.files.store import answers_text
from nqpf_assess.model.answers import MERGE_RULES, Answers, Chosen, MergeRule, Override
from nqpf_assess.model.merging import Merging
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.pages.merging import merging_lines
from nqpf_assess.pages.provenance import provenance_lines
from tests.support.instruments import Case, crowds
from tests.support.scored import tries

NAMES = ("Ann Zhao", "Bo Qian", "Cai Sun", "Ding Li")


def instrument_of(case: Case) -> Instrument:
    return Instrument(Questionnaire.model_validate(case.questionnaire), tuple(map(Weights.model_validate, case.chain)))


def files_of(crowd: Sequence[Case]) -> list[tuple[str, Answers]]:
    found = []
    for name, case in zip(NAMES, crowd, strict=True):
        subject = {"name": "somewhere", "period": "2025", "respondent": name}
        found.append((name, Answers.model_validate({**case.answers, "subject": subject})))
    return found


def merged(crowd: Sequence[Case], rule: MergeRule, **wish: Any) -> Merging:
    lead = NAMES[1] if rule == "lead" else None
    return merge(instrument_of(crowd[0]), files_of(crowd), Wish(rule, lead, **wish))


CROWDS = crowds(4)
RULES = st.sampled_from(MERGE_RULES)


@tries(20)
@given(CROWDS, RULES, st.integers(0, 99))
def test_the_order_of_the_files_does_not_matter(crowd: list[Case], rule: MergeRule, seed: int) -> None:
    """Any order of the same files gives the same bytes and the same agenda."""
    files = files_of(crowd)
    shuffled = Random(seed).sample(files, len(files))
    wish = Wish(rule, NAMES[1] if rule == "lead" else None)
    found = [merge(instrument_of(crowd[0]), given, wish) for given in (files, shuffled)]
    assert answers_text(found[0].answers) == answers_text(found[1].answers)
    assert merging_row(found[0], "en") == merging_row(found[1], "en")


@tries(30)
@given(CROWDS, RULES)
def test_what_stands_was_said(crowd: list[Case], rule: MergeRule) -> None:
    """Every merged answer is one that a respondent gave; where all who answered agree, that one."""
    merging = merged(crowd, rule)
    questionnaire = instrument_of(crowd[0]).questionnaire
    tables = {"facts": questionnaire.facts, "answers": questionnaire.questions}
    assert merging.settled
    for one in merging.settled:
        asked = tables[one.table][one.id]  # type: ignore[index]
        entries = [getattr(answers, one.table).get(one.id) for _, answers in files_of(crowd)]
        said = [stored(asked, entry) for entry in entries if entry is not None]
        stands = getattr(merging.answers, one.table).get(one.id)
        if stands is None:
            assert not said
            continue
        now = stored(asked, stands)
        assert now in said
        claims = {(s.state, s.value if s.state == "answered" else None) for s in said if s.state in ("answered", "na")}
        assert one.disputed == (len(claims) > 1 and not one.free_words)
        assert one.agreement is None or 0 < one.agreement <= 1
        assert (one.spread is None) or one.spread >= 0


@tries(20)
@given(CROWDS)
def test_the_lead_stands_where_the_lead_answered(crowd: list[Case]) -> None:
    """Under the rule `lead` no answer of the lead is overruled."""
    merging, lead = merged(crowd, "lead"), files_of(crowd)[1][1]
    questionnaire = instrument_of(crowd[0]).questionnaire
    for id, entry in lead.answers.items():
        asked = questionnaire.questions[id]
        seen = stored(asked, entry)
        if seen.state in ("answered", "na"):
            now = stored(asked, merging.answers.answers[id])
            assert (now.state, now.value) == (seen.state, seen.value)


@tries(20)
@given(CROWDS)
def test_the_middle_lies_between(crowd: list[Case]) -> None:
    """Under the rule `median` as many answers earn no more as no less than what stands."""
    kinds = {id: question["kind"] for id, question in crowd[0].questionnaire["questions"].items()}
    for one in merged(crowd, "median").settled:
        standing = one.said[one.stands] if one.stands is not None else None
        if (
            one.table == "facts"
            or standing is None
            or standing.state != "answered"
            or kinds[one.id] in ("text", "number")
        ):
            continue
        scores = sorted(s.score or 0.0 for s in one.said if s.state == "answered" for _ in s.who)
        assert standing.score == pytest.approx(scores[(len(scores) - 1) // 2])


@tries(20)
@given(CROWDS, RULES)
def test_the_file_can_be_read_and_tells_whether_it_was_touched(crowd: list[Case], rule: MergeRule) -> None:
    """Written and read back it scores the same and is known as untouched; one changed answer and it is not."""
    merging = merged(crowd, rule)
    again = load(Answers, [read_document("x", answers_text(merging.answers).encode())])
    assert again.problems == ()
    assert untouched(again.value)
    assert score(instrument_of(crowd[0]), again.value).overall.score == merging.score
    other = again.value.model_copy(update={"mode": "quick" if again.value.mode == "full" else "full"})
    assert not untouched(other)


@tries(20)
@given(CROWDS, st.sampled_from(["median", "majority", "evidence"]), st.sampled_from(["en", "zh"]))
def test_without_names_nobody_is_named(crowd: list[Case], rule: MergeRule, language: str) -> None:
    """Anonymous: no name in the file, the agenda or the data."""
    merging = merged(crowd, rule, anonymous=True)
    questionnaire = instrument_of(crowd[0]).questionnaire
    told = "\n".join(merging_lines(merging, questionnaire, language, width=80, everything=True))
    for words in (answers_text(merging.answers), told, str(merging_row(merging, language))):
        assert not any(name in words for name in NAMES)


@tries(20)
@given(CROWDS, RULES)
def test_every_voice_is_kept(crowd: list[Case], rule: MergeRule) -> None:
    """Where respondents differ, the merged answer carries what each of them said, by whom; the rule took it."""
    merging, questionnaire = merged(crowd, rule), instrument_of(crowd[0]).questionnaire
    for answers in (merging.answers, merged(crowd, rule, anonymous=True).answers):
        for id in (id for id, answer in (answers.answers | answers.facts).items() if answer.voices):
            assert not next(provenance_lines(answers, questionnaire, id, "en")).startswith("settled")
    for one in merging.settled:
        if not one.disputed:
            continue
        answer = getattr(merging.answers, one.table)[one.id]
        named = {name for voice in answer.voices for name in (voice.by or "").split(", ")}
        spoke = {NAMES[who] for said in one.said for who in said.who}
        assert named == spoke


POOL = tuple(Override(node="p0", factor=Decimal(factor), why="we know better") for factor in (1, 2, 3, 4))


@tries(20)
@given(CROWDS, RULES, st.lists(st.sets(st.integers(0, 3)), min_size=4, max_size=4))
def test_what_most_want_stands_and_the_rest_is_counted(
    crowd: list[Case], rule: MergeRule, wants: list[set[int]]
) -> None:
    """Overrides and measures: what the lead wants, else what more than half want; the others are told with how many."""
    files = [
        (name, answers.model_copy(update={"override": tuple(POOL[i] for i in sorted(wanted)), "plan": chosen(wanted)}))
        for (name, answers), wanted in zip(files_of(crowd), wants, strict=True)
    ]
    merging = merge(instrument_of(crowd[0]), files, Wish(rule, NAMES[1] if rule == "lead" else None))
    counts = {i: sum(i in wanted for wanted in wants) for i in set().union(*wants)}
    kept = wants[1] if rule == "lead" else {i for i, n in counts.items() if n > 2}
    assert {POOL.index(change) for change in merging.answers.override} == kept
    known = instrument_of(crowd[0]).questionnaire.countermeasures
    alike = all(wanted == wants[0] for wanted in wants)  # what all of them wrote stays as they wrote it
    assert {int(id[1:]) for id in merging.answers.plan.chosen} == {i for i in kept if alike or f"m{i}" in known}
    lost = {i: n for i, n in counts.items() if i not in kept}
    assert {POOL.index(change): n for change, n in merging.overrides_dropped} == lost
    assert {int(id[1:]): n for id, n in merging.measures_dropped} == lost
    row = merging_row(merging, "en")
    assert sorted(one["count"] for one in row["dropped"]["plan"]) == sorted(lost.values())
    assert {one["name"] for one in row["respondents"]} == set(NAMES)


def chosen(wanted: set[int]) -> Chosen:
    return Chosen(chosen=tuple(f"m{i}" for i in sorted(wanted)))
