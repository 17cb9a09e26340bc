"""The number of examples that a property is tried with: fewer in the fast suite (see `conftest.py`)."""

from hypothesis import settings


def examples(count):
    """Return the number of examples for a test that gets `count` of them when the slow tests run too."""
    return count * settings.default.max_examples // 100
