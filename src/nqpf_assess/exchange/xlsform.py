"""A questionnaire as an XLSForm (xlsform.org) for Kobo, ODK and the like: survey, choices, settings.

Conditions keep their three values: each is written as “is known to hold”, so that a blank answer shows nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from nqpf_assess.exchange.gathering import NO_ANSWER, STATES
from nqpf_assess.exchange.workbook import Worksheet, workbook
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.condition import AllOf, AnyCondition, AnyOf, Comparison, Not
from nqpf_assess.model.questionnaire import FACTS_TITLE, AnyAsked, QuestionBase, Questionnaire

NAMES: Mapping[str, str] = {"en": "English (en)", "zh": "中文 (zh)"}
"""Languages as XLSForm writes them behind `label::`."""

STATE, REASON, YEAR, EVIDENCE = "__state", "__reason", "__year", "__evidence"
"""What stands behind a question's id for what is written beside its answer; ids themselves have no two underscores."""

STATE_ASKED = _("If there is no answer: why?")
REASON_ASKED = _("Why does it not apply?")
YEAR_ASKED = _("Year of the figure")
EVIDENCE_ASKED = _("Evidence")

SUBJECT: Mapping[str, str] = {part: f"subject__{part}" for part in ("name", "period", "respondent")}
"""Whom the answers describe and who gives them → the names of what asks for it."""

SUBJECT_ASKED: Mapping[str, Text] = {
    "name": _("Name of the place or firm"),
    "period": _("Year the answers describe"),
    "respondent": _("Who answers"),
}
EDITION = "form__edition"
"""The name of the field by which every submission says which edition of which questionnaire it answers."""

NOT_CARRIED = (
    _("weights, targets, scores of answers, bands and floors"),
    _("countermeasures, checks, benchmarks, sources"),
    _("which scale applies where (scale_when); what is usual"),
    _("how sure an answer is, notes"),
)


def xlsform(questionnaire: Questionnaire) -> bytes:
    """Write the form."""
    return workbook(_Form(questionnaire).sheets())


