"""What moderation costs: counts of running programs, times prices and watts."""
