"""Search over all that is asked, in both languages at once."""

from typing import ClassVar

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import STATE_WORDS
from nqpf_assess.session.answering import Table
from nqpf_assess.session.searching import Index, index_of
from nqpf_assess.tui.rows import Row, quiet
from nqpf_assess.tui.screens.listing import FilterPage
from nqpf_assess.tui.widgets.rows import How

NOTHING = text(en="Nothing is found. Try another word, in English or Chinese.", zh="没有找到，请换个词，中英文均可。")
TYPE = text(en="Type a word of the question, its help or its options.", zh="输入题目、说明或选项中的词。")


class SearchPage(FilterPage):
    """Gives back the place of what was chosen."""

    TITLE_WORDS: ClassVar[Text] = text(en="Search", zh="搜索")
    AUTO_FOCUS = "#filter"
    _index: Index | None = None

    def rows(self) -> tuple[Row, ...]:
        """List what is found."""
        session = self.boss.session
        if self._index is None:
            self._index = index_of(session)
        if not self.query_typed.strip():
            return (quiet(self.speech.tell(TYPE)),)
        found = self._index.find(session, self.query_typed)
        return tuple(self._row(table, id) for table, id in found) or (quiet(self.speech.tell(NOTHING)),)

    def _row(self, table: Table, id: str) -> Row:
        session, speech = self.boss.session, self.speech
        state = session.state(table, id)
        said = speech.line(session.asked(table, id).text)
        return Row(
            said, id=f"{table}:{id}", lead=f"{speech.glyphs.states[state]} ", tail=speech.tell(STATE_WORDS[state])
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give the place back."""
        self.dismiss(id)
