"""formats.md, section 2: rubrics."""

import pytest

from tests.files.contract import FILES, B, Edit, V, Y, more, said

ALLOWED: list[str] = []
Row = tuple[list[Edit], list[str]]
CHECKED = [("format", "nqpf-weights/1"), ("id", "baseline"), ("questionnaire", "small"), ("version", "1.0.0")]


def adjust(*lines: str) -> Edit:
    return more(V, "\n".join(["[[adjust]]", *lines]))


def scoring(line: str, file: str = B) -> Edit:
    return more(file, f"[scoring]\n{line}")


def floor(*lines: str) -> Edit:
    return more(V, "\n".join(["[floors.safe]", *lines, f"why = {Y}"]))


def second(below: int, cap: int, file: str = V) -> Edit:
    """A floor of the part that has one in the baseline."""
    return more(file, f'[floors.other]\nnode = "safety"\nbelow = {below}\ncap = {cap}\nwhy = {Y}')


ROWS: dict[str, Row] = {
    # the head
    **{f"no {key}": ([Edit(B, f'{key} = "{value}"\n', "")], ["error missing_key "]) for key, value in CHECKED},
    "no name": ([Edit(B, 'name = { en = "Baseline", zh = "基准" }\n', "")], ["error missing_key "]),
    "a profile has its root's version": (
        [Edit(V, "based_on", 'version = "2.0.0"\nbased_on')],
        ["notice edition_differs weights.version"],
    ),
    "a profile without `fits` and `order`": ([Edit(V, 'fits = { fact = "zone", is = "ecological" }\n', "")], ALLOWED),
    "order in digits": ([Edit(V, "fits", "order = 1\nfits")], ALLOWED),
    "order as text": ([Edit(V, "fits", 'order = "1"\nfits')], ["error wrong_type order"]),
    "an unknown base": ([Edit(V, '"baseline"', '"bassline"')], ["error base_missing based_on"]),
    "based on itself": ([Edit(V, '"baseline"', '"valley"')], ["error base_cycle based_on"]),
    "another file name": ([Edit(V, 'id = "valley"', 'id = "vale"')], ["warning id_differs id"]),
    "another questionnaire": (
        [Edit(V, '"small"', '"smal"')],
        [f"error {code} questionnaire" for code in ("other_questionnaire", "questionnaire_missing")],
    ),
    # what stands where
    "weights in a profile": ([more(V, "[weights]\nsafety = 2")], ["error baseline_only weights"]),
    "targets in a profile": ([more(V, "[targets]\nsafety = 2")], ["error baseline_only targets"]),
    "adjustments in a baseline": (
        [more(B, f'[[adjust]]\nnode = "safety"\nfactor = 2\nwhy = {Y}')],
        ["error profile_only adjust"],
    ),
    "scoring in a profile": ([scoring("overlap = 0.2", V)], ALLOWED),
    # weights and targets
    "a weight of a pillar, a dimension, a question": (
        [Edit(B, "safety = 40", "safety = 40\ninnovation = 1\nplan = 0.5")],
        ALLOWED,
    ),
    "a weight of nothing": ([Edit(B, "safety = 40", "safty = 40")], ["error unknown_reference weights.safty"]),
    "a weight of a fact": ([Edit(B, "safety = 40", "zone = 40")], ["error unknown_reference weights.zone"]),
    "weight 0 switches off": ([Edit(B, "safety = 40", "safety = 0")], ["notice reason_against_move adjust.0.factor"]),
    "all weights 0": (
        [Edit(B, "safety = 40", "safety = 0"), Edit(B, "research = 60", "research = 0")],
        ["error all_zero weights.research", "notice reason_against_move adjust.0.factor"],
    ),
    "a negative weight": ([Edit(B, "safety = 40", "safety = -1")], ["error out_of_bounds weights.safety"]),
    "a weight of truth": ([Edit(B, "safety = 40", "safety = true")], ["error wrong_type weights.safety"]),
    "an infinite weight": ([Edit(B, "safety = 40", "safety = inf")], ["error not_finite weights.safety"]),
    "a target of a pillar and a dimension": ([more(B, "[targets]\ninnovation = 60\nsafety = 100")], ALLOWED),
    "a target of a question": ([more(B, "[targets]\nplan = 60")], ["error target_on_question targets.plan"]),
    "a target above 100": ([more(B, "[targets]\nsafety = 101")], ["error out_of_bounds targets.safety"]),
    # scoring
    "another mean": ([scoring('across_pillars = "harmonic"')], ["error unknown_word scoring.across_pillars"]),
    "the geometric mean": ([scoring('across_pillars = "geometric"')], ALLOWED),
    **{
        f"{key} is a share": ([scoring(f"{key} = 1.1")], [f"error out_of_bounds scoring.{key}"])
        for key in ("minimum_coverage", "weight_spread", "overlap")
    },
    "unsupported_ceiling is a score": (
        [scoring("unsupported_ceiling = 101")],
        ["error out_of_bounds scoring.unsupported_ceiling"],
    ),
    "a spread of some": ([scoring("confidence_spread = { low = 20 }")], ALLOWED),
    "a spread of 101": (
        [scoring("confidence_spread = { low = 101 }")],
        ["error spread_too_wide scoring.confidence_spread.low"],
    ),
    "a spread of another confidence": (
        [scoring("confidence_spread = { lowest = 5 }")],
        ["error unknown_key scoring.confidence_spread.lowest"],
    ),
    "another key": ([scoring("coverage = 0.5")], ["error unknown_key scoring.coverage"]),
    # bands
    "the lowest band is 0": ([Edit(B, "from = 0", "from = 1")], ["error bands_lowest bands.low.from"]),
    "in any order": ([Edit(B, "from = 0", "from = 61"), Edit(B, "from = 60", "from = 0")], ALLOWED),
    "no two bands alike": ([Edit(B, "from = 60", "from = 0")], ["error bands_alike bands.high.from"]),
    "a band of a profile like one of its base": (
        [more(V, f"[bands]\nmiddle = {{ from = 60, {Y[2:]}")],
        ["error bands_alike bands.middle.from"],
    ),
    "a band of a profile takes the place of its base's": ([more(V, f"[bands]\nhigh = {{ from = 70, {Y[2:]}")], ALLOWED),
    "moved onto another band of its base": (
        [more(V, f"[bands]\nlow = {{ from = 60, {Y[2:]}")],
        ["error bands_alike bands.low.from", "error bands_lowest bands.low.from"],
    ),
    "a band without Chinese": ([Edit(B, ', zh = "较低"', "")], ["error missing_text bands.low"]),
    "a band in a strange language": (
        [Edit(B, 'zh = "较低"', 'zh = "较低", fr = "x"')],
        ["error undeclared_language bands.low.fr"],
    ),
    # floors
    **{
        f"a floor has its {line.split()[0]}": ([Edit(B, f"{line}\n", "")], ["error missing_key floors.safe"])
        for line in (
            'node = "safety"',
            "below = 40",
            "cap = 59",
            'why = { en = "No progress without safety.", zh = "没有安全就谈不上发展。" }',
        )
    },
    "a floor under a question": (
        [Edit(B, 'node = "safety"', 'node = "tools"')],
        ["error unknown_reference floors.safe.node"],
    ),
    "a floor under nothing beside one that is sound": (
        [more(B, f'[floors.other]\nnode = "saftey"\nbelow = 40\ncap = 59\nwhy = {Y}')],
        ["error unknown_reference floors.other.node"],
    ),
    "nor is one of a profile weighed up upon such a base": (
        [
            more(B, f'[floors.other]\nnode = "saftey"\nbelow = 40\ncap = 59\nwhy = {Y}'),
            floor('node = "safety"', "below = 41", "cap = 58"),
        ],
        ["error unknown_reference floors.other.node"],
    ),
    "a floor may be tightened": (
        [floor('node = "safety"', "below = 41", "cap = 58")],
        ["notice floor_hangs_on_one floors.safe"],
    ),
    "a floor may stay": ([floor('node = "safety"', "below = 40", "cap = 59")], ALLOWED),
    "not loosened below": (
        [floor('node = "safety"', "below = 39", "cap = 59")],
        ["error floor_loosened floors.safe.below"],
    ),
    "nor by its cap": ([floor('node = "safety"', "below = 40", "cap = 60")], ["error floor_loosened floors.safe.cap"]),
    "nor moved": (
        [floor('node = "research"', "below = 40", "cap = 59")],
        ["error floor_loosened floors.safe.node", "notice floor_hangs_on_one floors.safe"],
    ),
    "not moved from where the base has it by a slip": (
        [Edit(B, 'node = "safety"', 'node = "saftey"'), floor('node = "safety"', "below = 40", "cap = 59")],
        ["error unknown_reference floors.safe.node"],
    ),
    "a floor in two steps, the first in the base": ([second(20, 30)], ["notice floors_on_one floors.other"]),
    "or both in the base, of which alone it is told": ([second(20, 30, B)], ["notice floors_on_one floors.other"]),
    "not where a figure of one is at fault": ([second(200, 30)], ["error out_of_bounds floors.other.below"]),
    "of which one is the stricter one in both": ([second(20, 59)], ALLOWED),
    # adjustments
    "an adjustment gives its reason": ([adjust('node = "plan"', "factor = 2")], ["error missing_key adjust.1"]),
    "a blank reason": (
        [adjust('node = "plan"', "factor = 2", 'why = { en = " ", zh = "x" }')],
        ["error blank_text adjust.1.why.en"],
    ),
    "names a node": ([adjust("factor = 2", f"why = {Y}")], ["error missing_key adjust.1"]),
    "of the questionnaire": (
        [adjust('node = "zone"', "factor = 2", f"why = {Y}")],
        ["error unknown_reference adjust.1.node"],
    ),
    "a factor below 0": (
        [adjust('node = "plan"', "factor = -2", f"why = {Y}")],
        ["error out_of_bounds adjust.1.factor"],
    ),
    "a factor 0 switches off": ([adjust('node = "plan"', "factor = 0", f"why = {Y}")], ALLOWED),
    "all siblings switched off": (
        [adjust('node = "plan"', "factor = 0", f"why = {Y}"), adjust('node = "spending"', "factor = 0", f"why = {Y}")],
        ["error all_zero adjust.1.factor"],
    ),
    "a target alone": ([adjust('node = "research"', "target = 50", f"why = {Y}")], ALLOWED),
    "one target twice moves nothing twice": ([adjust('node = "research"', "target = 50", f"why = {Y}")] * 2, ALLOWED),
    "two factors for two reasons": (
        [
            adjust('node = "plan"', "factor = 2", f"why = {Y}"),
            adjust('node = "plan"', "factor = 2", 'why = { en = "z", zh = "z" }'),
        ],
        ALLOWED,
    ),
    "a target below one point, of a baseline": (
        [more(B, "[targets]\ninnovation = 0.5\nsafety = 1\nresearch = 0")],
        ["warning target_share targets.innovation", "warning target_unreached targets.innovation"],
    ),
    "a target of a pillar of which every dimension has its own from the baseline": (
        [more(B, "[targets]\nresearch = 60\nsafety = 70"), adjust('node = "innovation"', "target = 50", f"why = {Y}")],
        ["warning target_unreached adjust.1.target"],
    ),
    "a target of a pillar of which one dimension has its own only where a fact says so": (
        [
            adjust('node = "innovation"', "target = 60", f"why = {Y}"),
            adjust('node = "safety"', "target = 70", f"why = {Y}"),
            adjust('node = "research"', "target = 50", f"why = {Y}", 'when = { fact = "zone", is = "urban" }'),
        ],
        ALLOWED,
    ),
    "a target of a question, adjusted": (
        [adjust('node = "plan"', "target = 50", f"why = {Y}")],
        ["error target_on_question adjust.1.target"],
    ),
    "neither": ([adjust('node = "plan"', f"why = {Y}")], ["warning adjusts_nothing adjust.1"]),
    "nothing at all": ([adjust()], ["error missing_key adjust.1"] * 2),
    "an unknown source": (
        [adjust('node = "plan"', "factor = 2", f"why = {Y}", 'sources = ["paper#1"]')],
        ["error unknown_reference adjust.1.sources.0"],
    ),
    "a condition on an unknown fact": (
        [adjust('node = "plan"', "factor = 2", f"why = {Y}", 'when = { fact = "zones", na = true }')],
        ["error unknown_reference adjust.1.when.fact"],
    ),
    "one table instead of several": (
        [Edit(V, "[[adjust]]", "[adjust]")],
        ["error wrong_type adjust"],
    ),
}


