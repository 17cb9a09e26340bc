"""The inventory of what a card states about its model, of the items that regulations and templates ask for."""
