"""Standard output for the messages of a protocol alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import BinaryIO

__all__ = ["protocol_output"]


@contextmanager
def protocol_output() -> Iterator[BinaryIO]:
    """Yield standard output, and send to standard error what rules and the processes they start print meanwhile.

    Between two messages it would end the conversation. The stream may be closed before the end.
    """
    sys.stdout.flush()
    number = sys.stdout.fileno()
    with os.fdopen(os.dup(number), "wb") as output, redirect_stdout(sys.stderr):
        os.dup2(sys.stderr.fileno(), number)
        try:
            yield output
        finally:
            if not output.closed:
                os.dup2(output.fileno(), number)
