"""A questionnaire's questions being edited: words in every language side by side, values, conditions; then saving.

What is shipped is not edited here: `init` makes a workspace with copies first.
"""

import difflib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from nqpf_assess.engine.phrasing import statement_of, value_as_written
from nqpf_assess.files.document import Document, read_document
from nqpf_assess.files.editing.asking import Change, Entered, Valued, Worded, changed
from nqpf_assess.files.editing.edits import BOM
from nqpf_assess.files.editing.keeping import locked
from nqpf_assess.files.found import Book
from nqpf_assess.files.library import Library, refused
from nqpf_assess.files.linting import lint_questionnaire, load
from nqpf_assess.files.locking import Lock
from nqpf_assess.files.places import (
    end_of,
    place_of_change,
    shipped,
    shown,
    source_of,
    toml_files,
    user_data,
    working_folder,
)
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.files.presence import is_dir
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.files.staleness import Stale, stale_in
from nqpf_assess.files.store import ChangedUnderneath, NotSaved, Rescue, write_whole
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here, Refusal
from nqpf_assess.locale import Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import canonical
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.problem import Problem, UserError, errors, in_order
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.scorecard import KpiFigures
from nqpf_assess.session.clock import clock
from nqpf_assess.session.rubric_editing import CHECK, NO_QUESTION, NO_ROOM, read_number, said_of
from nqpf_assess.session.steps import Steps

SHIPPED = _("this questionnaire came with the program and is not changed")
INIT = _("Make a workspace with copies first: nqpf-assess init DIR, and work inside it.")
NOT_WHOLE = _("Please give a whole number from {low} to {high}.")
BLANK = _("Please write the text in every language.")

SAID = ("finding", "lacking")
"""What a report says of an option or level: where it is the answer, and where it is not."""

EXAMPLE_YEAR = "2025"
"""The year of the answer by which it is shown."""

MAY_LACK = ("support", "first", "examples", "months", "when_at_least")
"""What a countermeasure may leave out."""

MEASURED: Mapping[str, tuple[int, int]] = {
    "effort": (1, 5),
    "months": (1, 60),
    "when_below": (0, 100),
    "when_at_least": (0, 100),
}
"""Numbers of a countermeasure with their ends."""

WHOLE = ("effort", "months")

FIGURES = ("range", "usual", "reference_year", "scale", "scale_when", "benchmarks")
"""Keys of a figure in the order in which the shipped files have them."""


@dataclass(frozen=True, slots=True)
class WordingSlot:
    """Words of a question that can be changed. `what`: text, help, level, option …; `label`: which one of several.

    `optional`: they may be left out in all languages, as what a report says of an answer.
    """

    path: Keys
    what: str
    label: str
    words: Text
    optional: bool = False


def is_shipped(book: Book) -> bool:
    """Return whether a questionnaire came with the program, which is not changed; a checkout's own may be."""
    return end_of(book.path).is_relative_to(end_of(shipped())) and end_of(shipped()) != end_of(working_folder())


def open_to_edit(book: Book, question: str | None = None) -> "QuestionEditing":
    """Open a questionnaire for editing as it lies on disk now, which may be other than the book that was read.

    Close it with `close`. Raises `UserError` where it is shipped content, is open elsewhere, cannot be read, has errors
    or has not (or no longer) the question.
    """
    if is_shipped(book):
        raise UserError(SHIPPED, hint=INIT)
    book = Library().open_questionnaire(book.path)
    if wrong := errors(book.problems):
        raise UserError(fill(NO_ROOM, path=wrong[0].source), hint=fill(CHECK, path=wrong[0].source))
    if question is not None and question not in book.value.questions:
        raise UserError(fill(NO_QUESTION, id=question))
    files = toml_files(book.path) if is_dir(book.path) else [book.path]
    try:
        texts = {file: file.read_bytes().decode() for file in files}
    except OSError as fault:
        raise refused(book.path, fault) from fault
    return QuestionEditing(book, texts, locked(book.path))


