"""The country's divisions: found by name, pinyin, initials or code; each with its level and the name it is given."""

import re

import pytest

from nqpf_assess.session.divisions import LEVEL_FACT, divisions, find_places, level_of


@pytest.mark.parametrize(
    "typed", ["安吉", "anji", "ANJI", "330523", "zj anj", "浙江 安吉", "huzhou anji", "湖州 aj", "ａｎｊｉ"]
)
def test_a_county_is_the_first_found_by_whatever_is_typed(typed: str) -> None:
    assert find_places(typed)[0].code == "330523"


def test_namesakes_are_told_apart_by_what_they_belong_to() -> None:
    named = [place.named("zh") for place in find_places("鼓楼")]
    assert {"南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"} <= set(named)
    assert find_places("开封 gulou")[0].code == "410204"
    assert [place.code for place in find_places("shaanxi")] == ["610000"]  # the province itself, by its English name


@pytest.mark.parametrize(
    ("code", "level", "zh", "en"),
    [
        ("330523", "county", "浙江省安吉县", "Anji County, Zhejiang"),
        ("320106", "district", "南京市鼓楼区", "Gulou District, Nanjing City"),
        ("110105", "district", "北京市朝阳区", "Chaoyang District, Beijing"),
        ("610100", "sub_provincial", "陕西省西安市", "Xi'an City, Shaanxi"),
        ("141100", "prefecture", "山西省吕梁市", "Lüliang City, Shanxi"),
        ("140430", "county", "山西省沁县", "Qinxian County, Shanxi"),
        ("429021", "county", "湖北省神农架林区", None),
        ("419001", "county", "河南省济源市", "Jiyuan City, Henan"),
        ("133100", "dev_zone", "河北省雄安新区", "Xiong'an New Area, Hebei"),
        ("320576", "dev_zone", "江苏省苏州工业园区", "Suzhou Industrial Park, Jiangsu"),  # no district with such a name
        ("420528", "county", "湖北省长阳土家族自治县", "湖北省长阳土家族自治县"),
        ("150525", "county", "内蒙古自治区奈曼旗", "内蒙古自治区奈曼旗"),
        ("810000", "province", "香港特别行政区", "Hong Kong SAR"),
        ("820000", "province", "澳门特别行政区", "Macao SAR"),
        ("710000", "province", "台湾省", "Taiwan Province"),
        ("540000", "province", "西藏自治区", "Xizang"),
        ("411100", "prefecture", "河南省漯河市", "Luohe City, Henan"),
        ("341621", "county", "安徽省涡阳县", "Guoyang County, Anhui"),
        ("130981", "county", "河北省泊头市", "Botou City, Hebei"),
        ("441821", "county", "广东省佛冈县", "Fogang County, Guangdong"),
        ("350105", "district", "福州市马尾区", "Mawei District, Fuzhou City"),
        ("450804", "district", "贵港市覃塘区", "Qintang District, Guigang City"),
    ],
)
def test_levels_and_names(code: str, level: str, zh: str, en: str | None) -> None:
    place = next(division for division in divisions() if division.code == code)
    assert (place.level, place.named("zh")) == (level, zh)
    assert en is None or place.named("en") == en


def test_the_table_is_whole_and_each_syllable_is_one() -> None:
    found = divisions()
    assert len({division.code for division in found}) == len(found)
    assert sum(not division.code.endswith("00") for division in found) > 2800
    assert sum(division.code.endswith("0000") for division in found) == 34
    for division in found:
        assert len(division.syllables) == len(division.name), division
        assert all(re.fullmatch("[a-z]{1,6}", syllable) for syllable in division.syllables), division
        assert division.code.endswith("0000") or division.above[-1].code == division.code[:2] + "0000"


def test_every_level_is_an_option_of_the_fact() -> None:
    import tomllib

    from nqpf_assess.files.places import shipped

    facts = tomllib.loads((shipped() / "questionnaires/region/02-facts.toml").read_text(encoding="utf-8"))["facts"]
    levels = {division.level for division in divisions()} - {""}
    assert levels <= set(facts[LEVEL_FACT]["options"])


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("安禾县", "county"),
        ("Anhe County", "county"),
        ("昆山市", "county"),
        ("苏州市", "prefecture"),
        ("杭州市", "sub_provincial"),
        ("南京市鼓楼区", "district"),
        ("鼓楼区", "district"),
        ("浙江省安吉县", "county"),
        ("广西壮族自治区", "province"),
        ("大兴安岭地区", "prefecture"),
        ("Anji County, Zhejiang Province", "county"),
        ("Hangzhou, Zhejiang Province", ""),
        ("Keqiao District, Shaoxing City, Zhejiang Province", ""),
        ("Zhejiang Province", "province"),
        ("安吉县，浙江省", ""),
        ("Zhejiang Province, Anji County", ""),  # as one is used to from Chinese: no province
        ("安吉县 浙江省", ""),
        ("浙江省 安吉县", "county"),
        ("苏州工业园区", "dev_zone"),
        ("新河市", ""),
        ("安禾高新区", ""),
        ("安禾新区", ""),
        ("Anhe City", ""),
        ("", ""),
    ],
)
def test_the_level_is_told_by_a_name_only_where_the_name_says_it(name: str, level: str) -> None:
    assert level_of(name) == level
