"""`weights show NAME`: what a rubric changes against the baseline and for whom; `--effect SAMPLES...` what it does."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.answer_files import Batch, library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option
from nqpf_assess.cli.completing import rubrics
from nqpf_assess.cli.output import print_data, print_json, print_note, width
from nqpf_assess.cli.weights import sample_answers, step
from nqpf_assess.locale import _, fill, tell
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.model.answers import Answers

NO_SAMPLES = _("--effect wants answer files to try the rubric on")
NOT_ASKED = _("to try the rubric on answer files, add --effect")
NONE_FITS = _("none of the files is an answer file of “{id}” that can be scored")
SKIPPED = _("{path} is left out: it belongs to “{other}”")


@step("show")
@click.argument("name", shell_complete=rubrics)
@click.argument("samples", nargs=-1, metavar="[SAMPLES...]", type=FilePath())
@option(
    "--effect",
    is_flag=True,
    words=_("Show what it does to these answer files: bands, ranks, first measures, weights that matter."),
)
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@option("--questionnaire", metavar="ID|PATH", words=_("Its questionnaire."))
def command(
    settings: Settings, *, name: str, samples: tuple[Path, ...], effect: bool, as_json: bool, questionnaire: str | None
) -> int:
    """Show a rubric."""
    if effect != bool(samples):
        raise Refused(NO_SAMPLES if effect else NOT_ASKED)
    from nqpf_assess.session.content import sound_rubric

    instrument, _path = sound_rubric(library_of(settings), name, questionnaire)
    if effect:
        return _effect(settings, instrument, samples, as_json=as_json)
    if as_json:
        print_json(_as_json(instrument, settings.language))
        return 0
    from nqpf_assess.pages.rubric import rubric_lines

    for line in rubric_lines(instrument, settings.language):
        print_data(line)
    return 0


def _as_json(instrument: "Instrument", language: str) -> dict[str, Any]:
    from nqpf_assess.engine.instrument import rubric_identity
    from nqpf_assess.model.base import canonical
    from nqpf_assess.pages.rubric import shares_alone
    from nqpf_assess.report.condition_words import condition_words

    file, used = instrument.profile, rubric_identity(instrument)
    return {
        "id": file.id,
        "with": {id: float(share) for id, share in used.shares.items()},
        "questionnaire": file.questionnaire,
        "version": used.version,
        "digest": used.digest,
        "chain": [base.id for base in instrument.chain],
        "name": {language: tell(instrument.name, language) for language in file.name},
        "fits": None if file.fits is None else condition_words(file.fits, instrument.questionnaire, language),
        "adjust": [
            {
                "from": base.id,
                "node": change.node,
                "factor": None if change.factor is None else float(change.factor),
                "target": None if change.target is None else float(change.target),
                "when": None if change.when is None else canonical(change.when),
                "why": tell(change.why, language),
                "share_baseline": shares_alone(instrument, change)[0],
                "share_alone": shares_alone(instrument, change)[1],
            }
            for base in {base.id: base for _, chain in instrument.profiles for base in chain}.values()
            for change in base.adjust
        ],
    }


def _effect(settings: Settings, instrument: "Instrument", paths: tuple[Path, ...], *, as_json: bool) -> int:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.engine.previewing import effects, sensitivities, silent
    from nqpf_assess.pages.rubric import AGAINST, effect_lines, effect_rows, effect_table
    from nqpf_assess.report.text import table_lines

    samples = _samples(settings, instrument, paths)
    if samples is None:
        return 1
    moved = effects(Instrument(instrument.questionnaire, instrument.chain[:1]), instrument, samples)
    sensitive, unfired = sensitivities(instrument, samples), silent(instrument, samples)
    if as_json:
        print_json(
            {
                "samples": effect_rows(moved),
                "sensitivity": [{"node": row.node, "most": row.most, "mean": row.mean} for row in sensitive],
                "never_fires": [{"from": file, "adjust": index, "node": c.node} for file, index, c in unfired],
            }
        )
        return 0
    base = tell(instrument.chain[0].name, settings.language)
    print_data(settings.tell(AGAINST, count=len(moved), base=base))
    for line in table_lines(effect_table(moved, instrument, settings.language), width()):
        print_data(line.rstrip())
    for line in effect_lines(moved, sensitive, unfired, instrument, settings.language):
        print_data(line)
    return 0


def _samples(settings: Settings, instrument: "Instrument", paths: tuple[Path, ...]) -> "dict[str, Answers] | None":
    """Read the answer files that belong to the questionnaire; where one has errors, print them and return None."""
    library, batch = library_of(settings), Batch(settings)
    found: dict[str, Answers] = {}
    for path in batch.answer_files(paths):
        with batch.each():
            answers = sample_answers(settings, library, path, instrument.questionnaire.id)
            if answers.questionnaire.id not in ("", instrument.questionnaire.id):
                print_note(settings.tell(SKIPPED, path=path, other=answers.questionnaire.id))
            else:
                found[str(path) if path.stem in found else path.stem] = answers
    if batch.status:
        return None
    if not found:
        raise UserError(fill(NONE_FITS, id=instrument.questionnaire.id))
    return found
