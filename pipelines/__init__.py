"""How the data flows.

Read in this order: `paths`, `manifest`, `sources`, `harmonise`, `sql_files` (`rules`, `sql`),
`warehouse`, `verdicts`, `charts`, `site`, `definitions`, `run`, `cli`. Data goes one way: raw,
tidy, harmonised, published.
"""
