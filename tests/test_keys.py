"""The table of keys: one row a key, one grammar for all values, and one key however it is spelt."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

import cardlint
from cardlint.card.card import parse
from cardlint.card.flattened.suspicion import recover
from cardlint.card.metadata.kinds import fits
from cardlint.card.metadata.verdicts import severity_of
from cardlint.files.card_detection import reason_to_skip
from cardlint.finding import Severity
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.testing import check_rule, decode_escapes, read_cases
from cardlint.vocabulary.keys.eval_results import EVAL_RESULT
from cardlint.vocabulary.keys.grammar import UNRECORDED, Fact, Key
from cardlint.vocabulary.keys.model_card import MODEL_CARD_KEYS
from cardlint.vocabulary.keys.other_keys import OTHER_KEYS
from cardlint.vocabulary.keys.spelling import find_keys, key_at
from cardlint.vocabulary.keys.table import FRONT_MATTER, KEYS, MISSPELT, MODEL_KEYS, meant_by, telling

RULES = load_rules()
CASES = Path(__file__).parent / "rules"
PACKAGE = Path(cardlint.__file__).parent
DAY = re.compile(r"20\d\d-[01]\d-[0-3]\d")


def nested(key, path=""):
    """Every row below a key with its path, but those below a misspelt key, which holds what another does."""
    for inner in key.shape.keys.values():
        yield f"{path or key.name}.{inner.name}", inner
        if not inner.meant:
            yield from nested(inner, f"{path or key.name}.{inner.name}")
    if key.shape.others is not None:
        yield from nested(Key("*", key.shape.others), f"{path or key.name}.*")


TOP = dict(KEYS)
INNER = dict(pair for key in KEYS.values() if not key.meant for pair in nested(key))
INNER |= dict(nested(Key(".eval_results", EVAL_RESULT)))
ROWS = TOP | INNER


# the table


def test_every_key_has_one_row():
    names = [key.name for key in (*MODEL_CARD_KEYS, *OTHER_KEYS)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert list(KEYS) == names


def test_every_row_is_complete():
    for path, key in ROWS.items():
        shape = key.shape
        assert key.source, path
        assert DAY.fullmatch(key.date), path
        assert key.is_read or "`api-model.ts`" not in key.source, f"{path}: the Hub's own type has only what it reads"
        assert "list" in shape.kinds or not shape.items, f"{path}: only a list has items"
        assert not shape.keys or "mapping" in {*shape.kinds, *shape.items}, f"{path}: only a mapping has keys"
        assert shape.others is None or shape.open, path


def test_every_verdict_has_its_evidence():
    for path, key in ROWS.items():
        for name in Key.__struct_fields__:
            field = getattr(key, name)
            for fact in field.values() if name == "wrong_kinds" else [field]:
                if isinstance(fact, Fact) and fact != UNRECORDED:
                    assert fact.source, f"{path}: {name}"
                    assert DAY.fullmatch(fact.date), f"{path}: {name}"


def test_what_people_write_leads_to_what_the_hub_reads():
    for siblings in (TOP, *(key.shape.keys for key in ROWS.values())):
        for key in siblings.values():
            if key.meant:
                assert siblings[key.meant].is_read
                assert siblings[key.meant].meant == ""
    assert not MISSPELT.keys() & MODEL_KEYS.keys()
    assert meant_by("Licence") == "license"
    assert meant_by("finetuned_from") == "finetuned_from"
    assert meant_by("License") == "license"


def test_a_misspelt_key_holds_what_the_right_one_does():
    assert all(KEYS[name].shape == KEYS[meant].shape for name, meant in MISSPELT.items())


def test_a_refusal_is_an_error_and_an_unknown_verdict_a_warning():
    assert severity_of(KEYS["widget"].wrong) is Severity.ERROR
    assert severity_of(KEYS["base_model"].wrong) is Severity.ERROR
    assert severity_of(KEYS["metrics"].wrong) is Severity.WARNING
    assert severity_of(KEYS["pipeline_tag"].unlisted) is Severity.WARNING
    assert severity_of(KEYS["thumbnail"].null) is Severity.WARNING


def test_a_shape_says_in_words_what_it_accepts():
    assert KEYS["library_name"].shape.description == "text"
    assert KEYS["language"].shape.description == "text or a list of texts"
    assert KEYS["tags"].shape.description == "a list"
    assert KEYS["inference"].shape.description == "`true`, `false` or a mapping with `parameters`"
    assert INNER["widget.output"].shape.description == "a mapping or a list"


# no other list


def _collections(path):
    """The texts of every collection that a module writes out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            elements = node.elts
        elif isinstance(node, ast.Dict):
            elements = [key for key in node.keys if key is not None]
        else:
            continue
        if elements and all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in elements):
            yield node.lineno, {each.value for each in elements}


