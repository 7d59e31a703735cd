"""formats.md, Conditions: what they may be made of, when they can hold, what they may not speak of."""

import pytest

from tests.files.contract import Edit, Q, V, Y, fact, inside, more, said

SHOW = "questions.plan.show_if"
ALLOWED: list[str] = []
URBAN, LOW = '{ fact = "zone", is = "urban" }', '{ question = "spending", at_most = 2 }'


def check(condition: str) -> Edit:
    return more(Q, f"[checks.a]\nwhen = {condition}\nmessage = {Y}")


SHOWN: dict[str, tuple[str, list[str]]] = {
    "a leaf under four groups": (f"{{ not = {{ all = [{{ any = [{{ not = {URBAN} }}] }}] }} }}", ALLOWED),
    "a leaf under five groups": (
        f"{{ not = {{ not = {{ all = [{{ any = [{{ not = {URBAN} }}] }}] }} }} }}",
        [f"error condition_depth {SHOW}.not.not.all.0.any.0.not"],
    ),
    "an empty group": ("{ all = [] }", [f"error wrong_count {SHOW}.all"]),
    "two groups in one": (f"{{ all = [{URBAN}], any = [{URBAN}] }}", [f"error unknown_key {SHOW}.any"]),
    "a group and a leaf in one": (f'{{ all = [{URBAN}], fact = "zone" }}', [f"error unknown_key {SHOW}.fact"]),
    "never a string": ('"zone is urban"', [f"error wrong_type {SHOW}"]),
    "an unknown operator": ('{ fact = "zone", equals = "urban" }', [f"error unknown_key {SHOW}.equals"]),
    "two operators": ('{ fact = "zone", is = "urban", na = true }', [f"error condition_shape {SHOW}"]),
    "no operator": ('{ fact = "zone" }', [f"error condition_shape {SHOW}"]),
    "no operator for a dimension": (
        '{ dimension = "safety" }',
        [f"error condition_dimension {SHOW}.dimension", f"error condition_shape {SHOW}"],
    ),
    "two things": ('{ fact = "zone", question = "tools", na = true }', [f"error condition_shape {SHOW}"]),
    "nothing": ("{}", [f"error condition_shape {SHOW}"]),
    "`is` is for single": ('{ question = "tools", is = "centre" }', [f"error condition_operator {SHOW}.is"]),
    "`one_of` is for single": (
        '{ question = "tools", one_of = ["none"] }',
        [f"error condition_operator {SHOW}.one_of"],
    ),
    "`has` is for multi": ('{ fact = "zone", has = "urban" }', [f"error condition_operator {SHOW}.has"]),
    "`at_least` is for figures and levels": (
        '{ fact = "zone", at_least = 1 }',
        [f"error condition_operator {SHOW}.at_least"],
    ),
    "`score_at_least` is for dimensions": (
        '{ question = "tools", score_at_least = 1 }',
        [f"error condition_operator {SHOW}.score_at_least"],
    ),
    "`answered` is for all": ('{ question = "tools", answered = true }', ALLOWED),
    "`na` is for all": ('{ fact = "zone", na = false }', ALLOWED),
    "an unknown fact": ('{ fact = "zones", na = true }', [f"error unknown_reference {SHOW}.fact"]),
    "a fact called a question": ('{ question = "zone", na = true }', [f"error unknown_reference {SHOW}.question"]),
    "an unknown option": ('{ question = "tools", has = "nothing" }', [f"error condition_option {SHOW}.has"]),
    "one of an unknown option": (
        '{ fact = "zone", one_of = ["urban", "rural"] }',
        [f"error condition_option {SHOW}.one_of.1"],
    ),
    "an option that says not known": ('{ fact = "zone", is = "unsure" }', [f"error condition_never {SHOW}.is"]),
    "a figure beyond the range": (
        '{ question = "spending", at_least = 15.1 }',
        [f"error condition_never {SHOW}.at_least"],
    ),
    "a figure at the end of the range": ('{ question = "spending", at_least = 15 }', ALLOWED),
    "the whole range": ('{ question = "spending", at_most = 15 }', [f"warning comparison_idle {SHOW}.at_most"]),
    "every option": (
        '{ fact = "zone", one_of = ["urban", "ecological"] }',
        [f"warning comparison_idle {SHOW}.one_of"],
    ),
    "what excludes each other": (
        f'{{ all = [{LOW}, {{ question = "spending", at_least = 2.1 }}] }}',
        [f"error condition_never {SHOW}"],
    ),
    "equal holds": (f'{{ all = [{LOW}, {{ question = "spending", at_least = 2 }}] }}', ALLOWED),
    "an exclusive option beside another": (
        '{ all = [{ question = "tools", has = "none" }, { question = "tools", has = "centre" }] }',
        [f"error condition_never {SHOW}"],
    ),
    "a part of `any` that cannot hold": (
        f'{{ any = [{URBAN}, {{ question = "spending", at_least = 99 }}] }}',
        [f"error condition_never {SHOW}.any.1.at_least"],
    ),
    "what stands under `not` need not hold": ('{ not = { question = "spending", at_least = 99 } }', ALLOWED),
    "a comparison or its contrary: unknown where nothing is answered": (
        f"{{ any = [{LOW}, {{ not = {LOW} }}] }}",
        ALLOWED,
    ),
    "a comparison and its contrary": (f"{{ all = [{LOW}, {{ not = {LOW} }}] }}", [f"error condition_never {SHOW}"]),
    "answered or not": (
        '{ any = [{ fact = "zone", answered = true }, { fact = "zone", answered = false }] }',
        [f"warning condition_always {SHOW}"],
    ),
    "not answered and not applicable": (
        '{ all = [{ fact = "zone", na = true }, { fact = "zone", answered = true }] }',
        [f"error condition_never {SHOW}"],
    ),
    "itself": ('{ question = "plan", at_least = 1 }', [f"error condition_cycle {SHOW}.question"]),
    "a dimension's score": (
        '{ dimension = "safety", score_at_least = 5 }',
        [f"error condition_dimension {SHOW}.dimension"],
    ),
    "a truth for a figure": ('{ question = "spending", at_least = true }', [f"error wrong_type {SHOW}.at_least"]),
    "a figure for an option": ('{ fact = "zone", is = 1 }', [f"error wrong_type {SHOW}.is"]),
    "one option for a list": ('{ fact = "zone", one_of = "urban" }', [f"error wrong_type {SHOW}.one_of"]),
}


