"""What becomes of one answer under another edition of what it answers."""

from dataclasses import dataclass
from typing import Any, TypeVar

from nqpf_assess.kinds import are_kin, is_blank, kind_of, read_value
from nqpf_assess.kinds.editions import BY_FORM, Carried, shown
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answer, Given
from nqpf_assess.model.migration import Fate
from nqpf_assess.model.questionnaire import AnyAsked

OLDER = _("answered to revision {given} of the question, now {now}")
NEWER = _("answered to revision {given} of the question, which is newer than {now}")
UNSTATED = _("answered to another edition; the question may have been revised since (revision {now})")
OTHER_KIND = _("the question was of kind {before} and is now of kind {after}")
NO_ANSWER = _("{value} is no answer any more; wanted: {wants}")
NONE_TICKED = _("nothing ticked is no answer any more: an option says so itself now")
VOICES_TOO = _("what the respondents of the merge said is converted")
VOICES_UNFIT = _("something that the respondents of the merge said fits no more; all of it is kept in the archive")
WAS_BLANK = _("nothing ticked was no answer then and would be one now; it stays open")


@dataclass(frozen=True)
class Outcome:
    """An answer under the new edition. `rewritten`: its value is not what was typed, so the original is archived."""

    fate: Fate
    answer: Answer
    why: tuple[Text, ...] = ()
    rewritten: bool = False


def settle(before: AnyAsked | None, after: AnyAsked, answer: Answer, *, same_edition: bool) -> Outcome:
    """Say what becomes of an answer. `before`: what it answered in its own edition, where that is at hand.

    What the respondents of a merge said is converted with it. Where something of that fits no more, none of it stays
    beside the answer: the rest would pass for all that was said.
    """
    said, voices = [_carried(before, after, voice) for voice in answer.voices], answer.voices
    value = _carried(before, after, answer)
    if value.lost:
        return Outcome("invalid", answer, value.why)
    revision, revised = _revision(before, after, answer, same_edition=same_edition)
    if any(each.lost for each in said):
        value, voices = value.rewrite(value.raw, VOICES_UNFIT), ()
    elif changed := [each for each in said if each.rewritten]:
        value = value.rewrite(value.raw, VOICES_TOO, confirm=any(each.confirm for each in changed))
        voices = tuple(_put(one, after, value=each.raw) for one, each in zip(voices, said, strict=True))
    why = value.why if revised is None else (*value.why, revised)
    changes: dict[str, Any] = {"value": value.raw, "voices": voices} if value.rewritten else {}
    if revision is not None and revision != answer.revision:
        changes["revision"] = revision
    held = _put(answer, after, **changes)
    claimed = not is_blank(answer.value) or answer.state == "na"  # there is something that a person could confirm
    confirm = value.confirm or (revision is not None and revision != after.revision and claimed)
    fate: Fate = "confirm" if confirm else "converted" if value.rewritten else "carried"
    return Outcome(fate, held, why if fate != "carried" else (), value.rewritten)


GivenT = TypeVar("GivenT", bound=Given)


def _put(given: GivenT, after: AnyAsked, **changes: Any) -> GivenT:
    """Return what was given with changes; what is put into the unit or words of an earlier revision is of that one."""
    stated = changes.get("revision", given.revision)
    if "value" in changes and changes["value"] != given.value and stated is not None and stated > after.revision:
        changes["revision"] = after.revision
    return given.model_copy(update=changes) if changes else given


def _carried(before: AnyAsked | None, after: AnyAsked, given: Given) -> Carried:
    """Return what becomes of a value.

    One that states a later revision than `before` had was given to the question as it is now.
    """
    value = Carried(given.value)
    if is_blank(given.value):
        return value
    if before is not None and given.revision == after.revision > before.revision:
        before = after
    value = _in_kind(value, before, after)
    if value.lost:
        return value
    kin = before is not None and are_kin(before, after)
    value = kind_of(after).carry(before if kin else None, after, value)
    return value if value.lost else _valid(value, before, after)


def misread(before: AnyAsked, after: AnyAsked, answer: Answer) -> tuple[Given, Text] | None:
    """Return an answer, or what a respondent of a merge said, that `after` reads as something else than it says.

    With what becomes of it. None where all of it reads alike, whatever is to be confirmed.
    """
    for given in (answer, *answer.voices):
        value = _carried(before, after, given)
        if value.lost or (value.rewritten and read_value(after, value.raw) != read_value(after, given.value)):
            return given, value.why[-1]
    return None


def misreads(before: AnyAsked, after: AnyAsked) -> bool:
    """Return whether an answer to `after` can pass for one to `before` that says something else.

    Also where it states its revision: an edition between may have had the same.
    """
    kind = kind_of(after)
    values = [kind.chosen(choice) for choice in kind.choices(after)] or kind.stand_ins(after, ())
    given = (Answer.model_construct(value=kind.stored(after, value)) for value in values)
    return any(misread(before, after, answer) is not None for answer in given)


def voices_read_otherwise(before: AnyAsked | None, after: AnyAsked, answer: Answer) -> bool:
    """Return whether what one of the respondents of a merge said would say something else now, or nothing."""
    values = (_carried(before, after, voice) for voice in answer.voices)
    return any(value.lost or value.rewritten for value in values)


def _revision(
    before: AnyAsked | None, after: AnyAsked, answer: Answer, *, same_edition: bool
) -> tuple[int | None, Text | None]:
    """Return the revision the answer was given to, None where that goes without saying, and what is to be said of it.

    An answer of another edition that does not say its revision, to a question revised since, counts as the one before.
    One to a question that had been revised by then says so from now on: the next edition may not have this one at hand.
    """
    given = answer.revision
    if given is None and not same_edition:
        given = before.revision if before is not None else max(1, after.revision - 1)
        if before is None and given < after.revision:
            return given, fill(UNSTATED, now=after.revision)
    if given is None or given == after.revision:
        return given if after.revision > 1 else None, None
    return given, fill(OLDER if given < after.revision else NEWER, given=given, now=after.revision)


def _in_kind(value: Carried, before: AnyAsked | None, after: AnyAsked) -> Carried:
    """Return a value the form of the kind its question has now."""
    assert value.raw is not None
    kind = kind_of(after)
    raw = kind.reshaped(None if before is None else before.kind, value.raw)
    if raw is not None:
        return value.rewrite(raw, BY_FORM)
    if before is None or before.kind == after.kind or kind.takes_over(before.kind):
        return value
    told = fill(OTHER_KIND, before=before.kind, after=after.kind)
    # A figure that was typed into a text may stand as it is.
    reads = kind_of(before).entry == "words" and not isinstance(read_value(after, value.raw), Fault)
    return value.ask(told) if reads else value.lose(told)


def _valid(value: Carried, before: AnyAsked | None, after: AnyAsked) -> Carried:
    read = read_value(after, value.raw)
    if isinstance(read, Fault):
        return value.lose(fill(NO_ANSWER, value=shown(value.raw), wants=read.wants))
    if before is None or value.raw != ():
        return value
    was_answer = read_value(before, value.raw) is not None
    if was_answer == (read is not None):
        return value
    return value.lose(NONE_TICKED) if was_answer else value.rewrite(None, WAS_BLANK)
