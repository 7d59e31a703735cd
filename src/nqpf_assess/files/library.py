"""The library: finds questionnaires, rubrics and answers by id or path, reads and checks them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nqpf_assess.engine.digest import digest
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.document import Collection, Document
from nqpf_assess.files.finding import Finding
from nqpf_assess.files.linting import (
    Loaded,
    lint_answers,
    lint_questionnaire,
    lint_weights,
    load,
    not_found,
    read_document,
)
from nqpf_assess.files.places import Root, roots, shown
from nqpf_assess.files.rules.content import Missing
from nqpf_assess.files.rules.subjects import AnswersSubject, QuestionnaireSubject, WeightsSubject
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import Problem, UserError, errors, in_order
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from nqpf_assess.model.text import text
from nqpf_assess.model.weights import Weights


@dataclass(frozen=True)
class Book:
    """A questionnaire as found: its value, what it was read from, and every problem."""

    path: Path
    subject: QuestionnaireSubject | None
    problems: tuple[Problem, ...]

    @property
    def value(self) -> Questionnaire:
        """The questionnaire; only asked for where there are no errors."""
        assert self.subject is not None
        return self.subject.value


@dataclass(frozen=True)
class Rubric:
    """A rubric as found: its file and all it is based on (the root first), and every problem of any of them."""

    path: Path
    chain: tuple[Weights, ...]
    problems: tuple[Problem, ...]
    own_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """An answer file as found, with the instrument it belongs to, and every problem of any of them."""

    path: Path
    answers: Answers | None
    instrument: Instrument | None
    problems: tuple[Problem, ...]
    own_problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it can be scored."""
        return self.answers is not None and self.instrument is not None and not errors(self.problems)


