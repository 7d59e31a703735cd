"""The steps of an assessment, each with its page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nqpf_assess.tui.screens.page import Page

if TYPE_CHECKING:
    from nqpf_assess.tui.screens.asking import AskPage


def page_of(step: str) -> Page:
    """Make the page of a step."""
    return _PAGES[step]()


def asking(row: str) -> "tuple[type[AskPage], str]":
    """Give the page that asks what a row leads to, and the id asked."""
    from nqpf_assess.tui.screens.place import PlacePage
    from nqpf_assess.tui.screens.questions import QuestionsPage
    from nqpf_assess.tui.views.review import place_of

    table, id = place_of(row)
    return (PlacePage if table == "facts" else QuestionsPage), id


def _place() -> Page:
    from nqpf_assess.tui.screens.place import PlacePage

    return PlacePage()


def _questions() -> Page:
    from nqpf_assess.tui.screens.questions import QuestionsPage

    return QuestionsPage()


def _review() -> Page:
    from nqpf_assess.tui.screens.review import ReviewPage

    return ReviewPage()


def _results() -> Page:
    from nqpf_assess.tui.screens.results import ResultsPage

    return ResultsPage()


def _plan() -> Page:
    from nqpf_assess.tui.screens.plan import PlanPage

    return PlanPage()


def _report() -> Page:
    from nqpf_assess.tui.screens.report import ReportPage

    return ReportPage()


_PAGES: dict[str, Callable[[], Page]] = {
    "place": _place,
    "questions": _questions,
    "review": _review,
    "results": _results,
    "plan": _plan,
    "report": _report,
}
