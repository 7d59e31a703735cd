"""The commands in the order of the work, and how a function becomes one of them."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any

import click

from nqpf_assess.cli.bilingual import BilingualCommand
from nqpf_assess.cli.options import common_options, settings_of
from nqpf_assess.cli.output import unheard
from nqpf_assess.locale import Text, _

SUBCOMMANDS: Mapping[str, Text] = {
    "assess": _("Answer an assessment in the terminal."),
    "new": _("Write an empty answer file to fill in an editor."),
    "check": _("List all problems of questionnaires, weights and answers."),
    "score": _("Score answer files."),
    "explain": _("Show the arithmetic of one figure, down to the answers."),
    "suggest": _("Show which local profiles fit, and what each would change."),
    "plan": _("Choose the countermeasures that gain the most for an effort."),
    "report": _("Write the gap report as PDF."),
    "weights": _("Rubrics, what they change, and where weights come from."),
    "cohort": _("Score and compare many respondents in one table."),
    "compare": _("Compare two assessments of one subject: what changed, and why."),
    "migrate": _("Take answers over to the present edition of their questionnaire."),
    "diff": _("Compare two editions of a questionnaire or rubric."),
    "merge": _("Merge the answers of several respondents."),
    "open": _("Check a report against the answers it carries."),
    "init": _("Make a workspace: editable copies of the content, and the editor's schemas."),
    "export": _("Export a questionnaire as a printed form or table, answers as data."),
    "import": _("Bring figures from forms, submissions, tables and statistics sheets into an assessment."),
    "schema": _("Print the JSON Schema of a file format."),
    "serve": _("Open the app in a browser on this machine."),
    "completion": _("Print the script by which a shell completes commands, options and ids."),
    "where": _("Print what is found where."),
}


def subcommand(
    name: str, *, both: bool = False, writes: bool = False, among: Mapping[str, Text] = SUBCOMMANDS
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command with the shared options; its first argument is the settings.

    `both`: it can write both languages at once; `writes`: it writes files, whoever reads what it prints; `among`: where
    its words stand.
    """

    def make(function: Callable[..., Any]) -> click.Command:
        @click.pass_context
        def callback(context: click.Context, /, **values: Any) -> Any:
            with unheard() if writes else nullcontext():
                return function(settings_of(context), **values)

        parameters = list(reversed(getattr(function, "__click_params__", [])))
        command = BilingualCommand(name, callback=callback, params=[*parameters, *common_options(both=both)])
        command.about = among[name]
        return command

    return make
