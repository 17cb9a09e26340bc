"""The entry point of `cardlint` and `python -m cardlint`."""

import gc
import os
import sys
import threading
from contextlib import suppress

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all objects of a start live until the end. Searching them for garbage took a tenth of a run over one card, so
    the collector is turned on only after the start; freeing them at the end took a twentieth, so this is skipped.
    """
    gc.disable()
    code: object = 0
    try:
        from cardlint.cli.app import main as run

        gc.freeze()
        gc.set_threshold(30_000, 5, 5)  # most cards are done, and their objects freed, before a search
        gc.enable()
        run()
    except KeyboardInterrupt:  # outside of the command line's own handling
        code = 130
    except SystemExit as leaving:
        code = leaving.code
    _end(code)


def _end(code: object) -> None:
    """Exit immediately unless exit handlers or threads exist.

    Libraries with exit handlers (a pool, a cluster, a log) have imported `atexit`.
    """
    if isinstance(code, int) and "atexit" not in sys.modules and threading.active_count() == 1:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with suppress(OSError, ValueError):  # broken or closed, which was reported before
                stream.flush()
        os._exit(code)
    gc.freeze()
    sys.exit(code)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
