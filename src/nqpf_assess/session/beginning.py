"""A rubric of one's own is begun: on top of a baseline, or as a copy of a profile that is near."""

import re
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.files.drafting import copied, new_profile, own_id, sound_id
from nqpf_assess.files.library import Library
from nqpf_assess.files.machine import NOT_WRITTEN, refusal
from nqpf_assess.files.places import shown
from nqpf_assess.files.presence import exists
from nqpf_assess.files.store import write_whole
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.model.base import ID_LENGTH
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.content import sound_rubric
from nqpf_assess.session.pinyin import syllable

YET_TO_NAME = _("{name} (to be named)")
TAKEN = _("there is a rubric “{name}” already: {path}")
OR_FROM = _("Answer files that name it would be scored by the new one. Choose another id, or copy it: --from {name}.")
EXISTS = _("{file} exists already")
NOTHING_CHANGED = _("Nothing was changed. Choose another name.")
NAMELESS = "rubric"


class NewRubric(NamedTuple):
    """What a new rubric shall be: its id, its name ("" where a language has none yet), on what it is based.

    `base`: the id or path of a baseline to build on, or of a profile to copy; `whole`: a baseline is copied too.
    `questionnaire`: "" for that of the base; `stated`: it is named by its id, and no path, though a folder may be
    called so.
    """

    id: str
    name: Text
    base: str
    questionnaire: str
    whole: bool = False
    stated: bool = False


def id_for(name: Text, library: Library, questionnaire: str) -> str:
    """Make an id out of a name, Chinese by its syllables, that no rubric of a questionnaire has yet."""
    said = next((words for words in (name.get("en", ""), *name.values()) if words.strip()), "")
    spelled = "".join(f" {syllable(letter)} " if syllable(letter) else letter for letter in said)
    stem = re.sub(r"[^a-z0-9]+", "_", spelled.lower()).strip("_").lstrip("0123456789_")[: ID_LENGTH - 3].strip("_")
    known, stem = set(library.known("weights", questionnaire)), stem or NAMELESS
    names = (stem, *(f"{stem}_{number}" for number in range(2, 99)))
    return next((each for each in names if each not in known), stem)


def begin_rubric(library: Library, wanted: NewRubric, workspace: Path, *, file: Path | None = None) -> Path:
    """Write the beginning of a rubric, into its place in a workspace unless a file is named; return where it lies.

    Nothing is overwritten; raises `UserError`.
    """
    instrument, path = sound_rubric(library, wanted.base, wanted.questionnaire or None, stated=wanted.stated)
    place = file or workspace / "weights" / instrument.questionnaire.id / f"{sound_id(wanted.id)}.toml"
    if exists(place):
        raise UserError(fill(EXISTS, file=place), hint=NOTHING_CHANGED, status=3)
    there = library.weights_path(wanted.id, instrument.questionnaire.id) if file is None else None
    if there is not None and there != path:
        hint = fill(OR_FROM, name=wanted.id)
        raise UserError(fill(TAKEN, name=wanted.id, path=shown(there)), hint=hint, status=3)
    plain, yet = wanted.id.replace("_", " ").capitalize(), tell(YET_TO_NAME, "zh", name=wanted.id)
    called: Text = {"en": plain, "zh": yet, **{language: words for language, words in wanted.name.items() if words}}
    if wanted.whole or instrument.profile.based_on is not None:
        own_id(wanted.id, instrument.chain[:-1])
        languages = instrument.questionnaire.languages
        words = copied(path.read_bytes().decode("utf-8-sig"), id=wanted.id, name=called, languages=languages)
    else:
        words = new_profile(instrument, id=wanted.id, name=called)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, words.encode())
    except OSError as fault:
        raise UserError(fill(NOT_WRITTEN, path=shown(place), why=refusal(fault)), status=3) from fault
    return place
