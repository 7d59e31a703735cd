"""What every form of a report promises: the same bytes again, both languages in one file, all that was said."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from zlib import decompress

import pypdfium2
import pytest
from rich.cells import cell_len

from nqpf_assess.engine.instrument import Instrument, digest
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import FORMS, Edition, Form
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Heading, Run, texts_of
from nqpf_assess.report.carried import carried
from nqpf_assess.report.make import ReportFile, ReportLanguage, make_report, outline_of
from nqpf_assess.report.markdown import bold, escaped, inline, write_markdown
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.text import write_text
from tests.report.outline.made import CLUSTER, COUNTY, DATE, FACTORY, answered, mixed, shipped
from tests.report.outline.test_outline_goldens import HERE
from tests.report.reading import outline
from tests.support.scored import instrument_of, read_toml

CASES = (("region", "ecological", COUNTY), ("firm", "specialised_sme", FACTORY))


@cache
def make(
    to: Form, language: ReportLanguage = "en", *, case: int = 0, width: int = 80, edition: Edition = "full"
) -> ReportFile:
    subject, profile, facts = CASES[case]
    instrument = shipped(subject, profile)
    answers = answered(instrument, facts=facts, wanted=mixed)
    return make_report(instrument, answers, language=language, to=to, date=DATE, width=width, edition=edition)


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, str]:
    """What each form is in another process with another order of hashes, as digests."""
    code = (
        "import json; from hashlib import sha256; from tests.report.renderers.test_forms import FORMS, make;"
        "print(json.dumps({to: sha256(make(to, 'zh', edition='brief').data).hexdigest() for to in FORMS}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("to", FORMS)
def test_same_input_gives_the_same_bytes(to: Form, elsewhere: dict[str, str]) -> None:
    """In another process with another order of hashes; the brief made again in this one, where much is remembered."""
    made = make(to, "zh", edition="brief").data
    assert elsewhere[to] == sha256(made).hexdigest()
    assert make.__wrapped__(to, "zh", edition="brief").data == made


def test_both_languages_are_parts_of_one_outline() -> None:
    """The language of the answers first; the full edition has two parts in each."""
    instrument = shipped("region", "ecological")
    answers = answered(instrument, facts=COUNTY, wanted=mixed, language="zh")
    outline = outline_of(instrument, answers, language="both", date=DATE)
    assert [part.language for part in outline.parts] == ["zh", "en"]
    full = outline_of(instrument, answers, language="both", date=DATE, edition="full")
    assert [part.language for part in full.parts] == ["zh", "zh", "en", "en"]


@pytest.mark.parametrize("to", FORMS)
def test_both_languages_stand_in_one_file(to: Form) -> None:
    sizes = [len(make(to, language, edition="brief").data) for language in ("en", "zh", "both")]
    assert sizes[2] > max(sizes[:2]) + 0.1 * min(sizes[:2])  # fonts are there once


@pytest.mark.parametrize(("width", "case"), [(40, 0), (60, 1), (80, 0), (120, 1)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_plain_text_keeps_to_its_width(width: int, language: ReportLanguage, case: int) -> None:
    """No line is wider than asked, none ends in spaces, and wide letters count double."""
    lines = make("text", language, case=case, width=width).data.decode().split("\n")
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_chinese_lines_do_not_begin_with_closing_marks(language: ReportLanguage) -> None:
    """Chinese punctuation stays where a reader expects it."""
    lines = [line.strip() for line in make("text", language).data.decode().split("\n") if line.strip()]
    assert not [line for line in lines if line[0] in "，。；：、？！）”》"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_markdown_reads_as_it_is_meant(language: ReportLanguage) -> None:
    """Tables are tables with all their cells, bold is bold, links lead to anchors that are there."""
    from markdown_it import MarkdownIt

    source = make("md", language).data.decode()
    html = MarkdownIt("gfm-like", {"html": True}).render(source)
    assert html.count("<table>") > 20
    assert "**" not in html
    assert "| :--" not in html
    wanted = {part.partition('"')[0] for part in html.split('href="#')[1:]}
    there = {part.partition('"')[0] for part in html.split('<a id="')[1:]}
    assert wanted
    assert wanted <= there


def test_word_file_opens_with_its_headings_and_tables() -> None:
    """Headings have the styles of headings, tables a header that repeats, the file a fixed date."""
    from docx import Document

    data = make("docx").data
    document = Document(io.BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(headings) > 10
    assert any("Every question and answer" in text for text in headings)
    assert len(document.tables) > 30
    assert sum("w:tblHeader" in table._tbl.xml for table in document.tables) > 20
    assert all("w:cantSplit" in table._tbl.xml for table in document.tables)
    assert sum("w:tblDescription" in table._tbl.xml for table in document.tables) > 8
    assert 'w:lang w:val="en-GB" w:eastAsia="zh-CN"' in document.styles["Normal"].element.xml
    assert document.core_properties.created.date().isoformat() == DATE
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("year", [1979, 2108])
def test_a_word_file_is_made_at_any_clock(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP knows no time before 1980 nor after 2107, and a clock without a battery stands where it likes."""
    expected = make("docx").data
    monkeypatch.setattr("time.time", lambda: (year - 1970) * 365.25 * 86400)
    assert make.__wrapped__("docx").data == expected


