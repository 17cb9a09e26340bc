"""Formats for other programs: JSON, SARIF, GitHub, GitLab, JUnit and reviewdog."""
