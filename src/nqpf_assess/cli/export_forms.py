"""Excel forms by holder: a workbook for each bureau or department with what it holds, and a list of who got what."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.cli.answer_files import Batch, library_of, open_answers
from nqpf_assess.cli.commands import Settings
from nqpf_assess.cli.export_answers import replace_together
from nqpf_assess.cli.output import print_note
from nqpf_assess.files.places import shown
from nqpf_assess.files.unchanged import is_unchanged
from nqpf_assess.locale import _, _n, tell
from nqpf_assess.locale.grammar import listed as joined
from nqpf_assess.model.answers import Subject

if TYPE_CHECKING:
    from nqpf_assess.engine.instrument import Instrument
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.questionnaire import Questionnaire

LIST = _("who-got-what")
SENT = _n(
    "{count} form is written, and the list of who got what.", "{count} forms are written, and the list of who got what."
)
NOTHING_MISSING = _("{name}: nothing is missing, so there is no form to send.")
EARLIER = _("also in {folder}, from an earlier time and not in the list: {names}")
HOLDS_NONE = _("the list of who got which form; it holds no answers")


def held_by(questionnaire: "Questionnaire", language: str) -> dict[str, list[str]]:
    """Group all that is asked by who usually holds it, who holds most first; "" where nobody is named."""
    found: dict[str, list[str]] = {}
    for id, asked in questionnaire.asked.items():
        found.setdefault(tell(asked.holder, language) if asked.holder else "", []).append(id)
    return dict(sorted(found.items(), key=lambda item: (not item[0], -len(item[1]))))


def missing_from(instrument: "Instrument", answers: "Answers", language: str) -> dict[str, list[str]]:
    """Group what is still missing by who usually holds it, as the sheet of missing items does."""
    from nqpf_assess.model.problem import UserError
    from nqpf_assess.session.answering import Session
    from nqpf_assess.session.clock import clock
    from nqpf_assess.session.keeping import NoFile
    from nqpf_assess.session.reviewing import missing_by_holder

    session = Session(instrument, answers, NoFile(UserError({})), clock())
    return {holder: [id for _table, id in rows] for holder, rows in missing_by_holder(session, language).items()}


def forms_of_missing(settings: Settings, paths: Sequence[Path], output: str, **content: str | None) -> int:
    """Write forms of what answer files lack; several files each get a folder of their own."""
    from nqpf_assess.files.naming import file_name

    batch, library = Batch(settings), library_of(settings)
    files = tuple(dict.fromkeys(batch.answer_files(paths)))
    taken: set[str] = set()
    for path in files:
        with batch.each():
            instrument, answers = open_answers(settings, library, path, **content)
            groups = missing_from(instrument, answers, settings.language)
            if not groups:
                print_note(settings.tell(NOTHING_MISSING, name=answers.subject.name or path.stem))
                continue
            folder = Path(output)
            if len(files) > 1:
                # Several may answer for one place and year: none loses its forms to the next.
                stem = file_name(answers.subject, path.stem)
                names = (stem, *(f"{stem}-{number}" for number in range(2, len(files) + 1)))
                name = next(name for name in names if name.casefold() not in taken)
                taken.add(name.casefold())
                folder /= name
            write_by_holder(settings, instrument.questionnaire, groups, folder, of=path.stem, subject=answers.subject)
    return batch.status


def write_by_holder(
    settings: Settings,
    questionnaire: "Questionnaire",
    groups: Mapping[str, Sequence[str]],
    folder: Path,
    *,
    of: str,
    subject: Subject | None = None,
) -> None:
    """Write a form for each holder into a folder, and the list of who gets what as a table; `of` begins their names."""
    from nqpf_assess.exchange.exporting import FORM_BEGINNINGS
    from nqpf_assess.exchange.holder_forms import HEAD, LISTS, NOBODY, form_names, forms_listed
    from nqpf_assess.exchange.tables import csv_text
    from nqpf_assess.exchange.xlsx_form import FormWish, xlsx_form
    from nqpf_assess.model.questionnaire import title_of

    language = settings.language
    spoken = tuple(questionnaire.languages) if settings.both else (language,)
    rows: list[list[str]] = [[settings.tell(words) for words in HEAD]]
    files = []
    names = form_names(of, groups, language)
    for name, (holder, ids) in zip(names, groups.items(), strict=True):
        form = xlsx_form(questionnaire, FormWish(spoken, frozenset(ids), holder, subject))
        files.append((folder / name, form, FORM_BEGINNINGS["xlsx"]))
        called, count = holder or settings.tell(NOBODY), str(len(ids))
        rows += [[called, name, count, id, tell(title_of(questionnaire, id), language)] for id in ids]
    listed = folder / f"{of}-{settings.tell(LIST)}.csv"
    before = forms_listed(listed)
    replace_together([(listed, csv_text(rows).encode(), LISTS), *files])
    print_note(settings.tell(SENT, count=len(groups)))
    # Whoever sends round what lies there would ask for it again of those who hold nothing that is missing any more.
    if earlier := sorted(name for name in before - {*names} if is_unchanged(folder / name, *FORM_BEGINNINGS["xlsx"])):
        print_note(settings.tell(EARLIER, folder=shown(folder), names=joined(earlier)))