@dataclass
class QuestionEditing:
    """A questionnaire open for editing; `files`: the texts as they lie on disk."""

    book: Book
    files: dict[Path, str]
    _lock: Lock
    aside: Path | None = field(default=None, init=False)
    """Where lies what was left unsaved and does not fit the files as they are now."""

    def __post_init__(self) -> None:
        self._steps = Steps(dict(self.files))
        self._read: dict[Path, tuple[str, Document]] = {}
        self._rescue = Rescue()
        self._value = self.book.value
        self._resumed = self._resume()

    # ---- what is not saved yet

    @property
    def draft(self) -> Path:
        """Where what is not saved yet is kept."""
        mark = hashlib.sha256(os.fsencode(self.book.path.absolute())).hexdigest()[:6]
        return user_data() / "drafts" / f"{self.book.value.id}.{mark}.json"

    @property
    def resumed(self) -> bool:
        """Whether it stands as it was left unsaved last time."""
        return self._steps.now == self._resumed

    def _resume(self) -> dict[Path, str] | None:
        """Take up what was left unsaved of these very files; gives their texts with it."""
        try:
            kept = json.loads(self.draft.read_text(encoding="utf-8"))
            folder = next(iter(self.files)).parent
            drafted = {folder / name: str(words) for name, words in kept["texts"].items()}
            of_these = kept["of"] == self._mark() and drafted.keys() <= self.files.keys()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        drafted = {file: words for file, words in drafted.items() if words != self.files.get(file)}
        if not drafted:
            return None
        # Rules may have become stricter since the draft was kept; what would not be taken today is not brought back.
        texts = self.files | drafted
        value, found = self._judged(texts) if of_these else (None, ())
        if value is None or found:
            self._set_aside(drafted)
            return None
        self._steps.take(texts)
        self._value = value
        return texts

    def _set_aside(self, drafted: Mapping[Path, str]) -> None:
        """Keep as rescue copies what was left unsaved and cannot be taken up."""
        kept = (Rescue().keep(file, words.encode()) for file, words in drafted.items())
        copies = [copy for copy in kept if copy is not None]
        if len(copies) == len(drafted):
            self.aside = copies[0] if len(copies) == 1 else copies[0].parent
            self.forget()

    def kept(self) -> bool:
        """Return whether closing loses nothing: what is not saved lies in its draft, which is tried anew here."""
        return not self.changed or self._keep()

    def _keep(self) -> bool:
        """Keep what is not saved yet; False where the machine refuses that: then only the screen has it."""
        texts = {file.name: words for file, words in self._steps.now.items() if words != self.files[file]}
        words = json.dumps({"of": self._mark(), "texts": texts})  # in ASCII: a name may be bytes of no encoding
        try:
            self.draft.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.draft, words.encode(), durable=False, mode=0o600)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let the files go; what is not saved stays in its draft."""
        self._lock.release()

    def forget(self) -> None:
        """Take the draft away."""
        with suppress(OSError):
            self.draft.unlink(missing_ok=True)

    def _mark(self) -> str:
        return hashlib.sha256("\0".join(self.files.values()).encode()).hexdigest()

    # ---- what it is now

    @property
    def value(self) -> Questionnaire:
        """The questionnaire as it stands."""
        return self._value

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self._steps.now != self.files

    def asked(self, id: str) -> AnyAsked:
        """Return a question or fact as it stands."""
        return self._value.asked[id]

    def _table(self, id: str) -> str:
        return "questions" if id in self._value.questions else "facts"

    # ---- words

    def slots(self, id: str) -> tuple[WordingSlot, ...]:
        """Return all words of a question or fact, in the order in which they are read."""
        return tuple(self._slots(id, self.asked(id)))

    def _slots(self, id: str, asked: AnyAsked) -> Iterator[WordingSlot]:
        at: Keys = (self._table(id), id)
        yield WordingSlot((*at, "text"), "text", "", asked.text)
        kind = kind_of(asked)
        key, what = ("options", "option") if kind.has_options else ("levels", "level")
        for choice in kind.choices(asked):
            yield WordingSlot((*at, key, choice.value), what, str(choice.value), choice.words)
        for what in ("help", "evidence", "na_reason"):
            words = getattr(asked, what, None)
            if words is not None:
                yield WordingSlot((*at, what), what, "", words)
        told = [(at, "", asked)] + [
            ((*at, key, choice.value), str(choice.value), getattr(asked, key)[choice.value])
            for choice in kind.choices(asked)
            if not choice.unknown
        ]
        for place, label, holder in told:
            for said in SAID:
                if hasattr(holder, said):
                    yield WordingSlot((*place, said), said, label, getattr(holder, said) or {}, optional=True)

    def measure_slots(self, id: str) -> tuple[WordingSlot, ...]:
        """Return all words of a countermeasure, in the order in which a plan says them."""
        measure, at = self._value.countermeasures[id], ("countermeasures", id)
        return tuple(
            WordingSlot((*at, what), what, "", getattr(measure, what) or {}, optional=what in MAY_LACK)
            for what in ("title", "gist", "lead", "support", "first", "kpi", "examples")
        )

    def kpi_told(self, id: str, words: Mapping[str, str]) -> Mapping[str, str]:
        """Return a KPI in every language as a plan will say it, with an example of the figure that it speaks of."""
        question = self._value.countermeasures[id].kpi_question
        text = {language: " ".join(words.get(language, "").split()) for language in self._value.languages}
        figures = KpiFigures()
        if question is not None:
            asked = self._value.questions[question]
            kind, languages, scales = kind_of(asked), self._value.languages, kind_of(asked).scales(asked)
            choices = [kind.chosen(choice) for choice in kind.choices(asked) if not choice.unknown]
            before = next(value for value in (kind.example(asked), *choices) if value is not None)
            year = before.year if isinstance(before, date) else None
            here = Here(None if scales is None else scales.usual, year)
            score = kind.score(asked, before, here) or 0.0
            found = kind.goal(asked, before, here, score=score, target=100.0, points=Decimal(10))
            after = before if found is None else found
            now, goal = ({code: value_as_written(asked, end, code) for code in languages} for end in (before, after))
            figures = KpiFigures(question, "", "", now, goal)
        return {language: tell(figures.filled(text), language) for language in text}

    def number_of(self, id: str, key: str, typed: str) -> Change | Refusal:
        """Read a number of a countermeasure as it was typed; nothing takes an optional one out."""
        path = ("countermeasures", id, key)
        if not typed.strip() and key in MAY_LACK:
            return Valued(path, None)
        low, high = MEASURED[key]
        read = read_number(typed, Decimal(low), Decimal(high))
        if key in WHOLE and isinstance(read, Decimal):
            return Valued(path, int(read)) if read == int(read) else Refusal(fill(NOT_WHOLE, low=low, high=high))
        return read if isinstance(read, Refusal) else Valued(path, read)

    def counted_by(self, id: str, question: str) -> Change | Refusal:
        """Bind a KPI to a question by its id; nothing takes the bond away."""
        wanted = question.strip()
        if wanted and wanted not in self._value.questions:
            return Refusal(fill(NO_QUESTION, id=wanted))
        return Valued(("countermeasures", id, "kpi_question"), wanted or None)

    def reworded(self, id: str, slot: WordingSlot, words: Text) -> AnyAsked:
        """Return a question or fact with other words in one place."""
        asked, (_, _, part, *inside) = self.asked(id), slot.path
        key = str(part)
        if not inside:
            return asked.model_copy(update={key: words})
        entries, (label, *said) = getattr(asked, key), inside
        entry = entries[label].model_copy(update={said[0]: words} if said else words)
        if isinstance(entries, tuple):
            entries = tuple(entry if place == label else one for place, one in enumerate(entries))
        else:
            entries = {**entries, label: entry}
        return asked.model_copy(update={key: entries})

    def as_told(self, id: str, slot: WordingSlot, words: Mapping[str, str]) -> Mapping[str, str]:
        """Return the sentence that a report makes of words of `finding` or `lacking`, in every language.

        A figure is told with an example, its first published value or the middle of what is usual or possible.
        """
        text = {language: " ".join(words.get(language, "").split()) for language in self._value.languages}
        if not all(text.values()):
            return {}
        asked, copy = self.asked(id), self.reworded(id, slot, text)
        kind, (_, _, *rest) = kind_of(asked), slot.path
        if len(rest) == 1:
            value = kind.example(asked)
        else:
            label, choices = rest[1], {one.value: one for one in kind.choices(asked)}
            value = kind.chosen(choices[label])
            if slot.what == "lacking":
                others = [
                    one for one in kind.choices(asked) if one.value != label and not one.alone and not one.unknown
                ]
                value = frozenset(str(one.value) for one in others)
                said = {language: kind.lacking(copy, value, language) or "" for language in text}
                return {language: grammar(language).sentence(line) for language, line in said.items()}
        if value is None:
            return {}
        stated = ((language, statement_of(copy, value, language, year=EXAMPLE_YEAR)) for language in text)
        return {language: grammar(language).sentence(words) for language, words in stated}

    def stale(self, slot: WordingSlot) -> tuple[Stale, ...]:
        """Render which languages' words are still the old ones while another language's were changed, since when."""
        texts = self._steps.now
        words = texts[self._file_of(slot.path, texts)]
        return stale_in(words.lstrip(BOM)).get(slot.path, ())

    def word(self, slot: WordingSlot, words: Mapping[str, str]) -> Refusal | None:
        """Change words; every language must have some. What was not changed with the rest is marked."""
        text = {language: words.get(language, "").strip() for language in self._value.languages}
        if slot.optional and not any(text.values()):
            return self.make(Valued(slot.path, None))
        if not all(text.values()):
            return Refusal(BLANK)
        text = {
            lang: old if _flat(old := slot.words.get(lang, "")) == _flat(new) else new for lang, new in text.items()
        }
        moved = [language for language in text if text[language] != slot.words.get(language)]
        return self.make(Worded(slot.path, text, self._marks(slot, text, moved)))

    def _marks(self, slot: WordingSlot, words: Mapping[str, str], moved: Sequence[str]) -> tuple[Stale, ...]:
        """Return the marks after a change: words that were the old ones and now follow mark no other language."""
        before = self.stale(slot)
        kept = tuple(mark for mark in before if mark.language not in moved)
        if not moved or any(mark.language in moved for mark in before):
            return kept
        day = clock()().date().isoformat()
        return tuple(Stale(language, moved[0], day) for language in words if language not in moved)

    def holds(self, slot: WordingSlot, language: str) -> Refusal | None:
        """Take the mark away: the words hold as they are."""
        kept = tuple(mark for mark in self.stale(slot) if mark.language != language)
        return self.make(Worded(slot.path, slot.words, kept))

    # ---- values and conditions

    def set(self, id: str, key: str, value: object) -> Refusal | None:
        """Set a key of a question: its range, scale, whether it is a core question."""
        return self.make(Valued((self._table(id), id, key), value))

    def when(self, id: str, key: str, condition: AnyCondition | None) -> Change:
        """Return the change that sets or takes away a condition (show_if, na_when)."""
        return Valued((self._table(id), id, key), None if condition is None else canonical(condition))

    def enter(self, id: str, key: str, index: int | None, value: Mapping[str, object] | None) -> Change:
        """Return the change of one entry of a list, such as benchmarks: set, added (no index), taken out (None)."""
        asked = self.asked(id)
        after = next((k for k in reversed(FIGURES[: FIGURES.index(key)]) if getattr(asked, k, None)), "text")
        return Entered((self._table(id), id, key), index, value, after)

    def make(self, change: Change | Refusal) -> Refusal | None:
        """Make a change; refused, with the reason, where it brings an error that was not there."""
        if isinstance(change, Refusal):
            return change
        now = self._steps.now
        file = self._file_of(change.path, now)
        texts = {**now, file: changed(now[file], change)}
        value, found = self._judged(texts)
        if value is None or found:
            return Refusal(said_of(found[0])) if found else Refusal(BLANK)
        self._steps.take(texts)
        self._value = value
        self._keep()
        return None

    def _judged(self, texts: Mapping[Path, str]) -> tuple[Questionnaire | None, Sequence[Problem]]:
        for file, words in texts.items():
            if file not in self._read or self._read[file][0] != words:  # a change moves one file of the questionnaire
                self._read[file] = words, read_document(source_of(file), words.encode())
        loaded = load(Questionnaire, [self._read[file][1] for file in texts])
        if loaded.value is None:
            return None, errors(loaded.problems)
        subject = QuestionnaireSubject(loaded.value, loaded.collection, loaded.mended)
        return loaded.value, errors(
            in_order((*loaded.problems, *lint_questionnaire(loaded, subject, errors_alone=True)))
        )

    def _file_of(self, path: Keys, texts: Mapping[Path, str]) -> Path:
        """Find the file in which a question stands."""
        for file, words in texts.items():
            if (path[0], path[1]) in _entries(words):
                return file
        raise KeyError(path)

    def undo(self) -> bool:
        """Take the last change back."""
        return self._travel(-1)

    def redo(self) -> bool:
        """Bring back what was taken back."""
        return self._travel(1)

    def _travel(self, by: int) -> bool:
        if not self._steps.move(by):
            return False
        value, _ = self._judged(self._steps.now)
        assert value is not None  # only sound texts were taken
        self._value = value
        self._keep()
        return True

    # ---- saving

    def difference(self) -> tuple[str, ...]:
        """Return the lines that saving would change, file by file."""
        lines: list[str] = []
        for file, words in self._steps.now.items():
            old, new = (text.replace("\r\n", "\n").splitlines() for text in (self.files[file], words))
            lines += difflib.unified_diff(old, new, shown(file), shown(file), n=1, lineterm="")
        return tuple(lines)

    def save(self) -> None:
        """Write the files that changed; raises `ChangedUnderneath` or `NotSaved`, and then nothing is lost."""
        for file, words in self._steps.now.items():
            if words == self.files[file]:
                continue
            data = words.encode()
            try:
                if file.read_bytes().decode(errors="replace") != self.files[file]:
                    raise ChangedUnderneath(file, self._rescue.keep(file, data))
                write_whole(place_of_change(file), data)
            except OSError as fault:
                raise NotSaved(file, fault, self._rescue.keep(file, data)) from fault
            self.files[file] = words
        self.forget()
        self._steps = Steps(dict(self.files))


@lru_cache(maxsize=32)
def _entries(words: str) -> frozenset[tuple[str, str]]:
    """Return the facts, questions and countermeasures of a file's text, each as table and id."""
    import tomllib

    data = tomllib.loads(words.lstrip(BOM))
    return frozenset((table, id) for table in ("facts", "questions", "countermeasures") for id in data.get(table, {}))


def _flat(words: str) -> str:
    """Write words on one line, as a field has them."""
    return " ".join(words.split())
