"""Pinyin of Chinese words, in full and by first letters, for people who search as input methods do.

The 3,755 common characters of GB/T 2312 stand in the order of their syllables, so a character's syllable follows from
its code; no table of readings is needed. Rarer characters have none, and one with several readings has the first.
"""

from bisect import bisect_right
from functools import cache
from itertools import groupby

SYLLABLES = (
    "啊a埃ai鞍an肮ang凹ao芭ba白bai斑ban邦bang苞bao杯bei奔ben崩beng逼bi鞭bian标biao鳖bie彬bin兵bing玻bo"
    "捕bu擦ca猜cai餐can苍cang操cao厕ce层ceng插cha拆chai搀chan昌chang超chao车che郴chen撑cheng吃chi充chong"
    "抽chou初chu揣chuai川chuan疮chuang吹chui春chun戳chuo疵ci聪cong凑cou粗cu蹿cuan摧cui村cun磋cuo搭da呆dai"
    "耽dan当dang刀dao德de蹬deng堤di颠dian碉diao跌die丁ding丢diu东dong兜dou督du端duan堆dui墩dun掇duo蛾e"
    "恩en而er发fa藩fan坊fang菲fei芬fen丰feng佛fo否fou夫fu噶ga该gai干gan冈gang篙gao哥ge给gei根gen耕geng"
    "工gong钩gou辜gu刮gua乖guai棺guan光guang瑰gui辊gun锅guo哈ha骸hai酣han夯hang壕hao呵he嘿hei痕hen哼heng"
    "轰hong喉hou呼hu花hua槐huai欢huan荒huang灰hui荤hun豁huo击ji嘉jia歼jian僵jiang蕉jiao揭jie巾jin荆jing"
    "炯jiong揪jiu鞠ju捐juan撅jue均jun喀ka开kai刊kan康kang考kao坷ke肯ken坑keng空kong抠kou枯ku夸kua块kuai"
    "宽kuan匡kuang亏kui坤kun括kuo垃la莱lai蓝lan琅lang捞lao勒le雷lei棱leng厘li俩lia联lian粮liang撩liao"
    "列lie琳lin玲ling溜liu龙long楼lou芦lu驴lv峦luan掠lve抡lun萝luo妈ma埋mai瞒man芒mang猫mao么me玫mei门men"
    "萌meng眯mi棉mian苗miao蔑mie民min明ming谬miu摸mo谋mou拇mu拿na氖nai南nan囊nang挠nao呢ne馁nei嫩nen"
    "能neng妮ni蔫nian娘niang鸟niao捏nie您nin柠ning牛niu脓nong奴nu女nv暖nuan虐nve挪nuo哦o欧ou啪pa拍pai"
    "攀pan乓pang抛pao呸pei喷pen砰peng坯pi篇pian飘piao撇pie拼pin乒ping坡po扑pu期qi掐qia牵qian枪qiang橇qiao"
    "切qie钦qin青qing琼qiong秋qiu趋qu圈quan缺que裙qun然ran瓤rang饶rao惹re壬ren扔reng日ri戎rong揉rou茹ru"
    "软ruan蕊rui闰run若ruo撒sa腮sai三san桑sang搔sao瑟se森sen僧seng莎sha筛shai珊shan墒shang梢shao奢she"
    "砷shen声sheng师shi收shou蔬shu刷shua摔shuai栓shuan霜shuang谁shui吮shun说shuo斯si松song搜sou苏su酸suan"
    "虽sui孙sun蓑suo塌ta胎tai坍tan汤tang掏tao特te藤teng梯ti天tian挑tiao贴tie厅ting通tong偷tou凸tu湍tuan"
    "推tui吞tun拖tuo挖wa歪wai豌wan汪wang威wei瘟wen嗡weng挝wo巫wu昔xi瞎xia掀xian相xiang萧xiao楔xie薪xin"
    "星xing兄xiong休xiu墟xu轩xuan靴xue勋xun压ya焉yan殃yang邀yao椰ye一yi茵yin英ying哟yo拥yong幽you迂yu"
    "鸳yuan曰yue耘yun匝za栽zai咱zan赃zang遭zao责ze贼zei怎zen增zeng扎zha摘zhai瞻zhan樟zhang招zhao遮zhe"
    "珍zhen蒸zheng芝zhi中zhong舟zhou珠zhu抓zhua拽zhuai专zhuan桩zhuang椎zhui谆zhun捉zhuo兹zi鬃zong邹zou"
    "租zu钻zuan嘴zui尊zun昨zuo"
)
"""Each syllable behind the first character that has it; ü is written v, as input methods do."""

LAST_CODE = 0xD7F9

LEAST_SPELLED = 4
"""Letters from which a word is looked for in full pinyin; shorter ones are in nearly every text."""


@cache
def _starts() -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the codes at which a syllable begins, and the syllables."""
    parts = ["".join(part) for _latin, part in groupby(SYLLABLES, str.isascii)]
    return tuple(int.from_bytes(letter.encode("gb2312"), "big") for letter in parts[::2]), tuple(parts[1::2])


@cache
def syllable(letter: str) -> str:
    """Return the syllable of a common Chinese character; "" for anything else."""
    try:
        code = int.from_bytes(letter.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    codes, syllables = _starts()
    return syllables[bisect_right(codes, code) - 1] if codes[0] <= code <= LAST_CODE else ""


def initials(words: str) -> str:
    """Return the initials of all common Chinese characters in a text; anything between them is one space."""
    return " ".join("".join(syllable(letter)[:1] or " " for letter in words).split())


def spelled(words: str) -> str:
    """Return the syllables of all common Chinese characters in a text; anything between them is one space."""
    return " ".join("".join(syllable(letter) or " " for letter in words).split())


def begins(wanted: str, words: str) -> bool:
    """Return whether letters without spaces are the beginning of the syllables of some place in a text."""
    runs = [[*part] for known, part in groupby(map(syllable, words), bool) if known]
    return bool(wanted) and any("".join(run[place:]).startswith(wanted) for run in runs for place in range(len(run)))


def sounding_like(wanted: str, words: str) -> frozenset[int]:
    """Return the places of the characters in a text whose initials are the letters, or whose syllables begin so."""
    found: set[int] = set()
    sounds = [syllable(letter) for letter in words] if wanted.isascii() and len(wanted) > 1 else []
    for place in range(len(sounds)):
        here = sounds[place : place + len(wanted)]
        if "".join(sound[:1] for sound in here) == wanted and all(here):
            found |= {*range(place, place + len(wanted))}
            continue
        last, heard = place, ""
        while last < len(sounds) and sounds[last] and len(heard) < len(wanted):
            heard, last = heard + sounds[last], last + 1
        if len(wanted) >= LEAST_SPELLED and heard.startswith(wanted):
            found |= {*range(place, last)}
    return frozenset(found)