def test_no_other_module_lists_keys():
    """Two or three keys are what a rule is about; more are a second table, which sooner or later differs from this."""
    lists = [
        f"{path.relative_to(PACKAGE)}:{line}: {', '.join(sorted(texts))}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent.name != "keys"
        for line, texts in _collections(path)
        if len(texts) > 3 and texts <= KEYS.keys()
    ]
    assert not lists, "\n".join(lists)


def test_every_key_of_a_view_has_a_row():
    assert MODEL_KEYS.keys() <= KEYS.keys()
    assert FRONT_MATTER.keys.keys() <= KEYS.keys()
    assert all(FRONT_MATTER.keys[name] is KEYS[name] for name in FRONT_MATTER.keys)
    for owner in {key.owner for key in KEYS.values()}:
        assert set(telling(owner, "certain", "likely", "shared", "card")) <= KEYS.keys()
    assert set(telling("model card", "certain")) == {"base_model", "library_name", "pipeline_tag"}
    assert telling("Space", "certain") == ("sdk",)


# one grammar


def example(shape):
    """A value of the first kind that a shape accepts, with a value for every key that the Hub reads."""
    match shape.kinds[0]:
        case "text":
            words = (*shape.values, "word", "LICENSE")
            return next(word for word in words if shape.matches(word))
        case "number":
            return 1
        case "boolean" if "mapping" not in shape.kinds:
            return True
        case "list" if "mapping" in shape.items:
            return [mapping(shape)]
        case "list":
            return ["word", "other"]
    return mapping(shape)


def mapping(shape):
    found = {name: example(key.shape) for name, key in shape.keys.items() if key.is_read}
    if shape.others is not None:
        found["Name"] = example(shape.others)
    return found or {"any": "word"}


def front_matter(data):
    return f"---\n{yaml.safe_dump(data, sort_keys=False)}---\n\n# Tiny\n"


NESTED = [name for name, key in MODEL_KEYS.items() if key.shape.keys or key.shape.others]


def test_there_are_nested_keys():
    assert set(NESTED) == {"model-index", "widget", "inference", "co2_eq_emissions", "extra_gated_fields"}


@pytest.mark.parametrize("name", MODEL_KEYS)
def test_a_value_of_its_shape_is_right_for_every_rule_that_asks_for_types(name):
    card = front_matter({name: example(MODEL_KEYS[name].shape)})
    for rule in ("wrong-type", "invalid-model-index", "null-value"):
        assert check_rule(RULES[rule], card) == []


def _checked():
    """Paths of inner keys of which a rule checks the type."""
    for path, key in INNER.items():
        top, _, below = path.partition(".")
        if not key.is_read or top.startswith("*"):
            continue
        if (top == "model-index" and key.wrong.verdict != "accepted" and key.name != "value") or path in {
            *(f"widget.{name}" for name in MODEL_KEYS["widget"].shape.keys),
            "inference.parameters",
            "co2_eq_emissions.emissions",
            "extra_gated_fields.*.options",
        }:
            yield path, below


@pytest.mark.parametrize(("path", "below"), list(_checked()))
def test_a_value_of_another_shape_is_found_at_every_depth(path, below):
    top = path.partition(".")[0]
    shape = MODEL_KEYS[top].shape
    data = mapping(shape)
    if top == "extra_gated_fields":
        data = {"Name": {"type": "select", "options": ["word"]}}
    *parents, last = below.replace("*", "Name").split(".")
    place = data
    for parent in parents:
        place = place[parent]
        place = place[0] if isinstance(place, list) else place
    place[last] = [["word"]] if "list" not in INNER[path].shape.kinds else "word"
    card = front_matter({top: [data] if shape.lists_mappings else data})
    found = check_rule(RULES["invalid-model-index" if top == "model-index" else "wrong-type"], card)
    assert any(last in finding.message for finding in found)


@pytest.mark.parametrize("name", NESTED)
def test_a_flattened_value_is_recovered_by_the_same_shape(name):
    data = {name: example(KEYS[name].shape), "license": "mit"}
    card = front_matter(data)
    recovery = recover(" ".join(card.split()))
    assert recovery is not None
    assert yaml.safe_load(recovery.text.split("---\n")[1]) == data


