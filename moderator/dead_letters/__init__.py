"""Dead letters read, grouped, exported and replayed."""
