"""The life of an answer file over editions: whatever was typed once is never read in another unit or by another level.

Authors change units, levels and options, drop questions, ask them again and call them otherwise; files are answered on,
imported into, taken over, taken back, merged, copied and compared meanwhile. Of each answer the oracle keeps what was
meant as it was typed, an amount or the words of a level, and asks each face what it reads: that, or nothing.
"""

import csv
import json
import re
import shutil
import tomllib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from tools.fuzz.authors import UNITS, Edition, Meant, begun, revised
from tools.fuzz.trial import Trial

Truth = dict[str, frozenset[Meant]]
"""What may stand in a file, by the text of the question; of merged files any of what was meant in them."""

TOLD = re.compile("edition|read here under")
"""How it is told that answers may be to another edition than the one they are read by."""


@dataclass
class Life:
    """Files over editions. `careful`: the author states what breaks answers by version and revision; only then may a
    kept edition be lost. `published`: editions by their digests, the present one last; `roots`: where content is looked
    for, that of an older edition now and then; `meant`: what each state of a file says, by its bytes.
    """

    dice: Random
    trial: Trial
    careful: bool
    published: dict[str, Edition] = field(default_factory=dict)
    roots: list[Path] = field(default_factory=list)
    meant: dict[bytes, Truth] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    made: int = 0

    # ---- the author

    def publish(self, edition: Edition) -> None:
        """Put an edition in place of the one at hand, which is mostly kept."""
        from nqpf_assess.engine.instrument import digest

        if self.published:
            last = [*self.published.values()][-1]
            last.folder = last.folder / "editions" / str(len(self.published))
            if not self.careful or self.dice.random() < 0.8:
                last.write()
        edition.write()
        self.roots = [edition.folder]
        self.published[digest(self.library().questionnaire("life", stated=True).value)] = edition
        done = self.run("check", str(edition.book))
        self.trial.expect(holds=done.status == 0, sign="lives unsound edition", words=done.out)

    def revise(self, _: str) -> None:
        """Change what is asked, with the version raised as it should be, or by somebody who does not know better."""
        if len(self.published) > 3:
            self.lose()
            return
        edition = revised(self.dice, [*self.published.values()], careful=self.careful)
        if edition is not None:
            self.publish(edition)

    def lose(self) -> None:
        """Lose a kept edition, correct a word of it, or find it again."""
        edition = self.dice.choice([*self.published.values()][:-1])
        if self.careful:
            shutil.rmtree(edition.folder, ignore_errors=True)
            edition.write(self.dice.choice(("", "", "!")))
            if self.dice.random() < 0.4:
                shutil.rmtree(edition.folder)

    # ---- what is known of files

    @property
    def present(self) -> Edition:
        """The edition at hand."""
        return next(one for one in self.published.values() if one.folder == self.roots[0])

    def look(self) -> None:
        """Work with the present content, or with that of an older edition, alone or before the present one."""
        *kept, present = self.published.values()
        older = [one.folder for one in kept if one.sound]
        self.roots, drawn = [present.folder], self.dice.random()
        if older and drawn < 0.2:
            self.roots = [self.dice.choice(older), *(self.roots if drawn < 0.1 or not self.careful else ())]

    def run(self, *arguments: str) -> Any:
        """Run a command on the content that is looked at."""
        return self.trial.run(*arguments, *(word for root in self.roots for word in ("--content", str(root))))

    def library(self) -> Any:
        """Return the library as a command makes it."""
        from nqpf_assess.files.library import Library
        from nqpf_assess.files.places import roots

        return Library(roots(self.roots))

    def data(self, name: str) -> bytes:
        """Return a file as it is."""
        return (self.trial.folder / name).read_bytes()

    def truth(self, name: str) -> Truth:
        """Return what a file says; each state of it was noted when it was written."""
        self.trial.expect(holds=self.data(name) in self.meant, sign="lives unknown state", words=name)
        return dict(self.meant.get(self.data(name), {}))

    def named(self, name: str) -> Edition | None:
        """Return the edition that a file names, where that is at hand as it was."""
        edition = self.published.get(tomllib.loads(self.data(name).decode())["questionnaire"]["digest"])
        return edition if edition in self.at_hand() else None

    def stated(self, data: bytes) -> Edition:
        """Return the edition that a file names, at hand or not, and whatever word of it was corrected since."""
        named = tomllib.loads(data.decode())["questionnaire"]
        numbers = {one.number: one for one in self.published.values()}
        return self.published.get(named["digest"]) or numbers[named["version"]]

    def at_hand(self) -> list[Edition]:
        """Return the editions at hand as they were."""
        every = [one for one in self.published.values() if one.sound]
        return [one for one in every if any(root in (one.folder, *one.folder.parents) for root in self.roots)]

    def check(self, face: str, name: str, read: Mapping[str, Meant | None], told: str) -> None:
        """Hold what a face reads against what was meant; where the file's edition is not at hand, it says so."""
        truth, sure = self.truth(name), self.named(name) is not None
        for line, meant in read.items():
            if meant in truth.get(line, ()) or (not sure and TOLD.search(told)):
                continue
            if not self.replaced(name, line, meant) and not self.to_confirm(name, line):
                said = f"{name}: {line}: read {meant}, meant {[*truth.get(line, ())]}"
                self.trial.find(f"lives {face}", f"{said}\n{told[:1500]}")

    def replaced(self, name: str, line: str, meant: Meant | None) -> bool:
        """Return whether a level has other words in its place, and is to be confirmed, as the contract has it."""
        books = [one.asked.values() for one in (self.named(name), self.present) if one is not None]
        then, now = ([one for one in book if (one.line, one.kind) == (line, "level")] for book in (*books, ())[:2])
        stems = [{words.split()[0] for one in book for words in one.words.values()} for book in (then, now)]
        return isinstance(meant, frozenset) and bool(then) and meant <= stems[1] - stems[0]

    def to_confirm(self, name: str, line: str) -> bool:
        """Return whether an answer states a revision that no edition at hand asks, and it is told so.

        A file that names an edition that is kept may have been answered on under one that was lost.
        """
        held = tomllib.loads(self.data(name).decode())
        entries = [*held.get("facts", {}).items(), *held.get("answers", {}).items()]
        given = {one["revision"] for id, one in entries if line in self.lines(id) and "revision" in one}
        asked = {one.revision for edition in self.at_hand() for one in edition.asked.values() if one.line == line}
        return not given <= asked and "answered to revision" in self.run("check", name).out

    def note(self, name: str, truth: Truth, before: bytes, told: str, *, unsure: bool = False) -> None:
        """Note what a file says that was written; nothing is lost in it, and it is read as meant.

        `unsure`: an edition was not at hand, and this was told: what is read then is gone on from.
        """
        data = self.data(name)
        if data == before:
            return
        held, then = tomllib.loads(data.decode()), tomllib.loads(before.decode())
        self.meant[data] = truth
        read = self.exported(name, check=False)
        told_so = (unsure or self.named(name) is None) and TOLD.search(told) is not None
        stated = self.stated(data).asked if told_so else {}
        for id, one in (*held.get("facts", {}).items(), *held.get("answers", {}).items()):
            meant = stated[id].means(one["value"]) if id in stated and "value" in one else None
            if meant is not None:
                truth[stated[id].line] = truth.get(stated[id].line, frozenset()) | {meant}
        for line, meant in read.items():
            fewer = "no longer offered" in told and any({*meant} < {*one} for one in truth.get(line, ()))
            reworded = isinstance(meant, frozenset) and "reads otherwise now" in told
            if told_so or fewer or reworded or self.to_confirm(name, line):
                truth[line] = truth.get(line, frozenset()) | {meant}
        self.check("export", name, read, "")
        kept = [one.get("value") for one in held.get("archive", {}).values()]
        edition = self.named(name)
        for table in ("facts", "answers"):
            for id, one in then.get(table, {}).items():
                lines = self.lines(id)
                same = [new.get("value") for now, new in held.get(table, {}).items() if lines & self.lines(now)]
                holds = one.get("value") in (*kept, *same) or not lines.isdisjoint(read)
                self.trial.expect(holds=holds, sign="lives lost", words=f"{name}: {id} {one}\n{told[:1500]}")
            for id, one in held.get(table, {}).items():
                asked = edition.asked.get(id) if edition is not None and not told_so else None
                for voice in one.get("voices", ()) if asked is not None else ():
                    ever = {meant for known in self.meant.values() for meant in known.get(asked.line, ())}
                    if "value" in voice and asked.means(voice["value"]) not in ever:
                        self.trial.find("lives voices", f"{name}: {id} {voice}, meant {ever}")

    def lines(self, id: str) -> set[str]:
        """Return the questions that some edition calls so."""
        return {edition.asked[id].line for edition in self.published.values() if id in edition.asked}

    # ---- what reads

    def exported(self, name: str, *, check: bool = True) -> dict[str, Meant]:
        """Read a file as commands score it, by the words and units of its table of answers."""
        self.made += 1
        done = self.run("export", name, "--to", "csv", "-o", f"out{self.made}")
        books = [one for edition in self.published.values() for one in edition.asked.values()]
        stems = frozenset(words.split()[0] for one in books for words in one.words.values())
        read: dict[str, Meant] = {}
        if done.status == 0:
            with (self.trial.folder / f"out{self.made}/answers.csv").open(encoding="utf-8-sig") as table:
                for row in csv.DictReader(table):
                    if row["kind"] == "number" and row["state"] == "answered":
                        of, power = UNITS[row["unit_en"]]
                        read[row["text_en"]] = of, Decimal(row["value"]).scaleb(power).normalize()
                    elif row["state"] == "answered":
                        read[row["text_en"]] = stems.intersection(row["answer_en"].replace(",", " ").split())
            self.check("export", name, read if check else {}, done.err)
        return read

    def compared(self, old: str) -> None:
        """Hold what is told of two files: what differs is told in the units of each, and what is alike is not told."""
        new = self.dice.choice(self.files)
        done = self.run("compare", old, new, "--json")
        if done.status:
            return
        found = json.loads(done.out)
        used = [self.published.get(found[side]["questionnaire"]["used"]["digest"]) for side in ("old", "new")]
        for row in found["answers"]:
            read: list[Meant | None] = []
            for edition, id, seen, name in zip(
                used, (row["was"], row["id"]), (row["before"], row["after"]), (old, new), strict=True
            ):
                if edition is not None and seen is not None and seen["state"] == "answered" and id in edition.asked:
                    read.append(edition.asked[id].means(seen["value"]))
                    self.check("compare", name, {edition.asked[id].line: read[-1]}, done.err)
            alike = len(read) == 2 and read[0] == read[1] and self.named(old) and self.named(new)
            self.trial.expect(holds=not alike, sign="lives compare alike", words=f"{row}\n{read}")

    def collected(self, name: str) -> None:
        """Read a file as a row of a table, which the edition at hand reads."""
        self.made += 1
        done = self.run("cohort", "collect", name, "-o", f"t{self.made}.csv")
        if done.status == 0:
            with (self.trial.folder / f"t{self.made}.csv").open(encoding="utf-8-sig") as table:
                row = next(csv.DictReader(table))
            asked = self.present.asked
            cells = {id: row.get(id if one.table == "answers" else f"fact.{id}", "") for id, one in asked.items()}
            self.check("collect", name, {asked[id].line: asked[id].means(c) for id, c in cells.items() if c}, done.err)

    # ---- what writes

    def begin(self, _: str = "") -> None:
        """Begin a file as the app does, or copy one by hand."""
        from nqpf_assess.model.answers import Subject
        from nqpf_assess.session.desk import Wanted, new_desk

        name = f"f{len(self.files)}.toml"
        if self.files and self.dice.random() < 0.3:
            shutil.copyfile(self.trial.folder / self.dice.choice(self.files), self.trial.folder / name)
        elif len(self.files) < 4:
            subject = Subject(name="Anhe", period="2025", respondent=name)
            desk = new_desk(self.library(), Path(name), Wanted("life", subject, stated=True))
            truth = self.typed(desk.session, {})
            desk.close()
            self.meant[self.data(name)] = truth
        self.files += [name] if (self.trial.folder / name).exists() else []

    def typed(self, session: Any, truth: Truth) -> Truth:
        """Answer some questions in the app, and take some of that back; return what the file says then."""
        from nqpf_assess.kinds import read_value

        truths = [truth]
        for _ in range(self.dice.randrange(1, 5)):
            id = self.dice.choice([*self.present.asked])
            one, steps = self.present.asked[id], session.steps
            cell = one.drawn(self.dice)
            raw: Any = int(cell) if one.kind == "level" else tuple(cell.split(";")) if one.kind == "multi" else cell
            session.give(one.table, id, read_value(session.asked(one.table, id), raw))
            meant = one.means(cell)
            if session.steps != steps and meant is not None:
                truths.append(truths[-1] | {one.line: frozenset({meant})})
                if self.dice.random() < 0.2:
                    session.undo()
                    truths.pop()
        return dict(truths[-1])

    def answer(self, name: str) -> None:
        """Open a file in the app, see what stands there, and answer on."""
        from nqpf_assess.model.problem import UserError
        from nqpf_assess.session.desk import open_desk

        before, truth = self.data(name), self.truth(name)
        try:
            desk = open_desk(self.library(), Path(name))
        except UserError:
            return
        self.trial.commands.append(f"app {name} {self.roots}")
        session, told = desk.session, " ".join(str(problem.message) for problem in desk.problems)
        answered = {id: one for id, one in self.present.asked.items() if session.state(one.table, id) == "answered"}
        read = {one.line: one.means(session.value(one.table, id)) for id, one in answered.items()}
        self.check("app", name, read, told)
        if self.named(name) is None and TOLD.search(told):
            truth |= {line: frozenset({meant}) for line, meant in read.items() if meant is not None}
        truth = self.typed(session, truth)
        desk.close()
        self.note(name, truth, before, told)

    def bring(self, name: str) -> None:
        """Import a table of the edition at hand, or another file of whatever edition as JSON or as its table."""
        self.made += 1
        dice, before, truth, unsure = self.dice, self.data(name), self.truth(name), False
        if dice.random() < 0.5:
            other, source = dice.choice(self.files), f"s{self.made}.json"
            self.run("export", other, "--to", "json", "-o", source)
            comes = {line: truth.get(line, frozenset()) | meant for line, meant in self.truth(other).items()}
            unsure = self.named(other) is None
        else:
            cells = {id: one.drawn(dice) for id, one in self.present.asked.items() if dice.random() < 0.3}
            asked = {id: self.present.asked[id] for id in cells}
            heads = [id if one.table == "answers" else f"fact.{id}" for id, one in asked.items()]
            rows = ",".join(("respondent", *heads)), ",".join(("Anhe", *cells.values()))
            source = self.trial.write(f"s{self.made}.csv", "\n".join(rows) + "\n")
            drawn = {one.line: one.means(cells[id]) for id, one in asked.items()}
            comes = {line: frozenset({meant}) for line, meant in drawn.items() if meant is not None}
        if (self.trial.folder / source).exists():
            into = ("--into", name, "--on-conflict", "take", "--write", "--questionnaire", "life")
            done = self.run("import", source, *into)
            if done.status:
                comes = {line: truth.get(line, frozenset()) | meant for line, meant in comes.items()}
            self.note(name, truth | comes, before, done.out + done.err, unsure=unsure)

    def take_over(self, name: str) -> None:
        """Take a file over to the edition at hand, or back to one that is kept; doing it twice changes nothing."""
        before, truth = self.data(name), self.truth(name)
        archived = tomllib.loads(before.decode()).get("archive", {}).values()
        numbers = {one.number for one in self.at_hand()}
        unsure = self.named(name) is None or not {one["edition"] for one in archived} <= numbers
        kept = [one.book for one in self.published.values() if one.book.exists()]
        back = ("--questionnaire", str(self.dice.choice(kept))) if self.dice.random() < 0.3 else ()
        done = self.run("migrate", name, "--write", *back)
        self.note(name, truth, before, done.out + done.err, unsure=unsure)
        data = self.data(name)
        self.run("migrate", name, "--write", *back)
        self.trial.expect(holds=self.data(name) == data, sign="lives taken over twice", words=name)

    def take_back(self, name: str) -> None:
        """Put a copy that was kept beside a file in its place."""
        copies = sorted(self.trial.folder.glob(f"{name.removesuffix('.toml')}.*.toml"))
        if copies:
            copy = self.dice.choice(copies)
            self.trial.commands.append(f"cp {copy.name} {name}")
            shutil.copyfile(copy, self.trial.folder / name)
            self.exported(name)

    def merge(self, _: str) -> None:
        """Merge files; what stands, and what each said, is what was meant in one of them."""
        names = self.dice.sample(self.files, min(len(self.files), self.dice.randrange(2, 4)))
        name = f"f{len(self.files)}.toml"
        if len(names) < 2:
            return
        done = self.run("merge", *names, "-o", name)
        if (self.trial.folder / name).exists():
            truth: Truth = {}
            for other in names:
                truth |= {line: truth.get(line, frozenset()) | meant for line, meant in self.truth(other).items()}
            self.files.append(name)
            self.note(name, truth, b"", done.err)


def lives(dice: Random, trial: Trial) -> None:
    """A life of some files over three editions or four; see the module."""
    warnings.simplefilter("ignore")
    for path in (*trial.folder.glob("[fost]*[0-9]*"), trial.folder / "content"):  # of the seeds, or of a life before
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    life = Life(dice, trial, careful=dice.random() < 0.5)
    drawn = (("p", "facts", "number"), ("z", "facts", ""))
    kinds = (*drawn, ("n", "answers", "number"), ("l", "answers", "level"), ("m", "answers", "multi"))
    life.publish(Edition((1, 0, 0), {id: begun(dice, table, kind) for id, table, kind in kinds}, Path("content")))
    life.begin()
    writes = (
        life.answer,
        life.answer,
        life.bring,
        life.bring,
        life.take_over,
        life.take_over,
        life.take_back,
        life.merge,
    )
    acts: list[Callable[[str], object]] = [*writes, life.exported, life.collected, life.compared, life.begin]
    for _ in range(dice.randrange(8, 20)):
        life.look()
        (life.revise if dice.random() < 0.2 else dice.choice(acts))(dice.choice(life.files))
        if trial.findings:
            return
