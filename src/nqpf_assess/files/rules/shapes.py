"""Has each table the keys of its format, and each key a value of its type? The models complain; here it is worded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import listed, suggestion
from nqpf_assess.files.shape import Misfit, known_keys
from nqpf_assess.model.answers import ANSWERS_FORMAT
from nqpf_assess.model.questionnaire import KINDS, QUESTIONNAIRE_FORMAT
from nqpf_assess.model.text import Text, text
from nqpf_assess.model.weights import WEIGHTS_FORMAT


@dataclass(frozen=True, slots=True)
class ShapeSubject:
    """What the shape rules look at: the model, the data, and the model's complaints."""

    model: type[BaseModel]
    data: Mapping[str, Any]
    misfits: tuple[Misfit, ...]


WANTED: Mapping[str, Text] = {
    "string_type": text(en="a text in quotation marks", zh="引号中的文字"),
    "number_type": text(en="a number", zh="数字"),
    "int_type": text(en="a whole number", zh="整数"),
    "int_from_float": text(en="a whole number", zh="整数"),
    "bool_type": text(en="true or false", zh="true 或 false"),
    "tuple_type": text(en="a list in brackets", zh="方括号列表"),
    "list_type": text(en="a list in brackets", zh="方括号列表"),
    "dict_type": text(en="a table", zh="表"),
    "mapping_type": text(en="a table", zh="表"),
    "model_type": text(en="a table", zh="表"),
    "model_attributes_type": text(en="a table", zh="表"),
    "datetime_type": text(
        en="a date with time, as 2026-11-02T09:14:05+08:00", zh="日期时间，如 2026-11-02T09:14:05+08:00"
    ),
    "value_type": text(en="a text, a number or a list of option ids", zh="文字、数字或选项标识列表"),
}

GIVEN: tuple[tuple[type | tuple[type, ...], Text], ...] = (
    (bool, text(en="true/false", zh="真假值")),
    ((int, Decimal), text(en="a number", zh="数字")),
    (str, text(en="a text", zh="文字")),
    (list, text(en="a list", zh="列表")),
    (Mapping, text(en="a table", zh="表")),
    ((datetime, date, time), text(en="a date or time", zh="日期或时间")),
)

FORMATS = (QUESTIONNAIRE_FORMAT, WEIGHTS_FORMAT, ANSWERS_FORMAT)


def _of(*kinds: str) -> Callable[[ShapeSubject], Iterable[Misfit]]:
    return lambda subject: (misfit for misfit in subject.misfits if misfit.kind in kinds)


def given(value: object) -> Text:
    """Name the type of a value in TOML's words."""
    return next((words for kind, words in GIVEN if isinstance(value, kind)), text(en="something else", zh="其他内容"))


def unknown_key(subject: ShapeSubject) -> Iterable[Finding]:
    """Find keys that the format does not have at this place."""
    for misfit in _of("extra_forbidden")(subject):
        known = known_keys(subject.model, subject.data, misfit.path[:-1])
        name = str(misfit.path[-1])
        yield Finding(misfit.path, {"name": name}, at="key", hint=suggestion(name, known))


def missing_key(subject: ShapeSubject) -> Iterable[Finding]:
    """Find required keys that are not there; they are reported at the table that lacks them."""
    for misfit in _of("missing")(subject):
        yield Finding(misfit.path[:-1], {"name": misfit.path[-1]}, at="key")
    for misfit in _of("union_tag_not_found")(subject):
        if isinstance(misfit.given, Mapping) and "kind" not in misfit.given:
            yield Finding(misfit.path, {"name": "kind"}, at="key")


def wrong_type(subject: ShapeSubject) -> Iterable[Finding]:
    """Find values of the wrong type."""
    for misfit in _of(*WANTED)(subject):
        yield Finding(misfit.path, {"name": _name(misfit), "wanted": WANTED[misfit.kind], "given": given(misfit.given)})
    for misfit in _of("union_tag_not_found")(subject):
        if not isinstance(misfit.given, Mapping):
            yield Finding(
                misfit.path, {"name": _name(misfit), "wanted": WANTED["dict_type"], "given": given(misfit.given)}
            )


def unknown_word(subject: ShapeSubject) -> Iterable[Finding]:
    """Find words where only certain words may stand."""
    for misfit in _of("literal_error")(subject):
        if misfit.path[-1:] != ("format",):
            known = _expected(misfit)
            yield Finding(misfit.path, _word(misfit.given, known), hint=suggestion(str(misfit.given), known))
    for misfit in _of("union_tag_not_found")(subject):
        if isinstance(misfit.given, Mapping) and "kind" in misfit.given:
            kind = misfit.given["kind"]
            yield Finding((*misfit.path, "kind"), _word(kind, KINDS), hint=suggestion(str(kind), KINDS))


def _word(word: object, known: Iterable[str]) -> dict[str, object]:
    return {"word": word, "known": listed(known)}


def _expected(misfit: Misfit) -> tuple[str, ...]:
    return tuple(str(misfit.context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", "))


