"""A KPI is said with its figures: now and goal where they are known, words where they are not, never a blank."""

import pytest

from nqpf_assess.model.scorecard import KpiFigures

KPI = {"en": "Share rises from {now} to {goal}", "zh": "比重由{now}提高到{goal}"}
NOW = {"en": "41%", "zh": "41%"}
GOAL = {"en": "55%", "zh": "55%"}


def test_both_figures_are_put_in() -> None:
    figures = KpiFigures("share", now_shown=NOW, goal_shown=GOAL)
    assert figures.filled(KPI) == {"en": "Share rises from 41% to 55%", "zh": "比重由41%提高到55%"}


@pytest.mark.parametrize("now", [{}, NOW])
@pytest.mark.parametrize("goal", [{}, GOAL])
def test_no_blank_is_left(now: dict[str, str], goal: dict[str, str]) -> None:
    """What is known stands as a figure, and what is not is said in words, in each language."""
    for text in KpiFigures("share", now_shown=now, goal_shown=goal).filled(KPI).values():
        assert "{" not in text
        assert ("41%" in text) == bool(now)
        assert ("55%" in text) == bool(goal)


def test_a_figure_that_is_at_its_best_is_kept() -> None:
    """“From 41 % to at least as good a figure” says nothing."""
    kpi = {"en": "Share: from {now} up to {goal}; ten firms", "zh": "比重由{now}提高到{goal}，10家企业"}
    kept = {"en": "Share: 41% kept, or a better figure; ten firms", "zh": "比重保持在41%或更优，10家企业"}
    assert KpiFigures("share", now_shown=NOW, held=True).filled(kpi) == kept


def test_a_figure_for_which_the_measure_states_no_points_is_to_get_better_and_not_to_be_kept() -> None:
    """At 41% against a goal of 90% “stay at 41%” would be the wrong advice."""
    assert KpiFigures("share", now_shown=NOW).filled(KPI) == {
        "en": "Share rises from 41% to a better figure", "zh": "比重由41%提高到更好水平"
    }  # fmt: skip


def test_a_kpi_of_no_question_is_said_as_it_stands() -> None:
    plain = {"en": "Ten firms a year", "zh": "每年10家企业"}
    assert KpiFigures().filled(plain) == plain
