"""Against a broker that asks who is there."""
