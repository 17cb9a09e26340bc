"""What is packed comes back as it was, whatever rules say and wherever it stands."""

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from cardlint.finding import Edit, Finding, Fix, Problem, Related, Safety, Severity
from cardlint.linting.results import Counts, count
from cardlint.registry import load_rules
from cardlint.run.serialization import pack, pack_source, unpack, unpack_source
from cardlint.source import Source, Span, read

RULES = {name: rule.info for name, rule in load_rules().items()}
CARD = Source("a/README.md", "# Owl \udce9\nTells owls apart.\n", undecodable=(Span(6, 7),))
OTHERS = (Source("a/.eval_results/one.yaml", "task: x\n"), Source("a/two.yaml", "ÿ", "utf-16-le"))

words = st.text(st.characters(), max_size=8)
spans = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda pair: Span(*sorted(pair)))
fixes = st.builds(Fix, words, st.lists(st.builds(Edit, spans, words), max_size=3).map(tuple), st.sampled_from(Safety))
related = st.builds(Related, spans, words, st.sampled_from([None, CARD, *OTHERS]))
problems = st.builds(
    Problem,
    spans,
    words,
    words,
    st.lists(related, max_size=3).map(tuple),
    st.none() | fixes,
    st.none() | st.sampled_from(Severity),
)
findings = st.lists(
    st.builds(
        Finding, st.just(CARD), st.sampled_from(sorted(RULES)).map(RULES.get), st.sampled_from(Severity), problems
    ),
    max_size=5,
)


@given(findings)
def test_findings_come_back(given_findings):
    source = unpack_source(pack_source(CARD))
    back = list(unpack(pack(given_findings), source, RULES))
    assert back == given_findings
    for before, after in zip(given_findings, back, strict=True):
        assert after.source is source
        for one, other in zip(before.problem.related, after.problem.related, strict=True):
            # reporters draw places of one text into one frame, and know it by being the same object
            assert (one.source is CARD) == (other.source is source)


@given(findings)
def test_places_in_one_file_beside_the_card_stay_in_one(given_findings):
    back = list(unpack(pack(given_findings), CARD, RULES))
    sources = [place.source for finding in back for place in finding.problem.related if place.source is not None]
    assert len({id(source) for source in sources}) == len({source.path for source in sources})


@given(st.binary(max_size=40))
def test_a_text_comes_back_with_its_encoding(data):
    source = read(data, "x.md")
    assert unpack_source(pack_source(source)) == source


@given(findings)
def test_counts_are_those_of_the_findings(given_findings):
    counts = count(given_findings)
    assert counts.findings == len(given_findings)
    for severity, number in zip(Severity, (counts.notes, counts.warnings, counts.errors), strict=True):
        assert number == sum(finding.severity is severity for finding in given_findings)
        assert counts.reaches(severity) == any(finding.severity >= severity for finding in given_findings)
    fixes = [finding.problem.fix for finding in given_findings if finding.problem.fix]
    assert counts.fixable == sum(fix.safety is Safety.SAFE for fix in fixes)
    assert counts.fixable_unsafe == sum(fix.safety is Safety.UNSAFE for fix in fixes)
    assert not counts.reaches(None)
    assert (counts + counts).findings == 2 * len(given_findings)


def test_words_of_a_kind_of_their_own_come_back_as_plain_text():
    class Words(StrEnum):
        WRONG = "wrong"

    problem = Problem(Span(True, 3), Words.WRONG, Words.WRONG)
    (back,) = unpack(pack([Finding(CARD, RULES["unknown-key"], Severity.NOTE, problem)]), CARD, RULES)
    assert (back.message, back.problem.help, back.span) == ("wrong", "wrong", Span(1, 3))
    assert type(back.message) is str


def test_counts_of_nothing_are_zero():
    assert Counts() == count([])
