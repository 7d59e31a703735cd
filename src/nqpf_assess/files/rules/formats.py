"""Does each file say, in its first line, what it is?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nqpf_assess.files.document import Document, unread
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import KNOWN, NEAREST, nearest
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT
from nqpf_assess.model.weights import WEIGHTS_FORMAT

FORMATS = (QUESTIONNAIRE_FORMAT, WEIGHTS_FORMAT, ANSWERS_FORMAT)
MAP_FORMAT = "nqpf-map/1"
EVERY_FORMAT = (*FORMATS, MAP_FORMAT)
"""Those of content and answers, and the map of a statistics sheet, which belongs to none of them."""


def format_meant(stated: object) -> str:
    """Return the format that a format line means: the stated one, or the nearest; "" where it is none of ours."""
    if stated in EVERY_FORMAT:
        return str(stated)
    kinds = {name.removeprefix("nqpf-").removesuffix("/1"): name for name in EVERY_FORMAT}
    # Of “nqpf-x/1” the better part is like that of any: only what names the kind is compared.
    return kinds.get(nearest(re.sub(r"^nqpf[-_ ]*|/.*$", "", str(stated).lower()), kinds), "")


def newer(stated: object) -> bool:
    """Return whether a format line is one of ours with a higher number than this version reads."""
    found = re.fullmatch(r"(nqpf-[a-z]+)/(\d+)", stated) if isinstance(stated, str) else None
    return found is not None and int(found[2]) > 1 and f"{found[1]}/1" in EVERY_FORMAT


@dataclass(frozen=True)
class FormatSubject:
    """Files that are read together, and the format they should have; "" where that is not known."""

    documents: tuple[Document, ...]
    wanted: str

    @property
    def readable(self) -> Iterable[Document]:
        """The files, those that have to be left aside as if nothing could be read in them."""
        for document in self.documents:
            stated = document.data.get("format", self.wanted)
            fits = format_meant(stated) == self.wanted and not newer(stated)
            yield document if fits else unread(document.source)


def format_missing(subject: FormatSubject) -> Iterable[Finding]:
    """Find files without a format line."""
    for file, document in enumerate(subject.documents):
        if "format" not in document.data and not document.unsure and ("format",) not in document.lost:
            wanted = f'format = "{subject.wanted}"'
            every = listed(f'format = "{name}"' for name in FORMATS)
            hint = fill(FIRST_LINE, line=wanted) if subject.wanted else fill(ONE_OF_THREE, lines=every)
            is_empty = not document.text.strip()
            yield Finding((), {"name": "format"}, hint=EMPTY if is_empty else hint, file=file)


EMPTY = _("The file is empty. If something was in it, a backup or the history of the folder may still have it.")
FIRST_LINE = _("Begin the file with the line {line}.")
ONE_OF_THREE = _("Begin the file with one of these lines: {lines}.")


def unknown_format(subject: FormatSubject) -> Iterable[Finding]:
    """Find format lines that name no format this program reads."""
    for file, stated in _stated(subject):
        if newer(stated):
            yield Finding(("format",), {"word": stated, "known": listed(FORMATS)}, file=file)
        elif stated not in EVERY_FORMAT:
            meant = format_meant(stated)
            hint = fill(NEAREST, nearest=meant) if meant else fill(KNOWN, known=listed(EVERY_FORMAT))
            yield Finding(("format",), {"word": stated, "known": listed(FORMATS)}, file=file, hint=hint)


def other_format(subject: FormatSubject) -> Iterable[Finding]:
    """Find files of one format where another is wanted."""
    for file, stated in _stated(subject):
        if stated in EVERY_FORMAT and subject.wanted and stated != subject.wanted:
            yield Finding(("format",), {"name": stated, "wanted": subject.wanted}, file=file)


def _stated(subject: FormatSubject) -> Iterable[tuple[int, object]]:
    return [(i, document.data["format"]) for i, document in enumerate(subject.documents) if "format" in document.data]


FORMAT_RULES = (
    Rule(
        "missing_key",
        "error",
        _("“{name}” is missing"),
        _("Add “{name}” to this table."),
        format_missing,
    ),
    Rule(
        "unknown_format",
        "error",
        _("“{word}” is not a format this version reads"),
        _("It reads {known}. A higher number comes from a newer version: nothing was changed, open it with that."),
        unknown_format,
    ),
    Rule(
        "other_format",
        "error",
        _("the format here is “{name}”, wanted is “{wanted}”"),
        _("This file belongs elsewhere; nothing in it was read."),
        other_format,
    ),
)
