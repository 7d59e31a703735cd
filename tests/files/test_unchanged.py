"""What cannot be looked at is not known to be ours, and is not replaced."""

from collections.abc import Callable
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


@pytest.mark.parametrize("seal", [unchanged.sealed, unchanged.sealed_plain])
def test_a_text_that_somebody_went_on_writing_in_is_not_ours_to_replace(
    tmp_path: Path, seal: Callable[[str], str]
) -> None:
    """The whole of a report counts, not its beginning alone: one corrected as Markdown or plain text stays."""
    path, whole = tmp_path / "report", seal("nqpf-assess report\n\nOld words.\n").encode()
    for data, ours in (
        (whole, True),
        (whole.replace(b"Old", b"Own"), False),
        (whole + b"And more.\n", False),
        (whole.replace(b"\n", b"\r\n"), True),
    ):
        path.write_bytes(data)
        assert unchanged.is_unchanged(path, b"nqpf-assess") is ours


def test_who_quotes_the_last_line_of_another_report_has_changed_nothing(tmp_path: Path) -> None:
    """A seal amid the words, as in a note of the answers, is none of this report."""
    path, quoted = tmp_path / "report", unchanged.sealed_plain("Last year.\n")
    whole = unchanged.sealed_plain(f"nqpf-assess report\n{quoted}More.\n")
    for words, ours in (
        (whole, True),
        (whole.replace("More", "Less"), False),
        (f'{{\n "note": "{quoted.strip()}"}}\n', True),
        (f'\ufeff"note"\r\n{quoted}', True),
    ):
        path.write_text(words, encoding="utf-8")
        assert unchanged.is_unchanged(path, b"nqpf-assess", b"{\n", b"\xef\xbb\xbf") is ours
