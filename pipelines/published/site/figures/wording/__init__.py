"""Sentences about figures: headlines, trends, breakdowns and footnotes, in the page's language.

The texts are in the code list `site_text`; these modules choose among them and fill them in.
"""
