"""An output format: the number of findings of each rule."""

from collections import Counter
from typing import TextIO

from cardlint.reporters.report import Report, Style


def write(report: Report, stream: TextIO, style: Style) -> None:
    """Write a line for each rule."""
    del style
    counts = Counter(finding.rule.name for finding in report.findings)
    stream.writelines(f"{name} {number}\n" for name, number in sorted(counts.items()))
