"""YAML to nodes with exact spans, and edits of YAML text; the only importer of ruamel.yaml."""
