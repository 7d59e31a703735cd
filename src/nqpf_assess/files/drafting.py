"""The first text of a rubric of one's own: on top of a baseline, a copy of one, or drafted from shares worked out."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import tomli_w

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import normalised
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN, summed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import Judgements, Weights

DIGITS = 9
"""Decimals of a drafted factor: the share comes out to better than a millionth."""

NO_ID = _("“{name}” is no id: small Latin letters, digits and single underscores, a letter first, at most 40 long")
OF_BASE = _("“{name}” is what the new rubric is based on: two of one id would rest on each other. Choose another id")
OFF = _("“{name}” is switched off in “{base}”; no factor brings it back")

Why = Callable[[str, float, float], Text]
"""The reason for a node's new share, given its id, the share before and the share now, both among those compared."""


def sound_id(name: str) -> str:
    """Return an id as it is, or refuse it."""
    if not re.match(ID_PATTERN + r"\Z", name) or len(name) > ID_LENGTH:
        raise UserError(fill(NO_ID, name=name), status=2)
    return name


def own_id(name: str, bases: Sequence[Weights]) -> str:
    """Return the id of a rubric of one's own as it is, or refuse it: an id, and none of those it is based on."""
    if name in {base.id for base in bases}:
        raise UserError(fill(OF_BASE, name=name), status=2)
    return sound_id(name)


def shares_before(instrument: Instrument, *, own: bool = True) -> dict[str, float]:
    """Return each node's share among its siblings as a rubric has it wherever none of its conditions holds.

    Not `own`: as the rubric has it that this one is based on.
    """
    weights = dict(instrument.root_weights)
    for file in instrument.chain if own else instrument.chain[:-1]:
        for change in file.adjust:
            if change.when is None and change.factor is not None:
                weights[change.node] *= float(change.factor)
    return normalised(instrument, weights)


def among(shares: Mapping[str, float], members: Sequence[str]) -> dict[str, float]:
    """Return what each of some siblings has of what they have together, 0 where none of them has any."""
    together = summed(shares[member] for member in members)
    return {member: shares[member] / together if together else 0.0 for member in members}


def as_judged(instrument: Instrument, groups: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return each node's share among its siblings once the members of each group have the shares given.

    Those of a group sum to 1; what its members have together among all siblings stays.
    """
    before = shares_before(instrument)
    found = dict(before)
    for shares in groups:
        together = summed(before[member] for member in shares)
        found |= {member: share * together for member, share in shares.items()}
    return found


def factors(instrument: Instrument, shares: Mapping[str, float]) -> dict[str, Decimal]:
    """Return the factor that brings each member of one group from its share now to that of `shares`, which sum to 1."""
    before, after = shares_before(instrument), as_judged(instrument, [shares])
    for member in shares:
        if not before[member]:
            raise UserError(fill(OFF, name=member, base=instrument.profile.id))
    return {id: Decimal(f"{after[id] / before[id]:.{DIGITS}f}") for id in shares}


def drafted(
    instrument: Instrument,
    groups: Sequence[Mapping[str, float]],
    *,
    id: str,
    name: Text,
    why: Why,
    judgements: Sequence[Judgements] = (),
) -> str:
    """Write a profile on top of the instrument's rubric in which the members of each group have the shares given."""
    languages = instrument.questionnaire.languages
    head = {
        "format": "nqpf-weights/1",
        "id": own_id(id, instrument.chain),
        "questionnaire": instrument.questionnaire.id,
    }
    lines = [_toml({**head, "based_on": instrument.profile.id}) + _worded("name", in_each(languages, name))]
    for shares in groups:
        before = shares_before(instrument)
        together = summed(before[member] for member in shares)
        for node, factor in factors(instrument, shares).items():
            reason = in_each(languages, why(node, before[node] / together, shares[node]))
            lines.append("[[adjust]]\n" + _toml({"node": node, "factor": factor}) + _worded("why", reason))
    return "\n".join([*lines, *map(judgements_text, judgements)])


def _toml(table: Mapping[str, Any]) -> str:
    return tomli_w.dumps(table, multiline_strings=False)


def _worded(key: str, words: Text) -> str:
    return "".join(f"{key}.{_toml({language: said})}" for language, said in words.items())


def in_each(languages: Sequence[str], words: Text) -> dict[str, str]:
    """Return words in each of some languages, in the first where there are none in one."""
    first = next(iter(words.values()))
    return {language: words.get(language, first) for language in languages}


def judgements_text(entry: Judgements) -> str:
    """Write judgements with a row of the matrix a line, so that people can read and change them."""
    stated = {key: value for key, value in (("of", entry.of), ("by", entry.by)) if value}
    members = ", ".join(_toml({"m": member}).partition(" = ")[2].strip() for member in entry.members)
    head = f"{_toml(stated)}members = [{members}]\n"
    rows = "".join(f"  [{', '.join(map(_cell, row))}],\n" for row in entry.matrix)
    return f"[[judgements]]\n{head}matrix = [\n{rows}]\n"


def _cell(value: object) -> str:
    """Write one judgement: a whole number or decimal bare, a fraction in its lowest terms, anything else as it is."""
    said = str(value).strip()
    if isinstance(value, int | Decimal) or re.fullmatch(r"[1-9](\.[0-9]+)?", said):
        return said
    with suppress(ValueError, ZeroDivisionError):
        said = str(Fraction(said)) if "/" in said else said
    return f'"{said}"'


SUGGESTED = _("Only what differs here: uncomment what you need, give each change its reason in every language.")
SHARE = _("{title}: {share} of its group{target}")
TARGET = _(", target {target}")
FITS_EXAMPLE = '# fits = {{ fact = "{fact}", is = "{option}" }}      # {words}\n'
FITS_WORDS = _("when to suggest this profile")


def new_profile(instrument: Instrument, *, id: str, name: Text) -> str:
    """Write a profile on top of a rubric that changes nothing yet, with a line for each node that could change."""
    questionnaire = instrument.questionnaire
    languages = questionnaire.languages
    head = {"format": "nqpf-weights/1", "id": own_id(id, instrument.chain), "questionnaire": questionnaire.id}
    words = "".join(f"name.{tomli_w.dumps({language: tell(name, language)})}" for language in languages)
    lines = [tomli_w.dumps({**head, "based_on": instrument.profile.id}), words, _fits(instrument), "\n"]
    lines += [f"# {tell(SUGGESTED, language)}\n" for language in languages]
    shares = normalised(instrument, instrument.root_weights)
    for node in instrument.nodes:
        if node in questionnaire.questions:
            continue
        lines.append("\n")
        target = instrument.chain[0].targets.get(node)
        for language in languages:
            aim = "" if target is None else tell(TARGET, language, target=target)
            title = " ".join(tell(title_of(questionnaire, node), language).split())
            lines.append(f"# {tell(SHARE, language, title=title, share=f'{shares[node]:.0%}', target=aim)}\n")
        lines.append(f'# [[adjust]]\n# node = "{node}"\n# factor = 1\n')
        lines += [f'# why.{language} = ""\n' for language in languages]
    return "".join(lines)


def _fits(instrument: Instrument) -> str:
    """Return an example of a condition, of the first fact with options."""
    for id, fact in instrument.questionnaire.facts.items():
        kind = kind_of(fact)
        options = [choice.value for choice in kind.choices(fact) if not choice.unknown]
        if "is" in kind.operators and options:
            words = " · ".join(tell(FITS_WORDS, language) for language in instrument.questionnaire.languages)
            return FITS_EXAMPLE.format(fact=id, option=options[0], words=words)
    return ""


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
