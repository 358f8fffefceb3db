"""Written rows: template families with a grammar, for what the collected data lacks."""
