"""Whether a report still says what its own files give: the figures first, then the pages."""

from collections.abc import Iterator

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.report.reopening import Verdict

MOST = 12
SAME = _("every figure is the same to the last digit")
OTHER_RUBRIC = _(
    "scored by the rubric {used}, which was asked for; the answers that it carries name {named}, by which their "
    "figures may be others"
)
DIFFERS = _("figures or digests that differ: {n}")
ROW = _("  {where}: printed {printed}, now {now}")
MORE = _("  … and {n} more")
CHANGED = _("not the file that the report was made from: {names}")
RECEIPT_CHANGED = _(
    "the attachments are those it was made from, so its own record of the figures (report.json) was changed"
)
OTHER_VERSION = _("the attachments are those it was made from; version {made} of the program scored it, this is {here}")
REDRAWN = _("the report comes out again byte by byte: what it prints is what these files give")
SAVED_ANEW = _(
    "the file was saved anew by another program; its pages, attachments and description are what these files give"
)
NOT_REDRAWN = _("not what these files give, so changed after the report was made: {parts}")
NOT_TRIED = _(
    "the pages could not be compared (made by version {made}, with local profiles or fonts that are not here, or were "
    "changed since; --content names the folder with the profiles as they were: a workspace, or an edition kept in it)"
)
NO_RECEIPT = _("its own record of the figures (report.json) is missing or broken, so they cannot be compared")


def verdict_lines(found: Verdict, here: str, language: str) -> Iterator[str]:
    """Write a verdict; `here`: the version of this program."""
    if not found.receipted:
        yield tell(NO_RECEIPT, language)
        return
    if not found.differing:
        yield tell(SAME, language)
    else:
        yield tell(DIFFERS, language, n=len(found.differing))
        for where, printed, now in found.differing[:MOST]:
            yield tell(ROW, language, where=where, printed=printed, now=now)
        if len(found.differing) > MOST:
            yield tell(MORE, language, n=len(found.differing) - MOST)
        if found.changed:
            yield tell(CHANGED, language, names=listed(found.changed))
        else:
            words = RECEIPT_CHANGED if found.program == here else OTHER_VERSION
            yield tell(words, language, made=found.program, here=here)
    if found.rubrics is not None:
        used, named = found.rubrics
        yield tell(OTHER_RUBRIC, language, used=used, named=named)
    if found.changed:
        return
    if found.redrawn is None:
        yield tell(NOT_TRIED, language, made=found.program)
    elif found.redrawn:
        yield tell(REDRAWN, language)
    elif found.parts:
        parts = grammar(language).list(tell(part, language) for part in found.parts)
        yield tell(NOT_REDRAWN, language, parts=parts)
    else:
        yield tell(SAVED_ANEW, language)
