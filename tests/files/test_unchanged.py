"""What cannot be looked at is not known to be ours, and is not replaced."""

from pathlib import Path
from unittest.mock import patch

import pytest

from nqpf_assess.files import unchanged


def test_what_is_not_ours_to_read_or_too_large_is_not_ours_to_replace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague's file in a shared folder may be closed to us and yet give way to ours."""
    path = tmp_path / "report.md"
    path.write_bytes(b"<!-- nqpf-assess -->")
    assert unchanged.is_unchanged(path, b"<!-- nqpf-assess")
    with patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
        assert not unchanged.is_unchanged(path, b"<!-- nqpf-assess")
    monkeypatch.setattr(unchanged, "MOST", 19)
    assert not unchanged.is_unchanged(path, b"<!-- nqpf-assess")


def test_a_text_that_somebody_went_on_writing_in_is_not_ours_to_replace(tmp_path: Path) -> None:
    """A report corrected as Markdown was written over by the next: only its first line was looked at."""
    path, whole = tmp_path / "report.md", unchanged.sealed("<!-- nqpf-assess report -->\n\nOld words.\n").encode()
    for data, ours in (
        (whole, True),
        (whole.replace(b"Old", b"Own"), False),
        (whole + b"And more.\n", False),
        (whole.replace(b"\n", b"\r\n"), True),
    ):
        path.write_bytes(data)
        assert unchanged.is_unchanged(path, b"<!-- nqpf-assess") is ours


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        ("═", "═════\n\n甲县\n\nOld words, which are longer than a short line.\n\n- one\n- two\n\nEnd.\n"),
        ('{\n "format":', '{\n "format": "nqpf-answers/1",\n "facts": {\n  "tier": {\n   "value": "Old"\n  }\n }\n}\n'),
    ],
)
def test_plain_text_and_json_that_somebody_corrected_are_not_ours_to_replace(
    tmp_path: Path, begins: str, words: str
) -> None:
    """A report as text, or answers as JSON, were written over: only their first bytes were looked at."""
    path, whole = tmp_path / "out", unchanged.marked(words)
    assert unchanged.marked(whole) == whole != words
    assert [line.rstrip() for line in whole.splitlines()] == words.splitlines()
    for data, ours in (
        (whole, True),
        (whole.replace("Old", "Own"), False),
        (f"{whole}Ours.\n", False),
        (whole.replace("\n", "\r\n"), True),
        (words, True),  # by a version that set no marks
    ):
        path.write_text(data, encoding="utf-8", newline="")
        assert unchanged.is_unchanged(path, begins.encode()) is ours
