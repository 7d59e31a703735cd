"""The types of values in TOML's words: what is wanted, what was given, how to write it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from nqpf_assess.locale import Text, _, fill

_TEXT = _("a text in quotation marks")
_WHOLE = _("a whole number")
_LIST = _("a list in brackets")
_TABLE = _("a table")

WANTED: Mapping[str, Text] = {
    "string_type": _TEXT,
    "number_type": _("a number"),
    "day_type": _("a day such as 2024-05-31"),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _("true or false"),
    "tuple_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "words_type": _("a text in every language"),
    "datetime_type": _("a date with time"),
    "date_type": _("a date"),
    "value_type": _("a text, a number or a list of option ids"),
}

GIVEN: tuple[tuple[type | tuple[type, ...], Text], ...] = (
    (bool, _("true or false")),
    ((int, Decimal), _("a number")),
    (str, _("a text")),
    (list, _("a list")),
    (Mapping, _("a table")),
    ((datetime, date, time), _("a date or time")),
)

_NO_QUOTES = _("Take the quotation marks away.")

ADVICE: tuple[tuple[str, type | tuple[type, ...], Text], ...] = (
    ("string_type", (bool, int, Decimal, date, time), _("Put it in quotation marks.")),
    (
        "words_type",
        str,
        _('Write {name}.en = "..." and {name}.zh = "...".'),
    ),
    ("number_type", str, _NO_QUOTES),
    ("int_type", str, _NO_QUOTES),
    ("int_type", Decimal, _("Write it without a decimal point.")),
    ("bool_type", str, _NO_QUOTES),
    (
        "tuple_type",
        (str, bool, int, Decimal),
        _("Put it in brackets: {name} = [...]."),
    ),
    (
        "tuple_type",
        Mapping,
        _("Write [[{name}]] in double brackets, once for each entry."),
    ),
    (
        "datetime_type",
        object,
        _("Write it without quotation marks: 2026-11-02T09:14:05+08:00."),
    ),
    (
        "date_type",
        object,
        _("Write it without quotation marks and without a time: 2026-12-31."),
    ),
)


def advice(kind: str, given: object, name: object) -> Text | None:
    """Say how to write what is wanted, where that can be told; None: the general advice."""
    for wanted, types, words in ADVICE:
        if wanted == kind and isinstance(given, types):
            return fill(words, name=name)
    return None
