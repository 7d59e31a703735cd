"""The same bilingual report content in our renderer and in others: CPU, memory, pages, size.

    python -m benchmarks report

Content: headings, paragraphs, lists and tables of a sample's brief in both languages. Ours also breaks Chinese lines by
rule, tags and finishes the file for archives. Peers that are not installed are left out: pip install fpdf2 weasyprint
typst. Each engine runs in processes of its own, one after another. Besides, what a whole report costs from the shell,
as a multiple of a bare Python, and each of many in a folder.
"""

import html
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT, SAMPLE

CHARACTERS = 15_000
"""Of each language."""

FONTS = ROOT / "src" / "nqpf_assess" / "report" / "fonts"
REGULAR, BOLD = FONTS / "NqpfSansSC-Regular.ttf", FONTS / "NqpfSansSC-Bold.ttf"
ROUNDS = 3
FOLDER = "NQPF_BENCH_FOLDER"
"""Variable that tells an engine's process where the content lies."""

STOCK = "reportlab platypus, stock"

Piece = tuple[str, Any]
"""("h", words), ("p", words), ("li", words) or ("t", rows of words, the first the header)."""


def content() -> Sequence[Piece]:
    """Give the content as plain pieces."""
    found: list[Piece] = json.loads(_handed_over("pieces.json").read_text(encoding="utf-8"))
    return found


def _handed_over(name: str) -> Path:
    """Return a file of the folder that the measuring process made for itself and its engines alone."""
    return Path(os.environ[FOLDER]) / name


def outline() -> Any:
    """Make the outline that our renderer draws: the blocks that have a peer elsewhere."""
    from nqpf_assess.files.library import Library
    from nqpf_assess.report import blocks
    from nqpf_assess.report.make import outline_of

    sheet = Library().open_answers(SAMPLE)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    whole = outline_of(sheet.instrument, sheet.answers, language="both", date="2026-11-25")
    from nqpf_assess.report.blocks import card_table

    kinds = (blocks.Heading, blocks.Paragraph, blocks.Bullets, blocks.Table)
    parts = []
    for part in whole.parts:
        kept, count = [], 0
        for block in part.blocks:
            block = card_table(block) if isinstance(block, blocks.CardRow) else block  # noqa: PLW2901
            if isinstance(block, kinds) and count < CHARACTERS:
                kept.append(replace(block, new_page=False) if isinstance(block, blocks.Heading) else block)
                count += sum(map(len, blocks.texts_of([block])))
        parts.append(replace(part, blocks=tuple(kept)))
    return replace(whole, parts=tuple(parts))


def pieces(made: Any) -> Iterator[Piece]:
    """Write an outline as plain pieces."""
    from nqpf_assess.report import blocks
    from nqpf_assess.report.blocks import words_of

    for block in (block for part in made.parts for block in part.blocks):
        match block:
            case blocks.Heading():
                yield "h", block.text
            case blocks.Paragraph():
                yield "p", words_of(block.runs)
            case blocks.Bullets():
                yield from (("li", words_of(item)) for item in block.items)
            case blocks.Table():
                titles = [column.title for column in block.columns]
                yield "t", [titles, *([words_of(cell) for cell in row] for row in block.rows)]
            case _:
                pass  # what is drawn has no plain pieces


# ── The engines: each gives the bytes of a PDF ──


@cache
def _kept() -> Any:
    import pickle

    return pickle.loads(_handed_over("outline.pickle").read_bytes())


def ours() -> bytes:
    """Draw it tagged, for archives."""
    from nqpf_assess.report.pdf import write_pdf

    return write_pdf(_kept()).data


def ours_plain() -> bytes:
    """Draw it without the finishing pass: no tags, no archive metadata."""
    from nqpf_assess.report.blocks import Intake
    from nqpf_assess.report.pdf.fonts import load_fonts
    from nqpf_assess.report.pdf.story import draw

    fonts = load_fonts()
    return draw(Intake(fonts.drawable).outline(_kept()), fonts).data


