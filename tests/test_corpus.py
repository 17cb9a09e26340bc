"""Corpora: whatever they are read from, each card once, and what is begun can be ended."""

import csv
import errno
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from contextlib import chdir

import pytest
from extras import require
from test_undecodable import CARDS as UNDECODABLE
from test_undecodable import with_byte
from typer.testing import CliRunner

pa = require("pyarrow")
pq = require("pyarrow.parquet")
require("daft")

from cardlint.cli.app import app  # noqa: E402
from cardlint.corpus import CARDS, FINDINGS, LINTED, ColumnError, Job, cards_of, findings_of, lint_batch  # noqa: E402
from cardlint.corpus.cards import CardLinter  # noqa: E402
from cardlint.corpus.errors import InputError, OutputError  # noqa: E402
from cardlint.corpus.running import Plan, ProgressCallbacks, run_corpus  # noqa: E402
from cardlint.corpus.supervisor import Supervisor  # noqa: E402
from cardlint.corpus.worker import table_bytes, write_frame  # noqa: E402

CARD = """---
license: Apache 2.0
tags:
- owls
- owls
model-index:
- name: owl
  results:
  - task:
      type: image-classification
    dataset:
      name: owls
      type: owner/owls
    metrics:
    - name: Accuracy
      type: accuracy
      value: 0.91
---

# Owl

It says "owl", or 'no owl', to a picture.

It achieves the following results on the evaluation set:
- Loss: 0.2107
- Accuracy: 0.934
"""
TEXTS = {
    "owner/owl": CARD,
    "owner/empty": "",
    'owner/b, "c"': "# B\n\n| a | b |\n|--|--|\n",
    "ünd/ß": "# \u00fc\n\r\nx",
}
SILENT = ProgressCallbacks(lambda *_: None, lambda _: None, lambda _: None)


def lint_all(place, output, **options):
    return run_corpus(Plan(str(place), output, options.pop("job", Job()), **options), SILENT)


def cards(output):
    return pq.read_table(output / "cards").sort_by([("id", "ascending"), ("sha256", "ascending")]).to_pylist()


def findings(output):
    rows = pq.read_table(output / "findings").to_pylist()
    return sorted(rows, key=lambda row: (row["id"], row["sha256"] or "", row["start_offset"], row["rule"]))


def table(rows):
    return pa.table({"modelId": list(rows), "card": list(rows.values())})


