"""A desk: one assessment laid open for work, with its file, the rubrics to choose from, and who else has it open."""

import os
import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from nqpf_assess import __version__
from nqpf_assess.engine.instrument import Instrument, digest
from nqpf_assess.files.found import Rubric
from nqpf_assess.files.intake import not_read, read_regular
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import OTHER_ENDING, is_seen, meant_by, shipped, shown, user_data
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.store import AnswerFile, HeldByOther, NotSaved, private, rescue_of, write_whole
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Subject, as_filed
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.weights import BASELINE, Chain
from nqpf_assess.session.answering import OTHERS, AskedChange, Place, Session, new_answers
from nqpf_assess.session.clock import clock
from nqpf_assess.session.keeping import Keeper, NoFile

NOT_USABLE = _("What is in the file now cannot be gone on from as it is.")
OTHER_QUESTIONS = _("What is in the file now answers another questionnaire, or another edition of it.")
KEEP_AND_OPEN = _("Keep your answers in another file, then open this one anew.")
LOOKED_AT = _("the program was started with --read-only")
NOW_QUICK = _("From here on this file asks and scores the core questions only, as --quick says; undo takes that back.")
NOW_WEIGHTS = _("From here on this file is scored by “{name}”, as --weights says; undo takes that back.")
RESCUED = _(
    "What could not be saved here last time is kept in {path}. Open that file, too, to see what is missing here."
)
RESCUED_WHOLE = _(
    "What could not be saved here last time is kept in {path}, with all that was answered before. To go on from there, "
    "give this file another name and copy that one in its place. Or correct these lines in a text editor."
)
GONE = _("{path} is not there any more")
RESCUED_GONE = _(
    "If it was moved, open it where it is now. Else: what once could not be saved there is kept in {path}, with all "
    "that was answered before that. To go on from there, copy that file to where this one was."
)
TOUR = "tour"
"""Folder in the user's data where samples are laid out to look around in."""

NOT_FOUND = ("questionnaire_missing", "weights_missing")
"""What is said of content that is not here; the problem itself says where else it may lie."""


