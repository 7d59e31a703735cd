"""What the shell offers while a command is typed: ids of what is there, beside commands, options and files."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from nqpf_assess.files.presence import is_file
from nqpf_assess.model.problem import UserError


def _offered(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})


def _else_files(names: Sequence[str], incomplete: str) -> list[CompletionItem]:
    """Return names, else leave it to the shell to offer files; bash drops the names where both are offered."""
    items = [CompletionItem(name) for name in names]
    return items if items and incomplete else [*items, CompletionItem(incomplete, type="file")]


def _roots(ctx: click.Context) -> Any:
    from nqpf_assess.files.places import roots

    return roots(getattr(ctx.find_root().obj, "content", ()))


def _held(ctx: click.Context, kind: str) -> list[str]:
    from nqpf_assess.files.places import inventory

    return [row.id for row in inventory(_roots(ctx)) if row.kind == kind]


def questionnaires(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Sequence[str | CompletionItem]:
    """Return the ids of questionnaires that are found; where none begins so, the shell offers files."""
    return _offered(_held(ctx, "questionnaire"), incomplete) or _else_files((), incomplete)


def rubrics(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Sequence[str | CompletionItem]:
    """Return the ids of rubrics that are found, of whatever questionnaire; where none begins so, files are offered."""
    ids = (id.rpartition("/")[2] for id in _held(ctx, "weights"))
    return _offered(ids, incomplete) or _else_files((), incomplete)


def exportables(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of questionnaires; the shell offers files where none begins so, or nothing was typed."""
    return _else_files(_offered(_held(ctx, "questionnaire"), incomplete), incomplete)


def _questionnaire_of(ctx: click.Context) -> Any:
    """Return the questionnaire of the answer file that was typed before; None where there is none to be read."""
    from nqpf_assess.files.library import Library

    # Behind an option that still waits for its value the arguments are not known yet; the shell's words are.
    words = [str(ctx.params.get("file") or ""), *os.environ.get("COMP_WORDS", "").split()]
    file = next((Path(word) for word in words if word.endswith(".toml") and is_file(Path(word))), None)
    if file is None:
        return None
    try:
        sheet = Library(_roots(ctx)).open_answers(file, questionnaire=ctx.params.get("questionnaire"))
    except UserError:
        return None
    return None if sheet.instrument is None else sheet.instrument.questionnaire


def nodes(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the pillars, dimensions and questions of the answer file that was typed before."""
    found = _questionnaire_of(ctx)
    below = () if found is None else (*found.pillars, *found.dimensions, *found.questions)
    return _offered(("overall", *below), incomplete)


def countermeasures(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the countermeasures of the answer file that was typed before, behind those that are named already."""
    found = _questionnaire_of(ctx)
    named, comma, begun = incomplete.rpartition(",")
    left = () if found is None else [id for id in found.countermeasures if id not in named.split(",")]
    return [named + comma + id for id in _offered(left, begun)]


def codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the codes of the findings of a check."""
    from nqpf_assess.files.lessons import codes as known

    return _offered(known(), incomplete)


def maps(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of maps of statistics sheets at hand; where none begins so, the shell offers files."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.mapping import maps_at_hand

    return _else_files(_offered(maps_at_hand(Library(_roots(ctx))), incomplete), incomplete)


BY_NAME: Mapping[str, Any] = {
    "--questionnaire": questionnaires,
    "--old-questionnaire": questionnaires,
    "--weights": rubrics,
    "--old-weights": rubrics,
    "--from": rubrics,
    "--map": maps,
}
"""What is offered for options of these names, in whatever command they stand."""
