"""Languages: interface texts, numbers and dates, and foreign-language text on pages.

Texts are in `*.csv`, a row per code and a column per language. Names of codes of figures are in
`schemas/codelists`, titles and caveats of a source in its own `<id>.yml`.
"""
