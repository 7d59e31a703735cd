"""The library: finds questionnaires, rubrics and answers by id or path, reads and checks them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import dropwhile
from pathlib import Path
from typing import Any, TypeVar

from nqpf_assess.engine.editions import is_edition
from nqpf_assess.engine.instrument import Instrument, digest, remember, rubric_identity
from nqpf_assess.files import cache
from nqpf_assess.files.document import Collection, Document, Unreadable, read_document, unread
from nqpf_assess.files.finding import Finding
from nqpf_assess.files.found import Book, Named, Rubric, Sheet
from nqpf_assess.files.intake import OPEN_REPORT, not_read, read_regular
from nqpf_assess.files.linting import (
    HEADS,
    UNNAMED,
    Loaded,
    lint_answers,
    lint_questionnaire,
    lint_weights,
    load,
    not_found,
)
from nqpf_assess.files.machine import refusal
from nqpf_assess.files.misnamed import passed_over, place_differs
from nqpf_assess.files.places import Root, as_word, end_of, instead_of, inventory, roots, shown, source_of, toml_files
from nqpf_assess.files.positions import START
from nqpf_assess.files.positions import Path as Keys
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.rules.naming import alternatives, in_circle
from nqpf_assess.files.rules.subjects import AnswersSubject, QuestionnaireSubject, WeightsSubject
from nqpf_assess.files.shape import Mended
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answers, Reference
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.problem import Problem, UserError, errors, in_order
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.model.weights import BlendedProfile, Weights

Value = TypeVar("Value", bound=Frozen)

LAST_ANSWERS = sha256(b"the answers worked on last").hexdigest()
"""The name of their entry in the cache, where no other answers are kept."""

BlendProblem = tuple[str, str, Mapping[str, object]]
"""The code of a rule, the further profile concerned ("" = the first), and the values its sentence needs."""


@dataclass
class Library:
    """Looks content up, first hit wins: what the command line names, then the roots in order. What was read is kept.

    `tolerant`: a file that is missing, or that the machine refuses to read, becomes a problem of its own, and the
    others are still read; else reading it raises `UserError`. `bases`: the folder of rubrics on which others are based
    rather than on those beside them.
    """

    roots: tuple[Root, ...] = field(default_factory=roots)
    tolerant: bool = False
    named: tuple[Named, ...] = ()
    bases: Path | None = None
    _books: dict[Path, Book] = field(default_factory=dict)
    _files: dict[Path, Loaded[Weights]] = field(default_factory=dict)
    _keys: dict[Path, str] = field(default_factory=dict)
    _linted: dict[tuple[Path, Path, bool], tuple[Problem, ...]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Pass to another process where to look; what was read is read there anew."""
        return Library, (self.roots, self.tolerant, self.named, self.bases)

    def read(self, path: Path, data: bytes | OSError | None = None) -> Document:
        """Read a TOML file as far as that goes; `data`: what the machine gave for it, where it was asked already."""
        data = _bytes_of(path) if data is None else data
        if isinstance(data, OSError):
            fault = data
            if not self.tolerant:
                raise refused(path, fault) from fault
            if isinstance(fault, FileNotFoundError):
                return unread(source_of(path), Unreadable("missing_file", START, {"near": instead_of(path)}))
            return unread(source_of(path), Unreadable("unreadable", START, {"why": refusal(fault)}))
        return read_document(source_of(path), data)

    def places(self, *folder: str) -> Text:
        """Name the folders looked in, for a message; `folder`: of rubrics, that of their questionnaire in each."""
        return listed(dict.fromkeys(shown(root.path.joinpath(*folder)) or "." for root in self.roots))

    def known(self, *folder: str) -> tuple[str, ...]:
        """Name the questionnaires, or the rubrics of one, that can be found by their ids."""
        found = [root.path.joinpath(*folder) for root in self.roots]
        entries = [entry for path in found if is_dir(path) for entry in sorted(path.iterdir())]
        ids = [entry.stem for entry in entries if is_dir(entry) or entry.suffix == ".toml"]
        given = [id for named in self.named for id in named.questionnaires]
        if len(folder) > 1:
            given = [id for named in self.named for questionnaire, id in named.rubrics if questionnaire == folder[1]]
        return tuple(dict.fromkeys((*given, *ids)))

    # ---- questionnaires

    def questionnaire(self, name: str, *, stated: bool = False) -> Book | None:
        """Find a questionnaire by path or id (`stated` in a file: by id only); None where there is none."""
        path = self.questionnaire_path(name, stated=stated)
        return None if path is None else self.open_questionnaire(path)

    def questionnaire_path(self, name: str, *, stated: bool = False) -> Path | None:
        """Find where a questionnaire lies: a value that names an existing file or folder is a path; "" names none.

        A folder of answers or rubrics that is called by a known id is not what is meant. Files and folders are called
        by their ids; one that is not is found where nothing has the name.
        """
        if not name:
            return None
        is_path = not stated and exists(Path(name))
        if is_path and not _holds_others(Path(name)):
            return Path(name)
        given = next((each.questionnaires[name] for each in self.named if name in each.questionnaires), None)
        places = (root.path / "questionnaires" / entry for root in self.roots for entry in (name, f"{name}.toml"))
        found = given or next(filter(exists, places), None) or next(self._called_otherwise(name), None)
        return found or (Path(name) if is_path else None)

    def _called_otherwise(self, id: str) -> Iterator[Path]:
        """List the questionnaires that state an id, whatever their files or folders are called."""
        for found in inventory(self.roots):
            with suppress(UserError):  # one that may not be read
                subject = self.open_questionnaire(found.path).subject if found.kind == "questionnaire" else None
                if subject is not None and subject.value.id == id and not subject.mended.touches(("id",)):
                    yield found.path

    def open_questionnaire(self, path: Path) -> Book:
        """Read and check a questionnaire from a file or folder."""
        key = end_of(path)
        if key not in self._books:
            self._books[key] = self._open_book(path)
        return self._books[key]

    def _open_book(self, path: Path) -> Book:
        files = toml_files(path) if is_dir(path) else [path]
        if not files:
            folder = Document(source_of(path), "", {})
            empty = not_found([("empty_folder", Finding(()))], Collection((folder,)))
            return Book(path, None, (*empty, *passed_over(path)))
        beside = passed_over(path) if is_dir(path) else ()
        data = [_bytes_of(file) for file in files]
        read = [each for each in data if not isinstance(each, OSError)]
        key = cache.key_of("questionnaire", [*map(source_of, files), *read]) if len(read) == len(files) else ""
        kept = cache.load(key)
        if kept is not None:
            remember((kept["value"],), kept["digest"])
            collection = Collection.later(files, self.read)
            subject = QuestionnaireSubject(kept["value"], collection, Mended.at([("format",)]))
            # What the rules ask of a questionnaire is known of a kept one: it was read whole and nothing was mended.
            declared = {table: frozenset(ids) for table, ids in kept["declared"].items()}
            subject.__dict__.update(declared=declared, doubtful=frozenset(kept["doubtful"]), unsure=False)
            beside += place_differs(path, subject)
            return Book(path, subject, in_order((*cache.problems_of(kept["problems"]), *beside)), key)
        loaded = load(Questionnaire, [self.read(*found) for found in zip(files, data, strict=True)])
        if loaded.value is None:
            return Book(path, None, in_order((*loaded.problems, *beside)))
        subject = QuestionnaireSubject(loaded.value, loaded.collection, loaded.mended)
        beside += place_differs(path, subject)
        found = lint_questionnaire(loaded, subject)
        if not _as_written(loaded):
            return Book(path, subject, in_order((*loaded.problems, *found, *beside)))
        listed = {table: sorted(ids) for table, ids in subject.declared.items()}
        entry = {"value": loaded.value, "digest": digest(loaded.value), "declared": listed}
        cache.save(key, {**entry, "doubtful": sorted(subject.doubtful), "problems": cache.problem_rows(found)})
        return Book(path, subject, in_order((*found, *beside)), key)

    # ---- rubrics

    def weights_path(
        self, name: str, questionnaire: str, beside: Path | None = None, *, stated: bool = False
    ) -> Path | None:
        """Find where a rubric lies: a path, beside the file that is based on it, named on the command line, a root.

        Files are called by their ids; one that is not is found where no file has the name.
        """
        if beside is None and not stated and is_file(Path(name)):
            return Path(name)
        for folder in (self.bases, beside.parent) if beside is not None else ():
            near = folder / f"{name}.toml" if folder is not None else None
            if near is not None and is_file(near) and not self._is_other(near):
                return near
        for named in self.named:
            if (found := named.rubrics.get((questionnaire, name)) or named.rubrics.get(("", name))) is not None:
                return found
        folders = [root.path / "weights" / questionnaire for root in self.roots]
        found = next((path for folder in folders if exists(path := folder / f"{name}.toml")), None)
        return found or next((path for folder in folders for path in self._of_id(name, folder)), None)

    def _is_other(self, path: Path) -> bool:
        """Return whether a file says that it is no rubric: answers may be called like one."""
        return any(problem.code == "other_format" for problem in self.weights_file(path).problems)

    def _of_id(self, id: str, folder: Path) -> Iterator[Path]:
        """List the rubrics of a folder that state an id, whatever their files are called."""
        for path in toml_files(folder) if is_dir(folder) else ():
            with suppress(UserError):  # one that may not be read
                loaded = self.weights_file(path)
                if loaded.value is not None and loaded.value.id == id and not loaded.mended.touches(("id",)):
                    yield path

    def open_weights(self, path: Path, book: Book) -> Rubric:
        """Read and check a rubric and all it is based on, against a questionnaire."""
        chain: dict[Path, tuple[Path, Loaded[Weights]]] = {}
        missing: tuple[Problem, ...] = ()
        at: Path | None = path
        while at is not None:
            chain[end_of(at)] = at, self.weights_file(at)
            at, missing = self._base(chain)
        files = [*chain.values()]
        # What is known of a rubric holds for these very files with this very questionnaire; where one of them could not
        # be kept as read, the whole is judged anew.
        keys = [self._keys[file.absolute()] for file, _ in files]
        names = [source_of(file) for file, _ in files]
        key = cache.key_of("rubric", [book.key, *keys, *names]) if book.key and all(keys) and not missing else ""
        kept = cache.load(key)
        if kept is not None:
            values = tuple(loaded.value for _, loaded in reversed(files) if loaded.value is not None)
            remember(values, kept["digest"])
            return Rubric(path, values, cache.problems_of(kept["problems"]), cache.problems_of(kept["own"]))
        rubric = self._rubric(path, files, book, missing)
        if key:
            problems, own = cache.problem_rows(rubric.problems), cache.problem_rows(rubric.own_problems)
            cache.save(key, {"digest": digest(*rubric.chain), "problems": problems, "own": own})
        return rubric

    def _rubric(
        self, path: Path, files: list[tuple[Path, Loaded[Weights]]], book: Book, missing: tuple[Problem, ...]
    ) -> Rubric:
        """Check a rubric's file and all it is based on, as read; `missing`: what is said of a base that is not there.

        Many rubrics stand on the same ones: what the rules find in a file is kept, by what else it depends on.
        """
        chain = tuple(loaded.value for _, loaded in reversed(files) if loaded.value is not None)
        sound = not missing and not errors((*book.problems, *(p for _, loaded in files for p in loaded.problems)))
        found: list[tuple[Problem, ...]] = []
        for index, (file, loaded) in enumerate(files):
            at = (file.absolute(), book.path, sound)
            if at not in self._linted:
                self._linted[at] = _rubric_problems(loaded, chain[: len(chain) - index], book, file.stem, sound=sound)
            found.append((*loaded.problems, *self._linted[at]))
        source = source_of(path)
        mine = (*found[0], *(problem for problem in missing if problem.source == source))
        return Rubric(path, chain, in_order((*(p for problems in found for p in problems), *missing)), in_order(mine))

    def weights_file(self, path: Path) -> Loaded[Weights]:
        """Read one rubric file by itself."""
        at = path.absolute()
        if at not in self._files:
            self._files[at], self._keys[at] = self._read_once("weights", Weights, path)
        return self._files[at]

    def _read_once(
        self, kind: str, model: type[Value], path: Path, name: str = "", *, keep: bool = True
    ) -> tuple[Loaded[Value], str]:
        """Read one file by itself, or take what was read of these very bytes before; with its key in the cache.

        The key is "" where the file was not read whole or something in it is wrong: then it is not kept.
        """
        data = _bytes_of(path)
        key = "" if isinstance(data, OSError) else cache.key_of(kind, [data])
        kept = cache.load(key, name)
        if kept is not None:
            return Loaded(kept["value"], Collection.later([path], self.read), Mended.at([("format",)]), ()), key
        loaded = load(model, [self.read(path, data)])
        key = key if _as_written(loaded) else ""
        if keep:
            cache.save(key, {"value": loaded.value}, name)
        return loaded, key

    def _base(self, chain: dict[Path, tuple[Path, Loaded[Weights]]]) -> tuple[Path | None, tuple[Problem, ...]]:
        """Find what the last of a chain is based on; None at a baseline, and where it is missing or in a circle."""
        path, loaded = next(reversed(chain.values()))
        value = loaded.value
        if value is None or value.based_on is None or loaded.mended.touches(("based_on",)):
            return None, ()
        base = self.weights_path(value.based_on, value.questionnaire, beside=path)
        if base is None:
            beside = [file.stem for file in toml_files(path.parent) if file.name != path.name]
            known = alternatives(value.based_on, (*self.known("weights", value.questionnaire), *beside))
            return None, _lacks(loaded, "base_missing", ("based_on",), name=value.based_on, **known)
        if (place := end_of(base)) in chain:
            members = [entry for _, (_, entry) in dropwhile(lambda row: row[0] != place, chain.items())]
            ring = in_circle([entry.value.id for entry in members if entry.value is not None])
            return None, _lacks(members[0], "base_cycle", ("based_on",), ring=ring)
        return base, ()

    # ---- answers

    def open_answers(
        self,
        path: Path,
        *,
        questionnaire: str | None = None,
        weights: str | None = None,
        keep: bool = False,
        before: Sheet | None = None,
    ) -> Sheet:
        """Read and check an answer file with its instrument; `questionnaire`, `weights` override what it names.

        `keep`: in the cache, where the last file that was worked on is kept, so that it opens sooner the next time.
        `before`: the file as it was opened already; it is not read again, since it may hold something else by now.
        """
        # Its ending may show it to be no answer file: the command that it is for is named.
        hint = OTHER_KINDS.get(path.suffix.lower())
        if hint is not None and is_file(path):
            kind = UserError if hint is OPEN_REPORT else FormOrTable
            raise kind(fill(NO_ANSWER_FILE, path=source_of(path)), hint=fill(hint, path=as_word(source_of(path))))
        loaded = before.loaded if before else self._read_once("answers", Answers, path, LAST_ANSWERS, keep=keep)[0]
        value = loaded.value
        named = "" if value is None or loaded.mended.touches(("questionnaire", "id")) else value.questionnaire.id
        asked = named if questionnaire is None else questionnaire
        if value is None or (questionnaire is None and not named):
            return _sheet(path, loaded, None, (), ())
        book = self.questionnaire(asked, stated=questionnaire is None)
        if book is None and questionnaire is not None:
            raise self.no_questionnaire(questionnaire)
        if book is None:
            known = alternatives(named, self.known("questionnaires"))
            values = {"name": named, "places": self.places(), **known}
            lacking = _lacks(loaded, "questionnaire_missing", ("questionnaire", "id"), **values)
            return _sheet(path, loaded, None, lacking, ())
        if book.subject is None:
            return _sheet(path, loaded, None, (), book.problems)
        if questionnaire is None and named != book.value.id and not book.subject.mended.touches(("id",)):
            values = {"name": named, "wanted": book.value.id}
            lacking = _lacks(loaded, "other_questionnaire", ("questionnaire", "id"), **values)
            return _sheet(path, loaded, None, lacking, book.problems)
        return self._with_rubric(path, loaded, book, weights)

    def keep_answers(self, path: Path) -> None:
        """Keep an answer file in the cache as it is now; one that cannot be read is passed over."""
        with suppress(UserError):
            self._read_once("answers", Answers, path, LAST_ANSWERS)

    def _with_rubric(self, path: Path, loaded: Loaded[Answers], book: Book, weights: str | None) -> Sheet:
        """Check answers against their questionnaire and rubric; where those are at fault, as far as that goes."""
        value = loaded.value
        assert value is not None
        assert book.subject is not None
        rubric: Rubric | None = None
        lacking: tuple[Problem, ...] = ()
        if weights is not None or not loaded.mended.touches(("weights", "id")):
            stated = value.weights
            further = {} if loaded.mended.touches(("weights", "with")) else stated.with_
            blend = Blend(stated.id, further) if weights is None else blend_named(weights)
            nameless = book.subject.mended.touches(("id",))
            questionnaire = value.questionnaire.id if nameless else book.value.id
            rubric, faults = self.open_blend(blend, questionnaire, book, stated=weights is None)
            if weights is not None and faults:
                raise unfit(faults[0])
            for code, name, values in faults:
                at = ("with", name) if name else ("id",)
                lacking += _lacks(loaded, code, ("weights", *at), **values)
        sound = rubric is not None and not errors((*book.problems, *rubric.problems, *lacking))
        # Of this rubric alone: the file may be read under another one.
        read = loaded if sound else loaded._replace(mended=Mended.at([*loaded.mended.places, ("weights",)]))
        # While its rubric is at fault, answers are checked under one in which everything counts alike.
        scored = (
            (rubric.chain, rubric.further)
            if rubric is not None and sound
            else ((Weights.model_validate(HEADS["Weights"]),), ())
        )
        instrument = None if errors(book.problems) else Instrument(book.value, *scored)
        digests = (digest(book.value), "" if instrument is None else rubric_identity(instrument).digest)
        spoilt = self.spoilt_edition(value.questionnaire, book)
        subject = AnswersSubject(
            value,
            book.subject,
            instrument,
            digests,
            lambda: tuple(other.value for other in self.other_editions(book)),
            lambda: self._own_edition(value.questionnaire, book),
            bool(spoilt),
        )
        found = lint_answers(read, subject)
        if spoilt:  # by the present edition right answers may be wrong
            found = tuple(one for one in found if one.code == "edition_differs")
        content = (*book.problems, *(rubric.problems if rubric is not None else ()), *spoilt)
        return _sheet(path, loaded, instrument if sound and not spoilt else None, (*lacking, *found), content)

    def open_blend(
        self, blend: Blend, questionnaire: str, book: Book, *, stated: bool = False
    ) -> tuple[Rubric | None, list[BlendProblem]]:
        """Read and check all profiles of a blend; None where one is not there, with what is wrong with the blend."""
        paths = {name: self.weights_path(name, questionnaire, stated=stated) for name in (blend.first, *blend.further)}
        faults: list[BlendProblem] = []
        for name in (name for name, path in paths.items() if path is None):
            near = alternatives(name, self.known("weights", questionnaire))
            values = {"name": name, "questionnaire": questionnaire, **near}
            values["places"] = self.places("weights", questionnaire)
            faults.append(("weights_missing", "" if name == blend.first else name, values))
        opened = self.open_weights if stated else self.listed
        found = {name: opened(path, book) for name, path in paths.items() if path is not None}
        chains = {name: rubric.chain for name, rubric in found.items() if rubric.chain}
        if not blend.further:  # the rule, and nothing can be wrong with it as a blend
            return (found[blend.first] if chains else None), faults
        ids = {name: chain[-1].id for name, chain in chains.items()}
        named = Blend(ids.get(blend.first, blend.first), {ids.get(n, n): s for n, s in blend.further.items()})
        roots = {chain[-1].id: chain[0] for chain in chains.values() if chain[0].based_on is None}
        for code, id in named.faults(roots):
            name = next((name for name in blend.further if ids.get(name, name) == id), next(iter(blend.further)))
            faults.append((code, name, {"name": id, "first": named.first, "shares": blend.shares}))
        if len(chains) < len(paths) or faults:
            return None, faults
        first = found[blend.first]
        return Rubric(
            first.path,
            first.chain,
            in_order(_once(problem for rubric in found.values() for problem in rubric.problems)),
            in_order(_once(problem for rubric in found.values() for problem in rubric.own_problems)),
            tuple(BlendedProfile(chains[name], share) for name, share in blend.further.items()),
        ), faults

    # ---- editions

    def edition_folders(self) -> Iterator[Path]:
        """List where editions are looked for: each root, then every folder in its `editions/`, a root of its own.

        `editions/2026.1.0/questionnaires/region/` lies beside `questionnaires/region/`, found only by its version.
        """
        for root in self.roots:
            yield root.path
            kept = root.path / "editions"
            yield from sorted(path for path in kept.iterdir() if is_dir(path)) if is_dir(kept) else ()

    def edition(self, stated: Reference) -> Book | None:
        """Find the very edition of a questionnaire that a file names; None where no root holds it."""
        for folder in self.edition_folders():
            for path in (folder / "questionnaires" / stated.id, folder / "questionnaires" / f"{stated.id}.toml"):
                book = self.open_questionnaire(path) if exists(path) else None
                sound = book is not None and book.subject is not None and not errors(book.problems)
                if book is not None and sound and _is_named(stated, book):
                    return book
        return None

    def _own_edition(self, stated: Reference, present: Book) -> Questionnaire | None:
        """Find the edition that a file names, where that is not the one it is read by."""
        if stated.id != present.value.id or _is_named(stated, present):
            return None
        own = None
        with suppress(UserError, OSError):  # one that may not be read is not at hand
            own = self.edition(stated)
        return None if own is None else own.value

    def spoilt_edition(self, stated: Reference, present: Book) -> tuple[Problem, ...]:
        """Find the mistakes in the edition that a file names, where it is kept with mistakes alone."""
        own = stated.id != present.value.id or _is_named(stated, present) or self._own_edition(stated, present)
        kept = () if own else (one for one in self.other_editions(present) if one.value.version == stated.version)
        return next(filter(None, (errors(one.problems) for one in kept)), ())

    def other_editions(self, book: Book) -> tuple[Book, ...]:
        """Open what other editions of a questionnaire the roots keep, as far as they can be read."""
        id, found = book.value.id, []
        for folder in self.edition_folders():
            for path in (folder / "questionnaires" / id, folder / "questionnaires" / f"{id}.toml"):
                if exists(path) and end_of(path) != end_of(book.path):
                    other = self.open_questionnaire(path)
                    found += [other] if other.subject is not None else []
        return tuple(found)

    # ---- for a new assessment

    def instrument(
        self, questionnaire: str, weights: str, *, stated: bool = False
    ) -> tuple[Instrument | None, tuple[Problem, ...]]:
        """Find a questionnaire (`stated`: by id only) with a rubric by ids or paths, for a new assessment."""
        book = self.questionnaire(questionnaire, stated=stated)
        if book is None:
            raise self.no_questionnaire(questionnaire)
        if book.subject is None or (errors(book.problems) and book.value.id == UNNAMED["id"]):
            return None, book.problems  # where its head cannot be read, nobody knows what its rubrics are
        rubric = self.rubric(weights, book)
        problems = in_order((*book.problems, *rubric.problems))
        return (None if errors(problems) else Instrument(book.value, rubric.chain, rubric.further)), problems

    def rubric(self, name: str, book: Book) -> Rubric:
        """Find a rubric or a blend by ids or paths; raises `UserError` where there is none, or it is no sound blend."""
        rubric, faults = self.open_blend(blend_named(name), book.value.id, book)
        if rubric is None:
            raise unfit(next((fault for fault in faults if fault[0] == "weights_missing"), faults[0]))
        return rubric

    def no_questionnaire(self, name: str) -> UserError:
        """Return the error that a questionnaire is not there, with the nearest known one."""
        known = alternatives(name, self.known("questionnaires"))
        return unfit(("questionnaire_missing", "", {"name": name, "places": self.places(), **known}))

    def no_rubric(self, name: str, questionnaire: str) -> UserError:
        """Return the error that a rubric of a questionnaire is not there, with the nearest known one."""
        values = {"name": name, "questionnaire": questionnaire, "places": self.places("weights", questionnaire)}
        return unfit(("weights_missing", "", values | alternatives(name, self.known("weights", questionnaire))))

    def profiles(self, book: Book) -> tuple[Rubric, ...]:
        """Open every rubric that the roots hold for a questionnaire, by its order and id."""
        found: dict[str, Path] = {}
        for root in self.roots:
            folder = root.path / "weights" / book.value.id
            for path in toml_files(folder) if is_dir(folder) else ():
                found.setdefault(path.stem, path)
        return tuple(sorted((self.listed(path, book) for path in found.values()), key=Rubric.order))

    def listed(self, path: Path, book: Book) -> Rubric:
        """Open a rubric, which among those that the roots hold must be what its id leads to.

        Where that is another file, as for a copy, it is an error that the file is called otherwise: what names the id
        would be scored by the other.
        """
        rubric = self.open_weights(path, book)
        if book.subject is None:
            return rubric
        here = any(end_of(path.parent) == end_of(root.path / "weights" / book.value.id) for root in self.roots)
        led = self.weights_path(rubric.chain[-1].id, book.value.id, stated=True) if here and rubric.chain else None
        if led is None or end_of(led) == end_of(path):
            return rubric
        every, own = (
            tuple(replace(one, severity="error") if one.code == "id_differs" else one for one in problems)
            for problems in (rubric.problems, rubric.own_problems)
        )
        return rubric._replace(problems=in_order(every), own_problems=in_order(own))


