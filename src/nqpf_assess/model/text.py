"""A text once per language; the program's own are `locale` messages."""

from nqpf_assess.locale import LANGUAGES, Text, fill, tell

__all__ = ["LANGUAGES", "Text", "fill", "tell", "text"]


def text(*, en: str, zh: str) -> Text:
    """Return one thing of the program in every language it speaks."""
    return {"en": en, "zh": zh}
