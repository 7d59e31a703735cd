"""`score FILE...`: a table for people on a terminal, plain lines in a pipe, JSON for machines."""

from pathlib import Path

import click

from nqpf_assess.cli.beside import benchmark_options, beside_of, placed_or_told
from nqpf_assess.cli.opening import content_options, library_of, open_sound
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say_json
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text


@subcommand("score")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=text(en="All figures, for machines.", zh="以 JSON 输出全部数字。"))
@benchmark_options
@content_options
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    as_json: bool,
    benchmark: str | None,
    group: tuple[str, ...],
    questionnaire: str | None,
    weights: str | None,
) -> int:
    """Score answer files; one that has errors does not stop the others."""
    from nqpf_assess.engine.scorecard import score
    from nqpf_assess.exchange.score_json import score_row

    library, beside = library_of(settings), beside_of(benchmark, group)
    rows, scored, unfit = [], [], 0
    for path in files:
        sheet = open_sound(settings, library, path, questionnaire=questionnaire, weights=weights)
        if sheet is None or sheet.instrument is None or sheet.answers is None:
            continue
        card = score(sheet.instrument, sheet.answers)
        placings, fits = placed_or_told(settings, beside, path, card, sheet.answers)
        unfit += not fits
        rows.append(score_row(card, settings.language, placings))
        scored.append((path.name, sheet.answers, card, sheet.instrument.questionnaire))
        if not as_json:
            from nqpf_assess.cli.score_table import print_score

            print_score(settings, sheet.instrument, sheet.answers, card, placings, first=len(rows) == 1)
    if len(scored) > 1 and not as_json:
        from nqpf_assess.cli.score_table import print_histories

        print_histories(settings, scored)
    if as_json and rows:
        say_json(rows[0] if len(files) == 1 else rows)
    return int(len(rows) < len(files) or unfit > 0)
