"""Cards on the Hub, by `hub:` paths: the only part of cardlint that uses the network.

`targets` reads what was named, `client` asks the Hub by way of huggingface_hub, `fetching` gives back cards in their
order, and `folder` is what lies beside one. Nothing is ever written to the Hub.
"""
