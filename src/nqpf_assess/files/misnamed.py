"""What is called so that nobody finds it: a warning for each such file or folder."""

import re
from pathlib import Path

from nqpf_assess.files.document import Collection, Document
from nqpf_assess.files.finding import Finding
from nqpf_assess.files.linting import not_found
from nqpf_assess.files.places import source_of
from nqpf_assess.files.presence import is_dir, is_file
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.model.problem import Problem

MISNAMED = r"(?i).\.toml(\.txt)?\Z"
"""What an editor or a system that hides endings makes of `x.toml`: `x.toml.txt`, `x.TOML`."""


def passed_over(folder: Path) -> tuple[Problem, ...]:
    """Warn of files in a folder that were meant to be read, and are not for the ending of their names."""
    found: list[Problem] = []
    for file in sorted(folder.iterdir()):
        if (
            re.search(MISNAMED, file.name)
            and file.suffix != ".toml"
            and not file.name.startswith(".")
            and is_file(file)
        ):
            wanted = re.sub(MISNAMED, lambda match: f"{match[0][0]}.toml", file.name)
            here = Collection((Document(source_of(file), "", {}),))
            found += not_found([("passed_over", Finding((), {"name": file.name, "wanted": wanted}))], here)
    return tuple(found)


def place_differs(path: Path, subject: QuestionnaireSubject) -> tuple[Problem, ...]:
    """Warn of a questionnaire that is not called by its id where it would be looked for by that."""
    place, id = path.absolute(), subject.value.id
    name = place.name if is_dir(path) else place.stem
    if place.parent.name != "questionnaires" or name == id or subject.mended.touches(("id",)):
        return ()
    return not_found([("place_differs", Finding(("id",), {"name": id, "file": name}))], subject.collection)
