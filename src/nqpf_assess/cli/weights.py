"""`weights list|show|new|edit|ahp|derive`: rubrics, what they change and for whom, and where weights come from."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.commands import SUBCOMMANDS, CommandGroup, Settings, common_options, subcommand
from nqpf_assess.cli.output import print_problems
from nqpf_assess.locale import Text, _

if TYPE_CHECKING:
    from nqpf_assess.files.library import Library
    from nqpf_assess.model.answers import Answers

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


def sample_answers(settings: Settings, library: "Library", path: Path, questionnaire: str) -> "Answers":
    """Return the answers that a rubric is tried on, or those to another questionnaire, which it cannot score.

    The rubric is one of the edition at hand, so they are read by that one and no other; that they were given to an
    earlier one is printed. Raises `UserError` with all their errors.
    """
    from nqpf_assess.files.library import refuse_errors

    sheet = library.open_answers(path)
    named = sheet.answers is not None and not sheet.loaded.mended.touches(("questionnaire", "id"))
    if not named or sheet.answers is None or sheet.answers.questionnaire.id in ("", questionnaire):
        refuse_errors(path, sheet.problems)
        notices = (one for one in sheet.edition_notices if one.key.startswith("questionnaire"))
        print_problems(notices, settings.language)
    assert sheet.answers is not None
    return sheet.answers