class TestBatch:
    def test_a_row_a_card_in_their_order(self):
        linted = lint_batch(table(TEXTS))
        assert linted.schema == LINTED
        assert linted["id"].to_pylist() == list(TEXTS)
        assert cards_of(linted).schema == CARDS
        found = findings_of(linted)
        assert found.schema == FINDINGS
        assert found.num_rows == sum(len(row["findings"]) for row in linted.to_pylist())

    def test_what_it_knows_of_a_card(self):
        (row,) = cards_of(lint_batch(table({"owner/owl": CARD}))).to_pylist()
        assert row["bytes"] == len(CARD)
        assert row["size_class"] == "below 1 kB"
        assert {"unknown-license", "duplicate-item", "metric-mismatch"} <= set(row["rules"])
        assert [claim["text"] for claim in row["claims"]] == ["0.91", "0.2107", "0.934"]
        (pair,) = row["comparisons"]
        assert (pair["stated"], pair["shown"], pair["shown_in"], pair["agrees"]) == ("0.91", "0.934", "summary", False)
        assert (row["compared"], row["disagreeing"], row["trouble"]) == (1, 1, None)

    def test_counts_are_those_of_the_findings(self):
        linted = lint_batch(table(TEXTS))
        for row in linted.to_pylist():
            for severity in ("error", "warning", "note"):
                assert row[f"{severity}s"] == sum(each["severity"] == severity for each in row["findings"])
            assert row["fixable"] == sum(each["fix_safety"] == "safe" for each in row["findings"])

    def test_a_batch_gives_a_batch_and_no_rows_give_none(self):
        (batch,) = table(TEXTS).to_batches()
        assert isinstance(lint_batch(batch), pa.RecordBatch)
        nothing = lint_batch(batch.slice(0, 0))
        assert (nothing.num_rows, nothing.schema) == (0, LINTED)
        assert findings_of(nothing).num_rows == 0

    @pytest.mark.parametrize("kind", ["large_string", "binary", "large_binary", "string_view", "binary_view"])
    def test_every_kind_of_text_is_the_same(self, kind):
        other = pa.table({"id": list(TEXTS), "text": pa.array(TEXTS.values(), pa.string()).cast(getattr(pa, kind)())})
        assert findings_of(lint_batch(other)) == findings_of(lint_batch(table(TEXTS)))

    def test_a_null_is_a_row_with_trouble(self):
        rows = lint_batch(pa.table({"card": ["# A", None], "id": pa.array([None, "b"], pa.string())})).to_pylist()
        assert rows[0]["id"].startswith("sha256:")
        assert rows[0]["trouble"] is None
        assert (rows[1]["id"], rows[1]["sha256"], rows[1]["trouble"]) == ("b", None, "no text")

    def test_bytes_that_are_no_text_are_told(self):
        (row,) = lint_batch(pa.table({"card": pa.array([b"# A \xff\n"], pa.binary())})).to_pylist()
        assert "undecodable-text" in row["rules"]

    def test_a_byte_that_is_no_text_in_every_construct(self):
        data = {name: with_byte(card) for name, card in UNDECODABLE.items()}
        data["label of a result"] = b"# T\n\nIt achieves the following results on the evaluation set:\n- \xd2:6\n"
        rows = lint_batch(pa.table({"id": list(data), "card": pa.array(data.values(), pa.binary())})).to_pylist()
        assert [row["id"] for row in rows] == list(data)
        assert {row["id"]: row["trouble"] for row in rows if row["trouble"]} == {}
        assert all("undecodable-text" in row["rules"] for row in rows)

    def test_no_output_shows_a_secret(self):
        secret = "hf_" + "QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq"
        text = CARD.replace("Loss: 0.2107", f"Loss ({secret}): 0.2107").replace(
            "- owls\n- owls", f"- {secret}\n- {secret}"
        )
        linted = lint_batch(table({"a": text}))
        assert "leaked-secret" in linted["rules"][0].as_py()
        assert secret not in str(linted.to_pylist())

    @pytest.mark.parametrize(
        ("columns", "message"),
        [
            ({"a": ["x"]}, "no column is named card, text, .*; the columns are `a`; name one with `--text-column`"),
            ({"card": [1]}, "the column `card` does not contain text; its type is int64"),
        ],
    )
    def test_a_table_without_cards_says_what_it_has(self, columns, message):
        with pytest.raises(ColumnError, match=message):
            lint_batch(pa.table(columns))

    def test_a_column_that_is_not_there(self):
        with pytest.raises(ColumnError, match="--id-column: no column `x`; the columns are `modelId` and `card`"):
            lint_batch(table(TEXTS), id_column="x")

    def test_datasets_call_it(self):
        datasets = require("datasets")
        data = datasets.Dataset(table(TEXTS)).with_format("arrow")
        linted = data.map(lint_batch, batched=True, batch_size=3, remove_columns=data.column_names)
        assert findings_of(linted[:]) == findings_of(lint_batch(table(TEXTS)))


def write_folder(folder, texts):
    for name, text in texts.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


