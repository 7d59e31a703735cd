"""Figures draw whatever the figures are, on the fixed scale, with every label whole."""

import re
from itertools import pairwise
from math import hypot

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import (
    Bar,
    BarMark,
    Bars,
    Bullet,
    BulletChart,
    Gantt,
    GanttTask,
    Heat,
    HeatShare,
    ImpactMatrix,
    MatrixPoint,
    Outline,
    OutlinePart,
    Run,
    Slope,
    SlopeChart,
    Waterfall,
    WaterfallStep,
    WeightMap,
    WeightMove,
    WordsWithChart,
)
from nqpf_assess.report.figures import as_table
from nqpf_assess.report.html.svg import svg_of
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.charts.bullets import SideBySide, compose_verdict
from nqpf_assess.report.pdf.charts.figure import BarScale, in_parts, nice_top
from nqpf_assess.report.pdf.charts.matrix import APART, pushed_apart
from nqpf_assess.report.pdf.charts.slope import apart
from nqpf_assess.report.pdf.fonts import load_fonts
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.typeset import Composer
from nqpf_assess.report.text import page_lines

scores = st.one_of(st.none(), st.floats(0, 100), st.sampled_from([0.0, 100.0]))
labels = st.sampled_from(
    ["Digital", "数字政府与部门数据共享", "Data as a factor of production " * 3, "", "Donaudampfschifffahrt" * 4]
)

bars = st.builds(
    lambda items: Bars(tuple(items), "Now", "Goal", "Caption", "Alt"),
    st.lists(
        st.builds(
            Bar,
            labels,
            scores,
            scores,
            scores,
            scores,
            labels,
            st.lists(st.builds(BarMark, st.floats(0, 100), labels), max_size=6).map(tuple),
        ),
        max_size=50,
    ),
)
matrices = st.builds(
    lambda points: ImpactMatrix(tuple(points), ("a", "b", "c", "d"), "Effort", "Impact", "Caption", "Alt"),
    st.lists(
        st.builds(MatrixPoint, st.sampled_from(["1", "12", "一"]), labels, st.floats(1, 5), st.floats(0, 40)),
        max_size=40,
    ),
)
gantts = st.builds(
    lambda tasks, periods: Gantt(tuple(tasks), tuple(periods), "Caption", "Alt"),
    st.lists(
        st.builds(
            lambda label, start, length, group, mark, steps, needs: GanttTask(
                label, start, start + length, group, mark, *steps, needs
            ),
            labels,
            st.floats(0, 12),
            st.floats(0.1, 20),
            labels,
            labels,
            st.sampled_from([(None, ()), (0.5, (3.0, 90.0))]),
            st.sampled_from([(), (0,), (1, 50)]),
        ),
        max_size=60,
    ),
    st.lists(st.sampled_from(["2026", "2027 年"]), max_size=5),
)
waterfalls = st.builds(
    lambda start, steps: Waterfall(
        "Start", start, tuple(steps), "End", start + sum(s.change for s in steps), "Caption", "Alt"
    ),
    st.floats(0, 100),
    st.lists(st.builds(WaterfallStep, labels, st.floats(-30, 30), st.just("+1.0")), max_size=12),
)
slope_charts = st.builds(
    lambda found: SlopeChart(tuple(found), "2024", "2025", "Caption", "Alt"),
    st.lists(st.builds(Slope, labels, scores, scores, labels), max_size=40),
)
bullet_charts = st.builds(
    lambda found: BulletChart(tuple(found), "Now", "Goal", "Caption", "Alt", "Open", "Last time"),
    st.lists(st.builds(Bullet, labels, scores, scores, scores, scores, scores, labels), max_size=20),
)
weight_maps = st.builds(
    lambda found: WeightMap(tuple(found), "General", "Local", "Caption", "Alt"),
    st.lists(st.builds(WeightMove, labels, st.floats(0, 1), st.floats(0, 1), st.just("14% → 27%")), max_size=50),
)
heats = st.builds(
    lambda found: Heat(tuple(found), "Caption", "Alt"),
    st.lists(st.builds(HeatShare, labels, st.one_of(st.none(), st.floats(0, 1)), st.just("3 of 4")), max_size=80),
)


def outline(*sequence: blocks.Block, language: str = "en") -> Outline:
    return Outline("T", "S", language, "2026-11-25", "H", "F", (OutlinePart(language, sequence),))


@settings(max_examples=120)
@given(
    st.one_of(bars, bullet_charts, weight_maps, matrices, gantts, waterfalls, slope_charts, heats),
    st.sampled_from(["en", "zh"]),
)
def test_any_figures_can_be_drawn(chart: blocks.Chart, language: str) -> None:
    assert write_pdf(outline(chart, language=language)).pages >= 1


