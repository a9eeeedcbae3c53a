"""The entry point: `lint`, `rules`, `explain` and `--version` start at once, everything else by way of typer."""

import sys


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    from nb2prod import fastcli

    if fastcli.handles(sys.argv[1:]):
        raise SystemExit(fastcli.run(sys.argv[1:]))
    from nb2prod.cli import main as full

    full()


if __name__ == "__main__":
    main()
