"""The forms a report is written in: names in options and settings, what people call them, and how much they say."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from nqpf_assess.locale import Text, _

Form = Literal["pdf", "docx", "md", "text", "html"]


class FormWords(NamedTuple):
    """What a form is called, and the same with what it is good for."""

    name: Text
    choice: Text


FORM_WORDS: Mapping[Form, FormWords] = {
    "pdf": FormWords(_("PDF"), _("PDF, to print and to keep")),
    "docx": FormWords(_("Word"), _("Word, to go on editing")),
    "md": FormWords(_("Markdown"), _("Markdown")),
    "text": FormWords(_("Plain text"), _("Plain text")),
    "html": FormWords(_("Web page"), _("Web page, to read in a browser")),
}
FORMS: tuple[Form, ...] = tuple(FORM_WORDS)

WordStyle = Literal["report", "gongwen"]
STYLES: tuple[WordStyle, ...] = get_args(WordStyle)
"""How a Word file looks: our own way, or page, fonts and line grid of official papers (GB/T 9704-2012)."""

Edition = Literal["brief", "full"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)
"""The brief, which is handed to a leader; or in full, with the technical volume that proves it."""
