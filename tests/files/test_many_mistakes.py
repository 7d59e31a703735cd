"""Many different mistakes in one file are all told in one run, each at its place, without follow-ups."""

import re
from pathlib import Path

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from tests.files.examples import FOLDER

MARK = re.compile(r"#! (?:(\w+) at (.+?))(?:; (\w+) at (.+))?$")
"""Behind a line with a mistake: its code, and the text at whose beginning it must be reported; twice for two."""

QUESTIONNAIRE = """\
format = "nqpf-questionnaire/1"
id = "many"
version = 1.0                                     #! wrong_type at 1.0
subject = "county"                                #! unknown_word at "county"
languages = ["en", "zh"]
titel = { en = "Many", zh = "多" }                #! unknown_key at titel

[sources.expert]
title.en = "Expert judgement"
title.zh = ""                                     #! blank_text at ""

[facts.zone]
kind = "single"
text = { en = "Which zone?", zh = "哪类区域？" }
options.urban = { en = "Urban", zh = "城市", exclusive = true }   #! unknown_key at exclusive
options.later = { en = "Later", zh = "以后" }     #! reserved_option at later
options.unsure = { en = "Not sure", zh = "不清楚", unknown = true }

[pillars.innovation]
title.en = “Innovation”                           #! syntax at “Innovation
title.zh = "创新"

[dimensions.research]
pillar = "inovation"                              #! unknown_reference at "inovation"
title = { en = "Research", zh = "研发", fr = "R&D" }   #! undeclared_language at fr

[dimensions.safety]                               #! missing_key at safety
title = "Safety"                                  #! wrong_type at "Safety"

[questions.plan]
dimension ＝ "research"                           #! syntax at ＝
kind = "level"
text = { en = "How far is the plan?", zh = "规划进展如何？" }
levels = [
  { en = "None", zh = "无", score = 10 },
  { en = "Draft" },                               #! missing_text at { en
  { en = "In force", zh = "已实施", score = 5 },  #! levels_fall at 5 }
  { en = "Reviewed", zh = "已评估" },
]
evidence_from = 9                                 #! evidence_level at 9
sources = ["expert", "paper#1"]                   #! unknown_reference at "paper
show_if = { fact = "zone", is = "unsure" }        #! condition_never at "unsure"

[questions.spending]
dimension = "safety"
kind = "number"
text = { en = "Spending?", zh = "投入？" }
range = [15, 0]                                   #! range_disorder at [15
decimals = "2"                                    #! wrong_type at "2"
scale = [[0, 0], [6, 50], [6, 110]]               #! scale_disorder at 6, 110; scale_score at 110
core = true
core = false                                      #! duplicate_key at core
sources = ["expert"]
show_if = { question = "plans", at_least = 1 }    #! unknown_reference at "plans"

[questions.R-D]                                   #! bad_id at R-D
dimension = "safety"
kind = "text"
text = { en = "Words", zh = "文字" }

[questions.tools]
dimension = "safety"
kind = "multi"
text = { en = "Tools?", zh = "工具？" }
options.a = { en = "A", zh = "甲", score = 500 }  #! out_of_bounds at 500
options.b = { en = "B", zh = "乙", score = nan }  #! not_finite at nan
na_when = { question = "tools", has = "a" }       #! condition_cycle at "tools"

[questions.review]                                #! missing_key at review
dimension = "safety"
kind = "single"
text = { en = "Who reviews it?", zh = "由谁评估？" }

[questions.zone]                                  #! duplicate_id at zone
dimension = "safety"
kind = "text"
text = { en = "Zone", zh = "区域" }
previous_ids = ["plan"]                           #! previous_id_in_use at "plan"

[countermeasures.fund]
title = { en = "Fund", zh = "基金" }
gist = { en = "A fund", zh = "基金" }
lifts = { research = 10 }
when_below = 70
effort = 9                                        #! out_of_bounds at 9
horizon = "short"
acts = "county"
lead = { en = "Bureau", zh = "局" }
needs = ["fund"]                                  #! needs_cycle at "fund"
kpi = { en = "Projects {n}", zh = "项目" }        #! different_placeholders at "项目"
sources = ["expert"]

[countermeasures.pool]
title = { en = "Pool", zh = "资金池" }
gist = { en = "A pool", zh = "资金池" }
lifts = {}                                        #! wrong_count at {}
when_below = 70
effort = 1
horizon = "short"
acts = "county"
lead = { en = "Bureau", zh = "局" }
kpi = { en = "One pool", zh = "资金池一个" }

[checks.odd]
when = { all = [
  { question = "plan", is = "x" },                #! condition_operator at is
  { fact = "zone" },                              #! condition_shape at {
] }
message = { en = "Odd", zh = "异常" }
severity = "error"                                #! unknown_word at "error"
"""


