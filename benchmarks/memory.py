"""How much memory a run takes at its peak: over one card, over a tenth of a folder, and over all of it.

    python benchmarks/memory.py FOLDER [--jobs 1]

FOLDER holds cards (`*.md`, at any depth). One card is to take at most 45 MB, and all of them hardly more than a tenth:
memory that grows with the number of cards would run out on the Hub.
"""

import argparse
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

LIMITS = {"one card": 45}
FORMATS = ("concise", "json")

# A process that has just been made counts what its parent holds as its own; this one holds nothing.
WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(arguments, elsewhere):
    """The most memory that a `cardlint check` takes at any time, in MB; of several processes, the largest one's."""
    command = [str(Path(sysconfig.get_path("scripts"), "cardlint")), "check", "--isolated", "--no-cache", *arguments]
    watch = [sys.executable, "-c", WATCH, *command]
    size = int(subprocess.run(watch, cwd=elsewhere, capture_output=True, check=True).stdout)
    return size / (1e6 if sys.platform == "darwin" else 1e3)


def measure(folder, jobs=1):
    """The peaks in MB by what was checked, and how much the whole folder takes for each MB of its tenth."""
    cards = sorted(str(path.resolve()) for path in Path(folder).rglob("*.md") if path.is_file())
    middle = sorted(cards, key=lambda card: Path(card).stat().st_size)[len(cards) // 2]
    figures = {}
    with tempfile.TemporaryDirectory() as elsewhere:
        figures["one card"] = peak([middle], elsewhere)
        for name in FORMATS:
            shared = ["--jobs", str(jobs), "--output-format", name]
            lists = {}
            for words, some in ((f"{len(cards[::10])} cards", cards[::10]), (f"{len(cards)} cards", cards)):
                listed = Path(elsewhere, "cards.txt")
                listed.write_text("\n".join(some), "utf-8")
                lists[words] = peak([*shared, "--files-from", str(listed)], elsewhere)
            figures |= {f"{words} as {name}": size for words, size in lists.items()}
            few, many = lists.values()
            figures[f"all over a tenth, as {name}"] = many / few
    return figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--jobs", type=int, default=1)
    options = arguments.parse_args()
    for name, figure in measure(options.folder, options.jobs).items():
        unit = "  " if "over" in name else "MB"
        limit = f", to be at most {LIMITS[name]}" if name in LIMITS else ""
        print(f"{name:<32} {figure:7.2f} {unit}{limit}")


if __name__ == "__main__":
    main()
