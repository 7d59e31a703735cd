"""Do the answers fit their questions, and do they belong to this questionnaire and rubric?"""

from collections.abc import Iterable, Iterator, Mapping

from nqpf_assess.engine.digest import chain_version
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import local_rubric, zero_groups
from nqpf_assess.engine.states import read
from nqpf_assess.engine.values import Fault, blank, read_number, read_value
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.files.rules.references import WHAT
from nqpf_assess.files.rules.rubric import TOP
from nqpf_assess.files.rules.subjects import AnswersSubject
from nqpf_assess.model.answers import Answer, Reference
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, NumberKind
from nqpf_assess.model.text import Text, text

FORMER = text(
    en="It is called “{now}” now; migrate carries the answer over.", zh="现已改名为“{now}”，可用 migrate 转移答案。"
)


def _given(subject: AnswersSubject) -> Iterator[tuple[Path, AnyAsked, Answer]]:
    questionnaire = subject.instrument.questionnaire
    for table, asked in (("facts", questionnaire.facts), ("answers", questionnaire.questions)):
        for id, answer in getattr(subject.value, table).items():
            if id in asked:
                yield (table, id), asked[id], answer


def answer_reference(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers, overrides and ticked measures that refer to nothing in the questionnaire."""
    questionnaire, value = subject.instrument.questionnaire, subject.value
    nodes = (*questionnaire.pillars, *questionnaire.dimensions, *questionnaire.questions)
    mentions = [
        *((("facts", id), id, "facts", questionnaire.facts) for id in value.facts),
        *((("answers", id), id, "questions", questionnaire.questions) for id in value.answers),
        *((("override", i, "node"), change.node, "nodes", nodes) for i, change in enumerate(value.override)),
        *(
            (("plan", "chosen", i), id, "countermeasures", questionnaire.countermeasures)
            for i, id in enumerate(value.plan.chosen)
        ),
    ]
    for path, id, what, known in mentions:
        if id not in known:
            at = "key" if path[0] in ("facts", "answers") else "value"
            hint = _former(subject, id) or suggestion(id, known)
            yield Finding(path, {"name": id, "what": WHAT[what]}, at=at, hint=hint)  # type: ignore[arg-type]


def _former(subject: AnswersSubject, id: str) -> Text | None:
    questionnaire = subject.instrument.questionnaire
    for asked in (questionnaire.questions, questionnaire.facts):
        for now, entry in asked.items():
            if id in entry.previous_ids:
                return {language: words.format(now=now) for language, words in FORMER.items()}
    return None


def bad_value(subject: AnswersSubject) -> Iterable[Finding]:
    """Find values that are no answer to their question."""
    for path, asked, answer in _given(subject):
        fault = read_value(asked, answer.value)
        if isinstance(fault, Fault):
            known: Iterable[str] = getattr(asked, "options", ())
            hint = suggestion(fault.unknown, tuple(known)) if fault.unknown else None
            yield Finding((*path, "value"), {"value": _shown(answer.value), "wants": fault.wants}, hint=hint)


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def unusual(subject: AnswersSubject) -> Iterable[Finding]:
    """Find figures outside what is usual: kept, but worth a second look."""
    for path, asked, answer in _given(subject):
        if isinstance(asked, NumberKind) and asked.usual and not blank(answer.value):
            number = read_number(answer.value)  # type: ignore[arg-type]
            low, high = asked.usual
            if number is not None and asked.range[0] <= number <= asked.range[1] and not low <= number <= high:
                values = {"value": plain_number(number), "low": plain_number(low), "high": plain_number(high)}
                yield Finding((*path, "value"), values)


def na_without_reason(subject: AnswersSubject) -> Iterable[Finding]:
    """Find “not applicable” without a reason."""
    for path, _, answer in _given(subject):
        if answer.state == "na" and not (answer.reason or "").strip():
            yield Finding((*path, "state"), {"name": path[1]})


def year_odd(subject: AnswersSubject) -> Iterable[Finding]:
    """Find years that no figure can be of."""
    for path, _, answer in _given(subject):
        if answer.year is not None and not 1949 <= answer.year <= 2100:
            yield Finding((*path, "year"), {"year": answer.year})


def older_revision(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers to an older wording of their question."""
    for path, asked, answer in _given(subject):
        if answer.revision is not None and answer.revision < asked.revision:
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
            yield Finding(("override", index), {"name": change.node}, at="key")


def override_target(subject: AnswersSubject) -> Iterable[Finding]:
    """Find overrides that give a question a target."""
    for index, change in enumerate(subject.value.override):
        if change.target is not None and change.node in subject.instrument.questionnaire.questions:
            yield Finding(("override", index, "target"), {"name": change.node}, at="key")


def all_zero_here(subject: AnswersSubject) -> Iterable[Finding]:
    """Find groups of siblings that the adjustments firing here and the overrides leave without any weight."""
    instrument, value = subject.instrument, subject.value
    known = {change.node for change in value.override} <= set(instrument.nodes)
    if not known or next(iter(bad_value(subject)), None):
        return
    weights = local_rubric(instrument, read(instrument, value), value.override).weights
    for parent, members in zero_groups(instrument, weights):
        changed = [i for i, change in enumerate(value.override) if change.node in members]
        path: Path = ("override", changed[0], "node") if changed else ("weights",)
        yield Finding(path, {"group": parent or TOP, "members": ", ".join(members)})


def edition_differs(subject: AnswersSubject) -> Iterable[Finding]:
    """Find answers given to another edition of the questionnaire or rubric than the one at hand."""
    instrument, value = subject.instrument, subject.value
    for key, (version, digest) in _editions(instrument, subject.digests).items():
        stated: Reference = getattr(value, key)
        if (stated.digest is not None and stated.digest != digest) or stated.version != version:
            what = stated.version if stated.version != version else f"{stated.version}*"
            yield Finding((key,), {"name": stated.id, "stated": what, "now": version})


def _editions(instrument: Instrument, digests: tuple[str, str]) -> Mapping[str, tuple[str, str]]:
    return {
        "questionnaire": (instrument.questionnaire.version, digests[0]),
        "weights": (chain_version(instrument.chain), digests[1]),
    }


def unnamed_subject(subject: AnswersSubject) -> Iterable[Finding]:
    """Find assessments that do not say whom they describe."""
    if not subject.value.subject.name.strip():
        yield Finding(("subject",), {}, at="key")


ANSWER_RULES = (
    Rule(
        "unknown_reference",
        "error",
        text(en="there is no {what} “{name}” in this questionnaire", zh="本问卷中没有{what}“{name}”"),
        text(en="Write an id that exists.", zh="请填写已有的标识。"),
        answer_reference,
    ),
    Rule(
        "bad_value",
        "error",
        text(en="“{value}” is no answer here; wanted: {wants}", zh="“{value}”不是有效答案，应为{wants}"),
        text(en="Correct the value, or take the line out.", zh="请改正，或删去此行。"),
        bad_value,
    ),
    Rule(
        "unusual",
        "warning",
        text(en="{value} is unusual: most lie from {low} to {high}", zh="{value} 不常见，一般在 {low} 至 {high} 之间"),
        text(en="Check the unit and the year; if it is right, keep it.", zh="请核对单位和年份，无误可保留。"),
        unusual,
    ),
    Rule(
        "na_without_reason",
        "error",
        text(en="“{name}” is not applicable without a reason", zh="“{name}”标为不适用但未说明理由"),
        text(en='Add reason = "...".', zh='请补上 reason = "……"。'),
        na_without_reason,
    ),
    Rule(
        "year_odd",
        "warning",
        text(en="{year} is an odd year for a figure", zh="年份 {year} 不合常理"),
        text(en="Check the year.", zh="请核对年份。"),
        year_odd,
    ),
    Rule(
        "older_revision",
        "notice",
        text(
            en="answered to revision {given} of the question, now {now}: please confirm",
            zh="按题目第 {given} 版作答，现为第 {now} 版，请确认",
        ),
        text(en="Read the question again and answer it anew if needed.", zh="请重读题目，必要时重新作答。"),
        older_revision,
    ),
    Rule(
        "newer_revision",
        "warning",
        text(
            en="answered to revision {given} of the question, which is newer than {now} here",
            zh="按题目第 {given} 版作答，此处仅为第 {now} 版",
        ),
        text(en="Use the questionnaire the answers were given to.", zh="请使用作答时的问卷版本。"),
        newer_revision,
    ),
    Rule(
        "override_unreasoned",
        "error",
        text(en="the override of “{name}” gives no reason", zh="对“{name}”的人工修正未说明理由"),
        text(en="Write why; it is printed in the report.", zh="请写明理由，报告中会列出。"),
        override_unreasoned,
    ),
    Rule(
        "override_empty",
        "error",
        text(en="the override of “{name}” changes nothing", zh="对“{name}”的人工修正不产生变化"),
        text(en="Give it a factor or a target, or take it out.", zh="请写 factor 或 target，或删去。"),
        override_empty,
    ),
    Rule(
        "target_on_question",
        "error",
        text(en="“{name}” is a question and can have no target", zh="“{name}”是题目，不能设目标"),
        text(en="Give the target to its dimension or pillar.", zh="请为其所属维度或支柱设目标。"),
        override_target,
    ),
    Rule(
        "all_zero",
        "error",
        text(en="all weights under “{group}” are zero: {members}", zh="“{group}”之下的权重全部为零：{members}"),
        text(
            en="Give one of them a weight, or switch the group itself off with 0.",
            zh="请至少为其中一项设权重，或将其上级设为 0 整体关闭。",
        ),
        all_zero_here,
    ),
    Rule(
        "edition_differs",
        "notice",
        text(
            en="answered to edition {stated} of “{name}”, the one at hand is {now}",
            zh="按“{name}”{stated} 版作答，现有版本为 {now}",
        ),
        text(
            en="migrate shows what each difference means. (* same number, other content)",
            zh="可用 migrate 查看差异。（* 版本号相同而内容不同）",
        ),
        edition_differs,
    ),
    Rule(
        "unnamed_subject",
        "notice",
        text(en="the assessment does not say whom it describes", zh="未写明评估对象名称"),
        text(en='Add name = "..." under [subject].', zh='请在 [subject] 下补上 name = "……"。'),
        unnamed_subject,
    ),
)
