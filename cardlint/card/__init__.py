"""The card as a tree, and the facts in it: a package for each kind of knowledge."""
