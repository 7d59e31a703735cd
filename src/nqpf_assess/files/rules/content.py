"""Is the content a file names to be found: its questionnaire, its rubric, what the rubric is based on?"""

from collections.abc import Callable, Iterable

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.locale import _

Missing = tuple[str, Finding]
"""A rule's code and what was not found."""


def missing_of(code: str) -> Callable[[Iterable[Missing]], Iterable[Finding]]:
    """Make the function that picks what one rule is about."""
    return lambda missing: (finding for name, finding in missing if name == code)


CONTENT_RULES = (
    Rule(
        "questionnaire_missing",
        "error",
        _("there is no questionnaire “{name}”"),
        _(
            "{near}{known}Looked in: {places}. If it lies in a workspace elsewhere, begin the program in that folder, "
            "or with --content DIR. A path may be given with --questionnaire."
        ),
        missing_of("questionnaire_missing"),
    ),
    Rule(
        "weights_missing",
        "error",
        _("there is no rubric “{name}” for “{questionnaire}”"),
        _(
            "{near}{known}Looked in: {places}. If it lies in a workspace elsewhere, begin the program in that folder, "
            "or with --content DIR. Another one, or a path, may be given with --weights."
        ),
        missing_of("weights_missing"),
    ),
    Rule(
        "base_missing",
        "error",
        _("there is no rubric “{name}” to be based on"),
        _("{near}Put {name}.toml beside this file, or correct based_on."),
        missing_of("base_missing"),
    ),
    Rule(
        "base_cycle",
        "error",
        _("these rubrics are based on each other in a circle: {ring}"),
        _("Let one of them be a baseline, without based_on."),
        missing_of("base_cycle"),
    ),
    Rule(
        "other_questionnaire",
        "error",
        _("this belongs to the questionnaire “{name}”, not to “{wanted}”"),
        _("Choose content of one questionnaire."),
        missing_of("other_questionnaire"),
    ),
    Rule(
        "blend_share",
        "error",
        _("the share of “{name}” in the blend must be above 0 and below 1"),
        _("Write how much this profile counts, as 0.4; “{first}” carries the rest."),
        missing_of("blend_share"),
    ),
    Rule(
        "blend_sum",
        "error",
        _("the shares of the further profiles ({shares}) leave nothing to “{first}”"),
        _("Let them sum to less than 1; put the profile that counts most first."),
        missing_of("blend_sum"),
    ),
    Rule(
        "blend_count",
        "error",
        _("a blend names three further profiles or more"),
        _("Keep the one or two that fit best beside “{first}”."),
        missing_of("blend_count"),
    ),
    Rule(
        "blend_repeated",
        "error",
        _("“{name}” cannot be blended in: it is the baseline, or the first profile again"),
        _("Name another local profile, or take the blend out."),
        missing_of("blend_repeated"),
    ),
    Rule(
        "blend_root",
        "error",
        _("“{name}” goes back to another baseline than “{first}”, so the two cannot be blended"),
        _("Blend profiles of one baseline only: a profile is based on the one that lies beside it, if any does."),
        missing_of("blend_root"),
    ),
    Rule(
        "empty_folder",
        "error",
        _("there is no TOML file in this folder"),
        _("Name a questionnaire's folder, or a file."),
        missing_of("empty_folder"),
    ),
    Rule(
        "passed_over",
        "warning",
        _("“{name}” is not read: its name does not end in .toml"),
        _("Rename it to {wanted}. Windows hides endings: turn on “File name extensions” under View."),
        missing_of("passed_over"),
    ),
    Rule(
        "place_differs",
        "warning",
        _("the id is “{name}”, but it lies under the name “{file}”"),
        _("Questionnaires are found by the name of their file or folder: make the two alike."),
        missing_of("place_differs"),
    ),
)
