"""Scores to outcome: pure functions of a validated policy."""
