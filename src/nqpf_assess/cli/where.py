"""`where`: what is found where, in the order in which it is looked up."""

from nqpf_assess.cli.commands import Settings, option, subcommand
from nqpf_assess.cli.output import print_data, print_json
from nqpf_assess.locale import Text, _
from nqpf_assess.locale.grammar import grammar

ROOT_WORDS: dict[str, Text] = {
    "content": _("given with --content"),
    "workspace": _("current folder"),
    "user": _("your data folder"),
    "shipped": _("shipped with the program"),
}
NOTHING = _("no questionnaires or weights here")
RESCUE = _("rescue copy {path}")
SHADOWED = _("(not used: found above)")


@subcommand("where")
@option("--json", "as_json", is_flag=True, words=_("Rows for machines."))
def command(settings: Settings, *, as_json: bool) -> int:
    """List the roots and what each holds; what an earlier root has shadows the same id later."""
    from nqpf_assess.files.places import inventory, roots
    from nqpf_assess.files.store import rescues

    rows = inventory(roots(settings.content))
    if as_json:
        print_json([row.as_row() for row in rows])
        return 0
    for root in dict.fromkeys(row.root for row in rows):
        print_data(f"{settings.tell(ROOT_WORDS[root.kind])}{grammar(settings.language).colon}{root.path}")
        for row in rows:
            if row.root == root:
                what = f"{row.kind} {row.id}" if row.id else settings.tell(NOTHING)
                print_data("  " + what + ("" if row.used else " " + settings.tell(SHADOWED)))
        for rescue in rescues() if root.kind == "user" else ():
            print_data("  " + settings.tell(RESCUE, path=rescue.relative_to(root.path)))
    return 0
