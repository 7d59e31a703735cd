"""Takes a report's own files out of it again, scores them anew and says whether the report still holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from nqpf_assess.engine.instrument import Instrument, digest
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.benchmark import Peers, peers_in
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files.editions import library_with
from nqpf_assess.files.found import Sheet
from nqpf_assess.files.intake import attachments_of, json_in, opened_pdf
from nqpf_assess.files.library import Library, refuse_errors
from nqpf_assess.files.machine import folder_for_a_while
from nqpf_assess.files.places import Root, source_of
from nqpf_assess.files.presence import exists, is_file
from nqpf_assess.files.store import private, write_whole
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answers, Reference
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.carried import (
    ANSWERS,
    BEFORE,
    BENCHMARK,
    QUESTIONNAIRE,
    RECEIPT,
    as_far_as_printed,
    differences,
    digest_of_file,
)
from nqpf_assess.report.forms import House
from nqpf_assess.report.make import Before, make_report
from nqpf_assess.report.sameness import differences_of
from nqpf_assess.session.clock import day_of_paper

LOGOS = ("logo.png", "logo.jpg")
NOT_A_REPORT = _(
    "this PDF carries no assessment: it is no report of nqpf-assess on one, or its attachments were removed"
)
CARRY_NONE = _(
    "Only the report on one place or firm carries its answers; a cohort report or a printed form carries none."
)
CARRIED, RUBRIC_FILES = 3, "weights-….toml"
"""Kinds of files a report always carries, and how those of the rubric are named."""

DIGESTS = {ANSWERS: "answers_digest", QUESTIONNAIRE: "questionnaire.digest", RUBRIC_FILES: "weights.digest"}
"""Where the figures of a report name the digest of each file it carries."""

MISSING = _("the report no longer carries {names}, so it cannot be scored again")
EXISTS = _("{path} exists already")
ELSEWHERE = _("Nothing was overwritten; name another folder.")
MISSING_HINT = _("An attachment was removed after the report was made; ask for the original file.")
NAMES = re.compile(
    r"answers\.toml|questionnaire\.toml|report\.json|benchmark\.json|logo\.(png|jpg)|weights-\d{1,3}-[a-z][a-z0-9_]{0,99}\.toml"
)
"""The files that a report of this program carries; those of last time have `earlier-` before these names."""

ID_AT_HEAD = re.compile(rb'^id = "([a-z][a-z0-9_]{0,39})"$', re.MULTILINE)
"""How a carried questionnaire states its id; whatever else stands there names no file."""


def is_carried(name: str) -> bool:
    """Tell whether a report of this program may carry a file of this name; no other is unpacked or written anywhere."""
    return NAMES.fullmatch(name.removeprefix(BEFORE)) is not None


def take_out(data: bytes) -> Mapping[str, bytes]:
    """Return the files a report carries, by name; raises `UserError` where there are none, or one is damaged."""
    with opened_pdf(data) as pdf:
        files = attachments_of(pdf, is_carried)
    missing = [name for name in (ANSWERS, QUESTIONNAIRE) if name not in files]
    missing += [] if rubrics(files) else [RUBRIC_FILES]
    if len(missing) == CARRIED:
        raise UserError(NOT_A_REPORT, hint=CARRY_NONE)
    if missing:
        raise UserError(fill(MISSING, names=listed(missing)), hint=MISSING_HINT)
    return files


def put_down(files: Mapping[str, bytes], folder: Path) -> Iterator[Path]:
    """Write what a report carries into a folder as a workspace; return each as it is written.

    Raises `UserError` rather than replace another file, or lay a questionnaire and rubrics among others.
    """
    placed = _places(files, folder)
    laid = {path: files[name] for path, name in placed.items()}
    laid |= {folder / name: content for name, content in files.items() if name not in placed.values()}
    content = (path for part in ("questionnaires", "weights") for path in (folder / part).rglob("*") if is_file(path))
    for path in (*laid, *content):
        if exists(path) and not (path in laid and is_file(path) and path.read_bytes() == laid[path]):
            raise UserError(fill(EXISTS, path=path), hint=ELSEWHERE, status=3)
    for path, data in laid.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data, mode=private(path))
        yield path


def rubrics(files: Mapping[str, bytes]) -> list[str]:
    """Name the carried rubric files, the root first."""
    return sorted((name for name in files if name.startswith("weights-")), key=lambda name: int(name.split("-")[1]))


def open_carried(files: Mapping[str, bytes], folder: Path, *, weights: str = "") -> Sheet:
    """Read the carried answers with the carried instrument and no other, laid out as a workspace in a folder.

    `weights`: where the rubric or the blend lies there; else it is what the figures name.
    """
    answers, questionnaire, *chain = placed = _places(files, folder)
    for path, name in placed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    library = Library((Root("content", folder),))
    figured: Any = read_receipt(files)  # the rubric as the figures name it, with the shares of what is blended into it
    for key in ("score", "weights"):
        figured = figured.get(key) if isinstance(figured, dict) else None
    figured = figured if isinstance(figured, dict) else {}
    shares = figured.get("with")
    # The root lies first and the first profile last, unless it is the root itself that others are blended into.
    named = str(next((path for path in chain if path.stem == figured.get("id")), chain[-1]))
    for path in chain:
        share = shares.get(path.stem) if isinstance(shares, dict) else None
        named += f"+{Decimal(repr(share)):f}*{path}" if isinstance(share, float) else ""
    return library.open_answers(answers, questionnaire=str(questionnaire), weights=weights or named)


def carried_problems(sheet: Sheet, files: Mapping[str, bytes], folder: Path, report: Path) -> tuple[Problem, ...]:
    """Return what stands against the carried files, each named as the report has it, not where it was laid out."""
    names = {source_of(path): f"{source_of(report)}/{name}" for path, name in _places(files, folder).items()}
    return tuple(replace(problem, source=names.get(problem.source, problem.source)) for problem in sheet.problems)


def _places(files: Mapping[str, bytes], folder: Path) -> dict[Path, str]:
    """Say where each carried file lies in the workspace made of them: answers, questionnaire, rubric, root first.

    `weights-2-<id>.toml` becomes `<id>.toml`, so that a rubric finds what it is based on beside itself.
    """
    stated = ID_AT_HEAD.search(files[QUESTIONNAIRE].partition(b"\n[")[0])
    id = stated[1].decode() if stated else "carried"
    chain = {folder / "weights" / id / name.split("-", 2)[2]: name for name in rubrics(files)}
    return {folder / ANSWERS: ANSWERS, folder / "questionnaires" / f"{id}.toml": QUESTIONNAIRE, **chain}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report still says what its own files give.

    `differing`: figures that differ, as (where, printed, now); `changed`: attachments that are not those it was made
    from, by digest. `redrawn`: the same file comes out again, byte by byte; None where that could not be tried. Where
    it does not though the attachments are the same, `parts` names what differs, nothing where it was only saved anew.
    `program`: the version that made it. `receipted`: it carried its own figures. `rubrics`: the one it was scored by
    and the one that its answers name, where another was asked for.
    """

    program: str
    receipted: bool
    differing: tuple[tuple[str, Any, Any], ...] = ()
    changed: tuple[str, ...] = ()
    redrawn: bool | None = None
    parts: tuple[Text, ...] = ()
    rubrics: tuple[str, str] | None = None

    @property
    def holds(self) -> bool:
        """Whether every figure agrees, and the pages were compared and are the same."""
        pages = self.redrawn is True or (self.redrawn is False and not self.parts)
        return self.receipted and not self.differing and pages


