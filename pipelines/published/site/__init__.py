"""The pages for policymakers: a static folder in four languages that opens from disk.

`pages` says what stands where, `figures` makes charts, tables and sentences, `rendering` fills
the templates in, `build` writes the folder.
"""
