"""`weights ahp FILE...`: weights from judgements of pairs, and a profile that keeps the judgements."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.bilingual import option
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_data, print_json, print_note, print_problems
from nqpf_assess.cli.rubrics import refuse_existing
from nqpf_assess.cli.weights import step
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError, errors

if TYPE_CHECKING:
    from nqpf_assess.engine.ahp import Method, Panel
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.files.judging import Read

BASELINE = "baseline"
NEEDS_QUESTIONNAIRE = _("to draft a profile, say for which questionnaire: --questionnaire region")
NO_PART = _("“{name}” is not a part of “{group}”")
PARTS = _("Parts of it: {parts}")
NO_GROUP = _("“{group}” is no pillar or dimension of this questionnaire")
GROUP_HINT = _("Leave “of” out to compare the pillars. Otherwise: {parts}")
NAME = _("Weights by pairwise comparison (AHP)")
WROTE = _("{file} is written: a draft with the judgements in it. Read it, then: nqpf-assess check {file}")


@step("ahp")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@option(
    "--method",
    type=click.Choice(["eigenvector", "geometric"]),
    default="eigenvector",
    words=_("How weights are worked out; the default is eigenvector."),
)
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--questionnaire", metavar="ID|PATH", words=_("Questionnaire it is about."))
@option(
    "--weights",
    metavar="ID|PATH",
    default=BASELINE,
    words=_("Rubric to base the profile on; the default is the baseline."),
)
@option(
    "-o",
    "--output",
    metavar="PROFILE.toml",
    type=click.Path(path_type=Path),
    words=_("Profile to draft."),
)
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    method: "Method",
    as_json: bool,
    questionnaire: str | None,
    weights: str,
    output: Path | None,
) -> int:
    """Work out weights; several files or tables are several experts or groups."""
    from nqpf_assess.engine.ahp import along_the_hierarchy
    from nqpf_assess.exchange.ahp_json import ahp_json
    from nqpf_assess.files.judging import panels, read_judgements
    from nqpf_assess.pages.ahp import ahp_lines

    read = read_judgements(files)
    if errors(read.problems):
        print_problems(read.problems, settings.language)
        return 1
    named = questionnaire or read.questionnaire
    sought = questionnaire is not None or output is not None
    instrument = _instrument(settings, named, weights, sought=sought) if named else None
    if output is not None and instrument is None:
        if named:
            return 1
        raise UserError(NEEDS_QUESTIONNAIRE, status=2)
    read = _by_id(read, instrument) if instrument is not None else read
    found = panels(read, method)
    shares = along_the_hierarchy(found, _above(instrument))
    if as_json:
        print_json(ahp_json(found, shares, method))
    else:
        for line in ahp_lines(found, shares, _titles(settings, instrument), settings.language):
            print_data(line)
    if output is not None and instrument is not None:
        _draft(settings, instrument, found, read, output)
    return 0


def _instrument(settings: Settings, questionnaire: str, weights: str, *, sought: bool) -> "Instrument | None":
    """Find the questionnaire with its rubric; where nobody asked for it (`sought`), only if it is there and sound."""
    library = library_of(settings)
    if not sought and library.questionnaire(questionnaire, stated=True) is None:
        return None
    instrument, problems = library.instrument(questionnaire, weights)
    if instrument is None:
        print_problems(errors(problems), settings.language)
    return instrument


def _titles(settings: Settings, instrument: "Instrument | None") -> Callable[[str], str]:
    """Call a member by its title where the questionnaire knows it."""
    from nqpf_assess.model.questionnaire import title_of

    def title(id: str) -> str:
        known = instrument is not None and id in instrument.nodes
        return tell(title_of(instrument.questionnaire, id), settings.language) if known and instrument else id

    return title


def _above(instrument: "Instrument | None") -> dict[str, float]:
    from nqpf_assess.engine.rubric import along_paths
    from nqpf_assess.files.drafting import shares_before

    return {} if instrument is None else along_paths(instrument, shares_before(instrument))


def _by_id(read: "Read", instrument: "Instrument") -> "Read":
    """Put ids in place of titles; raises `UserError` where a member is no part of its group."""
    from dataclasses import replace

    ids = _ids(instrument)
    found = []
    for source, entry in read.judgements:
        members = tuple(ids.get(member, member) for member in entry.members)
        of = ids.get(entry.of, entry.of) if entry.of else _parent(instrument, members)
        _fits(instrument, of or "", members)
        found.append((source, entry.model_copy(update={"members": members, "of": of or None})))
    return replace(read, judgements=tuple(found))


def _ids(instrument: "Instrument") -> dict[str, str]:
    from nqpf_assess.model.questionnaire import title_of

    words = {id: title_of(instrument.questionnaire, id).values() for id in instrument.nodes}
    return {said: id for id, several in words.items() for said in several}


def _parent(instrument: "Instrument", members: Sequence[str]) -> str:
    """Give the whole that the first member is a part of, "" for a pillar or what is unknown."""
    questionnaire = instrument.questionnaire
    first = members[0]
    if first in questionnaire.dimensions:
        return questionnaire.dimensions[first].pillar
    return questionnaire.questions[first].dimension if first in questionnaire.questions else ""


def _fits(instrument: "Instrument", of: str, members: Sequence[str]) -> None:
    from nqpf_assess.files.rules.judging import PILLARS, siblings
    from nqpf_assess.files.rules.naming import listed

    inside = siblings(instrument.questionnaire, of)
    if not inside:
        groups = listed((*instrument.pillars, *instrument.dimensions), most=40)
        raise UserError(fill(NO_GROUP, group=of), hint=fill(GROUP_HINT, parts=groups))
    for member in members:
        if member not in inside:
            raise UserError(fill(NO_PART, name=member, group=of or PILLARS), hint=fill(PARTS, parts=listed(inside, 40)))


def _draft(settings: Settings, instrument: "Instrument", found: Sequence["Panel"], read: "Read", output: Path) -> None:
    from nqpf_assess.files.drafting import drafted
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.pages.ahp import reason_of

    refuse_existing(output)
    panel_of = {member: panel for panel in found for member in panel.members}
    words = drafted(
        instrument,
        [dict(zip(panel.members, panel.found.weights, strict=True)) for panel in found],
        id=output.stem,
        name=NAME,
        why=lambda node, before, now: reason_of(panel_of[node], before, now),
        judgements=[entry for _, entry in read.judgements],
    )
    write_whole(output, words.encode())
    print_note(settings.tell(WROTE, file=output))
