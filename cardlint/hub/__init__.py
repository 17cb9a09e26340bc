"""Cards on the Hub, by `hub:` paths: the only part of cardlint that uses the network.

`targets` parses the paths, `client` calls huggingface_hub, `fetching` downloads cards in the order of the paths, and
`folder` reads the other files of a repository. cardlint never writes to the Hub.
"""
