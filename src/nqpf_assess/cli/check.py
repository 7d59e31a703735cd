"""`check PATH...`: every problem of questionnaires, weights and answer files, in one run."""

from pathlib import Path

import click

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import counted, say, say_json, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import text


@subcommand("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=text(en="Rows for machines.", zh="以 JSON 输出。"))
@option("--strict", is_flag=True, words=text(en="Warnings count as errors.", zh="警告视同错误。"))
@option("--questionnaire", metavar="ID|PATH", words=text(en="Questionnaire to check against.", zh="据以检查的问卷。"))
@option("--weights", metavar="ID|PATH", words=text(en="Rubric to check against.", zh="据以检查的权重方案。"))
def command(
    settings: Settings,
    *,
    paths: tuple[Path, ...],
    as_json: bool,
    strict: bool,
    questionnaire: str | None,
    weights: str | None,
) -> int:
    """Check files, folders and workspaces."""
    from nqpf_assess.files.checking import check
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.places import roots

    library = Library(roots(settings.content))
    problems = check(library, paths, questionnaire=questionnaire, weights=weights)
    if as_json:
        say_json([problem.as_row(settings.language) for problem in problems])
    else:
        for problem in problems:
            say(problem.told(settings.language))
        tell_user(counted(problems, settings.language))
    grave = ("error", "warning") if strict else ("error",)
    return int(any(problem.severity in grave for problem in problems))
