"""A team's own transformers sequence-classification checkpoint to a model directory that the service can load."""
