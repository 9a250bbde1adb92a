"""Texts in four languages, numbers, dates and names of places, and what may be shown of a figure.

Interface texts are in `texts/*.csv`, sentences with their grammar in `messages/*.csv`: a row per
code and a column per language. Names of codes of figures are in `schemas/codelists`, titles and
caveats of a source in its own `<id>.yml`.
"""
