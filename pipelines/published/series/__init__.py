"""One series year by year, and the rule of what may be shown of a figure.

Charts, tables and sentences of pages read series here, so that all show the same of a hidden
figure. How a series looks, or what is said of it, belongs in `charts` and `site`.
"""
