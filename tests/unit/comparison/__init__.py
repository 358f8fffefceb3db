"""Tests of moderator.comparison."""
