"""What must hold where a report of merged answers tells on what those who were asked differed."""

import re
from collections.abc import Callable, Iterator

from nqpf_assess.engine.arithmetic import TRUE
from nqpf_assess.engine.merging.claims import thing_said
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.engine.states import stored, truth
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.pages import merging, provenance
from nqpf_assess.report import wording
from nqpf_assess.report.blocks import Paragraph, Table, runs, words_of
from nqpf_assess.report.outline import floors, sureness, verdict
from tools.fuzz.claim_rules import RULES, Fields, Rule, Truths, claim
from tools.fuzz.facts import Facts, read, shown
from tools.fuzz.respondents import Said

__all__ = ("RULES",)

WIDE = 2000
"""Cells in which no line of a page is broken."""


def differing(s: Facts) -> dict[str, Said]:
    """What is said, and not settled since, of facts and of questions that count or that some say do not apply."""
    if s.state.merged is None:
        return {}
    applies = {node["id"] for node in s.questions}
    for id, question in s.questionnaire.questions.items():
        given = s.answers.answers.get(id)
        line = (id, question.dimension, s.questionnaire.dimensions[question.dimension].pillar)
        left_out = s.nodes[id]["state"] == "na" and all(s.nodes[node]["weight"] for node in line)
        left_out = left_out and given is not None and given.state == "na"
        if left_out and (question.na_when is None or truth(question.na_when, s.assessed.view) != TRUE):
            applies.add(id)
    return {
        id: said
        for id, said in s.state.merged.said.items()
        if (s.questionnaire.facts[id].kind != "text" if id in s.questionnaire.facts else id in applies)
    }


def listed(s: Facts, f: Fields) -> Truths:
    """All of it is listed, each under its title with as many others as were said."""
    heads = [tell(words, s.language) for words in (sureness.STANDS, sureness.ALSO_SAID)]
    tables = [b for b in s.blocks if isinstance(b, Table) and [column.title for column in b.columns][1:] == heads]
    rows = [[words_of(cell) for cell in row] for table in tables for row in table.rows]
    wanted = differing(s)
    return [
        len(tables) == 1,
        sorted(row[0] for row in rows) == sorted(tell(title_of(s.questionnaire, id), s.language) for id in wanted),
        all(row[1] and row[2] for row in rows),
    ]


def behind_floors(s: Facts, f: Fields) -> Truths:
    """So many answers with a score lie behind a broken floor, and are in dispute."""
    asked, dimensions = s.questionnaire.questions, s.questionnaire.dimensions
    parts = {id: (one.dimension, dimensions[one.dimension].pillar) for id, one in asked.items()}
    scored = [parts[id] for id in differing(s) if id in parts and s.nodes[id]["score"] is not None]
    return [int(f["count"]) in {sum(floor.node in part for part in scored) for floor in s.fired}]


def behind_floors_that_hold(s: Facts, f: Fields) -> Truths:
    """So many answers with a score are in dispute behind floors that did not break, and might take points."""
    uncapped = float(s.overall["uncapped"] or 0.0)
    fired = {floor.node for floor in s.fired}
    each = s.state.instrument.rules.floors.values()
    guarded = {one.node for one in each if not fired or (one.node not in fired and float(one.cap) < uncapped)}
    asked, dimensions = s.questionnaire.questions, s.questionnaire.dimensions
    parts = {id: {one.dimension, dimensions[one.dimension].pillar} for id, one in asked.items()}
    scored = [id for id in differing(s) if id in parts and s.nodes[id]["score"] is not None]
    return [0 < int(f["count"]) == sum(not guarded.isdisjoint(parts[id]) for id in scored)]


def between(s: Facts, told: set[str]) -> Iterator[tuple[str, str]]:
    """It is told wherever there is some, and of each answer whether somebody settled it since."""
    wanted = differing(s)
    if wanted and not {wording.DIFFERING.key, sureness.DIFFERING_NOTE.key} & told:
        yield "differing, not told", str(wanted)
    if s.state.merged is None:
        return
    asked = s.questionnaire.asked
    for id, said in s.state.merged.said.items():
        lines = list(provenance.provenance_lines(s.answers, s.questionnaire, id, s.language))
        by = (s.answers.facts.get(id) or s.answers.answers[id]).by
        words = provenance.SETTLED if by else provenance.NAMELESS_SETTLED
        if asked[id].kind != "text" and (not lines or lines[0] == tell(words, s.language, who=by)):
            yield "differing, not explained", f"{id} {said} {lines}"


# ── The page of a merge ──


def merged_lines(s: Facts) -> tuple[Paragraph, ...]:
    """The whole page of the last merge."""
    assert s.state.merged is not None
    told = merging.merging_lines(
        s.state.merged.merging, s.questionnaire, s.language, width=WIDE, everything=s.state.told.endswith("5")
    )
    return tuple(Paragraph(runs(line.strip())) for line in told)


def files(s: Facts) -> tuple[Answers, ...]:
    assert s.state.merged is not None
    return s.state.merged.files


