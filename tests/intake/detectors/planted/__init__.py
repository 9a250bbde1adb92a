"""One module a detector, named like its own: the defects that it must find.

`TRIALS` are kinds of planted defects, `COPIES` the ways to make a copy of a file without defects in
which the detector's findings count as false alarms. They are no part of the package: only trials
plant defects.
"""
