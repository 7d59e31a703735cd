"""Has each table the keys of its format, and each key a value of its type? The models complain; here it is worded."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from nqpf_assess.files.document import Collection
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import MARKS, NEAREST, SEVERAL, suggestion
from nqpf_assess.files.schema_nodes import at, holds_words, known_keys, plainest
from nqpf_assess.files.shape import CONDITIONS, ShapeFault
from nqpf_assess.locale import Text, _, _c, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.questionnaire import KINDS

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
    "value_type": _("a text, a number, a day or a list of option ids"),
}

GIVEN: tuple[tuple[type | tuple[type, ...], Text], ...] = (
    (bool, _("true or false")),
    ((int, Decimal), _("a number")),
    (str, _("a text")),
    (list, _("a list")),
    (Mapping, _("a table")),
    (datetime, _("a date with time")),
    (date, _("a date")),
    (time, _("a time")),
)

_NO_QUOTES = _("Take the quotation marks away.")

_DAY_ALONE = _("Write the day alone, without a time: 2026-12-31.")

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
    ("value_type", datetime, _DAY_ALONE),
    ("value_type", list, _('Put each id in quotation marks: {name} = ["..."].')),
    ("day_type", datetime, _DAY_ALONE),
    (
        "tuple_type",
        (str, bool, int, Decimal, Mapping),
        _("Put it in brackets: {name} = [...]."),
    ),
    ("string_type", list, _('One text stands here, without brackets: {name} = "...".')),
    ("dict_type", object, _("Write it in braces: {name} = {{ ... }}.")),
    ("model_type", object, _("Write it in braces: {name} = {{ ... }}.")),
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


UNQUOTED = {"number_type": r"[+-]?\d+(\.\d+)?", "int_type": r"[+-]?\d+", "bool_type": "true|false"}
"""What is a value of each type where it stands without quotation marks."""

ENTRIES: Mapping[str, Text] = {
    "dict_type": _("Write each entry in braces: {name} = [ {{ ... }}, {{ ... }} ]."),
    "model_type": _("Write each entry in braces: {name} = [ {{ ... }}, {{ ... }} ]."),
    "tuple_type": _("Write each entry in brackets of its own: {name} = [[...], [...]]."),
    "string_type": _('Put each entry in quotation marks: {name} = ["...", "..."].'),
}
"""How the entries of a list are written."""

IN_TABLES = _("Write [[{name}]] in double brackets, once for each entry.")


def advice(kind: str, given: object, name: object) -> Text | None:
    """Return how to write what is wanted, where that can be told; None: the general advice."""
    for wanted, types, words in ADVICE:
        if wanted == kind and isinstance(given, types):
            quoted_only = words is not _NO_QUOTES or re.fullmatch(UNQUOTED[kind], str(given), re.ASCII)
            return fill(words, name=name) if quoted_only else None
    return None


@dataclass(frozen=True, slots=True)
class ShapeSubject:
    """What the shape rules look at: the model, the files, and the model's complaints."""

    model: type[Frozen]
    collection: Collection
    misfits: tuple[ShapeFault, ...]


def _of(*kinds: str) -> Callable[[ShapeSubject], Iterable[ShapeFault]]:
    return lambda subject: (misfit for misfit in subject.misfits if misfit.kind in kinds)


def given(value: object) -> Text:
    """Name the type of a value in TOML's words."""
    return next((words for kind, words in GIVEN if isinstance(value, kind)), _("something else"))


def unknown_key(subject: ShapeSubject) -> Iterable[Finding]:
    """Find keys that the format does not have at this place, in every file where they stand at the top."""
    for misfit in _of("extra_forbidden")(subject):
        known = known_keys(subject.model, subject.collection.data, misfit.path[:-1])
        name = str(misfit.path[-1])
        table = at(subject.collection.data, misfit.path[:-1])
        group = next((word for word in GROUPS if isinstance(table, Mapping) and word in table and word != name), "")
        # A group (all, any, not) stands alone in its braces, so its other keys are refused though each is one of ours.
        grouped = fill(ONE_GROUP, group=group) if group and _in_condition(misfit.path) else None
        joined = fill(NEAREST, nearest=JOINS[name]) if name in JOINS and _in_condition(misfit.path) else None
        hint = grouped or joined or _where_it_stands(subject.model, misfit.path) or suggestion(name, known)
        files: list[int | None] = [None]
        if len(misfit.path) == 1:
            documents = subject.collection.documents
            files = [index for index, document in enumerate(documents) if misfit.path[0] in document.data]
        for file in files:
            yield Finding(misfit.path, {"name": name}, at="key", hint=hint, file=file)


