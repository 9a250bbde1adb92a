"""The pages of the site, a module per kind: which figures, tables and texts each of them has.

`read` takes what all pages of the kind need from the warehouse, `files` writes them in a language.
"""
