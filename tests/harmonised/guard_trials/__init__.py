"""How much the guard sees: true releases, and false ones made of them, for every source.

`replay.py` cuts the shipped figures of each source at one period after the other, so that every
cut is a true release beside its history; `kinds.py` makes false releases of it, `unodc.py` those of
UNODC's file; `__main__.py` counts what is held back and whether a line names the fault.
"""
