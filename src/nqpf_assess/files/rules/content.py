"""Is the content a file names to be found: its questionnaire, its rubric, what the rubric is based on?"""

from collections.abc import Callable, Iterable

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.model.text import text

Missing = tuple[str, Finding]
"""A rule's code and what was not found."""


def missing_of(code: str) -> Callable[[Iterable[Missing]], Iterable[Finding]]:
    """Make the function that picks what one rule is about."""
    return lambda missing: (finding for name, finding in missing if name == code)


CONTENT_RULES = (
    Rule(
        "questionnaire_missing",
        "error",
        text(en="there is no questionnaire “{name}”", zh="找不到问卷“{name}”"),
        text(
            en="{near}There are: {known}. Looked in: {places}. A path may be given with --questionnaire.",
            zh="{near}已有：{known}。查找位置：{places}。可用 --questionnaire 指定路径。",
        ),
        missing_of("questionnaire_missing"),
    ),
    Rule(
        "weights_missing",
        "error",
        text(
            en="there is no rubric “{name}” for “{questionnaire}”", zh="问卷“{questionnaire}”没有名为“{name}”的权重方案"
        ),
        text(
            en="{near}There are: {known}. Looked in: {places}. A path may be given with --weights.",
            zh="{near}已有：{known}。查找位置：{places}。可用 --weights 指定路径。",
        ),
        missing_of("weights_missing"),
    ),
    Rule(
        "base_missing",
        "error",
        text(en="there is no rubric “{name}” to be based on", zh="找不到所依据的权重方案“{name}”"),
        text(
            en="{near}Put {name}.toml beside this file, or correct based_on.",
            zh="{near}请将 {name}.toml 放在本文件旁，或改正 based_on。",
        ),
        missing_of("base_missing"),
    ),
    Rule(
        "base_cycle",
        "error",
        text(
            en="these rubrics are based on each other in a circle: {ring}",
            zh="以下权重方案的 based_on 循环引用：{ring}",
        ),
        text(en="Let one of them be a baseline, without based_on.", zh="请让其中一个成为基准方案（不写 based_on）。"),
        missing_of("base_cycle"),
    ),
    Rule(
        "other_questionnaire",
        "error",
        text(
            en="this belongs to the questionnaire “{name}”, not to “{wanted}”",
            zh="此文件属于问卷“{name}”，而非“{wanted}”",
        ),
        text(en="Choose content of one questionnaire.", zh="请选用同一问卷的内容。"),
        missing_of("other_questionnaire"),
    ),
    Rule(
        "empty_folder",
        "error",
        text(en="there is no TOML file in this folder", zh="此文件夹中没有 TOML 文件"),
        text(en="Name a questionnaire's folder, or a file.", zh="请指定问卷文件夹或文件。"),
        missing_of("empty_folder"),
    ),
    Rule(
        "passed_over",
        "warning",
        text(en="“{name}” is not read: its name does not end in .toml", zh="未读取“{name}”：文件名不以 .toml 结尾"),
        text(
            en="Rename it to {wanted}. Windows hides endings: turn on “File name extensions” under View.",
            zh="请改名为 {wanted}。Windows 会隐藏扩展名，可在“查看”中勾选“文件扩展名”。",
        ),
        missing_of("passed_over"),
    ),
)
