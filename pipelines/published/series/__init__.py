"""One series year by year, and the rule of what may be shown of a figure.

Charts, tables and sentences of pages read series here, so that all show the same of a hidden
figure. How a series is drawn belongs in `charts`, sentences about it in `site`.
"""
