"""formats.md, common rules and section 1, sentence by sentence: what is an error, a warning, and what is allowed."""

import pytest

from nqpf_assess.locale import tell
from tests.files.contract import (
    FILES,
    Edit,
    Q,
    V,
    Y,
    fact,
    found,
    inside,
    more,
    option,
    put,
    question,
    said,
    spending,
    tool,
)

ALLOWED: list[str] = []
Row = tuple[list[Edit], list[str]]

BENCHMARK = ("value = 1", "year = 2024", 'source = "expert"', 'en = "x"', 'zh = "x"')


def source(id: str) -> Edit:
    return Edit(Q, "[sources.expert]", f"[sources.{id}]\ntitle = {Y}\n\n[sources.expert]")


def benchmark(*parts: str) -> Edit:
    return inside("spending", "benchmarks = [{ " + ", ".join(parts) + " }]")


IDS: dict[str, Row] = {
    "40 characters": ([source("a" * 40)], [f"notice unused_source sources.{'a' * 40}"]),
    "41 characters": ([source("a" * 41)], [f"error bad_id sources.{'a' * 41}"]),
    "digits behind an underscore": ([fact("a_1_2b")], ALLOWED),
    **{
        f"not {id}": ([fact(f'"{id}"')], [f"error bad_id facts.{id}"])
        for id in ("A", "a__b", "_a", "a_", "1a", "a-b", "ä", "a b", "区")
    },
    **{
        f"one for a fact and another thing: {id}": ([fact(id)], [f"error duplicate_id facts.{id}"])
        for id in ("innovation", "research", "plan")
    },
    "one for a source and a question": ([source("plan")], ["notice unused_source sources.plan"]),
    "one for a measure and a question": ([Edit(Q, "[countermeasures.fund]", "[countermeasures.plan]")], ALLOWED),
    **{
        f"no option is called {word}": (
            [Edit(Q, "options.laboratory", f"options.{word}")],
            [f"error reserved_option questions.tools.options.{word}"],
        )
        for word in ("na", "dk", "later")
    },
    "an option may be called blank": ([Edit(Q, "options.laboratory", "options.blank")], ALLOWED),
    "a former id": ([inside("plan", 'previous_ids = ["programme"]')], ALLOWED),
    "a former id is used once": (
        [inside("plan", 'previous_ids = ["programme"]'), inside("tools", 'previous_ids = ["programme"]')],
        ["error previous_id_in_use questions.tools.previous_ids.0"],
    ),
}

LABORATORY, BENCH = "questions.tools.options.laboratory", "questions.spending.benchmarks.0"
TEXTS: dict[str, Row] = {
    "a level without Chinese": ([Edit(Q, ', zh = "草案"', "")], ["error missing_text questions.plan.levels.1"]),
    "an option without Chinese": ([Edit(Q, ', zh = "实验室"', "")], [f"error missing_text {LABORATORY}"]),
    "what may be left out, half": ([inside("plan", 'help.en = "x"')], ["error missing_text questions.plan.help"]),
    "what may be left out, blank": (
        [inside("plan", 'help = { en = "x", zh = "\t" }')],
        ["error blank_text questions.plan.help.zh"],
    ),
    **{
        f"words that are {what}": (
            [Edit(Q, 'zh = "实验室"', f"zh = {value}")],
            [f"error wrong_type {LABORATORY}.zh"],
        )
        for what, value in (
            ("a list", "[1.5]"),
            ("a time", "07:32:00"),
            ("a date", "2025-06-30"),
            ("a table", "{ a = 1.5 }"),
        )
    },
    "a unit in one language": (
        [inside("spending", 'unit = { en = "%" }')],
        ["error missing_text questions.spending.unit"],
    ),
    "a unit for all languages": ([inside("spending", 'unit = "%"')], ALLOWED),
    "a benchmark without words": ([benchmark(*BENCHMARK[:3])], [f"error missing_text {BENCH}"] * 2),
    "a strange language": (
        [inside("plan", 'help = { en = "x", zh = "x", fr = "x" }')],
        ["error undeclared_language questions.plan.help.fr"],
    ),
    "the same in a level": (
        [Edit(Q, 'zh = "草案"', 'zh = "草案", fr = "x"')],
        ["error undeclared_language questions.plan.levels.1.fr"],
    ),
    "the same in an option": (
        [Edit(Q, 'zh = "实验室"', 'zh = "实验室", fr = "x"')],
        [f"error undeclared_language {LABORATORY}.fr"],
    ),
    "the same in a benchmark": ([benchmark(*BENCHMARK, 'fr = "x"')], [f"error undeclared_language {BENCH}.fr"]),
    "placeholders that differ": (
        [inside("plan", 'help = { en = "{a} {b}", zh = "{a}" }')],
        ["error different_placeholders questions.plan.help.zh"],
    ),
    "placeholders in another order": ([inside("plan", 'help = { en = "{a} {b}", zh = "{b}{a}" }')], ALLOWED),
}

