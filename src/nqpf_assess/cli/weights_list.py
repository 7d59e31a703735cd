"""`weights list`: rubrics, what they are based on, and for whom they are."""

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import Settings, option
from nqpf_assess.cli.output import print_data, print_json, print_note, width
from nqpf_assess.cli.weights import step
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import _, tell
from nqpf_assess.model.problem import errors

HEAD = _("{title} [{id}]")


@step("list")
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--questionnaire", metavar="ID|PATH", words=_("Of this questionnaire only."))
def command(settings: Settings, *, as_json: bool, questionnaire: str | None) -> int:
    """List the rubrics of every questionnaire that is found."""
    from nqpf_assess.files.found import FAULTY
    from nqpf_assess.pages.rubric import list_table
    from nqpf_assess.report.text import table_lines
    from nqpf_assess.session.content import books, books_with_errors

    library = library_of(settings)
    held = [(book, library.profiles(book)) for book in books(library, questionnaire)]
    for faulty, _other in books_with_errors(library) if questionnaire is None else ():
        print_note(settings.tell(FAULTY, path=as_word(faulty.path)))
    if as_json:
        print_json(
            [
                {
                    "id": (file := rubric.chain[-1]).id,
                    "questionnaire": book.value.id,
                    "name": dict(file.name),
                    "based_on": file.based_on,
                    "version": file.version or rubric.chain[0].version,
                    "path": str(rubric.path),
                    "sound": not errors(rubric.problems),
                }
                for book, rubrics in held
                for rubric in rubrics
                if rubric.chain
            ]
        )
        return 0
    for index, (book, rubrics) in enumerate(held):
        title = tell(book.value.title, settings.language)
        print_data(("\n" if index else "") + settings.tell(HEAD, title=title, id=book.value.id))
        sound = [rubric.chain[-1] for rubric in rubrics if rubric.chain and not errors(rubric.problems)]
        for line in table_lines(list_table(book.value, sound, settings.language), width()):
            print_data(line.rstrip())
        for rubric in rubrics:
            if errors(rubric.problems):
                print_note(settings.tell(FAULTY, path=as_word(rubric.path)))
    return 0
