"""Writes the tables of docs/content.md from docs/content/*.toml and the questionnaires."""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.questionnaire import Questionnaire

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "content"
PAGE = ROOT / "docs" / "content.md"
INSTRUMENTS = ("region", "firm")
KINDS = (
    ("pillars", "pillars 支柱"),
    ("dimensions", "dimensions 维度"),
    ("facts", "facts 情况"),
    ("questions", "questions 题目"),
    ("countermeasures", "measures 对策"),
    ("checks", "checks 检查"),
    ("figures", "figures 数据核对"),
    ("sources", "sources 出处"),
)
COUNTED = ("questions 题目", "measures 对策", "others 其他")
MARK = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
VERDICTS = {
    "confirmed": "confirmed 属实",
    "amended": "amended 已修改",
    "unconfirmed": "not found again 未再查到",
    "open": "not looked up 本次未查",
    "judgement": "judgement only 仅为判断",
}


def read(name: str) -> dict[str, Any]:
    """Read one of the files the page is made from."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def questionnaire(id: str) -> Questionnaire:
    """Read a questionnaire of this repository."""
    book = Library((Root("shipped", ROOT),)).questionnaire(id)
    if book is None:
        raise LookupError(id)
    return book.value


def cited(item: object) -> set[str]:
    """Give the sections of the paper that an item rests on."""
    sections = {name.partition("#")[2] for name in getattr(item, "sources", ()) if name.startswith("paper#")}
    section = getattr(item, "section", None)
    return sections | {section} if section else sections


@cache
def items(id: str) -> Mapping[str, tuple[str, set[str]]]:
    """Give for every id of a questionnaire its kind and the sections of the paper it rests on."""
    value = questionnaire(id)
    return {name: (kind, cited(item)) for kind, _ in KINDS for name, item in getattr(value, kind).items()}


# ---- the tables


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def drawn() -> str:
    """Count what became of the claims that were drawn, and name those that were not simply confirmed."""
    found = read("drawn")
    head = ["drawn from 抽取范围", "drawn 抽取", *VERDICTS.values()]
    counts = (_draw(number, draw, found["item"]) for number, draw in enumerate(found["draw"], start=1))
    rest = ([f"`{i['id']}`", VERDICTS[i["verdict"]], i["by"]] for i in found["item"] if i["verdict"] in _TOLD)
    return table(head, counts) + "\n\n" + table(["item 项目", "verdict 结论", "what was seen 所见"], rest)


def _draw(number: int, draw: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[str]:
    counts = Counter(item["verdict"] for item in items if item["draw"] == number)
    whence = f"{draw['population']} {_both(draw['what'])}"
    return [whence, str(counts.total()), *(str(counts[verdict]) for verdict in VERDICTS)]


_TOLD = ("amended", "unconfirmed", "open")


def readings() -> str:
    """Count the pairs read, those that agree, and tell each doubt with what was mended."""
    found = read("readings")
    pairs = [reading for place in found["levels"].values() for reading in place.values()]
    same = sum(reading["A"] == reading["B"] for reading in pairs)
    doubts = found["doubts"]
    row = [
        str(len(pairs)),
        f"{same} ({100 * same / len(pairs):.1f}%)",
        str(len(doubts)),
        str(sum(doubt.get("open", False) for doubt in doubts)),
    ]
    head = ["pairs read 读数", "same level 等级相同", "in doubt 有疑问", "still open 尚未解决"]
    anew = table(["read anew in 2027 重读", "pairs 读数", "as before 与此前一致"], _anew(found["levels"]))
    told = ([f"`{d['question']}`", _both(d["why"]), _both(d["mended"])] for d in doubts)
    first = table(head, iter([row])) + "\n\n" + anew
    return first + "\n\n" + table(["question 题目", "doubt 疑问", "mended 修改"], told)


def _anew(levels: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Sequence[str]]:
    """Count the pairs that were read once more, and those in which the last reading before was met."""
    places = read("places")
    for id in INSTRUMENTS:
        of_kind = [each for place, each in levels.items() if places[place]["questionnaire"] == id]
        pairs = [reading for each in of_kind for reading in each.values() if "C" in reading]
        same = sum(reading["C"] == reading["after"] for reading in pairs)
        yield id, str(len(pairs)), f"{same} ({100 * same / len(pairs):.1f}%)"


def sections() -> str:
    """Count for each section of the paper its statements and what rests on it."""
    found = read("paper_map")
    names = sorted({entry["section"] for entry in found.values() if "section" in entry}, key=_order)
    columns = [f"{who}: {what}" for who in ("region 区域版", "firm 企业版") for what in COUNTED]
    return table(["section 章节", "statements 条目", *columns], (_section(name, found) for name in names))


def _order(section: str) -> list[int]:
    return [int(part) for part in section.split(".")]


def _section(section: str, found: Mapping[str, Any]) -> list[str]:
    statements = sum(entry.get("section") == section for entry in found.values())
    counts: list[int] = []
    for id in INSTRUMENTS:
        kinds = Counter(kind for kind, rests in items(id).values() if section in rests)
        counts += [kinds["questions"], kinds["countermeasures"]]
        counts.append(kinds.total() - counts[-1] - counts[-2])
    return [section, str(statements), *map(str, counts)]


def statements() -> str:
    """Tell for every statement of the paper where it went."""
    head = ["", "§", "what the paper says 论文内容", "region 区域版", "firm 企业版", "elsewhere 其他"]
    return table(head, (_statement(id, entry) for id, entry in read("paper_map").items()))


def _statement(id: str, entry: Mapping[str, Any]) -> list[str]:
    measure = f" (measure 对策{entry['measure']})" if "measure" in entry else ""
    elsewhere = [", ".join(f"`weights/{name}`" for name in entry.get("rubrics", ()))]
    elsewhere += [_both(entry[key]) for key in ("texts", "left_out") if key in entry]
    ids = [_grouped(name, entry.get(name, ())) for name in INSTRUMENTS]
    return [id, entry.get("section", ""), _both(entry["says"]) + measure, *ids, "<br>".join(filter(None, elsewhere))]


def _grouped(id: str, names: Sequence[str]) -> str:
    known = items(id)
    groups = [(label, [f"`{name}`" for name in names if known[name][0] == kind]) for kind, label in KINDS]
    return "<br>".join(f"{label}: {', '.join(group)}" for label, group in groups if group)


def _both(words: Mapping[str, str]) -> str:
    return f"{words['en']} {words['zh']}".replace("|", "\\|")


# ---- the page

MADE: dict[str, Callable[[], str]] = {
    "drawn": drawn,
    "readings": readings,
    "sections": sections,
    "statements": statements,
}


def page() -> str:
    """Give the whole page: the prose as it stands, the tables anew."""
    return MARK.sub(lambda found: f"{found[1]}\n{MADE[found[2]]()}\n\n{found[3]}", PAGE.read_text(encoding="utf-8"))


def main() -> int:
    """Write the page; with --check only say whether it is fresh."""
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
