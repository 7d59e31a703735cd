"""Has each table the keys of its format, and each key a value of its type? The models complain; here it is worded."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel

from nqpf_assess.files.document import Collection
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import listed, suggestion
from nqpf_assess.files.rules.wanted import GIVEN, WANTED, advice
from nqpf_assess.files.schema_nodes import holds_words, known_keys
from nqpf_assess.files.shape import CONDITIONS, Misfit, at
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.questionnaire import KINDS
from nqpf_assess.model.text import Text, fill, text


@dataclass(frozen=True, slots=True)
class ShapeSubject:
    """What the shape rules look at: the model, the files, and the model's complaints."""

    model: type[BaseModel]
    collection: Collection
    misfits: tuple[Misfit, ...]


def _of(*kinds: str) -> Callable[[ShapeSubject], Iterable[Misfit]]:
    return lambda subject: (misfit for misfit in subject.misfits if misfit.kind in kinds)


def given(value: object) -> Text:
    """Name the type of a value in TOML's words."""
    return next((words for kind, words in GIVEN if isinstance(value, kind)), text(en="something else", zh="其他内容"))


def unknown_key(subject: ShapeSubject) -> Iterable[Finding]:
    """Find keys that the format does not have at this place, in every file where they stand at the top."""
    for misfit in _of("extra_forbidden")(subject):
        known = known_keys(subject.model, subject.collection.data, misfit.path[:-1])
        name = str(misfit.path[-1])
        table = at(subject.collection.data, misfit.path[:-1])
        group = next((word for word in GROUPS if isinstance(table, Mapping) and word in table and word != name), "")
        # A group (all, any, not) stands alone in its braces, so its other keys are refused though each is one of ours.
        hint = fill(ONE_GROUP, group=group) if group and _in_condition(misfit.path) else suggestion(name, known)
        for file in _files(subject, misfit.path):
            yield Finding(misfit.path, {"name": name}, at="key", hint=hint, file=file)


GROUPS = ("all", "any", "not")
ONE_GROUP = text(
    en="“{group}” stands alone in its braces. To ask for both, write all = [ {{ ... }}, {{ {group} = ... }} ].",
    zh="“{group}”须单独放在花括号内。如须同时满足，请写 all = [ {{ …… }}, {{ {group} = …… }} ]。",
)


def _in_condition(path: Path) -> bool:
    return any(key in path for key in CONDITIONS)


def _files(subject: ShapeSubject, path: Path) -> Iterable[int | None]:
    if len(path) > 1:
        return (None,)
    return [index for index, document in enumerate(subject.collection.documents) if path[0] in document.data]


def missing_key(subject: ShapeSubject) -> Iterable[Finding]:
    """Find required keys that are not there; they are reported at the table that lacks them."""
    for misfit in _of("missing")(subject):
        if isinstance(misfit.path[-1], str):
            yield Finding(misfit.path[:-1], {"name": misfit.path[-1]}, at="key", unless=(misfit.path,))
    for misfit in _of("union_tag_not_found")(subject):
        if isinstance(misfit.given, Mapping) and "kind" not in misfit.given:
            yield Finding(misfit.path, {"name": "kind"}, at="key", unless=((*misfit.path, "kind"),))


def wrong_type(subject: ShapeSubject) -> Iterable[Finding]:
    """Find values of the wrong type."""
    for misfit in subject.misfits:
        if misfit.kind in OTHERWISE or (misfit.kind == "union_tag_not_found" and isinstance(misfit.given, Mapping)):
            continue
        kind = "words_type" if _words(subject, misfit) else misfit.kind
        stated = NOT_EXACTLY.get((kind, type(misfit.given))) or given(misfit.given)
        values = {"name": _name(misfit), "wanted": WANTED.get(kind, WANTED["dict_type"]), "given": stated}
        compared = kind == "string_type" and misfit.path[-1] in ("is", "has") and _in_condition(misfit.path)
        hint = NUMBER_COMPARED if compared and isinstance(misfit.given, int | Decimal) else None
        yield Finding(misfit.path, values, hint=hint or advice(kind, misfit.given, values["name"]))


NUMBER_COMPARED = text(
    en="A number or a level is compared with at_least and at_most; “is” and “has” take the id of an option, in "
    "quotation marks.",
    zh="数字和等级用 at_least、at_most 比较；“is”和“has”后写选项的标识，并加引号。",
)


NOT_EXACTLY: Mapping[tuple[str, type], Text] = {
    ("words_type", str): text(en="a single one", zh="单独一段文字"),
    ("int_type", Decimal): text(en="a decimal", zh="小数"),
}


def _words(subject: ShapeSubject, misfit: Misfit) -> bool:
    return misfit.kind == "dict_type" and holds_words(subject.model, subject.collection.data, misfit.path)


