"""A run that takes results from the cache says, byte for byte, what one says that lints everything anew."""

import io
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_cards import all_cards, needs_archive

from cardlint.config.model import Overrides
from cardlint.finding import Problem, Severity
from cardlint.registry import load_rules
from cardlint.reporters.formats import FORMATS, reporter
from cardlint.reporters.report import Report, Style
from cardlint.rule_definition import rule
from cardlint.run import cache as caching
from cardlint.run.cache import cache_folder, open_cache
from cardlint.run.fingerprint import identify
from cardlint.run.judge import Judge, RunOptions
from cardlint.run.run import Run
from cardlint.source import Folder, Span

FIXTURES = Path(__file__).parents[1] / "fixtures"
PLAIN = Style(color=False, width=100, unicode=True, hyperlinks=False)

CARD = """\
---
license: other
pipeline_tag: text-classification
pipeline_tag: text-classification
metrics: [accuracy]
---

# Owl

It tells [owls](owls.md) apart with an accuracy of 0.91.

## Limitations

More information needed
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A cache of the test's own."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def cards(tmp_path):
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "README.md").write_text(CARD, "utf-8")
    return folder


@contextmanager
def counted_lints(monkeypatch):
    """How many cards are linted and not taken from the cache."""
    linted = []
    real = Judge._lint

    def lint(self, found, *rest):
        linted.append(found.shown)
        return real(self, found, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Judge, "_lint", lint)
        yield linted


def report(checked):
    return Report(checked.findings, checked.counts, checked.troubles, "0.1.0", secrets=checked.secrets)


def told(checked, formats=FORMATS):
    """All that a run tells."""
    texts = []
    for name in formats:
        stream = io.StringIO()
        reporter(name)(report(checked), stream, PLAIN)
        texts.append(stream.getvalue())
    return (texts, checked.fails, checked.notes, checked.skipped)


def check(folder, *, rules=None, cache=True, **given_settings):
    return Run(RunOptions(cache=cache, **given_settings), rules).check([str(folder)])


def entries(kept):
    """The results that are kept; the facts about the rules lie beside them."""
    others = {"CACHEDIR.TAG", "rules.msgpack"}
    return sorted(path for path in kept.rglob("*") if path.is_file() and path.name not in others)


def test_a_second_run_lints_nothing_and_tells_the_same(cards, kept, monkeypatch):
    anew = told(check(cards, cache=False))
    assert not kept.exists()
    with counted_lints(monkeypatch) as linted:
        assert told(check(cards)) == anew
        assert told(check(cards)) == anew
    assert len(linted) == 1
    assert len(entries(kept)) == 1


def test_all_formats_are_the_same_over_the_fixtures(kept, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # the HTML report shows the time
    anew = told(check(FIXTURES, cache=False))
    assert told(check(FIXTURES)) == anew
    assert told(check(FIXTURES)) == anew
    assert len(entries(kept)) == len(list(FIXTURES.glob("*/README.md")))


@needs_archive
@pytest.mark.parametrize("count", [50, pytest.param(300, marks=pytest.mark.slow)])
def test_all_formats_are_the_same_over_real_cards(tmp_path, kept, monkeypatch, count):
    folder = tmp_path / "real"
    cards = list(all_cards().values())
    for number, data in enumerate(cards[:: len(cards) // count]):
        card = folder / f"{number:04}" / "README.md"
        card.parent.mkdir(parents=True)
        card.write_bytes(data)
    formats = [name for name in FORMATS if name != "html"]
    anew = told(check(folder, cache=False), formats)
    check(folder)
    with counted_lints(monkeypatch) as linted:
        assert told(check(folder), formats) == anew
    assert not linted
    assert entries(kept)


# What may change between two runs: the card, what lies beside it, the configuration and the command line.
TEXTS = ["", CARD, CARD.replace("0.91", "91.0"), "# No metadata\n", "---\nlicense: mit\n---\n# Owl\n", "\ufeff" + CARD]
TEXTS += [CARD + "<!-- cardlint-disable duplicate-key -->\n", "--- license: mit --- # Owl ## Limitations More"]
BESIDE = {
    "LICENSE": ["a license\n"],
    "owls.md": ["# Owls\n"],
    "config.json": ["{}"],
    "model.safetensors": ["x"],
    ".git/config": ['[remote "origin"]\n\turl = https://huggingface.co/lab/owl\n', "[core]\n"],
    ".eval_results/one.yaml": ["- dataset:\n    id: lab/owls\n  value: 0.5\n", "wrong: [\n"],
    "cardlint.toml": [
        'ignore = ["metadata"]\n',
        'severity = {duplicate-key = "note"}\n',
        'repo-id = "lab/owl"\n',
        'fail-on = "error"\n',
        '[rules.missing-section]\nrequired = ["citation"]\n',
        '[per-file-ignores]\n"*.md" = ["duplicate-key"]\n',
    ],
}
edits = st.one_of(
    st.tuples(st.just("README.md"), st.sampled_from(TEXTS)),
    *(st.tuples(st.just(name), st.sampled_from([*texts, None])) for name, texts in BESIDE.items()),
)
ways = st.fixed_dictionaries(
    {
        "suppressions": st.booleans(),
        "overrides": st.sampled_from(
            [Overrides(), Overrides(select=("dead-link", "incomplete-license")), Overrides(repo_id="lab/hawk")]
        ),
    }
)


def apply(folder, name, text):
    path = folder / name
    if text is None:
        path.unlink(missing_ok=True)
        if path.parent != folder and path.parent.exists():
            path.parent.rmdir()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(edits, ways), min_size=1, max_size=8))
def test_whatever_changes_the_cache_is_never_wrong(tmp_path_factory, kept, steps):
    folder = tmp_path_factory.mktemp("cards")
    for (name, text), way in steps:
        apply(folder, name, text)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            formats = ("json", "full")
            anew = told(check(".", cache=False, **way), formats)
            assert told(check(".", **way), formats) == anew
            assert told(check(".", **way), formats) == anew


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_no_entry_counts_for_nothing(cards, kept, data):
    (cards / "b.md").write_text(CARD.replace("Owl", "Hawk"), "utf-8")
    anew = told(check(cards, cache=False), ("json",))
    check(cards)
    first, second = entries(kept)
    whole = first.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    broken = [whole[:place], whole + b"x", flipped, second.read_bytes(), data.draw(st.binary(max_size=200))]
    first.write_bytes(data.draw(st.sampled_from(broken)))
    assert told(check(cards), ("json",)) == anew
    assert first.read_bytes() == whole


REPOSITORY = {".git/config": BESIDE[".git/config"][1], "model.safetensors": "x"}
CONFIGURED = [
    ('severity = {duplicate-key = "error"}', 'severity = {duplicate-key = "note"}'),
    ('[rules.missing-section]\nrequired = ["how-to-use"]', '[rules.missing-section]\nrequired = ["citation"]'),
    ('ignore = ["dead-link"]', 'ignore = ["duplicate-key"]'),
    ("", 'unfixable = ["duplicate-key"]'),
]
SNIPPET = CARD + '\n```python\nmodel = AutoModel.from_pretrained("lab/owl")\n```\n'


@pytest.mark.parametrize(("before", "after"), CONFIGURED)
def test_each_setting_makes_a_difference(cards, kept, before, after):
    tells = []
    for configuration in (before, after):
        (cards / "cardlint.toml").write_text(configuration, "utf-8")
        checked = check(cards)
        assert not checked.troubles
        tells.append(told(checked, ("json", "full")))
        assert tells[-1] == told(check(cards, cache=False), ("json", "full"))
    assert tells[0] != tells[1]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (CARD + "<!-- cardlint-disable-file -->\n", {"suppressions": True}, {"suppressions": False}),
        (
            SNIPPET,
            {"overrides": Overrides(extend_select=("snippet-mismatch",), repo_id="lab/owl")},
            {"overrides": Overrides(extend_select=("snippet-mismatch",), repo_id="lab/hawk")},
        ),
        (CARD, {"overrides": Overrides()}, {"overrides": Overrides(severity={"duplicate-key": "note"})}),
    ],
)
def test_each_option_makes_a_difference(cards, kept, text, one, other):
    (cards / "README.md").write_text(text, "utf-8")
    tells = []
    for way in (one, other):
        tells.append(told(check(cards, **way), ("json",)))
        assert tells[-1] == told(check(cards, cache=False, **way), ("json",))
    assert tells[0] != tells[1]


@pytest.mark.parametrize(
    ("text", "before", "change"),
    [
        (CARD, REPOSITORY, ("owls.md", "# Owls\n")),  # whether it is there
        (CARD, {"model.safetensors": None}, ("model.safetensors", "x")),  # what there is
        (SNIPPET, REPOSITORY, (".git/config", BESIDE[".git/config"][0].replace("owl", "hawk"))),  # what is in it
    ],
)
def test_each_answer_of_the_folder_makes_a_difference(cards, kept, text, before, change):
    (cards / "README.md").write_text(text, "utf-8")
    for each, words in before.items():
        apply(cards, each, words)
    way = {"overrides": Overrides(extend_select=("snippet-mismatch", "dead-link"))}
    first = told(check(cards, **way), ("json",))
    apply(cards, *change)
    second = told(check(cards, **way), ("json",))
    assert second == told(check(cards, cache=False, **way), ("json",))
    assert first != second


def test_a_folder_in_the_place_of_an_entry_or_a_file_in_that_of_the_cache_is_no_trouble(cards, kept, tmp_path):
    anew = told(check(cards, cache=False))
    check(cards)
    (entry,) = entries(kept)
    entry.unlink()
    entry.mkdir()
    assert told(check(cards)) == anew
    entry.rmdir()
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDLINT_CACHE_DIR", str(file))
        assert told(check(cards)) == anew
    assert file.read_bytes() == b""


def test_a_result_that_a_bug_has_spoilt_is_not_kept(cards, kept):
    @rule(severity=Severity.NOTE, group="metadata")
    def broken_rule(_):
        raise ValueError("a bug")
        yield

    rules = {**load_rules(), "broken-rule": broken_rule}
    for _ in range(2):
        assert "a bug" in check(cards, rules=rules).troubles[0].message
    assert not entries(kept)


def test_a_result_that_rests_on_what_was_never_asked_is_not_kept(cards, kept):
    @rule(severity=Severity.NOTE, group="metadata")
    def nosy_rule(card):
        if (card.folder.path / "beak.txt").exists():
            yield Problem(Span(0, 1), "there is a beak")

    rules = {**load_rules(), "nosy-rule": nosy_rule}
    assert "nosy-rule" not in {finding.rule.name for finding in check(cards, rules=rules).findings}
    (cards / "beak.txt").write_text("", "utf-8")
    assert "nosy-rule" in {finding.rule.name for finding in check(cards, rules=rules).findings}
    assert not entries(kept)


class Word(str):
    """Text of a plugin's own kind."""

    __slots__ = ()


