"""What may tell another time than the year of a sheet: all that has a sign of one, and no title of a whole year."""

import pytest

from nqpf_assess.exchange.sheet_times import PARTS_ALONE, PARTS_OF_SAID_YEAR, Writing
from nqpf_assess.exchange.sheet_unclear import may_tell_time, words_above

YEAR = {"2024"}


@pytest.mark.parametrize("way", [*PARTS_OF_SAID_YEAR, *PARTS_ALONE], ids=lambda way: way.example)
def test_no_part_of_a_year_that_is_known_depends_on_its_own_pattern(way: Writing) -> None:
    """Where the pattern failed, the part would be told."""
    assert may_tell_time(way.example, YEAR)
    assert may_tell_time(f"某县{way.example}主要指标", YEAR)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "2024年第6期",
            "2024年06期",
            "2024年度 第6期",
            "2024年1-6期",
            "会计期间：2024年第6期",
            "期间 001-006",
            "期间：6",
        ),
        *(
            "2024年M6",
            "P06 2024",
            "2024P06",
            "P6",
            "006/2024",
            "2024.006",
            "Period 6 2024",
            "Per. 6",
            "FY24 P06",
            "HY1 2024",
        ),
        *(
            "Jun 24",
            "'24 Jun",
            "24.06",
            "24.6",
            "24-06",
            "24/06",
            "06/24",
            "2406",
            "240630",
            "31.05.24",
            "6/30",
            "6.30",
        ),
        *(
            "week 26",
            "W26",
            "CW26",
            "2024-W26",
            "第26周",
            "上旬",
            "周报",
            "月报",
            "6月号",
            "2024 YTD",
            "YTD 06 2024",
            "MTD",
        ),
        *(
            "当月",
            "本月",
            "当季",
            "同期",
            "上年",
            "去年",
            "上年同期",
            "2024年中报",
            "2024年度中期",
            "2024年中",
            "2024年年初",
            "年初数",
        ),
        *(
            "Interim report 2024",
            "Mid-year",
            "6 mths 2024",
            "Qtr 2",
            "H1FY24",
            "HY2024",
            "1HFY24",
            "last year",
            "prior-year",
        ),
        *(
            "2024年12月当月",
            "2024年12月",
            "2024-12",
            "202412",
            "12月1日至12月31日",
            "2024_06",
            "06-2024",
            "2024 6",
            "(6)",
            "06",
        ),
        *(
            "2023",
            "2023年",
            "2023数",
            "2023A",
            "23年",
            "'23",
            "FY23",
            "二O二三年",
            "Dec 23",
            "2023/24",
            "23.12",
            "2025年3月",
        ),
        *(
            "年份：2024年 月份：6",
            "月份 6",
            "元月",
            "1-9",
            "今年以来",
            "2024年1-6",
            "2024年_6",
            "Ⅱ季度",
            "某县2024上主要指标",
            "2024年下",
            "2024年度上",
            "2024春",
            "２０２４．０６",
        ),
        *("本日", "日报", "前半", "6号", "迄今", "目前", "中报", "近5年平均", "期间6版", "利润表-06-2024"),
        *("24年06版", "24年1-6版", "006年2024", "'23版", "2406版", "06/24版", "1/6版", "6.30年2024"),
    ],
)
def test_what_may_be_another_time_is_told_though_nothing_knows_it(words: str) -> None:
    assert may_tell_time(words, YEAR)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "2024年",
            "2024",
            "2024年度",
            "2024年末",
            "2024年全年",
            "2024年1-12月",
            "2024年一至十二月",
            "2024.01-2024.12",
            "24年",
        ),
        *(
            "2024年12月31日",
            "31 December 2024",
            "FY24",
            "'24",
            "CY24",
            "twelve months ended 31 December 2024",
            "Jan-Dec 2024",
        ),
        *(
            "2024年元月至12月",
            "2024年一至四季度",
            "2024年分季度主要指标",
            "2024 by quarter",
            "2024年第1期至第12期",
            "2024年期末",
        ),
        *(
            "23-4 各县（市、区）主要经济指标（2024年）",
            "表23-4",
            "附表1",
            "续表 2",
            "Table 3-2 Main indicators (2024)",
            "Sheet1",
        ),
        *(
            "1-1 行政区划",
            "3.科技",
            "一、综合",
            "（三）工业",
            "第一、二、三产业",
            "第3页",
            "Sheet1 (2)",
            "附件2：2024年主要指标",
        ),
        *(
            "单位：万元",
            "单位：10万元",
            "Unit: 10,000 yuan",
            "Unit: RMB '000",
            "RMB’000",
            "计量单位：万元、%",
            "表号：B104-1表",
            "文号：国统字〔2023〕88号",
        ),
        *("编制单位：花季服饰有限公司", "Unit: yuan per month", "元/月", "2025年统计年鉴", "2025 statistical yearbook"),
        *(
            "较上年增减",
            "上年=100",
            "5年期",
            "4个季度",
            "1-12月",
            "12/31",
            "31.12.2024",
            "As of Dec. 31, 2024",
            "12M 2024",
        ),
        *(
            "有效期至：2025年6月",
            "填报日期：2025年1月10日",
            "邮编：310012",
            "2025-01-10",
            "制表：张三",
            "统一社会信用代码：91330106MA2B",
        ),
        *(
            "年主营业务收入2000万元及以上",
            "2000万元以上企业",
            "亿元以上项目",
            "2022家企业",
            "中国制造2025试点",
            "GB/T 4754-2017",
        ),
        *(
            "某省统计年鉴2025",
            "按2020年不变价计算",
            "“十四五”规划主要指标",
            "第七次全国人口普查",
            "二期工程",
            "季节性调整",
        ),
        *(
            "15-59岁人口",
            "5G基站",
            "3A级景区",
            "PM2.5",
            "top 10",
            "2024年10强企业",
            "12个乡镇",
            "百强县",
            "一般公共预算",
        ),
        *(
            "日照市",
            "周口市各县",
            "月湖区",
            "四季青镇",
            "半导体",
            "定期报表",
            "长期投资",
            "2024年中小企业",
            "2024年初中教育",
            "2024年上市公司",
            "2024年上海市",
            "2024年上蔡县主要指标",
            "2024年秋粮",
        ),
        *(
            "安和县2024年国民经济和社会发展统计公报",
            "利润表 2024年度",
            "Main indicators, 2024",
            "2024年初步核算数",
            "current prices",
        ),
    ],
)
def test_what_tells_a_whole_year_or_no_time_passes_without_a_word(words: str) -> None:
    assert not may_tell_time(words, YEAR)


