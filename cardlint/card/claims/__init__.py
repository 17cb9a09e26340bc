"""Claims: the numbers that a card reports for a metric, in the metadata, tables and sentences."""
