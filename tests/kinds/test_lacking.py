"""What an answer of several things lacks is said in the questionnaire's words, and a long list is cut short."""

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.kinds import kind_of


@pytest.mark.parametrize(("language", "first", "more"), [("en", "It lacks ", " and 2 more"), ("zh", "缺少", "2项")])
def test_what_is_lacking_is_listed_and_cut(language: str, first: str, more: str) -> None:
    book = Library().questionnaire("region")
    assert book is not None
    asked = book.value.questions["key_platforms"]
    kind = kind_of(asked)
    ids = [str(choice.value) for choice in kind.choices(asked) if not choice.alone]
    assert len(ids) == 5
    whole = kind.lacking(asked, frozenset(ids[:1]), language)
    cut = kind.lacking(asked, frozenset(ids[:1]), language, most=3)
    assert whole is not None
    assert cut is not None
    assert whole.startswith(first)
    assert more not in whole
    assert cut.endswith(more)
    assert kind.lacking(asked, frozenset(ids), language) is None