@pytest.mark.parametrize("kind", [Path, Word])
def test_a_rule_may_ask_by_a_path_or_by_text_of_its_own_kind(cards, kept, monkeypatch, kind):
    @rule(severity=Severity.NOTE, group="metadata")
    def nosy_rule(card):
        beak = kind("beak.txt")
        if card.folder.has(beak) or card.folder.read(beak) or "beak.txt" in card.folder.names(kind(".")):
            yield Problem(Span(0, 1), "there is a beak")

    rules = {**load_rules(), "nosy-rule": nosy_rule}
    assert told(check(cards, rules=rules)) == told(check(cards, rules=rules))
    with counted_lints(monkeypatch) as linted:
        check(cards, rules=rules)
    assert not linted
    (cards / "beak.txt").write_text("x", "utf-8")
    assert "nosy-rule" in {finding.rule.name for finding in check(cards, rules=rules).findings}


def test_a_baseline_is_weighed_anew(cards, kept, monkeypatch):
    from cardlint.commands.baseline import keep_baseline
    from cardlint.config.selection import Configurations

    monkeypatch.chdir(cards)
    check(".")
    recorded = check(".", baseline=keep_baseline(None, Configurations({}), write=True).baseline)
    assert recorded.counts.known == len(check(".").findings) > 0
    assert not recorded.findings
    assert recorded.splits[0].counts


