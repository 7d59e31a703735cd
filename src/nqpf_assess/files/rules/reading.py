"""Can the file be read at all? Encoding, TOML syntax, a key written twice, brackets without end."""

from collections.abc import Callable, Iterable

from nqpf_assess.files.document import CUT
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.recovery import CURLY, Unreadable
from nqpf_assess.files.rules.syntax import syntax_hint, syntax_words
from nqpf_assess.model.text import Text, fill, text

STRAIGHT = text(
    en='The mark {found} is a curly quotation mark; texts stand in straight ones: "...".',
    zh='此处的 {found} 不是半角直引号；文字须放在半角直引号中："……"。',
)
FULL_WIDTH = text(
    en="The mark {found} is a full-width one; switch the input method to half-width and type it again.",
    zh="此处的 {found} 是全角符号，请切换到半角后重新输入。",
)
INVISIBLE = text(
    en="An invisible character (U+{number:04X}) stands here; delete it and type a plain space.",
    zh="此处有不可见字符（U+{number:04X}），请删去，改用普通空格。",
)
DECIMAL = text(en="Decimals are written with a point: 0.5, not 0,5.", zh="小数用点号：写 0.5，不写 0,5。")
LISTED = ("adjust", "judgements", "override", "follow_up")
"""Tables of a format that stand in double brackets, once for each entry."""
DOUBLE_BRACKETS = text(
    en="Write [[{name}]] in double brackets, each time; so there may be several.",
    zh="请每次都用双层方括号 [[{name}]]，这样可以写多项。",
)
WIDE = "。、【】《》〈〉「」『』—…·"
SEEMS = text(en="; it looks like {encoding}", zh="，疑似 {encoding}")
COPY_AGAIN = text(
    en="It was cut off, perhaps while it was copied: copy it again.", zh="文件可能在复制时被截断，请重新复制。"
)
CUT_OFF = text(en="; it ends in the middle of a character", zh="，末尾字符不完整")


def faults_of(code: str) -> Callable[[Iterable[Unreadable]], Iterable[Finding]]:
    """Make the function that picks one kind of fault."""

    def find(faults: Iterable[Unreadable]) -> Iterable[Finding]:
        for fault in faults:
            if fault.code == code:
                path = (str(fault.values["name"]),) if "name" in fault.values else ()
                yield Finding(path, {**fault.values, **_words(fault)}, hint=_hint(fault))

    return find


def _words(fault: Unreadable) -> dict[str, object]:
    if fault.code == "encoding":
        encoding = str(fault.values["encoding"])
        return {"seems": CUT_OFF if encoding == CUT else fill(SEEMS, encoding=encoding) if encoding else ""}
    return {"fault": syntax_words(str(fault.values["fault"]))} if fault.code == "syntax" else {}


def _hint(fault: Unreadable) -> Text | None:
    if fault.code == "encoding" and fault.values["encoding"] == CUT:
        return COPY_AGAIN
    if fault.code == "duplicate_key" and fault.values["header"] and fault.values["name"] in LISTED:
        return fill(DOUBLE_BRACKETS, name=fault.values["name"])
    if fault.code != "syntax":
        return None
    found = str(fault.values["found"])
    if fault.values["comma"]:
        return DECIMAL
    if found and found in CURLY:
        return fill(STRAIGHT, found=found)
    if found and (found in WIDE or "\uff00" <= found <= "\uffef"):
        return fill(FULL_WIDTH, found=found)
    if found and not found.isascii() and not found.isprintable():
        return fill(INVISIBLE, number=ord(found))
    return syntax_hint(str(fault.values["fault"]), found)


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
        "missing_file",
        "error",
        text(en="there is no such file", zh="文件不存在"),
        text(en="Check the name and the folder.", zh="请核对文件名和所在文件夹。"),
        faults_of("missing_file"),
    ),
    Rule(
        "unreadable",
        "error",
        text(en="the file cannot be read: {why}", zh="无法读取文件：{why}"),
        text(en="Check the name and the permissions, then run the check again.", zh="请核对文件名和权限，再重新检查。"),
        faults_of("unreadable"),
    ),
    Rule(
        "syntax",
        "error",
        text(en="this cannot be read as TOML: {fault}", zh="无法按 TOML 格式读取：{fault}"),
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
        text(en="brackets or dotted keys are nested too deep to read", zh="括号或带点的键嵌套过深，无法读取"),
        text(
            en="No format needs more than a few levels; look for brackets that are never closed.",
            zh="所有格式都只需要几层嵌套，请检查是否有未闭合的括号。",
        ),
        faults_of("too_deep"),
    ),
)
