"""Two neighbouring counties with the same answers and other conditions read as different advice, with the reasons."""

from nqpf_assess.report.blocks import Block, DetailCard, Table, Waterfall, words_of
from tests.report.outline.made import CLUSTER, COUNTY, answered, mixed, outline, shipped


def told(profile: str, facts: dict[str, object]) -> tuple[Block, ...]:
    instrument = shipped("region", profile)
    values = answered(shipped("region", "baseline"), facts=COUNTY, wanted=mixed).answers
    given = answered(instrument, facts=facts).model_copy(update={"answers": values})
    return outline(instrument, given, "en").parts[0].blocks


def table(blocks: tuple[Block, ...], *titles: str) -> dict[str, str]:
    """Give the rows of the table with these first titles: first cell to the others."""
    found = next(
        b for b in blocks if isinstance(b, Table) and titles == tuple(c.title for c in b.columns[: len(titles)])
    )
    return {words_of(row[0]): " | ".join(map(words_of, row[1:])) for row in found.rows}


def test_neighbours_with_the_same_answers_get_different_advice_with_reasons() -> None:
    hills, town = told("ecological", COUNTY), told("cluster_county", CLUSTER)
    answers = [table(blocks, "No.", "Question", "Answer") for blocks in (hills, town)]
    assert [row.split(" | ")[1] for row in answers[0].values()] == [row.split(" | ")[1] for row in answers[1].values()]
    cards = [
        {block.title.partition(". ")[2] for block in blocks if isinstance(block, DetailCard)}
        for blocks in (hills, town)
    ]
    assert len(cards[0] - cards[1]) >= 2
    assert len(cards[1] - cards[0]) >= 2
    refused = [table(blocks, "Measure", "Why not here") for blocks in (hills, town)]
    assert all(refused)
    assert refused[0] != refused[1]
    assert refused[0].keys() ^ refused[1].keys()
    moves = [next(block for block in blocks if isinstance(block, Waterfall)) for blocks in (hills, town)]
    assert moves[0].end != moves[1].end
    ledgers = [table(blocks, "Part", "Weight, points of the total") for blocks in (hills, town)]
    assert all("judgement" in row or "(" in row for ledger in ledgers for row in ledger.values())
    assert ledgers[0] != ledgers[1]
