"""What the console remembers: jobs, decisions and what is still to be published, in SQLite or PostgreSQL."""
