"""What the reports of all samples say, read as text in both languages and in every form that is cheap to write.

The outlines are made once and shared; the rules hold whatever the samples' figures are.
"""

import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdfium2 import PdfDocument

from nqpf_assess.engine.profiles import moved
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import errors
from nqpf_assess.report.blocks import (
    BulletChart,
    CardRow,
    DetailCard,
    Heading,
    Outline,
    Paragraph,
    Table,
    texts_of,
    words_of,
)
from nqpf_assess.report.figures import MAKERS, as_table
from nqpf_assess.report.forms import draw
from nqpf_assess.report.outline import Case, outline_of
from nqpf_assess.report.outline.findings import MOST_LISTED, stated
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.flow import paginate, places_on
from nqpf_assess.report.pdf.fonts import load_fonts
from nqpf_assess.report.pdf.story import compose
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import HEIGHT
from nqpf_assess.report.pdf.typeset import Composer
from nqpf_assess.report.wording import number
from tests.support.scored import every_other, instrument_of, read_toml, shipped_chain, shipped_questionnaire

SAMPLES = sorted(path.stem for path in (Path(__file__).parents[2] / "samples").glob("*.toml"))
LANGUAGES = ("en", "zh")
DATE = "2026-11-25"
COMPARED = {"renewal_city_2025": "renewal_city_2024"}
ANNEXES = ("listing", "missing")
"""Annexes that print questions: the list of all of them, and what is missing."""


@cache
def library() -> Library:
    return Library(roots(()))


