"""A rubric being edited: each change with its reason, its effect at once, back and forth, a difference before saving.

No terminal here; the app and the command line both work through this. Nothing is written before `save`, but what is
not saved yet is kept in a draft and taken up again.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from nqpf_assess.engine.differing import rubric_difference
from nqpf_assess.engine.instrument import Instrument, chain_version
from nqpf_assess.engine.previewing import first_measures
from nqpf_assess.engine.rubric import LocalRubric, local_rubric, normalised
from nqpf_assess.engine.scoring import Assessed, assess, band_of, confidence_ends
from nqpf_assess.engine.states import View
from nqpf_assess.files.drafting import shares_before
from nqpf_assess.files.editing import (
    Adjusted,
    Argued,
    Edit,
    Judged,
    RubricFile,
    Stated,
    Versioned,
    edited,
    judged,
)
from nqpf_assess.files.editing.edits import raised
from nqpf_assess.files.editing.keeping import own_place
from nqpf_assess.files.found import Book, Rubric
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import as_word, shown
from nqpf_assess.files.presence import is_dir
from nqpf_assess.kinds.figures import read_figure
from nqpf_assess.kinds.kind import Refusal, Typed
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.weights import Adjustment, Chain, Weights
from nqpf_assess.session.overriding import read_target
from nqpf_assess.session.steps import Steps

WEIGHTS = (Decimal(0), Decimal(1_000_000))
FACTORS = (Decimal(0), Decimal(100))

ARGUING = ("reason_against_move", "reason_beside_the_point", "floor_hangs_on_one", "judgement_unfollowed")
"""Notices of what a reason, a floor or a judgement would not do."""

HALF_REASON = _("Please give this reason in every language, or in none.")
NO_QUESTION = _("There is no question “{id}”.")
NO_COMMENT = _("Please give the reason; it is kept as a comment in the file.")
NO_REASON = _("Please give the reason in every language; it is printed in the report.")
NOTHING = _("Please give a factor, a target, or both.")
NO_CHANGE = _("This is as it is already.")
ASIDE = _("What was not saved last time does not fit the file as it is now; it is kept in {path}.")
NO_ROOM = _("“{path}” has errors; mend them first")
CHECK = _("nqpf-assess check {path} shows each with its line.")

Range = tuple[float | None, float | None]
"""The lowest and the highest score."""


@dataclass(frozen=True, slots=True)
class SampleScore:
    """How the chosen sample stands under one text of the rubric. `first`: ids of its first three measures."""

    score: float | None
    band: Text | None
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring: the shares among siblings and targets by node, and the sample under it.

    `refusal`: why it cannot be taken; then the rest is as before.
    """

    shares: Mapping[str, float]
    targets: Mapping[str, float]
    seen: SampleScore | None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class _Tried:
    """A text that was judged, and the sample scored by it; what it brings is worked out once it is asked for."""

    book: Book
    judged: Judged
    scored: Assessed | None

    @property
    def instrument(self) -> Instrument:
        assert self.judged.chain is not None  # only sound texts are taken
        return Instrument(self.book.value, self.judged.chain)

    @cached_property
    def brings(self) -> Preview:
        scored = self.scored
        if scored is None:
            # No condition is known to hold where no sample is watched.
            rubric = local_rubric(self.instrument, View({}, {}))
            return Preview(shares_before(self.instrument), _targets(self.instrument, rubric), None)
        # What holds in the sample counts, what is corrected by hand in it does not: that is no part of the rubric.
        rubric = local_rubric(self.instrument, scored.view)
        shares = normalised(self.instrument, rubric.weights)
        total, bands = scored.figures.total, scored.figures.rules.bands
        score = float(total.value) if total.has else None
        band = band_of(bands, score)
        seen = SampleScore(score, None if band is None else bands[band].words, first_measures(scored))
        return Preview(shares, _targets(self.instrument, rubric), seen)


