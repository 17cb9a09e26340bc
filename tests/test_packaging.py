"""The distributions: what they contain, that they are the same wherever they are built, and when to release one."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

ROOT = Path(__file__).parents[1]


def tool(name):
    """Import a script of `tools/`."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


described = tool("description").described
left_to_do = tool("check_release").left_to_do
VERSION = tool("check_release").version_of(ROOT)
README = """# Owl

![A picture
of an owl](images/owl.svg)

See [the docs](docs/owl.md#top), [the Hub](https://huggingface.co/docs) and [below](#end).

```markdown
[not a link](docs/owl.md)
```
"""


def tracked_files():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode or not (ROOT / ".git").exists():
        pytest.skip("this is not a checkout")
    return {name for name in done.stdout.decode().split("\0") if name and (ROOT / name).exists()}


def copied(target, *, mode, seconds):
    """Copy what git tracks, with other permissions and times than here."""
    for name in tracked_files():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, file)
        file.chmod(mode)
        os.utime(file, (seconds, seconds))
    return target


def built(root):
    """Build both distributions, and return their paths."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "hatchling", "build"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return sorted((root / "dist").iterdir(), reverse=True)


@pytest.fixture(scope="module")
def distributions(tmp_path_factory):
    """Build from a copy, and return the source distribution and the wheel."""
    return built(copied(tmp_path_factory.mktemp("first"), mode=0o644, seconds=1_700_000_000))


def test_the_source_distribution_is_the_whole_checkout(distributions):
    with tarfile.open(distributions[0]) as archive:
        names = {Path(*Path(member.name).parts[1:]).as_posix() for member in archive}
    assert names == tracked_files() | {"PKG-INFO"}


def test_the_wheel_has_the_package_and_nothing_else(distributions):
    with zipfile.ZipFile(distributions[1]) as archive:
        names = set(archive.namelist())
        metadata = message_from_bytes(archive.read(f"cardlint-{VERSION}.dist-info/METADATA"))
    info = {name for name in names if ".dist-info/" in name}
    assert names - info == {name for name in tracked_files() if name.startswith("cardlint/")}
    assert "cardlint/py.typed" in names
    assert f"cardlint-{VERSION}.dist-info/licenses/LICENSE" in info
    assert (metadata["License-Expression"], metadata["License-File"]) == ("Apache-2.0", "LICENSE")
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "](docs/" not in metadata.get_payload()


def test_the_distributions_are_the_same_wherever_they_are_built(distributions, tmp_path):
    again = built(copied(tmp_path, mode=0o600, seconds=1_000_000_000))
    assert [file.name for file in again] == [file.name for file in distributions]
    assert [sha256(file.read_bytes()).digest() for file in again] == [
        sha256(file.read_bytes()).digest() for file in distributions
    ]


def test_links_of_the_description_lead_to_the_tag_of_the_version():
    text = described(README, "https://github.com/owls/owl", "v1.2")
    assert "![A picture\nof an owl](https://github.com/owls/owl/raw/v1.2/images/owl.svg)" in text
    assert "[the docs](https://github.com/owls/owl/blob/v1.2/docs/owl.md#top)" in text
    assert "[the Hub](https://huggingface.co/docs) and [below](#end)" in text
    assert "```markdown\n[not a link](docs/owl.md)\n```" in text


def test_a_description_without_a_repository_has_no_link_that_leads_nowhere():
    text = described(README, "", "v1.2")
    assert "owl.svg" not in text
    assert "See the docs, [the Hub](https://huggingface.co/docs) and [below](#end)." in text
    assert "```markdown\n[not a link](docs/owl.md)\n```" in text


@pytest.fixture
def ready(tmp_path):
    """Write a checkout that can be released."""
    for name, text in {
        "cardlint/__init__.py": '__version__ = "1.2.0"\n',
        "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2027-01-02\n",
        "pyproject.toml": '[project]\nname = "cardlint"\n[project.urls]\nSource = "https://github.com/owls/owl"\n',
        "README.md": "`pip install cardlint` and, for tests in a clone, `pip install -q '.[test-all]'`\n",
        "docs/hub.md": "`uses: owls/owl@v1.2.0`\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_version_that_is_ready_can_be_released(ready):
    assert list(left_to_do(ready, "v1.2.0")) == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("cardlint/__init__.py", '__version__ = "1.3.0"\n', "the tag is v1.2.0, but `__version__` is 1.3.0"),
        ("CHANGELOG.md", "## 1.2.0\n", "CHANGELOG.md has no section `## 1.2.0 - YYYY-MM-DD`"),
        ("pyproject.toml", '[project]\nname = "cardlint"\n', "no `Source`"),
        ("README.md", "You need a clone of this repository.\n", "README.md:1 still says"),
        ("docs/hub.md", "\nuses: <owner>/cardlint\n", "docs/hub.md:2 still says '<owner>'"),
        ("docs/hub.md", "Run `pip install '.[hub]'`.\n", "docs/hub.md:1 still says"),
        ("docs/hub.md", "```sh\nuv tool install .\n```\n", "docs/hub.md:2 still says 'install .'"),
    ],
)
def test_a_version_that_is_not_ready_is_refused_with_the_reason(ready, file, text, said):
    (ready / file).write_text(text, "utf-8")
    assert said in "\n".join(left_to_do(ready, "v1.2.0"))
