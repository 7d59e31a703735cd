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
            en="Looked in: {places}. Give a path with --questionnaire, or a workspace with --content.",
            zh="已查找：{places}。可用 --questionnaire 指定路径，或用 --content 指定工作区。",
        ),
        missing_of("questionnaire_missing"),
    ),
    Rule(
        "weights_missing",
        "error",
        text(en="there is no rubric “{name}” for “{questionnaire}”", zh="“{questionnaire}”没有名为“{name}”的权重方案"),
        text(
            en="Looked in: {places}. Give a path with --weights, or a workspace with --content.",
            zh="已查找：{places}。可用 --weights 指定路径，或用 --content 指定工作区。",
        ),
        missing_of("weights_missing"),
    ),
    Rule(
        "base_missing",
        "error",
        text(en="there is no rubric “{name}” to be based on", zh="找不到所依据的权重方案“{name}”"),
        text(
            en="Put {name}.toml beside this file, or correct based_on.",
            zh="请将 {name}.toml 放在本文件旁，或改正 based_on。",
        ),
        missing_of("base_missing"),
    ),
    Rule(
        "base_cycle",
        "error",
        text(en="these rubrics are based on each other in a circle: {ring}", zh="以下方案互为依据：{ring}"),
        text(en="Let one of them be a baseline.", zh="请让其中一个成为基准。"),
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
        "other_format",
        "error",
        text(en="the format here is “{name}”, wanted is “{wanted}”", zh="此处格式为“{name}”，应为“{wanted}”"),
        text(
            en="Each file begins with its format; this one belongs elsewhere.",
            zh="每个文件以 format 开头，此文件应放在别处。",
        ),
        missing_of("other_format"),
    ),
    Rule(
        "empty_folder",
        "error",
        text(en="there is no TOML file in this folder", zh="此文件夹中没有 TOML 文件"),
        text(en="Name a questionnaire's folder, or a file.", zh="请指定问卷文件夹或文件。"),
        missing_of("empty_folder"),
    ),
)
