"""The process that is `cardlint`, or `python -m cardlint`."""

import gc
import os
import sys
import threading
from contextlib import suppress

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all that a start makes lives to the end. Searching it for garbage while it is made took a tenth of a run over
    one card, so the collector starts behind it; taking it apart at the end took a twentieth, so that is left out.
    """
    gc.disable()
    code: object = 0
    try:
        from cardlint.cli.app import main as run

        gc.freeze()
        gc.set_threshold(30_000, 5, 5)  # what a card makes dies with it; most are done before there is a search
        gc.enable()
        run()
    except KeyboardInterrupt:  # before or behind the time when the command line looks after it
        code = 130
    except SystemExit as leaving:
        code = leaving.code
    _end(code)


def _end(code: object) -> None:
    """End the process: at once where nobody is left who must hear of it, as everywhere else where somebody may be.

    Whoever wants to be called at the end (a pool, a cluster, a log) has imported `atexit` to say so.
    """
    if isinstance(code, int) and "atexit" not in sys.modules and threading.active_count() == 1:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with suppress(OSError, ValueError):  # broken or closed: said already, where there was somebody to hear it
                stream.flush()
        os._exit(code)
    gc.freeze()
    sys.exit(code)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
