"""`check PATH...`: every problem of questionnaires, weights and answer files, in one run."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import counted, say, say_json, tell_problems, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.text import fill, tell, text

if TYPE_CHECKING:
    from nqpf_assess.model.problem import Problem

NO_PATH = text(en="PATH... is missing", zh="缺少 PATH...")

NO_QUESTIONNAIRE = text(en="“{path}” is no questionnaire", zh="“{path}”不是问卷")


@subcommand("check")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=text(en="Rows for machines.", zh="以 JSON 输出。"))
@option("--strict", is_flag=True, words=text(en="Warnings count as errors.", zh="警告视同错误。"))
@option("--questionnaire", metavar="ID|PATH", words=text(en="Questionnaire to check against.", zh="据以检查的问卷。"))
@option("--weights", metavar="ID|PATH", words=text(en="Rubric to check against.", zh="据以检查的权重方案。"))
@option(
    "--explain",
    "code",
    metavar="CODE",
    words=text(en="Teach a code, with a wrong and a right example.", zh="讲解一个代码，附错误和正确写法。"),
)
@option(
    "--logic",
    is_flag=True,
    words=text(
        en="Tell the logic of questionnaires: what leads to what, shortest and longest way, minutes, reading level.",
        zh="说明问卷的逻辑：条件关系、最短最长路径、填写时间、阅读难度。",
    ),
)
@option(
    "--watch",
    is_flag=True,
    words=text(en="Check again whenever a file is saved; Ctrl+C ends.", zh="每次保存文件后重新检查，按 Ctrl+C 结束。"),
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
        return _explain(settings, code)
    if not paths:
        raise Refused(NO_PATH)
    if logic:
        return _logic(settings, paths, as_json=as_json)
    if watch:
        return _watch(settings, paths, against, as_json=as_json)
    problems = _problems(settings, paths, against)
    _tell(settings, paths, problems, as_json=as_json)
    grave = ("error", "warning") if strict else ("error",)
    return int(any(problem.severity in grave for problem in problems))


def _problems(settings: Settings, paths: tuple[Path, ...], against: dict[str, str | None]) -> "tuple[Problem, ...]":
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    return check(Library(roots(settings.content)), paths, **against)


def _tell(settings: Settings, paths: tuple[Path, ...], problems: "tuple[Problem, ...]", *, as_json: bool) -> None:
    from nqpf_assess.files.checking import files_read

    if as_json:
        say_json([problem.as_row(settings.language) for problem in problems])
        return
    for problem in problems:
        say(problem.told(settings.language))
    tell_user(counted(problems, settings.language, files=len(files_read(paths))))


CLEAR = "\x1b[2J\x1b[H"


def _watch(settings: Settings, paths: tuple[Path, ...], against: dict[str, str | None], *, as_json: bool) -> int:
    """Check again after every change, on a clean screen where there is one."""
    import sys

    from nqpf_assess.cli.watching import watch

    def look() -> None:
        if sys.stdout.isatty():
            sys.stdout.write(CLEAR)
        _tell(settings, paths, _problems(settings, paths, against), as_json=as_json)
        sys.stdout.flush()

    watch(paths, look)
    return 0


def _explain(settings: Settings, code: str) -> int:
    from nqpf_assess.files.lessons import lesson

    for line in lesson(code).lines(settings.language):
        say(line)
    return 0


def _logic(settings: Settings, paths: tuple[Path, ...], *, as_json: bool) -> int:
    from nqpf_assess.cli.opening import library_of
    from nqpf_assess.model.problem import UserError, errors
    from nqpf_assess.pages.logic import logic_json, logic_lines

    books = [(path, library_of(settings).questionnaire(str(path))) for path in paths]
    for path, book in books:
        if book is None:
            raise UserError(fill(NO_QUESTIONNAIRE, path=path))
        if book.subject is None or errors(book.problems):
            tell_problems(errors(book.problems), settings.language)
            return 1
    found = [book.value for _, book in books if book is not None]
    if as_json:
        say_json([logic_json(questionnaire) for questionnaire in found])
        return 0
    for questionnaire in found:
        say(tell(questionnaire.title, settings.language))
        for line in logic_lines(questionnaire, settings.language):
            say(line)
    return 0
