"""Topics and rights as they should be, held against what a cluster has. Pure."""
