"""The kinds of page: each module reads its facts once, and yields its files for one language."""
