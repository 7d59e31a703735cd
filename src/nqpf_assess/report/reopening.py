"""Takes a report's own files out of it again, scores them anew and says whether the report still holds."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.benchmark import Beside, beside_in
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files.library import Library, Sheet
from nqpf_assess.files.places import Root
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import text
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.carried import ANSWERS, QUESTIONNAIRE
from nqpf_assess.report.make import make_report
from nqpf_assess.report.receipt import BENCHMARK, RECEIPT, differences

NOT_A_REPORT = text(
    en="this PDF carries no assessment: it was not made by nqpf-assess, or its attachments were removed",
    zh="此 PDF 不含自评数据：并非 nqpf-assess 生成，或附件已被删除",
)
NOT_A_PDF = text(en="this is not a PDF that can be read", zh="不是可读取的 PDF 文件")


def take_out(data: bytes) -> Mapping[str, bytes]:
    """Give the files a report carries, by name. Raises UserError where there are none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            files = {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments}
    except (pikepdf.PdfError, ValueError) as fault:
        raise UserError(NOT_A_PDF) from fault
    if ANSWERS not in files or QUESTIONNAIRE not in files:
        raise UserError(NOT_A_REPORT)
    return files


def lay_out(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files as a workspace, and give the path of the answers."""
    (folder / "questionnaires").mkdir(parents=True)
    (folder / "questionnaires" / "carried.toml").write_bytes(files[QUESTIONNAIRE])
    (folder / "rubrics").mkdir()
    for name in rubrics(files):
        (folder / "rubrics" / _file_name(name)).write_bytes(files[name])
    (folder / ANSWERS).write_bytes(files[ANSWERS])
    return folder / ANSWERS


def rubrics(files: Mapping[str, bytes]) -> list[str]:
    """Name the carried rubric files, the root first."""
    named = [name for name in files if name.startswith("weights-") and name.endswith(".toml")]
    return sorted(named, key=lambda name: (len(name.split("-")[1]), name.split("-")[1]))


def _file_name(name: str) -> str:
    """Give `<id>.toml` for `weights-2-<id>.toml`, so that a rubric finds what it is based on beside itself."""
    return Path(name.split("-", 2)[2]).name


def open_carried(files: Mapping[str, bytes], folder: Path) -> Sheet:
    """Read the carried answers with the carried instrument and no other."""
    answers = lay_out(files, folder)
    chosen = rubrics(files)
    if not chosen:
        raise UserError(NOT_A_REPORT)
    library = Library((Root("content", folder),))
    weights = str(folder / "rubrics" / _file_name(chosen[-1]))
    return library.open_answers(answers, questionnaire=str(folder / "questionnaires" / "carried.toml"), weights=weights)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report still says what its own files give.

    `differing`: figures that differ, as (where, printed, now). `redrawn`: the same file comes out again, byte by byte;
    None where that could not be tried. `program`: the version that made it. `receipted`: it carried its own figures.
    """

    program: str
    receipted: bool
    differing: tuple[tuple[str, Any, Any], ...]
    redrawn: bool | None


def verdict(
    data: bytes,
    files: Mapping[str, bytes],
    instrument: Instrument,
    answers: Answers,
    *,
    profiles: Sequence[Chain],
    program: str,
) -> Verdict:
    """Score the carried answers anew, compare every figure, and draw the report again where this program made it."""
    kept = read_receipt(files)
    if kept is None:
        return Verdict("?", receipted=False, differing=(), redrawn=None)
    language = str(kept.get("language", "en"))
    now = score_row(score(instrument, answers), "zh" if language == "zh" else "en")
    differing = tuple(differences(kept.get("score"), now))
    made_by = str(kept.get("program", "?"))
    beside = _beside(files, kept)
    redrawn = (
        _redrawn(data, instrument, answers, kept, profiles=profiles, beside=beside) if made_by == program else None
    )
    return Verdict(made_by, receipted=True, differing=differing, redrawn=redrawn)


def read_receipt(files: Mapping[str, bytes]) -> dict[str, Any] | None:
    """Give a report's receipt; None where it has none that can be read."""
    try:
        row = json.loads(files[RECEIPT])
    except (KeyError, ValueError):
        return None
    return row if isinstance(row, dict) else None


def _beside(files: Mapping[str, bytes], kept: Mapping[str, Any]) -> Beside | None:
    """Give the benchmark that stood beside the figures; None where there was none that can be read."""
    if BENCHMARK not in files or not isinstance(kept.get("group"), dict):
        return None
    try:
        return beside_in(files[BENCHMARK], BENCHMARK, kept["group"])
    except UserError:
        return None


def _redrawn(
    data: bytes,
    instrument: Instrument,
    answers: Answers,
    kept: Mapping[str, Any],
    *,
    profiles: Sequence[Chain],
    beside: Beside | None,
) -> bool | None:
    from nqpf_assess.engine.digest import digest

    here = {chain[-1].id: digest(*chain) for chain in profiles}
    if kept.get("profiles") != here or kept.get("language") not in ("en", "zh", "both"):
        return None
    again = make_report(
        instrument,
        answers,
        language=kept["language"],
        to="pdf",
        date=str(kept.get("date", "")),
        profiles=profiles,
        beside=beside,
    )
    return again.data == data
