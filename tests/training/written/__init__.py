"""Written rows: what their families and surfaces promise."""
