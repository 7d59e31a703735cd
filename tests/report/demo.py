"""A report as a county would get it, in English and Chinese: every block, with texts of a realistic length."""

# ruff: noqa: E501 - texts stand on one line
from nqpf_assess.report.blocks import (
    Attachment,
    Axis,
    Bar,
    Bars,
    Block,
    Bullets,
    Callout,
    Card,
    Cell,
    Column,
    Contents,
    Cover,
    Field,
    Gantt,
    Heading,
    Heat,
    KeyFigure,
    KeyFigures,
    Mark,
    Matrix,
    Outline,
    PageBreak,
    Paragraph,
    Part,
    Point,
    Radar,
    Run,
    Slope,
    SlopeChart,
    Step,
    Table,
    Task,
    Waterfall,
    cells,
    runs,
)

DIGEST = "b7e1 4c09 9d52 6fa3"
PILLAR_SCORES = ((31.8, 55.0), (46.2, 60.0), (52.4, 62.0), (28.6, 50.0), (61.0, 68.0), (49.5, 58.0), (44.0, None))

EARLIER = (31.8, 44.0, 47.2, 33.0, 57.5, 47.5, None)
"""Scores of the year before."""

EN_PILLARS = (
    "Innovation and key technology",
    "Talent and workforce skills",
    "Emerging and upgraded industries",
    "Digital economy and data",
    "Green production",
    "Balance of town and country",
    "Security and openness",
)
ZH_PILLARS = (
    "科技创新与关键技术",
    "人才与劳动者素质",
    "新兴产业与传统产业升级",
    "数字经济与数据要素",
    "绿色生产力",
    "城乡与区域协调",
    "安全与开放",
)


def _slopes(pillars: tuple[str, ...]) -> tuple[Slope, ...]:
    found = []
    for label, before, (after, _) in zip(pillars, EARLIER, PILLAR_SCORES, strict=True):
        change = "" if before is None else f" ({after - before:+.1f})".replace("-", "−")
        found.append(Slope(label, before, after, f"{after}{change}"))
    return tuple(found)


def english() -> Part:
    """The English part."""
    return Part("en", (*_english_front(), *_english_findings(), *_english_plan(), *_english_annex()))


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
        Radar(
            tuple(
                Axis(
                    name,
                    current,
                    target,
                    f"{current:.1f} → {target:.1f}" if target else f"{current:.1f}, no target set",
                )
                for name, (current, target) in zip(EN_PILLARS, PILLAR_SCORES, strict=True)
            ),
            "Current score, 2025",
            "Target for 2028",
            "Digital economy and innovation lie furthest from their targets",
            "Radar with seven pillars. Current against target: innovation 31.8 of 55.0, talent 46.2 of 60.0, industries "
            "52.4 of 62.0, digital 28.6 of 50.0, green 61.0 of 68.0, balance 49.5 of 58.0, security 44.0, no target.",
        ),
        Table(
            (Column("What is missing", 2.2), Column("First action", 2.4), Column("Who", 1.5), Column("When", 0.9)),
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
                    (Mark(62.0, "Province 2024"), Mark(71.0, "Best county 2024")),
                ),
                Bar(
                    "Digitalisation of industry",
                    21.5,
                    48.0,
                    16.0,
                    27.5,
                    "21.5 → 48.0",
                    (Mark(39.0, "Province 2024"), Mark(66.0, "Best county 2024")),
                ),
                Bar("Digital industry", 18.0, 35.0, 15.0, 22.0, "18.0 → 35.0", (Mark(24.0, "Province 2024"),)),
                Bar(
                    "Digital government and data sharing between bureaus",
                    17.0,
                    52.0,
                    None,
                    None,
                    "17.0 → 52.0",
                    (Mark(45.0, "Province 2024"),),
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
                Cell("Infrastructure", 1.0, "8 of 8"),
                Cell("Industry", 0.83, "10 of 12"),
                Cell("Digital industry", 0.75, "6 of 8"),
                Cell("Government", 0.6, "3 of 5"),
                Cell("Data as a factor of production", 0.25, "1 of 4"),
                Cell("Smart villages", None, "not asked"),
                Cell("Research spending", 0.0, "0 of 3"),
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
                Step("Cluster of medical textiles: weight of upgrading 1.0 → 1.4", 2.1, "+2.1"),
                Step("No university: basic research not expected", 1.6, "+1.6"),
                Step("Watershed protection zone covers 38% of the area", 0.8, "+0.8"),
                Step("Port of entry nearby: openness weighs more", -0.9, "−0.9"),
                Step("Chain leader in the county: collaboration weighs more", -1.4, "−1.4"),
                Step("Override by the county: smart villages", 0.3, "+0.3"),
            ),
            "Local rubric",
            44.6,
            "Local conditions add 2.5 points; the cluster adds most",
            "Steps from 42.1 to 44.6: cluster +2.1, no university +1.6, watershed +0.8, port −0.9, chain leader −1.4, "
            "override +0.3.",
        ),
        SlopeChart(
            _slopes(EN_PILLARS),
            "2024",
            "2025",
            "Four pillars rose since 2024, one fell, one is scored for the first time",
            "Score of each pillar in 2024 and 2025: "
            + "; ".join(f"{line.label} {line.before} → {line.value}" for line in _slopes(EN_PILLARS)),
        ),
    )


