"""The process that is `cardlint`, or `python -m cardlint`."""

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line.

    Nearly all that a start makes lives to the end. Searching it for garbage while it is made, and once more when the
    process ends, took a tenth of a run over one card; so the collector starts behind it, and is spared the end.
    """
    gc.disable()
    from cardlint.cli import main as run

    gc.freeze()
    gc.enable()
    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
