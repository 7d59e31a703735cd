"""The demo report in English."""

# ruff: noqa: E501 - texts stand on one line
from nqpf_assess.report.blocks import (
    Bar,
    BarMark,
    Bars,
    Block,
    Bullet,
    BulletChart,
    Bullets,
    Callout,
    Contents,
    Cover,
    Heading,
    Heat,
    HeatShare,
    KeyFigure,
    KeyFigures,
    OutlinePart,
    Paragraph,
    Run,
    SlopeChart,
    Table,
    TableColumn,
    Waterfall,
    WaterfallStep,
    cells,
    runs,
)
from tests.report.demo.english_plan import english_annex, english_plan
from tests.report.demo.figures import DIGEST, EN_PILLARS, PILLAR_SCORES, slopes


def english() -> OutlinePart:
    """The English part."""
    return OutlinePart("en", (*_english_front(), *_english_findings(), *english_plan(), *english_annex()))


def _english_front() -> tuple[Block, ...]:
    return (
        Cover(
            "Developing new quality productive forces",
            "Self-assessment and gap report",
            "Anhe County, Jiangbei Province",
            (
                ("Period assessed", "1 January – 31 December 2025"),
                ("Profile", "County with an industrial cluster (cluster-county, version 3)"),
                ("Questionnaire", "region, version 2.1 — 28 dimensions, 96 questions"),
                ("Respondent", "County Development and Reform Bureau, with eleven bureaus"),
                ("Date", "25 November 2026"),
                ("Report number", "NQPF-R-2026-0147"),
                ("Digest of answers and rubric", DIGEST),
            ),
            "A self-assessment. It is not a ranking, an audit or a certification, and it must not be used to judge "
            "officials or to compare counties that answered under other rubrics.",
        ),
        Contents("Contents"),
        Heading(1, "Anhe stands at 44.6 of 100, and digital is what holds it back", "answer", new_page=True),
        Paragraph(
            runs(
                "The county has a strong cluster and clean water, but two in three of its firms keep no machine-readable "
                "production data, and no bureau may pass its data to another. ",
                Run("Closing these two gaps moves the score more than all other measures together.", bold=True),
            ),
            "lead",
        ),
        KeyFigures(
            (
                KeyFigure("Score under the local rubric", "44.6", "range 41.9 to 47.3; band “developing”", "plain"),
                KeyFigure("Baseline rubric", "42.1", "+2.5 from local conditions", "good"),
                KeyFigure("Answered", "91%", "87 of 96 questions; 9 without evidence", "warn"),
                KeyFigure("Shortfall to target", "13.8", "points, of which digital 5.1", "bad"),
            )
        ),
        BulletChart(
            tuple(
                Bullet(
                    name,
                    current,
                    target,
                    value=f"{current:.1f} → {target:.1f}" if target else f"{current:.1f}, no target set",
                )
                for name, (current, target) in zip(EN_PILLARS, PILLAR_SCORES, strict=True)
            ),
            "Current score, 2025",
            "Target for 2028",
            "Digital economy and innovation lie furthest from their targets",
            "Seven pillars. Current against target: innovation 31.8 of 55.0, talent 46.2 of 60.0, industries "
            "52.4 of 62.0, digital 28.6 of 50.0, green 61.0 of 68.0, balance 49.5 of 58.0, security 44.0, no target.",
        ),
        Table(
            (
                TableColumn("What is missing", 2.2),
                TableColumn("First action", 2.4),
                TableColumn("Who", 1.5),
                TableColumn("When", 0.9),
            ),
            (
                cells(
                    "Production data of small firms",
                    "Give 120 firms a shared data gateway",
                    "Industry bureau",
                    "2027 Q2",
                ),
                cells(
                    "Rules for passing data between bureaus",
                    "Ask the city for a data catalogue",
                    "Data bureau",
                    "2027 Q1",
                ),
                cells(
                    "Applied research near the cluster",
                    "Found a testing centre with the university",
                    "Science bureau",
                    "2027 Q4",
                ),
            ),
            "Three gaps, three first actions",
            "Shares of the shortfall: 21%, 16% and 14%. The order stays the same in 94 of 100 runs with other weights.",
        ),
    )