class _Form:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire, self.languages = questionnaire, questionnaire.languages
        labels = [f"label::{NAMES.get(code, code)}" for code in self.languages]
        hints = [f"hint::{NAMES.get(code, code)}" for code in self.languages]
        said = [f"constraint_message::{NAMES.get(code, code)}" for code in self.languages]
        self.head = ["type", "name", *labels, *hints, "relevant", "constraint", *said, "appearance", "calculation"]
        self.choice_head = ["list_name", "name", *labels]

    def sheets(self) -> tuple[Worksheet, ...]:
        wide = (18, 28, *[50] * (2 * len(self.languages)), 40, 30)
        default = NAMES.get(self.languages[0], self.languages[0])
        title = tell(self.questionnaire.title, self.languages[0])
        settings = [
            ["form_title", "form_id", "version", "default_language"],
            [title, self.questionnaire.id, self.questionnaire.version, default],
        ]
        choices = [self.choice_head]
        tables: Sequence[Mapping[str, AnyAsked]] = (self.questionnaire.facts, self.questionnaire.questions)
        for id, asked in ((id, asked) for table in tables for id, asked in table.items()):
            choices += [
                [id, str(choice.value), *(choice.words.get(code, "") for code in self.languages)]
                for choice in kind_of(asked).choices(asked)
            ]
        choices += [
            [NO_ANSWER, name, *(words.get(code, "") for code in self.languages)] for name, words in STATES.items()
        ]
        return (
            Worksheet("survey", [self.head, *self._survey()], wide),
            Worksheet("choices", choices, (30, 24, 60, 60)),
            Worksheet("settings", settings, (50, 20, 14, 20)),
        )

    # ---- survey

    def _row(self, kind: str, name: str, label: Text, **rest: object) -> list[str]:
        hint: Text = rest.get("hint") or {}  # type: ignore[assignment]
        said: Text = rest.get("message") or {}  # type: ignore[assignment]
        return [
            kind,
            name,
            *(label.get(code, "") for code in self.languages),
            *(hint.get(code, "") for code in self.languages),
            str(rest.get("relevant", "")),
            str(rest.get("constraint", "")),
            *(said.get(code, "") for code in self.languages),
            str(rest.get("appearance", "")),
            str(rest.get("calculation", "")),
        ]

    def _survey(self) -> Iterator[list[str]]:
        edition = f"'{self.questionnaire.id} {self.questionnaire.version}'"
        yield self._row("calculate", EDITION, {}, calculation=edition)
        for part, name in SUBJECT.items():
            yield self._row("text", name, SUBJECT_ASKED[part])
        yield self._row("begin_group", "facts__group", FACTS_TITLE[self.questionnaire.subject])
        for id, fact in self.questionnaire.facts.items():
            yield from self._asked(id, fact)
        yield self._row("end_group", "", {})
        for pillar, entry in self.questionnaire.pillars.items():
            yield self._row("begin_group", f"{pillar}__group", entry.title)
            for dimension in self.questionnaire.dimensions_of[pillar]:
                title = self.questionnaire.dimensions[dimension].title
                yield self._row("begin_group", f"{dimension}__group", title)
                for id in self.questionnaire.questions_of[dimension]:
                    yield from self._asked(id, self.questionnaire.questions[id])
                yield self._row("end_group", "", {})
            yield self._row("end_group", "", {})

    def _asked(self, id: str, asked: AnyAsked) -> Iterator[list[str]]:
        relevant = self._relevant(asked)
        constraint = kind_of(asked).xlsform_constraint(asked)
        yield self._row(
            kind_of(asked).xlsform_type(id),
            id,
            asked.text,
            hint=asked.help,
            relevant=relevant,
            **({} if constraint is None else {"constraint": constraint[0], "message": constraint[1]}),
        )
        beside = f"({relevant}) and " if relevant else ""
        if kind_of(asked).dated(asked):
            yield self._row(
                "integer", id + YEAR, YEAR_ASKED, relevant=f"{beside}${{{id}}} != ''", constraint=". > 1948"
            )
        if isinstance(asked, QuestionBase):
            yield self._row(
                f"select_one {NO_ANSWER}",
                id + STATE,
                STATE_ASKED,
                relevant=f"{beside}${{{id}}} = ''",
                appearance="minimal",
            )
            yield self._row("text", id + REASON, REASON_ASKED, relevant=f"{beside}${{{id + STATE}}} = 'na'")
            yield self._row(
                "text", id + EVIDENCE, EVIDENCE_ASKED, hint=asked.evidence, relevant=f"{beside}${{{id}}} != ''"
            )

    # ---- conditions

    def _relevant(self, asked: AnyAsked) -> str:
        """Write when a question is asked at all."""
        parts = []
        if isinstance(asked, QuestionBase) and asked.show_if is not None:
            parts.append(self.holds(asked.show_if))
        if isinstance(asked, QuestionBase) and asked.na_when is not None:
            parts.append(f"not({self.holds(asked.na_when)})")
        return " and ".join(parts)

    def holds(self, condition: AnyCondition) -> str:
        """Write that a condition is known to hold."""
        match condition:
            case AllOf():
                return _joined(" and ", [self.holds(part) for part in condition.all])
            case AnyOf():
                return _joined(" or ", [self.holds(part) for part in condition.any])
            case Not():
                return self.fails(condition.not_)
            case Comparison():
                return self._leaf(condition, holding=True)

    def fails(self, condition: AnyCondition) -> str:
        """Write that a condition is known not to hold."""
        match condition:
            case AllOf():
                return _joined(" or ", [self.fails(part) for part in condition.all])
            case AnyOf():
                return _joined(" and ", [self.fails(part) for part in condition.any])
            case Not():
                return self.holds(condition.not_)
            case Comparison():
                return self._leaf(condition, holding=False)

    def _leaf(self, leaf: Comparison, *, holding: bool) -> str:
        value = f"${{{leaf.subject}}}"
        asked = self._asked_of(leaf)
        if leaf.operator == "na":
            said = "false()"  # a local condition always applies
            if isinstance(asked, QuestionBase):
                said = f"${{{leaf.subject + STATE}}} = 'na'"
                if asked.na_when is not None:
                    # As somebody said, or by itself where it is asked at all.
                    asked_at_all = [] if asked.show_if is None else [self.holds(asked.show_if)]
                    said = f"({said} or {_joined(' and ', [self.holds(asked.na_when), *asked_at_all])})"
            return said if leaf.operand is holding else f"not({said})"
        # Known: it is answered, and not with an option that means “not known”.
        unknown = [choice.value for choice in (kind_of(asked).choices(asked) if asked else ()) if choice.unknown]
        known = " and ".join([f"{value} != ''", *(f"not(selected({value}, '{id}'))" for id in unknown)])
        if leaf.operator == "answered":
            return known if leaf.operand is holding else f"not({known})"
        operand = "" if asked is None else kind_of(asked).xlsform_operand(leaf.operand)
        match leaf.operator:
            case "is":
                said = f"{value} = '{leaf.operand}'"
            case "one_of":
                said = _joined(" or ", [f"{value} = '{option}'" for option in leaf.operand])
            case "has":
                said = f"selected({value}, '{leaf.operand}')"
            case "at_least":
                said = f"{value} >= {operand}"
            case _:
                said = f"{value} <= {operand}"
        return f"({known} and {said if holding else f'not({said})'})"

    def _asked_of(self, leaf: Comparison) -> AnyAsked | None:
        table: Mapping[str, AnyAsked] = (
            self.questionnaire.facts if leaf.fact is not None else self.questionnaire.questions
        )
        return table.get(leaf.subject)


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
