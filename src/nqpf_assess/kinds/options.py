"""What the kinds `single` and `multi` share: options with ids, chosen by digits."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from nqpf_assess.kinds.editions import BY_WORDS, Carried, KeyChange, alike, keys_changed, moved_option, reworded
from nqpf_assess.kinds.flaw import Flaw, span_flaws
from nqpf_assess.kinds.kind import AnswerChoice, Here, Kind, Value
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.questionnaire import (
    FactOption,
    MultiFact,
    MultiQuestion,
    Option,
    QuestionBase,
    SingleFact,
    SingleQuestion,
)
from nqpf_assess.model.questionnaire import Kind as KindName

AnyOption = Option | FactOption

Asked = TypeVar("Asked", bound=SingleQuestion | SingleFact | MultiQuestion | MultiFact)

WANTS_OPTION = _("one of the options: {known}")
WANTS_OPTIONS = _("a list of options out of: {known}")
FORM_ALONE = _("“None of these” stands alone.")
IN_BRACKETS = _('Put it in brackets: ["{value}"].')

REWORDED = _("option “{option}” reads otherwise now: “{before}” became “{after}”")
SOME_GONE = _("no longer offered: {gone}; the other options stay ticked")
OPTION_GONE = _("option “{option}” is gone")
OPTION_NEW = _("option “{option}” is new")
OPTION_MOVED = _("option “{option}” is “{now}” now, by its words")
OPTION_REUSED = _("option “{option}” has the words of another one now: an id is never reused")
OPTION_REWORDED = _("option “{option}” reads otherwise")
OPTION_WORDING = _("option “{option}”: worded otherwise")
OPTION_KEY = _("option “{option}”: {key} changed")
ALONE_NOW = _("option “{option}” stands alone now")
OPTION_ORDER = _("options stand in another order")
NOTHING_TICKED_NOW = _("an option stands alone now, so “nothing ticked” is no answer any more")


class OptionKind(Kind[Asked]):
    """Options are chosen by their number from 1, and named by their ids in files."""

    has_options = True

    def unknown(self, asked: Asked, value: Value) -> bool:
        options: Mapping[str, Option | FactOption] = asked.options
        picked = value if isinstance(value, frozenset) else (value,)
        return any(getattr(options[str(option)], "unknown", False) for option in picked if option in options)

    def choices(self, asked: Asked) -> tuple[AnswerChoice, ...]:
        return tuple(
            AnswerChoice(
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
        scored: object = asked
        if isinstance(scored, QuestionBase):
            yield from span_flaws(("options",), *self.reach(asked, Here()))

    def takes_over(self, kind: KindName) -> bool:
        return kind in ("single", "multi")

    def carry(self, before: Asked | None, after: Asked, carried: Carried) -> Carried:
        """Find the options again by their words, and take ticks away whose option is gone, if others stay.

        An option is gone too where its id has the words of another one now.
        """
        raw = carried.raw
        if not isinstance(raw, str | tuple):
            return carried
        olds, news = ({} if before is None else _words(before)), _words(after)
        ticked = raw if isinstance(raw, tuple) else (raw.strip(),)
        moved = {option: now for option in ticked if (now := moved_option(option, olds, news)) is not None}
        if reused := [option for option in ticked if option not in moved and _is_reused(option, olds, news)]:
            ticked = tuple(option for option in ticked if option not in reused)
            if not ticked:
                return carried.lose(fill(OPTION_REUSED, option=reused[0]))
            carried = carried.rewrite(ticked, fill(SOME_GONE, gone=listed(reused)), confirm=True)
        if moved:
            became = tuple(dict.fromkeys(moved.get(option, option) for option in ticked))
            why = fill(BY_WORDS, old=listed(moved), new=listed(moved.values()))
            carried = carried.rewrite(became if isinstance(raw, tuple) else became[0], why)
        if isinstance(carried.raw, tuple):
            gone = [option for option in carried.raw if option not in news]
            kept = tuple(option for option in carried.raw if option in news)
            if gone and kept:
                carried = carried.rewrite(kept, fill(SOME_GONE, gone=listed(gone)), confirm=True)
        for option in ticked:
            if option in olds and option in news and option not in moved and not alike(olds[option], news[option]):
                carried = carried.ask(reworded(REWORDED, olds[option], news[option], option=option))
        return carried

    def changes(self, key: str, before: Asked, after: Asked, *, scored: bool) -> Iterator[KeyChange] | None:
        return self._option_changes(before, after, scored=scored) if key == "options" else None

    def _option_changes(self, before: Asked, after: Asked, *, scored: bool) -> Iterator[KeyChange]:
        olds, news = _words(before), _words(after)
        for option in dict.fromkeys((*olds, *news)):
            yield from _option_change(option, olds, news)
        for option in olds:
            now = moved_option(option, olds, news) or option
            if now in news:
                yield from _option_key_changes(option, before.options[option], after.options[now], scored=scored)
        nothing, nothing_now = (self.none_ticked(asked) for asked in (before, after))
        if before.kind == after.kind and nothing is not None and nothing_now is None:
            yield KeyChange("loss", NOTHING_TICKED_NOW)
        if [option for option in olds if option in news] != [option for option in news if option in olds]:
            yield KeyChange("safe", OPTION_ORDER)

    def known(self, asked: Asked) -> Text:
        """Return the ids of the options, for a message."""
        return listed(asked.options)

    def operand(self, asked: Asked, operand: object, language: str) -> str:
        option = str(operand)
        return self.option_words(asked, option, language) if option in asked.options else option

    def option_words(self, asked: Asked, option: str, language: str) -> str:
        """Return the words of an option."""
        return tell(asked.options[option].words, language)


def in_brackets(value: str) -> Text:
    """Return the advice to write options as a list, each a text of its own."""
    return fill(IN_BRACKETS, value='", "'.join(part.strip() for part in re.split("[,，、;；]", value)))


def _words(asked: SingleQuestion | SingleFact | MultiQuestion | MultiFact) -> Mapping[str, Text]:
    return {id: option.words for id, option in asked.options.items()}


def _option_change(option: str, olds: Mapping[str, Text], news: Mapping[str, Text]) -> Iterator[KeyChange]:
    old, new = olds.get(option), news.get(option)
    if old == new:
        return
    if old is None:
        yield KeyChange("safe", fill(OPTION_NEW, option=option), (None, new), step="minor")
        return
    now = moved_option(option, olds, news)
    if now is not None:
        # Where the id stays, conditions that name it speak of what it was given to.
        yield KeyChange("convert", fill(OPTION_MOVED, option=option, now=now), (option, now), "scores" if new else "")
    elif new is None:
        yield KeyChange("loss", fill(OPTION_GONE, option=option), (old, None))
    elif _is_reused(option, olds, news):
        yield KeyChange("loss", fill(OPTION_REUSED, option=option), (old, new))
    elif alike(old, new):
        yield KeyChange("safe", fill(OPTION_WORDING, option=option), (old, new))
    else:
        yield KeyChange("confirm", fill(OPTION_REWORDED, option=option), (old, new))


def _is_reused(option: str, olds: Mapping[str, Text], news: Mapping[str, Text]) -> bool:
    """Return whether an option that was there has the very words of another old one now."""
    return option in olds and moved_option(option, news, olds) is not None


def _option_key_changes(option: str, before: AnyOption, after: AnyOption, *, scored: bool) -> Iterator[KeyChange]:
    for key, old, new in keys_changed(before, after):
        if key == "exclusive" and new:
            yield KeyChange("loss", fill(ALONE_NOW, option=option), (old, new))
        elif (scored and key in ("score", "exclusive")) or key == "unknown":
            yield KeyChange("confirm", fill(OPTION_KEY, option=option, key=key), (old, new), "scores")
        else:
            yield KeyChange("safe", fill(OPTION_KEY, option=option, key=key), (old, new))