def test_what_is_to_be_mended_is_linted(cards, kept):
    from cardlint.run.judge import FixMode

    check(cards)
    assert check(cards, fix=FixMode.DIFF).changed == 1
    assert check(cards, fix=FixMode.WRITE).changed == 1
    assert len(entries(kept)) == 1


def test_other_code_has_other_entries(tmp_path, monkeypatch):
    (tmp_path / "hoots").mkdir()
    module = tmp_path / "hoots" / "__init__.py"
    module.write_text(
        "from cardlint import Problem, Severity, rule\n\n\n"
        '@rule(severity=Severity.NOTE, group="hoots")\ndef hoot(card):\n    yield from ()\n',
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    import hoots

    rules = load_rules()
    plain = identify("1", rules)
    assert identify("1", rules) == plain
    assert identify("2", rules) != plain
    more = {**rules, "hoot": hoots.hoot}
    before = identify("1", more)
    assert before != plain
    os.utime(module, (1, 1))
    assert identify("1", more) != before
    (tmp_path / "owl-1.0.dist-info").mkdir()
    assert identify("1", rules) != plain
    monkeypatch.setattr(hoots, "__path__", [str(tmp_path / "gone")])
    with pytest.raises(OSError, match="gone"):
        identify("1", more)
    assert open_cache(more) is None
    del sys.modules["hoots"]


def test_what_is_old_goes_and_what_is_used_stays(cards, kept):
    (cards / "b.md").write_text(CARD.replace("Owl", "Hawk"), "utf-8")
    check(cards)
    used, unused = entries(kept)
    long_ago = time.time() - 40 * 86_400
    for path in (used, unused, kept / "CACHEDIR.TAG"):
        os.utime(path, (long_ago, long_ago))
    left_over = used.parent / "left.tmp"
    left_over.write_bytes(b"")
    os.utime(left_over, (long_ago, long_ago))
    (cards / "b.md").unlink()
    check(cards)
    stays = [path for path in (used, unused) if path.exists()]
    assert len(stays) == 1
    assert not left_over.exists()
    assert time.time() - stays[0].stat().st_mtime < 86_400


def test_a_clock_that_is_put_back_keeps_nothing_for_ever(cards, kept):
    check(cards)
    left_over = entries(kept)[0].parent / "left.tmp"
    left_over.write_bytes(b"")
    os.utime(left_over, (1, 1))
    coming = time.time() + 40 * 86_400
    os.utime(kept / "CACHEDIR.TAG", (coming, coming))
    check(cards)
    assert not left_over.exists()


def test_no_more_is_kept_than_there_is_room_for(cards, kept, monkeypatch):
    for number in range(20):
        (cards / f"{number}.md").write_text(CARD.replace("Owl", f"Owl {number}"), "utf-8")
    check(cards)
    size = max(path.stat().st_size for path in entries(kept))
    monkeypatch.setattr(caching, "_LARGEST", 16 * size)
    os.utime(kept / "CACHEDIR.TAG", (1, 1))
    check(cards)
    assert len(entries(kept)) <= 16


def test_the_folder_is_marked_and_nobody_elses(cards, kept):
    check(cards)
    assert (kept / "CACHEDIR.TAG").read_text("utf-8").startswith("Signature: 8a477f597d28d172789f06886806bc55")
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in entries(kept)} == {0o600}
        assert kept.stat().st_mode & 0o777 == 0o700


