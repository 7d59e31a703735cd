"""How commands open answer files: with the shared options, every problem printed, nothing half loaded."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import tell_problems, tell_user
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text

if TYPE_CHECKING:
    from nqpf_assess.files.library import Library, Sheet

CONTENT_OPTIONS = (
    option(
        "--questionnaire",
        metavar="ID|PATH",
        words=text(en="Questionnaire, instead of the one the file names.", zh="指定问卷，替代答卷所写。"),
    ),
    option(
        "--weights",
        metavar="ID|PATH",
        words=text(en="Rubric, instead of the one the file names.", zh="指定权重方案，替代答卷所写。"),
    ),
)


def content_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose another questionnaire or rubric."""
    for add in reversed(CONTENT_OPTIONS):
        function = add(function)
    return function


def library_of(settings: Settings) -> "Library":
    """Make the library that looks where the command line says."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    return Library(roots(settings.content))


def open_sound(
    settings: Settings, library: "Library", path: Path, *, questionnaire: str | None = None, weights: str | None = None
) -> "Sheet | None":
    """Open an answer file; where it or its content has errors, print them all and give None."""
    from nqpf_assess.model.problem import errors

    sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights)
    if sheet.sound:
        return sheet
    tell_problems(errors(sheet.problems), settings.language)
    words = text(en="{path} cannot be scored until this is mended.", zh="{path} 须先改正以上错误才能评分。")
    tell_user(settings.tell(words, path=path))
    return None
