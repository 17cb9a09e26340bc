"""Packages that only some tests need, and which do not come with the extra `test`."""

import pytest


def require(module, extra="test-all"):
    """Return a module; the test, or all tests of the file that asks, are skipped if it is not installed."""
    return pytest.importorskip(module, reason=f"needs {module}, which comes with the extra `{extra}`")
