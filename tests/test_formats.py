"""The formats for other programs and for pages: what each of them promises, held against the thing that reads it."""

import html
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
import xmlschema
from examples import examples
from extras import require
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_cli import check
from test_reporters import SNAPSHOTS, at, find, render, report_of, reports, sample

from cardlint.finding import Edit, Fix, Related, Safety, Severity
from cardlint.fixing.edits import apply
from cardlint.registry import own_rules
from cardlint.reporters.html.script import SCRIPT
from cardlint.reporters.machine.fingerprints import line_hashes
from cardlint.source import Position, Source, Span, read

SCHEMAS = Path(__file__).parent / "data" / "schemas"
SARIF = Draft202012Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
FEWER = settings(deadline=None, max_examples=examples(40))
OF_CI = ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "CI_PROJECT_DIR")

TWICE = "---\nlicense: mit\nlicense: mit\n---\n\n# Owl\n"
TOKEN = "hf_" + "QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq"


@pytest.fixture(autouse=True, scope="module")
def _no_ci():
    """The tests may run in a CI themselves."""
    with pytest.MonkeyPatch.context() as patch:
        for name in OF_CI:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def card(tmp_path, monkeypatch):
    """A card with one mistake, alone in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text(TWICE, "utf-8")
    return tmp_path / "README.md"


ONE = ("README.md", "--select", "duplicate-key")


# Where reports go


def test_a_file_that_cannot_be_written_costs_no_other_report(card, tmp_path):
    result = check(*ONE, "--report", "json=gone/a.json", "--report", "jsonl=b.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "error: cannot write gone/a.json: no such file or directory\n"
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8"))["rule"] == "duplicate-key"
    assert "error[duplicate-key]" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of POSIX")
def test_reports_replace_files_whole_and_leave_nothing_else(card, tmp_path):
    target = tmp_path / "report.json"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (tmp_path / "link.json").symlink_to(target)
    assert check(*ONE, "--report", "json=link.json").exit_code == 1
    assert json.loads(target.read_text("utf-8"))["summary"]["errors"] == 1
    assert (tmp_path / "link.json").is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "link.json", "report.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_report_can_be_read_by_whom_any_new_file_can(card, tmp_path):
    (tmp_path / "other").touch()
    check(*ONE, "--report", "json=new.json")
    assert (tmp_path / "new.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_report_may_go_into_a_device(card):
    assert check(*ONE, "--report", f"json={os.devnull}", "--output-file", os.devnull).exit_code == 1


def test_two_reports_do_not_go_into_one_file(card):
    result = check(*ONE, "--report", "json=a.txt", "--report", "jsonl=./a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "two reports cannot be written to the same file" in result.stderr


def test_further_reports_are_written_with_a_diff_and_after_fixes_too(card, tmp_path):
    check(*ONE, "--diff", "--report", "json=diff.json")
    assert json.loads((tmp_path / "diff.json").read_text("utf-8"))["findings"] == []
    result = check(*ONE, "--fix-only", "--report", "json=fixed.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((tmp_path / "fixed.json").read_text("utf-8"))["findings"] == []


def test_statistics_are_written_as_json_too(card, tmp_path):
    result = check(*ONE, "--statistics", "--output-format", "json", "--report", "jsonl=all.jsonl")
    whole = json.loads(result.stdout)
    assert whole["statistics"] == [{"rule": "duplicate-key", "severity": "error", "count": 1, "fixable": 1}]
    assert whole["summary"]["cards"] == 1
    assert json.loads((tmp_path / "all.jsonl").read_text("utf-8"))["rule"] == "duplicate-key"
    check(*ONE, "--statistics", "--output-file", "counts.txt")
    assert (tmp_path / "counts.txt").read_text("utf-8").startswith("1  error    [*]  duplicate-key\n")
    assert check(*ONE, "--statistics", "--output-format", "jsonl").exit_code == 2


# Secrets


def test_a_secret_that_no_rule_reported_is_hidden_as_well(write_secret):
    for arguments in (("--ignore", "leaked-secret"), ()):
        result = check("README.md", *arguments, "--output-format", "full", "--no-suppressions" if arguments else "-q")
        assert "hf_QmZ***" in result.stdout
        assert "hf_QmZkT" not in result.stdout


@pytest.fixture
def write_secret(card):
    card.write_text(
        f"---\nlicense: mit\nlicense: {TOKEN}\n---\n\n<!-- cardlint-disable leaked-secret -->\n\n# Owl\n", "utf-8"
    )


def test_a_secret_in_another_file_is_hidden():
    other = Source(".eval_results/a.yaml", f"- value: {TOKEN}\n")
    finding = find(
        Source("a.md", "text\n"), Span(0, 4), related=(Related(Span(9, len(other.text)), "there", source=other),)
    )
    output = render("full", report_of(finding))
    assert "hf_QmZ***" in output
    assert "hf_QmZkT" not in output


# What all of them promise


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "rdjson", "markdown", "html"])
def test_a_whole_report(name, monkeypatch):
    """The page of a rule is not a part of it: it may be reworded any day."""
    monkeypatch.setattr("cardlint.reporters.machine.sarif.load_rules", dict)
    monkeypatch.setattr("cardlint.reporters.html.rule_pages.load_rules", dict)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    path = SNAPSHOTS / f"report.{name}"
    output = render(name, sample())
    if os.environ.get("CARDLINT_SNAPSHOTS") == "write":
        path.write_text(output, encoding="utf-8", newline="\n")
    assert output == path.read_text("utf-8")


# SARIF


def sarif(report):
    document = json.loads(render("sarif", report), parse_constant=pytest.fail)
    SARIF.validate(document)
    return document["runs"][0]


@given(reports())
@FEWER
def test_sarif_follows_the_schema_for_every_report(report):
    run = sarif(report)
    assert len(run["results"]) == len(report.findings)
    assert [note["level"] for note in run["invocations"][0]["toolExecutionNotifications"]] == ["error"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_of_a_clean_run_has_an_empty_list():
    run = sarif(report_of())
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@given(st.text("ab小🦠\r\n", max_size=60), st.data())
def test_the_fixes_of_sarif_and_rdjson_are_the_fixes(text, data):
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    edits = (Edit(Span(ends[0], ends[1]), "new\n"), Edit(Span(ends[2], ends[3]), "x"))
    if ends[1] == ends[2]:
        edits = edits[:1]
    source = Source("a.md", text)
    report = report_of(find(source, Span(0, 0), fix=Fix("Mend", edits)))
    expected = apply(text, edits)
    change = sarif(report)["results"][0]["fixes"][0]["artifactChanges"][0]
    replaced = text
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        start, end = (
            source.offset(Position(region[f"{edge}Line"], region[f"{edge}Column"])) for edge in ("start", "end")
        )
        replaced = replaced[:start] + replacement["insertedContent"]["text"] + replaced[end:]
    assert replaced == expected
    (suggestion,) = json.loads(render("rdjson", report))["diagnostics"][0]["suggestions"]
    lines = source.lines
    start, end = (
        len(text[: lines[place["line"] - 1].start].encode()) + place["column"] - 1
        for place in (suggestion["range"]["start"], suggestion["range"]["end"])
    )
    data = text.encode()
    assert data[:start] + suggestion["text"].encode() + data[end:] == expected.encode()


def test_sarif_counts_columns_in_code_points_and_no_byte_order_mark():
    source = read("\ufeff小🦠 x\nsecond\n".encode())
    report = report_of(find(source, at(source.text, "x")), find(source, at(source.text, "second")))
    run = sarif(report)
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert regions[0] == {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 5}
    assert regions[1] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7}


def addresses(report):
    return [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif(report)["results"]
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
def test_sarif_has_addresses_from_the_root_of_the_repository(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    monkeypatch.chdir(tmp_path / "models")
    paths = ["my card/README.md", "a:b/#1.md", "caf\udce9.md", "小.md", "../up.md", "/elsewhere/x y.md"]
    report = report_of(*[find(Source(path, "x"), Span(0, 1)) for path in paths])
    inside = ["my%20card/README.md", "a%3Ab/%231.md", "caf%E9.md", "%E5%B0%8F.md"]
    assert addresses(report) == [*inside, f"file://{tmp_path}/up.md", "file:///elsewhere/x%20y.md"]
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert addresses(report) == [*[f"models/{uri}" for uri in inside], "up.md", "file:///elsewhere/x%20y.md"]


def prints(text, *needles):
    report = report_of(*[find(Source("a.md", text), at(text, needle)) for needle in needles])
    return [result["partialFingerprints"]["cardlint/v1"] for result in sarif(report)["results"]]


def test_fingerprints_stay_when_lines_move_and_are_never_the_same():
    text = "one\ntwo\nthree\ntwo\n"
    before = prints(text, "two", "three", "two")
    assert len(set(before)) == 3
    assert prints(f"new\n\n{text}", "two", "three", "two") == before
    assert prints("one\n  two\t\nthree\n two\n", "two", "three", "two") == before
    assert prints("one\ntwo!\nthree\ntwo\n", "two", "three")[0] != before[0]
    long = "word " * 400
    assert prints(f"{long}needle{long}", "needle") == prints(f"{long}{long}needle", "needle")


def test_line_hashes_are_those_of_github():
    """The values are what GitHub's upload action works out for these texts."""
    text = "---\nlicense: mit\n---\n\n# Owl 🦉\n\n" + "the same again\n" * 12
    hashes = line_hashes(Source("a.md", text))
    assert hashes == line_hashes(Source("a.md", text.replace("\n", "\r\n")))
    assert hashes == line_hashes(Source("a.md", text.replace(" ", "\t ")))
    assert len(hashes) == len(Source("a.md", text).lines)
    assert [mark.partition(":")[2] for mark in hashes[6:10]] == ["1", "2", "3", "4"]
    assert hashes[-1] == line_hashes(Source("a.md", ""))[0] == "c129715d7a2bc9a3:1"
    for strange in (read(b"caf\xe9\n"), Source("a.md", "a\r\r\nb"), read("a".encode("utf-16"))):
        assert line_hashes(strange) == []
    report = report_of(find(Source("a.md", text), at(text, "# Owl")))
    assert sarif(report)["results"][0]["partialFingerprints"]["primaryLocationLineHash"] == hashes[4]