def _english_findings() -> tuple[Block, ...]:
    return (
        Heading(1, "Digital: data is collected but does not flow", "digital", new_page=True),
        Paragraph(
            runs(
                "Anhe scores 28.6 in this pillar, against a target of 50.0 that the profile sets for counties with a "
                "manufacturing cluster. The infrastructure is in place: 5G reaches every industrial park, and the county’s "
                "“one network” service handles 83% of requests without a visit. What is missing is use. Of the 412 firms "
                "above designated size, 138 keep production data that a machine can read, and 37 of them use it to plan "
                "(Jiangbei Statistical Yearbook 2025, table 9-14). The measure is described in ",
                Run("annex A", link="#annex-a"),
                ", and the definition of digitalised firms follows the ",
                Run("ministry’s guide of 2024", link="https://www.example.org/guide/2024/digital-transformation"),
                ".",
            )
        ),
        Heading(2, "Three of four dimensions lie below the county’s own target", "digital-dimensions"),
        Bars(
            (
                Bar(
                    "Digital infrastructure",
                    58.0,
                    65.0,
                    55.0,
                    61.0,
                    "58.0 → 65.0",
                    (BarMark(62.0, "Province 2024"), BarMark(71.0, "Best county 2024")),
                ),
                Bar(
                    "Digitalisation of industry",
                    21.5,
                    48.0,
                    16.0,
                    27.5,
                    "21.5 → 48.0",
                    (BarMark(39.0, "Province 2024"), BarMark(66.0, "Best county 2024")),
                ),
                Bar("Digital industry", 18.0, 35.0, 15.0, 22.0, "18.0 → 35.0", (BarMark(24.0, "Province 2024"),)),
                Bar(
                    "Digital government and data sharing between bureaus",
                    17.0,
                    52.0,
                    None,
                    None,
                    "17.0 → 52.0",
                    (BarMark(45.0, "Province 2024"),),
                ),
                Bar("Data as a factor of production", None, 30.0, None, None, "no score"),
            ),
            "Current score",
            "Target",
            "Only infrastructure is near its target; sharing of data is 35 points away",
            "Bars from 0 to 100. Infrastructure 58.0 of 65.0; digitalisation of industry 21.5 of 48.0; digital industry "
            "18.0 of 35.0; government data 17.0 of 52.0; data as a factor: not enough answers for a score.",
        ),
        Heading(3, "Strengths", "digital-strengths"),
        Bullets(
            (
                runs(
                    "Full 5G coverage of the three industrial parks since March 2025, at a price 18% below the city’s."
                ),
                runs(
                    "An ",
                    Run("industrial internet platform", bold=True),
                    " run by the chain leader, to which 64 suppliers are connected; it is the largest of its kind among the "
                    "province’s counties and could carry others without new hardware.",
                ),
                runs("A trained data officer in seven of eleven bureaus."),
            )
        ),
        Heading(3, "Gaps", "digital-gaps"),
        Bullets(
            (
                runs("No catalogue says which bureau holds which data (question R-D-14, answered “not started”)."),
                runs(
                    "Subsidies pay for equipment, not for connecting it: 41 of 52 projects bought machines that report nothing."
                ),
                runs(
                    "Firms with fewer than 50 workers have nobody to ask; see countermeasure ",
                    Run("CM10", link="#cm10"),
                    ".",
                ),
            ),
            numbered=True,
        ),
        Callout(
            "Attention",
            runs(
                "Two answers contradict each other: R-D-03 says that all parks publish energy data by the hour, R-G-11 that "
                "no park measures energy by the hour. Until this is cleared, the range of the pillar is 24.8 to 31.0."
            ),
            "warn",
        ),
        Callout(
            "Good to know",
            runs("A floor rule does not apply here: security stands at 44.0, above the floor of 40.0."),
            "good",
        ),
        Callout("Missing", runs("Nine questions have no answer. They are listed by bureau in annex B."), "bad"),
        Callout(
            "Reading aid", runs("All scores run from 0 to 100; a level of the rubric is worth 25 points."), "plain"
        ),
        Heading(2, "How much has been answered", "coverage"),
        Heat(
            (
                HeatShare("Infrastructure", 1.0, "8 of 8"),
                HeatShare("Industry", 0.83, "10 of 12"),
                HeatShare("Digital industry", 0.75, "6 of 8"),
                HeatShare("Government", 0.6, "3 of 5"),
                HeatShare("Data as a factor of production", 0.25, "1 of 4"),
                HeatShare("Smart villages", None, "not asked"),
                HeatShare("Research spending", 0.0, "0 of 3"),
            ),
            "Data as a factor has too few answers for a score",
            "Share of questions answered by dimension: infrastructure 8 of 8, industry 10 of 12, digital industry 6 of 8, "
            "government 3 of 5, data as a factor 1 of 4, smart villages not asked, research spending 0 of 3.",
        ),
        Heading(2, "What local conditions change", "local"),
        Paragraph(
            runs(
                "The profile “cluster-county” fits with a likeness of 0.82; the next best, “ecological county”, with 0.57. "
                "Five adjustments follow from facts of the county and one from an override that the county signed. Together "
                "they raise the score by 2.5 points."
            )
        ),
        Waterfall(
            "Baseline rubric",
            42.1,
            (
                WaterfallStep("Cluster of medical textiles: weight of upgrading 1.0 → 1.4", 2.1, "+2.1"),
                WaterfallStep("No university: basic research not expected", 1.6, "+1.6"),
                WaterfallStep("Watershed protection zone covers 38% of the area", 0.8, "+0.8"),
                WaterfallStep("Port of entry nearby: openness weighs more", -0.9, "−0.9"),
                WaterfallStep("Chain leader in the county: collaboration weighs more", -1.4, "−1.4"),
                WaterfallStep("Override by the county: smart villages", 0.3, "+0.3"),
            ),
            "Local rubric",
            44.6,
            "Local conditions add 2.5 points; the cluster adds most",
            "Steps from 42.1 to 44.6: cluster +2.1, no university +1.6, watershed +0.8, port −0.9, chain leader −1.4, "
            "override +0.3.",
        ),
        SlopeChart(
            slopes(EN_PILLARS),
            "2024",
            "2025",
            "Four pillars rose since 2024, one fell, one is scored for the first time",
            "Score of each pillar in 2024 and 2025: "
            + "; ".join(f"{line.label} {line.before} → {line.value}" for line in slopes(EN_PILLARS)),
        ),
    )
