"""`suggest FILE`: which local profiles fit the facts, why, and what each would change."""

from pathlib import Path

import click

from nqpf_assess.cli.answer_files import content_options, library_of, open_sound
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import _


@subcommand("suggest")
@click.argument("file", type=FilePath())
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@content_options
def command(settings: Settings, *, file: Path, as_json: bool, questionnaire: str | None, weights: str | None) -> int:
    """Judge every profile by the facts of an answer file."""
    from nqpf_assess.engine.profiles import suggestions
    from nqpf_assess.files.found import FAULTY
    from nqpf_assess.model.problem import errors
    from nqpf_assess.pages.suggestion import suggestion_lines, suggestion_rows

    library = library_of(settings)
    opened = open_sound(settings, library, file, questionnaire=questionnaire, weights=weights)
    instrument, answers = opened.assessed()
    book = opened.library.questionnaire(questionnaire or answers.questionnaire.id, stated=questionnaire is None)
    rubrics = opened.library.profiles(book) if book else ()
    # What is in use, and its baseline, may have been named by a path: then no folder holds them.
    used, sound = instrument.chain, [rubric.chain for rubric in rubrics if not errors(rubric.problems)]
    judged = {chain[-1].id: chain for chain in (used[:1], *sound, used)}
    for rubric in rubrics:
        if errors(rubric.problems) and opened.library is library:  # else they are of another edition than the answers
            print_note(settings.tell(FAULTY, path=as_word(rubric.path)))
    found = suggestions(instrument.questionnaire, [*judged.values()], answers)
    if as_json:
        print_json(suggestion_rows(found, instrument, answers, settings.language))
        return 0
    for line in suggestion_lines(found, instrument, answers, settings.language):
        print_data(line)
    return 0
