"""The sections of a state's page that differ only in their `FigureSpec`, one module each.

Each module has `CODE`, which stands in its anchor and in the codes of its texts
(`<code>_heading`, `<code>_none`); `read(connection)`, which returns what it needs of all states, by
state; and `figures(site, area, facts, language)`, which returns the figures of one state. Facts are
None for a state without any. The modules of `figures` that are sections have the same three names.
"""
