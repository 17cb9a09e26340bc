"""Markdown to a tree of blocks with exact spans; the only importer of mistune."""
