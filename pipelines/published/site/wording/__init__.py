"""Sentences of the pages: from facts in codes and numbers to words in the reader's language.

Each rule is a small function with a test. A sentence has at most 20 words in every language.
"""