@dataclass
class Library:
    """Looks content up in its roots, in order; what was read once is kept."""

    roots: tuple[Root, ...] = field(default_factory=roots)
    _books: dict[Path, Book] = field(default_factory=dict)
    _files: dict[Path, Loaded[Weights] | tuple[Problem, ...]] = field(default_factory=dict)

    # ---- questionnaires

    def questionnaire(self, name: str) -> Book | None:
        """Find a questionnaire by path or id; None where there is none."""
        path = self.questionnaire_path(name)
        return None if path is None else self.open_questionnaire(path)

    def questionnaire_path(self, name: str) -> Path | None:
        """Find where a questionnaire lies: a value that names an existing file or folder is a path."""
        if Path(name).exists():
            return Path(name)
        return self._first(lambda root: (root / "questionnaires" / name, root / "questionnaires" / f"{name}.toml"))

    def open_questionnaire(self, path: Path) -> Book:
        """Read and check a questionnaire from a file or folder."""
        key = path.resolve()
        if key not in self._books:
            self._books[key] = _open_book(path)
        return self._books[key]

    def _first(self, places: Callable[[Path], Sequence[Path]]) -> Path | None:
        return next((path for root in self.roots for path in places(root.path) if path.exists()), None)

    @property
    def places(self) -> str:
        """The folders looked in, for a message."""
        return ", ".join(shown(root.path) or "." for root in self.roots)

    # ---- rubrics

    def weights_path(self, name: str, questionnaire: str, beside: Path | None = None) -> Path | None:
        """Find where a rubric lies: a path, `<id>.toml` beside the file that is based on it, or the roots."""
        if beside is None and Path(name).is_file():
            return Path(name)
        if beside is not None and (near := beside.parent / f"{name}.toml").is_file():
            return near
        return self._first(lambda root: (root / "weights" / questionnaire / f"{name}.toml",))

    def open_weights(self, path: Path, book: Book) -> Rubric:
        """Read and check a rubric and all it is based on, against a questionnaire."""
        files: list[tuple[Path, Loaded[Weights]]] = []
        problems: list[Problem] = []
        missing: list[Problem] = []
        at: Path | None = path
        while at is not None:
            loaded = self._weights_file(at)
            if isinstance(loaded, tuple):
                problems += loaded
                break
            files.append((at, loaded))
            at, lacking = self._base(files)
            missing += lacking
        return _rubric(path, files, book, [*problems, *missing])

    def _weights_file(self, path: Path) -> Loaded[Weights] | tuple[Problem, ...]:
        key = path.resolve()
        if key not in self._files:
            document = read_document(shown(path), read_bytes(path))
            self._files[key] = load(Weights, [document]) if isinstance(document, Document) else document
        return self._files[key]

    def _base(self, files: list[tuple[Path, Loaded[Weights]]]) -> tuple[Path | None, tuple[Problem, ...]]:
        path, loaded = files[-1]
        value = loaded.value
        if value is None or value.based_on is None:
            return None, ()
        base = self.weights_path(value.based_on, value.questionnaire, beside=path)
        if base is None:
            return None, _lacks(loaded, "base_missing", "based_on", name=value.based_on)
        ring = [file for file, _ in files if file.resolve() == base.resolve()]
        if ring:
            names = [entry.value.id for _, entry in files if entry.value is not None]
            return None, _lacks(loaded, "base_cycle", "based_on", ring=" → ".join((*names, names[0])))
        return base, ()

    # ---- answers

    def open_answers(self, path: Path, *, questionnaire: str | None = None, weights: str | None = None) -> Sheet:
        """Read and check an answer file with its instrument; `questionnaire`, `weights` override what it names."""
        document = read_document(shown(path), read_bytes(path))
        if not isinstance(document, Document):
            return Sheet(path, None, None, document, document)
        loaded = load(Answers, [document])
        if loaded.value is None or _head_mended(loaded):
            return Sheet(path, loaded.value, None, loaded.problems, loaded.problems)
        return self._with_instrument(path, loaded, questionnaire=questionnaire, weights=weights)

    def _with_instrument(
        self, path: Path, loaded: Loaded[Answers], *, questionnaire: str | None, weights: str | None
    ) -> Sheet:
        assert loaded.value is not None
        named = loaded.value.questionnaire.id
        book = self.questionnaire(questionnaire or named)
        if book is None:
            lacking = _lacks(
                loaded, "questionnaire_missing", "questionnaire", name=questionnaire or named, places=self.places
            )
            return _sheet(path, loaded, None, lacking, ())
        if book.subject is None or errors(book.problems):
            return _sheet(path, loaded, None, (), book.problems)
        rubric_name = weights or loaded.value.weights.id
        at = self.weights_path(rubric_name, book.value.id)
        if at is None:
            values = {"name": rubric_name, "questionnaire": book.value.id, "places": self.places}
            return _sheet(path, loaded, None, _lacks(loaded, "weights_missing", "weights", **values), book.problems)
        rubric = self.open_weights(at, book)
        return self._checked(path, loaded, book, rubric, chosen=questionnaire is not None)

    def _checked(self, path: Path, loaded: Loaded[Answers], book: Book, rubric: Rubric, *, chosen: bool) -> Sheet:
        content = (*book.problems, *rubric.problems)
        if errors(content) or not rubric.chain:
            return _sheet(path, loaded, None, (), content)
        assert loaded.value is not None
        instrument = Instrument(book.value, rubric.chain)
        if loaded.value.questionnaire.id != book.value.id and not chosen:
            values = {"name": loaded.value.questionnaire.id, "wanted": book.value.id}
            return _sheet(path, loaded, None, _lacks(loaded, "other_questionnaire", "questionnaire", **values), content)
        subject = AnswersSubject(loaded.value, instrument, (digest(book.value), digest(*rubric.chain)))
        return _sheet(path, loaded, instrument, lint_answers(loaded, subject), content)

    def instrument(self, questionnaire: str, weights: str) -> tuple[Instrument | None, tuple[Problem, ...]]:
        """Find a questionnaire with a rubric by ids or paths, for a new assessment."""
        book = self.questionnaire(questionnaire)
        if book is None:
            raise missing_content(questionnaire, self.places)
        at = self.weights_path(weights, book.value.id) if book.subject is not None else None
        if at is None:
            if errors(book.problems):
                return None, book.problems
            raise missing_content(weights, self.places)
        rubric = self.open_weights(at, book)
        problems = in_order((*book.problems, *rubric.problems))
        return (None if errors(problems) else Instrument(book.value, rubric.chain)), problems

    def profiles(self, book: Book) -> tuple[Rubric, ...]:
        """Open every rubric that the roots hold for a questionnaire, each id once, by its order and id."""
        found: dict[str, Path] = {}
        for root in self.roots:
            folder = root.path / "weights" / book.value.id
            for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
                found.setdefault(path.stem, path)
        rubrics = [self.open_weights(path, book) for path in found.values()]
        return tuple(sorted(rubrics, key=_place_in_list))


NO_ORDER = 10**6

PERHAPS_ELSEWHERE = ("unknown_reference", "missing_key", "empty_group", "unused_source")
"""What is not said of a folder in which a file could not be read: it may hold what seems to be missing."""


