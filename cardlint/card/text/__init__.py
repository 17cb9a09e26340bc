"""The body as people read it: headings, sections, titles, placeholders, comments and template tags."""
