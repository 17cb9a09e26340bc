"""From named paths to the cards there are: which files, in which order, and what becomes of all the others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.files import discovery
from cardlint.files.discovery import classify, walk
from cardlint.files.found import Candidate, Cardless, Found, Missing, Skipped

CARD = b"---\nlicense: mit\n---\n\n# Tiny\n"
PROSE = b"# A tool\n"
NO_CARD = "no sign of a model card"

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names, data=CARD):
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def repository(folder="."):
    put(f"{folder}/.git/HEAD", data=b"ref: refs/heads/main\n")


def discover(paths, *, exclude, only=None, **options):
    for item in walk(paths, exclude=exclude, only=only):
        yield classify(item, **options) if isinstance(item, Candidate) else item


def look(*paths, exclude=lambda path, named: None, **options):
    """What was discovered, one short line each."""
    lines = []
    for item in discover(paths, exclude=exclude, **options):
        match item:
            case Found():
                assert item.path.read_bytes() == item.data
                lines.append(item.shown)
            case Skipped():
                lines.append(f"{item.shown}: {item.reason}")
            case Missing():
                lines.append(f"{item.shown}! {item.message}")
    return lines


def test_cards_in_a_folder_are_found_by_path_and_the_rest_is_named(here):
    put("b.md", "a/README.md", "a-b/x.MARKDOWN", "a.Md", "c/d/e/README.md", "notes.txt", "model.py")
    put("a/notes.md", data=PROSE)
    put("c/DATA.md", data=b"---\ntask_ids: []\n---\n")
    assert look(".") == [
        "a-b/x.MARKDOWN",
        "a.Md",
        "a/README.md",
        f"a/notes.md: {NO_CARD}",
        "b.md",
        "c/DATA.md: a dataset card (`task_ids`)",
        "c/d/e/README.md",
    ]


def test_a_readme_is_known_by_the_model_beside_it(here):
    put("a/README.md", "b/README.md", data=PROSE)
    put("a/model.safetensors")
    assert look(".") == ["a/README.md", f"b/README.md: {NO_CARD}"]


def test_a_named_file_is_always_found(here):
    put("notes.txt", "README.md", data=PROSE)
    assert look("notes.txt", "README.md") == ["notes.txt", "README.md"]


def test_with_cards_only_named_files_are_judged_as_all_are(here):
    put("card.md", "card.txt")
    put("README.md", data=PROSE)
    assert look("card.md", "card.txt", "README.md", cards_only=True) == [
        "card.md",
        "card.txt: not a Markdown file",
        f"README.md: {NO_CARD}",
    ]


def test_with_all_markdown_every_markdown_file_is_found(here):
    put("a.md", "b.markdown", "c.txt", data=PROSE)
    put("space.md", data=b"---\nsdk: gradio\n---\n")
    assert look(".", all_markdown=True) == ["a.md", "b.markdown", "space.md"]
    assert look("a.md", all_markdown=True, cards_only=True) == ["a.md"]


def test_the_configuration_is_asked_before_a_file_is_read_and_told_whether_it_was_named(here):
    put("a.md", "b.md", "c.md")
    asked = []

    def exclude(path, named):
        asked.append((path.name, named))
        return "excluded by `b*`" if path.name == "b.md" else None

    Path("b.md").unlink()
    Path("b.md").mkdir()
    put("b.md/b.md")
    assert look("c.md", ".", exclude=exclude) == ["c.md", "a.md", "b.md/b.md: excluded by `b*`"]
    assert asked == [("c.md", True), ("a.md", False), ("b.md", False)]
    assert look("b.md/b.md", exclude=exclude) == ["b.md/b.md: excluded by `b*`"]


def test_what_the_configuration_raises_passes_through(here):
    put("a.md")

    def exclude(path, named):
        raise LookupError(path.name)

    with pytest.raises(LookupError, match=r"a\.md"):
        look(".", exclude=exclude)


@pytest.mark.parametrize("name", [".git", "node_modules", ".venv", "__pycache__", ".hg", ".tox", "site-packages"])
def test_folders_of_tools_and_of_others_are_not_entered_unless_named(here, name):
    put(f"{name}/README.md", f"a/{name}/README.md")
    assert look(".") == []
    assert look(name) == [f"{name}/README.md"]


def test_hidden_folders_are_entered(here):
    put(".models/README.md")
    assert look(".") == [".models/README.md"]


def test_paths_come_in_the_order_given(here):
    put("b/b.md", "b/a.md", "a.md")
    assert look("b", "a.md") == ["b/a.md", "b/b.md", "a.md"]


def test_a_file_is_judged_once_however_often_it_is_named(here):
    put("a/card.md", "b.md")
    put("notes.md", data=PROSE)
    assert look("b.md", "./b.md", str(here / "b.md"), "a/../b.md", ".", "a", ".", "notes.md") == [
        "b.md",
        "a/card.md",
        "notes.md",
    ]


def test_paths_are_shown_relative_to_the_working_folder_where_they_lie_inside(here, monkeypatch):
    put("in/a.md", "out/b.md")
    monkeypatch.chdir(here / "in")
    outside = str(here / "out" / "b.md")
    assert look("./a.md") == ["a.md"]
    assert look(str(here / "in")) == ["a.md"]
    assert look("../in/a.md") == ["a.md"]
    assert look("..") == ["a.md", "../out/b.md"]
    assert look("../out/b.md") == ["../out/b.md"]
    assert look(outside) == [outside.replace(os.sep, "/")]
    assert look(str(here / "in" / "gone.md")) == ["gone.md! no such file or directory"]


@posix
def test_a_path_through_a_link_is_shown_where_it_leads(here, monkeypatch):
    put("in/a.md", "in/b/c.md", "x/y/d.md")
    Path("way").symlink_to("in")
    Path("in/link.md").symlink_to("a.md")
    Path("in/y").symlink_to(here / "x" / "y")
    Path(".git").mkdir()
    monkeypatch.chdir("in")
    assert look(str(here / "way" / "a.md")) == ["a.md"]
    assert look(str(here / "way")) == ["a.md", "b/c.md", "link.md: the same file as a.md", "y/d.md"]
    assert look("../in/link.md") == ["link.md"]
    assert look("y/../y/d.md") == ["y/../y/d.md"]


def test_found_files_open_from_the_working_folder(here):
    put("a/b.md")
    (found,) = discover(["a"], exclude=lambda path, named: None)
    assert isinstance(found, Found)
    assert found == Found(Path("a/b.md"), "a/b.md", CARD, root=os.path.realpath("a"))


def test_a_front_matter_longer_than_what_is_read_first_loses_nothing(here, monkeypatch):
    monkeypatch.setattr(discovery, "_BEGINNING", 16)
    put("long.md", data=CARD + b"word " * 100)
    put("exact.md", data=CARD[:16])
    assert look(".") == ["exact.md", "long.md"]


def test_nothing_is_read_before_it_is_asked_for(here, monkeypatch):
    put("a.md", "b.md")
    stream = discover(["."], exclude=lambda path, named: None)
    assert next(stream).shown == "a.md"
    put("b.md", data=CARD + b"more\n")
    assert next(stream).data == CARD + b"more\n"


# --- git


def test_what_git_ignores_is_left_and_named(here):
    repository()
    put(".gitignore", data=b"out/\n*.draft.md\n!keep.draft.md\n")
    put("a.draft.md", "keep.draft.md", "out/README.md", "in/out/x.md", "in/b.draft.md", "in/c.md")
    assert look(".") == [
        "a.draft.md: git-ignored",
        "in/b.draft.md: git-ignored",
        "in/c.md",
        "in/out/: git-ignored",
        "keep.draft.md",
        "out/: git-ignored",
    ]
    skipped = [item for item in discover(["."], exclude=lambda path, named: None) if isinstance(item, Skipped)]
    assert [item.shown for item in skipped if item.is_folder] == ["in/out/", "out/"]


def test_a_gitignore_deeper_down_comes_after_those_above(here):
    repository()
    put(".gitignore", data=b"*.md\n")
    put("a/.gitignore", data=b"!b.md\n/c\n")
    put("a/a.md", "a/b.md", "a/c/b.md", "a/d/b.md", "b.md")
    assert look(".") == ["a/a.md: git-ignored", "a/b.md", "a/c/: git-ignored", "a/d/b.md", "b.md: git-ignored"]


def test_named_files_and_folders_are_found_although_git_ignores_them(here):
    repository()
    put(".gitignore", data=b"out/\n*.draft.md\n")
    put("a.draft.md", "out/README.md", "out/b.draft.md", "out/.gitignore")
    put("out/.gitignore", data=b"deep\n")
    put("out/deep/a.md")
    assert look("a.draft.md") == ["a.draft.md"]
    assert look("out") == ["out/README.md", "out/b.draft.md", "out/deep/: git-ignored"]
    assert look("out/deep") == ["out/deep/a.md"]


def test_a_gitignore_above_the_named_folder_holds_up_to_the_repository(here):
    put(".gitignore", data=b"*\n")
    repository("repository")
    put("repository/.gitignore", data=b"/a/b/x.md\n")
    put("repository/a/.gitignore", data=b"y.md\n")
    put("repository/a/b/x.md", "repository/a/b/y.md", "repository/a/b/z.md")
    assert look("repository/a/b") == [
        "repository/a/b/x.md: git-ignored",
        "repository/a/b/y.md: git-ignored",
        "repository/a/b/z.md",
    ]


def test_a_repository_in_a_repository_begins_anew(here):
    repository()
    put(".gitignore", data=b"*.md\n")
    repository("inner")
    put("inner/README.md", "README.md")
    assert look(".") == ["README.md: git-ignored", "inner/README.md"]


def test_the_repositorys_own_exclusions_hold_wherever_they_are_kept(here):
    repository()
    put(".git/info/exclude", data=b"\xef\xbb\xbfprivate.md\r\n")
    put(".git/worktrees/other/commondir", data=b"../..\n")
    put("tree/.git", data=b"gitdir: ../.git/worktrees/other\n")
    put("private.md", "a/private.md", "a/b.md", "tree/private.md")
    assert look("a") == ["a/b.md", "a/private.md: git-ignored"]
    assert look(".") == [
        "a/b.md",
        "a/private.md: git-ignored",
        "private.md: git-ignored",
        "tree/private.md: git-ignored",
    ]


def test_a_gitignore_counts_in_a_folder_that_is_no_repository(here):
    put(".gitignore", data=b"b.md\n")
    put("a.md", "b.md")
    assert look(".") == ["a.md", "b.md: git-ignored"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe[\n!\n/\n", b"\0" * 100, b"[z-a]\n\\"])
def test_a_gitignore_of_nonsense_ignores_nothing(here, data):
    put(".gitignore", data=data)
    put("a.md")
    assert look(".") == ["a.md"]


# --- links


@posix
def test_a_linked_file_is_found_once_and_under_its_own_name(here):
    put("z/card.md")
    Path("a.md").symlink_to("z/card.md")
    assert look(".") == ["z/card.md", "a.md: the same file as z/card.md"]
    assert look("a.md", "z") == ["a.md"]


@posix
def test_a_card_that_is_only_linked_is_found_under_the_links_name(here):
    put("blobs/0f1e2d")
    Path("snapshot").mkdir()
    Path("snapshot/README.md").symlink_to("../blobs/0f1e2d")
    assert look(".") == ["snapshot/README.md"]


@posix
def test_a_linked_folder_is_entered_once(here):
    put("models/v2/README.md", "elsewhere/store/deep/README.md")
    Path("models/latest").symlink_to("v2")
    Path("models/more").symlink_to(here / "elsewhere" / "store")
    assert look("models") == ["models/v2/README.md", "models/more/: a symlink out of the repository"]
    assert look(".") == ["models/v2/README.md", "elsewhere/store/deep/README.md"][::-1]
    assert look("models/more") == ["models/more/deep/README.md"]


@posix
def test_links_in_circles_end(here):
    put("a/b/card.md")
    Path("a/b/up").symlink_to("..")
    Path("a/b/top").symlink_to(here)
    Path("a/b/root").symlink_to("/")
    Path("a/b/self").symlink_to("self")
    Path("x").symlink_to("y")
    Path("y").symlink_to("x")
    assert look(".") == ["a/b/card.md", "a/b/root/: a symlink out of the repository"]


@posix
def test_a_link_to_nothing_with_a_cards_name_is_trouble(here):
    Path("README.md").symlink_to("gone")
    Path("loop.md").symlink_to("loop.md")
    Path("other").symlink_to("gone")
    Path(".#draft.md").symlink_to("me@host.1234")
    nothing, loop = look(".")
    assert nothing == "README.md! a broken symlink"
    assert loop.startswith("loop.md! ")
    assert look("README.md") == ["README.md! a broken symlink"]


@posix
def test_a_link_that_git_ignores_is_left(here):
    repository()
    put(".gitignore", data=b"latest\n")
    put("store/x/README.md")
    Path("latest").symlink_to("store/x")
    assert look(".") == ["store/x/README.md", "latest/: git-ignored"]


# --- trouble


def test_a_missing_path_is_trouble_and_the_others_are_found(here):
    put("a.md")
    assert look("gone/README.md", "a.md", "") == [
        "gone/README.md! no such file or directory",
        "a.md",
        "! no such file or directory",
    ]


def test_a_path_that_cannot_be_one_is_trouble(here):
    assert look("a\0.md") == ["a\0.md! not a path"]
    (line,) = look("a" * 5000)
    assert line.startswith("a" * 5000 + "! ")


@posix
@pytest.mark.parametrize("path", ["README.md", "/dev/null"])
def test_a_pipe_and_a_device_are_trouble_and_never_waited_for(here, path):
    os.mkfifo("README.md")
    os.mkfifo(".gitignore")
    assert look(path) == [f"{path}! not a regular file; `-` reads standard input"]
    assert look(".") == ["README.md! not a regular file"]


@pytest.mark.parametrize("named", ["card.md", "."])
def test_a_file_that_may_not_be_read_is_trouble(here, monkeypatch, named):
    put("card.md", "other.md")

    def refuse(path, limit=-1):
        if Path(path).name == "card.md":
            raise PermissionError(13, "Permission denied")
        return CARD

    monkeypatch.setattr(discovery, "read_regular", refuse)
    assert look(named)[0] == "card.md! permission denied"


def test_a_folder_that_may_not_be_read_is_trouble(here, monkeypatch):
    put("a/x.md", "b.md")
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert look(".") == ["a! permission denied", "b.md"]


def test_a_file_that_goes_away_meanwhile_is_trouble(here):
    put("a.md", "b.md")
    stream = discover(["."], exclude=lambda path, named: None)
    next(stream)
    Path("b.md").unlink()
    assert list(stream) == [Missing("b.md", "no such file or directory")]


@posix
def test_a_working_folder_that_is_gone_is_trouble(here, monkeypatch):
    Path("gone").mkdir()
    monkeypatch.chdir("gone")
    Path("../gone").rmdir()
    assert look(".")[0].startswith(".! ")
    put(here / "a.md")
    assert look(str(here / "a.md")) == [str(here / "a.md")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
def test_a_name_that_is_no_text_is_found_and_can_be_printed(here):
    name = os.fsdecode(b"caf\xe9.md")
    put(name)
    (found,) = discover(["."], exclude=lambda path, named: None)
    assert isinstance(found, Found)
    assert found.path == Path(name)
    assert found.shown == "caf\\udce9.md"
    assert look(name) == [found.shown]


@pytest.fixture
def deep(here):
    """A folder further down than Python calls functions, taken away again since pytest's own way is to recurse."""
    folders = ["/".join("d" * depth) for depth in range(1, 1200)]
    for folder in folders:
        Path(folder).mkdir()
    yield folders[-1]
    Path(folders[-1], "card.md").unlink()
    for folder in reversed(folders):
        Path(folder).rmdir()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no path is this long")
