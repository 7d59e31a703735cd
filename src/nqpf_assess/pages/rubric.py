"""A rubric in words: for whom it is, what it changes and why, and what it does to samples."""

from collections.abc import Iterator, Sequence
from typing import Any

from nqpf_assess.engine.instrument import Instrument, rubric_identity
from nqpf_assess.engine.previewing import SampleEffect, SampleStanding, Sensitivity
from nqpf_assess.engine.rubric import along_paths, ledger, local_rubric, normalised
from nqpf_assess.engine.states import Seen, View
from nqpf_assess.locale import _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.weights import Adjustment, Weights
from nqpf_assess.report.blocks import Table, TableColumn, cells
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import NO_FIGURE, number, percent

NAME = _("{name} [{id}] · version {version}")
BASED = _("based on: {bases}")
FITS = _("fits where {condition}")
STATES_ALL = _("a baseline: it states everything and fits where nothing is known")
NO_FITS = _("does not say where it fits, so it is never suggested")
FACTOR = _("weight × {factor}")
TARGET = _("target {target}")
TARGET_FROM = _("target {before} → {target}")
WHEN = _("where {condition}")
SHARE = _("share of the whole, if it applies alone: {before} → {after}")
PART = _("{share} {name} [{id}]")
FLOORS_OF_ALL = _("the floors of all hold; rules of scoring and bands are those of the first")
SHARE_BLENDED = _("share of the whole {before} → {after}")
RULES = _("{key}: {before} → {after}")
NOTHING = _("changes nothing yet")
WHOLE = _("weights and targets")
JUDGED = _("judgements of pairs (AHP) kept in the file: {count}")


def rubric_lines(instrument: Instrument, language: str) -> Iterator[str]:
    """Write a rubric in full, or a blend of several."""
    file, used = instrument.profile, rubric_identity(instrument)
    yield tell(NAME, language, name=instrument.name, id=used.named, version=used.version or NO_FIGURE)
    if instrument.further:
        yield from _blended(instrument, language)
        return
    if file.about:
        yield tell(file.about, language)
    chain = instrument.chain
    if len(chain) > 1:
        yield tell(BASED, language, bases=" → ".join(base.id for base in reversed(chain[:-1])))
    if file.fits is not None:
        yield tell(FITS, language, condition=condition_words(file.fits, instrument.questionnaire, language))
    else:
        yield tell(STATES_ALL if len(chain) == 1 else NO_FITS, language)
    yield ""
    if file.based_on is None:
        shares = along_paths(instrument, normalised(instrument, instrument.root_weights))
        yield tell(WHOLE, language)
        for node in instrument.nodes:
            if node not in instrument.questionnaire.questions:
                deep = "  " if node in instrument.questionnaire.pillars else "    "
                target = stated_target(instrument, node)
                aim = "" if target is None else "  " + tell(TARGET, language, target=number(target))
                title = tell(title_of(instrument.questionnaire, node), language)
                yield f"{deep}{percent(shares[node], 1):>6}  {title}{aim}"
    else:
        changes = []
        for based in chain[1:]:
            for change in based.adjust:
                title = tell(title_of(instrument.questionnaire, change.node), language)
                changes.append(f"{title} [{change.node}]: {adjustment_words(instrument, change, language)}")
                if change.factor is not None:
                    before, after = (percent(share, 1) for share in shares_alone(instrument, change))
                    changes.append("  " + tell(SHARE, language, before=before, after=after))
                if change.when is not None:
                    condition = condition_words(change.when, instrument.questionnaire, language)
                    changes.append("  " + tell(WHEN, language, condition=condition))
                whys = (tell(words, language) for words in (change.why, change.target_why or {}))
                changes.append("  " + grammar(language).paragraph(whys))
        changes += _rules(instrument, language)
        yield from changes or [tell(NOTHING, language)]
    if file.judgements:
        from nqpf_assess.files.rules.judging import PILLARS, UNFOLLOWED, unfollowed

        yield tell(JUDGED, language, count=len(file.judgements))
        for one in unfollowed(instrument):
            group = title_of(instrument.questionnaire, one.of) if one.of else PILLARS
            name = title_of(instrument.questionnaire, one.member)
            yield "  " + tell(UNFOLLOWED, language, group=group, name=name, **one.percents())


def stated_target(instrument: Instrument, node: str) -> float | None:
    """Return the target that the baseline states for a node, or for its pillar."""
    dimension = instrument.questionnaire.dimensions.get(node)
    targets, pillar = instrument.chain[0].targets, dimension.pillar if dimension is not None else node
    found = targets.get(node, targets.get(pillar))  # a target of 0 is one
    return None if found is None else float(found)


