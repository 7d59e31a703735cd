"""`explain FILE NODE`: the arithmetic of one figure, line by line, down to the answers."""

from pathlib import Path

import click

from nqpf_assess.cli.answer_files import content_options, library_of, open_answers
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.completing import nodes
from nqpf_assess.cli.output import print_data, print_json
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

NO_NODE = _("there is no pillar, dimension, question or floor “{node}”")
IS_FACT = _("“{node}” is a fact, which earns nothing: there is no arithmetic to explain")
IS_MEASURE = _("“{node}” is a measure. What it gains: nqpf-assess plan FILE --choose {node}")


@subcommand("explain")
@click.argument("file", type=FilePath())
@click.argument("node", required=False, shell_complete=nodes)
@option("--json", "as_json", is_flag=True, words=_("All figures, for machines."))
@content_options
def command(
    settings: Settings, *, file: Path, node: str | None, as_json: bool, questionnaire: str | None, weights: str | None
) -> int:
    """Explain the overall score, that of a pillar, dimension or question, or a floor."""
    from nqpf_assess.engine.arithmetic import figure
    from nqpf_assess.engine.explaining import explain, explain_floor
    from nqpf_assess.engine.scoring import assess
    from nqpf_assess.exchange.explanation_json import explanation_row, floor_row
    from nqpf_assess.files.rules.naming import called, suggestion
    from nqpf_assess.model.questionnaire import title_of
    from nqpf_assess.model.scorecard import OVERALL, OVERALL_NAME
    from nqpf_assess.pages.explanation import explanation_lines, floor_lines

    content = {"questionnaire": questionnaire, "weights": weights}
    instrument, answers = open_answers(settings, library_of(settings), file, **content)
    floors = instrument.rules.floors
    if node is None or (node == OVERALL_NAME and node not in instrument.nodes):
        node = OVERALL
    # As the rubric names it, a floor is reached where a part has its id, too.
    floor = node.removeprefix("floors.") if node not in instrument.nodes else ""
    if node != OVERALL and node not in instrument.nodes and floor not in floors:
        asked = instrument.questionnaire
        for known, words in ((asked.facts, IS_FACT), (asked.countermeasures, IS_MEASURE)):
            if node in known:
                raise UserError(fill(words, node=node), status=2)
        titles = [(id, title_of(asked, id)) for id in instrument.nodes]
        titles += [(id, part.short) for id, part in (*asked.pillars.items(), *asked.dimensions.items()) if part.short]
        near = suggestion(called(node, titles) or node, (OVERALL_NAME, *instrument.nodes, *floors))
        raise UserError(fill(NO_NODE, node=node), hint=near, status=2)
    assessed = assess(instrument, answers)
    if floor in floors:
        if as_json:
            print_json(floor_row(explain_floor(assessed, floor)))
        else:
            for line in floor_lines(assessed, floor, settings.language):
                print_data(line)
        return 0
    if as_json:
        print_json(explanation_row(node, explain(assessed, node), figure(assessed.figures.total)))
        return 0
    for line in explanation_lines(assessed, node, settings.language):
        print_data(line)
    if node in floors and floors[node].node != node:  # a floor of that name on another part may be meant
        for line in floor_lines(assessed, node, settings.language):
            print_data(line)
    return 0