def test_very_deep_folders_are_walked(deep):
    put(f"{deep}/card.md")
    assert look(".") == [f"{deep}/card.md"]


@given(st.lists(st.text(max_size=20), max_size=4))
def test_no_name_ever_raises(tmp_path_factory, names):
    nowhere = tmp_path_factory.getbasetemp() / "nowhere"
    odd = [f"{nowhere}/{name.replace('..', '')}" for name in names]
    assert all(isinstance(item, Missing) for item in discover(odd, exclude=lambda path, named: None))


def test_what_only_reports_need_is_not_imported(here):
    repository()
    put(".gitignore", data=b"*.txt\n")
    put("a.md")
    code = (
        "import sys; from cardlint.files.discovery import classify, walk; "
        "walked = walk(['.'], exclude=lambda path, named: None); "
        "assert [classify(item, all_markdown=True).shown for item in walked] == ['a.md']; "
        "assert not {'rich', 'json'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- folders that lack a card


def clone(folder, path="coast/tide"):
    put(f"{folder}/.git/HEAD", data=b"ref: refs/heads/main\n")
    put(f"{folder}/.git/config", data=f'[remote "origin"]\n\turl = https://huggingface.co/{path}\n'.encode())


def cardless(*paths, exclude=lambda path, named: None, only=None):
    return [item.shown for item in walk(paths, exclude=exclude, only=only) if isinstance(item, Cardless)]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "model.safetensors",
            "tide.Q4_K_M.gguf",
            "pytorch_model-00001-of-00002.bin",
            "adapter_model.bin",
            "tide.onnx",
        ),
        *("tf_model.h5", "saved_model.pb", "tide.ckpt", "tide.pth", "tide.keras", "tide.nemo", "tide_model.pkl"),
        *("model_index.json", "adapter_config.json", "model.safetensors.index.json"),
    ],
)
def test_a_named_folder_with_a_model_lacks_a_card(here, name):
    put(f"a/{name}", data=b"")
    assert cardless("a") == ["a/README.md"]
    put("a/README.md", data=PROSE)
    assert cardless("a") == []


