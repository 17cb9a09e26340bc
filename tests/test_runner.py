"""Many cards at once: what no single card can show."""

import io
import os
import subprocess
import sys
from unittest.mock import Mock

import pytest

from cardlint.files.found import Candidate, Skipped
from cardlint.reporters.formats import FORMATS, reporter
from cardlint.reporters.report import Report, Style
from cardlint.run import workers
from cardlint.run.judge import FixMode, RunOptions
from cardlint.run.run import Run
from cardlint.run.start_method import ENOUGH, WARM_UP, start_method
from cardlint.run.workers import _BATCH_BYTES, _BATCH_FILES, _batches, _judge_batch

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
    _cards(tmp_path, 300)  # enough for every way to start processes; beside threads they are not forked
    monkeypatch.setattr(workers, "_judge_batch", _die)
    checked = Run(RunOptions(jobs=2, isolated=True)).check([str(tmp_path)])
    assert len(checked.troubles) == 300 - WARM_UP
    assert all("killed" in trouble.message for trouble in checked.troubles)


def test_a_killed_worker_is_trouble_only_for_what_it_was_killed_over(tmp_path, monkeypatch):
    _cards(tmp_path, 400)
    monkeypatch.setattr(workers, "_judge_batch", _die_of_one)
    checked = Run(RunOptions(jobs=2, isolated=True)).check([str(tmp_path)])
    lost = [trouble.path for trouble in checked.troubles if "killed" in trouble.message]
    assert f"{tmp_path}/card250/README.md" in lost
    assert len(lost) == len(checked.troubles) <= workers._BATCH_FILES
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
    for index in range(ENOUGH["fork"] + 40):
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
    assert shared.counts.cards == alone.counts.cards > ENOUGH["fork"]
    progress.begin.assert_called_once_with(progress.advance.call_count)
    assert {skipped.reason.split("`")[0] for skipped in alone.skipped} >= {"git-ignored", "no sign of a model card"}
    assert {trouble.message for trouble in alone.troubles} >= {"a broken symlink"}


def test_findings_stand_by_path_however_paths_are_named(mixed):
    findings = list(Run(RunOptions()).check(["3", "1", "2"]).findings)
    assert findings == sorted(findings, key=lambda finding: finding.sort_key)
    assert findings == list(Run(RunOptions()).check(["1", "2", "3"]).findings)


def test_batches_are_of_about_the_same_size(tmp_path):
    sizes = [10, 10, _BATCH_BYTES * 3, 10, _BATCH_BYTES // 2, _BATCH_BYTES // 2, *[1] * (2 * _BATCH_FILES), 7]
    items = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"{number:03}.md"
        path.write_bytes(b"x" * size)
        items.append(Candidate(path, path.name, named=False))
    items.insert(1, Skipped("a", "b"))
    items.append(Candidate(tmp_path / "gone.md", "gone.md", named=False))
    batches = list(_batches(iter(items)))
    assert [item for batch in batches for item in batch] == items
    assert [len(batch) for batch in batches] == [4, 3, _BATCH_FILES, _BATCH_FILES, 2]
    assert list(_batches(iter([]))) == []


@pytest.fixture
def shared(monkeypatch):
    """The items that other processes are given."""
    items_of_others = []

    def share_out(items, judge):
        for item in items:
            items_of_others.append(item)
            yield judge.judge(item)

    monkeypatch.setattr(workers, "share_out", share_out)
    return items_of_others


@pytest.mark.parametrize("method", ENOUGH)
@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_are_started_from_a_number_of_files_on(tmp_path, monkeypatch, shared, method, jobs):
    monkeypatch.setattr("cardlint.run.run.start_method", lambda: method)
    _cards(tmp_path, ENOUGH[method] - 1)
    options = RunOptions(jobs=jobs, isolated=True)
    assert Run(options).check([str(tmp_path)]).counts.cards == ENOUGH[method] - 1
    assert shared == []
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    assert Run(options).check([str(tmp_path)]).counts.cards == ENOUGH[method]
    assert len(shared) == (ENOUGH[method] - WARM_UP if jobs > 1 else 0)


def test_processes_are_not_started_for_cards_that_are_known(tmp_path, monkeypatch, shared):
    monkeypatch.setattr("cardlint.run.run.start_method", lambda: "fork")
    _cards(tmp_path, 2 * ENOUGH["fork"])
    options = RunOptions(jobs=2, cache=True, isolated=True)
    first = Run(options).check([str(tmp_path)])
    assert len(shared) == 2 * ENOUGH["fork"] - WARM_UP
    shared.clear()
    again = Run(options).check([str(tmp_path)])
    assert shared == []
    assert told(again) == told(first)


_UNGUARDED = """
import sys
from cardlint.__main__ import main
from cardlint.run import start_method, run, workers
for module in (run, workers):
    module.start_method = lambda method=sys.argv[1]: method
sys.argv[1] = "check"
main()
"""


@pytest.mark.parametrize(
    "method",
    [pytest.param("fork", marks=pytest.mark.skipif(sys.platform != "linux", reason="unsafe")), "forkserver", "spawn"],
)
def test_each_start_method_gives_the_same_bytes_also_from_a_script_without_a_guard(tmp_path, method):
    if method == "forkserver" and sys.platform == "win32":
        pytest.skip("Windows has only spawn")
    _cards(tmp_path, max(ENOUGH.values()) + 3)
    script = tmp_path / "script.py"
    script.write_text(_UNGUARDED, "utf-8")
    outputs = []
    for jobs in ("2", "1"):
        command = [sys.executable, str(script), method, str(tmp_path), "--no-cache", "--isolated", "--jobs", jobs]
        result = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
        assert (result.returncode, result.stderr) == (0, b"")
        outputs.append(result.stdout)
    assert outputs[0] == outputs[1]


def test_the_start_method_is_safe(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    with monkeypatch.context() as patched:
        patched.setattr("threading.active_count", lambda: 1)
        assert start_method() == "fork"
        patched.setattr("threading.active_count", lambda: 2)
        assert start_method() == "forkserver"
    for platform in ("darwin", "win32"):
        monkeypatch.setattr("sys.platform", platform)
        assert start_method() == "spawn"
