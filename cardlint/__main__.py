"""The entry point of `cardlint` and `python -m cardlint`."""

import gc
import os
import sys
from collections.abc import Callable

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all objects of a start live until the end. Searching them for garbage took a tenth of a run over one card, so
    the collector is turned on only after the start; freeing them at the end took a twentieth, so they are frozen there.
    """
    gc.disable()
    code: object = 0
    try:
        run = _command()
        gc.freeze()
        gc.set_threshold(30_000, 5, 5)  # most cards are done, and their objects freed, before a search
        gc.enable()
        run()
    except KeyboardInterrupt:  # outside of the command line's own handling
        code = 130
    except SystemExit as leaving:
        code = leaving.code
    gc.freeze()
    sys.exit(code)  # type: ignore[arg-type]


def _command() -> Callable[[], None]:
    """Import the command line; this fails in a zip archive, since msgspec has a compiled part."""
    try:
        from cardlint.cli.app import main as run
    except ImportError:
        if os.path.exists(__file__):  # noqa: PTH110 - pathlib is imported later
            raise
        sys.stderr.write("error: cardlint cannot run from a zip archive, since a library has compiled code; use pip\n")
        sys.exit(2)
    return run


if __name__ == "__main__":
    main()