KEYS: dict[str, Row] = {
    "at the top": ([Edit(Q, 'id = "small"', 'id = "small"\nauthor = "x"')], ["error unknown_key author"]),
    "in a level": (
        [Edit(Q, 'zh = "草案"', 'zh = "草案", points = 5')],
        ["error unknown_key questions.plan.levels.1.points"],
    ),
    "a scale in levels": ([inside("plan", "scale = [[0, 0], [1, 100]]")], ["error unknown_key questions.plan.scale"]),
    "levels in a number": ([inside("spending", "levels = []")], ["error unknown_key questions.spending.levels"]),
    "a year of a level": (
        [inside("plan", "reference_year = true")],
        ["error unknown_key questions.plan.reference_year"],
    ),
    "a condition on a fact": (
        [inside("zone", 'show_if = { question = "plan", at_least = 1 }')],
        ["error unknown_key facts.zone.show_if"],
    ),
    "a dimension of a fact": ([inside("zone", 'dimension = "research"')], ["error unknown_key facts.zone.dimension"]),
    "exclusive in single": (
        [question("single", option("a", 100, "exclusive = true"), option("b", 0))],
        ["error unknown_key questions.more.options.a.exclusive"],
    ),
    "exclusive in a fact of kind multi": (
        [fact("more", "multi", f"options.a = {Y[:-2]}, exclusive = true }}")],
        ALLOWED,
    ),
    "unknown in a question": ([tool("unknown = true")], [f"error unknown_key {LABORATORY}.unknown"]),
}

REQUIRED: dict[str, Row] = {
    **{
        f"{table} {line.split()[0]}": ([gone], [f"error missing_key {table}"])
        for table, line in (
            ("", 'id = "small"'),
            ("", 'version = "1.0.0"'),
            ("", 'subject = "region"'),
            ("", 'languages = ["en", "zh"]'),
            ("", 'title = { en = "Small"'),
            ("sources.expert", 'title = { en = "Expert judgement"'),
            ("pillars.innovation", 'title = { en = "Innovation"'),
            ("dimensions.research", 'title = { en = "Research"'),
            ("dimensions.research", 'pillar = "innovation"'),
            ("questions.plan", 'dimension = "research"'),
            ("questions.plan", 'text = { en = "How far is the plan?"'),
            ("questions.spending", 'kind = "number"'),
            ("questions.spending", "range = [0, 15]"),
            ("questions.spending", "scale = [[0, 0], [6, 100]]"),
            *(
                ("countermeasures.fund", f"{key} = ")
                for key in ("gist", "lifts", "when_below", "effort", "horizon", "acts")
            ),
            *(("countermeasures.fund", f"{key} = ") for key in ("lead", "kpi")),
            ("countermeasures.fund", 'title = { en = "Research fund"'),
        )
        for gone in [Edit(Q, next(text for text in FILES[Q].split("\n") if text.startswith(line)) + "\n", "")]
    },
    "levels": ([question("level", "")], ["error missing_key questions.more"]),
    "options": ([question("single", "")], ["error missing_key questions.more"]),
    "the score of an option": ([Edit(Q, ", score = 50 }", " }")], [f"error missing_key {LABORATORY}"]),
    "no score of a fact's option": ([Edit(Q, 'zh = "城市化地区" }', 'zh = "城市化地区", score = 5 }')], ALLOWED),
    "no scale of a fact": ([fact("people", "number", "range = [0, 10]")], ALLOWED),
    "the range of a fact": ([fact("people", "number")], ["error missing_key facts.people"]),
    **{
        f"{part.split()[0]} of a benchmark": (
            [benchmark(*(other for other in BENCHMARK if other != part))],
            [f"error missing_key {BENCH}"],
        )
        for part in BENCHMARK[:3]
    },
    "when of a check": ([more(Q, f"[checks.a]\nmessage = {Y}")], ["error missing_key checks.a"]),
    "the message of a check": (
        [more(Q, '[checks.a]\nwhen = { question = "plan", at_least = 1 }')],
        ["error missing_key checks.a"],
    ),
    "no severity of a check": (
        [more(Q, f'[checks.a]\nwhen = {{ question = "plan", at_least = 1 }}\nmessage = {Y}')],
        ALLOWED,
    ),
    "sources are only noticed": ([Edit(Q, 'sources = ["expert"]\n', "")], ["notice without_source questions.plan"]),
}


def levels(*scores: str) -> Edit:
    entries = (Y if not score else f"{Y[:-2]}, score = {score} }}" for score in scores)
    return question("level", f"levels = [{', '.join(entries)}]")


