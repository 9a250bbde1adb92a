"""The figures on pages: chart, table, notes and files to download.

Each module reads the rows of all states once, and then makes the figures of one state or page.
`pages` decides where a figure appears; the sentences about it are in `wording`.
"""
