"""Files as published, and what people recorded about them: manifest, corrections, reviews, recalls.

Downloading is here too. Nothing here knows what a figure means.
"""
