"""Recall and false alarms of the detectors: `make planted`.

`planted/` has the defects of each detector, which `planting.py` puts into a sound file;
`shuffling.py` makes copies in which nothing is wrong; `trials.py` counts what is found.
"""