def _english_plan() -> tuple[Block, ...]:
    return (
        Heading(1, "Six measures close 71% of the shortfall", "measures", new_page=True),
        Paragraph(
            runs(
                "Measures are chosen by the shortfall they close for the effort they take, and only where the county may "
                "decide or can ask. None of them needs money that is not in the budget of 2027 or in a fund that is open now."
            )
        ),
        Card(
            "Connect 120 small firms to the chain leader’s platform",
            (
                Field("Closes", runs("Digitalisation of industry (21.5 → 40), equipment upgrade (33 → 38)")),
                Field("Decides", runs("County government")),
                Field("Lead unit", runs("Bureau of Industry")),
                Field("Effort", runs("3 of 5")),
                Field("Horizon", runs("2027 Q1 – 2028 Q2")),
                Field("Cost", runs("CNY 9.6 million, of which 4.0 from the city’s fund")),
                Field("Needs first", runs("A data agreement with the platform (see CM12); one adviser for each park")),
                Field("Measured by", runs("Firms whose planning uses machine data: 37 → 150 (end of 2028)")),
                Field(
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
        Card(
            "Agree on a data catalogue with the city",
            (
                Field("Closes", runs("Digital government and data sharing (17 → 42)")),
                Field("Decides", runs("City; the county asks")),
                Field("Lead unit", runs("Data Bureau")),
                Field("Effort", runs("2 of 5")),
                Field("Horizon", runs("2027 Q1 – 2027 Q3")),
                Field("Measured by", runs("Data sets that two bureaus or more use: 4 → 40")),
            ),
            runs("List who holds what, under which law it may be passed on, and let the city approve the list once."),
            "CM12 · +2.6 points",
            "cm12",
        ),
        Matrix(
            (
                Point("1", "Connect 120 small firms to the chain leader’s platform", 3, 3.4),
                Point("2", "Agree on a data catalogue with the city", 2, 2.6),
                Point("3", "Testing centre for medical textiles with the university", 4, 2.2),
                Point("4", "Evening classes for machine operators", 2, 1.1),
                Point("5", "One-stop desk for patents", 1, 0.6),
                Point("6", "Energy meters by the hour in all parks", 2, 1.0),
                Point("7", "Hydrogen demonstration line", 5, 0.4),
                Point("8", "Bring in a second chain leader", 5, 1.9),
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
                Task("Data catalogue agreed with the city", 0, 3, "Lay the ground", "Approved by the city"),
                Task("Advisers in three parks", 0, 2, "Lay the ground"),
                Task("First 40 firms connected", 2, 5, "Connect", "40 firms"),
                Task("All 120 firms connected", 5, 10, "Connect", "120 firms, 150 use data to plan"),
                Task("Evening classes for 600 operators", 1, 8, "Connect"),
                Task(
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
                Column("No.", 0.4),
                Column("Task", 2.2),
                Column("Measurable goal", 2.0),
                Column("Lead unit", 1.2),
                Column("Supporting units", 1.6),
                Column("Deadline", 0.9, "right"),
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


def _english_annex() -> tuple[Block, ...]:
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
                Column("Question", 0.9),
                Column("What was asked", 3.2),
                Column("Answer", 1.2),
                Column("Score", 0.7, "right"),
                Column("Weight", 0.7, "right"),
                Column("Evidence", 1.4),
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


def chinese() -> Part:
    """The Chinese part."""
    return Part("zh", (*_chinese_front(), *_chinese_findings(), *_chinese_plan(), *_chinese_annex()))


def _chinese_front() -> tuple[Block, ...]:
    return (
        Cover(
            "新质生产力发展自评报告",
            "差距分析与对策建议",
            "江北省安和县",
            (
                ("评估期间", "2025 年 1 月 1 日至 12 月 31 日"),
                ("适用类型", "产业集群县（cluster-county，第 3 版）"),
                ("问卷", "地区卷 2.1 版，28 个维度，96 道题"),
                ("填报单位", "安和县发展和改革局，会同 11 个部门"),
                ("报告日期", "2026 年 11 月 25 日"),
                ("报告编号", "NQPF-R-2026-0147"),
                ("答卷与标准摘要", DIGEST),
            ),
            "本报告为自评结果，不作为考核、排名、认定依据；采用不同标准的地区之间不宜直接比较。",
        ),
        Contents("目录"),
        Heading(1, "一、总体情况：得分 44.6，短板在数字", "answer", new_page=True),
        Paragraph(
            runs(
                "我县产业集群基础较好，生态本底优良，但三分之二的企业没有可机读的生产数据，部门之间数据无法流转。",
                Run("补上这两项短板，比其他措施合计带来的提升更大。", bold=True),
            ),
            "lead",
        ),
        KeyFigures(
            (
                KeyFigure("本地标准得分", "44.6", "区间 41.9～47.3，“发展中”等次", "plain"),
                KeyFigure("基准标准得分", "42.1", "因地制宜 +2.5", "good"),
                KeyFigure("作答率", "91%", "96 题中答 87 题；9 题无佐证", "warn"),
                KeyFigure("距目标差距", "13.8", "分，其中数字经济 5.1", "bad"),
            )
        ),
        Radar(
            tuple(
                Axis(name, current, target, f"{current:.1f} → {target:.1f}" if target else f"{current:.1f}，未设目标")
                for name, (current, target) in zip(ZH_PILLARS, PILLAR_SCORES, strict=True)
            ),
            "2025 年现状",
            "2028 年目标",
            "数字经济与科技创新距目标最远",
            "七个支柱的雷达图。现状与目标：科技创新 31.8、55.0；人才 46.2、60.0；产业 52.4、62.0；数字 28.6、50.0；绿色 61.0、68.0；协调 49.5、58.0；安全 44.0，未设目标。",
        ),
        Table(
            (Column("主要差距", 2.2), Column("首要举措", 2.4), Column("责任单位", 1.5), Column("时限", 0.9)),
            (
                cells("中小企业生产数据缺失", "为 120 家企业配共享数据网关", "县工信局", "2027 Q2"),
                cells("部门间数据流转无规可依", "提请市里制定数据目录", "县数据局", "2027 Q1"),
                cells("集群周边缺少应用研究", "与高校共建检验检测中心", "县科技局", "2027 Q4"),
            ),
            "三项差距与三项首要举措",
            "三项差距分别占总差距的 21%、16% 和 14%。改变权重试算 100 次，其中 94 次排序不变。",
        ),
    )


def _chinese_findings() -> tuple[Block, ...]:
    return (
        Heading(1, "二、存在的差距和不足：数据采得上来、流不动", "digital", new_page=True),
        Heading(2, "（一）数字经济得分 28.6，四个维度中三个低于本县目标", "digital-dimensions"),
        Paragraph(
            runs(
                "本支柱得分 28.6，产业集群县目标为 50.0。基础设施已经到位：5G 覆盖全部工业园区，“一网通办”事项办理率达到 83%；"
                "缺的是应用。全县 412 家规模以上企业中，138 家留有可机读的生产数据，其中 37 家用数据排产（《江北统计年鉴 2025》表 9-14）。"
                "指标口径见",
                Run("附件一", link="#annex-a"),
                "，数字化企业的界定依据",
                Run("2024 年部颁指南", link="https://www.example.org/guide/2024/digital-transformation"),
                "。",
            )
        ),
        Bars(
            (
                Bar(
                    "数字基础设施",
                    58.0,
                    65.0,
                    55.0,
                    61.0,
                    "58.0 → 65.0",
                    (Mark(62.0, "全省 2024"), Mark(71.0, "最优县 2024")),
                ),
                Bar(
                    "产业数字化",
                    21.5,
                    48.0,
                    16.0,
                    27.5,
                    "21.5 → 48.0",
                    (Mark(39.0, "全省 2024"), Mark(66.0, "最优县 2024")),
                ),
                Bar("数字产业化", 18.0, 35.0, 15.0, 22.0, "18.0 → 35.0", (Mark(24.0, "全省 2024"),)),
                Bar("数字政府与部门数据共享", 17.0, 52.0, None, None, "17.0 → 52.0", (Mark(45.0, "全省 2024"),)),
                Bar("数据要素", None, 30.0, None, None, "无得分"),
            ),
            "现状",
            "目标",
            "只有基础设施接近目标，数据共享差 35 分",
            "0 至 100 分条形图。基础设施 58.0，目标 65.0；产业数字化 21.5，目标 48.0；数字产业化 18.0，目标 35.0；数据共享 17.0，目标 52.0；数据要素作答不足。",
        ),
        Heading(3, "1.主要优势", "digital-strengths"),
        Bullets(
            (
                runs("2025 年 3 月起三个工业园区 5G 全覆盖，资费比市区低 18%。"),
                runs(
                    "链主企业自建",
                    Run("工业互联网平台", bold=True),
                    "，已接入 64 家配套企业，规模居全省各县首位，不增加硬件即可接入更多企业。",
                ),
                runs("11 个部门中有 7 个配备了专职数据管理员。"),
            )
        ),
        Heading(3, "2.突出短板", "digital-gaps"),
        Bullets(
            (
                runs("没有目录说明哪个部门掌握哪些数据（R-D-14 题，答“未启动”）。"),
                runs("补贴补的是设备而不是联网：52 个项目中有 41 个买了不上传数据的机器。"),
                runs("50 人以下企业无人可问，见对策 ", Run("CM10", link="#cm10"), "。"),
            ),
            numbered=True,
        ),
        Callout(
            "请注意",
            runs(
                "两处作答相互矛盾：R-D-03 题答“所有园区按小时公布能耗”，R-G-11 题答“没有园区按小时计量能耗”。核实之前，本支柱区间为 24.8～31.0。"
            ),
            "warn",
        ),
        Callout("说明", runs("安全底线规则未触发：安全支柱 44.0，高于底线 40.0。"), "good"),
        Callout("缺项", runs("有 9 道题未作答，按部门列于附件二。"), "bad"),
        Callout("阅读提示", runs("各项得分均为 0～100 分，标准每一级为 25 分。"), "plain"),
        Heading(2, "（二）作答情况", "coverage"),
        Heat(
            (
                Cell("数字基础设施", 1.0, "8/8"),
                Cell("产业数字化", 0.83, "10/12"),
                Cell("数字产业化", 0.75, "6/8"),
                Cell("数字政府", 0.6, "3/5"),
                Cell("数据要素", 0.25, "1/4"),
                Cell("数字乡村", None, "未提问"),
                Cell("研发投入", 0.0, "0/3"),
            ),
            "数据要素作答过少，不计得分",
            "各维度作答比例：基础设施 8/8，产业数字化 10/12，数字产业化 6/8，数字政府 3/5，数据要素 1/4，数字乡村未提问，研发投入 0/3。",
        ),
        Heading(2, "（三）因地制宜调整", "local"),
        Paragraph(
            runs(
                "“产业集群县”类型吻合度 0.82，其次为“生态县”0.57。五项调整来自县情事实，一项为本县签字确认的人工调整，合计提高 2.5 分。"
                "其中，因“医用纺织品产业集群”而提高传统产业升级的权重，影响最大；因县内没有高校，对基础研究不作要求。"
            )
        ),
        Waterfall(
            "基准标准",
            42.1,
            (
                Step("医用纺织品集群：升级权重 1.0 → 1.4", 2.1, "+2.1"),
                Step("县内无高校：不要求基础研究", 1.6, "+1.6"),
                Step("水源保护区占县域 38%", 0.8, "+0.8"),
                Step("邻近口岸：开放权重提高", -0.9, "−0.9"),
                Step("链主在县：协作权重提高", -1.4, "−1.4"),
                Step("本县人工调整：数字乡村", 0.3, "+0.3"),
            ),
            "本地标准",
            44.6,
            "因地制宜提高 2.5 分，产业集群贡献最大",
            "从 42.1 到 44.6：集群 +2.1，无高校 +1.6，水源 +0.8，口岸 −0.9，链主 −1.4，人工调整 +0.3。",
        ),
        SlopeChart(
            _slopes(ZH_PILLARS),
            "2024年",
            "2025年",
            "与2024年相比，四个支柱上升，一个下降，一个首次评分",
            "各支柱2024年与2025年得分："
            + "；".join(f"{line.label}{line.before} → {line.value}" for line in _slopes(ZH_PILLARS)),
        ),
    )


def _chinese_plan() -> tuple[Block, ...]:
    return (
        Heading(1, "三、下一步工作打算：六项举措补上 71% 的差距", "measures", new_page=True),
        Paragraph(
            runs(
                "举措按“单位投入补上的差距”排序，且以县里能定或可以提请为限；资金均已列入 2027 年预算或可申报在期基金。"
            )
        ),
        Card(
            "推动 120 家中小企业接入链主平台",
            (
                Field("补短板", runs("产业数字化（21.5 → 40）、装备更新（33 → 38）")),
                Field("决定权", runs("县政府")),
                Field("牵头单位", runs("县工信局")),
                Field("难度", runs("3（共 5 级）")),
                Field("期限", runs("2027 Q1 至 2028 Q2")),
                Field("资金", runs("960 万元，其中市级基金 400 万元")),
                Field("前置条件", runs("与平台签订数据协议（见 CM12）；每个园区一名顾问")),
                Field("考核指标", runs("用机器数据排产的企业：37 → 150 家（2028 年底）")),
                Field(
                    "实例",
                    runs(
                        "海宁八大传统产业接入共享平台，见",
                        Run("论文第 4.2 节", link="https://www.example.org/paper#s4-2"),
                        "。",
                    ),
                ),
            ),
            runs("补联网而不是补设备，由链主平台带动小微配套企业。"),
            "CM10 · +3.4 分",
            "cm10",
        ),
        Card(
            "与市里商定数据目录",
            (
                Field("补短板", runs("数字政府与数据共享（17 → 42）")),
                Field("决定权", runs("市里决定，县里提请")),
                Field("牵头单位", runs("县数据局")),
                Field("难度", runs("2（共 5 级）")),
                Field("期限", runs("2027 Q1 至 2027 Q3")),
                Field("考核指标", runs("两个以上部门共用的数据集：4 → 40 个")),
            ),
            runs("列明数据由谁掌握、依何法律可以流转，由市里一次批准。"),
            "CM12 · +2.6 分",
            "cm12",
        ),
        Matrix(
            (
                Point("1", "120 家中小企业接入链主平台", 3, 3.4),
                Point("2", "与市里商定数据目录", 2, 2.6),
                Point("3", "与高校共建医用纺织品检验检测中心", 4, 2.2),
                Point("4", "机器操作工夜校", 2, 1.1),
                Point("5", "专利一站式窗口", 1, 0.6),
                Point("6", "园区能耗按小时计量", 2, 1.0),
                Point("7", "氢能示范线", 5, 0.4),
                Point("8", "引进第二家链主", 5, 1.9),
            ),
            ("先行办", "谋定后动", "顺手办", "暂缓"),
            "难度",
            "提升（分）",
            "数据目录、链主平台两项投入产出最高",
            "八项举措的难度（1 至 5）与提升分值：1 平台，3，3.4；2 目录，2，2.6；3 检测中心，4，2.2；4 夜校，2，1.1；5 专利，1，0.6；6 计量，2，1.0；7 氢能，5，0.4；8 第二家链主，5，1.9。",
        ),
        Heading(2, "（一）到 2028 年的路线图", "roadmap"),
        Gantt(
            (
                Task("与市里商定数据目录", 0, 3, "打基础", "市里批准"),
                Task("三个园区配顾问", 0, 2, "打基础"),
                Task("首批 40 家企业接入", 2, 5, "促接入", "40 家"),
                Task("120 家企业全部接入", 5, 10, "促接入", "120 家接入，150 家用数据排产"),
                Task("600 名操作工夜校培训", 1, 8, "促接入"),
                Task("与江北理工大学共建医用纺织品检验检测中心", 3, 12, "建平台", "启用"),
            ),
            ("2026 年", "2027 年", "2028 年"),
            "三个季度打好基础，2028 年全部接入",
            "六项任务分三组，2026 至 2028 年的甘特图。",
        ),
        Table(
            (
                Column("序号", 0.4),
                Column("任务", 2.0),
                Column("可量化目标", 2.0),
                Column("牵头单位", 1.1),
                Column("责任单位", 1.6),
                Column("完成时限", 1.0, "right"),
            ),
            (
                cells("1", "编制数据目录", "共享数据集 40 个", "县数据局", "各部门", "2027-09"),
                cells("2", "中小企业接入", "接入 120 家，150 家用数据排产", "县工信局", "链主企业、园区", "2028-06"),
                cells("3", "检验检测中心", "通过 CNAS 认可", "县科技局", "高校、县财政局", "2028-12"),
                cells("4", "夜校培训", "发证 600 本", "县人社局", "职业学校", "2027-12"),
            ),
            "任务分工",
        ),
    )


def _chinese_annex() -> tuple[Block, ...]:
    rows = tuple(
        cells(
            f"R-{'ITMDGBS'[index]}-{number:02d}",
            f"{pillar}：{topic}",
            ("未启动", "起步", "已建立", "广泛应用", "领先")[(number + index) % 5],
            f"{25 * ((number + index) % 5):.1f}",
            f"{0.4 + 0.1 * ((3 * number + index) % 7):.2f}",
            ("统计年鉴 2025", "部门统计", "无", "审计报告〔2025〕17 号")[(number * 3 + index) % 4],
        )
        for index, pillar in enumerate(ZH_PILLARS)
        for number, topic in enumerate(("经费与人员", "规上企业应用", "制度与责任", "近三年成效"), start=1)
    )
    return (
        Heading(1, "附件一　全部题目、作答、得分与权重", "annex-a", new_page=True),
        Paragraph(runs("得分按本地标准计算。权重 × 得分之和除以权重之和，即得 44.6。"), "note"),
        Table(
            (
                Column("题号", 0.9),
                Column("题目", 3.0),
                Column("作答", 1.1),
                Column("得分", 0.7, "right"),
                Column("权重", 0.7, "right"),
                Column("佐证", 1.6),
            ),
            (*rows, cells("", "合计（全部支柱）", "", "44.6", "19.60", "")),
            "作答、得分与权重",
            "来源：安和县 2025 年答卷；标准 cluster-county 3。“无”表示该答案凭判断作出。",
            frozenset({len(rows)}),
        ),
        PageBreak(),
        Heading(1, "附件二　方法", "annex-b"),
        Paragraph(
            runs(
                "维度得分为各题得分的加权平均；支柱得分为各维度的幂平均（指数 0.5），强项只能部分弥补弱项。区间由 1,000 次抽样得出：各权重上下浮动 ±20%，无佐证的答案上下浮动一级。"
                "地名用字如“犇犟”“𬭊（dù）”“㛃”等，均按《通用规范汉字表》。"
            )
        ),
        Paragraph(runs("差距占比 = 权重 ×（目标 − 得分）÷ Σ 权重 ×（目标 − 得分）。"), "note"),
    )


ATTACHMENTS = (
    Attachment(
        "answers.toml", "application/toml", "Answers of the county", "format = 1\n# 安和县\n".encode(), "Source"
    ),
    Attachment("rubric.toml", "application/toml", "Rubric cluster-county 3", b"format = 1\r\n\x00\xff", "Data"),
)


def outline(*parts: Part) -> Outline:
    """Bind parts into a report."""
    chosen = parts or (english(), chinese())
    chinese_first = chosen[0].language == "zh"
    return Outline(
        title="新质生产力发展自评报告 · 安和县" if chinese_first else "New quality productive forces: Anhe County",
        subject="安和县 2025 年自评" if chinese_first else "Self-assessment of Anhe County, 2025",
        language=chosen[0].language,
        date="2026-11-25",
        header="安和县 · 新质生产力发展自评报告 2025" if chinese_first else "Anhe County · Self-assessment 2025",
        footer=f"NQPF-R-2026-0147 · {DIGEST}",
        parts=chosen,
        attachments=ATTACHMENTS,
        keywords=("new quality productive forces", "新质生产力", "self-assessment"),
    )
