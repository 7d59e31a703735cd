"""Opening a tool by its name, from the start page or from an open assessment."""

from pathlib import Path

from nqpf_assess.locale import _
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.frame.dialogs import may_leave
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import FilesPage

OLDER = _("Compare: which is the earlier one?")
NEWER = _("Compare: which is the later one?")
FOLLOWED = _("Follow up which assessment?")


LET_GO = ("migrate", "rubric", "new_rubric", "pairs", "question")
"""Tools that work on files which the open assessment is made of."""


def open_tool(bench: Workbench, tool: str) -> None:
    """Open a tool, with content as it is now.

    Some let an open assessment go first, once it is saved, and open it again at the end.
    """
    bench.renew_library()
    if tool in LET_GO:
        may_leave(bench, lambda: _open(bench, tool))
    else:
        _open(bench, tool)


def _open(bench: Workbench, tool: str) -> None:
    def go_home() -> Path | None:
        path = bench.desk.path if bench.desk is not None else None
        if path is not None:
            bench.go_home()
        return path

    match tool:
        case "import":
            from nqpf_assess.tui.tools.importing import open_importing

            open_importing(bench)
        case "export":
            from nqpf_assess.tui.tools.exporting import open_exporting

            open_exporting(bench)
        case "merge":
            from nqpf_assess.tui.tools.merging import open_merging

            open_merging(bench)
        case "compare":
            _compare(bench)
        case "follow":
            _follow(bench)
        case "peers":
            from nqpf_assess.tui.tools.peers import open_peers

            open_peers(bench)
        case "differ":
            from nqpf_assess.tui.tools.differing import open_differing

            open_differing(bench)
        case "check":
            from nqpf_assess.tui.tools.checking import open_checking

            open_checking(bench)
        case "cohort":
            from nqpf_assess.tui.tools.cohort import open_cohort

            open_cohort(bench)
        case "migrate":
            from nqpf_assess.tui.tools.migrating import open_migrating

            open_migrating(bench, go_home)
        case "rubric" | "pairs":
            from nqpf_assess.tui.tools.editors import open_rubrics

            open_rubrics(bench, go_home, pairs=tool == "pairs")
        case "new_rubric":
            from nqpf_assess.tui.tools.editors import open_new_rubric

            open_new_rubric(bench, go_home)
        case "question":
            from nqpf_assess.tui.tools.editors import open_questions

            open_questions(bench, go_home)
        case _:
            raise KeyError(tool)


def _compare(bench: Workbench) -> None:
    """With an assessment open ask for the other one, else for both."""
    from nqpf_assess.tui.results.compare import ComparePage, EarlierPage

    if bench.desk is not None:
        bench.push_screen(EarlierPage())
        return

    def first(old: Path | None) -> None:
        if old is not None:
            bench.ask(FilesPage(NEWER, without=(old,), folder=old.parent), lambda new: both(old, new))

    def both(old: Path, new: Path | None) -> None:
        if new is None:
            return
        page = ComparePage(old, new)
        try:
            page.load(bench.library)
        except UserError as fault:
            bench.push_screen(ProblemsPage(fault))
            return
        bench.push_screen(page)

    bench.ask(FilesPage(OLDER), first)


def _follow(bench: Workbench) -> None:
    """Open the follow-up sheet; without an assessment ask for one first."""
    from nqpf_assess.tui.results.following import FollowingPage

    def opened(path: Path | None) -> None:
        if path is not None:
            bench.open_file(path)
            if bench.desk is not None:
                bench.push_screen(FollowingPage())

    if bench.desk is not None:
        bench.push_screen(FollowingPage())
    else:
        bench.ask(FilesPage(FOLLOWED), opened)
