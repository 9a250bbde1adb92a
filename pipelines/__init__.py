"""How the data flows.

Read in this order: `paths`, `manifest`, `findings`, `corrections`, `sources`, `judged`,
`conflicts`, `harmonise`, `guard`, `store`, `sql_files` (`rules`, `sql`), `descriptions`,
`labelled`, `statistics`, `warehouse`, `verdicts`, `charts`, `site`, `exports`, `definitions`,
`run`, `standing`, `cli`. New files come in through `fetch`, `acquire` and `figure_table`, which has
`examination` look for mislabelled tables with the `detectors`; `scaffold` begins a source; `query`
asks the warehouse, `answers` are its forms, and `hints` help who asks it; `disclosure` says what
hidden figures follow from all that is published; `recall_search` and `recall` take a figure back,
`recalls` remembers it. Data goes one way: raw, tidy, harmonised, published.
"""
