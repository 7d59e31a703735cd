"""`compare OLD NEW`: what changed between two assessments of one subject, and why."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.editions import told_problems
from nqpf_assess.cli.opening import content_options, library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Library

OTHER = text(
    en="{old} answers questionnaire “{before}” and {new} answers “{after}”: there is nothing to compare",
    zh="{old} 所答问卷为“{before}”，{new} 所答问卷为“{after}”，无法比较",
)


@subcommand("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=text(en="All figures, for machines.", zh="以 JSON 输出全部数字。"))
@option("--all", "everything", is_flag=True, words=text(en="Show every question too.", zh="同时列出每道题目。"))
@option(
    "--old-questionnaire",
    metavar="ID|PATH",
    words=text(en="The edition OLD was answered to.", zh="OLD 作答时所用的问卷版本。"),
)
@option(
    "--old-weights",
    metavar="ID|PATH",
    words=text(en="The rubric OLD was scored by, in its edition.", zh="OLD 评分时所用的权重方案版本。"),
)
@content_options
def command(settings: Settings, *, old: Path, new: Path, as_json: bool, everything: bool, **content: str | None) -> int:
    """Compare two assessments; different editions are told, and taken apart where both are at hand."""
    library = library_of(settings)
    questionnaire, weights = content["questionnaire"], content["weights"]
    olds = content["old_questionnaire"] or questionnaire, content["old_weights"] or weights
    then = _open(settings, library, old, *olds)
    now = _open(settings, library, new, questionnaire, weights)
    if then is None or now is None:
        return 1
    _show(settings, then, now, as_json=as_json, everything=everything)
    return 0


def _open(
    settings: Settings, library: "Library", path: Path, questionnaire: str | None, weights: str | None
) -> "Read | None":
    from nqpf_assess.files.editions import open_own_edition

    read = open_own_edition(library, path, questionnaire=questionnaire, weights=weights)
    return None if told_problems(settings, read) else read


def _show(settings: Settings, then: "Read", now: "Read", *, as_json: bool, everything: bool) -> None:
    from nqpf_assess.cli.editions import today, width
    from nqpf_assess.engine.comparing import Assessment, compare
    from nqpf_assess.exchange.comparison_json import comparison_row

    ids = then.instrument.questionnaire.id, now.instrument.questionnaire.id
    if ids[0] != ids[1]:
        raise UserError(fill(OTHER, old=then.name, before=ids[0], new=now.name, after=ids[1]))
    before, after = (Assessment(read.name, read.answers, read.instrument) for read in (then, now))
    comparison = compare(before, after, today())
    questionnaires = then.instrument.questionnaire, now.instrument.questionnaire
    if as_json:
        from nqpf_assess.report.comparison_text import ComparisonText

        say_json(comparison_row(comparison, settings.language))
        for doubt in ComparisonText(comparison, questionnaires, settings.language).doubts():
            tell_user(doubt)
        return
    from nqpf_assess.report.comparison_tables import comparison_lines

    for line in comparison_lines(comparison, questionnaires, settings.language, width=width(), everything=everything):
        say(line.rstrip())