@dataclass
class RubricEditing:
    """One rubric open for editing. `base`: what it is based on; `sample`: whose score is watched."""

    file: RubricFile
    book: Book
    base: Chain
    sample: Answers | None = None
    sample_name: Text | str = ""
    aside: Path | None = None
    """Where lies what was left unsaved and does not fit the file as it is now."""
    _known: dict[str, _Tried] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._steps = Steps(self.file.words)
        self._resumed = self.file.kept()
        if self._resumed is not None and self._judged(self._resumed).chain is not None:
            self._steps.take(self._resumed)
        else:
            self.aside = self.file.set_aside()

    # ---- what it is now

    @property
    def words(self) -> str:
        """The text as it stands."""
        return self._steps.now

    @property
    def resumed(self) -> bool:
        """Whether it stands as it was left unsaved last time."""
        return self.words == self._resumed

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.words != self.file.words

    def _judged(self, words: str) -> Judged:
        return self._look(words).judged

    def _look(self, words: str) -> _Tried:
        """Judge and score a text, once for each."""
        if words not in self._known:
            found = judged(words, self.file.path, self.base, self.book)
            scored = None
            if found.chain is not None and self.sample is not None:
                scored = assess(Instrument(self.book.value, found.chain), self.sample)
            self._known = {**dict(list(self._known.items())[-20:]), words: _Tried(self.book, found, scored)}
        return self._known[words]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything `check` says of the text as it stands."""
        return self._judged(self.words).problems

    @property
    def instrument(self) -> Instrument:
        """The questionnaire with the rubric as it stands."""
        return self._look(self.words).instrument

    @property
    def value(self) -> Weights:
        """The rubric as it stands."""
        return self.instrument.profile

    @property
    def is_baseline(self) -> bool:
        """Whether it states weights itself, and not differences."""
        return self.value.based_on is None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which reasons are given."""
        return self.book.value.languages

    def own(self, node: str) -> tuple[tuple[int, Adjustment], ...]:
        """Return the adjustments of a node that this file makes, each with its place in it."""
        return tuple((index, change) for index, change in enumerate(self.value.adjust) if change.node == node)

    # ---- what it does

    def now(self) -> Preview:
        """Return shares, targets and the sample under the text as it stands."""
        return self._look(self.words).brings

    def before(self) -> Preview:
        """Return the same under the text as it lies in the file."""
        return self._look(self.file.words).brings

    def preview(self, edit: Edit | Refusal) -> Preview:
        """Return what a change would bring, without making it."""
        made = edit if isinstance(edit, Refusal) else self._tried(edit)
        return replace(self.now(), refusal=made) if isinstance(made, Refusal) else self._look(made).brings

    def confidence_range(self, edit: Edit | Refusal | None = None) -> Range | None:
        """Return the sample's range by how sure its answers are, of the file's text, or with a change made now.

        None without a sample; a change that is refused counts as not made.
        """
        made = self.file.words if edit is None else edit if isinstance(edit, Refusal) else self._tried(edit)
        scored = self._look(self.words if isinstance(made, Refusal) else made).scored
        if scored is None:
            return None
        low, high = (float(end.value) if end.has else None for end in confidence_ends(scored))
        return low, high

    def _tried(self, edit: Edit) -> str | Refusal:
        """Make a change in the text; refused where that brings an error."""
        words = edited(self.words, edit)
        found = errors(self._judged(words).problems)
        if not found and self._judged(words).chain is not None:
            return words
        return Refusal(said_of(found[0]) if found else NO_CHANGE)

    # ---- changing

    def make(self, edit: Edit | Refusal) -> Refusal | None:
        """Make a change; gives why it cannot be taken, else None. What was taken back before is dropped."""
        made = edit if isinstance(edit, Refusal) else self._tried(edit)
        if isinstance(made, Refusal):
            return made
        if made == self.words:
            return Refusal(NO_CHANGE)
        self._steps.take(made)
        self.file.keep(made)
        return None

    def make_all(self, edits: Sequence[Edit]) -> Refusal | None:
        """Make several changes as one; none of them where one cannot be taken."""
        words = self.words
        for edit in edits:
            words = edited(words, edit)
        if words == self.words:
            return Refusal(NO_CHANGE)
        found = errors(self._judged(words).problems)
        if found or self._judged(words).chain is None:
            return Refusal(said_of(found[0]) if found else NO_CHANGE)
        self._steps.take(words)
        self.file.keep(words)
        return None

    def undo(self) -> bool:
        """Take the last change back."""
        return self._travel(-1)

    def redo(self) -> bool:
        """Bring back what was taken back."""
        return self._travel(1)

    def _travel(self, by: int) -> bool:
        moved = self._steps.move(by)
        if moved:
            self.file.keep(self.words)
        return moved

    def renew(self, book: Book) -> None:
        """Go on with the questionnaire as it is now; with the one before where it or the rubric then has errors."""
        if errors(book.problems):
            return
        before, self.book, self._known = self.book, book, {}
        if any(self._judged(words).chain is None for words in (self.words, self.file.words)):
            self.book, self._known = before, {}

    def watch(self, sample: Answers, name: Text | str) -> None:
        """Watch another sample."""
        self.sample, self.sample_name, self._known = sample, name, {}

    # ---- reading what was typed

    def typed_adjustment(
        self, node: str, index: int | None, *, factor: str, target: str, why: Mapping[str, str]
    ) -> Edit | Refusal:
        """Read an adjustment as it was typed."""
        figures = [_read(factor, FACTORS), read_target(target)]
        for read in figures:
            if isinstance(read, Refusal):
                return read
        if all(read is None for read in figures):
            return Refusal(NOTHING)
        words = {language: " ".join(why.get(language, "").split()) for language in self.languages}
        if not all(words.values()):
            return Refusal(NO_REASON)
        numbers = [read.value if isinstance(read, Typed) else None for read in figures]
        return Adjusted(node, numbers[0], numbers[1], words, index)

    def typed_argument(
        self, index: int, *, target_why: Mapping[str, str] | None = None, questions: str | None = None
    ) -> Edit | Refusal:
        """Read why a target lies where it does, or which questions a reason speaks of; nothing typed takes it out."""
        words = {code: " ".join((target_why or {}).get(code, "").split()) for code in self.languages}
        if any(words.values()) and not all(words.values()):
            return Refusal(HALF_REASON)
        ids = None if questions is None else tuple(dict.fromkeys(re.findall(r"[^\s,;，、；]+", questions)))
        unknown = next((id for id in ids or () if id not in self.book.value.questions), None)
        if unknown is not None:
            return Refusal(fill(NO_QUESTION, id=unknown))
        return Argued(index, None if target_why is None else words if all(words.values()) else {}, ids)

    def warnings(self, edit: Edit | Refusal) -> tuple[Problem, ...]:
        """Return what `check` would notice of reasons and floors with a change made, as far as it is not so already.

        Those of the adjustment itself come first; with it, others may no longer fit what they argue for.
        """
        made = edit if isinstance(edit, Refusal) else self._tried(edit)
        if isinstance(made, Refusal):
            return ()
        known = {(one.code, one.key) for one in self.problems}
        own = self.own_key(edit)
        found = [one for one in self._judged(made).problems if one.code in ARGUING]
        mine = [one for one in found if own and one.key.startswith(own)]
        return (*mine, *(one for one in found if one not in mine and (one.code, one.key) not in known))

    def own_key(self, edit: Edit | Refusal) -> str:
        """Return how the keys of the adjustment begin that a change is about; "" where it is about none."""
        if not isinstance(edit, Adjusted | Argued):
            return ""
        return f"adjust.{len(self.value.adjust) if edit.index is None else edit.index}."

    def typed_weight(self, table: str, node: str, *, value: str, why: str) -> Stated | Refusal:
        """Read a weight or target of a baseline as it was typed (`table`: weights, targets)."""
        read = _read(value, WEIGHTS) if table == "weights" else read_target(value)
        if isinstance(read, Refusal):
            return read
        if not why.strip():
            return Refusal(NO_COMMENT)
        return Stated(table, node, None if read is None else read.value, why.strip())

    def kept(self) -> bool:
        """Return whether closing loses nothing: what is not saved lies in its draft, which is tried anew here."""
        return not self.changed or self.file.keep(self.words)

    def close(self) -> None:
        """Let the file go; what is not saved stays in its draft."""
        self.file.__exit__(None, None, None)

    # ---- saving

    def difference(self) -> tuple[str, ...]:
        """Return the lines that saving would change, with a little around them; nothing where nothing changed."""
        old, new = (words.replace("\r\n", "\n").splitlines() for words in (self.file.words, self.words))
        names = (shown(self.file.source), shown(self.file.path))
        lines = difflib.unified_diff(old, new, *names, n=1, lineterm="")
        return tuple(lines)

    def proposed_version(self) -> str | None:
        """Return the version that the kind of the changes asks for; None where nothing that counts changed."""
        old, new = self._judged(self.file.words).chain, self._judged(self.words).chain
        if old is None or new is None:
            return None
        wanted = rubric_difference(old, new).wanted
        before = chain_version(old)
        version = raised(before, wanted) if wanted else before
        return version if version not in (before, chain_version(new)) else None

    def take_version(self, version: str) -> None:
        """Raise the version in the text."""
        self.make(Versioned(version))

    def save(self) -> None:
        """Write the file; raises `UserError` with what is in the way, and then nothing is lost."""
        self.file.save(self.words)
        self._steps = Steps(self.words)


