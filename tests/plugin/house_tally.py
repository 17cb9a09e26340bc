"""An output format: the number of findings of each rule."""

from collections import Counter


def write(report, stream, style):
    """Write a line for each rule."""
    del style
    for name, number in sorted(Counter(finding.rule.name for finding in report.findings).items()):
        stream.write(f"{name} {number}\n")
