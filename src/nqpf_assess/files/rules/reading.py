"""Can the file be read at all? Encoding, TOML syntax, a key written twice, brackets without end."""

from collections.abc import Callable, Iterable

from nqpf_assess.files.document import CUT, Unreadable
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.recovery import CURLY
from nqpf_assess.files.rules.syntax import syntax_hint, syntax_words
from nqpf_assess.locale import Text, _, fill

STRAIGHT = _('The mark {found} is a curly quotation mark; texts stand in straight ones: "...".')
FULL_WIDTH = _("The mark {found} is a full-width one; switch the input method to half-width and type it again.")
INVISIBLE = _("An invisible character (U+{number:04X}) stands here; delete it and type a plain space.")
DECIMAL = _("Decimals are written with a point: 0.5, not 0,5.")
LISTED = ("adjust", "judgements", "override", "follow_up")
"""Tables of a format that stand in double brackets, once for each entry."""
DOUBLE_BRACKETS = _("Write [[{name}]] in double brackets, each time; so there may be several.")
WIDE = "。、【】《》〈〉「」『』—…·"
SEEMS = _("; it looks like {encoding}")
COPY_AGAIN = _("It was cut off, perhaps while it was copied: copy it again.")
CUT_OFF = _("; it ends in the middle of a character")


def faults_of(code: str) -> Callable[[Iterable[Unreadable]], Iterable[Finding]]:
    """Make the function that picks one kind of fault."""

    def find(faults: Iterable[Unreadable]) -> Iterable[Finding]:
        for fault in faults:
            if fault.code == code:
                path = (str(fault.values["name"]),) if "name" in fault.values else ()
                yield Finding(path, {**fault.values, **_words(fault)}, hint=_hint(fault))

    return find


def _words(fault: Unreadable) -> dict[str, object]:
    if fault.code == "encoding":
        encoding = str(fault.values["encoding"])
        return {"seems": CUT_OFF if encoding == CUT else fill(SEEMS, encoding=encoding) if encoding else ""}
    return {"fault": syntax_words(str(fault.values["fault"]))} if fault.code == "syntax" else {}


def _hint(fault: Unreadable) -> Text | None:
    if fault.code == "encoding" and fault.values["encoding"] == CUT:
        return COPY_AGAIN
    if fault.code == "duplicate_key" and fault.values["header"] and fault.values["name"] in LISTED:
        return fill(DOUBLE_BRACKETS, name=fault.values["name"])
    if fault.code != "syntax":
        return None
    found = str(fault.values["found"])
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
