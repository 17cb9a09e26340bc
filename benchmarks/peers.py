"""Compare the time of cardlint with that of other programs that read Markdown, YAML or cards, in one run.

    python benchmarks/peers.py FOLDER [--cards 700] [--rounds 3] [--tools TOOLS]

FOLDER contains cards (`*.md`, at any depth). The other programs are installed with pip and npm, into TOOLS if that is
given, unless they are there already; one that cannot be installed is left out with a message. Each run is a new process
over the same cards, without cache and configuration, on one thread if that can be set. The programs take turns, and the
median of the processor times counts; one that takes more than a minute is run once. They do not do the same work: the
table describes what each one does.
"""

import platform
import re
import shutil
import statistics
import subprocess
import sysconfig
import tempfile
import venv
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from ratios import measured, parser
from speed import sample

from cardlint.card.frontmatter import HUB_BLOCK

LONGEST = 60  # seconds of processor time


@dataclass(frozen=True)
class Peer:
    """A program: its name and package, the arguments of its command, and a description of its work."""

    name: str
    package: str
    arguments: tuple[str, ...]
    does: str
    finding: str = r"^\S.*?:\d+:\d+"
    reads: str = "cards"
    npm: bool = False
    command: str = ""

    @property
    def file(self):
        """The name of the command, which usually is that of the program."""
        return self.command or self.name


# Its `validate` would send each card to the Hub, so that cards are only loaded.
LOAD_CARDS = """
from pathlib import Path
from huggingface_hub import ModelCard
for path in sorted(Path(".").glob("*.md")):
    try:
        ModelCard(path.read_text("utf-8", "replace"))
    except Exception as error:
        print(f"{path}:1:1: {type(error).__name__}")
"""


CARDLINT = Peer(
    "cardlint",
    "cardlint",
    ("check", "--isolated", "--no-cache", "--jobs", "1", "--all-markdown", "--output-format", "concise", "."),
    "Python. Checks the front matter and the Markdown, and if they agree.",
)
PEERS = (
    Peer(
        "rumdl",
        "rumdl",
        ("check", "--no-config", "--no-cache", "--output-format", "concise", "."),
        "Compiled Rust. Checks the style of the Markdown; skips the front matter.",
    ),
    Peer(
        "markdownlint-cli2",
        "markdownlint-cli2",
        ("**/*.md",),
        "Node, compiled at run time. Checks the style of the Markdown; skips the front matter.",
        finding=r"^\S.*?:\d+(:\d+)? ",
        npm=True,
    ),
    Peer(
        "pymarkdown",
        "pymarkdownlnt",
        ("--enable-extensions", "front-matter", "scan", "-r", "."),
        "Python. Checks the style of the Markdown; skips the front matter by an extension.",
    ),
    Peer(
        "yamllint",
        "yamllint",
        ("--format", "parsable", "."),
        "Python. Checks the style of YAML; gets the front matters as files.",
        reads="front matters",
    ),
    Peer(
        "huggingface_hub",
        "huggingface_hub",
        ("-c", LOAD_CARDS),
        "Python. Loads a card as `ModelCard`, with its `model-index`; a finding is a card that fails.",
        command="python",
    ),
)


def measure(folder, count=700, rounds=3, tools=None):
    """Return a row `(peer, version, [seconds], findings)` for each program, cardlint first, and those missing.

    The seconds are processor time of a cold process per card.
    """
    place = nullcontext(tools) if tools else tempfile.TemporaryDirectory()
    with place as kept, tempfile.TemporaryDirectory() as folders:
        found = {peer: installed(peer, Path(kept).resolve()) for peer in PEERS}
        missing = {peer: "could not be installed" for peer, command in found.items() if command is None}
        ours = {CARDLINT: str(Path(sysconfig.get_path("scripts"), "cardlint"))}
        commands = ours | {peer: command for peer, command in found.items() if command}
        cards = sample(folder, count)
        places = lay_out(cards, Path(folders))
        # the first run loads files into memory and compiles byte code
        runs = {}
        for peer, command in commands.items():
            with checked(peer, missing):
                runs[peer] = [run(peer, command, places)]
        quick = [peer for peer, ((seconds, _),) in runs.items() if seconds < LONGEST]
        runs |= {peer: [] for peer in quick}
        for _ in range(rounds):
            for peer in quick:
                runs[peer].append(run(peer, commands[peer], places))
        rows = [
            (peer, version(peer, commands[peer]), [seconds / len(cards) for seconds, _ in some], some[0][1])
            for peer, some in runs.items()
        ]
    return rows, missing


