"""The summary of a corpus: figures worked out by hand, and words that no card can change."""

import json
import re
import shutil
import subprocess
import threading
from functools import partial
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from examples import examples
from extras import require
from hypothesis import given, settings
from hypothesis import strategies as st

pa = require("pyarrow")
pq = require("pyarrow.parquet")

from cardlint.corpus.schema import CARDS, FINDINGS, size_class  # noqa: E402
from cardlint.corpus.summary.numbers import interval, per_thousand, percent, size, wilson  # noqa: E402
from cardlint.corpus.summary.sections import axis_end  # noqa: E402
from cardlint.corpus.summary.write import write_summary  # noqa: E402

COUNTS = ("errors", "warnings", "notes", "suppressed", "fixable", "fixable_unsafe", "compared", "disagreeing")


def card(name, *, found=(), claims=(), pairs=(), generator=None, length=500, trouble=None, suppressed=0):
    """A row of cards, and its rows of findings: `found` as (rule, severity, safety), `pairs` as (metric, where, cause).

    A pair whose cause is True agrees.
    """
    digest = f"{sum(name.encode()):064x}"
    comparisons = [
        {"metric": metric, "shown_in": where, "agrees": cause is True, "cause": None if cause is True else cause}
        for metric, where, cause in pairs
    ]
    row = {
        "id": name,
        "sha256": digest,
        "bytes": length,
        "size_class": size_class(length),
        "generator": generator,
        "flattened": False,
        **dict.fromkeys(COUNTS, 0),
        "suppressed": suppressed,
        "fixable": sum(safety == "safe" for *_, safety in found),
        "fixable_unsafe": sum(safety == "unsafe" for *_, safety in found),
        "rules": sorted({rule for rule, *_ in found}),
        "claims": [{"metric": "f1", "source": source} for source in claims],
        "comparisons": comparisons,
        "compared": len(comparisons),
        "disagreeing": sum(not pair["agrees"] for pair in comparisons),
        "trouble": trouble,
    }
    for _, severity, _ in found:
        row[f"{severity}s"] += 1
    findings = [
        {"id": name, "sha256": digest, "rule": rule, "severity": severity, "fix_safety": safety}
        | dict.fromkeys(("group", "message", "help"), "")
        | {f"{end}_{what}": 1 for end in ("start", "end") for what in ("line", "column", "offset")}
        for rule, severity, safety in found
    ]
    return row, findings


def written(folder, *parts, run=None):
    """The summary of a corpus of such parts, each a list of cards: its Markdown and its HTML."""
    for kind in ("cards", "findings"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for number, cards in enumerate(parts):
        findings = [finding for _, rows in cards for finding in rows]
        name = f"part-{number:05}.parquet"
        pq.write_table(pa.Table.from_pylist(findings, FINDINGS), folder / "findings" / name)
        pq.write_table(pa.Table.from_pylist([row for row, _ in cards], CARDS), folder / "cards" / name)
    if run is not None:
        (folder / "run.json").write_text(json.dumps(run), "utf-8")
    write_summary(folder)
    return (folder / "summary.md").read_text("utf-8"), (folder / "summary.html").read_text("utf-8")


def rows_of(markdown, title):
    """The rows of the tables below a heading, by their first cells; what is piped out of Markdown is left as it is."""
    below = re.split(rf"^#+ {re.escape(title)}\n", markdown, flags=re.MULTILINE)[1]
    lines = re.split(r"^#", below, maxsplit=1, flags=re.MULTILINE)[0].splitlines()
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("|")]
    return {first: rest for first, *rest in cells}


TRAINER = "transformers-trainer"
FIVE = [
    card(
        "a/one",
        found=[("metric-mismatch", "error", "unsafe"), ("missing-license", "warning", None)],
        claims=["model-index", "table"],
        pairs=[("f1", "table", "other-metric"), ("f1", "summary", True), ("wer", "prose", None)],
        generator=TRAINER,
        length=900,
        suppressed=2,
    ),
    card(
        "a/two",
        found=[
            ("missing-license", "warning", None),
            ("missing-language", "note", "safe"),
            ("empty-section", "note", None),
        ],
        claims=["eval-results"],
        pairs=[("f1", "table", True)],
        generator=TRAINER,
        length=1000,
    ),
    card("b/three", found=[("empty-section", "note", "unsafe"), ("empty-section", "note", "unsafe")], claims=["table"]),
    card("b/four", claims=["model-index"], length=5000),
    card("c/five", trouble="a bug in rule `x`: ValueError: no", found=[("missing-license", "warning", "safe")]),
]


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    return written(tmp_path_factory.mktemp("five"), FIVE)[0]


