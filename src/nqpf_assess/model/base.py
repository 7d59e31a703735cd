"""What the values of the field are made of: frozen tables, exact numbers, texts, ids.

The same classes load the TOML files and generate their JSON Schemas. Checks that need more than one key are lint rules
(`files/rules`); here stands only what a single key may hold.
"""

import copyreg
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
"""Legal as a TOML bare key, an XForm name, a CSV column and a file name, so nothing is ever mapped."""

ID_LENGTH = 40

SMALLEST, LARGEST = Decimal("1e-15"), Decimal("1e15")
"""Sizes between which a number keeps its digits in the arithmetic."""

Key = TypeVar("Key")
Value = TypeVar("Value")
Item = TypeVar("Item")


class Frozen(BaseModel):
    """A table of a file as a value: unknown keys refused, types taken as written, never changed afterwards."""

    # `defer_build`: a class is made ready when its first value is, which for most of them is never in one command.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Labelled(Frozen):
    """A table that carries its own words under language codes, beside its other keys: `{ en = "...", zh = "..." }`."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": {"type": "string"}})

    @property
    def words(self) -> Mapping[str, str]:
        """The words by language code."""
        return self.__pydantic_extra__ or {}


def _frozen_table(table: dict[Key, Value] | Mapping[Key, Value]) -> MappingProxyType[Key, Value]:
    return MappingProxyType(dict(table))


def _as_parts(table: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _frozen_table, (dict(table),)


copyreg.pickle(MappingProxyType, _as_parts)
"""Python pickles and copies every part of our values by itself but frozen tables; so they pass to other processes."""


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("number_type", "a number")
    number = Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("not_finite", "a finite number")
    if number and not SMALLEST <= abs(number) <= LARGEST:
        raise PydanticCustomError("not_finite", "a number of ordinary size")
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
        raise PydanticCustomError("day_type", "a day")
    return day


def _line(value: object) -> Decimal | date:
    day = read_day(value)
    return _number(value) if day is None else day


def plain_number(number: Decimal) -> str:
    """Write a number in the one way that equal numbers share: no exponent, no trailing zeros."""
    written = format(number if number else abs(number), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _bounded(low: int, high: int | None = None) -> PlainValidator:
    def check(value: object) -> Decimal:
        number = _number(value)
        if number < low or (high is not None and number > high):
            raise PydanticCustomError("out_of_bounds", "out of bounds", {"low": low, "high": high})
        return number

    return PlainValidator(check)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH)]
Table = Annotated[Mapping[Key, Value], AfterValidator(_frozen_table)]
Row = Annotated[tuple[Item, ...], Field(strict=False)]
Pair = Annotated[tuple[Item, Item], Field(strict=False)]

Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Line = Annotated[
    Decimal | date,
    PlainValidator(_line),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "format": "date"}]}),
]
"""What answers are compared with: a number, or a day."""
Score = Annotated[Decimal, _bounded(0, 100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Share = Annotated[Decimal, _bounded(0, 1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Weight = Annotated[Decimal, _bounded(0), WithJsonSchema({"type": "number", "minimum": 0})]


class TextMark:
    """Marks the fields that hold words once per language."""


Words = Annotated[Mapping[str, str], AfterValidator(_frozen_table), TextMark()]


def key_of(model: type[BaseModel], name: str) -> str:
    """Return the key in the file for a field of a class (`from_` is written `from`)."""
    return model.model_fields[name].alias or name


def stated_keys(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """Give each key that was stated with its value, in the order of the format, then the words of a labelled table."""
    for name in type(model).model_fields:
        if name in model.model_fields_set:
            yield key_of(type(model), name), getattr(model, name)
    yield from (model.__pydantic_extra__ or {}).items()


def canonical(value: object) -> Any:
    """Give a value as plain data in one form: what was stated, in the order of the format, numbers written one way."""
    match value:
        case BaseModel():
            return {key: canonical(part) for key, part in stated_keys(value)}
        case Mapping():
            return {key: canonical(part) for key, part in value.items()}
        case tuple() | list():
            return [canonical(part) for part in value]
        case Decimal():
            return plain_number(value)
        case _:
            return value
