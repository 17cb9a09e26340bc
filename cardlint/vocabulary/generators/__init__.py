"""Programs that write model cards: their marks, and the oddities that they write by design."""
