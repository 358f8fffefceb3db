"""Judging the same messages by another policy or model, which decides nothing (docs/decisions/0007)."""
