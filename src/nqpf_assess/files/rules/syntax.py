"""The TOML reader's complaints in the words of people who write TOML and no programs, and what to do about each."""

from nqpf_assess.files.recovery import TOO_LONG
from nqpf_assess.locale import Text, _, fill

Row = tuple[str, Text, Text | None]
"""How the complaint begins, what it says, what to do (None: the general advice)."""

ONE_LINE = _(
    'A table in braces stands on one line, with commas between and none at the end: { en = "...", zh = "..." }.'
)
CLOSE_TEXT = _(
    'A text in "..." ends on its line; a longer one stands between """ and """. A " inside a text is written \\".'
)
QUOTE = _('Texts stand in quotation marks: key = "text". Numbers stand alone (2.5), and so do true and false.')
EQUALS = _("A line has the form key = value, with “=”.")
SPELLED = _("Keys have Latin letters, digits, _ and -.")
BACKSLASH = _(r"Write \\ for a backslash, or put the text in single marks: 'C:\data'.")

ROWS: tuple[Row, ...] = (
    ("Invalid value", _("the value is not valid"), QUOTE),
    ("Expected '=' after a key", _("“=” is missing after the key"), EQUALS),
    ("Expected ']' at the end of a table", _("the table's name is not closed with “]”"), None),
    ("Expected ']]' at the end", _("the table's name is not closed with “]]”"), None),
    (
        "Unclosed array",
        _("the list is not closed with “]”, or a comma is missing"),
        _("Separate the entries with commas and close the list: [1, 2]."),
    ),
    (
        "Unclosed inline table",
        _("the table in braces is not closed with “}”, or a comma is missing"),
        ONE_LINE,
    ),
    (
        "Expected newline or end",
        _("more follows on the line after the value is complete"),
        _('One line holds one key. A number stands alone; a text with "..." ends at the second mark.'),
    ),
    ("Illegal character '\\n'", _("the text is not closed on its line"), CLOSE_TEXT),
    (
        "Found invalid character '\\n'",
        _("the text is not closed on its line"),
        CLOSE_TEXT,
    ),
    ("Unterminated string", _("the text is not closed"), CLOSE_TEXT),
    ("Expected '\"", _("the text is not closed"), CLOSE_TEXT),
    ("Expected \"'", _("the text is not closed"), CLOSE_TEXT),
    ("Unescaped '\\\\'", _("a backslash stands alone in a text"), BACKSLASH),
    ("Invalid hex", _("the code after a backslash is not complete"), BACKSLASH),
    (
        "Escaped character",
        _("the code after a backslash is no character"),
        BACKSLASH,
    ),
    ("Invalid initial character for a key", _("a key is wanted here"), SPELLED),
    ("Invalid statement", _("a key or a table is wanted here"), SPELLED),
    (
        "Invalid date or datetime",
        _("there is no such date or time"),
        _("Write it as 2026-11-02T09:14:05+08:00."),
    ),
    (
        "Found invalid character",
        _("a control character stands here"),
        _("Delete it; it may be invisible in the editor."),
    ),
    (
        "Illegal character",
        _("a control character stands in the text"),
        _("Delete it; it may be invisible in the editor."),
    ),
    (
        TOO_LONG,
        _("the number has thousands of digits"),
        _("Write an ordinary number."),
    ),
)

IN_BRACES = "\n}"
"""What stands where a key is wanted, if a table in braces goes over several lines or ends with a comma."""


def syntax_words(fault: str) -> Text:
    """Put the reader's complaint in the user's words."""
    other = fill(_("it is not written as it should be here ({fault})"), fault=fault)
    return next((words for start, words, _ in ROWS if fault.startswith(start)), other)


def syntax_hint(fault: str, found: str) -> Text | None:
    """Say what to do about the reader's complaint."""
    if fault.startswith("Invalid initial character") and found and found in IN_BRACES:
        return ONE_LINE
    return next((hint for start, _, hint in ROWS if fault.startswith(start)), None)