def test_sarif_keeps_the_most_severe_and_says_how_many_it_left_out(monkeypatch):
    monkeypatch.setattr("cardlint.reporters.machine.sarif.MOST_RESULTS", 3)
    source = Source("a.md", "text")
    severities = [Severity.NOTE, Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.ERROR]
    run = sarif(report_of(*[find(source, Span(0, 1), severity=severity) for severity in severities]))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note == {
        "level": "warning",
        "message": {"text": "2 findings left out, the least severe: GitHub keeps 3 results."},
    }
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_message_of_sarif_links_to_its_related_places():
    source = Source("a.md", "one\ntwo\n")
    related = (Related(Span(4, 7), "the [other] place"), Related(Span(0, 3), ""))
    (result,) = sarif(report_of(find(source, Span(0, 3), "wrong", help="Mend it.", related=related)))["results"]
    assert result["message"]["text"] == "wrong\nMend it.\nSee: [the \\[other\\] place](1), [line 1](2)."
    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]


def test_a_rule_of_sarif_brings_its_page(card):
    run = json.loads(check(*ONE, "--output-format", "sarif").stdout)["runs"][0]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "duplicate-key"
    assert rule["help"]["markdown"].startswith("# `duplicate-key`\n")
    assert "```" in rule["help"]["markdown"]
    assert rule["properties"] == {"tags": ["metadata"], "severities": ["error"]}
    assert "helpUri" not in rule


