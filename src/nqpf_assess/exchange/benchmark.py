"""Benchmark files: where one assessment stands among many like it, always said to be relative; it changes no score."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.following import closed
from nqpf_assess.exchange.column_map import AND_MORE
from nqpf_assess.files.intake import json_in, read_file
from nqpf_assess.files.places import as_word
from nqpf_assess.files.presence import is_dir
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.scorecard import Identity, NodeScore, Scorecard

BENCHMARK_FORMAT = "nqpf-benchmark/1"
FIRST = 3
"""Measures that count as the first ones of an assessment."""

MARKS = ("q10", "q25", "median", "q75", "q90")
TABLES = (".csv", ".csv.gz", ".parquet", ".xlsx")
MOST_RESPONDENTS = 10**12

NOT_ONE = _("{path} is no benchmark file")
MAKE_ONE = _("Make one of a table: nqpf-assess cohort benchmark {path} --questionnaire ID -o benchmark.json")
NOT_SOUND = _("{path} is no sound benchmark file: {why}")
LACKING = _("{key} is missing")
WRONG = _("wrong value ({what})")
OTHER_QUESTIONNAIRE = _("the benchmark was made with the questionnaire “{found}”, this assessment with “{wanted}”")
NO_GROUP = _("the benchmark has no group {group}")
GROUPS = _("It has: {groups}. Groups of few respondents are held back.")
WHOLE_ALONE = _(
    "It has the whole alone: it was made without --by, or its groups have few respondents and are held back; leave "
    "--group out."
)
BAD_GROUP = _("--group wants COLUMN=VALUE, not “{pair}”")
OTHER_EDITION = _("The benchmark was made with another edition ({found}; here {here}).")
QUICK_HERE = _(
    "This assessment is a quick screening, scored by the core questions alone; the benchmark does not say whether the "
    "others were asked all of them."
)
SOME_QUICK_HERE = _(
    "This assessment is a quick screening, scored by the core questions alone; of the benchmark's respondents only "
    "some are."
)
ALL_QUICK_THERE = _(
    "All respondents of the benchmark are quick screenings, scored by the core questions alone; this assessment is not."
)
SOME_QUICK_THERE = _("Some respondents of the benchmark are quick screenings, scored by the core questions alone.")
UNTOLD = "untold"
UNTOLD_THERE = _(
    "The benchmark was made of scores alone, which do not tell whether some respondents are quick screenings, or have "
    "weights that were corrected by hand."
)
CORRECTED_THERE = _("Some respondents of the benchmark have weights that were corrected by hand.")
CORRECTED_HERE = _(
    "Weights of this assessment were corrected by hand, so the scores that are compared are not by the same weights."
)
OTHER_RUBRIC = _(
    "The benchmark holds other weights ({found}; here {here}): of the whole the baseline scores are compared, of "
    "pillars and dimensions those by the weights of each."
)
OTHER_BASELINE = _("The baseline scores are not all by one baseline (benchmark: {found}; here: {here}).")
SEVERAL = _("{n} profiles")
BLENDS = _("blends of profiles")
MOST_NAMED = 3
MOST_GROUPS = 20
"""Groups that are named where the wanted one is not there."""

QUICK_NOTES: Mapping[tuple[str, str], Text] = {
    ("quick", ""): QUICK_HERE,
    ("quick", UNTOLD): QUICK_HERE,
    ("full", UNTOLD): UNTOLD_THERE,
    ("quick", "some"): SOME_QUICK_HERE,
    ("full", "all"): ALL_QUICK_THERE,
    ("full", "some"): SOME_QUICK_THERE,
}
"""What is said of an assessment and a benchmark that were not asked alike, by the mode of the one and of the others."""

WORDS: tuple[Text, ...] = (
    _("in the lowest tenth"),
    _("between the lowest tenth and the lower quartile"),
    _("between the lower quartile and the median"),
    _("between the median and the upper quartile"),
    _("between the upper quartile and the highest tenth"),
    _("in the highest tenth"),
)
"""By the number of marks that lie below the score."""

SHORT: tuple[Text, ...] = (
    _("lowest tenth"),
    _("lowest quarter"),
    _("second quarter"),
    _("third quarter"),
    _("highest quarter"),
    _("highest tenth"),
)
"""The same where there is little room."""

LEVEL_WITH: tuple[Text, ...] = (
    _("at the edge of the lowest tenth"),
    _("at the lower quartile"),
    _("at the median"),
    _("at the upper quartile"),
    _("at the edge of the highest tenth"),
)
"""By the mark that the score meets."""

PLACED = _("{place} of {n} respondents{group}{period} ({relative})")
RELATIVE = _("relative")
RELATIVE_OTHER_EDITION = _("relative; made with another edition or baseline")
IN_GROUP = _(" ({group})")
IN_PERIOD = _(", {period}")


@dataclass(frozen=True, slots=True)
class Spread:
    """Count, mean and quantiles of one column in one group."""

    scored: int
    mean: float
    q10: float
    q25: float
    median: float
    q75: float
    q90: float


@dataclass(frozen=True, slots=True)
class Alike:
    """One option of a question or fact (or one of the `first_measures`) that many of a group chose: `n` out of `of`.

    `chosen`: how many of the n chose it themselves, where first measures are only recommended; None: not known.
    """

    what: str
    option: str
    n: int
    of: int
    chosen: int | None = None

    def chosen_by(self, answers: Answers, card: Scorecard) -> bool:
        """Whether an assessment chose it too: of first measures by its plan, else by those that come first for it.

        What its follow-up sheet has as dropped is chosen no more.
        """
        if self.what == "first_measures":
            dropped = closed(answers).get(self.option) == "dropped"
            return not dropped and self.option in (answers.plan.chosen or first_measures(card))
        answer = answers.facts.get(self.what) or answers.answers.get(self.what)
        if answer is None or answer.state not in (None, "answered"):
            return False
        if any(node.id == self.what and node.state != "answered" for node in card.nodes):
            return False  # not asked here, or not applicable, whatever the file still holds
        value = answer.value
        return self.option in value if isinstance(value, tuple) else self.option == value


@dataclass(frozen=True, slots=True)
class BenchmarkGroup:
    """One group of respondents, the whole where `group` is empty. `alike`: what many of them chose."""

    group: Mapping[str, str]
    n: int
    columns: Mapping[str, Spread]
    alike: tuple[Alike, ...] = ()

    @property
    def named(self) -> str:
        """The group in words, "" for the whole."""
        return ", ".join(f"{name} {value}" for name, value in self.group.items())


@dataclass(frozen=True, slots=True)
class PeerBenchmark:
    """A benchmark file: no respondent, no group too small to be shown.

    `others`: whether its counts tell that rubrics scored some of the respondents which `weights` does not name.
    `quick`: whether all or some of them are quick screenings, or scores alone left it untold; "" where none is, or the
    file does not say it.
    `corrected`: whether it says that weights of some were corrected by hand.
    `baselines`: the rubrics by which baseline scores are; none where the file does not say it.
    """

    questionnaire: Identity
    weights: tuple[Identity, ...]
    period: str
    groups: tuple[BenchmarkGroup, ...]
    others: bool = False
    quick: str = ""
    corrected: bool = False
    baselines: tuple[Identity, ...] = ()

    def group(self, wanted: Mapping[str, str]) -> BenchmarkGroup:
        """Return a group, the whole where none is wanted; raises `UserError`."""
        found = next((group for group in self.groups if dict(group.group) == dict(wanted)), None)
        if found is None:
            said = ", ".join(f"{name}={value}" for name, value in wanted.items()) or "–"
            named = [",".join(f"{k}={v}" for k, v in group.group.items()) for group in self.groups if group.group]
            if len(named) <= MOST_GROUPS:
                known: Text | str = "; ".join(named)
            else:  # a list that is cut passes for the whole, so it begins with what was meant perhaps
                near = sorted(named, key=lambda one: -SequenceMatcher(None, said, one).ratio())[:MOST_GROUPS]
                known = fill(AND_MORE, names="; ".join(near), n=len(named) - len(near))
            raise UserError(fill(NO_GROUP, group=said), hint=fill(GROUPS, groups=known) if named else WHOLE_ALONE)
        return found


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one figure stands: the column it is compared in, the figure, the spread beside it, and the words."""

    column: str
    score: float
    spread: Spread
    words: Text

    @property
    def short(self) -> Text:
        """The words where there is little room."""
        return SHORT[WORDS.index(self.words)] if self.words in WORDS else self.words