def scale(points: str, rest: str = "range = [0, 9]") -> Edit:
    return question("number", rest, f"scale = {points}")


MORE, URBAN = "questions.more", '{ fact = "zone", is = "urban" }'
SCORES: dict[str, Row] = {
    "one level": ([levels("")], [f"error wrong_count {MORE}.levels"]),
    "eleven levels": ([levels(*[""] * 11)], ALLOWED),
    "twelve levels": ([levels(*[""] * 12)], [f"error wrong_count {MORE}.levels"]),
    "levels fall": ([levels("", "100", "90")], [f"error levels_fall {MORE}.levels.2.score"]),
    "levels stay": ([levels("", "100", "100")], ALLOWED),
    "levels end below 100": ([levels("", "99")], [f"warning score_unreachable {MORE}.levels"]),
    "levels of a fact": ([fact("more", "level", f"levels = [{Y}, {Y[:-2]}, score = 50 }}]")], ALLOWED),
    "a score above 100": ([Edit(Q, "score = 50", "score = 101")], [f"error out_of_bounds {LABORATORY}.score"]),
    "options end below 100": (
        [Edit(Q, "score = 50", "score = 40")],
        ["warning score_unreachable questions.tools.options"],
    ),
    "options begin above 0": (
        [question("single", option("a", 100), option("b", 1))],
        [f"warning score_unreachable {MORE}.options"],
    ),
    "a scale turns": ([scale("[[0, 0], [5, 100], [9, 40]]")], ALLOWED),
    "a scale falls": ([scale("[[0, 100], [9, 0]]")], ALLOWED),
    "a scale's value stands": (
        [scale("[[0, 0], [5, 50], [5, 60], [9, 100]]")],
        [f"error scale_disorder {MORE}.scale.2.0"],
    ),
    "a scale beyond 100": ([scale("[[0, 0], [9, 100.5]]")], [f"error scale_score {MORE}.scale.1.1"]),
    "a scale that is never reached": ([scale("[[0, 0], [99, 100]]")], [f"warning score_unreachable {MORE}.scale"]),
    "a scale for some": (
        [inside("spending", f"scale_when = [{{ when = {URBAN}, scale = [[5, 0], [4, 100]] }}]")],
        ["error scale_disorder questions.spending.scale_when.0.scale.1.0"],
    ),
    "usual as wide as the range": ([scale("[[0, 0], [9, 100]]", "range = [0, 9]\nusual = [0, 9]")], ALLOWED),
    "usual outside the range": (
        [scale("[[0, 0], [9, 100]]", "range = [0, 9]\nusual = [-1, 5]")],
        [f"error usual_outside {MORE}.usual.0"],
    ),
    **{
        f"a range of {stated} entries": (
            [spending(f"range = {stated}")],
            ["error wrong_count questions.spending.range"],
        )
        for stated in ("[]", "[1]", "[0, 7, 15]")
    },
    "a usual range the wrong way round, with an answer": (
        [spending("usual = [7, 0.1]")],
        ["error range_disorder questions.spending.usual"],
    ),
    "a range of one value": ([scale("[[0, 0], [9, 100]]", "range = [9, 9]")], [f"error range_disorder {MORE}.range"]),
    "decimals with a fraction": (
        [inside("spending", "decimals = 1.5")],
        ["error wrong_type questions.spending.decimals"],
    ),
    "evidence from a level that is not there": (
        [inside("plan", "evidence_from = 3")],
        ["error evidence_level questions.plan.evidence_from"],
    ),
    "evidence from a score": ([inside("spending", "evidence_from = 60")], ALLOWED),
    "revision nought": ([inside("plan", "revision = 0")], ["error out_of_bounds questions.plan.revision"]),
    "a source with its section": ([Edit(Q, 'sources = ["expert"]', 'sources = ["expert#4.1"]')], ALLOWED),
}


def measure(line: str) -> Edit:
    return put(Q, "effort", line)


