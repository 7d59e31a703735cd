"""Search over all that is asked, in both languages at once."""

from itertools import islice
from typing import ClassVar

from nqpf_assess.locale import Text, _, _n
from nqpf_assess.report.wording import STATE_WORDS
from nqpf_assess.session.searching import Index, index_of, places_of, words_of
from nqpf_assess.tui.drawing.rows import Row, quiet
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.widgets.list import How

NOTHING = _("Nothing is found. Try another word, in English or Chinese.")
MORE = _("… and {more} more: type on.")
MOST_SHOWN = 200
"""Hits that are drawn; more than these nobody reads through."""
NOT_ASKED = _n(
    "{count} question with this is not asked at present: ruled out by other answers, or no core question.",
    "{count} questions with this are not asked at present: ruled out by other answers, or no core questions.",
)
TYPE = _("Type a word of the question, its help or its options.")


class SearchPage(FilterPage):
    """Gives back the place of what was chosen."""

    TITLE_WORDS: ClassVar[Text] = _("Search")
    AUTO_FOCUS = "#filter"
    _index: Index | None = None

    def rows(self) -> tuple[Row, ...]:
        """List what is found."""
        session = self.bench.session
        if self._index is None:
            self._index = index_of(session)
        if not self.query_typed.strip():
            return (quiet(self.speech.tell(TYPE)),)
        rows, speech, sought = [], self.speech, tuple(self.query_typed.split())
        hits = self._index.find(session, self.query_typed)
        for table, id in hits[:MOST_SHOWN]:
            state, words = session.state(table, id), speech.line(session.asked(table, id).text)
            if not places_of(words, sought):  # what was found is elsewhere than in the question itself
                holding = (text for text in words_of(session, table, id, speech.language) if places_of(text, sought))
                words = "\n".join((words, *islice(holding, 1)))
            lead, tail = f"{speech.glyphs.states[state]} ", speech.tell(STATE_WORDS[state])
            rows.append(Row(words, id=f"{table}:{id}", lead=lead, tail=tail, sought=sought))
        if (more := len(hits) - MOST_SHOWN) > 0:
            rows.append(quiet(speech.tell(MORE, more=more)))
        if unasked := self._index.unasked(session, self.query_typed):
            rows.append(quiet(speech.tell(NOT_ASKED, count=unasked)))
        return tuple(rows) or (quiet(speech.tell(NOTHING)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Return the place to the page that asked."""
        self.dismiss(id)