@dataclass(frozen=True, slots=True)
class Placings:
    """Where an assessment stands: overall, by pillar and dimension (by id), and what must be said beside it.

    `column`: in which the whole is compared. `overall`: None where this assessment or the group has no figure in it.
    `other_edition`: the group was scored with another version of the questionnaire or rubric, or by another baseline,
    to be said beside every figure. `alike`: what this assessment chose like many of the group (避免一哄而上).
    """

    group: BenchmarkGroup
    period: str
    column: str
    overall: Placing | None
    nodes: Mapping[str, Placing]
    notes: tuple[Text, ...]
    other_edition: bool = False
    alike: tuple[Alike, ...] = ()

    def spread_of(self, node: NodeScore) -> Spread | None:
        """Return what the group has in a pillar or dimension, whether or not this assessment has a score there."""
        return self.group.columns.get(f"{node.level}.{node.id}")

    @property
    def relative(self) -> Text:
        """What is said beside every figure."""
        return RELATIVE_OTHER_EDITION if self.other_edition else RELATIVE


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers of an assessment: a benchmark, the group of it that is like the assessment, and the file as read."""

    benchmark: PeerBenchmark
    group: Mapping[str, str]
    data: bytes

    def placed(self, card: Scorecard, answers: Answers) -> "Placings":
        """Return where an assessment stands; raises `UserError` for another questionnaire."""
        return placed(self.benchmark, card, self.group, answers=answers)


def read_peers(path: Path, group: Sequence[str] = ()) -> Peers:
    """Read a benchmark file and find a group in it; raises `UserError`."""
    if is_dir(path) or path.name.lower().endswith(TABLES):
        raise UserError(fill(NOT_ONE, path=path), hint=fill(MAKE_ONE, path=as_word(path)))
    return peers_in(read_file(path), str(path), wanted_group(group))


def peers_in(data: bytes, path: str, group: Mapping[str, str]) -> Peers:
    """Make a benchmark out of the content of its file; raises `UserError`."""
    benchmark = benchmark_in(data, path)
    benchmark.group(group)
    return Peers(benchmark, group, data)


def benchmark_in(data: bytes, path: str) -> PeerBenchmark:
    """Read the content of a benchmark file; raises `UserError` where it is none."""
    try:
        raw = json_in(data, path)
    except UserError as fault:
        raise UserError(fill(NOT_ONE, path=path), hint=fault.message) from fault
    if not isinstance(raw, dict) or raw.get("format") != BENCHMARK_FORMAT:
        raise UserError(fill(NOT_ONE, path=path))
    try:
        groups = tuple(_group(row) for row in raw["groups"])
        return PeerBenchmark(
            _identity(raw["questionnaire"]),
            tuple(_identity(row) for row in raw["weights"]),
            str(raw.get("period", "")),
            groups,
            _others([row.get("n", MOST_RESPONDENTS) for row in raw["weights"]], groups),
            str(raw.get("quick", "")),
            raw.get("corrected") is True,
            tuple(_identity(row) for row in raw.get("baselines", ())),
        )
    except KeyError as fault:
        raise UserError(fill(NOT_SOUND, path=path, why=fill(LACKING, key=fault))) from fault
    except (TypeError, ValueError, AttributeError) as fault:
        raise UserError(fill(NOT_SOUND, path=path, why=fill(WRONG, what=fault))) from fault


def _identity(row: Mapping[str, Any]) -> Identity:
    return Identity(str(row["id"]), str(row["version"]), str(row["digest"]))


def _others(counts: Sequence[Any], groups: Sequence[BenchmarkGroup]) -> bool:
    """Return whether more have a score than the rubrics that are named count, or the one's count is held back.

    A rubric that scored everybody has nothing beside it that its count could give away. Of several, a count that is
    held back may be that of few respondents, and tells nothing of others.
    """
    if None in counts:
        return len(counts) == 1
    scored = max((group.columns["score"].scored for group in groups if "score" in group.columns), default=0)
    return bool(sum(counts) < scored)


def _group(row: Mapping[str, Any]) -> BenchmarkGroup:
    columns = {name: _spread(name, found) for name, found in row["columns"].items() if found and found.get("scored")}
    alike = tuple(
        Alike(
            str(found["what"]),
            str(found["option"]),
            _count(found["n"]),
            _count(found["of"]),
            None if found.get("chosen") is None else _count(found["chosen"]),
        )
        for found in row.get("herding", ())
    )
    return BenchmarkGroup({str(k): str(v) for k, v in row["group"].items()}, _count(row["n"]), columns, alike)


def _spread(name: str, row: Mapping[str, Any]) -> Spread:
    """Read the figures of one column: scores from 0 to 100, their quantiles in order."""
    figures = [row[key] for key in ("mean", *MARKS)]
    if not all(type(figure) in (int, float) and -TOLERANCE <= figure <= 100 + TOLERANCE for figure in figures):
        raise ValueError(f"{name}: {figures}")
    if any(after < before - TOLERANCE for before, after in pairwise(figures[1:])):
        raise ValueError(f"{name}: {dict(zip(MARKS, figures[1:], strict=True))}")
    return Spread(_count(row["scored"]), *map(float, figures))


def _count(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= MOST_RESPONDENTS:
        raise ValueError(f"{found}")
    return found


def wanted_group(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--group region=R01`, which may repeat or be joined by commas; a comma may stand in a name, too.

    Raises `UserError`.
    """
    found = {}
    for pair in (part for given in pairs for part in re.split(r",(?=[^,]*=)", given)):
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UserError(fill(BAD_GROUP, pair=pair), status=2)
        found[name.strip()] = value.strip()
    return found


