"""The facts asked first decide the same profile as all facts, for every place and firm of the validation lists."""

import tomllib
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import deciding_facts, fit_of
from nqpf_assess.engine.states import Seen, View, read
from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference

MOST = {"region": 10, "firm": 8}
"""Facts asked first at most; of 20 for a place and 12 for a firm."""


@pytest.mark.parametrize("instrument", ["region", "firm"])
def test_few_facts_decide_what_all_of_them_do(content: Any, instrument: str) -> None:
    book, chains = content.questionnaire(instrument), content.chains(instrument)
    listed = tomllib.loads((content.root / "tests" / "places" / f"{instrument}.toml").read_text(encoding="utf-8"))
    profiles = sorted((chain[-1] for chain in chains), key=lambda one: (one.order is None, one.order or 0, one.id))
    assert len(listed) >= 30
    for id, entry in listed.items():
        facts = {n: Answer(value=tuple(v) if isinstance(v, list) else v) for n, v in entry["facts"].items()}
        answers = Answers(
            format="nqpf-answers/1",
            questionnaire=Reference(id=instrument, version=book.version),
            weights=RubricReference(id="baseline", version=book.version),
            facts=facts,
        )
        whole = read(Instrument(book, chains[0]), answers)
        asked: dict[str, Seen] = {}
        while left := deciding_facts(book, chains, view := _seen(whole, asked)):
            seen = whole.facts[left[0]]
            asked[left[0]] = seen if seen.state == "answered" else Seen("dk")
        assert len(asked) <= MOST[instrument], id
        firsts = [next((one.id for one in profiles if fit_of(one, known) == "fits"), "") for known in (view, whole)]
        assert firsts[0] == firsts[1], id


def _seen(whole: View, asked: dict[str, Seen]) -> View:
    return whole._replace(facts={id: asked.get(id, Seen("blank")) for id in whole.facts})
