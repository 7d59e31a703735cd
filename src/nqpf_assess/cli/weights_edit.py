"""`weights edit NAME`: the rubric editor; with `--node` one change without a terminal, its difference shown."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.answer_files import library_of
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, words_typed
from nqpf_assess.cli.completing import rubrics
from nqpf_assess.cli.output import print_data, print_note
from nqpf_assess.cli.weights import sample_answers, step
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.session.rubric_editing import RubricEditing

NO_TERMINAL = _("there is no terminal to edit in; say the change: --node ID --factor N --why-en ... --why-zh ...")
NO_NODE = _("“{node}” is no pillar, dimension or question of this questionnaire")
FACTOR_IN_BASELINE = _("a baseline states weights: use --weight, not --factor")
WEIGHT_IN_PROFILE = _("a profile states factors: use --factor, not --weight")
PICK = _("“{node}” has several adjustments here; choose one in the editor, or in the file")
COPY = _("“{name}” came with the program and is not changed itself: the change goes into a copy, {path}")
BASE = _(
    "Profiles that lie beside another baseline, as those that came with the program do, stay based on that one; the "
    "copy counts for what lies beside it, and beside none. “nqpf-assess init” makes a folder with all of them side by "
    "side."
)
SAY_WHY = _('Add --why-en "..." and --why-zh "...".')
OTHER_LANGUAGE = _("Reasons in {languages} are written in the editor (weights edit {name}), or in the file.")
WROTE = _("{path} is saved")
TRIED = _("nothing was written (--dry-run)")
VERSION_STAYS = _('the version stays {present}; the change asks for version = "{wanted}" in the file')
UNSAVED = _("{path} has unsaved changes from the editor; open it there first, or they would be mixed with this one")


OTHER_SAMPLE = _("{path} answers the questionnaire “{found}”, and the rubric weighs “{wanted}”: choose another sample")
EFFECT = _("{sample}: {before} → {after}; first measures: {measures}")
NO_MEASURES = _("none")


@step("edit", to_the_end=True)
@click.argument("name", shell_complete=rubrics)
@option("--node", metavar="ID", words=_("Pillar, dimension or question to change."))
@option("--factor", metavar="N", words=_("Factor on its weight (profiles)."))
@option("--weight", metavar="N", words=_("Its weight (baselines)."))
@option("--target", metavar="N", words=_("Its target, 0 to 100."))
@option("--why-en", metavar="REASON", callback=words_typed, words=_("The reason in English."))
@option("--why-zh", metavar="REASON", callback=words_typed, words=_("The reason in Chinese."))
@option("--dry-run", is_flag=True, words=_("Show the difference only."))
@option(
    "--sample",
    type=FilePath(),
    metavar="FILE",
    words=_("Answer file whose score is watched."),
)
@option("--questionnaire", metavar="ID|PATH", words=_("Its questionnaire."))
def command(
    settings: Settings, *, name: str, questionnaire: str | None, sample: Path | None, dry_run: bool, **typed: str | None
) -> int:
    """Edit a rubric; shipped ones as a copy in the workspace."""
    from nqpf_assess.cli.assess import must_be_plain, stated_language
    from nqpf_assess.files.places import shipped
    from nqpf_assess.session.content import find_rubric
    from nqpf_assess.session.rubric_editing import open_rubric, samples_for

    library = library_of(settings)
    if typed["node"] is None and must_be_plain():
        raise Refused(NO_TERMINAL)
    workspace = settings.content[0] if settings.content else Path()
    editing = open_rubric(*find_rubric(library, name, questionnaire), workspace)
    try:
        if sample is not None:
            wanted = editing.book.value.id
            answers = sample_answers(settings, library, sample, wanted)
            if (found := answers.questionnaire.id) not in ("", wanted):
                raise UserError(fill(OTHER_SAMPLE, path=sample, found=found, wanted=wanted), status=2)
            editing.watch(answers, sample.stem)
        else:
            folders = (workspace / "samples", shipped() / "samples")
            for found, answers in islice(samples_for(library, editing.book.value.id, folders), 1):
                editing.watch(answers, found)
        if typed["node"] is not None:
            return _change(settings, editing, typed, dry_run=dry_run)
        from nqpf_assess.session.options import Options
        from nqpf_assess.tui.app import run_app

        options = Options(
            language=stated_language(settings),
            locale=settings.language,
            content=settings.content,
            colour=settings.colour,
            rubric=editing,
        )
        return run_app(options)
    finally:
        editing.close()


def _change(settings: Settings, editing: "RubricEditing", typed: dict[str, Any], *, dry_run: bool) -> int:
    """Make the one change that the options name; print its difference, and what it does to the sample."""
    from nqpf_assess.engine.instrument import chain_version
    from nqpf_assess.files.places import shown
    from nqpf_assess.files.rules.naming import suggestion
    from nqpf_assess.kinds.kind import Refusal
    from nqpf_assess.report.wording import number
    from nqpf_assess.session.rubric_editing import ASIDE, NO_COMMENT, NO_REASON

    node, nodes = typed["node"], editing.instrument.nodes
    if editing.resumed:
        raise UserError(fill(UNSAVED, path=editing.file.path), status=3)
    if editing.aside is not None:
        print_note(settings.tell(ASIDE, path=editing.aside))
    if node not in nodes:
        raise UserError(fill(NO_NODE, node=node), hint=suggestion(node, [*nodes]), status=2)
    why = {language: typed[f"why_{language}"] or "" for language in ("en", "zh")}
    edits = _baseline_edits(editing, typed, why) if editing.is_baseline else _adjustments(editing, typed, why)
    mistyped = next((edit for edit in edits if isinstance(edit, Refusal)), None)
    # Both or neither: half a change would lie in the draft, and stand in the way of the next one.
    refusal = mistyped or (editing.make(edits[0]) if len(edits) == 1 else editing.make_all(edits))
    if refusal is not None:
        other = [code for code in editing.languages if f"why_{code}" not in typed]
        say = fill(OTHER_LANGUAGE, languages=listed(other), name=editing.file.path.stem) if other else SAY_WHY
        hint = say if refusal.why in (NO_REASON, NO_COMMENT) else None
        raise UserError(refusal.why, hint=hint, status=2 if mistyped else 1)
    if editing.file.path != editing.file.source:
        values = {"name": editing.file.path.stem, "path": editing.file.path.absolute()}
        print_note(settings.tell(COPY, **values))
        if editing.is_baseline:
            print_note(settings.tell(BASE))
    for line in editing.difference():
        print_data(line)
    before, now = editing.before().seen, editing.now().seen
    if before is not None and now is not None:
        measures = editing.book.value.countermeasures
        titles = [settings.tell(measures[id].title) for id in now.first] or [settings.tell(NO_MEASURES)]
        first = grammar(settings.language).semicolon.join(titles)
        values = {"sample": editing.sample_name, "before": number(before.score, 2), "after": number(now.score, 2)}
        print_note(settings.tell(EFFECT, **values, measures=first))
    if (wanted := editing.proposed_version()) is not None:
        print_note(settings.tell(VERSION_STAYS, present=chain_version(editing.instrument.chain), wanted=wanted))
    if dry_run:
        editing.file.forget()
        print_note(settings.tell(TRIED))
    else:
        editing.save()
        print_note(settings.tell(WROTE, path=shown(editing.file.path)))
    return 0


def _adjustments(editing: "RubricEditing", typed: dict[str, Any], why: dict[str, str]) -> list[Any]:
    """Return the change of a profile: of the one adjustment the node has here, or a new one.

    Where it has a factor and a target and one of the two is changed, the reason is for that one; the other keeps its.
    """
    from nqpf_assess.files.editing import Adjusted, Argued

    if typed["weight"] is not None:
        raise Refused(WEIGHT_IN_PROFILE)
    own = editing.own(typed["node"])
    if len(own) > 1:
        raise UserError(fill(PICK, node=typed["node"]))
    index, change = own[0] if own else (None, None)
    figures = {}
    for key in ("factor", "target"):
        stated = getattr(change, key, None)
        figures[key] = typed[key] if typed[key] is not None else "" if stated is None else str(stated)
    edit = editing.typed_adjustment(typed["node"], index, why=why, **figures)
    if not isinstance(edit, Adjusted) or index is None or change is None:
        return [edit]
    of_factor, of_target = (typed[key] is not None for key in ("factor", "target"))
    if of_target and not of_factor and change.factor is not None:
        return [replace(edit, why=change.why), Argued(index, edit.why)]
    if of_factor and not of_target and change.target is not None:
        return [edit, Argued(index, change.target_why or change.why)]
    return [edit, Argued(index, {})] if of_target and change.target_why else [edit]


def _baseline_edits(editing: "RubricEditing", typed: dict[str, Any], why: dict[str, str]) -> list[Any]:
    """Return the changes of a baseline: a weight, a target, or both."""
    if typed["factor"] is not None:
        raise Refused(FACTOR_IN_BASELINE)
    reason = " ".join(words for words in why.values() if words)
    tables = (("weights", typed["weight"]), ("targets", typed["target"]))
    return [
        editing.typed_weight(table, typed["node"], value=value, why=reason)
        for table, value in tables
        if value is not None
    ] or [editing.typed_adjustment(typed["node"], None, factor="", target="", why={})]