def placed(
    benchmark: PeerBenchmark, card: Scorecard, group: Mapping[str, str] | None = None, *, answers: Answers | None = None
) -> Placings:
    """Return where an assessment stands; raises `UserError` for another questionnaire or a group that is not there.

    Scores are compared where all respondents and this one are under the same rubric, else baseline scores. `answers`:
    what it chose, to be held against what many chose.
    """
    if benchmark.questionnaire.id != card.questionnaire.id:
        raise UserError(fill(OTHER_QUESTIONNAIRE, found=benchmark.questionnaire.id, wanted=card.questionnaire.id))
    chosen = benchmark.group(group or {})
    ids = [rubric.id for rubric in benchmark.weights]
    same = not benchmark.others and ids == [card.weights.named]
    column = "score" if same else "baseline_score"
    nodes = {
        node.id: place
        for node in card.nodes
        if node.level != "question" and (place := _placing(chosen, f"{node.level}.{node.id}", node.score))
    }
    overall = _placing(chosen, column, getattr(card.overall, column))
    alike = () if answers is None else tuple(row for row in chosen.alike if row.chosen_by(answers, card))
    pairs = [(benchmark.questionnaire, card.questionnaire), *((rubric, card.weights) for rubric in benchmark.weights)]
    others = tuple(
        fill(OTHER_EDITION, found=_edition(theirs), here=_edition(ours))
        for theirs, ours in pairs
        if theirs.id == ours.named and (theirs.version, theirs.digest) != (ours.version, ours.digest)
    )
    if not others and (other := _other_baseline(benchmark, card)) is not None:
        others = (other,)
    notes = others
    if not same:
        named: Text = {
            language: grammar(language).list([*ids, words] if benchmark.others or not ids else ids)
            for language, words in BLENDS.items()
        }
        found = named if len(ids) <= MOST_NAMED else fill(SEVERAL, n=len(ids))
        notes = (fill(OTHER_RUBRIC, found=found, here=card.weights.named), *others)
    if same and answers is not None and any(change.factor not in (None, 1) for change in answers.override):
        notes = (*notes, CORRECTED_HERE)  # baseline scores know of no corrections
    notes = (*notes, CORRECTED_THERE) if benchmark.corrected else notes
    if answers is not None and (unlike := QUICK_NOTES.get((answers.mode, benchmark.quick))):
        notes = (unlike, *notes)
    return Placings(chosen, benchmark.period, column, overall, nodes, notes, bool(others), alike)


