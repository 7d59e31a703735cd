"""The cover: whom the report is about, when, by which rubric, and what it is not; the list of contents."""

import hashlib

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.blocks import Block, Contents, Cover, PageBreak
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.phrases import QUESTIONS, counted, editions_of
from nqpf_assess.report.outline.roadmap import day

SHOWN = 16
"""Hex digits of a digest that the cover shows; the method annex has them all."""

TITLE = text(en="Development of new quality productive forces", zh="新质生产力发展自评报告")
TITLE_FIRM = text(en="New quality productive forces in the firm", zh="企业新质生产力自评报告")
SUBTITLE = text(en="Self-assessment and gap report", zh="差距分析与对策建议")
NOTICE = text(
    en="A self-assessment; not a ranking, audit or certification. It rests on the answers of {place}, and on weights "
    "and targets that are expert judgement.",
    zh="本报告为自评结果，不作为考核、排名、认定依据。结果依据{place}填报内容和专家判断的权重、目标得出。",
)
UNNAMED = text(en="Subject not named", zh="评估对象未填写")
PERIOD = text(en="Period assessed", zh="评估期")
PROFILE = text(en="Profile", zh="{scheme}")
RESPONDENT = text(en="Respondent", zh="填报单位（人）")
QUESTIONNAIRE = text(en="Questionnaire", zh="问卷")
QUESTIONNAIRE_WORDS = text(en="{title}, version {version}", zh="{title}，版本{version}")
EDITION = text(en="Edition", zh="版本提示")
EDITION_WORDS = text(en="answered under {stated}, scored under {used}", zh="答案按{stated}填写，现按{used}计分")
MODE = text(en="Extent", zh="评估范围")
QUICK = text(en="Quick screening: core questions only", zh="快速筛查（仅核心题目）")
FULL = text(en="Full: {questions}", zh="完整评估（{questions}）")
DATE = text(en="Date", zh="报告日期")
NUMBER = text(en="Report number", zh="报告编号")
DIGEST = text(en="Digest", zh="校验码")
DIGEST_WORDS = text(en="answers {answers}; rubric {rubric}", zh="答案{answers}；权重方案{rubric}")
CONTENTS = text(en="Contents", zh="目录")
NOT_STATED = text(en="not stated", zh="未填写")


def cover(case: Case) -> Cover:
    """Give the first page."""
    subject = case.answers.subject
    editions = [editions_of(case, other) for other in case.other_editions]
    facts: tuple[tuple[Text, str], ...] = (
        (PERIOD, typed(subject.period) or case.say(NOT_STATED)),
        (PROFILE, case.tell(case.instrument.profile.name)),
        (RESPONDENT, typed(subject.respondent) or case.say(NOT_STATED)),
        (
            QUESTIONNAIRE,
            case.say(
                QUESTIONNAIRE_WORDS,
                title=case.tell(case.questionnaire.title),
                version=case.questionnaire.version,
            ),
        ),
        *((EDITION, case.say(EDITION_WORDS, stated=stated, used=used)) for stated, used in editions),
        (
            MODE,
            case.say(QUICK) if case.quick else case.say(FULL, questions=counted(case, len(case.counting), QUESTIONS)),
        ),
        (DATE, day(case)),
        (NUMBER, report_number(case)),
        (
            DIGEST,
            case.say(DIGEST_WORDS, answers=short(case.card.answers_digest), rubric=short(case.card.weights.digest)),
        ),
    )
    title = TITLE_FIRM if case.firm else TITLE
    told = tuple((case.say(label), value) for label, value in facts)
    return Cover(case.say(title), case.say(SUBTITLE), subject_name(case), told, case.say(NOTICE))


def subject_name(case: Case) -> str:
    """Name the subject."""
    return typed(case.answers.subject.name) or case.say(UNNAMED)


def report_number(case: Case) -> str:
    """Give the number that the same answers, rubric, questionnaire and date always have."""
    card = case.card
    content = "|".join((card.questionnaire.digest, card.weights.digest, card.answers_digest, case.date))
    return f"NQPF-{case.date.replace('-', '')}-{hashlib.sha256(content.encode()).hexdigest()[:8].upper()}"


def short(digest: str) -> str:
    """Shorten a digest to what a person can compare."""
    return digest.removeprefix("sha256:")[:SHOWN]


def contents(case: Case) -> tuple[Block, ...]:
    """Give the list of contents, on a page of its own."""
    return PageBreak(), Contents(case.say(CONTENTS))