def stock() -> bytes:
    """Draw it with reportlab's own paragraphs and tables."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    for name, path in (("Han", REGULAR), ("HanBold", BOLD)):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(path)))
    body = ParagraphStyle("p", fontName="Han", fontSize=9.8, leading=15, wordWrap="CJK", spaceAfter=5)
    cell = ParagraphStyle("c", fontName="Han", fontSize=8.6, leading=12, wordWrap="CJK")
    head = ParagraphStyle("h", fontName="HanBold", fontSize=13, leading=18, wordWrap="CJK", spaceBefore=8)
    story: list[Any] = []
    for kind, said in content():
        if kind != "t":
            story.append(Paragraph(html.escape(said), head if kind == "h" else body))
            continue
        rows = [[Paragraph(html.escape(words), cell) for words in row] for row in said]
        width = 471 / len(said[0])
        grid = [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        story.append(Table(rows, colWidths=[width] * len(said[0]), repeatRows=1, style=grid, splitInRow=1))
    file = io.BytesIO()
    SimpleDocTemplate(file, leftMargin=62, rightMargin=62, topMargin=74, bottomMargin=66).build(story)
    return file.getvalue()


def fpdf2() -> bytes:
    """Draw it with fpdf2."""
    pdf = import_module("fpdf").FPDF(unit="pt", format="A4")
    pdf.set_margins(62, 74, 62)
    pdf.set_auto_page_break(auto=True, margin=66)
    pdf.add_page()
    pdf.add_font("Han", "", str(REGULAR))
    pdf.add_font("Han", "B", str(BOLD))
    for kind, said in content():
        pdf.set_font("Han", "B" if kind == "h" else "", 13 if kind == "h" else 8.6 if kind == "t" else 9.8)
        if kind == "t":
            with pdf.table(line_height=12, text_align="LEFT") as table:
                for row in said:
                    line = table.row()
                    for words in row:
                        line.cell(words or " ")
        else:
            pdf.multi_cell(0, 18 if kind == "h" else 15, said, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def weasyprint() -> bytes:
    """Draw it with WeasyPrint."""
    faces = "".join(
        f"@font-face{{font-family:Han;font-weight:{weight};src:url({path.as_uri()})}}"
        for weight, path in ((400, REGULAR), (700, BOLD))
    )
    style = f"{faces}@page{{size:A4;margin:74pt 62pt}}body{{font:9.8pt/1.5 Han}}table{{width:100%;font-size:8.6pt}}"
    return bytes(
        import_module("weasyprint").HTML(string=f"<style>{style}</style>{''.join(map(_html, content()))}").write_pdf()
    )


def _html(piece: Piece) -> str:
    kind, said = piece
    if kind != "t":
        tag = {"h": "h2", "p": "p", "li": "p"}[kind]
        return f"<{tag}>{html.escape(said)}</{tag}>"
    rows = ["".join(f"<td>{html.escape(words)}</td>" for words in row) for row in said]
    return f"<table><thead><tr>{rows[0]}</tr></thead>{''.join(f'<tr>{row}</tr>' for row in rows[1:])}</table>"


def typst() -> bytes:
    """Draw it with typst."""
    head = '#set page(paper: "a4", margin: (x: 62pt, y: 74pt))\n#set text(font: "Nqpf Sans SC", size: 9.8pt)\n'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text(head + "\n\n".join(map(_typst, content())), encoding="utf-8")
        return bytes(import_module("typst").compile(str(path), font_paths=[str(FONTS)]))


def _typst(piece: Piece) -> str:
    kind, said = piece
    if kind != "t":
        return (
            f"= #{json.dumps(said, ensure_ascii=False)}" if kind == "h" else f"#{json.dumps(said, ensure_ascii=False)}"
        )
    cells = [[f"[#{json.dumps(words, ensure_ascii=False)}]" for words in row] for row in said]
    body = ", ".join(words for row in cells[1:] for words in row)
    return f"#text(8.6pt, table(columns: {len(said[0])}, table.header({', '.join(cells[0])}), {body}))"


ENGINES: dict[str, Callable[[], bytes]] = {
    "ours, tagged, PDF/A-3a": ours,
    "ours, plain": ours_plain,
    STOCK: stock,
    "typst": typst,
    "WeasyPrint": weasyprint,
    "fpdf2": fpdf2,
}


def measured(engine: str) -> dict[str, float] | None:
    """Run one engine: a process that draws once, and one that draws again and again; None where it is missing."""
    environment = {**compiled(), "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
    arguments = [sys.executable, "-m", "benchmarks.report", engine]
    with subprocess.Popen(
        [*arguments, "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        return None
    warm = subprocess.run([*arguments, str(ROUNDS)], capture_output=True, check=True, env=environment)
    found: dict[str, float] = json.loads(warm.stdout)
    return found | {"cold": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def draw_again(engine: str, rounds: int) -> dict[str, float]:
    """Draw in this process; the best time is the last rounds' (the first loads fonts)."""
    times = []
    data = b""
    for _ in range(rounds + 1 if rounds > 1 else 1):
        start = time.process_time()
        data = ENGINES[engine]()
        times.append(time.process_time() - start)
    return {"warm": min(times), "pages": _pages(data), "size": len(data) / 1000}


