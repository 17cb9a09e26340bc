"""Many cards at once: what no single card can show."""

import io
import os

import pytest

from cardlint import workers
from cardlint.reporters import FORMATS, Report, Style, reporter
from cardlint.runner import ENOUGH, Mend, Run, Settings

CARD = "---\nlicense: mit\n---\n\n# A lighthouse\n\nIt tells ships from rocks.\n"
PLAIN = Style(color=False, width=100, unicode=True, hyperlinks=False)


def _die(_):
    os._exit(9)


def test_a_killed_worker_is_trouble_for_its_cards_and_ends_nothing(tmp_path, monkeypatch):
    for index in range(100):
        folder = tmp_path / f"card{index:03}"
        folder.mkdir()
        (folder / "README.md").write_text(CARD, "utf-8")
    monkeypatch.setattr(workers, "_judge_batch", _die)
    checked = Run(Settings(jobs=2, isolated=True)).check([str(tmp_path)])
    assert len(checked.troubles) == 100
    assert all("killed" in trouble.message for trouble in checked.troubles)


@pytest.fixture
def mixed(tmp_path, monkeypatch):
    """A folder with all that a search may come upon, more than one process takes on by itself."""
    for index in range(ENOUGH + 40):
        folder = tmp_path / f"{index % 7}" / f"model{index:03}"
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(CARD * (index % 4), "utf-8")
        if index % 5 == 0:
            (folder / "notes.md").write_text("# Nothing here\n", "utf-8")
        if index % 9 == 0:
            (folder / "CARD.md").symlink_to("README.md" if index % 2 else "gone.md")
        if index % 11 == 0:
            (folder / "cardlint.toml").write_text('exclude = ["README.md"]\n' if index % 2 else "broken = [\n", "utf-8")
    (tmp_path / ".gitignore").write_text("model013/\n", "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(checked):
    texts = []
    report = Report(checked.findings, checked.summary, checked.troubles, "0.1.0", secrets=checked.secrets)
    for name in FORMATS:
        stream = io.StringIO()
        reporter(name)(report, stream, PLAIN)
        texts.append(stream.getvalue())
    return texts, checked.skipped, checked.troubles, checked.notes, checked.fails, list(checked.patches)


@pytest.mark.parametrize("mend", [Mend.NOTHING, Mend.SHOW])
@pytest.mark.parametrize("paths", [["."], ["3", "1", "5/model005/README.md", "5", "0", "."]])
def test_whatever_the_number_of_processes_a_run_tells_the_same(mixed, mend, paths):
    alone = Run(Settings(mend=mend)).check(paths)
    seen = []
    shared = Run(Settings(mend=mend, jobs=3)).check(paths, progress=seen.append)
    assert told(shared) == told(alone)
    assert len(seen) == shared.cards == alone.cards > ENOUGH
    assert {skipped.reason.split("`")[0] for skipped in alone.skipped} >= {"git-ignored", "no sign of a model card"}
    assert {trouble.message for trouble in alone.troubles} >= {"a symlink to what is not there"}


def test_findings_stand_by_path_however_paths_are_named(mixed):
    findings = list(Run(Settings()).check(["3", "1", "2"]).findings)
    assert findings == sorted(findings, key=lambda finding: finding.sort_key)
    assert findings == list(Run(Settings()).check(["1", "2", "3"]).findings)
