"""`completion SHELL`: the script that lets a shell complete commands, options, ids and files."""

import sys

import click
from click.shell_completion import get_completion_class

from nqpf_assess.cli.commands import Settings, subcommand
from nqpf_assess.cli.output import print_note
from nqpf_assess.locale import _

PROGRAM = "nqpf-assess"
VARIABLE = "_NQPF_ASSESS_COMPLETE"
"""Environment variable by which the script asks this program what to offer."""

SHELLS = {
    "bash": "nqpf-assess completion bash >> ~/.bashrc",
    "zsh": "nqpf-assess completion zsh >> ~/.zshrc",
    "fish": "nqpf-assess completion fish > ~/.config/fish/completions/nqpf-assess.fish",
}
ZSH_BEGINS = "    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }\n"
HOW = _("To have it in every shell: {command}")


@subcommand("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(settings: Settings, *, shell: str) -> int:
    """Print the completion script of a shell."""
    root = click.get_current_context().find_root().command
    kind = get_completion_class(shell)
    assert kind is not None
    # A zsh whose settings start no completion has no `compdef`, and would say so each time it opens.
    script = kind(root, {}, PROGRAM, VARIABLE).source().replace("    compdef ", ZSH_BEGINS + "    compdef ")
    sys.stdout.write(script)
    if sys.stdout.isatty():
        print_note(settings.tell(HOW, command=SHELLS[shell]))
    return 0
