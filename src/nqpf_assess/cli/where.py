"""`where`: what is found where, in the order in which it is looked up."""

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.text import Text, text

ROOT_WORDS: dict[str, Text] = {
    "content": text(en="given with --content", zh="--content 指定"),
    "workspace": text(en="current folder", zh="当前文件夹"),
    "user": text(en="your data folder", zh="用户数据文件夹"),
    "shipped": text(en="shipped with the program", zh="程序自带"),
}
NOTHING = text(en="nothing here", zh="无内容")
SHADOWED = text(en="(not used: found above)", zh="（未采用：以上已找到）")


@subcommand("where")
@option("--json", "as_json", is_flag=True, words=text(en="Rows for machines.", zh="以 JSON 输出。"))
def command(settings: Settings, *, as_json: bool) -> int:
    """List the roots and what each holds; what an earlier root has shadows the same id later."""
    from nqpf_assess.files.places import inventory, roots

    rows = inventory(roots(settings.content))
    if as_json:
        say_json([row.as_row() for row in rows])
        return 0
    for root in dict.fromkeys(row.root for row in rows):
        say(f"{settings.tell(ROOT_WORDS[root.kind])}: {root.path}")
        for row in rows:
            if row.root == root:
                what = f"{row.kind} {row.id}" if row.id else settings.tell(NOTHING)
                say("  " + what + ("" if row.used else " " + settings.tell(SHADOWED)))
    return 0