@pytest.mark.parametrize("name", ["sarif", "rdjson"])
def test_no_fix_is_given_away_with_a_hidden_secret_or_a_lost_byte_in_it(name):
    for text in (f"a {TOKEN}\n", "caf\udce9\n"):
        source = Source("a.md", text)
        edits = (Edit(Span(0, 0), "new"), Edit(Span(len(text), len(text)), text))
        finding = find(source, Span(0, 1), fix=Fix("Mend", edits, Safety.UNSAFE))
        output = render(name, report_of(finding))
        assert '"fixes"' not in output
        assert '"suggestions"' not in output


@pytest.mark.parametrize("name", ["json", "sarif", "rdjson"])
def test_fixes_have_the_line_ends_of_the_card(name):
    source = Source("a.md", "one\r\ntwo\r\n")
    fix = Fix("Add a line", (Edit(Span(5, 5), "new\n"),))
    assert r'"new\r\n"' in render(name, report_of(find(source, Span(0, 3), fix=fix)))


# GitHub's annotations

COMMAND = re.compile(r"::(\w+)(?: ([^:]*))?::(.*)")


def decoded(text):
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def annotations(report):
    """Kind, properties and message, as the runner reads them."""
    for line in render("github", report).splitlines():
        match = COMMAND.fullmatch(line)
        if match and match[1] not in {"group", "endgroup"}:
            properties = dict(part.split("=", 1) for part in match[2].split(","))
            yield match[1], {name: decoded(value) for name, value in properties.items()}, decoded(match[3])


