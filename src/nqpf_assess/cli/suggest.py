"""`suggest FILE`: which local profiles fit the facts, why, and what each would change."""

from pathlib import Path

import click

from nqpf_assess.cli.opening import library_of, open_sound
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text


@subcommand("suggest")
@click.argument("file", type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=text(en="Rows for machines.", zh="以 JSON 输出。"))
@option(
    "--questionnaire",
    metavar="ID|PATH",
    words=text(en="Questionnaire, instead of the one the file names.", zh="指定问卷，替代答卷所写。"),
)
def command(settings: Settings, *, file: Path, as_json: bool, questionnaire: str | None) -> int:
    """Judge every profile by the facts of an answer file."""
    from nqpf_assess.engine.profiles import suggestions
    from nqpf_assess.model.problem import errors
    from nqpf_assess.pages.suggestion import suggestion_lines, suggestion_row

    library = library_of(settings)
    sheet = open_sound(settings, library, file, questionnaire=questionnaire)
    if sheet is None or sheet.answers is None or sheet.instrument is None:
        return 1
    book = library.questionnaire(questionnaire or sheet.answers.questionnaire.id)
    rubrics = [rubric for rubric in library.profiles(book) if not errors(rubric.problems)] if book else []
    found = suggestions(sheet.instrument.questionnaire, [rubric.chain for rubric in rubrics], sheet.answers)
    if as_json:
        say_json([suggestion_row(suggestion, settings.language) for suggestion in found])
        return 0
    for line in suggestion_lines(found, sheet.instrument, sheet.answers, settings.language):
        say(line)
    return 0
