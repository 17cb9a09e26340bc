"""The origin of a model: base models, datasets, licenses, generators and code examples."""
