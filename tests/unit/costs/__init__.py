"""What moderation costs."""