def _place_in_list(rubric: Rubric) -> tuple[bool, int, str]:
    if not rubric.chain:
        return (True, NO_ORDER, str(rubric.path))
    file = rubric.chain[-1]
    return (file.based_on is not None, NO_ORDER if file.order is None else file.order, file.id)


def missing_content(name: str, places: str) -> UserError:
    """Say that a questionnaire or rubric is nowhere to be found."""
    return UserError(
        text(en=f"there is no questionnaire or rubric “{name}”", zh=f"找不到问卷或权重方案“{name}”"),
        hint=text(en=f"Looked in: {places}", zh=f"已查找：{places}"),
    )


def read_bytes(path: Path) -> bytes:
    """Read a file; what the machine refuses becomes a sentence."""
    try:
        return path.read_bytes()
    except OSError as fault:
        words = fault.strerror or str(fault)
        raise UserError(
            text(en=f"{shown(path)} cannot be read: {words}", zh=f"无法读取 {shown(path)}：{words}"),
            status=1 if isinstance(fault, FileNotFoundError | IsADirectoryError) else 3,
        ) from fault


def _open_book(path: Path) -> Book:
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    documents: list[Document] = []
    problems: list[Problem] = []
    for file in files:
        document = read_document(shown(file), read_bytes(file))
        if isinstance(document, Document):
            documents.append(document)
        else:
            problems += document
    if not files:
        empty = Document(shown(path), "", {})
        return Book(path, None, not_found([("empty_folder", Finding(()))], Collection((empty,))))
    if not documents:
        return Book(path, None, in_order(problems))
    return _checked_book(path, documents, problems)


def _checked_book(path: Path, documents: list[Document], problems: list[Problem]) -> Book:
    loaded = load(Questionnaire, documents)
    formats = not_found(_other_formats(documents), loaded.collection)
    unread = PERHAPS_ELSEWHERE if problems else ()
    rest = [p for p in (*loaded.problems, *lint_questionnaire(loaded)) if p.code not in unread]
    subject = None if loaded.value is None else QuestionnaireSubject(loaded.value, loaded.collection)
    return Book(path, subject, in_order((*problems, *formats, *rest)))


def _other_formats(documents: list[Document]) -> list[Missing]:
    return [
        (
            "other_format",
            Finding(("format",), {"name": document.data.get("format", ""), "wanted": QUESTIONNAIRE_FORMAT}, file=i),
        )
        for i, document in enumerate(documents)
        if document.data.get("format") != QUESTIONNAIRE_FORMAT and len(documents) > 1
    ]


def _lacks(loaded: Loaded[Weights] | Loaded[Answers], code: str, key: str, **values: object) -> tuple[Problem, ...]:
    path = (key, "id") if key in ("questionnaire", "weights") and isinstance(loaded.value, Answers) else (key,)
    return not_found([(code, Finding(path, values))], loaded.collection)


def _rubric(path: Path, files: list[tuple[Path, Loaded[Weights]]], book: Book, problems: list[Problem]) -> Rubric:
    values = [loaded.value for _, loaded in reversed(files)]
    chain = tuple(value for value in values if value is not None)
    own: list[Problem] = []
    for index, (file, loaded) in enumerate(files):
        found = [*loaded.problems]
        if loaded.value is not None and book.subject is not None:
            own_chain = tuple(entry.value for _, entry in reversed(files[index:]) if entry.value is not None)
            subject = WeightsSubject(loaded.value, own_chain, book.subject, file.stem)
            found += lint_weights(loaded, subject)
            found += _foreign(loaded, book)
        problems += found
        own = found if index == 0 else own
    source = shown(path)
    return Rubric(path, chain, in_order(problems), in_order([*own, *(p for p in problems if p.source == source)]))


def _foreign(loaded: Loaded[Weights], book: Book) -> tuple[Problem, ...]:
    assert loaded.value is not None
    if loaded.value.questionnaire in (book.value.id, "unnamed"):
        return ()
    return _lacks(loaded, "other_questionnaire", "questionnaire", name=loaded.value.questionnaire, wanted=book.value.id)


def _head_mended(loaded: Loaded[Answers]) -> bool:
    return any(place[0] in ("questionnaire", "weights", "format") for place in loaded.mended)


def _sheet(
    path: Path,
    loaded: Loaded[Answers],
    instrument: Instrument | None,
    own: Sequence[Problem],
    content: Sequence[Problem],
) -> Sheet:
    mine = in_order((*loaded.problems, *own))
    return Sheet(path, loaded.value, instrument, in_order((*mine, *content)), mine)
