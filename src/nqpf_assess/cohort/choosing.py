"""The content of a cohort: its questionnaire, and every rubric that rows may name."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.files.checking import kind_of
from nqpf_assess.files.editions import library_with
from nqpf_assess.files.found import Book, Rubric
from nqpf_assess.files.library import Library, refuse_errors
from nqpf_assess.files.places import end_of, shown, toml_files
from nqpf_assess.files.presence import is_dir
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.model.weights import BASELINE, WEIGHTS_FORMAT, Chain
from nqpf_assess.session.content import SEVERAL, sound_questionnaire

ONE_ALONE = _("Name one of them alone, or give each an id of its own.")


@dataclass(frozen=True)
class ChosenContent:
    """The questionnaire as found, and its rubrics, the default first; `faulty`: those that no row may name."""

    book: Book
    instruments: Instruments
    faulty: tuple[Rubric, ...] = ()


def choose_content(library: Library, questionnaire: str, weights: Sequence[str]) -> ChosenContent:
    """Return the questionnaire and every rubric that rows may name; raises `UserError` where one of them has errors.

    `weights`: ids, paths, blends, folders of rubrics; the first is for rows that name none, else the baseline. Of a
    folder that is its baseline, whatever its file is called; where it holds none, the one whose file comes first. A
    folder without a rubric in it, such as one of scores that is called by a profile, is not what is named. A baseline
    with errors is refused where rows may be scored by it: another rubric would take its place without a word. Where an
    earlier edition is named and the rubrics at hand do not fit it, those that are kept with it are taken.
    """
    book = sound_questionnaire(library, questionnaire)
    rubrics: list[Rubric] = []
    for name in weights:
        held = toml_files(Path(name)) if is_dir(Path(name)) else []
        if any(kind_of(path) == WEIGHTS_FORMAT for path in held):
            rubrics += sorted((library.open_weights(path, book) for path in held), key=_is_profile)
        else:
            rubrics.append(library.rubric(name, book))
    for place, rubric in enumerate(rubrics):
        refuse_errors(rubric.path, rubric.problems)
        for chain in _chains(rubric):
            id = chain[-1].id
            others = ((each, other) for each in rubrics[:place] for other in _chains(each))
            alike = [each for each, other in others if other[-1].id == id and other != chain]
            if alike:  # rows name a rubric by its id
                places = listed(shown(each.path) for each in (*alike, rubric))
                raise UserError(fill(SEVERAL, name=id, places=places), hint=ONE_ALONE, status=2)
    found = library.profiles(book)
    faulty = tuple(rubric for rubric in found if errors(rubric.problems))
    usual = [rubric for rubric in found if _id_of(rubric, library) == BASELINE] or [*found[:1]]
    if usual and not rubrics and all(rubric in faulty for rubric in usual):
        kept, roots = end_of(book.path).parent.parent, {end_of(root.path) for root in library.roots}
        known = {end_of(folder) for folder in library.edition_folders()} - roots
        if kept in known and is_dir(kept / "weights" / book.value.id):
            return choose_content(library_with(library, book), questionnaire, weights)
        refuse_errors(usual[0].path, usual[0].problems)
    chains = {rubric.chain[-1].id: rubric.chain for rubric in reversed(found) if rubric not in faulty}
    for rubric in reversed(rubrics):
        chains |= {part.id: part.chain for part in rubric.further} | {rubric.chain[-1].id: rubric.chain}
    first = rubrics[0].chain[-1].id if rubrics else BASELINE if BASELINE in chains else next(reversed(chains), "")
    if not first:
        raise library.no_rubric(BASELINE, book.value.id)
    blend = Blend(first, {part.id: part.share for part in rubrics[0].further}) if rubrics else Blend(first)
    ordered = [first, *(id for id in reversed(chains) if id != first)]
    default = str(blend) if blend.further else ""
    # What lies with another edition of the questionnaire is not wrong: it is that edition's.
    elsewhere = {end_of(other.path).parent.parent for other in library.other_editions(book)} if faulty else set()
    wrong = tuple(rubric for rubric in faulty if end_of(rubric.path).parent.parent.parent not in elsewhere)
    return ChosenContent(book, Instruments(book.value, tuple(chains[id] for id in ordered), default=default), wrong)


def _id_of(rubric: Rubric, library: Library) -> str:
    """Return the id that a rubric states; of one that states none, or cannot be read, what its file is called."""
    loaded = library.weights_file(rubric.path)
    return loaded.value.id if loaded.value and not loaded.mended.touches(("id",)) else rubric.path.stem


def _chains(rubric: Rubric) -> tuple[Chain, ...]:
    """Return the rubric and what is blended into it."""
    return (rubric.chain, *(part.chain for part in rubric.further))


def _is_profile(rubric: Rubric) -> bool:
    return bool(rubric.chain) and rubric.chain[-1].based_on is not None
