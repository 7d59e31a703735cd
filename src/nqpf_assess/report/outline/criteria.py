"""Annex: what the same answers already say to the criteria of official rules, clause by clause; never scored."""

from collections import Counter
from collections.abc import Iterable, Iterator

from nqpf_assess.engine.crosswalk import CriterionState, applies, readings
from nqpf_assess.engine.phrasing import told_of
from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Inline, Paragraph, Run, Table, TableColumn, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.phrases import cited, indicator, raised
from nqpf_assess.report.wording import NO_FIGURE, STATE_WORDS

TITLE = _("What these answers say to official criteria")
LEAD = _(
    "The same answers are laid beside official criteria, clause by clause. Nothing of this enters the score. “Met” and "
    "“not met” are said only where the answers decide; the rest is for the documents themselves."
)
STATES: dict[CriterionState, Text] = {
    "met": _("met"),
    "unmet": _("not met"),
    "answered": _("does not decide"),
    "open": _("not answered yet"),
    "not_asked": _("not asked here"),
}
COUNTS = _(
    "Clauses met by the answers: {met} of {total}; not met: {unmet}{unanswered}{unasked}; for the documents to decide: "
    "{rest}."
)
UNANSWERED, UNASKED = _("; not answered yet: {n}"), _("; not asked here: {n}")
BEYOND = _("These criteria are not meant for {place}.")
SOURCE = _("Source: {source}.")
LEFT_OUT = _("left out this time")


def criteria_blocks(case: Case, headings: Headings) -> Iterator[Block]:
    """Yield the annex without its heading; nothing where the questionnaire has no such criteria."""
    yield Paragraph(runs(case.say(LEAD)))
    for id, crosswalk in case.questionnaire.crosswalks.items():
        yield headings.part(case.tell(crosswalk.title), f"criteria-{id}")
        about = [case.tell(crosswalk.about)]
        if not applies(crosswalk, case.assessed.view):
            yield Paragraph(runs(case.grammar.paragraph([*about, case.say(BEYOND)])))
            continue
        read = readings(case.questionnaire, id, case.assessed.view)
        counted = Counter(each.state for each in read)
        met, unmet, unanswered, unasked = (counted[state] for state in ("met", "unmet", "open", "not_asked"))
        told = case.say(
            COUNTS,
            total=len(read),
            met=met,
            unmet=unmet,
            unanswered=case.say(UNANSWERED, n=unanswered) if unanswered else "",
            unasked=case.say(UNASKED, n=unasked) if unasked else "",
            rest=counted["answered"],
        )
        source = case.say(SOURCE, source=cited(case, crosswalk.sources))
        yield Paragraph(runs(case.grammar.paragraph([*about, told, source])))
        columns = (
            TableColumn(case.say(_("Clause")), 1.0),
            TableColumn(case.say(_("What it asks for")), 2.4),
            TableColumn(case.say(_("What the answers say")), 3.2),
            TableColumn(case.say(_("Reading")), 0.8),
        )
        rows: list[tuple[Inline, ...]] = []
        for each in read:
            note = case.tell(each.criterion.note or {})
            words = case.grammar.paragraph([*_said(case, each.asked), *([note] if note else [])])
            reading = Run(case.say(STATES[each.state]), bold=each.state in ("met", "unmet"))
            rows.append(
                (
                    runs(case.tell(each.criterion.clause)),
                    runs(case.tell(each.criterion.text)),
                    runs(words or NO_FIGURE),
                    runs(reading),
                )
            )
        yield Table(columns, tuple(rows))


def _said(case: Case, ids: Iterable[str]) -> list[str]:
    """State the answers; of what has none the figures by their names, what else is asked only where nothing is said."""
    said, nameless = dict[str, None](), dict[str, None]()
    for id in ids:
        asked = case.questionnaire.asked[id]
        seen = case.assessed.view.seen(id)
        state = case.say(LEFT_OUT) if seen.state == "hidden" else case.tell(STATE_WORDS[seen.state])
        if seen.state == "answered" and seen.value is not None:
            said[told_of(asked, seen.value, case.language, year=str(case.year_of(id) or ""))] = None
        elif (named := indicator(case, id)) != case.title(id):
            said[f"{named}{case.grammar.colon}{state}"] = None
        else:
            nameless[raised(state)] = None
    stop = case.grammar.stop.strip()
    return [words if words.endswith(stop) else words + stop for words in said or nameless if words]
