"""`cohort collect|score|benchmark|weights|report`: many respondents in one table."""

from collections.abc import Mapping
from functools import partial

from nqpf_assess.cli.commands import SUBCOMMANDS, CommandGroup, common_options, subcommand
from nqpf_assess.locale import Text, _

STEPS: Mapping[str, Text] = {
    "collect": _("Bring answer files or tables into one wide table."),
    "score": _("Score a table, row by row."),
    "benchmark": _("Write medians and quartiles to compare with."),
    "weights": _("Derive weights from the spread of the scores."),
    "report": _("Write the statistics of a cohort and a report on them."),
}


step = partial(subcommand, among=STEPS)
"""Makes a function one of the commands."""

command = CommandGroup(
    "cohort",
    rows=STEPS,
    about=SUBCOMMANDS["cohort"],
    prefix="cohort_",
    params=[*common_options()],
    no_args_is_help=True,
)
