"""The group `training`: the hyperparameters and the results tables of a training."""
