"""`weights list`: rubrics, what they are based on, and for whom they are."""

from typing import TYPE_CHECKING, Any

from nqpf_assess.cli.editions import width
from nqpf_assess.cli.opening import library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json, tell_user
from nqpf_assess.cli.rubrics import books
from nqpf_assess.cli.spoken import option
from nqpf_assess.cli.weights import step
from nqpf_assess.model.problem import errors
from nqpf_assess.model.text import tell, text

if TYPE_CHECKING:
    from nqpf_assess.files.library import Book, Rubric

HEAD = text(en="{title} [{id}]", zh="{title} [{id}]")
FAULTY = text(en="{path} has errors: nqpf-assess check {path}", zh="{path} 有错误，请运行 nqpf-assess check {path}")


@step("list")
@option("--json", "as_json", is_flag=True, words=text(en="Rows for machines.", zh="以 JSON 输出。"))
@option("--questionnaire", metavar="ID|PATH", words=text(en="Of this questionnaire only.", zh="只列此问卷的方案。"))
def command(settings: Settings, *, as_json: bool, questionnaire: str | None) -> int:
    """List the rubrics of every questionnaire that is found."""
    from nqpf_assess.pages.rubric import list_table
    from nqpf_assess.report.text import table_lines

    library = library_of(settings)
    held = [(book, library.profiles(book)) for book in books(library, questionnaire)]
    if as_json:
        say_json([_row(book, rubric) for book, rubrics in held for rubric in rubrics if rubric.chain])
        return 0
    for index, (book, rubrics) in enumerate(held):
        title = tell(book.value.title, settings.language)
        say(("\n" if index else "") + settings.tell(HEAD, title=title, id=book.value.id))
        sound = [rubric.chain[-1] for rubric in rubrics if rubric.chain and not errors(rubric.problems)]
        for line in table_lines(list_table(book.value, sound, settings.language), width()):
            say(line.rstrip())
        for rubric in rubrics:
            if errors(rubric.problems):
                tell_user(settings.tell(FAULTY, path=rubric.path))
    return 0


def _row(book: "Book", rubric: "Rubric") -> dict[str, Any]:
    file = rubric.chain[-1]
    return {
        "id": file.id,
        "questionnaire": book.value.id,
        "name": dict(file.name),
        "based_on": file.based_on,
        "version": file.version or rubric.chain[0].version,
        "path": str(rubric.path),
        "sound": not errors(rubric.problems),
    }
