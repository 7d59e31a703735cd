"""Entry point: `nqpf-assess`, and `python -m nqpf_assess`."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    # Else pydantic reads the metadata of every installed package to look for plugins, at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from nqpf_assess.cli.main import run
    from nqpf_assess.cli.output import open_streams

    open_streams()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
