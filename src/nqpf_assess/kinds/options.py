"""What the kinds `single` and `multi` share: options with ids, chosen by digits."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from nqpf_assess.kinds.flaw import Flaw, span_flaws
from nqpf_assess.kinds.kind import Choice, Here, Kind, Value
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.questionnaire import (
    FactOption,
    MultiFact,
    MultiQuestion,
    Option,
    QuestionBase,
    SingleFact,
    SingleQuestion,
)

Asked = TypeVar("Asked", SingleQuestion | SingleFact, MultiQuestion | MultiFact)

WANTS_OPTION = _("one of the options: {known}")
WANTS_OPTIONS = _("a list of options out of: {known}")
FORM_ALONE = _("“None of these” stands alone.")
IN_BRACKETS = _('Put it in brackets: ["{value}"].')


class OptionKind(Kind[Asked]):
    """Options are chosen by their number from 1, and named by their ids in files."""

    has_options = True

    def unknown(self, asked: Asked, value: Value) -> bool:
        options: Mapping[str, Option | FactOption] = asked.options
        picked = value if isinstance(value, frozenset) else (value,)
        return any(getattr(options[str(option)], "unknown", False) for option in picked if option in options)

    def choices(self, asked: Asked) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                number,
                id,
                option.words,
                alone=getattr(option, "exclusive", False),
                unknown=getattr(option, "unknown", False),
            )
            for number, (id, option) in enumerate(asked.options.items(), start=1)
        )

    def xlsform_constraint(self, asked: Asked) -> tuple[str, Text] | None:
        alone = [choice.value for choice in self.choices(asked) if choice.alone]
        if not alone:
            return None
        return " and ".join(f"not(selected(., '{id}') and count-selected(.) > 1)" for id in alone), FORM_ALONE

    def flaws(self, asked: Asked) -> Iterator[Flaw]:
        if isinstance(asked, QuestionBase):
            yield from span_flaws(("options",), *self.reach(asked, Here()))

    def known(self, asked: Asked) -> str:
        """Return the ids of the options, for a message."""
        return ", ".join(asked.options)

    def operand(self, asked: Asked, operand: object, language: str) -> str:
        option = str(operand)
        return self.option_words(asked, option, language) if option in asked.options else option

    def option_words(self, asked: Asked, option: str, language: str) -> str:
        """Return the words of an option."""
        return tell(asked.options[option].words, language)


def in_brackets(value: str) -> Text:
    """Return the advice to write one option as a list."""
    return fill(IN_BRACKETS, value=value)
