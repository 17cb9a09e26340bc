"""Hyperparameters and results tables of a training."""
