"""What the small files beside a card state: results, training, adapter, merge, configuration, license."""