def test_long_names_beside_the_verdict_leave_the_scale_its_room_and_its_direction() -> None:
    """A questionnaire of one's own need not have short names: bars grow to the right, and cover no figure."""
    names = ("Scientific and technological innovation", "Integration of the digital and real economies", "Green")
    scores = (80.0, 40.0, 20.0)
    lines = tuple(Bullet(name, score, 60.0, value=f"{score} → 60.0") for name, score in zip(names, scores, strict=True))
    chart = BulletChart(lines, "now", "target", "", "Alt", narrow=True)
    drawn = svg_of(Composer(load_fonts(), "en", Element("Part")), chart, "chart")
    bar = r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="5" class="f-blue"'
    bars = [(float(left), float(wide)) for left, wide in re.findall(bar, drawn)]
    figures = [float(left) for left in re.findall(r'<text [^>]*x="([\d.]+)"[^>]*><tspan class="b">[\d.]+ →', drawn)]
    assert len(bars) == len(figures) == 3
    assert [wide / bars[0][1] for _, wide in bars] == pytest.approx([1.0, 0.5, 0.25], abs=0.01)
    assert max(left + 100 / 80 * bars[0][1] for left, _ in bars) < min(figures)


@pytest.mark.parametrize(("name", "beside"), [("Innovation", True), ("Science, technology and innovation " * 2, False)])
def test_a_chart_that_long_names_make_high_leaves_the_verdict_its_page(name: str, beside: bool) -> None:
    """Names of five lines each go below it, so that what is to be done first does not begin on the next page."""
    lines = tuple(Bullet(f"{name} {place}", 40.0, 60.0, value="40.0 → 60.0") for place in range(8))
    chart = BulletChart(lines, "now", "target", "", "Alt", narrow=True)
    composer = Composer(load_fonts(), "en", Element("Part"))
    (verdict,) = compose_verdict(composer, WordsWithChart((Run("No pillar has reached its target."),), chart))
    assert isinstance(verdict, SideBySide) == beside
    assert verdict.height < 250


def test_the_scale_of_bars_is_fixed_and_keeps_what_lies_outside() -> None:
    scale = BarScale(10.0, 2.0)
    assert [scale.at(score) for score in (-5, 0, 2.2, 100, 130)] == [10, 10, 14.4, 210, 210]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 246), st.floats(0, 246)), max_size=24))
def test_dots_of_the_matrix_are_pushed_apart_inside_the_plot(points: list[tuple[float, float]]) -> None:
    box = (9.0, 20.0, 237.0, 226.0)
    moved = pushed_apart(points, box)
    assert all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in moved)
    pairs = [hypot(a[0] - b[0], a[1] - b[1]) for index, a in enumerate(moved) for b in moved[:index]]
    assert all(distance > 0.6 * APART for distance in pairs)
    assert moved == pushed_apart(points, box)


@pytest.mark.parametrize(("highest", "top"), [(0, 0.12), (0.4, 0.5), (3.4, 4), (9.9, 12), (37, 50), (100, 120)])
def test_the_impact_scale_ends_on_a_round_figure(highest: float, top: float) -> None:
    assert nice_top(highest)[0] == pytest.approx(top)


def test_many_rows_are_shared_out_evenly_among_parts() -> None:
    assert in_parts([10] * 40) == [slice(0, 40)]
    assert in_parts([10] * 60) == [slice(0, 20), slice(20, 40), slice(40, 60)]
    assert in_parts([]) == [slice(0, 0)]


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(5, 30)), max_size=12), st.floats(100, 400))
def test_words_beside_slopes_are_moved_apart_and_keep_their_order(
    wanted: list[tuple[float, float]], room: float
) -> None:
    points, heights = [point for point, _ in wanted], [height for _, height in wanted]
    middles = apart(points, heights, room)
    order = sorted(range(len(points)), key=lambda index: points[index])
    spans = [(middles[index] - heights[index] / 2, middles[index] + heights[index] / 2) for index in order]
    assert all(below[0] >= above[1] - 1e-6 for above, below in pairwise(spans))
    assert all(start >= -1e-6 and end <= max(room, sum(heights)) + 1e-6 for start, end in spans)


def test_words_beside_slopes_stay_at_their_points_where_there_is_room() -> None:
    assert apart([100.0, 20.0, 60.0], [10.0, 10.0, 10.0], 200.0) == [100.0, 20.0, 60.0]