def test_word_file_has_contents_captions_bookmarks_and_heads_of_rows() -> None:
    """Word's own: a field of contents whose lines lead to bookmarks of headings, captions that count themselves."""
    data = make("docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names, body = file.namelist(), file.read("word/document.xml").decode()
        footers = "".join(file.read(name).decode() for name in names if "footer" in name)
    assert 'TOC \\o "1-2"' in body
    bookmarks = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body)
    wanted = re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', body)
    assert len(bookmarks) == len(set(bookmarks)) > 10
    assert wanted
    assert set(wanted) <= set(bookmarks)
    assert max(map(len, bookmarks)) <= 40
    assert body.count('<w:pStyle w:val="Caption"/>') == body.count(" SEQ ") > 10
    assert 'w:firstColumn="1"' in body
    assert " PAGE " in footers
    assert not [name for name in names if "thumbnail" in name]


def few() -> Instrument:
    """A questionnaire of few questions, for what does not differ by how much a report says."""
    return instrument_of(
        read_toml(HERE / "small" / "questionnaire.toml"), [read_toml(HERE / "small" / "baseline.toml")]
    )


def test_contents_of_a_word_file_name_the_headings_of_their_own_part_when_word_works_them_out() -> None:
    """Two languages in full are four parts: each field of contents is bound to the bookmark round its part."""
    instrument = few()
    data = make_report(instrument, answered(instrument), language="both", to="docx", date=DATE, edition="full").data
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    bound = re.findall(r" TOC [^<]*\\b (\w+) ", body)
    assert len(bound) == len(set(bound)) == 4
    found = []
    for name in bound:
        start = re.search(rf'<w:bookmarkStart w:id="(\d+)" w:name="{name}"/>', body)
        assert start
        part = body[start.end() : body.index(f'<w:bookmarkEnd w:id="{start[1]}"/>')]
        assert f"\\b {name} " in part
        found.append(part.count('<w:pStyle w:val="Heading1"/>'))
    assert sum(found) == body.count('<w:pStyle w:val="Heading1"/>')
    assert min(found) > 3


def test_gongwen_has_the_page_the_fonts_and_the_grid_of_official_papers() -> None:
    """GB/T 9704-2012: 37 and 28 mm of margin, 22 lines of 28 characters, 仿宋 16 points, heads 黑体 and 楷体."""
    from docx import Document

    instrument = shipped("region", "ecological")
    answers = answered(instrument, facts=COUNTY, wanted=mixed)
    data = make_report(instrument, answers, language="zh", to="docx", date=DATE, style="gongwen").data
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    assert [round(edge.mm) for edge in (section.top_margin, section.left_margin)] == [37, 28]
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225
    assert re.search(r'<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-8\d\d"/>', section._sectPr.xml)
    fonts = {name: document.styles[name].element.xml for name in ("Normal", "Heading 1", "Heading 2")}
    assert all(font in fonts[name] for name, font in zip(fonts, ("仿宋_GB2312", "黑体", "楷体_GB2312"), strict=True))
    assert document.styles["Normal"].font.size.pt == 16
    assert "0B2A4A" not in document.element.xml


