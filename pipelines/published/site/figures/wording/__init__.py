"""Sentences about figures: headlines, trends, breakdowns and footnotes, in the page's language.

Texts are in the code list `site_text`; these modules choose among them and fill them in.
"""