def examine(library: Library, report: Path, data: bytes, files: Mapping[str, bytes], *, program: str) -> Verdict:
    """Say whether a report holds, given its bytes and what it carries; raises `UserError` where that cannot be scored.

    `library`: of the profiles that were to choose from; `program`: the version that runs here.
    """
    with folder_for_a_while() as place:
        folder = place / "report"
        sheet = open_carried(files, folder)
        refuse_errors(report, carried_problems(sheet, files, folder, report))
        assert sheet.instrument is not None
        assert sheet.answers is not None
        asked, kept = sheet.instrument.questionnaire, read_receipt(files) or {}
        profiles: list[Chain] = []
        # One's own content goes before what the report was made with; what nobody has here, it may carry.
        further_down = [library.roots[first:] for first in range(len(library.roots))]
        for roots in (*further_down, *((*rest, Root("content", folder)) for rest in (*further_down, ()))):
            profiles = _to_choose_from(Library(roots), asked)
            if _are_those(profiles, kept):
                break
    return verdict(data, files, sheet.instrument, sheet.answers, profiles=profiles, program=program)


def _to_choose_from(library: Library, asked: Questionnaire) -> list[Chain]:
    """Return the profiles that a library holds for a questionnaire, or for its edition where that is kept."""
    book = library.questionnaire(asked.id, stated=True)
    held = library.edition(Reference(id=asked.id, version=asked.version, digest=digest(asked)))
    if held is not None and (book is None or digest(book.value) != digest(asked)):
        book, library = held, library_with(library, held)
    found = library.profiles(book) if book else ()
    return [rubric.chain for rubric in found if not errors(rubric.problems)]