def _holds_others(folder: Path) -> bool:
    """Return whether a path is a folder in which nothing is, or may be meant as, a part of a questionnaire."""
    return is_dir(folder) and all(
        not isinstance(data := _bytes_of(file), OSError) and OTHER_FORMAT.search(data) for file in toml_files(folder)
    )


OTHER_FORMAT = re.compile(rb"""^\s*format\s*=\s*["']nqpf-(?!questionnaire)""", re.MULTILINE)


def _is_named(stated: Reference, book: Book) -> bool:
    return is_edition(stated, Identity(book.value.id, book.value.version, digest(book.value)))


def _bytes_of(path: Path) -> bytes | OSError:
    try:
        return read_regular(path)
    except OSError as fault:
        return fault


def _as_written(loaded: Loaded[Any]) -> bool:
    """Return whether files were read whole and nothing in them had to be mended, so that the value is what they say."""
    whole = not loaded.collection.lost and loaded.mended.places <= {("format",)}
    return loaded.value is not None and whole and not loaded.problems


def blend_named(words: str) -> Blend:
    """Parse what `--weights` names: one rubric, or several with shares; raises `UserError` where it is neither."""
    if is_file(Path(words)):
        return Blend(words)
    blend = Blend.parse(words)
    if blend is None:
        raise UserError(fill(NO_BLEND, words=words), hint=BLEND_HINT, status=2)
    return blend