def _pages(data: bytes) -> int:
    return len(import_module("pypdfium2").PdfDocument(data))


def lines() -> list[str]:
    """Measure every engine and write the table."""
    import pickle

    made = outline()
    with tempfile.TemporaryDirectory(prefix="nqpf-bench-") as folder:  # nobody else may write into it: a pickle is code
        os.environ[FOLDER] = folder
        _handed_over("pieces.json").write_text(json.dumps(list(pieces(made))), encoding="utf-8")
        _handed_over("outline.pickle").write_bytes(pickle.dumps(made))
        found = {engine: row for engine in ENGINES if (row := measured(engine))}
    return ["## The report", "", *_table(found), "", *shell_lines(), ""]


# ── A whole report from the shell ──

FOLDER_OF = 24
"""Reports made in one run, to see what each of many costs."""


def shell_lines() -> list[str]:
    """Measure whole reports from the shell beside a bare Python, and many in one folder."""
    from nqpf_assess.model.report_form import EDITIONS

    bare = min(cpu([sys.executable, "-c", "pass"]) for _ in range(3 * ROUNDS))
    rows = []
    with tempfile.TemporaryDirectory(prefix="nqpf-bench-") as folder:
        program = [sys.executable, "-m", "nqpf_assess", "report", "--date", "2026-11-25"]
        for edition in EDITIONS:
            for language in ("en", "zh"):
                file = Path(folder) / f"{edition}-{language}.pdf"
                command = [*program, str(SAMPLE), "--edition", edition, "--lang", language, "-o", str(file)]
                spent = min([cpu(command) for _ in range(ROUNDS + 1)][1:])  # the first fills the content cache
                size = file.stat().st_size / 1000
                rows.append(f"| {edition}, {language} | {spent:.2f} | {spent / bare:.0f} | {size:.0f} |")
        answers = Path(folder) / "answers"
        answers.mkdir()
        for number in range(FOLDER_OF):
            (answers / f"{number:03d}.toml").write_bytes(SAMPLE.read_bytes())
        spent = cpu([*program, str(answers), "--lang", "zh", "--jobs", "1", "-o", f"{folder}/many/"])
        rows.append(f"| each of {FOLDER_OF} briefs in a folder, zh | {spent / FOLDER_OF:.2f} | | |")
    return [
        f"From the shell; a bare Python takes {bare * 1000:.1f} ms. Best of {ROUNDS}.",
        "",
        "| report | CPU s | × bare Python | kB |",
        "|---|---:|---:|---:|",
        *rows,
    ]


def compiled() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiled, as it does where a program is installed."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def cpu(command: Sequence[str]) -> float:
    """Return the processor time that a command and its children take, in seconds."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=compiled())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime


def versions() -> Iterator[str]:
    """Name the peers that are installed with their versions."""
    for name in ("reportlab", "typst", "weasyprint", "fpdf2"):
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


def _table(found: dict[str, dict[str, float]]) -> Sequence[str]:
    beside = found[STOCK]
    rows = [
        f"| {name} | {row['warm'] * 1000:.0f} | {row['warm'] / beside['warm']:.2f} | {row['cold'] * 1000:.0f} "
        f"| {row['cold'] / beside['cold']:.2f} | {row['peak']:.0f} | {row['size']:.0f} | {row['pages']:.0f} |"
        for name, row in found.items()
    ]
    head = "| engine | warm CPU ms | × stock | process CPU ms | × stock | peak MB | kB | pages |"
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        f"Best of {ROUNDS}; × is the ratio to stock reportlab. {', '.join(versions())}. Load of the machine: {load}.",
        "",
        head,
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *rows,
    ]


if __name__ == "__main__":
    print(json.dumps(draw_again(sys.argv[1], int(sys.argv[2]))))