def test_an_example_fits_its_shape():
    for path, key in ROWS.items():
        card = parse(read(front_matter({"x": example(key.shape)}).encode()))
        assert fits(card.metadata.mapping.entries[0].value, key.shape), path


# one key, however it is spelt

_KEY = re.compile(r"^(?P<before>(?: *- )* *)(?P<key>[A-Za-z_][\w-]*):(?=[ \n])(?P<value>.*\n)", re.MULTILINE)
_NOT_TEXT = {"no", "null", "true", "True"}  # these mean another thing in quotes


def _escaped(name):
    return "".join(rf"\x{ord(letter):02x}" if letter in "aeiou" else letter for letter in name)


SPELLINGS = {
    "single quotes": lambda match: f"{match['before']}'{match['key']}':{match['value']}",
    "double quotes": lambda match: f'{match["before"]}"{match["key"]}":{match["value"]}',
    "escapes": lambda match: f'{match["before"]}"{_escaped(match["key"])}":{match["value"]}',
    "an explicit key": lambda match: match[0] if match["before"] else f"? {match['key']}\n:{match['value']}",
    "a blank before the colon": lambda match: f"{match['before']}{match['key']} :{match['value']}",
}


def respelt(card, spelling):
    """The card with the keys of its metadata spelt otherwise."""
    block = re.match(r"(---\n)([\s\S]*?\n)(---\n)", card)
    if block is None:
        return card

    def one(match):
        return match[0] if match["key"] in _NOT_TEXT else SPELLINGS[spelling](match)

    return block[1] + _KEY.sub(one, block[2]) + block[3] + card[block.end() :]


def _cards(rule):
    for card in rule.manual.bad:
        yield card, "", rule.manual.bad_files
    for case in read_cases((CASES / f"{rule.name.replace('-', '_')}.md").read_text("utf-8")):
        yield case.card, case.options, case.files


def _found(rule, card, options, files):
    found = check_rule(rule, card, options=tomllib.loads(options), files=files or None)
    return Counter((finding.severity, finding.message) for finding in found)


def _keys(card):
    """The keys of a card as the parser of YAML reads them; none if the YAML is broken."""
    return parse(read(card.encode("utf-8", "surrogateescape"))).metadata.keys


# Rules about the file as text count its lines.
OF_KEYS = [name for name, rule in RULES.items() if rule.info.group != "source" or name == "unrendered-template"]


@pytest.mark.parametrize("name", OF_KEYS)
def test_a_key_is_the_same_key_for_every_rule_however_it_is_spelt(name):
    for text, options, files in _cards(RULES[name]):
        card = read(decode_escapes(text)).text
        keys = _keys(card)
        others = {respelt(card, spelling) for spelling in SPELLINGS if keys} - {card}
        found = _found(RULES[name], card, options, files) if others else None
        for other in others:
            if _keys(other) == keys:
                assert _found(RULES[name], other, options, files) == found, other


ONE_KEY = ("license: MIT", "'license': MIT", '"license" : MIT', r'"lic\x65nse": MIT', r'"\u006cicense": MIT')
EXPLICIT = ("? license\n: MIT", '? "lic\\x65nse"\n: MIT')


@pytest.mark.parametrize("line", [*ONE_KEY, *EXPLICIT])
def test_a_key_is_the_same_key_where_the_front_matter_is_read_line_by_line(line):
    assert key_at(line) == "license"
    assert list(find_keys(f"x: 1\n{line}\n", 0, 100)) == ["x", "license"]
    assert reason_to_skip(f"---\n{line}\n---\n") is None
    assert reason_to_skip(f"{line}\n---\n") is None
    assert reason_to_skip(f"# Tiny\n\n---\n{line}\n---\n") is None
    found = check_rule(RULES["misplaced-front-matter"], f"# Tiny\n\n---\n{line}\n---\n")
    assert len(found) == 1
    assert check_rule(RULES["unknown-license"], f"---\n{line}\n---\n")


@pytest.mark.parametrize(
    "line", ["license", "license:MIT", "? license: MIT", r'"lic\qense": MIT', "- license: MIT", ""]
)
def test_other_lines_are_no_keys(line):
    assert key_at(line) is None


@pytest.mark.parametrize("line", ONE_KEY)
def test_a_key_is_the_same_key_in_a_flattened_card(line):
    assert recover(f"--- {line} tags: - a --- # Tiny") is not None
    assert recover(f"---\n{line} tags: - a\n---\n\n# Tiny\n") is not None