@given(reports())
@FEWER
def test_the_runner_reads_every_annotation_and_no_other_command(report):
    lines = render("github", report).splitlines()
    assert sum(line.startswith("::endgroup") for line in lines) == sum(line.startswith("::group") for line in lines)
    assert not any("##[" in line for line in lines if not line.startswith("::"))
    assert all(re.match("::(error|warning|notice|group|endgroup)", line) for line in lines if line.startswith("::"))
    for kind, properties, _ in annotations(report):
        assert kind in {"error", "warning", "notice"}
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


def test_code_below_the_help_keeps_its_lines():
    source = Source("a.md", "owl\n")
    report = report_of(find(source, Span(0, 3), help="Add this:\nowls:\n- <b> | `a`"))
    assert "= help: Add this:\n      owls:\n      - <b> | `a`\n" in render("full", report)
    assert "<sub>Add this:</sub><br><pre>owls:<br>- &lt;b&gt; \\| \\`a\\`</pre>" in render("markdown", report)
    assert '<p class="help">Add this:</p>\n<pre>owls:\n- &lt;b&gt; | `a`</pre>' in render("html", report)
    assert next(annotations(report))[2] == "something is wrong\nAdd this:\nowls:\n- <b> | `a`"
    assert json.loads(render("json", report))["findings"][0]["help"] == "Add this:\nowls:\n- <b> | `a`"


def test_an_annotation_is_escaped():
    source = Source("a,b:c%.md", "100 % of it\nline two\n")
    report = report_of(find(source, Span(4, 5), "50 % off, ::error::\nreally", help="Take 20 %."))
    assert list(annotations(report)) == [
        (
            "warning",
            {
                "file": "a,b:c%.md",
                "line": "1",
                "endLine": "1",
                "col": "5",
                "endColumn": "5",
                "title": "cardlint: some-rule",
            },
            "50 % off, ::error:: really\nTake 20 %.",
        )
    ]
    assert render("github", report).startswith("::warning file=a%2Cb%3Ac%25.md,line=1,")
    place = next(annotations(report_of(find(source, Span(4, 20)))))[1]
    assert (place["line"], place["endLine"], "col" in place) == ("1", "2", False)


def test_github_annotates_the_most_severe_and_one_of_every_rule_and_logs_the_rest():
    source = Source("a.md", "text\n" * 40)
    grave = {"severity": Severity.ERROR}
    many = [find(source, Span(index * 5, index * 5 + 1), rule="often", **grave) for index in range(30)]
    rare = [find(source, Span(150 + index, 151 + index), rule=f"rare-{index}", **grave) for index in range(5)]
    notes = [find(source, Span(index, index + 1), severity=Severity.NOTE) for index in range(12)]
    command = find(Source("::stop.md", "x"), Span(0, 1), "##[group]", severity=Severity.NOTE)
    report = report_of(*many, *rare, *notes, command)
    shown = list(annotations(report))
    kinds = [kind for kind, _, _ in shown]
    assert (kinds.count("error"), kinds.count("notice")) == (10, 10)
    titles = [properties["title"] for _, properties, _ in shown]
    assert [f"cardlint: rare-{index}" in titles for index in range(5)] == [True] * 5
    assert titles.count("cardlint: often") == 5
    assert shown[-1][2] == "29 more findings in the log: GitHub shows 10 annotations of a kind"
    lines = render("github", report).splitlines()
    assert "::group::29 more findings" in lines
    logged = lines[lines.index("::group::29 more findings") + 1 : lines.index("::endgroup::")]
    assert len(logged) == 29
    assert lines[-1] == "Found 35 errors and 13 notes in 1 card."


