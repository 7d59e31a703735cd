"""What the commands that study a cohort share: their options, and the scores of their tables."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqpf_assess.cli.cohort_options import (
    ENGINE_OPTIONS,
    JOB_OPTIONS,
    MINIMUM_GROUP,
    NOT_WRITTEN,
    QUESTIONNAIRE,
    WEIGHTS,
    CohortProgress,
    engine_of,
    instruments_of,
    need,
    print_rows,
    print_totals,
)
from nqpf_assess.cli.commands import Refused, Settings, option
from nqpf_assess.cli.output import print_note
from nqpf_assess.cli.targets import refuse_existing
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed

if TYPE_CHECKING:
    import pyarrow as pa

    from nqpf_assess.cohort.rubrics import Instruments
    from nqpf_assess.cohort.study import Study

BY = option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    words=_("Column to group by; several: by each combination."),
)
HERDING = (
    option(
        "--herding",
        multiple=True,
        metavar="ID",
        words=_("Question or fact whose choices are counted; may repeat."),
    ),
    option(
        "--herding-share",
        type=click.FloatRange(0, 1),
        default=0.3,
        metavar="SHARE",
        words=_("Share from which choosing alike is flagged."),
    ),
)


NO_EDITION = _(
    "{paths}: it is not said there by which edition these scores were made; they are taken for scores by {edition}"
)
UNCOUNTED = _("what was chosen at “{id}” is not counted: fewer than {minimum} respondents chose anything there")


def rooms_of(pairs: Sequence[str]) -> dict[str, int]:
    """Read `--room OPTION=N`."""
    found = {}
    for pair in pairs:
        name, _equals, number = pair.partition("=")
        if not name.strip() or not number.strip().isdecimal():
            raise Refused(fill(_("--room wants OPTION=N, not “{pair}”"), pair=pair))
        found[name.strip()] = int(number)
    return found


STUDY_OPTIONS = (
    QUESTIONNAIRE,
    WEIGHTS,
    *ENGINE_OPTIONS,
    MINIMUM_GROUP,
    *JOB_OPTIONS,
)


@dataclass(frozen=True)
class Studied:
    """A study, what it was made with, and the exit status that the problems of its table ask for."""

    study: "Study"
    instruments: "Instruments"
    status: int


@contextmanager
def studied(
    settings: Settings, tables: tuple[str, ...], asked: Mapping[str, Any], *, by: tuple[str, ...] = ()
) -> Iterator[Studied | None]:
    """Return the study of tables, scored first where they hold no scores; None where the content has errors."""
    need("cohort", "numpy", "pyarrow")
    from nqpf_assess.cohort.scores import MOST_NAMED, of_no_edition, refuse_other_editions, scores_of
    from nqpf_assess.cohort.study import Study
    from nqpf_assess.cohort.wording import (
        LEFT_OUT,
        LEFT_OUT_LATER,
        SCORES_ALONE,
        SEVERAL_BASELINES,
        SEVERAL_YEARS,
        SOME_CORRECTED,
        SOME_PARTS,
        SOME_QUICK,
        SOME_UNDATED,
    )

    chosen = instruments_of(settings, asked["questionnaire"], asked["weights"])
    engine = engine_of(asked["engine"], jobs=asked["jobs"], master=asked["master"], conf=asked["conf"])
    progress = CohortProgress(settings)
    names = ("quick", "batch", "encoding", "delimiter", "problems", "strict", "strict_columns", "resume")
    options = {name: asked[name] for name in names} | {"language": settings.language}
    with scores_of(
        chosen.instruments,
        tables,
        engine=engine,
        watch=progress,
        say=lambda said: print_note(settings.tell(said)),
        **options,
    ) as scores:
        progress.clear()
        if scores.outcome is not None:
            outcome = scores.outcome
            print_rows(settings, outcome.shown, sum(outcome.problems.values()), asked["problems"])
            print_totals(settings, rows=outcome.rows, scored=outcome.scored, problems=outcome.problems)
        if not scores.files:
            print_note(settings.tell(NOT_WRITTEN))
            yield None
            return
        refuse_other_editions(scores, chosen.instruments)
        if unsaid := of_no_edition(scores):
            edition = f"{chosen.book.value.id} {chosen.book.value.version}"
            print_note(settings.tell(NO_EDITION, paths=listed(unsaid, MOST_NAMED), edition=edition))
        if scores.left_out:
            print_note(settings.tell(LEFT_OUT, count=scores.left_out, n=f"{scores.left_out:,}"))
        if later := scores.left_out_later():
            print_note(settings.tell(LEFT_OUT_LATER, count=later, n=f"{later:,}"))
        if len(scores.modes()) > 1:
            print_note(settings.tell(SOME_QUICK))
        if scores.alone:
            print_note(settings.tell(SCORES_ALONE))
        if scores.corrected():
            print_note(settings.tell(SOME_CORRECTED))
        if len(years := scores.years()) > 1:
            print_note(settings.tell(SEVERAL_YEARS, years=listed(str(year) for year in years)))
        if years := scores.years_of_some():
            print_note(settings.tell(SOME_UNDATED, years=listed(map(str, years))))
        if scores.mixes_parts():
            print_note(settings.tell(SOME_PARTS))
        bands = tuple(dict.fromkeys(id for rubric in chosen.instruments.all for id in rubric.rules.bands))
        study = Study(chosen.book.value, scores, by, asked["minimum_group"], bands)
        baselines = chosen.instruments.baselines_of(scores.coded("weights")[1])
        if study.total == "baseline_score" and len(baselines) > 1:
            print_note(settings.tell(SEVERAL_BASELINES, n=len(baselines)))
        yield Studied(study, chosen.instruments, int(scores.outcome is not None and scores.outcome.grave))


def print_uncounted(settings: Settings, study: "Study", ids: Sequence[str], alike: "pa.Table") -> None:
    """Print of which questions and facts no choices are counted, since few made one."""
    counted = set(alike["what"].to_pylist())
    for id in dict.fromkeys(ids):
        if id not in counted:
            print_note(settings.tell(UNCOUNTED, id=id, minimum=study.minimum))


def refuse_place(output: str, tables: tuple[str, ...], problems: str | None, *, taken: bool = True) -> None:
    """Refuse, before any row is read, a file that cannot be written; `taken`: one that is there may be replaced."""
    need("cohort", "numpy", "pyarrow")
    from nqpf_assess.cohort.job import refuse_other_than_problems, refuse_sources
    from nqpf_assess.files.places import refuse_no_folder

    refuse_no_folder(Path(output))
    if problems:
        refuse_other_than_problems(Path(problems), output)
    refuse_sources([Path(output)], tables)
    if not taken:
        refuse_existing(Path(output))


def write_text(path: Path, content: str) -> None:
    """Write a text file whole or not at all."""
    from nqpf_assess.files.store import write_whole

    write_whole(path, content.encode())
