"""Can the file be read at all? Encoding, TOML syntax, a key written twice, brackets without end.

The TOML reader's complaints are put in the words of people who write TOML and no programs.
"""

from collections.abc import Callable, Iterable
from typing import cast

from nqpf_assess.files.document import AS_DATA, CUT, PACKED, PARQUET, PDF, Unreadable
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.recovery import CURLY, TOO_LONG, TWO_VERSIONS
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
NO_VALUE = _("Nothing stands behind “=”: write the value, or put a # before the line.")
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
    ("Unescaped", _("a backslash stands alone in a text"), BACKSLASH),
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
        _("Write a day as 2026-12-31, a day with time as 2026-11-02T09:14:05+08:00."),
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
    (
        AS_DATA,
        _("it is a table or other data"),
        _(
            "Answers in a table or JSON are taken over: nqpf-assess import FILE. A row for each of many respondents: "
            "nqpf-assess cohort score FILE --questionnaire ID -o scores.csv."
        ),
    ),
    (
        TWO_VERSIONS,
        _("git left this line where it could not merge two versions"),
        _("Keep the lines of one version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
    ),
)

IN_BRACES = "\n}"
"""What stands where a key is wanted, if a table in braces goes over several lines or ends with a comma."""


def syntax_words(fault: str) -> Text:
    """Put the reader's complaint in the user's words."""
    other = fill(_("it is not written as it should be here ({fault})"), fault=fault)
    return next((words for start, words, _ in ROWS if fault.startswith(start)), other)


def syntax_hint(fault: str, found: str) -> Text | None:
    """Return what to do about the reader's complaint."""
    if fault.startswith("Invalid initial character") and found and found in IN_BRACES:
        return ONE_LINE
    if fault.startswith("Invalid value") and found in ("\n", "#"):
        return NO_VALUE
    return next((hint for start, _, hint in ROWS if fault.startswith(start)), None)


STRAIGHT = _('The mark {found} is a curly quotation mark; texts stand in straight ones: "...".')
FULL_WIDTH = _("The mark {found} is a full-width one; switch the input method to half-width and type it again.")
INVISIBLE = _("An invisible character (U+{number:04X}) stands here; delete it and type a plain space.")
DECIMAL = _("Decimals are written with a point, thousands without a mark: 0.5, not 0,5; 1200, not 1,200.")
OLD_END = _("a carriage return stands here alone; in TOML it ends no line")
SAVE_ENDS = _("Save the file with LF or CR LF as its line ends (in most editors: Save As, or the bar at the bottom).")
LISTED = ("adjust", "judgements", "override", "follow_up")
"""Tables of a format that stand in double brackets, once for each entry."""
DOUBLE_BRACKETS = _("Write [[{name}]] in double brackets, each time; so there may be several.")
WIDE = "。、【】《》〈〉「」『』—–−…·"
SEEMS = _("; it looks like {encoding}")
COPY_AGAIN = _("It was cut off, perhaps while it was copied: copy it again.")
CUT_OFF = _("; it ends in the middle of a character")
NO_TEXT = {
    PACKED: (
        _("; it is a workbook or another packed file, no text"),
        _("Leave it as it is. To take the answers in an Excel form: nqpf-assess import FILE."),
    ),
    PDF: (
        _("; it is a PDF, no text"),
        _("Leave it as it is. To check a report, and to take out what it carries: nqpf-assess open FILE -o DIR."),
    ),
    PARQUET: (
        _("; it is a Parquet table, no text"),
        _("Leave it as it is. To score its rows: nqpf-assess cohort score FILE --questionnaire ID -o scores.csv."),
    ),
}
"""What files are that cannot be saved as text, and the command that is for each."""


def faults_of(code: str) -> Callable[[Iterable[Unreadable]], Iterable[Finding]]:
    """Make the function that picks one kind of fault."""

    def find(faults: Iterable[Unreadable]) -> Iterable[Finding]:
        for fault in faults:
            if fault.code == code:
                path = (str(fault.values["name"]),) if "name" in fault.values else ()
                values = dict(fault.values)
                if code == "encoding":
                    seems = str(values["encoding"])
                    named = fill(SEEMS, encoding=seems) if seems else ""
                    values["seems"] = CUT_OFF if seems == CUT else NO_TEXT[seems][0] if seems in NO_TEXT else named
                elif code == "syntax":
                    values["fault"] = OLD_END if values["found"] == "\r" else syntax_words(str(values["fault"]))
                yield Finding(path, values, hint=_hint(fault))

    return find


def _hint(fault: Unreadable) -> Text | None:
    """Advise what to do about one fault, by what stands where the reader stopped; None: the rule's own advice."""
    if fault.code == "encoding" and fault.values["encoding"] == CUT:
        return COPY_AGAIN
    if fault.code == "encoding" and fault.values["encoding"] in NO_TEXT:
        return NO_TEXT[str(fault.values["encoding"])][1]
    if fault.code == "duplicate_key" and fault.values["header"] and fault.values["name"] in LISTED:
        return fill(DOUBLE_BRACKETS, name=fault.values["name"])
    if fault.code == "missing_file":
        return cast("Text | None", fault.values["near"])
    if fault.code != "syntax":
        return None
    found = str(fault.values["found"])
    if found == "\r":
        return SAVE_ENDS
    if fault.values["comma"]:
        return DECIMAL
    if found and found in CURLY:
        return fill(STRAIGHT, found=found)
    if found and (found in WIDE or "\uff00" <= found <= "\uffef"):
        return fill(FULL_WIDTH, found=found)
    if found and not found.isascii() and not found.isprintable():
        return fill(INVISIBLE, number=ord(found))
    return syntax_hint(str(fault.values["fault"]), found)


READING_RULES = (
    Rule(
        "encoding",
        "error",
        _("the file is not UTF-8{seems}"),
        _("Save it again as UTF-8 (in most editors: Save As, Encoding, UTF-8)."),
        faults_of("encoding"),
    ),
    Rule(
        "missing_file",
        "error",
        _("there is no such file"),
        _("Check the name and the folder."),
        faults_of("missing_file"),
    ),
    Rule(
        "unreadable",
        "error",
        _("the file cannot be read: {why}"),
        _("Check the name and the permissions, then run the check again."),
        faults_of("unreadable"),
    ),
    Rule(
        "syntax",
        "error",
        _("this cannot be read as TOML: {fault}"),
        _('Compare with a line that works: key = "text", key = 1, key = [1, 2], [table].'),
        faults_of("syntax"),
    ),
    Rule(
        "duplicate_key",
        "error",
        _("“{name}” is written a second time; the first is at {first}"),
        _("Keep one of the two, or give the second another id."),
        faults_of("duplicate_key"),
    ),
    Rule(
        "too_deep",
        "error",
        _("brackets or dotted keys are nested too deep to read"),
        _("No format needs more than a few levels; look for brackets that are never closed."),
        faults_of("too_deep"),
    ),
)