def _read(typed: str, ends: tuple[Decimal, Decimal]) -> Typed[Decimal] | Refusal | None:
    return read_figure(typed, *ends)


NO_NUMBER = _("Please give a number.")


def read_number(typed: str, low: Decimal, high: Decimal) -> Decimal | Refusal:
    """Read one number that must be there."""
    read = _read(typed, (low, high))
    if read is None:
        return Refusal(NO_NUMBER)
    return read if isinstance(read, Refusal) else read.value


def said_of(problem: Problem) -> Text:
    """Return a problem's message and hint as one text, each a sentence."""
    stops = {"en": ". ", "zh": "。"}
    return {
        language: words.rstrip(".。") + stops.get(language, ". ") + problem.hint.get(language, "")
        for language, words in problem.message.items()
    }


def _targets(instrument: Instrument, rubric: LocalRubric) -> dict[str, float]:
    """Return the target of every pillar that has one stated, and of every dimension, its pillar's where it has none."""
    dimensions = dict(zip(instrument.dimensions, rubric.dimension_targets, strict=True))
    return {**{id: rubric.targets[id] for id in instrument.pillars if id in rubric.targets}, **dimensions}


# ---- opening


def open_rubric(rubric: Rubric, book: Book, workspace: Path) -> RubricEditing:
    """Open a rubric for editing; what is shipped is edited as a copy in the workspace. Close it with `close`.

    Raises `UserError` where it has errors, is open elsewhere or cannot be read.
    """
    wrong = errors((*book.problems, *rubric.problems))
    if wrong:
        raise UserError(fill(NO_ROOM, path=wrong[0].source), hint=fill(CHECK, path=as_word(wrong[0].source)))
    file = RubricFile(own_place(rubric.path, workspace), rubric.path)
    file.__enter__()
    return RubricEditing(file, book, rubric.chain[:-1])


def samples_for(library: Library, questionnaire: str, folders: tuple[Path, ...]) -> Iterator[tuple[str, Answers]]:
    """Find answer files of a questionnaire to watch, in the order of the folders; of one name the first, as content."""
    from nqpf_assess.files.checking import kind_of
    from nqpf_assess.files.places import toml_files
    from nqpf_assess.model.answers import ANSWERS_FORMAT

    found = set[str]()
    for folder in folders:
        for path in toml_files(folder) if is_dir(folder) else ():
            if kind_of(path) != ANSWERS_FORMAT or path.stem in found:
                continue
            sheet = library.open_answers(path)
            if sheet.sound and sheet.answers is not None and sheet.answers.questionnaire.id == questionnaire:
                found.add(path.stem)
                yield path.stem, sheet.answers
