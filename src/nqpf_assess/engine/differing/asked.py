"""What differs between two editions of one fact or question, and what that means for answers to it."""

from collections.abc import Iterator, Mapping

from nqpf_assess.engine.differing.changes import change, changed_key, words_changed
from nqpf_assess.kinds import are_kin, kind_of
from nqpf_assess.kinds.editions import ADDED, CHANGED, READS_OTHERWISE, REMOVED, keys_changed
from nqpf_assess.locale import _
from nqpf_assess.model.migration import EditionChange
from nqpf_assess.model.questionnaire import AnyAsked

KIND = _("of another kind")
REVISED = _("revised: answers are to be confirmed")
REVISION_FELL = _("the revision went back; it may only rise")
FORMER_GONE = _("a former id is no longer named, so older files lose their answer")


def asked_changes(place: tuple[str, str], before: AnyAsked, after: AnyAsked) -> Iterator[EditionChange]:
    """Return every difference of a fact or question. `place`: its table and its id now."""
    kind, scored, kin = kind_of(after), place[0] == "questions", are_kin(before, after)
    for key, old, new in keys_changed(before, after):
        if not kin and key in OF_KIND:
            continue
        at = (*place, key)
        of_kind = kind.changes(key, before, after, scored=scored) if kin else None
        if of_kind is not None:
            yield from (changed_key(at, found) for found in of_kind)
            continue
        match key:
            case "text":
                yield words_changed(at, old, new, otherwise=READS_OTHERWISE)
            case "kind":
                yield change(at, kind.conversion(before.kind), KIND, values=(old, new), moves="scores")
            case "revision":
                yield change(at, "confirm", REVISED if new > old else REVISION_FELL, values=(old, new))
            case "previous_ids":
                gone = [id for id in old if id not in new]
                yield change(at, "loss" if gone else "safe", FORMER_GONE if gone else CHANGED, values=(old, new))
            case "show_if" | "na_when" | "scale_when":
                what = ADDED if not old else REMOVED if not new else CHANGED
                values = (old or None, new or None)
                if scored:
                    yield change(at, "confirm", what, values=values, moves="scores")
                else:
                    yield change(at, "safe", what, values=values)
            case _ if isinstance(old, Mapping | None) and isinstance(new, Mapping | None):
                yield words_changed(at, old, new, grade="safe", otherwise=READS_OTHERWISE)
            case "dimension" | "scale" | "core" if scored:
                yield change(at, "confirm", CHANGED, values=(old, new), moves="scores")
            case _:
                yield change(at, "safe", CHANGED, values=(old, new))


OF_KIND = (
    "levels",
    "options",
    "range",
    "unit",
    "scale",
    "scale_when",
    "usual",
    "decimals",
    "benchmarks",
    "reference_year",
)
"""Keys that hang on the kind: where that is another one, nothing more is said of them."""
