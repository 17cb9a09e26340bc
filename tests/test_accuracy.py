"""The judgements are well-formed, their replay compares them with a report, and docs/accuracy.md is up to date."""

import json
import runpy
import sys
from pathlib import Path

import msgspec
import pytest

from cardlint.registry import own_rules

ROOT = Path(__file__).parents[1]
ACCURACY = runpy.run_path(str(ROOT / "benchmarks" / "accuracy.py"), run_name="accuracy")
Judgement, Counts = ACCURACY["Judgement"], ACCURACY["Counts"]
JUDGEMENTS = ACCURACY["read_judgements"]()


# The data file


def test_judgements_are_of_rules_with_a_verdict_and_a_reason():
    rules = {rule.name for rule in own_rules()}
    for judgement in JUDGEMENTS:
        assert judgement.rule in rules
        assert judgement.verdict in ACCURACY["VERDICTS"]
        assert judgement.cards in ACCURACY["KINDS"]
        assert judgement.reason.strip()
        assert (len(judgement.card), len(judgement.message)) == (16, 12)
        int(judgement.card + judgement.message, 16)


def test_judgements_are_sorted_and_none_is_twice():
    keys = [judgement.key for judgement in JUDGEMENTS]
    assert keys == sorted(set(keys))


def test_the_page_is_up_to_date():
    counts = msgspec.json.decode(ACCURACY["COUNTS"].read_bytes(), type=Counts)
    assert ACCURACY["PAGE"].read_text("utf-8") == ACCURACY["page"](JUDGEMENTS, counts)


# The replay


@pytest.fixture
def corpus(tmp_path):
    """Three cards, and a report of two findings in the first and one in a copy of the second."""
    for name in ("tides", "gulls", "terns"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(f"# {name}\n", encoding="utf-8")
    (tmp_path / "copy.md").write_bytes((tmp_path / "gulls" / "README.md").read_bytes())
    findings = [
        finding("dead-link", "tides/README.md", 3, "the link has no target"),
        finding("dead-link", "tides/README.md", 9, "another message than the one that was judged"),
        finding("empty-section", "copy.md", 1, "section `gulls` is empty"),
    ]
    report = {"summary": {"cards": 4}, "findings": findings}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return tmp_path


def finding(rule, path, line, message):
    return {"rule": rule, "path": path, "start": {"line": line}, "message": message}


def judged(corpus, name, *, rule="dead-link", line=3, message="the link has no target", verdict="right"):
    card = ACCURACY["card_key"](corpus / name / "README.md") if name else "0" * 16
    key = ACCURACY["message_key"](message)
    return Judgement(
        rule=rule, card=card, line=line, message=key, cards="real", verdict=verdict, date="2026-11-30", reason="so"
    )


def replayed(corpus, judgements):
    findings = json.loads((corpus / "report.json").read_text("utf-8"))["findings"]
    return ACCURACY["replay"](judgements, findings, corpus)


def test_a_finding_is_reported_reworded_gone_or_of_an_unknown_card(corpus):
    reported = judged(corpus, "tides")
    reworded = judged(corpus, "tides", line=9)
    gone = judged(corpus, "terns")
    unknown = judged(corpus, None)
    each = replayed(corpus, [reported, reworded, gone, unknown])["dead-link"]
    assert (each.reported, each.reworded, each.gone, each.unknown) == ([reported], [reworded], [gone], [unknown])


def test_a_card_is_known_by_its_content_wherever_it_lies(corpus):
    gulls = judged(corpus, "gulls", rule="empty-section", line=1, message="section `gulls` is empty")
    assert replayed(corpus, [gulls])["empty-section"].reported == [gulls]


def test_precision_leaves_out_what_is_doubtful_gone_or_reworded(corpus):
    findings = [finding("dead-link", "tides/README.md", line, "the link has no target") for line in range(1, 7)]
    verdicts = ["right", "right", "right", "wrong", "doubtful", "doubtful"]
    judgements = [judged(corpus, "tides", line=line, verdict=verdict) for line, verdict in enumerate(verdicts, 1)]
    judgements += [judged(corpus, "terns", verdict="wrong"), judged(corpus, "tides", line=5, message="other words")]
    each = ACCURACY["replay"](judgements, findings, corpus)["dead-link"]
    assert each.precision == 0.75
    assert (each.count("right"), each.count("doubtful"), each.count("wrong")) == (3, 2, 1)


def test_without_a_decided_finding_there_is_no_precision(corpus):
    assert replayed(corpus, [judged(corpus, "tides", verdict="doubtful")])["dead-link"].precision is None


def test_the_differences_are_the_wrong_ones_that_stayed_and_the_right_ones_that_went(corpus):
    judgements = [
        judged(corpus, "tides", verdict="wrong"),
        judged(corpus, "terns", verdict="right"),
        judged(corpus, "terns", line=4, verdict="wrong"),
    ]
    terns = judgements[1].card
    assert list(ACCURACY["differences"](replayed(corpus, judgements))) == [
        f"still wrong: dead-link {judgements[0].card}:3 so",
        f"lost: dead-link {terns}:3 so",
    ]


def test_the_page_has_a_row_for_every_rule(corpus):
    judgements = [judged(corpus, "tides", verdict="wrong"), judged(corpus, "terns")]
    report = json.loads((corpus / "report.json").read_text("utf-8"))
    counts = ACCURACY["counted"](report, ACCURACY["replay"](judgements, report["findings"], corpus))
    assert (counts.cards, counts.findings, counts.wrong) == (4, {"dead-link": 2, "empty-section": 1}, {"dead-link": 1})
    held_out = sum(judgement.is_held_out for judgement in judgements)
    rows = [line for line in ACCURACY["page"](judgements, counts).split("\n") if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [rule.name for rule in own_rules()]
    assert f"| `dead-link` | warning | 500 | 2 | {held_out} | 0 | 1 | 1 | 2 real | 2026-11-30 |" in rows
    assert "| `empty-section` | note | 250 | 0 | 0 | 0 | 0 | 0 |  |  |" in rows


def test_the_command_prints_the_table_and_the_differences(corpus, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["accuracy.py", str(corpus), str(corpus / "report.json"), "--list"])
    monkeypatch.setitem(
        ACCURACY["main"].__globals__, "read_judgements", lambda: [judged(corpus, "tides", verdict="wrong")]
    )
    ACCURACY["main"]()
    heading, row, difference = capsys.readouterr().out.splitlines()
    assert heading.split() == ["rule", "judged", "gone", "reworded", "right", "doubtful", "wrong", "precision"]
    assert row.split() == ["dead-link", "1", "0", "0", "0", "0", "1", "0.0%"]
    assert difference.startswith("still wrong: dead-link ")
