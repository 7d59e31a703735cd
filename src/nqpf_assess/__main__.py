"""Entry point: `nqpf-assess`, and `python -m nqpf_assess`."""

import gc
import os
import signal
import sys
from types import ModuleType


def main() -> None:
    """Run the command line and leave with its exit status."""
    # Most of what a command makes lives until it ends; looking through it again and again for circles frees nothing.
    gc.set_threshold(100_000, 20, 100)
    # Else pydantic reads the metadata of every installed package to look for plugins, at each start; and told not to,
    # it still imports what would read it, half of the standard library's e-mail with it. None are found either way.
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        no_plugins = sys.modules.setdefault("pydantic.plugin._loader", ModuleType("pydantic.plugin._loader"))
        vars(no_plugins).setdefault("get_plugins", tuple)
    # Else OpenBLAS starts a thread for each core as numpy is imported. No sum here is large enough to be shared out,
    # and where the system starts no further thread, it raises a Ctrl+C.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from nqpf_assess.cli.interrupts import heard_everywhere, held_back

        heard_everywhere()
        with held_back():
            from nqpf_assess.cli.main import run
            from nqpf_assess.cli.output import let_go, open_streams

        open_streams()
        status = run(sys.argv[1:])
        let_go()
        # The work is done and told: a Ctrl+C while the interpreter ends would only turn its status into a signal's.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:  # while the command line was still being imported
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from nqpf_assess.cli.main import interrupted

        status = interrupted(sys.argv[1:])
    # Else the interpreter looks through everything once more for circles before the process ends, and frees it piece
    # by piece: a fifth of what a report costs.
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
