"""Many cards at once: what no single card can show."""

import io
import os
import subprocess
import sys
from unittest.mock import Mock

import pytest

from cardlint.reporters.formats import FORMATS, reporter
from cardlint.reporters.report import Report, Style
from cardlint.run import workers
from cardlint.run.judge import FixMode, RunOptions
from cardlint.run.run import ENOUGH, Run
from cardlint.run.workers import _judge_batch

CARD = "---\nlicense: mit\n---\n\n# A lighthouse\n\nIt tells ships from rocks.\n"
PLAIN = Style(color=False, width=100, unicode=True, hyperlinks=False)


def _die(_):
    os._exit(9)


def _die_of_one(batch):
    if any("card250" in item.shown for item in batch):
        os._exit(9)
    return _judge_batch(batch)


def _cards(folder, count):
    for index in range(count):
        (folder / f"card{index:03}").mkdir()
        (folder / f"card{index:03}" / "README.md").write_text(CARD, "utf-8")


def test_workers_that_are_killed_are_trouble_for_every_card_and_end_nothing(tmp_path, monkeypatch):
    _cards(tmp_path, 100)
    monkeypatch.setattr(workers, "_judge_batch", _die)
    checked = Run(RunOptions(jobs=2, isolated=True)).check([str(tmp_path)])
    assert len(checked.troubles) == 100
    assert all("killed" in trouble.message for trouble in checked.troubles)


def test_a_killed_worker_is_trouble_only_for_what_it_was_killed_over(tmp_path, monkeypatch):
    _cards(tmp_path, 400)
    monkeypatch.setattr(workers, "_judge_batch", _die_of_one)
    checked = Run(RunOptions(jobs=2, isolated=True)).check([str(tmp_path)])
    lost = [trouble.path for trouble in checked.troubles if "killed" in trouble.message]
    assert f"{tmp_path}/card250/README.md" in lost
    assert len(lost) == len(checked.troubles) == workers._BATCH
    assert checked.counts.cards == 400


_WAITS = """
import os, sys, time
from cardlint.run import workers
from cardlint.run.judge import RunOptions
from cardlint.run.run import Run

def wait(batch):
    os.write(1, b"at it\\n")
    time.sleep(600)

workers._judge_batch = wait
Run(RunOptions(jobs=2, isolated=True)).check([sys.argv[1]])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are no copies, and know nothing of `wait`")
def test_workers_end_with_who_is_killed_for_them(tmp_path):
    _cards(tmp_path, 100)
    command = [sys.executable, "-c", _WAITS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == process.stdout.readline() == b"at it\n"
        process.kill()
        # which the workers hold open, too
        process.communicate(timeout=60)


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
    report = Report(checked.findings, checked.counts, checked.troubles, "0.1.0", secrets=checked.secrets)
    for name in FORMATS:
        stream = io.StringIO()
        reporter(name)(report, stream, PLAIN)
        texts.append(stream.getvalue())
    return texts, checked.skipped, checked.troubles, checked.notes, checked.fails, list(checked.patches)


SEVERAL_PATHS = ["3", "1", "5/model005/README.md", "5", "0", "."]


@pytest.mark.parametrize(
    ("fix_mode", "paths"),
    [
        (FixMode.OFF, SEVERAL_PATHS),
        (FixMode.DIFF, ["."]),
        pytest.param(FixMode.OFF, ["."], marks=pytest.mark.slow),
        pytest.param(FixMode.DIFF, SEVERAL_PATHS, marks=pytest.mark.slow),
    ],
)
def test_whatever_the_number_of_processes_a_run_tells_the_same(mixed, fix_mode, paths):
    alone = Run(RunOptions(fix=fix_mode)).check(paths)
    progress = Mock()
    shared = Run(RunOptions(fix=fix_mode, jobs=3)).check(paths, progress=progress)
    assert told(shared) == told(alone)
    assert shared.counts.cards == alone.counts.cards > ENOUGH
    progress.begin.assert_called_once_with(progress.advance.call_count)
    assert {skipped.reason.split("`")[0] for skipped in alone.skipped} >= {"git-ignored", "no sign of a model card"}
    assert {trouble.message for trouble in alone.troubles} >= {"a broken symlink"}


def test_findings_stand_by_path_however_paths_are_named(mixed):
    findings = list(Run(RunOptions()).check(["3", "1", "2"]).findings)
    assert findings == sorted(findings, key=lambda finding: finding.sort_key)
    assert findings == list(Run(RunOptions()).check(["1", "2", "3"]).findings)
