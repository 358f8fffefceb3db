"""What the console's store promises on each database."""
