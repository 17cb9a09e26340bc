"""The facts behind `cardlint disclose`: who asks for what about a model, and the words in which cards state it."""
