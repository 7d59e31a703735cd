"""`cohort benchmark TABLE|SCORES...`: medians and quartiles by group, without a single respondent."""

import json
from pathlib import Path
from typing import Any

from nqpf_assess.cli.cohort import step
from nqpf_assess.cli.cohort_options import TABLES
from nqpf_assess.cli.cohort_studying import (
    BY,
    HERDING,
    STUDY_OPTIONS,
    print_uncounted,
    refuse_place,
    studied,
    write_text,
)
from nqpf_assess.cli.commands import Settings, option, with_options, words_typed
from nqpf_assess.cli.output import print_data, print_json
from nqpf_assess.cli.targets import OTHER_NAME, refuse_other_ending
from nqpf_assess.files.presence import is_file
from nqpf_assess.files.unchanged import is_unchanged
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

FOREIGN = _("{path} is no benchmark file of ours, or was changed since")
BEGINNING = b'{\n "format": "nqpf-benchmark/'
TOO_FEW = _("fewer than {minimum} respondents have a score; there is nothing that may be published")


@step("benchmark", to_the_end=True)
@TABLES
@with_options(
    option(
        "-o",
        "--output",
        required=True,
        metavar="FILE.json",
        words=_("Benchmark file to write."),
    ),
    BY,
    *HERDING,
    option(
        "--period",
        default="",
        metavar="TEXT",
        callback=words_typed,
        words=_("Period to state; leaves no row out. Default: the years that a column “period” names."),
    ),
    *STUDY_OPTIONS,
)
def command(
    settings: Settings, *, tables: tuple[str, ...], output: str, by: tuple[str, ...], period: str, **asked: Any
) -> int:
    """Write a benchmark file."""
    refuse_place(output, tables, asked["problems"])
    if is_file(Path(output)) and not is_unchanged(Path(output), BEGINNING):
        raise UserError(fill(FOREIGN, path=output), hint=OTHER_NAME, status=3)
    refuse_other_ending(output, ".json")
    with studied(settings, tables, asked, by=by) as found:
        if found is None:
            return 1
        from nqpf_assess.cohort.filing import benchmark_of
        from nqpf_assess.cohort.herding import herding

        alike = herding(found.study, asked["herding"], asked["herding_share"])
        print_uncounted(settings, found.study, asked["herding"], alike)
        made = benchmark_of(found.study, found.instruments, period, alike)
        if not made["groups"]:
            raise UserError(fill(TOO_FEW, minimum=found.study.minimum))
        write_text(Path(output), json.dumps(made, ensure_ascii=False, indent=1) + "\n")
        if asked["as_json"]:
            print_json(made)
        else:
            print_data(output)
        return found.status