def test_no_secret_is_written_down(cards, kept):
    secret = "hf_" + "QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq"
    (cards / "README.md").write_text(f"{CARD}\nLog in with {secret}.\n", "utf-8")
    anew = told(check(cards, cache=False))
    assert told(check(cards)) == anew
    assert told(check(cards)) == anew
    assert secret not in "".join(anew[0])
    assert all(secret.encode() not in path.read_bytes() for path in entries(kept))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="they have caches elsewhere")
def test_where_it_lies(monkeypatch, tmp_path):
    for name, value, expected in [
        ("CARDLINT_CACHE_DIR", str(tmp_path / "own"), tmp_path / "own"),
        ("CARDLINT_CACHE_DIR", "~/own", tmp_path / "home" / "own"),
        ("CARDLINT_CACHE_DIR", "", tmp_path / "home" / ".cache" / "cardlint"),
        ("XDG_CACHE_HOME", str(tmp_path / "xdg"), tmp_path / "xdg" / "cardlint"),
        ("XDG_CACHE_HOME", "relative", tmp_path / "home" / ".cache" / "cardlint"),
    ]:
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv(name, value)
        assert cache_folder() == str(expected)


def test_a_folder_that_was_only_asked_is_not_left(tmp_path):
    folder = Folder(tmp_path)
    folder.has("x")
    folder.names(".")
    folder.read("x")
    assert not folder.is_left
    assert folder.path == tmp_path
    assert folder.is_left


def test_runs_at_the_same_time_do_not_disturb_each_other(cards, kept):
    for number in range(30):
        (cards / f"{number}.md").write_text(CARD.replace("Owl", f"Owl {number}"), "utf-8")
    command = [sys.executable, "-m", "cardlint", "check", ".", "--output-format", "jsonl"]
    expected = subprocess.run([*command, "--no-cache"], cwd=cards, capture_output=True, check=False)
    assert expected.stdout.count(b"\n") > 30
    running = [subprocess.Popen(command, cwd=cards, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        output, errors = process.communicate()
        assert (output, errors) == (expected.stdout, expected.stderr)
    assert len(entries(kept)) == 31