def test_head(summary):
    assert "7 findings in 4 cards.\n\n1 card could not be linted completely; see Trouble." in summary
    assert re.findall(r"^- \*\*(.+?)\*\* (.+)$", summary, re.MULTILINE) == [
        ("4", "model cards"),
        ("25.0 %", "have an error"),
        ("50.0 %", "have an error or a warning"),
        ("14.3 %", "of 7 findings have a safe fix"),
        ("50.0 %", "of 2 cards with a metric in metadata and body contradict themselves"),
    ]


def test_severities(summary):
    rows = rows_of(summary, "Severity")
    assert rows["an error"][:2] == rows["a warning"][:2] == rows["a note"][:2] == ["1", "25.0 %*"]
    assert rows["nothing found"] == ["1", "25.0 %*", "4.6 to 69.9", "█████"]
    assert rows["error"] == ["1", "250", "1", "25.0 %*", "0 %*", "100 %*"]
    assert rows["warning"] == ["2", "500", "2", "50.0 %*", "0 %*", "0 %*"]
    assert rows["note"] == ["4", "1,000", "2", "50.0 %*", "25.0 %*", "50.0 %*"]
    assert rows["all"] == ["7", "1,750", "3", "75.0 %*", "14.3 %*", "42.9 %*"]
    assert "Comments in the cards suppress 2 more." in summary


def test_rules(summary):
    rows = rows_of(summary, "By rule")
    assert list(rows)[2:] == ["`empty-section`", "`missing-license`", "`metric-mismatch`", "`missing-language`"]
    assert rows["rule"][1] == "of 4"
    half = "█" * 20
    assert rows["`empty-section`"] == ["2", "50.0 %*", "15.0 to 85.0", "3", "750", "0 %", "note", half]
    assert rows["`missing-language`"] == ["1", "25.0 %*", "4.6 to 69.9", "1", "250", "100 %", "note", half[:10]]


def test_generators(summary):
    rows = rows_of(summary, "By generator")
    assert rows["none recognised"][:-1] == ["2", "50.0 %*", "1,000", "0 %*", "0 %*", "0 %*"]
    assert rows["`transformers-trainer`"][:-1] == ["2", "50.0 %*", "2,500", "50.0 %*", "100 %*", "50.0 %*"]
    matrix = rows_of(summary, "Rules by generators")
    assert matrix["rule"] == ["none recognised (2)", "transformers-trainer (2)"]
    assert matrix["`empty-section`"] == ["50.0 %*", "50.0 %*"]
    assert matrix["`missing-license`"] == ["0 %*", "100 %*"]


def test_sizes(summary):
    rows = rows_of(summary, "By size")
    assert "The mean size of a card is 1.9 kB" in summary  # 900, 1,000, 500 and 5,000 bytes: 1,850
    assert list(rows)[2:] == ["below 1 kB", "1 to 4 kB", "4 to 16 kB"]
    assert rows["below 1 kB"] == ["2", "50.0 %*", "2,000", "50.0 %*", "50.0 %*", "0 %*", "1.4 kB"]


def test_ledger(summary):
    rows = rows_of(summary, "Metadata compared with body")
    assert rows["all"][:3] == ["4", "–", "–"]
    assert rows["state a metric in the metadata"][:2] == ["3", "75.0 %*"]
    assert rows["state it in the body as well"][:2] == ["2", "66.7 %*"]
    assert rows["contradict themselves"] == ["1", "50.0 %*", "9.5 to 90.5", "█████"]
    assert "2 of 4 comparisons disagree." in summary
    assert rows_of(summary, "By metric")["`f1`"][:5] == ["3", "1", "2", "1", "50.0 %*"]
    assert rows_of(summary, "By metric")["`wer`"][:5] == ["1", "1", "1", "1", "100 %*"]
    assert rows_of(summary, "By place in the body")["a table"][:5] == ["2", "1", "2", "1", "50.0 %*"]
    assert rows_of(summary, "Why they disagree") == {
        "cause": ["comparisons", "share", "cards", "0 to 100 %"],
        "---": ["---:", "---:", "---:", "---"],
        "unknown": ["1", "50.0 %*", "1", "█" * 10],
        "the value of another metric": ["1", "50.0 %*", "1", "█" * 10],
    }


