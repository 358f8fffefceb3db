"""The rules and dashboards: they are what the code says, they fire when they should, and their queries find data."""
