"""Do levels, options, scales and ranges make sense, and can every score from 0 to 100 be reached?"""

from collections.abc import Callable, Iterable

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.base import plain_number


def flaws(code: str) -> Callable[[QuestionnaireSubject], Iterable[Finding]]:
    """Return a rule that finds what the kind of each fact and question calls wrong with its keys."""

    def rule(subject: QuestionnaireSubject) -> Iterable[Finding]:
        for path, flaw in subject.flaws:
            if flaw.code == code:
                yield Finding((*path, *flaw.path), flaw.values, at=flaw.at)

    return rule


def evidence_level(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find an evidence threshold that no answer reaches."""
    for path, asked in subject.measured():
        threshold = getattr(asked, "evidence_from", None)
        if threshold is not None:
            most = kind_of(asked).evidence_limit(asked)
            if not 0 <= threshold <= most:
                yield Finding((*path, "evidence_from"), {"value": plain_number(threshold), "most": most})


FIGURE_RULES = (
    Rule(
        "levels_fall",
        "error",
        _("level {level} earns {score}, less than the level below it"),
        _("Scores of levels may stay or rise, never fall."),
        flaws("levels_fall"),
    ),
    Rule(
        "scale_disorder",
        "error",
        _("the scale's value {x} does not rise above the one before"),
        _("Order the points by value, each value once."),
        flaws("scale_disorder"),
    ),
    Rule(
        "scale_score",
        "error",
        _("a scale's score is {score}, but must be from 0 to 100"),
        _("Change the score of this point."),
        flaws("scale_score"),
    ),
    Rule(
        "range_disorder",
        "error",
        _("“{name}” begins above or at its end"),
        _("Write the lower bound first."),
        flaws("range_disorder"),
    ),
    Rule(
        "usual_outside",
        "error",
        _("{value} in “usual” lies outside the range {low} to {high}"),
        _("What is usual must be possible: narrow it or widen the range."),
        flaws("usual_outside"),
    ),
    Rule(
        "benchmark_outside",
        "warning",
        _("the benchmark {value} lies outside the range {low} to {high}"),
        _("Check its unit, or widen the range."),
        flaws("benchmark_outside"),
    ),
    Rule(
        "evidence_level",
        "error",
        _("“evidence_from” is {value}, but must be from 0 to {most}"),
        _("Give a level of the question, or a score."),
        evidence_level,
    ),
    Rule(
        "score_unreachable",
        "warning",
        _("only scores from {low} to {high} can be reached here"),
        _("The worst answer should give 0 and the best 100; of a scale only values inside “range” count."),
        flaws("score_unreachable"),
    ),
)
