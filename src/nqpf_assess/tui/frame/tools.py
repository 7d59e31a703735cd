"""The tools: what can be done besides answering one assessment, each with what people call it."""

import re

from nqpf_assess.locale import Text, _, fill
from nqpf_assess.tui.drawing.acts import Act


def _tool(id: str, words: Text, also: Text) -> Act:
    return Act(f"app.tool('{id}')", "", words, also=also)


PEERS = _("Set others beside the results (benchmark)")

TOOLS: tuple[Act, ...] = (
    _tool(
        "import",
        _("Take figures from a file"),
        _("import excel xlsx kobo odk csv json statistics yearbook form spreadsheet fill in"),
    ),
    _tool(
        "export",
        _("Write answers or a form for other programs"),
        _("export save as excel xlsx csv json data table xlsform kobo odk empty blank form paper print download"),
    ),
    _tool(
        "merge",
        _("Merge the answers of several people"),
        _("combine join unite respondents colleagues departments agenda meeting dispute"),
    ),
    _tool(
        "compare",
        _("Compare two assessments"),
        _("difference change changed last year before after progress history years"),
    ),
    _tool(
        "peers",
        PEERS,
        _("benchmark peers others median quartile rank percentile where do we stand among relative"),
    ),
    _tool(
        "follow",
        _("Follow up the measures"),
        _("deadline progress state track tracking tasks overdue done"),
    ),
    _tool(
        "cohort",
        _("Report on all assessments of a folder"),
        _("cohort ranking group statistics many counties firms batch table"),
    ),
    _tool(
        "migrate",
        _("Take answers over to the present edition"),
        _("migrate update upgrade convert new version old edition questionnaire"),
    ),
    _tool(
        "rubric",
        _("Edit weights and targets"),
        _("rubric editor scoring standard profile bands floors indicators"),
    ),
    _tool(
        "new_rubric",
        _("Begin weights of your own"),
        _("new rubric profile local conditions own create add copy weights"),
    ),
    _tool(
        "pairs",
        _("Find weights by comparing in pairs (AHP)"),
        _("analytic hierarchy process pairwise experts judgement matrix consistency"),
    ),
    _tool(
        "question",
        _("Edit questions"),
        _("question editor questionnaire wording options levels anchors conditions"),
    ),
    _tool(
        "differ",
        _("Compare weights or questionnaires"),
        _("diff difference two editions versions profiles rubrics weights changed what is new"),
    ),
    _tool(
        "check",
        _("Check a file or a report"),
        _("check mistakes errors warnings validate verify proof genuine report pdf unpack take out"),
    ),
)
"""In the order of how many people need them."""

ABOUT_TOOLS: dict[str, Text] = {
    "import": _("Excel form, Kobo, ODK, statistics"),
    "export": _("Excel, CSV, JSON; forms"),
    "merge": _("one file, and an agenda"),
    "compare": _("what changed, and why"),
    "peers": _("median and quartiles of many"),
    "follow": _("who does what until when"),
    "cohort": _("each one's rank, common gaps"),
    "migrate": _("nothing is lost"),
    "rubric": _("its effect at once"),
    "new_rubric": _("for a place as yours, with reasons"),
    "pairs": _("experts, step by step"),
    "question": _("words, levels, conditions"),
    "differ": _("every change, how grave"),
    "check": _("each mistake with its line; a PDF by its files"),
}
"""What each is for, in a few words."""


IN_MENU = _("In the menu (F9): “{tool}”.")
SAVE_ANEW = _("Save it from the spreadsheet program as .xlsx, or as CSV in UTF-8, and choose it again.")
OPEN_FIRST = _("Open the assessment that it belongs to first; then take it in.")
PASTE = _("Paste the value itself in its place.")
INSTEAD_OF_OPTION: dict[str, Text] = {
    "--benchmark": fill(IN_MENU, tool=PEERS),
    "--encoding": SAVE_ANEW,
    "--into": OPEN_FIRST,
    "--questionnaire ID.": OPEN_FIRST,
    "--values": PASTE,
}
NAMED = re.compile(r"(?:nqpf-assess |“(?=migrate”))(\w+)")
OPTION = re.compile(r"[^.。；;]*--[a-z][^.。]*[.。]?\s*$")
TOOL_OF_COMMAND = {
    "check": "check",
    "compare": "compare",
    "export": "export",
    "import": "import",
    "merge": "merge",
    "migrate": "migrate",
    "open": "check",
    "weights": "rubric",
}


def in_app(hint: Text | None) -> Text | None:
    """Return what to do as the app says it: a hint that names a command names the tool that does the same."""
    if not hint:
        return hint
    for option, instead in INSTEAD_OF_OPTION.items():
        if option in hint.get("en", ""):
            return instead
    command = NAMED.search(hint.get("en", ""))
    tool = TOOL_OF_COMMAND.get(command[1]) if command else None
    if tool is None:  # a last sentence about an option says nothing here
        return {language: OPTION.sub("", words) or words for language, words in hint.items()}
    return fill(IN_MENU, tool=next(act.words for act in TOOLS if tool_of(act) == tool))


def tool_of(act: Act) -> str:
    """Return the id of a tool."""
    return act.action.partition("'")[2].rstrip("')")
