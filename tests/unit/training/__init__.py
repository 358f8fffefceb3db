"""Training, the parts that need no PyTorch."""
