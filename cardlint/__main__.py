"""The process that is `cardlint`, or `python -m cardlint`."""

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all that a start makes lives to the end. Searching it for garbage while it is made, and once more when the
    process ends, took a tenth of a run over one card; so the collector starts behind it, and is spared the end.
    """
    gc.disable()
    try:
        from cardlint.cli import main as run

        gc.freeze()
        gc.set_threshold(20_000, 20, 20)  # what a card makes dies with it, without a search every 700 objects
        gc.enable()
        run()
    except KeyboardInterrupt:  # before or behind the time when the command line looks after it
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