NO_BLEND = _("“{words}” names no blend of rubrics")
BLEND_HINT = _("Write the first profile, then + share * profile: grain_base+0.4*cluster_county.")


def unfit(fault: BlendProblem) -> UserError:
    """Return the error that what a command line names is not there, or cannot be blended."""
    from nqpf_assess.files.rules.content import CONTENT_RULES

    code, _, values = fault
    rule = next(rule for rule in CONTENT_RULES if rule.code == code)
    missing = code.endswith("_missing")
    return UserError(fill(rule.message, **values), hint=fill(rule.hint, **values), status=1 if missing else 2)


def _once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return each finding once, where several rubrics share a root; findings hold words and cannot be hashed."""
    return {(one.source, one.line, one.column, one.code, one.key): one for one in problems}.values()


NO_ANSWER_FILE = _("{path} is not an answer file")
BRING_IN = _("To take the answers in it: nqpf-assess import {path}")
SCORE_TABLE = _(
    "A row for each respondent: nqpf-assess cohort score {path} --questionnaire ID -o scores.csv. One row alone: "
    "nqpf-assess import {path}."
)
OTHER_KINDS: Mapping[str, Text] = {
    ".csv": SCORE_TABLE,
    ".parquet": SCORE_TABLE,
    ".xlsx": BRING_IN,
    ".json": BRING_IN,
    ".pdf": OPEN_REPORT,
}
"""Endings of files that people take for answer files, and the command that is for them."""


class FormOrTable(UserError):
    """Raised for a form or a table that was taken for an answer file; the hint names the command for it."""


NOT_USED = _("{path} cannot be used until this is corrected")


def refuse_errors(path: Path, problems: Iterable[Problem]) -> None:
    """Refuse a file with errors; raises `UserError` with all of them.

    That answers are to another edition is told too: what it asked and this one does not, `migrate` keeps.
    """
    told = tuple(problem for problem in problems if problem.severity == "error" or problem.code == "edition_differs")
    if errors(told):
        raise UserError(fill(NOT_USED, path=shown(path)), problems=told)


def refused(path: Path, fault: OSError) -> UserError:
    """Return the error of a file that cannot be read."""
    return not_read(source_of(path), fault)


def _lacks(loaded: Loaded[Weights] | Loaded[Answers], code: str, path: Keys, **values: object) -> tuple[Problem, ...]:
    return not_found([(code, Finding(path, values))], loaded.collection)


def _rubric_problems(
    loaded: Loaded[Weights], chain: tuple[Weights, ...], book: Book, stem: str, *, sound: bool
) -> tuple[Problem, ...]:
    """Return what the rules find in one file of a rubric, the last of `chain`."""
    if loaded.value is None or book.subject is None:
        return ()
    named, wanted = loaded.value.questionnaire, book.value.id
    stated = not loaded.mended.touches(("questionnaire",)) and not book.subject.mended.touches(("id",))
    if named != wanted and stated:  # nothing that it names is to be looked for in another one
        return _lacks(loaded, "other_questionnaire", ("questionnaire",), name=named, wanted=wanted)
    return lint_weights(loaded, WeightsSubject(loaded.value, chain, book.subject, stem, sound))


def _sheet(
    path: Path,
    loaded: Loaded[Answers],
    instrument: Instrument | None,
    own: Sequence[Problem],
    content: Sequence[Problem],
) -> Sheet:
    mine = in_order((*loaded.problems, *own))
    return Sheet(path, loaded.value, instrument, in_order((*mine, *content)), mine, loaded)
