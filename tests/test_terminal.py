"""What a console that lacks characters, and no terminal at all, are sent."""

import io
import sys

import pytest
from rich.cells import cell_len

from cardlint.commands.terminal import prepare_streams, style_of


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp932", "gbk"])
@pytest.mark.parametrize("text", ["霧笛 📯 muteki", "é 한국어 x", "|---| ✗ Ж"])
def test_stand_ins_are_as_wide_as_what_they_stand_for(monkeypatch, encoding, text):
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    prepare_streams()
    stream.write(text)
    stream.flush()
    shown = written.getvalue().decode(encoding)
    assert cell_len(shown) == cell_len(text)
    assert "?" in shown or shown == text


def test_nothing_is_wrapped_without_a_terminal():
    assert not style_of(io.StringIO()).wraps
