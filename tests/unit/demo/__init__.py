"""What the demo sends, counts and shows."""