@pytest.mark.parametrize("edition", ["brief", "full"])
def test_gongwen_sets_the_title_of_a_paper_apart_from_its_heads(edition: Edition) -> None:
    """In the middle, 22 points, 小标宋: on the cover of the full edition, over the first page of a brief."""
    from docx import Document

    instrument = few()
    data = make_report(
        instrument, answered(instrument), language="zh", to="docx", date=DATE, style="gongwen", edition=edition
    ).data
    first, *others = Document(io.BytesIO(data)).paragraphs
    assert first.style.name == "Title"
    assert [first.style.font.size.pt, first.style.paragraph_format.alignment] == [22, 1]
    assert "方正小标宋简体" in first.style.element.xml
    assert not any(paragraph.style.name == "Title" for paragraph in others)


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_the_word_file_and_saves_it_again(tmp_path: Path) -> None:
    """With its headings, tables and captions."""
    from docx import Document

    (tmp_path / "report.docx").write_bytes(make("docx", "zh", edition="brief").data)
    command = [
        str(OFFICE),
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
        "--convert-to",
        "docx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), str(tmp_path / "report.docx")], check=True, capture_output=True
    )
    before, after = Document(tmp_path / "report.docx"), Document(tmp_path / "again" / "report.docx")
    for style in ("Heading 1", "Heading 2", "Caption"):
        said = [[p.text for p in document.paragraphs if p.style.name == style] for document in (before, after)]
        assert said[0] == said[1]
        assert said[0]
    assert len(before.tables) == len(after.tables) > 2


def test_word_file_without_its_library_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where python-docx is not installed the extra to install is named."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UserError) as caught:
        make.__wrapped__("docx")
    assert caught.value.status == 3
    assert "nqpf-assess[docx]" in caught.value.hint["en"]


def test_characters_without_a_glyph_are_listed() -> None:
    """The PDF names what it could not show, in each part, and says so to the caller."""
    instrument = shipped("region", "ecological")
    answers = answered(instrument, facts=COUNTY, wanted=mixed, subject={"name": "A \U0001f600 place"})
    file = make_report(instrument, answers, language="both", to="pdf", date=DATE)
    assert file.missing == ("\U0001f600",)
    assert make("pdf", "both", edition="brief").missing == ()
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(file.data)))
    assert words.count("U+1F600") == 2
    assert words.count("GRINNING FACE") == 2


# ── What a report carries ──


@pytest.mark.parametrize("case", [0, 1])
def test_what_a_report_carries_scores_alike(case: int, tmp_path: Path) -> None:
    """The ordinary reader takes the carried files in without an error, and gives the same digests and scorecard."""
    subject, profile, facts = CASES[case]
    instrument = shipped(subject, profile)
    answers = answered(instrument, facts=facts, wanted=mixed, override=[{"node": "talent", "factor": 2, "why": "x"}])
    files = {file.name: file.data for file in carried(instrument, answers)}
    folder = tmp_path / "weights" / subject
    folder.mkdir(parents=True)
    (tmp_path / "questionnaires").mkdir()
    (tmp_path / "questionnaires" / f"{subject}.toml").write_bytes(files["questionnaire.toml"])
    for place, rubric in enumerate(instrument.chain, start=1):
        (folder / f"{rubric.id}.toml").write_bytes(files[f"weights-{place}-{rubric.id}.toml"])
    (tmp_path / "answers.toml").write_bytes(files["answers.toml"])
    sheet = Library((Root("content", tmp_path),)).open_answers(tmp_path / "answers.toml")
    assert sheet.sound, [problem.told("en") for problem in sheet.problems]
    assert sheet.instrument is not None
    assert sheet.answers is not None
    assert digest(sheet.instrument.questionnaire) == digest(instrument.questionnaire)
    assert digest(*sheet.instrument.chain) == digest(*instrument.chain)
    assert score(sheet.instrument, sheet.answers) == score(instrument, answers)