def unknown_format(subject: ShapeSubject) -> Iterable[Finding]:
    """Find a format line that names no format of this program."""
    for misfit in _of("literal_error")(subject):
        if misfit.path == ("format",):
            yield Finding(misfit.path, _word(misfit.given, FORMATS), hint=suggestion(str(misfit.given), FORMATS))


def not_finite(subject: ShapeSubject) -> Iterable[Finding]:
    """Find nan, inf and numbers of a size that no figure has."""
    for misfit in _of("not_finite")(subject):
        yield Finding(misfit.path, {"number": misfit.given})


def out_of_bounds(subject: ShapeSubject) -> Iterable[Finding]:
    """Find numbers outside what the key allows."""
    for misfit in _of("out_of_bounds", "greater_than_equal", "less_than_equal")(subject):
        low = misfit.context.get("low", misfit.context.get("ge"))
        high = misfit.context.get("high", misfit.context.get("le"))
        yield Finding(misfit.path, {"name": _name(misfit), "number": misfit.given, "bounds": _bounds(low, high)})


def _bounds(low: object, high: object) -> Text:
    if low is None:
        return text(en=f"at most {high}", zh=f"不大于 {high}")
    if high is None:
        return text(en=f"at least {low}", zh=f"不小于 {low}")
    return text(en=f"from {low} to {high}", zh=f"介于 {low} 与 {high} 之间")


def bad_id(subject: ShapeSubject) -> Iterable[Finding]:
    """Find ids that do not follow the grammar."""
    for misfit in _of("bad_key")(subject):
        yield Finding(misfit.path, {"name": misfit.path[-1]}, at="key")
    for misfit in _of("string_pattern_mismatch", "string_too_long")(subject):
        yield Finding(misfit.path, {"name": misfit.given})


def wrong_count(subject: ShapeSubject) -> Iterable[Finding]:
    """Find lists and tables with too few or too many entries."""
    for misfit in _of("too_short", "too_long")(subject):
        context = misfit.context
        count = _bounds(context.get("min_length"), context.get("max_length"))
        yield Finding(misfit.path, {"name": _name(misfit), "count": count, "number": context.get("actual_length")})
    for misfit in _of("tuple_exact_length")(subject):
        yield Finding(misfit.path, {"name": _name(misfit), "count": _bounds(2, 2), "number": "?"})


def _name(misfit: Misfit) -> str:
    return str(next((part for part in reversed(misfit.path) if isinstance(part, str)), ""))


SHAPE_RULES = (
    Rule(
        "unknown_key",
        "error",
        text(en="“{name}” is not a key that can stand here", zh="此处不能使用键“{name}”"),
        text(en="Look the keys up in the authoring guide.", zh="可用的键见编写指南。"),
        unknown_key,
    ),
    Rule(
        "missing_key",
        "error",
        text(en="“{name}” is missing", zh="缺少“{name}”"),
        text(en="Add it in this table.", zh="请在本表中补上。"),
        missing_key,
    ),
    Rule(
        "wrong_type",
        "error",
        text(en="“{name}” wants {wanted}, not {given}", zh="“{name}”应为{wanted}，而不是{given}"),
        text(en="Write the value in the form that is wanted.", zh="请按要求的形式填写。"),
        wrong_type,
    ),
    Rule(
        "unknown_word",
        "error",
        text(en="“{word}” is none of the words that can stand here", zh="“{word}”不是此处可用的词"),
        text(en="Choose one of: {known}.", zh="可选：{known}。"),
        unknown_word,
    ),
    Rule(
        "unknown_format",
        "error",
        text(en="“{word}” is not a format this version reads", zh="本版本不识别格式“{word}”"),
        text(
            en="Formats: {known}. A higher number comes from a newer version: nothing was changed, open it with that.",
            zh="可识别：{known}。编号更高的文件由新版本写成，未作任何改动，请用新版本打开。",
        ),
        unknown_format,
    ),
    Rule(
        "not_finite",
        "error",
        text(en="{number} is not a number that can be used", zh="{number} 不是可用的数字"),
        text(en="Write an ordinary decimal number.", zh="请填写普通的十进制数字。"),
        not_finite,
    ),
    Rule(
        "out_of_bounds",
        "error",
        text(en="“{name}” is {number}, but must be {bounds}", zh="“{name}”为 {number}，应{bounds}"),
        text(en="Change the number.", zh="请修改数值。"),
        out_of_bounds,
    ),
    Rule(
        "bad_id",
        "error",
        text(en="“{name}” is not an id", zh="“{name}”不是合规的标识"),
        text(
            en="An id has small Latin letters, digits and single underscores, begins with a letter, at most 40 long.",
            zh="标识由小写拉丁字母、数字和单个下划线组成，以字母开头，最长 40 个字符。",
        ),
        bad_id,
    ),
    Rule(
        "wrong_count",
        "error",
        text(en="“{name}” has {number} entries, but wants {count}", zh="“{name}”有 {number} 项，应{count} 项"),
        text(en="Add or remove entries.", zh="请增减条目。"),
        wrong_count,
    ),
)