@pytest.mark.parametrize(
    ("language", "years", "shown"),
    [("zh", 3, "一季度"), ("zh", 5, "1 2 3 4"), ("en", 3, "Q1"), ("en", 5, "Q1")],
)
def test_quarters_are_named_in_the_language_of_the_report(language: str, years: int, shown: str) -> None:
    chart = Gantt((GanttTask("a", 0, 3),), tuple(str(2026 + year) for year in range(years)), "Caption", "Alt")
    text = pypdfium2.PdfDocument(write_pdf(outline(chart, language=language)).data)[0].get_textpage().get_text_range()
    assert text.replace("\r", "").count(shown) >= years


def test_a_slope_chart_tells_both_scores_and_the_change_in_words() -> None:
    lines = (Slope("Digital", 42.0, 48.0, "48.0 (+6.0)"), Slope("Green", None, 55.0), Slope("Talent", 40.0, None))
    chart = SlopeChart(lines, "2024", "2025", "Digital rose", "Scores")
    page = pypdfium2.PdfDocument(write_pdf(outline(chart)).data)[0]
    said = " ".join(page.get_textpage().get_text_range().split())
    assert [
        words for words in ("Digital 42.0", "48.0 (+6.0) Digital", "55.0 Green", "Talent 40.0") if words not in said
    ] == []
    table = as_table(chart, "en")
    assert [["".join(run.text for run in cell) for cell in row] for row in table.rows] == [
        ["Digital", "42.0", "48.0 (+6.0)"],
        ["Green", "–", "55.0"],
        ["Talent", "40.0", "–"],
    ]


def test_a_slope_chart_rounds_as_its_table_does_and_goes_the_way_of_the_printed_change() -> None:
    """Figures on the edge of two decimals: Python's own rounding goes to the even digit, that of a report up."""
    lines = (Slope("Tie", 41.25, 56.25), Slope("Alike", 48.04, 47.96), Slope("Up", 60.04, 60.06))
    chart = SlopeChart(lines, "2024", "2025", "Caption", "Alt")
    page = pypdfium2.PdfDocument(write_pdf(outline(chart)).data)[0]
    said = " ".join(page.get_textpage().get_text_range().split())
    table = [["".join(run.text for run in cell) for cell in row] for row in as_table(chart, "en").rows]
    assert table == [["Tie", "41.3", "56.3"], ["Alike", "48.0", "48.0"], ["Up", "60.0", "60.1"]]
    assert [row for row in table if f"{row[0]} {row[1]}" not in said or f"{row[2]} {row[0]}" not in said] == []
    drawn = svg_of(Composer(load_fonts(), "en", Element("Part")), chart, "chart")
    lines_drawn = r'<path [^>]*class="s-(blue|orange|muted)" fill="none" stroke-width="(?:1.4|0.8)"'
    assert re.findall(lines_drawn, drawn) == ["blue", "blue", "muted"]  # from the highest down: Up, Tie, Alike


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["2. Ring (after: 1. Base)", "2027 Q1", "2027 Q2", "2028 Q1; 2028 Q3", "October 2028"]),
        (
            "zh",
            [
                "2. Ring（先实施：1. Base）",
                "2027年1季度",
                "2027年2季度",
                "2028年1季度；2028年3季度",
                "October 2028",
            ],
        ),
    ],
)
def test_the_road_map_as_a_table_tells_every_mark_of_its_chart(language: str, shown: list[str]) -> None:
    first = GanttTask("1. Base", 0.0, 4.0, "", "October 2027", 1.5, (3.0,))
    second = GanttTask("2. Ring", 0.4, 7.0, "", "October 2028", 1.9, (4.0, 6.99), needs=(0,))
    chart = Gantt((first, second), ("2027", "2028"), "Caption", "Alt", "first step", "check", "done", "before")
    table = as_table(chart, language)
    assert [column.title for column in table.columns][2:4] == ["First step", "Check"]
    assert ["".join(run.text for run in cell) for cell in table.rows[1]] == shown
    text = "".join(page_lines((chart,), language, 120))
    assert all(cell in text for cell in shown)


def test_the_matrix_as_a_table_tells_which_dots_are_filled() -> None:
    points = (MatrixPoint("1", "Labs", 2.0, 1.25), MatrixPoint("2", "Roads", 3.0, 0.5, chosen=False))
    names = ("", "", "", "")
    chart = ImpactMatrix(points, names, "Effort", "Gain", "Caption", "Alt", "to begin with", "fits as well")
    table = as_table(chart, "en")
    assert all(column.title for column in table.columns)
    rows = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert rows == [["1", "Labs", "2", "+1.3", "to begin with"], ["2", "Roads", "3", "+0.5", "fits as well"]]
