"""Self-assessment of new quality productive forces: questionnaire, rubric, score, gaps, countermeasures, report.

    import nqpf_assess as nq

    card = nq.score(nq.load("answers.toml"))
    card.overall.score, card["green"].gap

The names below are all that is promised; `docs/python.md` shows them. Each is imported when it is first used.
"""

TYPE_CHECKING = False  # as that of `typing`, which would cost a third of the time that importing this may take
if TYPE_CHECKING:
    from nqpf_assess.facade.assessing import Assessment, Card, NotAsWritten, check, load, load_all, plan, report, score
    from nqpf_assess.facade.frames import CohortScores, dictionary, frame, score_frame
    from nqpf_assess.model.problem import Problem, UserError

__version__ = "1.0.0"

__all__ = [
    "Assessment",
    "Card",
    "CohortScores",
    "NotAsWritten",
    "Problem",
    "UserError",
    "__version__",
    "check",
    "dictionary",
    "frame",
    "load",
    "load_all",
    "plan",
    "report",
    "score",
    "score_frame",
]

_ELSEWHERE = {
    "CohortScores": "facade.frames",
    "dictionary": "facade.frames",
    "frame": "facade.frames",
    "score_frame": "facade.frames",
    "Problem": "model.problem",
    "UserError": "model.problem",
}


def __getattr__(name: str) -> object:
    """Import a promised name from where it is at home, the first time that it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"{__name__}.{_ELSEWHERE.get(name, 'facade.assessing')}")
    found = globals()[name] = getattr(home, name)
    return found


def __dir__() -> list[str]:
    """List the promised names."""
    return sorted(__all__)
