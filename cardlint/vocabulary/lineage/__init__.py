"""The words by which a card says what its model was made from."""