def installed(peer, tools):
    """Return the command of a peer, installed if necessary, or None if it cannot be installed."""
    folder = tools / ("node/node_modules/.bin" if peer.npm else "python/bin")
    command = folder / peer.file
    if not version(peer, command):
        if peer.npm and not shutil.which("npm"):
            return None
        if not peer.npm and not (folder / "pip").exists():
            venv.create(tools / "python", with_pip=True)
        npm = ["npm", "install", "--silent", "--prefix", str(tools / "node"), peer.package]
        pip = [str(folder / "pip"), "install", "--quiet", "--disable-pip-version-check", peer.package]
        subprocess.run(npm if peer.npm else pip, capture_output=True, check=False, cwd=tools)
    return str(command) if version(peer, command) else None


def lay_out(cards, folder):
    """Write the cards to a folder and their front matters to another, and return both by name."""
    places = {"cards": folder / "cards", "front matters": folder / "matters"}
    for place in places.values():
        place.mkdir()
    for number, (_, data) in enumerate(cards):
        (places["cards"] / f"{number:05}.md").write_bytes(data)
        match = HUB_BLOCK.match(data.decode("utf-8", "replace"))
        if match:
            (places["front matters"] / f"{number:05}.yaml").write_text(f"---\n{match[2]}\n", "utf-8", newline="")
    return places


@contextmanager
def checked(peer, missing):
    """Leave out a peer whose exit code says that it failed."""
    try:
        yield
    except subprocess.CalledProcessError as error:
        missing[peer] = f"exited with code {error.returncode}"


def run(peer, command, places):
    """Return the processor time of a run in seconds, and the number of its findings."""
    usage = measured([command, *peer.arguments], places[peer.reads], RAYON_NUM_THREADS="1", NO_COLOR="1")
    if usage.code not in {0, 1}:
        raise subprocess.CalledProcessError(usage.code, command)
    return usage.seconds, len(re.findall(peer.finding, usage.output.decode("utf-8", "replace"), re.MULTILINE))


def version(peer, command):
    """Return the version of a peer, or an empty string if it is not there."""
    if not Path(command).exists():
        return ""
    asked = ["--version"], ["version"], ["--help"]
    if peer.command:
        asked = (["-c", f"import {peer.package}; print({peer.package}.__version__)"],)
    for arguments in asked:
        done = subprocess.run([command, *arguments], capture_output=True, check=False)
        found = re.search(rb"\d+\.\d+\.\d+", done.stdout)
        if found:
            return found[0].decode()
    return ""


def table(rows):
    """Yield the lines of the table in Markdown."""
    ours = statistics.median(rows[0][2])
    yield "| program | version | ms per card | compared with cardlint | findings | what it does |"
    yield "|---|---|---:|---:|---:|---|"
    for peer, release, seconds, findings in rows:
        theirs = statistics.median(seconds)
        each = f"{1000 * theirs:.2f}"
        yield f"| {peer.name} | {release} | {each} | {theirs / ours:.2f} | {findings:,} | {peer.does} |"


def main():
    arguments = parser(__doc__, cards=700, rounds=3)
    arguments.add_argument("--tools", type=Path)
    options = arguments.parse_args()
    if options.tools:
        options.tools.mkdir(parents=True, exist_ok=True)
    rows, missing = measure(options.folder, options.cards, options.rounds, options.tools)
    print(f"Python {platform.python_version()}, {options.rounds} rounds\n")
    print("\n".join(table(rows)))
    for peer, reason in missing.items():
        print(f"\n{peer.name} is left out: it {reason}.")


if __name__ == "__main__":
    main()
