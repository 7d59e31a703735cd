"""The demo report in English: measures, road map and annexes."""

# ruff: noqa: E501 - texts stand on one line
from nqpf_assess.report.blocks import (
    Block,
    CardField,
    DetailCard,
    Gantt,
    GanttTask,
    Heading,
    ImpactMatrix,
    MatrixPoint,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from tests.report.demo.figures import EN_PILLARS


def english_plan() -> tuple[Block, ...]:
    return (
        Heading(1, "Six measures close 71% of the shortfall", "measures", new_page=True),
        Paragraph(
            runs(
                "Measures are chosen by the shortfall they close for the effort they take, and only where the county may "
                "decide or can ask. None of them needs money that is not in the budget of 2027 or in a fund that is open now."
            )
        ),
        DetailCard(
            "Connect 120 small firms to the chain leader’s platform",
            (
                CardField("Closes", runs("Digitalisation of industry (21.5 → 40), equipment upgrade (33 → 38)")),
                CardField("Decides", runs("County government")),
                CardField("Lead unit", runs("Bureau of Industry")),
                CardField("Effort", runs("3 of 5")),
                CardField("Horizon", runs("2027 Q1 – 2028 Q2")),
                CardField("Cost", runs("CNY 9.6 million, of which 4.0 from the city’s fund")),
                CardField(
                    "Needs first", runs("A data agreement with the platform (see CM12); one adviser for each park")
                ),
                CardField("Measured by", runs("Firms whose planning uses machine data: 37 → 150 (end of 2028)")),
                CardField(
                    "Example",
                    runs(
                        "Haining joined its eight traditional industries to shared platforms; see ",
                        Run("the paper, section 4.2", link="https://www.example.org/paper#s4-2"),
                        ".",
                    ),
                ),
            ),
            runs(
                "Pay for connecting machines instead of buying them, and let the chain leader’s platform carry small suppliers."
            ),
            "CM10 · +3.4 points",
            "cm10",
        ),
        DetailCard(
            "Agree on a data catalogue with the city",
            (
                CardField("Closes", runs("Digital government and data sharing (17 → 42)")),
                CardField("Decides", runs("City; the county asks")),
                CardField("Lead unit", runs("Data Bureau")),
                CardField("Effort", runs("2 of 5")),
                CardField("Horizon", runs("2027 Q1 – 2027 Q3")),
                CardField("Measured by", runs("Data sets that two bureaus or more use: 4 → 40")),
            ),
            runs("List who holds what, under which law it may be passed on, and let the city approve the list once."),
            "CM12 · +2.6 points",
            "cm12",
        ),
        ImpactMatrix(
            (
                MatrixPoint("1", "Connect 120 small firms to the chain leader’s platform", 3, 3.4),
                MatrixPoint("2", "Agree on a data catalogue with the city", 2, 2.6),
                MatrixPoint("3", "Testing centre for medical textiles with the university", 4, 2.2),
                MatrixPoint("4", "Evening classes for machine operators", 2, 1.1),
                MatrixPoint("5", "One-stop desk for patents", 1, 0.6),
                MatrixPoint("6", "Energy meters by the hour in all parks", 2, 1.0),
                MatrixPoint("7", "Hydrogen demonstration line", 5, 0.4),
                MatrixPoint("8", "Bring in a second chain leader", 5, 1.9),
            ),
            ("Do first", "Plan well", "Do in passing", "Leave for now"),
            "Effort",
            "Impact, points",
            "Two measures pay most for their effort: data catalogue and platform",
            "Eight measures by effort from 1 to 5 and impact in points: 1 platform, effort 3, 3.4; 2 catalogue, 2, 2.6; "
            "3 testing centre, 4, 2.2; 4 classes, 2, 1.1; 5 patents, 1, 0.6; 6 meters, 2, 1.0; 7 hydrogen, 5, 0.4; 8 second "
            "chain leader, 5, 1.9.",
        ),
        Heading(2, "Road map to 2028", "roadmap"),
        Gantt(
            (
                GanttTask("Data catalogue agreed with the city", 0, 3, "Lay the ground", "Approved by the city"),
                GanttTask("Advisers in three parks", 0, 2, "Lay the ground"),
                GanttTask("First 40 firms connected", 2, 5, "Connect", "40 firms"),
                GanttTask("All 120 firms connected", 5, 10, "Connect", "120 firms, 150 use data to plan"),
                GanttTask("Evening classes for 600 operators", 1, 8, "Connect"),
                GanttTask(
                    "Testing centre for medical textiles, with Jiangbei University of Technology",
                    3,
                    12,
                    "Build",
                    "Opens",
                ),
            ),
            ("2026", "2027", "2028"),
            "The ground is laid in three quarters; the last firms follow in 2028",
            "Gantt chart of six tasks in three groups from 2026 to 2028.",
        ),
        Table(
            (
                TableColumn("No.", 0.4),
                TableColumn("Task", 2.2),
                TableColumn("Measurable goal", 2.0),
                TableColumn("Lead unit", 1.2),
                TableColumn("Supporting units", 1.6),
                TableColumn("Deadline", 0.9, "right"),
            ),
            (
                cells("1", "Data catalogue", "40 shared data sets", "Data Bureau", "All bureaus", "2027-09"),
                cells(
                    "2",
                    "Connect small firms",
                    "120 firms connected, 150 plan with data",
                    "Industry Bureau",
                    "Chain leader; parks",
                    "2028-06",
                ),
                cells(
                    "3",
                    "Testing centre",
                    "CNAS accreditation",
                    "Science Bureau",
                    "University; Finance Bureau",
                    "2028-12",
                ),
                cells(
                    "4", "Evening classes", "600 certificates", "Human Resources Bureau", "Vocational school", "2027-12"
                ),
            ),
            "Division of work",
        ),
    )


def english_annex() -> tuple[Block, ...]:
    rows = tuple(
        cells(
            f"R-{pillar[0]}-{number:02d}",
            f"{pillar}: {topic}",
            ("not started", "begun", "in place", "in wide use", "leading")[(number + index) % 5],
            f"{25 * ((number + index) % 5):.1f}",
            f"{0.4 + 0.1 * ((3 * number + index) % 7):.2f}",
            ("Yearbook 2025", "Bureau’s own count", "none", "Audit report 2025/17")[(number * 3 + index) % 4],
        )
        for index, pillar in enumerate(EN_PILLARS)
        for number, topic in enumerate(
            (
                "spending and staff",
                "use by firms above designated size",
                "rules and responsibility",
                "results in the last three years",
            ),
            start=1,
        )
    )
    return (
        Heading(1, "Annex A. Every question with answer, score and weight", "annex-a", new_page=True),
        Paragraph(
            runs(
                "Scores are those of the local rubric. Add weight × score and divide by the sum of weights to get 44.6."
            ),
            "note",
        ),
        Table(
            (
                TableColumn("Question", 0.9),
                TableColumn("What was asked", 3.2),
                TableColumn("Answer", 1.2),
                TableColumn("Score", 0.7, "right"),
                TableColumn("Weight", 0.7, "right"),
                TableColumn("Evidence", 1.4),
            ),
            (*rows, cells("", "Total, all pillars", "", "44.6", "19.60", "")),
            "Answers, scores and weights",
            "Source: answers of the county, 2025; rubric cluster-county 3. “none” means that the answer rests on judgement.",
            frozenset({len(rows)}),
        ),
        PageBreak(),
        Heading(1, "Annex B. Method", "annex-b"),
        Paragraph(
            runs(
                "A dimension’s score is the mean of its questions, weighted by the rubric. A pillar’s score is the power mean "
                "of its dimensions with exponent 0.5, so that a strong dimension makes up for a weak one only in part. The "
                "range comes from 1,000 draws in which each weight moves by ±20% and each answer without evidence by one level."
            )
        ),
        Paragraph(
            runs("Figures: share of the shortfall = weight × (target − score) ÷ Σ weight × (target − score)."), "note"
        ),
    )
