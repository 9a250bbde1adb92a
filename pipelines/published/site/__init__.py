"""The website for policymakers: a static folder in four languages that opens from disk.

`facts` reads the warehouse, `wording` makes sentences and tables of it, `pages` says what each page
contains, `rendering` fills in the templates, and `build` writes the folder.
"""
