"""The kinds of page: each module reads its facts once, and yields its files for one language.

A module with `read` and `files` is a kind, which nothing else names. `EACH` says that it has a page
for each state or each indicator; `paths` or `path` are then those of one, `facts.of` its facts.
"""