@pytest.mark.parametrize(
    "name", ["optimizer.pt", "training_args.bin", "features.pkl", "tides.h5", "tokenizer.json", "notes.txt", "data.bin"]
)
def test_a_folder_with_other_files_lacks_nothing(here, name):
    put(f"a/{name}", data=b"")
    assert cardless("a") == []


@pytest.mark.parametrize(
    ("config", "lacks"),
    [(b'{"model_type": "bert"}', True), (b'{"model_type" :', True), (b'{"architectures": []}', False), (b"", False)],
)
def test_a_configuration_shows_a_model_by_its_type(here, config, lacks):
    put("a/config.json", data=config)
    assert bool(cardless("a")) is lacks


def test_the_folders_below_are_parts_of_the_model(here):
    put("a/unet/model.safetensors", "a/1_Pooling/config.json", "a/checkpoint-500/model.safetensors", data=b"")
    put("a/checkpoint-500/config.json", data=b'{"model_type": "bert"}')
    assert cardless("a", "a/unet", "a/checkpoint-500") == []
    put("a/model.safetensors", data=b"")
    assert cardless("a", "a/unet", "a/checkpoint-500", ".") == ["a/README.md"]


def test_clones_of_models_are_found_below_a_named_folder(here):
    for name in ("one", "two", "three"):
        clone(f"models/{name}")
    put("models/one/model.safetensors", "models/two/model.gguf", "models/other/model.gguf", data=b"")
    put("models/two/README.md")
    assert cardless("models") == ["models/one/README.md"]


