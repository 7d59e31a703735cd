"""`import FILE... [--into FILE]`: figures out of forms, submissions, tables and statistics sheets; a dry run first."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.answer_files import Batch, content_options, library_of, open_sound, print_passed_over
from nqpf_assess.cli.cohort_options import ANY_DELIMITER
from nqpf_assess.cli.commands import FilePath, Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json, print_note, print_page
from nqpf_assess.files.intake import SPREADSHEETS
from nqpf_assess.files.places import as_word
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.weights import BASELINE

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.files.library import Library
    from nqpf_assess.files.store import AnswerFile
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.importing import ImportSource, ImportStep, Submission
    from nqpf_assess.session.importing import ImportPlan

IS = _("{path}: {what}")
INTO = _("{name} → {path}")
INTO_NEW = _("{name} → {path} (new)")
DRY = _("Nothing was written; add --write to do it.")
WRITTEN = _("{path} is written; as it was before it is kept as {kept}.")
WRITTEN_NEW = _("{path} is written.")
FITS = _("Its facts fit “{profile}”; as long as nobody has taken that, the figures are those of “{used}”.")
TAKE_IT = _("Why: nqpf-assess suggest {path}. To choose: nqpf-assess assess {path}")
UNCHANGED = _("{path} stays as it is.")
UNDECIDED = _("Values that differ stay as they are until you decide: --on-conflict take, or keep.")
UNDECIDED_THERE = _(
    "{path} exists already. To decide on the values that differ: --into {path} --on-conflict take, or keep."
)
ASK = _("{what}\n{present} is there, {new} comes in. Keep what is there (k) or take the new value (t)?")
EXISTS = _("{path} exists already, and what is imported would change it")
NAME_IT = _("Nothing was changed. To import into it: --into {path}")
SEVERAL = _("{path} holds {n} respondents, and none of them is “{name}”")
NAMELESS = _("{path} holds {n} respondents, and {into} does not say whom it describes")
ALIKE = _("{n} respondents in {path} describe “{name}”, and it cannot be told whose answers are meant")
KEEPS_RUBRIC = _(
    "--weights is for an assessment that is begun; this one keeps its own rubric, {own}. To change that: "
    "nqpf-assess migrate {path} --weights {asked} --write"
)
WITHOUT_INTO = _("Leave --into out: each becomes a file of its own, which merge brings together.")
ENDINGS = (*SPREADSHEETS, ".csv", ".tsv", ".json")
"""Endings of files that are taken from a folder; a file that is named is read whatever it is called."""
NO_ENDING = _("no form, table or submission by its ending")
NOTHING_IN = _("there is nothing to import in {path}")
ENDINGS_ARE = _("Files in a folder are taken by their endings: {endings}")
NO_SUCH_FILE = _("{path} does not exist")
BEGIN = _("Leave --into out to begin a new file, or name one that is there.")


@subcommand("import", to_the_end=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FilePath())
@option(
    "--into",
    metavar="FILE",
    type=FilePath(),
    words=_("Answer file to import into; without it each respondent becomes a new one beside the source."),
)
@option(
    "--map",
    "mapping",
    metavar="MAP.toml",
    type=FilePath(),
    words=_("What stands where in a statistics sheet."),
)
@option("--write", is_flag=True, words=_("Write it; the file as it was is kept."))
@option(
    "--on-conflict",
    type=click.Choice(["keep", "take", "ask"]),
    words=_("Values that differ: keep what is there, take what comes in, or ask."),
)
@option("--values", is_flag=True, words=_("Take what formulas of a spreadsheet were worked out to last."))
@ANY_DELIMITER
@option("--encoding", metavar="NAME", words=_("Encoding of a CSV file, such as utf-8, utf-16, gb18030."))
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
@content_options
def command(settings: Settings, *, files: tuple[Path, ...], into: Path | None, **wished: Any) -> int:
    """Show what each value of the files would replace; with --write do it."""
    from nqpf_assess.files.intake import text_codec

    if wished["encoding"]:
        text_codec(wished["encoding"])
    if into is not None and not is_file(into):
        raise UserError(fill(NO_SUCH_FILE, path=into), hint=BEGIN)
    with ExitStack() as held:
        return _Import(settings, library_of(settings), into, wished, held).run(files)


@dataclass
class _Target:
    """One assessment that is imported into. `held`: its file, where it is to be written.

    `begun`: it was not named, but is that of a respondent; `of`: of whom, where the answers are not a part alone;
    `name`: whom they describe.
    """

    path: Path
    instrument: "Instrument"
    before: "Answers | None"
    now: "Answers | None"
    held: "AnswerFile | None" = None
    begun: bool = False
    of: str = ""
    name: str = ""


@dataclass
class _Import:
    settings: Settings
    library: "Library"
    into: Path | None
    wished: Mapping[str, Any]
    stack: ExitStack
    status: int = 0
    targets: dict[Path, _Target] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    undecided: list[_Target] = field(default_factory=list)

    def run(self, files: tuple[Path, ...]) -> int:
        from nqpf_assess.files.places import shown
        from nqpf_assess.session.clock import clock

        batch = self.batch = Batch(self.settings)
        self.at = clock()()
        if self.into is not None:
            self.targets[self.into] = self.opened(self.into)
        for path in files:
            inside = [] if is_dir(path) else [path]
            if is_dir(path):
                with batch.each():
                    inside = self.below(path)
            for each in inside:
                with batch.each():
                    self.file(each)
        status = max(self.status, batch.status)
        if self.wished["write"]:
            for target in self.targets.values():
                with batch.each():
                    self.write(target)
            status = max(status, batch.status)
        if self.wished["as_json"]:
            from nqpf_assess.exchange.importing_json import IMPORT_FORMAT

            print_json({"format": IMPORT_FORMAT, "written": bool(self.wished["write"]), "files": self.rows})
        there = {target.path: None for target in self.undecided if target.path != self.into and exists(target.path)}
        if any(target.path not in there for target in self.undecided):
            print_note(self.settings.tell(UNDECIDED))
        for place in there:
            print_note(self.settings.tell(UNDECIDED_THERE, path=as_word(shown(place))))
        if not self.wished["write"] and any(target.now != target.before for target in self.targets.values()):
            print_note(self.settings.tell(DRY))
        return status

    def below(self, folder: Path) -> list[Path]:
        """Return what a folder holds to import, to the bottom; what is passed over is printed."""
        from nqpf_assess.cli.export_forms import HOLDS_NONE
        from nqpf_assess.exchange.holder_forms import lists_forms
        from nqpf_assess.exchange.tidy_answers import OTHER_TABLE, is_other_table
        from nqpf_assess.files.gathering import files_below

        taken, passed = [], []
        for path in files_below(folder):
            if path.suffix.lower() not in ENDINGS or path.name.startswith("~$"):
                passed.append((path, NO_ENDING))
            elif lists_forms(path):
                passed.append((path, HOLDS_NONE))
            elif is_other_table(path):
                passed.append((path, OTHER_TABLE))
            else:
                taken.append(path)
        print_passed_over(self.settings, passed)
        if not taken:
            raise UserError(fill(NOTHING_IN, path=folder), hint=fill(ENDINGS_ARE, endings=listed(ENDINGS)))
        return taken

    def opened(self, path: Path) -> _Target:
        """Open an answer file to import into, held where it is to be written."""
        from nqpf_assess.files.editions import refuse_another, refuse_mixing
        from nqpf_assess.files.store import AnswerFile

        held = self.stack.enter_context(AnswerFile(path)) if self.wished["write"] else None
        content = {key: self.wished[key] for key in ("questionnaire", "weights")}
        opened = open_sound(self.settings, self.library, path, **content)
        instrument, answers = opened.assessed()
        refuse_another(answers, instrument, path)
        refuse_mixing(self.library, opened.sheet)
        return _Target(path, instrument, answers, answers, held)

    def file(self, path: Path) -> None:
        from nqpf_assess.exchange.sources import ReadingWish, read_source
        from nqpf_assess.session.importing import new_files

        target = self.targets[self.into] if self.into is not None else None
        wish = ReadingWish(
            questionnaire=self.wished["questionnaire"] or (target.instrument.questionnaire.id if target else None),
            by_id=not self.wished["questionnaire"],
            delimiter=self.wished["delimiter"],
            encoding=self.wished["encoding"],
            values=self.wished["values"],
            map=self.wished["mapping"],
            subject=target.now.subject if target is not None and target.now is not None else None,
        )
        source = read_source(path, self.library, wish, at=self.at)
        if not self.wished["as_json"]:
            print_data(self.settings.tell(IS, path=path, what=source.recognised))
            for line in source.columns:
                print_data("  " + self.settings.tell(line))
        chosen = self.chosen(source) if target is not None else source.submissions
        respondents = []
        for place, one in zip(new_files(path, chosen), chosen, strict=True):
            with self.batch.each():  # what stands against one keeps no other back
                respondents.append(self.submission(one, target or self.new(place, one)))
        if self.wished["as_json"]:
            from nqpf_assess.exchange.importing_json import source_row

            self.rows.append(source_row(source, respondents, self.settings.language))

    def chosen(self, source: "ImportSource") -> "tuple[Submission, ...]":
        """Return the submission that goes into the file named: of several the one that describes its subject.

        Of several of those, the one of the year and the respondent that the file names.
        """
        if len(source.submissions) < 2:
            return source.submissions
        from nqpf_assess.pages.importing import others_left
        from nqpf_assess.session.importing import of_its_time

        assert self.into is not None
        now = self.targets[self.into].now
        name, who = (now.subject.called, now.subject.respondent) if now is not None else ("", "")
        found = own = tuple(one for one in source.submissions if name and one.subject.called == name)
        if now is not None and now.subject.year is not None and len(own) > 1:
            own = of_its_time(own, now.subject)
        if len(own) > 1:
            own = tuple(one for one in own if who and one.subject.respondent == who)
        if len(own) != 1:
            why, n = (ALIKE, len(found)) if found else (SEVERAL if name else NAMELESS, len(source.submissions))
            raise UserError(fill(why, path=source.path, n=n, name=name, into=self.into), hint=WITHOUT_INTO)
        return tuple(replace(one, notes=(*one.notes, *others_left(source, one))) for one in own)

    def new(self, place: Path, submission: "Submission") -> _Target:
        """Return the new file of a respondent: one that is begun, or one that holds all of it already.

        Several who were sent a part each fill one; of several who answer the whole each has a file.
        """
        from nqpf_assess.session.content import sound_instrument
        from nqpf_assess.session.importing import with_respondent

        who = "" if submission.sent else submission.subject.respondent.strip()
        name = submission.subject.called
        own = place if self.may_hold(place, who) else with_respondent(place, submission.subject, who)
        numbered = (own, *(own.with_stem(f"{own.stem}-{number}") for number in range(2, 1000)))
        # Two names that make one name of a file, as where signs of theirs may not stand in it, are two still.
        named = (free for free in numbered if free not in self.targets or self.targets[free].name == name)
        place = next(free for free in named if self.may_hold(free, who))
        if place in self.targets:
            return self.targets[place]
        if exists(place):
            there = self.opened(place)
            there.begun, there.of, there.name = True, self.whose(place), name
            self.targets[place] = there
            return there
        weights = self.wished["weights"] or submission.rubric or BASELINE
        book, stated = self.wished["questionnaire"] or submission.edition.id, not self.wished["questionnaire"]
        instrument = sound_instrument(self.library, book, weights, stated=stated)
        target = _Target(place, instrument, None, None, begun=True, of=who, name=name)
        self.targets[place] = target
        return target

    def may_hold(self, place: Path, who: str) -> bool:
        """Return whether a file is nobody else's than the one who answers the whole; "" = who answers a part alone."""
        return not who or self.whose(place) in ("", who)

    def whose(self, place: Path) -> str:
        """Return who gave all that a file holds; "" where that is nobody alone, or no file is there."""
        from nqpf_assess.session.nearby import look_at

        if place in self.targets:
            return self.targets[place].of
        there = look_at(place)
        return there.respondent if there is not None else ""

    def submission(self, submission: "Submission", target: _Target) -> dict[str, Any]:
        from nqpf_assess.exchange.importing_json import respondent_row
        from nqpf_assess.files.places import shown
        from nqpf_assess.pages.importing import importing_blocks, not_taken_lines, outcome_of
        from nqpf_assess.session.importing import kept_beside, plan_import

        language = self.settings.language
        notes = (*submission.notes, *kept_beside(target.now, submission), *self.keeps_rubric(target))
        if not self.wished["as_json"]:  # before it is planned: what stands against it is said of this file
            name, path = submission.name, shown(target.path)
            print_data(self.settings.tell(INTO if target.before is not None else INTO_NEW, name=name, path=path))
        plan = plan_import(target.instrument, target.now, submission, at=self.at, language=language)
        stated = self.wished["on_conflict"]
        decisions = {step.key: stated == "take" for step in plan.conflicts if stated in ("keep", "take")}
        if not self.wished["as_json"]:
            for note in notes:
                print_data("  " + self.settings.tell(note))
            print_page(importing_blocks(plan, language, decisions), language)
            for line in not_taken_lines(plan.not_taken, plan.instrument.questionnaire, language):
                print_data(line)
            decisions |= self.asked(plan, decisions)
        after = plan.accepted(decisions)
        if target.begun and target.before is not None and after != target.before:
            raise UserError(
                fill(EXISTS, path=shown(target.path)), hint=fill(NAME_IT, path=as_word(shown(target.path))), status=3
            )
        target.now = after
        if plan.not_taken or any(step.key not in decisions for step in plan.conflicts):
            self.status = max(self.status, 1)
            self.undecided += [target] if any(step.key not in decisions for step in plan.conflicts) else []
        rows = [(step, outcome_of(step, decisions)) for step in plan.steps]
        told = {"new": target.before is None, "notes": [self.settings.tell(note) for note in notes]}
        return respondent_row(submission.name, str(target.path), rows, plan.not_taken, language, **told)

    def keeps_rubric(self, target: _Target) -> Iterator[Text]:
        """Say that an assessment that is there is not scored by the rubric that was asked for from then on."""
        if self.wished["weights"] is None or target.before is None:
            return
        from nqpf_assess.files.places import shown
        from nqpf_assess.model.blend import Blend

        own, asked = target.before.weights, target.instrument
        if (asked.profile.id, asked.shares) != (own.id, own.with_):
            names = {"own": str(Blend(own.id, own.with_)), "asked": self.wished["weights"]}
            yield fill(KEEPS_RUBRIC, path=as_word(shown(target.path)), **names)

    def asked(self, plan: "ImportPlan", decided: Mapping[tuple[str, str], bool]) -> dict[tuple[str, str], bool]:
        """Ask on a terminal about values that differ and are to be written; elsewhere it is left open."""
        terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
        if not terminal or not (self.wished["write"] or self.wished["on_conflict"] == "ask"):
            return {}
        return {step.key: self.takes(plan, step) for step in plan.conflicts if step.key not in decided}

    def takes(self, plan: "ImportPlan", step: "ImportStep") -> bool:
        from nqpf_assess.pages.importing import said

        language, questionnaire = self.settings.language, plan.instrument.questionnaire
        present, new = (said(step, answer, questionnaire, language) for answer in (step.present, step.incoming))
        words = self.settings.tell(ASK, what=self.settings.tell(step.title), present=present, new=new)
        while True:
            print_data(words)
            typed = sys.stdin.readline()
            if not typed or typed.strip().lower()[:1] in ("k", "保"):
                return False
            if typed.strip().lower()[:1] in ("t", "采"):
                return True

    def write(self, target: _Target) -> None:
        from nqpf_assess.files.editions import open_scorable
        from nqpf_assess.files.library import refuse_errors
        from nqpf_assess.files.places import shown
        from nqpf_assess.files.store import AnswerFile
        from nqpf_assess.session.importing import keep_before

        note: Text
        if target.now is None or target.now == target.before:
            note = fill(UNCHANGED, path=shown(target.path))
        elif target.before is None:
            if exists(target.path):
                raise UserError(fill(EXISTS, path=shown(target.path)), status=3)
            with AnswerFile(target.path) as held:
                held.save(target.now)
            note = fill(WRITTEN_NEW, path=shown(target.path))
        else:
            assert target.held is not None
            kept = keep_before(target.held.path)
            target.held.save(target.now)
            note = fill(WRITTEN, path=shown(target.path), kept=shown(kept))
        print_note(self.settings.tell(note))
        if target.now is not None and target.now != target.before:
            self.tell_what_fits(target, target.now)
            content = {key: self.wished[key] for key in ("questionnaire", "weights")}
            refuse_errors(target.path, open_scorable(self.library, target.path, **content).sheet.problems)

    def tell_what_fits(self, target: _Target, now: "Answers") -> None:
        from nqpf_assess.files.places import shown
        from nqpf_assess.session.desk import Chains
        from nqpf_assess.session.way import profile_that_waits

        instrument, path = target.instrument, shown(target.path)
        if (waits := profile_that_waits(instrument, now, Chains(self.library, instrument))) is not None:
            print_note(self.settings.tell(FITS, profile=waits.name, used=instrument.name))
            print_note(self.settings.tell(TAKE_IT, path=as_word(path)))
