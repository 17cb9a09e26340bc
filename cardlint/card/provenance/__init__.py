"""Where a model comes from: base models, datasets, licenses, generators and code examples."""