def test_a_folder_inside_a_clone_belongs_to_it(here):
    clone("a")
    put("a/large/model.safetensors", data=b"")
    assert cardless("a/large") == []


@pytest.mark.parametrize("top", ["", "a", "a/b"])
def test_a_card_above_is_the_card_up_to_the_top_of_the_repository(here, top):
    repository(top or ".")
    put("a/b/c/model.safetensors", data=b"")
    put("a/README.md")
    assert cardless("a/b/c") == ([] if top in {"", "a"} else ["a/b/c/README.md"])


def test_a_readme_above_that_is_another_documents_is_not_the_card(here):
    repository()
    put("README.md", data=PROSE)
    put("a/model.safetensors", data=b"")
    assert cardless("a") == ["a/README.md"]


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "tide.md"])
def test_a_card_of_another_name_is_a_card(here, name):
    put("a/model.safetensors", data=b"")
    put(f"a/{name}")
    assert cardless("a") == []


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.py", "app.py", "requirements.txt", "dataset_infos.json"])
def test_projects_spaces_and_datasets_lack_no_card(here, name):
    put("a/model.safetensors", f"a/{name}", data=b"")
    assert cardless("a") == []


def test_a_folder_of_a_project_lacks_no_card(here):
    put("pyproject.toml", "models/model.safetensors", data=b"")
    assert cardless("models") == []


