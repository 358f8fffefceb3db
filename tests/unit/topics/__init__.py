"""What topics and rights should be, and what differs."""
