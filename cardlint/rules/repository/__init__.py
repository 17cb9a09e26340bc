"""Rules on the card and the files of its repository."""