@pytest.mark.parametrize("path", ["datasets/coast/tide", "spaces/coast/tide"])
def test_clones_of_datasets_and_spaces_lack_no_model_card(here, path):
    clone("a", path)
    put("a/model.safetensors", data=b"")
    assert cardless("a") == []


def test_a_download_from_the_hub_may_be_without_its_card(here):
    put("models--coast--tide/snapshots/0f1e/model.safetensors", data=b"")
    put("a/model.safetensors", "a/.cache/huggingface/download/model.safetensors.metadata", data=b"")
    assert cardless("models--coast--tide/snapshots/0f1e", "a") == []


def test_excluded_and_unchanged_folders_are_not_reported(here):
    put("a/model.safetensors", data=b"")
    assert cardless("a", exclude=lambda path, named: "excluded" if path.name == "README.md" else None) == []
    assert cardless("a", only=frozenset()) == []


@posix
def test_no_folder_is_read_outside_of_the_repository(here):
    put("out/README.md", "out/config.json", data=b'{"model_type": "bert"}')
    repository("in")
    Path("in/config.json").symlink_to(here / "out/config.json")
    Path("in/below").symlink_to(here / "out")
    assert cardless("in") == []


@posix
@pytest.mark.parametrize("name", ["a\nb", "[red]", "\u202etxt", "'; rm -rf"])
def test_hostile_names_are_shown_as_others_are(here, name):
    put(f"{name}/{name}.safetensors", data=b"")
    (shown,) = cardless(name)
    assert shown == f"{name}/README.md"


@posix
def test_a_pipe_as_a_configuration_is_never_waited_for(here):
    Path("a").mkdir()
    os.mkfifo("a/config.json")
    os.mkfifo("a/notes.md")
    assert cardless("a") == []
    put("a/model.safetensors", data=b"")
    cardless("a")


# --- the id of the repository


def test_with_an_id_the_readme_at_the_top_is_a_card(here):
    put("README.md", "docs/README.md", "notes.md", "a/README.md", data=PROSE)
    repository("a")
    no_card = f": {NO_CARD}"
    assert look(".", has_id=True) == ["README.md", "a/README.md", f"docs/README.md{no_card}", f"notes.md{no_card}"]
    assert look("docs", has_id=True) == ["docs/README.md"]
    assert look("README.md", "notes.md", has_id=True, cards_only=True) == ["README.md", f"notes.md{no_card}"]
    put("README.md", data=b"---\nsdk: gradio\n---\n")
    assert look("README.md", has_id=True, cards_only=True) == ["README.md: a Space card (`sdk`)"]