FUND = "countermeasures.fund"
MEASURES: dict[str, Row] = {
    "a lift of a pillar": (
        [Edit(Q, "lifts = { research", "lifts = { innovation")],
        [f"error unknown_reference {FUND}.lifts.innovation"],
    ),
    "no lift": ([Edit(Q, "lifts = { research = 10 }", "lifts = {}")], [f"error wrong_count {FUND}.lifts"]),
    "effort nought": ([Edit(Q, "effort = 2", "effort = 0")], [f"error out_of_bounds {FUND}.effort"]),
    "effort six": ([Edit(Q, "effort = 2", "effort = 6")], [f"error out_of_bounds {FUND}.effort"]),
    "another horizon": ([Edit(Q, '"short"', '"soon"')], [f"error unknown_word {FUND}.horizon"]),
    "another tier": ([Edit(Q, '"county"', '"village"')], [f"error unknown_word {FUND}.acts"]),
    "an unknown prerequisite": ([measure('needs = ["board"]')], [f"error unknown_reference {FUND}.needs.0"]),
    "itself a prerequisite": ([measure('needs = ["fund"]')], [f"error needs_cycle {FUND}.needs.0"]),
    "suits nobody": ([measure('suits = { fact = "zone", is = "unsure" }')], [f"error condition_never {FUND}.suits.is"]),
    "a truth for a number": (
        [Edit(Q, "when_below = 70", "when_below = true")],
        [f"error wrong_type {FUND}.when_below"],
    ),
    "a number for a text": ([Edit(Q, 'zh = "小问卷"', "zh = 5")], ["error wrong_type title.zh"]),
    "one text for all languages": (
        [Edit(Q, 'title = { en = "Small", zh = "小问卷" }', 'title = "Small"')],
        ["error wrong_type title"],
    ),
    "nan in a scale": ([spending("scale = [[0, 0], [6, nan]]")], ["error not_finite questions.spending.scale.1.1"]),
    "a check that is an error": (
        [more(Q, f'[checks.a]\nwhen = {{ question = "plan", at_least = 1 }}\nmessage = {Y}\nseverity = "error"')],
        ["error unknown_word checks.a.severity"],
    ),
}

ROWS = {
    f"{part}: {sentence}": row
    for part, rows in (
        ("ids", IDS),
        ("texts", TEXTS),
        ("unknown keys", KEYS),
        ("required", REQUIRED),
        ("scores", SCORES),
        ("measures", MEASURES),
    )
    for sentence, row in rows.items()
}


@pytest.mark.parametrize("sentence", ROWS)
def test_the_contract_of_questionnaires(sentence: str) -> None:
    """Exactly this is said, and nothing of what is allowed."""
    edits, expected = ROWS[sentence]
    assert said(*edits) == expected


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        (
            question("date", "range = [1990-01-01, 2030-12-31]", "usual = []", "scale = [[0, 0], [1, 100]]"),
            "kind number",
        ),
        (inside("spending", "levels = []"), "kind level"),
        (inside("spending", f"options = {Y}"), "kind single, multi"),
        (inside("zone", "core = true"), "questions only"),
        (inside("zone", "cure = true"), "Known here"),
        (inside("plan", 'show_if = "zone is urban"'), "show_if = { ... }"),
        (Edit(V, '"baseline"', '["baseline"]'), "without brackets"),
    ],
)
def test_the_hint_says_where_a_key_belongs_and_what_form_a_value_has(edit: Edit, hint: str) -> None:
    """For a key of another kind that is more than the nearest other key."""
    (problem,) = found(edit)
    assert hint in tell(problem.hint or {}, "en")


def test_a_newer_format_is_refused_whole() -> None:
    """Its new keys are neither called unknown nor dropped; rubrics and answers are not judged by what was not read."""
    newer = [Edit(Q, "nqpf-questionnaire/1", "nqpf-questionnaire/2"), Edit(Q, 'id = "small"', 'id = "small"\nnew = 1')]
    assert said(*newer) == ["error unknown_format format"]


FORMAT = 'format = "nqpf-questionnaire/1"\n'
FOLDERS: dict[str, tuple[list[str], list[str]]] = {
    "a further file": ([FORMAT + fact("more").new], ALLOWED),
    "each carries the format": ([fact("more").new], ["error missing_key "]),
    "one carries the head": ([FORMAT + 'version = "1"\n' + fact("more").new], ["error repeated_head version"]),
    "an id of another file": ([FORMAT + fact("plan").new], ["error duplicate_id facts.plan"]),
    "an id of two further files": ([FORMAT + fact("more").new] * 2, ["error duplicate_id facts.more"]),
    "a rubric among them": ([FILES[V]], ["error other_format format"]),
    "a newer file among them": ([FORMAT.replace("/1", "/9") + "x = 1\n"], ["error unknown_format format"]),
    "an unknown table in two files": ([FORMAT + "[fact.a]\n", FORMAT + "[fact.b]\n"], ["error unknown_key fact"] * 2),
}


@pytest.mark.parametrize("sentence", FOLDERS)
def test_the_files_of_a_folder_are_united(sentence: str) -> None:
    """Read in name order; what is there twice is told."""
    texts, expected = FOLDERS[sentence]
    parts = {f"questionnaires/many/{number}0.toml": text for number, text in enumerate(texts, start=1)}
    whole = {"questionnaires/many/00.toml": FILES[Q].replace('id = "small"', 'id = "many"')}
    assert said(others={**whole, **parts}) == expected
