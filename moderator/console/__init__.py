"""Where people decide what the models could not."""
