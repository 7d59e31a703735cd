"""The first text of a rubric of one's own: a profile on top of a baseline, or a copy of one that is there."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import tomli_w

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import normalised
from nqpf_assess.files.drafting import sound_id
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.questionnaire import title_of

SUGGESTED = _("Only what differs here: uncomment what you need, give each change its reason in every language.")
SHARE = _("{title}: {share} of its group{target}")
TARGET = _(", target {target}")
FITS_EXAMPLE = '# fits = {{ fact = "{fact}", is = "{option}" }}      # {words}\n'
FITS_WORDS = _("when to suggest this profile")


def new_profile(instrument: Instrument, *, id: str, name: Text) -> str:
    """Write a profile on top of a rubric that changes nothing yet, with a line for each node that could change."""
    questionnaire = instrument.questionnaire
    languages = questionnaire.languages
    head = {"format": "nqpf-weights/1", "id": sound_id(id), "questionnaire": questionnaire.id}
    words = "".join(f"name.{tomli_w.dumps({language: tell(name, language)})}" for language in languages)
    lines = [tomli_w.dumps({**head, "based_on": instrument.profile.id}), words, _fits(instrument), "\n"]
    lines += [f"# {tell(SUGGESTED, language)}\n" for language in languages]
    return "".join([*lines, *_commented(instrument, languages)])


def _fits(instrument: Instrument) -> str:
    """Give an example of a condition, of the first fact with options."""
    for id, fact in instrument.questionnaire.facts.items():
        kind = kind_of(fact)
        options = [choice.value for choice in kind.choices(fact) if not choice.unknown]
        if "is" in kind.operators and options:
            words = " · ".join(tell(FITS_WORDS, language) for language in instrument.questionnaire.languages)
            return FITS_EXAMPLE.format(fact=id, option=options[0], words=words)
    return ""


def _commented(instrument: Instrument, languages: Sequence[str]) -> Iterator[str]:
    shares = normalised(instrument, instrument.root_weights)
    for node in instrument.nodes:
        if node in instrument.questionnaire.questions:
            continue
        yield "\n"
        for language in languages:
            yield f"# {_share(instrument, node, shares[node], language)}\n"
        yield f'# [[adjust]]\n# node = "{node}"\n# factor = 1\n'
        yield from (f'# why.{language} = ""\n' for language in languages)


def _share(instrument: Instrument, node: str, share: float, language: str) -> str:
    target = instrument.chain[0].targets.get(node)
    aim = "" if target is None else tell(TARGET, language, target=target)
    title = " ".join(tell(title_of(instrument.questionnaire, node), language).split())
    return tell(SHARE, language, title=title, share=f"{share:.0%}", target=aim)


def copied(words: str, *, id: str, name: Text, languages: Sequence[str]) -> str:
    """Copy a rubric's text under another id and name, every comment kept; its place in the order is its own again."""
    import tomlkit

    document = tomlkit.parse(words)
    document["id"] = sound_id(id)
    stated = cast("dict[str, Any]", document["name"])
    for language in languages:
        stated[language] = tell(name, language)
    document.pop("order", None)
    return tomlkit.dumps(document)
