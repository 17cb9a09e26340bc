"""The whole shared corpus of real cards: the same findings on every way, here and on a cluster that loses a machine."""

import json
import re
import subprocess
import sys
import tarfile

import pytest
from extras import require
from real_cards import ARCHIVE, needs_archive

pa = require("pyarrow")
pq = require("pyarrow.parquet")
require("daft")

pytestmark = [
    pytest.mark.slow,
    needs_archive,
]

# Three nodes of one processor each, the last of which is lost when the first cards are done.
ON_A_CLUSTER = """
import sys
from pathlib import Path
from cardlint.corpus.job import Job
from cardlint.corpus.running import Plan, ProgressCallbacks, prepare_environment, run_corpus

if __name__ == "__main__":
    prepare_environment()
    import ray
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 120_000_000, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    nodes = [cluster.add_node(**node) for _ in range(2)]
    lost = []

    def lose_a_node(cards):
        if not lost and cards:
            lost.append(cards)
            cluster.remove_node(nodes[-1], allow_graceful=False)

    try:
        plan = Plan(sys.argv[1], Path(sys.argv[2]), Job(), ray=cluster.address)
        outcome = run_corpus(plan, ProgressCallbacks(lambda *_: None, lose_a_node, lambda text: print("note:", text)))
        print("a node was lost at", lost[0], "of", outcome.cards, "cards")
        print(sum(node["Alive"] for node in ray.nodes()), "nodes are left")
    finally:
        ray.shutdown()
        cluster.shutdown()
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The folder of the cards, unpacked."""
    folder = tmp_path_factory.mktemp("corpus")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder / "cards"


@pytest.fixture(scope="module")
def embedded(corpus):
    """The output of a run on this machine."""
    output = corpus.parent / "embedded"
    run("corpus", "cards", "--out-dir", output, "--isolated", folder=corpus.parent)
    return output


def run(*arguments, folder, code=0):
    command = [sys.executable, "-m", "cardlint", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, check=False, cwd=folder, encoding="utf-8")
    assert result.returncode == code, result.stderr
    return result.stdout


def sorted_findings(output):
    """All findings as lines, in an order that no run has a say in."""
    rows = pq.read_table(output / "findings").to_pylist()
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def as_json_has_it(row):
    """A row of findings as an object of `cardlint check --output-format json`."""

    def place(row):
        return {end: {key: row[f"{end}_{key}"] for key in ("line", "column", "offset")} for end in ("start", "end")}

    fix = None
    if row["fix_title"] is not None:
        fix = {"title": row["fix_title"], "safety": row["fix_safety"], "edits": row["fix_edits"]}
    return {
        **{key: row[key] for key in ("rule", "group", "severity", "message", "help")},
        "path": row["id"],
        **place(row),
        "related": [{"message": related["message"], **place(related)} for related in row["related"]],
        "fix": fix,
    }


def test_every_card_is_there_once(corpus, embedded):
    cards = pq.read_table(embedded / "cards")
    assert sorted(cards["id"].to_pylist()) == sorted(str(path.relative_to(corpus)) for path in corpus.rglob("*.md"))
    assert cards["trouble"].null_count == cards.num_rows
    found = pq.read_table(embedded / "findings", columns=["id"])
    assert sum(sum(cards[name].to_pylist()) for name in ("errors", "warnings", "notes")) == found.num_rows


def test_the_findings_are_those_of_check(corpus, embedded):
    options = ["--isolated", "--all-markdown", "--output-format", "json", "--jobs", "auto", "--no-cache"]
    report = json.loads(run("check", ".", *options, folder=corpus, code=1))
    expected = sorted(json.dumps(finding, sort_keys=True) for finding in report["findings"])
    rows = pq.read_table(embedded / "findings").to_pylist()
    assert sorted(json.dumps(as_json_has_it(row), sort_keys=True) for row in rows) == expected


def test_a_cluster_that_loses_a_machine_finds_the_same(corpus, embedded, tmp_path):
    require("ray")
    (tmp_path / "script.py").write_text(ON_A_CLUSTER, "utf-8")
    command = [sys.executable, "script.py", corpus, tmp_path / "out"]
    result = subprocess.run(
        list(map(str, command)), capture_output=True, check=False, cwd=tmp_path, encoding="utf-8", timeout=300
    )
    assert result.returncode == 0, result.stderr[-4000:]
    lost_at, cards = re.search(r"a node was lost at (\d+) of (\d+) cards", result.stdout).groups()
    assert int(lost_at) < int(cards) / 2
    assert "2 nodes are left" in result.stdout
    assert sorted_findings(tmp_path / "out") == sorted_findings(embedded)
    known = ["id", "sha256", "generator", "errors", "warnings", "notes", "claims", "comparisons", "trouble"]
    one, other = (pq.read_table(folder / "cards", columns=known) for folder in (tmp_path / "out", embedded))
    assert one.sort_by("id") == other.sort_by("id")
