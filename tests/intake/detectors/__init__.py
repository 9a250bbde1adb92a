"""Recall and false alarms of the detectors: `make planted`.

`planting.py` puts known defects into a sound file, `shuffling.py` makes copies in which nothing is
wrong, `trials.py` counts what is found of the ones and in the others.
"""