def test_github_gives_the_job_a_summary(card, tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    check(*ONE)
    assert summary.read_text("utf-8") == "before\n"
    result = check(*ONE, "--output-format", "github", "--report", "markdown=report.md")
    assert result.stdout.startswith("::error file=README.md,line=3,endLine=3,col=1,endColumn=")
    assert summary.read_text("utf-8") == "before\n" + (tmp_path / "report.md").read_text("utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "gone" / "summary.md"))
    result = check(*ONE, "--output-format", "github")
    assert (result.exit_code, "cannot write the job summary" in result.stderr) == (2, True)


# GitLab, JUnit, Reviewdog


@given(reports())
@FEWER
def test_gitlab_has_an_entry_with_a_fingerprint_of_its_own_for_everything(report):
    entries = json.loads(render("gitlab", report))
    assert len(entries) == len(report.findings) + len(report.troubles)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert list(entry) == ["description", "check_name", "fingerprint", "severity", "location"]
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert 1 <= entry["location"]["lines"]["begin"] <= entry["location"]["lines"]["end"]


@given(reports())
@FEWER
def test_junit_follows_its_schema_for_every_report(report):
    output = render("junit", report)
    JUNIT.validate(output)
    suites = ET.fromstring(output)
    cases = list(suites.iter("testcase"))
    assert int(suites.get("tests")) == len(cases) == len(report.findings) + 2
    assert int(suites.get("failures")) == len(list(suites.iter("failure")))
    assert len(list(suites.iter("error"))) == 1


def test_junit_of_a_clean_run_has_a_test_that_passed():
    suites = ET.fromstring(render("junit", report_of(cards=3)))
    assert [case.get("name") for case in suites.iter("testcase")] == ["3 cards without findings"]


def test_junit_replaces_what_xml_cannot_say():
    source = Source("a.md", "x")
    suites = ET.fromstring(render("junit", report_of(find(source, Span(0, 1), 'a\0\x1b\ufffe"<&>]]>\tb'))))
    assert suites.find(".//failure").get("message") == 'a\ufffd\ufffd\ufffd"<&>]]>\tb'


def test_rdjson_counts_bytes():
    source = read("a𐐀b\n小 caf\u00e9 x\n".encode() + b"\xff\xfe y\n")
    spans = [at(source.text, letter) for letter in "bxy"]
    diagnostics = json.loads(render("rdjson", report_of(*[find(source, span) for span in spans])))["diagnostics"]
    starts = [diagnostic["location"]["range"]["start"] for diagnostic in diagnostics]
    assert starts == [{"line": 1, "column": 6}, {"line": 2, "column": 11}, {"line": 3, "column": 4}]


def test_rdjson_makes_one_suggestion_of_a_fix_unless_it_would_show_half_the_card():
    text = "a\n" * 100
    for last, expected in ((10, 1), (150, 0)):
        fix = Fix("Mend", (Edit(Span(0, 1), "b"), Edit(Span(last, last + 1), "c")))
        (diagnostic,) = json.loads(render("rdjson", report_of(find(Source("a.md", text), Span(0, 1), fix=fix))))[
            "diagnostics"
        ]
        assert len(diagnostic.get("suggestions", [])) == expected


# Markdown


OF_OUR_OWN = re.compile("h3|h4|p|ul|li|table|thead|tbody|tr|th|td|code|pre|sub|br|details|summary|!--")


def as_html(text):
    cmarkgfm = require("cmarkgfm", "test")
    return cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)


@given(reports())
@FEWER
def test_markdown_is_a_row_a_finding_and_no_html_but_its_own(report):
    page = as_html(render("markdown", report))
    assert all(OF_OUR_OWN.fullmatch(tag) for tag in re.findall(r"</?([a-zA-Z!?][a-zA-Z0-9-]*)", page))
    assert page.count("<tr>") == len(report.findings) + page.count("<thead>")
    assert set(re.findall("<!--.*?-->", page)) <= {"<!-- -->"}


@given(st.text("ab`*_[]()<>#|~$&!@\\\n ", max_size=40))
@FEWER
def test_words_come_through_markdown(words):
    code = re.sub("[`\n]", "", words).strip()
    message = f"see {code.replace(' ', '')}x and `x{code}`"
    message = re.sub(r"#+(?=#\[)", "", message)  # a command of a pipeline, which is changed
    page = as_html(render("markdown", report_of(find(Source("a.md", "x"), Span(0, 1), message))))
    cell = page[page.index("</code> ") + 8 : page.rindex("</td>")]
    shown = html.unescape(re.sub("</?code>", "`", cell.replace("<!-- -->", "")))
    assert shown == message


def test_markdown_calls_nobody():
    message = "ask @octocat about #12 and octo/repo#3, or `@octocat`"
    output = render("markdown", report_of(find(Source("a.md", "x"), Span(0, 1), message)))
    assert "@<!-- -->octocat about #<!-- -->12 and octo/repo#<!-- -->3, or `@octocat`" in output


def test_markdown_leads_to_the_lines_within_a_job(monkeypatch):
    for name, value in (("SERVER_URL", "https://github.example"), ("REPOSITORY", "a/b"), ("SHA", "c0ffee")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    output = render("markdown", report_of(find(Source("my (1).md", "x\ny"), Span(2, 3))))
    assert "[2](https://github.example/a/b/blob/c0ffee/my%20%281%29.md?plain=1#L2)" in output


def test_markdown_finds_room_in_a_comment():
    source = Source("a.md", "text\n" * 2000)
    fix = Fix("Mend", (Edit(Span(0, 1), "T"),))
    notes = [find(source, Span(index, index + 1), "n" * 900, severity=Severity.NOTE, fix=fix) for index in range(900)]
    output = render("markdown", report_of(*notes, find(source, Span(1, 2), "grave", severity=Severity.ERROR)))
    assert len(output) < 65_536
    many = [find(Source(f"models/{index}/README.md", "text"), Span(0, 4), "wrong") for index in range(2000)]
    assert len(render("markdown", report_of(*many))) < 65_536
    assert "grave" in output
    assert re.search(r"Not shown: \d+ more findings, none more severe\.", output)


# HTML

EMPTY = {"br", "hr", "input", "meta"}
HOSTILE = """\
---
license: mit
license: <script>document.title = 'run'</script>
---

# Owl <img src=x onerror="document.title = 'run'"> & co

<script>document.title = 'run'</script>

A [bad](javascript:alert(1)), a [worse](JaVaScRiPt:alert(1)), an [other](./README.md) and a
[good](https://example.org/a?b="c"&d=<e>) link, ![an owl](https://example.org/x.png)<b onclick="alert(1)">.</b>

- [x] done
  1. nested `code <b>` and $x^2$, ~~gone~~, *em* **strong**, \\* and &amp;[^1]

> quoted

| a | 日本語 |
|--:|:-:|
| `x` | 🦉 {wide} |

```python
print("{wide}")
```

{long}

$$
x < y
$$

[^1]: a note with \x1b[31m and \u202e in it

---
""".format(wide="a very wide line " * 20, long="word_" * 80)


class Page(HTMLParser):
    """A page in its parts; what does not close, or closes twice, is a mistake."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.stack, self.text = set(), [], [], [], []
        self.scripts, self.opened = [], []  # the texts of scripts, and the ids that buttons open
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        names = dict(attributes)
        assert not [name for name in names if name.startswith("on") or name in {"src", "srcset", "style", "action"}]
        self.ids += [names["id"]] if "id" in names else []
        self.links += [names["href"]] if "href" in names else []
        self.opened += [names["popovertarget"]] if "popovertarget" in names else []
        if tag not in EMPTY:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "script":
            self.scripts.append(data)
        elif self.stack and self.stack[-1] not in {"style", "title"}:
            self.text.append(data)


def page_of(report):
    page = Page(render("html", report))
    assert not page.tags & {"img", "iframe", "object", "form", "link", "base", "svg"}
    assert page.scripts == ([SCRIPT] if report.findings else [])
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith(("#", "https://", "http://", "mailto:")) for link in page.links)
    assert {link[1:] for link in page.links if link.startswith("#")} | set(page.opened) <= set(page.ids)
    return page


@given(reports())
@FEWER
def test_html_is_sound_for_every_report(report):
    page = page_of(report)
    assert sum(name.startswith("note-") for name in page.ids) == len(report.findings)


@given(st.text("ab #*_`[]()<>!|-~$&\"'=:/\\\n小🦉\x1b", max_size=120), st.data())
@FEWER
def test_html_draws_any_card(text, data):
    ends = [data.draw(st.integers(0, len(text))) for _ in range(4)]
    spans = [Span(*sorted(ends[:2])), Span(*sorted(ends[2:]))]
    page_of(report_of(find(Source("a.md", text), spans[0], related=(Related(spans[1], "there"),))))


def hostile():
    card = Source("hostile.md", HOSTILE)
    return report_of(
        find(card, at(HOSTILE, "<script>document"), "`<script>` & co", help="<b>"),
        find(card, at(HOSTILE, "[bad](javascript:alert(1))"), "a link", severity=Severity.ERROR),
        find(card, Span(HOSTILE.index("- [x]"), HOSTILE.index("```")), "of several blocks", severity=Severity.NOTE),
    )


def test_html_shows_a_cards_html_as_text():
    page = page_of(hostile())
    shown = "".join(page.text)
    assert shown.count("document.title = 'run'") == 3
    assert {link for link in page.links if not link.startswith("#")} >= {"https://example.org/a?b=%22c%22&d=%3Ce%3E"}
    assert not any("javascript" in link.lower() for link in page.links)
    assert "\x1b" not in shown
    assert "日本語" in shown


def test_html_marks_what_is_meant_and_leads_there():
    output = render("html", sample())
    assert '<mark class="error" id="mark-2">0.91</mark>' in output
    assert 'Accuracy: <mark class="related">0.934</mark>' in output
    assert '<a class="to" href="#mark-2">line 8</a>' in output
    assert '<mark class="error" id="mark-6">hf_AbC*************</mark>' in output
    assert output.count('class="row covered warning"') == 2


def test_html_draws_a_flattened_card_as_it_was_meant():
    text = (
        "--- license: mit tags: - audio --- # Owl It hears owls. ## Uses More information needed ## Limits None known."
    )
    page = page_of(report_of(find(Source("a.md", text), at(text, "More information needed"))))
    assert "This card has lost its line breaks; it is shown with recovered ones." in "".join(page.text)


def test_html_draws_the_cards_with_the_most_severe_findings_and_lists_those_of_the_others(monkeypatch):
    monkeypatch.setattr("cardlint.reporters.html.report.MOST_CARDS", 1)
    one, other = (Source(f"{name}.md", f"text of {name}") for name in "ab")
    page = page_of(report_of(find(one, Span(0, 4)), find(other, Span(0, 4), severity=Severity.ERROR), cards=2))
    shown = "".join(page.text)
    assert " of a" not in shown
    assert " of b" in shown
    assert [name for name in page.ids if name.startswith("note-")] == ["note-2", "note-1"]


def test_html_lists_the_most_severe_card_first_with_its_date_and_commit(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    mild, severe = (Source(f"{name}.md", f"text of {name}") for name in "ab")
    report = report_of(
        find(mild, Span(0, 4), severity=Severity.NOTE), find(severe, Span(0, 4), severity=Severity.ERROR), cards=2
    )
    page = page_of(msgspec.structs.replace(report, commit="0123456789abcdef"))
    shown = "".join(page.text)
    assert shown.index("text of b") < shown.index("text of a")
    assert "1970-01-02 00:00 UTC · commit 0123456789ab · version" in shown


def test_html_holds_the_page_of_each_rule_that_it_names():
    finding = find(Source("a.md", "text"), Span(0, 4))
    known = msgspec.structs.replace(finding, rule=own_rules()[0].info)
    page = page_of(report_of(known, finding))
    assert page.opened.count(f"rule-{known.rule.name}") == 3  # in the table, in the note, and to close it
    assert own_rules()[0].manual.summary.replace("`", "") in "".join(page.text)
    assert f"rule-{finding.rule.name}" not in page.opened


def test_html_names_the_commit_of_a_clone(card, tmp_path_factory):
    for command in ("init -q", "add .", "-c user.name=a -c user.email=a@example.org commit -qm a"):
        subprocess.run(["git", *command.split()], check=True)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout
    assert f"commit <code>{commit[:12]}</code>" in check(*ONE, "--output-format", "html").stdout
    outside = str(tmp_path_factory.mktemp("outside"))
    assert "commit" not in check(*ONE, outside, "--output-format", "html").stdout.partition("<h2>")[0]


BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chrome", "google-chrome"))), None
)
# Measures the page in a frame of its own, so that what forbids scripts in the page does not forbid this one.
FRAME = """<!DOCTYPE html><iframe id="page" src="report.html" style="width:{width}px;height:900px;border:0"></iframe>
<script>page.onload = () => {{ const inner = page.contentDocument, root = inner.documentElement;
const note = inner.querySelector('.margin').getBoundingClientRect();
const block = inner.querySelector('.margin + .block').getBoundingClientRect();
const box = inner.querySelector('#show-warning');
const shown = () => inner.querySelector('.finding.warning').offsetHeight > 0;
const before = shown(); box.click(); const after = shown(); box.click();
const change = (control, value) => {{
  if (control.type === 'checkbox') control.checked = value; else control.value = value;
  control.dispatchEvent(new Event(control.type === 'checkbox' ? 'change' : 'input'));
  return inner.querySelector('#shown').textContent; }};
const filter = inner.querySelector('#filter-text'), boxes = [...inner.querySelectorAll('.by-rule input')];
const filtered = [change(filter, 'SEVERAL hostile'), change(filter, 'nowhere'), change(filter, '')];
const chosen = [change(boxes[0], true), change(boxes[1], true), change(boxes[0], false), change(boxes[1], false)];
const name = inner.querySelector('.finding .name'), rule = inner.getElementById(name.getAttribute('popovertarget'));
const open = () => rule.matches(':popover-open'), opened = [open()];
name.click(); opened.push(open()); rule.querySelector('.close').click(); opened.push(open());
document.body.innerHTML = '<pre>' + JSON.stringify({{
title: inner.title, width: root.scrollWidth, room: root.clientWidth,
beside: note.left >= block.right, level: Math.abs(note.top - block.top) < 40, below: note.top >= block.bottom,
before, after, filtered, chosen, opened}}) + '</pre>' }}</script>"""


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
@pytest.mark.parametrize(("width", "phone"), [(1400, False), (1024, False), (390, True), (320, True)])
def test_html_in_a_browser(tmp_path, width, phone):
    """It fits into any window, notes stand beside the text or below it, switches work, and nothing of a card runs."""
    first, second, third = hostile().findings
    one, other = (rule.info for rule in own_rules()[:2])
    named = [msgspec.structs.replace(first, rule=one), msgspec.structs.replace(second, rule=other)]
    report = report_of(*named, msgspec.structs.replace(third, rule=other))
    (tmp_path / "report.html").write_text(render("html", report), "utf-8")
    (tmp_path / "frame.html").write_text(FRAME.format(width=width), "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        address = f"http://127.0.0.1:{server.server_port}/frame.html"
        command = [BROWSER, *options, "--virtual-time-budget=3000", "--window-size=1600,1000", "--dump-dom", address]
        result = subprocess.run(command, capture_output=True, timeout=120, check=True, encoding="utf-8")
        server.shutdown()
    match = re.search("<pre>(.*)</pre>", result.stdout)
    assert match, result.stdout
    seen = json.loads(html.unescape(match[1]))
    assert seen["title"].startswith("cardlint: Found ")
    assert seen["width"] == seen["room"] <= width
    assert (seen["beside"], seen["below"]) == (not phone, phone)
    assert seen["level"] or phone
    assert (seen["before"], seen["after"]) == (True, False)
    assert seen["filtered"] == ["1 of 3 shown", "0 of 3 shown", "3 of 3 shown"]
    assert seen["chosen"] == ["2 of 3 shown", "3 of 3 shown", "1 of 3 shown", "3 of 3 shown"]
    assert seen["opened"] == [False, True, False]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
