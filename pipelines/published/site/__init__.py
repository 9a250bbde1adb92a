"""The pages for policymakers: a static folder in four languages that opens from disk."""
