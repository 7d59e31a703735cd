"""Whose answer stands: one rule, chosen by the people who merge, applied to every fact and question alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.merging.claims import Claim, Item, evidenced
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import MergeRule

NOBODY = _("nobody has said anything")
NOT_KNOWN = _("nobody has answered it")
ONE = _("only one respondent answered it")
ALL = _("all {count} who answered agree")
MIDDLE = _("the middle one of {count} answers")
LOWER_MIDDLE = _("one of the two middle ones of {count} answers, not the higher")
MIDDLE_ALIKE = _("several of {count} answers score like the middle one, or the lower of two; {then}")
MOST = _("given by {count} of the {all} who answered")
NOT_APPLICABLE = _("not applicable")
TIED = _("given by {count} of the {all} who answered, as many as gave {others}; one of these is taken for now")
LEADS = _("given by the lead")
LEAD_SILENT = _("the lead did not answer; {then}")
BEST = _("the best supported: first goes named evidence, then who is surer, then more evidence")
NO_EVIDENCE = _("evidence does not decide among the best supported; {then}")


@dataclass(frozen=True)
class Choice:
    """The claim that stands, and why; None where nobody claimed anything."""

    claim: Claim | None
    why: Text


def choose(item: Item, rule: MergeRule, *, lead: int | None) -> Choice:
    """Choose what stands. `lead`: the place of the lead among the respondents."""
    if not item.claims:
        return Choice(None, NOT_KNOWN if item.silent else NOBODY)
    if len(item.claims) == 1:
        count = item.claims[0].count
        return Choice(item.claims[0], ONE if count == 1 else fill(ALL, count=count))
    match rule:
        case "median":
            return _median(item)
        case "evidence":
            return _best_supported(item)
        case "lead":
            led = next((claim for claim in item.claims if any(voice.who == lead for voice in claim.voices)), None)
            if led is not None:
                return Choice(led, LEADS)
            rest = _most(item, item.claims)
            return Choice(rest.claim, fill(LEAD_SILENT, then=rest.why))
        case "majority":
            return _most(item, item.claims)


def _is_ordered(item: Item) -> bool:
    """Return whether answers have an order: to a question by score, to a fact as levels, figures or days."""
    kind = kind_of(item.asked)
    return kind.ordered if item.table == "facts" else kind.scored


def _most(item: Item, claims: Sequence[Claim]) -> Choice:
    """Take what most said; of several that as many said the lowest answer, before “not applicable”."""
    most = max(claim.count for claim in claims)
    tied = [claim for claim in claims if claim.count == most]
    first, *others = sorted(tied, key=lambda claim: claim.seen.state == "na")
    values = {"count": most, "all": sum(claim.count for claim in item.claims)}
    if not others:
        return Choice(first, fill(MOST, **values))
    named = {language: _named(item, others, language) for language in LANGUAGES}
    return Choice(first, fill(TIED, **values, others=named))


def _named(item: Item, claims: Sequence[Claim], language: str) -> str:
    """Name what was said, in words: an option by its words, a figure with its unit."""
    marks, kind = grammar(language), kind_of(item.asked)
    values = (claim.seen.value if claim.seen.state == "answered" else None for claim in claims)
    return marks.list(
        marks.quoted(tell(NOT_APPLICABLE, language) if value is None else kind.short(item.asked, value, language))
        for value in values
    )


def _median(item: Item) -> Choice:
    """Take the middle answer; where answers have no order, what most said. “Not applicable” stands by majority.

    Options that are ticked have none but their score: among those that earn the same as the middle one, what most said.
    """
    na = [claim for claim in item.claims if claim.seen.state == "na"]
    answered = [claim for claim in item.claims if claim.seen.state == "answered"]
    if na and (len(answered) == 1 or na[0].count > sum(claim.count for claim in answered)):
        return _most(item, item.claims)
    if not _is_ordered(item):
        return _most(item, answered)
    every = [claim for claim in answered for _ in claim.voices]
    middle = every[(len(every) - 1) // 2]
    alike = [claim for claim in answered if abs((claim.score or 0.0) - (middle.score or 0.0)) < TOLERANCE]
    if len(alike) > 1 and item.table == "answers" and not kind_of(item.asked).ordered:
        rest = _most(item, alike)
        return Choice(rest.claim, fill(MIDDLE_ALIKE, count=len(every), then=rest.why))
    return Choice(
        middle, fill(MIDDLE if len(every) % 2 or every[len(every) // 2] is middle else LOWER_MIDDLE, count=len(every))
    )


def _best_supported(item: Item) -> Choice:
    """Take the best supported answer; where several are supported alike, what most of those said."""
    best = {claim.order: max(evidenced(item.asked, v.answer) for v in claim.voices) for claim in item.claims}
    top = [claim for claim in item.claims if best[claim.order] == max(best.values())]
    if len(top) == 1:
        return Choice(top[0], BEST)
    rest = _most(item, top)
    return Choice(rest.claim, fill(NO_EVIDENCE, then=rest.why))
