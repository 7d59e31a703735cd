"""The words of the report on a cohort, in both languages."""

from collections.abc import Mapping

from nqpf_assess.locale import Text, _, _n

TITLE, TITLE_OTHER = _("Cohort report on new quality productive forces"), _("Cohort report")
SUBTITLE = _("How the respondents stand beside each other")
NOTICE = _(
    "Made from self-assessments. All figures are relative: they compare the respondents with each other; they are "
    "no audit, certification or appraisal."
)
FOOTER = _("Questionnaire {digest} · relative figures from self-assessments")
RESPONDENTS = _("Respondents")
PROFILES = _("Profiles")
GROUPED = _("Grouped by")
NOT_GROUPED = _("not grouped")
VERSION = _("Questionnaire")
DATE = _("Date of the report")

VERDICT = _("The middle half of the scores lies between {low} and {high}; the median is {median}")
VERDICT_ALIKE = _("Of the {n} with a score at least half lie at {median}")
VERDICT_BASELINE = _("The middle half of the baseline scores lies between {low} and {high}; the median is {median}")
VERDICT_ALIKE_BASELINE = _("Of the {n} with a baseline score at least half have one of {median}")
TOO_FEW = _("Fewer than {minimum} respondents have a score; no statistics are shown")
TOO_FEW_BASELINE = _("Fewer than {minimum} respondents have the baseline score that they are compared by")
SCORED = _("With a score")
SCORED_BASELINE = _("With a baseline score")
OF_ALL = _("of {n} respondents")
MEDIAN = _("Median")
MIDDLE = _("Middle half")
MIDDLE_NOTE = _("lower to upper quartile")
GINI = _("Gini")
GINI_NOTE = _("0: all alike")
THEIL = _("Theil")
UNSCORED = _n(
    "{n} respondent has no such score: too little that counts is asked and answered, or a profile is named that "
    "there is not.",
    "{n} respondents have no such score: too little that counts is asked and answered, or a profile is named that "
    "there is not.",
)
LEFT_OUT = _n(
    "{n} row was left out, since its respondent stands there already: the first row of each counts.",
    "{n} rows were left out, since their respondent stands there already: the first row of each counts.",
)
LEFT_OUT_LATER = _n(
    "{n} of those left out describes a later time than the row that counts.",
    "{n} of those left out describe a later time than the row that counts.",
)
FLOORED = _(
    "Below a floor of their own profile: {below} of {n} respondents. A floor caps the score; without it {held} of "
    "these scores would be higher. Scores that are alike at a cap may stand for unlike results."
)
FLOORED_BASELINE = _(
    "Below a floor of their own profile: {below} of {n} respondents; under that profile it caps the score of {held} of "
    "them. A baseline score is capped by the floors of the baseline. Scores that are alike at a cap may stand for "
    "unlike results."
)
RELATIVE = _("Relative")
RELATIVE_WORDS = _(
    "These figures say how respondents stand beside each other, not how good any of them is. What each respondent "
    "needs is in its own report."
)
SEVERAL_PROFILES = _(
    "The respondents are under different profiles: of the whole the baseline scores are compared; scores of pillars "
    "and dimensions, bands, floors and targets are those by the profile of each."
)
ALL_QUICK = _("All respondents are quick screenings, scored by the core questions alone.")
SOME_QUICK = _(
    "Some of the respondents are quick screenings, scored by the core questions alone; their scores differ from the "
    "others' by that too."
)
SOME_CORRECTED = _(
    "Weights of some of the respondents were corrected by hand; their scores differ from the others' by that too."
)
OWN_CORRECTED = _(
    "Weights of some of the respondents were corrected by hand; that counts in what is by their own profile, not in "
    "their baseline scores."
)
SCORES_ALONE = _(
    "These are scores alone: they do not tell whether some of the respondents are quick screenings, or have weights "
    "that were corrected by hand."
)
OF_NO_EDITION = _("Nor do they tell by which edition of the questionnaire they were made; it is taken for this one.")
SEVERAL_BASELINES = _(
    "The respondents' profiles go back to {n} different baselines; their baseline scores differ by that too."
)
YEARS = _("Year the answers describe")
SEVERAL_YEARS = _("The respondents describe different years, {years}; their scores differ by that too.")
SOME_UNDATED = _("Some of the respondents do not name the year that they describe; the others describe {years}.")
SOME_PARTS = _("Not all respondents describe the same span of time; their scores differ by that too.")
ALL = _("All")
COUNT = _("Number")
SHARE = _("Share")
BANDS_CAPTION = _("Respondents by band")
OWN_BANDS_CAPTION = _("Respondents by the band that they have under their own profile")

OVERALL = _("Overall")
NOT_STATED = _("not stated")
SHARE_PERCENT = _("Share of those with a score, %")
BAND_VALUE = _("{n} ({share})")
MAP_CAPTION = _("Where the median of each group lies among the quartiles of all respondents")
MAP_NOTE = _(
    "−− below the lower quartile, − below the median, + at or above the median, ++ at or above the upper quartile "
    "of all respondents. Relative, and no ranking."
)
MAP_HELD_BACK = _(
    "“/” stands where there is no figure: too few of the group have one, or it could be worked out from the others."
)
RESPONDENT = _("Respondent")
QUICK = _("quick screening")
RANK = _("Rank")
RANKS_HEAD = _("Ranks, as asked for")
RANKS_CAPTION = _("Ranks by score before rounding, highest first; equals share a rank")
ANSWERED = _("Answered")
FLOORS = _("Below its floor")

