"""Many cards at once: what no single card can show."""

import os

from cardlint import runner
from cardlint.runner import Run, Settings

CARD = "---\nlicense: mit\n---\n\n# A lighthouse\n\nIt tells ships from rocks.\n"


def _die(_):
    os._exit(9)


def test_a_killed_worker_is_trouble_for_its_cards_and_ends_nothing(tmp_path, monkeypatch):
    for index in range(100):
        folder = tmp_path / f"card{index:03}"
        folder.mkdir()
        (folder / "README.md").write_text(CARD, "utf-8")
    monkeypatch.setattr(runner, "_lint_batch", _die)
    checked = Run(Settings(jobs=2, isolated=True)).check([str(tmp_path)])
    assert len(checked.troubles) == 100
    assert all("killed" in trouble.message for trouble in checked.troubles)
