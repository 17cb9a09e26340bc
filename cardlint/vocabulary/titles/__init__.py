"""Section titles and card titles: which kind of section a title names, and where a title ends."""
