"""A table that is in memory already, scored as a whole: what a job does to a file, without files."""

import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.cohort.column_names import PLAIN, Extras, check_names, name_faults
from nqpf_assess.cohort.job import REPEATED
from nqpf_assess.cohort.problems import SCHEMA, fault_table, problem_rows
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import score_batch
from nqpf_assess.cohort.tables import BATCH, refuse_no_cells, with_texts
from nqpf_assess.cohort.work import NO_NAME
from nqpf_assess.exchange.column_map import column_map
from nqpf_assess.locale import _, tell

THE_FRAME = _("the frame")
"""What stands where a table has its path."""


def score_whole(
    instruments: Instruments, table: pa.Table, *, extras: Extras = PLAIN, quick: bool = False, language: str = "en"
) -> tuple[pa.Table, pa.Table]:
    """Score the rows of a table; gives the scores in their order, and the problems, whose rows count from 1.

    Raises `UserError` where the table has no column `respondent`, two of one name, or columns that are no cells.
    """
    refuse_no_cells(table.schema, THE_FRAME)
    check_names(instruments.questionnaire, table.column_names)
    found = column_map(instruments.questionnaire, table.column_names)
    scores, problems, start = list[pa.Table](), [fault_table(name_faults(found), (), language)], 0
    for rows in table.to_batches(max_chunksize=BATCH) or [pa.RecordBatch.from_pylist([], table.schema)]:
        figures, wrong = score_batch(instruments, with_texts(rows), extras=extras, quick=quick, language=language)
        place = SCHEMA.get_field_index("row")
        scores.append(figures)
        problems.append(wrong.set_column(place, SCHEMA.field("row"), pc.add(wrong["row"], start + 1)))
        start += rows.num_rows
    whole = pa.concat_tables(scores, promote_options="permissive").combine_chunks()
    names, bare = whole["respondent"], pc.utf8_trim_whitespace(whole["respondent"])
    twice = {row["values"] for row in pc.value_counts(bare).to_pylist() if row["counts"] > 1 and row["values"]}
    more = [
        (name, "", row, "respondent", name or "", "repeated_respondent", tell(REPEATED, language))
        if name
        else (None, "", row, "respondent", "", "empty_respondent", tell(NO_NAME, language))
        for row, name in enumerate(names.to_pylist(), start=1)
        if name is None or name.strip() in twice
    ]
    return whole, pa.concat_tables([*problems, problem_rows(more)])
