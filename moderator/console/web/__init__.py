"""The console's pages: what reviewers, leads and auditors see and do."""