def _are_those(profiles: Sequence[Chain], kept: Mapping[str, Any]) -> bool:
    """Return whether profiles are those that a report was made with, by its receipt."""
    return bool(kept.get("profiles") == {chain[-1].id: digest(*chain) for chain in profiles})


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
        return Verdict("?", receipted=False)
    language = str(kept.get("language", "en"))
    now = score_row(score(instrument, answers), language)
    made_by, printed = str(kept.get("program", "?")), kept.get("score")
    figures = tuple(differences(printed, now if made_by == program else as_far_as_printed(now, [printed])))
    beside = tuple(_beside(files, kept))
    peers, logo = _peers(files, kept), next((files[name] for name in LOGOS if name in files), b"")
    again = None
    if made_by == program and not kept.get("fonts"):
        again = _drawn_again(
            instrument, answers, kept, profiles=profiles, peers=peers, earlier=_earlier(files), logo=logo
        )
    changed = tuple(name for name, keys in DIGESTS.items() if any(where == keys for where, _, _ in figures))
    changed += tuple(name for name, _, _ in beside)
    used, stated = Blend(instrument.profile.id, instrument.shares), Blend(answers.weights.id, answers.weights.with_)
    others = (str(used), str(stated)) if (used.first, used.further) != (stated.first, stated.further) else None
    found = Verdict(made_by, receipted=True, differing=(*figures, *beside), changed=changed, rubrics=others)
    if again is None:
        return found
    parts = () if again == data or changed else differences_of(data, again)
    return replace(found, redrawn=again == data, parts=parts)


def read_receipt(files: Mapping[str, bytes]) -> dict[str, Any] | None:
    """Return a report's receipt; None where it has none that can be read."""
    try:
        row = json_in(files[RECEIPT], RECEIPT)
    except (KeyError, UserError):
        return None
    return row if isinstance(row, dict) else None


def _beside(files: Mapping[str, bytes], kept: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield what is carried besides the assessment and is not as the receipt has it; no figure may tell of it."""
    digests = kept.get("carried")
    for name, printed in digests.items() if isinstance(digests, dict) else ():
        now = digest_of_file(files[name]) if name in files else None
        if now != printed and is_carried(name):
            yield name, printed, now


def _peers(files: Mapping[str, bytes], kept: Mapping[str, Any]) -> Peers | None:
    """Give the benchmark that stood beside the figures; None where there was none that can be read."""
    if BENCHMARK not in files or not isinstance(kept.get("group"), dict):
        return None
    try:
        return peers_in(files[BENCHMARK], BENCHMARK, kept["group"])
    except UserError:
        return None


def _earlier(files: Mapping[str, bytes]) -> Before | None:
    """Give last time's assessment; what it does not carry of its own is that of the report."""
    own = {name.removeprefix(BEFORE): data for name, data in files.items() if name.startswith(BEFORE)}
    if not own:
        return None
    replaced = {name.split("-", 2)[2] for name in rubrics(own)}
    dropped = {name for name in rubrics(files) if name.split("-", 2)[2] in replaced}
    rest = {name: data for name, data in files.items() if name not in dropped and not name.startswith(BEFORE)}
    together = {name: data for name, data in {**rest, **own}.items() if name != RECEIPT}
    with folder_for_a_while() as place:
        folder = place / "earlier"
        sheet = open_carried(together, folder)
        lying = {path.stem: str(path) for path in _places(together, folder)}
        stated = None if sheet.answers is None else sheet.answers.weights
        # Rubrics of both times lie together: last time's answers were read by the one that they name.
        if stated is not None and {stated.id, *stated.with_} <= lying.keys():
            blend = Blend(lying[stated.id], {lying[id]: share for id, share in stated.with_.items()})
            sheet = open_carried(together, folder, weights=str(blend))
    return None if sheet.instrument is None or sheet.answers is None else (sheet.instrument, sheet.answers)


def _drawn_again(
    instrument: Instrument,
    answers: Answers,
    kept: Mapping[str, Any],
    *,
    profiles: Sequence[Chain],
    peers: Peers | None,
    earlier: Before | None,
    logo: bytes,
) -> bytes | None:
    """Draw the report again from what it carries; None where something it was made with is not here."""
    if not _are_those(profiles, kept) or kept.get("language") not in ("en", "zh", "both"):
        return None
    try:
        return make_report(
            instrument,
            answers,
            language=kept["language"],
            to="pdf",
            date=day_of_paper(str(kept.get("date"))),
            profiles=profiles,
            peers=peers,
            earlier=earlier,
            house=House(logo=logo),
            edition="brief" if kept.get("edition") == "brief" else "full",
        ).data
    except (ValueError, UserError):  # the date or the logo was changed to what no report has
        return None