def _blended(instrument: Instrument, language: str) -> Iterator[str]:
    """Write each part of a blend with its share and for whom it is, then every node that one of them moves.

    Shares and targets are those that hold wherever it is used; adjustments with a condition are told beside them.
    """
    questionnaire, mark = instrument.questionnaire, grammar(language)
    for share, chain in instrument.profiles:
        yield tell(PART, language, share=percent(share), name=tell(chain[-1].name, language), id=chain[-1].id)
        fits = chain[-1].fits
        if fits is not None:
            yield "  " + tell(FITS, language, condition=condition_words(fits, questionnaire, language))
    yield tell(FLOORS_OF_ALL, language)
    yield ""
    blank = {id: Seen("blank") for id in (*questionnaire.facts, *questionnaire.questions)}
    always = {row.node: row for row in ledger(instrument, local_rubric(instrument, View(blank, blank)))}
    parts = [(chain[-1].name, share, file) for share, chain in instrument.profiles for file in chain]
    for node in instrument.nodes:
        steps = [(name, share, change) for name, share, f in parts for change in f.adjust if change.node == node]
        if not steps:
            continue
        row, before = always[node], stated_target(instrument, node)
        values = {"before": percent(row.share_baseline, 1), "after": percent(row.share_final, 1)}
        said = [tell(SHARE_BLENDED, language, **values)]
        if node not in questionnaire.questions and row.target is not None and row.target != before:
            words = TARGET if before is None else TARGET_FROM
            said.append(tell(words, language, before=number(before), target=number(row.target)))
        yield f"{tell(title_of(questionnaire, node), language)} [{node}]{mark.colon}{mark.join(said)}"
        for name, share, change in steps:
            moved = adjustment_words(instrument, change, language)
            if change.when is not None:
                condition = condition_words(change.when, questionnaire, language)
                moved = mark.join([moved, tell(WHEN, language, condition=condition)])
            whose = f"{tell(name, language)}{mark.bracketed(percent(share))}{mark.colon}{mark.sentence(moved)}"
            whys = (tell(words, language) for words in (change.why, change.target_why or {}))
            yield "  " + mark.paragraph([whose, *whys])


def adjustment_words(instrument: Instrument, change: Adjustment, language: str) -> str:
    """Return what an adjustment does to the weight and the target."""
    said = [] if change.factor is None else [tell(FACTOR, language, factor=f"{change.factor}")]
    if change.target is not None:
        before = stated_target(instrument, change.node)
        words = TARGET if before is None else TARGET_FROM
        said.append(tell(words, language, before=number(before), target=number(float(change.target))))
    return grammar(language).join(said)


def shares_alone(instrument: Instrument, change: Adjustment) -> tuple[float, float]:
    """Return a node's share of the whole in the baseline, and with this one adjustment alone."""
    weights = dict(instrument.root_weights)
    before = along_paths(instrument, normalised(instrument, weights))[change.node]
    weights[change.node] *= float(1 if change.factor is None else change.factor)
    return before, along_paths(instrument, normalised(instrument, weights))[change.node]


def _rules(instrument: Instrument, language: str) -> Iterator[str]:
    """Write the rules of scoring, bands and floors that differ from the baseline's."""
    old, new = instrument.root_rules, instrument.rules
    for key in ("minimum_coverage", "unsupported_ceiling", "weight_spread", "overlap", "confidence_spread"):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield tell(RULES, language, key=key, before=_shown(before), after=_shown(after))
    for name, before, after in zip(("pillars", "dimensions", "questions"), old.means, new.means, strict=True):
        if before != after:
            yield tell(RULES, language, key=f"across_{name}", before=before, after=after)
    for table in ("bands", "floors"):
        before, after = getattr(old, table), getattr(new, table)
        for id, entry in after.items():
            if before.get(id) != entry:
                was = _entry(before[id], language) if id in before else NO_FIGURE
                yield tell(RULES, language, key=f"{table}.{id}", before=was, after=_entry(entry, language))


def _shown(value: object) -> str:
    return ", ".join(f"{k} {v:g}" for k, v in value.items()) if isinstance(value, dict) else f"{value:g}"


def _entry(entry: Any, language: str) -> str:
    if hasattr(entry, "cap"):
        return f"{entry.node} < {entry.below} ≤ {entry.cap}"
    return f"{tell(entry.words, language)} ≥ {entry.from_}"


# ---- lists


LIST = (
    _("id"),
    _("name"),
    _("based on"),
    _("fits where"),
)


