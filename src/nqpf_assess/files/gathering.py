"""The answer files of a folder, looked for to the bottom, and what was passed over on the way, with the reason."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nqpf_assess.files.checking import kind_of, may_be_answers
from nqpf_assess.files.intake import not_read
from nqpf_assess.files.places import OF_THE_SYSTEM, is_copy, shown
from nqpf_assess.locale import Text, _, fill

PASSED_OVER = _("passed over: {path}: {why}")
AND_MORE = _("… and passed over besides: {n} more")
MOST_SKIPPED = 20
"""Files passed over that are named."""
COPY = _("a copy of an answer file")
NO_ANSWERS = _("holds no answers")
NO_FORMAT = _("does not say which of our formats it is")
NO_ENDING = _("an answer file ends in .toml")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answer files of a folder in the order of their names, and the files passed over, each with why."""

    answers: tuple[Path, ...]
    skipped: tuple[tuple[Path, Text], ...]


def files_below(folder: Path) -> Iterator[Path]:
    """List every file of a folder and of the folders in it, by name; nothing hidden or deleted, none of no folder.

    Raises `UserError` for one that may not be looked into: what lies in it would be left out without a word.
    """

    def refuse(fault: OSError) -> None:
        if not isinstance(fault, NotADirectoryError | FileNotFoundError):
            raise not_read(fault.filename, fault)

    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each.lower() not in OF_THE_SYSTEM)
        yield from (Path(place) / file for file in sorted(files) if not file.startswith("."))


def why_no_answers(path: Path) -> Text | None:
    """Return why a file of a folder is not taken for answers; None where it is.

    One that cannot be read, or names the format of answers and is broken, is taken, so that its mistakes are told.
    """
    name = path.name.lower()
    if not name.endswith(".toml"):
        return NO_ENDING
    if is_copy(path):
        return COPY
    if may_be_answers(path):
        return None
    return NO_ANSWERS if kind_of(path) else NO_FORMAT


def named_besides(paths: Sequence[Path]) -> Gathered:
    """Return answer files that were named, without the copies that were kept of others among them: `*.toml` names both.

    A copy that is named without the file that it was kept of is taken.
    """
    named = set(paths)

    def is_besides(path: Path) -> bool:
        parts = path.stem.split(".")
        before = filter(None, (".".join(parts[:end]) for end in range(1, len(parts))))
        return any(path.parent / f"{stem}{path.suffix}" in named for stem in before) and is_copy(path)

    besides = {path for path in paths if is_besides(path)}
    return Gathered(
        tuple(path for path in paths if path not in besides), tuple((path, COPY) for path in paths if path in besides)
    )


def passed_over(skipped: Sequence[tuple[Path, Text]]) -> Iterator[Text]:
    """Name the files of a folder that were not taken, each with why; of many the first ones."""
    for path, why in skipped[:MOST_SKIPPED]:
        yield fill(PASSED_OVER, path=shown(path), why=why)
    if len(skipped) > MOST_SKIPPED:
        yield fill(AND_MORE, n=len(skipped) - MOST_SKIPPED)


def answers_below(folder: Path) -> Gathered:
    """Return the answer files of a folder, and what was passed over."""
    judged = [(path, why_no_answers(path)) for path in files_below(folder)]
    return Gathered(
        tuple(path for path, why in judged if why is None),
        tuple((path, why) for path, why in judged if why is not None),
    )
