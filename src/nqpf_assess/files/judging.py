"""Judgements of pairs out of files: a CSV table or TOML, one or several experts, one or several groups."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from pathlib import Path

from pydantic import ValidationError

from nqpf_assess.engine.ahp import Matrix, Method, Panel, groups_above, judged, panel_of
from nqpf_assess.engine.graph import cycles
from nqpf_assess.files.document import NO_TEXT, Unreadable, decode, read_document
from nqpf_assess.files.intake import MEGABYTE, csv_rows, likely_encoding, read_file
from nqpf_assess.files.linting import reading_problems
from nqpf_assess.files.places import as_word, source_of, writable
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.files.rules.judging import KEY, MATRIX_RULES, faults_of, named, ordered
from nqpf_assess.locale import _, fill
from nqpf_assess.model.base import Row
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.model.weights import WEIGHTS_FORMAT, Judgements

RULES = {rule.code: rule for rule in MATRIX_RULES}
NOT_A_MATRIX = _("{path} holds no matrix of judgements")
DERIVE = _("This is a table of many respondents: nqpf-assess weights derive {path} --questionnaire ID")
HOW = _(
    "A CSV table: the members in the first row and column, 3 or 1/3 in the cells, the first cell blank. "
    'TOML: members = ["a", "b"] and matrix = [[1, 3], ["1/3", 1]].'
)
OTHER_MEMBERS = _("{one} and {other} compare different members of one group")
SAME_MEMBERS = _("Every expert judges the same members; leave nothing out.")
TWICE = _("“{name}” stands twice among the members in {path}")
ROW_AND_COLUMN = _("{path}:{line}: the first row and the first column name different members: “{name}”")
ONCE = _("Name each member once.")
IN_CIRCLE = _("“{name}” is a part of itself")
IN_CIRCLE_HINT = _("Correct what “of” says, in a CSV table the first cell.")


class FreeJudgements(Judgements):
    """Judgements about members of any name: ids, titles or whatever a table says."""

    of: str | None = None
    members: Row[str]


@dataclass(frozen=True)
class ReadJudgements:
    """What was read: judgements, each with where it came from; the problems that forbid using them.

    `questionnaire`: the id of the questionnaire that a file names, "" where none does. `rubric`: the first file that is
    a rubric, with the id of what it is based on, "" where it is a baseline.
    """

    judgements: tuple[tuple[str, FreeJudgements], ...]
    problems: tuple[Problem, ...] = ()
    questionnaire: str = ""
    rubric: tuple[Path, str] | None = None


def read_judgements(paths: Sequence[Path]) -> ReadJudgements:
    """Read the judgements of all files; raises `UserError` where a file holds none."""
    found: list[ReadJudgements] = []
    for path in paths:
        data = read_file(path, most=4 * MEGABYTE)
        found.append(_toml(path, data) if path.suffix.lower() == ".toml" else _csv(path, data))
    return ReadJudgements(
        _told_apart([entry for read in found for entry in read.judgements]),
        tuple(problem for read in found for problem in read.problems),
        next((read.questionnaire for read in found if read.questionnaire), ""),
        next((read.rubric for read in found if read.rubric), None),
    )


def _told_apart(entries: Sequence[tuple[str, FreeJudgements]]) -> tuple[tuple[str, FreeJudgements], ...]:
    """Return judgements with a number behind the name of who is not the first of that name on a group.

    As the experts of one table are, who all bear its name, and two who have each sent a `pairs.csv`.
    """
    seen, found = Counter[tuple[str | None, str]](), list[tuple[str, FreeJudgements]]()
    for source, entry in entries:
        seen[entry.of, entry.by] += 1
        by = f"{entry.by} ({number})" if entry.by and (number := seen[entry.of, entry.by]) > 1 else entry.by
        found.append((source, entry if by == entry.by else entry.model_copy(update={"by": by})))
    return tuple(found)


def none_in(path: Path) -> UserError:
    """Return the error of a file that holds no judgements, and how they are written."""
    return UserError(fill(NOT_A_MATRIX, path=source_of(path)), hint=HOW)


# ---- TOML


def _toml(path: Path, data: bytes) -> ReadJudgements:
    document = read_document(source_of(path), data)
    problems = reading_problems([document])
    if problems:
        return ReadJudgements((), problems)
    stated, questionnaire = document.data.get(KEY), document.data.get("questionnaire")
    entries = stated if isinstance(stated, list) else [document.data]
    found: list[FreeJudgements] = []
    wrong: list[Problem] = []
    for index, entry in enumerate(entries):
        known = entry if isinstance(entry, Mapping) else {}
        try:
            judgements = FreeJudgements.model_validate({key: known[key] for key in KEYS if key in known})
        except ValidationError:
            raise none_in(path) from None
        found.append(_once(path, judgements))
        above: Keys = (KEY, index) if entries is stated else ()
        faults = faults_of(judgements)
        paths = [(*above, "matrix", *(p for p in (fault.row, fault.column) if p >= 0)) for fault in faults]
        spots = document.spots(paths) if faults else {}
        for fault, at in zip(faults, paths, strict=True):
            spot = spots.get(at) or spots.get((*above, "matrix"))
            place = (spot.value.line, spot.value.column) if spot else (0, 0)
            values = named(fault, judgements.members, judgements.matrix)
            wrong.append(_problem(document.source, place, fault.code, key=".".join(map(str, at)), values=values))
    named_there = questionnaire if isinstance(questionnaire, str) else ""
    base = str(document.data.get("based_on") or "")
    rubric = (path, base) if document.data.get("format") == WEIGHTS_FORMAT else None
    return ReadJudgements(tuple((source_of(path), entry) for entry in found), tuple(wrong), named_there, rubric)


KEYS = tuple(FreeJudgements.model_fields)


def _once(path: Path, judgements: FreeJudgements) -> FreeJudgements:
    """Return judgements as they are, or refuse those that name a member twice, or none."""
    for index, member in enumerate(judgements.members):
        if member in judgements.members[:index]:
            raise UserError(fill(TWICE, name=member, path=source_of(path)), hint=ONCE)
    if not judgements.members:
        raise none_in(path)
    return judgements


def _problem(source: str, place: tuple[int, int], code: str, *, key: str, values: Mapping[str, object]) -> Problem:
    rule = RULES[code]
    return Problem(source, *place, "error", code, key, fill(rule.message, **values), rule.hint)


# ---- CSV


@dataclass(frozen=True)
class _Line:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """A table among blank rows: its head and first column where it has them."""

    rows: tuple[_Line, ...]
    labelled: bool = field(init=False)

    def __post_init__(self) -> None:
        head = self.rows[0].cells
        labelled = any(cell and judged(cell) is None for cell in head[1:]) or not any(head[1:])
        object.__setattr__(self, "labelled", labelled)

    @property
    def corner(self) -> str:
        """What stands in the corner: the group that is compared."""
        return self.rows[0].cells[0] if self.labelled else ""

    @property
    def members(self) -> tuple[str, ...]:
        """The members by the head, else numbered."""
        if not self.labelled:
            return tuple(f"m{number}" for number in range(1, len(self.rows) + 1))
        return tuple(cell for cell in self.rows[0].cells[1:] if cell)

    @property
    def body(self) -> tuple[_Line, ...]:
        """The rows of judgements, and figures close behind them under no member, as where a comma cut one in two.

        A remark there, or what stands apart by a blank column, is no part of the table.
        """
        if not self.labelled:
            return self.rows
        end = len(self.members) + 1
        return tuple(
            _Line(row.line, (*row.cells[1:end], *takewhile(lambda cell: cell[:1].isdecimal(), row.cells[end:])))
            for row in self.rows[1:]
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """What names the rows: the first column, else the members in their order."""
        return tuple(row.cells[0] for row in self.rows[1:]) if self.labelled else self.members

    def judgements(self, path: Path) -> FreeJudgements:
        """Return what the table says, its rows in the order of the columns; raises `UserError`."""
        matrix = tuple(row.cells for row in self.body)
        made = _once(
            path, FreeJudgements(of=self.corner or None, by=writable(path.stem), members=self.members, matrix=matrix)
        )
        labels = self.labels
        if not any(labels) or labels == self.members:
            return made
        if sorted(labels) != sorted(self.members):
            odd = next((label for label in labels if label not in self.members), self.members[-1])
            raise UserError(fill(ROW_AND_COLUMN, name=odd, path=source_of(path), line=self.rows[0].line), hint=HOW)
        return made.model_copy(update={"matrix": tuple(matrix[labels.index(member)] for member in self.members)})


def _csv(path: Path, data: bytes) -> ReadJudgements:
    words = decode(data)
    if isinstance(words, Unreadable) and words.values["encoding"] in NO_TEXT.values():
        raise none_in(path)
    if isinstance(words, Unreadable):  # UTF-16 where it is marked, else the GBK that spreadsheets in China write
        codec = "utf-16" if likely_encoding(data) == "utf-16" else "gb18030"
        words = data.decode(codec, errors="replace")
    blocks = list(_blocks(words, path))
    if blocks and "respondent" in blocks[0].rows[0].cells:
        raise UserError(fill(NOT_A_MATRIX, path=source_of(path)), hint=fill(DERIVE, path=as_word(source_of(path))))
    if not blocks:
        raise none_in(path)
    found, wrong = [], []
    for block in blocks:
        judgements = block.judgements(path)
        found.append((source_of(path), judgements))
        lines = dict(zip(block.labels, (row.line for row in block.body), strict=False))
        for fault in faults_of(judgements):
            member = judgements.members[fault.row] if 0 <= fault.row < len(judgements.members) else ""
            place = lines.get(member, block.rows[0].line), max(1, fault.column + 1 + block.labelled)
            values = named(fault, judgements.members, judgements.matrix)
            wrong.append(_problem(source_of(path), place, fault.code, key="", values=values))
    return ReadJudgements(tuple(found), tuple(wrong))


def _blocks(words: str, path: Path) -> Iterator[_Block]:
    """Take the table apart at blank rows; a comma, semicolon or tab parts the cells."""
    mark = max(",;\t，", key=words.count)
    found = csv_rows(words, source_of(path), separator=mark)
    rows = [_Line(line, tuple(cell.strip() for cell in cells)) for line, cells in found]
    for filled, group in groupby(rows, key=lambda row: any(row.cells)):
        if not filled:
            continue
        lines = list(group)
        # A spreadsheet leaves empty columns behind at the right; without them all rows are equally wide.
        width = max(index + 1 for row in lines for index, cell in enumerate(row.cells) if cell)
        yield _Block(tuple(_Line(row.line, (*row.cells, *[""] * width)[:width]) for row in lines))


# ---- together


def panels(read: ReadJudgements, method: Method) -> tuple[Panel, ...]:
    """Bring the experts of each group together; raises `UserError` where they compare different members."""
    groups: dict[str, list[tuple[str, FreeJudgements]]] = {}
    for source, judgements in read.judgements:
        groups.setdefault(judgements.of or "", []).append((source, judgements))
    found = tuple(_panel(of, several, method) for of, several in groups.items())
    if rings := cycles(groups_above(found)):
        raise UserError(fill(IN_CIRCLE, name=rings[0][0]), hint=IN_CIRCLE_HINT)
    return found


def _panel(of: str, several: Sequence[tuple[str, FreeJudgements]], method: Method) -> Panel:
    """Bring the experts of one group together, the rows and columns of each in the order of the first."""
    first_source, first = several[0]
    matrices: list[tuple[str, Matrix]] = []
    for number, (source, judgements) in enumerate(several, start=1):
        if sorted(judgements.members) != sorted(first.members):
            raise UserError(fill(OTHER_MEMBERS, one=first_source, other=source), hint=SAME_MEMBERS)
        matrices.append((judgements.by or f"{number}", ordered(judgements, first.members)))
    return panel_of(of, first.members, matrices, method)
