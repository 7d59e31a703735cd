"""The assessment of last time, as a report holds it beside the one it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from nqpf_assess.engine.comparing import Assessment, compare
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import Comparison
from nqpf_assess.model.questionnaire import Questionnaire

EARLIER, NOW = _("last time"), _("this time")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Last time's assessment, and what changed since. `instrument`: what it is read under."""

    instrument: Instrument
    answers: Answers
    comparison: Comparison
    questionnaires: tuple[Questionnaire, Questionnaire]

    def told(self, language: str) -> Comparison:
        """Give the comparison with its sides named in words of the report, not by their files."""
        found = self.comparison
        names: Mapping[str, Text] = {"old": EARLIER, "new": NOW}
        sides = {key: replace(getattr(found, key), name=tell(words, language)) for key, words in names.items()}
        return replace(found, old=sides["old"], new=sides["new"])


def earlier_than(old: tuple[Instrument, Answers], new: tuple[Instrument, Answers], day: str) -> Earlier:
    """Compare last time's assessment with the one to report on. `day`: of the report, ISO 8601."""
    comparison = compare(Assessment("", old[1], old[0]), Assessment("", new[1], new[0]), date.fromisoformat(day))
    return Earlier(*old, comparison, (old[0].questionnaire, new[0].questionnaire))