def _where_it_stands(model: type[Frozen], path: Path) -> Text | None:
    """Return where a key of the format stands that is at home in other kinds of question, or in questions alone."""
    if len(path) != 3 or path[0] not in ("questions", "facts"):
        return None

    def kinds(table: str | int) -> list[str]:
        return [kind for kind in KINDS if path[-1] in known_keys(model, {table: {"": {"kind": kind}}}, (table, ""))]

    if here := kinds(path[0]):
        return fill(OF_KINDS, name=path[-1], kinds=listed(here, 12))
    return fill(OF_QUESTIONS, name=path[-1]) if kinds("questions") else None


OF_KINDS = _("“{name}” is a key of kind {kinds}.")
OF_QUESTIONS = _("“{name}” stands in questions only; a fact is asked of all, and never scored.")
GROUPS = ("all", "any", "not")
JOINS = {"and": "all", "or": "any"}
"""What other programs call a group, and what it is called here."""
ONE_GROUP = _("“{group}” stands alone in its braces. To ask for both, write all = [ {{ ... }}, {{ {group} = ... }} ].")


def _in_condition(path: Path) -> bool:
    return any(key in path for key in CONDITIONS)


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
        words = misfit.kind == "dict_type" and holds_words(subject.model, subject.collection.data, misfit.path)
        kind = "words_type" if words else misfit.kind
        stated = NOT_EXACTLY.get((kind, type(misfit.given))) or given(misfit.given)
        values = {"name": _name(misfit), "wanted": WANTED.get(kind, WANTED["dict_type"]), "given": stated}
        compared = kind == "string_type" and misfit.path[-1] in ("is", "has") and _in_condition(misfit.path)
        hint: Text | None = NUMBER_COMPARED if compared and isinstance(misfit.given, int | Decimal) else None
        if kind == "tuple_type" and isinstance(misfit.given, Mapping) and len(misfit.path) == 1:
            entry = plainest(subject.model, {}, (*misfit.path, 0))
            hint = fill(IN_TABLES, name=values["name"]) if isinstance(entry, Mapping) else hint
        if hint is None and isinstance(misfit.path[-1], int) and kind in ENTRIES:
            hint = fill(ENTRIES[kind], name=values["name"])
        yield Finding(misfit.path, values, hint=hint or advice(kind, misfit.given, values["name"]))


NUMBER_COMPARED = _(
    "A number or a level is compared with at_least and at_most; “is” and “has” take the id of an option, in "
    "quotation marks."
)


NOT_EXACTLY: Mapping[tuple[str, type], Text] = {
    ("words_type", str): _("a single one"),
    ("int_type", Decimal): _("a decimal"),
    ("value_type", list): _("a list with something else in it"),
}


def unknown_word(subject: ShapeSubject) -> Iterable[Finding]:
    """Find words where only certain words may stand."""
    for misfit in _of("literal_error")(subject):
        stated = str(misfit.context.get("expected", ""))  # 'short', 'medium' or 'long'
        known = tuple(stated.replace(" or ", ", ").replace("'", "").split(", "))
        yield Finding(misfit.path, _word(misfit.given, known), hint=suggestion(str(misfit.given), known))
    for misfit in _of("union_tag_not_found")(subject):
        if isinstance(misfit.given, Mapping) and "kind" in misfit.given:
            kind = misfit.given["kind"]
            yield Finding((*misfit.path, "kind"), _word(kind, KINDS), hint=suggestion(str(kind), KINDS))


def _word(word: object, known: Iterable[str]) -> dict[str, object]:
    return {"word": word, "known": listed(known, 12)}


def not_finite(subject: ShapeSubject) -> Iterable[Finding]:
    """Find nan, inf and numbers of a size that no figure has."""
    for misfit in _of("not_finite")(subject):
        yield Finding(misfit.path, {"name": _name(misfit)})


