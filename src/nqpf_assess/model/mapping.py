"""The map of a statistics sheet: what stands in which column, which indicator answers which question, in which unit."""

from typing import Literal

from nqpf_assess.model.base import Id, Number, Row, Table
from nqpf_assess.model.frozen import NONE_STATED, Frozen, key


class MappedColumns(Frozen):
    """The heads of the columns, as the sheet writes them; what a sheet does not have is left out."""

    indicator: str | None = None
    place: str | None = None
    period: str | None = None
    value: str | None = None
    unit: str | None = None
    source: str | None = None


class MappedIndicator(Frozen):
    """Which question an indicator answers. `over`: another indicator that it is divided by first.

    `unit`, `over_unit`: in which unit the sheet gives them, where it does not say so itself. `factor`: what the figure
    (or the quotient) is multiplied by to be in the question's unit, where that is no mere power of ten.
    """

    question: Id
    unit: str | None = None
    over: str | None = None
    over_unit: str | None = None
    factor: Number | None = None


class StatisticsMap(Frozen):
    """One map as it stands in its file.

    `layout`: `long` has a row for each figure, `wide` a column for each of what `across` says: each indicator (a row a
    place), each period or each place (a row an indicator). `place`, `period`: what is wanted of the sheet; left out,
    the name and the year of the assessment. `units`: unit of the sheet → unit of the question → factor. `source`: what
    is named as evidence of every figure.
    """

    format: Literal["nqpf-map/1"]
    questionnaire: Id
    layout: Literal["long", "wide"] = "long"
    across: Literal["indicator", "period", "place"] = "indicator"
    sheet: str | None = None
    head: int | None = key(default=None, ge=1)
    columns: MappedColumns = MappedColumns.model_construct()
    place: Row[str] = ()
    period: str | None = None
    source: str | None = None
    units: Table[str, Table[str, Number]] = NONE_STATED
    indicators: Table[str, MappedIndicator] = NONE_STATED

    @property
    def heads(self) -> dict[str, str]:
        """The columns that it names: what they hold → the head."""
        stated = {key: getattr(self.columns, key) for key in type(self.columns).model_fields}
        return {key: name for key, name in stated.items() if name is not None}

    @property
    def figure_names(self) -> tuple[str, ...]:
        """The names of the figures that it asks for: of indicators, and of what they are divided by."""
        return tuple(name for item in self.indicators.items() for name in (item[0], item[1].over or "") if name)
