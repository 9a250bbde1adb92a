"""The kinds of page: each module reads what it needs once, and yields its files for one language."""
