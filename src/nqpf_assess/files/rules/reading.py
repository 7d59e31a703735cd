"""Can the file be read at all? Encoding, TOML syntax, a key written twice, brackets without end."""

from collections.abc import Callable, Iterable

from nqpf_assess.files.document import Unreadable
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.model.text import Text, text

CURLY = text(en='Use straight quotation marks: " instead of “ ”, ‘ ’.', zh='请使用半角直引号 "，不要用“ ”或‘ ’。')
FULL_WIDTH = text(
    en="“{found}” is a full-width mark; switch the input method to half-width and type it again.",
    zh="“{found}”是全角符号，请切换到半角后重新输入。",
)
QUOTES = "“”‘’„‟＂＇"
WIDE = "＝［］｛｝，．：　＃（）【】、。；－"


def faults_of(code: str) -> Callable[[Iterable[Unreadable]], Iterable[Finding]]:
    """Make the function that picks one kind of fault."""

    def find(faults: Iterable[Unreadable]) -> Iterable[Finding]:
        for fault in faults:
            if fault.code == code:
                yield Finding((), {**fault.values, "place": fault.place}, hint=_hint(fault))

    return find


def _hint(fault: Unreadable) -> Text | None:
    found = str(fault.values.get("found", ""))
    if found and found in QUOTES:
        return CURLY
    if found and found in WIDE:
        return {language: words.format(found=found) for language, words in FULL_WIDTH.items()}
    return None


READING_RULES = (
    Rule(
        "encoding",
        "error",
        text(en="the file is not UTF-8{seems}", zh="文件编码不是 UTF-8{seems}"),
        text(
            en="Save it again as UTF-8 (in most editors: Save As, Encoding, UTF-8).",
            zh="请另存为 UTF-8 编码（多数编辑器：另存为—编码—UTF-8）。",
        ),
        faults_of("encoding"),
    ),
    Rule(
        "syntax",
        "error",
        text(en="this is not valid TOML: {fault}", zh="TOML 语法错误：{fault}"),
        text(
            en='Compare with a line that works: key = "text", key = 1, key = [1, 2], [table].',
            zh='请对照正确写法：键 = "文字"、键 = 1、键 = [1, 2]、[表名]。',
        ),
        faults_of("syntax"),
    ),
    Rule(
        "duplicate_key",
        "error",
        text(
            en="“{name}” is written a second time; the first is at {first}", zh="“{name}”重复书写，首次出现在 {first}"
        ),
        text(en="Keep one of the two, or give the second another id.", zh="请保留其中一处，或为后者另取标识。"),
        faults_of("duplicate_key"),
    ),
    Rule(
        "too_deep",
        "error",
        text(en="brackets are nested too deep to read", zh="括号嵌套过深，无法读取"),
        text(
            en="No format needs more than a few levels; look for brackets never closed.",
            zh="请检查是否有未闭合的括号。",
        ),
        faults_of("too_deep"),
    ),
)

SEEMS = text(en="; it looks like {encoding}", zh="，疑似 {encoding}")

SYNTAX_WORDS: tuple[tuple[str, Text], ...] = (
    ("Invalid value", text(en="the value is not valid", zh="值无效")),
    ("Expected '=' after a key", text(en="“=” is missing after the key", zh="键后缺少“=”")),
    ("Expected ']' at the end of a table", text(en="the table's name is not closed with “]”", zh="表名缺少右括号“]”")),
    ("Expected ']]' at the end", text(en="the table's name is not closed with “]]”", zh="表名缺少右括号“]]”")),
    ("Unclosed array", text(en="the list is not closed, or a comma is missing", zh="列表未闭合或缺少逗号")),
    (
        "Unclosed inline table",
        text(en="the table in braces is not closed, or a comma is missing", zh="花括号未闭合或缺少逗号"),
    ),
    ("Expected newline or end", text(en="more follows on the line after the value is complete", zh="值后有多余内容")),
    (
        "Illegal character '\\n'",
        text(en="the line ends inside a text, a quotation mark is missing", zh="本行文字缺少右引号"),
    ),
    ("Unterminated string", text(en="the text is not closed, a quotation mark is missing", zh="文字缺少右引号")),
    (
        'Expected \'"""\'',
        text(en="the text is not closed, three quotation marks are missing", zh="多行文字缺少结束的三引号"),
    ),
    ("Unescaped '\\\\'", text(en="a backslash stands alone; write \\\\ for one", zh="反斜杠须写成 \\\\")),
    ("Invalid hex", text(en="an escape is not complete", zh="转义不完整")),
    ("Invalid initial character for a key part", text(en="a key is wanted here", zh="此处应为键名")),
    ("Invalid statement", text(en="a key or a table is wanted here", zh="此处应为键名或表名")),
    ("Invalid date or datetime", text(en="the date is not valid", zh="日期无效")),
    ("Found invalid character", text(en="a control character stands here", zh="此处有控制字符")),
    ("Exceeds the limit", text(en="a number has thousands of digits", zh="数字位数过多")),
)


def syntax_words(fault: str) -> Text:
    """Put the reader's complaint in the user's words."""
    known = next((words for start, words in SYNTAX_WORDS if fault.startswith(start)), None)
    return known or text(en=fault, zh=f"（{fault}）")
