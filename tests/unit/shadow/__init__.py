"""Tests of moderator.shadow."""
