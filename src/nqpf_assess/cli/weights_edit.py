"""`weights edit NAME`: the rubric editor; with `--node` one change without a terminal, its difference shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.answer_files import library_of, open_sound
from nqpf_assess.cli.bilingual import Refused, option
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_data, print_note
from nqpf_assess.cli.rubrics import found
from nqpf_assess.cli.weights import step
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    from nqpf_assess.session.rubric_editing import RubricEditing

NO_TERMINAL = _("there is no terminal to edit in; say the change: --node ID --factor N --why-en ... --why-zh ...")
NO_NODE = _("“{node}” is no pillar, dimension or question of this questionnaire")
NEAR = _("Did you mean “{near}”?")
FACTOR_IN_BASELINE = _("a baseline states weights: use --weight, not --factor")
WEIGHT_IN_PROFILE = _("a profile states factors: use --factor, not --weight")
PICK = _("“{node}” has several adjustments here; choose one in the editor, or in the file")
WROTE = _("{path} is saved")
TRIED = _("nothing was written (--dry-run)")
UNSAVED = _("{path} has unsaved changes from the editor; open it there first, or they would be mixed with this one")


@step("edit")
@click.argument("name")
@option("--node", metavar="ID", words=_("Pillar, dimension or question to change."))
@option("--factor", metavar="N", words=_("Factor on its weight (profiles)."))
@option("--weight", metavar="N", words=_("Its weight (baselines)."))
@option("--target", metavar="N", words=_("Its target, 0 to 100."))
@option("--why-en", metavar="REASON", words=_("The reason in English."))
@option("--why-zh", metavar="REASON", words=_("The reason in Chinese."))
@option("--dry-run", is_flag=True, words=_("Show the difference only."))
@option(
    "--sample",
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=_("Answer file whose score is watched."),
)
@option("--questionnaire", metavar="ID|PATH", words=_("Its questionnaire."))
def command(
    settings: Settings, *, name: str, questionnaire: str | None, sample: Path | None, dry_run: bool, **typed: str | None
) -> int:
    """Edit a rubric; shipped ones as a copy in the workspace."""
    from nqpf_assess.session.rubric_editing import open_rubric

    library = library_of(settings)
    if typed["node"] is None and not _has_terminal():
        raise Refused(NO_TERMINAL)
    rubric, book = found(library, name, questionnaire)
    editing = open_rubric(rubric, book, _workspace(settings))
    try:
        if not _watch(settings, editing, sample):
            return 1
        if typed["node"] is None:
            return _open_app(settings, editing)
        return _change(settings, editing, typed, dry_run=dry_run)
    finally:
        editing.close()


def _has_terminal() -> bool:
    from nqpf_assess.cli.assess import must_be_plain

    return not must_be_plain()


def _workspace(settings: Settings) -> Path:
    return settings.content[0] if settings.content else Path()


def _watch(settings: Settings, editing: "RubricEditing", sample: Path | None) -> bool:
    """Watch the sample that was named, else the first there is; False where the named one has errors."""
    from nqpf_assess.files.places import shipped
    from nqpf_assess.session.rubric_editing import samples_for

    library = library_of(settings)
    if sample is not None:
        opened = open_sound(settings, library, sample)
        if opened is None:
            return False
        editing.watch(opened[1], sample.stem)
        return True
    folders = (_workspace(settings) / "samples", shipped() / "samples")
    first = next(samples_for(library, editing.book.value.id, folders), None)
    if first is not None:
        editing.watch(first[1], first[0])
    return True


def _open_app(settings: Settings, editing: "RubricEditing") -> int:
    from nqpf_assess.cli.assess import stated_language
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


def _change(settings: Settings, editing: "RubricEditing", typed: dict[str, Any], *, dry_run: bool) -> int:
    from nqpf_assess.files.places import shown
    from nqpf_assess.kinds.kind import Refusal

    if editing.resumed:
        raise UserError(fill(UNSAVED, path=editing.file.path), status=3)
    _known(editing, typed["node"])
    edits = _weights(editing, typed) if editing.is_baseline else [_adjustment(editing, typed)]
    for edit in edits:
        refusal = editing.make(edit)
        if isinstance(refusal, Refusal):
            raise UserError(refusal.why)
    for line in editing.difference():
        print_data(line)
    _effect(settings, editing)
    if dry_run:
        editing.file.forget()
        print_note(settings.tell(TRIED))
    else:
        editing.save()
        print_note(settings.tell(WROTE, path=shown(editing.file.path)))
    return 0


def _known(editing: "RubricEditing", node: str) -> None:
    from nqpf_assess.files.rules.naming import nearest

    nodes = editing.instrument.nodes
    if node not in nodes:
        near = nearest(node, nodes)
        raise UserError(fill(NO_NODE, node=node), hint=fill(NEAR, near=near) if near else None)


def _why(typed: dict[str, Any]) -> dict[str, str]:
    return {language: typed[f"why_{language}"] or "" for language in ("en", "zh")}


def _adjustment(editing: "RubricEditing", typed: dict[str, Any]) -> Any:
    """Read the change of a profile: of the one adjustment the node has here, or a new one."""
    if typed["weight"] is not None:
        raise Refused(WEIGHT_IN_PROFILE)
    own = editing.own(typed["node"])
    if len(own) > 1:
        raise UserError(fill(PICK, node=typed["node"]))
    index, change = own[0] if own else (None, None)

    def figure(key: str) -> str:
        stated = getattr(change, key, None)
        return typed[key] if typed[key] is not None else "" if stated is None else str(stated)

    figures = {key: figure(key) for key in ("factor", "target")}
    return editing.typed_adjustment(typed["node"], index, why=_why(typed), **figures)


def _weights(editing: "RubricEditing", typed: dict[str, Any]) -> list[Any]:
    if typed["factor"] is not None:
        raise Refused(FACTOR_IN_BASELINE)
    why = " ".join(said for said in _why(typed).values() if said)
    tables = (("weights", typed["weight"]), ("targets", typed["target"]))
    return [
        editing.typed_weight(table, typed["node"], value=value, why=why) for table, value in tables if value is not None
    ] or [editing.typed_adjustment(typed["node"], None, factor="", target="", why={})]


EFFECT = _("{sample}: {before} → {after}; first measures: {measures}")


def _effect(settings: Settings, editing: "RubricEditing") -> None:
    """Say what the change does to the sample that is watched."""
    from nqpf_assess.report.wording import number

    before, now = editing.before().seen, editing.now().seen
    if before is None or now is None:
        return
    measures: dict[str, Text] = {id: m.title for id, m in editing.book.value.countermeasures.items()}
    joint = "、" if settings.language == "zh" else ", "
    said = joint.join(tell(measures[id], settings.language) for id in now.first)
    values = {"sample": editing.sample_name, "before": number(before.score, 2), "after": number(now.score, 2)}
    print_note(settings.tell(EFFECT, **values, measures=said))