def list_table(questionnaire: Questionnaire, files: Sequence[Weights], language: str) -> Table:
    """Return the rubrics of a questionnaire as a table."""
    columns = tuple(
        TableColumn(tell(title, language), share=share) for title, share in zip(LIST, (3.2, 3, 1.6, 5.2), strict=True)
    )
    rows = tuple(
        (
            file.id,
            tell(file.name, language),
            file.based_on or NO_FIGURE,
            condition_words(file.fits, questionnaire, language) if file.fits is not None else NO_FIGURE,
        )
        for file in files
    )
    return Table(columns, tuple(cells(*row) for row in rows))


# ---- effect


EFFECT = (
    _("sample"),
    _("score"),
    _("band"),
    _("rank"),
    _("first measure"),
)
AGAINST = _n(
    "Effect on {count} answer file, against “{base}”; what a file corrects by hand holds under both:",
    "Effect on {count} answer files, against “{base}”; what a file corrects by hand holds under both:",
)
CHANGED = _("Another band: {band}; another rank: {rank}; another measure first: {first}.")
SENSITIVE = _("Weights that matter most (overall score when one weight moves by ±{share}; most, mean):")
NO_SCORE = _("None of them has an overall score, so no weight can be told to matter.")
NO_WEIGHT = _("None of them scores otherwise when one weight moves by ±{share}.")
SILENT = _("Adjustments that fire on none of them:")
NONE_SILENT = _("Every adjustment fires on some of them.")
MOST = 8
"""How many weights are listed by their sensitivity."""


def effect_table(moved: Sequence[SampleEffect], instrument: Instrument, language: str) -> Table:
    """Return what becomes of each sample: before → after, one value where nothing changes."""
    columns = tuple(
        TableColumn(tell(title, language), share=share) for title, share in zip(EFFECT, (4, 3, 4, 2, 6), strict=True)
    )
    rows = tuple(
        (
            row.name,
            _both(number(row.before.score), number(row.after.score)),
            _both(_band(row.before, instrument, language), _band(row.after, instrument, language)),
            _both(_rank(row.before), _rank(row.after)),
            _both(_measure(row.before, instrument, language), _measure(row.after, instrument, language)),
        )
        for row in moved
    )
    return Table(columns, tuple(cells(*row) for row in rows))


def _both(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _band(standing: SampleStanding, instrument: Instrument, language: str) -> str:
    known = {**instrument.root_rules.bands, **instrument.rules.bands}
    return NO_FIGURE if standing.band is None else tell(known[standing.band].words, language)


def _rank(standing: SampleStanding) -> str:
    return NO_FIGURE if standing.rank is None else str(standing.rank)


def _measure(standing: SampleStanding, instrument: Instrument, language: str) -> str:
    measures = instrument.questionnaire.countermeasures
    return tell(measures[standing.first[0]].title, language) if standing.first else NO_FIGURE


def effect_lines(
    moved: Sequence[SampleEffect],
    sensitive: Sequence[Sensitivity],
    unfired: Sequence[tuple[str, int, Adjustment]],
    instrument: Instrument,
    language: str,
) -> Iterator[str]:
    """Write what follows the table: how much changes, which weights matter, which adjustments never fire."""
    counts = {name: sum(getattr(row, name) for row in moved) for name in ("band", "rank", "first")}
    yield tell(CHANGED, language, **counts)
    yield ""
    shown = [row for row in sensitive[:MOST] if row.most >= 0.005]
    words = SENSITIVE if shown else NO_WEIGHT if any(row.after.score is not None for row in moved) else NO_SCORE
    yield tell(words, language, share=percent(instrument.rules.weight_spread))
    for row in shown:
        title = tell(title_of(instrument.questionnaire, row.node), language)
        yield f"  {number(row.most, 2):>6} {number(row.mean, 2):>6}  {title} [{row.node}]"
    if any(file.adjust for _share, chain in instrument.profiles for file in chain):
        yield ""
        yield tell(SILENT if unfired else NONE_SILENT, language)
    for file, index, change in unfired:
        assert change.when is not None
        title = tell(title_of(instrument.questionnaire, change.node), language)
        condition = condition_words(change.when, instrument.questionnaire, language)
        yield f"  {file}.adjust[{index}] {title}: " + tell(WHEN, language, condition=condition)


def effect_rows(moved: Sequence[SampleEffect]) -> list[dict[str, Any]]:
    """Return what becomes of each sample as rows for machines."""
    return [
        {
            "sample": row.name,
            "before": _standing(row.before),
            "after": _standing(row.after),
            "band_changes": row.band,
            "rank_changes": row.rank,
            "first_measure_changes": row.first,
        }
        for row in moved
    ]


def _standing(standing: SampleStanding) -> dict[str, Any]:
    return {
        "score": standing.score,
        "band": standing.band,
        "rank": standing.rank,
        "first_measures": list(standing.first),
    }
