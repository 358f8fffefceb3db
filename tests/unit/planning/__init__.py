"""Tests of moderator.planning."""
