"""Where reports go: a file, or a folder under a name made from the subject; never over what is not a report."""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nqpf_assess.cli.spoken import Refused
from nqpf_assess.files.machine import must_be_there
from nqpf_assess.files.places import shown
from nqpf_assess.model.answers import ANSWERS_FORMAT, Subject
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import text
from nqpf_assess.typography.clean import clean_line

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
LONGEST = 120
"""Bytes of a name made from the subject; file systems take 255, and a temporary name beside it is longer."""

ENDINGS = {"pdf": ".pdf", "docx": ".docx", "md": ".md", "text": ".txt"}
BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "md": b"<!-- nqpf-assess report -->", "text": "═".encode()}
"""First bytes by which a file is known as a report of its form."""


def answer_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Give the answer files that paths name; of a folder all that lie in it."""
    found: list[Path] = []
    for path in paths:
        must_be_there(path)
        inside = [file for file in sorted(path.glob("*.toml")) if _is_answers(file)] if path.is_dir() else [path]
        if not inside:
            raise UserError(text(en=f"there are no answer files in {path}", zh=f"{path} 中没有答卷"))
        found += inside
    return tuple(dict.fromkeys(found))


def _is_answers(file: Path) -> bool:
    """Say whether a file is meant to hold answers; one that cannot be read is taken along, so that this is said."""
    if file.name.startswith("."):
        return False
    try:
        return ANSWERS_FORMAT.partition("/")[0].encode() in file.read_bytes()
    except OSError:
        return True


@dataclass(frozen=True, slots=True)
class Target:
    """The file or folder that was asked for; `folder`: it is meant as a folder, whether or not it is there."""

    path: Path
    folder: bool


def target_of(output: str | None) -> Target | None:
    """Tell what `-o` names: a folder where one is there or the path ends in a separator."""
    return None if output is None else Target(Path(output), Path(output).is_dir() or output.endswith(("/", os.sep)))


@dataclass
class Targets:
    """Gives each report its place. `output`: what was asked for; `sources`: files that must not be written over."""

    output: Target | None
    form: str
    language: str
    sources: Sequence[Path]
    _taken: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        many = len(self.sources) > 1
        if self.output is not None and many and not self.output.folder and self.output.path.suffix:
            words = text(
                en=f"{len(self.sources)} reports do not fit into one file; name a folder with -o",
                zh=f"{len(self.sources)} 份报告不能写入同一个文件，请用 -o 指定文件夹",
            )
            raise Refused(words)

    @property
    def on_screen(self) -> bool:
        """Whether reports go to standard output."""
        return self.output is None and self.form == "text"

    def place(self, source: Path, subject: Subject) -> Path:
        """Give the file for one report; raises `UserError` rather than write over what is not a report."""
        if self.output is None:
            path = self._named(Path(), source, subject)
        elif self.output.folder or len(self.sources) > 1:
            self.output.path.mkdir(parents=True, exist_ok=True)
            path = self._named(self.output.path, source, subject)
        else:
            path = self.output.path
        self._refuse(path)
        return path

    def _named(self, folder: Path, source: Path, subject: Subject) -> Path:
        stem = file_name(subject, source.stem)
        name = f"{stem}-report-{self.language}"
        count = 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{stem}-report-{self.language}-{count}"
        self._taken.add(name.casefold())
        return folder / (name + ENDINGS[self.form])

    def _refuse(self, path: Path) -> None:
        if _foreign(path, self.form):
            raise UserError(
                text(en=f"{shown(path)} is no report of ours", zh=f"{shown(path)} 不是本程序生成的报告"),
                hint=text(en="Nothing was overwritten; choose another name.", zh="未覆盖任何内容，请换一个文件名。"),
                status=3,
            )


def _foreign(path: Path, form: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(64)
    return bool(beginning) and not beginning.startswith(BEGINNINGS[form])


def file_name(subject: Subject, otherwise: str) -> str:
    """Make a file's name from the subject and its period: no separators, no reserved names, not too long."""
    words = (
        [clean_line(part) for part in (subject.name, subject.period) if part.strip()] if subject.name.strip() else []
    )
    joined = unicodedata.normalize("NFC", FORBIDDEN.sub("_", "-".join(words))).strip(" ._-")
    named = joined or FORBIDDEN.sub("_", otherwise).strip(" ._-") or "report"
    named = f"{named}_" if DEVICES.match(named) else named
    return named.encode()[:LONGEST].decode(errors="ignore").strip(" ._-")
