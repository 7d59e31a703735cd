"""Excel forms by holder: how each one's workbook is called, and the list of who got what that lies beside them."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from nqpf_assess.exchange.tables import csv_text
from nqpf_assess.files.naming import file_name
from nqpf_assess.files.unchanged import is_unchanged
from nqpf_assess.locale import LANGUAGES, _, _c, tell
from nqpf_assess.model.answers import Subject

NOBODY = _("nobody named")
HEAD = (_("sent to"), _("file"), _c("how many", "questions"), _("id"), _("question"))
LISTS = tuple(csv_text([[tell(words, language) for words in HEAD]]).encode() for language in LANGUAGES)
"""The whole first line of the list in each language: in one that has columns more, somebody keeps what came back."""


def form_names(of: str, holders: Iterable[str], language: str) -> list[str]:
    """Name the workbook of each holder, "" for what nobody is named for.

    `of`: the questionnaire, or the answer file that lacks what is asked, so that none takes the place of another's.
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, holder in enumerate(holders, start=1):
        called = holder or tell(NOBODY, language)
        stem = file_name(Subject(name=f"{of}-{called}"), f"{of}-{number}")
        stem = stem if stem.casefold() not in taken else f"{stem}-{number}"
        taken.add(stem.casefold())
        names.append(f"{stem}.xlsx")
    return names


def forms_listed(path: Path) -> frozenset[str]:
    """Name the workbooks of a list that lies there as we wrote it; none where there is no such list."""
    if not is_unchanged(path, *LISTS):
        return frozenset()
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return frozenset(row[1] for row in [*csv.reader(file)][1:] if len(row) > 1)


def lists_forms(path: Path) -> bool:
    """Tell whether a file is the list of who got what, which stands beside the forms that come back."""
    try:
        with path.open("rb") as file:
            first = file.readline(1000)
    except OSError:
        return False  # said when it is read
    # As spreadsheet programs save it too: in the encoding of the system, other separators, quotation marks.
    for encoding in ("utf-8-sig", "gb18030"):
        columns = re.split(r'"?[,;\t]"?', first.decode(encoding, "replace").strip().strip('"'))[: len(HEAD)]
        if any(columns == [tell(words, language) for words in HEAD] for language in LANGUAGES):
            return True
    return False
