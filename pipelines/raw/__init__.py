"""Files as published, their download, and the records that people keep about them.

The records are manifest, corrections, reviews and recalls. Nothing here interprets a figure.
"""
