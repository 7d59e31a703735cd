"""`explain FILE NODE`: the arithmetic of one figure, line by line, down to the answers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.opening import content_options, library_of, open_sound
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument


@subcommand("explain")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("node", default="overall")
@content_options
def command(settings: Settings, *, file: Path, node: str, questionnaire: str | None, weights: str | None) -> int:
    """Explain the overall score, or that of a pillar, dimension or question."""
    from nqpf_assess.engine.scoring import assess
    from nqpf_assess.pages.explanation import explanation_lines

    sheet = open_sound(settings, library_of(settings), file, questionnaire=questionnaire, weights=weights)
    if sheet is None or sheet.instrument is None or sheet.answers is None:
        return 1
    known_node(sheet.instrument, node)
    for line in explanation_lines(assess(sheet.instrument, sheet.answers), node, settings.language):
        say(line)
    return 0


def known_node(instrument: "Instrument", node: str) -> None:
    """Refuse a node that is not there, with the nearest one that is."""
    from nqpf_assess.engine.explaining import OVERALL
    from nqpf_assess.files.rules.naming import suggestion

    if node != OVERALL and node not in instrument.nodes:
        message = text(en="there is no pillar, dimension or question “{node}”", zh="没有支柱、维度或题目“{node}”")
        raise UserError(fill(message, node=node), hint=suggestion(node, (OVERALL, *instrument.nodes)), status=2)
