"""The pages of the site, a module per kind, with the figures, tables and texts of each.

`read` returns the facts that all pages of the kind need from the warehouse; `files` yields the
pages in one language.
"""