@pytest.mark.parametrize("sentence", SHOWN)
def test_the_contract_of_conditions(sentence: str) -> None:
    """Of a question's `show_if`."""
    condition, expected = SHOWN[sentence]
    assert said(inside("plan", f"show_if = {condition}")) == expected


ELSEWHERE: dict[str, tuple[list[Edit], list[str]]] = {
    "a level that is not there": (
        [inside("tools", 'show_if = { question = "plan", at_least = 3 }')],
        ["error condition_never questions.tools.show_if.at_least"],
    ),
    "a hidden question cannot be answered": (
        [
            inside("plan", f"show_if = {URBAN}"),
            inside(
                "tools",
                'show_if = { all = [{ question = "plan", at_least = 1 }, { fact = "zone", is = "ecological" }] }',
            ),
        ],
        ["error condition_never questions.tools.show_if"],
    ),
    "one that is not applicable cannot be answered": (
        [
            inside("plan", f"na_when = {URBAN}"),
            inside("tools", f'show_if = {{ all = [{{ question = "plan", at_least = 1 }}, {URBAN}] }}'),
        ],
        ["error condition_never questions.tools.show_if"],
    ),
    "what depends on a question that is never shown is not told again": (
        [
            inside("plan", 'show_if = { fact = "zone", is = "unsure" }'),
            inside("tools", 'show_if = { question = "plan", at_least = 1 }'),
        ],
        ["error condition_never questions.plan.show_if.is"],
    ),
    "nor what depends on it besides another thing": (
        [
            inside("plan", 'show_if = { fact = "zone", is = "unsure" }'),
            inside("tools", f'show_if = {{ all = [{{ question = "plan", at_least = 1 }}, {URBAN}] }}'),
        ],
        ["error condition_never questions.plan.show_if.is"],
    ),
    "in the quick mode what is not core is hidden, not inapplicable": (
        [
            inside("plan", f"na_when = {URBAN}"),
            inside("tools", f'show_if = {{ all = [{{ question = "plan", na = false }}, {URBAN}] }}'),
        ],
        ALLOWED,
    ),
    "what is core is never hidden so": (
        [
            inside("plan", f"core = true\nna_when = {URBAN}"),
            inside("tools", f'show_if = {{ all = [{{ question = "plan", na = false }}, {URBAN}] }}'),
        ],
        ["error condition_never questions.tools.show_if", "notice core_misses dimensions.safety"],
    ),
    "a cycle of show_if and na_when": (
        [
            inside("plan", 'show_if = { question = "tools", answered = true }'),
            inside("tools", 'na_when = { question = "plan", at_most = 0 }'),
        ],
        ["error condition_cycle questions.plan.show_if.question"],
    ),
    "beside a cycle other conditions are still judged": (
        [
            inside("plan", 'show_if = { question = "plan", at_least = 1 }'),
            inside("tools", 'show_if = { fact = "zone", is = "unsure" }'),
        ],
        ["error condition_cycle questions.plan.show_if.question", "error condition_never questions.tools.show_if.is"],
    ),
    "no operator in a check": ([check('{ dimension = "safety" }')], ["error condition_shape checks.a.when"]),
    "a score in a check": ([check('{ dimension = "safety", score_at_least = 5 }')], ALLOWED),
    "an unknown dimension in a check": (
        [check('{ dimension = "safty", score_at_least = 5 }')],
        ["error unknown_reference checks.a.when.dimension"],
    ),
    "another operator on a score": (
        [check('{ dimension = "safety", at_least = 5 }')],
        ["error condition_operator checks.a.when.at_least"],
    ),
    "a score beyond 100": (
        [check('{ dimension = "safety", score_at_least = 101 }')],
        ["error out_of_bounds checks.a.when.score_at_least"],
    ),
    "all options of a fact of kind multi together": (
        [
            fact("many", "multi", "\n".join(f"options.o{number} = {Y}" for number in range(12))),
            inside(
                "plan",
                "show_if = { all = [" + ", ".join(f'{{ fact = "many", has = "o{n}" }}' for n in range(12)) + "] }",
            ),
        ],
        ALLOWED,
    ),
    "none of the options of a fact of kind multi": (
        [
            fact("many", "multi", f"options.o1 = {Y}\noptions.o2 = {Y}"),
            inside(
                "plan", 'show_if = { not = { any = [{ fact = "many", has = "o1" }, { fact = "many", has = "o2" }] } }'
            ),
        ],
        ALLOWED,
    ),
    "none of them, where one stands alone": (
        [
            fact("many", "multi", f"options.o1 = {Y}\noptions.o2 = {Y[:-2]}, exclusive = true }}"),
            inside(
                "plan", 'show_if = { not = { any = [{ fact = "many", has = "o1" }, { fact = "many", has = "o2" }] } }'
            ),
        ],
        [f"error condition_never {SHOW}"],
    ),
    "a profile that never fits": ([Edit(V, 'is = "ecological"', 'is = "unsure"')], ["error condition_never fits.is"]),
    "an unknown operator is one mistake": (
        [Edit(V, 'is = "ecological"', 'equals = "ecological"')],
        ["error unknown_key fits.equals"],
    ),
    "so is a fact as a list": (
        [Edit(V, 'fact = "zone", is = "ecological"', 'all = [{ fact = ["zone"], is = "ecological" }]')],
        ["error wrong_type fits.all.0.fact"],
    ),
    "an adjustment that never fires": (
        [Edit(V, "factor = 1.5", 'factor = 1.5\nwhen = { question = "plan", at_least = 9 }')],
        ["error condition_never adjust.0.when.at_least"],
    ),
    "an adjustment that always fires": (
        [
            Edit(
                V,
                "factor = 1.5",
                'factor = 1.5\nwhen = { any = [{ fact = "zone", na = true }, { fact = "zone", na = false }] }',
            )
        ],
        ["warning condition_always adjust.0.when"],
    ),
}


@pytest.mark.parametrize("sentence", ELSEWHERE)
def test_the_contract_of_conditions_elsewhere(sentence: str) -> None:
    """Of several questions, of checks, of rubrics."""
    edits, expected = ELSEWHERE[sentence]
    assert said(*edits) == expected
