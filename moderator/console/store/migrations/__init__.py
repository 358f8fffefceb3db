"""The steps from an empty database to the present tables. A published step never changes; a new one follows it."""
