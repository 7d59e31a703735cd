"""`plan FILE --budget N`: the best set of countermeasures for the effort at hand, in order, and the curve."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from nqpf_assess.cli.answer_files import content_options, library_of, open_answers
from nqpf_assess.cli.bilingual import Refused, option
from nqpf_assess.cli.commands import subcommand
from nqpf_assess.cli.completing import countermeasures
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import print_json, print_note, print_page
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Tier

if TYPE_CHECKING:
    from nqpf_assess.engine.planning import Planner
    from nqpf_assess.engine.scoring import Assessed
    from nqpf_assess.model.plan import Plan, Wishes

TIERS: tuple[Tier, ...] = get_args(Tier)
PHASE_OPTIONS = (
    ("short", _("Largest effort within 1 year.")),
    ("medium", _("Largest effort in 1 to 3 years.")),
    ("long", _("Largest effort in 3 to 5 years.")),
)

NO_BUDGET = _(
    "--budget is missing: how much effort is at hand? Each measure takes 1 to 5; or name measures with --choose."
)
NEGATIVE = _("{name} wants a whole number from 0 up")
UNKNOWN = _("there is no countermeasure “{id}”")
NO_TIER = _("--acts wants {known}, several with commas between, not “{tier}”")
NOT_TO_BE_HAD = _("“{title}” [{id}] cannot be chosen: {why}")
TOO_DEAR = _("the measures that have to be in take an effort of {least} with what they need, the budget is {budget}")
TOO_DEAR_PHASE = _("the measures that have to be in take more effort than a phase allows")
RAISE = _("Raise the budget to {least}, or take a measure out of --must.")
ALONG = _("Taken in as well, since they come first: {names}")
CHOICES_CLASH = _("--choose names the whole set; --must cannot be given with it")


def _phase_options(function: Any) -> Any:
    for phase, words in reversed(PHASE_OPTIONS):
        function = option(f"--{phase}", type=int, metavar="N", words=words)(function)
    return function


@subcommand("plan")
@click.argument("file", type=click.Path(path_type=Path))
@option("--budget", type=int, metavar="N", words=_("Effort at hand."))
@option("--choose", metavar="ID,ID", shell_complete=countermeasures, words=_("What if just these were done?"))
@option("--must", metavar="ID,ID", shell_complete=countermeasures, words=_("Measures that have to be in."))
@option("--exclude", metavar="ID,ID", shell_complete=countermeasures, words=_("Measures to leave out."))
@option("--acts", metavar="TIER,TIER", words=_("Only what these may decide."))
@_phase_options
@option("--exact", is_flag=True, words=_("Prove everything, however long it takes."))
@option("--json", "as_json", is_flag=True, words=_("All figures, for machines."))
@content_options
def command(settings: Settings, *, file: Path, as_json: bool, **asked: Any) -> int:
    """Choose the countermeasures that gain the most within a budget of effort."""
    _check_numbers(asked)
    content = {key: asked[key] for key in ("questionnaire", "weights")}
    opened = open_answers(settings, library_of(settings), file, **content)
    from nqpf_assess.engine.scoring import assess

    assessed = assess(*opened)
    plan = _plan(settings, assessed, asked)
    if as_json:
        from nqpf_assess.exchange.plan_json import plan_row

        print_json(plan_row(plan))
    else:
        from nqpf_assess.engine.scorecard import scorecard_of
        from nqpf_assess.pages.plan import plan_blocks

        questionnaire, by_hand = assessed.instrument.questionnaire, bool(asked["choose"])
        page = plan_blocks(plan, scorecard_of(assessed), questionnaire, settings.language, chosen_by_hand=by_hand)
        print_page(page, settings.language)
    return 0


def _check_numbers(asked: dict[str, Any]) -> None:
    for name in ("budget", "short", "medium", "long"):
        if asked[name] is not None and asked[name] < 0:
            raise Refused(fill(NEGATIVE, name=f"--{name}"))
    if asked["budget"] is None and not asked["choose"]:
        raise Refused(NO_BUDGET)
    if asked["choose"] and asked["must"]:
        raise Refused(CHOICES_CLASH)


def _plan(settings: Settings, assessed: "Assessed", asked: dict[str, Any]) -> "Plan":
    from nqpf_assess.engine.planning import planner_of

    wishes = _wishes(assessed, asked)
    planner = planner_of(assessed, wishes, exact=asked["exact"])
    if asked["choose"]:
        return planner.what_if(_chosen(settings, planner, _ids(assessed, asked["choose"])), asked["budget"])
    _check_must(planner, wishes, asked["budget"])
    return planner.plan(asked["budget"])


def _wishes(assessed: "Assessed", asked: dict[str, Any]) -> "Wishes":
    from nqpf_assess.model.plan import Wishes

    return Wishes(
        acts=_tiers(asked["acts"]),
        must=_ids(assessed, asked["must"]),
        without=_ids(assessed, asked["exclude"]),
        by_phase={phase: asked[phase] for phase, _ in PHASE_OPTIONS if asked[phase] is not None},  # type: ignore[misc]
    )


def _split(said: str | None) -> tuple[str, ...]:
    """Take a list apart at commas, Chinese ones and spaces too."""
    return (
        tuple(dict.fromkeys((said or "").replace("，", ",").replace("、", ",").replace(" ", ",").split(",")))
        if said
        else ()
    )


def _ids(assessed: "Assessed", said: str | None) -> tuple[str, ...]:
    from nqpf_assess.files.rules.naming import suggestion

    known = assessed.instrument.questionnaire.countermeasures
    ids = tuple(id for id in _split(said) if id)
    for id in ids:
        if id not in known:
            raise UserError(fill(UNKNOWN, id=id), hint=suggestion(id, tuple(known)), status=2)
    return ids


def _tiers(said: str | None) -> tuple[Tier, ...]:
    names = tuple(name for name in _split(said) if name)
    for name in names:
        if name not in TIERS:
            raise Refused(fill(NO_TIER, known=" | ".join(TIERS), tier=name))
    return tuple(tier for tier in TIERS if tier in names)


def _chosen(settings: Settings, planner: "Planner", ids: Sequence[str]) -> tuple[str, ...]:
    """Give the set with what has to come before; what cannot be chosen here is refused with the reason."""
    _refuse_left_out(planner, ids)
    options = planner.problem.options
    place = {option.id: index for index, option in enumerate(options)}
    every = frozenset[int]().union(*(planner.problem.together[place[id]] for id in ids))
    along = [options[index].id for index in sorted(every) if options[index].id not in ids]
    if along:
        measures = planner.assessed.instrument.questionnaire.countermeasures
        names = ", ".join(f"{settings.tell(measures[id].title)} [{id}]" for id in along)
        print_note(settings.tell(ALONG, names=names))
    return (*ids, *along)


def _refuse_left_out(planner: "Planner", ids: Sequence[str]) -> None:
    reasons = {left.id: left.why for left in planner.left_out}
    for id in ids:
        if id in reasons:
            title: Text = planner.assessed.instrument.questionnaire.countermeasures[id].title
            raise UserError(fill(NOT_TO_BE_HAD, title=title, id=id, why=reasons[id]), status=2)


def _check_must(planner: "Planner", wishes: "Wishes", budget: int) -> None:
    _refuse_left_out(planner, wishes.must)
    if planner.least > budget:
        hint = fill(RAISE, least=str(planner.least))
        raise UserError(fill(TOO_DEAR, least=str(planner.least), budget=str(budget)), hint=hint, status=2)
    if not planner.problem.within_limits(planner.problem.must):
        raise UserError(TOO_DEAR_PHASE, status=2)
