"""Which weights fit here: the profiles with why, one in full, corrections by hand."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on

from nqpf_assess.engine.phrasing import statements
from nqpf_assess.engine.profiles import Fit, Suggestion
from nqpf_assess.engine.rubric import ledger
from nqpf_assess.files.places import shown as shown_path
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _, _n
from nqpf_assess.model.answers import Answers, Override
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.weights import Chain
from nqpf_assess.pages.suggestion import LEFT_OUT, reason, would_speak
from nqpf_assess.report.ledger_words import move_words, undecided_words
from nqpf_assess.report.wording import answer, number, percent
from nqpf_assess.session.answering import Session
from nqpf_assess.session.blending import SHARES, Blended, blended, may_be_blended, pair_that_fits, shares_in_use
from nqpf_assess.session.overriding import corrected, held, without
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import one_line, pad
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Look, Part, Row, columns, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech, numbered
from nqpf_assess.tui.frame.forms import FormPage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import HELP, MENU, SEARCH
from nqpf_assess.tui.widgets.fields import to_go_on
from nqpf_assess.tui.widgets.list import How, RowList

INTRODUCTION = _(
    "A profile says what counts more and what less for places or firms of one kind, and what is a sensible target "
    "there. "
    "It never changes an answer. The baseline score always stands beside the local one."
)
FITS: dict[Fit, Text] = {
    "fits": _("also fits"),
    "baseline": _("general, for all"),
    "unknown": _("cannot be told yet"),
    "differs": _("does not fit"),
    "unstated": _("does not say where it fits"),
}
SUGGESTED = _("suggested here")
IN_USE = _("in use")
NEEDED = _("Not known yet; this would speak for it: {facts}")
TAKE = _("Take this profile")
TAKEN = _("This profile is in use")
WHY = _("Why")
WHAT = _("What it moves here")
REST = _("All other parts keep their weights; their shares shrink or grow with what is moved.")
NOTHING_MOVED = _("It moves no weight and no target.")

TAKE_FIRST = _("Take “{name}” and go on to the questions")
KEEP = _("Keep “{name}” and go on to the questions")
OTHER_FACTS = _n(
    "Answer the one other local condition first",
    "Answer the {count} other local conditions first, for blends and measures",
)
ALL_PROFILES = _("All profiles, to look at and to blend")
BOTH_FIT = _("More than one profile fits: blend “{first}” with “{second}” …")
BLEND_WITH = _("Blend it with the one in use, “{name}” …")
BLEND_INSTEAD = _("Blend it with “{name}” alone, instead of the blend in use …")
BETWEEN = _("Between “{first}” and “{second}”: how much of each?")
ALONE = _("“{name}” alone")
SCORE_WOULD_BE = _("score {score}")
SLIDER = 17
"""Cells of the slider."""

MORE_OF_FIRST = Act("slide(-1)", "left", _("More of the first profile"))
MORE_OF_SECOND = Act("slide(1)", "right", _("More of the second profile"), _("More of the second"))


def profile_rows(session: Session, found: Sequence[Suggestion], speech: Speech) -> tuple[Row, ...]:
    """List the profiles: the suggested one first, each with why."""
    rows, glyphs = [quiet(speech.tell(INTRODUCTION)), BLANK], speech.glyphs
    shares = shares_in_use(session.instrument)
    suggested = found[0] if found and found[0].fit in ("fits", "baseline") else None
    present = session.instrument.name
    ways: list[tuple[str, str]] = []
    if suggested is not None and shares.get(suggested.profile.id) != 1:
        ways.append(("take", speech.tell(TAKE_FIRST, name=suggested.profile.name)))
    keep = ("keep", speech.tell(KEEP, name=present))
    ways.insert(0 if suggested is not None and suggested.profile.id in shares else len(ways), keep)
    if left := sum(session.state("facts", id) == "blank" for id in session.order("facts")):
        ways.append(("facts", speech.tell(OTHER_FACTS, count=left)))
    rows += [*numbered(ways), BLANK, heading(speech.tell(ALL_PROFILES))]
    if faulty := session.left_out():
        rows.append(quiet(speech.tell(LEFT_OUT, names=speech.grammar.list(map(shown_path, faulty)))))
    for suggestion in found:
        profile, first = suggestion.profile, suggestion is suggested
        used = profile.id in shares
        fit = speech.tell(SUGGESTED if first else FITS[suggestion.fit])
        share = f" {percent(shares[profile.id])}" if used and len(shares) > 1 else ""
        tail = f"{fit}{glyphs.dot}{speech.tell(IN_USE)}{share}" if used else fit
        look: Look = "strong" if used or first else "plain"
        tail_look: Look = "good" if first else "quiet"
        lead = f"{glyphs.chosen if used else glyphs.free} "
        rows.append(Row(speech.line(profile.name), profile.id, look, lead=lead, tail=tail, tail_look=tail_look))
        if suggestion.fit == "unknown":
            missing = [id for id in suggestion.facts if state_of(session, id) != "answered"]
            why = would_speak(suggestion, missing, session.instrument.questionnaire, speech.language)
            why = speech.grammar.sentence(speech.tell(NEEDED, facts=why)) if why else ""
        elif suggestion.fit == "fits":
            why = reason(suggestion, session.instrument.questionnaire, speech.language)
        else:
            why = speech.line(profile.about) if suggestion.fit == "baseline" and first else ""
        rows += [quiet(why, lead="  ")] if why else []
    if pair := pair_that_fits(found):
        one, other = (speech.line(chain[-1].name) for chain in pair)
        rows += [BLANK, Row(speech.tell(BOTH_FIT, first=one, second=other), "blend:", lead="  ")]
    return tuple(rows)


def state_of(session: Session, id: str) -> str:
    """Return the state of a fact, or of a question on which a profile hangs too."""
    return session.state("facts" if id in session.instrument.questionnaire.facts else "answers", id)


def profile_detail(session: Session, suggestion: Suggestion, speech: Speech) -> tuple[Row, ...]:
    """Render one profile in full: about, why, every weight and target it would move here with the reason."""
    profile, questionnaire = suggestion.profile, session.instrument.questionnaire
    used = shares_in_use(session.instrument).get(profile.id) == 1
    rows = [Row(speech.words(profile.about)) if profile.about else BLANK, BLANK]
    if used:
        rows.append(Row(speech.tell(TAKEN), look="good"))
    else:
        rows.append(Row(speech.tell(TAKE), id="take", key="1", lead="1  "))
        if may_be_blended(session.instrument.chain, suggestion.chain):
            name = speech.line(session.instrument.profile.name)
            words = BLEND_INSTEAD if session.instrument.further else BLEND_WITH
            rows.append(Row(speech.tell(words, name=name), id="blend", key="2", lead="2  "))
    rows.append(BLANK)
    if suggestion.facts:
        first = next((one.profile.id for one in session.suggested() if one.fit == "fits"), None)
        fit = SUGGESTED if profile.id == first else FITS[suggestion.fit]
        rows.append(heading(speech.tell(WHY), speech.tell(fit)))
        if suggestion.fit == "fits":
            holding = statements(suggestion.holding, questionnaire, speech.language)
            rows += [Row(speech.grammar.sentence(words), lead="  ") for words in holding]
        for id in suggestion.facts if suggestion.fit != "fits" else ():
            text = speech.line(title_of(questionnaire, id))
            given = answer(id, questionnaire, session.view, speech.language)
            state = state_of(session, id)
            sign = " " if state == "answered" else speech.glyphs.states[state]  # ✓ would read as speaking for it
            rows.append(Row(f"{text}{speech.grammar.space}{given}", lead=f"{sign} "))
        rows.append(BLANK)
    rows.append(heading(speech.tell(WHAT)))
    rows += [Row(move_words(row, questionnaire, speech.language), lead="  ") for row in suggestion.moves]
    return (*rows, quiet(speech.tell(REST if suggestion.moves else NOTHING_MOVED)))


# ---- corrections by hand

CORRECTIONS = _(
    "Weights and targets that rubric and corrections set here. What is not assessed leaves its weight to its "
    "neighbours, and the results tell of a pillar the target that its dimensions come to. Enter corrects one; the "
    "reason you give is printed in the report."
)
HEADS = _("baseline|here|target")
BY_HAND = _("by hand")


def ledger_rows(session: Session, speech: Speech) -> tuple[Row, ...]:
    """List pillars and dimensions, and questions that are corrected, with their share of the whole and target."""
    questionnaire, room, sizes = session.instrument.questionnaire, speech.cells - 36, (9, 9, 9)
    heads = columns(speech.tell(HEADS).split("|"), sizes, "quiet")
    undecided = undecided_words(session.instrument, session.view, speech.language)
    told = [quiet(words) for words in (speech.tell(CORRECTIONS), undecided) if words]
    rows = [*told, BLANK, Row(parts=(Part(" " * room), *heads))]
    for row in ledger(session.instrument, session.assessed.rubric):
        pillar, question = row.node in questionnaire.pillars, row.node in questionnaire.questions
        corrected_here = row.by_hand is not None
        if question and not corrected_here:
            continue
        title = speech.line(title_of(questionnaire, row.node))
        name = Part(pad("  " * (0 if pillar else 2 if question else 1) + title, room), "heading" if pillar else "plain")
        texts = (percent(row.share_baseline, 1), percent(row.share_final, 1), number(row.target))
        before, here, target = columns(texts, sizes)
        moved = row.share_baseline != row.share_final
        by_hand = f" {speech.tell(BY_HAND)}" if corrected_here else ""
        figures = (before._replace(look="quiet"), here._replace(look="strong" if moved else "plain"), target)
        rows.append(Row(id=row.node, parts=(name, *figures, Part(by_hand, "warn"))))
    return tuple(rows)


CHOSEN = _("Now in use: {name}")
TAKEN_ON = _("Now in use: {name}. Ctrl+Z takes it back.")


class ProfilesPage(ListPage):
    """Lists the profiles; the suggested one first."""

    TITLE_WORDS: ClassVar[Text] = _("Which weights fit here")
    ACTS = (CLOSE, *PAGING, SEARCH)
    EXPLAINED = (
        _(
            "The profile that fits the local conditions best stands first, with the facts that speak for it. Enter "
            "shows exactly which weights and targets it would move; nothing changes until you take it."
        ),
    )

    def rows(self) -> tuple[Row, ...]:
        """List the ways on, then the profiles."""
        session = self.bench.session
        return profile_rows(session, session.suggested(), self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take the suggestion or keep what is in use and go on; show one in full, or blend the two that fit."""
        session = self.bench.session
        if id == "facts":
            self.dismiss(id)
            return
        if id in ("take", "keep"):
            if id == "take":
                self.bench.changed(session.choose_profile(session.suggested()[0].chain))
                if self.bench.screen is not self:  # what is asked of a file that others changed comes first
                    return
            name = session.instrument.name
            self.bench.step_to("questions", self.speech.tell(TAKEN_ON if id == "take" else CHOSEN, name=name))
            return
        pair = pair_that_fits(session.suggested()) if id == "blend:" else None
        self.bench.push_screen(BlendPage(*pair) if pair else ProfilePage(id), self._taken)

    def _taken(self, name: Text | None) -> None:
        """Go on with the questions once a profile or a blend was taken, or the one that was in use anyway."""
        if name is not None:
            changed = self.bench.session.last_change
            words = TAKEN_ON if changed is not None and changed[0] == "weights" else CHOSEN
            self.bench.step_to("questions", self.speech.tell(words, name=name))


