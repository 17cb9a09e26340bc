"""Which repository a card belongs to: as given, as configured, or as its git repository says."""

import pytest

from cardlint.card.card import parse
from cardlint.config.model import Overrides
from cardlint.run.judge import RunOptions
from cardlint.run.run import Run
from cardlint.source import Folder, read

CARD = b"---\nlicense: mit\n---\n\n# Lighthouse\n"


def _remote(url, name="origin"):
    return f'[remote "{name}"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/{name}/*\n'


def _repo_id(folder, config, given=None):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text(config, "utf-8")
    return parse(read(CARD), Folder(folder), given).repo_id


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co/coastlab/lighthouse",
        "https://huggingface.co/coastlab/lighthouse.git",
        "https://huggingface.co/coastlab/lighthouse/",
        "https://keeper:secret@huggingface.co/coastlab/lighthouse",
        "https://hf.co/coastlab/lighthouse",
        "git@hf.co:coastlab/lighthouse",
        "git@huggingface.co:coastlab/lighthouse.git",
        "ssh://git@hf.co/coastlab/lighthouse.git",
    ],
)
def test_a_remote_on_the_hub(tmp_path, url):
    assert _repo_id(tmp_path, "[core]\n\tbare = false\n" + _remote(url)) == "coastlab/lighthouse"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/coastlab/lighthouse.git",
        "https://huggingface.co/datasets/coastlab/lighthouse",
        "https://huggingface.co/spaces/coastlab/lighthouse",
        "https://huggingface.co.example.org/coastlab/lighthouse",
        "../lighthouse",
        "",
    ],
)
def test_a_remote_that_is_no_model(tmp_path, url):
    assert _repo_id(tmp_path, _remote(url)) is None


def test_origin_goes_before_others_and_of_several_others_none_is_chosen(tmp_path):
    hub = "https://huggingface.co/coastlab/"
    several = _remote(hub + "lamp", "old") + _remote(hub + "beacon", "new")
    assert _repo_id(tmp_path, several + _remote(hub + "lighthouse")) == "coastlab/lighthouse"
    (tmp_path / ".git" / "config").write_text(several, "utf-8")
    assert parse(read(CARD), Folder(tmp_path)).repo_id is None
    mirrored = _remote("https://github.com/coastlab/lighthouse") + _remote(hub + "lighthouse", "hub")
    (tmp_path / ".git" / "config").write_text(mirrored, "utf-8")
    assert parse(read(CARD), Folder(tmp_path)).repo_id == "coastlab/lighthouse"


def test_what_is_given_outweighs_the_remote(tmp_path):
    assert _repo_id(tmp_path, _remote("https://hf.co/coastlab/lighthouse"), "coastlab/beacon") == "coastlab/beacon"


def test_nothing_is_known_without_either(tmp_path):
    assert parse(read(CARD)).repo_id is None
    assert parse(read(CARD), Folder(tmp_path)).repo_id is None
    (tmp_path / ".git").write_text("gitdir: ../elsewhere\n", "utf-8")
    assert parse(read(CARD), Folder(tmp_path)).repo_id is None


def test_a_run_gives_it_to_its_cards(tmp_path):
    card = tmp_path / "README.md"
    card.write_bytes(b"---\nbase_model: coastlab/lighthouse\n---\n\n# Lighthouse\n\nIt tells ships from rocks.\n")
    overrides = Overrides(select=("snippet-mismatch",), repo_id="coastlab/lighthouse")
    checked = Run(RunOptions(overrides=overrides, isolated=True)).check([str(card)])
    assert ["names itself" in finding.message for finding in checked.findings] == [True]
    (tmp_path / "cardlint.toml").write_text('repo-id = "coastlab/beacon"\n', "utf-8")
    assert not Run(RunOptions(overrides=Overrides(select=("snippet-mismatch",)))).check([str(card)]).findings
