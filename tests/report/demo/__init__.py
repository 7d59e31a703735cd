"""A report as a county would get it, in English and Chinese: every block, with texts of a realistic length."""

from nqpf_assess.report.blocks import Attachment, Outline, OutlinePart
from tests.report.demo.chinese import chinese
from tests.report.demo.english import english
from tests.report.demo.figures import DIGEST

__all__ = ["chinese", "english", "outline"]

ATTACHMENTS = (
    Attachment(
        "answers.toml", "application/toml", "Answers of the county", "format = 1\n# 安和县\n".encode(), "Source"
    ),
    Attachment("rubric.toml", "application/toml", "Rubric cluster-county 3", b"format = 1\r\n\x00\xff", "Data"),
)


def outline(*parts: OutlinePart) -> Outline:
    """Bind parts into a report."""
    chosen = parts or (english(), chinese())
    chinese_first = chosen[0].language == "zh"
    return Outline(
        title="新质生产力发展自评报告 · 安和县" if chinese_first else "New quality productive forces: Anhe County",
        subject="安和县 2025 年自评" if chinese_first else "Self-assessment of Anhe County, 2025",
        language=chosen[0].language,
        date="2026-11-25",
        header="安和县 · 新质生产力发展自评报告 2025" if chinese_first else "Anhe County · Self-assessment 2025",
        footer=f"NQPF-R-2026-0147 · {DIGEST}",
        parts=chosen,
        attachments=ATTACHMENTS,
        keywords=("new quality productive forces", "新质生产力", "self-assessment"),
    )
