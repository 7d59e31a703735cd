"""`plan FILE --budget N`: the best set of countermeasures for the effort at hand, in order, and the curve."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from nqpf_assess.cli.answer_files import content_options, library_of, open_answers
from nqpf_assess.cli.commands import FilePath, Refused, Settings, option, subcommand, with_options
from nqpf_assess.cli.completing import countermeasures
from nqpf_assess.cli.output import print_json, print_note, print_page
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import grammar, listed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Tier

if TYPE_CHECKING:
    from nqpf_assess.engine.scoring import Assessed
    from nqpf_assess.model.plan import Plan

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
PHASES_CLASH = _("--choose names the whole set; {names} cannot be given with it")


@subcommand("plan")
@click.argument("file", type=FilePath())
@option("--budget", type=int, metavar="N", words=_("Effort at hand, each measure takes 1 to 5; no sum of money."))
@option("--choose", metavar="ID,ID", shell_complete=countermeasures, words=_("What if just these were done?"))
@option("--must", metavar="ID,ID", shell_complete=countermeasures, words=_("Measures that have to be in."))
@option("--exclude", metavar="ID,ID", shell_complete=countermeasures, words=_("Measures to leave out."))
@option("--acts", metavar="TIER,TIER", words=_("Only what these may decide."))
@with_options(*(option(f"--{phase}", type=int, metavar="N", words=words) for phase, words in PHASE_OPTIONS))
@option("--exact", is_flag=True, words=_("Prove everything, however long it takes."))
@option("--json", "as_json", is_flag=True, words=_("All figures, for machines."))
@content_options
def command(settings: Settings, *, file: Path, as_json: bool, **asked: Any) -> int:
    """Choose the countermeasures that gain the most within a budget of effort."""
    for name in ("budget", "short", "medium", "long"):
        if asked[name] is not None and asked[name] < 0:
            raise Refused(fill(NEGATIVE, name=f"--{name}"))
    asked["choose"] = asked["choose"] if _listed(asked["choose"]) else None  # commas alone name nothing
    if asked["budget"] is None and not asked["choose"]:
        raise Refused(NO_BUDGET)
    if asked["choose"] and asked["must"]:
        raise Refused(CHOICES_CLASH)
    phases = [f"--{phase}" for phase, _words in PHASE_OPTIONS if asked[phase] is not None]
    if asked["choose"] and phases:
        raise Refused(fill(PHASES_CLASH, names=listed(phases)))
    content = {key: asked[key] for key in ("questionnaire", "weights")}
    opened = open_answers(settings, library_of(settings), file, **content)
    from nqpf_assess.engine.scoring import assess
    from nqpf_assess.report.wording import QUICK_SCREENING

    assessed, quick = assess(*opened), opened[1].mode == "quick"
    plan = _plan(settings, assessed, asked)
    if as_json:
        from nqpf_assess.engine.following import closed
        from nqpf_assess.exchange.plan_json import plan_row
        from nqpf_assess.pages.plan import OVER

        over = closed(opened[1]).keys() & {step.id for step in plan.chosen}
        if over:  # as the page says it
            print_note(settings.tell(OVER, names=listed(sorted(over))))
        if quick:
            print_note(settings.tell(QUICK_SCREENING))
        print_json(plan_row(plan))
    else:
        from nqpf_assess.engine.following import progress
        from nqpf_assess.engine.scorecard import scorecard_of
        from nqpf_assess.pages.plan import plan_blocks
        from nqpf_assess.report.blocks import Paragraph, runs
        from nqpf_assess.report.outline.floors import lifted
        from nqpf_assess.session.clock import today

        card, questionnaire = scorecard_of(assessed), assessed.instrument.questionnaire
        chosen = [step.id for step in plan.chosen]
        lifting = lifted(assessed, card, chosen, plan.score_after, language=settings.language, on=today())
        began = progress(opened[1])
        page = plan_blocks(plan, card, questionnaire, settings.language, progress=began, lifted=lifting)
        few = [Paragraph(runs(settings.tell(QUICK_SCREENING)))] if quick else []
        print_page([*few, *page], settings.language)
    return 0


def _plan(settings: Settings, assessed: "Assessed", asked: dict[str, Any]) -> "Plan":
    """Work out the best plan, or what just the measures that were named would do."""
    from nqpf_assess.engine.planning import planner_of
    from nqpf_assess.model.plan import Wishes

    acts = _listed(asked["acts"])
    for name in acts:
        if name not in TIERS:
            from nqpf_assess.report.wording import TIER_WORDS

            marks, shown = grammar(settings.language), {tier: settings.tell(TIER_WORDS[tier]) for tier in TIERS}
            known = " | ".join(tier if said == tier else tier + marks.bracketed(said) for tier, said in shown.items())
            raise Refused(fill(NO_TIER, known=known, tier=name))
    wishes = Wishes(
        acts=tuple(tier for tier in TIERS if tier in acts),
        must=_measures(assessed, asked["must"]),
        without=_measures(assessed, asked["exclude"]),
        by_phase={phase: asked[phase] for phase, _words in PHASE_OPTIONS if asked[phase] is not None},  # type: ignore[misc]
    )
    planner = planner_of(assessed, wishes, exact=asked["exact"])
    chosen = _measures(assessed, asked["choose"])
    reasons = {left.id: left.why for left in planner.left_out}
    titles = {id: measure.title for id, measure in assessed.instrument.questionnaire.countermeasures.items()}
    for id in chosen or wishes.must:
        if id in reasons:
            raise UserError(fill(NOT_TO_BE_HAD, title=titles[id], id=id, why=reasons[id]), status=2)
    if chosen:
        along = planner.needed_by(chosen)
        if along:
            names = listed(f"{settings.tell(titles[id])} [{id}]" for id in along)
            print_note(settings.tell(ALONG, names=names))
        return planner.what_if((*chosen, *along), asked["budget"])
    if planner.least > asked["budget"]:
        words = fill(TOO_DEAR, least=str(planner.least), budget=str(asked["budget"]))
        raise UserError(words, hint=fill(RAISE, least=str(planner.least)), status=2)
    if not planner.problem.within_limits(planner.problem.must):
        raise UserError(TOO_DEAR_PHASE, status=2)
    return planner.plan(asked["budget"])


def _listed(typed: str | None) -> tuple[str, ...]:
    """Take a list apart at commas, Chinese ones and spaces too; each name once."""
    return tuple(dict.fromkeys(name for name in re.split("[,，、 ]+", typed or "") if name))


def _measures(assessed: "Assessed", typed: str | None) -> tuple[str, ...]:
    """Return the countermeasures that were named; one that is not there is refused with the nearest name."""
    from nqpf_assess.files.rules.naming import called, suggestion

    known = assessed.instrument.questionnaire.countermeasures
    titles = [(id, measure.title) for id, measure in known.items()]
    # Blanks and commas, which part several ids, may stand in a title too.
    for id in (typed,) if typed and called(typed, titles) else _listed(typed):
        if id not in known:
            raise UserError(fill(UNKNOWN, id=id), hint=suggestion(called(id, titles) or id, tuple(known)), status=2)
    return _listed(typed)