class ProfilePage(ListPage):
    """Shows one profile in full, to take or to leave."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self._profile = id

    @property
    def _suggestion(self) -> Suggestion:
        return next(s for s in self.bench.session.suggested() if s.profile.id == self._profile)

    def title_text(self) -> str:
        """Return the profile's name."""
        return self.speech.line(self._suggestion.profile.name)

    def rows(self) -> tuple[Row, ...]:
        """Render it."""
        return profile_detail(self.bench.session, self._suggestion, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take it, or blend it with the one in use."""
        chain, session = self._suggestion.chain, self.bench.session
        if id == "blend":
            self.bench.push_screen(BlendPage(session.instrument.chain, chain), self._blended)
            return
        self.bench.changed(session.choose_profile(chain))
        if self.bench.screen is self:  # and not what is asked of a file that others changed
            self.dismiss(chain[-1].name)

    def _blended(self, name: Text | None) -> None:
        if name is not None:
            self.dismiss(name)


def blend_row(position: Blended, place_number: int, session: Session, name: str, speech: Speech) -> Row:
    """Draw one position of the slider: the shares of both, as a bar too, and what the score would be."""
    glyphs, share = speech.glyphs, float(position.share)
    used = position.instrument.profiles == session.instrument.profiles
    place = round(share / float(SHARES[-1]) * (SLIDER - 1))
    slider = glyphs.rule * place + glyphs.chosen + glyphs.rule * (SLIDER - 1 - place)
    score = speech.tell(SCORE_WOULD_BE, score=number(position.score))
    tail = f"{score}{glyphs.dot}{speech.tell(IN_USE)}" if used else score
    words = f"{percent(1 - share)} + {percent(share)}" if share else speech.tell(ALONE, name=name)
    look: Look = "strong" if used else "plain"
    lead = f"{glyphs.chosen if used else glyphs.free}  {place_number}  {slider}  "
    key = str(place_number)
    return Row(words, f"share:{key}", look, lead=lead, tail=tail, tail_look="strong", key=key, whole=False)


class BlendPage(ListPage):
    """A slider of five positions between two profiles: the score under each, and what the one marked moves here."""

    TITLE_WORDS: ClassVar[Text] = _("Blend of two profiles")
    ACTS = (CLOSE, MORE_OF_FIRST, MORE_OF_SECOND, *PAGING)
    EXPLAINED = (
        _(
            "For a place or firm that is two things at once. The weights and targets of both count by their shares; "
            "the floors of both hold. Each line shows what your score would be; Enter takes the line that is marked."
        ),
    )

    def __init__(self, first: Chain, second: Chain) -> None:
        super().__init__()
        self._pair = (first, second)
        self._scored: tuple[Answers, tuple[Blended, ...]] | None = None

    @property
    def _positions(self) -> tuple[Blended, ...]:
        """The positions for the answers and corrections there are now, which an undo or another writer may change."""
        answers = self.bench.session.answers
        if self._scored is None or self._scored[0] is not answers:
            self._scored = answers, blended(self.bench.session, *self._pair)
        return self._scored[1]

    def hinted(self) -> tuple[Act, ...]:
        """Show how to move the slider and to take a blend."""
        return (CHOOSE, MORE_OF_SECOND, CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Draw the slider, then what the position under the cursor moves."""
        session, speech = self.bench.session, self.speech_in(self.size.width - EDGES)
        first, second = (speech.line(chain[-1].name) for chain in self._pair)
        rows = [quiet(speech.tell(BETWEEN, first=first, second=second)), BLANK]
        for place, position in enumerate(self._positions, start=1):
            rows.append(blend_row(position, place, session, first, speech))
        at = int((self.list.current or "share:1").partition(":")[2])
        moves, questionnaire = self._positions[at - 1].moves, session.instrument.questionnaire
        lines = [Row(move_words(row, questionnaire, speech.language), lead="  ") for row in moves]
        return (*rows, BLANK, heading(speech.tell(WHAT)), *(lines or [quiet(speech.tell(NOTHING_MOVED))]))

    def paint(self) -> None:
        """Draw; the cursor begins on the position in use, else in the middle."""
        if self.list.current is None:
            used = [p.instrument.profiles == self.bench.session.instrument.profiles for p in self._positions]
            at = used.index(True) if any(used) else len(used) // 2
            self.list.show(self.rows(), at=f"share:{at + 1}")
        super().paint()

    @on(RowList.Moved, "#rows")
    def _moved(self, message: RowList.Moved) -> None:
        message.stop()
        self.paint()

    def action_slide(self, by: int) -> None:
        """Move the slider by one position."""
        self.list.action_step(by)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take the blend; arrows move the slider, and its effect is seen before."""
        position = self._positions[int(id.partition(":")[2]) - 1]
        instrument = position.instrument
        self.bench.changed(self.bench.session.choose_profile(instrument.chain, instrument.further))
        if self.bench.screen is self:
            self.dismiss(instrument.name)


class OverridesPage(ListPage):
    """Lists weights and targets as they apply here, to correct them by hand."""

    TITLE_WORDS: ClassVar[Text] = _("Weights and targets here")

    def rows(self) -> tuple[Row, ...]:
        """List pillars and dimensions."""
        return ledger_rows(self.bench.session, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Correct one."""
        self.hush()  # what was said of the correction before
        self.bench.push_screen(OverridePage(id))


FACTOR = _("Factor for the weight (1 = as it is, 0 = switched off)")
TARGET_FIELD = _("Target, 0 to 100")
REASON_FIELD = _("Reason (printed in the report)")
TAKE_CORRECTION = _("Take this correction")
REMOVE = _("Take the correction away")


class OverridePage(FormPage):
    """A form: factor, target, reason."""

    FOR_ANSWERS = True
    ACTS = (CLOSE,)
    TAKE_WORDS = TAKE_CORRECTION
    AUTO_FOCUS = "#factor"
    FIELDS = (("factor", FACTOR), ("target", TARGET_FIELD), ("why", REASON_FIELD))
    GO = "save"
    LONGEST = 1000

    def __init__(self, node: str) -> None:
        super().__init__()
        self._node = node

    def filled(self) -> Mapping[str, str]:
        """Return the correction there is."""
        override = held(self.bench.session, self._node)
        values = {id: getattr(override, id, None) for id, _name in self.FIELDS}
        return {id: "" if value is None else one_line(to_go_on(str(value))) for id, value in values.items()}

    def title_text(self) -> str:
        """Return the node's title."""
        return self.speech.line(title_of(self.bench.session.instrument.questionnaire, self._node))

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return self.in_form(CLOSE)

    def paint(self) -> None:
        """Name the fields and list what can be done."""
        self.name_fields()
        rows = [Row(self.speech.tell(TAKE_CORRECTION), id="save", key="1", lead="1  ")]
        if held(self.bench.session, self._node):
            rows.append(Row(self.speech.tell(REMOVE), id="remove", key="2", lead="2  "))
        self.list.show([*rows, BLANK, quiet("")], keep=True)

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        if message.id == "remove":
            self._correct(without(self.bench.session, self._node))
        else:
            self.take_held()

    def take_held(self) -> None:
        """Take the correction that is typed."""
        typed = {id: self.field(id).value for id, _ in self.FIELDS}
        self._correct(corrected(self.bench.session, self._node, **typed))

    def _correct(self, found: Sequence[Override] | Refusal) -> None:
        if isinstance(found, Refusal):
            self.say(found.why, "warn")
            return
        self.bench.changed(self.bench.session.override(found))
        if self.bench.screen is self:
            self.dismiss(None)
