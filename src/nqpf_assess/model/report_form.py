"""The forms a report is written in: their names in options and settings, and what people call them."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

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
