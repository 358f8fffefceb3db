"""Verdicts beside other verdicts: a shadow's beside the first ones, one beside itself recomputed."""