def unknown_word(subject: ShapeSubject) -> Iterable[Finding]:
    """Find words where only certain words may stand."""
    for misfit in _of("literal_error")(subject):
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


def not_finite(subject: ShapeSubject) -> Iterable[Finding]:
    """Find nan, inf and numbers of a size that no figure has."""
    for misfit in _of("not_finite")(subject):
        yield Finding(misfit.path, {"name": _name(misfit)})


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
        yield Finding(misfit.path, {"name": misfit.path[-1]}, at="key", hint=_as_id(str(misfit.path[-1])))
    for misfit in _of("string_pattern_mismatch", "string_too_long")(subject):
        yield Finding(misfit.path, {"name": misfit.given}, hint=_as_id(str(misfit.given)))


def _as_id(name: str) -> Text | None:
    """Advise the id that is nearest to what was written."""
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:ID_LENGTH].strip("_")
    return fill(WRITE_ID, made=made) if re.match(ID_PATTERN, made) and made != name else None


WRITE_ID = text(
    en="Write “{made}”: small Latin letters, digits and single underscores, a letter first, at most 40 long.",
    zh="请写“{made}”：只用小写拉丁字母、数字和单个下划线，以字母开头，最长 40 个字符。",
)


def wrong_count(subject: ShapeSubject) -> Iterable[Finding]:
    """Find lists and tables with too few or too many entries."""
    for misfit in _of("too_short", "too_long")(subject):
        wanted = _count(misfit)
        size = len(misfit.given) if isinstance(misfit.given, list | Mapping) else 0
        hint = PAIR if wanted == _exactly(2) and "levels" not in misfit.path else None
        if (
            hint is PAIR
            and size > 2
            and isinstance(misfit.given, list)
            and all(isinstance(n, int) for n in misfit.given)
        ):
            hint = DECIMAL_PAIR  # [0,5, 60] is three whole numbers
        yield Finding(misfit.path, {"name": _name(misfit), "count": wanted, "number": size}, hint=hint)
    lacking = {misfit.path[:-1]: misfit for misfit in reversed([*_of("missing")(subject)])}
    for misfit in lacking.values():
        if isinstance(misfit.path[-1], int):
            values = {"name": _name(misfit), "count": _exactly(2), "number": misfit.path[-1]}
            yield Finding(misfit.path[:-1], values, hint=PAIR)


PAIR = text(
    en="Write two numbers: [lower, upper]; in a scale several pairs [value, score].",
    zh="请写两个数：[下限, 上限]；标尺由多对 [取值, 得分] 组成。",
)


DECIMAL_PAIR = text(
    en="Write two numbers: [lower, upper] or [value, score]. Decimals are written with a point: 0.5, not 0,5.",
    zh="请写两个数：[下限, 上限] 或 [取值, 得分]。小数用点号：写 0.5，不写 0,5。",
)


def _count(misfit: Misfit) -> Text:
    least, most = misfit.context.get("min_length"), misfit.context.get("max_length")
    if misfit.kind == "too_short":
        return text(en=f"at least {least}", zh=f"至少 {least} 项")
    return _exactly(2) if most == 2 else text(en=f"at most {most}", zh=f"至多 {most} 项")


def _exactly(number: int) -> Text:
    return text(en=str(number), zh=f" {number} 项")


def _name(misfit: Misfit) -> str:
    return str(next((part for part in reversed(misfit.path) if isinstance(part, str)), ""))


OTHERWISE = (
    "extra_forbidden",
    "missing",
    "literal_error",
    "not_finite",
    "out_of_bounds",
    "greater_than_equal",
    "less_than_equal",
    "bad_key",
    "string_pattern_mismatch",
    "string_too_long",
    "too_short",
    "too_long",
)
"""Complaints that another rule than `wrong_type` puts in words; so none is lost."""

SHAPE_RULES = (
    Rule(
        "unknown_key",
        "error",
        text(en="“{name}” is not a key that can stand here", zh="此处不能使用键“{name}”"),
        text(
            en="Take it out, or correct it; the keys are in the authoring guide.",
            zh="请删去或改正，可用的键见编写指南。",
        ),
        unknown_key,
    ),
    Rule(
        "missing_key",
        "error",
        text(en="“{name}” is missing", zh="缺少“{name}”"),
        text(en="Add “{name}” to this table.", zh="请在本表中补上“{name}”。"),
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
        "not_finite",
        "error",
        text(en="“{name}” is no ordinary number here", zh="“{name}”的值不是普通数字"),
        text(
            en="Write it in digits, at most 15 before and 15 behind the point; nan and inf are no figures.",
            zh="请用数字填写，小数点前后各不超过 15 位；nan 和 inf 不是数值。",
        ),
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
        text(en="number of entries in “{name}”: {number}; wanted: {count}", zh="“{name}”有 {number} 项，要求{count}"),
        text(en="Add or remove entries.", zh="请增减条目。"),
        wrong_count,
    ),
)
