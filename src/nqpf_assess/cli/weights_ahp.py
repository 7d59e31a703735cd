"""`weights ahp FILE...`: weights from judgements of pairs, and a profile that keeps the judgements."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Settings, option
from nqpf_assess.cli.output import print_data, print_json, print_note, print_problems
from nqpf_assess.cli.targets import refuse_existing, refuse_other_ending
from nqpf_assess.cli.weights import step
from nqpf_assess.files.places import as_word
from nqpf_assess.locale import _
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.weights import BASELINE

if TYPE_CHECKING:
    from nqpf_assess.engine.ahp import Method
    from nqpf_assess.files.judging import ReadJudgements
    from nqpf_assess.files.library import Library

NO_WEIGHTS = _("no weights can be worked out until this is corrected")
NEEDS_QUESTIONNAIRE = _("to draft a profile, say for which questionnaire: --questionnaire region")
NAME = _("Weights by pairwise comparison (AHP)")
WROTE = _("{file} is written: a draft with the judgements in it. Read it, then: nqpf-assess check {file}")

STAY = _(
    "These are the weights that the judgements give. To change judgements moves none in a profile; -o drafts another."
)


def _base(library: "Library", read: "ReadJudgements", questionnaire: str) -> str:
    """Return on what the judged weights rest: what a profile that keeps the judgements is based on, a baseline itself.

    Of a table, which names none, it is the baseline.
    """
    if read.rubric is None:
        return BASELINE
    path, based_on = read.rubric
    base = library.weights_path(based_on, questionnaire, beside=path) if based_on else path
    return str(base or based_on)


def _unfollowed(library: "Library", read: "ReadJudgements") -> list[Problem]:
    """Return where a profile does not weigh what its judgements say, as `check` does."""
    book = library.questionnaire(read.questionnaire, stated=True)
    if read.rubric is None or book is None or book.subject is None:
        return []
    own = library.open_weights(read.rubric[0], book).own_problems
    return [problem for problem in own if problem.code == "judgement_unfollowed"]


@step("ahp", to_the_end=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FilePath())
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
    words=_("Rubric to base the profile on; the default is what the judged profile is based on, else the baseline."),
)
@option(
    "-o",
    "--output",
    metavar="PROFILE.toml",
    type=FilePath(),
    words=_("Profile to draft."),
)
def command(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    method: "Method",
    as_json: bool,
    questionnaire: str | None,
    weights: str | None,
    output: Path | None,
) -> int:
    """Work out weights; several files or tables are several experts or groups."""
    from nqpf_assess.engine.ahp import along_the_hierarchy
    from nqpf_assess.engine.rubric import along_paths
    from nqpf_assess.exchange.ahp_json import ahp_json
    from nqpf_assess.files.drafting import as_judged, drafted
    from nqpf_assess.files.judging import panels, read_judgements
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.model.questionnaire import title_of
    from nqpf_assess.pages.ahp import ahp_lines
    from nqpf_assess.session.content import sound_instrument
    from nqpf_assess.session.judgements import by_id, weights_of

    read = read_judgements(files)
    if errors(read.problems):
        raise UserError(NO_WEIGHTS, problems=read.problems)
    named = questionnaire or read.questionnaire
    if output is not None:
        refuse_other_ending(output, ".toml")
    if output is not None and not named:
        raise UserError(NEEDS_QUESTIONNAIRE, status=2)
    library = library_of(settings)
    # What the judgements name themselves is a help to read them by and need not be at hand; what is asked for must be.
    sought = questionnaire is not None or output is not None
    instrument, base = None, weights or _base(library, read, named)
    if named and (sought or (library.questionnaire(named, stated=True) and library.weights_path(base, named))):
        instrument = sound_instrument(library, named, base, stated=questionnaire is None)
        read = by_id(read, instrument)
    found = panels(read, method)
    shares = along_the_hierarchy(found)
    if instrument is not None:
        along = along_paths(instrument, as_judged(instrument, weights_of(found)))
        shares = {member: along[member] for panel in found for member in panel.members}
    if as_json:
        print_json(ahp_json(found, shares, method))
    else:

        def title(id: str) -> str:
            known = instrument is not None and id in instrument.nodes
            return settings.tell(title_of(instrument.questionnaire, id)) if known and instrument else id

        on = None if instrument is None else instrument.name
        for line in ahp_lines(found, shares, title, settings.language, on=on):
            print_data(line)
    if output is None and read.questionnaire:
        unfollowed = _unfollowed(library, read)
        print_problems(unfollowed, settings.language)
        if not unfollowed:
            print_note(settings.tell(STAY))
    if output is not None and instrument is not None:
        from nqpf_assess.pages.ahp import by_condition, reason_of

        refuse_existing(output)
        panel_of = {member: panel for panel in found for member in panel.members}
        words = drafted(
            instrument,
            weights_of(found),
            id=output.stem,
            name=NAME,
            why=lambda node, before, now: reason_of(panel_of[node], before, now),
            judgements=[entry for _source, entry in read.judgements],
        )
        write_whole(output, words.encode())
        print_note(settings.tell(WROTE, file=as_word(output)))
        said = by_condition(instrument, panel_of)
        if said is not None:
            print_note(settings.tell(said))
    return 0
