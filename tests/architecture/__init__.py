"""The structure that every part relies on."""
