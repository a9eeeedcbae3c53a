"""The entry point: `lint`, `rules`, `explain` and `--version` start at once, everything else by way of typer."""

import gc
import sys

from nb2prod import __version__


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"nb2prod {__version__}\n")
        return
    if sys.argv[1:2] == ["lint"]:
        gc.disable()  # neither what is imported nor a notebook's trees are garbage
        from nb2prod import warm

        if (code := warm.replay(sys.argv[1:])) is not None:
            raise SystemExit(code)
    from nb2prod import fastcli

    if fastcli.handles(sys.argv[1:]):
        raise SystemExit(fastcli.run(sys.argv[1:]))
    from nb2prod.cli import main as full

    full()


if __name__ == "__main__":
    main()
