"""The curve of gain against effort as rows: each effort with the best plan for it, to be taken."""

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.model.plan import CurvePoint
from nqpf_assess.model.text import text
from nqpf_assess.report.wording import number
from nqpf_assess.session.planning import Effect
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, Part, Row, quiet
from nqpf_assess.tui.views.frame import bar
from nqpf_assess.tui.views.speech import Speech

HOW = text(
    en="How much effort is at hand? Type a number or choose a line: Enter ticks the best plan for it.",
    zh="可用投入是多少？输入数字或选择一行，按回车即勾选该投入下的最优方案。",
)
HEADS = text(en="effort|at most|", zh="投入|最大增分|")
NOW = text(en="ticked now: {gain}", zh="现已勾选：{gain}")
AT_MOST = text(en="at most {bound}", zh="上限 {bound}")
WORKING = text(en="Working out the best plan for every effort …", zh="正在计算各投入水平下的最优方案……")
NO_SCORE = text(en="There is no overall score yet; answer more questions first.", zh="暂无综合得分，请先补充作答。")
NOTHING = text(en="No countermeasure can be chosen here.", zh="没有可选的对策。")
FIGURES = (8, 12)
TAIL = 26


def curve_rows(curve: tuple[CurvePoint, ...], effect: Effect, typed: str, speech: Speech) -> tuple[Row, ...]:
    """List the budgets from the one typed on, each with its gain as a bar; what is ticked now stands at its effort."""
    if len(curve) <= 1:
        return (BLANK, Row(speech.tell(NO_SCORE if not curve else NOTHING), look="warn"))
    shown = curve[: rising(curve) + 1]
    first = min(int(typed), shown[-1].budget) if typed.isdecimal() else 1
    heads = [pad(head, size, right=True) for head, size in zip(speech.tell(HEADS).split("|"), FIGURES, strict=False)]
    rows = [_point(point, shown[-1].gain or 1.0, effect, speech) for point in shown[first:]]
    return (quiet(speech.tell(HOW)), BLANK, Row(parts=(Part("".join(heads), "quiet"),)), *rows)


def rising(curve: tuple[CurvePoint, ...]) -> int:
    """Give the least budget from which on more effort gains nothing more."""
    most = curve[-1].gain or 0.0
    return next((point.budget for point in curve if (point.gain or 0.0) >= most - TOLERANCE), len(curve) - 1)


def _point(point: CurvePoint, most: float, effect: Effect, speech: Speech) -> Row:
    figures = (str(point.budget), number(point.gain, signed=True))
    cells = "".join(pad(said, size, right=True) for said, size in zip(figures, FIGURES, strict=True))
    room = speech.cells - sum(FIGURES) - TAIL - 2
    note = [speech.tell(NOW, gain=number(effect.gain, signed=True))] if point.budget == effect.effort else []
    note += [] if point.proven else [speech.tell(AT_MOST, bound=number(point.bound, 2))]
    drawn = bar(speech, point.gain or 0.0, most, max(6, room))
    return Row(id=str(point.budget), parts=(Part(cells), Part("  "), *drawn, Part("  " + ", ".join(note), "mark")))
