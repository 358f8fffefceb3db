"""Training, the parts that need PyTorch and the other packages of the extra `train`."""