class TestInputs:
    @pytest.mark.parametrize("kind", ["cards.parquet", "cards.jsonl", "cards.csv", "more/cards.ndjson", "cards.csv.gz"])
    def test_tables(self, tmp_path, kind):
        place = tmp_path / "in" / kind
        place.parent.mkdir(parents=True)
        if "parquet" in kind:
            pq.write_table(table(TEXTS), place)
        elif "csv" not in kind:
            lines = [json.dumps({"modelId": name, "card": text, "x": 1}) for name, text in TEXTS.items()]
            place.write_text("\n".join(lines) + "\n", "utf-8")
        else:
            import gzip

            write = gzip.open if kind.endswith(".gz") else open
            with write(place, "wt", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([("x", "modelId", "card"), *((1, *each) for each in TEXTS.items())])
        output = tmp_path / "out"
        outcome = lint_all(place if "more" not in kind else tmp_path / "in", output)
        assert (outcome.cards, outcome.troubles) == (len(TEXTS), 0)
        expected = findings_of(lint_batch(table(TEXTS)))
        assert sorted(map(str, findings(output))) == sorted(map(str, expected.to_pylist()))
        assert json.loads((output / "run.json").read_text("utf-8"))["complete"]

    def test_a_folder_of_cards(self, tmp_path):
        texts = {"owner/a b": CARD, "owner/100%/é#?": "# x", "broken": b"# \xff\n", "empty": b""}
        write_folder(tmp_path / "in [1]", texts)
        (tmp_path / "in [1]" / "notes.txt").write_text("no card", "utf-8")
        lint_all(tmp_path / "in [1]", tmp_path / "out")
        assert [row["id"] for row in cards(tmp_path / "out")] == sorted(f"{name}.md" for name in texts)
        assert [row["bytes"] for row in cards(tmp_path / "out") if row["id"] == "broken.md"] == [4]

    def test_links_that_go_in_circles_end_and_those_that_lead_out_are_left_out(self, tmp_path):
        write_folder(tmp_path / "in", {"a/x": "# x"})
        (tmp_path / "in" / "a" / "up").symlink_to("..")
        (tmp_path / "in" / "same").symlink_to("a")
        (tmp_path / "in" / "link.md").symlink_to("a/x.md")
        (tmp_path / "in" / "gone.md").symlink_to("nowhere")
        write_folder(tmp_path / "outside", {"z": "# z"})
        (tmp_path / "in" / "out.md").symlink_to("../outside/z.md")
        (tmp_path / "in" / "out").symlink_to("../outside")
        lint_all(tmp_path / "in", tmp_path / "out")
        troubles = {row["id"]: row["trouble"] for row in cards(tmp_path / "out")}
        assert troubles == {"a/x.md": None, "link.md": None, "gone.md": "the file cannot be read"}

    @pytest.mark.parametrize("kind", ["md", "parquet"])
    def test_an_output_within_the_input_is_no_input(self, tmp_path, kind):
        if kind == "md":
            write_folder(tmp_path, {"a": CARD})
        else:
            pq.write_table(table({"a": CARD}), tmp_path / "in.parquet")
        for resume in (False, True):
            result = run(".", "--out-dir", "out", *(["--resume"] if resume else []), folder=tmp_path)
            assert result.exit_code == 0, result.stderr
            assert [row["id"][:1] for row in cards(tmp_path / "out")] == ["a"]

    def test_a_glob_and_a_file(self, tmp_path):
        write_folder(tmp_path, {"a/x": "# x", "b/x": "# y", "b/y": "# z"})
        lint_all(tmp_path / "*" / "x.md", tmp_path / "out")
        assert [row["id"] for row in cards(tmp_path / "out")] == ["a/x.md", "b/x.md"]
        lint_all(tmp_path / "a" / "x.md", tmp_path / "out2")
        assert [row["id"] for row in cards(tmp_path / "out2")] == ["x.md"]

    @pytest.mark.parametrize(
        ("files", "message"),
        [
            ({}, "no cards or tables found, that is files"),
            ({"a.csv": "text\nx\n", "b.md": "# b"}, "contains cards and csv; choose one"),
            ({"a.parquet": "no parquet"}, "cannot be read"),
            ({"a.jsonl": '{"x": 1}\n'}, "no column is named card"),
            ({"a.jsonl": '{"id": [1], "card": "# A"}\n'}, "the column `id` does not contain ids"),
            ({"a.jsonl": '{"id": {"a": 1}, "card": "# A"}\n'}, "the column `id` does not contain ids"),
            ({"a.csv": ""}, "cannot be read: Empty CSV file"),
            ({"a.csv": "id,card\na,# A\nb\n"}, "cannot be read: .*Expected 2 columns, got 1"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, tmp_path, files, message):
        (tmp_path / "in").mkdir()
        for name, text in files.items():
            (tmp_path / "in" / name).write_text(text, "utf-8")
        with pytest.raises(InputError, match=message):
            lint_all(tmp_path / "in", tmp_path / "out")
        assert not (tmp_path / "out").exists()

    def test_a_place_that_is_not_there(self, tmp_path):
        with pytest.raises(InputError, match="gone: no such file or folder"):
            lint_all(tmp_path / "gone", tmp_path / "out")

    def test_columns_that_are_named(self, tmp_path):
        pq.write_table(pa.table({"text": ["# A", "# B"], "mine": [CARD, "# D"], "n": [7, 8]}), tmp_path / "in.parquet")
        lint_all(tmp_path / "in.parquet", tmp_path / "out", text_column="mine", id_column="n")
        assert [(row["id"], row["bytes"]) for row in cards(tmp_path / "out")] == [("7", len(CARD)), ("8", 3)]

    def test_ids_that_are_no_text(self, tmp_path):
        (tmp_path / "in.csv").write_bytes(b"id,card\n\xe9,# A\nb,# B\n")
        lint_all(tmp_path / "in.csv", tmp_path / "out")
        assert [(row["id"][:7], row["trouble"]) for row in cards(tmp_path / "out")] == [("b", None), ("sha256:", None)]

    def test_ids_that_are_repositories(self, tmp_path):
        text = 'from transformers import pipeline\npipeline(model="owner/owl")\n'
        pq.write_table(table({"owner/cat": f"# Cat\n\n```python\n{text}```\n"}), tmp_path / "in.parquet")
        lint_all(tmp_path / "in.parquet", tmp_path / "out", job=Job(repo_ids=True))
        assert "snippet-mismatch" in cards(tmp_path / "out")[0]["rules"]


class TestOutput:
    @pytest.fixture
    def place(self, tmp_path):
        pq.write_table(table(TEXTS), tmp_path / "in.parquet")
        return tmp_path / "in.parquet"

    def test_what_is_done_is_skipped(self, tmp_path, place):
        out = tmp_path / "out"
        pq.write_table(table(dict(list(TEXTS.items())[:2])), tmp_path / "half.parquet")
        assert lint_all(tmp_path / "half.parquet", out).cards == 2
        before = [path.read_bytes() for path in sorted(out.glob("cards/*"))]
        outcome = lint_all(place, out, resume=True)
        assert (outcome.cards, outcome.known) == (2, 4)
        assert [path.read_bytes() for path in sorted(out.glob("cards/*"))][:1] == before
        assert lint_all(place, out, resume=True).cards == 0
        lint_all(place, tmp_path / "whole")
        assert findings(out) == findings(tmp_path / "whole")

    def test_findings_without_their_cards_are_done_again(self, tmp_path, place):
        out = tmp_path / "out"
        lint_all(place, out)
        whole = findings(out)
        (out / "cards" / "part-00000.parquet").unlink()
        (out / "cards" / ".part-00001.parquet.tmp").write_bytes(b"half")
        assert lint_all(place, out, resume=True).cards == len(TEXTS)
        assert findings(out) == whole
        assert not [*out.glob("*/.*")]

    def test_a_second_writer_is_refused_and_the_next_one_is_not(self, tmp_path, place):
        pytest.importorskip("fcntl")
        out = tmp_path / "out"
        refused = []

        def again(*_):
            for resume in (False, True):
                with pytest.raises(OutputError, match="another run is writing to this folder"):
                    lint_all(place, out, resume=resume)
                refused.append(resume)

        run_corpus(Plan(str(place), out, Job()), ProgressCallbacks(again, lambda _: None, lambda _: None))
        assert refused == [False, True]
        with pytest.raises(OutputError, match="not empty"):
            lint_all(place, out)
        assert lint_all(place, out, resume=True).known == len(TEXTS)

    def test_a_full_disk_is_told_and_leaves_no_part(self, tmp_path, place, monkeypatch):
        def full(*_, **__):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr("cardlint.corpus.store.pq.write_table", full)
            with pytest.raises(OutputError, match="out: no space left on device"):
                lint_all(place, tmp_path / "out")
        assert not [*(tmp_path / "out").glob("*/part-*")]
        assert lint_all(place, tmp_path / "out", resume=True).cards == len(TEXTS)

    def test_a_folder_that_is_not_empty_is_refused(self, tmp_path, place):
        out = tmp_path / "out"
        lint_all(place, out)
        with pytest.raises(OutputError, match=r"not empty; use `--resume` to continue the run"):
            lint_all(place, out)
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "x").write_text("x", "utf-8")
        with pytest.raises(OutputError, match="contains no run to resume"):
            lint_all(place, tmp_path / "other", resume=True)

    def test_other_settings_are_refused(self, tmp_path, place):
        lint_all(place, tmp_path / "out")
        with pytest.raises(OutputError, match="`suppressions` was true and is now false; choose an empty folder"):
            lint_all(place, tmp_path / "out", resume=True, job=Job(suppressions=False))

    def test_so_are_other_rules(self, tmp_path, place, monkeypatch):
        lint_all(place, tmp_path / "out")
        monkeypatch.setattr("cardlint.corpus.running.load_rules", dict)
        with pytest.raises(OutputError, match=r"`known_rules` was another and is now not set"):
            lint_all(place, tmp_path / "out", resume=True)

    def test_cards_that_stand_twice(self, tmp_path):
        rows = pa.table({"id": ["a", "a", "a", None, None], "text": ["# 1", "# 1", "# 2", "# 3", "# 3"]})
        pq.write_table(rows, tmp_path / "in.parquet")
        out = tmp_path / "out"
        lint_all(tmp_path / "in.parquet", out)
        assert sorted((row["id"][:7], row["bytes"]) for row in cards(out)) == [("a", 3), ("a", 3), ("sha256:", 3)]
        assert lint_all(tmp_path / "in.parquet", out, resume=True).cards == 0

    def test_no_row_is_an_empty_table(self, tmp_path):
        pq.write_table(table(TEXTS).slice(0, 0), tmp_path / "in.parquet")
        assert lint_all(tmp_path / "in.parquet", tmp_path / "out").known == 0
        assert pq.read_table(tmp_path / "out" / "findings").schema.names == FINDINGS.names


PLUGIN = '''
import os, signal, time
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

@rule(severity=Severity.NOTE, group="house")
def rough_rule(card):
    """It does to the process what cards tell it to."""
    text = card.source.text
    if "RAISE" in text:
        raise KeyError("owl")
    if "FAULT" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "LEAVE" in text:
        os._exit(3)
    if "ONCE" in text and not os.path.exists("once"):
        open("once", "x").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLEEP" in text:
        open("asleep", "w").close()
        time.sleep(60)
    if "DEEP" in text:
        deep = lambda: deep()
        deep()
    print("something a rule prints")
    yield Problem(Span(0, 0), "seen")
'''


@pytest.fixture
def rough(tmp_path, monkeypatch):
    """A plugin with a rule that can end the process."""
    (tmp_path / "rough.py").write_text(PLUGIN, "utf-8")
    about = tmp_path / "rough-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: rough\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text("[cardlint.rules]\nrough = rough\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")])))
    return tmp_path


def process(*arguments, folder):
    """The command as a process of its own."""
    command = [sys.executable, "-m", "cardlint", "corpus", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, encoding="utf-8")


def run(*arguments, folder):
    """The command in this process, which has Daft imported."""
    with chdir(folder):
        return CliRunner().invoke(app, ["corpus", *map(str, arguments)])


class TestTrouble:
    def test_what_ends_a_process_costs_one_card(self, rough, tmp_path):
        words = ["fine", "RAISE", "fine", "FAULT", "LEAVE", "SLEEP", "DEEP", "fine"]
        texts = {f"{index} {word}": f"# {word}" for index, word in enumerate(words)}
        pq.write_table(table(texts), tmp_path / "in.parquet")
        result = process("in.parquet", "--out-dir", "out", "--card-timeout", "10", "--jobs", "1", folder=tmp_path)
        assert result.returncode == 2, result.stderr
        assert "5 cards could not be linted completely" in result.stderr
        assert "Traceback" not in result.stderr
        troubles = {row["id"]: row["trouble"] for row in cards(tmp_path / "out")}
        assert list(troubles) == list(texts)
        assert {name for name, trouble in troubles.items() if trouble is None} == {"0 fine", "2 fine", "7 fine"}
        assert "a bug in rule `rough-rule`: KeyError" in troubles["1 RAISE"]
        assert troubles["3 FAULT"] == "not linted: the process was killed by SIGSEGV"
        assert troubles["4 LEAVE"] == "not linted: the process exited with code 3"
        assert troubles["5 SLEEP"] == "not linted: it took longer than 10 seconds"
        assert "RecursionError" in troubles["6 DEEP"]
        seen = [row["id"] for row in findings(tmp_path / "out") if row["rule"] == "rough-rule"]
        assert seen == ["0 fine", "2 fine", "7 fine"]

    def test_a_card_that_ended_its_process_is_tried_again(self, rough, tmp_path):
        names = [f"{index} {word}" for index, word in enumerate(["fine", "ONCE", "fine", "FAULT"])]
        pq.write_table(table({name: f"# {name}" for name in names}), tmp_path / "in.parquet")
        first = process("in.parquet", "--out-dir", "out", "--jobs", "1", folder=tmp_path)
        assert first.returncode == 2, first.stderr
        assert [row["id"] for row in cards(tmp_path / "out") if row["trouble"]] == ["3 FAULT"]
        again = process("in.parquet", "--out-dir", "out", "--jobs", "1", "--resume", folder=tmp_path)
        assert again.returncode == 2
        assert again.stderr.startswith("1 card with 0 findings")
        (tmp_path / "rough.py").write_text(PLUGIN.replace("FAULT", "HEALED"), "utf-8")
        healed = process("in.parquet", "--out-dir", "out", "--jobs", "1", "--resume", folder=tmp_path)
        assert healed.returncode == 0, healed.stderr
        assert [row["trouble"] for row in cards(tmp_path / "out")] == [None] * 4
        assert sum(row["rule"] == "rough-rule" for row in findings(tmp_path / "out")) == 4

    @pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for a group of processes")
    def test_ctrl_c_is_130(self, rough, tmp_path):
        pq.write_table(table({"a": "# SLEEP", "b": "# fine"}), tmp_path / "in.parquet")
        command = [sys.executable, "-m", "cardlint", "corpus", "in.parquet", "--out-dir", "out"]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True) as running:
            while not (tmp_path / "asleep").exists():
                time.sleep(0.1)
            os.killpg(running.pid, signal.SIGINT)
            errors = running.communicate(timeout=60)[1].decode()
        assert running.returncode == 130, errors
        assert errors.endswith("stopped; continue with `--resume`\n")
        assert "Traceback" not in errors

    def test_trouble_of_an_earlier_run_is_2_too(self, rough, tmp_path):
        pq.write_table(table({"a": "# RAISE", "b": "# fine"}), tmp_path / "in.parquet")
        for resume in ([], ["--resume"]):
            result = process("in.parquet", "--out-dir", "out", *resume, folder=tmp_path)
            assert result.returncode == 2, result.stderr
            assert "1 card could not be linted completely" in result.stderr

    @pytest.mark.parametrize("broken", ["metric", "rules", "findings"])
    def test_a_row_that_arrow_cannot_hold_costs_one_card(self, broken, monkeypatch):
        facts = CardLinter._facts

        def odd(self, source):
            row = facts(self, source)
            if source.path == "b":
                row[broken if broken != "metric" else "claims"] = [{"metric": "\udcff"}] if broken == "metric" else 1
            return row

        monkeypatch.setattr(CardLinter, "_facts", odd)
        rows = lint_batch(table(dict.fromkeys("abc", CARD))).to_pylist()
        assert [row["id"] for row in rows] == ["a", "b", "c"]
        assert [bool(row["trouble"]) for row in rows] == [False, True, False]
        assert rows[1]["bytes"] == len(CARD)
        assert rows[0]["findings"] == rows[2]["findings"] != rows[1]["findings"] == []

    def test_a_plugin_that_does_not_import_is_told(self, rough, tmp_path):
        (tmp_path / "rough.py").write_text("import nothing_of_the_kind", "utf-8")
        pq.write_table(table(TEXTS), tmp_path / "in.parquet")
        result = process("in.parquet", "--out-dir", "out", folder=tmp_path)
        assert result.returncode == 2
        assert "rough" in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_process_whose_supervisor_is_gone_ends_in_silence(self):
        command = [sys.executable, "-m", "cardlint.corpus.worker"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, **pipes) as worker:
            worker.stdout.close()
            write_frame(worker.stdin, pickle.dumps(Job()))
            write_frame(worker.stdin, table_bytes(pa.table({"id": ["a"], "text": [b"# A"]})))
            assert worker.stderr.read() == b""
            assert worker.wait() == 0

    def test_a_cluster_that_does_not_answer_is_told_at_once(self, tmp_path):
        require("ray")
        pq.write_table(table(TEXTS), tmp_path / "in.parquet")
        with socket.socket() as unheard:  # a port that nobody listens at
            unheard.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{unheard.getsockname()[1]}"
            result = process("in.parquet", "--out-dir", "out", "--ray", address, folder=tmp_path)
        assert (result.returncode, result.stderr) == (2, f"error: --ray {address}: connection refused\n")

    def test_processes_end_with_their_supervisor(self):
        supervisor = Supervisor(Job(), 60)
        rows = pa.table({"id": ["a"], "text": pa.array([b"# A"], pa.binary())})
        assert supervisor.lint(rows).num_rows == 1
        (process,) = [supervisor._idle.get_nowait()]
        supervisor._idle.put(process)
        supervisor.close()
        assert process._process.returncode == 0


class TestCommand:
    def test_it_writes_tables_and_a_summary(self, tmp_path):
        write_folder(tmp_path / "in", {"a/README": CARD})
        result = process("in", "--out-dir", "out", folder=tmp_path)
        assert (result.returncode, result.stdout) == (0, "")
        assert result.stderr.startswith("1 card with ")
        assert {path.name for path in (tmp_path / "out").iterdir()} == {
            "cards", "findings", "run.json", "summary.html", "summary.md",
        }  # fmt: skip

    def test_the_configuration_of_the_folder_holds(self, tmp_path):
        (tmp_path / "cardlint.toml").write_text(
            'select = ["metadata"]\n[per-file-ignores]\n"quiet/*" = ["unknown-license"]\n', "utf-8"
        )
        pq.write_table(table({"loud/owl": CARD, "quiet/owl": CARD}), tmp_path / "in.parquet")
        assert run("in.parquet", "-o", "out", "-q", folder=tmp_path).stderr == ""
        rules = {row["id"]: row["rules"] for row in cards(tmp_path / "out")}
        assert "unknown-license" in rules["loud/owl"]
        assert rules["quiet/owl"] == [name for name in rules["loud/owl"] if name != "unknown-license"]
        run("in.parquet", "-o", "other", "--isolated", "--select", "metrics", folder=tmp_path)
        assert {row["group"] for row in findings(tmp_path / "other")} == {"metrics"}

    def test_no_card_is_3_and_wrong_usage_2(self, tmp_path):
        pq.write_table(table(TEXTS).slice(0, 0), tmp_path / "in.parquet")
        assert run("in.parquet", "-o", "out", folder=tmp_path).exit_code == 3
        for wrong in (["gone.parquet"], ["in.parquet", "--text-column", "x"], ["in.parquet", "--jobs", "none"]):
            result = run(*wrong, "-o", "out2", folder=tmp_path)
            assert result.exit_code == 2
            assert result.stderr.startswith("error: ")
            assert len(result.stderr.splitlines()) == 1