class Unsound(UserError):
    """A file with errors; all of them are listed. One of another kind has nothing to correct.

    Nor has one whose content is not found: it may lie elsewhere, and by another rubric every figure would be another.
    """

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        name = shown(path)
        codes = {problem.code for problem in problems}
        if codes == {"other_format"}:
            super().__init__(fill(_("{path} is no answer file."), path=name), problems=problems)
            return
        rescue = rescue_of(path)
        hint = _("Correct these lines in a text editor.") if codes.isdisjoint(NOT_FOUND) else None
        super().__init__(
            fill(_("{name} cannot be used as it is"), name=name),
            hint=hint if rescue is None else fill(RESCUED_WHOLE, path=shown(rescue)),
            problems=problems,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new assessment shall be: whom it describes, which questions, which rubric, in which language.

    `stated`: the questionnaire by its id only, and not by a path.
    `facts`: options of facts that are known from the start, such as the level of a place; others are passed over.
    """

    questionnaire: str
    subject: Subject = field(default_factory=Subject)
    weights: str = BASELINE
    mode: Literal["full", "quick"] = "full"
    language: str = "en"
    facts: Mapping[str, str] = field(default_factory=dict)
    stated: bool = False


@dataclass
class Desk:
    """One assessment laid open. `keeper` is None where it may only be read; `problems`: warnings and notices.

    `looked_at`: the file that may only be read, as it was when it was read. `told`: what is said of it as it is opened.
    `library`: holds the content that it is read by.
    """

    path: Path
    session: Session
    keeper: Keeper | None
    library: Library
    problems: tuple[Problem, ...] = ()
    looked_at: AnswerFile | None = None
    told: tuple[Text, ...] = ()

    @property
    def outdated(self) -> bool:
        """Whether something else wrote into the file since, so that it holds another text than what is shown."""
        file = self.keeper.file if self.keeper is not None else self.looked_at
        with suppress(OSError):
            return file is not None and file.changed
        return False

    def close(self) -> None:
        """Let the file go."""
        if self.keeper is not None:
            self.keeper.close()
            if self.keeper.saved_at is not None:
                self.library.keep_answers(self.path)
            self.keeper = None

    def keep_mine(self) -> Path | None:
        """After a change from outside: keep what is on disk under another name, and save what is here over it."""
        if self.keeper is None:
            return None
        try:
            aside = self.keeper.file.set_aside()
        except NotSaved as fault:
            self.session.trouble = fault
            return None
        self.session.save_again()
        return aside

    def take_theirs(self, library: Library) -> None:
        """After a change from outside: go on from what is on disk; what was here can be brought back by undo.

        Raises a `UserError` where that cannot be used, or was given to other questions than are asked here.
        """
        seen: bytes | None = None
        with suppress(OSError):
            seen = read_regular(self.path)  # before it is opened: what is saved there in between is a change again
        sheet = library.open_answers(self.path)
        if self.keeper is None or not sheet.sound or sheet.answers is None or sheet.instrument is None:
            raise UserError(NOT_USABLE, hint=KEEP_AND_OPEN)
        from nqpf_assess.files.editions import refuse_mixing

        try:
            refuse_mixing(library, sheet)
        except UserError as other:
            raise UserError(OTHER_QUESTIONS, hint=KEEP_AND_OPEN) from other
        if digest(sheet.instrument.questionnaire) != digest(self.session.instrument.questionnaire):
            raise UserError(OTHER_QUESTIONS, hint=KEEP_AND_OPEN)
        self.keeper.file.accept_change(seen)
        self.session.take(sheet.answers, sheet.instrument)
        self.library = library

    def undo(self) -> tuple[Place | None, Path | None]:
        """Take the last change back: where it was made, and where what others wrote is kept that it had gone on from.

        Raises a `UserError` where that cannot be kept; then nothing is taken back.
        """
        aside = None
        if self.keeper is not None and self.session.last_change == OTHERS:
            aside = self.keeper.file.set_aside()
        return self.session.undo(), aside

    def save_elsewhere(self, path: Path) -> None:
        """Go on in another file that is not there yet; raises a `UserError` where that is refused."""
        refuse_existing(path)
        keeper = Keeper(AnswerFile(path).__enter__())
        try:
            keeper.save(self.session.answers)
        except UserError:
            keeper.close()
            raise
        self.close()
        self.path, self.keeper = keeper.file.path, keeper
        self.session.saver, self.session.locked, self.session.trouble = keeper, None, None


def open_desk(
    library: Library,
    path: Path,
    *,
    questionnaire: str | None = None,
    weights: str | None = None,
    read_only: bool = False,
    quick: bool = False,
) -> Desk:
    """Lay an answer file open; raises `Unsound`, or another `UserError` where it cannot be read.

    What is unsound only because it was answered to another edition is to be taken over, and not mended by hand; so is
    what is sound, where the edition that it names would read otherwise what is answered now.

    Where somebody else has it open, or nothing can be written there, it is opened for reading, as if `read_only`.
    Other `weights` than it names, and `quick`, are changes like any other: saved, told and open to undo.
    """
    file: AnswerFile | None = None
    locked: UserError | None = UserError(LOOKED_AT) if read_only else None
    if (rescue := rescue_of(path)) is not None and not exists(path):
        raise UserError(fill(GONE, path=shown(path)), hint=fill(RESCUED_GONE, path=shown(rescue)))
    told = rescued(path)
    try:
        file = None if read_only else AnswerFile(path).__enter__()
    except (HeldByOther, NotSaved) as fault:
        locked = fault
    looked_at: AnswerFile | None = None
    if file is None:
        with suppress(OSError):  # before it is read: what is saved in between is a change
            looked_at = AnswerFile(path.absolute())
            looked_at.accept_change()
    try:
        sheet = library.open_answers(path, questionnaire=questionnaire, weights=weights, keep=file is not None)
        if sheet.edition_notices:
            from nqpf_assess.files.editions import open_any_edition, refuse_mixing, to_take_over

            if sheet.sound and file is not None:
                refuse_mixing(library, sheet)
            if not sheet.sound and open_any_edition(library, path, questionnaire=questionnaire, weights=weights).usable:
                raise to_take_over(sheet)
        if not sheet.sound or sheet.answers is None or sheet.instrument is None:
            raise Unsound(sheet.path, errors(sheet.problems))
        if sheet.answers.questionnaire.id != sheet.instrument.questionnaire.id:
            from nqpf_assess.files.editions import refuse_another

            refuse_another(sheet.answers, sheet.instrument, path)
        saver = NoFile(locked) if file is None and locked is not None else Keeper(file)  # type: ignore[arg-type]
        chains = Chains(library, sheet.instrument)
        session = Session(sheet.instrument, sheet.answers, saver, clock(), chains, locked, chains.faulty)
        if not session.follows:
            session.choose_profile(sheet.instrument.chain, sheet.instrument.further)
            told += () if session.last_change is None else (fill(NOW_WEIGHTS, name=session.instrument.name),)
        if quick:
            session.ask("quick")
            told += (NOW_QUICK,) if session.last_change == ("mode", "quick") else ()
    except BaseException:
        if file is not None:
            file.__exit__(None, None, None)
        raise
    keeper = saver if isinstance(saver, Keeper) else None
    return Desk(path.absolute(), session, keeper, library, sheet.problems, looked_at, told)


def rescued(path: Path) -> tuple[Text, ...]:
    """Say where that is kept which could not be saved in a file last time; nothing where it was written since."""
    rescue = rescue_of(path)
    return () if rescue is None else (fill(RESCUED, path=shown(rescue)),)


@dataclass(frozen=True, eq=False)
class Chains(Sequence[Chain]):
    """The rubrics to choose from beside the one in use, in their order; read when somebody first looks at them.

    What is begun asks for them at once, and results of what is answered do without. One that cannot be read, or has
    errors, is none to choose from.
    """

    library: Library
    instrument: Instrument

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: Any) -> Any:
        return self._found[place]

    def faulty(self) -> tuple[Path, ...]:
        """Return the files of those that are none to choose from, since they have errors."""
        return tuple(one.path for one in self._rubrics if errors(one.problems))

    @cached_property
    def _rubrics(self) -> tuple[Rubric, ...]:
        library = replace(self.library, tolerant=True)
        book = library.questionnaire(self.instrument.questionnaire.id, stated=True)
        return () if book is None or book.subject is None else tuple(library.profiles(book))

    @cached_property
    def _found(self) -> tuple[Chain, ...]:
        used = self.instrument
        sound = {one.chain[-1].id: one.chain for one in self._rubrics if one.chain and not errors(one.problems)}
        return tuple((sound | {used.profile.id: used.chain}).values())


def new_desk(library: Library, path: Path, wanted: Wanted) -> Desk:
    """Begin an assessment in a file that is not there yet; it is on disk when this returns, else a `UserError`."""
    from nqpf_assess.session.content import sound_instrument

    if path.suffix.lower() not in ("", ".toml"):
        raise UserError(fill(OTHER_ENDING, file=shown(path), ending=".toml"), status=2)
    refuse_existing(path)
    told = rescued(path)
    instrument = sound_instrument(library, wanted.questionnaire, wanted.weights, stated=wanted.stated)
    begun = new_answers(instrument, language=wanted.language, mode=wanted.mode)
    begun = as_filed(begun.model_copy(update={"subject": wanted.subject}))
    keeper = Keeper(AnswerFile(path).__enter__())
    chains = Chains(library, instrument)
    session = Session(instrument, begun, keeper, clock(), chains, left_out=chains.faulty)
    if not session.save_again():
        keeper.close()
        assert session.trouble is not None
        raise session.trouble
    for fact, option in wanted.facts.items():
        know(session, fact, option)
    return Desk(keeper.file.path, session, keeper, library, told=told)


def know(session: Session, fact: str, option: str) -> AskedChange:
    """Answer a fact with an option, where it is asked, knows that option and has no answer yet."""
    asked = session.instrument.questionnaire.facts.get(fact)
    if asked is None or session.state("facts", fact) != "blank":
        return AskedChange()
    known = any(choice.value == option for choice in kind_of(asked).choices(asked))
    return session.give("facts", fact, option) if known else AskedChange()


def typed_path(typed: str) -> Path:
    """Return the path that somebody typed; ~ is the home folder, where there is one.

    What is dropped on a terminal, or copied as a path, stands in quotation marks, or as a word of the shell.
    """
    path = _from_home(typed[1:-1] if len(typed) > 2 and typed[0] == typed[-1] and typed[0] in "'\"" else typed)
    if os.name == "posix" and not is_seen(path):
        with suppress(ValueError):  # it is not typed to its end, or is no single word
            (word,) = shlex.split(typed)
            return there if is_seen(there := _from_home(word)) else path
    return path


def _from_home(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def typed_within(typed: str, folder: Path) -> Path:
    """Return the path that somebody typed while a folder was listed: what is there by that name comes first."""
    path = typed_path(typed)
    return folder / path if is_seen(folder / path) else path


def typed_file(typed: str, folder: Path = Path()) -> Path | None:
    """Return the file at a path that is being typed while a folder is listed, None as long as there is none."""
    with suppress(OSError, ValueError):
        path = typed_within(typed, folder)
        return path if typed and is_file(path) else None
    return None


def typed_folder(typed: str, folder: Path = Path()) -> Path | None:
    """Return the folder at a path that is being typed while one is listed, None as long as there is none."""
    with suppress(OSError, ValueError):
        path = typed_within(typed, folder)
        return path if typed and is_dir(path) else None
    return None


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder; raises `UserError` where that cannot be seen."""
    try:
        return exists(path)
    except OSError as fault:
        raise not_read(shown(path), fault) from fault


def refuse_existing(path: Path) -> None:
    """Refuse to begin a file where there is one, also one whose ending was left out."""
    for there in filter(is_there, meant_by(path)):
        raise UserError(
            fill(_("{shown} is already there"), shown=shown(there)),
            hint=_("Open it, or choose another name."),
            status=3,
        )


def samples() -> tuple[Path, ...]:
    """List the filled samples that come with the program."""
    return tuple(sorted((shipped() / "samples").glob("*.toml")))


def lay_out(sample: Path) -> Path:
    """Lay a copy of a sample out to look around in; one that is there already stays as it was left.

    Each version of the program has its own: what an earlier one laid out answers another edition.
    """
    copy = user_data() / TOUR / __version__ / sample.name
    if not exists(copy):
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_whole(copy, sample.read_bytes(), mode=private(copy))
        except OSError as fault:
            raise NotSaved(copy, fault, None) from fault
    return copy
