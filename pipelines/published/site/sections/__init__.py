"""The parts of a country page, one module each, in the order of `pipelines.site.country`.

Each module has `CODE`, which stands in its anchor and in the codes of its texts
(`<code>_heading`, `<code>_none`); `read(connection)`, which gives what it needs of all states, by
state; and `figures(site, area, facts, language)`, which gives the figures of one state. Facts are
None for a state of which nothing is known. A section that is told from its likes by a kit alone
binds the functions of `yearly` or `parts` to it.
"""
