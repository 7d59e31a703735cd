"""An empty answer file with every question as a comment, to be filled in any text editor."""

from collections.abc import Iterator

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import (
    AnyAsked,
)

INTRODUCTION = _("""Answers of one assessment. How to fill this in:
- To answer a question, take the "# " away from its last two lines only, the one in brackets and value =,
  and write the value behind value =
- A level: its number, as value = 3. A figure: value = "2.31". One option: value = "yes". Several: value = ["a", "b"].
- Not known: state = "dk". Later: state = "later". Not applicable: state = "na" and reason = "...".
- You may add: year = 2024, evidence = ["document, table"], confidence = "high" (or "medium", "low"), note = "...".
- Check what you wrote: nqpf-assess check FILE. See the score: nqpf-assess score FILE.""")
SUBJECT = _("Whom the answers describe, of which year, and who answered")
FACTS = _("Facts: never scored, they choose what counts here")


def blank_file(instrument: Instrument, answers: Answers, language: str) -> str:
    """Write the file: head, subject, then each fact and question of the mode as comments."""
    questionnaire = instrument.questionnaire
    lines = [*_comment(tell(INTRODUCTION, language)), f'format = "{answers.format}"']
    shares = ", ".join(f"{id} = {plain_number(share)}" for id, share in answers.weights.with_.items())
    blended = f", with = {{ {shares} }}" if shares else ""
    for key, reference, more in (("questionnaire", answers.questionnaire, ""), ("weights", answers.weights, blended)):
        named = f'id = "{reference.id}", version = "{reference.version}", digest = "{reference.digest}"'
        lines.append(f"{key} = {{ {named}{more} }}")
    lines += [f'language = "{language}"', f'mode = "{answers.mode}"', "", *_comment(tell(SUBJECT, language))]
    lines += ["[subject]", 'name = ""', 'period = ""', 'respondent = ""', ""]
    lines += _comment("── " + tell(FACTS, language)) if questionnaire.facts else ()
    for id, fact in questionnaire.facts.items():
        lines += _entry("facts", id, fact, language)
    for pillar, entry in questionnaire.pillars.items():
        for dimension in questionnaire.dimensions_of[pillar]:
            below = {id: questionnaire.questions[id] for id in questionnaire.questions_of[dimension]}
            asked = {id: question for id, question in below.items() if answers.mode == "full" or question.core}
            if asked:
                title = tell(questionnaire.dimensions[dimension].title, language)
                lines += ["", *_comment(f"── {tell(entry.title, language)} · {title}")]
            for id, question in asked.items():
                lines += _entry("answers", id, question, language)
    return "\n".join(lines) + "\n"


def _entry(table: str, id: str, asked: AnyAsked, language: str) -> Iterator[str]:
    yield "#"
    yield from _comment(tell(asked.text, language))
    kind = kind_of(asked)
    choices = [f"{choice.value} {tell(choice.words, language)}" for choice in kind.choices(asked)]
    yield from _comment("\n".join(choices or [tell(kind.wants(asked), language)]), indent="    ")
    yield from (f"# [{table}.{id}]", "# value = ")


def _comment(words: str, indent: str = "") -> Iterator[str]:
    """Write words as comment lines, whatever line breaks and control characters they hold."""
    for line in words.splitlines():
        yield "# " + indent + "".join(letter for letter in line if letter.isprintable())
