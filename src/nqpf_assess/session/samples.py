"""The filled samples: what each shows, in the reader's language; their files name places in one language only."""

import re
from collections.abc import Mapping

from nqpf_assess.locale import LANGUAGES, Text, _

SHOWN: Mapping[str, Text] = {
    "cluster_county": _("County of small factories: rich evidence, one check fires"),
    "ecological_county": _("Mountain county: its own weights lift it ten points"),
    "grain_county_quick": _("Grain county: the quick questions only"),
    "catch_up_county": _("Late starter: honest gaps, two parts without a score"),
    "energy_base_contradictory": _("Coal prefecture: too good to be true, checks fire"),
    "innovation_hub_city": _("University city: excellent, but capped by a floor"),
    "trade_hub_city": _("Trade hub: goods flow, little is made or researched here"),
    "border_county_override": _("Border county: a blend of two, weights set by hand"),
    "renewal_city_2024": _("Coal city after the coal, first year: a plan is ticked"),
    "renewal_city_2025": _("The same city a year later: compare the two"),
    "firm_specialised_unfinished": _("Firm, valves: three questions open, to go on with"),
    "firm_large_manufacturer": _("Firm, appliances, large: modern lines, key parts bought"),
    "firm_service": _("Firm, testing and design: a service, worded as one"),
    "firm_food_workshop": _("Firm, 31 people: weak, two floors, first small steps"),
    "firm_exporter": _("Firm, exporter: excellent, little left to plan"),
}
"""What each sample shows, in the order in which they are listed; others come behind."""


def sample_name(stem: str) -> Text:
    """Name a sample by whom it describes: what it shows without the rest; one of somebody's own by its file."""
    said = SHOWN.get(stem)
    return {language: stem if said is None else re.split("[:：]", said[language])[0] for language in LANGUAGES}
