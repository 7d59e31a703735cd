"""Merging the answers of several people: which files, by which rule, then what came of it and the agenda."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import MERGE_RULES, MergeRule
from nqpf_assess.model.problem import UserError
from nqpf_assess.session import merging as rules
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Part, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import choice, numbered
from nqpf_assess.tui.frame.dialogs import HoldingPage, LinePage, NewFilePage
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import TickPage
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read
    from nqpf_assess.model.merging import Merging

WHICH = _("Merge: whose answers?")
RULE_CHOICES: dict[MergeRule, Text] = {
    "median": _("The middle answer stands (for most cases)"),
    "majority": _("What most said stands"),
    "lead": _("The answer of one of them, who leads, stands"),
    "evidence": _("The best supported answer stands"),
}
RULE = _("Where the answers differ")
LEAD = _("Who leads: {name}")
NAMES = _("Names: {said}")
WITH_NAMES = _("each answer with the name of who gave it")
NAMELESS = _("left out")
NAMED = _("Name of the place or firm: {name}")
INTO = _("The merged file: {path}")
GO = _("Merge {count} files")
DIFFERENT = _("These files cannot be merged as they are: {why}")
NAME_HINT = _("If it is one place or firm written in several ways, give its name below.")
PERIOD_HINT = _("Answers of one year are merged; two years are compared instead.")
EDITION_HINT = _("Take it over to the present edition first: menu, “Take answers over”.")
RUBRIC_HINT = _("Open one of them and choose the other's weights, on the page of the place or firm; then merge.")
HINTS: dict[str, Text] = {
    "subject": NAME_HINT,
    "period": PERIOD_HINT,
    "edition": EDITION_HINT,
    "rubric": RUBRIC_HINT,
}
OPEN_IT = _("Open the merged file")
BACK = _("Back")
WRITTEN = _("{path} is written: what stands, and what each said where they differ.")


class NamePage(LinePage):
    """Asks how the subject is called."""

    TITLE_WORDS: ClassVar[Text] = _("Name of the place or firm")
    ASKED: ClassVar[Text] = _("How shall the place or firm be called in the merged file?")


class IntoPage(NewFilePage):
    """Asks for the merged file."""

    TITLE_WORDS: ClassVar[Text] = _("The merged file")
    ASKED: ClassVar[Text] = _("In which file shall the merged answers be kept? The files they come from stay.")


def open_merging(bench: Workbench, again: Iterable[Path] = ()) -> None:
    """Ask whose answers, read them, and go on to the rule. `again`: what is ticked where one comes back from there."""
    at_first = [bench.desk.path] if bench.desk is not None else []
    bench.ask(TickPage(WHICH, at_first, again), lambda paths: _read(bench, paths))


def _read(bench: Workbench, paths: tuple[Path, ...] | None) -> None:
    from nqpf_assess.session.content import usable_answers

    if paths is None:
        return
    try:
        read = [usable_answers(bench.library, path) for path in rules.different_files(paths)]
    except UserError as fault:
        bench.ask(ProblemsPage(fault), lambda _seen: open_merging(bench, paths))
        return
    bench.push_screen(MergePage(read))


class MergePage(HoldingPage, ListPage):
    """The rule, names or none, the file; then the merge."""

    TITLE_WORDS: ClassVar[Text] = _("Merge the answers of several people")
    HELD_WORDS: ClassVar[Text] = _("What you chose is not merged yet")
    STAY_WORDS: ClassVar[Text] = _("Go on choosing")
    TAKE_WORDS: ClassVar[Text] = _("Merge as chosen")
    EXPLAINED = (
        _(
            "Several people answered for one place or firm in one year. Where they agree their answer stands; where "
            "not, a rule decides, everybody's answer is kept beside it, and an agenda lists what is worth a meeting, "
            "with most at stake first. The files they come from are not changed."
        ),
    )

    def __init__(self, read: "list[Read]") -> None:
        super().__init__()
        self._files = read
        self._rule: MergeRule = "median"
        self._lead = rules.respondent_names(read)[0]
        self._anonymous = False
        self._called = ""
        self._target: Path | None = None
        self._before = self._chosen

    @property
    def _chosen(self) -> tuple[object, ...]:
        return (self._rule, self._lead, self._anonymous, self._called, self._target)

    @property
    def half_done(self) -> bool:
        """Whether anything was chosen or typed here."""
        return self._chosen != self._before

    def leave(self) -> None:
        """Go back to the files, as they were ticked."""
        bench, ticked = self.bench, [one.path for one in self._files]
        self.dismiss(None)
        bench.soon(lambda: open_merging(bench, ticked))

    def may_take(self) -> bool:
        """Return whether the files can be merged as they are."""
        return self.refusal() is None

    @property
    def target(self) -> Path:
        """The merged file: as asked for, else named after the subject, beside the first of its files."""
        from nqpf_assess.files.naming import file_name

        if self._target is not None:
            return self._target
        subject, first = rules.merged_subject(self._files, name=self._called), self._files[0].path
        return first.with_name(f"{file_name(subject, first.stem)}-merged.toml")

    def refusal(self) -> rules.NotMergeable | None:
        """Return what speaks against merging; None where nothing does."""
        try:
            rules.refuse_unlike(self._files, subject_stated=bool(self._called))
        except rules.NotMergeable as fault:
            return fault
        return None

    def rows(self) -> tuple[Row, ...]:
        """List the files, what speaks against it, the rule, the rest, and the way on."""
        speech = self.speech_in(self.size.width - EDGES)
        names = rules.respondent_names(self._files)
        rows = [quiet(shown(f"{name}  {path_shown(one.path)}")) for name, one in zip(names, self._files, strict=True)]
        fault = self.refusal()
        if fault is not None:
            rows += [
                BLANK,
                Row(speech.sentences(fill(DIFFERENT, why=fault.message), HINTS.get(fault.unlike)), look="warn"),
            ]
        elif again := rules.told_of_counting(self._files):
            rows += [BLANK, *(Row(speech.tell(said), look="warn") for said in again)]
        rows += [BLANK, heading(speech.tell(RULE))]
        for number, rule in enumerate(MERGE_RULES, start=1):
            rows.append(choice(speech, RULE_CHOICES[rule], f"rule:{rule}", number, chosen=rule == self._rule))
        said = speech.tell(NAMELESS if self._anonymous else WITH_NAMES)
        name = self._called or rules.merged_subject(self._files).name
        rest = [("names", speech.tell(NAMES, said=said)), ("name", speech.tell(NAMED, name=shown(name)))]
        rest.append(("into", speech.tell(INTO, path=path_shown(self.target))))
        if self._rule == "lead":
            rest.append(("lead", speech.tell(LEAD, name=shown(self._lead))))
        rows.append(BLANK)
        rows += [Row(words, id, key=str(n), lead=f"   {n}  ") for n, (id, words) in enumerate(rest, start=5)]
        if fault is None:
            words = speech.tell(GO, count=len(self._files))
            rows += [BLANK, Row(words, id="go", key="9", lead="   9  ", look="heading")]
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:
        """Take the rule, ask for what is typed, or merge."""
        if id == "go":
            self.take_held()
        elif id == "names":
            self._anonymous = not self._anonymous
        elif id == "name":
            self.bench.ask(NamePage(self._called or rules.merged_subject(self._files).name), self._named)
        elif id == "into":
            self.bench.ask(IntoPage(str(self.target)), self._into)
        elif id == "lead":
            names = rules.respondent_names(self._files)
            # A file that was read anew may call its own otherwise.
            place = names.index(self._lead) if self._lead in names else -1
            self._lead = names[(place + 1) % len(names)]
        else:
            self._rule = id.removeprefix("rule:")  # type: ignore[assignment]
            if how == "enter":
                self.list.show(self.rows(), at="go" if self.refusal() is None else id, keep=True)
        self.repaint()

    def _named(self, typed: str | None) -> None:
        self._called = typed or self._called
        self.repaint()

    def _into(self, typed: str | None) -> None:
        from nqpf_assess.session.desk import typed_folder, typed_path

        if typed:
            folder = typed_folder(typed)
            self._target = typed_path(typed) if folder is None else folder / self.target.name
        self.repaint()

    def take_held(self) -> None:
        """Merge and write; what refuses that is said here, and nothing was changed then."""
        from nqpf_assess.engine.merging import Wish
        from nqpf_assess.session.content import usable_answers

        try:
            # As the files are now: somebody may have gone on in one of them since it was ticked.
            self._files = [usable_answers(self.bench.library, one.path) for one in self._files]
            rules.refuse_replacing(self.bench.library, self.target, [one.path for one in self._files])
            rules.refuse_unlike(self._files, subject_stated=bool(self._called))
            lead = rules.lead_among(self._lead, self._files) if self._rule == "lead" else None
            wish = Wish(self._rule, lead, self._anonymous, self._called or None)
            merging = rules.merge_read(self._files, wish)
            rules.write_merged(self.target, merging.answers)
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), "warn")
            self.repaint()
            return
        page = MergedPage(merging, self._files[0], self.target)
        bench = self.bench
        self.dismiss(None)
        bench.soon(lambda: bench.push_screen(page))


class MergedPage(ListPage):
    """What came of a merge: who scored what, and the agenda."""

    TITLE_WORDS: ClassVar[Text] = _("Merged answers and agenda")

    def __init__(self, merging: "Merging", first: "Read", path: Path) -> None:
        super().__init__()
        self._merging, self._first, self._path = merging, first, path

    def rows(self) -> tuple[Row, ...]:
        """Return where it is, what can be done, then the agenda."""
        from nqpf_assess.pages.merging import merging_lines

        speech = self.speech_in(self.size.width - EDGES)
        lines = merging_lines(
            self._merging,
            self._first.instrument.questionnaire,
            speech.language,
            width=speech.cells,
            everything=True,
        )
        acts = numbered([("open", speech.tell(OPEN_IT)), ("back", speech.tell(BACK))])
        page = (Row(parts=(Part(shown(line)),)) for line in lines)
        return (Row(speech.tell(WRITTEN, path=path_shown(self._path)), look="good"), BLANK, *acts, BLANK, *page)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open the merged file, or go back."""
        bench, path = self.bench, self._path
        self.dismiss(None)
        if id == "open":
            bench.soon(lambda: bench.open_file(path))
