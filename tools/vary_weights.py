"""How far do ranks and first measures move under other reasonable weights? 10,000 sets of weights, drawn with a seed.

`python -m tools.vary_weights` writes the tables into docs/method.md and docs/method.zh.md. Every weight of a pillar and
of a dimension, as a place's own rubric gives it, is multiplied by a factor between one half and two, log-uniform and
independent; questions of a dimension go on counting alike. Scores and the points of measures stay as they are.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nqpf_assess.engine.scorecard import score
from nqpf_assess.model.scorecard import Scorecard
from tools import write_validation

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs" / "method.md", "zh": ROOT / "docs" / "method.zh.md"}
SETS, SEED, WIDEST, FIRST = 10_000, 20271, 2.0, 5
MADE, END = "<!-- made: weights -->\n", "<!-- end -->"


@dataclass(frozen=True)
class Varied:
    """What other weights do to one assessment.

    `overall`: the overall before floors, one a set. `kept`: the share of its first five measures that stay among the
    first five, in the mean; `first_kept`: the share of sets in which the first one stays among them.
    """

    id: str
    overall: np.ndarray
    kept: float
    first_kept: float


def varied(id: str, card: Scorecard, pillar_of: Mapping[str, str], sets: int = SETS, widest: float = WIDEST) -> Varied:
    """Weigh one scorecard by every set of weights; the same seed for all, so that a set means the same everywhere."""
    nodes = {node.id: node for node in card.nodes}
    dimensions = [id for id in pillar_of if nodes[id].score is not None]
    pillars = sorted({pillar_of[id] for id in dimensions}, key=list(dict.fromkeys(pillar_of.values())).index)
    every = list(pillar_of)
    rng = np.random.default_rng(SEED)
    log = np.log(widest)
    on_dimensions = np.exp(rng.uniform(-log, log, (sets, len(every))))[:, [every.index(id) for id in dimensions]]
    names = list(dict.fromkeys(pillar_of.values()))
    on_pillars = np.exp(rng.uniform(-log, log, (sets, len(names))))[:, [names.index(id) for id in pillars]]
    below = np.array([[pillar_of[id] == pillar for id in dimensions] for pillar in pillars])
    within = on_dimensions * np.array([nodes[id].weight for id in dimensions])
    among = on_pillars * np.array([nodes[id].weight for id in pillars])
    within = within / ((within @ below.T) @ below)
    among = among / among.sum(axis=1, keepdims=True)
    effective = within * (among @ below)
    overall = effective @ np.array([float(nodes[id].score or 0) for id in dimensions])
    measures = [each for each in card.countermeasures if each.eligible and each.priority is not None]
    if not measures:
        return Varied(id, overall, 1.0, 1.0)
    lifts = np.array([[each.lifts.get(id, 0.0) for id in dimensions] for each in measures])
    worth = (effective @ lifts.T) / np.array([each.effort for each in measures])
    chosen = np.argsort(-worth, axis=1, kind="stable")[:, :FIRST]
    ranked = sorted(range(len(measures)), key=lambda at: (-(measures[at].priority or 0), measures[at].id))[:FIRST]
    stays = np.isin(chosen, ranked).sum(axis=1) / FIRST
    return Varied(id, overall, float(stays.mean()), float((chosen == ranked[0]).any(axis=1).mean()))


def of_samples(instrument: str, sets: int = SETS) -> Iterator[Varied]:
    """Vary the weights of every sample of an instrument."""
    library, questionnaire, _ = write_validation.content(instrument)
    for path in sorted((ROOT / "samples").glob("*.toml")):
        if tomllib.loads(path.read_text(encoding="utf-8"))["questionnaire"]["id"] == instrument:
            sheet = library.open_answers(path)
            assert sheet.instrument is not None
            assert sheet.answers is not None
            pillars = {id: dimension.pillar for id, dimension in questionnaire.dimensions.items()}
            yield varied(path.stem, score(sheet.instrument, sheet.answers), pillars, sets)


def of_places(instrument: str, sets: int = SETS) -> Iterator[Varied]:
    """Vary the weights of every real place or firm, all of whose answers earn about 40 points."""
    _, questionnaire, _ = write_validation.content(instrument)
    pillars = {id: dimension.pillar for id, dimension in questionnaire.dimensions.items()}
    for id, card in write_validation.alike(instrument).items():
        yield varied(id, card, pillars, sets)


def same_order(found: Sequence[Varied], before: Sequence[float]) -> tuple[float, float]:
    """Return the share of pairs that keep their order, in the mean, and of sets in which every rank is the same."""
    overall = np.stack([each.overall for each in found], axis=1)
    first, second = np.triu_indices(len(found), k=1)
    wanted = np.sign(np.array(before)[first] - np.array(before)[second])
    same = np.sign(overall[:, first] - overall[:, second]) == wanted
    return float(same.mean()), float(same.all(axis=1).mean())


HEADS = {
    "en": ("", "overall", "5% to 95% of sets", "first five kept", "first one kept among them"),
    "zh": ("", "总分", "90%的组在此之间", "前五项留存", "首项仍在前五"),
}
PAIRS = {
    "en": "{what}: {pairs:.0%} of pairs keep their order in the mean; in {all:.0%} of sets every rank is the same.",
    "zh": "{what}：平均{pairs:.0%}的两两次序不变；{all:.0%}的组全部名次不变。",
}
PLACES = {
    "en": "{what}: of the first five measures {kept:.0%} stay in the mean (least: {least:.0%}, {where}); the first one "
    "stays among the five in {first:.0%} of sets.",
    "zh": "{what}：前五项对策平均留存{kept:.0%}（最少{least:.0%}，{where}）；首项仍在前五的占{first:.0%}。",
}
NAMES = {
    "en": {"region": "Samples of regions", "firm": "Samples of firms"},
    "zh": {"region": "地区示例", "firm": "企业示例"},
}
REAL = {
    "en": {"region": "Real places, all answers alike", "firm": "Real firms, all answers alike"},
    "zh": {"region": "真实地区（回答全部相同）", "firm": "真实企业（回答全部相同）"},
}


def told(language: str) -> str:
    """Return the tables in one language."""
    lines: list[str] = []
    for instrument in write_validation.INSTRUMENTS:
        found = _SAMPLES[instrument]
        lines += ["| " + " | ".join(HEADS[language]) + " |", "|---|--:|--:|--:|--:|"]
        for each, before in found:
            low, high = np.percentile(each.overall, (5, 95))
            lines.append(
                f"| `{each.id}` | {before:.1f} | {low:.1f}–{high:.1f} | {each.kept:.0%} | {each.first_kept:.0%} |"
            )
        pairs, same = same_order([each for each, _ in found], [before for _, before in found])
        lines += ["", PAIRS[language].format(what=NAMES[language][instrument], pairs=pairs, all=same), ""]
    for instrument in write_validation.INSTRUMENTS:
        real = _PLACES[instrument]
        least = min(real, key=lambda each: each.kept)
        listed = tomllib.loads((ROOT / "tests" / "places" / f"{instrument}.toml").read_text(encoding="utf-8"))
        values = {
            "kept": np.mean([each.kept for each in real]),
            "least": least.kept,
            "where": listed[least.id]["name"][language],
            "first": np.mean([each.first_kept for each in real]),
        }
        lines.append(PLACES[language].format(what=REAL[language][instrument], **values))
    return "\n\n".join("\n".join(lines).split("\n\n"))


_SAMPLES: dict[str, list[tuple[Varied, float]]] = {}
_PLACES: dict[str, list[Varied]] = {}


def gather(sets: int = SETS) -> None:
    """Work everything out once for both languages."""
    for instrument in write_validation.INSTRUMENTS:
        library, _, _ = write_validation.content(instrument)
        pairs = []
        for each in of_samples(instrument, sets):
            sheet = library.open_answers(ROOT / "samples" / f"{each.id}.toml")
            assert sheet.instrument is not None
            assert sheet.answers is not None
            pairs.append((each, float(score(sheet.instrument, sheet.answers).overall.uncapped or 0)))
        _SAMPLES[instrument] = pairs
        _PLACES[instrument] = list(of_places(instrument, sets))


def main() -> None:
    """Write the tables into both pages."""
    gather()
    for language, page in PAGES.items():
        head, _, rest = page.read_text(encoding="utf-8").partition(MADE)
        tail = rest[rest.index(END) :]
        page.write_text(f"{head}{MADE}\n{told(language)}\n\n{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
