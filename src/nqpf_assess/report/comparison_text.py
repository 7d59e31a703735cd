"""A comparison in words and tables: what changed, why, and what came of the plan."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.comparison import (
    CAUSES,
    AssessmentComparison,
    Cause,
    Change,
    Edition,
    NodeChange,
    Side,
    Why,
)
from nqpf_assess.model.period import comes_before
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.blocks import Inline, Table, TableColumn, cells
from nqpf_assess.report.wording import adding_up, covered, difference, number, period_in_sentence

CAUSE_WORDS: dict[Cause, Text] = {
    "answers": _("answers"),
    "weights": _("weights"),
    "questionnaire": _("questionnaire"),
}
WHY_WORDS: dict[Why, Text] = {
    "": {},
    "new": _("new in this edition"),
    "gone": _("no longer asked"),
    "first_score": _("scored for the first time"),
    "lost_score": _("no score any more"),
    "no_score": _("no score either time"),
    "between": _("cannot be told apart"),
}
NOT_TOLD = _("Where the change comes from cannot be told: {why}.")
ONLY_ANSWERS = _("Any change of a score comes from the answers.")
TOGETHER = _("{points} cannot be told apart: on the way from the one to the other a score is missing.")
OF_CHANGE = _("Of the change, {parts}.")
OF_UNCAPPED = _("Of the change before the floors, {parts}.")
TARGET_MOVED = _("The target was {before} then and is {after} now.")
BROKE = _("Floors that broke: then {before}; now {after}.")
OTHER_BANDS = _(" (the bands themselves are not the same)")
OTHER_FLOORS = _("The floors themselves are not the same: then {before}; now {after}.")
FLOOR = _("{part} at {below}")
UNJUDGED = _("Floors not judged, as their part has no score: then {before}; now {after}.")
MORE = _("Coverage {coverage}; evidence-backed {backed}; on the baseline {baseline}.")
MORE_UNLIKE = _("Coverage {coverage}; evidence-backed {backed}; each on its own baseline {baseline}.")
ARROW = "{} → {}"

OTHER_EDITION = _(
    "! {name} was answered to {what} {id} {stated}{how}; it is read here under {used}{lost}. What the change of "
    "edition itself did cannot be told{hint}."
)
EDITION_NOW = _("! {name} was answered to {what} {id} {stated}{how}; it is read here under {used}{lost}.")
LOST = _(" (answers that have no place there and count as not given: {count})")
EDITIONS = _("{what}: {before} then, {after} now.")
BOTH = _("{what}: {after} both times.")
WHAT = {
    "questionnaire": _("questionnaire"),
    "weights": _("rubric"),
}
OPTION = "--{}"
OLD_OPTION = "--old-{}"
WHAT_FIRST = {
    "questionnaire": _("Questionnaire"),
    "weights": _("Rubric"),
}
OVERRIDES = _("The corrections by hand differ; what they moved is counted with the weights.")
OTHER_SUBJECT = _("! The files name different subjects: “{before}” and “{after}”.")
OTHER_MODE = _(
    "! One of the two is a quick screening, which asks the core questions alone: scores rise and fall by that too."
)
SAME_PERIOD = _("! Both files describe {period}.")
WRONG_WAY = _("! The first file describes {before}, the second {after}: the order seems to be the wrong one.")


def doubts_of(old: Subject, new: Subject) -> Iterator[Text]:
    """State what speaks against two files being one subject in the order of its years.

    Files are called by their names where both describe one year, and a name may say another.
    """
    names, periods = [old.called, new.called], [old.period.strip(), new.period.strip()]
    before, after = ({language: period_in_sentence(one, language) for language in LANGUAGES} for one in periods)
    if all(names) and names[0] != names[1]:
        yield fill(OTHER_SUBJECT, before=names[0], after=names[1])
    if all(periods) and old.time == new.time:
        yield fill(SAME_PERIOD, period=after)
    if all(periods) and comes_before(new.period, old.period):
        yield fill(WRONG_WAY, before=before, after=after)


class ComparisonText:
    """Puts one comparison in words. `questionnaires`: the old edition and the new one.

    `hints`: name options too; `ids`: name ids.
    """

    def __init__(
        self,
        comparison: AssessmentComparison,
        questionnaires: tuple[Questionnaire, Questionnaire],
        language: str,
        *,
        hints: bool = True,
        ids: bool = True,
    ) -> None:
        self.comparison, self.questionnaires, self.language = comparison, questionnaires, language
        self.hints, self.ids = hints, ids

    def say(self, words: Text, **values: object) -> str:
        """State one thing in the chosen language."""
        return tell(words, self.language, **values)

    # ---- in sentences

    def head(self) -> Iterator[str]:
        """State what is compared, what changed and why, and under which editions."""
        subject = self.comparison.new.subject.name.strip() or self.say(_("(no name)"))
        before, after = (period_in_sentence(name, self.language) for name in names_of(self.comparison))
        yield self.say(_("{subject}: {before} compared with {after}"), subject=subject, before=before, after=after)
        yield from self.doubts()
        yield self.score()
        yield from self.causes()
        yield from self.editions()

    def doubts(self) -> Iterator[str]:
        """State what makes the comparison doubtful: other subjects, the wrong order, other editions."""
        old, new = self.comparison.old, self.comparison.new
        yield from map(self.say, doubts_of(old.subject, new.subject))
        yield from self.mode()
        for side in (old, new):
            for key in ("questionnaire", "weights"):
                yield from self.edition(side, key)

    def mode(self) -> Iterator[str]:
        """State that one of the two asked the core questions alone."""
        if self.comparison.other_mode:
            yield self.say(OTHER_MODE)

    def edition(self, side: Side, key: str) -> Iterator[str]:
        """State that a file was answered to another edition than it is read under."""
        edition: Edition = getattr(side, key)
        if edition.same or edition.chosen:
            return
        missing = key in self.comparison.editions_missing
        option = (OLD_OPTION if side is self.comparison.old else OPTION).format(key)
        other_content = edition.stated_version == edition.used.version
        lost = self.say(LOST, count=side.unfit) if side.unfit and key == "questionnaire" else ""
        yield self.say(
            OTHER_EDITION if missing else EDITION_NOW,
            name=side.name,
            what=self.say(WHAT[key]),
            id=edition.stated_id if self.ids else self.named(side, key, edition.stated_id),
            stated=edition.stated_version,
            how=self.say(_(" with other content")) if other_content else "",
            used=edition.used.version,
            lost=lost,
            hint=self.say(_("; give that edition with {option} to see it"), option=option) if self.hints else "",
        )

    def score(self) -> str:
        """State both scores, the change, and the bands."""
        overall = self.comparison.overall
        total = difference(overall.before, overall.after)
        change = "" if total is None else self.say(_(" ({change})"), change=number(total, signed=True))
        return self.say(
            _("Overall score {before} → {after}{change}{bands}"),
            before=number(overall.before),
            after=number(overall.after),
            change=change,
            bands=self.bands(),
        )

    def bands(self) -> str:
        """State the bands of both scores, behind the scores; "" where one has none."""
        old, new = self.comparison.old, self.comparison.new
        if old.band is None or new.band is None:
            return ""
        before, after = self.say(old.band), self.say(new.band)
        as_before, moved = _("; {band} as before"), _("; {before} → {after}")
        told = self.say(as_before if before == after else moved, band=after, before=before, after=after)
        return told + (self.say(OTHER_BANDS) if old.bands != new.bands else "")  # one may be reached by being lowered

    def causes(self) -> Iterator[str]:
        """State how much is due to what, and what else is worth a look."""
        yield from self.attributed()
        yield from self.more()

    def attributed(self) -> Iterator[str]:
        """State how much of the change is due to what, as far as that can be told."""
        overall, told = self.comparison.overall, self.shown_causes()
        if overall.why not in ("", "between"):
            yield self.say(NOT_TOLD, why=self.say(WHY_WORDS[overall.why]))
        elif told:
            yield from self.split(OF_CHANGE, overall, told)
        elif not self.comparison.editions_missing and not self.comparison.other_mode:
            yield self.say(ONLY_ANSWERS)

    def split(self, words: Text, change: Change, causes: Sequence[Cause]) -> Iterator[str]:
        """State how much of a change came of each cause."""
        parts = [
            self.say(_("{points} come from the {cause}"), cause=self.say(CAUSE_WORDS[cause]), points=points)
            for cause, points in zip(causes, self.effects(change, causes), strict=True)
            if change.effects[cause] is not None
        ]
        if parts:
            yield self.say(words, parts=grammar(self.language).join(parts))
        if change.unsplit is not None:
            yield self.say(TOGETHER, points=number(change.unsplit, signed=True))

    def more(self) -> Iterator[str]:
        """State what else matters: another target, the score before the floors, coverage, evidence, baseline."""
        yield from self.aimed()
        yield from self.floored()
        cards = self.comparison.old.card, self.comparison.new.card
        old, new = (card.overall for card in cards)
        yield self.say(
            MORE if cards[0].weights.baseline == cards[1].weights.baseline else MORE_UNLIKE,
            coverage=ARROW.format(covered(old.coverage), covered(new.coverage)),
            backed=ARROW.format(number(old.evidence_backed), number(new.evidence_backed)),
            baseline=ARROW.format(number(old.baseline_score), number(new.baseline_score)),
        )

    def aimed(self) -> Iterator[str]:
        """State that another rubric or correction by hand aims elsewhere: a target may be reached by being lowered."""
        old, new = self.comparison.old.card.overall.target, self.comparison.new.card.overall.target
        if not self.alike and difference(old, new):
            yield self.say(TARGET_MOVED, before=number(old), after=number(new))

    def floored(self) -> Iterator[str]:
        """State what the score is before the floors, where they take points, what moved it, and which floors broke."""
        uncapped, bit = self.comparison.uncapped, held(self.comparison)
        if bit and uncapped.total is not None:
            values = {"before": number(uncapped.before), "after": number(uncapped.after)}
            yield self.say(
                _("Before the floors: {before} → {after} ({change})."),
                **values,
                change=number(difference(uncapped.before, uncapped.after), signed=True),
            )
            if causes := self.shown_causes():
                yield from self.split(OF_UNCAPPED, uncapped, causes)
        old, new = self.comparison.old, self.comparison.new
        others = self.floors_alone(old, new), self.floors_alone(new, old)
        told = [(BROKE, old.floors, new.floors), (UNJUDGED, old.unjudged, new.unjudged), (OTHER_FLOORS, *others)]
        if bit or old.floors or new.floors:
            for words, then, now in told:
                if then or now:
                    yield self.say(words, before=self.listed(then), after=self.listed(now))

    def floors_alone(self, side: Side, other: Side) -> list[Text]:
        """Name the floors that one side has alone: one may hold by being lowered or taken away."""
        alone = {line: title for line, title in side.lines.items() if line not in other.lines}
        return [fill(FLOOR, part=title, below=number(float(below))) for (_node, below), title in alone.items()]

    def listed(self, titles: Sequence[Text]) -> str:
        """Name several things."""
        return grammar(self.language).list(self.say(title) for title in titles) or self.say(_("none"))

    def editions(self) -> Iterator[str]:
        """State under which questionnaire and rubric each was read."""
        for key in ("questionnaire", "weights"):
            names = [self.edition_name(side, key) for side in (self.comparison.old, self.comparison.new)]
            words = BOTH if names[0] == names[1] else EDITIONS
            yield self.say(words, what=self.say(WHAT_FIRST[key]), before=names[0], after=names[1])
        if self.comparison.overrides_changed:
            yield self.say(OVERRIDES)

    @property
    def alike(self) -> bool:
        """Whether both were read under one questionnaire and one rubric, with the same corrections by hand."""
        old, new = self.comparison.old, self.comparison.new
        named = (self.edition_name(old, key) == self.edition_name(new, key) for key in ("questionnaire", "weights"))
        return all(named) and not self.comparison.overrides_changed

    def edition_name(self, side: Side, key: str) -> str:
        """Name an edition; two that differ in content alone are told apart by their digest."""
        used = getattr(side, key).used
        other = getattr(self.comparison.new if side is self.comparison.old else self.comparison.old, key).used
        name = self.named(side, key, used.named if key == "weights" else used.id)
        alike = (used.named, used.version) == (other.named, other.version) and used.digest != other.digest
        mark = f" ({used.digest[7:15]})" if alike else ""
        return f"{name} {used.version}{mark}"

    def named(self, side: Side, key: str, id: str) -> str:
        """Name a rubric or a questionnaire by its id, or by its title for readers who know no ids."""
        if key == "weights":
            return self.say(side.rubric) + (f" [{id}]" if self.ids else "")
        return id if self.ids else self.say(self.questionnaires[side is self.comparison.new].title)

    # ---- as tables

    def shown_causes(self) -> tuple[Cause, ...]:
        """Name the causes worth a column: those that moved something, or of which that cannot be told.

        None where it can only be the answers.
        """
        whole = self.comparison.overall, self.comparison.uncapped
        changes = [*whole, *(node.change for node in self.comparison.nodes)]
        moving = {cause for cause in self.comparison.told if any(change.effects[cause] for change in changes)}
        untold = [change.effects for change in changes if change.why == "between"]
        moving |= {cause for cause in self.comparison.told if any(effects[cause] is None for effects in untold)}
        shown = tuple(cause for cause in CAUSES if cause in moving | {"answers"})
        return shown if len(shown) > 1 else ()

    def effects(self, change: Change, causes: Sequence[Cause]) -> list[str]:
        """Return effects rounded so that they add up to the change that is printed, where all of them are known."""
        return [number(part, signed=True) for part in effects_shown(change, causes)]

    def nodes(self, *, questions: bool = False) -> Table:
        """The change of every pillar and dimension (and question), the dimensions set in under their pillar."""
        causes, shown = self.shown_causes(), ("pillar", "dimension", *(("question",) if questions else ()))
        nodes = [node for node in self.comparison.nodes if node.level in shown]
        remarks = any(node.change.why for node in nodes)
        heads = (*names_of(self.comparison), self.say(_("change")), *(self.say(CAUSE_WORDS[cause]) for cause in causes))
        columns = [
            TableColumn(self.say(_("pillar, dimension")), 3.0),
            # As wide as its head, so that no word of it is broken: the name of a file where the years are the same.
            *(TableColumn(head, max(0.7, len(head) / 12), "right") for head in heads),
            *((TableColumn(self.say(_("remark")), 1.5),) if remarks else ()),
        ]
        rows = [self.node(node, causes, remarks=remarks) for node in nodes]
        return Table(tuple(columns), tuple(rows))

    def node(self, node: NodeChange, causes: Sequence[Cause], *, remarks: bool) -> tuple[Inline, ...]:
        """One row of the table of nodes."""
        indent = {"pillar": "", "dimension": "· ", "question": "· · "}[node.level]
        change = node.change
        return cells(
            indent + self.say(node.title),
            number(change.before),
            number(change.after),
            number(difference(change.before, change.after), signed=True),
            *self.effects(change, causes),
            *((self.say(WHY_WORDS[change.why]),) if remarks else ()),
        )


def effects_shown(change: Change, causes: Sequence[Cause]) -> list[float | None]:
    """Round the effects of causes so that they add up to the change that is printed, where all of them are known."""
    found, total = [change.effects[cause] for cause in causes], difference(change.before, change.after)
    known = [effect for effect in found if effect is not None]
    if total is None or len(known) < len(found) or abs((change.total or 0.0) - sum(known)) >= TOLERANCE:
        return found
    return list(adding_up(total, known))


def from_answers(change: Change) -> float | None:
    """Return what the answers did, as it is printed where all causes stand beside the change."""
    return dict(zip(CAUSES, effects_shown(change, CAUSES), strict=True))["answers"]


def held(comparison: AssessmentComparison) -> bool:
    """Return whether a floor took points then, now or on the way: the overall is another than before the floors.

    On the way: where new answers broke it, and other weights or another edition lifted it again.
    """
    stages = zip(comparison.overall.stages, comparison.uncapped.stages, strict=True)
    return any(number(after) != number(before) for after, before in stages)


def names_of(comparison: AssessmentComparison) -> tuple[str, str]:
    """Name the two assessments by the years they describe, else, where these tell nothing, by their files."""
    old, new = comparison.old, comparison.new
    periods = old.subject.period.strip(), new.subject.period.strip()
    return periods if all(periods) and periods[0] != periods[1] else (old.name, new.name)
