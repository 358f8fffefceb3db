"""Hostile input: what is promised of any input, and ways to look for one that breaks it."""
