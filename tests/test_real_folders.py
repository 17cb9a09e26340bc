"""Real cards with the files beside them: what is suggested, shown and found holds if one field of one file changes."""

import json
import random

import pytest
import yaml
from real_cards import needs_folders, unpack_folders
from rich.cells import cell_len
from test_repository_files import OF_REPOSITORY, RULES

from cardlint.card.card import parse
from cardlint.commands.show.show import show_json, show_picture
from cardlint.commands.suggest.proposal import propose
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.source import Folder, read

WITNESSES = [
    *("eval_results.json", "all_results.json", "trainer_state.json", "meta.json", "results.json", "config.json"),
    *("adapter_config.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json", "train_config.json"),
    *("config_sentence_transformers.json", "config_setfit.json", "model_index.json", "model.safetensors.index.json"),
]
LARGEST = 200_000  # bytes of a file that is changed
CHANGES = 8  # fields of a file
WIDTH = 80
ACTIVE = [
    ActiveRule(RULES[name], {key: each.default for key, each in RULES[name].options.items()}, None)
    for name in OF_REPOSITORY
]

pytestmark = [needs_folders, pytest.mark.slow]


@pytest.fixture(scope="module")
def cards(tmp_path_factory):
    return unpack_folders(tmp_path_factory.mktemp("real"))


class Changed(Folder):
    """A folder in which one file has another content."""

    def __init__(self, path, name, data):
        super().__init__(path)
        self._name, self._data = name, data

    def _read(self, name):
        return self._data if name == self._name else super()._read(name)

    def _read_part(self, name, start, size):
        return self._data[start:][:size] if name == self._name else super()._read_part(name, start, size)


def findings(card, folder):
    result = lint(parse(read(card.read_bytes()), folder), ACTIVE)
    assert not result.bugs
    return {(finding.rule.name, finding.message): finding for finding in result.findings}


def fields(value, path=()):
    """Yield the path of every field that holds a text, a number or nothing."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield path
        return
    for key, each in items:
        yield from fields(each, (*path, key))


def changed(value, path, chosen):
    """Return a copy with another value in one field."""
    copy = json.loads(json.dumps(value))
    place = copy
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    options = [None, "coastlab/other", 7, [], not old]
    if isinstance(old, int | float) and not isinstance(old, bool):
        options += [old * 2 + 1, old / 1000, str(old)]
    place[path[-1]] = chosen.choice(options)
    return copy


def test_a_changed_field_is_found_only_where_it_is(cards):
    """A new finding points to the file that was changed."""
    for card in cards:
        chosen = random.Random(card.parent.name)
        before = findings(card, Folder(card.parent))
        for name, path, data in changes(card.parent, chosen):
            after = findings(card, Changed(card.parent, name, data))
            for key in after.keys() - before.keys():
                told = {place.source.path for place in after[key].problem.related if place.source is not None}
                assert name in told, (card, name, path, key)


def changes(folder, chosen):
    """Yield files with one field changed: the name, the path of the field, and the content."""
    for name in WITNESSES:
        file = folder / name
        if file.is_file() and 0 < file.stat().st_size < LARGEST:
            value = json.loads(file.read_bytes())
            paths = list(fields(value))
            for path in chosen.sample(paths, min(len(paths), CHANGES)):
                yield name, path, json.dumps(changed(value, path, chosen)).encode()


def test_suggestions_for_real_cards_are_yaml_and_complete(cards):
    for card in cards:
        source, folder = read(card.read_bytes(), card.as_posix()), Folder(card.parent)
        proposal = propose(source, folder)
        text = "\n".join(line for each in proposal.proved for line in each.lines)
        assert set(yaml.safe_load(text) or {}) == {each.key for each in proposal.proved}, card
        assert all(each.places for each in (*proposal.proved, *proposal.doubtful)), card
        assert propose(proposal.source, folder).proved == (), card


def test_real_cards_are_shown_with_their_files(cards):
    drawn = [picture(parse(read(card.read_bytes(), card.as_posix()), Folder(card.parent))) for card in cards]
    assert sum("Repository" in each for each in drawn) > len(cards) / 2
    assert max(cell_len(line) for each in drawn for line in each.splitlines()) <= WIDTH


def picture(card):
    json.loads(show_json(card))
    return show_picture(card, width=WIDTH, color=False, unicode=True)
