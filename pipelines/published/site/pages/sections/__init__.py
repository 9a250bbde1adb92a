"""The sections of a country page that differ only in their spec, one module each.

Each module has `CODE`, its id on the page and the prefix of the codes of its texts
(`<code>_heading`, `<code>_none`); `read(connection)`, which returns facts by state; and
`figures(site, area, facts, language)`, which returns the figures of one state, with None for the
facts of a state without any. The modules of `figures` that are sections have the same three names.
"""
