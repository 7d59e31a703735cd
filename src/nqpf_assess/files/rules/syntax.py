"""The TOML reader's complaints in the words of people who write TOML and no programs, and what to do about each."""

from nqpf_assess.files.recovery import TOO_LONG
from nqpf_assess.model.text import Text, text

Row = tuple[str, Text, Text | None]
"""How the complaint begins, what it says, what to do (None: the general advice)."""

ONE_LINE = text(
    en='A table in braces stands on one line, with commas between and none at the end: { en = "...", zh = "..." }.',
    zh='花括号内的内容须写在一行，各项以逗号分隔，末尾不加逗号：{ en = "……", zh = "……" }。',
)
CLOSE_TEXT = text(
    en='A text in "..." ends on its line; a longer one stands between """ and """. A " inside a text is written \\".',
    zh='"……" 须在同一行内结束；多行文字放在 """ 与 """ 之间。文字中的 " 须写成 \\"。',
)
QUOTE = text(
    en='Texts stand in quotation marks: key = "text". Numbers stand alone (2.5), and so do true and false.',
    zh='文字须加引号：键 = "文字"。数字（2.5）以及 true、false 不加引号。',
)
EQUALS = text(en="A line has the form key = value, with “=”.", zh="每行的写法是“键 = 值”，中间用“=”。")
SPELLED = text(en="Keys have Latin letters, digits, _ and -.", zh="键名只用拉丁字母、数字、_ 和 -。")
BACKSLASH = text(
    en=r"Write \\ for a backslash, or put the text in single marks: 'C:\data'.",
    zh=r"反斜杠写成 \\，或改用单引号：'C:\data'。",
)

ROWS: tuple[Row, ...] = (
    ("Invalid value", text(en="the value is not valid", zh="值无效"), QUOTE),
    ("Expected '=' after a key", text(en="“=” is missing after the key", zh="键后缺少“=”"), EQUALS),
    ("Expected ']' at the end of a table", text(en="the table's name is not closed with “]”", zh="表名缺少“]”"), None),
    ("Expected ']]' at the end", text(en="the table's name is not closed with “]]”", zh="表名缺少“]]”"), None),
    (
        "Unclosed array",
        text(en="the list is not closed with “]”, or a comma is missing", zh="列表缺少“]”或逗号"),
        text(
            en="Separate the entries with commas and close the list: [1, 2].", zh="各项以逗号分隔，末尾用“]”：[1, 2]。"
        ),
    ),
    (
        "Unclosed inline table",
        text(en="the table in braces is not closed with “}”, or a comma is missing", zh="花括号缺少“}”或逗号"),
        ONE_LINE,
    ),
    (
        "Expected newline or end",
        text(en="more follows on the line after the value is complete", zh="值后有多余内容"),
        text(
            en='One line holds one key. A number stands alone; a text with "..." ends at the second mark.',
            zh="一行只写一个键。数字后面不写单位，引号后面不写文字。",
        ),
    ),
    ("Illegal character '\\n'", text(en="the text is not closed on its line", zh="文字没有在本行结束"), CLOSE_TEXT),
    (
        "Found invalid character '\\n'",
        text(en="the text is not closed on its line", zh="文字没有在本行结束"),
        CLOSE_TEXT,
    ),
    ("Unterminated string", text(en="the text is not closed", zh="文字没有结束"), CLOSE_TEXT),
    ("Expected '\"", text(en="the text is not closed", zh="文字没有结束"), CLOSE_TEXT),
    ("Expected \"'", text(en="the text is not closed", zh="文字没有结束"), CLOSE_TEXT),
    ("Unescaped '\\\\'", text(en="a backslash stands alone in a text", zh="文字中有单独的反斜杠"), BACKSLASH),
    ("Invalid hex", text(en="the code after a backslash is not complete", zh="反斜杠后的字符编码不完整"), BACKSLASH),
    (
        "Escaped character",
        text(en="the code after a backslash is no character", zh="反斜杠后的编码不是字符"),
        BACKSLASH,
    ),
    ("Invalid initial character for a key", text(en="a key is wanted here", zh="此处应为键名"), SPELLED),
    ("Invalid statement", text(en="a key or a table is wanted here", zh="此处应为键名或表名"), SPELLED),
    (
        "Invalid date or datetime",
        text(en="there is no such date or time", zh="日期或时间不存在"),
        text(en="Write it as 2026-11-02T09:14:05+08:00.", zh="写法如 2026-11-02T09:14:05+08:00。"),
    ),
    (
        "Found invalid character",
        text(en="a control character stands here", zh="此处有控制字符"),
        text(en="Delete it; it may be invisible in the editor.", zh="请删去，编辑器中可能不显示。"),
    ),
    (
        "Illegal character",
        text(en="a control character stands in the text", zh="文字中有控制字符"),
        text(en="Delete it; it may be invisible in the editor.", zh="请删去，编辑器中可能不显示。"),
    ),
    (
        TOO_LONG,
        text(en="the number has thousands of digits", zh="数字有数千位"),
        text(en="Write an ordinary number.", zh="请填写普通数字。"),
    ),
)

IN_BRACES = "\n}"
"""What stands where a key is wanted, if a table in braces goes over several lines or ends with a comma."""


def syntax_words(fault: str) -> Text:
    """Put the reader's complaint in the user's words."""
    other = text(en=fault, zh="此处写法有误")
    return next((words for start, words, _ in ROWS if fault.startswith(start)), other)


def syntax_hint(fault: str, found: str) -> Text | None:
    """Say what to do about the reader's complaint."""
    if fault.startswith("Invalid initial character") and found and found in IN_BRACES:
        return ONE_LINE
    return next((hint for start, _, hint in ROWS if fault.startswith(start)), None)
