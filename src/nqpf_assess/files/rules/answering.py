"""Do the answers and the follow-up sheet fit their questions, and belong to this questionnaire and rubric?"""

from collections.abc import Iterable, Iterator
from functools import cache

from nqpf_assess.engine.editions import asked_then, editions_from, given_to
from nqpf_assess.engine.instrument import chain_version
from nqpf_assess.engine.rubric import local_rubric, zero_groups
from nqpf_assess.engine.states import is_to_confirm, read, reading_of
from nqpf_assess.files.finding import At, Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import TOP, nearest, suggestion, unresolved
from nqpf_assess.files.rules.rubric import as_share
from nqpf_assess.files.rules.subjects import AnswersSubject
from nqpf_assess.kinds import is_blank, kind_of, read_value
from nqpf_assess.kinds.editions import shown
from nqpf_assess.kinds.filled import pieces
from nqpf_assess.kinds.kind import Fault, written
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answer, Reference
from nqpf_assess.model.period import short_span_of
from nqpf_assess.model.questionnaire import AnyAsked

FIRST_YEAR, LAST_YEAR = 1949, 2100


def unknown_measure(subject: AnswersSubject) -> Iterable[Finding]:
    """Find entries about measures that this edition does not have; a promise outlives the catalogue it came from."""
    known = subject.subject.declared["countermeasures"]
    for index, entry in enumerate(subject.value.follow_up):
        if entry.measure not in known:
            hint = suggestion(entry.measure, known) if nearest(entry.measure, known) else None
            yield Finding(("follow_up", index, "measure"), {"name": entry.measure}, hint=hint)


def dropped_without_reason(subject: AnswersSubject) -> Iterable[Finding]:
    """Find measures that were dropped without a word why."""
    for index, entry in enumerate(subject.value.follow_up):
        if entry.state == "dropped" and not (entry.reason or "").strip():
            reason = (("follow_up", index, "reason"),)
            yield Finding(("follow_up", index, "state"), {"name": entry.measure}, unless=reason)


def deadline_odd(subject: AnswersSubject) -> Iterable[Finding]:
    """Find deadlines in years that nobody can mean."""
    for index, entry in enumerate(subject.value.follow_up):
        if entry.deadline is not None and not FIRST_YEAR <= entry.deadline.year <= LAST_YEAR:
            yield Finding(("follow_up", index, "deadline"), {"deadline": entry.deadline.isoformat()})


FOLLOW_UP_RULES = (
    Rule(
        "unknown_measure",
        "warning",
        _("there is no countermeasure “{name}” in this edition of the questionnaire"),
        _("Correct the id; if the measure was retired, the entry may stay."),
        unknown_measure,
    ),
    Rule(
        "dropped_without_reason",
        "error",
        _("“{name}” was dropped without a reason"),
        _('Add reason = "...".'),
        dropped_without_reason,
    ),
    Rule(
        "deadline_odd",
        "warning",
        _("{deadline} is an odd deadline"),
        _("Check the year."),
        deadline_odd,
    ),
)


FORMER = _("It is called “{now}” now; migrate carries the answer over.")


def _given(subject: AnswersSubject) -> Iterator[tuple[tuple[str, str], AnyAsked, Answer]]:
    """Return every answer with what it answers, if that is there and nothing is wrong with it."""
    questionnaire = subject.subject.value
    for key, table, asked in (
        ("facts", "facts", questionnaire.facts),
        ("answers", "questions", questionnaire.questions),
    ):
        for id, answer in getattr(subject.value, key).items():
            if id in asked and (table, id) not in subject.subject.doubtful:
                yield (key, id), asked[id], answer


