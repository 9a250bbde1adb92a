"""Disclosure control: which counts of persons are printed exactly, and what is told of the others.

One engine for forms and for counts from case records. `cells` makes sums of base counts of figures,
with the price of hiding each; `reader` is what somebody can work out from prints; `programme` hides
what costs the public least; `joint` puts together what counts the same persons: indicators of a
year, and its earlier releases.
"""
