"""The steps of an assessment, each with its page."""

from typing import TYPE_CHECKING

from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.workbench import Workbench

if TYPE_CHECKING:
    from nqpf_assess.tui.answering.asking import AnsweringPage


def page_of_step(step: str, bench: Workbench) -> Page:
    """Return the page of a step; its module is loaded now, so that the first frame does not wait for all of them."""
    match step:
        case "place":
            from nqpf_assess.tui.answering.questions import FactsPage

            return FactsPage()
        case "weights":
            from nqpf_assess.tui.answering.questions import FactsPage

            return FactsPage(decided=True)
        case "questions":
            from nqpf_assess.tui.answering.questions import page_that_goes_on

            return page_that_goes_on(bench)
        case "review":
            from nqpf_assess.tui.answering.review import ReviewPage

            return ReviewPage()
        case "results":
            from nqpf_assess.tui.results.results import ResultsPage

            return ResultsPage()
        case "plan":
            from nqpf_assess.tui.results.plan import PlanPage

            return PlanPage()
        case "report":
            from nqpf_assess.tui.results.report import ReportPage

            return ReportPage()
        case _:
            raise KeyError(step)


def page_that_asks(row: str) -> "tuple[type[AnsweringPage], str]":
    """Return the page that asks what a row leads to, and the id asked."""
    from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
    from nqpf_assess.tui.answering.review import place_of

    table, id = place_of(row)
    return (FactsPage if table == "facts" else QuestionsPage), id