def _other_baseline(benchmark: PeerBenchmark, card: Scorecard) -> Text | None:
    """Say by what the baseline scores are, where they are not all by the same weights and rules."""
    ours = card.weights.baseline
    if ours is None or all(theirs.digest == ours.digest for theirs in benchmark.baselines):
        return None
    return fill(OTHER_BASELINE, found=listed(map(_edition, benchmark.baselines)), here=_edition(ours))


def first_measures(card: Scorecard) -> list[str]:
    """Name the three eligible measures of largest priority, ties in file order (cohort.md, scores out)."""
    left = [(row.id, row.priority) for row in card.countermeasures if row.priority is not None]
    found: list[str] = []
    while left and len(found) < FIRST:
        best = max(priority for _, priority in left)
        chosen = next(row for row in left if row[1] > best - TOLERANCE)
        left.remove(chosen)
        found.append(chosen[0])
    return found


def _placing(group: BenchmarkGroup, column: str, score: float | None) -> Placing | None:
    spread = group.columns.get(column)
    if spread is None or score is None:
        return None
    return Placing(column, score, spread, place_of(score, spread))


def place_of(score: float, spread: Spread) -> Text:
    """Return between which marks a score lies, or which it meets; of several, the one nearest the median.

    Where many score alike (at the cap of a floor, on one question), marks fall together: all of them are at the upper
    quartile, and none is in the highest tenth.
    """
    marks = (spread.q10, spread.q25, spread.median, spread.q75, spread.q90)
    for index in (2, 1, 3, 0, 4):
        if abs(score - marks[index]) < TOLERANCE:
            return LEVEL_WITH[index]
    return WORDS[sum(score > mark for mark in marks)]


