"""Corpora: every card of a table or folder, in parallel or on a cluster, to tables of cards and findings."""