def test_trouble(summary):
    why, *_ = [line for line in summary.splitlines() if "ValueError" in line]
    assert why == "| a bug in rule `x`: ValueError: no | 1 | `c/five` |"


def test_ledger_by_generator(tmp_path):
    """The second table of that name is the ledger's."""
    markdown, _ = written(tmp_path, FIVE)
    below = markdown[markdown.index("## Metadata compared with body") :]
    assert rows_of(below, "By generator")["`transformers-trainer`"][:5] == ["4", "2", "2", "1", "50.0 %*"]


@settings(deadline=None, max_examples=examples(30))
@given(st.permutations(FIVE), st.lists(st.integers(0, len(FIVE)), max_size=3))
def test_parts_and_their_order_change_nothing(tmp_path_factory, cards, cuts):
    edges = [0, *sorted(cuts), len(cards)]
    parts = [cards[start:end] for start, end in pairwise(edges)]
    folder = tmp_path_factory.mktemp("parts")
    whole = written(folder / "whole", FIVE)
    assert written(folder / "parts", *parts) == whole


def test_findings_without_their_part_of_cards_do_not_count(tmp_path):
    before = written(tmp_path, FIVE)
    shutil.copy(tmp_path / "findings" / "part-00000.parquet", tmp_path / "findings" / "part-00001.parquet")
    write_summary(tmp_path)
    assert ((tmp_path / "summary.md").read_text("utf-8"), (tmp_path / "summary.html").read_text("utf-8")) == before


@pytest.mark.parametrize("table", ["cards", "findings"])
@pytest.mark.parametrize("content", [b"", b"no table", None])
def test_what_is_no_part_is_named(tmp_path, table, content):
    written(tmp_path, FIVE)
    path = tmp_path / table / "part-00000.parquet"
    if content is None:
        pq.write_table(pa.table({"other": [1]}), path)
    else:
        path.write_bytes(content)
    with pytest.raises(OSError, match=re.escape(str(path))):
        write_summary(tmp_path)


@pytest.mark.parametrize("parts", [(), ([],), ([], [])])
def test_empty_corpus(tmp_path, parts):
    markdown, html = written(tmp_path, *parts)
    assert markdown == "# A corpus of model cards\n\nNo card was linted.\n\ncardlint 0.1.0\n"
    assert "No card was linted." in html
    assert "<table>" not in html


def test_folder_without_tables(tmp_path):
    write_summary(tmp_path)
    assert "No card was linted." in (tmp_path / "summary.md").read_text("utf-8")


def test_one_card(tmp_path):
    markdown, html = written(tmp_path, [card("only/one")])
    assert "0 findings in 1 card." in markdown
    assert rows_of(markdown, "Severity")["nothing found"] == ["1", "100 %*", "20.7 to 100.0", "█" * 20]
    assert "contradict themselves" in markdown
    assert html.endswith("</html>\n")


def test_only_trouble(tmp_path):
    rows = [card(f"a/{number}", trouble="no text") for number in (2, 1, 3)]
    for row, _ in rows:
        row.update(dict.fromkeys(("sha256", "bytes", "size_class", "claims", "comparisons", "rules")))
    markdown, _ = written(tmp_path, rows)
    assert "No card was linted.\n\n3 cards could not be linted completely; see Trouble." in markdown
    assert rows_of(markdown, "Trouble")["no text"] == ["3", "`a/1`"]


def test_what_run_says(tmp_path):
    markdown, _ = written(tmp_path, FIVE, run={"complete": False, "made_with": {"cardlint_version": "9.8.7"}})
    assert "The run is not complete; these figures cover the cards linted so far." in markdown
    assert markdown.endswith("cardlint 9.8.7\n")


WEIRD = ["<script>alert(1)</script>", "a|b", "`tick`", "new\nline", '"><img src=x>', "# head", "\u202eturned", "[x](y)"]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.words, self.addresses = set(), [], []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.addresses += [value for name, value in attributes if name in {"src", "href", "xlink:href", "action"}]

    def handle_data(self, data):
        self.words.append(data)


def weird_cards():
    return [
        card(
            name,
            generator=name,
            found=[(name, "error", "safe")],
            claims=["model-index"],
            pairs=[(name, name, name)],
            trouble=name if number % 2 else None,
        )
        for number, name in enumerate(WEIRD * 2 + WEIRD[:1])
    ] + [card(name, generator=name, found=[(name, "note", None)], pairs=[(name, name, name)]) for name in WEIRD]


