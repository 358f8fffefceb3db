"""What turns text into scores."""