@pytest.mark.parametrize("sentence", ROWS)
def test_the_contract_of_rubrics(sentence: str) -> None:
    """Exactly this is said, and nothing of what is allowed."""
    edits, expected = ROWS[sentence]
    assert said(*edits) == expected


def floored(text: str, below: int, cap: int) -> str:
    """A rubric with the floor of the baseline stated anew."""
    return f'{text}\n[floors.safe]\nnode = "safety"\nbelow = {below}\ncap = {cap}\nwhy = {Y}\n'


def test_a_base_is_looked_up_beside_the_file_first() -> None:
    """A file of that name beside the profile wins over the rubric of the questionnaire."""
    hill, strict = floored(FILES[V].replace('"valley"', '"hill"'), 40, 50), FILES[B].replace("cap = 59", "cap = 40")
    assert said(others={"weights/small/own/hill.toml": hill}) == []
    beside = {"weights/small/own/hill.toml": hill, "weights/small/own/baseline.toml": strict}
    assert said(others=beside) == ["error floor_loosened floors.safe.cap"]


def test_nothing_is_looser_than_a_floor_that_is_misspelt_in_the_base() -> None:
    """A cap in quotes is no cap of 1, which the profile would have been told to keep to."""
    hill, spoilt = floored(FILES[V].replace('"valley"', '"hill"'), 40, 50), FILES[B].replace("cap = 59", 'cap = "59"')
    told = said(others={"weights/small/own/hill.toml": hill, "weights/small/own/baseline.toml": spoilt})
    assert not [one for one in told if "floor_loosened" in one]


def test_a_longer_chain_is_taken_as_a_whole() -> None:
    """One level or more: a floor of the root binds the third file; a ring of three is told in each."""
    hill = floored(FILES[V].replace("valley", "hill").replace("baseline", "valley"), 1, 59)
    assert said(others={"weights/small/hill.toml": hill}) == ["error floor_loosened floors.safe.below"]
    ring = {
        f"weights/small/{one}.toml": FILES[V].replace("valley", one).replace("baseline", other)
        for one, other in ("ab", "bc", "ca")
    }
    assert said(others=ring) == ["error base_cycle based_on"] * 3
