"""What the values of the field are made of: frozen tables, exact numbers, texts, ids.

The same classes load the TOML files and generate their JSON Schemas. Checks that need more than one key are lint rules
(`files/rules`); here stands only what a single key may hold.
"""

import copyreg
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args

from nqpf_assess.model.frozen import Frozen

ID_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
"""Legal as a TOML bare key, an XForm name, a CSV column and a file name, so nothing is ever mapped."""

ID_LENGTH = 40

SMALLEST, LARGEST = Decimal("1e-15"), Decimal("1e15")
"""Sizes between which a number keeps its digits in the arithmetic."""

KeyType = TypeVar("KeyType")
Figure = TypeVar("Figure")
Value = TypeVar("Value")
Item = TypeVar("Item")


# ---- how values are read: marks beside their types, which pydantic asks when the first value is


class ReadBy:
    """Marks a type whose values a function of ours reads. `schema`: what it takes, as a JSON Schema says it."""

    def __init__(self, by: Callable[[Any], Any], **schema: Any) -> None:
        self.by, self.schema = by, schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> Any:
        from pydantic_core.core_schema import no_info_plain_validator_function

        return no_info_plain_validator_function(self.by)

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, Any]:
        return self.schema


class Then:
    """Marks a type whose values, once read, a function of ours makes into what is kept."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> Any:
        from pydantic_core.core_schema import no_info_after_validator_function

        return no_info_after_validator_function(self.make, handler(source))


class So:
    """Marks a type that is read by pydantic's own rules but for some: `strict`, `pattern`, `max_length`."""

    def __init__(self, **rules: Any) -> None:
        self.rules = rules

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> Any:
        return {**handler(source), **self.rules}


class OneOf:
    """Marks several classes of which a function tells, by a tag for each, the one that a table is meant for."""

    def __init__(self, tag: Callable[[Any], str | None], *tags: str) -> None:
        self.tag, self.tags = tag, tags

    def __get_pydantic_core_schema__(self, source: object, handler: Any) -> Any:
        from pydantic import Discriminator, Tag

        classes: Any = [Annotated[each, Tag(tag)] for each, tag in zip(get_args(source), self.tags, strict=True)]
        return handler.generate_schema(Annotated[Union[tuple(classes)], Discriminator(self.tag)])  # noqa: UP007


class TextMark:
    """Marks the fields that hold words once per language."""


def refused(code: str, words: str, values: dict[str, Any] | None = None) -> ValueError:
    """Return the error by which a function tells pydantic that a value is none of its type."""
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(code, words, values)


def _frozen_table(table: Mapping[KeyType, Value]) -> MappingProxyType[KeyType, Value]:
    return MappingProxyType(dict(table))


def _as_parts(table: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _frozen_table, (dict(table),)


copyreg.pickle(MappingProxyType, _as_parts)
"""Python pickles and copies every part of our values by itself but frozen tables; so they pass to other processes."""


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refused("number_type", "a number")
    number = Decimal(value)
    if not number.is_finite():
        raise refused("not_finite", "a finite number")
    if number and not SMALLEST <= abs(number) <= LARGEST:
        raise refused("not_finite", "a number of ordinary size")
    return number


def read_day(value: object) -> date | None:
    """Read a day: a TOML date, or its text as YYYY-MM-DD; None where it is neither."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(value.strip())
    return None


def _day(value: object) -> date:
    day = read_day(value)
    if day is None:
        raise refused("day_type", "a day")
    return day


def _line(value: object) -> Decimal | date:
    day = read_day(value)
    return _number(value) if day is None else day


def summed(figures: Iterable[Figure]) -> Figure | Literal[0]:
    """Add figures one after the other, from the first on: the same bits under every version of Python.

    Its own `sum` makes up for what is rounded off from 3.12 on, and then differs in the last digit.
    """
    return reduce(add, figures, 0)


def plain_number(number: Decimal) -> str:
    """Write a number in the one way that equal numbers share: no exponent, no trailing zeros."""
    written = format(number if number else abs(number), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _from_zero(high: int | None = None) -> ReadBy:
    def check(value: object) -> Decimal:
        number = _number(value)
        if number < 0 or (high is not None and number > high):
            raise refused("out_of_bounds", "out of bounds", {"low": 0, "high": high})
        return number

    return ReadBy(check, type="number", minimum=0, **({} if high is None else {"maximum": high}))


Id = Annotated[str, So(pattern=ID_PATTERN, max_length=ID_LENGTH)]
Table = Annotated[Mapping[KeyType, Value], Then(_frozen_table)]
Row = Annotated[tuple[Item, ...], So(strict=False)]
Pair = Annotated[tuple[Item, Item], So(strict=False)]

Number = Annotated[Decimal, ReadBy(_number, type="number")]
Day = Annotated[date, ReadBy(_day, type="string", format="date")]
Line = Annotated[Decimal | date, ReadBy(_line, anyOf=[{"type": "number"}, {"type": "string", "format": "date"}])]
"""What answers are compared with: a number, or a day."""
Score = Annotated[Decimal, _from_zero(100)]
Share = Annotated[Decimal, _from_zero(1)]
Weight = Annotated[Decimal, _from_zero()]

Words = Annotated[Mapping[str, str], Then(_frozen_table), TextMark()]


def key_of(model: type[Frozen], name: str) -> str:
    """Return the key in the file for a field of a class (`from_` is written `from`)."""
    return model.model_fields[name].alias or name


def stated_keys(model: Frozen) -> Iterator[tuple[str, Any]]:
    """Give each key that was stated with its value, in the order of the format, then the words of a labelled table."""
    stated, parts = model.model_fields_set, vars(model)
    for name, key in model.model_fields.items():
        if name in stated:
            yield key.alias or name, parts[name]
    yield from (model.__pydantic_extra__ or {}).items()


def canonical(value: object) -> Any:
    """Give a value as plain data in one form: what was stated, in the order of the format, numbers written one way."""
    match value:
        case Frozen():
            return {key: canonical(part) for key, part in stated_keys(value)}
        case Mapping():
            return {key: canonical(part) for key, part in value.items()}
        case tuple() | list():
            return [canonical(part) for part in value]
        case Decimal():
            return plain_number(value)
        case _:
            return value
