"""JSON as text, for files and for programs."""

import json
import re
from typing import Any

UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls that JSON may hold as they are and that a terminal obeys or hides; C0 is escaped by JSON itself."""


def json_text(value: Any, *, ascii_only: bool = False) -> str:
    """Return data as JSON text; days are written as in files, control characters escaped."""
    written = json.dumps(value, ensure_ascii=ascii_only, indent=1, default=lambda day: day.isoformat())
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], written) + "\n"