def marked(text: str) -> list[tuple[int, int, str]]:
    """The places and codes that the marks behind the lines tell."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = MARK.search(line)
        pairs = [match.group(1, 2), match.group(3, 4)] if match else []
        found += [(number, line.index(needle) + 1, code) for code, needle in pairs if code]
    return sorted(found)


def test_every_mistake_of_a_file_in_one_run(tmp_path: Path) -> None:
    """Syntax, types, references, texts, figures, conditions: all at once, and nothing besides."""
    path = tmp_path / "many.toml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    found = check(Library(()), [path])
    assert [(p.line, p.column, p.code) for p in found if p.severity == "error"] == marked(QUESTIONNAIRE)
    assert len({code for _, _, code in marked(QUESTIONNAIRE)}) >= 25


WEIGHTS = """\
format = "nqpf-weights/1"
id = "many"
questionnaire = "small"
version = "1"
name = { en = "Many", zh = "多" }
order = "1"                                       #! wrong_type at "1"
fits = { fact = "zone", is = "urban", na = true } #! condition_shape at fits

[weights]
research = -1                                     #! out_of_bounds at -1
plans = 2                                         #! unknown_reference at plans
safety = true                                     #! wrong_type at true

[targets]
plan = 50                                         #! target_on_question at plan

[scoring]
across_pillars = "mean"                           #! unknown_word at "mean"
overlap = 5                                       #! out_of_bounds at 5
unsuported_ceiling = 60                           #! unknown_key at unsup
confidence_spread = { high = 0, low = 200 }       #! spread_too_wide at 200

[bands]
low = { from = 10, en = "Low", zh = "低" }        #! bands_lowest at 10
high = { from = 60, en = "High" }                 #! missing_text at high
top = { from = 60, en = "Top", zh = "顶" }        #! bands_alike at 60

[floors.plan]
node = "plan"                                     #! unknown_reference at "plan"
below = 40
cap = inf                                         #! not_finite at inf
why = { en = " ", zh = "规划" }                   #! blank_text at " "

[[adjust]]                                        #! profile_only at adjust; missing_key at adjust
node = "safety"
factor = 1.5
"""


def test_every_mistake_of_a_rubric_in_one_run(tmp_path: Path) -> None:
    """The same for weights; two mistakes may stand at one place."""
    path = tmp_path / "many.toml"
    path.write_text(WEIGHTS, encoding="utf-8")
    found = check(Library((Root("content", FOLDER / "sound"),)), [path])
    assert [(p.line, p.column, p.code) for p in found if p.severity == "error"] == marked(WEIGHTS)


ANSWERS = """\
format = "nqpf-answers/1"
questionnaire = { id = "small", version = 1 }     #! wrong_type at 1 }
weights = { id = "vally", version = "1.0.0" }     #! weights_missing at "vally"
mode = "slow"                                     #! unknown_word at "slow"

[subject]
name = "Anhe County"
period = 2025                                     #! wrong_type at 2025

[facts]
zone = { value = "urbann" }                       #! bad_value at "urbann"
zones = { value = "urban" }                       #! unknown_reference at zones

[answers.plan]
value = 7                                         #! bad_value at 7
sate = "dk"                                       #! unknown_key at sate

[answers.spending]
value = "20"                                      #! bad_value at "20"
state = "na"                                      #! na_without_reason at "na"
evidence = "page 3"                               #! wrong_type at "page
at = "2026-11-02"                                 #! wrong_type at "2026

[answers.tools]
value = ["none", "centre"]                        #! bad_value at ["none
confidence = “high”                               #! syntax at “
revision = 0                                      #! out_of_bounds at 0

[[override]]
node = "plan"
target = 60                                       #! target_on_question at target
why = " "                                         #! override_unreasoned at " "

[[override]]                                      #! override_empty at override
node = "reserch"                                  #! unknown_reference at "reserch"
why = "Because."

[plan]
chosen = ["fund", "found"]                        #! unknown_reference at "found"
"""


def test_every_mistake_of_an_answer_file_in_one_run(tmp_path: Path) -> None:
    """The same for answers, though their rubric is not to be found."""
    path = tmp_path / "many.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    found = check(Library((Root("content", FOLDER / "sound"),)), [path])
    assert [(p.line, p.column, p.code) for p in found if p.severity == "error"] == marked(ANSWERS)
