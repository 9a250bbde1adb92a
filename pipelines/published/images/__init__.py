"""Images of charts, and the page of a state as PDF.

A browser without a window prints them from the pages' own charts and templates; nothing is drawn
here.
"""
