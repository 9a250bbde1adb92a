"""How the data flows.

Read in this order: `paths`, `manifest`, `corrections`, `sources`, `conflicts`, `harmonise`,
`store`, `sql_files` (`rules`, `sql`), `labelled`, `statistics`, `warehouse`, `verdicts`, `charts`,
`site`, `exports`, `definitions`, `run`, `standing`, `cli`. New files come in through `fetch`,
`acquire` and `figure_table`; `scaffold` begins a source; `query` asks the warehouse, and `hints`
help who asks it. Data goes one way: raw, tidy, harmonised, published.
"""
