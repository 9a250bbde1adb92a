"""The pages in a real browser: Debian's Chromium, headless, under the pages' own policy.

A package, so that its conftest.py is not taken for the one above.
"""
