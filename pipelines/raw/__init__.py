"""Files as published, their download, and the records that people keep about them.

Those are manifest, corrections, reviews and recalls. Nothing here knows the meaning of a figure.
"""