def test_what_it_carries_is_the_same_from_the_content_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questionnaire and rubrics are kept there compressed; answers never are."""
    instrument = shipped("region", "ecological")
    answers = answered(instrument, facts=COUNTY, wanted=mixed)
    found = []
    for folder in ("", str(tmp_path), str(tmp_path)):
        monkeypatch.setenv("NQPF_ASSESS_CACHE", folder)
        monkeypatch.setattr("nqpf_assess.report.carried._DEFLATED", {})
        found.append(carried(instrument, answers))
    assert found[0] == found[1] == found[2]
    assert all(decompress(file.deflated) == file.data for file in found[0][1:])
    assert len(list(tmp_path.iterdir())) == len(found[0]) - 1


def test_the_pdf_carries_them() -> None:
    """The answers are the source of the report, questionnaire and rubric its data."""
    import pikepdf

    with pikepdf.open(io.BytesIO(make("pdf").data)) as pdf:
        found = {name: pdf.attachments[name].obj.AFRelationship for name in pdf.attachments}
    assert found == {
        "answers.toml": "/Source",
        "report.json": "/Data",
        "questionnaire.toml": "/Data",
        "weights-1-baseline.toml": "/Data",
        "weights-2-ecological.toml": "/Data",
    }


MOST_PAGES = 8
"""Pages that a brief has at most."""

CAPPED = {"facts": CLUSTER, "wanted": lambda id: 10.0 if "safe" in id or "accident" in id or "risk" in id else 75.0}
FULL_PAGES = {
    "county": ("region", "ecological", {"facts": COUNTY, "wanted": mixed}),
    "factory": ("firm", "specialised_sme", {"facts": FACTORY, "wanted": mixed}),
    "capped": ("region", "cluster_county", {**CAPPED, "mode": "quick"}),
    "best": ("region", "border_gateway", {"facts": COUNTY, "wanted": lambda _: 100.0}),
    "little": ("region", "catch_up", {"facts": COUNTY, "wanted": lambda id: mixed(id) if mixed(id) < 20 else None}),
    "half": (
        "firm",
        "energy_intensive",
        {"facts": FACTORY, "wanted": lambda id: None if mixed(id) < 40 else mixed(id)},
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", FULL_PAGES)
def test_the_page_that_decides_is_page_one_alone(name: str, language: ReportLanguage) -> None:
    """The first page says how sure it is, and what follows begins on the second at the latest."""
    subject, profile, rest = FULL_PAGES[name]
    instrument = shipped(subject, profile)
    outline = outline_of(instrument, answered(instrument, **rest), language=language, date=DATE)  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(io.BytesIO(write_pdf(outline).data))
    pages = [document[number].get_textpage().get_text_range() for number in range(2)]
    assert ("How sure this is" if language == "en" else "结论可靠程度") in pages[0]
    where = next(b.text for b in outline.parts[0].blocks if isinstance(b, Heading) and b.anchor.endswith("brief-where"))
    assert "".join(where.split()) in "".join("".join(pages).split())  # on page 1 where there is little to decide
    assert len(document) <= MOST_PAGES


# ── Very many questions ──


def test_thousands_of_questions_are_told_in_a_readable_report() -> None:
    """The list of questions, bars and gaps are cut to what can be read, each with a sentence that says so.

    10,200 of them in the whole run, a quarter by default.
    """
    from nqpf_assess.model.answers import Answers
    from tests.report.outline.test_outline_goldens import HERE
    from tests.support.scored import instrument_of, read_toml, sample

    questionnaire = read_toml(HERE / "small" / "questionnaire.toml")
    rubric = read_toml(HERE / "small" / "baseline.toml") | {"weights": {}, "floors": {}}
    tables = ("dimensions", "questions", "countermeasures", "checks", "figures")
    questionnaire |= {table: {} for table in tables}
    levels = [{"en": word, "zh": word} for word in "abc"]
    for number in range(102):
        pillar = list(questionnaire["pillars"])[number % 3]
        title = f"Dimension {number}"
        questionnaire["dimensions"][f"d{number}"] = {"pillar": pillar, "title": {"en": title, "zh": title}}
        for place in range(sample(100)):
            words = {"en": f"Question {place}?", "zh": f"Question {place}?"}
            question = {"dimension": f"d{number}", "kind": "level", "text": words, "levels": levels}
            questionnaire["questions"][f"d{number}_q{place}"] = question
    instrument = instrument_of(questionnaire, [rubric])
    ids = instrument.questions
    table = {
        "format": "nqpf-answers/1",
        "questionnaire": {"id": "small", "version": "1.0.0"},
        "weights": {"id": "baseline", "version": "1.0.0"},
        "answers": {id: {"value": place * 7 % 3} for place, id in enumerate(ids) if place % 5},
    }
    outline = outline_of(instrument, Answers.model_validate(table), language="en", date=DATE, edition="full")
    file = write_pdf(outline)
    told = "\n".join(text for part in outline.parts for text in texts_of(part.blocks))
    assert len(ids) == 102 * sample(100)
    assert 20 < file.pages < 80
    assert f"The questionnaire has {len(ids)} questions. The 300 that carry most are listed here" in told
    assert "30 of 102 rows are shown" in told
    assert f"200 of {len(ids) // 5 + 3} rows are shown" in told


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("69.2分，R&D 5%", "69.2分，R&D 5%"),
        ("a_b [1] x > 3 < 4 #2 {x}", "a_b [1] x > 3 < 4 #2 {x}"),
        ("# a", "\\# a"),
        ("[a](b) <b> _c_ x.org", "\\[a\\](b) \\<b> \\_c\\_ x\\.org"),
    ],
)
def test_markdown_escapes_what_would_be_markup_and_nothing_else(words: str, written: str) -> None:
    assert escaped(words) == written


def test_a_list_is_numbered_where_order_matters_alone() -> None:
    """In Markdown and in plain text."""
    told = outline(*(blocks.Bullets((blocks.runs("once"), blocks.runs("twice")), numbered=it) for it in (False, True)))
    for words, mark in ((write_text(told), "•"), (write_markdown(told), "-")):
        assert [line.split()[0] for line in words.splitlines() if "ce" in line] == [mark, mark, "1.", "2."], words


def test_bold_markdown_closes_the_bracket_that_it_opens() -> None:
    assert bold("完整评估（70题）") == "**完整评估（70题）**"
    assert inline((Run("完整评估（70题）", bold=True), Run("等"))) == "**完整评估（70题**）等"
    assert bold("要点：") == "**要点**："


def test_bars_in_cells_tell_range_and_last_time_as_their_table_does() -> None:
    """The PDF draws both, and plain text tells them in figures."""
    whole = blocks.Bullet("Green", 74.0, 68.0, 62.0, 75.0, 58.5, "74.0 → 68.0")
    bullets = (whole, blocks.Bullet("Digital", 40.0, 50.0))
    chart = blocks.BulletChart(bullets, "now", "target", "Furthest: digital", "alt", "range", "last time")
    for width in (80, 40):  # with less room it is a table
        told = " ".join(write_text(outline(chart), width=width).split())
        assert "62.0–75.0" in told
        assert "58.5" in told
    assert "74.0 → 68.0 (62.0–75.0; last time 58.5)" in write_text(outline(chart))
    assert "in brackets: range" in write_text(outline(chart))
    label = "Upgrading of traditional industries"  # the bar gives way to it
    long = blocks.BulletChart((replace(whole, label=label, before=None),), "now", "target", "", "alt", "range")
    assert label in write_text(outline(long), width=80)
