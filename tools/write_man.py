"""Write the manual page of the command line, docs/man/nqpf-assess.1, and the Chinese one beside it, from the commands.

`man docs/man/nqpf-assess.1` shows it; the package installs both where `man` looks.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from nqpf_assess.cli.commands import BilingualOption, CommandGroup, Settings, common_options
from nqpf_assess.cli.main import command_line
from nqpf_assess.locale import tell

FOLDER = Path(__file__).parents[1] / "docs" / "man"
PAGES = {"en": FOLDER / "nqpf-assess.1", "zh": FOLDER / "zh" / "nqpf-assess.1"}

SAID = {
    "en": {
        "name": "assess new quality productive forces, tailored to local conditions",
        "manual": "User Commands",
        "about": "With no command the terminal app opens. Every other use is a command that works in a pipe: data on "
        "standard output, everything else on standard error, no prompt where standard input is no terminal.",
        "everywhere": "OPTIONS OF EVERY COMMAND",
        "status": [
            ("0", "done"),
            ("1", "something is wrong in the files, or one is not there; every problem was printed"),
            ("2", "wrong usage"),
            ("3", "the machine refused, or an optional part is missing; the message names it"),
            ("130", "interrupted; nothing is lost"),
        ],
        "environment": [
            ("NQPF_ASSESS_DATA", "Folder of the user's data, instead of the system's own place."),
            ("NQPF_ASSESS_CACHE", "Folder of the cache: content, and the answers worked on last; empty: none."),
            ("NO_COLOR", "Plain text without colour."),
            ("LC_ALL, LC_MESSAGES, LANG", "The language, where --lang does not say it."),
            ("SOURCE_DATE_EPOCH", "The date on what is written, in seconds since 1970."),
        ],
        "files": [
            (
                "questionnaires/, weights/, samples/, editions/",
                "Content of a workspace, looked in before what is shipped.",
            ),
        ],
        "examples": [
            ("nqpf-assess init my-office", "Make a workspace with questionnaires, rubrics and samples."),
            ("nqpf-assess assess county.toml --as region", "Answer in the terminal."),
            ("nqpf-assess report county.toml --lang both -o county.pdf", "Write the report in both languages."),
            ("nqpf-assess cohort collect answers/ -o counties.csv", "Bring many answer files into one table."),
        ],
        "heads": ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"),
    },
    "zh": {
        "name": "因地制宜发展新质生产力自评",
        "manual": "用户命令",
        "about": "不带命令时打开终端应用。其余用法均为命令，可用于管道：数据写到标准输出，其他内容写到标准错误；"
        "标准输入不是终端时不提问。",
        "everywhere": "各命令通用选项",
        "status": [
            ("0", "完成"),
            ("1", "文件有问题或不存在，均已列出"),
            ("2", "用法错误"),
            ("3", "系统拒绝，或缺少可选组件（信息中写明名称）"),
            ("130", "已中断，内容未丢失"),
        ],
        "environment": [
            ("NQPF_ASSESS_DATA", "用户数据文件夹，代替系统默认位置。"),
            ("NQPF_ASSESS_CACHE", "缓存文件夹（问卷和方案、最近一次填写的答卷）；为空则不用缓存。"),
            ("NO_COLOR", "纯文本，不用颜色。"),
            ("LC_ALL, LC_MESSAGES, LANG", "未用 --lang 时的语言。"),
            ("SOURCE_DATE_EPOCH", "所写文件的日期，自 1970 年起的秒数。"),
        ],
        "files": [("questionnaires/, weights/, samples/, editions/", "工作区的内容，先于随程序附带的内容查找。")],
        "examples": [
            ("nqpf-assess init my-office", "建立工作区，内含问卷、权重方案和样例。"),
            ("nqpf-assess assess county.toml --as region", "在终端作答。"),
            ("nqpf-assess report county.toml --lang both -o county.pdf", "生成双语报告。"),
            ("nqpf-assess cohort collect answers/ -o counties.csv", "把多份答卷汇成一张表。"),
        ],
        "heads": ("名称", "用法", "说明", "命令", "退出状态", "环境变量", "文件", "示例"),
    },
}


def plain(words: str) -> str:
    """Return text as a line of roff: nothing in it is a request or an escape."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in escaped.splitlines() if line)


def page(language: str) -> str:
    """Return the manual page in a language."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: str) -> Iterator[str]:
    said = SAID[language]
    name, usage, about, commands, status, environment, files, examples = said["heads"]
    yield '.\\" Written by tools/write_man.py from the commands; do not edit.'
    yield f'.TH NQPF\\-ASSESS 1 "" "nqpf\\-assess" "{said["manual"]}"'
    yield from (f".SH {name}", f"nqpf\\-assess \\- {said['name']}")
    yield from (f".SH {usage}", ".B nqpf\\-assess", "[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR [\\fIARGS\\fR]...]")
    yield from (f".SH {about}", plain(str(said["about"])))
    root = command_line()
    context = click.Context(root, info_name="nqpf-assess", obj=Settings(language=language))
    yield f".SH {commands}"
    yield from _commands(root, context, language)
    yield f".SH {said['everywhere']}"
    yield from _options(common_options(), context, language)
    for head, rows in ((status, "status"), (environment, "environment"), (files, "files"), (examples, "examples")):
        yield f".SH {head}"
        for term, words in said[rows]:
            yield from (".TP", f".B {plain(term)}", plain(words))


def _commands(group: CommandGroup, context: click.Context, language: str) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inside = click.Context(command, parent=context, info_name=name)
        yield f".SS {plain(inside.command_path.removeprefix('nqpf-assess '))}"
        yield plain(tell(group.rows[name], language))
        if isinstance(command, CommandGroup):
            yield from _commands(command, inside, language)
            continue
        pieces = [piece for piece in command.collect_usage_pieces(inside) if piece != "[OPTIONS]"]
        yield from (".PP", f".B {plain(' '.join([inside.command_path, *pieces]))}")
        shared = {(*option.opts, option.type.name) for option in common_options()}
        yield from _options([p for p in command.params if (*p.opts, p.type.name) not in shared], inside, language)


def _options(options: list[click.Parameter], context: click.Context, language: str) -> Iterator[str]:
    for option in options:
        if isinstance(option, BilingualOption) and not option.hidden:
            record = option.get_help_record(context)
            if record is not None:
                yield from (".TP", f".B {plain(record[0])}", plain(re.sub(r"\s+", " ", tell(option.words, language))))


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language), encoding="utf-8")
