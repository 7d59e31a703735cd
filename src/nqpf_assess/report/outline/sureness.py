"""How sure the result is: balance, robustness, coverage, and answers that do not go together."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import below
from nqpf_assess.engine.scorecard import grade
from nqpf_assess.locale import Text, _
from nqpf_assess.model.condition import subjects
from nqpf_assess.report.blocks import Block, Heat, HeatShare, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.findings import capped, stated
from nqpf_assess.report.outline.phrases import cut, drawn_of, evidence_named, raised, unsupported
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.wording import (
    GRADES,
    NO_FIGURE,
    STAYS_WORDS,
    covered,
    number,
    outside,
    percent,
    span,
)

MOST_CELLS = 36

# ── Balance ──

SPREAD = _("The pillars range from {low} ({weakest}) to {high} ({strongest}).")
SPREAD_SCORED = _("The {n} scored pillars of {all} range from {low} ({weakest}) to {high} ({strongest}).")
EVEN = _("All scored pillars stand at {low}.")
BALANCE = _(
    "Coordination D is {d} on a scale of 0 to 1, which the customary ten grades call “{grade}”; coupling C is {c}"
    ", in the modified form {modified}. D combines how high the pillars are with how even they are, so it is a "
    "hint about balance and no part of the score; the grades are a convention."
)
NO_BALANCE = _("Balance needs at least two pillars with a score above zero; there are fewer here.")
ZERO = _("With a pillar that scores nothing, coupling and coordination are {d} by definition.")


def balance(case: Case) -> list[Block]:
    """State how even the pillars are."""
    found, scored = case.card.balance, [pillar for pillar in case.pillars if pillar.score is not None]
    if found.coordination is None or len(scored) < 2:
        return [Paragraph(runs(case.say(NO_BALANCE)))]
    shown = {pillar.id: number(pillar.score) for pillar in scored}
    low, high = (shown[end(scored, key=lambda pillar: pillar.score or 0.0).id] for end in (min, max))
    ends = [case.listed([case.short(id) for id in shown if shown[id] == score]) for score in (low, high)]
    spread = SPREAD if len(scored) == len(case.pillars) else SPREAD_SCORED
    said = case.say(
        EVEN if low == high else spread,
        n=len(scored),
        all=len(case.pillars),
        low=low,
        weakest=ends[0],
        high=high,
        strongest=ends[1],
    )
    words = BALANCE if found.coordination else ZERO
    told = case.say(
        words,
        d=number(found.coordination, 2),
        grade=GRADES[grade(found.coordination)],
        c=number(found.coupling, 2),
        modified=number(found.modified_coupling, 2),
    )
    return [Paragraph(runs(said + case.grammar.space + told))]


# ── Robustness ──

ROBUST = _(
    "With every weight of every level varied by {spread} either way the overall score is {range}. "
    "{band} If answers are off by their stated confidence it is {confidence}{open}."
)
HELD = _(
    "A floor holds the overall score at {score}; before it the score is {uncapped}. With every weight of every "
    "level varied by {spread} either way it is {range}; if answers are off by their stated confidence, {confidence}"
    "{open}."
)
END_AT_CAP = _("These ranges end at the cap and do not say how firm the score before the floor is.")
END_ABOVE = _("Where one of these ranges ends above the score, the floor would not hold it there.")
HELD_OR_NOT = _(
    "A floor holds the overall score at {score}; before it the score is {uncapped}. With every weight of every "
    "level varied by {spread} either way it is {range}: under some of these weights that floor does not hold it. If "
    "answers are off by their stated confidence it is {confidence}{open}."
)
HELD_ALL = _(
    "The floor holds the score at {score} under every other choice of method too: either mean of the pillars, the "
    "{scheme} or the baseline, as answered or backed by evidence."
)
OPEN = _("; depending on the open answers it is {range}")
OPEN_OUTSIDE = _("; once everything is answered, also where too little is for a score today, it will be {range}")
NOT_YET = _(
    "Without an overall score there is nothing to vary. Depending on the open answers it will lie in the range {open}."
)


def robustness(case: Case) -> list[Block]:
    """State how far the overall depends on the weights and on what is not known."""
    overall = case.card.overall
    if overall.score is None:
        return [Paragraph(runs(case.say(NOT_YET, open=span(overall.low, overall.high))))] if case.counting else []
    is_open = number(overall.low) != number(overall.high)
    held = HELD if number(overall.robust_high) == number(overall.score) else HELD_OR_NOT
    said = case.say(
        held if capped(case) else ROBUST,
        score=number(overall.score),
        uncapped=number(overall.uncapped),
        spread=percent(case.assessed.figures.rules.weight_spread),
        range=span(overall.robust_low, overall.robust_high),
        band=_bands(case),
        confidence=span(overall.confidence_low, overall.confidence_high),
        open=case.say(OPEN_OUTSIDE if outside(overall) else OPEN, range=span(overall.low, overall.high))
        if is_open
        else "",
    )
    if capped(case) and held is HELD:
        ends = {number(end) for end in (overall.confidence_high, overall.high, overall.score)}
        said += case.grammar.space + case.say(END_AT_CAP if len(ends) == 1 else END_ABOVE)
    found: list[Block] = [Paragraph(runs(said)), *variants(case)]
    scored = sorted((p for p in case.pillars if p.score is not None), key=lambda pillar: pillar.score or 0.0)
    if len(scored) > 3:
        rows = tuple(
            cells(
                case.title(p.id),
                number(p.score),
                case.say(STAYS_WORDS[p.weakest_three]) if p.weakest_three else NO_FIGURE,
            )
            for p in scored[:MOST_PILLARS]
        )
        columns = (
            TableColumn(case.say(_("Pillar")), 2.6),
            TableColumn(case.say(_("Score")), 1.0, "right"),
            TableColumn(case.say(_("Among the three weakest")), 1.0, "right"),
        )
        caption = case.say(_("Is a pillar among the three weakest whatever the weights?"))
        found.append(Table(columns, rows, caption, cut(case, MOST_PILLARS, len(scored))))
    return found


def _bands(case: Case) -> str:
    overall, bands = case.card.overall, case.instrument.rules.bands
    low, high = overall.robust_low, overall.robust_high
    if not bands or low is None or high is None:
        return ""
    reached = [band for band in bands.values() if not below(high, float(band.from_))]
    lowest = [band for band in reached if not below(low, float(band.from_))][-1:]
    crossed = [*lowest, *(band for band in reached if below(low, float(band.from_)))]
    names = [case.tell(band.words) for band in crossed]
    if not names:
        return ""
    if len(names) == 1:
        return case.say(_("The band “{band}” does not change."), band=names[0])
    return case.say(_("The band may change: {bands}."), bands=case.listed([f"“{name}”" for name in names]))


MEAN = {
    "arithmetic": _("Arithmetic mean of the pillars"),
    "geometric": _("Geometric mean of the pillars"),
}
RUBRIC = {True: _("{scheme}"), False: _("baseline")}
VARIANTS_NOTE = _(
    "Backed by evidence: answers above {ceiling} that name no evidence count as {ceiling}. Answers affected: "
    "{unsupported} of {answered}; answers that name evidence: {named}."
)


def variants(case: Case) -> list[Block]:
    """Show the overall under each choice of mean, weights and evidence."""
    by_choice = {(v.mean, v.local, v.evidence_backed): v for v in case.card.variants}
    score = number(case.card.overall.score)
    if capped(case) and {number(variant.score) for variant in case.card.variants} == {score}:
        return [Paragraph(runs(case.say(HELD_ALL, score=score)))]
    pairs = [(v, by_choice[v.mean, v.local, True]) for v in case.card.variants if not v.evidence_backed]
    rows = []
    for as_answered, backed in pairs:
        words = case.say(_("{mean}, {rubric}"), mean=MEAN[as_answered.mean], rubric=case.say(RUBRIC[as_answered.local]))
        rows.append(cells(words, number(as_answered.score), number(backed.score)))
    columns = (
        TableColumn(case.say(_("Method")), 2.6),
        TableColumn(case.say(_("As answered")), 1.0, "right"),
        TableColumn(case.say(_("Backed by evidence")), 1.0, "right"),
    )
    note = case.say(
        VARIANTS_NOTE,
        ceiling=number(case.assessed.figures.rules.unsupported_ceiling),
        unsupported=len(unsupported(case)),
        answered=len(case.answered),
        named=sum(evidence_named(case, id) for id in case.answered),
    )
    return [Table(columns, tuple(rows), case.say(_("The overall score under other choices of method")), note)]


MOST_PILLARS = 30


# ── Coverage ──

COVERAGE_FULL = _("Everything that counts here is answered")
COVERAGE_LEAST = _("Least is answered in {dimension}")
COVERAGE_PARTS = _("Not everything is answered in {n} of {all} dimensions")


def coverage(case: Case) -> list[Block]:
    """Draw how much of each dimension is answered."""
    nodes = [node for pillar in case.pillars for node in case.dimensions(pillar.id)]
    if not nodes or not case.answered:
        return []
    drawn = tuple(HeatShare(case.short(n.id), n.coverage, covered(n.coverage)) for n in nodes[:MOST_CELLS])
    least = min(nodes, key=lambda node: node.coverage or 0.0)
    lowest = covered(least.coverage)
    full, alone = (least.coverage or 0.0) >= 1.0, sum(covered(node.coverage) == lowest for node in nodes) == 1
    words = COVERAGE_FULL if full else COVERAGE_LEAST if alone else COVERAGE_PARTS
    parted = sum((node.coverage or 0.0) < 1.0 for node in nodes)
    caption = case.say(words, dimension=case.in_sentence(case.title(least.id)), n=parted, all=len(nodes))
    caption += drawn_of(case, MOST_CELLS, len(nodes))
    items = case.listed([f"{cell.label} {cell.value}" for cell in drawn])
    return [Heat(drawn, caption, case.say(_("Share of each dimension that is answered: {items}."), items=items))]


# ── Answers on which those who were asked differed ──

STANDS, ALSO_SAID = _("What stands"), _("What others said")
DIFFERING_NOTE = _(
    "Answers merged from the files of several respondents who differ there; nobody has answered anew since. Who said "
    "what is kept in the answers."
)


def differing(case: Case) -> list[Block]:
    """List where merged files differ and nobody has settled it since: what stands, and what else was said."""
    found = case.disputes
    if not found:
        return []
    rows = []
    for id, said in found.items():
        shown = [shown_answer(case.questionnaire, id, seen.state, seen.value, case.language) for seen in said]
        rows.append(cells(case.title(id), shown[0], case.series(shown[1:])))
    columns = (
        TableColumn(case.say(_("Question")), 2.4),
        TableColumn(case.say(STANDS), 1.2),
        TableColumn(case.say(ALSO_SAID), 1.4),
    )
    return [Table(columns, tuple(rows), note=case.say(DIFFERING_NOTE))]


HEADLINE: Text = _("With weights varied by {spread} the score is {range}")


def headline(case: Case) -> str:
    """State how firm the result is."""
    overall = case.card.overall
    if overall.score is None:
        return case.say(_("How sure the result is"))
    if capped(case):
        return case.say(
            _("Held at {score} by a floor; no range of weights says how firm it is"), score=number(overall.score)
        )
    spread = percent(case.assessed.figures.rules.weight_spread)
    return case.say(HEADLINE, spread=spread, range=span(overall.robust_low, overall.robust_high))


BALANCE_HEADING = _("Balance between the pillars")
ROBUST_HEADING = _("Robustness")
COVERAGE_HEADING = _("How much is answered")
DIFFERING_HEADING = _("Where those who were asked answered differently")


def titled_blocks(case: Case) -> Sequence[tuple[Text, str, Sequence[Block]]]:
    """Return the parts of the section: heading, anchor, blocks; parts without content are left out."""
    parts: tuple[tuple[Text, str, Sequence[Block]], ...] = (
        (ROBUST_HEADING, "robustness", robustness(case)),
        (BALANCE_HEADING, "balance", balance(case)),
        (COVERAGE_HEADING, "coverage", coverage(case)),
        (DIFFERING_HEADING, "differing", differing(case)),
    )
    return [part for part in parts if part[2]]


# ── Answers that do not go together ──

CHECKS_HEADLINE = _("{n} combinations of answers to be checked")
HEADLINE_ONE = _("{n} combination of answers to be checked")
HEADLINE_NONE = _("No contradictions between answers")
LEAD = _(
    "Combinations of answers checked: {all}. What is listed does not mean that an answer is wrong, and "
    "changes no score: please correct an answer or note why both hold."
)
SCORED, UNSCORED = _("{what}: score {answer}"), _("{what}: no score yet")
NONE = _("Combinations of answers checked: {all}. None of them contradicts another.")
NOT_CHECKED = _("Not checked, because something in them is not answered, not asked or does not apply here: {n}.")
NONE_CHECKED = _("No combination of answers could be checked yet.")
NOTHING_TO_CHECK = _("Nothing is answered yet, so no answers could be held against each other.")
NONE_TO_CHECK = _("The questionnaire has no checks between answers.")


def checks_headline(case: Case) -> str:
    """Count what was found."""
    count = len(case.card.checks)
    if not count and not (case.answered and case.checked):
        return case.say(_("Contradictions between answers"))
    return case.say(HEADLINE_NONE if not count else HEADLINE_ONE if count == 1 else CHECKS_HEADLINE, n=count)


def check_blocks(case: Case) -> Sequence[Block]:
    """Return the section without its heading."""
    every = len(case.questionnaire.checks)
    left = [case.say(NOT_CHECKED, n=every - case.checked)] if case.checked < every else []
    if not case.card.checks:
        if every and not case.answered:
            return [Paragraph(runs(case.say(NOTHING_TO_CHECK)))]
        words = NONE_TO_CHECK if not every else NONE_CHECKED if not case.checked else NONE
        return [Paragraph(runs(case.grammar.paragraph([case.say(words, all=case.checked), *left])))]
    rows = []
    for check in case.card.checks:
        when = case.questionnaire.checks[check.id].when
        named = [
            *(stated(case, id) or plain(case.answer(id)) for id in (*check.questions, *subjects(when, "fact"))),
            *(
                case.say(
                    UNSCORED if case.nodes[id].score is None else SCORED,
                    what=case.title(id),
                    answer=number(case.nodes[id].score),
                )
                for id in subjects(when, "dimension")
            ),
        ]
        rows.append(
            (
                runs(case.tell(check.message)),
                runs(raised(case.series(named))),
            )
        )
    columns = (
        TableColumn(case.say(_("What the answers say")), 1.2),
        TableColumn(case.say(_("Answers concerned")), 1.0),
    )
    lead = case.grammar.paragraph([case.say(LEAD, all=case.checked), *left])
    return [Paragraph(runs(lead)), Table(columns, tuple(rows))]
