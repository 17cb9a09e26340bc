"""The statements of the small files beside a card: results, training, adapter, merge, configuration, license."""
