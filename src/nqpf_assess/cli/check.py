"""`check PATH...`: every problem of questionnaires, weights and answer files, in one run."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, subcommand
from nqpf_assess.cli.completing import codes
from nqpf_assess.cli.output import counted, print_data, print_json, print_note, unheard
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.model.problem import Problem

NO_PATH = _("PATH... is missing")

CLEAR = "\x1b[2J\x1b[H"
"""A clean screen, before each look of `--watch`."""
NO_QUESTIONNAIRE = _("“{path}” is no questionnaire")


@subcommand("check")
@click.argument("paths", nargs=-1, metavar="PATH...", type=FilePath())
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--strict", is_flag=True, words=_("Warnings count as errors."))
@option("--questionnaire", metavar="ID|PATH", words=_("Questionnaire to check against."))
@option("--weights", metavar="ID|PATH", words=_("Rubric to check against."))
@option(
    "--explain",
    "code",
    metavar="CODE",
    shell_complete=codes,
    words=_("Teach a code, with a wrong and a right example."),
)
@option(
    "--logic",
    is_flag=True,
    words=_("Tell the logic of questionnaires: what leads to what, shortest and longest way, minutes, reading level."),
)
@option(
    "--watch",
    is_flag=True,
    words=_("Check again whenever a file is saved; Ctrl+C ends."),
)
def command(
    settings: Settings,
    *,
    paths: tuple[Path, ...],
    as_json: bool,
    strict: bool,
    code: str | None,
    logic: bool,
    watch: bool,
    **against: str | None,
) -> int:
    """Check files, folders and workspaces; or teach what a code means."""
    if code is not None:
        from nqpf_assess.files.lessons import lesson

        for line in lesson(code).lines(settings.language):
            print_data(line)
        return 0
    if not paths:
        raise Refused(NO_PATH)
    if logic:
        return _logic(settings, paths, as_json=as_json)
    if watch:
        from nqpf_assess.cli import watching
        from nqpf_assess.files.places import roots

        def look() -> None:
            if sys.stdout.isatty():
                sys.stdout.write(CLEAR)
            _print(settings, paths, _problems(settings, paths, against), as_json=as_json)
            sys.stdout.flush()

        found = (root.path / name for root in roots(settings.content) for name in ("questionnaires", "weights"))
        watching.watch([*paths, *found], look)
        return 0
    problems = _problems(settings, paths, against)
    with unheard():  # the status is that of all that was found, also behind `| head`
        _print(settings, paths, problems, as_json=as_json)
    grave = ("error", "warning") if strict else ("error",)
    return int(any(problem.severity in grave for problem in problems))


def _problems(settings: Settings, paths: tuple[Path, ...], against: dict[str, str | None]) -> "tuple[Problem, ...]":
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    return check(Library(roots(settings.content)), paths, **against)


def _print(settings: Settings, paths: tuple[Path, ...], problems: "tuple[Problem, ...]", *, as_json: bool) -> None:
    from nqpf_assess.files.checking import files_read

    if as_json:
        print_json([problem.as_row(settings.language) for problem in problems])
        return
    for problem in problems:
        print_data(problem.told(settings.language))
    print_note(counted(problems, settings.language, files=len(files_read(paths))))


def _logic(settings: Settings, paths: tuple[Path, ...], *, as_json: bool) -> int:
    from nqpf_assess.files.checking import questionnaires_in
    from nqpf_assess.files.library import refuse_errors
    from nqpf_assess.pages.logic import logic_json, logic_lines

    library, found = library_of(settings), []
    for path in paths:
        inside = questionnaires_in(path)
        if not inside:
            raise UserError(fill(NO_QUESTIONNAIRE, path=path))
        for place in inside:
            book = library.questionnaire(str(place))
            if book is None:
                raise UserError(fill(NO_QUESTIONNAIRE, path=path))
            refuse_errors(place, book.problems)
            found.append(book.value)
    if as_json:
        print_json([logic_json(questionnaire) for questionnaire in found])
        return 0
    for questionnaire in found:
        print_data(tell(questionnaire.title, settings.language))
        for line in logic_lines(questionnaire, settings.language):
            print_data(line)
    return 0
