"""Weights out of judgements, in words: the weights, how far the judgements agree, which to look at again."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from rich.cells import cell_len

from nqpf_assess.engine.ahp import ACCEPTED, Pair, Panel, Priorities
from nqpf_assess.engine.ahp.matrix import as_written
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.report.wording import apart, number, percent
from nqpf_assess.typography.cells import fit

PILLARS = _("The pillars")
METHODS: Mapping[str, Text] = {
    "eigenvector": _("eigenvector"),
    "geometric": _("geometric mean"),
}
HEAD = _("{group} · {method}")
FIGURES = _("λmax {largest} · CI {index} · CR {ratio}: {verdict}")
GOOD = _("the judgements agree (below 0.10)")
POOR = _("the judgements contradict each other (0.10 or more)")
ALWAYS = _("two or fewer always agree")
BEYOND = _("no random index beyond ten members; compare fewer at a time")
LOOK = _("Look again at:")
PAIR = _("“{one}” to “{other}” is {judged}; consistent with the rest would be {consistent} ({step}){then}")
THEN = _(", CR then {ratio}")
EXPERTS = _("{count} experts, combined by the geometric mean:")
EXPERT = _("{name}: CR {ratio}{mark}")
MARK = _("  ← 0.10 or more")
OF_ALL = _("share of the whole")
ON = _("Shares of the whole: on “{base}”, nothing else being changed.")

REASON = _(
    "Judged in pairs by {by} (AHP, {method}, consistency ratio {ratio}): {now} of what was compared instead of "
    "{before}."
)
SEVERAL = _("{count} experts")

ALONE = _("one expert")

BY_CONDITION = _(
    "“{base}” also moves {names} where a condition of its own holds; there the shares are not those judged."
)

SCALE_WORDS: Mapping[int, Text] = {
    1: _("equally important"),
    2: _("between equal and slightly more"),
    3: _("slightly more important"),
    4: _("between slightly and clearly more"),
    5: _("clearly more important"),
    6: _("between clearly and strongly more"),
    7: _("strongly more important"),
    8: _("between strongly and extremely more"),
    9: _("extremely more important"),
}
"""Saaty's scale in words."""

Title = Callable[[str], str]


def ahp_lines(
    found: Sequence[Panel], shares: Mapping[str, float], title: Title, language: str, *, on: Text | None = None
) -> Iterator[str]:
    """Write every group: its weights, how far the judgements agree, which to look at again, each expert's own.

    `title`: how a member is called, `shares`: of the whole, where there are several groups; `on`: the name of the
    rubric with which they are worked out.
    """
    for index, panel in enumerate(found):
        yield from [""] if index else []
        group = title(panel.of) if panel.of else tell(PILLARS, language)
        yield tell(HEAD, language, group=group, method=METHODS[panel.found.method])
        wide = max(cell_len(title(member)) for member in panel.members)
        for member, weight in zip(panel.members, panel.found.weights, strict=True):
            of_all = len(found) > 1 and member in shares
            whole = f"  {tell(OF_ALL, language)} {percent(shares[member], 1)}" if of_all else ""
            yield f"  {fit(title(member), wide)}  {percent(weight, 1):>6}{whole}"
        figures = {"largest": number(panel.found.largest, 3), "index": number(panel.found.index, 3)}
        judged = verdict(panel.found, len(panel.members))
        yield tell(FIGURES, language, ratio=ratio(panel.found), verdict=judged, **figures)
        if panel.worst and not panel.found.consistent:
            yield tell(LOOK, language)
            yield from ("  " + pair_words(pair, panel.members, title, language) for pair in panel.worst)
        if len(panel.experts) > 1:
            yield tell(EXPERTS, language, count=len(panel.experts))
            for expert in panel.experts:
                fine = expert.found.consistent is not False
                mark = "" if fine else tell(MARK, language)
                yield "  " + tell(EXPERT, language, name=expert.name, ratio=ratio(expert.found), mark=mark)
                for pair in () if fine else expert.worst:
                    yield "    " + pair_words(pair, panel.members, title, language)
    if on is not None and len(found) > 1:
        yield from ["", tell(ON, language, base=on)]


def ratio(found: Priorities) -> str:
    """Write a consistency ratio, with the decimals that tell it from the limit."""
    return apart(found.ratio, ACCEPTED, decimals=3)


def verdict(found: Priorities, members: int) -> Text:
    """Judge a consistency ratio."""
    if members <= 2:
        return ALWAYS
    if found.ratio is None:
        return BEYOND
    return GOOD if found.ratio < ACCEPTED else POOR


def pair_words(pair: Pair, members: Sequence[str], title: Title, language: str) -> str:
    """Return of a pair what was judged, and what would agree."""
    then = "" if pair.ratio_then is None else tell(THEN, language, ratio=apart(pair.ratio_then, ACCEPTED, decimals=3))
    return tell(
        PAIR,
        language,
        one=title(members[pair.one]),
        other=title(members[pair.other]),
        judged=as_written(pair.judged),
        consistent=number(pair.consistent, 2),
        step=as_written(pair.step),
        then=then,
    )


def reason_of(panel: Panel, before: float, now: float) -> Text:
    """Return the reason for a share that was judged, to be printed in a rubric's ledger."""
    count = len(panel.experts)
    name = panel.experts[0].name
    alone: Text = ALONE if name.isdecimal() else dict.fromkeys(LANGUAGES, name)
    return fill(
        REASON,
        by=fill(SEVERAL, count=count) if count > 1 else alone,
        method=METHODS[panel.found.method],
        ratio=ratio(panel.found),
        now=percent(now, 1),
        before=percent(before, 1),
    )


def by_condition(instrument: Instrument, members: Collection[str]) -> Text | None:
    """Return that a rubric moves parts that were judged where a condition holds; elsewhere they weigh as judged."""
    changes = [change for file in instrument.chain for change in file.adjust if change.factor is not None]
    moved = dict.fromkeys(change.node for change in changes if change.when and change.node in members)
    titles = [title_of(instrument.questionnaire, node) for node in moved]

    def named(language: str) -> str:
        here = grammar(language)
        return here.list(here.quoted(tell(title, language)) for title in titles)

    names = {language: named(language) for language in LANGUAGES}
    return fill(BY_CONDITION, base=instrument.name, names=names) if moved else None
