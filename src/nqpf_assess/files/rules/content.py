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
        _("{near}There are: {known}. Looked in: {places}. A path may be given with --questionnaire."),
        missing_of("questionnaire_missing"),
    ),
    Rule(
        "weights_missing",
        "error",
        _("there is no rubric “{name}” for “{questionnaire}”"),
        _("{near}There are: {known}. Looked in: {places}. A path may be given with --weights."),
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
        text(
            en="the share of “{name}” in the blend must be above 0 and below 1",
            zh="方案组合中“{name}”的份额须大于 0 且小于 1",
        ),
        text(
            en="Write how much this profile counts, as 0.4; “{first}” carries the rest.",
            zh="请填写该方案所占份额，如 0.4；其余由“{first}”承担。",
        ),
        missing_of("blend_share"),
    ),
    Rule(
        "blend_sum",
        "error",
        text(
            en="the shares of the further profiles ({shares}) leave nothing to “{first}”",
            zh="其他方案的份额（{shares}）之和不小于 1，“{first}”没有份额",
        ),
        text(
            en="Let them sum to less than 1; put the profile that counts most first.",
            zh="份额之和须小于 1；请将最主要的方案写在最前。",
        ),
        missing_of("blend_sum"),
    ),
    Rule(
        "blend_count",
        "error",
        text(en="a blend names three further profiles or more", zh="方案组合中的其他方案达到三个以上"),
        text(
            en="Keep the one or two that fit best beside “{first}”.",
            zh="除“{first}”外，请只保留最相符的一两个方案。",
        ),
        missing_of("blend_count"),
    ),
    Rule(
        "blend_repeated",
        "error",
        text(
            en="“{name}” cannot be blended in: it is the baseline, or the first profile again",
            zh="“{name}”不能列入组合：它是基准方案，或与第一个方案重复",
        ),
        text(
            en="Name another local profile, or take the blend out.",
            zh="请改为另一个地方方案，或取消组合。",
        ),
        missing_of("blend_repeated"),
    ),
    Rule(
        "blend_root",
        "error",
        text(
            en="“{name}” goes back to another baseline than “{first}”, so the two cannot be blended",
            zh="“{name}”与“{first}”所依据的基准方案不同，不能组合",
        ),
        text(
            en="Blend profiles of one baseline only.",
            zh="只能组合依据同一基准方案的地方方案。",
        ),
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
)