def test_of_figures_from_the_first_month_on_the_last_is_the_whole_year() -> None:
    for words in ("2024年12月", "2024-12", "2024年第12期", "12月", "2024年12月1日至12月31日"):
        assert not may_tell_time(words, YEAR, to_date=True)
    assert may_tell_time("2024年11月", YEAR, to_date=True)


def test_the_part_that_is_asked_for_is_no_other_time() -> None:
    assert not may_tell_time("某县2024年1-6月主要指标", YEAR, ["2024年上半年"])
    assert may_tell_time("某县2024年1-9月主要指标", YEAR, ["2024年上半年"])
    for period in ("2024年7月至2025年6月", "2025财年（2024年7月—2025年6月）", "截至2025年6月30日止年度"):
        assert not may_tell_time(f"某厂{period}利润表", {"2025"}, [period])


def test_of_a_row_pieces_of_a_time_are_one_and_figures_or_years_of_columns_none() -> None:
    assert words_above(["2024", "6"], {"2024", "6"}) == ["2024", "2024 6"]
    assert words_above(["甲市", "24.06", "5"], {"24.06", "5"}) == []
    assert words_above(["指标", "2023年", "2024年"], set()) == []
    assert words_above(["主要指标", "24.06"], {"24.06"}) == ["24.06"]
