"""Writes docs/problems.md: every problem `check` knows, from the table of rules and the examples in tests/invalid."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from nqpf_assess.files.finding import Rule
from nqpf_assess.files.rules.catalogue import GROUPS, in_general
from nqpf_assess.model.problem import SEVERITY_WORDS

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "invalid"
PAGE = ROOT / "docs" / "problems.md"

TITLES = {
    "reading": "Reading a file 读取文件",
    "formats": "The first line 首行",
    "content": "Questionnaires and rubrics that are looked up 查找问卷和权重方案",
    "shape": "Keys and values 键与值",
    "texts": "Texts in every language 各语言文字",
    "references": "Ids and sources 标识与来源",
    "conditions": "Conditions 条件",
    "figures": "Levels, options and scales 等级、选项和标尺",
    "advice": "Findings and countermeasures 结论与对策措施",
    "rubric": "Rubrics 权重方案",
    "answers": "Answers 答卷",
    "maps": "Maps of statistics sheets 统计表对照",
}

INTRODUCTION = """\
# Problems that `check` finds 检查能发现的问题

<!-- Made by tools/write_problems.py from the table of rules and tests/invalid: do not edit. 由程序生成，请勿修改。 -->

`nqpf-assess check FILE...` prints each problem as `file:line:column: severity code: message`, with a hint below;
`--lang zh` in Chinese, `--json` for machines. An **error** keeps a file from being used, a **warning** should be looked
at, a **notice** is for information. Words in braces stand for what the file says. The examples are files in
`tests/invalid/`.

`nqpf-assess check 文件…` 逐条列出问题，格式为“文件:行:列: 级别 代码: 说明”，下一行是建议；`--lang en` 用英文，
`--json` 供程序读取。**错误**须改正后才能使用，**警告**应当核对，**提示**仅供参考。花括号中的词代表文件中的内容。
示例文件在 `tests/invalid/` 中。
"""

ROW = re.compile(r"(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): \w+ (?P<code>\w+): .*\n {4}.*")


def page() -> str:
    """Give the whole page."""
    parts = [INTRODUCTION]
    told: set[str] = set()
    for group, rules in GROUPS:
        new = [rule for rule in rules if rule.code not in told]
        told.update(rule.code for rule in new)
        if new:
            parts.append(f"## {TITLES[group]}\n")
            parts += [section(rule) for rule in {rule.code: rule for rule in reversed(new)}.values()][::-1]
    return "\n".join(parts)


def section(rule: Rule) -> str:
    """Give what there is to say of one code: its words in both languages, and an example."""
    severity = SEVERITY_WORDS[rule.severity]
    lines = [f"### {rule.code}\n", f"{severity['en'].capitalize()} {severity['zh']}\n"]
    lines += [f"- {_plain(rule.message[language])} — {_plain(rule.hint[language])}" for language in ("en", "zh")]
    return "\n".join([*lines, "", *example(rule.code)])


def _plain(words: str) -> str:
    """Write a sentence as it stands in the table, so that Markdown changes nothing in it."""
    return re.sub(r"([\\`*_<>|\[\]])", r"\\\1", in_general(words))


def example(code: str) -> Iterator[str]:
    """Give the example's faulty line among its neighbours, and what is said of it."""
    name = f"{code}.expected.txt"
    match = next(row for row in ROW.finditer((EXAMPLES / name).read_text(encoding="utf-8")) if row["code"] == code)
    lines = [] if code in ("unreadable", "missing_file") else _lines(EXAMPLES / match["file"])
    if lines:
        number = int(match["line"])
        yield from ("```toml", *lines[max(0, number - 2) : number + 1], "```\n")
    yield from ("```text", match[0], "```\n")


def _lines(file: Path) -> list[str]:
    """Give the lines of an example that can be shown; an example of a faulty encoding cannot."""
    try:
        return file.read_text(encoding="utf-8").split("\n") if file.is_file() else []
    except UnicodeDecodeError:
        return []


def main() -> int:
    """Write the page; with --check only say whether it is fresh."""
    fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
    if "--check" in sys.argv[1:]:
        return 0 if fresh else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