def _edition(edition: Identity) -> str:
    return f"{edition.named} {edition.version} {edition.digest.removeprefix('sha256:')[:8]}"


def said(placings: Placings, placing: Placing, named: Text | None = None, time: Text | None = None) -> Text:
    """State in one sentence where a figure stands, with n, group, period and that it is relative.

    `named`: the group in words; default: its columns and values as they stand in the file. `time`: the period in words.
    """
    group: Text | str = placings.group.named if named is None else named
    period = placings.period if time is None else time
    nothing = _("")
    return fill(
        PLACED,
        place=placing.words,
        n=f"{placing.spread.scored:,}",
        group=fill(IN_GROUP, group=group) if placings.group.group else nothing,
        period=fill(IN_PERIOD, period=period) if placings.period else nothing,
        relative=placings.relative,
    )


def placings_row(placings: Placings, language: str) -> dict[str, Any]:
    """Return placings as plain data, for machines."""
    return {
        "relative": True,
        "group": dict(placings.group.group),
        "n": placings.group.n,
        "period": placings.period,
        "notes": [tell(note, language) for note in placings.notes],
        "overall": _placing_row(placings.overall, language),
        "nodes": {id: _placing_row(placing, language) for id, placing in placings.nodes.items()},
        "alike": [asdict(row) for row in placings.alike],
    }


def _placing_row(placing: Placing | None, language: str) -> dict[str, Any] | None:
    if placing is None:
        return None
    row = {"column": placing.column, "score": placing.score, **asdict(placing.spread)}
    return {**row, "place": tell(placing.words, language)}
