"""The entry point of `cardlint` and `python -m cardlint`."""

import gc
import os
import sys
from collections.abc import Callable

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all objects of a start live until the end. Searching them for garbage takes a twentieth of a run over one
    card, so garbage is looked for only after more objects than most starts make, 35,000 to 60,000; most cards are
    done, and their objects freed, before that. Freeing all objects at the end took a twentieth, too, so they are frozen
    there.
    """
    gc.set_threshold(60_000, 5, 5)
    code: object = 0
    try:
        run = _command()
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
        from cardlint.cli.main import main as run
    except ImportError:
        if os.path.exists(__file__):  # noqa: PTH110 - pathlib is imported later
            raise
        sys.stderr.write("error: cardlint cannot run from a zip archive, since a library has compiled code; use pip\n")
        sys.exit(2)
    return run


if __name__ == "__main__":
    main()