def out_of_bounds(subject: ShapeSubject) -> Iterable[Finding]:
    """Find numbers outside what the key allows."""
    for misfit in _of("out_of_bounds", "greater_than_equal", "less_than_equal")(subject):
        low = misfit.context.get("low", misfit.context.get("ge"))
        high = misfit.context.get("high", misfit.context.get("le"))
        bounds = AT_MOST if low is None else AT_LEAST if high is None else FROM_TO
        values = {"name": _name(misfit), "number": misfit.given, "bounds": fill(bounds, low=low, high=high)}
        yield Finding(misfit.path, values)


AT_MOST, AT_LEAST, FROM_TO = _("at most {high}"), _("at least {low}"), _("from {low} to {high}")


def bad_id(subject: ShapeSubject) -> Iterable[Finding]:
    """Find ids that do not follow the grammar."""
    for misfit in _of("bad_key")(subject):
        yield Finding(misfit.path, {"name": misfit.path[-1]}, at="key", hint=_as_id(str(misfit.path[-1])))
    for misfit in _of("string_pattern_mismatch", "string_too_long")(subject):
        words = str(misfit.given)
        several = re.search(MARKS, words) is not None  # two ids in one pair of marks make no third one
        hint = _as_id(words) if not several else SEVERAL if isinstance(misfit.path[-1], int) else None
        yield Finding(misfit.path, {"name": words}, hint=hint)


def _as_id(name: str) -> Text | None:
    """Advise the id that is nearest to what was written."""
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:ID_LENGTH].strip("_")
    return fill(WRITE_ID, made=made) if re.match(ID_PATTERN, made) and made != name else None


WRITE_ID = _("Write “{made}”: small Latin letters, digits and single underscores, a letter first, at most 40 long.")


def wrong_count(subject: ShapeSubject) -> Iterable[Finding]:
    """Find lists and tables with too few or too many entries."""
    for misfit in _of("too_short", "too_long")(subject):
        least, most = misfit.context.get("min_length"), misfit.context.get("max_length")
        if misfit.kind == "too_short":
            wanted = fill(_("at least {least}"), least=least)
        else:
            wanted = EXACTLY_TWO if most == 2 else fill(_("at most {most}"), most=most)
        size = len(misfit.given) if isinstance(misfit.given, list | Mapping) else 0
        hint = PAIR if wanted == EXACTLY_TWO and "levels" not in misfit.path else None
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
            values = {"name": _name(misfit), "count": EXACTLY_TWO, "number": misfit.path[-1]}
            yield Finding(misfit.path[:-1], values, hint=PAIR)


EXACTLY_TWO = fill(_c("entries wanted", "{number}"), number=2)


PAIR = _("Write two numbers: [lower, upper]; in a scale several pairs [value, score].")


DECIMAL_PAIR = _(
    "Write two numbers: [lower, upper] or [value, score]. "
    "Decimals are written with a point, thousands without a mark: 0.5, not 0,5; 1200, not 1,200."
)


def _name(misfit: ShapeFault) -> str:
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
        _("“{name}” is not a key that can stand here"),
        _("Take it out, or correct it; the keys are in the authoring guide."),
        unknown_key,
    ),
    Rule(
        "missing_key",
        "error",
        _("“{name}” is missing"),
        _("Add “{name}” to this table."),
        missing_key,
    ),
    Rule(
        "wrong_type",
        "error",
        _("“{name}” wants {wanted}, not {given}"),
        _("Write the value in the form that is wanted."),
        wrong_type,
    ),
    Rule(
        "unknown_word",
        "error",
        _("“{word}” is none of the words that can stand here"),
        _("Choose one of: {known}."),
        unknown_word,
    ),
    Rule(
        "not_finite",
        "error",
        _("“{name}” is no ordinary number here"),
        _("Write it in digits, at most 15 before and 15 behind the point; nan and inf are no figures."),
        not_finite,
    ),
    Rule(
        "out_of_bounds",
        "error",
        _("“{name}” is {number}, but must be {bounds}"),
        _("Change the number."),
        out_of_bounds,
    ),
    Rule(
        "bad_id",
        "error",
        _("“{name}” is not an id"),
        _("An id has small Latin letters, digits and single underscores, begins with a letter, at most 40 long."),
        bad_id,
    ),
    Rule(
        "wrong_count",
        "error",
        _("number of entries in “{name}”: {number}; wanted: {count}"),
        _("Add or remove entries."),
        wrong_count,
    ),
)