def claims(s: Facts) -> dict[str, list[object]]:
    """By fact and question what those who claim something claim in the files that were merged last."""
    asked = s.questionnaire.asked
    found: dict[str, list[object]] = {id: [] for id in asked}
    for file in files(s):
        for id, entry in (*file.facts.items(), *file.answers.items()):
            if asked[id].kind == "text":
                continue
            seen = thing_said(stored(asked[id], entry))
            found[id] += [seen] if seen.state in ("answered", "na") else []
    return found


def agreement(s: Facts, f: Fields) -> Truths:
    several = [said for said in claims(s).values() if len(said) > 1]
    share = sum(len({*said}) == 1 for said in several) / len(several)
    told = float(read(f["share"])) / 100
    return [abs(told - share) < 0.006, (f["share"] == "100%") == (share == 1), f["score"] == merged_score(s)]


def merged_score(s: Facts) -> str:
    assert s.state.merged is not None
    return shown(scorecard_of(assess(s.state.instrument, s.state.merged.merging.answers)).overall.score)


def disputed(s: Facts) -> list[str]:
    return [id for id, said in claims(s).items() if len({*said}) > 1]


def cut_short(s: Facts, f: Fields) -> Truths:
    return [0 < int(f["count"]) < len(disputed(s))]


def is_left_out(s: Facts, who: set[int]) -> bool:
    assert s.state.merged is not None
    merging = s.state.merged.merging
    if merging.rule != "lead":
        return len(who) * 2 <= len(files(s))
    if merging.lead is None:  # without names nobody knows who leads; at most all others wanted it
        return len(who) < len(files(s))
    return all(files(s)[one].subject.respondent.strip() != merging.lead for one in who)


def dropped(of: Callable[[Facts], list[tuple[str, set[int]]]]) -> Rule:
    """All that is wanted by no more than half, or not by the lead, is named with how many want it."""

    def rule(s: Facts, f: Fields) -> Truths:
        left = [(name, len(who)) for name, who in of(s) if is_left_out(s, who)]
        every = len(files(s))
        told = [tell(merging.WANTED_BY, s.language, name=name, count=count, all=every) for name, count in left]
        merging_ = s.state.merged
        hidden = merging_ is not None and merging_.merging.rule == "lead" and merging_.merging.lead is None
        return [told, (any if hidden else all)(one in f["names"] for one in told)]

    return rule


def overrides(s: Facts) -> list[tuple[str, set[int]]]:
    wanted: dict[object, set[int]] = {}
    for who, file in enumerate(files(s)):
        for change in file.override:
            wanted.setdefault((change.node, change.factor, change.target), set()).add(who)
    return [(tell(title_of(s.questionnaire, key[0]), s.language), who) for key, who in wanted.items()]  # type: ignore[index]


def measures(s: Facts) -> list[tuple[str, set[int]]]:
    wanted: dict[str, set[int]] = {}
    for who, file in enumerate(files(s)):
        for id in file.plan.chosen:
            wanted.setdefault(id, set()).add(who)
    return [(tell(s.questionnaire.countermeasures[id].title, s.language), who) for id, who in wanted.items()]


def untouched(s: Facts, f: Fields) -> Truths:
    assert s.state.merged is not None
    view = assess(s.state.instrument, s.state.merged.merging.answers).view
    given = {id for file in files(s) for id in file.answers}
    return [int(f["count"]) == sum(seen.state == "blank" and id not in given for id, seen in view.questions.items())]


def quick(s: Facts, f: Fields) -> Truths:
    return [len(re.findall(r"\d+", f["numbers"])) == sum(file.mode == "quick" for file in files(s)) < len(files(s))]


claim(
    lambda s, f: [
        int(f["count"]) == len(files(s)),
        s.state.merged.merging.rule in ("lead",) or "lead" not in f["rule"],
    ],  # type: ignore[union-attr]
    merging.HEAD,
)
claim(agreement, merging.AGREEMENT)
claim(lambda s, f: [not any(len(said) > 1 for said in claims(s).values())], merging.NONE_SHARED)
claim(lambda s, f: [int(f["count"]) == len(disputed(s)) > 0], merging.AGENDA)
claim(lambda s, f: [not disputed(s)], merging.NO_AGENDA)
claim(cut_short, merging.MORE)
claim(dropped(overrides), merging.DROPPED_OVERRIDES)
claim(dropped(measures), merging.DROPPED_MEASURES)
claim(untouched, merging.UNTOUCHED)
claim(quick, merging.OTHER_MODE)
claim(lambda s, f: [0 < int(f["count"]) <= int(f["all"]) == len(files(s))], merging.COUNTED, merging.WANTED_BY)
claim(
    lambda s, f: [int(f["count"]) == len(differing(s))],
    wording.DIFFERING,
)
claim(behind_floors, floors.DISPUTED)
claim(behind_floors_that_hold, verdict.FLOORS_DISPUTED)
claim(listed, sureness.DIFFERING_NOTE)
