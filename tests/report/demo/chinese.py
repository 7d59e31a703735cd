"""The demo report in Chinese."""

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
    CardField,
    Contents,
    Cover,
    DetailCard,
    Gantt,
    GanttTask,
    Heading,
    Heat,
    HeatShare,
    ImpactMatrix,
    KeyFigure,
    KeyFigures,
    MatrixPoint,
    OutlinePart,
    PageBreak,
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
from tests.report.demo.figures import DIGEST, PILLAR_SCORES, slopes

ZH_PILLARS = (
    "科技创新与关键技术",
    "人才与劳动者素质",
    "新兴产业与传统产业升级",
    "数字经济与数据要素",
    "绿色生产力",
    "城乡与区域协调",
    "安全与开放",
)


def chinese() -> OutlinePart:
    """The Chinese part."""
    return OutlinePart("zh", (*_chinese_front(), *_chinese_findings(), *_chinese_plan(), *_chinese_annex()))


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
        BulletChart(
            tuple(
                Bullet(
                    name,
                    current,
                    target,
                    value=f"{current:.1f} → {target:.1f}" if target else f"{current:.1f}，未设目标",
                )
                for name, (current, target) in zip(ZH_PILLARS, PILLAR_SCORES, strict=True)
            ),
            "2025 年现状",
            "2028 年目标",
            "数字经济与科技创新距目标最远",
            "七个支柱。现状与目标：科技创新 31.8、55.0；人才 46.2、60.0；产业 52.4、62.0；数字 28.6、50.0；绿色 61.0、68.0；协调 49.5、58.0；安全 44.0，未设目标。",
        ),
        Table(
            (
                TableColumn("主要差距", 2.2),
                TableColumn("首要举措", 2.4),
                TableColumn("责任单位", 1.5),
                TableColumn("时限", 0.9),
            ),
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
                    (BarMark(62.0, "全省 2024"), BarMark(71.0, "最优县 2024")),
                ),
                Bar(
                    "产业数字化",
                    21.5,
                    48.0,
                    16.0,
                    27.5,
                    "21.5 → 48.0",
                    (BarMark(39.0, "全省 2024"), BarMark(66.0, "最优县 2024")),
                ),
                Bar("数字产业化", 18.0, 35.0, 15.0, 22.0, "18.0 → 35.0", (BarMark(24.0, "全省 2024"),)),
                Bar("数字政府与部门数据共享", 17.0, 52.0, None, None, "17.0 → 52.0", (BarMark(45.0, "全省 2024"),)),
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
                HeatShare("数字基础设施", 1.0, "8/8"),
                HeatShare("产业数字化", 0.83, "10/12"),
                HeatShare("数字产业化", 0.75, "6/8"),
                HeatShare("数字政府", 0.6, "3/5"),
                HeatShare("数据要素", 0.25, "1/4"),
                HeatShare("数字乡村", None, "未提问"),
                HeatShare("研发投入", 0.0, "0/3"),
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
                WaterfallStep("医用纺织品集群：升级权重 1.0 → 1.4", 2.1, "+2.1"),
                WaterfallStep("县内无高校：不要求基础研究", 1.6, "+1.6"),
                WaterfallStep("水源保护区占县域 38%", 0.8, "+0.8"),
                WaterfallStep("邻近口岸：开放权重提高", -0.9, "−0.9"),
                WaterfallStep("链主在县：协作权重提高", -1.4, "−1.4"),
                WaterfallStep("本县人工调整：数字乡村", 0.3, "+0.3"),
            ),
            "本地标准",
            44.6,
            "因地制宜提高 2.5 分，产业集群贡献最大",
            "从 42.1 到 44.6：集群 +2.1，无高校 +1.6，水源 +0.8，口岸 −0.9，链主 −1.4，人工调整 +0.3。",
        ),
        SlopeChart(
            slopes(ZH_PILLARS),
            "2024年",
            "2025年",
            "与2024年相比，四个支柱上升，一个下降，一个首次评分",
            "各支柱2024年与2025年得分："
            + "；".join(f"{line.label}{line.before} → {line.value}" for line in slopes(ZH_PILLARS)),
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
        DetailCard(
            "推动 120 家中小企业接入链主平台",
            (
                CardField("补短板", runs("产业数字化（21.5 → 40）、装备更新（33 → 38）")),
                CardField("决定权", runs("县政府")),
                CardField("牵头单位", runs("县工信局")),
                CardField("难度", runs("3（共 5 级）")),
                CardField("期限", runs("2027 Q1 至 2028 Q2")),
                CardField("资金", runs("960 万元，其中市级基金 400 万元")),
                CardField("前置条件", runs("与平台签订数据协议（见 CM12）；每个园区一名顾问")),
                CardField("考核指标", runs("用机器数据排产的企业：37 → 150 家（2028 年底）")),
                CardField(
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
        DetailCard(
            "与市里商定数据目录",
            (
                CardField("补短板", runs("数字政府与数据共享（17 → 42）")),
                CardField("决定权", runs("市里决定，县里提请")),
                CardField("牵头单位", runs("县数据局")),
                CardField("难度", runs("2（共 5 级）")),
                CardField("期限", runs("2027 Q1 至 2027 Q3")),
                CardField("考核指标", runs("两个以上部门共用的数据集：4 → 40 个")),
            ),
            runs("列明数据由谁掌握、依何法律可以流转，由市里一次批准。"),
            "CM12 · +2.6 分",
            "cm12",
        ),
        ImpactMatrix(
            (
                MatrixPoint("1", "120 家中小企业接入链主平台", 3, 3.4),
                MatrixPoint("2", "与市里商定数据目录", 2, 2.6),
                MatrixPoint("3", "与高校共建医用纺织品检验检测中心", 4, 2.2),
                MatrixPoint("4", "机器操作工夜校", 2, 1.1),
                MatrixPoint("5", "专利一站式窗口", 1, 0.6),
                MatrixPoint("6", "园区能耗按小时计量", 2, 1.0),
                MatrixPoint("7", "氢能示范线", 5, 0.4),
                MatrixPoint("8", "引进第二家链主", 5, 1.9),
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
                GanttTask("与市里商定数据目录", 0, 3, "打基础", "市里批准"),
                GanttTask("三个园区配顾问", 0, 2, "打基础"),
                GanttTask("首批 40 家企业接入", 2, 5, "促接入", "40 家"),
                GanttTask("120 家企业全部接入", 5, 10, "促接入", "120 家接入，150 家用数据排产"),
                GanttTask("600 名操作工夜校培训", 1, 8, "促接入"),
                GanttTask("与江北理工大学共建医用纺织品检验检测中心", 3, 12, "建平台", "启用"),
            ),
            ("2026 年", "2027 年", "2028 年"),
            "三个季度打好基础，2028 年全部接入",
            "六项任务分三组，2026 至 2028 年的甘特图。",
        ),
        Table(
            (
                TableColumn("序号", 0.4),
                TableColumn("任务", 2.0),
                TableColumn("可量化目标", 2.0),
                TableColumn("牵头单位", 1.1),
                TableColumn("责任单位", 1.6),
                TableColumn("完成时限", 1.0, "right"),
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
                TableColumn("题号", 0.9),
                TableColumn("题目", 3.0),
                TableColumn("作答", 1.1),
                TableColumn("得分", 0.7, "right"),
                TableColumn("权重", 0.7, "right"),
                TableColumn("佐证", 1.6),
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
