"""Many assessments as frames: for pandas, polars and whatever else narwhals knows. Needs the extra `frames`.

Frames hold Arrow columns: figures are numbers in full precision, what has no figure is null.
"""

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from nqpf_assess.facade.assessing import Card, NotAsWritten, PathLike, _explained, _library
from nqpf_assess.files.found import FAULTY
from nqpf_assess.files.places import as_word, writable
from nqpf_assess.locale import Text, _, fill, locale_language, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

TableName = Literal["assessments", "answers", "scores", "ledger", "gaps", "plan", "criteria"]

ExtraName = Literal["questions", "gaps", "measures"]

LACKS = _("the optional part “{extra}” is not installed ({module})")
INSTALL = _('Install it: pip install "nqpf-assess[{extra}]"')
NO_TABLE = _("there is no table “{name}”; known: {known}")
NO_EXTRA = _("there are no columns “{name}” to add; known: {known}")
NO_FRAME = _("a cohort is a pandas or polars frame, or an Arrow table, not a {kind}")


def frame(cards: Card | Iterable[Card], table: TableName = "scores") -> "nw.DataFrame[Any]":
    """Arrange one or many scored assessments as a frame: `.to_pandas()`, `.to_polars()`, `.to_arrow()`, `.columns`.

    `scores`: one row a pillar, dimension and question; `assessments`: one row an assessment with the overall figures;
    `answers`, `ledger`, `gaps`, `plan`, `criteria`: as `export --to csv` writes them. `dictionary()` says what each
    column holds. `file`, `subject` and `period` name the assessment in every row.

    Raises `UserError` where narwhals or pyarrow is not installed (extra `frames`), or there is no such table.
    """
    with _explained():
        from nqpf_assess.exchange.tidy import TABLES, TidySource, arrow_table, tidy_tables

        if table not in TABLES:
            raise UserError(fill(NO_TABLE, name=table, known=listed(TABLES)), status=2)
        every = [cards] if isinstance(cards, Card) else cards
        sources = [
            TidySource(writable(card.assessment.path), card.instrument, card.assessment.answers, card) for card in every
        ]
        _need_narwhals()
        return _frame(arrow_table(tidy_tables(sources, [table])[0]))


def dictionary() -> "nw.DataFrame[Any]":
    """Say of every column of every table what it holds and in what unit, in each language, as a frame."""
    with _explained():
        from nqpf_assess.exchange.tidy import arrow_table, data_dictionary

        _need_narwhals()
        return _frame(arrow_table(data_dictionary()))


@dataclass(frozen=True, slots=True)
class CohortScores:
    """The scores of a frame of respondents.

    `scores`: a row a respondent in the order of the frame, the columns of `cohort score` (points from 0 to 100, null
    where there is no score). `problems`: a row for each cell that is not valid and was counted as blank, and for
    unknown columns. `columns`: what became of the columns, a sentence each: used, carried along, unknown, absent.
    """

    scores: "nw.DataFrame[Any]"
    problems: "nw.DataFrame[Any]"
    columns: tuple[Text, ...]


def score_frame(
    respondents: Any,
    questionnaire: PathLike,
    *,
    weights: PathLike | Sequence[PathLike] = (),
    extra: ExtraName | Iterable[ExtraName] = (),
    quick: bool = False,
    content: Sequence[PathLike] = (),
    lang: Literal["en", "zh"] = "en",
) -> CohortScores:
    """Score a frame with a row for each respondent: pandas, polars, an Arrow table, or what else narwhals knows.

    Columns are those of the tables of `cohort score`: `respondent`, ids of questions, `fact.<id>`, `<id>.state`,
    `weights`; all others without a point in their name are carried along. `weights`: the rubric or blend of rows that
    name none, else the baseline. `extra`: more columns, as `--with`.

    Raises `UserError` where there is no such questionnaire, rubric or extra columns, or no column `respondent`, and
    where the optional part `frames` is not installed. Bad cells never raise: they are rows of `problems`. A rubric that
    has errors, which no row may name, is announced by the warning `NotAsWritten`.
    """
    with _explained():
        _need_narwhals()
        import narwhals as nw

        from nqpf_assess.cohort.choosing import choose_content
        from nqpf_assess.cohort.column_names import Extras
        from nqpf_assess.cohort.whole import THE_FRAME, score_whole
        from nqpf_assess.exchange.column_map import SAME_NAME, column_map

        try:
            taken = nw.from_native(respondents, eager_only=True)
        except TypeError as fault:
            raise UserError(fill(NO_FRAME, kind=type(respondents).__name__), status=2) from fault
        except nw.exceptions.DuplicateError as fault:
            names = getattr(respondents, "column_names", respondents.columns)
            twice = next(name for name, count in Counter(map(str, names)).items() if count > 1)
            raise UserError(fill(SAME_NAME, path=THE_FRAME, name=twice)) from fault
        table = _cells(taken)
        named = tuple(map(str, (weights,) if isinstance(weights, str | Path) else weights))
        chosen = choose_content(_library(content), str(questionnaire), named)
        for rubric in chosen.faulty:
            warnings.warn(tell(fill(FAULTY, path=as_word(rubric.path)), locale_language()), NotAsWritten, stacklevel=2)
        found = chosen.instruments
        wanted = {extra} if isinstance(extra, str) else set(extra)
        if unknown := sorted(map(str, wanted.difference(get_args(ExtraName)))):
            raise UserError(fill(NO_EXTRA, name=unknown[0], known=listed(get_args(ExtraName))), status=2)
        extras = Extras(**{name: name in wanted for name in get_args(ExtraName)})
        scores, problems = score_whole(found, table, extras=extras, quick=quick, language=lang)
        return CohortScores(
            _frame(scores),
            _frame(problems),
            tuple(column_map(found.questionnaire, table.column_names).lines()),
        )


def _cells(respondents: "nw.DataFrame[Any]") -> "pa.Table":
    """Return a frame's cells as Arrow; a column that Arrow refuses, such as one with 3.1 and "na", as texts."""
    import narwhals as nw
    import pyarrow as pa

    refusals = (pa.ArrowException, OverflowError, TypeError)  # TypeError: columns that pandas keeps sparse

    def refused(column: "nw.Series[Any]") -> bool:
        try:
            column.to_arrow()
        except refusals:
            return True
        return False

    def text(value: Any) -> str:
        return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

    try:
        return respondents.to_arrow()
    except refusals:
        backend = respondents.implementation
        texts = [
            nw.new_series(
                column.name,
                [None if is_blank else text(value) for value, is_blank in zip(column, column.is_null(), strict=True)],
                nw.String,
                backend=backend,
            )
            for column in respondents.iter_columns()
            if refused(column)
        ]
        return respondents.with_columns(*texts).to_arrow()


def _need_narwhals() -> None:
    """Raise `UserError` naming the extra where narwhals, or what stands behind it, is not installed."""
    for module in ("narwhals", "pyarrow", "numpy"):
        try:
            __import__(module)
        except ImportError as fault:
            words = fill(LACKS, extra="frames", module=module)
            raise UserError(words, hint=fill(INSTALL, extra="frames"), status=3) from fault


def _frame(table: Any) -> "nw.DataFrame[Any]":
    """Return an Arrow table as narwhals shows it."""
    import narwhals as nw

    return nw.from_native(table, eager_only=True)
