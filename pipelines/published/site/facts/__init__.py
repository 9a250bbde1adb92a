"""Facts of the pages, in codes and numbers: read once from the warehouse, for all languages.

No module here knows a language. What a fact is called is in `wording`, how it is drawn in
`pipelines.published.charts`.
"""
