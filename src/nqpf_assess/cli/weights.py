"""`weights list|show|new|edit|ahp|derive`: rubrics, what they change and for whom, and where weights come from."""

from collections.abc import Mapping
from functools import partial

from nqpf_assess.cli.commands import SUBCOMMANDS, CommandGroup, common_options, subcommand
from nqpf_assess.locale import Text, _

STEPS: Mapping[str, Text] = {
    "list": _("List rubrics: what they are based on and for whom."),
    "show": _("Show what a rubric changes against the baseline, and for whom."),
    "new": _("Begin a rubric of your own."),
    "edit": _("Change a rubric: in the app, or one part from the command line."),
    "ahp": _("Weights from judgements of pairs (AHP)."),
    "derive": _("Weights from the spread of many scores."),
}

step = partial(subcommand, among=STEPS)
"""Makes a function one of the commands."""

command = CommandGroup(
    "weights",
    rows=STEPS,
    about=SUBCOMMANDS["weights"],
    prefix="weights_",
    params=[*common_options()],
    no_args_is_help=True,
)
