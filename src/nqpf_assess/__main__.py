"""Entry point: `nqpf-assess`, and `python -m nqpf_assess`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    # Most of what a command makes lives until it ends; looking through it again and again for circles frees nothing.
    gc.set_threshold(100_000, 20, 100)
    # Else pydantic reads the metadata of every installed package to look for plugins, at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from nqpf_assess.cli.main import run
    from nqpf_assess.cli.output import open_streams

    open_streams()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
