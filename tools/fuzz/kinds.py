"""What is fuzzed: for each kind of input a function that makes one, gives it to the program, and judges the outcome.

Three sorts of oracle. Whatever comes in: see `Trial.run`. Where a known mistake is planted in something sound, it must
be reported: that nothing wrong is accepted is asked of the program, not only that it does not fall. And what a report
says of an assessment must be what its figures say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tools.fuzz.arguments import arguments
from tools.fuzz.claims import claims
from tools.fuzz.content import answers, instrument, questionnaire, weights
from tools.fuzz.lives import lives
from tools.fuzz.people import keys, lines, settings
from tools.fuzz.reports import logos, picture, reports
from tools.fuzz.sources import sources
from tools.fuzz.tables import benchmarks, judgements, parquet, tables
from tools.fuzz.trial import CONTENT, HERE, SMALL, Trial

Make = Callable[[Random, Trial], object]


@dataclass(frozen=True)
class Fuzzed:
    """A kind of input. `portion`: trials that take about ten seconds of processor time."""

    make: Make
    portion: int


KINDS: Mapping[str, Fuzzed] = {
    "questionnaire": Fuzzed(questionnaire, 750),
    "weights": Fuzzed(weights, 1400),
    "answers": Fuzzed(answers, 900),
    "instrument": Fuzzed(instrument, 300),
    "csv": Fuzzed(tables, 500),
    "parquet": Fuzzed(parquet, 540),
    "benchmark": Fuzzed(benchmarks, 2500),
    "ahp": Fuzzed(judgements, 3000),
    "report": Fuzzed(reports, 300),
    "logo": Fuzzed(logos, 760),
    "settings": Fuzzed(settings, 800),
    "lines": Fuzzed(lines, 560),
    "keys": Fuzzed(keys, 10),
    "arguments": Fuzzed(arguments, 180),
    "sources": Fuzzed(sources, 320),
    "claims": Fuzzed(claims, 18),
    "lives": Fuzzed(lives, 70),
}
"""What is fuzzed, by the name it has on the command line."""


def prepare(trial: Trial) -> None:
    """Make what later trials spoil: a report and a benchmark file, made by the program itself."""
    trial.write("prepared/logo.png", picture("PNG"))
    made = ("prepared/report.pdf", "prepared/marks.json", "prepared/form.xlsx", "prepared/answers.json")
    trial.run("report", "answers.toml", "--logo", "prepared/logo.png", "-o", made[0], *CONTENT)
    marks = ("--minimum-group", "3", "--by", "fact.zone", "-o", made[1], *HERE)
    trial.run("cohort", "benchmark", "table.csv", *SMALL, *marks)
    trial.run("export", "small", "--to", "xlsx", "-o", "prepared/form.xlsx", *CONTENT)
    trial.run("export", "answers.toml", "--to", "json", "-o", "prepared/answers.json", *CONTENT)
    trial.run("weights", "list")  # reads what comes with the program, and keeps it in the cache
    if lacking := [name for name in made if not (trial.folder / name).exists()]:
        raise RuntimeError(f"the program did not make {lacking}: {trial.findings}")