def answer_reference(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers, overrides and ticked measures that refer to nothing in the questionnaire."""
    value, found = subject.value, subject.subject.declared
    questionnaire, editions = subject.subject.value, cache(subject.other_editions)
    asked: list[tuple[str, AnyAsked]] = [*questionnaire.questions.items(), *questionnaire.facts.items()]
    renamed = {former: fill(FORMER, now=now) for now, entry in asked for former in entry.previous_ids}
    declared = {**found, "nodes": found["pillars"] | found["dimensions"] | found["questions"]}
    mentions: list[tuple[Path, At, str, str]] = [
        *((("facts", id), "key", id, "facts") for id in value.facts),
        *((("answers", id), "key", id, "questions") for id in value.answers),
        *((("override", i, "node"), "value", change.node, "nodes") for i, change in enumerate(value.override)),
        *((("plan", "chosen", i), "value", id, "countermeasures") for i, id in enumerate(value.plan.chosen)),
    ]
    for path, at, id, what in mentions:
        for finding in () if id in declared[what] else unresolved(path, at, id, what, declared):
            # An id that an edition dropped is not misspelt: the nearest present one would be the wrong question.
            kept = next((e for e in editions() if what in KEPT and id in getattr(e, what)), None)
            hint = finding.hint
            if kept is not None:
                words = SAME_VERSION if kept.version == questionnaire.version else DROPPED
                hint = fill(words, name=id, version=kept.version)
            yield finding._replace(hint=renamed.get(id, hint))


KEPT = ("facts", "questions", "countermeasures")
DROPPED = _(
    "Edition {version} of this questionnaire has “{name}”; “migrate” takes the answers over to the present edition."
)
SAME_VERSION = _(
    "Another edition of this questionnaire, {version} too, has “{name}”. Raise the version of the one that is yours; "
    "“migrate” then takes the answers over."
)
TAKE_OVER = _("The command “migrate” takes the answers over to the present edition.")


def bad_value(subject: AnswersSubject) -> Iterable[Finding]:
    """Find values that are no answer to their question."""
    read_values = reading_of(subject.subject.value, subject.value).values
    own = subject.own_edition()
    before = {} if own is None else own.asked
    for path, asked, answer in _given(subject):
        fault = read_values[path]
        if isinstance(fault, Fault):
            values = {
                "value": ", ".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value),
                "wants": fault.wants,
            }
            options = [str(choice.value) for choice in kind_of(asked).choices(asked)] if fault.unknown else []
            hint = suggestion(fault.unknown, options) if fault.unknown else fault.advice
            if path[1] in before and not isinstance(read_value(before[path[1]], answer.value), Fault):
                hint = TAKE_OVER  # it is one in the edition that the file names, and nothing to mend by hand
            yield Finding((*path, "value"), values, hint=hint)


def read_otherwise(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers to another edition that this one would take for something else, as a figure in another unit."""
    own = subject.own_edition()
    if own is None:
        return
    from nqpf_assess.engine.migrating.values import misread

    editions = editions_from(own, subject.other_editions(), subject.subject.value)
    read_values = reading_of(subject.subject.value, subject.value).values
    for path, asked, answer in _given(subject):
        before = given_to(editions, path[1], asked, answer)
        if before is None or isinstance(read_values[path], Fault):  # the latter is told as `bad_value`
            continue
        if (found := misread(before, asked, answer)) is not None:
            given, why = found
            edition = next(one.version for one in editions if asked_then(one, path[1], asked) is before)
            yield Finding((*path, "value"), {"value": shown(given.value), "edition": edition, "why": why})


def unusual(subject: AnswersSubject) -> Iterable[Finding]:
    """Find figures outside what is usual: kept, but worth a second look."""
    read_values = reading_of(subject.subject.value, subject.value).values
    for path, asked, answer in _given(subject):
        value = read_values[path]
        if value is None or isinstance(value, Fault) or answer.state_wins:  # what is put off is to be looked at anyway
            continue
        if (usual := kind_of(asked).unusual(asked, value)) is not None:
            low, high = usual
            yield Finding((*path, "value"), {"value": written(value), "low": written(low), "high": written(high)})


def period_without_year(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers that are scored by the time up to the year described, where no year is named."""
    if subject.value.subject.year is not None:
        return
    for path, asked, answer in _given(subject):
        if path[0] == "answers" and kind_of(asked).needs_year and not is_blank(answer.value):
            yield Finding((*path, "value"), {"name": path[1]}, unless=(("subject", "period"),))


def year_of_span(subject: AnswersSubject) -> Iterable[Finding]:
    """Find a school or financial year of which the first year counts, as long as the second is told by two digits."""
    if (span := short_span_of(subject.value.subject.period)) is not None:
        yield Finding(("subject", "period"), {"year": span[0], "first": span[0], "second": span[1]})


def na_without_reason(subject: AnswersSubject) -> Iterable[Finding]:
    """Find “not applicable” without a reason."""
    for path, _asked, answer in _given(subject):
        if answer.state == "na" and not (answer.reason or "").strip():
            yield Finding((*path, "state"), {"name": path[1]}, unless=((*path, "reason"),))


def evidence_of_none(subject: AnswersSubject) -> Iterable[Finding]:
    """Find entries such as “无” where evidence is named: each counts as a document."""
    for path, _asked, answer in _given(subject):
        for index, entry in enumerate(answer.evidence):
            if entry.strip() and not pieces(entry):
                yield Finding((*path, "evidence", index), {"entry": entry.strip()})


def year_odd(subject: AnswersSubject) -> Iterable[Finding]:
    """Find years that no figure can be of."""
    for path, _asked, answer in _given(subject):
        if answer.year is not None and not 1949 <= answer.year <= 2100:
            yield Finding((*path, "year"), {"year": answer.year})


def older_revision(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers to an older wording of their question."""
    for path, asked, answer in _given(subject):
        if is_to_confirm(asked, answer):
            yield Finding((*path, "revision"), {"given": answer.revision, "now": asked.revision})


def newer_revision(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers to a newer wording than the questionnaire has."""
    for path, asked, answer in _given(subject):
        if answer.revision is not None and answer.revision > asked.revision:
            yield Finding((*path, "revision"), {"given": answer.revision, "now": asked.revision})


def override_unreasoned(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides whose reason is blank."""
    for index, change in enumerate(subject.value.override):
        if not change.why.strip():
            yield Finding(("override", index, "why"), {"name": change.node})


def override_empty(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides with neither a factor nor a target."""
    for index, change in enumerate(subject.value.override):
        if change.factor is None and change.target is None:
            missing = (("override", index, "factor"), ("override", index, "target"))
            yield Finding(("override", index), {"name": change.node}, at="key", unless=missing)


def override_again(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides that stand twice, with the same reason: a factor then counts twice."""
    for index, change in enumerate(subject.value.override):
        if change.factor is not None and change in subject.value.override[:index]:
            yield Finding(("override", index), {"name": change.node}, at="key")


def override_target(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides that give a question a target."""
    for index, change in enumerate(subject.value.override):
        if change.target is not None and change.node in subject.subject.declared["questions"]:
            yield Finding(("override", index, "target"), {"name": change.node}, at="key")


def override_share(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides whose target is below one point, and may be meant as a share."""
    for index, change in enumerate(subject.value.override):
        yield from as_share(("override", index, "target"), change.target)


def all_zero_here(subject: AnswersSubject) -> Iterable[Finding]:
    """Find groups of siblings that the adjustments firing here and the overrides leave without any weight."""
    instrument, value = subject.instrument, subject.value
    if instrument is None or not {change.node for change in value.override} <= set(instrument.nodes):
        return
    if next(iter(bad_value(subject)), None) is not None:
        return
    weights = local_rubric(instrument, read(instrument, value), value.override).weights
    for parent, members in zero_groups(instrument, weights):
        changed = [i for i, change in enumerate(value.override) if change.node in members and change.factor == 0]
        path: Path = ("override", changed[0], "factor") if changed else ("weights",)
        yield Finding(path, {"group": parent or TOP, "members": listed(members)})


def edition_differs(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers given to another edition of the questionnaire or rubric than the one at hand.

    A rubric or blend that was chosen instead of the file's own is no edition of it, and nothing is said of that.
    """
    instrument, value = subject.instrument, subject.value
    if instrument is None:
        return
    editions = [("questionnaire", instrument.questionnaire.version, subject.digests[0])]
    if (value.weights.id, value.weights.with_) == (instrument.profile.id, instrument.shares):
        editions.append(("weights", chain_version(instrument.chain), subject.digests[1]))
    for key, version, digest in editions:
        stated: Reference = getattr(value, key)
        if (stated.digest is not None and stated.digest != digest) or stated.version != version:
            how = OTHER_CONTENT if stated.version == version else ""
            values = {"name": stated.id, "stated": stated.version, "now": version, "how": how}
            hint = FIGURES_BY_IT if key == "weights" else _kept_otherwise(subject, version)
            yield Finding((key, "digest" if how else "version"), values, unless=((key,),), hint=hint)


def _kept_otherwise(subject: AnswersSubject, present: str) -> Text | None:
    """Say that the edition that a file names is not at hand, or is kept, but with mistakes or changed since."""
    stated = subject.value.questionnaire
    if subject.spoilt_edition:
        return fill(KEPT_SPOILT, version=stated.version)
    if subject.own_edition() is not None:
        return None
    kept = stated.version != present and any(one.version == stated.version for one in subject.other_editions())
    return fill(KEPT_OTHERWISE, version=stated.version) if kept else NOT_AT_HAND


OTHER_CONTENT = _(" with other content")
KEPT_OTHERWISE = _(
    "Edition {version} is kept with other content than this file was answered to. If only words were corrected since, "
    "take the digest out of the file’s line “questionnaire”: that edition then counts as its own."
)
KEPT_SPOILT = _(
    "Edition {version} is kept, but what is kept of it has mistakes, such as a file too many or an empty one. Mend "
    "those; the answers are then read as they were typed."
)
NOT_AT_HAND = _(
    "That edition is not at hand, so look whether units and levels still hold. The command “migrate” shows what "
    "becomes of each answer."
)
FIGURES_BY_IT = _(
    "Figures by the one at hand may differ from those by that edition. Where it is kept, --content names its folder."
)


def unnamed_subject(subject: AnswersSubject) -> Iterable[Finding]:
    """Find assessments that do not say whom they describe."""
    if not subject.value.subject.name.strip():
        yield Finding(("subject", "name"), unless=(("subject",),))


def unknown_language(subject: AnswersSubject) -> Iterable[Finding]:
    """Find a language that neither the program nor the questionnaire has; nothing can be written in it."""
    known = dict.fromkeys((*LANGUAGES, *subject.subject.value.languages))
    if subject.value.language is not None and subject.value.language not in known:
        yield Finding(("language",), {"language": subject.value.language, "known": listed(known)})


ANSWER_RULES = (
    Rule(
        "unknown_reference",
        "error",
        _("there is no {what} “{name}” in this questionnaire"),
        _("Write an id that exists."),
        answer_reference,
    ),
    Rule(
        "bad_value",
        "error",
        _("“{value}” is no answer here; wanted: {wants}"),
        _("Correct the value, or take the line out."),
        bad_value,
    ),
    Rule(
        "read_otherwise",
        "error",
        _("“{value}” was answered to edition {edition} and would say something else here: {why}"),
        TAKE_OVER,
        read_otherwise,
    ),
    Rule(
        "unusual",
        "warning",
        _("{value} is unusual: most lie from {low} to {high}"),
        _("Check the unit and the year; if it is right, keep it."),
        unusual,
    ),
    Rule(
        "period_without_year",
        "warning",
        _("“{name}” has no score: it counts the days to the end of the year described, and no year is named"),
        _('Name the year under [subject]: period = "2025".'),
        period_without_year,
    ),
    Rule(
        "year_of_span",
        "notice",
        _("these answers count as those of {year}, the first of the two years"),
        _('Where they describe the second, write that year in full: period = "{first}/{second}".'),
        year_of_span,
    ),
    Rule(
        "na_without_reason",
        "error",
        _("“{name}” is not applicable without a reason"),
        _('Add reason = "...".'),
        na_without_reason,
    ),
    Rule(
        "evidence_of_none",
        "warning",
        _("“{entry}” counts as a document here"),
        _("Where there is no evidence, write evidence = []."),
        evidence_of_none,
    ),
    Rule(
        "year_odd",
        "warning",
        _("{year} is an odd year for a figure"),
        _("Check the year."),
        year_odd,
    ),
    Rule(
        "older_revision",
        "notice",
        _("answered to revision {given} of the question, now {now}: please confirm"),
        _("Read the question again and answer it anew if needed."),
        older_revision,
    ),
    Rule(
        "newer_revision",
        "warning",
        _("answered to revision {given} of the question, which is newer than {now} here"),
        _("Use the questionnaire the answers were given to."),
        newer_revision,
    ),
    Rule(
        "override_unreasoned",
        "error",
        _("the override of “{name}” gives no reason"),
        _("Write why; it is printed in the report."),
        override_unreasoned,
    ),
    Rule(
        "override_empty",
        "error",
        _("the override of “{name}” changes nothing"),
        _("Give it a factor or a target, or take it out."),
        override_empty,
    ),
    Rule(
        "adjusts_again",
        "warning",
        _("this adjustment of “{name}” stands there twice, so its factor counts twice"),
        _("Take one of them out; where two reasons move one weight, give each its own."),
        override_again,
    ),
    Rule(
        "target_on_question",
        "error",
        _("“{name}” is a question and can have no target"),
        _("Give the target to its dimension or pillar."),
        override_target,
    ),
    Rule(
        "target_share",
        "warning",
        _("the target is {target} points of 100"),
        _("If a share is meant, write its points: {points}."),
        override_share,
    ),
    Rule(
        "all_zero",
        "error",
        _("all weights under “{group}” are zero: {members}"),
        _("Give one of them a weight; to switch the whole group off, give 0 to what is above it instead."),
        all_zero_here,
    ),
    Rule(
        "edition_differs",
        "notice",
        _("answered to edition {stated} of “{name}”; the one at hand is {now}{how}"),
        _("Nothing is lost; the command “migrate” shows what becomes of each answer."),
        edition_differs,
    ),
    Rule(
        "unnamed_subject",
        "notice",
        _("the assessment does not say whom it describes"),
        _('Add name = "..." under [subject].'),
        unnamed_subject,
    ),
    Rule(
        "unknown_language",
        "notice",
        _("“{language}” is no language that anything is written in here; known: {known}"),
        _("Write one of them, or leave the line out."),
        unknown_language,
    ),
    *FOLLOW_UP_RULES,
)
