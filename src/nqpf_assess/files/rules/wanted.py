"""The types of values in TOML's words: what is wanted, what was given, how to write it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from nqpf_assess.model.text import Text, fill, text

_TEXT = text(en="a text in quotation marks", zh="引号中的文字")
_WHOLE = text(en="a whole number", zh="整数")
_LIST = text(en="a list in brackets", zh="方括号列表")
_TABLE = text(en="a table", zh="表")

WANTED: Mapping[str, Text] = {
    "string_type": _TEXT,
    "number_type": text(en="a number", zh="数字"),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": text(en="true or false", zh=" true 或 false"),
    "tuple_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "words_type": text(en="a text in every language", zh="各语言的文字"),
    "datetime_type": text(en="a date with time", zh="日期时间"),
    "date_type": text(en="a date", zh="日期"),
    "value_type": text(en="a text, a number or a list of option ids", zh="文字、数字或选项标识列表"),
}

GIVEN: tuple[tuple[type | tuple[type, ...], Text], ...] = (
    (bool, text(en="true or false", zh=" true 或 false")),
    ((int, Decimal), text(en="a number", zh="数字")),
    (str, text(en="a text", zh="文字")),
    (list, text(en="a list", zh="列表")),
    (Mapping, text(en="a table", zh="表")),
    ((datetime, date, time), text(en="a date or time", zh="日期或时间")),
)

_NO_QUOTES = text(en="Take the quotation marks away.", zh="请去掉引号。")

ADVICE: tuple[tuple[str, type | tuple[type, ...], Text], ...] = (
    ("string_type", (bool, int, Decimal, date, time), text(en="Put it in quotation marks.", zh="请加上引号。")),
    (
        "words_type",
        str,
        text(en='Write {name}.en = "..." and {name}.zh = "...".', zh='请分别写 {name}.en = "……" 和 {name}.zh = "……"。'),
    ),
    ("number_type", str, _NO_QUOTES),
    ("int_type", str, _NO_QUOTES),
    ("int_type", Decimal, text(en="Write it without a decimal point.", zh="请去掉小数点。")),
    ("bool_type", str, _NO_QUOTES),
    (
        "tuple_type",
        (str, bool, int, Decimal),
        text(en="Put it in brackets: {name} = [...].", zh="请加上方括号：{name} = [……]。"),
    ),
    (
        "tuple_type",
        Mapping,
        text(
            en="Write [[{name}]] in double brackets, once for each entry.", zh="请用双层方括号 [[{name}]]，每项写一次。"
        ),
    ),
    (
        "datetime_type",
        object,
        text(
            en="Write it without quotation marks: 2026-11-02T09:14:05+08:00.",
            zh="写法如 2026-11-02T09:14:05+08:00，不加引号。",
        ),
    ),
    (
        "date_type",
        object,
        text(
            en="Write it without quotation marks and without a time: 2026-12-31.",
            zh="写法如 2026-12-31，不加引号，不写时间。",
        ),
    ),
)


def advice(kind: str, given: object, name: object) -> Text | None:
    """Say how to write what is wanted, where that can be told; None: the general advice."""
    for wanted, types, words in ADVICE:
        if wanted == kind and isinstance(given, types):
            return fill(words, name=name)
    return None