@cache
def case(name: str, language: str) -> Case:
    sheet = library().open_answers(Path(__file__).parents[2] / "samples" / f"{name}.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    assessed = assess(sheet.instrument, sheet.answers)
    return Case(assessed, scorecard_of(assessed), (), language, DATE)


@cache
def outline(name: str) -> Outline:
    """The full edition of a sample in both languages: brief and volume of each."""
    made, then = case(name, "en"), COMPARED.get(name)
    book = library().questionnaire(made.questionnaire.id)
    assert book is not None
    profiles = [rubric.chain for rubric in library().profiles(book) if not errors(rubric.problems)]
    earlier = None if then is None else (case(then, "en").instrument, case(then, "en").answers)
    return outline_of(
        made.instrument,
        made.answers,
        languages=LANGUAGES,
        date=DATE,
        profiles=profiles,
        earlier=earlier,
        edition="full",
    )


def parts(name: str, language: str) -> tuple[list[object], list[object]]:
    """The blocks of the brief, without its cover, and those of the volume, without the annexes that print questions."""
    brief, volume = (part.blocks for part in outline(name).parts if part.language == language)
    start = next(place for place, block in enumerate(brief) if isinstance(block, Heading))
    kept, annexed = [], False
    for block in volume:
        if isinstance(block, Heading) and block.level == 1:
            annexed = block.anchor.endswith(ANNEXES)
        kept += [] if annexed else [block]
    return list(brief[start:]), kept


def said(blocks: list[object]) -> str:
    return "\n".join(text for text in texts_of(blocks) if text)  # type: ignore[arg-type]


QUOTED_QUESTION = re.compile(r"“[^”]*[?？]”")
BLANK = re.compile(r"\b[XY] ?%|[XY]％|由X|到Y|\bfrom X\b|\bto Y\b|\{[a-z_]+\}|None\b(?! of)|\bnan\b")
LEVEL = re.compile(r"\blevel \d of \d|第\d级（共|（\d级中的")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_no_question_is_quoted_nothing_is_left_blank_no_level_is_named(name: str, language: str) -> None:
    for blocks in parts(name, language):
        words = said(blocks)
        assert not QUOTED_QUESTION.findall(words)
        assert not BLANK.findall(words)
        assert not LEVEL.findall(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_brief_asks_nothing(name: str, language: str) -> None:
    """No sentence of the brief is a question of the questionnaire, quoted or not."""
    brief = said(parts(name, language)[0])
    asked = case(name, language).questionnaire.questions.values()
    assert not [question.text[language] for question in asked if question.text[language].strip() in brief]


FULL = ("border_county_override", "catch_up_county", "grain_county_quick", "renewal_city_2024", "renewal_city_2025")
"""Samples whose last paragraph of the decision page, in English, stands overleaf."""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_decision_page_is_one_page(name: str) -> None:
    for part in outline(name).parts[::2]:
        composer = Composer(load_fonts(), part.language, Element("Part"))
        places = places_on(paginate(compose(composer, part.blocks)), first=0, offset=0.0)
        decision, following, *_ = (places[block.anchor] for block in part.blocks if isinstance(block, Heading))
        overleaf = following.top if following.page > decision.page else 0.0
        assert overleaf <= (0.21 * HEIGHT if part.language == "en" and name in FULL else 0.0), part.language


@pytest.mark.parametrize("to", ["text", "md", "html"])
def test_every_form_says_what_the_outline_says(to: str) -> None:
    """The same rules hold for what is written, in one file of both languages; every sentence of page one is in it."""
    made = outline("cluster_county")
    data = draw(made, to)[0].decode()  # type: ignore[arg-type]
    assert not BLANK.findall(re.sub(r"<[^>]*>|\{[^}]*\}", "", data)) or to == "html"
    squeezed = re.sub(r"\s|\\|[*┃]|<[^>]*>", "", data)
    for language in LANGUAGES:
        page = [b for b in parts("cluster_county", language)[0][:8] if isinstance(b, Paragraph)]
        for block in page:
            assert re.sub(r"\s|[*]", "", words_of(block.runs))[:60] in squeezed


@cache
def written(name: str) -> dict[str, str]:
    """The brief of a sample in both languages as people read it in each form, white space as single spaces."""
    made = case(name, "en")
    brief = outline_of(made.instrument, made.answers, languages=LANGUAGES, date=DATE)
    pages = PdfDocument(write_pdf(brief).data)
    word = docx.Document(io.BytesIO(draw(brief, "docx")[0]))
    html = re.sub(r"<(style|script|title|desc)\b.*?</\1>", " ", draw(brief, "html")[0].decode(), flags=re.DOTALL)
    charts = [as_table(block, part.language) for part in brief.parts for block in part.blocks if type(block) in MAKERS]
    # The ranges that a drawing shows are said to those who hear the page.
    every = [block for part in brief.parts for block in part.blocks]
    seen = [replace(block, alt="") if isinstance(block, BulletChart) else block for block in every]
    forms = {
        "outline": "\n".join(texts_of(seen)),
        "charts": "\n".join(texts_of(charts)),
        "text": draw(brief, "text")[0].decode(),
        "md": draw(brief, "md")[0].decode(),
        "html": unescape(re.sub(r"<[^>]*>", " ", html)),
        "docx": " ".join(word.element.body.itertext()),
        "pdf": " ".join(page.get_textpage().get_text_range() for page in pages),
    }
    return {form: re.sub(r"\s+", " ", words) for form, words in forms.items()}


@pytest.mark.parametrize("name", every_other(SAMPLES))
def test_the_rules_hold_in_every_form_of_a_brief(name: str) -> None:
    for form, words in written(name).items():
        assert not QUOTED_QUESTION.findall(words), form
        assert not BLANK.findall(words), form
        assert not LEVEL.findall(words), form


SCORE = re.compile(r"(?<![\d.])\d+\.\d(?![\d.])")


@pytest.mark.parametrize("name", every_other(SAMPLES))
def test_every_form_of_a_brief_has_the_same_figures(name: str) -> None:
    """What is written with one decimal, as all scores, shares and gains are, is in every form or in none.

    The ends of ranges, which a drawing shows, stand in the table that takes its place.
    """
    forms = {form: set(SCORE.findall(words)) for form, words in written(name).items()}
    own, drawn = forms.pop("outline"), forms.pop("charts")
    assert len(own) > 40
    for form, figures in forms.items():
        assert figures <= own | drawn, form
        assert own - figures <= {"0.0", "100.0"}, form


def test_a_questionnaire_without_findings_is_not_quoted() -> None:
    """Where the content has no sentences of its own, they are made of question and answer, never by quoting one."""
    questionnaire = bare(shipped_questionnaire("region"))
    answers = read_toml(Path(__file__).parents[2] / "samples" / "cluster_county.toml") | {
        "questionnaire": {"id": "region", "version": questionnaire["version"]},
        "weights": {"id": "cluster_county", "version": "2027.1.0"},
    }
    instrument = instrument_of(questionnaire, shipped_chain("region", "cluster_county"))
    for blocks in outline_of(instrument, Answers.model_validate(answers), languages=LANGUAGES, date=DATE).parts:
        words = said(list(blocks.blocks))
        assert len(words) > 4000
        assert not QUOTED_QUESTION.findall(words)
        assert "?" not in words
        assert "？" not in words


def bare(value: object) -> Any:
    """The same table without the findings of its questions."""
    if isinstance(value, dict):
        return {key: bare(part) for key, part in value.items() if key not in ("finding", "findings")}
    return [bare(part) for part in value] if isinstance(value, list) else value


def test_what_is_only_so_far_is_said_once_a_paragraph() -> None:
    """However many answers of a gap are on their way."""
    paragraphs = [words for name in SAMPLES for words in texts_of(parts(name, "zh")[0])]  # type: ignore[arg-type]
    counts = [words.count("目前仅到这一步") for words in paragraphs]
    assert sum(counts) > 40
    assert max(counts) == 1


# ── Figures that agree ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_for_adds_to_the_score(language: str) -> None:
    """No request of a brief brings 0.0 points on top of the tasks."""
    adds = {"en": "Adds", "zh": "预计提升"}[language]
    found = []
    for name in SAMPLES:
        for block in parts(name, language)[0]:
            if isinstance(block, Table) and adds in (titles := [column.title for column in block.columns]):
                found += [value(words_of(row[titles.index(adds)])) for row in block.rows]
    assert len(found) > 20
    assert min(found) > 0


def value(words: str) -> Decimal:
    return Decimal(re.findall(r"[−+]?\d+(?:\.\d+)?", words)[0].replace("−", "-").replace("+", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_acts_bring_adds_up_to_the_digit(name: str, language: str) -> None:
    """The cards sum to their heading, and to the points so far of the division of work at the last of them."""
    brief, volume = parts(name, language)
    rows = [block for block in brief if isinstance(block, CardRow)]
    if not rows or case(name, language).card.overall.score is None:
        return
    place = brief.index(rows[0])
    heading = words_of(brief[place - 1].runs)  # type: ignore[attr-defined]
    brings = [value(words_of(card.fields[-1].runs)) for card in rows[0].cards]
    assert value(re.split(r"[（(]", heading, maxsplit=1)[1]) == sum(brings)
    divided = [
        [b for b in blocks if isinstance(b, Table) and len(b.columns) == 7 and b.caption] for blocks in (brief, volume)
    ]
    tables = [next(t for t in found if t.columns[2].title in ("Measurable goal", "量化目标")) for found in divided]
    assert tables[0] == tables[1]
    assert value(words_of(tables[0].rows[len(brings) - 1][-1])) == sum(brings)
    cards = [block for block in volume if isinstance(block, DetailCard) and block.badge]
    assert [value(card.badge) for card in cards][: len(brings)] == brings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_scores_and_targets_are_the_same_wherever_they_stand(name: str, language: str) -> None:
    """A dimension that opens a paragraph stands there with the score, target and share of the scorecard."""
    made = case(name, language)
    known = {made.in_sentence(made.title(id)): made.nodes[id] for id in made.questionnaire.dimensions}
    told = 0
    for blocks in parts(name, language):
        told_of = [b for b in blocks if isinstance(b, Paragraph) and b.style == "body"]
        openings = [b.runs[0].text for b in told_of if b.runs[0].bold]
        for words in openings:
            names = [title for title in known if title in words and "：" + title not in words]
            if not names or not re.search(r"\d", words):
                continue
            node = known[max(names, key=len)]
            figures = re.findall(r"\d+\.\d", words)
            assert figures[:2] == [number(node.score), number(node.target)], words
            told += 1
    assert told or made.card.overall.score is None


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reason_stands_only_beside_a_figure_that_it_argues_for(name: str) -> None:
    """A reason whose factor lowers a weight never stands where the weight rose, and the other way round."""
    made = case(name, "en")
    brief = said(parts(name, "en")[0])
    for row in moved(made.card.ledger):
        against = [step for step in row.steps if step.factor != 1 and step not in row.arguing and step.by != "override"]
        title = made.in_sentence(made.title(row.node))
        for step in against:
            assert f"{step.why['en'].rstrip('.')}, so {title} weighs" not in brief


@pytest.mark.parametrize("name", SAMPLES)
def test_both_languages_print_the_same_figures(name: str) -> None:
    """Every figure with decimals of the brief stands as often in English as in Chinese; 8.6万元 is 86,000 yuan."""
    decimals = re.compile(r"\d+\.\d+%?")
    in_english, in_chinese = (said(parts(name, language)[0]) for language in LANGUAGES)
    in_english = re.sub(
        r"([\d,]+)(?= yuan per person)",
        lambda found: str(Decimal(found[1].replace(",", "")) / 10000),
        in_english,
    )
    english, chinese = (Counter(decimals.findall(words)) for words in (in_english, in_chinese))
    assert english == chinese, (english - chinese, chinese - english)
    assert len(english) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gap_says_what_is_lacking_and_a_strength_does_not(language: str) -> None:
    """Of several things that could be there, the questionnaire's own words for what is not."""
    told = case("renewal_city_2025", language)
    asked = told.questionnaire.questions["quality_brands"]
    value = told.assessed.view.questions["quality_brands"].value
    assert value is not None
    lacks = kind_of(asked).lacking(asked, value, language, most=MOST_LISTED)
    assert lacks
    assert stated(told, "quality_brands", told_as="gap").endswith(lacks)
    assert lacks not in stated(told, "quality_brands", told_as="strength")
