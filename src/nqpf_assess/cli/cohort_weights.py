"""`cohort weights TABLE|SCORES...`: weights derived from the spread of the scores, and a profile drafted from them."""

from pathlib import Path
from typing import Any

import click

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import TABLES
from nqpf_assess.cli.cohort_studying import STUDY_OPTIONS, refuse_place, studied, write_text
from nqpf_assess.cli.commands import Settings, option, with_options
from nqpf_assess.cli.output import print_data, print_json, print_note
from nqpf_assess.cli.targets import refuse_other_ending
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import title_of

REFUSED: dict[str, Text] = {
    "few": _("fewer than 3 rows have every score; no weights can be derived"),
    "alike": _("all rows score alike; no weights can be derived"),
}
DROPPED: dict[str, Text] = {
    "empty": _("left out: nobody has a score"),
    "constant": _("left out: all score alike"),
}
HEAD = _(
    "Derived from {rows} complete rows (relative: what tells these respondents apart); derived and baseline share:"
)
KEPT = _(
    "What is left out keeps its baseline weight in the profile; the reasons there name the shares that come of it."
)


@step("weights", to_the_end=True)
@TABLES
@with_options(
    option(
        "--method",
        type=click.Choice(["entropy", "critic"]),
        default="entropy",
        words=_("How weights are derived."),
    ),
    option(
        "--of",
        type=click.Choice(["pillars", "dimensions"]),
        default="pillars",
        words=_("What is weighted."),
    ),
    option("-o", "--output", metavar="PROFILE.toml", words=_("Profile to draft.")),
    *STUDY_OPTIONS,
)
def command(
    settings: Settings, *, tables: tuple[str, ...], method: str, of: str, output: str | None, **asked: Any
) -> int:
    """Derive weights."""
    if output:
        refuse_place(output, tables, asked["problems"], taken=False)
        refuse_other_ending(output, ".toml")
    with studied(settings, tables, asked) as found:
        if found is None:
            return 1
        from nqpf_assess.cohort.drafting import draft, shares_before
        from nqpf_assess.cohort.statistics import NoWeights, derived
        from nqpf_assess.report.wording import percent

        questionnaire, level = found.study.questionnaire, of.rstrip("s")
        nodes = list(questionnaire.pillars if of == "pillars" else questionnaire.dimensions)
        try:
            made = derived({id: found.study.scores.figures(f"{level}.{id}") for id in nodes}, method)
        except NoWeights as refusal:  # the scores tell nothing apart
            raise UserError(REFUSED[str(refusal)]) from refusal
        if asked["as_json"]:
            row = {"method": method, "of": of, "rows": made.rows, "weights": made.weights, "dropped": made.dropped}
            print_json(row)
        else:
            before = shares_before(found.instruments.first)
            print_note(settings.tell(HEAD, rows=f"{made.rows:,}"))
            for id, share in made.weights.items():
                title = tell(title_of(found.study.questionnaire, id), settings.language)
                print_data(f"{percent(share, 1):>6} {percent(before[id], 1):>6}  {id}  {title}")
            for id, why in made.dropped.items():
                print_data(f"{'–':>6} {percent(before[id], 1):>6}  {id}  {settings.tell(DROPPED[why])}")
        if output:
            path = Path(output)
            words = draft(found.instruments.first, made.weights, id=path.stem, method=method, rows=made.rows)
            write_text(path, words)
            if made.dropped:
                print_note(settings.tell(KEPT))
            (print_note if asked["as_json"] else print_data)(output)
        return found.status
