"""How the data flows.

Read in this order: `paths`, `sources`, `harmonise`, `rules`, `warehouse`, `charts`, `site`,
`definitions`, `cli`. Data goes one way: raw, tidy, harmonised, published.
"""
