"""The console's pages, asked as browsers ask."""
