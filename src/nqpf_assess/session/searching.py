"""Search over all that is asked, in every language at once, with Chinese and Latin letters alike."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqpf_assess.kinds import kind_of
from nqpf_assess.model.questionnaire import AnyAsked, title_of
from nqpf_assess.session.answering import Session, Table
from nqpf_assess.session.outline import ancestors
from nqpf_assess.session.pinyin import LEAST_SPELLED, begins, initials, sounding_like, spelled

WEIGHT = {"id": 4, "text": 3, "node": 2, "more": 1, "initials": 1, "spelled": 1}
"""What a hit counts: in the id, in the words of the question, its pillar and dimension, its help and options,
and in the pinyin of all but the help, by initials or in full."""


def folded(words: str) -> str:
    """Bring letters to the form in which they are compared: full-width as plain, capitals as small."""
    return unicodedata.normalize("NFKC", words).casefold()


def fits(wanted: str, words: str) -> bool:
    """Return whether letters that somebody typed are part of a text, or of its pinyin: by initials or in full."""
    typed = folded(wanted.strip())
    return typed in folded(words) or typed in initials(words) or begins(typed.replace(" ", ""), words)


def places_of(line: str, sought: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return from where to where words that are looked for stand in a line, in order and apart from each other."""
    # Letters are folded one by one, so that places in the folded line lead back to the line.
    letters = [folded(letter) for letter in line]
    starts = [place for place, letter in enumerate(letters) for _part in letter]
    whole, marked = "".join(letters), set[int]()
    for word in filter(None, map(folded, sought)):
        at = whole.find(word)
        if at < 0:
            marked.update(sounding_like(word, line))
        while at >= 0:
            marked.update(starts[at : at + len(word)])
            at = whole.find(word, at + 1)
    begins_at = [place for place in sorted(marked) if place - 1 not in marked]
    return tuple(zip(begins_at, (place + 1 for place in sorted(marked) if place + 1 not in marked), strict=True))


@dataclass
class Index:
    """Everything that is asked, as words to look through; made once for a questionnaire."""

    rows: Mapping[tuple[Table, str], Mapping[str, str]]

    def find(self, session: Session, query: str) -> tuple[tuple[Table, str], ...]:
        """Return what is asked now and holds every word of the query, best first."""
        tables: tuple[Table, ...] = ("facts", "answers")
        places = [(table, id) for table in tables for id in session.order(table)]
        scored = [(score, place) for place in places if (score := self._score(place, folded(query).split()))]
        scored.sort(key=lambda row: -row[0])
        return tuple(place for _score, place in scored)

    def unasked(self, session: Session, query: str) -> int:
        """Count what holds every word of the query and is not asked as things stand: there is no page to lead to."""
        asked = set(session.visible)
        words = folded(query).split()
        return sum(
            bool(self._score(place, words)) for place in self.rows if place[0] == "answers" and place[1] not in asked
        )

    def _score(self, place: tuple[Table, str], words: Sequence[str]) -> int:
        """Return what the best places of all words count together; 0 where one of them is not there."""
        row, best = self.rows[place], []
        for word in words:
            parts = (part for part in row if part != "spelled" or len(word) >= LEAST_SPELLED)
            best.append(max((WEIGHT[part] for part in parts if word in row[part]), default=0))
        return sum(best) if all(best) else 0


def index_of(session: Session) -> Index:
    """Make the index of a questionnaire."""
    questionnaire = session.instrument.questionnaire
    tables: tuple[Table, ...] = ("facts", "answers")
    ids = {"facts": tuple(questionnaire.facts), "answers": tuple(questionnaire.questions)}
    return Index({(table, id): _row(session, table, id) for table in tables for id in ids[table]})


def words_of(session: Session, table: Table, id: str, language: str) -> Iterator[str]:
    """Yield the words in which a question can be found, one text after the other, the reader's language first."""
    asked, nodes = session.asked(table, id), ancestors(session, id) if table == "answers" else ()
    titles = [title_of(session.instrument.questionnaire, node) for node in nodes]
    choices = [choice.words for choice in kind_of(asked).choices(asked)]
    texts = [asked.text, *choices, asked.help or {}, *titles]
    for code in sorted(asked.text, key=lambda code: code != language):
        yield from filter(None, (text.get(code) for text in texts))


def _row(session: Session, table: Table, id: str) -> Mapping[str, str]:
    asked, questionnaire = session.asked(table, id), session.instrument.questionnaire
    nodes = ancestors(session, id) if table == "answers" else ()
    titles = [words for node in nodes for words in title_of(questionnaire, node).values()]
    spoken = " ".join((*asked.text.values(), *titles, *_choices(asked)))
    return {
        "id": folded(f"{id} {id.replace('_', ' ')}"),
        "text": folded(" ".join(asked.text.values())),
        "node": folded(" ".join(titles)),
        "initials": initials(spoken),
        "spelled": spelled(spoken),
        "more": folded(" ".join((*(asked.help or {}).values(), *_choices(asked)))),
    }


def _choices(asked: AnyAsked) -> Iterator[str]:
    for choice in kind_of(asked).choices(asked):
        yield from choice.words.values()