def test_names_are_nothing_but_names(tmp_path):
    """Whatever a card or a plugin calls things: no tag, no address, no column and no heading comes from it."""
    markdown, html = written(tmp_path, weird_cards())
    reader = Reader()
    reader.feed(html)
    assert not {"script", "img", "link", "iframe"} & reader.tags
    assert all(re.fullmatch(r"#examples-\d+", address) for address in reader.addresses)
    assert "url(" not in html
    words = "".join(reader.words)
    assert all(name in words for name in ("<script>alert(1)</script>", "a|b", '"><img src=x>', "[x](y)"))
    assert "\u202e" not in html + markdown
    for table in re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert not re.search(r"^# head", markdown, re.MULTILINE)
    assert "<script>" not in re.sub("`[^`]*`", "", markdown)


def test_each_rule_leads_to_examples_of_its_findings(tmp_path):
    """The same ones in whatever parts the cards are, at most one from each card."""
    found = [("a-rule", "error", None), ("a-rule", "note", None)]
    cards = [card(name, found=found) for name in ("five", "four", "one", "six")] + [
        card("two", found=[("b-rule", "note", None)])
    ]
    whole = written(tmp_path / "whole", cards)
    assert written(tmp_path / "parts", cards[2:], cards[:2]) == whole
    markdown, html = whole
    rows = re.findall(r"^\| `(.-rule)` \| `(\w+):1` \| (\w+) \|", markdown, re.MULTILINE)
    digests = sorted((sum(name.encode()), name) for name in ("five", "four", "one", "six"))
    assert rows == [("a-rule", name, "error") for _, name in digests[:3]] + [("b-rule", "two", "note")]
    assert '<a href="#examples-2"><code>b-rule</code></a>' in html
    assert '<code id="examples-2">b-rule</code>' in html


def test_wilson():
    """As in Newcombe's paper of 1998, 81 of 263; and at the ends."""
    assert [round(edge, 4) for edge in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(edge, 4) for edge in wilson(0, 20)] == [0, 0.1611]
    assert [round(edge, 4) for edge in wilson(20, 20)] == [0.8389, 1]
    assert interval(1, 29) == "0.6 to 17.2"


@settings(deadline=None)
@given(st.integers(1, 10**9).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_shares(pair):
    part, whole = pair
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1
    assert (percent(part, whole) == "0 %") == (part == 0)
    assert (percent(part, whole) == "100 %") == (part == whole)
    assert (per_thousand(part, whole) == "0") == (part == 0)
    assert part / whole <= axis_end([pair]) <= 1


@pytest.mark.parametrize(
    ("part", "whole", "share", "rate"),
    [
        (0, 0, "–", "–"),
        (1, 3, "33.3 %", "333"),
        (1, 100_000, "< 0.1 %", "< 0.1"),
        (99_999, 100_000, "> 99.9 %", "1,000"),
        (1, 2_000, "0.1 %", "0.5"),
        (1, 1_000, "0.1 %", "1.0"),
    ],
)
def test_rates(part, whole, share, rate):
    assert (percent(part, whole), per_thousand(part, whole)) == (share, rate)


def test_sizes_in_words():
    counts = (0, 999, 1000, 9_949, 9_960, 1_500_000, 999_600, 5e12)
    assert [size(count) for count in counts] == [
        "0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "1.5 MB", "1.0 MB", "5.0 TB",
    ]  # fmt: skip


BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chrome", "google-chrome"))), None
)
FRAME = """<!DOCTYPE html><iframe id="page" src="summary.html" style="width:{width}px;height:900px;border:0"></iframe>
<script>page.onload = () => {{ const inner = page.contentDocument, root = inner.documentElement;
const bars = [...inner.querySelectorAll('.bar rect')].map(bar => bar.getBoundingClientRect());
const cells = [...inner.querySelectorAll('td.chart')].map(cell => cell.getBoundingClientRect());
document.body.innerHTML = '<pre>' + JSON.stringify({{
width: root.scrollWidth, room: root.clientWidth, longest: Math.max(...bars.map(bar => bar.width)),
inside: cells.every(cell => cell.width >= 100) }}) + '</pre>' }}</script>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")
@pytest.mark.parametrize("width", [1400, 400, 320])
def test_in_a_browser(tmp_path, width):
    """The page fits into any window, wide tables scroll in it, and bars are drawn."""
    written(tmp_path, [*weird_cards(), *FIVE])
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
    seen = json.loads(unescape(match[1]))
    assert seen["width"] == seen["room"] <= width
    assert seen["longest"] > 80
    assert seen["inside"]