PARTS_HEAD = _("Pillars and dimensions")
PILLARS_CAPTION = _("Median and middle half of each pillar")
DIMENSIONS_CAPTION = _("Median and middle half of each dimension")
PARTS_OF = _("The figures are of {n} respondents.")
PARTS_OTHER = _("The figures are of {n} respondents, of another number in: {parts}.")
PARTS_HELD_BACK = _("Not shown, since fewer than {minimum} have a score there: {parts}.")
GROUPS_HEAD = _("Groups side by side")
GROUP = _("Group")
GROUPS_CAPTION = _("{column} by group, highest median first")
HELD_BACK = _n(
    "{n} group is not shown: too few respondents, or it could be worked out from the others.",
    "{n} groups are not shown: too few respondents, or they could be worked out from the others.",
)
CUT = _("{shown} of {total} rows are shown; the files have them all.")
GAPS_HEAD = _("Common gaps")
DIMENSION = _("Dimension")
BELOW = _("Below target")
SHORTFALL = _("Mean shortfall")
WEAKEST_LEAD = _(
    "The weakest, {n} of {of} respondents at or below the lower quartile of the score, lie furthest below the others "
    "in these dimensions:"
)
WEAKEST_LEAD_BASELINE = _(
    "The weakest, {n} of {of} respondents at or below the lower quartile of the baseline score, lie furthest below "
    "the others in these dimensions:"
)
WEAKEST = _("The weakest")
OTHERS = _("Others")
APART = _("Difference")
BELOW_WEAKEST = _("Of these below target")
WEAKEST_CAPTION = _("The weakest beside the others: mean scores, where theirs is lower")
MEAN_SHARE = _("Share of the shortfall")
GAPS_CAPTION = _(
    "Of those with a score there: how many lie below their own target, by how many points on average (0 where it is"
    " reached), and the mean share of their shortfall"
)
HERDING_HEAD = _("Who chooses the same")
FIRST_MEASURES = _("First measures")
LOOK = _("Look again")
FLAGGED = _("{n} of {of} ({share}) chose “{option}”.")
ROOM_FOR = _(" There is room for {room}.")
ROOM = _("Room for")
N_OF = _("{n} of {of}")
BY_GROUP_CAPTION = _("The same within the groups")
SHARES_OF = _("Shares are of the {of} respondents that answered.")
CONCENTRATION = _n(
    "{options} option was chosen.",
    "{options} options were chosen; they are as concentrated as if the choices were spread evenly over {alike}.",
)
SHARED_HEAD = _("First measures that many share, by who may decide them")
SHARED_LEAD = _(
    "These measures are in the plan of several respondents, or among the first three of those that have not chosen "
    "any. What a level above may decide can be settled once for all of them."
)
SHARED_OF = _(
    "Counted are the {of} respondents, of {every}, of whom such a measure is known; without a score, or where none "
    "fits, there is none."
)
SHARED = _("{title}: {n} of {of} (lead: {lead})")
MORE_SHARED = _n("{n} more is in herding.csv.", "{n} more are in herding.csv.")
LEVEL_WORDS: Mapping[str, Text] = {
    "firm": _("A firm may decide itself"),
    "county": _("A county may decide"),
    "city": _("To be decided by the city"),
    "province": _("To be decided by the province"),
    "state": _("To be decided by the state"),
}
ALIKE = _(
    "Choosing alike is a question to ask, not a fault: is there room for all of them, and does each have the "
    "conditions?"
)
CHOICE = _("Choice")
INEQUALITY_HEAD = _("How far apart the respondents are")
WHAT = _("What")
WITHIN = _("Within groups")
BETWEEN = _("Between groups")
OVERLAP = _("Overlap")
INEQUALITY_CAPTION = _("Gini with its parts (Dagum 1997) and Theil’s T")
NO_PARTS: Mapping[str, Text] = {
    "too_many_groups": _("There are more than 200 groups; Gini is not taken apart."),
    "held_back": _("All groups are held back; Gini is not taken apart."),
}
HELD_AS_ONE = _("Groups that are not shown count as one here, and what lies between them as within it.")
WEIGHTS_HEAD = _("Weights that the data would suggest")
WEIGHTS_FROM = _("Worked out from the {rows} of {of} respondents that have a score everywhere.")
WEIGHTS_CAPTION = _("Derived from the spread of the scores: what tells the respondents apart, not what matters")
METHODS: Mapping[str, Text] = {
    "entropy": _("Entropy"),
    "critic": _("CRITIC"),
}
METHOD_HEAD = _("How this was worked out")
METHOD: tuple[Text, ...] = (
    _(
        "Each respondent counts once. Quantiles lie on straight lines between the ordered scores (type 7). "
        "Respondents under different profiles are compared by the baseline score, since their weights differ. Figures "
        "are rounded where they are shown, so that parts may miss their sum by the last digit."
    ),
    _(
        "Groups with fewer than {minimum} scored respondents are not shown, and neither is what would give them "
        "away by subtraction. No lowest or highest figure is printed but in a list of ranks, where one was asked for."
    ),
)
FILES_BESIDE = _(
    "The files beside this report hold every figure in full; ranks.csv and cohort.json hold single respondents and "
    "are not meant to be passed on."
)
FILES_BESIDE_RANKS = _(
    "The files beside this report hold every figure in full; ranks.csv, cohort.json and the list of ranks in this "
    "report hold single respondents and are not meant to be passed on."
)
TOTALS: Mapping[str, Text] = {
    "score": _("Score"),
    "baseline_score": _("Baseline score"),
}
