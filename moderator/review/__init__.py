"""The review tier's rules: policy documents, what reviewers may decide, and what follows from it."""
