"""Every renderer knows every block and every chart: what is added to the blocks cannot be forgotten in one of them."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from nqpf_assess.model.report_form import FORMS
from nqpf_assess.report import docx, figures, html, markdown, text
from nqpf_assess.report.blocks import Block, Chart
from nqpf_assess.report.pdf.story import COMPOSERS

BLOCKS = set(get_args(Block))
CHARTS = set(get_args(Chart))
RENDERERS = {
    "pdf": COMPOSERS,
    "text": text.WRITERS,
    "md": markdown.WRITERS,
    "docx": docx.WRITERS,
    "html": html.WRITERS,
}


def test_there_are_blocks_and_charts() -> None:
    assert len(CHARTS) >= 7
    assert len(BLOCKS) >= 17
    assert CHARTS < BLOCKS


@pytest.mark.parametrize("name", RENDERERS)
def test_a_renderer_knows_every_block(name: str) -> None:
    known: Mapping[type, Any] = RENDERERS[name]
    assert known.keys() == BLOCKS


def test_every_form_of_a_report_has_its_renderer_here() -> None:
    assert set(FORMS) == RENDERERS.keys()


def test_every_chart_can_be_told_as_a_table() -> None:
    assert figures.MAKERS.keys() == CHARTS
