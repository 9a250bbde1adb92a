"""How the data flows.

Read in this order: `paths`, `manifest`, `corrections`, `sources`, `conflicts`, `harmonise`,
`store`, `sql_files` (`rules`, `sql`), `warehouse`, `verdicts`, `charts`, `site`, `definitions`,
`run`, `cli`. New files come in through `fetch`, `acquire` and `figure_table`; `scaffold` begins a
source; `query` asks the warehouse. Data goes one way: raw, tidy, harmonised, published.
"""
