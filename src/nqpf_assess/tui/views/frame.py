"""The frame of every screen: where am I, how far, what the keys do."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.cells import cut, shown, width
from nqpf_assess.tui.rows import Line, Look, Part, ends, fitted
from nqpf_assess.tui.views.speech import Speech
from nqpf_assess.typography.cells import wrap

PROGRAM = text(en="Self-assessment", zh="新质生产力自评")

STEPS: dict[str, Text] = {
    "place": text(en="Place", zh="概况"),
    "questions": text(en="Questions", zh="作答"),
    "review": text(en="Review", zh="检查"),
    "results": text(en="Results", zh="结果"),
    "plan": text(en="Plan", zh="对策"),
    "report": text(en="Report", zh="报告"),
}
"""The steps of an assessment in the order of the work."""

FIRM_STEP = text(en="Firm", zh="概况")

SCORE = text(en="Score", zh="得分")
NO_SCORE = text(en="none yet", zh="暂无")
RANGE = text(en="can be {span}", zh="区间 {span}")
DONE = text(en="{done} of {total} done, {coverage}", zh="已完成 {done}/{total}，{coverage}")

MESSAGE_LINES = 6
"""Lines of a message at most."""

HINTS = 6
"""Keys that the last line shows at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an assessment stands, already written for people; "" where there is nothing to say.

    `done` of `total` questions need nothing more; `coverage`: the share of the weight that is answered.
    """

    score: str = ""
    band: str = ""
    span: str = ""
    moved: str = ""
    rose: bool = True
    done: int = 0
    total: int = 0
    coverage: str = ""


def top(speech: Speech, step: str, name: str, year: str = "", *, firm: bool = False) -> Line:
    """Draw the first line: the steps with the present one marked, and whom it is about; without room no year."""
    parts: list[Part] = []
    for number, (id, words) in enumerate(STEPS.items(), start=1):
        said = speech.tell(FIRM_STEP if firm and id == "place" else words)
        label = f" {number} {said} "
        parts.append(Part(label, "here" if id == step else "step", f"app.go('{id}')"))
    room = speech.cells - sum(width(part.text) for part in parts) - 2
    full = f"{name} {year}".rstrip()
    said = full if width(full) <= room else cut(name, room) if room > 3 else ""
    return ends(parts, (Part(said, "strong"), Part(" ")), speech.cells)


def titled(speech: Speech, title: str, right: str = "") -> Line:
    """Draw the first line of a page beside the steps: its title."""
    return ends((Part(f" {title} ", "here"),), (Part(right, "quiet"), Part(" ")), speech.cells)


def standing(speech: Speech, now: Standing) -> Line:
    """Draw the second line: score, what the last answer moved, the range, how much is answered."""
    glyphs = speech.glyphs
    parts = [Part(f" {speech.tell(SCORE)} ", "quiet"), Part(now.score or speech.tell(NO_SCORE), "strong")]
    if now.band and now.score:
        parts.append(Part(f" {now.band}", "quiet"))
    if now.moved:
        sign, look = (glyphs.up, "good") if now.rose else (glyphs.down, "warn")
        parts.append(Part(f"  {sign} {now.moved}", look))  # type: ignore[arg-type]
    if now.span:
        parts += [Part(glyphs.dot, "quiet"), Part(speech.tell(RANGE, span=now.span), "quiet")]
    said = speech.tell(DONE, done=now.done, total=now.total, coverage=now.coverage)
    room = min(24, speech.cells - sum(width(part.text) for part in parts) - width(said) - 4)
    return ends(parts, (*bar(speech, now.done, now.total, room), Part(f" {said} ", "quiet")), speech.cells)


def bar(speech: Speech, part: float, whole: float, cells: int) -> Line:
    """Draw a bar of so many cells; no bar where there is no room."""
    if cells < 6 or whole <= 0:
        return ()
    full = max(0, min(cells, round(cells * part / whole)))
    return (Part(speech.glyphs.full * full, "bar"), Part(speech.glyphs.rest * (cells - full), "rest"))


def status(speech: Speech, said: str, look: Look, right: str) -> tuple[Line, ...]:
    """Draw the message: what just happened, in as many lines as it needs, and what is always true at its right."""
    room = speech.cells - width(right) - 4
    lines = wrap(shown(said), room)[:MESSAGE_LINES]
    first = ends((Part(f" {lines[0]}", look),), (Part(right, "quiet"), Part(" ")), speech.cells)
    return (first, *((Part(f" {line}", look),) for line in lines[1:]))


def hints(speech: Speech, acts: Sequence[Act]) -> Line:
    """Draw the last line: the keys that matter most here, whole ones only."""
    parts: list[Part] = []
    for act in [act for act in acts if act.hint is not None][:HINTS]:
        pair = (
            Part(f" {speech.key(act)}", "key", act.action),
            Part(f" {speech.tell(act.hint or {})} ", "plain", act.action),
        )
        if sum(width(part.text) for part in (*parts, *pair)) > speech.cells:
            break
        parts += pair
    return fitted(parts, speech.cells)


def small(speech: Speech, columns: int, lines: int, needs: tuple[int, int]) -> str:
    """Say that the window is too small, and what it needs."""
    return speech.tell(TOO_SMALL, columns=columns, lines=lines, least=needs[0], low=needs[1])


TOO_SMALL: Text = text(
    en="This window is {columns} × {lines}. Please make it at least {least} columns by {low} lines, or use smaller "
    "letters. Everything is saved. Ctrl+Q leaves.",
    zh="当前窗口为 {columns} 列 × {lines} 行。请放大到至少 {least} 列 × {low} 行，或缩小字号。"
    "内容已保存，按 Ctrl+Q 退出。",
)
