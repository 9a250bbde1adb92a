"""The website for policymakers: a static folder in four languages that opens from disk.

`pages` decides what each page contains, `figures` makes charts, tables and sentences, `rendering`
fills in the templates, and `build` writes the folder.
"""
